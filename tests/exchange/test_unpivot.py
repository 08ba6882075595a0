"""Plans with one column a period, brought in as bookings."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange.answer import import_words
from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan, TablePlan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.provenance import provenance_of
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_names, read_rows
from tests.builders import state_hash

Rows = list[list[Cell]]
Bring = Callable[..., Plan]
PROJECTS: Rows = [["Ref", "Project name", "PM"], ["P-1", "Alpha", "Priya Nair"], ["P-2", "Beta", "Daniel Okafor"]]
HEADER: list[Cell] = ["Name", "Role", "Project ref", "Jan-26", "Feb-26", "Total days"]
STAFF: Rows = [
    HEADER,
    ["Priya Nair", "Developer", "P-1", 10, 5.5, 15.5],
    ["Nair, Priya", "Developer", "P-2", 2, None, 2],
    ["D Okafor", "Tester", "P-1", None, 3, 3],
    ["Total", None, None, 12, 8.5, 20.5],
]


@pytest.fixture
def bring(store: Store) -> Bring:
    """Bring in a plan beside two projects: `bring(rows, "Resources", **options)`."""

    def act(lines: Rows, on: str = "Resources", **options: Any) -> Plan:
        plan = plan_import(store, book_of(lines, on), ImportOptions(**options))
        apply_plan(store, plan)
        return plan

    return act


def book_of(rows: Rows, on: str = "Resources") -> Workbook:
    """The workbook of a plan and the projects that it names."""
    sheets = [Sheet("Register", [list(row) for row in PROJECTS]), Sheet(on, [list(row) for row in rows])]
    return Workbook("plan.xlsx", "f00d", sheets)


def table_of(plan: Plan) -> TablePlan:
    """The plan's bookings."""
    return next(table for table in plan.tables if table.into == "allocations")


def booked(store: Store) -> list[tuple[Any, ...]]:
    """Every booking in words: who, role, project, first day, quantity, unit, status."""
    names = read_names(store)
    rows = read_rows(store, "allocation")
    return sorted(
        (
            names[row["resource"]],
            names.get(row["role"] or "", ""),
            names.get(row["project"] or "", ""),
            str(row["period_start"]),
            row["quantity"],
            row["unit"],
            row["status"] or "",
        )
        for row in rows
    )


def test_a_plan_by_month_becomes_bookings_of_the_people_it_names(store: Store, bring: Bring) -> None:
    plan = bring(STAFF)
    assert table_of(plan).counts()["new"] == 4
    assert booked(store) == [
        ("Daniel Okafor", "Tester", "Alpha", "2026-02-01", 3.0, "days", ""),
        ("Priya Nair", "Developer", "Alpha", "2026-01-01", 10.0, "days", ""),
        ("Priya Nair", "Developer", "Alpha", "2026-02-01", 5.5, "days", ""),
        ("Priya Nair", "Developer", "Beta", "2026-01-01", 2.0, "days", ""),
    ]
    resources = {row["name"]: row for row in read_rows(store, "resource")}
    people = {row["id"]: row["name"] for row in read_rows(store, "person")}
    names = read_names(store)
    assert {name: (row["type"], people[row["person"]], names[row["role"]]) for name, row in resources.items()} == {
        "Priya Nair": ("Person", "Priya Nair", "Developer"),
        "Daniel Okafor": ("Person", "Daniel Okafor", "Tester"),
    }
    assert len(people) == 2
    assert not plan.questions


def test_every_booking_knows_the_cell_it_came_from(store: Store, bring: Bring) -> None:
    bring(STAFF)
    row = next(each for each in read_rows(store, "allocation") if each["quantity"] == 5.5)
    cells = {}
    for name in ("resource", "project", "period_start", "quantity"):
        found = provenance_of(store, "allocation", row["id"], name)
        assert found is not None
        cells[name] = (found.sheet, found.cell)
    assert cells == {
        "resource": ("Resources", "A2"),
        "project": ("Resources", "C2"),
        "period_start": ("Resources", "E1"),
        "quantity": ("Resources", "E2"),
    }


def test_the_same_plan_again_changes_nothing_and_undo_takes_it_back(store: Store, bring: Bring) -> None:
    from pmo_desktop.operations.history import undo_batch  # noqa: PLC0415  named as the test tells it

    before = state_hash(store)
    applied = apply_plan(store, plan_import(store, book_of(STAFF)))
    again = plan_import(store, book_of(STAFF))
    assert (again.writes, table_of(again).counts()["unchanged"], again.new_records) == (False, 4, [])
    assert applied.batch is not None
    undo_batch(store, applied.batch)
    assert state_hash(store) == before


