"""Plans to schedule, made up by seed, and the check that a schedule is one."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pmo_desktop.rules.plan import Activity, Plan


def make_plan(count: int, seed: int, resources: int = 4, tightness: float = 0.2) -> Plan:
    """A plan as the libraries of test problems have them: one to three links an activity, 1 to 10 units of time.

    The capacities lie between the largest single demand (tightness 0) and the peak of the earliest dates (1).
    """
    draw = random.Random(seed)
    activities = []
    for row in range(count):
        before = range(max(0, row - 8), row)
        after = tuple(draw.sample(before, min(len(before), draw.randint(1, 2)))) if row > 2 else ()
        demand = tuple(draw.randint(1, 10) * (draw.random() < 0.5) for _ in range(resources))
        activities.append(Activity(draw.randint(1, 10), demand, after))
    loose = Plan(tuple(activities), ((0,),) * resources)
    used = loose.usage(loose.earliest)
    capacity = []
    for resource in range(resources):
        least = max(activity.demand[resource] for activity in activities)
        capacity.append((least + round(tightness * (int(used[resource].max()) - least)),))
    return Plan(tuple(activities), tuple(capacity))


def broken_rules(plan: Plan, starts: Sequence[int], *, within_capacity: bool = True) -> list[str]:
    """What is wrong with a schedule; [] when links, earliest dates and capacities are kept."""
    wrong = []
    for row, activity in enumerate(plan.activities):
        if starts[row] < activity.earliest:
            wrong.append(f"{row} starts too early")
        ends = [starts[each] + plan.activities[each].duration for each in activity.after]
        wrong += [f"{row} does not wait"] if any(end > starts[row] for end in ends) else []
    if within_capacity:
        end = plan.finish(starts)
        wrong += [f"over at {where}" for where in (plan.usage(starts) > plan.capacity_until(end)).nonzero()[1].tolist()]
    return wrong
