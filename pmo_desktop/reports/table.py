"""Tables on paper: columns with a repeated head, rows that are never split, groups kept with their first row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAP_HEIGHT, GRID, GROUP_FILL, HEAD, INK, SMALLEST, TABLE, Type
from pmo_desktop.reports.text import width_of
from pmo_desktop.store.errors import Bug

ROW = 14.4
HEAD_HEIGHT = 14.0
PAD = 4.0
Painter = Callable[[Page, float, float], None]  # page, x of the column, y of the row's middle


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its left edge and width in points, and the side its text stands on."""

    title: str
    x: float
    width: float
    align: str = "left"
    pad: float = 0.0  # how far text stands inside the left edge

    @property
    def room(self) -> float:
        """The width that text may take."""
        return self.width - self.pad

    @property
    def edge(self) -> float:
        """Where text of this column is anchored."""
        return self.x + {"left": self.pad, "right": self.width, "centre": self.width / 2}[self.align]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a table, already broken into the lines of its column; a link to the annex when it was cut."""

    lines: tuple[str, ...]
    style: Type = TABLE
    ink: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a cell or a painter by column; a group stands grey, a total under a rule."""

    cells: dict[int, Cell | Painter]
    height: float = ROW
    group: bool = False
    total: bool = False
    again: Row | None = None  # a group's row for the pages it goes on


def row_height(cells: dict[int, Cell | Painter], least: float = ROW, pad: float = PAD) -> float:
    """The height that the tallest cell of a row asks for."""
    tallest = max(
        (len(cell.lines) * cell.style.leading for cell in cells.values() if isinstance(cell, Cell)), default=0.0
    )
    return max(least, tallest + pad)


def paginate(rows: Sequence[Row], first: float, other: float) -> list[list[Row]]:
    """Rows by page, given the height for rows on the first and on each other page.

    A group row never ends a page and a total never begins one; a group stands again on the pages it goes on. Raises
    Bug for a row taller than a page: the caller must clamp its cells.
    """
    pages: list[list[Row]] = [[]]
    left = first
    group: Row | None = None
    for place, row in enumerate(rows):
        needed = row.height + (rows[place + 1].height if row.group and place + 1 < len(rows) else 0.0)
        if needed > left and pages[-1]:
            carried = _carried(pages[-1], row)
            pages.append([*([group] if group and (carried or not (row.group or row.total)) else []), *carried])
            left = other - sum(each.height for each in pages[-1])
        if row.height > left:
            raise Bug("a row is taller than its page: its cells were not clamped")
        pages[-1].append(row)
        left -= row.height
        group = row.again if row.group else group
    return pages


def _carried(page: list[Row], row: Row) -> list[Row]:
    """The row that goes over with a total, which never stands alone on a page."""
    alone = row.total and len(page) > 1 and not page[-1].group and not page[-1].total
    return [page.pop()] if alone else []


def paint_head(page: Page, columns: Sequence[Column], y: float, weight: float = 0.7) -> float:
    """Draw the column titles from their top edge; returns where the rows begin."""
    for column in columns:
        page.text(column.edge, y + 8.6, column.title, HEAD, align=column.align)
    left, right = span_of(columns)
    page.rule(left, right, y + HEAD_HEIGHT - 1.2, weight, INK)
    return y + HEAD_HEIGHT


def paint_rows(page: Page, columns: Sequence[Column], rows: Sequence[Row], y: float) -> float:
    """Draw rows from their top edge down; returns their bottom edge."""
    for row in rows:
        _paint_row(page, columns, row, y)
        y += row.height
    return y


def span_of(columns: Sequence[Column]) -> tuple[float, float]:
    """The left and right edge of a table."""
    return min(column.x for column in columns), max(column.x + column.width for column in columns)


def shrink(text: str, style: Type, width: float) -> Type:
    """A smaller style for a figure too wide for its column: figures are neither cut nor broken. Never under 7 pt."""
    size = width_of(text, style)
    return style if size <= width else replace(style, size=max(SMALLEST, style.size * width / size))


def _paint_row(page: Page, columns: Sequence[Column], row: Row, y: float) -> None:
    left, right = span_of(columns)
    if row.group:
        page.box(left, y, right - left, row.height, fill=GROUP_FILL)
    elif row.total:
        page.rule(left, right, y, 0.9, INK)
    else:
        page.rule(left, right, y + row.height, 0.4, GRID)
    for place, cell in row.cells.items():
        column = columns[place]
        if isinstance(cell, Cell):
            _paint_cell(page, column, cell, y, row)
        else:
            cell(page, column.x + column.pad, y + row.height / 2)


def _paint_cell(page: Page, column: Column, cell: Cell, y: float, row: Row) -> None:
    leading = cell.style.leading
    middle = y + row.height / 2 - (len(cell.lines) - 1) * leading / 2
    width = 0.0 if row.group or row.total else column.room
    for number, line in enumerate(cell.lines):
        base = middle + number * leading + cell.style.size * CAP_HEIGHT / 2
        style = shrink(line, cell.style, width) if column.align == "right" and width else cell.style
        page.text(column.edge, base, line, style, align=column.align, width=width, ink=cell.ink)
    if cell.anchor:
        page.link(column.x, y, column.x + column.width, y + row.height, cell.anchor)
