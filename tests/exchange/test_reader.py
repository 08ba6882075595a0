"""Reading foreign files in the child: every form, every marking, and every hostile file ends in a sentence."""

from __future__ import annotations

import csv
import io
import os
import random
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from pmo_desktop.exchange import grid
from pmo_desktop.exchange.grid import Broken, Protected, read_workbook
from pmo_desktop.store.errors import Known
from pmo_desktop.store.pace import Cancelled, listening

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make_workbook(path: Path) -> None:
    """A small ordinary workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Project", "Start"])
    sheet.append(["A-1", "Alpha", date(2026, 11, 30)])
    book.save(path)


def put_part(path: Path, part: str, content: bytes) -> None:
    """Replace or add one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def put_sheet(path: Path, body: str, head: str = "") -> None:
    """Make a workbook whose one sheet has this XML."""
    make_workbook(path)
    text = f'{head}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    put_part(path, "xl/worksheets/sheet1.xml", text.encode())


def far_cells(path: Path) -> None:
    put_sheet(path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')


def tall_and_wide(path: Path) -> None:
    put_sheet(path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="Z1048576"><v>2</v></c></row>')


def huge_cell(path: Path) -> None:
    put_sheet(path, f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 60_000_000}</t></is></c></row>')


def many_rows(path: Path) -> None:
    put_sheet(path, "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 250_000)))


def billion_laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    put_sheet(
        path,
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>',
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">{entities}]>',
    )


def outside_entity(path: Path) -> None:
    put_sheet(
        path,
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>',
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )


def truncated(path: Path) -> None:
    make_workbook(path)
    path.write_bytes(path.read_bytes()[:2000])


def nothing_in_it(path: Path) -> None:
    path.write_bytes(b"")


def web_page(path: Path) -> None:
    path.write_text("<html><body><table><tr><td>Ref</td></tr></table></body></html>", encoding="utf-8")


def text_renamed(path: Path) -> None:
    path.write_text("Ref,Project\nA-1,Alpha\n", encoding="utf-8")


def noise(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + random.Random(1).randbytes(5000))


def crowded_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_500):
            archive.writestr(f"xl/part{number}.xml", b"<a/>")


def sector_loop(path: Path) -> None:
    """An old .xls whose sector table points at itself."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", head, 44, 1, 0, 0)
    struct.pack_into("<III", head, 56, 0x1000, 0, 0xFFFFFFF)
    path.write_bytes(bytes(head) + struct.pack("<I", 0) * 128)


HOSTILE: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "far cells": ("x.xlsx", far_cells, "1,048,576 rows"),
    "tall and wide": ("x.xlsx", tall_and_wide, "1,048,576 rows"),
    "a huge cell": ("x.xlsx", huge_cell, "packed so tightly"),
    "too many rows": ("x.xlsx", many_rows, "rows"),
    "billion laughs": ("x.xlsx", billion_laughs, "entities"),
    "an entity of the system": ("x.xlsx", outside_entity, "entities"),
    "truncated": ("x.xlsx", truncated, "damaged"),
    "empty": ("x.xlsx", nothing_in_it, "0 bytes"),
    "a web page": ("x.xls", web_page, "web page"),
    "text under another name": ("x.xlsx", text_renamed, "rename it to .csv"),
    "noise": ("x.xlsx", noise, "damaged"),
    "thousands of parts": ("x.xlsx", crowded_zip, "parts"),
    "a loop of sectors": ("x.xls", sector_loop, "damaged"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(case: str, tmp_path: Path) -> None:
    name, make, says = HOSTILE[case]
    make(tmp_path / name)
    with pytest.raises(Known, match=rf"^“{name}” was not read: .*\.$") as caught:
        read_workbook(tmp_path / name)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("oleloop.xls", "damaged"),
        ("poc-xmlbomb.xlsx", "entities"),
        ("protected_passtika.xlsx", "protected by a password"),
    ],
)
def test_each_hostile_file_of_others_is_refused(shared_data: Path, name: str, says: str) -> None:
    with pytest.raises(Known) as caught:
        read_workbook(shared_data / "hostile" / name)
    assert says in str(caught.value)


def test_a_password_opens_a_protected_workbook(shared_data: Path) -> None:
    path = shared_data / "hostile" / "protected_passtika.xlsx"
    book = read_workbook(path, "tika")
    assert len(book.sheets) == 3
    assert book.sheets[0].rows == [["This is an Encrypted Excel spreadsheet."]]
    with pytest.raises(Protected, match="does not open it"):
        read_workbook(path, "wrong")


def test_a_strict_workbook_is_read_although_openpyxl_sees_no_sheet(shared_data: Path) -> None:
    book = read_workbook(shared_data / "hostile" / "SimpleStrict.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", "Sheet Number 2"]
    assert book.sheets[1].rows[3][0] == date(1990, 1, 1)


def test_broken_formulas_are_shown_and_not_blank(shared_data: Path) -> None:
    sheet = read_workbook(shared_data / "hostile" / "errors.xlsx").sheets[0]
    codes = ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]
    assert [row[0] for row in sheet.rows] == codes
    assert all(isinstance(row[0], Broken) for row in sheet.rows)


def test_dates_that_count_from_1904_are_right(shared_data: Path) -> None:
    rows = read_workbook(shared_data / "hostile" / "1904_Calendar.xlsx").sheets[0].rows
    assert rows == [[date(2022, 1, 1), date(2021, 12, 31)], [date(2022, 12, 31), date(2023, 1, 1)]]


def test_colours_comments_hidden_and_struck_rows_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Register"
    sheet.append(["Ref", "Project", "RAG", "% done"])
    for number in range(3):
        sheet.append([f"A-{number}", f"Project {number}", None, 0.5])
        sheet.cell(number + 2, 4).number_format = "0%"
    sheet["C2"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["C3"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    sheet["B2"].comment = Comment("Ask Ann", "Bob")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    book.save(path)
    read = read_workbook(path).sheets[0]
    assert read.fills == {"C2": "FF0000"}
    assert read.comments == {"B2": "Ask Ann"}
    assert (read.hidden_rows, read.hidden_columns, read.struck) == ([2], [1], [3])
    assert read.formats == {"3": "0%"}


def test_a_formula_that_was_never_calculated_is_named(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Cost"])
    sheet.append(["A-1", "=1+1"])
    book.save(path)
    assert read_workbook(path).sheets[0].errors == {"B2": "not calculated"}


def test_a_far_cell_without_a_value_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    cell = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    put_sheet(path, cell)
    assert read_workbook(path).sheets[0].rows == [[7.0]]


def test_rows_keep_their_place_when_the_table_begins_further_down(tmp_path: Path) -> None:
    path = tmp_path / "down.xlsx"
    put_sheet(path, '<row r="4"><c r="C4"><v>7</v></c></row>')
    assert read_workbook(path).sheets[0].rows == [[], [], [], [None, None, 7.0]]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ","), ("utf-16", "\t"), ("utf-8", "|")],
)
def test_text_of_any_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "register.csv"
    rows = [["Ref", "Budget £", "Note"], ["A-1", "£1.5m", "two\nlines, and a comma"], ["A-2", "", "Zoë"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    book = read_workbook(path)
    assert book.delimiter == delimiter
    assert book.sheets[0].name == "register"
    assert book.sheets[0].rows == [rows[0], rows[1], ["A-2", None, "Zoë"]]


def test_a_workbook_with_macros_is_read_and_says_what_was_left_out(tmp_path: Path) -> None:
    path = tmp_path / "macro.xlsm"
    make_workbook(path)
    put_part(path, "xl/vbaProject.bin", b"not run")
    book = read_workbook(path)
    assert book.sheets[0].rows[1] == ["A-1", "Alpha", date(2026, 11, 30)]
    assert book.notes == ["The workbook has macros, which are not read."]


def test_a_time_of_day_comes_along_and_midnight_does_not(tmp_path: Path) -> None:
    path = tmp_path / "times.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([datetime(2026, 11, 30, 17, 5), datetime(2026, 11, 30)])
    book.save(path)
    assert read_workbook(path).sheets[0].rows == [[datetime(2026, 11, 30, 17, 5), date(2026, 11, 30)]]


def test_reading_can_be_ended_and_the_child_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        grid, "_CODE", f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    make_workbook(tmp_path / "x.xlsx")

    def tell(*_told: object) -> None:
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            raise Cancelled

    with pytest.raises(Cancelled), listening(tell):
        read_workbook(tmp_path / "x.xlsx")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_reading_ends_at_its_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_CODE", "import time; time.sleep(60)")
    make_workbook(tmp_path / "x.xlsx")
    with pytest.raises(Known, match=r"more than 0\.2 seconds"):
        read_workbook(tmp_path / "x.xlsx", limit=0.2)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Known, match="Check that it exists"):
        read_workbook(tmp_path / "none.xlsx")


def test_the_frozen_app_reads_through_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    command = grid._command(Path("/x/y.xlsx"))
    assert command[1] == "--read-foreign-file"
    assert command[2].endswith("y.xlsx")
