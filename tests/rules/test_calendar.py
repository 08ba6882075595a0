"""Working time is counted by day, and weeks, months and quarters are sums of the same days."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.calendar import (
    HOUR,
    BadPatternError,
    Grain,
    Horizon,
    WorkingPattern,
    count_working_days,
    cut_periods,
    full_time_equivalent,
    period_of,
    shift_day,
)

FULL = WorkingPattern((8, 8, 8, 8, 8, 0, 0))
NOTHING = WorkingPattern((0,) * 7)


@pytest.mark.parametrize("hours", [(8,) * 6, (8, 8, 8, 8, 8, -1, 0), (25, 0, 0, 0, 0, 0, 0), (float("nan"),) * 7])
def test_a_week_that_nobody_can_work_is_refused_with_words(hours: tuple[float, ...]) -> None:
    with pytest.raises(BadPatternError, match=r"7 days, not 6|between 0 and 24 hours"):
        WorkingPattern(hours)


def test_a_pattern_knows_its_week_and_its_mean_day() -> None:
    assert (FULL.weekly_hours, FULL.daily_hours) == (40, 8)
    assert WorkingPattern((10, 10, 0, 5, 0, 0, 0)).daily_hours == pytest.approx(25 / 3)
    assert (NOTHING.weekly_hours, NOTHING.daily_hours) == (0, None)


def test_full_time_is_the_standard_week() -> None:
    """Oracle CAPAC-001; a standard week without work has no full time."""
    assert [full_time_equivalent(week, FULL) for week in (45, 40, 20)] == [1.125, 1, 0.5]
    assert full_time_equivalent(40, NOTHING) is None


def test_a_horizon_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match=r"end .* before they begin"):
        Horizon(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, slice(0, 10)),
        (date(2026, 1, 3), date(2026, 1, 4), slice(2, 4)),
        (date(2025, 1, 1), date(2025, 2, 1), slice(0, 0)),
        (date(2027, 1, 1), date(2027, 2, 1), slice(10, 10)),
        (date(2026, 1, 9), date(2026, 1, 3), slice(8, 8)),
    ],
)
def test_a_span_is_cut_to_the_days_looked_at(first: date | None, last: date | None, expected: slice) -> None:
    assert Horizon(date(2026, 1, 1), date(2026, 1, 10)).clip(first, last) == expected


def test_holidays_have_no_working_time_and_those_elsewhere_do_not_matter() -> None:
    week = Horizon(date(2026, 1, 5), date(2026, 1, 11))
    holidays = [date(2026, 1, 7), date(2026, 1, 10), date(2030, 1, 1)]
    assert week.working_time(FULL, holidays).tolist() == [8 * HOUR, 8 * HOUR, 0, 8 * HOUR, 8 * HOUR, 0, 0]


@pytest.mark.parametrize(
    ("grain", "year_starts_in", "expected"),
    [
        (Grain.DAY, 1, [date(2026, 3, 30) + timedelta(day) for day in range(8)]),
        (Grain.WEEK, 1, [date(2026, 3, 30), date(2026, 4, 6)]),
        (Grain.MONTH, 1, [date(2026, 3, 30), date(2026, 4, 1)]),
        (Grain.QUARTER, 1, [date(2026, 3, 30), date(2026, 4, 1)]),
        (Grain.QUARTER, 2, [date(2026, 3, 30)]),
        (Grain.YEAR, 4, [date(2026, 3, 30), date(2026, 4, 1)]),
        (Grain.YEAR, 1, [date(2026, 3, 30)]),
    ],
)
def test_periods_are_cut_where_the_calendar_cuts_them(grain: Grain, year_starts_in: int, expected: list[date]) -> None:
    periods = cut_periods(Horizon(date(2026, 3, 30), date(2026, 4, 6)), grain, year_starts_in)
    assert periods.firsts == expected
    assert periods.lasts == [*(first - timedelta(1) for first in expected[1:]), date(2026, 4, 6)]


@pytest.mark.parametrize("grain", list(Grain))
def test_the_last_day_of_the_calendar_ends_a_period(grain: Grain) -> None:
    assert cut_periods(Horizon(date(9999, 12, 1), date(9999, 12, 31)), grain).lasts[-1] == date(9999, 12, 31)


def test_working_days_of_a_year_by_month() -> None:
    """Oracle CAPAC-002 is the same with holidays."""
    year = cut_periods(Horizon(date(2026, 1, 1), date(2026, 12, 31)), Grain.MONTH)
    assert count_working_days(year, FULL).sum() == 261
    assert count_working_days(year, FULL, [date(2026, 1, 1)])[0] == 21
    assert count_working_days(year, NOTHING).sum() == 0


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 900), st.sampled_from(Grain), st.integers(1, 12))
def test_every_day_lies_in_one_period_and_sums_are_kept(first: date, more: int, grain: Grain, month: int) -> None:
    horizon = Horizon(first, first + timedelta(more))
    periods = cut_periods(horizon, grain, month)
    by_day = np.arange(horizon.length, dtype=np.int64)
    assert periods.total(by_day).sum() == by_day.sum()
    assert [periods.of_day(day) for day in range(horizon.length)] == periods.lookup()[:-1].tolist()
    assert periods.lookup()[-1] == periods.count


@pytest.mark.parametrize(
    ("grain", "first", "last"),
    [
        (Grain.DAY, date(2026, 11, 18), date(2026, 11, 18)),
        (Grain.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Grain.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Grain.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Grain.YEAR, date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_a_day_lies_in_a_period(grain: Grain, first: date, last: date) -> None:
    assert period_of(date(2026, 11, 18), grain, 4) == (first, last)


def test_the_periods_at_the_ends_of_the_calendar_are_cut() -> None:
    assert period_of(date.min, Grain.YEAR) == (date.min, date(1, 12, 31))
    assert period_of(date.max, Grain.QUARTER) == (date(9999, 10, 1), date.max)


@pytest.mark.parametrize(
    ("day", "grain", "by", "shifted"),
    [
        (date(2026, 11, 18), Grain.DAY, -1, date(2026, 11, 17)),
        (date(2026, 11, 18), Grain.WEEK, 2, date(2026, 12, 2)),
        (date(2026, 11, 18), Grain.MONTH, 2, date(2027, 1, 18)),
        (date(2026, 11, 30), Grain.MONTH, 1, date(2026, 12, 31)),  # the last day stays the last
        (date(2026, 1, 30), Grain.MONTH, 1, date(2026, 2, 28)),
        (date(2026, 11, 18), Grain.QUARTER, -1, date(2026, 8, 18)),
        (date(2028, 2, 29), Grain.YEAR, 1, date(2029, 2, 28)),
    ],
)
def test_a_day_is_shifted_by_periods(day: date, grain: Grain, by: int, shifted: date) -> None:
    assert shift_day(day, grain, by) == shifted


@pytest.mark.parametrize("grain", list(Grain))
def test_no_day_is_shifted_past_the_calendar(grain: Grain) -> None:
    with pytest.raises(OverflowError):
        shift_day(date.max, grain, 1)
