"""Smoothing: activities moved within their float, so that less is asked of resources at once; the finish stays.

What is too much comes first, then the unevenness (the sum of squares of what is used). Source: Burgess and Killebrew
1962. Where the float does not suffice, something stays over; levelling, which may move the finish, is another promise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pmo_desktop.rules.calendar import Numbers
from pmo_desktop.rules.plan import Plan


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Starts that keep the deadline; `excess_before` and `excess`: resource units x time beyond the capacity.

    The first is that of the earliest dates.
    """

    starts: tuple[int, ...]
    finish: int
    excess_before: int
    excess: int


def smooth(plan: Plan, deadline: int | None = None) -> Smoothed:
    """Starts within the float up to a deadline, the end of the critical path by default and at the least."""
    end = max(plan.length, deadline or 0)
    surface = _Surface(plan, end)
    before = surface.excess()
    while surface.sweep():  # it ends: every move lowers the excess, or leaves it and lowers the unevenness
        pass
    starts = tuple(surface.starts)
    return Smoothed(starts, plan.finish(starts), before, surface.excess())


class _Surface:
    """What is used by resource and time, and how much worse one more activity would make it."""

    def __init__(self, plan: Plan, end: int) -> None:
        self.plan = plan
        self.end = end
        self.starts = list(plan.earliest)
        self.used = plan.usage(self.starts, end)
        self.capacity = plan.capacity_until(end)

    def excess(self) -> int:
        """What is used beyond the capacity, over all resources and times."""
        return int(np.maximum(0, self.used - self.capacity).sum())

    def sweep(self) -> bool:
        """Move each activity to where it does least harm, the last ones first; whether any moved."""
        moved = False
        for row in reversed(self.plan.order):
            if any(self.plan.activities[row].demand) and self.plan.activities[row].duration:
                moved |= self.move(row)
        return moved

    def move(self, row: int) -> bool:
        """Move one activity between those it follows and those that follow it; False when it is best where it is."""
        first, last = self.room(row)
        if first == last:
            return False
        self.add(row, -1)
        worse, uneven = self.harm(row, first, last)
        at = self.starts[row] - first
        best = np.lexsort((uneven, worse))[0]
        moved = (worse[best], uneven[best]) < (worse[at], uneven[at])
        self.starts[row] = first + int(best) if moved else self.starts[row]
        self.add(row, 1)
        return bool(moved)

    def room(self, row: int) -> tuple[int, int]:
        """The earliest and the latest start of an activity while all others stay."""
        activity = self.plan.activities[row]
        ends = [self.starts[each] + self.plan.activities[each].duration for each in activity.after]
        due = [self.starts[each] for each in self.plan.followers[row]]
        return max([activity.earliest, *ends]), min([self.end, *due]) - activity.duration

    def add(self, row: int, sign: int) -> None:
        """Put an activity where it starts, or (-1) take it away."""
        activity = self.plan.activities[row]
        span = slice(self.starts[row], self.starts[row] + activity.duration)
        self.used[:, span] += sign * np.array(activity.demand)[:, None]

    def harm(self, row: int, first: int, last: int) -> tuple[Numbers, Numbers]:
        """The excess and the unevenness that an activity adds at each start from first to last: int64[starts] each."""
        activity = self.plan.activities[row]
        demand = np.array(activity.demand)[:, None]
        window = slice(first, last + activity.duration)
        used, over = self.used[:, window], self.used[:, window] - self.capacity[:, window]
        worse = (np.maximum(0, over + demand) - np.maximum(0, over)).sum(axis=0)
        uneven = (2 * used * demand + demand**2).sum(axis=0)
        return _window_sums(worse, activity.duration), _window_sums(uneven, activity.duration)


def _window_sums(values: Numbers, length: int) -> Numbers:
    """Sums of every run of so many values: int64[values - length + 1]."""
    total = np.concatenate([[0], np.cumsum(values)])
    sums: Numbers = total[length:] - total[:-length]
    return sums
