"""The RACI table as it is typed: a line for each gate and deliverable, a column for each role, one letter a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.methods.node import gate_title, list_roles
from pmo_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_ROW, _NAMES, _LEAST, _MOST, _HEAD = 28, 260, 72, 148, 44
LETTERS: Mapping[str, Duty] = {each.value: each for each in Duty}


@dataclass(frozen=True, slots=True)
class Concern:
    """What duties are about: the code and name of a gate or a deliverable."""

    code: str
    name: str
    is_gate: bool


class DutyModel(QAbstractTableModel):
    """`wanted` carries code, role and letter (empty: none) of a cell that was typed into."""

    wanted = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.concerns: tuple[Concern, ...] = ()
        self.roles: tuple[str, ...] = ()
        self.can_write = False
        self._letters: dict[tuple[str, str], str] = {}

    def show(self, method: Method, added: Sequence[str], *, can_write: bool) -> None:
        """Show a version's duties; `added` are roles that have none yet. No column moves while it is worked with."""
        letters: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for each in method.duties:
            letters[each.concerns, each.role].append(each.duty.value)
        self.beginResetModel()
        self.concerns, self.can_write = tuple(list_concerns(method)), can_write
        self.roles = tuple(dict.fromkeys((*self.roles, *list_roles(method), *added)))
        self._letters = {cell: "/".join(each) for cell, each in letters.items()}
        self.endResetModel()

    def unowned(self) -> int:
        """How many gates and deliverables have nobody accountable."""
        owned = {code for (code, _role), letters in self._letters.items() if Duty.ACCOUNTABLE.value in letters}
        return sum(each.code not in owned for each in self.concerns)

    def letters(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self._letters.get((self.concerns[row].code, self.roles[column]), "")

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.concerns)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.roles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        letters = self.letters(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return letters
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            told = " and ".join(LETTERS[each].label.lower() for each in letters.split("/") if each) or "no duty"
            return f"{self.concerns[index.row()].name}, {self.roles[index.column()]}: {told}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        names = self.roles if across else [each.name for each in self.concerns]
        if not 0 <= section < len(names):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return names[section] if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


def list_concerns(method: Method) -> list[Concern]:
    """Every deliverable and gate in the order in which they come."""
    found = []
    for phase in method.phases:
        found += [Concern(each.code, each.name, is_gate=False) for each in phase.deliverables]
        found += [Concern(gate.code, gate_title(gate.code, gate.name), is_gate=True) for gate in phase.gates]
    return found


def say_duties(model: DutyModel) -> str:
    """How the table is typed, and what it lacks."""
    if not model.concerns:
        return "Nobody has a duty yet: add deliverables and gates to the life cycle first."
    if not model.roles:
        return "No part names a role yet." + (" Type one and add it." if model.can_write else "")
    typed = "Type R, A, C or I; Delete empties a cell." if model.can_write else ""
    count = model.unowned()
    lacks = f"{count_text(count, 'line has', 'lines have')} nobody accountable." if count else ""
    return " ".join(part for part in (typed, lacks) if part)


class DutyGrid(QTableView):
    """One cell is current: a letter fills it, Delete empties it, arrows go on. `refused` says why a key did nothing."""

    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.duties = theme, DutyModel(self)
        self.setAccessibleName("Roles and RACI")
        self.setModel(self.duties)
        self.setItemDelegate(LetterDelegate(theme, self, self._is_gate))
        self.setHorizontalHeader(RoleHeader(theme))
        self.setVerticalHeader(ConcernHeader(theme, self._is_gate))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.refit()
        theme.changed.connect(self.refit)

    def show_method(self, method: Method, added: Sequence[str], *, can_write: bool) -> None:
        """Show a version's duties; the current cell stays."""
        now = self.currentIndex()
        at = (now.row(), now.column()) if now.isValid() else (0, 0)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.duties.show(method, added, can_write=can_write)
        self.refit()
        rows, columns = self.duties.rowCount(), self.duties.columnCount()
        if rows and columns:
            self.setCurrentIndex(self.duties.index(min(at[0], rows - 1), min(at[1], columns - 1)))
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def refit(self) -> None:
        """Sizes anew: a role is as wide as its longest word, within reason."""
        theme = self.theme
        self.verticalHeader().setFixedWidth(theme.px(_NAMES))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.horizontalHeader().setFixedHeight(theme.px(_HEAD))
        metrics = QFontMetrics(theme.font("caption_strong"))
        for column, role in enumerate(self.duties.roles):
            longest = max(metrics.horizontalAdvance(word) for word in role.split() or [""])
            half = metrics.horizontalAdvance(role) * 0.56
            wide = max(theme.px(_LEAST), min(theme.px(_MOST), round(max(longest, half)) + theme.px(18)))
            self.setColumnWidth(column, wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        now, text = self.currentIndex(), event.text().upper()
        if not now.isValid() or held != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._put(now, "")
        elif text in LETTERS:
            self._put(now, text)
        elif len(text) == 1 and text.isalnum():
            self.refused.emit(f"{text} is no duty. Type R, A, C or I.")
        else:
            super().keyPressEvent(event)

    def _is_gate(self, row: int) -> bool:
        return self.duties.concerns[row].is_gate

    def _put(self, at: QModelIndex, letter: str) -> None:
        if not self.duties.can_write:
            self.refused.emit("This version is not a draft. Draft the next version first.")
            return
        self.duties.wanted.emit(self.duties.concerns[at.row()].code, self.duties.roles[at.column()], letter)


class LetterDelegate(QStyledItemDelegate):
    """Paints a letter in the middle of its cell; A, of which there is one a line, is tinted."""

    def __init__(self, theme: Theme, view: QTableView, is_gate: Callable[[int], bool]) -> None:
        super().__init__(view)
        self.theme, self.view, self.is_gate = theme, view, is_gate

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self.theme, QRect(option.rect)
        letters = str(index.data() or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if Duty.ACCOUNTABLE.value in letters:
            painter.fillRect(rect, theme.color("accent_tint"))
        elif self.is_gate(index.row()):
            painter.fillRect(rect, theme.color("surface_sunken"))
        if chosen:
            painter.fillRect(rect, theme.color("selected" if self.view.hasFocus() else "selected_inactive"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("grid"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("grid"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("accent_text" if Duty.ACCOUNTABLE.value in letters else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
        if chosen and self.view.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class RoleHeader(QHeaderView):
    """Roles over their columns, in two lines where one is too short."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.theme = theme
        self.setHighlightSections(False)
        self.setAccessibleName("Roles")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self.theme
        painter.save()
        painter.fillRect(rect, theme.color("header_bg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("border"))
        painter.setFont(theme.font("caption_strong"))
        painter.setPen(theme.color("text2"))
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        inner = rect.adjusted(theme.px(5), 2, -theme.px(5), -3)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.restore()


class ConcernHeader(QHeaderView):
    """The names of the lines, which stay when the table is scrolled sideways; a gate has its diamond."""

    def __init__(self, theme: Theme, is_gate: Callable[[int], bool]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.theme, self.is_gate = theme, is_gate
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Deliverables and gates")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, gate = self.theme, self.is_gate(section)
        painter.save()
        painter.fillRect(rect, theme.color("surface_sunken" if gate else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("grid"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("border"))
        painter.setFont(theme.font("body_medium" if gate else "body"))
        painter.setPen(theme.color("text"))
        inner = rect.adjusted(theme.px(12), 0, -theme.px(8), 0)
        words = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
