"""One table found in the file: ticked or not, what it looks like, and the register it goes into."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.grid import letter
from pmo_desktop.exchange.plan import TablePlan
from pmo_desktop.model.registers import BY_NAME, REGISTERS
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.label import ElidedLabel, Rows

LEAVE_OUT = ""


class FoundTable(Rows):
    """A line in the list of tables; `decided` carries the register's name, empty to leave it out."""

    decided = Signal(object, str)
    picked = Signal(object)

    def __init__(self, table: TablePlan, parent: QWidget | None = None) -> None:
        super().__init__("card_row", parent)
        self.table = table
        name = table.sheet or "The file's table"
        self.tick = QCheckBox(name)
        self.tick.setChecked(table.into is not None)
        self.tick.setAccessibleName(f"Import {name}")
        self.into = QComboBox()
        self.into.setAccessibleName(f"Register that {name} goes into")
        self.into.addItem("Leave out", LEAVE_OUT)
        for info in REGISTERS:
            self.into.addItem(info.many.capitalize(), info.name)
        self.into.setCurrentIndex(max(0, self.into.findData(table.into or LEAVE_OUT)))
        self.into.setFixedWidth(170)
        self.facts = ElidedLabel(facts_words(table), "caption")
        self.setToolTip(table.why)
        self._lay_out()
        for part in (self.tick, self.into):
            part.installEventFilter(self)
        self.tick.clicked.connect(self._take_tick)
        self.into.activated.connect(lambda _place: self.decided.emit(self.table, self.into.currentData()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Coming to one of its parts by keyboard shows the table's first rows as well."""
        if event.type() == QEvent.Type.FocusIn:
            self.picked.emit(self.table)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows the table's first rows."""
        self.picked.emit(self.table)

    def _take_tick(self, ticked: bool) -> None:
        self.decided.emit(self.table, best_register(self.table) if ticked else LEAVE_OUT)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setContentsMargins(25, 0, 0, 0)
        line.addWidget(self.facts, 1)
        words.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.into, 0, Qt.AlignmentFlag.AlignVCenter)


def best_register(table: TablePlan) -> str:
    """The register to offer when a table that was left out is ticked."""
    return table.looks_like if table.looks_like in BY_NAME else REGISTERS[0].name


def facts_words(table: TablePlan) -> str:
    """How much there is, where it starts, and what it looks like."""
    line = f"column {table.place}" if table.layout.turned else f"row {table.header_row}"
    beside = f" from column {letter(table.layout.left)}" if table.layout.left else ""
    where = f"{count_text(table.read, 'row')}, header in {line}{beside}"
    if table.into:
        why = table.why.rpartition("; ")[2]
        return f"{where}; {why}" if why else where
    if table.looks_like and table.looks_like not in BY_NAME:
        return f"{where}; looks like {table.looks_like.replace('_', ' ')}, which are not kept yet"
    return f"{where}; left out" if table.looks_like else f"{where}; looks like no register"
