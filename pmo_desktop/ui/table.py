"""The one table model: plain rows and fields in, lines in their own order out, every cell already in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pmo_desktop.model.kind import Field
from pmo_desktop.ui.arrange import Arrangement, Group, Kept, Record
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.hints import cell_hint, heading_hint
from pmo_desktop.ui.kinds import Reading, Row, exact_text
from pmo_desktop.ui.lines import Lines
from pmo_desktop.ui.spoken import spoken_cell, spoken_group

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable


class Table(QAbstractTableModel, Lines):
    """Lines (records and group headings) by columns. `rearranged` follows each change of the order of lines."""

    rearranging = Signal()
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = Arrangement()
        self.problems: dict[tuple[str, str], tuple[str, str]] = {}  # refused texts and why, by (row, field)
        self.rating = "rag_overall"  # the field whose ratings group headings count
        self.find_words: tuple[str, ...] = ()
        self.can_write = False

    # ------------------------------------------------------------------ what is shown

    def show(
        self,
        rows: Iterable[Row],
        columns: Sequence[Column],
        fields: Sequence[Field],
        reading: Reading,
        texts: Kept | None = None,
    ) -> None:
        """Take rows, columns and everything they are read with; the arrangement wanted stays."""
        self._begin()
        found = self.arrangement
        found.columns, found.reading = tuple(columns), reading
        found.fields = {each.name: each for each in fields}
        found.kept = texts or {}
        found.load(rows)
        found.arrange()
        self._end()

    def swap(self, arrangement: Arrangement) -> None:
        """Show lines that were brought into order elsewhere."""
        self._begin()
        self.arrangement = arrangement
        self._end()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, or the same in another order."""
        self._begin()
        self.arrangement.columns = tuple(columns)
        self.arrangement.load([record.row for record in self.arrangement.records])
        self.arrangement.arrange()
        self._end()

    def arrange(self, **changes: Any) -> None:
        """Change conditions, sort, group or find (see Wanted) and bring the lines into order."""
        self._begin()
        found = self.arrangement
        if {"conditions", "sort"} & changes.keys() or not changes:
            found.forget_order(values_changed=False)
        found.wanted = replace(found.wanted, **changes)
        self.find_words = tuple(found.wanted.find.casefold().split())
        found.arrange()
        self._end()

    def replace_rows(self, rows: Mapping[str, Row]) -> None:
        """Show new values of known rows where they stand: an edit does not make its row jump."""
        self.arrangement.replace(rows)
        self._repaint()

    def set_texts(self, texts: Kept) -> None:
        """Show other texts kept from an import."""
        self.arrangement.kept = texts
        self._repaint()

    def set_problems(self, problems: Mapping[tuple[str, str], tuple[str, str]]) -> None:
        """Mark cells whose new text was refused: (row, field) -> (text, reason)."""
        self.problems = dict(problems)
        self._repaint()

    def fold(self, row: int, *, is_open: bool | None = None) -> None:
        """Open or close the group at a line; None turns it over."""
        line = self.line(row)
        if isinstance(line, Group):
            self._begin()
            self.arrangement.fold(line, is_open=not line.open if is_open is None else is_open)
            self._end()

    # ------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.arrangement.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.can_write and self.columns[index.column()].editable and self.record(index.row()):
            return _EDITABLE
        return _READABLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = self.columns[index.column()]
        if isinstance(line, Group):
            return self._group_data(line, index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return exact_text(column.field, line.row, self.reading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_cell(line, column, index.column(), self.kept_text(line, column))
        return self._hint(line, column, index.column()) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.heading(self.reading)
        return heading_hint(column, self.reading) if role == Qt.ItemDataRole.ToolTipRole else None

    # ------------------------------------------------------------------ below the counter

    def _group_data(self, group: Group, place: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_group(group, self.rating, self.columns, self.reading)
        if role == Qt.ItemDataRole.ToolTipRole:
            return group.why_no_total(self.columns[place]) or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return group.label if place == 0 else group.total(self.columns[place], self.reading)

    def _hint(self, record: Record, column: Column, place: int) -> str | None:
        key = (record.id, column.name)
        return cell_hint(record, column, place, self.problems.get(key), self.texts.get(key))

    def _begin(self) -> None:
        self.rearranging.emit()
        self.beginResetModel()

    def _end(self) -> None:
        self.endResetModel()
        self.rearranged.emit()

    def _repaint(self) -> None:
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
