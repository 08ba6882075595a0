"""The exported grid holds the figures of the grid: values of bookings, formulas for every sum, colours that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from pmo_desktop.exchange.dictionary import read_dictionary
from pmo_desktop.exchange.dress import heat_steps
from pmo_desktop.exchange.gridsheet import AVAILABLE, FIRST, HEADERS, HIDDEN, TITLE, TOTAL
from pmo_desktop.figures.capacity import Grid, Lens, Level, Measure, make_grid
from pmo_desktop.figures.gridrows import read_whole_book
from pmo_desktop.operations.exports import export_grid
from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

NAME, STATUS, MEAN = 1, HEADERS.index("Status") + 1, FIRST


@pytest.fixture(scope="module")
def sample() -> Iterator[Store]:
    made = create_memory_store()
    load_sample(made)
    yield made
    made.close()


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=date(2026, 11, 13))
    yield made
    made.close()


def exported(store: Store, folder: Path, lens: Lens) -> Any:
    export_grid(store, folder / "grid.xlsx", lens)
    return load_workbook(folder / "grid.xlsx")[TITLE]


class Sums:
    """Works out the few functions that the sheet's formulas use, as a spreadsheet would."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def value(self, row: int, column: int) -> Any:
        held = self.sheet.cell(row, column).value
        return self.formula(held[1:]) if isinstance(held, str) and held.startswith("=") else held

    def area(self, text: str) -> list[Any]:
        first, last = (re.fullmatch(r"([A-Z]+)(\d+)", each.replace("$", "")) for each in text.split(":"))
        assert first is not None
        assert last is not None
        rows = range(int(first[2]), int(last[2]) + 1)
        columns = range(column_index_from_string(first[1]), column_index_from_string(last[1]) + 1)
        return [self.value(row, column) for row in rows for column in columns]

    def total(self, text: str) -> float:
        return sum(each for each in self.area(text) if isinstance(each, int | float))

    def product(self, one: list[Any], other: list[Any]) -> float:
        pairs = zip(one, other, strict=True)
        return sum(a * b for a, b in pairs if isinstance(a, int | float) and isinstance(b, int | float))

    def formula(self, text: str) -> Any:
        if text == "0":
            return 0
        if found := re.fullmatch(r"SUM\(([^)]+)\)", text):
            return self.total(found[1])
        if found := re.fullmatch(r"SUM\(([^)]+)\)/COLUMNS\(\1\)", text):
            return self.total(found[1]) / len(self.area(found[1]))
        if found := re.fullmatch(r'SUMIF\(([^,]+),"(\w+)",([^)]+)\)', text):
            pairs = zip(self.area(found[1]), self.area(found[3]), strict=True)
            return sum(value for mark, value in pairs if mark == found[2])
        if found := re.fullmatch(r'IF\(SUM\(([^)]+)\)=0,"",SUMPRODUCT\(([^,]+),\1\)/SUM\(\1\)\)', text):
            room = self.total(found[1])
            return self.product(self.area(found[2]), self.area(found[1])) / room if room else ""
        pattern = r'IF\((SUMIF\(.+?\))=0,"",SUMPRODUCT\(--\(([^=]+)="(\w+)"\),([^,]+),([^)]+)\)/\1\)'
        found = re.fullmatch(pattern, text)
        assert found is not None, text
        room = self.formula(found[1])
        kept = [
            value if mark == found[3] else None
            for mark, value in zip(self.area(found[2]), self.area(found[4]), strict=True)
        ]
        return self.product(kept, self.area(found[5])) / room if room else ""


def lines_of(sheet: Any) -> list[tuple[str, int]]:
    """The rows of teams and resources, in order: title and number."""
    rows = [(sheet.cell(row, NAME).value, row) for row in range(2, sheet.max_row + 1)]
    return [(title, row) for title, row in rows if sheet.cell(row, STATUS).value == TOTAL]


def expected(grid: Grid, number: int, period: int) -> float:
    """The grid's figure; a team's share is of those that have time, since nothing else has a share."""
    if grid.lens.unit is not Measure.PERCENT:
        return float(grid.values()[number, period])
    members = [number]
    if grid.lines[number].level is Level.GROUP:
        after = (place for place in range(number + 1, len(grid.lines)) if grid.lines[place].level is Level.GROUP)
        members = list(range(number + 1, next(after, len(grid.lines))))
    members = [each for each in members if grid.available[each, period]]
    room = float(grid.available[members, period].sum())
    return float(grid.booked[members, period].sum()) / room if room else 0.0