def test_next_months_plan_changes_its_own_cells_only(store: Store, bring: Bring) -> None:
    bring(STAFF)
    later: Rows = [
        ["Name", "Role", "Project ref", "2026-02", "2026-03", "Total days"],
        ["P Nair", "Developer", "P-1", 7, 1, 8],
        ["D Okafor", "Tester", "P-1", 0, 2, 2],
    ]
    table = table_of(bring(later))
    assert {kind: table.counts()[kind] for kind in ("new", "changed", "rejected")} == {
        "new": 2,
        "changed": 2,
        "rejected": 0,
    }
    assert table.missing == []  # January is before this plan, and of Beta it was January alone
    kept = {(name, day): quantity for name, _, _, day, quantity, *_ in booked(store) if day != "2026-03-01"}
    assert kept[("Priya Nair", "2026-01-01")] in (2.0, 10.0)
    assert (kept[("Priya Nair", "2026-02-01")], kept[("Daniel Okafor", "2026-02-01")]) == (7.0, 0.0)


def test_a_blank_keeps_a_booking_and_lists_it_as_missing(store: Store, bring: Bring) -> None:
    bring(STAFF)
    later: Rows = [HEADER, ["Priya Nair", "Developer", "P-1", 10, None, 10], ["D Okafor", "Tester", "P-1", None, 3, 3]]
    plan = bring(later)
    missing = [each.label for each in table_of(plan).missing]
    assert sorted(missing) == [
        "Priya Nair · Alpha · Developer · 1 February 2026 · 28 February 2026",
        "Priya Nair · Beta · Developer · 1 January 2026 · 31 January 2026",
    ]
    assert len(booked(store)) == 4
    assert "2 missing" in import_words(plan, None)


def test_a_zero_begins_no_booking(store: Store, bring: Bring) -> None:
    table = table_of(bring([HEADER, ["Priya Nair", "Developer", "P-1", 0, 5, 5]]))
    assert (table.read, len(booked(store))) == (1, 1)


def test_what_was_changed_here_and_in_the_file_is_asked(store: Store, bring: Bring) -> None:
    bring(STAFF)
    row = next(each for each in read_rows(store, "allocation") if each["quantity"] == 10)
    edit_cells(store, "allocation", [Edit(row["id"], "quantity", 4.0)])
    later: Rows = [HEADER, ["Priya Nair", "Developer", "P-1", 12, 5.5, 17.5]]
    plan = plan_import(store, book_of(later))
    (conflicted,) = [each for each in table_of(plan).rows if each.conflicts]
    assert (conflicted.conflicts["quantity"].theirs, conflicted.conflicts["quantity"].ours) == (12.0, 4.0)
    assert table_of(plan).row_name(conflicted.row) == "D2"


