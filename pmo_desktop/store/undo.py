"""Undo: the cells of a batch applied backwards, refused where somebody wrote since."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update
from sqlalchemy.sql.selectable import TableClause

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.types import json_text
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.triggers import cells_json

SEED: dict[str, object] = {"kind": "seed"}  # the batch a portfolio begins with: undoing it would leave no portfolio
LONG = 2_000  # journal lines from which others read a snapshot meanwhile
Key = tuple[str, str]  # entity, row
Cells = dict[str, Any]  # stored values by column; custom values under custom.<id>


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing an undo leaves as it is, and the batch that stands in the way (None: something refers to the row)."""

    entity: str
    row: str
    field: str  # "" for a whole row
    batch: int | None


@dataclass(slots=True)
class Net:
    """What a batch did in the end, whatever it did on the way."""

    born: dict[Key, Cells] = field(default_factory=dict)
    died: dict[Key, Cells] = field(default_factory=dict)
    cells: dict[Key, dict[str, tuple[Any, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undone:
    """The batch that undid, and what it had to leave."""

    batch: int | None
    refused: tuple[Refusal, ...]
    what: str


def undo_batch(store: Store, number: int, *, rest: bool = False) -> Undone:
    """Undo one batch at any later time.

    A cell is put back only if it still holds what the batch left there. When some are not, nothing is written
    unless `rest` asks for the others; the refusals are in the answer either way.
    Raises Known when there is nothing left that could be undone.
    """
    what, size = _describe(store, number)
    with batch(store, what, undoes=number, long=size > LONG) as work:
        net = net_changes(work.connection, Change.batch == number)
        refused = _refuse(work.connection, net, number)
        if not (net.born or net.died or net.cells):
            raise Known(_nothing_left(work.connection, refused))
        if not refused or rest:
            write_backwards(work.connection, net)
    return Undone(work.id if work.changed else None, tuple(refused), what)


def newest_to_undo(connection: Connection) -> int | None:
    """The deed Ctrl+Z takes: the newest batch that is neither an undo nor undone, and wrote something."""
    undo, redo = _aliases()
    redone = exists().where(redo.c.undoes == undo.c.id)
    undone = exists().where(undo.c.undoes == Batch.id, ~redone)
    deed = Batch.undoes.is_(None) & Batch.source.is_distinct_from(json_text(SEED))
    query = select(Batch.id).where(deed, ~undone, _wrote(Batch.id))
    return connection.execute(query.order_by(Batch.id.desc()).limit(1)).scalar()


def newest_to_redo(connection: Connection) -> int | None:
    """The undo Ctrl+Y takes back: the newest not yet redone, unless a new deed came after it."""
    target, redo = _aliases()
    deed = select(func.max(Batch.id)).where(Batch.undoes.is_(None), _wrote(Batch.id)).scalar_subquery()
    of_deed = exists().where(target.c.id == Batch.undoes, target.c.undoes.is_(None))
    query = select(Batch.id).where(
        of_deed, ~exists().where(redo.c.undoes == Batch.id), Batch.id > func.coalesce(deed, 0)
    )
    return connection.execute(query.order_by(Batch.id.desc()).limit(1)).scalar()


def net_changes(connection: Connection, where: Any) -> Net:
    """Read journal lines, oldest first, and keep for each row only its first before and its last after."""
    net = Net()
    query = select(Change.entity, Change.row, Change.field, Change.old, Change.new).where(where).order_by(Change.seq)
    for entity, row, name, old, new in connection.execute(query).fetchall():
        key = (entity, row)
        if name:
            _note_cell(net, key, name, old, new)
        elif old is None:
            _note_birth(net, key, new)
        else:
            _note_death(net, key, old)
    for key in [key for key, cells in net.cells.items() if not cells]:
        del net.cells[key]
    return net


def write_backwards(connection: Connection, net: Net) -> None:
    """Put everything back; links are checked when the batch ends."""
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    _restore_cells(connection, net.cells)
    for entity, keys in _by_entity(net.born).items():
        bare = _bare(entity)
        connection.execute(sql_delete(bare).where(bare.c.id == bindparam("key")), [{"key": row} for _, row in keys])
    for entity, keys in _by_entity(net.died).items():
        bare = _bare(entity)
        blank = dict.fromkeys(bare.c.keys()) | ({"custom": "{}"} if "custom" in bare.c else {})
        connection.execute(sql_insert(bare), [blank | _packed(net.died[key]) for key in keys])


def _note_cell(net: Net, key: Key, name: str, old: Any, new: Any) -> None:
    if key in net.born:
        _put(net.born[key], name, new)
        return
    cells = net.cells.setdefault(key, {})
    first = cells[name][0] if name in cells else old
    cells[name] = (first, new)
    if first == new and type(first) is type(new):
        del cells[name]


def _note_birth(net: Net, key: Key, new: str) -> None:
    born = _unpacked(new)
    before = net.died.pop(key, None)
    if before is None:
        net.born[key] = born
        return
    names = before.keys() | born.keys()
    cells = {name: (before.get(name), born.get(name)) for name in names if before.get(name) != born.get(name)}
    net.cells[key] = cells


def _note_death(net: Net, key: Key, old: str) -> None:
    if net.born.pop(key, None) is not None:
        return
    cells = _unpacked(old)
    for name, (first, _) in net.cells.pop(key, {}).items():
        _put(cells, name, first)
    net.died[key] = cells


def _put(cells: Cells, name: str, value: Any) -> None:
    if value is None:
        cells.pop(name, None)
    else:
        cells[name] = value


def _unpacked(packed: str) -> Cells:
    cells: Cells = json.loads(packed)
    for key, value in json.loads(cells.pop("custom", "{}")).items():
        cells[CUSTOM_PREFIX + key] = value
    return cells


def _packed(cells: Cells) -> Cells:
    plain = {name: value for name, value in cells.items() if not name.startswith(CUSTOM_PREFIX)}
    custom = {
        name.removeprefix(CUSTOM_PREFIX): value for name, value in cells.items() if name.startswith(CUSTOM_PREFIX)
    }
    return plain | ({"custom": json_text(custom)} if custom or "custom" in plain else {})


def _refuse(connection: Connection, net: Net, number: int) -> list[Refusal]:
    """Take out of `net` what may not be undone, and say why."""
    refused = list(_refuse_cells(connection, net))
    refused += _refuse_deaths(connection, net)
    refused += _refuse_births(connection, net)
    return [_name_blocker(connection, each, number) for each in refused]


def _refuse_cells(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in _by_entity(net.cells).items():
        now = present_cells(connection, entity, keys)
        for key in keys:
            cells, present = net.cells[key], now.get(key[1])
            for name, (_, after) in list(cells.items()):
                if present is None or present.get(name) != after:
                    del cells[name]
                    yield Refusal(*key, name, None)
            if not cells:
                del net.cells[key]


def _refuse_deaths(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in _by_entity(net.died).items():
        for row in present_cells(connection, entity, keys):
            del net.died[entity, row]
            yield Refusal(entity, row, "", None)


def _refuse_births(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in _by_entity(net.born).items():
        now = present_cells(connection, entity, keys)
        for key in keys:
            if now.get(key[1]) != net.born[key]:
                del net.born[key]
                yield Refusal(*key, "", None)
    while held := list(_referred(connection, net)):
        for key in held:
            del net.born[key]
            yield Refusal(*key, "", None)


def _referred(connection: Connection, net: Net) -> Iterator[Key]:
    """Rows about to go that a row about to stay still points to."""
    going = {row for _, row in net.born}
    freed = {(key, name) for key, cells in net.cells.items() for name in cells}
    targets = _by_entity(net.born)
    for name, entity in entities().items():
        for link in entity.__table__.foreign_keys:
            target = link.column.table.name
            if target in targets:
                yield from _holders(connection, name, link.parent.name, target, going, freed)


def _holders(
    connection: Connection, entity: str, link: str, target: str, going: set[str], freed: set[tuple[Key, str]]
) -> Iterator[Key]:
    bare = _bare(entity)
    query = select(bare.c.id, bare.c[link]).where(bare.c[link].is_not(None))
    held = set()
    for row, points in connection.execute(query).fetchall():
        if points in going and row not in going and ((entity, row), link) not in freed:
            held.add((target, points))
    yield from held


def present_cells(connection: Connection, entity: str, keys: Iterable[Key]) -> dict[str, Cells]:
    """The stored cells of those of the rows that are there, by row id, as the journal would write them."""
    wanted = {row for _, row in keys}
    source = entities()[entity].__table__
    packed: ColumnElement[Any] = literal_column(cells_json(source, source.name))
    query = select(source.c.id, cast(packed, Text)).select_from(source)
    if len(wanted) < LONG:
        query = query.where(source.c.id.in_(wanted))
    return {row: _unpacked(cells) for row, cells in connection.execute(query).fetchall() if row in wanted}


def _name_blocker(connection: Connection, refusal: Refusal, number: int) -> Refusal:
    later = select(func.max(Change.batch)).where(Change.row == refusal.row, Change.batch > number)
    if refusal.field:
        later = later.where(Change.field.in_((refusal.field, "")))
    blocker = connection.execute(later).scalar()
    return Refusal(refusal.entity, refusal.row, refusal.field, blocker)


def _restore_cells(connection: Connection, changed: dict[Key, dict[str, tuple[Any, Any]]]) -> None:
    grouped: defaultdict[tuple[str, tuple[str, ...]], list[Cells]] = defaultdict(list)
    for (entity, row), cells in changed.items():
        plain = {name: first for name, (first, _) in cells.items() if not name.startswith(CUSTOM_PREFIX)}
        if len(plain) < len(cells):
            plain["custom"] = _restored_custom(connection, entity, row, cells)
        names = tuple(sorted(plain))
        grouped[entity, names].append({"key": row} | {f"to_{name}": plain[name] for name in names})
    for (entity, names), rows in grouped.items():
        bare = _bare(entity)
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        connection.execute(sql_update(bare).where(bare.c.id == bindparam("key")).values(values), rows)


def _restored_custom(connection: Connection, entity: str, row: str, cells: dict[str, tuple[Any, Any]]) -> str:
    bare = _bare(entity)
    now = connection.execute(select(bare.c.custom).where(bare.c.id == row)).scalar_one()
    values: Cells = json.loads(now)
    for name, (first, _) in cells.items():
        if name.startswith(CUSTOM_PREFIX):
            _put(values, name.removeprefix(CUSTOM_PREFIX), first)
    return json_text(values)


def _by_entity(keys: Iterable[Key]) -> dict[str, list[Key]]:
    grouped: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys:
        grouped[key[0]].append(key)
    return dict(grouped)


def _bare(entity: str) -> TableClause:
    """The table without types: the journal holds values as stored, and they go back as stored."""
    return table(entity, *(column(each.name) for each in entities()[entity].__table__.columns))


def _aliases() -> tuple[Any, Any]:
    return Batch.__table__.alias("one"), Batch.__table__.alias("two")


def _wrote(number: Any) -> Any:
    return exists().where(Change.batch == number)


def _describe(store: Store, number: int) -> tuple[str, int]:
    with store.reading() as connection:
        row = connection.execute(select(Batch.what, Batch.undoes, Batch.source).where(Batch.id == number)).first()
        if row is None:
            message = f"There is no batch {number} in {store.label}. List them with: pmo-desktop history."
            raise Known(message)
        if row.source == json_text(SEED):
            message = "The beginning of a portfolio cannot be undone. Close the file and delete it instead."
            raise Known(message)
        size = connection.execute(select(func.count()).where(Change.batch == number)).scalar_one()
    what = row.what.removeprefix("Undo: ") if row.undoes else f"Undo: {row.what}"
    return what, size


def _nothing_left(connection: Connection, refused: list[Refusal]) -> str:
    blockers = {each.batch for each in refused if each.batch}
    named = (
        connection.execute(select(Batch.what).where(Batch.id.in_(blockers)).order_by(Batch.id.desc())).scalars().all()
    )
    later = f" “{named[0]}” changed it since; undo that first." if named else " It was undone already."
    return "Nothing was undone." + later
