"""The child process that reads a foreign file: one hostile file can kill a parser's whole process, so it is not ours.

Started by `exchange.grid`; answers one line of JSON on standard output: {"ok": true, ...} or {"ok": false, "error":
sentence without the file's name, "password": bool}. Standard library and spreadsheet readers only, no model, no store.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pmo_desktop.exchange.archive import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Refused,
    check_archive,
)
from pmo_desktop.exchange.calendarfile import SHEET as CALENDAR_SHEET
from pmo_desktop.exchange.calendarfile import is_calendar, read_calendar
from pmo_desktop.exchange.delimited import read_delimited
from pmo_desktop.exchange.otherfiles import name_other
from pmo_desktop.rules.wording import join_words

MEMORY_LIMIT = 1_000_000_000
PASSWORD_VARIABLE = "PMO_FILE_PASSWORD"  # noqa: S105  the name of a variable; a command line would show to everybody
FLAG = "--read-foreign-file"
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab")
_DAMAGED = "it is damaged or incomplete. Ask for it again, or open it in Excel and save it anew"
_PROTECTED = "it is protected by a password. Give the password, or save it without one"
_NO_MARKS = (
    "Colours, comments, hidden and struck-through rows are seen in .xlsx only. If they matter, save the file as .xlsx "
    "and import that."
)
_WRONG = "the password does not open it. Check it and try again"


def main(arguments: Sequence[str]) -> int:
    """Read the file named by the last argument and print the answer. Always 0: what went wrong is in the answer."""
    limit_memory()
    try:
        answer = read_foreign(Path(arguments[-1]), os.environ.pop(PASSWORD_VARIABLE, None))
    except Refused as refusal:
        answer = {"ok": False, "error": str(refusal), "password": refusal.password}
    except MemoryError:
        answer = {"ok": False, "error": "reading it needs more memory than is safe. Keep only the register in it"}
    sys.stdout.write(encode_answer(answer))
    sys.stdout.flush()
    return 0


def read_foreign(path: Path, password: str | None = None) -> dict[str, Any]:
    """The content of a file as plain data. Raises Refused with the sentence for the person."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise Refused("it is empty: 0 bytes. Ask for it again")
        if size > MOST_BYTES:
            raise Refused(f"it has {size / 1_000_000:,.0f} MB; at most {MOST_BYTES // 1_000_000} MB are read")
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"it cannot be read ({error.strerror}). Check that it exists and that you may open it") from error
    return _read_content(content, path.suffix.lower(), password)


