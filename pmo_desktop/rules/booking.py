"""Bookings: allocations turned into exact amounts of time, and added up by week, month or quarter.

An amount is an int64 of ticks, so that a sum over weeks, over months and over the allocations is one and the same
number. Each allocation is a rate, in 1 / RATE of the time that the resource has available, from day `start` up to day
`stop`; what the rate leaves over is an `extra` on one day. Adding up takes one subtraction an allocation and period
edge, never a loop over days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.rules.calendar import (
    HOUR,
    Days,
    Horizon,
    Numbers,
    Periods,
    Reals,
    WorkingPattern,
)
from pmo_desktop.rules.capacity import WHOLE, Capacity

Marks = NDArray[np.bool_]

SATURDAY = 5
RATE = 10_000_000  # ticks in a thousandth of a minute; as a share of the time available, a hundred-thousandth percent
TICKS_PER_HOUR = HOUR * RATE
SAID_RATE = 10  # a ten-thousandth of a percent: rates are multiples of it, so that a stored percentage can say them
MAX_PERCENT = 1_000.0  # ten resources' whole time from one resource: a slip of the pen
MAX_RATE = 100 * RATE  # a rate above 10,000 % says that next to no time is available
MAX_TICKS = 200_000 * TICKS_PER_HOUR  # of one allocation: a hundred people for a year


class Unit(IntEnum):
    """What a quantity counts: FTE and percent are a rate over the span, days and hours its total."""

    FTE = 0
    PERCENT = 1
    DAYS = 2
    HOURS = 3


class BookingFlag(StrEnum):
    """What is odd about an allocation."""

    NEGATIVE = "negative"
    NOT_A_NUMBER = "not_a_number"
    TOO_MUCH = "too_much"
    BACKWARDS = "backwards"
    BEFORE_START = "before_start"
    AFTER_LEAVING = "after_leaving"
    OUTSIDE = "outside"
    NO_AVAILABILITY = "no_availability"
    NO_STANDARD = "no_standard"

    @property
    def words(self) -> str:
        """The sentence on screen."""
        return _FLAG_WORDS[self]


_FLAG_WORDS = {
    BookingFlag.NEGATIVE: "A negative allocation is not counted.",
    BookingFlag.NOT_A_NUMBER: "The quantity or a date is missing; the allocation is not counted.",
    BookingFlag.TOO_MUCH: "More than 1,000 %, or more than 200,000 hours, is taken for a slip; it is not counted.",
    BookingFlag.BACKWARDS: "The allocation ends before it begins; it is not counted.",
    BookingFlag.BEFORE_START: "Allocation before the start date; the part before it is not counted.",
    BookingFlag.AFTER_LEAVING: "Allocation after leaving date; the part after it is not counted.",
    BookingFlag.OUTSIDE: "The allocation reaches beyond the days looked at; the part outside is not counted.",
    BookingFlag.NO_AVAILABILITY: "Next to no time is available in the span; the hours are shown on its weekdays.",
    BookingFlag.NO_STANDARD: "The standard week has no working days, so FTE and days have no length; not counted.",
}
REFUSED = (BookingFlag.NEGATIVE, BookingFlag.NOT_A_NUMBER, BookingFlag.TOO_MUCH, BookingFlag.BACKWARDS)


@dataclass(frozen=True, slots=True)
class Allocation:
    """One booking of a resource for a project, from one day to another, both counted; `hard` once it is confirmed."""

    resource: int
    project: int
    first: date
    last: date
    quantity: float
    unit: Unit = Unit.PERCENT
    hard: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Allocations:
    """Many bookings, a column a trait, each of shape [n].

    `resource`, `project`: row numbers; `first`, `last`: datetime64[D], both counted; `quantity` in `unit` (see Unit);
    `hard`: confirmed, as against requested or offered.
    """

    resource: Numbers
    project: Numbers
    first: Days
    last: Days
    quantity: Reals
    unit: NDArray[np.int8]
    hard: Marks

    @classmethod
    def of(cls, rows: Sequence[Allocation]) -> Self:
        """The columns of single bookings."""
        return cls(
            np.array([each.resource for each in rows], np.int64),
            np.array([each.project for each in rows], np.int64),
            np.array([each.first for each in rows], "datetime64[D]"),
            np.array([each.last for each in rows], "datetime64[D]"),
            np.array([each.quantity for each in rows], np.float64),
            np.array([each.unit for each in rows], np.int8),
            np.array([each.hard for each in rows], np.bool_),
        )

    def take(self, which: Numbers | Marks) -> Self:
        """The bookings of some row numbers, or those that are marked."""
        return type(self)(*(getattr(self, name)[which] for name in self.__slots__))


@dataclass(frozen=True, eq=False)
class Bookings:
    """Allocations as exact amounts; arrays of shape [n], int64 unless said otherwise.

    `start`, `stop`: day indices of what is counted, the second not included; `before_start`, `before_stop`: available
    time of the resource up to them; `rate`: 1 / RATE of the available time; `booked`: ticks in all. `extra_of`,
    `extra_day`, `extra`: shape [m], ticks that fall on one day, and the allocation they belong to, in its order.
    `flags`: row numbers of the allocations with something odd about them, ascending.
    """

    resource: Numbers
    project: Numbers
    hard: Marks
    start: Numbers
    stop: Numbers
    before_start: Numbers
    before_stop: Numbers
    rate: Numbers
    booked: Numbers
    extra_of: Numbers
    extra_day: Numbers
    extra: Numbers
    flags: dict[BookingFlag, Numbers]

    @property
    def count(self) -> int:
        """Number of allocations."""
        return len(self.resource)

    @cached_property
    def in_order(self) -> bool:
        """Whether the allocations are in order of their resource."""
        return bool((self.resource[:-1] <= self.resource[1:]).all())

    def only(self, marks: Marks) -> Bookings:
        """The same with the amounts of unmarked allocations left out; row numbers stay."""
        kept = marks[self.extra_of]
        return replace(
            self,
            rate=np.where(marks, self.rate, 0),
            booked=np.where(marks, self.booked, 0),
            extra_of=self.extra_of[kept],
            extra_day=self.extra_day[kept],
            extra=self.extra[kept],
        )

    def take(self, which: Numbers) -> Bookings:
        """The allocations of some row numbers, in that order and numbered anew."""
        taken = {name: getattr(self, name)[which] for name in _BY_ALLOCATION}
        first, last = (int(which.min()), int(which.max())) if len(which) else (0, -1)
        number = np.full(last - first + 1, -1)
        number[which - first] = np.arange(len(which))

        def among(rows: Numbers) -> tuple[Numbers, Numbers]:
            """Which of some ascending row numbers are taken, and their new ones, ascending as well."""
            start, stop = np.searchsorted(rows, (first, last + 1)).tolist()  # the others are not looked up one by one
            new = number[rows[start:stop] - first]
            kept = np.flatnonzero(new >= 0)
            kept = kept[np.argsort(new[kept], kind="stable")]
            return start + kept, new[kept]

        kept, extra_of = among(self.extra_of)
        flags = {flag: among(rows)[1] for flag, rows in self.flags.items()}
        return Bookings(
            **taken,
            extra_of=extra_of,
            extra_day=self.extra_day[kept],
            extra=self.extra[kept],
            flags={flag: rows for flag, rows in flags.items() if len(rows)},
        )

    def of_resources(self, resources: Sequence[int] | Numbers) -> Numbers:
        """The row numbers of the allocations of some resources; fast where all are in order of their resource."""
        of = self.resource
        if self.in_order:
            starts, stops = (np.searchsorted(of, resources, side).tolist() for side in ("left", "right"))
            runs = [np.arange(start, stop) for start, stop in zip(starts, stops, strict=True)]
            return np.concatenate([np.zeros(0, np.int64), *runs])
        return np.flatnonzero(np.isin(of, resources))

    def projects_of(self, resources: Sequence[int] | Numbers) -> Numbers:
        """The projects that some resources are booked for, ascending."""
        return np.unique(self.project[self.of_resources(resources)])

    def flags_of(self, row: int) -> list[BookingFlag]:
        """What is odd about one allocation."""
        return [flag for flag, rows in self.flags.items() if row in rows]


_BY_ALLOCATION = ("resource", "project", "hard", "start", "stop", "before_start", "before_stop", "rate", "booked")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Lines to add up into: `of[n]` the line of each allocation, `resource[lines]` whose time a line is.

    `project[lines]` is -1 where a line holds all projects of its resource.
    """

    of: Numbers
    resource: Numbers
    project: Numbers


