"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from pmo_desktop.store.errors import Known
from pmo_desktop.ui.dialogs.dialog import Dialog, add_row
from pmo_desktop.ui.label import label


class OneField(Dialog):
    """`deed` gets the text; the sentence of a Known stands in the dialog, which then stays open."""

    def __init__(
        self,
        title: str,
        told: str,
        name: str,
        accept_text: str,
        deed: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=440, accept_text=accept_text)
        self._deed = deed
        if told:
            self.body.addWidget(label(told, "body2", wrap=True))
        self.field = QLineEdit()
        add_row(self.add_form(), name, self.field)
        self.field.setFocus()

    def commit(self) -> str:
        """Do the deed with what was typed."""
        try:
            self._deed(self.field.text())
        except Known as error:
            return str(error)
        return ""
