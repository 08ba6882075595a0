"""The report of a check: its sentence, scores by section that its blocks prove, and findings with who acts by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from pmo_desktop.operations.audits import answer_questions, plan_audit, report_audit, take_questions
from pmo_desktop.reports.audit import AuditRecord, answer_kinds, audit_message, read_audit_record, write_audit_report
from pmo_desktop.rules.assurance import Answer
from pmo_desktop.rules.audit import AuditQuestion, QuestionSheet
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_person, a_project, a_row, change_row
from tests.reports.conftest import DATA_DATE
from tests.reports.records import HOSTILE, read_back, squeezed, words_of

SHEET = QuestionSheet(
    "Two minutes",
    "Short",
    (
        AuditQuestion("Q-1", "Is it needed?", "Why", "Ask.", 3.0),
        AuditQuestion("Q-2", "Is it planned?", "How"),
        AuditQuestion("Q-3", "Is it staffed?", "How"),
        AuditQuestion("Q-4", "Is it legal?", "Law"),
    ),
)


@pytest.fixture
def audit(store: Store) -> str:
    project = a_project(store, "Billing", ref="A-1", pm=a_person(store, "Ben"), custom={})
    made = plan_audit(store, "Autumn check", take_questions(store, SHEET), project)
    change_row(store, "audit", made, auditor=a_person(store, "Mia"))
    return made


def add_finding(store: Store, audit: str, title: str, **values: Any) -> str:
    called = read_audit_record(store, audit).called
    return a_row(store, "finding", title=title, audit=called, custom={}, **values)


def pages_of(record: AuditRecord, paper: str = "a4") -> PdfReader:
    return read_back(lambda paper, out: write_audit_report(record, paper, out), paper)


def test_a_check_that_nobody_held_yet(store: Store, audit: str) -> None:
    text = words_of(pages_of(read_audit_record(store, audit)))
    assert "Autumn check: not scored yet" in text
    assert "A-1 Billing, not held yet, data date 13 November 2026" in text
    assert "Answered 0 of 4 questions" in text
    assert "Auditor Mia Signature" in text
    assert "Findings" not in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_scores_answers_and_findings_stand_there(store: Store, audit: str, paper: str) -> None:
    answers = {"Q-1": Answer.YES, "Q-2": Answer.PARTLY, "Q-3": Answer.NO, "Q-4": Answer.NOT_APPLICABLE}
    answer_questions(store, audit, answers, {"Q-3": "Nobody.", "Q-4": "Of no law."})
    report_audit(store, audit, DATA_DATE, "It will do.")
    owner = a_person(store, "Ann")
    late = {"grade": "Critical", "due": date(2026, 11, 1), "owner": owner, "cause": "Haste", "repeat_of": "F-9"}
    add_finding(store, audit, "No plan", ref="F-1", action="Plan", **late)
    add_finding(store, audit, "No tea", ref="F-2", status="Verified", verified_by=owner, due=date(2026, 1, 1))
    text = words_of(pages_of(read_audit_record(store, audit), paper))
    assert "Autumn check: 70% met, one critical finding is open" in text
    assert "Why 100% How 25% Law N/A All questions 70% G 1 yes A 1 partly R 1 no" in text
    assert "Opinion It will do." in text
    assert "R Critical No plan Cause: Haste Action: Plan F-1, repeats F-9 Ann Open 01 Nov 26 overdue" in text
    assert "Not graded No tea F-2 Nobody Verified by Ann 01 Jan 26" in text
    assert text.count("overdue") == 1
    assert "G Yes Is it needed? Ask." in text
    assert "Law does not apply \N{EN DASH} N/A Is it legal? Of no law." in text


def test_the_sentence_names_the_gravest_open_grade(store: Store, audit: str) -> None:
    answer_questions(store, audit, {"Q-1": Answer.YES})
    sheet = read_audit_record(store, audit).sheet
    assert audit_message(sheet) == "50% met, no finding is open"
    plain = {"grade": None, "status": "Open"}
    assert audit_message(replace(sheet, findings=(plain, plain))).endswith("two findings are open")
    graded = [plain, plain | {"grade": "Recommended"}, plain | {"grade": "Essential"}]
    assert audit_message(replace(sheet, findings=tuple(graded))).endswith("one essential finding is open")
    over = plain | {"grade": "Critical", "status": "Not accepted"}
    assert audit_message(replace(sheet, findings=(over,))).endswith("no finding is open")


def test_there_is_a_block_for_every_question_that_applies(store: Store, audit: str) -> None:
    answer_questions(store, audit, {"Q-1": Answer.YES, "Q-4": Answer.NOT_APPLICABLE}, {"Q-4": "Of no law."})
    lines = [line for section in read_audit_record(store, audit).sheet.sections for line in section.lines]
    assert [(kind.word, kind.number) for kind in answer_kinds(lines)] == [
        ("yes", 1),
        ("partly", 0),
        ("no", 0),
        ("not answered", 2),
    ]


def test_one_section_is_not_summed_up(store: Store) -> None:
    sheet = QuestionSheet("One", "", (AuditQuestion("Q-1", "Is it?"), AuditQuestion("Q-2", "Was it?")))
    made = plan_audit(store, "Quick look", take_questions(store, sheet), a_project(store, custom={}))
    text = words_of(pages_of(read_audit_record(store, made)))
    assert "Score Questions 0.0% \N{EN DASH} 2 not answered" in text
    assert "All questions" not in text


def test_a_check_without_questions_or_a_project(store: Store) -> None:
    made = a_row(store, "audit", title="Walk round?", comment="A stroll", custom={})
    text = words_of(pages_of(read_audit_record(store, made)))
    assert "Walk round? Not scored yet" in text
    assert "Comment A stroll" in text
    assert "Answers" not in text


def test_hostile_and_long_words_are_all_there(store: Store) -> None:
    long = HOSTILE * 40
    questions = tuple(AuditQuestion(f"Q-{n}", f"{n} {HOSTILE}?", f"Section {n % 3} " + "x" * 200) for n in range(30))
    project = a_project(store, HOSTILE * 4, ref="R" * 200, custom={})
    audit = plan_audit(store, HOSTILE * 5, take_questions(store, QuestionSheet("S", "", questions)), project)
    answer_questions(store, audit, {"Q-1": Answer.NO}, {"Q-1": long})
    add_finding(store, audit, long, cause=long, recommendation=long, owner=a_person(store, HOSTILE))
    text = squeezed(pages_of(read_audit_record(store, audit)))
    assert all("".join(f"{n} {HOSTILE}?".split()) in text for n in range(30))
    assert text.count("{{7*7}}") >= 30 + 40 * 4


def test_a_check_that_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        read_audit_record(store, "gone")
