"""A foreign file as plain rows of cells, read by a child process that may die of it without harm."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pmo_desktop.exchange.archive import column_number
from pmo_desktop.exchange.reader import FLAG, PASSWORD_VARIABLE
from pmo_desktop.store.errors import Known
from pmo_desktop.store.pace import begin, tick

TIME_LIMIT = 120.0  # seconds
_LOOK_AGAIN = 0.1  # seconds until it is asked again whether somebody ends the reading
Cell = str | float | int | bool | date | datetime | None
_CODE = "import sys; sys.path.append(sys.argv[1]); from pmo_desktop.exchange.reader import main; main(sys.argv)"


class Broken(str):
    """The error a formula ended in, such as #REF!; never to be taken for a text somebody wrote."""

    __slots__ = ()


class KeptText(Broken):
    """Words that an export of ours says were kept where no value could be read; they are no value elsewhere either."""

    __slots__ = ()


class Protected(Known):
    """The file needs a password, or another one."""


@dataclass(frozen=True, slots=True)
class Long:
    """Where the rows of a wide table stand that is read as a long one: each is a value of its sheet.

    Its rows follow the sheet's header row: number `header` + 1 + n is the n-th of `values` (row, column on the sheet).
    `columns` says for each column of the long table where the sheet says it: a column of the value's row, HEADER for
    the header above the value, VALUE for the value's own cell. All count from 0.
    """

    header: int
    values: Sequence[tuple[int, int]]
    columns: Sequence[int]

    def holds(self, row: int) -> bool:
        """Whether a row is one of the long table's, and no row of the sheet above it."""
        return row > self.header

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Row and column on the sheet of a cell of the long table; of the value itself for column -1."""
        if not self.holds(row):
            return row, max(column, 0)
        line, value = self.values[row - self.header - 1]
        where = self.columns[column] if 0 <= column < len(self.columns) else VALUE
        if where == HEADER:
            return self.header, value
        return line, value if where == VALUE else where


WIDEST = 20_000  # more columns than a sheet has
HEADER, VALUE = -2, -1  # what `Long.columns` say beside columns of the sheet


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies on its sheet: from which column on, and whether its records are columns of the sheet."""

    left: int = 0  # 0 also for the leftmost of several side by side
    turned: bool = False
    long: Long | None = None  # of a wide table that is read as a long one

    def address(self, row: int, column: int) -> str:
        """The address of a cell of the table, both counted from 0: "F5", or "E6" of one that is turned."""
        row, column = self.long.place(row, column) if self.long else (row, column)
        return f"{letter(row)}{column + 1}" if self.turned else f"{letter(column)}{row + 1}"

    def row_name(self, row: int) -> str:
        """What sets a row (from 0) apart: "5", "H5" of a table further right, "E" of one turned, "F5" of one value."""
        if self.long and self.long.holds(row):
            return self.address(row, -1)
        if self.turned:
            return letter(row)
        return f"{letter(self.left)}{row + 1}" if self.left else str(row + 1)

    def line(self, row: int) -> int:
        """What is kept of where a row (from 1) stands: its number; of one value, its row and column in one number."""
        if self.long is None:
            return row
        line, column = self.long.place(row - 1, -1)
        return (line + 1) * WIDEST + column

    def column_name(self, column: int) -> str:
        """The letters of a column (from 0); the number of the sheet's row where the table is turned."""
        if self.long:
            where = self.long.columns[column] if 0 <= column < len(self.long.columns) else VALUE
            return "" if where in (HEADER, VALUE) else letter(where)
        return str(column + 1) if self.turned else letter(column)


UPRIGHT = Layout()


