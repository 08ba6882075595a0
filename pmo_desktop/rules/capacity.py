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

    def at_edges(self, before: Numbers, periods: Periods) -> Numbers:
        """One of the arrays where periods begin and end: int64[resources, periods + 1].

        Raises ValueError for periods of other days.
        """
        if periods.horizon != self.horizon:
            raise ValueError("The periods and the capacity are of different days.")
        return before[:, periods.edges]

    def one(self, row: int) -> Capacity:
        """The capacity of one resource, as number 0; nothing is copied."""
        at = slice(row, row + 1)
        return Capacity(
            self.horizon, self.gross[at], self.present[at], self.available[at], self.spans[at], self.weekly[at]
        )

    def replace(self, row: int, worker: Worker) -> Capacity:
        """The same with one resource measured anew; the others are copied."""
        changed = measure_capacity([worker], self.horizon)
        arrays = self.gross.copy(), self.present.copy(), self.available.copy(), self.spans.copy()
        for array, one in zip(arrays, (changed.gross, changed.present, changed.available, changed.spans), strict=True):
            array[row] = one[0]
        weekly = self.weekly.copy()
        weekly[row] = changed.weekly[0]
        return Capacity(self.horizon, *arrays, weekly)


def measure_capacity(workers: Sequence[Worker], horizon: Horizon) -> Capacity:
    """The working time of resources: gross - holidays - leave - overhead; a holiday inside leave counts once.

    Source: domain.md e, oracles CAPAC-003 and CAPAC-010. What is odd about a worker is counted as CapacityFlag says.
    """
    shape = (len(workers), horizon.length + 1)
    gross, present, available = (np.zeros(shape, np.int64) for _ in range(3))
    spans = np.zeros((len(workers), 2), np.int64)
    for row, worker in enumerate(workers):
        employed = horizon.clip(worker.starts, worker.leaves)
        spans[row] = employed.start, employed.stop
        days = _time_by_day(worker, horizon, employed)
        for array, one in zip((gross, present, available), days, strict=True):
            np.cumsum(one, out=array[row, 1:])
    return Capacity(horizon, gross, present, available, spans, np.array([each.weekly_hours for each in workers]))


def hours(time: Numbers) -> Reals:
    """Hours of an array of working time in thousandths of a minute; the same shape, float64."""
    return time / HOUR


def iteration_points(days_off: Sequence[int], points: int = POINTS_PER_ITERATION) -> int:
    """Story points of a team for one iteration: so many a person less one a day off, never below 0 a person.

    Source: the rule of thumb of SAFe (oracle CAPAC-005).
    """
    return sum(max(0, points - days) for days in days_off)


def _time_by_day(worker: Worker, horizon: Horizon, employed: slice) -> tuple[Numbers, Numbers, Numbers]:
    """Gross, present and available time of every day, int64[days] each."""
    gross = _employed(horizon.working_time(worker.pattern), employed, worker.counted_share)
    worked = _employed(horizon.working_time(worker.pattern, worker.holidays), employed, worker.counted_share)
    present = _part(worked, 1 - _leave_by_day(worker.absences, horizon))
    return gross, present, _part(present, np.float64(1 - worker.counted_overhead / WHOLE))


def _employed(time: Numbers, employed: slice, share: float) -> Numbers:
    """A share of each day's time inside the days of employment, and 0 outside."""
    inside = np.zeros_like(time)
    inside[employed] = _part(time[employed], np.float64(share))
    return inside


def _part(time: Numbers, part: Reals | np.float64) -> Numbers:
    """A part of each time, to the nearest thousandth of a minute."""
    return np.rint(time * part).astype(np.int64)


def _leave_by_day(absences: Sequence[Absence], horizon: Horizon) -> Reals:
    """The part of every day that is taken off: float64[days]; two halves are a whole, two wholes are one."""
    taken = np.zeros(horizon.length)
    for absence in absences:
        if absence.counts:
            taken[horizon.clip(absence.first, absence.last)] += absence.part
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
