"""The first rows of a sheet as they stand in the file, the header row marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pmo_desktop.exchange.grid import Cell, letter
from pmo_desktop.ui.kinds import long_date, number_text
from pmo_desktop.ui.theme import Theme

MOST_ROWS, MOST_COLUMNS = 8, 60
_ABOVE = 3  # rows shown above a header that lies further down
_ROW, _NARROW, _WIDE = 28, 72, 200
_NOWHERE = QModelIndex()


class RawModel(QAbstractTableModel):
    """A window of eight rows on a sheet."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: Sequence[Sequence[Cell]] = ()
        self.first = 0
        self.header = -1

    def show(self, rows: Sequence[Sequence[Cell]], header_row: int) -> None:
        """Show a sheet around its header (1-based; 0 when it has none)."""
        self.beginResetModel()
        self.header = header_row - 1
        self.first = max(0, self.header - _ABOVE) if self.header >= MOST_ROWS else 0
        self.rows = rows[self.first : self.first + MOST_ROWS]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return min(MOST_COLUMNS, max((len(row) for row in self.rows), default=0))

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        is_header = self.first + index.row() == self.header
        if role == Qt.ItemDataRole.BackgroundRole:
            return self.theme.color("accent_tint") if is_header else None
        if role == Qt.ItemDataRole.FontRole:
            return self.theme.font("caption_strong" if is_header else "caption")
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.theme.color("accent_text" if is_header else "text2")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return raw_text(row[index.column()]) if index.column() < len(row) else ""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letter(section) if orientation is Qt.Orientation.Horizontal else str(self.first + section + 1)


class RawView(QTableView):
    """Shows a RawModel; nothing in it can be edited."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "boxed")
        self.raw = RawModel(theme, self)
        self.setModel(self.raw)
        self.setAccessibleName("First rows of the sheet")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Sequence[Sequence[Cell]], header_row: int) -> None:
        """Show a sheet's first rows at widths that fit their words."""
        self.raw.show(rows, header_row)
        metrics = self.fontMetrics()
        for place in range(self.raw.columnCount()):
            words = [raw_text(row[place]) for row in self.raw.rows if place < len(row)]
            need = max((metrics.horizontalAdvance(text) for text in words), default=0) + 20
            self.setColumnWidth(place, max(_NARROW, min(_WIDE, need)))


def raw_text(cell: Cell) -> str:
    """A cell of the file in words; a date as a date, nothing rounded."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{long_date(cell.date())} {cell:%H:%M}"
    if isinstance(cell, date):
        return long_date(cell)
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    return " ".join(str(cell).split())
