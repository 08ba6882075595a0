"""What a list of the methodology pane shows: lines of cells under headings, and the model that hands them to Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `mark`: the code of a status mark, `-` for the grey ring, empty for none; `tick`: on, part, off."""

    text: str = ""
    under: str = ""
    icon: str = ""
    is_link: bool = False
    mark: str = ""
    chip: str = ""
    tick: str = ""
    is_late: bool = False  # its second line is said in the colour of errors
    is_letter: bool = False  # stands in the middle, strong

    @property
    def words(self) -> str:
        """All that it says."""
        return ", ".join(part for part in (self.text, self.under, self.chip) if part)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, told by its key; one with a heading is no line to choose but stands over those that follow."""

    key: str
    cells: tuple[Cell, ...] = ()
    spoken: str = ""
    heading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and its width in pixels or, with `grows`, its share of the room that is left."""

    title: str
    width: int
    grows: bool = False
    least: int = 110  # px, of one that grows
    centred: bool = False


class LinesModel(QAbstractTableModel):
    """Lines as a table; headings cannot be chosen."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line], columns: Sequence[Column] | None = None) -> None:
        """Show other lines, perhaps in other columns."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.columns = self.columns if columns is None else tuple(columns)
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """The row of a line; None when it is not shown."""
        return next((row for row, line in enumerate(self.lines) if line.key == key and not line.heading), None)

    def cell(self, row: int, column: int) -> Cell:
        """A cell; an empty one where a line has fewer."""
        cells = self.lines[row].cells
        return cells[column] if column < len(cells) else Cell()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if line.heading:
            said = ", ".join(filter(None, (line.heading, line.note))) if index.column() == 0 else ""
            return said if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken if index.column() == 0 and line.spoken else cell.words
        return (cell.words or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if self.columns[section].centred else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextWordWrap.value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title
        return None
