"""Slip is counted in calendar days, shown in weeks, and measured against the baseline duration."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.rules.slip import days_overdue, slip_days, slip_percent, slip_weeks


@pytest.mark.parametrize(
    ("promised", "expected", "days"),
    [
        (date(2027, 3, 26), date(2027, 6, 18), 84),
        (date(2027, 3, 26), date(2027, 3, 26), 0),
        (date(2027, 3, 26), date(2027, 3, 19), -7),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
    ],
)
def test_slip_is_calendar_days(promised: date, expected: date, days: int) -> None:
    assert slip_days(promised, expected) == days


@pytest.mark.parametrize(("days", "weeks"), [(84, 12), (3, 0), (4, 1), (-4, -1), (-3, 0), (0, 0), (10, 1), (11, 2)])
def test_weeks_are_the_nearest(days: int, weeks: int) -> None:
    assert slip_weeks(days) == weeks


def test_percent_is_of_the_baseline_duration_and_undefined_without_one() -> None:
    start, finish = date(2026, 1, 1), date(2026, 4, 11)  # 100 days
    assert slip_percent(7, start, finish) == 7.0
    assert slip_percent(-4, start, finish) == -4.0
    assert slip_percent(7, finish, finish) is None
    assert slip_percent(7, finish, start) is None


def test_overdue_counts_days_past_only() -> None:
    today = date(2026, 11, 13)
    assert [days_overdue(day, today) for day in (date(2026, 11, 1), today, date(2026, 11, 14), None)] == [12, 0, 0, 0]
