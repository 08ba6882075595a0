"""Find and replace: in the selected cells, else in every cell shown; one step, counted before it is done."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.editing import Editing, Wish
from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover


class ReplaceBox(Popover):
    """Its button says in how many cells it will replace."""

    def __init__(self, parent: QWidget, editing: Editing, find: str) -> None:
        super().__init__(parent, "Replace")
        self.editing = editing
        self.setMinimumWidth(360)
        self.sought, self.put = QLineEdit(find), QLineEdit()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for row, (words, field) in enumerate((("Find", self.sought), ("Replace with", self.put))):
            told = label(words, "label")
            told.setBuddy(field)
            field.setAccessibleName(words)
            field.textChanged.connect(self.count)
            grid.addWidget(told, row, 0)
            grid.addWidget(field, row, 1)
        self.whole = QCheckBox("Only cells that are exactly this")
        self.whole.toggled.connect(self.count)
        self.button = Button("Replace", kind="secondary", slot=self.replace_all)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        self.column.addLayout(grid)
        self.column.addWidget(self.whole)
        self.column.addLayout(foot)
        self.count()
        self.sought.setFocus()

    def wishes(self) -> list[Wish]:
        """The cells that hold the words, with their new text."""
        sought = self.sought.text()
        if not sought:
            return []
        pattern = re.compile(re.escape(sought), re.IGNORECASE)
        put = self.put.text().replace("\\", r"\\")  # a backslash is no reference to a group here
        found = []
        grid, table = self.editing.grid, self.editing.grid.table
        for row, place in self._cells():
            record, column = table.record(row), table.columns[place]
            text = grid.edit.text_of(row, place) if record and column.editable else ""
            hit = pattern.fullmatch(text) if self.whole.isChecked() else pattern.search(text)
            if record and hit:
                found.append(Wish(record.id, column.field, pattern.sub(put, text)))
        return found

    def count(self) -> None:
        """Say on the button in how many cells the words stand."""
        number = len(self.wishes())
        self.button.setText(f"Replace in {number:,} cell{'' if number == 1 else 's'}")
        self.button.setEnabled(number > 0)
        self.button.updateGeometry()

    def replace_all(self) -> None:
        """Replace in all of them as one step."""
        wishes = self.wishes()
        self.close()
        if wishes:
            self.editing.apply(wishes, "changed")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.replace_all()
        else:
            super().keyPressEvent(event)

    def _cells(self) -> list[tuple[int, int]]:
        grid = self.editing.grid
        if grid.marked.has_range:
            return list(grid.marked.cells())
        places = range(grid.table.columnCount())
        return [(row, place) for row in range(grid.table.rowCount()) if grid.table.record(row) for place in places]
