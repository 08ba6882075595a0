"""Colours, fonts and measured words of a table, made once per theme so that painting a cell only copies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from pmo_desktop.ui.theme import Theme

PADDING = 8
TOO_NARROW = "###"
_MOST_WORDS = 60_000


class Face:
    """A font with the widths of the words that were drawn in it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.rise = (self.metrics.ascent() - self.metrics.descent()) / 2
        self._widths: dict[str, float] = {}
        self._elided: dict[tuple[str, int, bool], str] = {}

    def width(self, text: str) -> float:
        """The width of a text in pixels."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > _MOST_WORDS:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def fit(self, text: str, room: int, *, middle: bool = False) -> str:
        """The text, shortened at its end or in its middle when there is too little room."""
        if self.width(text) <= room:
            return text
        key = (text, room, middle)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _MOST_WORDS:
                self._elided.clear()
            side = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
            found = self._elided[key] = self.metrics.elidedText(text, side, room)
        return found


class Ink:
    """Everything the painters of one table draw with; renewed when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.renew()

    def renew(self) -> None:
        """Take the theme's present colours and fonts."""
        theme = self.theme
        self.body = Face(theme.font("body"))
        self.name = Face(theme.font("body_medium"))
        self.strong = Face(theme.font("strong"))
        self.caption = Face(theme.font("caption"))
        self.colors: dict[str, QColor] = {}

    def color(self, token: str) -> QColor:
        """A colour of the theme."""
        found = self.colors.get(token)
        if found is None:
            found = self.colors[token] = self.theme.color(token)
        return found
