"""Allocations become exact amounts: sums by day, week, month and quarter are the sum of the allocations."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.booking import (
    TICKS_PER_HOUR,
    Allocation,
    Allocations,
    BookingFlag,
    Bookings,
    Unit,
    add_up,
    place,
    rows_by_pair,
    rows_by_resource,
)
from pmo_desktop.rules.calendar import Grain, Horizon, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import Absence, Capacity, Worker, measure_capacity

FULL = WorkingPattern((8, 8, 8, 8, 8, 0, 0))
HALF = WorkingPattern((8, 8, 4, 0, 0, 0, 0))
NOTHING = WorkingPattern((0,) * 7)
MONDAY = date(2026, 1, 5)
NAN, INF = float("nan"), float("inf")
FTE, PERCENT, DAYS, HOURS = Unit.FTE, Unit.PERCENT, Unit.DAYS, Unit.HOURS


def day(number: int) -> date:
    return MONDAY + timedelta(number)


FORTNIGHT = Horizon(MONDAY, day(13))


def booked_hours(worker: Worker, quantity: float, unit: Unit, span: tuple[int, int] = (0, 13)) -> list[float]:
    capacity = measure_capacity([worker], FORTNIGHT)
    bookings = place(Allocations.of([Allocation(0, 0, day(span[0]), day(span[1]), quantity, unit)]), capacity, FULL)
    by_week = add_up(bookings, capacity, cut_periods(FORTNIGHT, Grain.WEEK), rows_by_resource(bookings, capacity))
    assert by_week.sum() == bookings.booked.sum()
    return [round(float(each), 9) for each in by_week[0] / TICKS_PER_HOUR]


@pytest.mark.parametrize(
    ("worker", "quantity", "unit", "span", "expected"),
    [
        (Worker(FULL), 50, PERCENT, (0, 13), [20, 20]),
        (Worker(FULL), 50, PERCENT, (2, 8), [12, 8]),
        (Worker(FULL), 50, PERCENT, (5, 6), [0, 0]),
        (Worker(FULL, absences=(Absence(day(0), day(2)),)), 50, PERCENT, (0, 13), [8, 20]),  # of available time
        (Worker(FULL, overhead=25), 100, PERCENT, (0, 6), [30, 0]),
        (Worker(FULL, overhead=25), 1, FTE, (0, 6), [40, 0]),  # business as usual does not shrink what is asked
        (Worker(FULL), 0.5, FTE, (0, 13), [20, 20]),
        (Worker(FULL, share=0.5), 0.5, FTE, (0, 13), [20, 20]),
        (Worker(HALF), 0.5, FTE, (0, 13), [20, 20]),
        (Worker(FULL, share=6), 3, FTE, (0, 6), [120, 0]),
        (Worker(FULL, absences=(Absence(day(0), day(4)),)), 1, FTE, (0, 13), [0, 40]),
        (Worker(FULL), 3, DAYS, (0, 13), [12, 12]),
        (Worker(FULL), 10, HOURS, (3, 3), [10, 0]),
        (Worker(FULL, absences=(Absence(day(0), day(4)),)), 10, HOURS, (0, 13), [0, 10]),
        (Worker(FULL, leaves=day(6)), 10, HOURS, (0, 13), [5, 0]),  # the part after leaving is not counted
        (Worker(FULL, leaves=day(6)), 100, PERCENT, (0, 13), [40, 0]),
        (Worker(FULL, starts=day(7)), 10, HOURS, (0, 13), [0, 5]),
        (Worker(FULL), 10, HOURS, (-7, 6), [5, 0]),
        (Worker(FULL), 10, HOURS, (7, 20), [0, 5]),
        (Worker(FULL), 10, HOURS, (-30, -20), [0, 0]),
        (Worker(FULL, absences=(Absence(day(0), day(13)),)), 10, HOURS, (3, 8), [5, 5]),  # on weekdays
        (Worker(FULL), 10, HOURS, (5, 6), [10, 0]),  # a weekend has no weekdays: on its days
        (Worker(FULL), 10, HOURS, (6, 7), [0, 10]),
        (Worker(NOTHING), 10, HOURS, (0, 13), [5, 5]),
        (Worker(FULL, share=0), 1, FTE, (0, 8), [40, 16]),
        (Worker(FULL), 0, HOURS, (0, 13), [0, 0]),
        (Worker(FULL, absences=(Absence(day(0), day(0), 0.999999),)), 400, HOURS, (0, 0), [400, 0]),
    ],
)
def test_an_allocation_is_so_many_hours_a_week(
    worker: Worker, quantity: float, unit: Unit, span: tuple[int, int], expected: list[float]
) -> None:
    assert booked_hours(worker, quantity, unit, span) == expected


@pytest.mark.parametrize(
    ("worker", "quantity", "unit", "span", "flags"),
    [
        (Worker(FULL), 100, PERCENT, (0, 6), []),
        (Worker(FULL), -1, HOURS, (0, 6), [BookingFlag.NEGATIVE]),
        (Worker(FULL), NAN, FTE, (0, 6), [BookingFlag.NOT_A_NUMBER]),
        (Worker(FULL), INF, PERCENT, (0, 6), [BookingFlag.NOT_A_NUMBER]),
        (Worker(FULL), 10_000, PERCENT, (0, 6), [BookingFlag.TOO_MUCH]),
        (Worker(FULL), 1e308, HOURS, (0, 6), [BookingFlag.TOO_MUCH]),
        (Worker(FULL), 1e9, FTE, (0, 6), [BookingFlag.TOO_MUCH]),
        (Worker(FULL), 50, PERCENT, (6, 0), [BookingFlag.BACKWARDS]),
        (Worker(FULL, starts=day(3)), 50, PERCENT, (0, 6), [BookingFlag.BEFORE_START]),
        (Worker(FULL, leaves=day(3)), 50, PERCENT, (0, 6), [BookingFlag.AFTER_LEAVING]),
        (Worker(FULL, starts=day(100)), 5, HOURS, (0, 6), [BookingFlag.BEFORE_START]),
        (Worker(FULL, leaves=day(-100)), 5, HOURS, (0, 6), [BookingFlag.AFTER_LEAVING]),
        (Worker(FULL), 5, HOURS, (-1, 6), [BookingFlag.OUTSIDE]),
        (Worker(FULL), 5, HOURS, (0, 14), [BookingFlag.OUTSIDE]),
        (Worker(NOTHING), 5, HOURS, (0, 6), [BookingFlag.NO_AVAILABILITY]),
        (Worker(FULL, share=0), 0.5, FTE, (0, 6), [BookingFlag.NO_AVAILABILITY]),
    ],
)
def test_an_odd_allocation_is_told(
    worker: Worker, quantity: float, unit: Unit, span: tuple[int, int], flags: list[BookingFlag]
) -> None:
    rows = [Allocation(0, 0, day(0), day(1), 5, HOURS), Allocation(0, 0, day(span[0]), day(span[1]), quantity, unit)]
    bookings = place(Allocations.of(rows), measure_capacity([worker], FORTNIGHT), FULL)
    assert bookings.flags_of(1) == flags
    refused = {BookingFlag.NEGATIVE, BookingFlag.NOT_A_NUMBER, BookingFlag.TOO_MUCH, BookingFlag.BACKWARDS}
    if refused & set(flags):
        assert bookings.booked[1] == 0


def test_a_missing_date_is_told_and_not_counted() -> None:
    rows = Allocations.of([Allocation(0, 0, day(0), day(1), 5, HOURS)])
    undated = Allocations(
        rows.resource,
        rows.project,
        np.array(["NaT"], "datetime64[D]"),
        rows.last,
        rows.quantity,
        rows.unit,
        rows.hard,
    )
    bookings = place(undated, measure_capacity([Worker(FULL)], FORTNIGHT), FULL)
    assert bookings.flags_of(0) == [BookingFlag.NOT_A_NUMBER]
    assert bookings.booked.tolist() == [0]


def test_a_standard_week_without_work_gives_fte_and_days_no_length() -> None:
    rows = [Allocation(0, 0, day(0), day(1), 5, unit) for unit in Unit]
    bookings = place(Allocations.of(rows), measure_capacity([Worker(FULL)], FORTNIGHT), NOTHING)
    assert bookings.flags[BookingFlag.NO_STANDARD].tolist() == [FTE, DAYS]
    assert (bookings.booked / TICKS_PER_HOUR).tolist() == [0, 0.8, 0, 5]


@pytest.mark.parametrize("flag", list(BookingFlag))
def test_every_flag_has_a_sentence(flag: BookingFlag) -> None:
    assert flag.words.endswith(".")


def test_an_allocation_after_the_leaving_date_counts_for_nothing_after_it() -> None:
    """Oracle CAPAC-011."""
    horizon = Horizon(date(2026, 3, 1), date(2026, 4, 30))
    capacity = measure_capacity([Worker(FULL, leaves=date(2026, 3, 31))], horizon)
    rows = [Allocation(0, 0, date(2026, 3, 1), date(2026, 4, 30), 50)]
    bookings = place(Allocations.of(rows), capacity, FULL)
    months = add_up(bookings, capacity, cut_periods(horizon, Grain.MONTH), rows_by_resource(bookings, capacity))
    assert (months / TICKS_PER_HOUR).tolist() == [[88, 0]]
    assert [flag.words.split(";")[0] for flag in bookings.flags_of(0)] == ["Allocation after leaving date"]


@pytest.mark.parametrize("resource", [-1, 1])
def test_a_resource_without_capacity_is_refused(resource: int) -> None:
    with pytest.raises(ValueError, match="no capacity measured"):
        place(
            Allocations.of([Allocation(resource, 0, day(0), day(1), 5)]),
            measure_capacity([Worker(FULL)], FORTNIGHT),
            FULL,
        )


def test_a_total_is_spread_in_proportion_to_a_few_seconds_a_year_on_its_last_day() -> None:
    capacity = measure_capacity([Worker(FULL, overhead=33.3)], Horizon(MONDAY, day(370)))
    bookings = place(Allocations.of([Allocation(0, 0, day(0), day(370), 100, HOURS)]), capacity, FULL)
    days = cut_periods(capacity.horizon, Grain.DAY)
    by_day = add_up(bookings, capacity, days, rows_by_resource(bookings, capacity))[0] / TICKS_PER_HOUR
    shares = np.diff(capacity.available[0]) / capacity.available[0, -1]
    differences = np.abs(by_day - 100 * shares)
    assert differences.max() < 6 / 3600
    assert (differences > 0.1 / 3600).sum() <= 1


def test_a_percentage_is_the_same_on_every_day() -> None:
    capacity = measure_capacity([Worker(FULL)], FORTNIGHT)
    bookings = place(Allocations.of([Allocation(0, 0, day(0), day(13), 33.3)]), capacity, FULL)
    assert len(bookings.extra) == 0


def test_a_team_of_hundreds_adds_up_exactly_over_years() -> None:
    """Sums beyond what floating point holds to the last digit."""
    capacity = measure_capacity([Worker(FULL, share=1_000)], Horizon(MONDAY, day(3_000)))
    rows = [Allocation(0, number, day(number), day(2_900 + number), 190_001 / 3, HOURS) for number in range(90)]
    bookings = place(Allocations.of(rows), capacity, FULL)
    years = cut_periods(capacity.horizon, Grain.YEAR)
    by_year = add_up(bookings, capacity, years, rows_by_resource(bookings, capacity))
    assert int(by_year.sum()) == sum(int(each) for each in bookings.booked)


def test_nothing_adds_up_to_nothing() -> None:
    capacity = measure_capacity([Worker(FULL)], FORTNIGHT)
    bookings = place(Allocations.of([]), capacity, FULL)
    weeks = cut_periods(FORTNIGHT, Grain.WEEK)
    assert bookings.count == 0
    assert add_up(bookings, capacity, weeks, rows_by_resource(bookings, capacity)).tolist() == [[0, 0]]
    assert add_up(bookings, capacity, weeks, rows_by_pair(bookings)).shape == (0, 2)


def test_lines_by_pair_hold_one_project_of_one_resource() -> None:
    rows = [
        Allocation(1, 4, day(0), day(4), 10, HOURS),
        Allocation(0, 4, day(0), day(4), 20, HOURS),
        Allocation(0, 2, day(7), day(8), 3, HOURS),
        Allocation(0, 4, day(7), day(8), 1, HOURS),
    ]
    capacity = measure_capacity([Worker(FULL), Worker(FULL)], FORTNIGHT)
    bookings = place(Allocations.of(rows), capacity, FULL)
    lines = rows_by_pair(bookings)
    by_week = add_up(bookings, capacity, cut_periods(FORTNIGHT, Grain.WEEK), lines) / TICKS_PER_HOUR
    found = zip(lines.resource.tolist(), lines.project.tolist(), by_week.tolist(), strict=True)
    assert list(found) == [(0, 2, [0, 3]), (0, 4, [20, 1]), (1, 4, [10, 0])]


offsets = st.integers(-40, 140)
workers = st.builds(
    lambda pattern, leave, share, overhead, starts, leaves: Worker(
        pattern,
        {day(3), day(40)},
        tuple(Absence(day(first), day(first + 9), 0.5) for first in leave),
        share,
        overhead,
        starts,
        leaves,
    ),
    st.sampled_from([FULL, HALF, NOTHING]),
    st.lists(st.integers(-5, 100), max_size=3),
    st.sampled_from([0, 0.3, 1, 12]),
    st.sampled_from([0, 12.5, 99.9, 100]),
    st.none() | offsets.map(day),
    st.none() | offsets.map(day),
)
allocations = st.lists(
    st.builds(
        lambda resource, project, first, more, quantity, unit, hard: Allocation(
            resource, project, day(first), day(first + more), quantity, unit, hard
        ),
        st.integers(0, 2),
        st.integers(0, 3),
        offsets,
        st.integers(-3, 80),
        st.floats(0, 400) | st.floats(allow_nan=True, allow_infinity=True),
        st.sampled_from(Unit),
        st.booleans(),
    ),
    max_size=12,
)


def case(three: list[Worker], rows: list[Allocation]) -> tuple[Capacity, Bookings]:
    capacity = measure_capacity(three, Horizon(day(-3), day(110)))
    return capacity, place(Allocations.of(rows), capacity, FULL)


@given(st.lists(workers, min_size=3, max_size=3), allocations, st.integers(1, 12))
def test_sums_over_all_periods_are_the_sum_of_the_allocations(
    three: list[Worker], rows: list[Allocation], month: int
) -> None:
    capacity, bookings = case(three, rows)
    people, pairs = rows_by_resource(bookings, capacity), rows_by_pair(bookings)
    by_day = add_up(bookings, capacity, cut_periods(capacity.horizon, Grain.DAY), people)
    assert (by_day >= 0).all()
    assert by_day.sum() == bookings.booked.sum()
    for grain in Grain:
        periods = cut_periods(capacity.horizon, grain, month)
        by_period = add_up(bookings, capacity, periods, people)
        assert np.array_equal(by_period, periods.total(by_day))
        by_pair = add_up(bookings, capacity, periods, pairs)
        for person in range(3):
            assert np.array_equal(by_pair[pairs.resource == person].sum(axis=0), by_period[person])


@given(st.lists(workers, min_size=3, max_size=3), allocations)
def test_hard_and_soft_bookings_are_two_layers_of_one_sum(three: list[Worker], rows: list[Allocation]) -> None:
    capacity, bookings = case(three, rows)
    weeks, people = cut_periods(capacity.horizon, Grain.WEEK), rows_by_resource(bookings, capacity)
    layers = [add_up(bookings.only(marks), capacity, weeks, people) for marks in (bookings.hard, ~bookings.hard)]
    assert np.array_equal(sum(layers), add_up(bookings, capacity, weeks, people))


@given(st.lists(workers, min_size=3, max_size=3), allocations, st.integers(0, 2))
def test_one_resource_placed_alone_has_the_same_amounts(
    three: list[Worker], rows: list[Allocation], person: int
) -> None:
    capacity, bookings = case(three, rows)
    everybody = Allocations.of(rows)
    alone = place(everybody.take(everybody.resource == person), capacity, FULL)
    weeks = cut_periods(capacity.horizon, Grain.WEEK)
    own, all_rows = (add_up(each, capacity, weeks, rows_by_resource(each, capacity)) for each in (alone, bookings))
    assert np.array_equal(own[person], all_rows[person])


@pytest.mark.parametrize("resources", [[0, 0, 1], [1, 0, 0]])
def test_the_bookings_of_a_resource_are_found_in_any_order(resources: list[int]) -> None:
    capacity = measure_capacity([Worker(FULL), Worker(FULL)], FORTNIGHT)
    rows = [Allocation(each, number, day(0), day(4), 50.0) for number, each in enumerate(resources)]
    bookings = place(Allocations.of(rows), capacity, FULL)
    assert bookings.in_order == (resources == sorted(resources))
    assert bookings.of_resources([1]).tolist() == [resources.index(1)]
    assert bookings.projects_of([0]).tolist() == [number for number, each in enumerate(resources) if each == 0]


def test_what_falls_on_single_days_stands_in_the_order_of_its_allocations() -> None:
    """Hours without any time available are spread by day, beside the rest that another's rate leaves over."""
    leave = Absence(day(0), day(4))
    capacity = measure_capacity([Worker(FULL, absences=(leave,)), Worker(FULL)], FORTNIGHT)
    rows = [Allocation(who, 0, day(0), day(4), quantity, HOURS) for who, quantity in ((0, 10.0), (1, 1 / 3), (0, 5.0))]
    bookings = place(Allocations.of(rows), capacity, FULL)
    assert bookings.extra_of.tolist() == sorted(bookings.extra_of.tolist())
    assert set(bookings.extra_of.tolist()) == {0, 1, 2}
    turned = bookings.take(np.array([2, 0]))
    assert turned.extra_of.tolist() == [0] * 5 + [1] * 5
    assert turned.extra.tolist() == bookings.extra[[*range(6, 11), *range(5)]].tolist()