def encode_answer(answer: dict[str, Any]) -> str:
    """The answer as it goes to the parent, in one line."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=_encode)


def _read_content(content: bytes, suffix: str, password: str | None) -> dict[str, Any]:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        return _read_content(_decrypted(content, password), suffix, None)
    if is_calendar(content) or suffix == ".ics":
        rows, notes = read_calendar(content)
        return {"ok": True, "sheets": [_sheet(CALENDAR_SHEET, rows)], "notes": notes}
    if sentence := name_other(content):
        raise Refused(sentence)
    if content.startswith(_ZIP):
        check_archive(io.BytesIO(content))
        return _read_book(content, zipped=True)
    if content.startswith(_OLE):
        return _read_book(_decrypted(content, password) if password else content, zipped=False)
    if suffix in _TEXT_NAMES:
        rows, encoding, delimiter = read_delimited(content)
        sheet = {"name": "", "rows": _trimmed(rows)}
        return {"ok": True, "sheets": [sheet], "notes": [], "encoding": encoding, "delimiter": delimiter}
    raise Refused("it is not a workbook, although its name says so. If it is plain text, rename it to .csv")


def _read_book(content: bytes, *, zipped: bool) -> dict[str, Any]:
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415  not needed for text

    try:
        sheets = _read_calamine(content)
    except PasswordError as error:
        raise Refused(_PROTECTED, password=True) from error
    except (CalamineError, OSError) as error:
        if "password" in str(error).lower():
            raise Refused(_PROTECTED, password=True) from error
        if not zipped:
            raise Refused(_DAMAGED) from error
        sheets = _read_openpyxl(content)
    if not sheets:
        raise Refused("it holds no worksheet that can be read. Open it in Excel and save it as .xlsx")
    notes = _add_marks(content, sheets) if zipped else _left_in_old(content)
    return {"ok": True, "sheets": sheets, "notes": notes}


def _left_in_old(content: bytes) -> list[str]:
    macros = ["The workbook has macros, which are not read."] if _MACROS in content else []
    return [_NO_MARKS, *macros]


def _read_calamine(content: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  as above

    found = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            merges = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
            visible = about.visible == SheetVisibleEnum.Visible
            found.append(_sheet(about.name, rows, merges=merges, visible=visible))
    return found


def _read_openpyxl(content: bytes) -> list[dict[str, Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415  heavy; only where calamine gives up

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            found.append(_sheet(sheet.title, rows, visible=sheet.sheet_state == "visible"))
    except Exception as error:  # openpyxl raises anything on odd files (stack.md 3)
        raise Refused(_DAMAGED) from error
    return found


def _sheet(name: str, rows: list[list[Any]], **more: Any) -> dict[str, Any]:
    rows = _trimmed(rows)
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise Refused(
            f"sheet {name} has {len(rows):,} rows and {width:,} columns; at most {MOST_ROWS:,} and {MOST_COLUMNS}"
        )
    if any(type(cell) is str and len(cell) > MOST_CHARACTERS for row in rows for cell in row):
        raise Refused(
            f"sheet {name} has a cell of more than {MOST_CHARACTERS:,} characters, which Excel does not allow"
        )
    return {"name": name, "rows": rows} | {key: value for key, value in more.items() if value not in ([], True)}


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Without blank cells at the right and blank rows at the bottom; what is left keeps its place."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _add_marks(content: bytes, sheets: list[dict[str, Any]]) -> list[str]:
    from pmo_desktop.exchange.marks import Package  # noqa: PLC0415  not needed for text

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name.lower() for name in archive.namelist()]
        unseen, links = list[str](), list[str]()
        try:
            package = Package(archive)
            marks = [package.marks(sheet["name"]) for sheet in sheets]
            links = package.links()
        except (SyntaxError, ValueError, KeyError) as error:  # SyntaxError is what a parser of XML raises
            marks, unseen = [], [f"Colours, comments and broken formulas were not seen: a part is damaged ({error})."]
        for sheet, found in zip(sheets, marks, strict=False):
            sheet.update(found)
    if not any(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names):
        unseen.append(_NO_MARKS)
    return unseen + _left_out(names, links)


def _left_out(names: list[str], links: list[str]) -> list[str]:
    """What a workbook has beside its cells, by the names of its parts."""
    to = f" ({', '.join(links[:5])})" if links else ""
    told = (
        ("vbaproject", "macros"),
        ("externallinks/externallink", f"links to other files{to}"),
        ("embeddings/", "embedded objects"),
        ("/media/", "pictures"),
        ("/charts/chart", "charts"),
        ("pivottables/", "pivot tables"),
    )
    left = [what for part, what in told if any(part in name for name in names)]
    return [f"The workbook has {join_words(left)}, which are not read."] if left else []


def _decrypted(content: bytes, password: str | None) -> bytes:
    import msoffcrypto  # noqa: PLC0415  heavy; only for protected files
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415  as above

    if not password:
        raise Refused(_PROTECTED, password=True)
    plain = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(content))
        book.load_key(password=password)
        book.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as error:
        raise Refused(_WRONG, password=True) from error
    except Exception as error:  # msoffcrypto hands on whatever its parsers raise
        raise Refused(_DAMAGED) from error
    return plain.getvalue()


def _encode(value: object) -> object:
    if isinstance(value, datetime):
        return {"d": value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:g} h"
    return str(value)


def limit_memory() -> None:
    """Let this process have no more memory than reading may need, where the system can hold it to that."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  only there on Unix

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
