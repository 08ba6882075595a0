"""Undo, redo, and reading the journal: who changed what, when and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from pmo_desktop.figures.provenance import place_in, place_text
from pmo_desktop.model.catalog import all_fields
from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import custom_value, read_custom_fields
from pmo_desktop.store.undo import Undone, newest_to_redo, newest_to_undo, undo_batch, undone_batches

__all__ = [
    "Deed",
    "Moment",
    "Undone",
    "cell_history",
    "latest_batches",
    "next_steps",
    "redo",
    "row_history",
    "undo",
    "undo_batch",
]


@dataclass(frozen=True, slots=True)
class Deed:
    """One batch as a line of history."""

    batch: int
    at: datetime
    who: str
    what: str
    why: str | None
    undoes: int | None
    undone: bool
    cells: int  # lines of the journal: changed cells, and one for each row made or deleted
    source: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One change of one row: a cell (field is set), its birth or its death (field is None)."""

    batch: int
    at: datetime
    who: str
    what: str
    field: Field | None
    old: Any
    new: Any
    verb: str  # made, changed, deleted
    where: str = ""  # of an import's change: `Jan.xlsx, Register!F5`


def undo(store: Store) -> Undone:
    """Undo the newest deed. Raises Known when there is none."""
    with store.reading() as connection:
        number = newest_to_undo(connection)
    if number is None:
        message = "There is nothing to undo."
        raise Known(message)
    return undo_batch(store, number, rest=True)


def redo(store: Store) -> Undone:
    """Take back the newest undo. Raises Known when there is none, or a new deed came after it."""
    with store.reading() as connection:
        number = newest_to_redo(connection)
    if number is None:
        message = "There is nothing to redo."
        raise Known(message)
    return undo_batch(store, number, rest=True)


def next_steps(store: Store) -> tuple[str | None, str | None]:
    """What undo and redo would do, in words, for the menu."""
    with store.reading() as connection:
        numbers = (newest_to_undo(connection), newest_to_redo(connection))
        words = [connection.execute(select(Batch.what).where(Batch.id == each)).scalar() for each in numbers]
    return words[0], words[1].removeprefix("Undo: ") if words[1] else None


def latest_batches(store: Store, limit: int | None = None) -> list[Deed]:
    """The deeds, newest first."""
    cells = select(func.count()).where(Change.batch == Batch.id).scalar_subquery()
    query = select(Batch.__table__, cells.label("cells")).order_by(Batch.id.desc()).limit(limit)
    with store.reading() as connection:
        found = connection.execute(query).fetchall()
        undone = undone_batches(connection)
    return [
        Deed(row.id, row.at, row.who, row.what, row.why, row.undoes, row.id in undone, row.cells, _source(row.source))
        for row in found
    ]


def row_history(store: Store, entity: str, identity: str) -> list[Moment]:
    """All that happened to one row, newest first."""
    return _moments(store, entity, Change.entity == entity, Change.row == identity)


def cell_history(store: Store, entity: str, identity: str, name: str) -> list[Moment]:
    """All that happened to one cell, newest first; its row's birth included."""
    moments = _moments(store, entity, Change.entity == entity, Change.row == identity, Change.field.in_((name, "")))
    numbers = {each.batch for each in moments}
    with store.reading() as connection:
        found = connection.execute(select(Batch.id, Batch.source).where(Batch.id.in_(numbers)))
        places = {
            number: place_text(place_in(connection, entity, identity, name, number, source))
            for number, source in found.fetchall()
        }
    return [replace(each, where=places[each.batch]) for each in moments]


def _moments(store: Store, entity: str, *where: Any) -> list[Moment]:
    known = {each.name: each for each in (*all_fields(entity), *read_custom_fields(store, entity))}
    query = (
        select(Change.field, Change.old, Change.new, Batch.id, Batch.at, Batch.who, Batch.what)
        .join(Batch, Batch.id == Change.batch)
        .where(*where)
        .order_by(Change.seq.desc())
    )
    with store.reading() as connection:
        found = connection.execute(query).fetchall()
    return [_moment(known, *row) for row in found]


def _moment(
    known: dict[str, Field], name: str, old: Any, new: Any, batch: int, at: datetime, who: str, what: str
) -> Moment:
    def made(field: Field | None, before: Any, after: Any, verb: str) -> Moment:
        return Moment(batch, at, who, what, field, before, after, verb)

    if not name:
        verb = "made" if old is None else "deleted"
        return made(None, _cells(known, old), _cells(known, new), verb)
    field = known.get(name)
    if field is None:  # a custom field that was deleted since: its values are shown as they were stored
        return made(None, old, new, "changed")
    return made(field, custom_value(field.kind, old), custom_value(field.kind, new), "changed")


def _cells(known: dict[str, Field], packed: str | None) -> dict[str, Any] | None:
    if packed is None:
        return None
    cells = json.loads(packed)
    custom = json.loads(cells.pop("custom", "{}"))
    cells |= {CUSTOM_PREFIX + key: value for key, value in custom.items()}
    return {name: custom_value(known[name].kind, value) for name, value in cells.items() if name in known}


def _source(packed: str | None) -> dict[str, Any] | None:
    return json.loads(packed) if packed else None
