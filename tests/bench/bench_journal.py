"""What the journal costs: 10,000 inserts of 25 columns with and without it, the size of the file, undo, and growth."""

from __future__ import annotations

import statistics
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from pmo_desktop.model.project import Project
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.history import undo
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from tests.bench.ratio import Board, growth_exponent, time_once

ROWS = 10_000


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"The journal: {ROWS:,} inserts of 25 columns")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        taken = time_inserts(place)
        board.compare("inserts with the journal / without", taken[True], taken[False], 4.0)
        sizes = {each: file_size(place, journal=each) / 1e6 for each in (True, False)}
        board.compare("size of the file with the journal / without", sizes[True], sizes[False], 3.5, "MB")
        measure_undo(board, place)
    return board.exit_code()


def make_rows(count: int) -> list[dict[str, Any]]:
    """Projects with 25 filled columns."""
    return [
        {
            "id": new_id(),
            "ref": f"B-{number:06d}",
            "name": f"Project number {number} of the benchmark",
            "description": f"What project {number} is for, in one sentence of ordinary length.",
            "type": "Infrastructure",
            "category": "Major control",
            "tier": "ABC"[number % 3],
            "department": "Operations",
            "stage": "Build",
            "lifecycle_status": "Active",
            "rag_overall": "RAG"[number % 3],
            "rag_time": "GAR"[number % 3],
            "rag_cost": "G",
            "rag_comment": f"On plan; {number % 7} points are open and have owners.",
            "start_baseline": date(2026, 1, 5),
            "finish_baseline": date(2027, 3, 31),
            "finish_forecast": date(2027, 4, 1 + number % 28),
            "pct_complete": number % 101,
            "currency": "GBP",
            "budget_approved": 100_000_00 + number,
            "actual_to_date": 40_000_00 + number,
            "eac": 104_000_00 + number,
            "contingency": 5_000_00,
            "priority": str(number % 5),
            "custom": {"0": number},
        }
        for number in range(count)
    ]


def time_inserts(place: Path, rounds: int = 3) -> dict[bool, float]:
    """Seconds the same inserts take with and without the journal, the median of interleaved rounds."""
    rows, taken = make_rows(ROWS), {True: list[float](), False: list[float]()}
    for _ in range(rounds):
        for journal, times in taken.items():
            store = open_file(place, journal=journal)
            times.append(time_once(partial(insert_rows, store, rows, journal=journal)))
            store.close()
    return {journal: statistics.median(times) for journal, times in taken.items()}


def open_file(place: Path, *, journal: bool) -> Store:
    """A new portfolio, with or without the triggers that write the journal."""
    path = place / "bench.pmo"
    for old in place.glob("bench.pmo*"):
        old.unlink()
    store = create_store(path, "bench")
    if not journal:
        for (name,) in store.raw.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'").fetchall():
            store.raw.execute(f"DROP TRIGGER temp.{name}")
    return store


def insert_rows(store: Store, rows: list[dict[str, Any]], *, journal: bool) -> None:
    """The same statement either way; without the journal there is no batch for it to lie in."""
    if journal:
        with batch(store, "Benchmark", long=True) as work:
            work.connection.execute(insert(Project.__table__), rows)
        return
    store.raw.execute("BEGIN IMMEDIATE")
    store.connection.execute(insert(Project.__table__), rows)
    store.raw.execute("COMMIT")


def file_size(place: Path, *, journal: bool) -> int:
    """Bytes of the closed file."""
    store = open_file(place, journal=journal)
    insert_rows(store, make_rows(ROWS), journal=journal)
    store.close()
    return (place / "bench.pmo").stat().st_size


def measure_undo(board: Board, place: Path) -> None:
    """Undo against the inserts themselves, and how both grow from 1,000 to 100,000 rows."""
    sizes = (1_000, 10_000, 100_000)
    writing, undoing = [], []
    for count in sizes:
        store = open_file(place, journal=True)
        rows = make_rows(count)
        writing.append(time_once(partial(insert_rows, store, rows, journal=True)))
        undoing.append(time_once(partial(undo, store)))
        store.close()
    board.compare("undo of 10,000 inserts / the inserts", undoing[1], writing[1], None)
    board.hold("growth of inserts, 1,000 to 100,000 rows", growth_exponent(sizes, writing), 1.2, "exp")
    board.hold("growth of undo, 1,000 to 100,000 rows", growth_exponent(sizes, undoing), 1.2, "exp")


if __name__ == "__main__":
    sys.exit(main())
