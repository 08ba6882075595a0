"""Leave planners with one column a day."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.exchange.dayplan import read_mark
from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

DAYS: list[Cell] = [date(2026, 12, day) for day in (17, 18, 21, 22, 23, 24)]
PLAN: list[list[Cell]] = [
    ["Name", "Team", *DAYS],
    ["Priya Nair", "Web", "L", "L", "L", None, "½L", None],
    ["Daniel Okafor", "Web", None, "s", "T", "BH", "wfh", "X"],
    ["Wen Lowe", "Web", None, None, None, None, None, None],
]


def bring(store: Store, rows: list[list[Cell]]) -> Plan:
    """Plan and apply a sheet."""
    plan = plan_import(store, Workbook("leave.xlsx", "f00d", [Sheet("Leave", [list(row) for row in rows])]))
    apply_plan(store, plan)
    return plan


def test_marks_that_follow_each_other_are_one_absence(store: Store) -> None:
    plan = bring(store, PLAN)
    names = read_names(store)
    found = {
        (names[row["resource"]], row["type"], row["start"].day, row["finish"].day, row["part"])
        for row in read_rows(store, "absence")
    }
    assert found == {
        ("Priya Nair", "Leave", 17, 21, None),
        ("Priya Nair", "Leave", 23, 23, 50.0),
        ("Daniel Okafor", "Sickness", 18, 18, None),
        ("Daniel Okafor", "Training", 21, 21, None),
        ("Daniel Okafor", "Leave", 24, 24, None),
    }
    (table,) = plan.tables
    assert (table.into, table.counts()["new"]) == ("absences", 5)
    assert table.row_name(table.rows[0].row) == "C2"


def test_the_planner_again_changes_nothing_and_a_longer_leave_is_one_change(store: Store) -> None:
    bring(store, PLAN)
    assert bring(store, PLAN).counts()["unchanged"] == 5
    longer = [list(row) for row in PLAN]
    longer[1][5] = "L"
    counts = bring(store, longer).counts()
    assert (counts["changed"], counts["new"], counts["unchanged"]) == (1, 0, 4)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, None),
        ("", None),
        ("-", None),
        ("AL", ("Leave", None)),
        ("a/l", ("Leave", None)),
        ("Sick", ("Sickness", None)),
        (1, ("Leave", None)),
        (0.5, ("Leave", 50.0)),
        ("am", ("Leave", 50.0)),
        ("0.5 T", ("Training", 50.0)),
        ("S pm", ("Sickness", 50.0)),
        ("BH", None),
        ("WFH", None),
        ("Jury duty", ("Jury duty", None)),
        ("a whole sentence about something else", None),
    ],
)
def test_a_mark_is_a_kind_of_absence_or_a_day_of_work(cell: Cell, expected: tuple[str, float | None] | None) -> None:
    assert read_mark(cell) == expected
