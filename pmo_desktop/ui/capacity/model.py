"""The table model of the capacity grid: a row a line, a column a period; folding inserts and removes rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pmo_desktop.ui.capacity.axis import Axis
from pmo_desktop.ui.capacity.lines import Key, Level, Line, Looks, Measure, Renewal, faces_of
from pmo_desktop.ui.capacity.spoken import spoken_cell, spoken_line

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class GridModel(QAbstractTableModel):
    """Holds the lines in sight; `rearranged` says that rows came or went."""

    rearranged = Signal()

    def __init__(self, axis: Axis, measure: Measure, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.axis, self.measure = axis, measure
        self.lines: list[Line] = []
        self.can_write = True
        self.tip: Callable[[Line, int], str] | None = None  # says more of a cell than a screen reader hears

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.axis.count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and self.tip is not None:
            return self.tip(line, column)
        return spoken_cell(line, column, self.measure, self.axis) if role in _TOLD else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and 0 <= section < self.axis.count:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.axis.labels[section]
            return self.axis.title(section) if role in _TOLD else None
        if way == Qt.Orientation.Vertical and 0 <= section < len(self.lines):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.lines[section].name
            return spoken_line(self.lines[section]) if role in _TOLD else None
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return plain | Qt.ItemFlag.ItemIsEditable if self.can_write and self.lines[index.row()].editable else plain

    def faces(self, line: Line) -> list[Looks]:
        """How the cells of a line look."""
        return faces_of(line, self.measure)

    def text(self, line: Line, column: int) -> str:
        """What stands in a cell."""
        return faces_of(line, self.measure)[column][0]

    def row_of(self, key: Key | None) -> int:
        """The row of a line; -1 when it is not in sight."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), -1)

    def show(self, lines: Sequence[Line], axis: Axis, measure: Measure) -> None:
        """Show other lines; where they are the same ones, only what stands in them changes."""
        same = axis.count == self.axis.count and [each.key for each in lines] == [each.key for each in self.lines]
        if not same:
            self.beginResetModel()
        self.lines, self.axis, self.measure = list(lines), axis, measure
        if same:
            self._all_changed()
        else:
            self.endResetModel()
            self.rearranged.emit()

    def renew(self, renewal: Renewal) -> bool:
        """Show lines with other amounts, those of whoever was edited; False when lines came or went with it."""
        fresh = {line.key: line for line in renewal.lines}
        part, touched = Level.PART, renewal.touched
        # of a team that is folded nobody is in sight
        shown = [row for row, line in enumerate(self.lines) if line.level is not part or line.resource in touched]
        parts = {self.lines[row].key for row in shown if self.lines[row].level is part}
        if parts != {line.key for line in renewal.lines if line.level is part}:
            return False
        for row in shown:
            now = fresh.get(self.lines[row].key)
            if now is not None and not now.amounts.is_like(self.lines[row].amounts):
                self.lines[row] = now
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.axis.count - 1))
        return True

    def insert(self, row: int, lines: Sequence[Line]) -> None:
        """Put lines in before a row."""
        if lines:
            self.beginInsertRows(_ROOT, row, row + len(lines) - 1)
            self.lines[row:row] = lines
            self.endInsertRows()
            self.rearranged.emit()

    def remove(self, row: int, count: int) -> None:
        """Take lines out."""
        if count:
            self.beginRemoveRows(_ROOT, row, row + count - 1)
            del self.lines[row : row + count]
            self.endRemoveRows()
            self.rearranged.emit()

    def _all_changed(self) -> None:
        if self.lines and self.axis.count:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self.axis.count - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.lines) - 1)
