"""The key to the heat of the capacity grid: one box a step, leave and tentative time."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.lines import FIRST_OVER

_WORDS = ("free", "<40", "40", "70", "90–100", ">100", ">115", ">140")
_BOX = (34, 16)
_SWATCH = 18
_GAP = 6


class Legend(QWidget):
    """Painted with the colours of the grid."""

    def __init__(self, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Key: blue up to 100 percent, orange with a corner above, hatched is leave or tentative")

    def sizeHint(self) -> QSize:
        px, micro = self.ink.theme.px, self.ink.micro
        width = sum(self._widths()) + sum(
            px(_SWATCH + 2 * _GAP) + round(micro.width(words)) for words in ("leave", "tentative")
        )
        return QSize(width, px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter = self.ink, self.ink.theme.px, QPainter(self)
        top, height, left = (self.height() - px(_BOX[1])) // 2, px(_BOX[1]), 0
        painter.setFont(ink.micro.font)
        for words, width, step in zip(_WORDS, self._widths(), ink.heat, strict=True):
            box = QRect(left, top, width, height)
            painter.fillRect(box, step.bg)
            painter.setPen(ink.color("border"))
            if step is ink.heat[0]:
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(step.fg)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            left += width
        for words, brush, share in (("leave", ink.leave, 1.0), ("tentative", ink.soft, 0.3)):
            box = QRect(left + px(_GAP), top, px(_SWATCH), height)
            painter.fillRect(box, ink.heat[2].bg if share < 1 else ink.heat[0].bg)
            painter.fillRect(box.adjusted(0, round(height * (1 - share)), 0, 0), brush)
            painter.setPen(ink.color("text2"))
            left = box.right() + px(_GAP)
            painter.drawText(QRect(left, 0, px(80), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += round(ink.micro.width(words))
        painter.end()

    def _widths(self) -> list[int]:
        px, micro = self.ink.theme.px, self.ink.micro
        over = range(FIRST_OVER, len(_WORDS))
        return [
            max(px(28 if place in over else 30), round(micro.width(words)) + px(8))
            for place, words in enumerate(_WORDS)
        ]
