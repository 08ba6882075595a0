"""The list of the methodology pane: two-line rows under headings, fitted to its width, worked by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pmo_desktop.ui.methods.linepaint import MOST_LINES, MOST_UNDER, LineDelegate, text_width
from pmo_desktop.ui.methods.lines import Cell, Column, Line, LinesModel
from pmo_desktop.ui.theme import Theme

_LINE, _PAD, _HEADING, _HEADER, _TWO_LINES = 18, 5, 27, 30, 40
_ENDS = {QAbstractItemView.CursorAction.MoveHome: 1, QAbstractItemView.CursorAction.MoveEnd: -1}


class LinesView(QTableView):
    """Whole lines are chosen. `opened` and `ticked` carry a line's key; `chosen` says that the current line is another.

    `keys`: what keys without Ctrl or Alt do, before the list itself sees them.
    """

    opened = Signal(str)
    ticked = Signal(str)
    link_clicked = Signal(str, int)
    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.keys = theme, dict[str, Callable[[], object]]()
        self.lines = LinesModel(columns, self)
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self._painter = LineDelegate(theme, self)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))
        theme.changed.connect(self.refit)

    # ------------------------------------------------------------------ what is shown

    def show_lines(self, lines: Sequence[Line], columns: Sequence[Column] | None = None) -> None:
        """Show other lines; the chosen ones and the scroll stay where they are still there."""
        kept, at, scroll = self.chosen_keys(), self.current_key, self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.lines.show(lines, columns)
        self.clearSpans()
        for row, line in enumerate(self.lines.lines):
            if line.heading and len(self.lines.columns) > 1:
                self.setSpan(row, 0, 1, len(self.lines.columns))
        self.refit()
        self._choose(kept)
        self.go_to(at)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scroll)
        self.viewport().update()

    @property
    def current_key(self) -> str:
        """The key of the current line; empty when there is none."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].key if index.isValid() else ""

    def chosen_keys(self) -> list[str]:
        """The keys of the chosen lines, from the top down."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.lines.lines[row].key for row in rows]

    def go_to(self, key: str) -> bool:
        """Make a line the current one, among those already chosen if it is one of them; whether it is shown."""
        row = self.lines.row_of(key)
        if row is None:
            return False
        among = key in self.chosen_keys()
        flag = QItemSelectionModel.SelectionFlag
        way = flag.NoUpdate if among else flag.ClearAndSelect | flag.Rows
        self.selectionModel().setCurrentIndex(self.lines.index(row, 0), way)
        return True

    def go_first(self) -> None:
        """Make the first line the current one."""
        first = next((line.key for line in self.lines.lines if not line.heading), "")
        self.go_to(first)

    def step(self, by: int) -> None:
        """Go to the next or the previous line."""
        keys = [line.key for line in self.lines.lines if not line.heading]
        if self.current_key in keys:
            self.go_to(keys[max(0, min(len(keys) - 1, keys.index(self.current_key) + by))])

    def refit(self) -> None:
        """Widths and heights anew: the columns share the room, the rows are as high as their text."""
        theme, columns = self.theme, self.lines.columns
        self.horizontalHeader().setFixedHeight(theme.px(_TWO_LINES if self._wraps() else _HEADER))
        room = self.viewport().width()
        fixed = sum(theme.px(column.width) for column in columns if not column.grows)
        shares = sum(column.width for column in columns if column.grows) or 1
        for place, column in enumerate(columns):
            grown = max(theme.px(column.least), (room - fixed) * column.width // shares)
            self.setColumnWidth(place, grown if column.grows else theme.px(column.width))
        for row, line in enumerate(self.lines.lines):
            self.setRowHeight(row, theme.px(_HEADING) if line.heading else self._height(line))

    # ------------------------------------------------------------------ what Qt asks

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

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
        if index.isValid() and not self.lines.cell(index.row(), index.column()).tick and self.current_key:
            self.opened.emit(self.current_key)

    # ------------------------------------------------------------------ below the counter

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered_row:
            self._painter.hovered_row = row
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
        words = QRect(rect.left(), rect.top(), min(rect.width(), wide), self.theme.px(_LINE + 2 * _PAD))
        return index.column() if cell.is_link and words.contains(at) else None

    def _tell(self, now: Any) -> None:
        if now.isValid():
            self.chosen.emit(self.lines.lines[now.row()].key)

    def _choose(self, keys: Sequence[str]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        for key in keys:
            row = self.lines.row_of(key)
            if row is not None:
                self.selectionModel().select(self.lines.index(row, 0), flag.Select | flag.Rows)

    def _wraps(self) -> bool:
        """Whether a heading needs a second line."""
        metrics = QFontMetrics(self.theme.font("caption_strong"))
        fixed = (column for column in self.lines.columns if not column.grows)
        return any(metrics.horizontalAdvance(each.title) > self.theme.px(each.width - 16) for each in fixed)

    def _height(self, line: Line) -> int:
        theme = self.theme
        metrics = QFontMetrics(theme.font("body_medium"))
        small = QFontMetrics(theme.font("caption"))
        tallest = 0
        for place, cell in enumerate(line.cells):
            room = self.columnWidth(place) - theme.px(16) - _taken(theme, cell)
            high = _text_lines(metrics, cell.text, room) * theme.px(_LINE)
            if cell.under or cell.chip:
                high += min(MOST_UNDER, _text_lines(small, cell.under, room)) * theme.px(16)
            tallest = max(tallest, high)
        return max(tallest, theme.px(_LINE)) + 2 * theme.px(_PAD)


def _taken(theme: Theme, cell: Cell) -> int:
    """The room that a mark, an icon or a tick takes at the left of a cell's words."""
    return theme.px(26) if cell.mark else theme.px(22) if cell.icon else 0


def _text_lines(metrics: QFontMetrics, text: str, room: int) -> int:
    if metrics.horizontalAdvance(text) <= room:
        return 1
    box = metrics.boundingRect(QRect(0, 0, max(room, 20), 10_000), Qt.TextFlag.TextWordWrap, text)
    return max(1, min(MOST_LINES, round(box.height() / metrics.lineSpacing())))
