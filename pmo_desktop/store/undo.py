"""Undo: the cells of a batch applied backwards, refused where somebody wrote since."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pmo_desktop.model.journal import Change
from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.types import json_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.net import MANY, Cells, Key, Net, bare_table, by_entity, net_changes, put_cell
from pmo_desktop.store.pace import begin, portions, through
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
        begin("Reading what was written")
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
    found = connection.raw.execute(_TO_UNDO, (json_text(SEED),)).fetchone()
    return found[0] if found else None


def newest_to_redo(connection: Connection) -> int | None:
    """The undo Ctrl+Y takes back: the newest not yet redone, unless a new deed came after it."""
    found = connection.raw.execute(_TO_REDO).fetchone()
    return found[0] if found else None


def undone_batches(connection: Connection) -> set[int]:
    """The batches an undo has taken back that was not itself taken back."""
    undoes: dict[int, int] = dict(connection.raw.execute("SELECT id, undoes FROM batch WHERE undoes IS NOT NULL"))
    redone = set(undoes.values())
    return {target for number, target in undoes.items() if number not in redone}


def write_backwards(connection: Connection, net: Net) -> None:
    """Put everything back; links are checked when the batch ends."""
    connection.execute(sql.text("PRAGMA defer_foreign_keys=ON"))
    begin("Taking rows back", len(net.cells) + len(net.born) + len(net.died))
    _restore_cells(connection, net.cells)
    for entity, keys in by_entity(net.born).items():
        bare = bare_table(entity)
        gone = sql.delete(bare).where(bare.c.id == sql.bindparam("key"))
        for part in portions(keys, count=1):
            connection.execute(gone, [{"key": row} for _, row in part])
    for entity, keys in by_entity(net.died).items():
        bare = bare_table(entity)
        blank = dict.fromkeys(bare.c.keys()) | ({"custom": "{}"} if "custom" in bare.c else {})
        for part in portions(keys, count=1):
            connection.execute(sql.insert(bare), [blank | _packed(net.died[key]) for key in part])


def _packed(cells: Cells) -> Cells:
    plain = {name: value for name, value in cells.items() if not name.startswith(CUSTOM_PREFIX)}
    custom = {
        name.removeprefix(CUSTOM_PREFIX): value for name, value in cells.items() if name.startswith(CUSTOM_PREFIX)
    }
    return plain | ({"custom": json_text(custom)} if custom or "custom" in plain else {})


def _restore_cells(connection: Connection, changed: dict[Key, dict[str, tuple[Any, Any]]]) -> None:
    grouped: defaultdict[tuple[str, tuple[str, ...]], list[Cells]] = defaultdict(list)
    customs = _restored_customs(connection, changed)
    for (entity, row), cells in through(changed.items()):
        plain = {name: first for name, (first, _) in cells.items() if not name.startswith(CUSTOM_PREFIX)}
        plain |= customs.get((entity, row), {})
        names = tuple(sorted(plain))
        grouped[entity, names].append({"key": row} | {f"to_{name}": plain[name] for name in names})
    for (entity, names), rows in grouped.items():
        bare = bare_table(entity)
        values: dict[str, Any] = {name: sql.bindparam(f"to_{name}") for name in names}
        for part in portions(rows, count=1):
            connection.execute(sql.update(bare).where(bare.c.id == sql.bindparam("key")).values(values), part)


def _restored_customs(connection: Connection, changed: dict[Key, dict[str, tuple[Any, Any]]]) -> dict[Key, Cells]:
    """The whole custom column of each row of which a custom value goes back; its other values stay as they are."""
    touched = [key for key, cells in changed.items() if any(name.startswith(CUSTOM_PREFIX) for name in cells)]
    restored = {}
    for entity, keys in by_entity(touched).items():
        bare = bare_table(entity)
        query = sql.select(bare.c.id, bare.c.custom)
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


def _describe(store: Store, number: int) -> tuple[str, int]:
    with store.reading() as connection:
        row = connection.raw.execute("SELECT what, undoes, source FROM batch WHERE id = ?", (number,)).fetchone()
        if row is None:
            message = f"There is no batch {number} in {store.label}. List them with: pmo-desktop history."
            raise Known(message)
        what, undoes, source = row
        if source == json_text(SEED):
            message = "The beginning of a portfolio cannot be undone. Close the file and delete it instead."
            raise Known(message)
        size = connection.raw.execute("SELECT count(*) FROM change WHERE batch = ?", (number,)).fetchone()[0]
    return (what.removeprefix("Undo: ") if undoes else f"Undo: {what}"), size


_WROTE = "EXISTS (SELECT 1 FROM change WHERE change.batch = batch.id)"
_TO_UNDO = f"""SELECT id FROM batch WHERE undoes IS NULL AND source IS NOT ? AND {_WROTE} AND NOT EXISTS
(SELECT 1 FROM batch AS undo WHERE undo.undoes = batch.id AND NOT EXISTS
(SELECT 1 FROM batch AS redo WHERE redo.undoes = undo.id)) ORDER BY id DESC LIMIT 1"""  # noqa: S608  constants
_TO_REDO = f"""SELECT id FROM batch AS undo WHERE EXISTS
(SELECT 1 FROM batch AS deed WHERE deed.id = undo.undoes AND deed.undoes IS NULL)
AND NOT EXISTS (SELECT 1 FROM batch AS redo WHERE redo.undoes = undo.id)
AND id > coalesce((SELECT max(id) FROM batch WHERE undoes IS NULL AND {_WROTE}), 0)
ORDER BY id DESC LIMIT 1"""  # noqa: S608  as above
