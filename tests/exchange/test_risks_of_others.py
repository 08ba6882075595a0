"""Risk registers of other people, and the risk sheets of a simulated year: what their READMEs say, cell by cell."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan, Treatment
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.risks import score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.operations.history import undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_custom_fields, read_names, read_rows, read_texts
from tests.builders import a_project, state_hash


def bring_in(store: Store, path: Path, **options: Any) -> tuple[Plan, int | None]:
    """Read, plan and apply a file; the plan and the batch."""
    plan = plan_import(store, read_workbook(path), ImportOptions(**options))
    return plan, apply_plan(store, plan).batch


def test_a_register_below_its_legend_needs_no_mapping(store: Store, shared_data: Path) -> None:
    path = shared_data / "risks" / "uwa_tikasathi_risk_register.xlsx"
    plan, _ = bring_in(store, path)
    (table,) = plan.tables
    assert (table.into, table.sheet, table.header_row, table.counts()["new"]) == ("risks", "Risk Register", 19, 23)
    assert (plan.questions, table.problems, plan.new_custom) == ([], [], [])
    assert [row.row for row in table.skipped] == [43, 44]
    fields = [column.field for column in table.columns]
    assert fields == [
        "ref",
        "category",
        "title",
        "effect",
        "impact_inherent",
        "prob_inherent",
        None,
        "actions",
        "status",
        "owner",
        "date_raised",
        "last_review",
        "comment",
    ]
    assert table.columns[6].treatment is Treatment.CHECKED
    rows = {row["ref"]: row for row in score_risks(read_rows(store, "risk"), scheme_of(store))}
    assert sorted(rows) == [f"R{number:02}" for number in range(1, 24)]
    sums = [sum(row[name] for row in rows.values()) for name in ("impact_inherent", "prob_inherent", "score")]
    assert sums == [90, 63, 244]
    assert Counter(row["score"] for row in rows.values()) == {12: 8, 8: 4, 9: 3, 6: 2, 15: 2, 16: 2, 10: 1, 5: 1}
    assert Counter(row["category"] for row in rows.values()) == {
        "UI": 9,
        "Technical": 3,
        "Health / Safety": 3,
        "Clarity": 3,
        "Requirements": 2,
        "Testing": 2,
        "Project Management": 1,
    }
    assert Counter(row["date_raised"] for row in rows.values()) == {date(2026, 8, 6): 7, date(2026, 8, 9): 16}
    assert rows["R01"]["title"] == "App performs poorly on low-end phones"
    assert (rows["R04"]["impact_inherent"], rows["R04"]["score"]) == (5, 15)
    assert rows["R23"]["date_raised"] == date(2026, 8, 9)
    again = plan_import(store, read_workbook(path))
    assert (again.counts()["unchanged"], again.writes) == (23, False)


def test_the_risks_of_a_handbook_are_kept_apart_where_their_numbers_clash(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "packt_tpm_tables.xlsx"
    plan, batch = bring_in(store, path)
    counts = {(table.sheet, table.header_row): table.counts() for table in plan.kept if table.entity == "risk"}
    assert {place: (each["read"], each["new"], each["unchanged"]) for place, each in counts.items()} == {
        ("Risk Register", 1): (4, 4, 0),
        ("Risk Log", 1): (3, 3, 0),
        ("Risk Log", 13): (6, 3, 3),
    }
    assert not [each for each in plan.questions if each.sheet.startswith("Risk")]
    log = next(table for table in plan.kept if table.header_row == 13)
    values = {column.field: {each.text: (each.value, each.count) for each in column.values} for column in log.columns}
    assert values["prob_inherent"] == {"High": (4, 4), "Medium": (3, 1), "Low": (2, 1)}
    assert values["impact_inherent"] == {"High": (4, 3), "Medium": (3, 2), "Low": (2, 1)}
    assert [row.row for row in log.rows] == [14, 15, 16, 17, 22, 23]
    rows, texts = read_rows(store, "risk"), read_texts(store, "risk")
    named = Counter(row["ref"] for row in rows if (row["id"], "project") not in texts)
    assert named == {"1": 1, "1.1": 1, "1.2": 1, "1.3": 1, "2": 1, "3": 1}
    assert {texts[row["id"], "project"]["text"] for row in rows if (row["id"], "project") in texts} == {
        "Windows Todo App",
        "Linux Todo App",
        "Android Project Tracker",
        "iOS Project Tracker",
    }
    (realised,) = (each.name for each in read_custom_fields(store, "risk") if each.label == "Realized")
    assert Counter(row[realised] for row in rows) == {True: 3, False: 1, None: 6}
    responses = Counter(row["response_strategy"] for row in rows)
    assert responses == {"Accept": 6, "Reduce": 4}
    assert not plan_import(store, read_workbook(path)).writes
    assert batch is not None
    undo_batch(store, batch)
    assert read_rows(store, "risk") == []


def test_once_its_project_is_kept_a_risk_gets_it_and_stays_one(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "packt_tpm_tables.xlsx"
    bring_in(store, path, sheet="Risk Register")
    project = a_project(store, "Windows Todo App")
    plan, _ = bring_in(store, path, sheet="Risk Register")
    (table,) = plan.kept
    assert (table.counts()["changed"], table.counts()["new"]) == (1, 0)
    assert table.rows[0].reason == "It had no project yet and gets one."
    rows = read_rows(store, "risk")
    assert [row["title"] for row in rows if row["project"] == project] == ["Network testing failures"]
    assert len(rows) == 4


def months(folder: Path) -> list[dict[str, Any]]:
    """What is true in each month that has a file."""
    truth: list[dict[str, Any]] = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))["months"]
    return [month for month in truth if month["files"]]


@pytest.mark.slow
def test_a_year_of_risk_sheets_in_order_gives_the_truth_of_each_month(store: Store, shared_data: Path) -> None:
    folder = shared_data / "monthly"
    for month in months(folder):
        for name in month["files"]:
            plan, _ = bring_in(store, folder / name)
        table = next(table for table in plan.kept if table.into == "risks")
        assert not [question for question in plan.questions if question.sheet == "Risks"]
        assert not [name for row in table.rows for name in row.conflicts]
        waiting = [row.values for row in table.rows if row.kind == "rejected"]
        there = {row.id for row in table.rows if row.id}
        kept = score_risks([row for row in read_rows(store, "risk") if row["id"] in there], scheme_of(store))
        said = [*kept, *score_risks(waiting, scheme_of(store))]
        found = {
            "records": len(said),
            "open": sum(row["status"] == "Open" for row in said),
            "score_sum": sum(row["score"] for row in said),
            "project_name_fits_two": len(waiting),
        }
        assert found == month["correct_reading"]["risks"], month["month"]
    rows = read_rows(store, "risk")
    assert sorted(row["ref"] for row in rows) == [f"R-{number:03}" for number in range(1, 101)]
    names = read_names(store)
    assert {names[row["owner"]] for row in rows if row["owner"]} >= {"Daniel Okafor", "Deborah Okafor", "Priya Nair"}
    owners = [row for row in rows if row["id"] in there and row["owner"] is None]
    assert owners == []


def test_an_owner_whose_short_form_fits_two_waits_for_the_full_name(store: Store, shared_data: Path) -> None:
    folder = shared_data / "monthly"
    first, second = [name for month in months(folder) for name in month["files"]][:2]
    bring_in(store, folder / first)
    plan, _ = bring_in(store, folder / second)
    table = next(table for table in plan.kept if table.into == "risks")
    (open_one,) = [problem for problem in table.problems if problem.field == "owner"]
    assert open_one.reason.startswith("“D Okafor” fits 2 people")
    (row,) = [row for row in read_rows(store, "risk") if row["owner"] is None]
    assert read_texts(store, "risk")[row["id"], "owner"]["text"] == "D Okafor"


def test_what_was_scored_here_between_two_months_stays_or_is_asked(store: Store, shared_data: Path) -> None:
    folder = shared_data / "monthly"
    first, second = [name for month in months(folder) for name in month["files"]][:2]
    bring_in(store, folder / first)
    before = {row["ref"]: row for row in read_rows(store, "risk")}
    dry = plan_import(store, read_workbook(folder / second))
    table = next(table for table in dry.kept if table.into == "risks")
    moved = next(row for row in table.rows if "prob_inherent" in row.old)
    still = next(row for row in table.rows if row.kind == "unchanged")
    for row in (moved, still):
        edit_cells(store, "risk", [Edit(row.id or "", "prob_inherent", 5 - (row.values["prob_inherent"] == 5) * 3)])
    plan, batch = bring_in(store, folder / second)
    table = next(table for table in plan.kept if table.into == "risks")
    asked = {row.values["ref"] for row in table.rows if "prob_inherent" in row.conflicts}
    assert asked == {moved.values["ref"]}
    after = {row["ref"]: row for row in read_rows(store, "risk")}
    assert after[still.values["ref"]]["prob_inherent"] != before[still.values["ref"]]["prob_inherent"]
    assert batch is not None


@pytest.mark.parametrize("place", [0, 3])
def test_undoing_a_month_restores_the_month_before(store: Store, shared_data: Path, place: int) -> None:
    folder = shared_data / "monthly"
    files = [name for month in months(folder) for name in month["files"]][place : place + 2]
    bring_in(store, folder / files[0])
    before = state_hash(store)
    _, batch = bring_in(store, folder / files[1])
    assert batch is not None
    assert state_hash(store) != before
    undo_batch(store, batch)
    assert state_hash(store) == before
