"""Levelling: a schedule in which no resource is asked for more than it has; dates may move, the finish too.

Serial schedule generation by three priorities, each followed by passes backwards and forwards; then the best of them
is shaken and mended as often as asked. Sources: Kolisch and Hartmann 1999; Tormos and Lova 2001 (forward-backward
improvement); domain.md e. Smoothing, which keeps the finish, is another promise: see smoothing.py.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop, heappush

from pmo_desktop.rules.plan import Fault, Plan, PlanError

ROUNDS = 100  # of shaking, after the passes by priority
SHAKE = 0.4  # of the length of the plan: how far a shake may move an activity in the order

Starts = tuple[int, ...]


class Priority(StrEnum):
    """Which of the activities that could go next goes first: the one with the least of this."""

    LATEST_START = "LST"
    LATEST_FINISH = "LFT"
    LEAST_SLACK = "MINSLK"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts of all activities within the capacities, and the finish; `bound`: no schedule can finish before it."""

    starts: Starts
    finish: int
    bound: int

    @property
    def is_best(self) -> bool:
        """Whether it is known that nothing finishes sooner."""
        return self.finish == self.bound


def level(plan: Plan, rounds: int = ROUNDS) -> Schedule:
    """The best schedule found; the same for the same plan. Raises PlanError when an activity fits nowhere."""
    best = deque(improve(plan, rounds), maxlen=1)
    if not best:
        raise PlanError(Fault.DOES_NOT_FIT, find_misfits(plan))
    return best[0]


def improve(plan: Plan, rounds: int = ROUNDS) -> Iterator[Schedule]:
    """The best schedule so far after each round, for somebody who watches and may stop; ends when none can be better.

    Nothing comes when some activity fits nowhere, or no order was found in which all of them fit.
    """
    if find_misfits(plan):
        return
    board, bound, draw = _Board(plan), plan.least_finish(), random.Random(0)  # noqa: S311 - nothing secret is drawn
    best = None
    for number in range(len(Priority) + rounds):
        starts = board.mend(_next_order(plan, number, best, draw), bound)
        if starts is not None and (best is None or plan.finish(starts) <= best.finish):
            best = Schedule(starts, plan.finish(starts), bound)
        if best is not None:
            yield best
            if best.is_best:
                return


def schedule_serially(plan: Plan, priority: Priority) -> Schedule | None:
    """One pass of serial schedule generation; equals in the order of the plan. None when an activity fits nowhere."""
    starts = _Board(plan).go_forward(weigh(plan, priority))
    return None if starts is None else Schedule(starts, plan.finish(starts), plan.least_finish())


def weigh(plan: Plan, priority: Priority) -> list[float]:
    """The priority of each activity, the least first, from the critical path without resources."""
    latest = plan.latest(plan.length)
    if priority is Priority.LATEST_START:
        return list(latest)
    if priority is Priority.LATEST_FINISH:
        return [start + activity.duration for start, activity in zip(latest, plan.activities, strict=True)]
    return [late - early for late, early in zip(latest, plan.earliest, strict=True)]


def find_misfits(plan: Plan) -> list[int]:
    """The activities for which there is no room even when they have the resources to themselves."""
    board = _Board(plan)
    alone = enumerate(plan.activities)
    return [row for row, activity in alone if board.first_fit(board.empty(), row, activity.earliest) is None]


def _next_order(plan: Plan, number: int, best: Schedule | None, draw: random.Random) -> list[float]:
    """The weights of one round: the priorities first, then the best schedule shaken, or any order while there is none.

    A shake moves every activity a little in the order, in some rounds more and in others less.
    """
    if number < len(Priority):
        return weigh(plan, list(Priority)[number])
    if best is None:
        return [draw.random() for _ in plan.activities]
    reach = SHAKE * best.finish * draw.random()
    return [start + draw.uniform(-reach, reach) for start in best.starts]


