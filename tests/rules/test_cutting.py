"""An allocation is cut at days: what stays keeps what it had on every day, and equal rates become one again."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.booking import TICKS_PER_HOUR, Unit
from pmo_desktop.rules.calendar import Horizon, WorkingPattern
from pmo_desktop.rules.capacity import Absence, Worker
from pmo_desktop.rules.cutting import Diary, Part, cut_out, join, keep, tell

FULL = WorkingPattern((8, 8, 8, 8, 8, 0, 0))
NOTHING = WorkingPattern((0,) * 7)
MONDAY = date(2026, 1, 5)
SECOND = TICKS_PER_HOUR // 3600
PERCENT, FTE, DAYS, HOURS = Unit.PERCENT, Unit.FTE, Unit.DAYS, Unit.HOURS


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def diary(worker: Worker | None = None, standard: WorkingPattern = FULL) -> Diary:
    return Diary.of(worker or Worker(FULL), standard, Horizon(day(-28), day(400)))


def part(first: int, last: int, quantity: float, unit: Unit = PERCENT) -> Part:
    return Part(day(first), day(last), quantity, unit)


@pytest.mark.parametrize(
    ("worker", "whole", "hole", "expected"),
    [
        (Worker(FULL), part(0, 20, 50), (7, 13), [part(0, 6, 50), part(14, 20, 50)]),
        (Worker(FULL), part(0, 20, 50), (0, 20), []),
        (Worker(FULL), part(0, 20, 50), (30, 40), [part(0, 20, 50)]),
        (Worker(FULL), part(0, 27, 10, DAYS), (7, 13), [part(0, 6, 2.5, DAYS), part(14, 27, 5, DAYS)]),
        (
            Worker(FULL),
            part(0, 20, 10, DAYS),
            (7, 13),
            [part(0, 6, 33.3333 * 2, PERCENT), part(14, 20, 26.6667, HOURS)],
        ),
        (Worker(FULL, leaves=day(6)), part(0, 13, 20, HOURS), (0, 2), [part(3, 6, 4, HOURS), part(7, 13, 10, HOURS)]),
        (Worker(FULL, leaves=day(6)), part(0, 13, 0.5, FTE), (0, 2), [part(3, 13, 0.5, FTE)]),
        (Worker(FULL, leaves=day(-9)), part(0, 13, 0.5, FTE), (0, 2), [part(3, 13, 0.5, FTE)]),
        (Worker(FULL, leaves=day(-9)), part(0, 13, 20, HOURS), (0, 6), [part(7, 13, 10, HOURS)]),
        (Worker(FULL, leaves=day(3)), part(0, 6, 0.0001, HOURS), (0, 5), []),
        (Worker(FULL), part(0, 6, 5, DAYS), (0, 4), []),  # a weekend without time is nothing to keep
        (Worker(FULL, share=0), part(0, 13, 1, FTE), (0, 6), [part(7, 13, 1, FTE)]),
        (Worker(FULL, share=0), part(0, 13, 20, HOURS), (0, 6), [part(7, 13, 10, HOURS)]),
    ],
)
def test_what_stays_outside_a_hole(worker: Worker, whole: Part, hole: tuple[int, int], expected: list[Part]) -> None:
    left = cut_out(diary(worker), whole, day(hole[0]), day(hole[1]))
    assert [(each.first, each.last, each.unit) for each in left] == [
        (each.first, each.last, each.unit) for each in expected
    ]
    assert [each.quantity for each in left] == pytest.approx([each.quantity for each in expected], abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (part(0, 6, 50), part(7, 13, 50), part(0, 13, 50)),
        (part(0, 4, 50), part(7, 11, 50), part(0, 11, 50)),  # a weekend lies between
        (part(0, 6, 0.5, FTE), part(7, 13, 0.5, FTE), part(0, 13, 0.5, FTE)),
        (part(0, 6, 50), part(7, 13, 40), None),
        (part(0, 6, 50), part(6, 13, 50), None),
        (part(0, 6, 50), part(8, 13, 50), None),  # a Monday lies between
        (part(0, 4, 50), part(14, 18, 50), None),
        (part(0, 6, 5, DAYS), part(7, 13, 5, DAYS), None),  # totals are said by week: leave would move them
    ],
)
def test_neighbours_of_one_rate_are_one(one: Part, other: Part, joined: Part | None) -> None:
    assert join(diary(), one, other) == joined


def test_a_weekend_that_is_worked_keeps_two_parts_apart() -> None:
    always = WorkingPattern((8,) * 7)
    assert join(diary(Worker(always)), part(0, 4, 50), part(7, 11, 50)) is None


def test_an_amount_is_told_in_the_first_unit_that_says_it() -> None:
    ticks = 20 * TICKS_PER_HOUR
    assert tell(diary(), day(0), day(6), ticks, (PERCENT, HOURS)) == part(0, 6, 50)
    assert tell(diary(), day(0), day(6), ticks, (DAYS, HOURS)) == part(0, 6, 2.5, DAYS)
    assert tell(diary(), day(0), day(6), ticks // 3, (DAYS, HOURS)) == part(0, 6, 6.6667, HOURS)
    assert tell(diary(), day(5), day(6), ticks, (PERCENT,)) is None
    assert tell(diary(), day(0), day(6), 0, (PERCENT, HOURS)) is None
    assert tell(diary(standard=NOTHING), day(0), day(6), ticks, (DAYS,)) is None


def test_time_is_counted_for_the_days_of_employment() -> None:
    leaver = diary(Worker(FULL, absences=(Absence(day(0), day(0)),), leaves=day(3)))
    assert leaver.employed(day(0), day(6)) == (day(0), day(3))
    assert leaver.employed(day(4), day(6)) is None
    assert leaver.available(day(0), day(6)) == 24 * TICKS_PER_HOUR
    assert leaver.available_by_day().sum() == 24 * TICKS_PER_HOUR + leaver.available(day(-28), day(-1))
    assert leaver.gross(day(0), day(6)) == 32 * TICKS_PER_HOUR
    assert leaver.total(part(0, 6, 100)) == leaver.amounts(part(0, 6, 100)).sum() == 24 * TICKS_PER_HOUR


def test_a_total_that_counts_for_nothing_keeps_its_weekdays() -> None:
    too_much = part(0, 13, 300_000, HOURS)
    assert keep(diary(Worker(FULL, leaves=day(-9))), too_much, day(0), day(6)) == [part(0, 6, 150_000, HOURS)]


units = st.one_of(
    st.tuples(st.integers(1, 3_000_000), st.just(PERCENT)),
    st.tuples(st.integers(1, 30_000), st.just(FTE)),
    st.tuples(st.integers(1, 400_000), st.just(DAYS)),
    st.tuples(st.integers(1, 3_000_000), st.just(HOURS)),
)
workers = st.builds(
    lambda share, overhead, leave: Worker(FULL, {day(9)}, (Absence(day(leave), day(leave + 8), 0.5),), share, overhead),
    st.sampled_from([0.4, 0.75, 1.0, 5.0]),
    st.sampled_from([0, 12.5, 33.3]),
    st.integers(0, 60),
)


@given(workers, units, st.integers(1, 90), st.integers(-3, 90), st.integers(0, 30))
def test_every_day_outside_the_hole_keeps_what_it_had(
    worker: Worker, amount: tuple[int, Unit], length: int, first: int, more: int
) -> None:
    """To the tick, but for the piece that holds the end of a total: less than ten seconds, in all a second or two."""
    one = diary(worker)
    whole = part(0, length, amount[0] / 10_000, amount[1])
    wanted = one.amounts(whole).copy()
    left = cut_out(one, whole, day(first), day(first + more))
    found = sum((one.amounts(each) for each in left), np.zeros_like(wanted))
    wanted[one.horizon.clip(day(first), day(first + more))] = 0
    exact = amount[1] is PERCENT or first + more >= length
    assert np.abs(found - wanted).max() <= (0 if exact else 10 * SECOND)
    assert abs(int((found - wanted).sum())) <= (0 if exact else 2 * SECOND)
