"""Deciding a gate and taking the decision back: what follows for the milestone, the phases and the project."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.gates import read_gate_check
from pmo_desktop.operations.gatedecision import Condition, decide_gate, reopen_gate
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_row, state_hash
from tests.operations.gatestage import DAY, LATER, Stage, change, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def standing(stage: Stage) -> tuple[str | None, date | None, str | None, str, str, str]:
    """Decision, actual day and status of the milestone, status of both phases and of the project."""
    milestone = stage.row("milestone", stage.first)
    think, do = (stage.row("phase", each)["status"] for each in (stage.think, stage.do))
    status = stage.row("project", stage.project)["lifecycle_status"]
    return stage.row("gate_review", stage.g1)["decision"], milestone["actual"], milestone["status"], think, do, status


def test_a_gate_that_passes_ends_its_phase_and_begins_the_next_as_one_step(stage: Stage) -> None:
    before = state_hash(stage.store)
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY, stage.people["sue"], " Well done. ")
    assert standing(stage) == ("Approve", DAY, "Complete", "Complete", "Under way", "Proposed")
    row = stage.row("gate_review", stage.g1)
    assert (row["decided_on"], row["decided_by"], row["reason"]) == (DAY, stage.people["sue"], "Well done.")
    newest = latest_batches(stage.store, 1)[0]
    assert (newest.what, newest.why) == ("Approve G1 of HW-101", "Well done.")
    undo(stage.store)
    assert state_hash(stage.store) == before


@pytest.mark.parametrize(
    ("decision", "status"),
    [(GateDecision.REWORK, "Proposed"), (GateDecision.HOLD, "On hold"), (GateDecision.STOP, "Proposed")],
)
def test_a_gate_that_does_not_pass_leaves_its_milestone_open(stage: Stage, decision: GateDecision, status: str) -> None:
    decide_gate(stage.store, stage.g1, decision, DAY, reason="Not like this.", next_review=LATER)
    assert standing(stage) == (decision, None, None, "Under way", "Not started", status)
    assert stage.row("gate_review", stage.g1)["next_review"] == LATER


def test_conditions_become_actions_of_the_project_and_turn_the_gate_amber_when_they_lapse(stage: Stage) -> None:
    a_row(stage.store, "action", project=stage.project, ref="ACT-007", description="Old", custom={})
    ben = stage.people["ben"]
    conditions = [Condition(" Test again ", ben, date(2026, 11, 20)), Condition("Ask Legal", ben, LATER)]
    decide_gate(stage.store, stage.g1, GateDecision.CONDITIONS, DAY, conditions=conditions)
    _, first, second = read_rows(stage.store, "action")
    assert (first["ref"], first["description"], first["owner"]) == ("ACT-008", "Test again", ben)
    assert (first["source"], first["due"], first["raised"]) == ("Gate G1", date(2026, 11, 20), DAY)
    assert (second["ref"], second["status"]) == ("ACT-009", "Not started")
    check = read_gate_check(stage.store, stage.project, "G1")
    assert [(each.ref, each.done, each.lapsed) for each in check.conditions] == [
        ("ACT-008", False, False),
        ("ACT-009", False, False),
    ]
    assert (check.colour, check.verdict) == ("G", "Approved with conditions.")
    change(stage, "action", first["id"], due=date(2026, 11, 12))
    check = read_gate_check(stage.store, stage.project, "G1")
    assert (check.colour, check.verdict) == ("A", "Approved with conditions. 1 condition has lapsed.")
    change(stage, "action", first["id"], status="Complete")
    assert read_gate_check(stage.store, stage.project, "G1").colour == "G"


@pytest.mark.parametrize(
    ("decision", "reason", "conditions", "words"),
    [
        (GateDecision.STOP, " ", [], "Stop needs a reason"),
        (GateDecision.CONDITIONS, "", [], "has none"),
        (GateDecision.APPROVE, "", [("Test", "ben", LATER)], "Approve takes no conditions"),
        (GateDecision.CONDITIONS, "", [("Test", None, LATER)], "“Test” needs a text, an owner and a day"),
        (GateDecision.CONDITIONS, "", [(" ", "ben", LATER)], "a condition needs a text"),
    ],
)
def test_what_a_decision_lacks_is_said_and_nothing_is_written(
    stage: Stage, decision: GateDecision, reason: str, conditions: list[Condition], words: str
) -> None:
    before = state_hash(stage.store)
    with pytest.raises(Known, match=words):
        decide_gate(stage.store, stage.g1, decision, DAY, reason=reason, conditions=conditions)
    assert state_hash(stage.store) == before


def test_a_gate_is_decided_once_until_it_is_reopened_with_a_reason(stage: Stage) -> None:
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY)
    with pytest.raises(Known, match="Reopen it first"):
        decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY)
    with pytest.raises(Known, match="needs a reason"):
        reopen_gate(stage.store, stage.g1, " ")
    reopen_gate(stage.store, stage.g1, "The money went.")
    assert standing(stage) == (None, None, "In progress", "Under way", "Not started", "Proposed")
    with pytest.raises(Known, match="no decision to take back"):
        reopen_gate(stage.store, stage.g1, "Again.")
    with pytest.raises(Known, match="no decision to take back"):
        reopen_gate(stage.store, "gone", "Again.")


def test_a_decision_not_to_pass_is_taken_back_without_touching_the_plan(stage: Stage) -> None:
    decide_gate(stage.store, stage.g1, GateDecision.HOLD, DAY, reason="Wait.")
    reopen_gate(stage.store, stage.g1, "Go on.")
    assert standing(stage) == (None, None, None, "Under way", "Not started", "On hold")


def test_phases_and_dates_that_are_ahead_already_stay(stage: Stage) -> None:
    change(stage, "phase", stage.do, status="Complete")
    change(stage, "milestone", stage.first, actual=date(2026, 11, 1))
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY)
    assert standing(stage)[1:5] == (date(2026, 11, 1), "Complete", "Complete", "Complete")
    reopen_gate(stage.store, stage.g1, "Again.")
    assert standing(stage)[3:5] == ("Under way", "Complete")


def test_the_last_gate_begins_nothing(stage: Stage) -> None:
    decide_gate(stage.store, stage.g2, GateDecision.APPROVE, DAY)
    assert stage.row("phase", stage.do)["status"] == "Complete"
    assert stage.row("phase", stage.think)["status"] == "Under way"


def test_without_a_methodology_the_gates_end_the_phases_in_their_order(stage: Stage) -> None:
    change(stage, "project", stage.project, methodology=None)
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY)
    assert standing(stage)[3:5] == ("Complete", "Under way")


def test_only_the_last_gate_of_a_phase_ends_it_and_a_gate_needs_neither_date_nor_phase(stage: Stage) -> None:
    library = {row["code"]: row for row in read_rows(stage.store, "method_phase")}
    a_row(stage.store, "method_gate", phase=library["think"]["id"], code="G1b", name="Sure?", position=9.0)
    decide_gate(stage.store, stage.g1, GateDecision.APPROVE, DAY)
    assert standing(stage)[2:5] == ("Complete", "Under way", "Not started")
    own = a_row(stage.store, "gate_review", project=stage.project, code="X9", custom={})
    decide_gate(stage.store, own, GateDecision.APPROVE, DAY)
    reopen_gate(stage.store, own, "Again.")
    assert stage.row("gate_review", own)["decision"] is None
