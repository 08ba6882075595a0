"""A list of the methodology pane as it is worked: by arrows, Home, End, letters, clicks on ticks and on links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from pmo_desktop.ui.methods.linelist import LINE, PAD, LineList
from pmo_desktop.ui.methods.linepaint import text_width
from pmo_desktop.ui.methods.lines import Column
from pmo_desktop.ui.theme import Theme

_ENDS = {QAbstractItemView.CursorAction.MoveHome: 1, QAbstractItemView.CursorAction.MoveEnd: -1}


class LinesView(LineList):
    """`opened` and `ticked` carry a line's key; `chosen` says that the current line is another.

    `keys`: what keys without Ctrl or Alt do, before the list itself sees them.
    """

    opened = Signal(str)
    ticked = Signal(str)
    link_clicked = Signal(str, int)
    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(theme, name, columns, parent)
        self.keys: dict[str, Callable[[], object]] = {}
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))

    # ------------------------------------------------------------------ what Qt asks

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        by = _ENDS.get(action)
        if by is not None:
            rows = range(len(self.lines.lines))[::by]
            row = next((row for row in rows if not self.lines.lines[row].heading), None)
            return self.currentIndex() if row is None else self.lines.index(row, 0)
        sideways = (QAbstractItemView.CursorAction.MoveLeft, QAbstractItemView.CursorAction.MoveRight)
        return self.currentIndex() if action in sideways else super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key = event.text().upper()
        if held == Qt.KeyboardModifier.NoModifier and key in self.keys:
            self.keys[key]()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key:
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Letters that do something here are not somebody else's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().upper() in self.keys:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._link_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.lines.flags(index) and not self.lines.cell(index.row(), index.column()).tick:
            self.opened.emit(self.lines.lines[index.row()].key)

    # ------------------------------------------------------------------ below the counter

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered_row:
            self.delegate.hovered_row = row
            self.viewport().update()

    def _press(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid() or self.lines.lines[index.row()].heading:
            return
        key = self.lines.lines[index.row()].key
        if self.lines.cell(index.row(), index.column()).tick:
            self.ticked.emit(key)
        elif (column := self._link_at(at)) is not None:
            self.link_clicked.emit(key, column)

    def _link_at(self, at: QPoint) -> int | None:
        """The column of the link under a point; only its words count."""
        index = self.indexAt(at)
        if not index.isValid() or self.lines.lines[index.row()].heading:
            return None
        cell = self.lines.cell(index.row(), index.column())
        rect = self.visualRect(index)
        wide = text_width(self.theme, cell)
        words = QRect(rect.left(), rect.top(), min(rect.width(), wide), self.theme.px(LINE + 2 * PAD))
        return index.column() if cell.is_link and words.contains(at) else None

    def _tell(self, now: Any) -> None:
        if now.isValid():
            self.chosen.emit(self.lines.lines[now.row()].key)