FORMS: list[tuple[Rows, str, list[tuple[Any, ...]]]] = [
    (
        [["Project", "Name", "Apr-26", "May-26"], ["Alpha", "Priya Nair", "50%", 0.25],
         ["Beta", "Priya Nair", 0.5, None]],
        "Resources",
        [
            ("Priya Nair", "", "Alpha", "2026-04-01", 50.0, "%", ""),
            ("Priya Nair", "", "Alpha", "2026-05-01", 0.25, "FTE", ""),
            ("Priya Nair", "", "Beta", "2026-04-01", 0.5, "FTE", ""),
        ],
    ),
    (
        [["Role", "Project", "Q1 26/27", "Q2 26/27"], ["Tester x2", "P-1", "3d", 1.5], ["Developer", "P-2", None, 0.5]],
        "Demand",
        [
            ("Developer", "Developer", "Beta", "2026-07-01", 0.5, "FTE", ""),
            ("Tester x2", "Tester x2", "Alpha", "2026-04-01", 3.0, "days", ""),
            ("Tester x2", "Tester x2", "Alpha", "2026-07-01", 1.5, "FTE", ""),
        ],
    ),
    (
        [["Resource", "Role", "Project", "Status", "W/C 05/01/26", "W/C 12/01/26"],
         ["TBC", "Tester", "P-1", "Tentative", 2.5, None], ["Vacant", None, "P-2", "Booked", None, 4.5]],
        "Capacity (days)",
        [
            ("Tester", "Tester", "Alpha", "2026-01-05", 2.5, "days", "Requested"),
            ("To be named", "", "Beta", "2026-01-12", 4.5, "days", "Confirmed"),
        ],
    ),
    (
        [["Role", "Measure", "Jan-26", "Feb-26"], ["Tester", "Demand", 2, 3], ["Tester", "Supply", 1, 1],
         ["Tester", "Gap", -1, -2]],
        "Headcount",
        [
            ("Tester", "Tester", "", "2026-01-01", 2.0, "FTE", "Requested"),
            ("Tester", "Tester", "", "2026-02-01", 3.0, "FTE", "Requested"),
        ],
    ),
    (
        [["Name", "Role", "FTE", "Jan-26", "Feb-26"], ["Alpha", None, None, None, None],
         ["Priya Nair", "Developer", 1, 8, 9.5],
         ["Beta", None, None, None, None], ["Priya Nair", "Developer", 1, 2, 2]],
        "Allocations, days",
        [
            ("Priya Nair", "Developer", "Alpha", "2026-01-01", 8.0, "days", ""),
            ("Priya Nair", "Developer", "Alpha", "2026-02-01", 9.5, "days", ""),
            ("Priya Nair", "Developer", "Beta", "2026-01-01", 2.0, "days", ""),
            ("Priya Nair", "Developer", "Beta", "2026-02-01", 2.0, "days", ""),
        ],
    ),
    (
        [["Name", "Project", "Jan-26 (hours)", "Feb-26 (hours)", None], ["Priya Nair", "P-1", 70, 80, 150],
         [None, "P-2", 10, 5, 15], [None, None, 80, 85, 165]],
        "Bookings",
        [
            ("Priya Nair", "", "Alpha", "2026-01-01", 70.0, "hours", ""),
            ("Priya Nair", "", "Alpha", "2026-02-01", 80.0, "hours", ""),
            ("Priya Nair", "", "Beta", "2026-01-01", 10.0, "hours", ""),
            ("Priya Nair", "", "Beta", "2026-02-01", 5.0, "hours", ""),
        ],
    ),
    (
        [["Name", "Project ref", "Project name", "Unit", "Jan-26", "Feb-26"],
         ["Priya Nair", "P-1", "Alpha", "FTE", 0.5, 1],
         ["Daniel Okafor", "P-1", "Alpha", "days", 3, 4]],
        "Bookings",
        [
            ("Daniel Okafor", "", "Alpha", "2026-01-01", 3.0, "days", ""),
            ("Daniel Okafor", "", "Alpha", "2026-02-01", 4.0, "days", ""),
            ("Priya Nair", "", "Alpha", "2026-01-01", 0.5, "FTE", ""),
            ("Priya Nair", "", "Alpha", "2026-02-01", 1.0, "FTE", ""),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "on", "expected"), FORMS, ids=[form[1] for form in FORMS])
def test_plans_of_many_forms_are_read(
    store: Store, bring: Bring, rows: Rows, on: str, expected: list[tuple[Any, ...]]
) -> None:
    plan = bring(rows, on)
    assert booked(store) == expected
    assert table_of(plan).counts()["rejected"] == 0
    again = table_of(plan_import(store, book_of(rows, on)))
    assert again.counts()["unchanged"] == again.read


def test_team_and_grade_go_to_resources_that_are_new(store: Store, bring: Bring) -> None:
    plan = bring([["Name", "Team", "Grade", "Project", "Jan-26", "Feb-26"], ["Wen Lowe", "Web", "7", "P-1", 0.5, 0.5]])
    (resource,) = read_rows(store, "resource")
    assert (read_names(store)[resource["team"]], resource["grade"]) == ("Web", "7")
    assert {column.header: column.why for column in table_of(plan).columns if column.header == "Team"} == {
        "Team": "new resources get it as their team"
    }


def test_a_unit_that_nothing_says_is_asked(store: Store, bring: Bring) -> None:
    rows: Rows = [["Name", "Project", "Jan-26", "Feb-26"], ["Priya Nair", "P-1", 3, 4]]
    (question,) = plan_import(store, book_of(rows)).questions
    assert (question.option, question.header, question.choices) == ("given", "unit", ("%", "FTE", "days", "hours"))
    assert "days is taken" in question.text
    assert not bring(rows, given={"unit": "hours"}).questions
    assert {unit for *_, unit, _ in booked(store)} == {"hours"}
    assert not plan_import(store, book_of(rows)).questions  # it is remembered for the next file of this form


def test_a_year_that_no_header_names_is_asked_each_time(store: Store, bring: Bring) -> None:
    rows: Rows = [["Name", "Project", "Nov", "Dec", "Jan"], ["Priya Nair", "P-1", 0.5, 0.5, 0.2]]
    plan = bring(rows, given={"year": "2024"})
    assert not plan.questions
    assert [day for *_, day, _, _, _ in booked(store)] == ["2024-11-01", "2024-12-01", "2025-01-01"]
    assert [question.header for question in plan_import(store, book_of(rows)).questions] == ["year"]


def test_rows_whose_meaning_nobody_said_wait(store: Store, bring: Bring) -> None:
    rows: Rows = [["Role", "", "Jan-26", "Feb-26"], ["Tester", "Planned", 2, 2], ["Tester", "Actual", 1, 2]]
    waiting = table_of(plan_import(store, book_of(rows, "Demand")))
    assert waiting.counts()["rejected"] == 4
    assert [problem.cell for problem in waiting.problems] == ["Demand!C2", "Demand!D2", "Demand!C3", "Demand!D3"]
    plan = bring(rows, "Demand", rows={"Planned": "Confirmed", "Actual": "leave"})
    assert table_of(plan).counts()["new"] == 2
    assert [each.reason for each in table_of(plan).skipped] == ["rows of this label are no bookings"]


def test_a_project_that_nobody_keeps_makes_its_bookings_wait(store: Store, bring: Bring) -> None:
    table = table_of(bring([HEADER, ["Priya Nair", "Developer", "P-9", 1, 2, 3]]))
    assert table.counts()["rejected"] == 2
    assert {problem.reason for problem in table.problems} == {"No project is called “P-9”."}
    assert read_rows(store, "allocation") == []
    assert read_rows(store, "resource") == []


def test_two_rows_of_one_booking_are_named(store: Store, bring: Bring) -> None:
    row: list[Cell] = ["Priya Nair", "Developer", "P-1", 1, None, 1]
    table = table_of(bring([HEADER, row, list(row)]))
    (problem,) = table.problems
    assert (problem.cell, problem.reason) == (
        "Resources!D3",
        "Cell D2 of this sheet is the same allocation; keep one of the two.",
    )


def test_a_total_that_is_wrong_is_said(store: Store, bring: Bring) -> None:
    plan = bring([HEADER, ["Priya Nair", "Developer", "P-1", 1, 2, 3], ["Wen Lowe", "Tester", "P-1", 1, 2, 4]])
    assert "Resources!F3: the total says 4, its periods add up to 3; they are what is read." in plan.notes
    assert len(booked(store)) == 4


def test_a_cell_that_is_no_number_is_named_and_the_others_are_read(store: Store, bring: Bring) -> None:
    rows = [
        HEADER,
        *(["Priya Nair", f"Role {number}", "P-1", 1, 2, 3] for number in range(4)),
        ["Wen Lowe", "X", "P-1", "lots", 2, None],
    ]
    table = table_of(bring(rows))
    assert (table.counts()["new"], table.counts()["rejected"]) == (9, 1)
    assert [problem.cell for problem in table.problems][:1] == ["Resources!D6"]


@pytest.mark.parametrize(
    ("rows", "on"),
    [
        ([["Project", "Cost type", "Supplier", "Apr-26", "May-26"], ["P-1", "Capex", "Acme", 100, 200]], "Budget"),
        ([["Ref", "Project name", "PM", "Jan-26", "Feb-26"], ["P-1", "Alpha", "Priya Nair", 1, 2]], "Sheet1"),
        ([["Task", "Resource", "Start", "Finish", "Jan-26", "Feb-26"],
          ["Build", "Priya Nair", "1 Jan 26", "3 Feb 26", "x", "x"]], "Plan"),
    ],
    ids=["budget", "projects", "gantt"],
)  # fmt: skip
def test_other_tables_with_periods_are_no_bookings(store: Store, rows: Rows, on: str) -> None:
    plan = plan_import(store, book_of(rows, on))
    assert "allocations" not in {table.into for table in plan.tables}


def plan_people(store: Store, count: int) -> float:
    """Seconds of the processor that planning so many unknown people takes."""
    rows: Rows = [["Name", "Project ref", "Jan-26", "Feb-26"]]
    rows += [
        [f"Person {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}", "P-1", 0.5, 0.25]
        for n in range(count)
    ]
    book, started = book_of(rows), time.process_time()
    table = table_of(plan_import(store, book))
    assert (table.read, table.counts()["new"]) == (2 * count, 2 * count)
    return time.process_time() - started


def test_thousands_of_people_are_planned_in_time_that_grows_with_their_number(store: Store) -> None:
    plan_people(store, 200)  # what is made once
    assert plan_people(store, 4_000) < 8 * plan_people(store, 1_000)  # 16 times where it grows with the square


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(
        ["TBC", "Priya Nair", "P Nair", "P-1", "Tester x2", "50%", "3d", "-", "Total", "x", "0.5", "Alpha"]
    ),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.sampled_from([0, 1, 0.5, 1e17]),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
)
WORDS = [
    "Name",
    "Role",
    "Project ref",
    "Team",
    "Unit",
    "Status",
    "Jan-26",
    "Feb-26",
    "Mar-26",
    "Wk 1",
    "Wk 2",
    "Total",
    "2026-01-01",
]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=9),
    st.lists(st.lists(CELLS, min_size=2, max_size=9), max_size=8),
    st.sampled_from(["Resources", "Demand", "Skills matrix", "Leave"]),
)
def test_any_plan_is_applied_and_found_unchanged(header: list[Cell], rows: Rows, on: str) -> None:
    made = create_memory_store("ann")
    book = book_of([header, *rows], on)
    apply_plan(made, plan_import(made, book))
    again = plan_import(made, book)
    changes = [
        (row.label, row.old, row.values) for table in again.kept for row in table.rows if row.kind in ("new", "changed")
    ]
    made.close()
    assert changes == []