def is_above(long: Long, column: int) -> bool:
    """Whether a column of a long table is said by the header above each value."""
    return 0 <= column < len(long.columns) and long.columns[column] == HEADER


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of cells, and what else was seen. Rows and columns count from 0 here, from 1 in `address`."""

    name: str  # for delimited text, which has no sheets, the file's name without its ending
    rows: list[list[Cell]]
    visible: bool = True
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, column, last row, column
    fills: dict[str, str] = field(default_factory=dict)  # "F5" -> "FF0000", for cells without a value
    errors: dict[str, str] = field(default_factory=dict)  # "F5" -> "#REF!"
    comments: dict[str, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)  # column -> the number format most of its cells have
    layout: Layout = UPRIGHT

    def put_errors(self) -> None:
        """Show each error in its cell, where readers of values see a blank."""
        for address, error in self.errors.items():
            row, column = position(address)
            self.rows.extend([] for _ in range(row + 1 - len(self.rows)))
            cells = self.rows[row]
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = Broken(error)

    def full_address(self, address: str) -> str:
        """The address with the sheet: `Register!F5`."""
        return f"{self.name}!{address}"


@dataclass(slots=True)
class Workbook:
    """A file that was read."""

    name: str  # without folders
    fingerprint: str  # SHA-256 of its bytes
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    encoding: str = ""  # of delimited text
    delimiter: str = ""


def read_workbook(path: Path, password: str | None = None, *, limit: float = TIME_LIMIT) -> Workbook:
    """Read .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv or .txt within the limits of reliability.md 4.2.

    Whoever listens (store.pace) may end it; `limit` is in seconds. Raises Protected when a password is needed or
    wrong, else Known with one sentence: what is wrong with the file and how to mend it.
    """
    return as_workbook(path, _ask_child(path, password, limit))


def as_workbook(path: Path, answer: dict[str, Any]) -> Workbook:
    """The workbook of an answer of the reader . Raises as `read_workbook` does."""
    if not answer["ok"]:
        kind = Protected if answer.get("password") else Known
        raise kind(f"“{path.name}” was not read: {answer['error']}.")
    sheets = [Sheet(**sheet) for sheet in answer["sheets"]]
    for sheet in sheets:
        sheet.name = sheet.name or path.stem
        sheet.put_errors()
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    return Workbook(
        path.name, fingerprint, sheets, answer["notes"], answer.get("encoding", ""), answer.get("delimiter", "")
    )


def decode_answer(output: bytes | str) -> dict[str, Any]:
    """The reader's line as plain data with real dates."""
    answer: dict[str, Any] = json.loads(output, object_hook=_decode)
    return answer


def position(address: str) -> tuple[int, int]:
    """The 0-based row and column of an address: "B3" is (2, 1)."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]) - 1, column_number(letters) - 1


def letter(column: int) -> str:
    """The letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _ask_child(path: Path, password: str | None, limit: float) -> dict[str, Any]:
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    if password is not None:
        environment[PASSWORD_VARIABLE] = password
    begin("Reading the file")
    child = subprocess.Popen(  # noqa: S603  our own interpreter on our own module
        _command(path), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        output = _wait(child, path, limit)
    except BaseException:  # whatever ends us ends the child too
        child.kill()
        child.communicate()
        raise
    if not output:
        raise Known(
            f"“{path.name}” was not read: it is damaged or made to overload the program that reads it. "
            "Ask for it again, or open it in Excel and save it anew."
        )
    return decode_answer(output)


def _wait(child: subprocess.Popen[bytes], path: Path, limit: float) -> bytes:
    """The child's whole output; empty when it died."""
    spent = 0.0
    while True:
        try:
            output, _ = child.communicate(timeout=min(_LOOK_AGAIN, limit))
        except subprocess.TimeoutExpired:
            tick()
            spent += _LOOK_AGAIN
            if spent >= limit:
                reason = f"reading it took more than {limit:g} seconds. Keep only the register in it"
                raise Known(f"“{path.name}” was not read: {reason}.") from None
        else:
            return output if child.returncode == 0 else b""


def _command(path: Path) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, os.fspath(path.absolute())]
    root = Path(__file__).resolve().parents[2]
    # -I: neither the current folder nor PYTHONPATH may put a module of their own in the way of the standard library.
    return [sys.executable, "-I", "-c", _CODE, os.fspath(root), os.fspath(path.absolute())]


def _decode(value: dict[str, Any]) -> Any:
    tick()
    if len(value) == 1 and "d" in value:
        text = value["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)  # noqa: PLR2004
    return value
