"""What an undo must leave alone: cells written since, rows others point to, links to rows that are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pmo_desktop.model.catalog import all_fields, entities
from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.net import Key, Net, bare_table, by_entity, present_cells
from pmo_desktop.store.pace import through


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing an undo leaves as it is, and the batch that stands in the way (None: something refers to the row)."""

    entity: str
    row: str
    field: str  # "" for a whole row
    batch: int | None


def refuse_conflicts(connection: Connection, net: Net, number: int) -> list[Refusal]:
    """Take out of `net` what may not be put back, and say why. `number` is the batch to be undone."""
    refused = [*_refuse_cells(connection, net), *_refuse_deaths(connection, net)]
    refused += _refuse_dangling(connection, net)
    refused += _refuse_births(connection, net)
    return [_name_blocker(connection, each, number) for each in refused]


def explain_refusals(connection: Connection, refused: list[Refusal]) -> str:
    """The sentence for an undo of which nothing is left."""
    blockers = {each.batch for each in refused if each.batch}
    if blockers:
        what = connection.execute(sql.select(Batch.what).where(Batch.id == max(blockers))).scalar_one()
        return f"Nothing was undone. “{what}” changed it since; undo that first."
    if refused:
        return "Nothing was undone. Other rows still point to what it made; undo or change those first."
    return "Nothing was undone. It left nothing behind that could be."


def _refuse_cells(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in by_entity(net.cells).items():
        now = present_cells(connection, entity, keys)
        for key in through(keys):
            cells, present = net.cells[key], now.get(key[1])
            for name, (_, after) in list(cells.items()):
                if present is None or present.get(name) != after:
                    del cells[name]
                    yield Refusal(*key, name, None)
            if not cells:
                del net.cells[key]


def _refuse_deaths(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in by_entity(net.died).items():
        for row in present_cells(connection, entity, keys):
            del net.died[entity, row]
            yield Refusal(entity, row, "", None)


def _refuse_births(connection: Connection, net: Net) -> Iterator[Refusal]:
    for entity, keys in by_entity(net.born).items():
        now = present_cells(connection, entity, keys)
        for key in through(keys):
            if now.get(key[1]) != net.born[key]:
                del net.born[key]
                yield Refusal(*key, "", None)
    while held := set(_referred(connection, net)):  # a row may be pointed to more than once
        for key in sorted(held):
            del net.born[key]
            yield Refusal(*key, "", None)


def _refuse_dangling(connection: Connection, net: Net) -> Iterator[Refusal]:
    """What would come back pointing to a row that is gone; taking one row out may leave another dangling."""
    while dangling := list(_dangling(connection, net)):
        for key, name, target in dangling:
            if key in net.died:
                del net.died[key]
                yield Refusal(*key, "", _batch_of_death(connection, target))
            elif key in net.cells and name in net.cells[key]:
                del net.cells[key][name]
                yield Refusal(*key, name, _batch_of_death(connection, target))
        for key in [key for key, cells in net.cells.items() if not cells]:
            del net.cells[key]


def _dangling(connection: Connection, net: Net) -> Iterator[tuple[Key, str, str]]:
    """The links about to come back whose target neither is there nor comes back too: row, link, target."""
    targets: defaultdict[str, list[tuple[Key, str, str]]] = defaultdict(list)
    for entity in entities():
        links = {field.name: field.to for field in all_fields(entity) if field.to}
        for key, name, target in _restored_links(net, entity, links):
            if (links[name], target) not in net.died:
                targets[links[name]].append((key, name, target))
    for entity, restored in targets.items():
        there = set(connection.execute(sql.select(bare_table(entity).c.id)).scalars())
        yield from (each for each in restored if each[2] not in there)


def _restored_links(net: Net, entity: str, links: dict[str, str]) -> Iterator[tuple[Key, str, str]]:
    for key, cells in net.died.items():
        if key[0] == entity:
            yield from ((key, name, cells[name]) for name in links if cells.get(name) is not None)
    for key, changed in net.cells.items():
        if key[0] == entity:
            yield from ((key, name, changed[name][0]) for name in links if changed.get(name, (None,))[0] is not None)


def _batch_of_death(connection: Connection, row: str) -> int | None:
    death = sql.select(sql.func.max(Change.batch)).where(Change.row == row, Change.field == "", Change.new.is_(None))
    return connection.execute(death).scalar()


def _referred(connection: Connection, net: Net) -> Iterator[Key]:
    """Rows about to go that a row about to stay still points to."""
    going = {row for _, row in net.born}
    freed = {(key, name) for key, cells in net.cells.items() for name in cells}
    targets = by_entity(net.born)
    for name in entities():
        for field in all_fields(name):
            if field.to in targets:
                yield from _holders(connection, name, field.name, field.to, going, freed)


def _holders(
    connection: Connection, entity: str, link: str, target: str, going: set[str], freed: set[tuple[Key, str]]
) -> Iterator[Key]:
    bare = bare_table(entity)
    query = sql.select(bare.c.id, bare.c[link]).where(bare.c[link].is_not(None))
    held = set()
    for row, points in connection.execute(query).fetchall():
        if points in going and row not in going and ((entity, row), link) not in freed:
            held.add((target, points))
    yield from held


def _name_blocker(connection: Connection, refusal: Refusal, number: int) -> Refusal:
    if refusal.batch:
        return refusal
    later = sql.select(sql.func.max(Change.batch)).where(Change.row == refusal.row, Change.batch > number)
    if refusal.field:
        later = later.where(Change.field.in_((refusal.field, "")))
    blocker = connection.execute(later).scalar()
    return replace(refusal, batch=blocker)
