"""Load: what is booked against what is available, who is over, by how much, and which project caused it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.rules.booking import (
    RATE,
    TICKS_PER_HOUR,
    Bookings,
    Marks,
    Rows,
    add_up,
    rows_by_resource,
)
from pmo_desktop.rules.calendar import Numbers, Periods, Reals
from pmo_desktop.rules.capacity import Capacity

Scalar = TypeVar("Scalar", bound=np.generic)
ROUNDING = TICKS_PER_HOUR // 60  # a minute: what whole numbers leave over on the last day of a long booking is less


class Undefined(StrEnum):
    """Why a figure is empty."""

    NO_AVAILABILITY = "no_availability"
    NO_SUPPLY = "no_supply"
    NO_TIME_OF_ITS_OWN = "no_time_of_its_own"

    @property
    def words(self) -> str:
        """The sentence on screen."""
        return _UNDEFINED_WORDS[self]


_UNDEFINED_WORDS = {
    Undefined.NO_AVAILABILITY: "No time is available, so there is nothing to take a share of.",
    Undefined.NO_SUPPLY: "Nobody has this role, so there is nothing to divide by.",
    Undefined.NO_TIME_OF_ITS_OWN: "A project has no time of its own to take a share of; see days or FTE.",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio, 1.0 for the whole; `value` is None where it is undefined, and `reason` says why."""

    value: float | None
    reason: Undefined | None = None


def share_of(part: float, whole: float, reason: Undefined = Undefined.NO_AVAILABILITY) -> Share:
    """The part as a share of the whole, or the reason why there is none (oracle CAPAC-008)."""
    return Share(part / whole) if whole > 0 else Share(None, reason)


@dataclass(frozen=True, eq=False)
class Load:
    """Booked and available time of resources by period, each int64[resources, periods] in ticks.

    `hard`: confirmed; `soft`: requested and offered. Figures are of both together; `hardened()` leaves the soft out.
    """

    periods: Periods
    available: Numbers
    hard: Numbers
    soft: Numbers

    @cached_property
    def booked(self) -> Numbers:
        """Hard and soft together, in ticks."""
        return self.hard + self.soft

    @cached_property
    def excess(self) -> Numbers:
        """Booked beyond what is available, in ticks; 0 where it fits."""
        excess: Numbers = np.maximum(0, self.booked - self.available)
        return excess

    @cached_property
    def free(self) -> Numbers:
        """Available and not booked, in ticks; 0 where all is taken."""
        free: Numbers = np.maximum(0, self.available - self.booked)
        return free

    @property
    def over(self) -> Marks:
        """Where more is booked than there is, by a minute at least; where nothing is available, any booking is."""
        return self.excess > ROUNDING

    @property
    def defined(self) -> Marks:
        """Where utilisation has a value."""
        return self.available > 0

    @cached_property
    def utilisation(self) -> Reals:
        """Booked / available, 1.0 for all of it; 0 where it is not `defined`, never infinity."""
        return np.divide(self.booked, self.available, out=np.zeros(self.booked.shape), where=self.defined)

    def share(self, resource: int, period: int) -> Share:
        """The utilisation of one cell, or the reason why it is empty."""
        return share_of(float(self.booked[resource, period]), float(self.available[resource, period]))

    def hardened(self) -> Load:
        """The same with confirmed bookings only."""
        return Load(self.periods, self.available, self.hard, np.zeros_like(self.soft))

    def with_rows(self, rows: Sequence[int], fresh: Load) -> Load:
        """The same with the bookings of some resources as `fresh` has them, in that order; available time stays."""
        hard, soft = with_lines(self.hard, rows, fresh.hard), with_lines(self.soft, rows, fresh.soft)
        return Load(self.periods, self.available, hard, soft)


def with_lines(before: NDArray[Scalar], lines: Sequence[int] | Numbers, fresh: NDArray[Scalar]) -> NDArray[Scalar]:
    """An array with other values in some of its lines; itself where they are the same."""
    if np.array_equal(before[lines], fresh):
        return before
    made = before.copy()
    made[lines] = fresh
    return made


def measure_load(bookings: Bookings, capacity: Capacity, periods: Periods) -> Load:
    """The load of every resource of a capacity, in its order."""
    hard, soft = add_up_by_status(bookings, capacity, periods, rows_by_resource(bookings, capacity))
    return Load(periods, capacity.available_in(periods) * RATE, hard, soft)


def add_up_by_status(bookings: Bookings, capacity: Capacity, periods: Periods, rows: Rows) -> tuple[Numbers, Numbers]:
    """Confirmed and other time by line and period, int64[lines, periods] each, in one go."""
    both = Rows(rows.of * 2 + ~bookings.hard, np.repeat(rows.resource, 2), np.repeat(rows.project, 2))
    sums = add_up(bookings, capacity, periods, both)
    return np.ascontiguousarray(sums[::2]), np.ascontiguousarray(sums[1::2])


def measure_some(bookings: Bookings, capacity: Capacity, periods: Periods, resources: Sequence[int]) -> Load:
    """The load of some resources alone, in the order of their ascending numbers: what an edit of one cell costs."""
    own = bookings.take(bookings.of_resources(resources))
    own = replace(own, resource=np.searchsorted(resources, own.resource))
    return measure_load(own, capacity.take(resources), periods)


class Cause(StrEnum):
    """Which bookings make a resource over-allocated, seen from one project."""

    NONE = "none"  # not over-allocated
    THIS = "this"  # this project alone asks for more than there is
    OTHERS = "others"  # too much without this project already
    TOGETHER = "together"  # each fits, the sum does not


def judge_cause(this: float, others: float, available: float) -> Cause:
    """Who makes a cell over-allocated: what this project and the others book against what is available."""
    if this + others <= available:
        return Cause.NONE
    if others > available:
        return Cause.OTHERS
    return Cause.THIS if this > available else Cause.TOGETHER
