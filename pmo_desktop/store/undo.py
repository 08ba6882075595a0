"""Undo: the cells of a batch applied backwards, refused where somebody wrote since."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, text, update

from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.types import json_text
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.net import MANY, Cells, Key, Net, bare_table, by_entity, net_changes, put_cell
from pmo_desktop.store.refusal import Refusal, explain_refusals, refuse_conflicts

SEED: dict[str, object] = {"kind": "seed"}  # the batch a portfolio begins with: undoing it would leave no portfolio
MEMORY = ("import_file", "import_row")  # what a later import remembered goes its own way and holds nobody up
LONG = 2_000  # journal lines from which others read a snapshot meanwhile


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
        refused = [each for each in refuse_conflicts(work.connection, net, number) if each.entity not in MEMORY]
        left = {entity for entity, _ in (*net.born, *net.died, *net.cells)}
        if not left or (refused and left.issubset(MEMORY)):
            raise Known(explain_refusals(work.connection, refused))
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


def undone_batches(connection: Connection) -> set[int]:
    """The batches an undo has taken back that was not itself taken back."""
    found = connection.execute(select(Batch.id, Batch.undoes).where(Batch.undoes.is_not(None)))
    undoes: dict[int, int | None] = {row.id: row.undoes for row in found}
    redone = set(undoes.values())
    return {target for number, target in undoes.items() if target and number not in redone}


def write_backwards(connection: Connection, net: Net) -> None:
    """Put everything back; links are checked when the batch ends."""
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    _restore_cells(connection, net.cells)
    for entity, keys in by_entity(net.born).items():
        bare = bare_table(entity)
        connection.execute(delete(bare).where(bare.c.id == bindparam("key")), [{"key": row} for _, row in keys])
    for entity, keys in by_entity(net.died).items():
        bare = bare_table(entity)
        blank = dict.fromkeys(bare.c.keys()) | ({"custom": "{}"} if "custom" in bare.c else {})
        connection.execute(insert(bare), [blank | _packed(net.died[key]) for key in keys])


def _packed(cells: Cells) -> Cells:
    plain = {name: value for name, value in cells.items() if not name.startswith(CUSTOM_PREFIX)}
    custom = {
        name.removeprefix(CUSTOM_PREFIX): value for name, value in cells.items() if name.startswith(CUSTOM_PREFIX)
    }
    return plain | ({"custom": json_text(custom)} if custom or "custom" in plain else {})


def _restore_cells(connection: Connection, changed: dict[Key, dict[str, tuple[Any, Any]]]) -> None:
    grouped: defaultdict[tuple[str, tuple[str, ...]], list[Cells]] = defaultdict(list)
    customs = _restored_customs(connection, changed)
    for (entity, row), cells in changed.items():
        plain = {name: first for name, (first, _) in cells.items() if not name.startswith(CUSTOM_PREFIX)}
        plain |= customs.get((entity, row), {})
        names = tuple(sorted(plain))
        grouped[entity, names].append({"key": row} | {f"to_{name}": plain[name] for name in names})
    for (entity, names), rows in grouped.items():
        bare = bare_table(entity)
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        connection.execute(update(bare).where(bare.c.id == bindparam("key")).values(values), rows)


def _restored_customs(connection: Connection, changed: dict[Key, dict[str, tuple[Any, Any]]]) -> dict[Key, Cells]:
    """The whole custom column of each row of which a custom value goes back; its other values stay as they are."""
    touched = [key for key, cells in changed.items() if any(name.startswith(CUSTOM_PREFIX) for name in cells)]
    restored = {}
    for entity, keys in by_entity(touched).items():
        bare = bare_table(entity)
        query = select(bare.c.id, bare.c.custom)
        if len(keys) < MANY:
            query = query.where(bare.c.id.in_([row for _, row in keys]))
        now: dict[str, str] = {row.id: row.custom for row in connection.execute(query)}
        for key in keys:
            values: Cells = json.loads(now[key[1]])
            for name, (first, _) in changed[key].items():
                if name.startswith(CUSTOM_PREFIX):
                    put_cell(values, name.removeprefix(CUSTOM_PREFIX), first)
            restored[key] = {"custom": json_text(values)}
    return restored


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