class _Board:
    """Where activities are put one after the other; `free` is what each resource has left in each unit of time."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.durations = [activity.duration for activity in plan.activities]
        needs = [[(row, amount) for row, amount in enumerate(each.demand) if amount] for each in plan.activities]
        self.needs = [need if length else [] for need, length in zip(needs, self.durations, strict=True)]
        self.before = [tuple(set(activity.after)) for activity in plan.activities]
        latest_date = max((activity.earliest for activity in plan.activities), default=0)
        # Past the last change of a capacity, activities in a row need no more than the sum of their durations.
        self.end = max(map(len, plan.capacity), default=0) + latest_date + sum(self.durations)
        self.full = [list(map(int, row)) for row in plan.capacity_until(self.end)]

    def empty(self) -> list[list[int]]:
        """A board with nothing on it."""
        return [row[:] for row in self.full]

    def mend(self, weights: Sequence[float], bound: int) -> Starts | None:
        """A schedule by priority, pushed to its end and back to its start as long as that makes it shorter."""
        best = self.go_forward(weights)
        while best is not None and self.plan.finish(best) > bound:
            again = self.go_forward(self.go_backward(best))
            if again is None or self.plan.finish(again) >= self.plan.finish(best):
                return best
            best = again
        return best

    def go_forward(self, weights: Sequence[float]) -> Starts | None:
        """Each activity as early as it fits, the least weight first; None when one fits nowhere."""
        free = self.empty()
        starts = [activity.earliest for activity in self.plan.activities]
        waits = list(map(len, self.before))
        ready = [(weights[row], row) for row, number in enumerate(waits) if not number]
        heapify(ready)
        while ready:
            row = heappop(ready)[1]
            start = self.first_fit(free, row, starts[row])
            if start is None:
                return None
            starts[row] = start
            self.take(free, row, start)
            for follower in self.plan.followers[row]:
                starts[follower] = max(starts[follower], start + self.durations[row])
                waits[follower] -= 1
                if not waits[follower]:
                    heappush(ready, (weights[follower], follower))
        return tuple(starts)

    def go_backward(self, starts: Starts) -> Starts:
        """Each activity as late as it fits before the finish of a schedule, the last to end first.

        There is always room: those placed before end no sooner and have only moved later, so that where this one was
        they leave at least what they left there. For the same reason no activity starts sooner than it did.
        """
        free = self.empty()
        ends = [self.plan.finish(starts)] * self.plan.count
        weights = [-start - length for start, length in zip(starts, self.durations, strict=True)]
        waits = list(map(len, self.plan.followers))
        ready = [(weights[row], -row) for row, number in enumerate(waits) if not number]
        heapify(ready)
        pushed = list(starts)
        while ready:
            row = -heappop(ready)[1]
            start = self.last_fit(free, row, ends[row] - self.durations[row])
            pushed[row] = start
            self.take(free, row, start)
            for before in self.before[row]:
                ends[before] = min(ends[before], start)
                waits[before] -= 1
                if not waits[before]:
                    heappush(ready, (weights[before], -before))
        return tuple(pushed)

    def take(self, free: list[list[int]], row: int, start: int) -> None:
        """Put an activity on the board."""
        for resource, amount in self.needs[row]:
            line = free[resource]
            for time in range(start, start + self.durations[row]):
                line[time] -= amount

    def first_fit(self, free: list[list[int]], row: int, start: int) -> int | None:
        """The earliest start from a time on with room for an activity all the time it lasts; None without any."""
        while start + self.durations[row] <= self.end:
            short = self.find_short(free, row, start)
            if short is None:
                return start
            line, amount = short
            start += self.durations[row] - 1
            while line[start] >= amount:  # back to the last time at which it is short
                start -= 1
            while start < self.end and line[start] < amount:  # and on to where it no longer is
                start += 1
        return None

    def last_fit(self, free: list[list[int]], row: int, start: int) -> int:
        """The latest start up to a time with room for an activity; there must be one."""
        while (short := self.find_short(free, row, start)) is not None:
            line, amount = short
            while line[start] >= amount:
                start += 1
            while line[start] < amount:
                start -= 1
            start -= self.durations[row] - 1
        return start

    def find_short(self, free: list[list[int]], row: int, start: int) -> tuple[list[int], int] | None:
        """What is left of the first resource that an activity lacks, and how much it needs; None when it fits."""
        for resource, amount in self.needs[row]:
            line = free[resource]
            if min(line[start : start + self.durations[row]]) < amount:
                return line, amount
        return None
