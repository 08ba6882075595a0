"""Cutting: an allocation taken apart at days so that what stays keeps its amounts, and rates put together again.

A percentage holds the same on every day, so that any part of it is exact. FTE, days and hours are told in the unit
they have where that is exact, else in percent: a rate is always one that a percentage of four decimals can say (see
`place`). Only the part with the last worked day of a total may have no exact form, for a total's last ticks lie on that
day; it is told to the nearest ten-thousandth of an hour, a third of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from pmo_desktop.rules.booking import (
    MAX_PERCENT,
    RATE,
    SATURDAY,
    TICKS_PER_HOUR,
    Allocation,
    Allocations,
    Bookings,
    Unit,
    place,
)
from pmo_desktop.rules.calendar import Horizon, Numbers, WorkingPattern
from pmo_desktop.rules.capacity import WHOLE, Capacity, Worker, measure_capacity

DECIMALS = 4  # of a quantity, as it is stored
RATES = (Unit.PERCENT, Unit.FTE)
WEEKEND = 2  # days
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a resource from one day to another, both counted."""

    first: date
    last: date
    quantity: float
    unit: Unit


@dataclass(frozen=True, slots=True, eq=False)
class Diary:
    """The days of one resource; `capacity` is of it alone."""

    capacity: Capacity
    standard: WorkingPattern
    known: dict[Part, Numbers] = field(default_factory=dict)  # what parts book by day, once worked out

    @classmethod
    def of(cls, worker: Worker, standard: WorkingPattern, horizon: Horizon) -> Diary:
        """The diary of a worker for some days; parts that reach beyond them are not told exactly."""
        return cls(measure_capacity([worker], horizon), standard)

    @property
    def horizon(self) -> Horizon:
        """The days it has."""
        return self.capacity.horizon

    def employed(self, first: date, last: date) -> tuple[date, date] | None:
        """The days of a span on which the resource is there; None when it has not started or has left."""
        start, stop = self.capacity.spans[0]
        inside = self.horizon.clip(first, last)
        begin, end = max(int(start), inside.start), min(int(stop), inside.stop)
        return (self.horizon.day(begin), self.horizon.day(end - 1)) if begin < end else None

    def book(self, part: Part) -> Bookings:
        """One part as an exact amount."""
        row = Allocation(0, 0, part.first, part.last, part.quantity, part.unit)
        return place(Allocations.of([row]), self.capacity, self.standard)

    def amounts(self, part: Part) -> Numbers:
        """What is booked on every day, int64[days] in ticks; not to be written to."""
        if part not in self.known:
            self.known[part] = self.by_day(self.book(part))
        return self.known[part]

    def total(self, part: Part) -> int:
        """What is booked in all, in ticks."""
        return int(self.book(part).booked[0])

    def available(self, first: date, last: date) -> int:
        """Available time of a span in ticks."""
        inside = self.horizon.clip(first, last)
        before = self.capacity.available[0]
        return int(before[inside.stop] - before[inside.start]) * RATE

    def available_by_day(self) -> Numbers:
        """Available time of every day, int64[days] in ticks."""
        ticks: Numbers = np.diff(self.capacity.available[0]) * RATE
        return ticks

    def gross(self, first: date, last: date) -> int:
        """Time of a span by the working pattern, holidays and leave included, in ticks."""
        inside = self.horizon.clip(first, last)
        before = self.capacity.gross[0]
        return int(before[inside.stop] - before[inside.start]) * RATE

    def ticks_of(self, unit: Unit) -> float:
        """The ticks of one day or hour; 0 where the standard week has no day."""
        return TICKS_PER_HOUR * ((self.standard.daily_hours or 0.0) if unit is Unit.DAYS else 1.0)

    def by_day(self, bookings: Bookings) -> Numbers:
        """What one placed part books on every day, int64[days] in ticks."""
        days = np.zeros(self.horizon.length, np.int64)
        span = slice(int(bookings.start[0]), int(bookings.stop[0]))
        days[span] = bookings.rate[0] * np.diff(self.capacity.available[0])[span]
        np.add.at(days, bookings.extra_day, bookings.extra)
        return days


def cut_out(diary: Diary, part: Part, first: date, last: date) -> list[Part]:
    """What stays of a part outside some days, in their order; [] when they cover it."""
    return [*keep(diary, part, part.first, first - _DAY), *keep(diary, part, last + _DAY, part.last)]


def keep(diary: Diary, part: Part, first: date, last: date) -> list[Part]:
    """A part on some of its days, with the amounts that it has there.

    What lies before the start or after leaving counts for nothing and stays as it is, a total by its weekdays.
    """
    first, last = max(first, part.first), min(last, part.last)
    if first > last:
        return []
    same = replace(part, first=first, last=last)
    if part.unit is Unit.PERCENT:
        return [same]
    kept = []
    for begin, end, counted in _spans(diary, part, first, last):
        piece = _told(diary, part, begin, end) if counted else _uncounted(part, begin, end)
        kept += [piece] if piece else []
    return kept


