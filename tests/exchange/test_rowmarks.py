"""Hidden, filtered and struck-through rows: asked, and read, closed or left out as told."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan, Struck
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows

ROWS: list[list[Cell]] = [
    ["Ref", "Project name", "Project status", "Department"],
    ["A-1", "Alpha", "Active", "Estates"],
    ["A-2", "Beta", "Active", "Estates"],
    ["A-3", "Gamma", "Cancelled", "Roads"],
    ["A-4", "Delta", None, "Roads"],
]


def planned(store: Store, rows: list[list[Cell]] = ROWS, on: str = "Register", **more: Any) -> Plan:
    """Plan a sheet with marks (`hidden_rows`, `struck`) and options."""
    marks = {name: more.pop(name) for name in ("hidden_rows", "struck_rows") if name in more}
    sheet = Sheet(on, rows, hidden_rows=marks.get("hidden_rows", []), struck=marks.get("struck_rows", []))
    return plan_import(store, Workbook("register.xlsx", "f00d", [sheet]), ImportOptions(**more))


def states(plan: Plan) -> dict[str, Any]:
    """The status of each row that is read."""
    return {row.values["ref"]: row.values.get("lifecycle_status") for row in plan.tables[0].rows}


def test_hidden_rows_are_read_and_asked_about(store: Store) -> None:
    plan = planned(store, hidden_rows=[2, 3, 9])
    assert plan.counts()["new"] == 4
    (question,) = plan.questions
    assert (question.option, question.sheet, question.choices) == ("hidden", "Register", ("read", "leave"))
    assert question.text == "Register: 2 of 4 rows are hidden or filtered away; so far they are read too."


def test_hidden_rows_are_left_out_when_somebody_says_so(store: Store) -> None:
    plan = planned(store, hidden_rows=[2, 3], hidden=False)
    assert (sorted(states(plan)), plan.questions) == (["A-1", "A-4"], [])
    assert [(row.row, row.text.split(" ·")[0], row.reason) for row in plan.tables[0].skipped] == [
        (3, "A-2", "hidden in the workbook, and left out as you said"),
        (4, "A-3", "hidden in the workbook, and left out as you said"),
    ]
    assert planned(store, hidden_rows=[2, 3], hidden=True).questions == []


def test_struck_rows_are_closed_and_asked_about(store: Store) -> None:
    plan = planned(store, struck_rows=[1, 3, 4])
    assert states(plan) == {"A-1": "Closed", "A-2": "Active", "A-3": "Cancelled", "A-4": "Closed"}
    (question,) = plan.questions
    assert (question.option, question.choices) == ("struck", ("close", "read", "leave"))
    assert question.text == "Register: 3 of 4 rows are struck through; so far they are closed."


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Struck.CLOSE, {"A-1": "Closed", "A-2": "Active", "A-3": "Cancelled", "A-4": "Closed"}),
        (Struck.READ, {"A-1": "Active", "A-2": "Active", "A-3": "Cancelled", "A-4": None}),
        (Struck.LEAVE, {"A-2": "Active"}),
    ],
)
def test_struck_rows_become_what_is_answered(store: Store, answer: Struck, expected: dict[str, Any]) -> None:
    plan = planned(store, struck_rows=[1, 3, 4], struck=answer)
    assert (states(plan), plan.questions) == (expected, [])


def test_a_struck_row_closes_what_is_kept(store: Store) -> None:
    apply_plan(store, planned(store))
    bare = [cells[:2] + cells[3:] for cells in ROWS]
    plan = planned(store, bare, struck_rows=[2])
    table = plan.tables[0]
    shown = next(column for column in table.columns if column.field == "lifecycle_status")
    assert (shown.letter, shown.header) == ("", "(struck-through rows)")
    (changed,) = [row for row in table.rows if row.kind == "changed"]
    assert (table.cell(changed, shown).old, table.cell(changed, shown).new) == ("Active", "Closed")
    apply_plan(store, plan)
    assert {row["ref"]: row["lifecycle_status"] for row in read_rows(store, "project")}["A-2"] == "Closed"
    assert not planned(store, bare, struck_rows=[2]).writes


def test_struck_rows_of_a_register_that_cannot_close_are_read(store: Store) -> None:
    apply_plan(store, planned(store))
    rows: list[list[Cell]] = [["Project", "Period end", "Reported by"], ["Alpha", "30/11/2026", "Ann Lee"]]
    plan = planned(store, rows, "Status reports", struck_rows=[1])
    assert (plan.tables[0].into, plan.counts()["new"]) == ("status_reports", 1)
    assert [each.text for each in plan.questions if each.option == "struck"] == [
        "Status reports: 1 of 1 row is struck through; so far it is read like any other."
    ]


def test_tables_that_are_not_kept_only_count_them(store: Store) -> None:
    people: list[list[Cell]] = [[f"Councillor {number}", "Town hall", "High", "Low"] for number in (1, 2, 3)]
    rows: list[list[Cell]] = [["Stakeholder", "Organisation", "Influence", "Interest"], *people]
    plan = planned(store, rows, "Stakeholders", hidden_rows=[1], struck_rows=[2])
    assert plan.questions == []
    assert plan.notes == ["Stakeholders: 1 of 3 rows is hidden.", "Stakeholders: 1 of 3 rows is struck through."]


def test_a_hidden_sheet_is_named(store: Store) -> None:
    plan = plan_import(store, Workbook("register.xlsx", "f00d", [Sheet("Register", ROWS, visible=False)]))
    assert plan.notes == ["Sheet Register is hidden in the workbook; it is read all the same."]
