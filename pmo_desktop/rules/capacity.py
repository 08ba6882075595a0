"""Capacity: how many hours of work people have to give, day by day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

import numpy as np

from pmo_desktop.rules.calendar import HOUR, Horizon, Numbers, Periods, Reals, WorkingPattern

WHOLE = 100.0  # percent
TOLERANCE = 1e-9  # of a day, for parts that have no exact form in binary
POINTS_PER_ITERATION = 8
_BLOCK = 64  # workers measured at once: enough to save time, and little to hold
MAX_SHARE = 1_000.0  # full times of one resource: a larger team is a slip of the pen


class CapacityFlag(StrEnum):
    """What is odd about somebody's working time; the figures stand, the person is told."""

    NO_WORKING_DAYS = "no_working_days"
    NO_SHARE = "no_share"
    BAD_SHARE = "bad_share"
    BAD_OVERHEAD = "bad_overhead"
    BAD_ABSENCE = "bad_absence"
    OVERLAPPING_ABSENCES = "overlapping_absences"
    LEAVES_BEFORE_START = "leaves_before_start"

    @property
    def words(self) -> str:
        """The sentence on screen."""
        return _FLAG_WORDS[self]


_FLAG_WORDS = {
    CapacityFlag.NO_WORKING_DAYS: "The working pattern has no working days, so there is no time to give.",
    CapacityFlag.NO_SHARE: "0 FTE: there is no time to give.",
    CapacityFlag.BAD_SHARE: "The FTE is not a number between 0 and 1,000; counted as 0.",
    CapacityFlag.BAD_OVERHEAD: "The fixed overhead is not between 0 and 100 %; counted as the nearer of the two.",
    CapacityFlag.BAD_ABSENCE: "An absence ends before it begins, or takes no part of a day; it is not counted.",
    CapacityFlag.OVERLAPPING_ABSENCES: "Absences overlap; no day is taken off twice.",
    CapacityFlag.LEAVES_BEFORE_START: "The leaving date lies before the start date, so there is no time to give.",
}


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave, sickness or training from one day to another, both counted; `part` is 0.5 for half days."""

    first: date
    last: date
    part: float = 1.0

    @property
    def counts(self) -> bool:
        """Whether it takes anything: false for one that ends before it begins."""
        return self.first <= self.last and 0 < self.part <= 1  # false for NaN too


@dataclass(frozen=True, slots=True)
class Worker:
    """What decides the time of one resource; `share` of the pattern is 0.5 for half time, 6 for a team of six.

    `overhead`: percent of the time present that goes into business as usual. `starts` and `leaves` are the first and
    the last day of work.
    """

    pattern: WorkingPattern
    holidays: Collection[date] = ()
    absences: tuple[Absence, ...] = ()
    share: float = 1.0
    overhead: float = 0.0
    starts: date | None = None
    leaves: date | None = None

    @property
    def weekly_hours(self) -> float:
        """Hours of a week without holidays and leave."""
        return self.pattern.weekly_hours * self.counted_share

    @property
    def counted_share(self) -> float:
        """The share that is reckoned with: 0 when it is negative, beyond belief or not a number."""
        return self.share if 0 <= self.share <= MAX_SHARE else 0.0

    @property
    def counted_overhead(self) -> float:
        """The overhead that is reckoned with, in percent from 0 to 100; 0 when it is not a number."""
        return 0.0 if math.isnan(self.overhead) else min(WHOLE, max(0.0, self.overhead))


def check_worker(worker: Worker) -> list[CapacityFlag]:
    """What is odd about somebody's working time, in the order of CapacityFlag; [] when nothing is."""
    found = {
        CapacityFlag.NO_WORKING_DAYS: worker.pattern.weekly_hours == 0,
        CapacityFlag.NO_SHARE: worker.share == 0,
        CapacityFlag.BAD_SHARE: worker.share != worker.counted_share,
        CapacityFlag.BAD_OVERHEAD: worker.overhead != worker.counted_overhead,
        CapacityFlag.BAD_ABSENCE: not all(absence.counts for absence in worker.absences),
        CapacityFlag.OVERLAPPING_ABSENCES: _overlap(worker.absences),
        CapacityFlag.LEAVES_BEFORE_START: _gone_before_start(worker),
    }
    return [flag for flag, odd in found.items() if odd]


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """Working time of several resources over a horizon, in thousandths of a minute, summed up from the first day.

    Each array is int64[resources, days + 1] and holds the time before each day, so that a span costs one subtraction:
    `gross` by the pattern; `present` less public holidays and leave; `available` less the overhead as well.
    `spans`: int64[resources, 2], the day indices between which somebody is employed (first, last + 1), cut to the
    horizon. `weekly`: float64[resources], hours of a week without holidays.
    """

    horizon: Horizon
    gross: Numbers
    present: Numbers
    available: Numbers
    spans: Numbers
    weekly: Reals

    @property
    def count(self) -> int:
        """Number of resources."""
        return len(self.weekly)

    def available_in(self, periods: Periods) -> Numbers:
        """Available time of each period, int64[resources, periods], in thousandths of a minute."""
        return np.diff(self.at_edges(self.available, periods), axis=1)

    def present_in(self, periods: Periods) -> Numbers:
        """Time present of each period, before the overhead: int64[resources, periods]."""
        return np.diff(self.at_edges(self.present, periods), axis=1)

    def gross_in(self, periods: Periods) -> Numbers:
        """Time by the pattern, holidays and leave included: int64[resources, periods]."""
        return np.diff(self.at_edges(self.gross, periods), axis=1)

    def at_edges(self, before: Numbers, periods: Periods, rows: Numbers | None = None) -> Numbers:
        """One of the arrays where periods begin and end, of all resources or of some: int64[resources, periods + 1].

        Raises ValueError for periods of other days.
        """
        if periods.horizon != self.horizon:
            raise ValueError("The periods and the capacity are of different days.")
        if rows is None:
            return before.take(periods.edges, axis=1)
        some: Numbers = before[rows[:, None], periods.edges]
        return some

    def take(self, rows: Sequence[int]) -> Capacity:
        """The capacity of some resources, numbered anew."""
        arrays = (each[rows] for each in (self.gross, self.present, self.available, self.spans))
        gross, present, available, spans = arrays
        return Capacity(self.horizon, gross, present, available, spans, self.weekly[rows])

    def with_rows(self, rows: Sequence[int], fresh: Capacity) -> Capacity:
        """The same with some resources as `fresh` has them, in that order; itself where nothing differs."""
        names = ("gross", "present", "available", "spans", "weekly")
        if all(np.array_equal(getattr(self, name)[rows], getattr(fresh, name)) for name in names):
            return self
        arrays = [getattr(self, name).copy() for name in names]
        for name, array in zip(names, arrays, strict=True):
            array[rows] = getattr(fresh, name)
        return Capacity(self.horizon, *arrays)


