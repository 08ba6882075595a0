"""The key to the heat of the capacity grid: one box a step, leave and tentative time."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.capacity.ink import GridInk

_WORDS = ("free", "<40", "40", "70", "90–100", ">100", ">115", ">140")
_LEAVE = "leave"
_BOX_HEIGHT = 16
_SWATCH = 18
_GAP = 6


class Legend(QWidget):
    """Painted with the colours of the grid."""

    def __init__(self, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Key: blue up to 100 percent, orange with a corner above, hatched is leave")

    def sizeHint(self) -> QSize:
        px, micro = self.ink.theme.px, self.ink.micro
        return QSize(sum(self._widths()) + px(_SWATCH + 2 * _GAP) + round(micro.width(_LEAVE)), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px, painter = self.ink, self.ink.theme.px, QPainter(self)
        top, height, left = (self.height() - px(_BOX_HEIGHT)) // 2, px(_BOX_HEIGHT), 0
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
        swatch = QRect(left + px(_GAP), top, px(_SWATCH), height)
        painter.fillRect(swatch, ink.leave)
        painter.setPen(ink.color("text2"))
        beside = QRect(swatch.right() + px(_GAP), 0, px(80), self.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, _LEAVE)
        painter.end()

    def _widths(self) -> list[int]:
        px, micro = self.ink.theme.px, self.ink.micro
        return [max(px(24), round(micro.width(words)) + px(5)) for words in _WORDS]
