"""Undo, redo, and reading the journal: who changed what, when and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pmo_desktop.figures.provenance import place_in, place_text
from pmo_desktop.model.catalog import all_fields
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
    "newest_deed",
    "next_steps",
    "redo",
    "row_history",
    "taken_back",
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
        words = [connection.raw.execute(_WHAT, (each,)).fetchone() for each in numbers]
    undoing, redoing = (found[0] if found else None for found in words)
    return undoing, redoing.removeprefix("Undo: ") if redoing else None


def newest_deed(store: Store) -> int | None:
    """The batch that undo would take now; None when there is none."""
    with store.reading() as connection:
        return newest_to_undo(connection)


def taken_back(store: Store) -> set[int]:
    """The batches that are taken back at present."""
    with store.reading() as connection:
        return undone_batches(connection)


def latest_batches(store: Store, limit: int | None = None) -> list[Deed]:
    """The deeds, newest first."""
    with store.reading() as connection:
        found = connection.raw.execute(_DEEDS, (-1 if limit is None else limit,)).fetchall()
        undone = undone_batches(connection)
    return [
        Deed(number, datetime.fromisoformat(at), who, what, why, undoes, number in undone, cells, _source(source))
        for number, at, who, what, why, undoes, source, cells in found
    ]


def row_history(store: Store, entity: str, identity: str) -> list[Moment]:
    """All that happened to one row, newest first."""
    return _moments(store, entity, identity, None)


def cell_history(store: Store, entity: str, identity: str, name: str) -> list[Moment]:
    """All that happened to one cell, newest first; its row's birth included."""
    moments = _moments(store, entity, identity, name)
    with store.reading() as connection:
        sources = {each.batch: connection.raw.execute(_SOURCE, (each.batch,)).fetchone()[0] for each in moments}
        places = {
            number: place_text(place_in(connection, entity, identity, name, number, source))
            for number, source in sources.items()
        }
    return [replace(each, where=places[each.batch]) for each in moments]


def _moments(store: Store, entity: str, identity: str, name: str | None) -> list[Moment]:
    known = {each.name: each for each in (*all_fields(entity), *read_custom_fields(store, entity))}
    with store.reading() as connection:
        found = connection.raw.execute(_MOMENTS, {"entity": entity, "row": identity, "field": name}).fetchall()
    return [_moment(known, *row) for row in found]


def _moment(known: dict[str, Field], name: str, old: Any, new: Any, batch: int, at: str, who: str, what: str) -> Moment:
    def made(field: Field | None, before: Any, after: Any, verb: str) -> Moment:
        return Moment(batch, datetime.fromisoformat(at), who, what, field, before, after, verb)

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


_WHAT = "SELECT what FROM batch WHERE id = ?"
_SOURCE = "SELECT source FROM batch WHERE id = ?"
_DEEDS = """SELECT id, at, who, what, why, undoes, source, (SELECT count(*) FROM change WHERE change.batch = batch.id)
FROM batch ORDER BY id DESC LIMIT ?"""
_MOMENTS = """SELECT field, old, new, batch.id, at, who, what FROM change JOIN batch ON batch.id = change.batch
WHERE entity = :entity AND row = :row AND (:field IS NULL OR field IN (:field, '')) ORDER BY seq DESC"""
