"""One half of a grid: a table view that shows either the frozen columns or the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from pmo_desktop.ui.grid.delegate import CellDelegate
from pmo_desktop.ui.grid.editors import LineEditor
from pmo_desktop.ui.grid.header import Header
from pmo_desktop.ui.grid.painting import LinePainter

if TYPE_CHECKING:
    from pmo_desktop.ui.grid.grid import Grid


class HalfView(QTableView):
    """Hands keys, clicks and wheels to the grid, which knows both halves."""

    def __init__(self, grid: Grid, *, is_leading: bool) -> None:
        super().__init__(grid)
        self.grid = grid
        self.is_leading = is_leading  # draws the accent bar of the current row
        self.first_column = self.last_column = 0
        self.lines = LinePainter(self)
        self.heading = Header(self)
        self.setHorizontalHeader(self.heading)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScrollMargin(24)

    @property
    def cells(self) -> CellDelegate:
        """The delegate that paints this half."""
        delegate = self.itemDelegate()
        assert isinstance(delegate, CellDelegate)  # noqa: S101  set in the constructor
        return delegate

    def open_editor(self, index: QModelIndex, typed: str | None) -> None:
        """Edit a cell; what was typed replaces its content."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cells.pending = typed
        self.edit(index)
        editor = self.open_editor_widget()
        if isinstance(editor, LineEditor):  # Qt has selected everything: the next letter would replace the first
            editor.end(False)

    def open_editor_widget(self) -> QWidget | None:
        """The editor that is open in this half."""
        return self.viewport().findChild(LineEditor) if self._is_editing() else None

    def repaint_row(self, row: int) -> None:
        """Paint a line again in this half."""
        if row >= 0:
            height = self.rowHeight(row)
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.lines.paint(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.grid.keys.press(event):
            QAbstractItemView.keyPressEvent(self, event) if self._is_editing() else event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves between cells; Ctrl+Tab and F6 leave the table."""
        return False

    def leave(self, *, forward: bool) -> None:
        """Give the keyboard to the widget after or before the table."""
        self.setFocus(Qt.FocusReason.TabFocusReason)  # Qt goes on from where the keyboard is
        super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.grid.marked.extend_to(index.row(), index.column())
                return
            self.grid.marked.anchor = (index.row(), index.column())
            if self.grid.click_heading(index.row(), event.position().x()):
                return
        if event.button() == Qt.MouseButton.RightButton:
            self._take_for_menu(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.grid.edit.begin()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.grid.hover(self.rowAt(round(event.position().y())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).bottomLeft()
        else:
            at = event.pos()
        self.grid.menu_asked.emit(self.viewport().mapToGlobal(at))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.grid.hover(-1)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.grid.wheel(self, event):
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.grid.focus_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.grid.focus_changed()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        flags = super().selectionCommand(index, event)
        return flags & ~QItemSelectionModel.SelectionFlag.Rows

    def _is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def _take_for_menu(self, index: QModelIndex) -> None:
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.grid.go(index.row(), index.column())
