"""A few fields of a page, each with its label: what is typed in them stays until somebody takes it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pmo_desktop.model.kind import Field
from pmo_desktop.operations.values import NewName
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_settings
from pmo_desktop.ui.grid.editors import Editor, make_editor, read_editor, write_editor
from pmo_desktop.ui.kinds import Reading, is_list
from pmo_desktop.ui.label import label
from pmo_desktop.ui.registerdata import offered_choices, read_links
from pmo_desktop.ui.theme import current_theme
from pmo_desktop.ui.typed import read_typed

_LABEL, _TALL = 92, 64


class FieldBlock(QWidget):
    """Editors by the names of their fields; people are chosen among those of the file."""

    def __init__(self, store: Store, fields: Sequence[Field]) -> None:
        super().__init__()
        self.store, self.fields = store, tuple(fields)
        self.editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, current_theme().px(_LABEL))
        grid.setColumnStretch(1, 1)
        for row, meaning in enumerate(self.fields):
            editor = make_editor(self, meaning, self._offered)
            editor.setProperty("role", "field")
            words = label(meaning.label, "label")
            words.setBuddy(editor)
            if editor.property("tall"):
                editor.setFixedHeight(current_theme().px(_TALL))
            side = Qt.AlignmentFlag.AlignTop if editor.property("tall") else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(words, row, 0, side)
            grid.addWidget(editor, row, 1)
            self.editors[meaning.name] = editor

    def values(self) -> dict[str, Any]:
        """What the fields hold. Raises Known, with the field's label, for what is no value of it."""
        settings = read_settings(self.store)
        names, _links = read_links(self.store, self.fields, round(settings["fy_start_month"]))
        reading = Reading(read_names(self.store), settings["currency"], settings["currency"], data_date(settings))
        found: dict[str, Any] = {}
        for meaning in self.fields:
            text = read_editor(self.editors[meaning.name])
            offered = self._offered(meaning) if is_list(meaning) else ()
            typed = read_typed(meaning, text, {}, reading, names, offered)
            if typed.reason:
                self._mark(meaning.name)
                raise Known(f"{meaning.label}: {typed.reason}")
            if isinstance(typed.value, NewName):
                self._mark(meaning.name)
                raise Known(f"{meaning.label}: nobody here is called {typed.value}. Choose somebody from the list.")
            found[meaning.name] = typed.value
        self._mark("")
        return found

    def write(self, name: str, text: str) -> None:
        """Fill one field."""
        write_editor(self.editors[name], text, replaced=True)

    def text(self, name: str) -> str:
        """What somebody typed into one field."""
        return read_editor(self.editors[name])

    def clear(self) -> None:
        """Empty every field."""
        for name in self.editors:
            self.write(name, "")

    def _offered(self, meaning: Field) -> list[str]:
        _names, links = read_links(self.store, self.fields, 4)
        return offered_choices(meaning, (), links)

    def _mark(self, wrong: str) -> None:
        for name, editor in self.editors.items():
            editor.setProperty("wrong", name == wrong)
            editor.style().unpolish(editor)
            editor.style().polish(editor)
        if wrong:
            self.editors[wrong].setFocus()
