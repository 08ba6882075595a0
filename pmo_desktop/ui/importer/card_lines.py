"""Lines of a card under its title: a few are on screen at once, the others are scrolled to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.ui.theme import current_theme

_LINE = 36


class CardLines(QScrollArea):
    """Holds widgets of one line each in `column`."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def make_room(self, count: int, most: int) -> None:
        """Be as tall as `count` lines, and no taller than `most`."""
        self.setFixedHeight(current_theme().px(_LINE) * min(most, count) + 4)