@pytest.mark.parametrize("unit", list(Measure))
@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
def test_every_sum_is_a_formula_that_gives_the_grids_figure(
    sample: Store, tmp_path: Path, unit: Measure, grain: Grain
) -> None:
    lens = Lens(grain, unit)
    sheet = exported(sample, tmp_path, lens)
    grid = make_grid(read_whole_book(sample, grain), lens)
    sums, lines = Sums(sheet), lines_of(sheet)
    assert [title for title, _ in lines] == [line.title for line in grid.lines]
    for number, (_, row) in enumerate(lines):
        for period in range(0, grid.periods.count, 3):
            cell = sheet.cell(row, FIRST + 1 + period)
            assert str(cell.value).startswith("=")
            near = 0.02 if unit is Measure.FTE else 0.002
            found = sums.value(row, cell.column) or 0.0
            assert found == pytest.approx(expected(grid, number, period), abs=near)


@pytest.mark.parametrize("unit", list(Measure))
def test_the_column_over_all_periods_agrees(sample: Store, tmp_path: Path, unit: Measure) -> None:
    lens = Lens(unit=unit)
    sheet = exported(sample, tmp_path, lens)
    grid = make_grid(read_whole_book(sample, Grain.WEEK), lens)
    sums = Sums(sheet)
    for number, (_, row) in enumerate(lines_of(sheet)):
        found = sums.value(row, MEAN)
        if unit is Measure.DAYS:
            assert found == pytest.approx(grid.days(number), abs=0.02)
        if unit is Measure.PERCENT and grid.share(number).value is not None and grid.lines[number].level is Level.TOP:
            assert found == pytest.approx(grid.share(number).value, abs=0.001)


@pytest.mark.parametrize("unit", list(Measure))
def test_results_stand_beside_their_formulas(sample: Store, tmp_path: Path, unit: Measure) -> None:
    sums = Sums(exported(sample, tmp_path, Lens(Grain.MONTH, unit)))
    shown = load_workbook(tmp_path / "grid.xlsx", data_only=True)[TITLE]
    for row in range(2, shown.max_row + 1):
        for column in range(MEAN, shown.max_column + 1):
            result, worked_out = shown.cell(row, column).value, sums.value(row, column)
            assert (result or 0.0) == pytest.approx(worked_out or 0.0, abs=1e-6), (row, column)


def test_headers_are_real_dates_and_identities_are_hidden(sample: Store, tmp_path: Path) -> None:
    sheet = exported(sample, tmp_path, Lens(unit=Measure.DAYS))
    heads = [cell.value for cell in sheet[1]]
    assert heads[: FIRST - 1] == [*HEADERS, *HIDDEN]
    assert all(isinstance(each, datetime) and each.weekday() == 0 for each in heads[FIRST:])
    assert sheet.cell(1, FIRST + 1).number_format == "d mmm"
    for place in range(len(HEADERS), len(HEADERS) + len(HIDDEN)):
        assert sheet.column_dimensions[get_column_letter(place + 1)].hidden
    assert sheet.freeze_panes == f"{get_column_letter(FIRST + 1)}2"


def test_months_begin_on_their_first_day(sample: Store, tmp_path: Path) -> None:
    sheet = exported(sample, tmp_path, Lens(Grain.MONTH, Measure.DAYS))
    assert {cell.value.day for cell in sheet[1][FIRST:]} == {1}
    assert sheet.cell(1, FIRST + 1).value == datetime(2026, 11, 1)


def test_a_booking_names_resource_role_project_and_status(sample: Store, tmp_path: Path) -> None:
    sheet = exported(sample, tmp_path, Lens(unit=Measure.DAYS))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    chris = [row for row in rows if row[0] == "Chris Obi" and row[STATUS - 1] not in (TOTAL, AVAILABLE)]
    assert {(row[1], row[2], row[4]) for row in chris} >= {("Data architect", "MT-401", "Confirmed")}
    assert ("Data architect", "MT-105", "Requested") in {(row[1], row[2], row[4]) for row in chris}
    ticketing = next(row for row in chris if row[2] == "MT-401")
    assert ticketing[FIRST + 1 : FIRST + 4] == [2.5, 2.5, 2.5]
    assert all(row[5] for row in chris)
    totals = [row for row in rows if row[4] in (TOTAL, AVAILABLE)]
    assert not any(any(row[5:8]) for row in totals)


