"""The workbook that is sent out: white cells open, grey ones locked, hidden sheets hidden, values of their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pmo_desktop.exchange.asked import ASKED
from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.ticket import read_ticket
from pmo_desktop.model.catalog import find_field
from pmo_desktop.operations.exports import export_registers
from pmo_desktop.operations.sendouts import send_out
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_milestone, a_person, a_project

DUE = date.today() + timedelta(days=7)  # noqa: DTZ011  as the program sees it


@pytest.fixture
def store() -> Iterator[Store]:
    opened = create_memory_store("ann")
    yield opened
    opened.close()


@pytest.fixture
def book(store: Store, tmp_path: Path) -> openpyxl.Workbook:
    """The workbook of a manager of one project whose texts are hostile."""
    change_settings(store, {"title": "=Change", "owner": "PMO <pmo@example.org>"})
    person = a_person(store, "=Eve")
    project = a_project(
        store,
        "+Alpha",
        ref="007",
        pm=person,
        currency="EUR",
        eac=123_456,
        pct_complete=12.5,
        finish_forecast=date(2027, 3, 26),
        rag_overall="AR",
        rag_comment='=HYPERLINK("http://example.org")',
    )
    a_milestone(store, project, "@Gate")
    return openpyxl.load_workbook(send_out(store, [person], tmp_path, DUE)[0].path)


def cell(page: Worksheet, header: str, row: int = 2) -> Cell:
    column = next(each.column for each in page[1] if each.value == header)
    found = page.cell(row, column or 0)
    assert isinstance(found, Cell)
    return found


def test_the_sheets_are_in_order_and_the_machinery_is_hidden(book: openpyxl.Workbook) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert list(states.items()) == [
        ("How to answer", "visible"),
        ("Projects", "visible"),
        ("Milestones", "visible"),
        ("Lists", "hidden"),
        ("Send-out", "veryHidden"),
    ]
    assert [sheet.title for sheet in book.worksheets if not sheet.protection.sheet] == ["Lists"]


@pytest.mark.parametrize("register", ASKED)
def test_exactly_the_columns_asked_for_are_open_and_white_even_where_they_are_empty(
    book: openpyxl.Workbook, register: str
) -> None:
    page = book[register.capitalize()]
    entity = register.removesuffix("s")
    opened = {find_field(entity, name).label for name in ASKED[register].opened}
    found = {str(each.value): page.cell(2, each.column or 0) for each in page[1]}
    assert {header for header, each in found.items() if not each.protection.locked} == opened
    grounds = {header: each.fill.fgColor.rgb for header, each in found.items()}
    assert {header for header, ground in grounds.items() if ground == "FFFFFFFF"} == opened
    assert page.column_dimensions[get_column_letter(page.max_column)].hidden


def test_values_are_typed_and_texts_stay_texts(book: openpyxl.Workbook) -> None:
    page = book["Projects"]
    assert cell(page, "Finish").value == datetime(2027, 3, 26)
    assert cell(page, "Finish").number_format == "dd mmm yyyy"
    assert (cell(page, "EAC").value, cell(page, "EAC").number_format) == (1234.56, '"€"#,##0.00')
    assert cell(page, "Budget").number_format == '"€"#,##0.00'
    assert cell(page, "Done").value == 0.125
    assert (cell(page, "ID").value, cell(page, "ID").data_type) == ("007", "s")
    for text in (cell(page, "Commentary"), cell(page, "Project"), cell(book["Milestones"], "Milestone")):
        assert text.data_type == "s"
        assert text.quotePrefix


def test_open_cells_offer_the_choices_and_ask_about_what_is_no_date(book: openpyxl.Workbook) -> None:
    page = book["Projects"]
    checks = {str(each.sqref): each for each in page.data_validations.dataValidation}
    rating = checks[f"{cell(page, 'RAG').column_letter}2"]
    assert (rating.type, rating.errorStyle, rating.showInputMessage) == ("list", "stop", True)
    assert "AR amber/red" in str(rating.prompt)
    finish = checks[f"{cell(page, 'Finish').column_letter}2"]
    assert (finish.type, finish.errorStyle) == ("date", "warning")
    assert checks[f"{cell(page, 'EAC').column_letter}2"].type == "decimal"
    assert f"{cell(page, 'Budget').column_letter}2" not in checks
    ranges = [str(each.sqref) for each in page.conditional_formatting]
    assert f"{cell(page, 'RAG').column_letter}2" in ranges


def test_the_first_sheet_says_who_what_until_when_and_to_whom(book: openpyxl.Workbook) -> None:
    said = {str(row[0].value): str(row[1].value) for row in book["How to answer"].iter_rows()}
    assert said["For"] == "=Eve"
    assert said["Answer by"] == f"{DUE.day} {DUE:%B %Y}"
    assert said["Send back to"] == "PMO <pmo@example.org>"
    assert said["Your rows"] == "1 project on the sheet Projects and 1 milestone on the sheet Milestones."


def test_the_hidden_sheet_is_read_back(store: Store, tmp_path: Path) -> None:
    person = a_person(store)
    a_project(store, "Alpha", pm=person)
    (sent,) = send_out(store, [person], tmp_path)
    ticket = read_ticket(read_workbook(sent.path))
    assert ticket is not None
    assert (ticket.send_out, ticket.person, ticket.version) == (sent.send_out, person, 3)
    assert ticket.columns["Projects"]["Finish"] == "finish_forecast"
    assert ticket.columns["Projects"]["Slip"] == ""


def test_an_export_of_ours_is_not_protected(store: Store, tmp_path: Path) -> None:
    a_project(store, "Alpha")
    book = openpyxl.load_workbook(export_registers(store, tmp_path / "all.xlsx", ["projects"]).path)
    assert not book["Projects"].protection.sheet
    assert book["Projects"]["A2"].fill.fill_type is None


def test_nothing_of_other_peoples_rows_is_in_the_workbook(store: Store, tmp_path: Path) -> None:
    mine, other = a_person(store, "Ann Own"), a_person(store, "Bob Other")
    a_milestone(store, a_project(store, "Of Ann", pm=mine), "Gate of Ann")
    a_milestone(store, a_project(store, "Secret of Bob", pm=other), "Gate of Bob")
    book = openpyxl.load_workbook(send_out(store, [mine], tmp_path)[0].path)
    words = {str(each) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for each in row}
    assert {"Of Ann", "Gate of Ann"} <= words
    assert not [each for each in words if "Bob" in each]
