"""Windows: each day keeps its amount when fewer are looked at, and some resources' bookings replace their old ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.rules.booking import Allocation, Allocations, Bookings, Unit, add_up, place, rows_by_pair
from pmo_desktop.rules.calendar import Grain, Horizon, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import Absence, Worker, measure_capacity
from pmo_desktop.rules.window import Splice, cut_bookings, cut_capacity

FULL = WorkingPattern((7.5, 7.5, 7.5, 7.5, 4, 0, 0))
MONDAY = date(2026, 1, 5)
HORIZON = Horizon(MONDAY, MONDAY + timedelta(83))


def day(number: int) -> date:
    return MONDAY + timedelta(number)


WORKERS = [
    Worker(FULL, (day(9),), (Absence(day(20), day(25)),), overhead=20),
    Worker(FULL, starts=day(15), leaves=day(60)),
    Worker(FULL, share=0),
]
allocation = st.builds(
    lambda resource, project, first, length, quantity, unit, hard: Allocation(
        resource, project, day(first), day(first + length), quantity, unit, hard
    ),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(-20, 100),
    st.integers(-1, 60),
    st.floats(-5, 200),
    st.sampled_from(list(Unit)),
    st.booleans(),
)


def sums(bookings: Bookings, horizon: Horizon, grain: Grain = Grain.DAY) -> dict[tuple[int, int], list[int]]:
    """What each pair of resource and project has by day."""
    capacity = cut_capacity(measure_capacity(WORKERS, HORIZON), horizon)
    rows = rows_by_pair(bookings)
    found = add_up(bookings, capacity, cut_periods(horizon, grain), rows).tolist()
    return dict(zip(zip(rows.resource.tolist(), rows.project.tolist(), strict=True), found, strict=True))


@given(st.lists(allocation, max_size=8), st.integers(0, 83), st.integers(1, 84))
@settings(deadline=None)
def test_each_day_has_the_same_amount_in_a_window_as_in_the_whole(
    rows: list[Allocation], first: int, length: int
) -> None:
    window = Horizon(day(first), day(min(83, first + length - 1)))
    whole = measure_capacity(WORKERS, HORIZON)
    placed = place(Allocations.of(rows), whole, FULL)
    inner = cut_capacity(whole, window)
    part = cut_bookings(placed, HORIZON, inner)
    at = slice(first, first + window.length)
    assert sums(part, window) == {pair: days[at] for pair, days in sums(placed, HORIZON).items()}
    assert part.booked.sum() == sum(sum(days[at]) for days in sums(placed, HORIZON).values())
    assert np.array_equal(np.diff(inner.available), np.diff(whole.available)[:, at])


@given(st.lists(allocation, max_size=8), st.lists(allocation, max_size=8), st.sets(st.integers(0, 2)))
@settings(deadline=None)
def test_splicing_some_resources_is_placing_all_anew(
    before: list[Allocation], after: list[Allocation], touched: set[int]
) -> None:
    capacity = measure_capacity(WORKERS, HORIZON)
    old, fresh = (sorted(rows, key=lambda each: each.resource) for rows in (before, after))
    new = [each for each in fresh if each.resource in touched]
    wanted = sorted([each for each in old if each.resource not in touched] + new, key=lambda each: each.resource)
    columns, own = Allocations.of(old), Allocations.of(new)
    splice = Splice(columns.resource, own.resource, list(touched))
    joined = splice.allocations(columns, own)
    bookings = splice.bookings(place(columns, capacity, FULL), place(own, capacity, FULL), joined)
    expected = place(Allocations.of(wanted), capacity, FULL)
    assert splice.items(old, new) == wanted
    assert bookings.booked.tolist() == expected.booked.tolist()
    assert sums(bookings, HORIZON) == sums(expected, HORIZON)
    assert bookings.extra_of.tolist() == expected.extra_of.tolist()
    assert {flag: rows.tolist() for flag, rows in bookings.flags.items()} == {
        flag: rows.tolist() for flag, rows in expected.flags.items() if len(rows)
    }


def test_what_an_edit_leaves_alone_is_not_copied() -> None:
    capacity = measure_capacity(WORKERS, HORIZON)
    rows = [Allocation(each, 0, day(0), day(4), 50.0) for each in (0, 0, 1, 2)]
    old, new = Allocations.of(rows), Allocations.of([replace(rows[2], quantity=60.0)])
    splice = Splice(old.resource, new.resource, [1])
    joined = splice.allocations(old, new)
    assert joined.first is old.first
    assert joined.quantity.tolist() == [50, 50, 60, 50]
    ids = ["a", "b", "c", "d"]
    assert splice.items(ids, ["c"]) is ids
    bookings = splice.bookings(place(old, capacity, FULL), place(new, capacity, FULL), joined)
    assert bookings.resource is old.resource
