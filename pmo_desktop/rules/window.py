"""Windows: exact amounts cut to fewer days, and the amounts of a few resources put in place of their old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    What is the same before and after is not copied, for most edits change a column or two.
    """

    def __init__(self, old: Numbers, new: Numbers, touched: Sequence[int]) -> None:
        order = sorted(touched)
        self._old, self._new = _bounds(old, order), _bounds(new, order)
        self._pieces = _pieces(self._old, self._new, len(old))

    def items(self, old: Sequence[T], new: Sequence[T]) -> Sequence[T]:
        """What runs beside the allocations."""
        if all(old[gone] == new[come] for gone, come in _swaps(self._pieces)):
            return old
        joined: list[T] = []
        for number, piece in enumerate(self._pieces):
            joined += (new if number % 2 else old)[piece]
        return joined

    def allocations(self, old: Allocations, new: Allocations) -> Allocations:
        """The columns of both."""
        names = Allocations.__slots__
        columns: dict[str, Any] = {name: _join(self._pieces, getattr(old, name), getattr(new, name)) for name in names}
        return Allocations(**columns)

    def bookings(self, old: Bookings, new: Bookings, allocations: Allocations) -> Bookings:
        """The amounts of both; `allocations` are those already spliced, whose columns are shared."""
        names = ("start", "stop", "before_start", "before_stop", "rate", "booked")
        amounts: dict[str, Any] = {name: _join(self._pieces, getattr(old, name), getattr(new, name)) for name in names}
        extras = self._among(old.extra_of, new.extra_of)
        none = np.zeros(0, np.int64)
        flags = {
            flag: self._numbers(old.flags.get(flag, none), new.flags.get(flag, none)) for flag in old.flags | new.flags
        }
        return Bookings(
            resource=allocations.resource,
            project=allocations.project,
            hard=allocations.hard,
            **amounts,
            extra_of=self._numbers(old.extra_of, new.extra_of),
            extra_day=_join(extras, old.extra_day, new.extra_day),
            extra=_join(extras, old.extra, new.extra),
            flags={flag: rows for flag, rows in flags.items() if len(rows)},
        )

    def _among(self, old: Numbers, new: Numbers) -> list[slice]:
        """The pieces of what belongs to some of the allocations, whose row numbers are given and ascending."""
        return _pieces(np.searchsorted(old, self._old), np.searchsorted(new, self._new), len(old))

    def _numbers(self, old: Numbers, new: Numbers) -> Numbers:
        """Ascending row numbers of both as they are after the splice."""
        lengths = [piece.stop - piece.start for piece in self._pieces]
        moves = np.cumsum([0, *lengths[:-1]]) - [piece.start for piece in self._pieces]
        pieces = self._among(old, new)
        come = new + np.repeat(moves[1::2], [piece.stop - piece.start for piece in pieces[1::2]])
        if moves[::2].any():
            edges = [*(piece.start for piece in pieces[::2]), len(old)]
            old = old + np.repeat(moves[::2], np.diff(edges))
        return _join(pieces, old, come)


def _bounds(resources: Numbers, order: Sequence[int]) -> Numbers:
    """Where the allocations of some resources begin and end: int64[2, resources]."""
    return np.stack([np.searchsorted(resources, order, "left"), np.searchsorted(resources, order, "right")])


def _pieces(old: Numbers, new: Numbers, length: int) -> list[slice]:
    """What stays of old rows and what comes of new ones, by turns, from the bounds of what is replaced by what."""
    edges = [0, *old.T.ravel().tolist(), length]
    stays = [slice(*edges[at : at + 2]) for at in range(0, len(edges), 2)]
    comes = [slice(first, end) for first, end in new.T.tolist()]
    return [piece for pair in zip(stays, [*comes, slice(0)], strict=True) for piece in pair][:-1]


def _swaps(pieces: Sequence[slice]) -> Iterator[tuple[slice, slice]]:
    """Each piece that goes, with the one that comes in its place."""
    for before, come, after in zip(pieces[:-1:2], pieces[1::2], pieces[2::2], strict=True):
        yield slice(before.stop, after.start), come


def _join(pieces: Sequence[slice], old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    """The pieces of both; the old array itself where nothing differs."""
    if all(np.array_equal(old[gone], new[come]) for gone, come in _swaps(pieces)):
        return old
    return np.concatenate([(new if number % 2 else old)[piece] for number, piece in enumerate(pieces)])
