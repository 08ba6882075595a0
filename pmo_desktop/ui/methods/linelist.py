"""A list of the methodology pane: two-line rows under headings, fitted to its width; what it shows and chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pmo_desktop.ui.methods.linepaint import MOST_LINES, MOST_UNDER, LineDelegate
from pmo_desktop.ui.methods.lines import Cell, Column, Line, LinesModel
from pmo_desktop.ui.theme import Theme

LINE, PAD, _HEADING, _HEADER = 18, 5, 27, 30


class LineList(QTableView):
    """Whole lines are chosen, told by their keys."""

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines = LinesModel(columns, self)
        self.setAccessibleName(name)
        self.setModel(self.lines)
        self.delegate = LineDelegate(theme, self)
        self.setItemDelegate(self.delegate)
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

    def refit(self) -> None:
        """Widths and heights anew: the columns share the room, the rows are as high as their text."""
        theme, columns = self.theme, self.lines.columns
        self.horizontalHeader().setFixedHeight(self._header_height())
        room = self.viewport().width()
        fixed = sum(theme.px(column.width) for column in columns if not column.grows)
        shares = sum(column.width for column in columns if column.grows) or 1
        for place, column in enumerate(columns):
            grown = max(theme.px(column.least), (room - fixed) * column.width // shares)
            self.setColumnWidth(place, grown if column.grows else theme.px(column.width))
        for row, line in enumerate(self.lines.lines):
            self.setRowHeight(row, theme.px(_HEADING) if line.heading else self._height(line))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    # ------------------------------------------------------------------ below the counter

    def _choose(self, keys: Sequence[str]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        for key in keys:
            row = self.lines.row_of(key)
            if row is not None:
                self.selectionModel().select(self.lines.index(row, 0), flag.Select | flag.Rows)

    def _header_height(self) -> int:
        """Room for the headings, wrapped onto as many lines as the longest needs."""
        metrics = QFontMetrics(self.theme.font("caption_strong"))
        fixed = [column for column in self.lines.columns if not column.grows]
        lines = max((_text_lines(metrics, each.title, self.theme.px(each.width - 16)) for each in fixed), default=1)
        return self.theme.px(_HEADER if lines == 1 else 12 + 15 * lines)

    def _height(self, line: Line) -> int:
        theme = self.theme
        metrics = QFontMetrics(theme.font("body_medium"))
        small = QFontMetrics(theme.font("caption"))
        tallest = 0
        for place, cell in enumerate(line.cells):
            room = self.columnWidth(place) - theme.px(16) - _taken(theme, cell)
            high = _text_lines(metrics, cell.text, room) * theme.px(LINE)
            if cell.under or cell.chip:
                high += min(MOST_UNDER, _text_lines(small, cell.under, room)) * theme.px(16)
            tallest = max(tallest, high)
        return max(tallest, theme.px(LINE)) + 2 * theme.px(PAD)


def _taken(theme: Theme, cell: Cell) -> int:
    """The room that a mark, an icon or a tick takes at the left of a cell's words."""
    return theme.px(26) if cell.mark else theme.px(22) if cell.icon else 0


def _text_lines(metrics: QFontMetrics, text: str, room: int) -> int:
    if metrics.horizontalAdvance(text) <= room:
        return 1
    box = metrics.boundingRect(QRect(0, 0, max(room, 20), 10_000), Qt.TextFlag.TextWordWrap, text)
    return max(1, min(MOST_LINES, round(box.height() / metrics.lineSpacing())))
