"""What the reading child does, looked at from inside: dispatch by content, fallbacks, and its answer."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmo_desktop.exchange import reader
from pmo_desktop.exchange.archive import Refused
from pmo_desktop.exchange.marks import Package
from pmo_desktop.exchange.reader import main, read_foreign

ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Register"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Ref</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>Budget</text:p></table:table-cell>'
    "</table:table-row><table:table-row>"
    '<table:table-cell office:value-type="string"><text:p>A-1</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="7.5"><text:p>7.5</text:p></table:table-cell>'
    '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small ordinary workbook."""
    path = tmp_path / "register.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Ref", "Budget"])
    sheet.append(["A-1", 7.5])
    made.save(path)
    return path


def rows_of(answer: dict[str, Any]) -> list[list[Any]]:
    """The cells of the first sheet."""
    rows: list[list[Any]] = answer["sheets"][0]["rows"]
    return rows


def test_an_open_document_is_read_and_its_endless_blank_rows_are_not(tmp_path: Path) -> None:
    path = tmp_path / "register.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS)
    assert rows_of(read_foreign(path)) == [["Ref", "Budget"], ["A-1", 7.5]]


def test_the_content_decides_and_not_the_name(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(book.read_bytes())
    assert rows_of(read_foreign(path))[1] == ["A-1", 7.5]


def test_openpyxl_reads_what_calamine_gives_up_on(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: bytes) -> list[dict[str, Any]]:
        raise OSError("odd")

    monkeypatch.setattr(reader, "_read_calamine", give_up)
    assert rows_of(read_foreign(book)) == [["Ref", "Budget"], ["A-1", 7.5]]


def test_what_neither_can_read_is_damaged(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: bytes) -> list[dict[str, Any]]:
        raise OSError("odd")

    monkeypatch.setattr(reader, "_read_calamine", give_up)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "Content_Types" not in name}
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(Refused, match="damaged"):
        read_foreign(book)


def test_a_password_error_in_words_asks_for_the_password(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_: bytes) -> list[dict[str, Any]]:
        raise OSError("Workbook is password protected")

    monkeypatch.setattr(reader, "_read_calamine", ask)
    with pytest.raises(Refused) as caught:
        read_foreign(book)
    assert caught.value.password


def test_no_worksheet_at_all_is_an_error(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_read_calamine", lambda _: [])
    with pytest.raises(Refused, match="no worksheet"):
        read_foreign(book)


@pytest.mark.parametrize(
    ("limit", "says"), [("MOST_ROWS", "2 rows"), ("MOST_COLUMNS", "2 columns"), ("MOST_CHARACTERS", "characters")]
)
def test_each_limit_holds_after_parsing_too(book: Path, monkeypatch: pytest.MonkeyPatch, limit: str, says: str) -> None:
    monkeypatch.setattr(reader, limit, 1)
    with pytest.raises(Refused, match=says):
        read_foreign(book)


def test_a_file_that_is_too_big_is_not_even_read(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="MB are read"):
        read_foreign(book)


def test_a_password_for_a_file_that_has_none_is_damaged_or_ignored(tmp_path: Path, book: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    with pytest.raises(Refused, match="damaged"):
        read_foreign(path, "secret")
    assert rows_of(read_foreign(book, "secret"))[1] == ["A-1", 7.5]


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Refused("it is empty", password=False), {"ok": False, "error": "it is empty", "password": False}),
        (
            MemoryError(),
            {"ok": False, "error": "reading it needs more memory than is safe. Keep only the register in it"},
        ),
    ],
)
def test_the_answer_of_a_failure_is_one_line_of_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failure: Exception, expected: dict[str, Any]
) -> None:
    def fail(_: Path, __: str | None) -> dict[str, Any]:
        raise failure

    monkeypatch.setattr(reader, "read_foreign", fail)
    monkeypatch.setattr(reader, "limit_memory", lambda: None)
    assert main(["reader", "x.xlsx"]) == 0
    assert json.loads(capsys.readouterr().out) == expected


def test_dates_times_and_spans_go_over_as_plain_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import UTC, date, datetime, time, timedelta  # noqa: PLC0415  only this test has all of them

    row = [
        date(2026, 1, 2),
        datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None),
        time(8, 30),
        timedelta(hours=7, minutes=30),
    ]
    monkeypatch.setattr(reader, "limit_memory", lambda: None)
    monkeypatch.setattr(reader, "read_foreign", lambda *_: {"ok": True, "row": row})
    main(["reader", str(tmp_path)])
    assert json.loads(capsys.readouterr().out)["row"] == [{"d": "2026-01-02"}, {"d": "2026-01-02"}, "08:30:00", "7.5 h"]


def test_a_damaged_part_of_looks_is_said_and_the_values_are_read(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="0"', b'numFmtId="x"')
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    answer = read_foreign(book)
    assert rows_of(answer)[1] == ["A-1", 7.5]
    assert answer["notes"][0].startswith("Colours, comments and broken formulas were not seen")


def test_a_package_without_the_usual_parts_has_no_marks() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="A"/></sheets></workbook>')
    with zipfile.ZipFile(file) as archive:
        package = Package(archive)
        assert (package.marks("A"), package.marks("B"), package.styles) == ({}, {}, None)
