"""What cells held after an earlier batch, and who set them last: the journal read backwards for one entity at once."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pmo_desktop.model.catalog import all_fields
from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.kind import CUSTOM_PREFIX, Kind
from pmo_desktop.model.source import CellSource
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import through
from pmo_desktop.store.rows import custom_fields_of, custom_value
from pmo_desktop.store.undo import undone_batches

Words = tuple[str, str | None]  # a kept text and its comment
Cell = tuple[str, str]  # row id, field name
NOT_BY_HAND = ("import", "sample")  # deeds whose values nobody typed


class Setter(NamedTuple):
    """The batch that gave a cell its value, and whether a person did it in the program."""

    batch: int
    at: datetime
    who: str
    by_hand: bool


@dataclass(slots=True)
class Past:
    """The later changes of an entity's cells, and of the words kept beside them, from some batch on.

    `before` holds values as they were before a plan in the making changed the rows in memory.
    """

    kinds: dict[str, Kind]
    cells: dict[Cell, list[tuple[int, Any]]] = field(default_factory=lambda: defaultdict(list))
    deaths: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    words: dict[Cell, list[tuple[int, Words | None]]] = field(default_factory=lambda: defaultdict(list))
    before: dict[Cell, Any] = field(default_factory=dict)
    words_before: dict[Cell, Words | None] = field(default_factory=dict)
    latest: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))  # row -> field -> batch

    def value(self, row: str, name: str, batch: int, present: Any) -> Any:
        """What a cell held right after a batch; `present` is what it holds now."""
        changes = self.cells.get((row, name), ())
        found = next(((at, old) for at, old in changes if at > batch), None)
        death = next(((at, cells) for at, cells in self.deaths.get(row, ()) if at > batch), None)
        if death and (found is None or death[0] < found[0]):
            found = (death[0], death[1].get(name))
        if found is None:
            return self.before.get((row, name), present)
        kind = self.kinds.get(name)
        return custom_value(kind, found[1]) if kind else found[1]

    def text(self, row: str, name: str, batch: int, present: Words | None) -> Words | None:
        """The words that were kept beside a cell right after a batch."""
        changes = self.words.get((row, name), ())
        place = bisect_right([at for at, _ in changes], batch)
        return changes[place][1] if place < len(changes) else self.words_before.get((row, name), present)

    def changed(self, row: str, batch: int) -> set[str]:
        """The fields of a row that changed after a batch."""
        return {name for name, at in self.latest.get(row, {}).items() if at > batch}


def read_past(store: Store, entity: str, after: int) -> Past:
    """All that happened to an entity's cells in batches later than `after`, in two queries."""
    with store.reading() as connection:
        customs = custom_fields_of(connection, entity)
        past = Past({each.name: each.kind for each in (*all_fields(entity), *customs)})
        _read_cells(connection, entity, after, past)
        _read_words(connection, entity, after, past)
    return past


def read_setters(store: Store, entity: str) -> Setters:
    """Who set each cell of an entity last; what an undo took back does not count, nor does the undo."""
    with store.reading() as connection:
        undone = undone_batches(connection)
        table = Batch.__table__
        found = connection.execute(sql.select(table.c.id, table.c.at, table.c.who, table.c.source, table.c.undoes))
        batches = {
            row.id: Setter(row.id, row.at, row.who, _by_hand(row.source))
            for row in found
            if row.undoes is None and row.id not in undone
        }
        query = sql.select(Change.row, Change.field, Change.batch).where(
            Change.entity == entity, sql.or_(Change.field != "", Change.old.is_(None))
        )
        last = {
            (row, name): batch
            for row, name, batch in through(connection.execute(query.order_by(Change.seq)))
            if batch in batches
        }
    return Setters(batches, last)


@dataclass(slots=True)
class Setters:
    """The effective batches, and the last of them for each cell; a row's birth stands under the empty field."""

    batches: dict[int, Setter]
    last: dict[Cell, int]

    def of(self, row: str, name: str) -> Setter | None:
        """Who gave the cell its present value; None when nobody did."""
        number = self.last.get((row, name)) or self.last.get((row, ""))
        return self.batches[number] if number else None


def _by_hand(source: str | None) -> bool:
    told = json.loads(source) if source else {}
    return told.get("deed") not in NOT_BY_HAND and told.get("kind") != "seed"


def _read_cells(connection: Connection, entity: str, after: int, past: Past) -> None:
    query = sql.select(Change.row, Change.field, Change.batch, Change.old).where(
        Change.entity == entity, Change.batch > after, sql.or_(Change.field != "", Change.new.is_(None))
    )
    for row, name, batch, old in through(connection.execute(query.order_by(Change.seq))):
        if name:
            past.cells[row, name].append((batch, old))
            past.latest[row][name] = batch
        else:  # a death: births are not asked for
            cells = _unpacked(old)
            past.deaths[row].append((batch, cells))
            past.latest[row].update(dict.fromkeys(cells, batch))


def _read_words(connection: Connection, entity: str, after: int, past: Past) -> None:
    query = sql.select(Change.batch, Change.old, Change.new).where(
        Change.entity == CellSource.__tablename__, Change.batch > after, Change.field == ""
    )
    for batch, old, new in through(connection.execute(query.order_by(Change.seq))):
        told = json.loads(new if old is None else old)
        if told["register"] == entity:
            words = None if old is None else (told["text"], told.get("comment"))
            past.words[told["row"], told["name"]].append((batch, words))
            past.latest[told["row"]][told["name"]] = max(batch, past.latest[told["row"]].get(told["name"], 0))


def _unpacked(packed: str) -> dict[str, Any]:
    cells: dict[str, Any] = json.loads(packed)
    custom = json.loads(cells.pop("custom", "{}"))
    return cells | {CUSTOM_PREFIX + key: value for key, value in custom.items()}
