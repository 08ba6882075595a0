"""Compliance: each cell of projects x controls, and shares that count waived items as due and not met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pmo_desktop.figures.compliance import ComplianceTable, Grouping, read_compliance, share_by
from pmo_desktop.figures.duties import ControlKind
from pmo_desktop.rules.compliance import Met, Share
from pmo_desktop.rules.standing import STANDING
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_person, a_portfolio, a_programme, a_project, a_row
from tests.figures.conftest import DATA_DATE
from tests.figures.methodproject import PAST, SOON, a_follower, a_method

DAY = timedelta(1)


def states(table: ComplianceTable, project: int = 0) -> dict[str, Met]:
    """The states of one project by the code of the control."""
    return {each.code: table.state(project, place) for place, each in enumerate(table.controls)}


def state_of(store: Store, code: str) -> Met:
    return states(read_compliance(store))[code]


def test_the_columns_are_the_standing_controls_and_what_the_methodology_makes_mandatory(store: Store) -> None:
    a_follower(store, a_method(store))
    table = read_compliance(store)
    parts = [(each.code, each.phase, each.kind) for each in table.controls[len(STANDING) :]]
    assert parts == [
        ("brief", "Think", ControlKind.DELIVERABLE),
        ("G1", "Think", ControlKind.GATE),
        ("thing", "Do", ControlKind.DELIVERABLE),
    ]
    assert [each.code for each in table.controls[: len(STANDING)]] == [each.code for each in STANDING]
    assert table.on == DATA_DATE


def test_what_only_large_projects_owe_is_asked_of_them_alone(store: Store) -> None:
    method = a_method(store)
    a_follower(store, method, "Small")
    a_follower(store, method, "Large", tier="Tier 1")
    a_follower(store, method, "Odd", tier="B")
    table = read_compliance(store)
    assert [states(table, place)["plan"] for place in range(3)] == [Met.NOT_REQUIRED, Met.NOT_MET, Met.NOT_REQUIRED]
    assert [states(table, place)["size-given"] for place in range(3)] == [Met.MET, Met.MET, Met.NOT_MET]


@pytest.mark.parametrize(
    ("deliverable", "state"),
    [
        (None, Met.NOT_MET),
        ({"status": "Submitted"}, Met.NOT_MET),
        ({"status": "Not needed"}, Met.NOT_MET),
        ({"status": "Accepted"}, Met.MET),
        ({"status": "Accepted", "gate": "G1"}, Met.MET),
        ({"status": "In progress", "gate": "G2"}, Met.NOT_DUE),
        ({"status": "In progress", "gate": "G9"}, Met.NOT_MET),
    ],
)
def test_a_deliverable_counts_from_its_gate_and_is_met_when_accepted(
    store: Store, deliverable: dict[str, Any] | None, state: Met
) -> None:
    project = a_follower(store, a_method(store))
    a_milestone(store, project, "G2", gate="G2", baseline=SOON)
    a_row(store, "deliverable", project=project, name="Of our own", status="Accepted")
    if deliverable:
        a_row(store, "deliverable", project=project, name="Brief", code="brief", **deliverable)
    assert state_of(store, "brief") is state


@pytest.mark.parametrize(
    ("gate", "due", "state"), [(SOON, PAST, Met.NOT_DUE), (None, PAST, Met.NOT_MET), (None, None, Met.NOT_DUE)]
)
def test_without_a_day_of_gate_or_phase_its_own_day_counts(
    store: Store, gate: date | None, due: date | None, state: Met
) -> None:
    project = a_follower(store, a_method(store), gate=gate)
    a_row(store, "deliverable", project=project, name="Brief", code="brief", due=due)
    assert state_of(store, "brief") is state


@pytest.mark.parametrize(("finish", "state"), [(DATA_DATE, Met.NOT_MET), (DATA_DATE + DAY, Met.NOT_DUE)])
def test_a_phase_without_a_gate_is_due_when_it_finishes(store: Store, finish: date, state: Met) -> None:
    project = a_project(store, methodology=a_method(store))
    a_row(store, "phase", project=project, name="Do", code="do", finish=finish)
    a_row(store, "phase", project=project, name="Of our own", finish=DATA_DATE)
    a_row(store, "phase", project=project, name="Think", code="think")
    assert state_of(store, "thing") is state


@pytest.mark.parametrize(
    ("reviews", "state"),
    [
        ([], Met.NOT_MET),
        ([(None, None)], Met.NOT_MET),
        ([("Approve", PAST)], Met.MET),
        ([("Approve with conditions", None)], Met.MET),
        ([("Approve", PAST + DAY), ("Rework", PAST)], Met.MET),
        ([("Approve", PAST), ("Stop", PAST + DAY)], Met.NOT_MET),
    ],
)
def test_a_gate_is_met_by_its_latest_decision(
    store: Store, reviews: list[tuple[str | None, date | None]], state: Met
) -> None:
    project = a_follower(store, a_method(store))
    for decision, on in reviews:
        a_row(store, "gate_review", project=project, code="G1", decision=decision, decided_on=on)
    assert state_of(store, "G1") is state


@pytest.mark.parametrize("gate", [SOON, None])
def test_a_gate_passed_early_is_due_from_that_day(store: Store, gate: date | None) -> None:
    project = a_follower(store, a_method(store), gate=gate)
    a_row(store, "gate_review", project=project, code="G1", decision="Approve", decided_on=PAST)
    found = states(read_compliance(store))
    assert (found["G1"], found["brief"]) == (Met.MET, Met.NOT_MET)


@pytest.mark.parametrize(
    ("waiver", "state"),
    [
        ({"status": "Approved", "expires": DATA_DATE}, Met.WAIVED),
        ({"status": "Approved"}, Met.WAIVED),
        ({"status": "Approved", "expires": DATA_DATE - DAY}, Met.NOT_MET),
        ({"status": "Requested"}, Met.NOT_MET),
        ({"status": "Approved", "concerns": None}, Met.NOT_MET),
        ({"status": "Approved", "concerns": "G1"}, Met.NOT_MET),
    ],
)
def test_an_approved_waiver_holds_until_it_expires(store: Store, waiver: dict[str, Any], state: Met) -> None:
    project = a_follower(store, a_method(store))
    a_row(store, "waiver", **({"project": project, "subject": "No brief", "concerns": "brief"} | waiver))
    assert state_of(store, "brief") is state


def test_what_is_met_needs_no_waiver_and_standing_controls_may_be_waived(store: Store) -> None:
    project = a_follower(store, a_method(store))
    a_row(store, "deliverable", project=project, name="Brief", code="brief", status="Accepted")
    for code in ("brief", "sponsor-named", "method-applied"):
        a_row(store, "waiver", project=project, subject="Without", concerns=code, status="Approved")
    found = states(read_compliance(store))
    assert (found["brief"], found["sponsor-named"], found["method-applied"]) == (Met.MET, Met.WAIVED, Met.MET)


def test_waived_items_are_due_and_not_met_and_shown_apart(store: Store) -> None:
    project = a_follower(store, a_method(store), gate=PAST)
    a_row(store, "deliverable", project=project, name="Brief", code="brief", status="Accepted")
    a_row(store, "waiver", project=project, subject="Without", concerns="G1", status="Approved")
    table = read_compliance(store)
    met, not_met = [sum(state is each for state in states(table).values()) for each in (Met.MET, Met.NOT_MET)]
    assert table.share() == Share(due=met + not_met + 1, met=met, waived=1)
    assert table.project_shares() == (table.share(),)
    by_control = dict(zip([each.code for each in table.controls], table.control_shares(), strict=True))
    assert by_control["G1"] == Share(1, 0, 1)
    assert by_control["thing"].percent is None


def test_the_day_may_be_another_than_the_data_date(store: Store) -> None:
    a_follower(store, a_method(store), gate=PAST)
    assert states(read_compliance(store, PAST - DAY))["G1"] is Met.NOT_DUE
    assert states(read_compliance(store, SOON))["thing"] is Met.NOT_MET


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"lifecycle_status": "Cancelled", "finish_actual": PAST}, 0),
        ({"lifecycle_status": "Closed", "finish_actual": PAST}, 1),
        ({"lifecycle_status": "Closed", "finish_actual": DATA_DATE - timedelta(366)}, 0),
        ({"lifecycle_status": "Closed", "finish_actual": SOON}, 0),
        ({"lifecycle_status": "Closed"}, 0),
        ({"lifecycle_status": "On hold"}, 1),
        ({}, 1),
    ],
)
def test_projects_that_closed_in_the_last_year_are_still_asked(
    store: Store, values: dict[str, Any], count: int
) -> None:
    a_project(store, **values)
    assert len(read_compliance(store).projects) == count


def test_a_portfolio_without_projects_has_no_share(store: Store) -> None:
    table = read_compliance(store)
    assert table.share() == Share(0, 0, 0)
    assert table.share().percent is None
    assert share_by(table, Grouping.MANAGER) == ()


def test_risks_conditions_findings_and_lessons_are_counted(store: Store) -> None:
    project = a_project(store, finish_forecast=PAST)
    review = a_row(store, "gate_review", project=project, code="G1")
    a_row(store, "lesson", title="Ask first", project=project)
    a_row(store, "lesson", title="Of nobody")
    risks: dict[str, dict[str, Any]] = {
        "by its band": {"prob_residual": 5, "impact_residual": 5, "last_review": DATA_DATE - timedelta(15)},
        "off the matrix": {"prob_residual": 9, "impact_residual": 9, "last_review": DATA_DATE},
        "mild": {"prob_inherent": 1, "impact_inherent": 1, "last_review": DATA_DATE - timedelta(80)},
        "half rated": {"prob_inherent": 1, "last_review": DATA_DATE},
        "closed": {"status": "Closed"},
        "nothing known": {},
    }
    for title, values in risks.items():
        a_row(store, "risk", title=title, project=project, **values)
    for place, (due, revised, done) in enumerate(
        [(PAST, None, None), (PAST, SOON, None), (None, None, None), (PAST, None, PAST)]
    ):
        action = a_row(
            store, "action", description=f"Condition {place}", project=project, due=due, revised_due=revised, done=done
        )
        ends = {"from_register": "action", "from_row": action, "to_register": "gate_review", "to_row": review}
        a_row(store, "entry_link", kind="Condition of", from_called="a", to_called="b", **ends)
    a_row(
        store,
        "entry_link",
        kind="Became",
        from_called="a",
        to_called="b",
        from_register="risk",
        from_row="r",
        to_register="issue",
        to_row="i",
    )
    a_row(store, "action", description="Of no gate", project=project, due=PAST)
    for status, due in (
        ("Open", PAST),
        (None, SOON),
        ("Verified", PAST),
        ("Action done", PAST),
        ("Action agreed", None),
    ):
        a_row(store, "finding", title=f"{status}", project=project, status=status, due=due)
    (found,) = read_compliance(store).projects
    facts = found.facts
    assert (facts.risks, facts.risks_late) == (5, 1)
    assert (facts.conditions, facts.conditions_late) == (3, 1)
    assert (facts.findings, facts.findings_late) == (3, 1)
    assert facts.lessons == 1


def test_shares_are_summed_by_manager_programme_portfolio_and_version(store: Store) -> None:
    method = a_method(store)
    ann, bea = a_person(store, "ann"), a_person(store, "Bea")
    programme, portfolio = a_programme(store), a_portfolio(store)
    a_follower(store, method, "Alpha", pm=bea, programme=programme)
    a_follower(store, method, "Beta", pm=ann, portfolio=portfolio)
    a_project(store, "Gamma", pm=ann)
    a_project(store, "Delta")
    table = read_compliance(store)
    names = {how: [(each.name, each.projects) for each in share_by(table, how)] for how in Grouping}
    assert names == {
        Grouping.MANAGER: [("ann", 2), ("Bea", 1), ("No manager", 1)],
        Grouping.PROGRAMME: [("Customer", 1), ("No programme", 3)],
        Grouping.PORTFOLIO: [("Change", 1), ("No portfolio", 3)],
        Grouping.METHODOLOGY: [("Two steps 1.0", 2), ("No methodology", 2)],
    }
    for how in Grouping:
        groups = share_by(table, how)
        assert sum(each.share.due for each in groups) == table.share().due
        assert sum(each.share.met for each in groups) == table.share().met


def test_versions_of_one_methodology_share_their_columns_and_one_may_be_looked_at_alone(store: Store) -> None:
    first, second, other = a_method(store), a_method(store, "2.0"), a_method(store, code="small-work")
    for method in (first, second, other):
        a_follower(store, method, method)
    parts = [(each.methodology, each.code) for each in read_compliance(store).controls if each.methodology]
    assert parts == [(code, part) for code in ("small-work", "two-steps") for part in ("brief", "G1", "thing")]
    assert [each.name for each in read_compliance(store, methodology=second).projects] == [second]
