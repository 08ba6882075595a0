"""The sample portfolio loads as one step, agrees with itself, and shows every state a board may meet."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.audits import read_audit, read_findings
from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.compliance import ComplianceTable, read_compliance
from pmo_desktop.figures.methods import read_method
from pmo_desktop.figures.projects import ProjectFigures, project_figures
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.sample import GOVERNANCE, GROUPS, load_sample
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.rules.compliance import Met
from pmo_desktop.rules.load import Load, measure_load
from pmo_desktop.rules.rating import Honesty
from pmo_desktop.rules.words import ResourceType
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_custom_fields, read_rows, read_settings

DATA_DATE = date(2026, 11, 13)


@pytest.fixture(scope="module")
def sample() -> Store:
    store = create_memory_store()
    load_sample(store)
    return store


@pytest.fixture(scope="module")
def projects(sample: Store) -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in read_rows(sample, "project")}


@pytest.fixture(scope="module")
def figures(sample: Store, projects: dict[str, dict[str, Any]]) -> dict[str, ProjectFigures]:
    found = project_figures(sample)
    return {ref: found[row["id"]] for ref, row in projects.items()}


def test_loading_is_one_step_that_can_be_undone() -> None:
    store = create_memory_store()
    before = len(latest_batches(store))
    load_sample(store)
    assert len(latest_batches(store)) == before + 1
    undo(store)
    assert not [
        entity
        for entity in (*GROUPS.values(), *GOVERNANCE.values(), "methodology", "question")
        if read_rows(store, entity)
    ]
    assert not read_settings(store)["sample"]


def test_its_settings_say_that_it_is_invented(sample: Store) -> None:
    settings = read_settings(sample)
    assert settings["sample"] is True
    assert settings["data_date"] == DATA_DATE
    assert settings["classification"] == "Internal"


@pytest.mark.parametrize(
    ("entity", "count"),
    [
        ("project", 24),
        ("programme", 5),
        ("portfolio", 1),
        ("person", 16),
        ("milestone", 112),
        ("status_report", 88),
        ("team", 4),
        ("role", 11),
        ("skill", 12),
        ("calendar", 2),
        ("holiday", 28),
        ("resource", 18),
        ("resource_skill", 35),
        ("absence", 37),
        ("allocation", 167),
        ("methodology", 3),
        ("phase", 104),
        ("gate_review", 104),
        ("gate_answer", 98),
        ("deliverable", 226),
        ("waiver", 5),
        ("quality_review", 5),
        ("sizing", 23),
        ("question_set", 3),
        ("audit", 3),
        ("audit_answer", 58),
        ("finding", 6),
        ("lesson", 8),
        ("benefit", 8),
    ],
)
def test_every_register_is_filled(sample: Store, entity: str, count: int) -> None:
    assert len(read_rows(sample, entity)) == count


def test_ratings_are_mixed_on_three_points(projects: dict[str, dict[str, Any]]) -> None:
    ratings = Counter(row["rag_overall"] for row in projects.values())
    assert ratings == {"G": 11, "A": 8, "R": 3, "C": 1, None: 1}


def test_one_project_is_green_outside_and_red_inside(figures: dict[str, ProjectFigures]) -> None:
    assert [ref for ref, each in figures.items() if each.honesty is Honesty.WATERMELON] == ["MT-304"]


def test_one_report_is_stale(figures: dict[str, ProjectFigures]) -> None:
    assert [ref for ref, each in figures.items() if each.stale] == ["MT-305"]


def test_two_milestones_are_overdue(figures: dict[str, ProjectFigures]) -> None:
    assert {ref for ref, each in figures.items() if each.overdue_milestones} == {"MT-202", "MT-402"}


def test_a_current_rating_is_the_one_last_reported(sample: Store, projects: dict[str, dict[str, Any]]) -> None:
    newest = {
        row["project"]: row for row in sorted(read_rows(sample, "status_report"), key=lambda row: row["period_end"])
    }
    for row in projects.values():
        report = newest.get(row["id"])
        assert row["report_date"] == (report["period_end"] if report else None)
        for name in ("rag_overall", "rag_time", "rag_cost", "rag_comment", "eac", "finish_forecast"):
            assert report is None or row[name] == report[name], (row["ref"], name)


def test_nothing_was_achieved_after_the_data_date(sample: Store) -> None:
    assert all(row["actual"] is None or row["actual"] <= DATA_DATE for row in read_rows(sample, "milestone"))


def test_money_spent_is_never_more_than_its_estimate(projects: dict[str, dict[str, Any]]) -> None:
    assert all(row["actual_to_date"] <= row["committed"] <= row["eac"] for row in projects.values())


def test_the_own_fields_are_filled(sample: Store, projects: dict[str, dict[str, Any]]) -> None:
    carbon, consent = read_custom_fields(sample, "project")
    assert (carbon.label, carbon.unit, consent.label) == ("Carbon saved", "t CO2e a year", "Consent needed")
    assert projects["MT-201"][carbon.name] == 3150
    assert projects["MT-301"][consent.name] == "Both"


@pytest.fixture(scope="module")
def book(sample: Store) -> Book:
    return read_book(sample)


@pytest.fixture(scope="module")
def weeks(book: Book) -> Load:
    return measure_load(book.bookings, book.capacity, book.periods(Grain.WEEK))


def percents(book: Book, load: Load, name: str, first: date, count: int) -> list[int]:
    row = next(row for row, line in enumerate(book.resources) if line.name == name)
    start = load.periods.firsts.index(first)
    return [round(100 * each) for each in load.utilisation[row, start : start + count]]


def test_the_data_architect_is_over_booked_until_mid_december(book: Book, weeks: Load) -> None:
    assert percents(book, weeks.hardened(), "Chris Obi", date(2026, 11, 16), 6) == [110, 125, 150, 140, 115, 40]


def test_every_kind_of_trouble_is_there_to_look_at(book: Book, weeks: Load) -> None:
    kinds = Counter(line.type for line in book.resources)
    assert kinds == {ResourceType.PERSON: 15, ResourceType.ROLE: 1, ResourceType.TEAM: 1, ResourceType.EQUIPMENT: 1}
    assert weeks.soft.any()
    assert (weeks.over & weeks.defined).any()
    assert not weeks.defined.all()
    assert not any(line.flags for line in book.resources)


def test_nobody_takes_leave_on_a_public_holiday_or_twice(sample: Store) -> None:
    standard = next(row["id"] for row in read_rows(sample, "calendar") if row["standard"])
    holidays = {row["day"] for row in read_rows(sample, "holiday") if row["calendar"] == standard}
    assert {date(2026, 12, 25), date(2026, 12, 28), date(2027, 3, 26)} <= holidays
    for row in read_rows(sample, "absence"):
        assert row["start"] not in holidays
        assert row["finish"] not in holidays


def test_bookings_lie_within_their_project_and_name_a_role_of_the_list(
    sample: Store, projects: dict[str, dict[str, Any]]
) -> None:
    by_id = {row["id"]: row for row in projects.values()}
    roles = {row["id"] for row in read_rows(sample, "role")}
    equipment = {row["id"] for row in read_rows(sample, "resource") if row["type"] == ResourceType.EQUIPMENT}
    for row in read_rows(sample, "allocation"):
        project = by_id[row["project"]]
        assert row["period_start"] <= row["period_end"] <= project["finish_forecast"], project["ref"]
        assert row["role"] in roles or (row["role"] is None and row["resource"] in equipment)


@pytest.fixture(scope="module")
def compliance(sample: Store) -> ComplianceTable:
    return read_compliance(sample)


def test_all_projects_but_one_follow_a_version_and_their_gates_have_days(
    sample: Store, projects: dict[str, dict[str, Any]]
) -> None:
    assert [ref for ref, row in projects.items() if row["methodology"] is None] == ["MT-105"]
    parts = {row["id"]: read_method(sample, row["id"]) for row in read_rows(sample, "methodology")}
    for row in read_rows(sample, "deliverable"):
        project = next(each for each in projects.values() if each["id"] == row["project"])
        assert row["code"] in {output.code for _, output in parts[project["methodology"]].outputs()}
    followed = {row["id"] for row in projects.values() if row["methodology"]}
    gates = {(row["project"], row["gate"]) for row in read_rows(sample, "milestone") if row["type"] == "Gate"}
    assert {gate for project, gate in gates if project in followed} == {"G1", "G2", "G3", "G4", "G5"}
    assert {(row["project"], row["code"]) for row in read_rows(sample, "gate_review")} >= {
        (project, gate) for project, gate in gates if project in followed
    }


def test_compliance_has_every_state_to_look_at(compliance: ComplianceTable) -> None:
    states = Counter(
        compliance.state(row, column)
        for row in range(len(compliance.projects))
        for column in range(len(compliance.controls))
    )
    assert set(states) == set(Met)
    share = compliance.share()
    assert (share.met, share.due, share.waived) == (352, 369, 2)


def test_reported_checks_have_the_score_of_their_answers_and_one_finding_comes_back(sample: Store) -> None:
    for row in read_rows(sample, "audit"):
        sheet = read_audit(sample, row["id"])
        assert row["score"] is None or row["score"] == pytest.approx(sheet.score, abs=0.0001)
    found = read_findings(sample)
    assert [row["ref"] for row in found.repeats] == ["F-004"]
    assert [row["ref"] for row in found.overdue] == ["F-001", "F-004"]


def test_what_waits_for_a_gate_was_decided_or_lies_ahead(sample: Store) -> None:
    reviews = {(row["project"], row["code"]): row for row in read_rows(sample, "gate_review")}
    for row in read_rows(sample, "milestone"):
        review = reviews.get((row["project"], row["gate"]))
        if review:
            assert (review["decided_on"] is not None) == (row["actual"] is not None)