def test_over_booked_cells_are_coloured_by_their_share(sample: Store, tmp_path: Path) -> None:
    sheet = exported(sample, tmp_path, Lens(unit=Measure.DAYS))
    (area,) = sheet.conditional_formatting
    rules = area.rules
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == [step.fill.bgColor.rgb for step in heat_steps()]
    first = get_column_letter(FIRST + 1)
    assert rules[0].formula == [
        f'AND($E2="{TOTAL}",$E3="{AVAILABLE}",IF({first}3=0,{first}2>0,{first}2/{first}3>=1.405))'
    ]
    assert [bool(rule.dxf.font.b) for rule in rules] == [True, True, True, False, False, False, False]


def test_weeks_with_leave_are_hatched(sample: Store, tmp_path: Path) -> None:
    sheet = exported(sample, tmp_path, Lens(unit=Measure.DAYS))
    row = next(row for title, row in lines_of(sheet) if title == "Chris Obi") + 1
    assert sheet.cell(row, STATUS).value == AVAILABLE
    patterns = [sheet.cell(row, FIRST + 1 + week).fill.patternType for week in range(1, 5)]
    assert patterns == [None, None, "lightUp", None]
    assert sheet.cell(row, FIRST + 1 + 3).value == 4


def test_what_has_no_share_is_said_and_not_lost_in_silence(store: Store, tmp_path: Path) -> None:
    role = create_record(store, "resource", {"name": "Tester, to be named", "type": "Role"})
    days = {"resource": role, "period_start": date(2026, 11, 16), "period_end": date(2026, 11, 20)}
    create_record(store, "allocation", {**days, "quantity": 1, "unit": "FTE"})
    about = exported_about(store, tmp_path, Lens(unit=Measure.PERCENT))
    assert about["Not shown"].startswith("1 ")
    assert "Not shown" not in exported_about(store, tmp_path, Lens(unit=Measure.DAYS))


def exported_about(store: Store, folder: Path, lens: Lens) -> dict[str, str]:
    export_grid(store, folder / "grid.xlsx", lens)
    rows = load_workbook(folder / "grid.xlsx")["About this export"].iter_rows(values_only=True)
    return {str(row[0]): str(row[1]) for row in rows}


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "a\x00b", "_x0041_", "x" * 40_000])
def test_hostile_names_stay_text(store: Store, tmp_path: Path, name: str) -> None:
    team = create_record(store, "team", {"name": name})
    who = create_record(store, "resource", {"name": name, "team": team})
    cells = {"resource": who, "period_start": date(2026, 11, 16), "period_end": date(2026, 11, 20), "quantity": 50}
    create_record(store, "allocation", {**cells, "unit": "%"})
    sheet = exported(store, tmp_path, Lens(unit=Measure.PERCENT))
    for row in range(2, sheet.max_row + 1):
        assert sheet.cell(row, NAME).data_type == "s"
        if name[:1] in "=+@":
            assert sheet.cell(row, NAME).quotePrefix


def test_an_empty_portfolio_gives_headers_only(store: Store, tmp_path: Path) -> None:
    sheet = exported(store, tmp_path, Lens())
    assert sheet.max_row == 1
    assert len(sheet[1]) == FIRST + 27


def test_a_lens_exports_what_it_lets_through(sample: Store, tmp_path: Path) -> None:
    soft = {row for row, *_ in statuses(exported(sample, tmp_path, Lens(unit=Measure.DAYS)))}
    hard = {row for row, *_ in statuses(exported(sample, tmp_path, Lens(unit=Measure.DAYS, confirmed_only=True)))}
    assert {"Requested", "Offered", "Confirmed"} <= soft
    assert hard == {"Confirmed", TOTAL, AVAILABLE}


def statuses(sheet: Any) -> list[tuple[str]]:
    return [(sheet.cell(row, STATUS).value,) for row in range(2, sheet.max_row + 1)]


def test_the_dictionary_says_what_is_read_back(sample: Store, tmp_path: Path) -> None:
    export_grid(sample, tmp_path / "grid.xlsx")
    rows = list(load_workbook(tmp_path / "grid.xlsx")["Data dictionary"].iter_rows(values_only=True))
    told = read_dictionary(rows)
    fields = {header: entry.field for (title, header), entry in told.items() if title == TITLE and entry.field}
    assert fields == {header: header.lower() for header in HEADERS}
    assert {header for _, header in told} == {*HEADERS, *HIDDEN}
