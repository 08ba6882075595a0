"""A card: a title that is a sentence, a sub-line, a link at the right, and what it is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import ElidedLabel, Rows, rule
from pmo_desktop.ui.theme import current_theme


class Card(Rows):
    """Its body is a column; `add_ruled` puts thin lines between parts."""

    def __init__(
        self, title: str, subtitle: str = "", link: str = "", slot: Callable[[], object] | None = None
    ) -> None:
        super().__init__("card")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(title, "subtitle"), 1)
        if link and slot is not None:
            self.link: Button | None = Button(link, kind="link", slot=slot)
            head.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if subtitle:
            column.addWidget(ElidedLabel(subtitle, "caption"))
        column.addSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)

    def add_ruled(self, parts: list[QWidget]) -> None:
        """Parts one under another, a thin line above each."""
        for part in parts:
            self.body.addWidget(rule("rule_soft"))
            self.body.addWidget(part)


def row_height(pixels: int) -> int:
    """A height of the design at the present text size."""
    return current_theme().px(pixels)
