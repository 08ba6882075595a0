"""Health checks and audits: questions taken in, a check planned, answered and reported, each one step."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.audits import read_audit
from pmo_desktop.operations.audits import (
    answer_questions,
    plan_audit,
    report_audit,
    shipped_questions,
    take_questions,
)
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.assurance import Answer, AuditKind
from pmo_desktop.rules.audit import AuditQuestion, QuestionSheet
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_project, a_row, change_row, remove_row, state_hash

TODAY = date(2026, 11, 13)
SHEET = QuestionSheet(
    "Two minutes",
    "Short",
    (
        AuditQuestion("Q-1", "Is it needed?", "Why", "Ask.", 3.0),
        AuditQuestion("Q-2", "Is it planned?", "How"),
        AuditQuestion("Q-3", "Is it staffed?", "How"),
    ),
)


@pytest.fixture
def audit(store: Store) -> str:
    return plan_audit(store, "Autumn check", take_questions(store, SHEET), a_project(store, ref="A-1"))


def answers_of(store: Store, audit: str) -> dict[str, tuple[str | None, str]]:
    sheet = read_audit(store, audit)
    return {line.code: (line.answer, line.comment) for section in sheet.sections for line in section.lines}


def test_three_sets_of_questions_are_shipped_in_order() -> None:
    sheets = shipped_questions()
    assert [(each.name, len(each.questions)) for each in sheets] == [
        ("Methodology compliance audit", 16),
        ("PMO service self-check", 15),
        ("Project health check", 21),
    ]
    codes = [question.code for sheet in sheets for question in sheet.questions]
    assert len(set(codes)) == len(codes)
    for sheet in sheets:
        assert sheet.purpose
        assert all(each.text.endswith("?") and each.guidance and each.section for each in sheet.questions)


def test_shipped_questions_can_be_taken_in_once(store: Store) -> None:
    for sheet in shipped_questions():
        take_questions(store, sheet)
    assert len(read_rows(store, "question")) == 52
    with pytest.raises(Known, match="There is a set of questions Project health check already"):
        take_questions(store, shipped_questions()[-1])


@pytest.mark.parametrize("questions", [(), (AuditQuestion("Q", "One?"), AuditQuestion("Q", "Two?"))])
def test_a_set_needs_questions_with_codes_of_their_own(store: Store, questions: tuple[AuditQuestion, ...]) -> None:
    with pytest.raises(Known, match="each with a code of its own"):
        take_questions(store, QuestionSheet("Odd", "", questions))
    assert not read_rows(store, "question_set")


def test_a_check_is_planned_with_its_questions_as_they_read(store: Store, audit: str) -> None:
    question = read_rows(store, "question")[0]
    change_row(store, "question", question["id"], text="Is it wanted?")
    assert latest_batches(store)[1].what == "Plan health check AUD-001 Autumn check"
    sheet = read_audit(store, audit)
    assert [line.text for section in sheet.sections for line in section.lines] == [
        each.text for each in SHEET.questions
    ]
    assert sheet.row["status"] == "Planned"


def test_planning_is_one_step(store: Store) -> None:
    questions = take_questions(store, SHEET)
    before = state_hash(store)
    plan_audit(store, "Portfolio", questions, kind=AuditKind.AUDIT, planned=TODAY)
    undo(store)
    assert state_hash(store) == before


def test_what_cannot_be_planned_is_said(store: Store) -> None:
    questions = take_questions(store, SHEET)
    before = state_hash(store)
    for words, given in {
        "set of questions has been deleted": ("Check", "gone", None),
        "has no title": (" ", questions, None),
        "project has been deleted": ("Check", questions, "gone"),
    }.items():
        with pytest.raises(Known, match=words):
            plan_audit(store, *given)
    assert state_hash(store) == before


def test_numbers_go_on_through_the_whole_portfolio(store: Store) -> None:
    questions = take_questions(store, SHEET)
    a_row(store, "audit", title="Old", ref="aud-7")
    a_row(store, "audit", title="Odd", ref="X")
    plan_audit(store, "Next", questions)
    assert read_rows(store, "audit")[-1]["ref"] == "AUD-008"


def test_answers_are_one_step_and_begin_the_check(store: Store, audit: str) -> None:
    before = state_hash(store)
    assert answer_questions(store, audit, {"Q-1": Answer.YES, "Q-2": Answer.NO}, {"Q-2": " No dates "})
    assert answers_of(store, audit) == {"Q-1": ("Yes", ""), "Q-2": ("No", "No dates"), "Q-3": (None, "")}
    assert read_audit(store, audit).row["status"] == "Under way"
    assert answer_questions(store, audit, {"Q-1": Answer.YES}) is None
    undo(store)
    assert state_hash(store) == before


def test_a_comment_alone_does_not_begin_it_and_an_answer_can_be_taken_back(store: Store, audit: str) -> None:
    answer_questions(store, audit, {}, {"Q-1": "Ask the sponsor"})
    assert read_audit(store, audit).row["status"] == "Planned"
    answer_questions(store, audit, {"Q-1": Answer.NOT_APPLICABLE})
    answer_questions(store, audit, {"Q-1": None})
    assert answers_of(store, audit)["Q-1"] == (None, "Ask the sponsor")


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_APPLICABLE])
def test_no_and_not_applicable_need_a_comment(store: Store, audit: str, answer: Answer) -> None:
    before = state_hash(store)
    with pytest.raises(Known, match="Q-2 and Q-3 need a comment"):
        answer_questions(store, audit, {"Q-1": Answer.YES, "Q-2": answer, "Q-3": answer}, {"Q-2": "  "})
    assert state_hash(store) == before


def test_a_question_of_another_set_is_refused(store: Store, audit: str) -> None:
    with pytest.raises(Known, match="AUD-001 has no question HC-01"):
        answer_questions(store, audit, {"HC-01": Answer.YES})


def test_a_report_closes_the_check_with_its_score(store: Store, audit: str) -> None:
    answer_questions(store, audit, {"Q-1": Answer.YES, "Q-2": Answer.PARTLY})
    assert report_audit(store, audit, TODAY, " Sound ") == pytest.approx(70.0)
    row = read_row(store, "audit", audit)
    assert row is not None
    assert (row["score"], row["status"], row["held_on"], row["opinion"]) == (70.0, "Reported", TODAY, "Sound")
    assert latest_batches(store)[0].what == "Report AUD-001 with 70 %"
    with pytest.raises(Known, match="AUD-001 is reported"):
        report_audit(store, audit, TODAY)
    with pytest.raises(Known, match="AUD-001 is reported"):
        answer_questions(store, audit, {"Q-3": Answer.YES})


def test_a_check_in_which_nothing_applies_has_no_score(store: Store, audit: str) -> None:
    codes = ("Q-1", "Q-2", "Q-3")
    answer_questions(store, audit, dict.fromkeys(codes, Answer.NOT_APPLICABLE), dict.fromkeys(codes, "Stopped"))
    assert report_audit(store, audit, TODAY) is None
    assert latest_batches(store)[0].what == "Report AUD-001"


def test_a_check_without_an_answer_is_not_reported(store: Store, audit: str) -> None:
    with pytest.raises(Known, match="none of its questions is answered"):
        report_audit(store, audit, TODAY)


def test_weights_are_one_when_the_set_is_gone(store: Store, audit: str) -> None:
    answer_questions(store, audit, {"Q-1": Answer.YES})
    for row in read_rows(store, "question"):
        remove_row(store, "question", row["id"])
    assert report_audit(store, audit, TODAY) == pytest.approx(100 / 3)


def test_a_check_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        report_audit(store, "gone", TODAY)
