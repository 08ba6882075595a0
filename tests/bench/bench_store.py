"""A file's daily life with 10,000 projects: making, opening, one edit, backup, check, as of, and undo of many cells."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import update

from pmo_desktop.model.project import Project
from pmo_desktop.operations.history import redo, undo
from pmo_desktop.store.backup import FOLDER_VARIABLE, write_backup
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_values, check_wholly
from pmo_desktop.store.engine import connect_plain
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.rewind import as_of_batch
from tests.bench.bench_journal import ROWS, insert_rows, make_rows
from tests.bench.ratio import Board, growth_exponent, time_once


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"A portfolio file of {ROWS:,} projects")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ[FOLDER_VARIABLE] = str(place / "backups")
        bare = median(lambda: commit_bare(place / "bare.db"), 20)
        board.compare("making a new file / a bare durable commit", median(lambda: make_and_remove(place)), bare, None)
        store = filled(place / "bench.pmo", ROWS)
        measure_edits(board, store, bare)
        measure_many_cells(board, store)
        measure_reading(board, store)
        store.close()
        reading = median((place / "bench.pmo").read_bytes)
        opening = median(lambda: open_store(place / "bench.pmo").close())
        board.compare("opening and checking it / reading its bytes", opening, reading, None)
        measure_growth(board, place)
    return board.exit_code()


def make_and_remove(place: Path) -> None:
    """A new file, gone again."""
    create_store(place / "new.pmo", "bench").close()
    (place / "new.pmo").unlink()


def commit_bare(path: Path) -> None:
    """The least that a durable change of a file can cost: one row, written and forced to the disk."""
    with closing(connect_plain(path)) as raw:
        raw.execute("CREATE TABLE IF NOT EXISTS one (value)")
        raw.execute("INSERT INTO one VALUES (1)")


def filled(path: Path, count: int) -> Store:
    """A portfolio of so many projects."""
    store = create_store(path, "bench")
    insert_rows(store, make_rows(count), journal=True)
    return store


def edit_one(store: Store) -> None:
    """One cell of one project, as one batch."""
    first = store.raw.execute("SELECT min(id) FROM project").fetchone()[0]
    with batch(store, "Edit") as work:
        work.connection.execute(update(Project).where(Project.id == first).values(eac=Project.eac + 1))


def edit_many(store: Store) -> None:
    """Five cells of every project, as one batch."""
    values = {"name": Project.name + "x", "eac": Project.eac + 1, "stage": "Close", "priority": "9", "rag_time": "C"}
    with batch(store, "Edit all", long=True) as work:
        work.connection.execute(update(Project).values(values))


def measure_edits(board: Board, store: Store, bare: float) -> None:
    """What a keystroke's worth of change costs among 10,000 rows."""
    edit_one(store)
    board.compare("a batch of one edit / a bare durable commit", median(partial(edit_one, store), 20), bare, 2.0)
    board.compare("undo of one edit / a bare durable commit", median(partial(undo, store), 20), bare, 4.0)


def measure_many_cells(board: Board, store: Store) -> None:
    """50,000 cells changed, undone and redone."""
    edited = time_once(partial(edit_many, store))
    undone = time_once(partial(undo, store))
    board.compare("undo of 50,000 cells / redo of them", undone, time_once(partial(redo, store)), 1.5)
    board.compare("undo of 50,000 cells / changing them by one statement", undone, edited, None)


def measure_reading(board: Board, store: Store) -> None:
    """Copies, checks and the past, beside the bare copy the engine makes."""
    copying = median(lambda: store.copy_to_memory().close())
    board.compare("a verified backup / a bare copy in memory", median(partial(write_backup, store)), copying, None)
    board.compare("the whole check / a bare copy", median(lambda: check_wholly(store.raw)), copying, None)
    board.compare("playing the journal / a bare copy", time_once(lambda: check_values(store.raw)), copying, None)
    past = time_once(lambda: as_of_batch(store, 2).close())
    board.compare("as of before 50,000 cells changed / a bare copy", past, copying, None)


def measure_growth(board: Board, place: Path) -> None:
    """From 1,000 to 100,000 rows: linear is 1."""
    sizes, times = (1_000, 10_000, 100_000), list[float]()
    for count in sizes:
        store = filled(place / f"{count}.pmo", count)
        edit_many(store)
        times.append(time_once(partial(undo, store)))
        store.close()
    board.hold("growth of undoing cells, 1,000 to 100,000 rows", growth_exponent(sizes, times), 1.2, "exp")


def median(deed: Callable[[], object], rounds: int = 5) -> float:
    """Seconds a call takes, the median of some."""
    return statistics.median(time_once(deed) for _ in range(rounds))


if __name__ == "__main__":
    sys.exit(main())
