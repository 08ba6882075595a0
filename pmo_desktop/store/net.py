"""What a stretch of the journal did in the end, whatever it did on the way; and the rows as the journal writes them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.journal import Change
from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.types import json_text
from pmo_desktop.store import sql
from pmo_desktop.store.connection import AMONG, Connection
from pmo_desktop.store.pace import through
from pmo_desktop.store.triggers import cells_json

MANY = 2_000  # rows from which a whole table is read rather than asked for by id
_NO_CUSTOM = "{}"
Key = tuple[str, str]  # entity, row
Cells = dict[str, Any]  # stored values by column; custom values under custom.<id>


@dataclass(slots=True)
class Net:
    """Rows born, rows that died, and cells with their first value before and their last value after."""

    born: dict[Key, Cells] = field(default_factory=dict)
    died: dict[Key, Cells] = field(default_factory=dict)
    cells: dict[Key, dict[str, tuple[Any, Any]]] = field(default_factory=dict)


def net_changes(connection: Connection, where: Any) -> Net:
    """Read journal lines, oldest first, and keep for each row only its first before and its last after."""
    net = Net()
    query = (
        sql.select(Change.entity, Change.row, Change.field, Change.old, Change.new).where(where).order_by(Change.seq)
    )
    for entity, row, name, old, new in through(connection.execute(query).fetchall()):
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


def present_cells(connection: Connection, entity: str, keys: Iterable[Key]) -> dict[str, Cells]:
    """The stored cells of those of the rows that are there, by row id, as the journal would write them."""
    query = f"SELECT id, {cells_json(entities()[entity], entity)} FROM {entity} WHERE id IN {AMONG}"
    found = connection.raw.execute(query, (json_text([row for _, row in keys]),))
    return {row: _unpack(cells) for row, cells in through(found.fetchall())}


def by_entity(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """Keys sorted into their entities."""
    grouped: defaultdict[str, list[Key]] = defaultdict(list)
    for key in keys:
        grouped[key[0]].append(key)
    return dict(grouped)


def bare_table(entity: str) -> sql.TableClause:
    """The table without types: the journal holds values as stored, and they go back as stored."""
    return sql.table(entity, *(sql.column(each.name) for each in entities()[entity].__cells__))


def put_cell(cells: Cells, name: str, value: Any) -> None:
    """Set a cell; an empty one is not there."""
    if value is None:
        cells.pop(name, None)
    else:
        cells[name] = value


def _note_cell(net: Net, key: Key, name: str, old: Any, new: Any) -> None:
    if key in net.born:
        put_cell(net.born[key], name, new)
        return
    cells = net.cells.setdefault(key, {})
    first = cells[name][0] if name in cells else old
    cells[name] = (first, new)
    if first == new and type(first) is type(new):
        del cells[name]


def _note_birth(net: Net, key: Key, new: str) -> None:
    born = _unpack(new)
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
    cells = _unpack(old)
    for name, (first, _) in net.cells.pop(key, {}).items():
        put_cell(cells, name, first)
    net.died[key] = cells


def _unpack(packed: str) -> Cells:
    cells: Cells = json.loads(packed)
    custom = cells.pop("custom", _NO_CUSTOM)
    if custom != _NO_CUSTOM:
        for key, value in json.loads(custom).items():
            cells[CUSTOM_PREFIX + key] = value
    return cells
