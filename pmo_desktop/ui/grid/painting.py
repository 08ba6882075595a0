"""Paints the lines of one half of a grid: a line's background in one stroke, then its cells.

Qt's own loop asks a delegate for each cell with fresh option and index objects; painting all lines here takes half
the time of that (10,000 x 25: 6 ms against 12 ms for a full window).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from pmo_desktop.ui.arrange import Group, Record
from pmo_desktop.ui.grid.cells import PAINTERS, Cell
from pmo_desktop.ui.grid.headings import paint_heading

if TYPE_CHECKING:
    from pmo_desktop.ui.grid.view import HalfView

_BAR = 3
_RING = 2


class Slot(NamedTuple):
    """A column on screen: its place in the model, its left edge and its width."""

    place: int
    x: int
    width: int


class LinePainter:
    """Holds what stays the same from one paint event to the next."""

    def __init__(self, view: HalfView) -> None:
        self.view = view
        self.grid = view.grid
        self._cell = Cell(view.grid.ink)

    def paint(self, event: QPaintEvent) -> None:
        """Paint the lines that a paint event uncovers."""
        view, rect = self.view, event.rect()
        lines = self.grid.table.arrangement.lines
        height = view.verticalHeader().defaultSectionSize()
        top = view.rowAt(rect.top())
        if top < 0 or top >= len(lines):
            return
        painter = QPainter(view.viewport())
        self._cell.begin(painter, view.devicePixelRatioF(), self.grid.table.find_words)
        slots = self._slots(rect)
        y = view.rowViewportPosition(top)
        for row in range(top, min(len(lines), top + (rect.bottom() - y) // height + 1)):
            self._paint_line(painter, QRect(0, y, view.viewport().width(), height), row, lines[row], slots)
            y += height
        painter.end()

    def _slots(self, rect: QRect) -> list[Slot]:
        header, view = self.view.horizontalHeader(), self.view
        first = view.first_column
        last = view.last_column
        found = []
        for place in range(first, last):
            x, width = header.sectionViewportPosition(place), header.sectionSize(place)
            if x <= rect.right() and x + width > rect.left():
                found.append(Slot(place, x, width))
        return found

    def _paint_line(self, painter: QPainter, band: QRect, row: int, line: Record | Group, slots: list[Slot]) -> None:
        grid, ink = self.grid, self.grid.ink
        if isinstance(line, Group):
            painter.fillRect(band, ink.color("surface_sunken"))
            paint_heading(painter, band, line, slots, self.view)
            self._cell.forget_state()
        else:
            self._paint_record(painter, band, row, line, slots)
        painter.fillRect(band.left(), band.bottom(), band.width(), 1, ink.color("grid"))
        if row == grid.current_row:
            self._paint_current(painter, band, slots, whole=isinstance(line, Group))

    def _paint_record(self, painter: QPainter, band: QRect, row: int, record: Record, slots: list[Slot]) -> None:
        grid, cell, columns = self.grid, self._cell, self.grid.table.columns
        tint = grid.ink.color("selected" if grid.is_active else "selected_inactive")
        if not grid.marked.has_range and row == grid.current_row:
            painter.fillRect(band, tint)
        elif row == grid.hovered_row:
            painter.fillRect(band, grid.ink.color("hover"))
        chosen = grid.marked.places_of(row) if grid.marked.has_range else ()
        cell.record = record
        for place, x, width in slots:
            rect = QRect(x, band.top(), width, band.height())
            if place in chosen:
                painter.fillRect(rect, tint)
            column, text = columns[place], record.texts[place]
            cell.rect, cell.column, cell.text = rect, column, text
            cell.kept = "" if text or not grid.table.texts else grid.table.kept_text(record, column)
            problem = grid.table.problems.get((record.id, column.name)) if grid.table.problems else None
            if problem is None:
                PAINTERS[column.look](cell)
            else:
                self._paint_problem(painter, rect, problem[0])

    def _paint_problem(self, painter: QPainter, rect: QRect, text: str) -> None:
        rect = rect.adjusted(0, 0, 0, -1)
        painter.fillRect(rect, self.grid.ink.color("err_bg"))
        self._cell.text = text
        PAINTERS["text"](self._cell)
        _frame(painter, rect, QPen(self.grid.ink.color("err_line"), 1))
        self._cell.forget_state()

    def _paint_current(self, painter: QPainter, band: QRect, slots: list[Slot], *, whole: bool) -> None:
        grid = self.grid
        if self.view.is_leading:
            painter.fillRect(band.left(), band.top(), _BAR, band.height(), grid.ink.color("accent"))
        for place, x, width in slots:
            if place == grid.current_column and grid.is_active and not whole:
                _frame(painter, QRect(x, band.top(), width, band.height()), QPen(grid.ink.color("focus"), _RING))
                self._cell.forget_state()


def _frame(painter: QPainter, rect: QRect, pen: QPen) -> None:
    half = pen.width() // 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(half, half, -max(1, half), -max(1, half)))
