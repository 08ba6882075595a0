"""About the program: its version and whose work it stands on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.label import label

_LINES = (
    "Portfolio management on the desktop: a register in, a register to work in, a steering pack out.",
    "Fonts: PMO Sans, made from Inter (SIL Open Font Licence). Icons: Lucide (ISC licence).",
    "Your portfolios are files of your own. Nothing is sent anywhere.",
)


class About(Dialog):
    """A few sentences."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__("About PMO Desktop", parent, width=440)
        self.body.addWidget(label(f"Version {version}", "strong"))
        for line in _LINES:
            self.body.addWidget(label(line, "body2", wrap=True))
