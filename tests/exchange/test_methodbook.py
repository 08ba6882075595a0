"""A methodology as a workbook: read back as it was written, edited in Excel, and wrong cells said by their address."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from pmo_desktop.exchange.exceltext import CUT_NOTE
from pmo_desktop.exchange.grid import as_workbook, decode_answer
from pmo_desktop.exchange.methodbook import SHEETS, read_method_book, read_method_workbook, write_method_workbook
from pmo_desktop.exchange.reader import encode_answer, read_foreign
from pmo_desktop.rules.method import Gate, Guide, Method, MethodPhase, Template
from pmo_desktop.store.errors import Known
from tests.exchange.methodlaws import any_methods
from tests.figures.test_methods import METHOD


def read_here(path: Path) -> Method:
    """Read in this process, as the child does: starting a child for each example would take minutes."""
    return read_method_book(as_workbook(path, decode_answer(encode_answer(read_foreign(path)))))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The workbook of METHOD."""
    write_method_workbook(METHOD, tmp_path / "method.xlsx")
    return tmp_path / "method.xlsx"


def edit(path: Path, sheet: str, cell: str, value: Any) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@given(any_methods(halves=False))
@settings(max_examples=12, deadline=None)
def test_any_methodology_is_read_back_as_it_was(method: Method) -> None:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "method.xlsx"
        write_method_workbook(method, target)
        assert read_here(target) == method


def test_the_child_that_reads_foreign_files_reads_it_too(path: Path) -> None:
    assert read_method_workbook(path) == METHOD


def test_it_has_a_sheet_a_kind_and_every_cell_is_text(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == list(SHEETS)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in book["Phases"][2]] == ["think", "Think", "Know what is wanted.", "4.5"]


def test_large_templates_and_long_texts_travel_in_pieces_and_rows_may_be_sorted(tmp_path: Path) -> None:
    texts = (f"{'one ' * 9_000}", f"{'two ' * 9_000}")
    pages = tuple(Guide(title, text) for title, text in zip("AB", texts, strict=True))
    templates = (Template("t", "T", "t.docx", bytes(range(256)) * 100), Template("u", "U", "u.docx", b""))
    method = Method("m", "M", "1", guidance=pages, templates=templates)
    target = tmp_path / "m.xlsx"
    write_method_workbook(method, target)
    assert read_here(target) == method
    book = openpyxl.load_workbook(target)
    sheet = book["Guidance"]
    upper, lower = ([cell.value for cell in sheet[row]] for row in (2, 3))
    for row, values in ((2, lower), (3, upper)):
        for place, value in enumerate(values, start=1):
            sheet.cell(row, place, value)
    book.save(target)
    assert read_here(target).guidance == (pages[1], pages[0])
    edit(target, "Guidance", "C2", "x" + CUT_NOTE)
    with pytest.raises(Known, match=r"Guidance!C2: this text is cut and its rest is not on the sheet Long texts"):
        read_here(target)


def test_numbers_and_letters_that_people_type_are_understood(path: Path) -> None:
    edit(path, "Phases", "D2", 6)
    edit(path, "RACI", "C2", "c")
    edit(path, "Criteria", "G3", None)
    method = read_here(path)
    assert method.phases[0].weeks == 6
    assert method.duties[0].duty.label == "Consulted"
    assert method.phases[0].gates[0].criteria[1].mandatory == "All projects"


def test_sheets_may_be_missing_and_blank_rows_say_nothing(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for name in ("RACI", "Guidance", "Glossary"):
        del book[name]
    book["Phases"].insert_rows(3)
    book["Method"].delete_rows(4, 2)
    book.save(path)
    method = read_here(path)
    assert (len(method.phases), method.duties, method.terms, method.version, method.tier) == (2, (), (), "", "")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Method", "A4", "Edition", r"Method!A4: “Edition” does not belong here; one row each"),
        ("Method", "A4", "Code", r"Method!A4: “Code” does not belong here; one row each"),
        ("Method", "B2", None, r"the sheet Method does not say the code\. Add a row Code"),
        ("Method", "B5", "Tier 9", r"Method!B5: “Tier 9” is not one of Tier 1,"),
        ("Phases", "B1", "Stage", r"Phases!B1: “Stage” is not one header of Code, Phase,"),
        ("Phases", "B1", None, r"the sheet Phases has no column Phase\. Give it"),
        ("Phases", "B2", None, r"Phases!B2: this cell may not be empty"),
        ("Phases", "A3", "think", r"Phases!A3: “think” stands here for the second time"),
        ("Phases", "D2", "a month", r"Phases!D2: “a month” is not a number of weeks"),
        ("Gates", "A2", "nil", r"Gates!A2: there is no phase with the code “nil”"),
        ("Criteria", "A3", "G9", r"Criteria!A3: there is no gate with the code “G9”"),
        ("Criteria", "G2", "Everybody", r"Criteria!G2: “Everybody” is not one of All projects,"),
        ("RACI", "C3", "Liable", r"RACI!C3: “Liable” is not one of Responsible, Accountable,"),
        ("Templates", "D2", "2 of 2", r"Templates!D2: the parts of a template stand below each other"),
        ("Templates", "D2", "1 of 2", r"Templates!D2: the parts of a template"),
        ("Templates", "D2", "first", r"Templates!D2: the parts of a template"),
        ("Templates", "E2", "***", r"Templates!E2: the content of this template is damaged"),
        ("Templates", "E2", "é", r"Templates!E2: the content of this template is damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_sheet_and_cell(
    path: Path, sheet: str, cell: str, value: str | None, said: str
) -> None:
    edit(path, sheet, cell, value)
    with pytest.raises(Known, match=said):
        read_here(path)


def test_another_workbook_is_refused(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes").append(["mine"])
    book.save(path)
    with pytest.raises(Known, match="the sheet Notes belongs to no methodology"):
        read_here(path)
    del book["Notes"], book["Method"]
    book.save(path)
    with pytest.raises(Known, match="has no sheet Method"):
        read_here(path)


def test_a_sheet_without_a_header_is_said(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["RACI"].delete_rows(1, 9)
    book.save(path)
    with pytest.raises(Known, match="the sheet RACI has no column Concerns"):
        read_here(path)


def test_parts_that_cannot_be_told_apart_are_not_written(tmp_path: Path) -> None:
    phases = (MethodPhase("a", "A", gates=(Gate("G", "1"),)), MethodPhase("b", "B", gates=(Gate("G", "2"),)))
    with pytest.raises(Known, match="two gates have the code “G”"):
        write_method_workbook(Method("m", "M", "1", phases=phases), tmp_path / "m.xlsx")
    with pytest.raises(Known, match="two phases have the code “a”"):
        write_method_workbook(Method("m", "M", "1", phases=(phases[0], phases[0])), tmp_path / "m.xlsx")
