"""A project is sized, given a methodology and tailored, each one step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.applying import preview_apply
from pmo_desktop.figures.sizing import propose_sizing
from pmo_desktop.figures.tailoring import TailoringLine, read_tailoring
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methods import install_method, retire_method
from pmo_desktop.operations.tailoring import apply_method, size_project, tailor_in, tailor_out
from pmo_desktop.rules.sizing import SCALES
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_milestone, a_person, a_portfolio, a_project, a_row, change_row, state_hash
from tests.twosteps import DAY, FIRST, SECOND, approved

START, FINISH = date(2026, 11, 2), date(2027, 2, 21)  # 112 days: 28 to think, 84 to do
G1_DAY = date(2026, 11, 29)
SMALL = dict.fromkeys((each.name for each in SCALES), 1)


def one(store: Store, entity: str, **cells: Any) -> dict[str, Any]:
    """The one row with these cells."""
    (found,) = [row for row in read_rows(store, entity) if cells.items() <= row.items()]
    return found


def test_a_project_gets_the_tier_its_score_proposes(store: Store) -> None:
    project = a_project(store)
    before = state_hash(store)
    size_project(store, project, SMALL, DAY)
    sizing = one(store, "sizing")
    assert (sizing["tier"], sizing["sized_on"], sizing["novelty"]) == ("Tier 3", DAY, 1.0)
    assert one(store, "project")["tier"] == "Tier 3"
    assert propose_sizing(store, project).size.tier == "Tier 3"
    assert latest_batches(store)[0].what == "Size Alpha as Tier 3"
    undo(store)
    assert state_hash(store) == before


def test_another_tier_than_the_proposed_one_needs_a_reason(store: Store) -> None:
    project = a_project(store)
    with pytest.raises(Known, match=r"say why it is Tier 1[.] 5 of 25 is Tier 3"):
        size_project(store, project, SMALL, DAY, "Tier 1", " ")
    size_project(store, project, SMALL, DAY, "Tier 1", "The minister watches")
    assert one(store, "sizing")["reason"] == "The minister watches"
    assert latest_batches(store)[0].why == "The minister watches"


def test_without_a_whole_score_a_tier_is_chosen_with_a_reason(store: Store) -> None:
    project = a_project(store)
    with pytest.raises(Known, match=r"has no size yet[.] Not scored yet: duration"):
        size_project(store, project, {"cost": 2}, DAY)
    size_project(store, project, {"cost": 2}, DAY, "Tier 2", "Like the last one")
    assert (one(store, "sizing")["cost"], one(store, "sizing")["duration"]) == (2.0, None)


def test_a_tier_and_a_project_must_be_there(store: Store) -> None:
    with pytest.raises(Known, match="There is no Large"):
        size_project(store, a_project(store), SMALL, DAY, "Large", "x")
    with pytest.raises(Known, match="has been deleted"):
        size_project(store, "gone", SMALL, DAY)


def test_what_was_mandatory_by_the_old_tier_follows_the_new_one(store: Store) -> None:
    project = a_project(store, tier="Tier 2")
    apply_method(store, project, approved(store))
    change_row(store, "deliverable", one(store, "deliverable", code="thing")["id"], mandatory=False)
    size_project(store, project, SMALL, DAY)
    mandatory = {row["code"]: row["mandatory"] for row in read_rows(store, "deliverable")}
    assert mandatory == {"brief": True, "study": False, "risks": False, "thing": False, "manual": False}
    size_project(store, project, dict.fromkeys(SMALL, 5), DAY)
    mandatory = {row["code"]: row["mandatory"] for row in read_rows(store, "deliverable")}
    assert mandatory == {"brief": True, "study": False, "risks": True, "thing": False, "manual": True}


def test_applying_creates_phases_gates_and_deliverables_with_dates_and_owners_in_one_step(store: Store) -> None:
    manager, sponsor = a_person(store), a_person(store, "Iris Falk")
    project = a_project(store, ref="A-1", pm=manager, sro=sponsor, start_forecast=START, finish_forecast=FINISH)
    first = approved(store)
    before = state_hash(store)
    apply_method(store, project, first)
    assert one(store, "project")["methodology"] == first
    phases = read_rows(store, "phase")
    assert [(row["code"], row["name"], row["position"], row["start"], row["finish"]) for row in phases] == [
        ("think", "Think", 1.0, START, G1_DAY),
        ("do", "Do", 2.0, date(2026, 11, 30), FINISH),
    ]
    stone = one(store, "milestone", gate="G1")
    assert (stone["name"], stone["type"], stone["baseline"], stone["forecast"]) == ("G1 Go?", "Gate", G1_DAY, G1_DAY)
    assert [(row["code"], row["name"]) for row in read_rows(store, "gate_review")] == [("G1", "Go?"), ("G2", "Done?")]
    brief = one(store, "deliverable", code="brief")
    assert {name: brief[name] for name in ("stage", "gate", "due", "owner", "acceptor", "mandatory", "status")} == {
        "stage": "Think",
        "gate": "G1",
        "due": G1_DAY,
        "owner": manager,
        "acceptor": sponsor,
        "mandatory": True,
        "status": "Not started",
    }
    assert brief["acceptance_criteria"] == "Agreed by the sponsor."
    assert one(store, "deliverable", code="thing")["owner"] is None
    assert latest_batches(store)[0].what == "Apply Two steps 1.0 to A-1"
    undo(store)
    assert state_hash(store) == before


def test_what_the_project_has_already_is_taken_over_and_not_doubled(store: Store) -> None:
    project = a_project(store, start_forecast=START, finish_forecast=FINISH)
    g1 = a_milestone(store, project, "Gate 1", type="Gate", forecast=date(2026, 12, 24), status="Complete")
    g2 = a_milestone(store, project, "whatever", gate="g2")
    a_milestone(store, project, "Gate 1 (old)", type="Gate", status="Cancelled")
    a_milestone(store, project, "G1 go-live", type="Go-live")
    phase = a_row(store, "phase", project=project, name="think ", start=date(2026, 10, 1))
    brief = a_row(store, "deliverable", project=project, name="BRIEF", status="Accepted", due=date(2026, 10, 9))
    review = a_row(store, "gate_review", project=project, code="g1", decision="Approve")
    plan = preview_apply(store, project, approved(store))
    assert plan.counts() == {"phases": (1, 1), "gates": (0, 2), "deliverables": (4, 1)}
    apply_method(store, project, plan.methodology)
    rows = {
        row["id"]: row
        for name in ("milestone", "phase", "deliverable", "gate_review")
        for row in read_rows(store, name)
    }
    assert len(read_rows(store, "milestone")) == 4
    assert (rows[g1]["gate"], rows[g1]["baseline"], rows[g1]["forecast"]) == ("G1", None, date(2026, 12, 24))
    assert rows[g1]["name"] == "Gate 1"
    assert (rows[g2]["gate"], rows[g2]["type"], rows[g2]["forecast"]) == ("G2", "Gate", FINISH)
    assert (rows[phase]["code"], rows[phase]["start"], rows[phase]["finish"]) == ("think", date(2026, 10, 1), G1_DAY)
    assert (rows[brief]["code"], rows[brief]["due"], rows[brief]["status"]) == ("brief", date(2026, 10, 9), "Accepted")
    assert (rows[review]["code"], rows[review]["decision"]) == ("G1", "Approve")
    assert one(store, "deliverable", code="study")["due"] == date(2026, 12, 24)


def test_a_start_may_be_given_and_a_project_without_dates_gets_none(store: Store) -> None:
    first, dated, bare = approved(store), a_project(store), a_project(store, "Beta")
    plan = preview_apply(store, dated, first, START)
    assert [(each.start, each.finish) for each in plan.phases] == [(START, G1_DAY), (date(2026, 11, 30), FINISH)]
    assert {each.day for each in preview_apply(store, bare, first).gates} == {None}


def test_optional_deliverables_may_be_left_out_and_mandatory_ones_not(store: Store) -> None:
    project, first = a_project(store), approved(store)
    before = state_hash(store)
    with pytest.raises(Known, match="Brief and Risk list cannot be left out of a project of Tier 2"):
        apply_method(store, project, first, without=["risks", "brief", "study"])
    with pytest.raises(Known, match="has no deliverable nonsense to leave out"):
        apply_method(store, project, first, without=["nonsense"])
    assert state_hash(store) == before
    apply_method(store, project, first, without=["study"])
    assert [row["code"] for row in read_rows(store, "deliverable")] == ["brief", "risks", "thing", "manual"]
    assert [(line.code, line.status) for line in read_tailoring(store, project)] == [("study", "Left out")]


def test_only_an_approved_version_is_applied(store: Store) -> None:
    project = a_project(store)
    with pytest.raises(Known, match=r"Two steps 1[.]0 is not approved, so no project can follow it[.] Approve it"):
        apply_method(store, project, install_method(store, FIRST))
    retired = approved(store, SECOND)
    retire_method(store, retired, DAY)
    with pytest.raises(Known, match="Choose a later version"):
        apply_method(store, project, retired)
    with pytest.raises(Known, match="methodology has been deleted"):
        apply_method(store, project, "gone")
    with pytest.raises(Known, match="project has been deleted"):
        apply_method(store, "gone", approved(store, replace(FIRST, code="other")))


def test_a_project_that_follows_one_is_moved_and_not_given_another(store: Store) -> None:
    first, second = approved(store), approved(store, SECOND)
    project = a_project(store, methodology=first)
    apply_method(store, project, first)
    with pytest.raises(Known, match=r"Alpha follows a methodology already[.] Move it"):
        apply_method(store, project, second)


def test_a_deliverable_is_tailored_out_with_a_waiver_in_one_step_and_back_in(store: Store) -> None:
    project, asker = a_project(store), a_person(store)
    apply_method(store, project, approved(store))
    before = state_hash(store)
    waiver = tailor_out(store, project, "brief", " Done by the client ", date(2027, 1, 1), DAY, by=asker)
    assert one(store, "deliverable", code="brief")["status"] == "Not needed"
    assert latest_batches(store)[0].what == "Tailor Brief out of Alpha"
    assert read_tailoring(store, project) == (
        TailoringLine(
            code="brief",
            name="Brief not needed",
            mandatory=True,
            waiver=waiver,
            reason="Done by the client",
            requested_by="Priya Nair",
            approver="",
            since=DAY,
            until=date(2027, 1, 1),
            status="Approved",
            lapsed=False,
        ),
    )
    assert read_tailoring(store, project, date(2027, 1, 2))[0].lapsed
    after = state_hash(store)
    tailor_in(store, project, "brief")
    assert one(store, "deliverable", code="brief")["status"] == "Not started"
    assert one(store, "waiver")["status"] == "Withdrawn"
    undo(store)
    assert state_hash(store) == after
    undo(store)
    assert state_hash(store) == before


def test_what_was_handed_in_is_so_again_when_it_is_taken_back_in(store: Store) -> None:
    project = a_project(store)
    apply_method(store, project, approved(store))
    other = a_row(store, "waiver", project=project, subject="Thing", concerns="thing", status="Approved", custom={})
    change_row(store, "deliverable", one(store, "deliverable", code="brief")["id"], submitted_on=DAY)
    tailor_out(store, project, "brief", "x", None, DAY)
    tailor_in(store, project, "brief")
    assert one(store, "deliverable", code="brief")["status"] == "Submitted"
    assert (read_row(store, "waiver", other) or {})["status"] == "Approved"


@pytest.mark.parametrize(
    ("code", "reason", "until", "told"),
    [
        ("brief", " ", None, "Brief stays: say why"),
        ("brief", "x", date(2026, 11, 12), "12 November 2026 has passed"),
        ("study", "x", None, "Study is accepted already"),
        ("nothing", "x", None, "no deliverable with the library code nothing"),
    ],
)
def test_what_cannot_be_tailored_out_is_said(
    store: Store, code: str, reason: str, until: date | None, told: str
) -> None:
    project = a_project(store)
    apply_method(store, project, approved(store))
    change_row(store, "deliverable", one(store, "deliverable", code="study")["id"], status="Accepted")
    before = state_hash(store)
    with pytest.raises(Known, match=told):
        tailor_out(store, project, code, reason, until, DAY)
    with pytest.raises(Known, match="Brief was not tailored out: it is not started"):
        tailor_in(store, project, "brief")
    assert state_hash(store) == before


@pytest.mark.parametrize("mode", ["Controlling", "Directive"])
def test_a_pmo_with_authority_wants_an_approver_and_an_expiry_for_what_is_mandatory(store: Store, mode: str) -> None:
    board, asker, boss = a_portfolio(store), a_person(store), a_person(store, "Iris Falk")
    a_row(store, "authority", portfolio=board, mode=mode, effective_from=DAY)
    project = a_project(store, portfolio=board)
    apply_method(store, project, approved(store))
    until = date(2027, 1, 1)
    before = state_hash(store)
    for approver, day in ((None, until), (boss, None)):
        with pytest.raises(Known, match=f"the PMO is {mode.lower()}: name who approves"):
            tailor_out(store, project, "brief", "x", day, DAY, asker, approver)
    with pytest.raises(Known, match="nobody approves their own request"):
        tailor_out(store, project, "brief", "x", until, DAY, asker, asker)
    assert state_hash(store) == before
    tailor_out(store, project, "brief", "x", until, DAY, asker, boss)
    assert read_tailoring(store, project)[0].approver == "Iris Falk"
    tailor_out(store, project, "study", "x", None, DAY)


def test_what_is_marked_as_not_needed_with_no_waiver_stands_in_the_record_too(store: Store) -> None:
    project = a_project(store)
    assert read_tailoring(store, project) == ()
    apply_method(store, project, approved(store))
    change_row(store, "deliverable", one(store, "deliverable", code="brief")["id"], status="Not needed")
    (line,) = read_tailoring(store, project)
    assert (line.code, line.mandatory, line.waiver, line.status) == ("brief", True, None, "Not needed")
    with pytest.raises(Known, match="has been deleted"):
        read_tailoring(store, "gone")
