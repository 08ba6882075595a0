"""The status strip of a record: a tile for each rating, with its mark and trend on its tint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.rules.words import rag_label
from pmo_desktop.ui.marks import MARGIN, rag_mark, trend_mark
from pmo_desktop.ui.theme import current_theme

_HEIGHT, _GAP = 46, 4
_MARK = 16
_RIGHT = Qt.TextElideMode.ElideRight


class StatusStrip(QWidget):
    """Shows (label, rating, trend) side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[tuple[str, str | None, str | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ratings(self, tiles: Sequence[tuple[str, str | None, str | None]]) -> None:
        """Show these ratings."""
        self.tiles = list(tiles)
        said = ", ".join(f"{words} {rag_label(code)}{f' {trend}' if trend else ''}" for words, code, trend in tiles)
        self.setAccessibleName(f"Ratings: {said}")
        self.setToolTip(said.replace(", ", "\n"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, current_theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, ratio = current_theme(), QPainter(self), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - _GAP * (len(self.tiles) - 1)) / max(1, len(self.tiles))
        size = theme.px(_MARK)
        for place, (words, code, trend) in enumerate(self.tiles):
            box = QRectF(place * (wide + _GAP), 0, wide, self.height())
            colours = theme.rag(code)
            painter.setPen(colours.tint)
            painter.setBrush(colours.tint)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(theme.font("caption_strong"))
            painter.setPen(colours.text)
            said = painter.fontMetrics().elidedText(words, _RIGHT, round(wide) - 12)
            painter.drawText(box.adjusted(7, 5, -2, 0), said)
            y = round(box.bottom()) - size - theme.px(6)
            painter.drawPixmap(round(box.left()) + 8 - MARGIN, y - MARGIN, rag_mark(theme, code, size, ratio))
            mark = trend_mark(theme, trend, theme.px(14), ratio)
            if mark is not None and wide > size + 34:
                painter.drawPixmap(round(box.left()) + size + 15, y + (size - theme.px(14)) // 2, mark)
