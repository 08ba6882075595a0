"""A short table of texts in a dialog: whole rows are chosen, one column takes the room that is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_ROW, _TWO_LINES, _HEAD, _LEAST, _MOST = 32, 40, 40, 3, 10  # pixels; rows shown without scrolling


class PlainTable(QTableWidget):
    """`widths` are in pixels, 0 for the column that takes the rest; `ticks` puts a box, ticked, before each row."""

    def __init__(
        self,
        headers: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[str]],
        name: str,
        *,
        ticks: bool = False,
    ) -> None:
        super().__init__(len(rows), len(headers))
        self.setHorizontalHeaderLabels(list(headers))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setMinimumHeight(_ROW * min(max(len(rows), _LEAST), _MOST) + _HEAD)
        self.fill(rows, ticks=ticks)
        self._dress_head(widths)

    def fill(self, rows: Sequence[Sequence[str]], *, ticks: bool = False) -> None:
        """Other rows in the place of those that are there; the first is the current one."""
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.setItem(row, column, _item(text, tick=ticks and column == 0))
        if rows:
            self.setCurrentCell(0, 0)

    def wrap_rows(self) -> None:
        """Give every row room for two lines of text."""
        self.setWordWrap(True)
        for row in range(self.rowCount()):
            self.setRowHeight(row, _TWO_LINES)

    def is_ticked(self, row: int) -> bool:
        """Whether the box of a row is ticked."""
        item = self.item(row, 0)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def tick(self, row: int, *, on: bool) -> None:
        """Tick the box of a row, or take the tick away."""
        if item := self.item(row, 0):
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _dress_head(self, widths: Sequence[int]) -> None:
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def _item(text: str, *, tick: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    if tick:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    return item
