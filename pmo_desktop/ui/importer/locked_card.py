"""Asks in place for the password of a protected workbook."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import Rows, label

_WIDTH = 220


class LockedCard(Rows):
    """`given` carries what was typed; the field is emptied for another try."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__("card")
        self.words = label("", wrap=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("Password of the workbook")
        self.password.setPlaceholderText("Password")
        self.password.setFixedWidth(_WIDTH)
        self.password.returnPressed.connect(self._give)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(Mark("lock", "text2", 18))
        row.addWidget(self.words, 1)
        row.addWidget(self.password)
        row.addWidget(Button("Open file", slot=self._give))
        self.hide()

    def ask(self, name: str, sentence: str) -> None:
        """Ask for the password of a file; after a wrong one, say so."""
        again = bool(self.password.text())
        self.words.setText(sentence if again else f"{name} is protected. Type the password that opens it.")
        self.password.clear()
        self.show()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.password.text():
            self.given.emit(self.password.text())
