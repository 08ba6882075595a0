"""The review of a gate on its page: answers, votes, conditions, the decision, and what the authority says of it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.rules.compliance import Mode, Reaction
from pmo_desktop.store.rows import Record, read_linked, read_rows
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.methods.review import ReviewPage
from pmo_desktop.ui.methods.rulings import gate_rulings, refusal_words
from tests.builders import change_row, remove_row
from tests.ui.methods.conftest import Scene
from tests.ui.methodstage import press
from tests.ui.test_names import nameless

KEY = Qt.Key
TODAY = date(2026, 11, 13)


def begin(stage: Scene, gate: str = "G1") -> ReviewPage:
    """The page of a review, opened by the button of the header."""
    stage.check(stage.project, gate)
    stage.perform("gate.review")
    QApplication.processEvents()
    return stage.pane.pages.review


def review_row(stage: Scene, gate: str = "G1") -> Record:
    rows = read_linked(stage.store, "gate_review", "project", [stage.project])
    return next(row for row in rows if row["code"] == gate)


def texts(box: QVBoxLayout) -> list[str]:
    """All words in a column."""
    found = []
    for place in range(box.count()):
        item = box.itemAt(place)
        widget = item.widget() if item else None
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel) if widget else []
        found += [each.text() for each in labels]
    return found


def meet_all(stage: Scene, page: ReviewPage) -> None:
    """Answer every criterion Yes, and have every mandatory deliverable accepted."""
    page.checklist.selectAll()
    press(page.checklist, KEY.Key_Y)
    for row in read_linked(stage.store, "deliverable", "project", [stage.project]):
        change_row(stage.store, "deliverable", row["id"], status="Accepted", accepted_on=TODAY)


def choose(page: ReviewPage, decision: GateDecision, **fields: str) -> None:
    """What a person chooses and types before they press the button."""
    page.board.choices[decision].click()
    for name, text in fields.items():
        page.board.fields.write(name, text)


# ---------------------------------------------------------------------- the page


def test_the_page_shows_the_gate_and_everything_on_it_has_a_name(stage: Scene) -> None:
    page = begin(stage)
    assert stage.pane.pages.is_reviewing
    assert page.title.text() == "Gate review: G1 Go?"
    assert page.about.text().startswith("Billing, planned ")
    assert page.head.number.text() == "0 of 2"
    assert not stage.buttons[-1].isVisible()  # one primary button at a time
    assert nameless(stage.window) == []
    assert stage.pane.regions()[0] is page.checklist
    page.left.emit()
    assert stage.pane.pages.currentWidget() is stage.pane.pages.sides
    assert stage.buttons[-1].isVisible()


def test_a_review_needs_a_project_and_asks_for_it(stage: Scene) -> None:
    stage.pane.go_to_gate("", "G1")
    stage.perform("gate.review")
    assert stage.said == ["Choose the project whose gate is reviewed."]
    stage.pane.page.projects.hidePopup()
    assert not stage.pane.pages.is_reviewing


def test_criteria_are_answered_by_letters_and_by_commands(stage: Scene) -> None:
    page = begin(stage)
    press(page.checklist, KEY.Key_Y)
    stage.perform("gate.partly")
    assert stage.answers(stage.project) == {"g1-brief": ("Partly", None)}
    assert page.head.number.text() == "0 of 2"
    undo(stage.store)
    assert page.head.number.text() == "1 of 2"


def test_votes_are_given_and_replaced(stage: Scene) -> None:
    page = begin(stage)
    assert texts(page.board.votes_box) == ["Nobody has voted yet."]
    page.board.add_vote.click()
    assert page.box is not None
    stage.fill_box(page.box, person="Tom Okafor", vote="Rework", comment="Not yet")
    assert texts(page.board.votes_box) == ["Tom Okafor", "Rework: Not yet"]
    page.board.add_vote.click()
    stage.fill_box(page.box, person="Tom Okafor", vote="Approve")
    assert texts(page.board.votes_box) == ["Tom Okafor", "Approve"]


def test_who_reviewed_is_noted(stage: Scene) -> None:
    page = begin(stage)
    assert page.reviewed.text() == "Say who reviews"
    page.reviewed.click()
    assert page.box is not None
    stage.fill_box(page.box, reviewer="Tom Okafor")
    assert page.reviewed.text() == "Reviewed by Tom Okafor, 13 November 2026"


# ---------------------------------------------------------------------- decisions


def test_a_decision_is_one_step_and_takes_its_toast_back(stage: Scene) -> None:
    page = begin(stage)
    meet_all(stage, page)
    steps = len(latest_batches(stage.store))
    choose(page, GateDecision.APPROVE, decided_by="Tom Okafor", reason="All there", next_review="1 Mar 2027")
    page.board.record.click()
    row = review_row(stage)
    assert (row["decision"], row["reason"], row["next_review"]) == ("Approve", "All there", date(2027, 3, 1))
    assert len(latest_batches(stage.store)) == steps + 1
    assert stage.toasts[-1] == "G1 decided: approve [Undo]"
    assert texts(page.board.outcome_box)[0] == "Approve by Tom Okafor, 13 November 2026"
    assert texts(page.board.outcome_box)[1:] == ["All there", "Next review 1 March 2027"]
    assert not page.board.foot.isVisible()
    press(page.checklist, KEY.Key_N)  # a decided gate is not answered any more
    assert "is decided" in stage.toasts[-1]
    stage.offers[-1]()
    assert review_row(stage)["decision"] is None
    assert page.board.foot.isVisible()


def test_nothing_chosen_and_no_reason_are_said_and_what_was_typed_stays(stage: Scene) -> None:
    page = begin(stage)
    page.board.record.click()
    assert page.board.message is not None
    assert page.board.message.words.text() == "Nothing was decided: choose a decision first."
    choose(page, GateDecision.REWORK, decided_by="Tom Okafor")
    page.board.record.click()
    assert page.board.message.words.text().startswith("Nothing was decided: Rework needs a reason.")
    page.board.fields.write("next_review", "some day")
    page.board.record.click()
    assert page.board.message.words.text().startswith("Next review: ")
    page.board.fields.write("next_review", "")
    page.board.fields.write("decided_by", "Nobody Known")
    page.board.record.click()
    assert "nobody here is called Nobody Known" in page.board.message.words.text()
    page.board.fields.write("decided_by", "Tom Okafor")
    page.board.fields.write("reason", "Mend the brief")
    page.board.record.click()
    assert review_row(stage)["decision"] == "Rework"


def test_conditions_are_typed_removed_and_become_actions(stage: Scene) -> None:
    page = begin(stage)
    choose(page, GateDecision.CONDITIONS)
    assert page.board.conditions_part.isVisible()
    page.board.add_condition.click()
    assert page.box is not None
    stage.fill_box(page.box, text="Sign the brief")
    assert "owner" in page.box.wrong.text()
    stage.fill_box(page.box, text="Sign the brief", owner="Tom Okafor", due="1 Dec 2026")
    page.board.add_condition.click()
    stage.fill_box(page.box, text="A second one", owner="Priya Nair", due="2 Dec 2026")
    assert texts(page.board.conditions_box)[:2] == ["Sign the brief", "Tom Okafor, by 01 Dec 26"]
    remove = next(each for each in page.board.findChildren(IconButton) if each.toolTip().endswith("A second one"))
    remove.click()
    page.board.record.click()
    assert [row["description"] for row in read_rows(stage.store, "action")] == ["Sign the brief"]
    assert "Sign the brief" in texts(page.board.conditions_box)
    choose_again = page.board.choices[GateDecision.APPROVE]
    assert not choose_again.isVisible()


def test_a_decided_gate_is_reopened_with_a_reason(stage: Scene) -> None:
    page = begin(stage)
    choose(page, GateDecision.HOLD, reason="No money")
    page.board.record.click()
    page.board.reopen.click()
    assert page.box is not None
    stage.fill_box(page.box, reason="Money found")
    assert review_row(stage)["decision"] is None
    assert stage.toasts[-1] == "Gate reopened [Undo]"


# ---------------------------------------------------------------------- the authority


@pytest.mark.parametrize(
    ("mode", "reactions"),
    [
        (Mode.SUPPORTIVE, [Reaction.ALLOW]),
        (Mode.CONTROLLING, [Reaction.BLOCK]),
        (Mode.DIRECTIVE, [Reaction.BLOCK]),
    ],
)
def test_each_authority_says_its_own(stage: Scene, mode: Mode, reactions: list[Reaction]) -> None:
    set_authority(stage.store, mode, date(2026, 1, 1))
    page = begin(stage)
    assert page.check is not None
    assert [each.reaction for each in gate_rulings(stage.store, page.check.gate)] == reactions
    assert page.board.authority.text() == f"What the PMO’s authority says: {mode.lower()}"
    assert texts(page.board.rules_box)


def test_a_gate_with_everything_there_has_nothing_against_it(stage: Scene) -> None:
    page = begin(stage)
    meet_all(stage, page)
    assert texts(page.board.rules_box) == ["Nothing stands against passing the gate."]


def test_a_blocked_decision_keeps_what_was_typed_until_a_waiver_lets_it_pass(stage: Scene) -> None:
    set_authority(stage.store, Mode.CONTROLLING, date(2026, 1, 1))
    page = begin(stage)
    choose(page, GateDecision.APPROVE, decided_by="Tom Okafor", reason="Go on")
    page.board.record.click()
    assert page.board.message is not None
    assert page.board.message.words.text() == (
        "Nothing was decided; what you typed is kept. It is blocked until the gate's approver waives what stands "
        "against it: ask for a waiver."
    )
    assert (page.board.fields.text("reason"), page.board.decision) == ("Go on", GateDecision.APPROVE)
    page.board.waive.click()
    assert page.deeds.box is not None
    stage.fill_box(page.deeds.box, reason="The board knows", expires="1 Mar 2027", requested_by="Priya Nair")
    assert "Waiver W-001 for the gate is requested" in texts(page.board.rules_box)
    page.board.settling.emit(read_rows(stage.store, "waiver")[0])
    stage.fill_box(page.deeds.box, decision="Approved", approver="Tom Okafor")
    assert "Waiver W-001 for the gate is approved until 1 March 2027" in texts(page.board.rules_box)
    page.board.record.click()
    assert review_row(stage)["decision"] == "Approve"
    assert [row["outcome"] for row in read_rows(stage.store, "override")] == ["Waived"]


def test_skipping_a_gate_asks_who_approves_it(stage: Scene) -> None:
    set_authority(stage.store, Mode.CONTROLLING, date(2026, 1, 1))
    page = begin(stage, "G2")
    meet_all(stage, page)
    choose(page, GateDecision.APPROVE, reason="The first one is a form")
    assert not page.board.grant.isVisible()
    page.board.record.click()
    assert page.board.message is not None
    assert "It needs a reason and an approver: fill them in above." in page.board.message.words.text()
    assert page.board.grant.isVisible()
    page.board.grant.write("approver", "Tom Okafor")
    page.board.record.click()
    assert review_row(stage, "G2")["decision"] == "Approve"
    assert [row["event"] for row in read_rows(stage.store, "override")] == ["Gate skipped"]


def test_a_refusal_without_rulings_is_short() -> None:
    assert refusal_words(()) == "Nothing was decided; what you typed is kept."


def test_a_review_that_is_deleted_begins_anew_and_a_project_that_is_gone_leaves_the_page(stage: Scene) -> None:
    remove_row(stage.store, "gate_review", review_row(stage)["id"])
    page = begin(stage)
    press(page.checklist, KEY.Key_Y)
    assert stage.answers(stage.project) == {"g1-brief": ("Yes", None)}
    stage.pane.refresh()
    assert page.show_review(page.method, "nothing", "G1") is False  # type: ignore[arg-type]
    page.refresh()
    assert stage.pane.pages.is_reviewing
