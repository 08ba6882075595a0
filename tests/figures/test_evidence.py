"""The evidence behind a cell: why it stands so, in words, and the entries to go to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pmo_desktop.figures.compliance import read_compliance
from pmo_desktop.figures.evidence import CellEvidence, explain_cell
from pmo_desktop.rules.compliance import Met
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_project, a_row
from tests.figures.conftest import DATA_DATE
from tests.figures.methodproject import PAST, SOON, a_follower, a_method


def explained(store: Store, code: str, project: int = 0) -> CellEvidence:
    table = read_compliance(store)
    return explain_cell(store, table, project, next(p for p, each in enumerate(table.controls) if each.code == code))


def shown(found: CellEvidence) -> list[tuple[str, str]]:
    return [(each.entity, each.called) for each in found.rows]


def test_a_deliverable_shows_itself_its_gate_its_milestone_and_what_is_attached(store: Store) -> None:
    project = a_follower(store, a_method(store))
    row = a_row(
        store, "deliverable", project=project, name="The brief", code="brief", status="Accepted", accepted_on=PAST
    )
    a_row(store, "gate_review", project=project, code="G1", decision="Approve", decided_on=PAST)
    a_row(store, "gate_review", project=project, code="G2")
    a_row(store, "deliverable", project=project, name="Another")
    a_row(store, "attachment", register="deliverable", row=row, name="brief.pdf")
    a_row(store, "attachment", register="risk", row=row, name="other.pdf")
    a_milestone(store, project, "Another")
    found = explained(store, "brief")
    assert found.state is Met.MET
    assert found.words == (
        "Met.",
        "The brief is accepted since 1 September 2026.",
        "It counts from 1 September 2026.",
    )
    assert shown(found) == [
        ("deliverable", "The brief"),
        ("gate_review", "G1"),
        ("milestone", "Go?"),
        ("attachment", "brief.pdf"),
    ]


def test_a_deliverable_that_names_another_gate_shows_that_one(store: Store) -> None:
    project = a_follower(store, a_method(store))
    a_row(store, "deliverable", project=project, name="Brief", code="brief", gate="G2")
    a_milestone(store, project, "Second", gate="G2", forecast=SOON)
    found = explained(store, "brief")
    assert found.words == ("Not due yet.", "Brief is not started.", "It is due on 1 March 2027.")
    assert shown(found) == [("deliverable", "Brief"), ("milestone", "Second")]


def test_a_deliverable_that_is_not_there_is_said(store: Store) -> None:
    a_follower(store, a_method(store), gate=None)
    a_row(store, "deliverable", project=a_project(store, "Other"), name="Brief", code="brief")
    found = explained(store, "brief")
    assert found.words == (
        "Not due yet.",
        "The project has no deliverable Brief. Apply its methodology again, or make one.",
        "Nothing says when it is due: give its gate a date.",
    )
    assert not found.rows


def test_waivers_are_told_with_their_reason_those_in_force_first(store: Store) -> None:
    project = a_follower(store, a_method(store))
    waiver = {"project": project, "concerns": "brief", "subject": "No brief", "status": "Approved"}
    a_row(store, "waiver", **waiver, ref="W-1", expires=DATA_DATE - timedelta(1), reason="Too small")
    a_row(store, "waiver", **waiver, expires=SOON)
    a_row(store, "waiver", **waiver, ref="W-3", reason="Told by letter")
    a_row(store, "waiver", **(waiver | {"status": "Rejected"}))
    found = explained(store, "brief")
    assert found.words[0] == "Waived, which counts as not met."
    assert found.words[3:] == (
        "Waiver No brief, until 1 March 2027: no reason was given.",
        "Waiver W-3, without an expiry: Told by letter.",
        "Waiver W-1, expired on 12 November 2026: Too small.",
    )
    assert [each.entity for each in found.rows] == ["milestone", "waiver", "waiver", "waiver"]


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ((), "Nothing has been decided at Go?."),
        (((None, PAST),), "Nothing has been decided at Go?."),
        ((("Rework", PAST), ("Approve with conditions", None)), "Decided at Go?: rework, 1 September 2026."),
        ((("Approve with conditions", None),), "Decided at Go?: approve with conditions."),
    ],
)
def test_a_gate_tells_its_latest_decision(
    store: Store, decisions: tuple[tuple[str | None, object], ...], words: str
) -> None:
    project = a_follower(store, a_method(store))
    for decision, on in decisions:
        a_row(store, "gate_review", project=project, code="G1", name="Go?", decision=decision, decided_on=on)
    found = explained(store, "G1")
    assert found.words[1:] == (words, "It counts from 1 September 2026.")
    assert shown(found) == [("gate_review", "Go?")] * len(decisions) + [("milestone", "Go?")]


def test_what_is_not_asked_of_a_project_is_said(store: Store) -> None:
    method = a_method(store)
    a_follower(store, method, "Large", tier="Tier 1")
    a_follower(store, method, "Small", tier="Tier 3")
    a_project(store, "Free")
    a_follower(store, a_method(store, code="other"), "Other", tier=None)
    said = [explained(store, "plan", place).words[1] for place in (1, 2)]
    assert said == [
        "Plan is not mandatory for Tier 3 in what the project follows.",
        "Plan is not mandatory in what the project follows.",
    ]
    table = read_compliance(store)
    place = next(p for p, each in enumerate(table.controls) if each.methodology == "two-steps")
    assert explain_cell(store, table, 3, place).words[0] == "Not required of this project."


def test_a_standing_control_says_why_and_leads_to_the_project(store: Store) -> None:
    a_project(store, ref="A-1")
    found = explained(store, "pm-named")
    assert found.words == ("Not met.", "Somebody has to answer for the plan from day to day.")
    assert shown(found) == [("project", "A-1")]


def test_lessons_are_shown_with_the_project(store: Store) -> None:
    project = a_project(store, finish_forecast=PAST)
    a_row(store, "lesson", project=project, title="Ask first")
    assert shown(explained(store, "lessons-logged")) == [("project", "Alpha"), ("lesson", "Ask first")]


def test_what_is_late_is_shown_and_all_that_is_open_when_nothing_is(store: Store) -> None:
    project, other = a_project(store), a_project(store, "Beta")
    for name, planned in (("Late", PAST), ("Fine", SOON)):
        a_row(store, "risk", project=project, title=name, next_review=planned)
    a_row(store, "risk", project=other, title="Beta's", ref="R-9", next_review=SOON)
    found = explained(store, "risks-reviewed")
    assert found.words[2] == "Two open risks, 1 overdue."
    assert shown(found) == [("risk", "Late")]
    found = explained(store, "risks-reviewed", 1)
    assert found.words[2] == "One open risk, none overdue."
    assert shown(found) == [("risk", "R-9")]


def test_conditions_lead_to_their_gate_review_and_findings_to_themselves(store: Store) -> None:
    project = a_project(store)
    review = a_row(store, "gate_review", project=project, code="G1")
    action = a_row(store, "action", project=project, description="Hire a tester", due=PAST)
    ends = {"from_register": "action", "from_row": action, "to_register": "gate_review", "to_row": review}
    a_row(store, "entry_link", kind="Condition of", from_called="a", to_called="b", **ends)
    a_row(store, "finding", project=project, title="No owner", ref="F-1", due=PAST)
    assert shown(explained(store, "conditions-kept")) == [("action", "Hire a tester"), ("gate_review", "G1")]
    assert shown(explained(store, "findings-acted-on")) == [("finding", "F-1")]
