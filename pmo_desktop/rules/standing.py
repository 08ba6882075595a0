"""The standing controls: what a PMO asks of every project whatever it follows, each judged from a project's own data.

Source: domain.md h.1 and features.md 2.9; an item counts from the day it is due, and not before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pmo_desktop.rules.compliance import Met


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What standing controls are judged by. Counts are of what is open on the day.

    `over`: the project has ended; `complete`: it is rated so, and has nothing new to report. `finish` is the actual
    one, else the forecast; `reported` the day the status was last reported.
    """

    over: bool
    complete: bool
    manager: bool
    sponsor: bool
    sized: bool
    method: bool
    start: date | None
    finish: date | None
    finish_baseline: bool
    budget: bool
    reported: date | None
    risks: int
    risks_late: int
    conditions: int
    conditions_late: int
    findings: int
    findings_late: int
    lessons: int

    def begun(self, on: date) -> bool:
        """Whether work has started by a day; without a start nobody can say that it has not."""
        return self.start is None or self.start <= on


class Day(NamedTuple):
    """The day that is judged by, and how many days a reporting cycle has."""

    on: date
    report_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One standing control; `why` says what goes wrong without it."""

    code: str
    name: str
    why: str
    judge: Callable[[ProjectFacts, Day], Met]


def _named(met: bool, facts: ProjectFacts) -> Met:
    return Met.NOT_REQUIRED if facts.over else Met.MET if met else Met.NOT_MET


def _once_begun(met: bool, facts: ProjectFacts, day: Day) -> Met:
    return _named(met, facts) if facts.begun(day.on) else Met.NOT_DUE


def _in_time(some: int, late: int, facts: ProjectFacts) -> Met:
    """Nothing of a sort is late; where there is nothing of that sort, nothing is asked."""
    return _named(not late, facts) if some else Met.NOT_REQUIRED


def _report(facts: ProjectFacts, day: Day) -> Met:
    cycle = timedelta(days=day.report_days)
    if facts.over or facts.complete:
        return Met.NOT_REQUIRED
    if facts.reported is None and facts.start is not None and facts.start > day.on - cycle:
        return Met.NOT_DUE
    return _once_begun(facts.reported is not None and facts.reported >= day.on - cycle, facts, day)


def _lessons(facts: ProjectFacts, day: Day) -> Met:
    if not facts.over and (facts.finish is None or facts.finish > day.on):
        return Met.NOT_DUE
    return Met.MET if facts.lessons else Met.NOT_MET


STANDING: tuple[Standing, ...] = (
    Standing(
        "pm-named",
        "Project manager named",
        "Somebody has to answer for the plan from day to day.",
        lambda facts, _: _named(facts.manager, facts),
    ),
    Standing(
        "sponsor-named",
        "Sponsor named",
        "Somebody has to own the reason for the project, and to decide.",
        lambda facts, _: _named(facts.sponsor, facts),
    ),
    Standing(
        "size-given",
        "Size class given",
        "What is asked of a project depends on its tier.",
        lambda facts, _: _named(facts.sized, facts),
    ),
    Standing(
        "method-applied",
        "Methodology applied",
        "Without one nobody knows which gates and deliverables are asked for.",
        lambda facts, _: _named(facts.method, facts),
    ),
    Standing(
        "finish-baselined",
        "Baseline finish approved",
        "Lateness is measured against it.",
        lambda facts, day: _once_begun(facts.finish_baseline, facts, day),
    ),
    Standing(
        "budget-approved",
        "Budget approved",
        "Nobody may spend what nobody has granted, and overspending is measured against it.",
        lambda facts, day: _once_begun(facts.budget, facts, day),
    ),
    Standing(
        "report-in-cycle",
        "Status reported in its cycle",
        "A board that decides by an old status decides about another project.",
        _report,
    ),
    Standing(
        "risks-reviewed",
        "Risks reviewed in time",
        "A risk that nobody looks at is managed by luck.",
        lambda facts, _: _in_time(facts.risks, facts.risks_late, facts),
    ),
    Standing(
        "conditions-kept",
        "No gate condition overdue",
        "A gate passed on conditions is passed only while they are kept.",
        lambda facts, _: _in_time(facts.conditions, facts.conditions_late, facts),
    ),
    Standing(
        "findings-acted-on",
        "No audit finding overdue",
        "A check that changes nothing costs more than none.",
        lambda facts, _: _in_time(facts.findings, facts.findings_late, facts),
    ),
    Standing(
        "lessons-logged",
        "Lessons logged at closure",
        "What was learnt goes with the team unless somebody writes it down.",
        _lessons,
    ),
)
