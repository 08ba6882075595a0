"""The grid: two synchronised halves of one table, key columns frozen at the left, with one current cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.arrange import Group, Record
from pmo_desktop.ui.grid.celledit import CellEdit
from pmo_desktop.ui.grid.ink import Ink
from pmo_desktop.ui.grid.keys import GridKeys
from pmo_desktop.ui.grid.marked import Marked
from pmo_desktop.ui.grid.spots import SpotKeeper
from pmo_desktop.ui.grid.tracks import Tracks
from pmo_desktop.ui.grid.view import HalfView
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.theme import Theme


class Grid(QWidget):
    """What a pane shows its register in. Rows and places are lines and columns of the table model."""

    current_changed = Signal()  # another current cell
    selected = Signal()  # another selection
    committed = Signal(int, int, str, bool)  # row, column, text, into the whole selection
    cleared = Signal()  # Delete on the selection
    today_asked = Signal()
    above_asked = Signal()
    menu_asked = Signal(QPoint)
    refused = Signal(int, int)  # somebody tried to edit a cell that is not editable
    widths_changed = Signal()

    def __init__(self, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.ink = table, Ink(theme)
        self.keys = GridKeys(self)
        self.current_row = self.current_column = -1
        self.hovered_row = -1
        self.is_active = False
        self.choices: Callable[[Field], Sequence[str]] = lambda _field: ()
        self.left, self.right = HalfView(self, is_leading=True), HalfView(self, is_leading=False)
        self._lay_out()
        self._link()
        self.tracks, self.marked, self.edit = Tracks(self), Marked(self), CellEdit(self)
        self.keeper = SpotKeeper(self)
        theme.changed.connect(self._dress)
        self._dress()

    # ------------------------------------------------------------------ the current cell

    @property
    def current(self) -> Record | None:
        """The record of the current line; None on a heading or in an empty table."""
        return self.table.record(self.current_row)

    @property
    def page(self) -> int:
        """Lines that Page Down moves over."""
        return max(1, self.right.viewport().height() // max(1, self.ink.theme.row_height) - 1)

    def go(self, row: int, place: int) -> None:
        """Make a cell the current one, and the only one selected."""
        if 0 <= row < self.table.rowCount() and 0 <= place < self.table.columnCount():
            self.marked.anchor = self.marked.end = (row, place)
            index = self.table.index(row, place)
            self.marked.model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
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
        index, view = self.table.index(row, place), self.tracks.half(place)
        view.scrollTo(index)
        other = self.right if view is self.left else self.left
        if other.hasFocus():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_filled(self, row: int, place: int) -> bool:
        """Whether a cell has words; a heading has none."""
        record = self.table.record(row)
        return record is not None and bool(record.texts[place])

    # ------------------------------------------------------------------ from the halves

    def fold_current(self, *, is_open: bool | None = None) -> None:
        """Open or close the group whose heading is current."""
        self.table.fold(self.current_row, is_open=is_open)

    def click_heading(self, row: int, x: float) -> bool:
        """A click on a heading's chevron folds it."""
        if isinstance(self.table.line(row), Group) and x < self.ink.theme.px(32):
            self.go(row, 0)
            self.fold_current()
            return True
        return False

    def hover(self, row: int) -> None:
        """Tint the line under the pointer."""
        if row != self.hovered_row:
            before, self.hovered_row = self.hovered_row, row
            for line in (before, row):
                self._repaint_row(line)

    def wheel(self, view: HalfView, event: QWheelEvent) -> bool:
        """Scroll sideways with Shift, and downwards over the frozen half."""
        step = event.angleDelta()
        across = step.x() or (step.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        bar = self.right.horizontalScrollBar() if across else self.right.verticalScrollBar()
        if not across and view is self.right:
            return False
        bar.setValue(bar.value() - (across or step.y()))
        return True

    def paint_again(self) -> None:
        """Paint both halves again."""
        self.left.viewport().update()
        self.right.viewport().update()

    def focus_changed(self) -> None:
        """The keyboard came or went: the current row changes its tint."""
        active = self.left.hasFocus() or self.right.hasFocus()
        if active != self.is_active:
            self.is_active = active
            self.paint_again()

    # ------------------------------------------------------------------ below the counter

    def _lay_out(self) -> None:
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.left, 0, 0)
        box.addWidget(self.right, 0, 1)
        box.addWidget(self.across, 1, 0, 1, 2)
        box.setColumnStretch(1, 1)
        self.left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setAccessibleName("Key columns")
        self.right.setAccessibleName("Register")
        self.across.setVisible(False)
        self.setFocusProxy(self.right)

    def _link(self) -> None:
        self.left.setModel(self.table)
        self.right.setModel(self.table)
        spare = self.left.selectionModel()
        self.left.setSelectionModel(self.right.selectionModel())
        spare.deleteLater()
        one, two = self.left.verticalScrollBar(), self.right.verticalScrollBar()
        one.valueChanged.connect(two.setValue)
        two.valueChanged.connect(one.setValue)
        self.right.selectionModel().currentChanged.connect(self._current_moved)

    def _current_moved(self, index: QModelIndex, before: QModelIndex) -> None:
        self.current_row, self.current_column = index.row(), index.column()
        self.setFocusProxy(self.tracks.half(max(0, index.column())))  # it has the keyboard for the grid
        if not self.keeper.holding:
            for row in {before.row(), index.row()}:
                self._repaint_row(row)
            self.current_changed.emit()

    def _repaint_row(self, row: int) -> None:
        self.left.repaint_row(row)
        self.right.repaint_row(row)

    def _dress(self) -> None:
        self.ink.renew()
        for view in (self.left, self.right):
            view.verticalHeader().setDefaultSectionSize(self.ink.theme.row_height)
        self.tracks.lay()
        self.paint_again()
