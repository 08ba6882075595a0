"""The exported capacity grid that comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook, read_workbook
from pmo_desktop.exchange.gridsheet import FIRST, TITLE
from pmo_desktop.exchange.plan import Answer, ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.capacity import Lens, Measure
from pmo_desktop.figures.gridrows import read_grid_rows, read_whole_book
from pmo_desktop.operations.exports import export_grid
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows

BOOKED: list[list[Cell]] = [
    ["Name", "Role", "Project ref", "Period start", "Period end", "Quantity", "Unit", "Status"],
    ["Priya Nair", "Developer", "P-1", date(2026, 1, 1), date(2026, 3, 31), 30, "days", "Confirmed"],
    ["Priya Nair", "Developer", "P-2", date(2026, 1, 5), date(2026, 2, 27), 50, "%", "Requested"],
    ["Wen Lowe", "Tester", "P-1", date(2026, 2, 2), date(2026, 2, 27), 0.5, "FTE", "Confirmed"],
]


@pytest.fixture
def booked(store: Store) -> Store:
    """A portfolio with bookings of two people, one of them over three months."""
    projects: list[list[Cell]] = [["Ref", "Project name"], ["P-1", "Alpha"], ["P-2", "Beta"]]
    week: list[list[Cell]] = [["Calendar", "Standard", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]]
    week.append(["Office", "Yes", 8, 8, 8, 8, 8])
    sheets = [
        Sheet("Register", projects),
        Sheet("Calendars", week),
        Sheet("Allocations", [list(row) for row in BOOKED]),
    ]
    apply_plan(store, plan_import(store, Workbook("b.xlsx", "f00d", sheets)))
    assert len(read_rows(store, "allocation")) == 3
    return store


def exported(store: Store, folder: Path, unit: Measure, grain: Grain = Grain.MONTH) -> Path:
    """The grid as a workbook."""
    path = folder / "grid.xlsx"
    export_grid(store, path, Lens(grain=grain, unit=unit))
    return path


def edit(path: Path, name: str, status: str, month: date, value: float | str | None) -> None:
    """Type into the cell of a booking."""
    book = openpyxl.load_workbook(path)
    sheet = book[TITLE]
    column = next(cell.column for cell in sheet[1] if getattr(cell.value, "date", lambda: None)() == month)
    row = next(each[0].row for each in sheet.iter_rows(min_row=2) if (each[0].value, each[4].value) == (name, status))
    sheet.cell(row or 0, column or 0).value = value
    book.save(path)


def bring(store: Store, path: Path, **options: object) -> Plan:
    """Plan and apply the grid."""
    plan = plan_import(store, read_workbook(path), ImportOptions(**options))  # type: ignore[arg-type]
    apply_plan(store, plan)
    return plan


def month_of(store: Store, name: Measure, month: date) -> float:
    """What all bookings hold in a month, in a unit."""
    grid = read_grid_rows(read_whole_book(store, Grain.MONTH), Lens(grain=Grain.MONTH, unit=name))
    place = [str(day) for day in grid.grid.periods.firsts].index(str(month))
    return sum(float(row.values[place]) for under in grid.rows for row in under)


@pytest.mark.parametrize("unit", list(Measure))
@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
def test_the_grid_comes_back_unchanged(booked: Store, tmp_path: Path, unit: Measure, grain: Grain) -> None:
    plan = plan_import(booked, read_workbook(exported(booked, tmp_path, unit, grain)))
    (table,) = plan.tables
    assert (table.into, table.read, table.rows, table.problems, plan.writes) == ("allocations", 3, [], [], False)


def test_an_edited_month_is_changed_and_the_others_keep_their_sums(booked: Store, tmp_path: Path) -> None:
    path = exported(booked, tmp_path, Measure.DAYS)
    before = [month_of(booked, Measure.DAYS, date(2026, month, 1)) for month in (1, 2, 3)]
    edit(path, "Priya Nair", "Confirmed", date(2026, 3, 1), 4)
    plan = bring(booked, path)
    assert plan.writes
    after = [month_of(booked, Measure.DAYS, date(2026, month, 1)) for month in (1, 2, 3)]
    assert (after[:2], after[2]) == (before[:2], 4.0)
    assert not plan_import(booked, read_workbook(path)).writes


def test_a_zero_books_nothing_and_a_blank_keeps(booked: Store, tmp_path: Path) -> None:
    path = exported(booked, tmp_path, Measure.FTE)
    edit(path, "Wen Lowe", "Confirmed", date(2026, 2, 1), 0)
    edit(path, "Priya Nair", "Confirmed", date(2026, 1, 1), None)
    bring(booked, path)
    rows = {row["unit"]: row for row in read_rows(booked, "allocation")}
    assert rows["FTE"]["quantity"] == 0
    assert rows["days"]["quantity"] == 30


def test_what_both_sides_changed_waits_until_somebody_says(booked: Store, tmp_path: Path) -> None:
    path = exported(booked, tmp_path, Measure.DAYS)
    row = next(each for each in read_rows(booked, "allocation") if each["unit"] == "days")
    edit_cells(booked, "allocation", [Edit(row["id"], "quantity", 15.0)])
    assert not plan_import(booked, read_workbook(path)).writes  # an untouched cell does not take an edit back
    edit(path, "Priya Nair", "Confirmed", date(2026, 3, 1), 4)
    (problem,) = plan_import(booked, read_workbook(path)).tables[0].problems
    assert "since the grid was exported" in problem.reason
    assert bring(booked, path, resolve=Answer.THEIRS).writes


def test_odd_cells_and_rows_that_were_added_are_named(booked: Store, tmp_path: Path) -> None:
    path = exported(booked, tmp_path, Measure.DAYS)
    edit(path, "Priya Nair", "Confirmed", date(2026, 3, 1), "lots")
    edit(path, "Wen Lowe", "Confirmed", date(2026, 2, 1), -3)
    book = openpyxl.load_workbook(path)
    book[TITLE].append(["Ann Lee", None, "P-1", "days", "Confirmed"])
    book.save(path)
    (table,) = plan_import(booked, read_workbook(path)).tables
    assert [problem.text for problem in table.problems] == ["lots", "-3"]
    assert [row.text for row in table.skipped] == ["Ann Lee · P-1 · days · Confirmed"]
    assert table.rows == []
    assert FIRST == 9
