"""A line of a card that can be opened by mouse and keyboard; what stands in it is painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pmo_desktop.ui.theme import Theme, current_theme


class CardRow(QAbstractButton):
    """A line of a card that can be opened by mouse and keyboard; subclasses paint it."""

    height_px = 50

    def __init__(self, words: str, slot: Callable[[], object] | None) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if slot is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: slot())
        self._opens = slot is not None

    def sizeHint(self) -> QSize:
        """The height of its kind."""
        return QSize(120, current_theme().px(self.height_px))

    def minimumSizeHint(self) -> QSize:
        """As its size."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and focus ring, then what the subclass draws."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._opens and self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        self.paint_line(painter, theme)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        """Draw the content."""

    def write(self, painter: QPainter, rect: QRect, text: str, look: tuple[str, str], flags: Qt.AlignmentFlag) -> int:
        """Text in a role and a tone, ended in dots where it does not fit; gives its width."""
        theme = current_theme()
        role, tone = look
        painter.setFont(theme.font(role))
        painter.setPen(theme.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags, shown)
        return painter.fontMetrics().horizontalAdvance(shown)
