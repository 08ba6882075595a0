"""A popover with a few fields of a record and one button: new records, closing, reporting, re-baselining."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.store.errors import Known
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.grid.editors import Editor, LineEditor, make_editor, read_editor, write_editor
from pmo_desktop.ui.kinds import Reading, is_list
from pmo_desktop.ui.label import label
from pmo_desktop.ui.popover import Popover
from pmo_desktop.ui.typed import Names, read_typed

Finish = Callable[[dict[str, Any]], object]


class AskBox(Popover):
    """`finish` gets the values by field; a Known it raises, or a text that is no value, is said in the box."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        button: str,
        finish: Finish,
        *,
        reading: Reading,
        names: Names,
        choices: Callable[[Field], Sequence[str]],
        filled: Mapping[str, str] | None = None,
        told: str = "",
    ) -> None:
        super().__init__(parent, title)
        self.fields, self.finish, self.reading, self.names, self.choices = fields, finish, reading, names, choices
        self.setMinimumWidth(340)
        self.column.addWidget(label(title, "subtitle"))
        if told:
            self.column.addWidget(label(told, "body2", wrap=True))
        self.editors: dict[str, Editor] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, meaning in enumerate(fields):
            self._add(grid, row, meaning, choices, (filled or {}).get(meaning.name, ""))
        self.column.addLayout(grid)
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.button = Button(button, kind="secondary", slot=self.accept)
        foot.addWidget(self.button)
        self.column.addLayout(foot)
        first = next((each for each in self.editors.values() if not read_editor(each)), None)
        if first is not None:
            first.setFocus()

    def accept(self) -> None:
        """Read the fields and hand them over; stay open when something is wrong."""
        values: dict[str, Any] = {}
        for meaning in self.fields:
            offered = self.choices(meaning) if is_list(meaning) else ()
            text = read_editor(self.editors[meaning.name])
            typed = read_typed(meaning, text, {}, self.reading, self.names, offered)
            self.editors[meaning.name].setProperty("wrong", bool(typed.reason))
            if typed.reason:
                self._refuse(f"{meaning.label}: {typed.reason}", self.editors[meaning.name])
                return
            values[meaning.name] = typed.value
        try:
            self.finish(values)
        except Known as known:
            self._refuse(str(known), self.editors[self.fields[0].name])
            return
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _add(
        self, grid: QGridLayout, row: int, meaning: Field, choices: Callable[[Field], Sequence[str]], text: str
    ) -> None:
        words = label(meaning.label, "label")
        editor = make_editor(self, meaning, choices)
        editor.setProperty("role", "")
        write_editor(editor, text, replaced=False)
        if isinstance(editor, LineEditor):
            editor.setCursorPosition(0)  # a long name shows its beginning
        words.setBuddy(editor)
        if editor.property("tall"):
            editor.setFixedHeight(72)
        grid.addWidget(words, row, 0)
        grid.addWidget(editor, row, 1)
        self.editors[meaning.name] = editor

    def _refuse(self, reason: str, editor: QWidget) -> None:
        self.wrong.setText(reason)
        self.wrong.show()
        editor.style().unpolish(editor)
        editor.style().polish(editor)
        editor.setFocus()
        self.adjustSize()
