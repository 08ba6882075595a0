"""A workbook of ours that comes back: its tables are known, and every untouched cell is told from an edited one."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pmo_desktop.exchange.cells import cell_writer
from pmo_desktop.exchange.dictionary import HEADERS, KEPT_HEADERS
from pmo_desktop.exchange.exceltext import shown_text
from pmo_desktop.exchange.grid import KeptText, Sheet, Workbook, read_workbook
from pmo_desktop.exchange.plan import RowPlan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.exchange.returned import is_untouched, keep_edits, mark_kept, read_kept, read_returned, returned_table
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.exports import export_registers
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows

LONG = "x" * 40_000
TOLD = {"ID": "ref", "Project": "name", "Budget": "budget_approved", "Slip": "", "Identity": "id"}
FIELDS = [(0, "ref"), (1, "name"), (2, "budget_approved"), (4, "id")]


def sheet(*rows: list[Any], **more: Any) -> Sheet:
    return Sheet("Projects", [list(TOLD), *rows], **more)


def kept(*rows: list[Any], records: dict[str, dict[str, Any]] | None = None) -> list[list[Any]]:
    """What is left to read of the rows."""
    table = returned_table(sheet(*rows), TOLD)
    assert table is not None
    fields = [(index, find_field("project", name)) for index, name in FIELDS]
    texts = {("a", "name"): {"text": "TBC"}}
    return keep_edits(table, fields, records or {}, texts, {}, "GBP").sheet.rows[1:]


def test_the_dictionary_of_an_export_is_found_and_read() -> None:
    said = ["Projects", "ID", "", "Reference", "", "", "ref"]
    book = Workbook("a.xlsx", "", [sheet(), Sheet("Data dictionary", [list(HEADERS), list(said)])])
    assert read_returned(book) == {"Projects": {"ID": "ref"}}


def test_somebodys_own_workbook_has_none() -> None:
    assert read_returned(Workbook("a.xlsx", "", [sheet(), Sheet("Data dictionary", [["Term", "Meaning"]])])) == {}


def test_every_row_that_says_something_is_a_record_even_a_total() -> None:
    found = returned_table(sheet([], ["Total", "Total", 5], [None], [None, "Alone"]), TOLD)
    assert found is not None
    assert (found.top, found.header, found.records) == (0, 0, [2, 4])
    assert [column.header for column in found.columns] == list(TOLD)


def test_formats_say_a_percent_but_no_currency_of_the_table() -> None:
    found = returned_table(sheet(["1"], formats={"2": '"¥"#,##0', "3": "0.0%"}), TOLD)
    assert found is not None
    assert found.sheet.formats == {"3": "0.0%"}


@pytest.mark.parametrize("rows", [[], [[]], [[None, 5]], [["Some", "title", "row", "ID"]]])
def test_a_sheet_whose_header_went_is_read_like_anybodys(rows: list[list[Any]]) -> None:
    assert returned_table(Sheet("Projects", rows), TOLD) is None


def test_only_what_differs_from_the_record_is_left() -> None:
    records = {"a": {"id": "a", "ref": "P-1", "name": None, "budget_approved": 12_345, "currency": "JPY"}}
    assert kept(["P-1", "TBC", 12_345.0, 3, "a"], records=records) == [[None, None, None, 3, "a"]]
    assert kept(["P-2", "TBD", 123.45, None, "a"], records=records) == [["P-2", "TBD", 123.45, None, "a"]]


def test_a_copied_row_loses_its_identity_and_keeps_its_cells() -> None:
    records = {"a": {"id": "a", "ref": "P-1", "name": "Alpha", "budget_approved": None}}
    rows = kept(["P-1", "Alpha", None, None, "a"], ["P-1", "Alpha", None, None, "a"], records=records)
    assert rows == [[None, None, None, None, "a"], ["P-1", "Alpha", None, None, None]]


@pytest.mark.parametrize("identity", [None, "gone", 5])
def test_a_row_that_is_nobodys_is_read_whole(identity: Any) -> None:
    row = ["P-1", "Alpha", 5, None, identity]
    assert kept(row, records={"a": {"id": "a", "ref": "P-1"}}) == [row]


def test_short_rows_end_where_they_end() -> None:
    records = {"a": {"id": "a", "ref": "P-1"}}
    table = returned_table(Sheet("Projects", [["Identity", "ID"], ["a"]]), {"Identity": "id", "ID": "ref"})
    assert table is not None
    fields = [(0, find_field("project", "id")), (1, find_field("project", "ref"))]
    assert keep_edits(table, fields, records, {}, {}, "GBP").sheet.rows[1] == ["a"]


def test_without_the_identity_column_nothing_is_taken_away() -> None:
    table = returned_table(sheet(["P-1"]), TOLD)
    assert table is not None
    assert keep_edits(table, [(0, find_field("project", "ref"))], {}, {}, {}, "GBP") is table


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.TEXT, "bell\x07", "bell\x07"),
        (Kind.TEXT, "bell\x07", "bell_x0007_"),
        (Kind.NOTE, "a\r\nb", "a\nb"),
        (Kind.NOTE, LONG, shown_text(LONG)),
        (Kind.NUMBER, 2.25, 2.25),
        (Kind.NUMBER, 3.0, 3),
        (Kind.PERCENT, 33.3333, 0.333333),
        (Kind.MONEY, 12_345, 123.45),
        (Kind.MONEY, 9_007_199_254_740_991, "90071992547409.91"),
        (Kind.DATE, date(2027, 6, 18), date(2027, 6, 18)),
        (Kind.DATE, date(2027, 6, 18), datetime(2027, 6, 18)),
        (Kind.DATE, date(2027, 6, 18), 46556.0),
        (Kind.DATE, date(1899, 1, 1), "1899-01-01"),
        (Kind.YESNO, True, "Yes"),
        (Kind.PERSON, "p1", "Ann Lee"),
        (Kind.RAG, "AR", "AR"),
        (Kind.TEXT, None, None),
        (Kind.TEXT, "", ""),
    ],
)
def test_a_cell_that_holds_what_was_written_is_untouched(kind: Kind, value: Any, cell: Any) -> None:
    assert is_untouched(cell, value, None, cell_writer(Field("x", "X", kind), {"p1": "Ann Lee"}), "GBP")


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Kind.TEXT, "Alpha", "alpha"),
        (Kind.TEXT, "3", 3.0),
        (Kind.TEXT, None, "Alpha"),
        (Kind.NUMBER, 2.25, 2.26),
        (Kind.NUMBER, 1.0, True),
        (Kind.NUMBER, 2.25, "2.25"),
        (Kind.MONEY, 12_345, Decimal("123.45")),
        (Kind.DATE, date(2027, 6, 18), date(2027, 6, 19)),
        (Kind.DATE, date(2027, 6, 18), datetime(2027, 6, 18, 12, 30)),
        (Kind.YESNO, True, "No"),
        (Kind.RAG, "AR", "A"),
    ],
)
def test_any_other_cell_was_edited(kind: Kind, value: Any, cell: Any) -> None:
    assert not is_untouched(cell, value, None, cell_writer(Field("x", "X", kind), {}), "GBP")


@pytest.mark.parametrize(("cell", "untouched"), [("mid June", True), ("mid July", False), (None, False)])
def test_kept_words_are_compared_where_there_is_no_value(cell: Any, *, untouched: bool) -> None:
    assert is_untouched(cell, None, "mid June", cell_writer(Field("x", "X", Kind.DATE), {}), "GBP") is untouched


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([list(KEPT_HEADERS), ["Projects", "a", "Project", "TBC"]], {"Projects": {("a", "Project"): "TBC"}}),
        ([list(KEPT_HEADERS), ["Projects", "a"]], {}),
        ([["Somebody's", "own"], ["Projects", "a", "Project", "TBC"]], {}),
        ([], {}),
    ],
)
def test_the_sheet_of_kept_words_is_read_when_it_is_ours(rows: list[list[Any]], found: dict[str, Any]) -> None:
    assert read_kept(Workbook("a.xlsx", "", [sheet(), Sheet("Kept texts", rows)])) == found


def test_cells_that_still_hold_kept_words_are_told_from_values() -> None:
    table = returned_table(sheet(["P-1", "TBC", None, None, "a"], ["P-2", "Edited", None, None, "b"], ["P-3"]), TOLD)
    assert table is not None
    fields = [(index, find_field("project", name)) for index, name in FIELDS]
    words = {("a", "Project"): "TBC", ("b", "Project"): "TBC", ("", "Project"): "TBC"}
    rows = mark_kept(table, fields, words).sheet.rows
    assert [type(row[1]) for row in rows[1:3]] == [KeptText, str]
    assert mark_kept(table, fields[:1], words) is table
    assert mark_kept(table, fields, {}) is table


def returned_after(tmp_path: Path, edits: dict[str, Any], here: dict[str, Any]) -> tuple[RowPlan, dict[str, Any]]:
    """Export one project, edit it in the workbook (header -> value) and here (field -> value), import the workbook."""
    with closing(create_memory_store("ann")) as store:
        identity = create_record(store, "project", {"ref": "A-1", "name": "Alpha", "rag_overall": "G", "stage": "Plan"})
        export_registers(store, tmp_path / "out.xlsx", ["projects"])
        book = load_workbook(tmp_path / "out.xlsx")
        sheet = book["Projects"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for header, value in edits.items():
            sheet.cell(2, headers[header] or 1).value = value
        book.save(tmp_path / "out.xlsx")
        edit_cells(store, "project", [Edit(identity, name, value) for name, value in here.items()])
        plan = plan_import(store, read_workbook(tmp_path / "out.xlsx"))
        apply_plan(store, plan)
        row = next(row for table in plan.kept for row in table.rows)
        return row, read_rows(store, "project")[0]


def test_an_export_that_comes_back_late_does_not_take_back_what_was_edited_here(tmp_path: Path) -> None:
    row, project = returned_after(tmp_path, {"Stage": "Delivery"}, {"rag_overall": "R"})
    assert not row.conflicts
    assert (project["stage"], project["rag_overall"]) == ("Delivery", "R")


def test_a_cell_edited_in_the_export_and_here_is_asked(tmp_path: Path) -> None:
    row, project = returned_after(tmp_path, {"Stage": "Delivery"}, {"stage": "Closure"})
    (conflict,) = row.conflicts.values()
    assert (conflict.base, conflict.theirs, conflict.ours) == ("Plan", "Delivery", "Closure")
    assert project["stage"] == "Closure"
