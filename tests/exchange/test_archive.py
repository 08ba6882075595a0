"""The guard before parsing: sizes, ratios, parts, entities and the real extent of a sheet."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from pmo_desktop.exchange import archive
from pmo_desktop.exchange.archive import Refused, check_archive, column_number


def zipped(parts: dict[str, bytes]) -> io.BytesIO:
    """A zip with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file


def sheet(cells: str) -> dict[str, bytes]:
    """A package with one sheet of these cells."""
    return {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()}


def test_an_ordinary_sheet_passes() -> None:
    check_archive(zipped(sheet('<row r="1"><c r="A1"><v>1</v></c></row>')))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_CELLS", 3)
    with pytest.raises(Refused, match="more than 3 cells"):
        check_archive(zipped(sheet("<row><c><v>1</v></c><c/><c><v>2</v></c><c/></row>")))


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("MOST_UNPACKED", 10, "far more"),
        ("MOST_PART", 10, "far more"),
        ("MOST_PARTS", 0, "parts"),
        ("SMALL_PART", 10, "packed"),
    ],
)
def test_each_limit_of_size_holds(monkeypatch: pytest.MonkeyPatch, limit: str, value: int, says: str) -> None:
    monkeypatch.setattr(archive, limit, value)
    with pytest.raises(Refused, match=says):
        check_archive(zipped({"xl/a.xml": b"<a>" + b" " * 100_000 + b"</a>"}))


def test_a_part_that_packs_as_text_does_is_not_suspected() -> None:
    content = "".join(random.Random(1).choices("abcdefgh <>/", k=11_000_000)).encode()
    check_archive(zipped({"xl/a.xml": content.replace(b"<!", b"")}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    with pytest.raises(Refused, match="entities"):
        check_archive(zipped({"xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(encoding)}))


def test_a_part_that_is_no_markup_may_hold_anything() -> None:
    check_archive(zipped({"xl/media/picture.png": b"<!DOCTYPE"}))


def test_cells_in_a_namespace_of_their_own_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ROWS", 5)
    with pytest.raises(Refused, match="9 rows and 2 columns"):
        check_archive(zipped(sheet('<x:row r="9"><x:c r="B9"><x:v>1</x:v></x:c></x:row>')))


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_columns_have_numbers(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_number(letters.encode()) == number
