"""The preview's model: one line a record of the workbook, in the tab that is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pmo_desktop.exchange.plan import ColumnMap, RowPlan
from pmo_desktop.ui.importer.faces import ALL, STATE_WORDS, Face, Shown, is_derived, shown_headers, state_of
from pmo_desktop.ui.kinds import DASH

Index = QModelIndex | QPersistentModelIndex
LEADING = ("What happens", "Row")
HAPPENS, ROW = 0, 1
_NOWHERE = QModelIndex()
_READABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled  # asked for at every painted cell
_EDITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable


class SheetModel(QAbstractTableModel):
    """Lines are places in `shown.rows`; the first two columns are what happens and the row of the sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.tab = ALL
        self.places: list[int] = []
        self.columns: list[ColumnMap | None] = []  # asked for at every painted cell
        self.typed: dict[tuple[int, str], str] = {}  # (sheet row, field): typed and not planned yet

    def show(self, shown: Shown | None, tab: str) -> None:
        """Show a tab of a table; a tab that has become empty gives way to all rows."""
        self.beginResetModel()
        self.shown = shown
        self.tab = tab if shown and shown.tabs[tab] else ALL
        self.places = shown.tabs[self.tab] if shown else []
        self.columns = [*(None for _ in LEADING), *shown.columns] if shown else []
        self.typed.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def row(self, line: int) -> RowPlan:
        """The record of a line."""
        assert self.shown is not None  # noqa: S101  there are no lines without a table
        return self.shown.rows[self.places[line]]

    def column(self, place: int) -> ColumnMap | None:
        """The mapped column; None for the two leading ones."""
        return self.columns[place] if 0 <= place < len(self.columns) else None

    def face(self, line: int, place: int) -> Face:
        """A cell as it is drawn."""
        assert self.shown is not None  # noqa: S101  as above
        column = self.shown.columns[place - len(LEADING)]
        if self.typed and (text := self.typed.get((self.row(line).row, column.field or ""))) is not None:
            return Face(text, "changed")
        return self.shown.face(self.places[line], place - len(LEADING))

    def line_of(self, place: int) -> int | None:
        """The line of a place in `shown.rows`, if the tab shows it."""
        try:
            return self.places.index(place)
        except ValueError:
            return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.shown is None or not index.isValid():
            return None
        line, place = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(line, place)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self.column(section)
            if column is not None:
                return f"{column.label}, from {shown_headers(column)}"
            return LEADING[section] if section < len(LEADING) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        column = self.column(index.column())
        return _EDITABLE if column and not is_derived(column) and self.row(index.row()).row else _READABLE

    def row_name(self, line: int) -> str:
        """The number of a row in its sheet, the letters of a column where the table is turned; a dash for no row."""
        number = self.row(line).row
        return self.shown.table.row_name(number) if self.shown and number else DASH

    def _words(self, line: int, place: int) -> str:
        if place == HAPPENS:
            return STATE_WORDS[state_of(self.row(line))]
        if place == ROW:
            return self.row_name(line)
        face = self.face(line, place)
        return face.text or (face.code if face.is_rating and face.code else DASH)

    def _spoken(self, line: int, place: int) -> str:
        assert self.shown is not None  # noqa: S101  asked for cells of a table only
        if place < len(LEADING):
            return self.shown.spoken_row(self.places[line])
        return self.shown.spoken(self.places[line], place - len(LEADING))

    def _tooltip(self, line: int, place: int) -> str:
        assert self.shown is not None  # noqa: S101  asked for cells of a table only
        if place < len(LEADING):
            return self.shown.spoken_row(self.places[line])
        face = self.face(line, place)
        words = f"{face.old} → {face.text}" if face.old else face.text
        return "\n".join(part for part in (words, face.why) if part)