def measure_capacity(workers: Sequence[Worker], horizon: Horizon) -> Capacity:
    """The working time of resources: gross - holidays - leave - overhead; a holiday inside leave counts once.

    Source: domain.md e, oracles CAPAC-003 and CAPAC-010. What is odd about a worker is counted as CapacityFlag says.
    """
    shape = (len(workers), horizon.length + 1)
    gross, present, available = (np.zeros(shape, np.int64) for _ in range(3))
    spans = np.zeros((len(workers), 2), np.int64)
    patterns = _Patterns(horizon)
    for first in range(0, len(workers), _BLOCK):
        block = workers[first : first + _BLOCK]
        rows = slice(first, first + len(block))
        employed = [horizon.clip(each.starts, each.leaves) for each in block]
        spans[rows] = [(each.start, each.stop) for each in employed]
        days = _time_by_day(block, patterns, spans[rows])
        for array, block_days in zip((gross, present, available), days, strict=True):
            np.cumsum(block_days, axis=1, out=array[rows, 1:])
    return Capacity(horizon, gross, present, available, spans, np.array([each.weekly_hours for each in workers]))


def hours(time: Numbers) -> Reals:
    """Hours of an array of working time in thousandths of a minute; the same shape, float64."""
    return time / HOUR


def iteration_points(days_off: Sequence[int], points: int = POINTS_PER_ITERATION) -> int:
    """Story points of a team for one iteration: so many a person less one a day off, never below 0 a person.

    Source: the rule of thumb of SAFe (oracle CAPAC-005).
    """
    return sum(max(0, points - days) for days in days_off)


class _Patterns:
    """The working time by day of each pattern with its holidays, reckoned once for all who share them."""

    def __init__(self, horizon: Horizon) -> None:
        self.horizon = horizon
        self._known: dict[tuple[WorkingPattern, int], Numbers] = {}

    def time(self, pattern: WorkingPattern, holidays: Collection[date] = ()) -> Numbers:
        """int64[days], in thousandths of a minute."""
        key = (pattern, id(holidays) if holidays else 0)  # a collection that many workers share is one object
        if key not in self._known:
            self._known[key] = self.horizon.working_time(pattern, holidays)
        return self._known[key]


def _time_by_day(workers: Sequence[Worker], patterns: _Patterns, spans: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Gross, present and available time of every day, int64[workers, days] each."""
    days = np.arange(patterns.horizon.length)
    employed = (days >= spans[:, :1]) & (days < spans[:, 1:])
    share = employed * np.array([[each.counted_share] for each in workers])
    gross = _part(np.stack([patterns.time(each.pattern) for each in workers]), share)
    worked = _part(np.stack([patterns.time(each.pattern, each.holidays) for each in workers]), share)
    present = _part(worked, 1 - _leave_by_day(workers, patterns.horizon))
    return gross, present, _part(present, np.array([[1 - each.counted_overhead / WHOLE] for each in workers]))


def _part(time: Numbers, part: Reals) -> Numbers:
    """A part of each time, to the nearest thousandth of a minute."""
    return np.rint(time * part).astype(np.int64)


def _leave_by_day(workers: Sequence[Worker], horizon: Horizon) -> Reals:
    """The part of every day that is taken off: float64[workers, days]; two halves are a whole, two wholes are one."""
    taken = np.zeros((len(workers), horizon.length))
    for row, worker in enumerate(workers):
        for absence in worker.absences:
            if absence.counts:
                taken[row, horizon.clip(absence.first, absence.last)] += absence.part
    return np.minimum(taken, 1.0)


def _overlap(absences: Sequence[Absence]) -> bool:
    """Whether absences take more than the whole of some day between them."""
    steps: defaultdict[int, float] = defaultdict(float)
    for absence in absences:
        if absence.counts:
            steps[absence.first.toordinal()] += absence.part
            steps[absence.last.toordinal() + 1] -= absence.part
    return any(taken > 1 + TOLERANCE for taken in accumulate(steps[day] for day in sorted(steps)))


def _gone_before_start(worker: Worker) -> bool:
    """Whether the last day of work lies before the first."""
    return worker.starts is not None and worker.leaves is not None and worker.leaves < worker.starts
