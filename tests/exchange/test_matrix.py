"""Skills matrices: people down, skills across."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.matrix import read_level
from pmo_desktop.exchange.plan import Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

MATRIX: list[list[Cell]] = [
    ["Name", "Role", "Python", "SQL", "Testing", "Remarks on the person"],
    ["Priya Nair", "Developer", 4, 3, None, "on loan until the spring"],
    ["Okafor, Daniel", "Tester", 0, "Expert", "x", None],
]


def bring(store: Store, rows: list[list[Cell]], on: str = "Skills matrix") -> Plan:
    """Plan and apply a sheet."""
    plan = plan_import(store, Workbook("skills.xlsx", "f00d", [Sheet(on, [list(row) for row in rows])]))
    apply_plan(store, plan)
    return plan


def levels(store: Store) -> set[tuple[str, str, float | None]]:
    """Who is how good at what."""
    names = read_names(store)
    return {(names[row["resource"]], names[row["skill"]], row["level"]) for row in read_rows(store, "resource_skill")}


def test_a_matrix_becomes_levels_of_people_and_skills(store: Store) -> None:
    plan = bring(store, MATRIX)
    assert levels(store) == {
        ("Priya Nair", "Python", 4.0),
        ("Priya Nair", "SQL", 3.0),
        ("Daniel Okafor", "SQL", 5.0),
        ("Daniel Okafor", "Testing", None),
    }
    (table,) = plan.tables
    assert (table.into, table.row_name(table.rows[0].row)) == ("resource_skills", "C2")
    left = {column.header for column in table.columns if column.field is None}
    assert left == {"Role", "Remarks on the person"}
    assert {row["name"] for row in read_rows(store, "skill")} == {"Python", "SQL", "Testing"}


def test_the_matrix_again_changes_nothing_and_one_level_is_one_change(store: Store) -> None:
    bring(store, MATRIX)
    assert bring(store, MATRIX).counts()["unchanged"] == 4
    better = [list(row) for row in MATRIX]
    better[1][2] = 5
    assert bring(store, better).counts()["changed"] == 1
    assert ("Priya Nair", "Python", 5.0) in levels(store)


def test_a_long_list_of_levels_is_read_too(store: Store) -> None:
    bring(store, [["Name", "Skill", "Level"], ["Priya Nair", "Python", 4], ["P Nair", "SQL", 2]], "Skill levels")
    assert levels(store) == {("Priya Nair", "Python", 4.0), ("Priya Nair", "SQL", 2.0)}


def test_a_sheet_whose_columns_are_skills_that_are_kept_is_a_matrix(store: Store) -> None:
    bring(store, MATRIX)
    plan = bring(store, [["Name", "Python", "SQL"], ["Wen Lowe", 2, 2], ["Ann Lee", 1, 3]], "Sheet1")
    assert plan.tables[0].into == "resource_skills"


def test_another_table_of_small_numbers_is_no_matrix(store: Store) -> None:
    plan = plan_import(
        store, Workbook("x.xlsx", "f00d", [Sheet("Sheet1", [["Name", "Apples", "Pears"], ["Wen Lowe", 2, 2]])])
    )
    assert "resource_skills" not in {table.into for table in plan.tables}


@pytest.mark.parametrize(
    ("cell", "level"),
    [(3, 3.0), (0, None), (6, None), ("4 - advanced", 4.0), ("L2", 2.0), ("basic", 1.0), ("●", 5.0), ("✓", 0.0),
     ("yes", 0.0), (True, 0.0), (False, None), (None, None), ("none", None), ("Paris", None)],
)  # fmt: skip
def test_levels_are_numbers_words_and_marks(cell: Cell, level: float | None) -> None:
    assert read_level(cell) == level
