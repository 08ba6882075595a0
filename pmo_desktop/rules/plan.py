"""Plan: activities that follow and compete with each other, their earliest and latest dates, and what they use.

Time is counted in whole units, working days as a rule, from 0. Links are finish to start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

import numpy as np

from pmo_desktop.rules.calendar import Numbers


class Fault(StrEnum):
    """Why a plan cannot be scheduled."""

    CYCLE = "cycle"
    UNKNOWN_LINK = "unknown_link"
    NEGATIVE = "negative"
    WRONG_DEMAND = "wrong_demand"
    NO_CAPACITY = "no_capacity"
    DOES_NOT_FIT = "does_not_fit"

    @property
    def words(self) -> str:
        """The sentence on screen, about the activities that have the fault."""
        return _FAULT_WORDS[self]


_FAULT_WORDS = {
    Fault.CYCLE: "These activities wait for each other in a circle, or for others that do.",
    Fault.UNKNOWN_LINK: "The activity follows one that is not in the plan.",
    Fault.NEGATIVE: "A duration, a demand or an earliest start is below zero.",
    Fault.WRONG_DEMAND: "The activity needs one demand for each resource.",
    Fault.NO_CAPACITY: "A resource has no capacity given, or one below zero.",
    Fault.DOES_NOT_FIT: "The activity asks for more than the resource ever has for so long.",
}


class PlanError(ValueError):
    """A plan that cannot be scheduled: the fault, and the row numbers of the activities (or resources) that have it."""

    def __init__(self, fault: Fault, rows: Sequence[int]) -> None:
        super().__init__(fault.words)
        self.fault = fault
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: `demand` of each resource while it lasts; `after`: the row numbers it follows; 0 is a milestone."""

    duration: int
    demand: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    earliest: int = 0


@dataclass(frozen=True)
class Plan:
    """Activities and the resources they share.

    `capacity`: of each resource, what it has in each unit of time; the last number goes on for ever, so that one
    number is a constant capacity. Raises PlanError when nothing can be scheduled.
    """

    activities: tuple[Activity, ...]
    capacity: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        rows = range(len(self.activities))
        wrong = {
            Fault.NO_CAPACITY: [row for row, each in enumerate(self.capacity) if min(each, default=-1) < 0],
            Fault.WRONG_DEMAND: [row for row in rows if len(self.activities[row].demand) != len(self.capacity)],
            Fault.NEGATIVE: [row for row in rows if _is_negative(self.activities[row])],
            Fault.UNKNOWN_LINK: [row for row in rows if not set(self.activities[row].after) <= set(rows)],
        }
        for fault, found in wrong.items():
            if found:
                raise PlanError(fault, found)
        if len(self.order) < len(self.activities):
            raise PlanError(Fault.CYCLE, sorted(set(rows) - set(self.order)))

    @property
    def count(self) -> int:
        """Number of activities."""
        return len(self.activities)

    @cached_property
    def followers(self) -> tuple[tuple[int, ...], ...]:
        """The activities that follow each one."""
        found: list[list[int]] = [[] for _ in self.activities]
        for row, activity in enumerate(self.activities):
            for before in dict.fromkeys(activity.after):
                found[before].append(row)
        return tuple(map(tuple, found))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The activities, each after those it follows; those in or behind a circle are left out."""
        waits = [len(set(activity.after)) for activity in self.activities]
        ready = [row for row, number in enumerate(waits) if not number]
        for row in ready:
            for follower in self.followers[row]:
                waits[follower] -= 1
                if not waits[follower]:
                    ready.append(follower)  # the list is the queue: it grows while it is read
        return tuple(ready)

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """The earliest start of each activity by links and dates alone."""
        starts = [0] * self.count
        for row in self.order:
            activity = self.activities[row]
            ends = (starts[before] + self.activities[before].duration for before in activity.after)
            starts[row] = max(activity.earliest, 0, *ends)
        return tuple(starts)

    @cached_property
    def length(self) -> int:
        """The finish of the plan by links and dates alone: the length of its critical path."""
        return self.finish(self.earliest)

    def latest(self, deadline: int) -> tuple[int, ...]:
        """The latest start of each activity that keeps a deadline by links alone; below the earliest when it cannot."""
        starts = [0] * self.count
        for row in reversed(self.order):
            due = min((starts[follower] for follower in self.followers[row]), default=deadline)
            starts[row] = min(due, deadline) - self.activities[row].duration
        return tuple(starts)

    def finish(self, starts: Sequence[int]) -> int:
        """When the last activity ends; 0 without activities."""
        ends = (start + activity.duration for start, activity in zip(starts, self.activities, strict=True))
        return max(ends, default=0)

    def usage(self, starts: Sequence[int], until: int | None = None) -> Numbers:
        """What is used: int64[resources, units of time], up to the finish or another time after it."""
        used = np.zeros((len(self.capacity), self.finish(starts) if until is None else until), np.int64)
        for start, activity in zip(starts, self.activities, strict=True):
            used[:, start : start + activity.duration] += np.array(activity.demand, np.int64)[:, None]
        return used

    def capacity_until(self, end: int) -> Numbers:
        """What there is: int64[resources, end]."""
        times = np.arange(end)
        rows = [np.array(each, np.int64)[np.minimum(times, len(each) - 1)] for each in self.capacity]
        return np.stack(rows) if rows else np.zeros((0, end), np.int64)

    def least_finish(self) -> int:
        """A finish that no schedule within the capacities can beat: the critical path, or the work of a resource."""
        return max(self.length, *(self._least_for_work(row) for row in range(len(self.capacity))), 0)

    def _least_for_work(self, resource: int) -> int:
        """The time after which a resource has had enough capacity for all the work that is asked of it."""
        work = sum(each.duration * each.demand[resource] for each in self.activities)
        capacity = self.capacity[resource]
        for time, had in enumerate(accumulate(capacity), start=1):
            if had >= work:
                return time if work else 0
        left = work - sum(capacity)
        return len(capacity) + -(-left // capacity[-1]) if capacity[-1] else 0


def _is_negative(activity: Activity) -> bool:
    """Whether a number of an activity lies below zero."""
    return min(activity.duration, activity.earliest, *activity.demand) < 0
