"""An exported workbook as Excel and an import see it: typed, filtered, coloured, without a single formula."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from pmo_desktop.exchange.dictionary import HEADERS, OWN_SHEETS, read_dictionary
from pmo_desktop.exchange.exceltext import CUT_NOTE
from pmo_desktop.exchange.lists import column_letter
from pmo_desktop.exchange.registersheet import Around, SheetContent
from pmo_desktop.exchange.sheets import Column, name_columns, register_columns
from pmo_desktop.exchange.stream import StreamCell
from pmo_desktop.exchange.workbook import Content, write_workbook
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.store.errors import Known
from pmo_desktop.store.writing import replacing

PROJECTS = BY_NAME["projects"]
NAMES = {"p1": "Ann Lee", "g1": "=Digital & Data"}
CALLED = {"person": ["Ann Lee", "Bo Ek"], "programme": ["=Digital & Data"]}
OWN = (Field("custom.w", "Ward", Kind.CHOICE), Field("custom.m", "Grant", Kind.MONEY))
ROW = {
    "id": "r1",
    "ref": "007",
    "name": "=1+1",
    "programme": "g1",
    "pm": "p1",
    "lifecycle_status": "Active",
    "stage": "Build",
    "rag_overall": "AR",
    "rag_time": "G",
    "finish_forecast": date(2027, 6, 18),
    "pct_complete": 33.3333,
    "currency": "JPY",
    "budget_approved": 123_456,
    "eac": -5,
    "score": 2.25,
    "custom.w": "North",
    "custom.m": 700,
}
OTHER = {"id": "r2", "ref": None, "name": "Second", "stage": "Plan", "budget_approved": 123_456, "rag_overall": None}


def write(
    path: Path,
    rows: Sequence[Mapping[str, Any]] = (ROW, OTHER),
    texts: Mapping[tuple[str, str], str] | None = None,
    columns: tuple[Column, ...] | None = None,
) -> Path:
    """An export of projects, in a file."""
    sheet = SheetContent(PROJECTS, columns or register_columns(PROJECTS, OWN), rows, texts or {})
    around = Around(NAMES, CALLED, "GBP", "Steering & friends")
    write_workbook(Content([sheet], around, "Our portfolio", [("Data date", "22 November 2026")]), path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write(tmp_path / "a.xlsx"))


def cell(sheet: Worksheet, header: str, row: int = 2) -> Any:
    """The cell under a header."""
    column = next(each.column for each in sheet[1] if each.value == header)
    return sheet.cell(row, column)


def formulas(path: Path) -> int:
    """How many cells of a workbook a spreadsheet would run."""
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return sum(len(re.findall(rb"<f[ >/]", content)) for content in sheets)


@pytest.mark.parametrize(
    ("header", "value", "number_format", "data_type"),
    [
        ("ID", "007", "@", "s"),
        ("Project", "=1+1", "General", "s"),
        ("Programme", "=Digital & Data", "General", "s"),
        ("Manager", "Ann Lee", "General", "s"),
        ("Status", "Active", "@", "s"),
        ("RAG", "AR", "General", "s"),
        ("Finish", datetime(2027, 6, 18), "dd mmm yyyy", "d"),
        ("Done", 0.333333, "0.0%", "n"),
        ("Budget", 123_456, '"¥"#,##0', "n"),
        ("EAC", -5, '"¥"#,##0', "n"),
        ("Score", 2.25, "General", "n"),
        ("Ward", "North", "@", "s"),
        ("Grant", 700, '"¥"#,##0', "n"),
        ("Identity", "r1", "@", "s"),
        ("Sponsor", None, "General", "n"),
    ],
)
def test_a_cell_holds_the_value_itself(
    book: openpyxl.Workbook, header: str, value: Any, number_format: str, data_type: str
) -> None:
    found = cell(book["Projects"], header)
    assert (found.value, found.number_format, found.data_type) == (value, number_format, data_type)


def test_money_of_a_row_without_a_currency_is_the_portfolios(book: openpyxl.Workbook) -> None:
    found = cell(book["Projects"], "Budget", row=3)
    assert (found.value, found.number_format) == (1234.56, '"£"#,##0.00')
    assert cell(book["Projects"], "Currency", row=3).value is None


def test_only_text_that_looks_like_a_formula_is_marked_as_quoted(book: openpyxl.Workbook) -> None:
    assert cell(book["Projects"], "Project").quotePrefix
    assert not cell(book["Projects"], "Project", row=3).quotePrefix


VECTORS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org";"x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "{=1}",
    "=",
]


def test_no_text_becomes_a_formula_in_any_place_a_text_can_stand(tmp_path: Path) -> None:
    rows = [
        {"id": f"=r{n}", "name": text, "stage": text, "pm": text, "custom.w": text} for n, text in enumerate(VECTORS)
    ]
    columns = name_columns(PROJECTS, [*(find_field("project", name) for name in ("name", "stage", "pm")), OWN[0]])
    odd = Column(Field("custom.w", "=1+1", Kind.TEXT), "=1+1")
    path = write(tmp_path / "a.xlsx", rows, {("=r0", "stage"): "=1"}, (*columns, odd))
    assert formulas(path) == 0
    texts = [row[0] for row in CalamineWorkbook.from_path(path).get_sheet_by_name("Projects").to_python()[1:]]
    assert texts == VECTORS


def test_the_check_for_formulas_finds_one_when_the_guard_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(self: StreamCell, value: Any, style: int) -> None:
        self._value, self.style_id = str(value), style
        self.data_type = "f" if str(value).startswith("=") else "s"

    monkeypatch.setattr(StreamCell, "fill", unguarded)
    assert formulas(write(tmp_path / "a.xlsx")) > 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(
            st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@\t\r\n\x00_x0041\u2028")),
            max_size=60,
        ),
        min_size=40,
        max_size=60,
    )
)
def test_any_text_is_read_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    rows = [{"id": "r", "name": text, "rag_comment": text} for text in texts]
    columns = name_columns(PROJECTS, [find_field("project", name) for name in ("name", "rag_comment")])
    path = write(tmp_path / "a.xlsx", rows, columns=columns)
    read = CalamineWorkbook.from_path(path).get_sheet_by_name("Projects").to_python(skip_empty_area=False)
    assert [row[0] for row in read[1:]] == texts
    assert [row[1] for row in read[1:]] == texts
    assert formulas(path) == 0


def test_words_that_were_kept_stand_where_the_value_is_empty(tmp_path: Path) -> None:
    texts = {("r1", "finish_actual"): "after Easter", ("r1", "finish_forecast"): "mid June", ("r2", "eac"): "=TBC"}
    sheet = openpyxl.load_workbook(write(tmp_path / "a.xlsx", texts=texts))["Projects"]
    assert cell(sheet, "Actual finish").value == "after Easter"
    assert cell(sheet, "Finish").value == datetime(2027, 6, 18)
    assert cell(sheet, "EAC", row=3).value == "=TBC"
    assert cell(sheet, "EAC", row=3).data_type == "s"


def test_a_text_longer_than_a_cell_is_cut_in_sight_and_stands_whole_on_its_own_sheet(tmp_path: Path) -> None:
    long = "".join(f"{n} " for n in range(20_000))
    row = OTHER | {"description": long}
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx", [ROW, row], {("r1", "description"): long}))
    found = [cell(book["Projects"], "Description", row=number) for number in (2, 3)]
    assert all(each.value.endswith(CUT_NOTE) for each in found)
    pieces = list(book["Long texts"].iter_rows(min_row=2, values_only=True))
    for each in found:
        assert "".join(str(piece[4]) for piece in pieces if piece[1] == each.coordinate) == long
    about = {str(row[0]): row[1] for row in book["About this export"].iter_rows(values_only=True)}
    assert "Long texts" in str(about[f"Projects!{found[0].coordinate}"])


def test_numbers_excel_would_spoil_are_text_and_told(tmp_path: Path) -> None:
    row = ROW | {"currency": "GBP", "eac": 9_007_199_254_740_991, "start_baseline": date(1899, 1, 1)}
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx", [row]))
    eac, start = cell(book["Projects"], "EAC"), cell(book["Projects"], "Baseline start")
    assert (eac.value, start.value) == ("90071992547409.91", "1899-01-01")
    told = [str(row[0]) for row in book["About this export"].iter_rows(values_only=True)]
    assert {f"Projects!{eac.coordinate}", f"Projects!{start.coordinate}"} <= set(told)
    assert "Long texts" not in book.sheetnames


def test_each_register_is_a_table_with_filters_under_a_frozen_header(book: openpyxl.Workbook) -> None:
    sheet = book["Projects"]
    table = sheet.tables["projects_table"]
    assert table.ref == sheet.dimensions
    assert table.autoFilter.ref == table.ref
    assert table.column_names == [each.value for each in sheet[1]]
    assert sheet.freeze_panes == "C2"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    fit, foot = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert fit is not None
    assert fit.fitToPage
    assert foot is not None
    assert "Steering && friends" in str(foot.left.text)


def test_columns_have_widths_and_the_identity_is_out_of_sight(book: openpyxl.Workbook) -> None:
    sheet = book["Projects"]
    columns = {column_letter(index): each.value for index, each in enumerate(sheet[1])}
    widths = [sheet.column_dimensions[letter].width for letter in columns]
    assert all(8 <= width <= 60 for width in widths)
    assert len(set(widths)) > 5
    hidden = [header for letter, header in columns.items() if sheet.column_dimensions[letter].hidden]
    assert hidden == ["Identity"]


def test_the_drop_downs_point_at_the_apps_choices(book: openpyxl.Workbook) -> None:
    sheet, offered = book["Projects"], {}
    for rule in sheet.data_validations.dataValidation:
        column = re.sub(r"\d.*", "", str(rule.sqref))
        name, area = str(rule.formula1).replace("$", "").split("!")
        offered[sheet[f"{column}1"].value] = (
            [each[0].value for each in book[name][area]],
            rule.errorStyle,
            str(rule.sqref).endswith("3"),
        )
    assert offered["RAG"] == (["R", "AR", "A", "AG", "G", "C"], "stop", True)
    assert offered["Status"] == (["Proposed", "Active", "On hold", "Closed", "Cancelled"], "stop", True)
    assert offered["Stage"] == (["Build", "Plan"], "warning", True)
    assert offered["Manager"] == (["Ann Lee", "Bo Ek"], "warning", True)
    assert offered["Programme"] == (["=Digital & Data"], "warning", True)
    assert offered["Ward"] == (["North"], "warning", True)
    assert "Budget" not in offered


def test_ratings_are_coloured_by_their_letter_and_the_letter_stays(book: openpyxl.Workbook) -> None:
    sheet = book["Projects"]
    rag = cell(sheet, "RAG")
    rules = next(area for area in sheet.conditional_formatting if rag.coordinate in str(area.sqref).split(":")).rules
    fills = {rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb for rule in rules}
    assert set(fills) == {"R", "AR", "A", "AG", "G", "C"}
    assert fills["AR"] == fills["A"] == fills["AG"]
    assert len({fills["R"], fills["A"], fills["G"], fills["C"]}) == 4
    assert rag.value == "AR"


def test_the_workbook_explains_itself(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Projects", *OWN_SHEETS[:3]]
    grid = [list(row) for row in book["Data dictionary"].iter_rows(values_only=True)]
    assert tuple(str(each) for each in grid[0]) == HEADERS
    fields = {header: entry.field for (_, header), entry in read_dictionary(grid).items()}
    assert list(fields) == [each.value for each in book["Projects"][1]]
    assert (fields["Ward"], fields["Done"]) == ("custom.w", "pct_complete")
    about = [tuple(row) for row in book["About this export"].iter_rows(max_row=3, values_only=True)]
    assert about == [("About", "Our portfolio"), ("Data date", "22 November 2026"), ("Projects", "2 rows")]


def test_an_empty_register_is_a_table_with_one_blank_row(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path / "a.xlsx", []))["Projects"]
    assert sheet.max_row == 1
    assert sheet.tables["projects_table"].ref == f"A1:{column_letter(sheet.max_column - 1)}2"


def test_a_sheet_without_any_choice_needs_no_lists(tmp_path: Path) -> None:
    columns = name_columns(PROJECTS, [find_field("project", "eac")])
    book = openpyxl.load_workbook(write(tmp_path / "a.xlsx", columns=columns))
    assert "Lists" not in book.sheetnames
    assert book["Projects"].freeze_panes == "A2"
    assert book["Projects"].print_title_cols is None


@pytest.mark.parametrize("limit", [100, 20_000, 60_000])
def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    resource = pytest.importorskip("resource")
    target, scratch = tmp_path / "out" / "a.xlsx", tmp_path / "scratch"
    target.parent.mkdir()
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    target.write_bytes(b"old")
    rows = [ROW | {"id": str(n), "name": f"{n * 7919:x}" * 9} for n in range(1500)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(Known, match="the disk is full"), replacing(target) as temporary:
            write(temporary, rows)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]
    assert list(scratch.iterdir()) == []


def test_an_error_while_writing_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(TypeError):
        write(tmp_path / "a.xlsx", [ROW, ROW | {"finish_forecast": 5}])
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []
