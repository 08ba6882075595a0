"""Where the value of the current field came from: file, sheet and cell, or the person's deed; and its whole history."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.figures.provenance import Provenance, provenance_of
from pmo_desktop.model.kind import Field
from pmo_desktop.operations.history import cell_history
from pmo_desktop.store.file import Store
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.historylist import HistoryList
from pmo_desktop.ui.kinds import MONTHS, Reading
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.theme import current_theme

_WIDTH, _TALLEST = 420, 360


class WhereFrom(Rows):
    """One line about one cell; the button opens the cell's history."""

    def __init__(self, store: Store, entity: str) -> None:
        super().__init__("footer")
        self.store, self.entity = store, entity
        self.cell: tuple[str, Field, Reading] | None = None
        self.words = ElidedLabel("", "caption", Qt.TextElideMode.ElideMiddle)
        self.by = ElidedLabel("", "caption_quiet")
        self.button = Button("History", kind="link", slot=self.open_history)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 5)
        row.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.words)
        lines.addWidget(self.by)
        row.addLayout(lines, 1)
        row.addWidget(self.button)
        self.hide()

    def show_cell(self, row: str | None, meaning: Field | None, reading: Reading) -> None:
        """Show where a cell of a record came from; nothing without one."""
        self.cell = (row, meaning, reading) if row and meaning else None
        self.setVisible(self.cell is not None)
        if row is None or meaning is None:
            return
        found = None if meaning.computed else provenance_of(self.store, self.entity, row, meaning.name)
        words, by = origin_words(meaning, found)
        self.words.setText(words)
        self.by.setText(by)
        self.by.setVisible(bool(by))
        self.words.setAccessibleName(f"{words}; {by}" if by else words)
        self.setToolTip("\n".join(part for part in (words, by) if part))
        self.button.setVisible(found is not None)
        self.button.setAccessibleName(f"History of {meaning.label}")

    def open_history(self) -> None:
        """Show every value the cell has had, newest first."""
        if self.cell is None:
            return
        row, meaning, reading = self.cell
        box = CellHistory(self, self.store, self.entity, row, meaning, reading)
        box.open_under(self.button)


class CellHistory(Popover):
    """The moments of one cell, with the place an import read it from."""

    def __init__(self, parent: QWidget, store: Store, entity: str, row: str, meaning: Field, reading: Reading) -> None:
        super().__init__(parent, f"History of {meaning.label}")
        self.list = HistoryList()
        self.list.show_moments(cell_history(store, entity, row, meaning.name), reading, only=meaning)
        self.list.setProperty("role", "scrolled")
        inner = QScrollArea()
        inner.setWidget(self.list)
        inner.setWidgetResizable(True)
        inner.setFixedWidth(current_theme().px(_WIDTH))
        inner.setFixedHeight(min(current_theme().px(_TALLEST), self.list.sizeHint().height() + 8))
        self.column.addWidget(label(f"History of {meaning.label}", "strong"))
        self.column.addWidget(inner)


def origin_words(meaning: Field, found: Provenance | None) -> tuple[str, str]:
    """Where a value came from, and who gave it when; the second is empty where nobody did."""
    if meaning.computed:
        return f"{meaning.label} is calculated.", ""
    if found is None:
        return f"{meaning.label}: nobody has given it a value yet.", ""
    written = f", written as “{found.text}”" if found.text else ""
    from_ = f"from {found.place}{written}" if found.place else f"“{found.what}”"
    return f"{meaning.label}: {from_}", f"{found.who}, {moment_text(found.at)}"


def moment_text(at: datetime) -> str:
    """A moment in the reader's zone: 3 Nov 2026, 09:30."""
    here = at.astimezone()
    return f"{here.day} {MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"
