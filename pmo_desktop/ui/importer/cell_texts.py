"""What the workbook's cells say, as somebody would type them, and how answers name cells and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pmo_desktop.exchange.blocks import turn
from pmo_desktop.exchange.grid import Cell, Long, Workbook
from pmo_desktop.exchange.plan import TablePlan
from pmo_desktop.ui.importer.raw_view import raw_text
from pmo_desktop.ui.kinds import long_date


class SheetTexts(Mapping[tuple[int, int], str]):
    """What the cells of a sheet say, by 1-based row and 0-based column, as somebody would type them."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], typed: Mapping[tuple[int, int], str], long: Long | None = None
    ) -> None:
        self.rows, self.typed = rows, typed  # `typed` are the cells that were mended already
        self.long = long  # where the values of a wide table stand that is read as a long one

    def __getitem__(self, place: tuple[int, int]) -> str:
        row, column = place
        if self.long:
            line, at = self.long.place(row - 1, column)
            place = row, column = line + 1, at
        if place in self.typed:
            return self.typed[place]
        if not 1 <= row <= len(self.rows) or not 0 <= column < len(self.rows[row - 1]):
            raise KeyError(place)
        return typed_text(self.rows[row - 1][column])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row, cells in enumerate(self.rows, start=1) for column in range(len(cells)))

    def __len__(self) -> int:
        return sum(len(cells) for cells in self.rows)


def typed_text(cell: Cell) -> str:
    """A cell of the file as somebody would type it: a number with all its digits and no grouping."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return str(cell)
    return long_date(cell) if isinstance(cell, date) else raw_text(cell)


def sheet_texts(workbook: Workbook | None, fixes: Mapping[str, str], table: TablePlan) -> SheetTexts:
    """The texts of a table's sheet, those that were mended included."""
    sheets = workbook.sheets if workbook else []
    sheet = next((each for each in sheets if each.name == table.sheet), None)
    typed = {_place(key): text for key, text in fixes.items() if key in cell_keys(table.sheet, _cell(key))}
    if sheet is not None and table.layout.turned and (turned := turn(sheet)):
        across = {(column + 1, row - 1): text for (row, column), text in typed.items()}
        return SheetTexts(turned.rows, across)
    return SheetTexts(sheet.rows if sheet else [], typed, table.layout.long)


def cell_keys(sheet: str, place: str) -> tuple[str, ...]:
    """How ImportOptions may name a cell or row: delimited text has no sheet's name before the mark."""
    return (f"{sheet}!{place}",) if sheet else (place, f"!{place}")


def _cell(key: str) -> str:
    return key.rpartition("!")[2]


def _place(key: str) -> tuple[int, int]:
    """Row and column of `Register!F5`: 5 and 5."""
    cell = _cell(key)
    letters = cell.rstrip("0123456789")
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return int(cell[len(letters) :]), number - 1
