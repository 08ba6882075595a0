"""The checklist of a closure reads the data, line by line."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.closure import Closure, Held, LineState, read_closure
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_baseline, a_person, a_project, a_report, a_resource, a_row, an_allocation, change_row
from tests.operations.gatestage import DAY, change, make_stage

OK, BAD, NONE = LineState.OK, LineState.NOT_OK, LineState.NOT_NEEDED


def states(closure: Closure) -> dict[str, LineState]:
    return {line.code: line.state for line in closure.lines}


def test_an_empty_project_lacks_lessons_and_a_report(store: Store) -> None:
    project = a_project(store, "Bare", custom={})
    closure = read_closure(store, project)
    assert states(closure) == {
        "actions": OK,
        "risks": OK,
        "issues": OK,
        "bookings": OK,
        "cost": NONE,
        "accepted": NONE,
        "handed_over": NONE,
        "benefits": NONE,
        "lessons": BAD,
        "gates": NONE,
        "report": BAD,
    }
    assert (closure.called, closure.day, closure.ready, closure.final_cost) == ("Bare", DAY, False, None)
    assert closure.line("actions").words == "No action is open."
    with pytest.raises(Known, match="has been deleted"):
        read_closure(store, "gone")


def test_what_is_open_needs_an_owner_who_stays(store: Store) -> None:
    manager, stays = a_person(store, "Priya", custom={}), a_person(store, "Mia", custom={})
    closed = a_person(store, "Old", status="Closed", custom={})
    leaver = a_person(store, "Leaver", custom={})
    a_resource(store, "Leaver", person=leaver, end=date(2026, 11, 1), custom={})
    project = a_project(store, "Billing", ref="HW-101", pm=manager, custom={})
    for ref, owner in (("A-1", stays), ("A-2", manager), ("A-3", closed), ("A-4", leaver), ("A-5", None)):
        a_row(store, "action", ref=ref, description="Do", project=project, owner=owner, custom={})
    a_row(store, "action", description="Done", project=project, status="Complete", custom={})
    a_row(store, "risk", title="Rain", project=project, status="Open", custom={})
    a_row(store, "issue", title="Wet", project=project, owner=stays, status="Open", custom={})
    closure = read_closure(store, project)
    line = closure.line("actions")
    assert line.words == "4 open actions without an owner who stays: A-2, A-3, A-4 and A-5."
    assert [table for table, _ in line.rows] == ["action"] * 4
    assert closure.line("risks").words == "1 open risk without an owner who stays: Rain."
    assert (closure.line("issues").state, closure.line("issues").words) == (
        OK,
        "1 open issue, each with an owner who stays.",
    )


def test_bookings_after_the_end_are_to_be_released(store: Store) -> None:
    project = a_project(store, custom={})
    who = a_resource(store, custom={})
    late = an_allocation(store, who, project, custom={})
    an_allocation(store, who, project, status="Rejected", custom={})
    an_allocation(store, who, project, period_start=date(2026, 11, 2), period_end=DAY, custom={})
    line = read_closure(store, project).line("bookings")
    assert (line.state, line.rows) == (BAD, (("allocation", late),))
    assert line.words == "1 booking after 13 November 2026: closing releases them."
    assert read_closure(store, project, date(2026, 12, 1)).line("bookings").state is OK


def test_the_final_cost_is_held_against_every_baseline(store: Store) -> None:
    project = a_project(store, budget_approved=700_000_00, currency="GBP", custom={})
    assert read_closure(store, project).line("cost").words == "The final cost is not known: fill in Actual to date."
    assert read_closure(store, project).baselines == (Held(None, 700_000_00, None),)
    a_baseline(store, project, date(2026, 10, 1), budget_approved=600_000_00)
    a_baseline(store, project, date(2026, 9, 1))
    change_row(store, "project", project, actual_to_date=650_000_00)
    closure = read_closure(store, project)
    assert closure.baselines == (Held(date(2026, 10, 1), 600_000_00, 50_000_00), Held(None, 700_000_00, -50_000_00))
    assert closure.line("cost").words == "£650k: +£50k against £600k (until 1 October 2026) and −£50k against £700k."
    assert (closure.line("cost").state, closure.final_cost, closure.currency) == (OK, 650_000_00, "GBP")


def test_deliverables_benefits_gates_lessons_and_the_last_report(store: Store) -> None:
    stage = make_stage(store)
    closure = read_closure(store, stage.project)
    assert closure.line("accepted").words == "1 deliverable not accepted: Brief."
    assert closure.line("handed_over").words == "2 deliverables handed over to nobody: Brief and Thing."
    assert closure.line("gates").words == "Not passed: G1 and G2."
    assert closure.line("gates").rows == (("gate_review", stage.g1), ("gate_review", stage.g2))
    benefit = a_row(store, "benefit", title="Time", project=stage.project, status="Planned", custom={})
    a_row(store, "benefit", title="Gone", project=stage.project, status="Cancelled", custom={})
    assert read_closure(store, stage.project).line("benefits").words == "1 benefit that nobody will measure: Time."
    mia = stage.people["mia"]
    change(stage, "benefit", benefit, handover_owner=mia)
    for row in (stage.brief, stage.thing):
        change(stage, "deliverable", row, status="Accepted", handover_owner=mia)
    for review in (stage.g1, stage.g2):
        change(stage, "gate_review", review, decision="Approve")
    for title in "abcd":
        a_row(
            store, "lesson", title=title, project=stage.project, status="Retired" if title == "d" else None, custom={}
        )
    a_report(store, stage.project, date(2026, 9, 30), custom={})
    closure = read_closure(store, stage.project)
    assert not closure.ready
    assert closure.line("report").words == "The last report is of 30 September 2026."
    a_report(store, stage.project, date(2026, 10, 31), custom={})
    closure = read_closure(store, stage.project)
    assert closure.ready
    assert [closure.line(code).words for code in ("accepted", "handed_over", "benefits", "lessons", "gates")] == [
        "2 deliverables accepted.",
        "2 deliverables handed over.",
        "1 benefit handed over.",
        "3 lessons logged; at least 3 are asked for.",
        "2 gates passed.",
    ]


def test_a_gate_without_a_review_has_no_row_to_show(store: Store) -> None:
    project = a_project(store, custom={})
    a_row(store, "milestone", project=project, name="Board", type="Gate", gate="B1", custom={})
    line = read_closure(store, project).line("gates")
    assert (line.state, line.rows) == (BAD, ())
