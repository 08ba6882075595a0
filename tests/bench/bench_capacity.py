"""Capacity: 200,000 allocations of 1,000 people rolled up over 260 weeks, beside the bare difference array on days."""

from __future__ import annotations

import statistics
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from pmo_desktop.rules.booking import Allocations, add_up, place, rows_by_pair, rows_by_resource
from pmo_desktop.rules.calendar import Grain, Horizon, Numbers, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import Absence, Worker, measure_capacity
from pmo_desktop.rules.load import measure_load, measure_one
from tests.bench.ratio import Board, time_once, time_rivals

PEOPLE, WEEKS, ALLOCATIONS, PROJECTS = 1_000, 260, 200_000, 60
ROUNDS = 9
RATIO = 2.0  # of the bare difference array
FRAME = 16.0  # milliseconds
MEGABYTE = 2**20
FULL = WorkingPattern((7.5, 7.5, 7.5, 7.5, 7.5, 0, 0))
MONDAY = date(2026, 1, 5)
HORIZON = Horizon(MONDAY, MONDAY + timedelta(7 * WEEKS - 1))


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

    load = measure_load(bookings, capacity, weeks)

    def edit() -> None:
        """One person's bookings placed and added up anew, and their row of the grid replaced."""
        load.replace(7, measure_one(allocations, capacity, FULL, weeks, 7))

    board.hold(
        "one person anew after an edit", 1_000 * statistics.median(time_once(edit) for _ in range(ROUNDS)), FRAME
    )
    return board.exit_code()


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