def tell(diary: Diary, first: date, last: date, ticks: int, units: Iterable[Unit]) -> Part | None:
    """An amount over some days in the first unit that says it exactly, else in the nearest; None for nothing.

    It spreads over the available time of the days.
    """
    told = [Part(first, last, quantity, unit) for unit, quantity in _quantities(diary, first, last, ticks, units)]
    return min(told, key=lambda each: abs(diary.total(each) - ticks), default=None)


def join(diary: Diary, one: Part, other: Part) -> Part | None:
    """Two parts of the same rate, the earlier first, as one; None when they are not, or days of work lie between."""
    same = one.unit in RATES and (one.unit, one.quantity) == (other.unit, other.quantity)
    if not same or one.last >= other.first or not _only_weekend(one.last + _DAY, other.first - _DAY):
        return None
    joined = replace(one, last=other.last)
    if one.unit is Unit.PERCENT and one.last + _DAY == other.first:
        return joined
    together = diary.amounts(one) + diary.amounts(other)
    return joined if np.array_equal(diary.amounts(joined), together) else None


def _spans(diary: Diary, part: Part, first: date, last: date) -> Iterator[tuple[date, date, bool]]:
    """Some days of a part, split where the resource starts and leaves; a rate needs no splitting."""
    employed = diary.employed(part.first, part.last)
    if employed is None or part.unit is Unit.FTE:
        yield first, last, employed is not None
        return
    start, end = employed
    pieces = ((part.first, start - _DAY, False), (start, end, True), (end + _DAY, part.last, False))
    for begin, stop, counted in pieces:
        if max(begin, first) <= min(stop, last):
            yield max(begin, first), min(stop, last), counted


def _uncounted(part: Part, first: date, last: date) -> Part | None:
    """Some days of a part that count for nothing: a rate as it is, a total by weekdays."""
    if part.unit is Unit.FTE:
        return replace(part, first=first, last=last)
    share = _weekdays(first, last) / max(1, _weekdays(part.first, part.last))
    quantity = round(part.quantity * min(1.0, share), DECIMALS)
    return Part(first, last, quantity, part.unit) if quantity else None


def _only_weekend(first: date, last: date) -> bool:
    """Whether a span has no day, or only days of one weekend."""
    length = (last - first).days + 1
    return length <= WEEKEND and all((first + timedelta(day)).weekday() >= SATURDAY for day in range(length))


def _weekdays(first: date, last: date) -> int:
    return int(np.busday_count(first, last + _DAY)) or (last - first).days + 1


def _told(diary: Diary, part: Part, first: date, last: date) -> Part | None:
    """Some days of a part that count, in the form that comes nearest to what is booked on each of them."""
    inside = diary.horizon.clip(first, last)
    bookings = diary.book(part)
    wanted = np.zeros(diary.horizon.length, np.int64)
    wanted[inside] = diary.by_day(bookings)[inside]
    same = [Part(first, last, part.quantity, Unit.FTE)] if part.unit is Unit.FTE else []
    rate = round(float(bookings.rate[0]) / RATE * WHOLE, DECIMALS)
    total = int(wanted.sum())
    forms = [
        *same,
        *_totals(diary, first, last, total, part.unit),
        *([Part(first, last, rate, Unit.PERCENT)] if 0 < rate <= MAX_PERCENT else []),
        *_totals(diary, first, last, total, Unit.HOURS),
    ]
    best: tuple[tuple[int, int], Part | None] = (_distance(wanted, np.zeros_like(wanted)), None)
    for form in forms:
        distance = _distance(diary.amounts(form), wanted)
        if distance < best[0]:
            best = distance, form
        if distance == (0, 0):
            break
    return best[1]


def _distance(found: Numbers, wanted: Numbers) -> tuple[int, int]:
    """How far amounts are from those wanted, in all and on the worst day; (0, 0) when they are the same."""
    differences = np.abs(found - wanted)
    return (abs(int(found.sum() - wanted.sum())), int(differences.max(initial=0)))


def _totals(diary: Diary, first: date, last: date, ticks: int, unit: Unit) -> list[Part]:
    found = _quantities(diary, first, last, ticks, [] if unit in RATES else [unit])
    return [Part(first, last, quantity, unit) for unit, quantity in found]


def _quantities(
    diary: Diary, first: date, last: date, ticks: int, units: Iterable[Unit]
) -> Iterator[tuple[Unit, float]]:
    """An amount in units, to four decimals; those in which it is nothing, or cannot be said, are left out."""
    for unit in units:
        one = diary.total(Part(first, last, 1.0, unit)) if unit in RATES else diary.ticks_of(unit)
        quantity = round(ticks / one, DECIMALS) if one else 0.0
        if quantity > 0:
            yield unit, quantity
