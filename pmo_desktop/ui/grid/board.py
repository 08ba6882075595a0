"""What the parts of a grid share: the table, both halves, the current cell, and the ways to move it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.arrange import Group, Record
from pmo_desktop.ui.grid.half import Half
from pmo_desktop.ui.grid.ink import Ink
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.theme import Theme

Block = tuple[int, int, int, int]  # first row, first column, last row, last column


class Board(QWidget):
    """Rows and places are lines and columns of the table model."""

    current_changed = Signal()  # another current cell
    selected = Signal()  # another selection
    committed = Signal(int, int, str, bool)  # row, column, text, into the whole selection
    cleared = Signal()  # Delete on the selection
    today_asked = Signal()
    above_asked = Signal()
    menu_asked = Signal(QPoint)
    refused = Signal(int, int)  # somebody tried to edit a cell that is not editable
    widths_changed = Signal()

    left: Half
    right: Half
    model: QItemSelectionModel  # the selection both halves share

    def __init__(self, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.ink = table, Ink(theme)
        self.current_row = self.current_column = -1
        self.hovered_row = -1
        self.is_active = False  # whether it has the keyboard
        self.anchor = self.end = (0, 0)  # of a range: where it began, and the corner that moves
        self.ranges: list[Block] = []  # the selected blocks while they are more than one cell
        self.holding = False  # while the lines are rearranged nobody is told where the person stands
        self.choices: Callable[[Field], Sequence[str]] = lambda _field: ()

    @property
    def current(self) -> Record | None:
        """The record of the current line; None on a heading or in an empty table."""
        return self.table.record(self.current_row)

    def half(self, place: int) -> Half:
        """The half that shows a column."""
        return self.left if place < self.right.first_column else self.right

    def go(self, row: int, place: int) -> None:
        """Make a cell the current one, and the only one selected."""
        if 0 <= row < self.table.rowCount() and 0 <= place < self.table.columnCount():
            self.anchor = self.end = (row, place)
            index = self.table.index(row, place)
            self.model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.show_cell(row, place)

    def go_to(self, identity: str, name: str | None = None) -> bool:
        """Make a record's line the current one; False when it is not among the lines."""
        row = self.table.place_of(identity)
        if row is None:
            return False
        place = self.table.column_of(name) if name else None
        self.go(row, max(0, self.current_column) if place is None else place)
        return True

    def step(self, down: int, right: int) -> None:
        """Move to the next record cell: over headings downwards, round the end of the line sideways."""
        row, place = self.current_row + down, self.current_column + right
        if right and not 0 <= place < self.table.columnCount():
            row, place = row + right, 0 if right > 0 else self.table.columnCount() - 1
            down = right
        while down and isinstance(self.table.line(row), Group):
            row += down
        if self.table.line(row) is not None:
            self.go(row, place)

    def show_cell(self, row: int, place: int) -> None:
        """Scroll a cell into sight and give its half the keyboard if the grid has it."""
        index, view = self.table.index(row, place), self.half(place)
        view.scrollTo(index)
        other = self.right if view is self.left else self.left
        if other.hasFocus():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_filled(self, row: int, place: int) -> bool:
        """Whether a cell has words; a heading has none."""
        record = self.table.record(row)
        return record is not None and bool(record.texts[place])

    def places_of(self, row: int) -> range | frozenset[int]:
        """The selected columns of a line while a range is selected."""
        hit = [range(first, last + 1) for top, first, bottom, last in self.ranges if top <= row <= bottom]
        return hit[0] if len(hit) == 1 else frozenset(place for each in hit for place in each)

    def fold_current(self, *, is_open: bool | None = None) -> None:
        """Open or close the group whose heading is current."""
        self.table.fold(self.current_row, is_open=is_open)

    def hover(self, row: int) -> None:
        """Tint the line under the pointer."""
        if row != self.hovered_row:
            before, self.hovered_row = self.hovered_row, row
            for line in (before, row):
                self.repaint_row(line)

    def note_focus(self) -> None:
        """The keyboard came or went: the current row changes its tint."""
        active = self.left.hasFocus() or self.right.hasFocus()
        if active != self.is_active:
            self.is_active = active
            self.paint_again()

    def repaint_row(self, row: int) -> None:
        """Paint a line again in both halves."""
        self.left.repaint_row(row)
        self.right.repaint_row(row)

    def paint_again(self) -> None:
        """Paint both halves again."""
        self.left.viewport().update()
        self.right.viewport().update()
