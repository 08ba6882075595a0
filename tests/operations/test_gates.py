"""Reviewing a gate: opening and holding it, answering criteria, voting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmo_desktop.figures.gates import read_gate_check
from pmo_desktop.operations.gates import answer_criteria, clear_answer, hold_review, open_review, vote_gate
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_project, remove_row, state_hash
from tests.operations.gatestage import BRIEF, DAY, MONEY, Stage, change, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def newest(stage: Stage) -> str:
    return latest_batches(stage.store, 1)[0].what


def test_a_review_is_opened_once(stage: Stage) -> None:
    other = a_project(
        stage.store, "Other", ref="HW-102", methodology=stage.row("project", stage.project)["methodology"]
    )
    made = open_review(stage.store, other, "G1", stage.people["mia"])
    row = stage.row("gate_review", made)
    assert (row["code"], row["name"], row["reviewer"]) == ("G1", "Go?", stage.people["mia"])
    assert newest(stage) == "Open the review of G1 of HW-102"
    with pytest.raises(Known, match="G1 has a review already"):
        open_review(stage.store, other, "G1")
    assert stage.row("gate_review", open_review(stage.store, other, "X1", name="Extra"))["name"] == "Extra"
    with pytest.raises(Known, match="project has been deleted"):
        open_review(stage.store, "gone", "G1")


def test_who_reviewed_and_when_is_noted(stage: Stage) -> None:
    hold_review(stage.store, stage.g1, stage.people["mia"], DAY)
    row = stage.row("gate_review", stage.g1)
    assert (row["reviewer"], row["held_on"]) == (stage.people["mia"], DAY)
    assert hold_review(stage.store, stage.g1, stage.people["mia"], DAY) is None


def test_many_answers_are_one_step(stage: Stage) -> None:
    before = state_hash(stage.store)
    answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.NO}, {MONEY: " Not yet. "})
    assert newest(stage) == "2 answers at G1 of HW-101"
    rows = {row["code"]: row for row in read_rows(stage.store, "gate_answer")}
    money = rows[MONEY]
    assert (money["text"], money["answer"], money["comment"]) == ("The money is there.", "No", "Not yet.")
    assert (money["answered_on"], money["answered_by"]) == (DAY, "ann")
    undo(stage.store)
    assert state_hash(stage.store) == before


def test_an_answer_is_replaced_and_its_comment_kept_without_a_new_one(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.NO}, {MONEY: "Not yet."})
    assert newest(stage) == "Answer No at G1 of HW-101"
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.PARTLY})
    (row,) = read_rows(stage.store, "gate_answer")
    assert (row["answer"], row["comment"]) == ("Partly", "Not yet.")
    assert answer_criteria(stage.store, stage.g1, {MONEY: Answer.PARTLY}) is None
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.YES}, {MONEY: ""})
    assert read_rows(stage.store, "gate_answer")[0]["comment"] is None


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_APPLICABLE])
def test_no_and_not_applicable_need_a_comment(stage: Stage, answer: Answer) -> None:
    before = state_hash(stage.store)
    with pytest.raises(Known, match=f"“The money is there.” needs a comment that says why it is {answer}"):
        answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: answer}, {MONEY: "  "})
    assert state_hash(stage.store) == before


def test_a_criterion_that_the_gate_has_not_is_refused(stage: Stage) -> None:
    with pytest.raises(Known, match="G1 has no criterion g9"):
        answer_criteria(stage.store, stage.g1, {"g9": Answer.YES})


def test_an_answer_to_a_criterion_that_left_the_library_can_be_changed(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.YES})
    (row,) = [each for each in read_rows(stage.store, "method_criterion") if each["code"] == MONEY]
    remove_row(stage.store, "method_criterion", row["id"])
    answer_criteria(stage.store, stage.g1, {MONEY: Answer.PARTLY})
    assert [(each["text"], each["answer"]) for each in read_rows(stage.store, "gate_answer")] == [
        ("The money is there.", "Partly")
    ]


def test_an_answer_is_taken_back(stage: Stage) -> None:
    answer_criteria(stage.store, stage.g1, {BRIEF: Answer.YES, MONEY: Answer.YES})
    clear_answer(stage.store, stage.g1, MONEY)
    assert [row["code"] for row in read_rows(stage.store, "gate_answer")] == [BRIEF]
    assert clear_answer(stage.store, stage.g1, MONEY) is None


def test_a_member_has_one_vote(stage: Stage) -> None:
    vote_gate(stage.store, stage.g1, stage.people["sue"], GateDecision.HOLD, " Wait. ")
    vote_gate(stage.store, stage.g1, stage.people["mia"], GateDecision.APPROVE)
    vote_gate(stage.store, stage.g1, stage.people["sue"], GateDecision.APPROVE)
    assert newest(stage) == "Sue Okafor votes Approve at G1 of HW-101"
    votes = read_gate_check(stage.store, stage.project, "G1").votes
    assert [(each.person, each.vote, each.comment) for each in votes] == [
        (stage.people["sue"], "Approve", ""),
        (stage.people["mia"], "Approve", ""),
    ]


def test_a_decided_review_is_closed(stage: Stage) -> None:
    change(stage, "gate_review", stage.g1, decision="Rework")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: answer_criteria(stage.store, stage.g1, {MONEY: Answer.YES}),
        lambda: clear_answer(stage.store, stage.g1, MONEY),
        lambda: vote_gate(stage.store, stage.g1, stage.people["sue"], GateDecision.HOLD),
        lambda: hold_review(stage.store, stage.g1, None, DAY),
    )
    for deed in deeds:
        with pytest.raises(Known, match=r"G1 of HW-101 is decided \(Rework\). Reopen it first"):
            deed()
    with pytest.raises(Known, match="gate review has been deleted"):
        clear_answer(stage.store, "gone", MONEY)
