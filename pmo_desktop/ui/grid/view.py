"""What one half of a grid does with keys, clicks, drags and wheels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView

from pmo_desktop.ui.arrange import Group
from pmo_desktop.ui.grid.board import Board
from pmo_desktop.ui.grid.celledit import CellEdit
from pmo_desktop.ui.grid.delegate import CellDelegate
from pmo_desktop.ui.grid.half import Half
from pmo_desktop.ui.grid.header import Header
from pmo_desktop.ui.grid.keys import GridKeys
from pmo_desktop.ui.grid.marked import Marked
from pmo_desktop.ui.grid.painting import LinePainter

_CHEVRON_REACH = 32


class HalfView(Half):
    """A half that is alive; `take` gives it its hands once both halves exist."""

    keys: GridKeys
    marked: Marked
    cells: CellEdit

    def __init__(self, board: Board, *, is_leading: bool) -> None:
        super().__init__(board, is_leading=is_leading)
        self.board = board
        self.lines = LinePainter(board, self)
        self.heading = Header(board, self)
        self.setHorizontalHeader(self.heading)

    def take(self, keys: GridKeys, marked: Marked, cells: CellEdit) -> None:
        """Know what keys, selections and edits mean."""
        self.keys, self.marked, self.cells = keys, marked, cells
        self.setItemDelegate(CellDelegate(self.board, self, cells))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.lines.paint(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.keys.press(event):
            return
        if self.is_editing():
            QAbstractItemView.keyPressEvent(self, event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.marked.extend_to(index.row(), index.column())
                return
            self.board.anchor = (index.row(), index.column())
            if self._click_chevron(index.row(), event.position().x()):
                return
        if event.button() == Qt.MouseButton.RightButton:
            self._take_for_menu(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.cells.begin()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.board.hover(self.rowAt(round(event.position().y())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).bottomLeft() if by_key else event.pos()
        self.board.menu_asked.emit(self.viewport().mapToGlobal(at))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.board.hover(-1)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways with Shift; downwards over the frozen half moves both."""
        turned = event.angleDelta()
        across = turned.x() or (turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if not across and self is self.board.right:
            super().wheelEvent(event)
            return
        bar = self.board.right.horizontalScrollBar() if across else self.board.right.verticalScrollBar()
        bar.setValue(bar.value() - (across or turned.y()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.board.note_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.board.note_focus()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        flags = super().selectionCommand(index, event)
        return flags & ~QItemSelectionModel.SelectionFlag.Rows

    def _click_chevron(self, row: int, x: float) -> bool:
        """A click on a heading's chevron folds it."""
        board = self.board
        if not isinstance(board.table.line(row), Group) or x >= board.ink.theme.px(_CHEVRON_REACH):
            return False
        board.go(row, 0)
        board.fold_current()
        return True

    def _take_for_menu(self, index: QModelIndex) -> None:
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.board.go(index.row(), index.column())