def test_only_the_sheet_that_was_asked_for_is_spoken_of(store: Store) -> None:
    plan = plan_import(store, book_of(STAFF), ImportOptions(sheet="resources"))
    assert [table.sheet for table in plan.tables] == ["Resources"]
    assert not [note for note in plan.notes if "Register" in note]


def test_a_list_of_two_columns_that_name_the_project_is_read_by_references(store: Store, bring: Bring) -> None:
    plan = bring([["Name", "Project name", "Project ref", "Jan-26", "Feb-26"], ["Priya Nair", "Alfa", "P-1", 0.5, 0.5]])
    assert {column.header: column.why for column in table_of(plan).columns}["Project name"] == (
        "it names the project once more"
    )
    assert {project for _, _, project, *_ in booked(store)} == {"Alpha"}


def test_subtotals_and_periods_said_twice_are_left_out(store: Store, bring: Bring) -> None:
    rows: Rows = [["Name", "Project", "Jan 26", "Feb 26", "Mar 26", "Q1 2026", "Jan 26"]]
    rows.append(["Priya Nair", "P-1", 0.5, 0.25, 0.5, 1.25, 0.5])
    whys = {column.letter: column.why for column in table_of(bring(rows)).columns if column.field is None}
    assert whys == {
        "F": "it adds up shorter periods, which are read",
        "G": "it says a period once more: the first column of it is read",
    }
    assert len(booked(store)) == 3