def rows_by_resource(bookings: Bookings, capacity: Capacity) -> Rows:
    """A line a resource, in the order of the capacity."""
    return Rows(bookings.resource, np.arange(capacity.count), np.full(capacity.count, -1))


def rows_by_pair(bookings: Bookings) -> Rows:
    """A line for each resource and project that meet, by resource, then project; the grid either way round."""
    width = int(bookings.project.max(initial=0)) + 1
    pairs, of = np.unique(bookings.resource * width + bookings.project, return_inverse=True)
    return Rows(of, pairs // width, pairs % width)


def add_up(bookings: Bookings, capacity: Capacity, periods: Periods, rows: Rows) -> Numbers:
    """Booked time by line and period: int64[lines, periods] in ticks, exact up to 15 million hours a cell.

    A difference array on periods: the rate counts from the period in which an allocation starts; the part of that
    period before its first day, and of the last one after its last day, are set right by what is available there.
    Should a step on the way pass 64 bits, it wraps round and back: only the sums have to fit.
    """
    period_of = periods.lookup()
    used = np.zeros(capacity.count, np.bool_)
    used[rows.resource] = True
    at_edge = capacity.at_edges(capacity.available, periods, None if used.all() else np.flatnonzero(used))
    time_of = (np.cumsum(used) - 1)[rows.resource]  # the row in `at_edge` of each line
    starts, stops = period_of[bookings.start], period_of[bookings.stop]
    width = periods.count + 1
    first, end = rows.of * width + starts, rows.of * width + stops
    edge = time_of[rows.of] * width
    missed = bookings.before_start - at_edge.ravel()[edge + starts]
    reached = bookings.before_stop - at_edge.ravel()[edge + stops]
    size = len(rows.resource) * width
    rates = _sum(first, bookings.rate, size) - _sum(end, bookings.rate, size)
    in_force = np.cumsum(rates.reshape(-1, width)[:, :-1], axis=1)
    edges = _sum(end, bookings.rate * reached, size) - _sum(first, bookings.rate * missed, size)
    edges += _sum(rows.of[bookings.extra_of] * width + period_of[bookings.extra_day], bookings.extra, size)
    by_period: Numbers = in_force * np.diff(at_edge, axis=1)[time_of] + edges.reshape(-1, width)[:, :-1]
    return by_period


def place(allocations: Allocations, capacity: Capacity, standard: WorkingPattern) -> Bookings:
    """Allocations as exact amounts of the time of their resources.

    Percent is of the available time (oracle CAPAC-003). FTE is of the standard week, for the time the resource is
    present: 0.5 FTE of somebody with half a contract is all of it. A day has the hours of the standard day. Days and
    hours are totals, spread over the available time of the span; the part of a total that lies before the start or
    after leaving goes by weekdays and is not counted (oracle CAPAC-011). Bad quantities count as nothing; see flags.
    Raises ValueError for the row number of a resource that the capacity does not have.
    """
    known = (allocations.resource >= 0) & (allocations.resource < capacity.count)
    if not known.all():
        raise ValueError("An allocation is of a resource that has no capacity measured.")
    spans = _Spans.of(allocations, capacity)
    flags = _flags(allocations, spans, capacity, standard)
    refused = np.zeros(len(allocations.resource), np.bool_)
    for flag in REFUSED:
        refused |= flags[flag]
    asked = np.where(refused, 0.0, _ticks(allocations, spans, capacity, standard))
    flags[BookingFlag.TOO_MUCH] |= asked > MAX_TICKS
    booked = np.rint(np.where(asked > MAX_TICKS, 0.0, asked)).astype(np.int64)
    time = spans.before_stop - spans.before_start
    rate = booked // np.maximum(time, 1)
    rate -= rate % SAID_RATE
    homeless = (booked > 0) & ((time == 0) | (rate > MAX_RATE))
    flags[BookingFlag.NO_AVAILABILITY] = homeless
    rate[homeless] = 0
    left = np.where(homeless, 0, booked - rate * time)
    with_rest = np.flatnonzero(left)
    of, day, extra = _spread(np.flatnonzero(homeless), booked, spans, capacity.horizon)
    extra_of = np.concatenate([with_rest, of])
    order = np.argsort(extra_of, kind="stable")
    return Bookings(
        resource=allocations.resource,
        project=allocations.project,
        hard=allocations.hard,
        start=spans.start,
        stop=spans.stop,
        before_start=spans.before_start,
        before_stop=spans.before_stop,
        rate=rate,
        booked=booked,
        extra_of=extra_of[order],
        extra_day=np.concatenate([spans.last_day(with_rest, capacity), day])[order],
        extra=np.concatenate([left[with_rest], extra])[order],
        flags={flag: np.flatnonzero(marks) for flag, marks in flags.items() if marks.any()},
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """What is counted of each allocation's span: `first` and `end` as asked, `start` and `stop` when employed."""

    resource: Numbers
    dated: Marks  # both dates are there
    first: Numbers
    end: Numbers
    start: Numbers
    stop: Numbers
    before_start: Numbers
    before_stop: Numbers

    @classmethod
    def of(cls, allocations: Allocations, capacity: Capacity) -> Self:
        """Cut to the days of employment and to the horizon; empty when nothing is left."""
        horizon, resource = capacity.horizon, allocations.resource
        dated = ~(np.isnat(allocations.first) | np.isnat(allocations.last))
        origin = np.datetime64(horizon.first, "D")
        first = horizon.indices(np.where(dated, allocations.first, origin))
        end = horizon.indices(np.where(dated, allocations.last, origin)) + 1
        employed_from, employed_to = capacity.spans[resource].T
        start = np.clip(first, employed_from, employed_to)
        stop = np.maximum(start, np.clip(end, employed_from, employed_to))
        before_start, before_stop = capacity.available[resource, start], capacity.available[resource, stop]
        return cls(resource, dated, first, end, start, stop, before_start, before_stop)

    def last_day(self, which: Numbers, capacity: Capacity) -> Numbers:
        """The last day with available time in the spans of some allocations: int64[which]."""
        width = capacity.horizon.length + 1
        worked = np.diff(capacity.available, axis=1, prepend=0) > 0  # column d + 1 says whether day d is worked
        latest = np.maximum.accumulate(np.where(worked, np.arange(-1, width - 1), 0), axis=1)
        days: Numbers = latest[self.resource[which], self.stop[which]]
        return days

    def weekdays(self, start: Numbers, stop: Numbers, horizon: Horizon) -> Numbers:
        """Mondays to Fridays between day indices; all days where there are none."""
        origin = np.datetime64(horizon.first, "D")
        found = np.busday_count(origin + start, origin + np.maximum(start, stop))
        return np.where(found > 0, found, np.maximum(0, stop - start))

    def share_inside(self, horizon: Horizon) -> Reals:
        """The part of each span that is counted, by weekdays, from 0 to 1: float64[n]."""
        share = (self.stop > self.start).astype(np.float64)
        cut = np.flatnonzero((share > 0) & ((self.start != self.first) | (self.stop != self.end)))
        inside = self.weekdays(self.start[cut], self.stop[cut], horizon)
        share[cut] = np.minimum(1.0, inside / np.maximum(1, self.weekdays(self.first[cut], self.end[cut], horizon)))
        return share


def _flags(
    allocations: Allocations, spans: _Spans, capacity: Capacity, standard: WorkingPattern
) -> dict[BookingFlag, Marks]:
    """What is odd about each allocation, before its amount is known: bool[n] a flag."""
    employed_from, employed_to = capacity.spans[allocations.resource].T
    length = capacity.horizon.length
    number = np.isfinite(allocations.quantity) & spans.dated
    percent = allocations.unit == Unit.PERCENT
    return {
        BookingFlag.NEGATIVE: number & (allocations.quantity < 0),
        BookingFlag.NOT_A_NUMBER: ~number,
        BookingFlag.TOO_MUCH: number & percent & (allocations.quantity > MAX_PERCENT),
        BookingFlag.BACKWARDS: spans.end <= spans.first,
        BookingFlag.BEFORE_START: (employed_from > 0) & (spans.first < employed_from),
        BookingFlag.AFTER_LEAVING: (employed_to < length) & (spans.end > employed_to),
        BookingFlag.OUTSIDE: (spans.first < 0) | (spans.end > length),
        BookingFlag.NO_STANDARD: _needs_standard(allocations.unit) & (standard.weekly_hours == 0),
    }


def _needs_standard(unit: NDArray[np.int8]) -> Marks:
    """Which quantities are counted in lengths of the standard week."""
    needs: Marks = (unit == Unit.FTE) | (unit == Unit.DAYS)
    return needs


def _ticks(allocations: Allocations, spans: _Spans, capacity: Capacity, standard: WorkingPattern) -> Reals:
    """The amount of each allocation in ticks, not yet rounded: float64[n]; what is no number is 0."""
    # More than MAX_TICKS of anything is refused: cut there, no product overflows.
    quantity = np.clip(np.nan_to_num(allocations.quantity), 0.0, MAX_TICKS)
    totals = quantity * TICKS_PER_HOUR * spans.share_inside(capacity.horizon)
    return np.select(
        [allocations.unit == Unit.PERCENT, allocations.unit == Unit.FTE, allocations.unit == Unit.DAYS],
        [
            np.rint(quantity / WHOLE * RATE) * (spans.before_stop - spans.before_start),
            quantity * _full_time(spans, capacity, standard),
            totals * (standard.daily_hours or 0.0),
        ],
        totals,
    )


def _full_time(spans: _Spans, capacity: Capacity, standard: WorkingPattern) -> Reals:
    """What one FTE is over each span in ticks: float64[n].

    Somebody without a contract gives no time; one FTE of theirs is a standard day on each weekday of the span.
    """
    resource = spans.resource
    present = capacity.present[resource, spans.stop] - capacity.present[resource, spans.start]
    weekly = capacity.weekly[resource]
    contracted = present * RATE * (standard.weekly_hours / np.where(weekly > 0, weekly, 1.0))
    weekdays = spans.weekdays(spans.start, spans.stop, capacity.horizon)
    return np.where(weekly > 0, contracted, weekdays * (standard.daily_hours or 0.0) * TICKS_PER_HOUR)


def _spread(which: Numbers, booked: Numbers, spans: _Spans, horizon: Horizon) -> tuple[Numbers, Numbers, Numbers]:
    """Amounts for which no time is available, in equal parts on the weekdays of their spans: allocation, day, ticks.

    A span without weekdays has them on all its days; the last day takes what the division leaves over.
    """
    lengths = spans.stop[which] - spans.start[which]
    place_of = np.repeat(np.arange(len(which)), lengths)
    days = np.arange(len(place_of)) + np.repeat(spans.start[which] - (np.cumsum(lengths) - lengths), lengths)
    kept = horizon.weekdays()[days] < SATURDAY
    kept |= (np.bincount(place_of[kept], minlength=len(which)) == 0)[place_of]
    place_of, days = place_of[kept], days[kept]
    counts = np.bincount(place_of, minlength=len(which))
    ticks = (booked[which] // counts)[place_of]
    ticks[np.cumsum(counts) - 1] += booked[which] % counts
    return which[place_of], days, ticks


def _sum(cells: Numbers, amounts: Numbers, size: int) -> Numbers:
    """Sums of whole amounts by cell: int64[size]; not bincount, which adds in floating point."""
    sums = np.zeros(size, np.int64)
    np.add.at(sums, cells, amounts)
    return sums
