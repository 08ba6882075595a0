"""Audits as they stand: a sheet by section, the findings that are open, and whom to check next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pmo_desktop.figures.audits import audit_sample, read_audit, read_findings
from pmo_desktop.rules.assurance import Answer, Grade
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_row
from tests.figures.conftest import DATA_DATE

DAY = timedelta(1)


def test_a_sheet_has_its_questions_by_section_with_their_scores(store: Store) -> None:
    questions = a_row(store, "question_set", name="Short")
    for place, (section, weight) in enumerate([("Why", 3.0), ("How", None), (None, None)], start=1):
        a_row(
            store,
            "question",
            question_set=questions,
            code=f"Q-{place}",
            section=section,
            text=f"{place}?",
            guidance="Ask." if place == 1 else None,
            weight=weight,
            position=place,
        )
    audit = a_row(store, "audit", title="Check", ref="AUD-001", questions="Short")
    a_row(store, "finding", title="Late", audit="AUD-001")
    a_row(store, "finding", title="Other", audit="AUD-002")
    for code, answer, comment in [
        ("Q-1", "Yes", None),
        ("Q-2", "N/A", "Small"),
        ("Q-3", None, None),
        ("Q-9", "No", "x"),
    ]:
        a_row(store, "audit_answer", audit=audit, code=code, text=f"{code}?", answer=answer, comment=comment)
    sheet = read_audit(store, audit)
    assert [(each.name, [line.code for line in each.lines], each.score) for each in sheet.sections] == [
        ("Why", ["Q-1"], 100.0),
        ("How", ["Q-2"], None),
        ("", ["Q-3", "Q-9"], 0.0),
    ]
    assert (sheet.score, sheet.answered, sheet.asked) == (60.0, 3, 4)
    first = sheet.sections[0].lines[0]
    assert (first.text, first.guidance, first.weight, first.answer) == ("Q-1?", "Ask.", 3.0, Answer.YES)
    assert [row["title"] for row in sheet.findings] == ["Late"]


def test_a_check_without_questions_has_no_score(store: Store) -> None:
    sheet = read_audit(store, a_row(store, "audit", title="By word of mouth"))
    assert (sheet.sections, sheet.score, sheet.asked) == ((), None, 0)


def test_a_check_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        read_audit(store, "gone")


def test_a_sample_says_why_each_project_is_in_it(store: Store) -> None:
    trouble = a_project(
        store,
        "Trouble",
        ref="A-1",
        tier="Tier 1",
        rag_overall="R",
        start_baseline=date(2026, 1, 1),
        start_forecast=date(2026, 1, 1),
        finish_baseline=date(2026, 12, 31),
        finish_forecast=date(2027, 12, 31),
        currency="GBP",
        budget_approved=100_00,
        eac=150_00,
    )
    a_row(store, "finding", title="Worst", project=trouble, grade="Critical", status="Open")
    a_row(store, "finding", title="Mended", project=trouble, grade="Critical", status="Verified")
    calm = a_project(store, "Calm", tier="Tier 3", rag_overall="G")
    for held, status in (
        (DATA_DATE - 40 * DAY, "Reported"),
        (DATA_DATE - 90 * DAY, "Reported"),
        (DATA_DATE, "Planned"),
    ):
        a_row(store, "audit", title="Check", project=calm, held_on=held, status=status)
    a_row(store, "audit", title="Of all", held_on=DATA_DATE, status="Reported")
    a_project(store, "Over", lifecycle_status="Closed")
    picks = {each.called: each for each in audit_sample(store, 9, 1)}
    assert set(picks) == {"A-1", "Calm"}
    assert picks["A-1"].reasons == (
        "Tier 1",
        "rated red",
        "52 weeks late",
        "50 % over budget",
        "never audited",
        "1 critical finding open",
    )
    assert picks["Calm"].reasons == ("Tier 3", "rated green", "last audited 40 days ago")
    assert picks["A-1"].weight > 5 * picks["Calm"].weight
    assert (picks["A-1"].project, picks["A-1"].name) == (trouble, "Trouble")


def test_a_sample_is_the_same_for_a_seed(store: Store) -> None:
    for number in range(12):
        a_project(store, f"Project {number}", ref=f"P-{number}")
    first = audit_sample(store, 4, 7)
    assert first == audit_sample(store, 4, 7)
    assert len(first) == 4
    assert any(audit_sample(store, 4, seed) != first for seed in range(3))


def test_findings_are_told_by_grade_with_what_is_late_and_what_comes_back(store: Store) -> None:
    rows: list[dict[str, Any]] = [
        {"title": "a", "grade": "Critical", "status": "Open", "due": DATA_DATE - DAY},
        {"title": "b", "grade": "Critical", "status": "Action agreed", "due": DATA_DATE - 2 * DAY, "repeat_of": "F-1"},
        {"title": "c", "grade": "Essential", "status": "Action done", "due": DATA_DATE - DAY},
        {"title": "d", "status": None, "due": DATA_DATE},
        {"title": "e", "grade": "Essential", "status": "Verified", "due": DATA_DATE - DAY, "repeat_of": "F-1"},
        {"title": "f", "grade": "Critical", "status": "Not accepted"},
    ]
    for row in rows:
        a_row(store, "finding", **row)
    found = read_findings(store)
    assert found.open == {Grade.CRITICAL: 2, Grade.ESSENTIAL: 1, Grade.RECOMMENDED: 0, None: 1}
    assert [[row["title"] for row in each] for each in (found.overdue, found.repeats, found.to_verify)] == [
        ["b", "a"],
        ["b"],
        ["c"],
    ]
    assert found.closed == 2
    assert [row["title"] for row in read_findings(store, DATA_DATE + DAY).overdue] == ["b", "a", "d"]


def test_without_findings_every_grade_is_zero(store: Store) -> None:
    assert read_findings(store).open == dict.fromkeys(Grade, 0)