def test_percent_are_told_by_their_number_format(store: Store) -> None:
    book = book_of([["Name", "Project", "Jan-26", "Feb-26"], ["Priya Nair", "P-1", 0.5, 1]])
    book.sheets[1].formats = {"2": "0%", "3": "0%"}
    apply_plan(store, plan_import(store, book))
    assert [(row[4], row[5]) for row in booked(store)] == [(50.0, "%"), (100.0, "%")]


@pytest.mark.parametrize(
    ("cells", "unit"),
    [([300, 280], "hours"), ([100, 50], "%"), ([20, 12], "days"), ([1, 1], "FTE")],
)
def test_what_nothing_says_is_guessed_by_size_and_asked(store: Store, cells: list[Cell], unit: str) -> None:
    plan = plan_import(store, book_of([["Name", "Project", "Jan-26", "Feb-26"], ["Priya Nair", "P-1", *cells]]))
    assert {row.values["unit"] for row in table_of(plan).rows} == {unit}
    assert [question.header for question in plan.questions] == ["unit"]


def test_a_plan_for_one_project_that_is_said(store: Store, bring: Bring) -> None:
    bring([["Name", "Jan-26 FTE", "Feb-26 FTE"], ["Priya Nair", 1, 1]], given={"project": "P-2"})
    assert {project for _, _, project, *_ in booked(store)} == {"Beta"}


def test_people_under_their_name_and_projects_below(store: Store, bring: Bring) -> None:
    rows: Rows = [["Project", "Note", "Jan-26 FTE", "Feb-26 FTE"], ["Priya Nair", None, None, None]]
    rows += [["Alpha", "x", 0.5, 0.5], ["Beta", "y", 0.25, 0.5], ["Wen Lowe", None, None, None], ["Alpha", "z", 1, 1]]
    bring(rows)
    assert {(name, project) for name, _, project, *_ in booked(store)} == {
        ("Priya Nair", "Alpha"),
        ("Priya Nair", "Beta"),
        ("Wen Lowe", "Alpha"),
    }
