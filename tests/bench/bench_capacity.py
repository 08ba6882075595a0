"""Capacity of 1,000 people over 260 weeks: in arrays beside the bare difference array, and from a file to the grid."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import update

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.capacity import Grid, Side, make_grid, refresh_grid
from pmo_desktop.model.allocation import Allocation
from pmo_desktop.rules.booking import Allocations, add_up, place, rows_by_pair, rows_by_resource
from pmo_desktop.rules.calendar import Grain, Horizon, Numbers, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import Absence, Worker, measure_capacity
from pmo_desktop.store.backup import FOLDER_VARIABLE
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import open_store
from pmo_desktop.store.watch import Changed
from tests.bench.capacityfile import MONDAY, make_file
from tests.bench.ratio import Board, growth_exponent, time_once, time_rivals

PEOPLE, WEEKS, ALLOCATIONS, PROJECTS = 1_000, 260, 200_000, 60
ROUNDS = 9
RATIO = 2.0  # of the bare difference array
FRAME = 16.0  # milliseconds
MEGABYTE = 2**20
FULL = WorkingPattern((7.5, 7.5, 7.5, 7.5, 7.5, 0, 0))
HORIZON = Horizon(MONDAY, MONDAY + timedelta(7 * WEEKS - 1))
WINDOW = Horizon(MONDAY + timedelta(7 * 52), MONDAY + timedelta(7 * 78 - 1))
PEAK = """
import sys
from pathlib import Path
from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.capacity import Side, make_grid
from pmo_desktop.store.opening import open_store
store = open_store(Path(sys.argv[1]))
book = read_book(store)
grids = [make_grid(book, side=side) for side in Side]
status = Path("/proc/self/status").read_text()  # what getrusage says begins with the parent's
print(1024 * int(status.split("VmHWM:")[1].split()[0]))
"""


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board(f"Capacity: {ALLOCATIONS:,} allocations, {PEOPLE:,} people, {WEEKS} weeks")
    tracemalloc.start()
    allocations, workers = make_allocations(), make_workers()
    capacity = measure_capacity(workers, HORIZON)
    bookings = place(allocations, capacity, FULL)
    board.tell("memory, peak of making all of it", f"{tracemalloc.get_traced_memory()[1] / MEGABYTE:.0f} MB")
    tracemalloc.stop()
    weeks, people, pairs = (
        cut_periods(HORIZON, Grain.WEEK),
        rows_by_resource(bookings, capacity),
        rows_by_pair(bookings),
    )
    board.tell("measuring the capacity of everybody", milliseconds(lambda: measure_capacity(workers, HORIZON)))
    board.tell("placing all allocations", milliseconds(lambda: place(allocations, capacity, FULL)))
    times = time_rivals(
        {
            "bare": bare_difference_array(allocations),
            "ours": lambda: add_up(bookings, capacity, weeks, people),
            "pairs": lambda: add_up(bookings, capacity, weeks, pairs),
        },
        ROUNDS,
    )
    assert add_up(bookings, capacity, weeks, people).sum() == bookings.booked.sum()
    board.compare("roll-up by person and week", times["ours"], times["bare"], RATIO)
    board.compare(f"roll-up by {len(pairs.resource):,} pairs of person, project", times["pairs"], times["bare"], None)

    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = str(Path(folder) / "backups")
        measure_file(board, Path(folder))
        measure_growth(board, Path(folder))
    return board.exit_code()


def measure_file(board: Board, folder: Path) -> None:
    """What somebody waits for: the first screen, an edit, the other side; and what all of it holds."""
    path = folder / "capacity.pmo"
    make_file(path, PEOPLE, ALLOCATIONS, WEEKS, PROJECTS).close()
    peak = int(subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, check=True).stdout)
    board.hold("memory of a process with the whole book and grid", peak / MEGABYTE, 300, "MB")
    store = open_store(path)
    opening = statistics.median(time_once(lambda: make_grid(read_book(store, WINDOW))) for _ in range(ROUNDS))
    board.hold("from the file to the grid of 26 weeks", 1_000 * opening, 300)
    board.tell("the whole book, in a worker", milliseconds(lambda: read_book(store)))
    book = read_book(store)
    board.tell("the grid of 260 weeks", milliseconds(lambda: make_grid(book)))
    board.tell("the grid of 260 weeks by project", milliseconds(lambda: make_grid(book, side=Side.PROJECTS)))
    for side in Side:
        times = edit_times(store, make_grid(read_book(store), side=side))
        board.hold(f"from an edit to the grid of {side}", 1_000 * statistics.median(times), FRAME)
    store.close()


def edit_times(store: Store, grid: Grid) -> list[float]:
    """Seconds from the message that an allocation has changed to the new arrays, for several edits."""
    heard, times = list[Changed](), list[float]()
    unsubscribe = store.subscribe(heard.append)
    table, book = Allocation.__table__, read_book(store)
    grid = make_grid(book, grid.lens, grid.side)
    for number in range(ROUNDS):
        edited = table.c.id == book.ids[number * 97 % len(book.ids)]
        with batch(store, "Edit") as work:
            work.connection.execute(update(Allocation).where(edited).values(quantity=Allocation.quantity + 1))

        def refresh() -> None:
            nonlocal book, grid
            book = book.with_changed(store, heard[-1].rows)
            grid = refresh_grid(grid, book)

        times.append(time_once(refresh))
    unsubscribe()
    return times


def measure_growth(board: Board, folder: Path) -> None:
    """From 2,000 to 200,000 allocations: linear is 1; an edit should hardly grow at all."""
    sizes, whole, edits = (2_000, 20_000, 200_000), list[float](), list[float]()
    for size in sizes:
        store = make_file(folder / f"{size}.pmo", size // 200, size, WEEKS, PROJECTS)
        whole.append(time_once(lambda: make_grid(read_book(store))))  # noqa: B023  called at once
        edits.append(statistics.median(edit_times(store, make_grid(read_book(store)))))
        store.close()
    board.hold("growth of reading the book and making its grid", growth_exponent(sizes, whole), 1.1, "exp")
    board.hold("growth of an edit", growth_exponent(sizes, edits), 0.8, "exp")


def make_workers() -> list[Worker]:
    """Full-time people with holidays, a summer's leave and, for a third, business as usual."""
    holidays = [date(year, 12, 25) for year in range(2026, 2031)]
    leave = tuple(Absence(date(year, 8, 3), date(year, 8, 14)) for year in range(2026, 2031))
    return [Worker(FULL, holidays, leave, overhead=20.0 * (row % 3 == 0)) for row in range(PEOPLE)]


