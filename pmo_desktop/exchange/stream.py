"""Rows straight into openpyxl's stream: one reused cell a column, no object and no look-up of a style a cell."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell._writer import write_cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.table import Table
from openpyxl.writer.excel import ExcelWriter

from pmo_desktop.exchange.cells import Written
from pmo_desktop.exchange.lists import column_letter
from pmo_desktop.store.pace import tick

_PIECE = 500_000  # bytes of a sheet: some hundredths of a second


class StreamCell:
    """What openpyxl's row writer reads of a cell; refilled for every row, so nothing is made a cell."""

    __slots__ = ("_value", "data_type", "letter", "result", "row", "style_id")
    has_style = True
    hyperlink = None
    _comment = None

    def __init__(self, index: int) -> None:
        self.letter = column_letter(index)
        self.row = 0
        self.style_id = 0
        self.data_type = "s"
        self._value: Any = None
        self.result: float | None = None  # of a formula

    @property
    def coordinate(self) -> str:
        """The address, such as B7."""
        return f"{self.letter}{self.row}"

    def clear(self, style: int) -> None:
        """Become an empty cell of a style."""
        self.data_type = "n"
        self._value = None
        self.style_id = style

    def calculate(self, formula: str, result: float | None, style: int) -> None:
        """Become a formula of ours, never somebody's text, with the result that is shown before anybody works it out.

        The formula has no equals sign; a result of None is an empty text.
        """
        self.data_type = "f"
        self._value, self.result = formula, result
        self.style_id = style

    def fill(self, value: Written, style: int) -> None:
        """Take a value: a str stays text whatever it starts with, anything else is a number with all its digits."""
        if value.__class__ is str:
            self.data_type = "s"
            self._value = value
        else:
            self.data_type = "n"
            self._value = str(value)
        self.style_id = style


class _RowWriter(WorksheetWriter):
    """Writes formulas with their results, which openpyxl leaves out; not every reader calculates."""

    ws: Any

    def write_row(self, xf: Any, row: Iterable[Any], row_idx: int) -> None:
        """One row; all its cells have a style."""
        attributes: dict[str, Any] = {"r": str(row_idx)}
        attributes.update(self.ws.row_dimensions.get(row_idx, {}))
        with xf.element("row", attributes):
            for cell in row:
                if cell.data_type == "f":
                    _write_formula(xf, cell)
                else:
                    write_cell(xf, self.ws, cell, True)


def _write_formula(xf: Any, cell: StreamCell) -> None:
    attributes = {"r": cell.coordinate, "s": str(cell.style_id)}
    if cell.result is None:
        attributes["t"] = "str"
    with xf.element("c", attributes):
        with xf.element("f"):
            xf.write(cell._value)  # noqa: SLF001  openpyxl reads it by this name
        with xf.element("v"):
            xf.write("" if cell.result is None else repr(cell.result))


class StreamSheet(WriteOnlyWorksheet):
    """A write-only sheet whose rows are StreamCells; openpyxl's own way makes a new object for each styled cell."""

    # What openpyxl sets up at run time and its type stubs leave out of write-only sheets.
    column_dimensions: Any
    row_dimensions: Any
    sheet_format: Any
    sheet_properties: Any
    page_setup: Any
    page_margins: Any
    conditional_formatting: Any
    protection: Any
    sheet_state: str
    data_validations: Any
    _tables: Any
    _writer: Any
    _rows: Any

    def place_table(self, table: Table) -> None:
        """Add a table whose columns are named already; openpyxl's add_table warns on a write-only sheet."""
        self._tables.add(table)

    def abandon(self) -> None:
        """Close what an error left open and remove the sheet's temporary file; nothing to do once it was saved."""
        if self._writer is None or not Path(self._writer.out).exists():
            return
        for stream in filter(None, (self._rows, self._writer.xf)):
            with suppress(LxmlError, OSError, RuntimeError, StopIteration):  # the disk is as full as before
                stream.close()
        self._writer.cleanup()

    def _get_writer(self) -> None:
        if self._writer is None:
            self._writer = _RowWriter(self)
            self._writer.write_top()

    def _values_to_row(self, values: Iterable[StreamCell], row_idx: int) -> Iterator[StreamCell]:
        for cell in values:
            cell.row = row_idx
            yield cell


class _Archive(ZipFile):
    """Takes a sheet's temporary file in pieces, so that whoever listens may end it between two of them."""

    def write(self, filename: Any, arcname: Any = None, *_compression: Any) -> None:
        info = ZipInfo.from_file(filename, arcname)
        info.compress_type = self.compression
        with Path(filename).open("rb") as source, self.open(info, "w") as target:
            while piece := source.read(_PIECE):
                target.write(piece)
                tick()


@contextmanager
def streamed_book(path: Path) -> Iterator[Workbook]:
    """A write-only workbook that is saved to `path` when the body ends well.

    openpyxl streams each sheet through a temporary file; whatever goes wrong, none is left behind. Raises OSError when
    the disk is full, which openpyxl says in several other ways.
    """
    book = Workbook(write_only=True)
    try:
        yield book
        with _Archive(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(book, archive).write_data()
    except LxmlError as error:  # its text is IO_ and the name of the system's error
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from error
    finally:
        for sheet in book.worksheets:
            cast("StreamSheet", sheet).abandon()


def add_sheet(book: Workbook, title: str) -> StreamSheet:
    """A new sheet at the end of the workbook."""
    sheet = StreamSheet(book, title)
    book._add_sheet(sheet)  # type: ignore[attr-defined]  # noqa: SLF001  create_sheet makes only openpyxl's own class
    return sheet


def make_style(
    sheet: StreamSheet,
    *,
    alignment: Alignment,
    number_format: str = "General",
    font: Font | None = None,
    fill: PatternFill | None = None,
    quote: bool = False,
    locked: bool = True,
) -> int:
    """The number of a style of the workbook; asked for once a column, not once a cell.

    `quote` marks the cell as text that was typed after an apostrophe: it stays text when somebody edits it. A `locked`
    cell cannot be edited once its sheet is protected.
    """
    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    cell.alignment = alignment
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    cell.quotePrefix = quote
    if not locked:
        cell.protection = Protection(locked=False)
    return int(cell.style_id)
