"""The table model of the heat map: a row a project or a heading, a column a control; each cell says what it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pmo_desktop.rules.compliance import Met
from pmo_desktop.ui.compliance.sheet import HeatSheet, control_words, share_text, share_words

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
LETTERS = {Met.MET: "M", Met.NOT_MET: "N", Met.WAIVED: "W", Met.NOT_DUE: "D", Met.NOT_REQUIRED: "\N{EN DASH}"}


class HeatModel(QAbstractTableModel):
    """Holds the sheet on screen."""

    def __init__(self, sheet: HeatSheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet

    def show(self, sheet: HeatSheet) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        state = self.sheet.state(index.row(), index.column())
        if state is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return LETTERS[state]
        return self._say(index.row(), index.column(), state) if role in _TOLD else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and 0 <= section < len(self.sheet.columns):
            control = self.sheet.control(section)
            if role == Qt.ItemDataRole.DisplayRole:
                return control.name
            if role in _TOLD:
                why = f"\n{control.why}" if control.why and role == Qt.ItemDataRole.ToolTipRole else ""
                return f"{control_words(control)}. {share_words(self.sheet.shares[section])}.{why}"
        if way == Qt.Orientation.Vertical and 0 <= section < len(self.sheet.lines):
            line = self.sheet.lines[section]
            named = line.name or line.ref if line.is_heading else " ".join(filter(None, (line.ref, line.name)))
            if role == Qt.ItemDataRole.DisplayRole:
                return named
            if role in _TOLD:
                counted = f", {line.ref}" if line.is_heading else ""
                return f"{named}{counted}. {share_words(line.share)}."
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self.sheet.lines[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags  # the arrows go over headings
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def as_text(self) -> str:
        """All of it as lines of words parted by tabs, for a spreadsheet."""
        sheet = self.sheet
        rows = [["Project", "Name", *(sheet.control(at).name for at in range(len(sheet.columns))), "Share met"]]
        for row, line in enumerate(sheet.lines):
            states = [sheet.state(row, at) for at in range(len(sheet.columns))]
            words = ["" if state is None else str(state) for state in states]
            called = [line.name, line.ref] if line.is_heading else [line.ref, line.name]
            rows.append([*called, *words, share_text(line.share)])
        rows.append(["Share met", "", *(share_text(each) for each in sheet.shares), share_text(sheet.total)])
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)

    def _say(self, row: int, column: int, state: Met) -> str:
        line, control = self.sheet.lines[row], self.sheet.control(column)
        return f"{' '.join(filter(None, (line.ref, line.name)))}, {control.name}: {state.lower()}"