def make_allocations() -> Allocations:
    """Spans of 1 to 60 days in all four units, half of them confirmed."""
    draw = np.random.default_rng(1)
    first = np.datetime64(MONDAY, "D") + draw.integers(0, 7 * WEEKS - 60, ALLOCATIONS)
    return Allocations(
        draw.integers(0, PEOPLE, ALLOCATIONS),
        draw.integers(0, PROJECTS, ALLOCATIONS),
        first,
        first + draw.integers(0, 60, ALLOCATIONS),
        draw.integers(1, 80, ALLOCATIONS).astype(np.float64),
        draw.integers(0, 4, ALLOCATIONS).astype(np.int8),
        draw.random(ALLOCATIONS) < 0.5,
    )


def bare_difference_array(allocations: Allocations) -> Callable[[], Numbers]:
    """What a roll-up costs at the least: no calendars, no units, quantities added up by day and then by week."""
    width = HORIZON.length + 1
    first = allocations.resource * width + HORIZON.indices(allocations.first)
    after = allocations.resource * width + HORIZON.indices(allocations.last) + 1
    quantity = allocations.quantity

    def roll_up() -> Numbers:
        steps = np.bincount(first, quantity, PEOPLE * width) - np.bincount(after, quantity, PEOPLE * width)
        by_day = np.cumsum(steps.reshape(PEOPLE, width), axis=1)[:, :-1]
        sums: Numbers = by_day.reshape(PEOPLE, WEEKS, 7).sum(axis=2)
        return sums

    return roll_up


def milliseconds(deed: Callable[[], object]) -> str:
    """How long a deed takes, in words."""
    return f"{1_000 * time_once(deed):.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
