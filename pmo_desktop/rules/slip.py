"""Slip: how far a date has moved from the one that was promised."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DAYS_PER_WEEK = 7


def slip_days(promised: date, expected: date) -> int:
    """Calendar days from the baseline to the forecast or actual date; negative is early (house.md, Slip)."""
    return (expected - promised).days


def slip_percent(slip: int, start: date, baseline_finish: date) -> float | None:
    """Slip as percent of the baseline duration (domain.md b.1); None when that duration is not positive."""
    duration = (baseline_finish - start).days
    return slip * 100 / duration if duration > 0 else None


def slip_weeks(days: int) -> int:
    """Whole weeks nearest to a slip, halves away from zero; for display only."""
    return int((Decimal(days) / DAYS_PER_WEEK).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def days_overdue(expected: date | None, data_date: date) -> int:
    """Days by which an event that has not happened is late on the data date; 0 when it is not, or has no date."""
    return max(0, (data_date - expected).days) if expected is not None else 0
