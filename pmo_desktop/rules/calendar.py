"""Days: working patterns, the days looked at, and the weeks, months and quarters that are sums of those days."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]  # datetime64[D]
Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]

HOUR = 60_000  # working time is counted in whole thousandths of a minute: sums are exact whatever their order
DAYS_PER_WEEK = 7
HOURS_PER_DAY = 24
MONTHS_PER_QUARTER = 3
MONTHS_PER_YEAR = 12


class BadPatternError(ValueError):
    """A working week that nobody can work: not seven days, or a day below 0 or above 24 hours."""


@dataclass(frozen=True, slots=True)
class WorkingPattern:
    """Hours of work on each day of a week, Monday first; seven zeros are a calendar without working days."""

    hours: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.hours) != DAYS_PER_WEEK:
            raise BadPatternError(f"A working week has 7 days, not {len(self.hours)}.")
        for each in self.hours:
            if not 0 <= each <= HOURS_PER_DAY:  # false for NaN too
                raise BadPatternError(f"A working day has between 0 and 24 hours, not {each:g}.")

    @property
    def weekly_hours(self) -> float:
        """Hours of a week without holidays."""
        return math.fsum(self.hours)

    @property
    def daily_hours(self) -> float | None:
        """Hours of a mean working day; None without working days."""
        worked = sum(each > 0 for each in self.hours)
        return self.weekly_hours / worked if worked else None

    def time_by_weekday(self) -> Numbers:
        """Working time of Monday to Sunday, int64[7], in thousandths of a minute."""
        time: Numbers = np.rint(np.array(self.hours) * HOUR).astype(np.int64)
        return time


def full_time_equivalent(weekly_hours: float, standard: WorkingPattern) -> float | None:
    """Hours of a person / hours of the standard week (oracle CAPAC-001); None when that week has no working day."""
    return weekly_hours / standard.weekly_hours if standard.weekly_hours else None


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days looked at, both ends counted; day 0 of every array by day is `first`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The days looked at end ({self.last}) before they begin ({self.first}).")

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def index(self, day: date) -> int:
        """Days from the first one; negative before it, `length` or more after the last."""
        return (day - self.first).days

    def day(self, index: int) -> date:
        """The date at an index."""
        return self.first + timedelta(index)

    def clip(self, first: date | None, last: date | None) -> slice:
        """The part of a span, both ends counted and None for open, that lies inside; an empty slice when none does."""
        start = 0 if first is None else min(self.length, max(0, self.index(first)))
        stop = self.length if last is None else min(self.length, self.index(last) + 1)
        return slice(start, max(start, stop))

    def indices(self, days: Days) -> Numbers:
        """Days from the first one for an array of datetime64[D], of the same shape."""
        return (days - np.datetime64(self.first, "D")).astype(np.int64)

    def weekdays(self) -> Numbers:
        """The weekday of every day, Monday 0, int64[length]."""
        return (self.first.weekday() + np.arange(self.length)) % DAYS_PER_WEEK

    def working_time(self, pattern: WorkingPattern, holidays: Collection[date] = ()) -> Numbers:
        """Working time of every day less the public holidays, int64[length], in thousandths of a minute."""
        time = pattern.time_by_weekday()[self.weekdays()]
        time[[self.index(day) for day in holidays if self.first <= day <= self.last]] = 0
        return time


class Grain(StrEnum):
    """How finely time is shown; each is a sum of days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_LONGEST = {Grain.DAY: 1, Grain.WEEK: DAYS_PER_WEEK, Grain.MONTH: 31, Grain.QUARTER: 92, Grain.YEAR: 366}  # days
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: MONTHS_PER_QUARTER, Grain.YEAR: MONTHS_PER_YEAR}


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Periods that tile a horizon; the first and the last are cut to it.

    `edges`: int64[periods + 1], the day index at which each begins, and the horizon's length at the end.
    """

    horizon: Horizon
    grain: Grain
    edges: Numbers

    @property
    def count(self) -> int:
        """Number of periods."""
        return len(self.edges) - 1

    @property
    def firsts(self) -> list[date]:
        """The first day of each period that lies inside the horizon."""
        return [self.horizon.day(int(edge)) for edge in self.edges[:-1]]

    @property
    def lasts(self) -> list[date]:
        """The last day of each period that lies inside the horizon."""
        return [self.horizon.day(int(edge) - 1) for edge in self.edges[1:]]

    def of_day(self, index: int) -> int:
        """The period in which a day lies."""
        return int(np.searchsorted(self.edges, index, side="right")) - 1

    def lookup(self) -> Numbers:
        """The period of every day and, for spans that end with the horizon, of the day after: int64[length + 1]."""
        lengths = np.diff(self.edges)
        return np.append(np.repeat(np.arange(self.count), lengths), self.count)

    def total(self, by_day: Numbers) -> Numbers:
        """Sums over each period of an array [..., days], exactly: int64[..., periods]."""
        return np.add.reduceat(by_day, self.edges[:-1], axis=-1)


def cut_periods(horizon: Horizon, grain: Grain, year_starts_in: int = 1) -> Periods:
    """The periods of a horizon: weeks begin on Monday, quarters and years follow the month the year starts in."""
    starts = {0}
    day = _next_start(horizon.first, grain, year_starts_in)
    while day is not None and day <= horizon.last:
        starts.add(horizon.index(day))
        day = _next_start(day, grain, year_starts_in)
    return Periods(horizon, grain, np.array([*sorted(starts), horizon.length], dtype=np.int64))


def period_of(day: date, grain: Grain, year_starts_in: int = 1) -> tuple[date, date]:
    """The first and the last day of the period in which a day lies; cut at the ends of the calendar."""
    around = timedelta(_LONGEST[grain])
    first = day - around if day - date.min >= around else date.min
    last = day + around if date.max - day >= around else date.max
    periods = cut_periods(Horizon(first, last), grain, year_starts_in)
    at = periods.of_day(periods.horizon.index(day))
    return periods.firsts[at], periods.lasts[at]


def shift_day(day: date, grain: Grain, by: int) -> date:
    """A day so many periods later; the last day of a month stays the last. Raises OverflowError past the calendar."""
    if grain in (Grain.DAY, Grain.WEEK):
        return day + timedelta(by * _LONGEST[grain])
    months = day.year * MONTHS_PER_YEAR + day.month - 1 + by * _MONTHS[grain]
    year, month = divmod(months, MONTHS_PER_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"The year {year} is beyond the calendar.")
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def count_working_days(periods: Periods, pattern: WorkingPattern, holidays: Collection[date] = ()) -> Numbers:
    """Days with working time in each period, holidays left out (oracle CAPAC-002): int64[periods]."""
    worked = periods.horizon.working_time(pattern, holidays) > 0
    return periods.total(worked.astype(np.int64))


def _next_start(day: date, grain: Grain, year_starts_in: int) -> date | None:
    """The first day of the period after the one a day lies in; None when the calendar ends first."""
    try:
        if grain is Grain.DAY:
            return day + timedelta(1)
        if grain is Grain.WEEK:
            return day + timedelta(DAYS_PER_WEEK - day.weekday())
        months = _MONTHS[grain]
        left = months - (day.month - year_starts_in) % months
        whole = day.year * MONTHS_PER_YEAR + day.month - 1 + left
        return date(whole // MONTHS_PER_YEAR, whole % MONTHS_PER_YEAR + 1, 1)
    except (OverflowError, ValueError):  # beyond 31 December 9999
        return None
