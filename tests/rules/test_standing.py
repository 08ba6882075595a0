"""Each standing control is met, not met, not due or not required by the facts of a project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.rules.compliance import Met
from pmo_desktop.rules.standing import STANDING, Day, ProjectFacts

DAY = Day(date(2026, 11, 13), 31)
LATER, RECENT, LONG_AGO = date(2026, 12, 1), date(2026, 11, 1), date(2026, 1, 1)
IN_ORDER = ProjectFacts(
    over=False,
    complete=False,
    manager=True,
    sponsor=True,
    sized=True,
    method=True,
    start=LONG_AGO,
    finish=LATER,
    finish_baseline=True,
    budget=True,
    reported=RECENT,
    risks=2,
    risks_late=0,
    conditions=1,
    conditions_late=0,
    findings=1,
    findings_late=0,
    lessons=0,
)
JUDGES = {each.code: each.judge for each in STANDING}


def test_a_project_in_order_meets_all_that_is_due() -> None:
    states = {code: judge(IN_ORDER, DAY) for code, judge in JUDGES.items()}
    assert states.pop("lessons-logged") is Met.NOT_DUE
    assert set(states.values()) == {Met.MET}


def test_of_an_ended_project_only_lessons_are_asked() -> None:
    over = replace(IN_ORDER, over=True)
    states = {code: judge(over, DAY) for code, judge in JUDGES.items()}
    assert states.pop("lessons-logged") is Met.NOT_MET
    assert set(states.values()) == {Met.NOT_REQUIRED}


@pytest.mark.parametrize(
    ("code", "facts", "state"),
    [
        ("pm-named", {"manager": False}, Met.NOT_MET),
        ("sponsor-named", {"sponsor": False}, Met.NOT_MET),
        ("size-given", {"sized": False}, Met.NOT_MET),
        ("method-applied", {"method": False}, Met.NOT_MET),
        ("finish-baselined", {"finish_baseline": False}, Met.NOT_MET),
        ("finish-baselined", {"finish_baseline": False, "start": LATER}, Met.NOT_DUE),
        ("budget-approved", {"budget": False}, Met.NOT_MET),
        ("budget-approved", {"budget": False, "start": None}, Met.NOT_MET),
        ("budget-approved", {"start": LATER}, Met.NOT_DUE),
        ("report-in-cycle", {"reported": LONG_AGO}, Met.NOT_MET),
        ("report-in-cycle", {"reported": date(2026, 10, 13)}, Met.MET),
        ("report-in-cycle", {"reported": date(2026, 10, 12)}, Met.NOT_MET),
        ("report-in-cycle", {"reported": None}, Met.NOT_MET),
        ("report-in-cycle", {"reported": None, "start": None}, Met.NOT_MET),
        ("report-in-cycle", {"reported": None, "start": RECENT}, Met.NOT_DUE),
        ("report-in-cycle", {"reported": LONG_AGO, "start": LATER}, Met.NOT_DUE),
        ("report-in-cycle", {"reported": LONG_AGO, "complete": True}, Met.NOT_REQUIRED),
        ("risks-reviewed", {"risks_late": 1}, Met.NOT_MET),
        ("risks-reviewed", {"risks": 0}, Met.NOT_REQUIRED),
        ("conditions-kept", {"conditions_late": 1}, Met.NOT_MET),
        ("conditions-kept", {"conditions": 0}, Met.NOT_REQUIRED),
        ("findings-acted-on", {"findings_late": 1}, Met.NOT_MET),
        ("findings-acted-on", {"findings": 0}, Met.NOT_REQUIRED),
        ("lessons-logged", {"finish": RECENT}, Met.NOT_MET),
        ("lessons-logged", {"finish": RECENT, "lessons": 1}, Met.MET),
        ("lessons-logged", {"finish": None}, Met.NOT_DUE),
        ("lessons-logged", {"finish": LATER, "over": True, "lessons": 2}, Met.MET),
    ],
)
def test_a_control_is_judged_by_its_facts(code: str, facts: dict[str, Any], state: Met) -> None:
    assert JUDGES[code](replace(IN_ORDER, **facts), DAY) is state


def test_every_control_has_a_code_of_its_own_and_says_why() -> None:
    assert len(JUDGES) == len(STANDING) == 11
    assert all(each.why.endswith(".") and each.name for each in STANDING)
