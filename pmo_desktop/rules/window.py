"""Windows: exact amounts cut to fewer days, and the amounts of a few resources put in place of their old ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.rules.booking import Allocations, Bookings
from pmo_desktop.rules.calendar import Horizon, Numbers
from pmo_desktop.rules.capacity import Capacity

T = TypeVar("T")


def cut_capacity(capacity: Capacity, window: Horizon) -> Capacity:
    """The same resources over a window inside their days, summed up from its first day."""
    first = capacity.horizon.index(window.first)
    at = slice(first, first + window.length + 1)
    gross, present, available = (
        each[:, at] - each[:, first : first + 1] for each in (capacity.gross, capacity.present, capacity.available)
    )
    spans = np.clip(capacity.spans - first, 0, window.length)
    return Capacity(window, gross, present, available, spans, capacity.weekly)


def cut_bookings(bookings: Bookings, days: Horizon, capacity: Capacity) -> Bookings:
    """What of bookings placed over `days` falls into the days of a capacity that was cut from theirs.

    Rates stay as they are, so that each day keeps the very amount it had; the row numbers stay too.
    """
    offset, length = days.index(capacity.horizon.first), capacity.horizon.length
    start, stop = (np.clip(each - offset, 0, length) for each in (bookings.start, bookings.stop))
    before_start, before_stop = (capacity.available[bookings.resource, each] for each in (start, stop))
    day = bookings.extra_day - offset
    kept = (day >= 0) & (day < length)
    extra_of, extra = bookings.extra_of[kept], bookings.extra[kept]
    booked = bookings.rate * (before_stop - before_start)
    np.add.at(booked, extra_of, extra)
    return Bookings(
        bookings.resource,
        bookings.project,
        bookings.hard,
        start,
        stop,
        before_start,
        before_stop,
        bookings.rate,
        booked,
        extra_of,
        day[kept],
        extra,
        bookings.flags,
    )


class Splice:
    """Puts the allocations of some resources in place of their old ones, in arrays that are in order of resource.

    `old`, `new`: the resource of each allocation, int64 and ascending; `touched`: the resources that are replaced.
    """

    def __init__(self, old: Numbers, new: Numbers, touched: Sequence[int]) -> None:
        order = sorted(touched)
        starts, stops = (np.searchsorted(old, order, side).tolist() for side in ("left", "right"))
        firsts, ends = (np.searchsorted(new, order, side).tolist() for side in ("left", "right"))
        self._pieces: list[tuple[bool, slice]] = []
        done = 0
        for start, stop, first, end in zip(starts, stops, firsts, ends, strict=True):
            self._pieces += [(False, slice(done, start)), (True, slice(first, end))]
            done = stop
        self._pieces.append((False, slice(done, len(old))))
        even = len(old) and np.array_equal(np.subtract(stops, starts), np.subtract(ends, firsts))
        spans = zip(starts, stops, firsts, ends, strict=True) if even else ()
        self._even = [(slice(start, stop), slice(first, end)) for start, stop, first, end in spans]
        self._old, self._new = np.full(len(old), -1), np.full(len(new), -1)  # where each allocation goes
        at = 0
        for fresh, piece in self._pieces:
            stop = at + piece.stop - piece.start
            (self._new if fresh else self._old)[piece] = np.arange(at, stop)
            at = stop

    def items(self, old: Sequence[T], new: Sequence[T]) -> Sequence[T]:
        """What runs beside the allocations; the very same where nothing differs, for most edits change one column."""
        if self._even and all(old[piece] == new[there] for piece, there in self._even):
            return old
        joined: list[T] = []
        for fresh, piece in self._pieces:
            joined += (new if fresh else old)[piece]
        return joined

    def allocations(self, old: Allocations, new: Allocations) -> Allocations:
        """The columns of both."""
        names = Allocations.__slots__
        columns: dict[str, Any] = {name: self._column(getattr(old, name), getattr(new, name)) for name in names}
        return Allocations(**columns)

    def bookings(self, old: Bookings, new: Bookings, allocations: Allocations) -> Bookings:
        """The amounts of both; `allocations` are those already spliced, whose columns are shared."""
        names = ("start", "stop", "before_start", "before_stop", "rate", "booked")
        amounts: dict[str, Any] = {name: self._column(getattr(old, name), getattr(new, name)) for name in names}
        of, kept = self._numbers(old.extra_of, new.extra_of)
        days, extra = np.concatenate([old.extra_day, new.extra_day]), np.concatenate([old.extra, new.extra])
        none = np.zeros(0, np.int64)
        flags = {
            flag: self._flagged(old.flags.get(flag, none), new.flags.get(flag, none)) for flag in old.flags | new.flags
        }
        return Bookings(
            resource=allocations.resource,
            project=allocations.project,
            hard=allocations.hard,
            **amounts,
            extra_of=of[kept],
            extra_day=days[kept],
            extra=extra[kept],
            flags={flag: rows for flag, rows in flags.items() if len(rows)},
        )

    def _flagged(self, old: Numbers, new: Numbers) -> Numbers:
        rows, kept = self._numbers(old, new)
        return np.sort(rows[kept])

    def _numbers(self, old: Numbers, new: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Where row numbers of both have gone, and which of them are still there."""
        rows = np.concatenate([self._old[old], self._new[new]])
        return rows, rows >= 0

    def _column(self, old: NDArray[np.generic], new: NDArray[np.generic]) -> NDArray[np.generic]:
        if self._even and all(np.array_equal(old[piece], new[there]) for piece, there in self._even):
            return old
        return np.concatenate([(new if fresh else old)[piece] for fresh, piece in self._pieces])
