"""The stepper at the top right: which of the four steps is done, which is on screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.theme import Theme

STEPS = ("Choose file", "Map columns", "Check and preview", "Apply")
_DOT, _GAP, _LINE, _BETWEEN = 22, 8, 36, 12


class Stepper(QWidget):
    """Draws the steps; a screen reader hears the one on screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step = 0
        self.all_done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, step: int, *, all_done: bool = False) -> None:
        """Show a step (0 to 3) as the present one; `all_done` when the last is over."""
        self.step, self.all_done = step, all_done
        self.setAccessibleName(f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for every dot, word and line."""
        px = self.theme.px
        words = sum(round(self._width(word)) for word in STEPS)
        lines = (len(STEPS) - 1) * (px(_LINE) + 2 * px(_BETWEEN))
        return QSize(words + len(STEPS) * (px(_DOT) + px(_GAP)) + lines + 4, px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots joined by lines, from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, x, middle = self.theme.px, 1, self.height() // 2
        for step, word in enumerate(STEPS):
            done, here = step < self.step or self.all_done, step == self.step
            self._paint_dot(painter, QPoint(x, middle - px(_DOT) // 2), step, done=done, here=here)
            x += px(_DOT) + px(_GAP)
            painter.setFont(self.theme.font("strong" if here else "body_medium"))
            painter.setPen(self.theme.color("text" if here else "text2"))
            width = round(self._width(word))
            line = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(x, 0, width + 4, self.height()), line, word)
            x += width + px(_BETWEEN)
            if step < len(STEPS) - 1:
                colour = self.theme.color("accent" if done else "border")
                painter.setPen(QPen(colour, 2 if done else 1.5))
                painter.drawLine(x, middle, x + px(_LINE), middle)
                x += px(_LINE) + px(_BETWEEN)

    def _paint_dot(self, painter: QPainter, at: QPoint, step: int, *, done: bool, here: bool) -> None:
        theme, side = self.theme, self.theme.px(_DOT)
        box = QRect(at.x(), at.y(), side, side)
        filled = done or here
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(theme.color("border_strong"), 1.5))
        painter.setBrush(theme.color("accent") if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1) if not filled else box)
        if done:
            mark = theme.px(14)
            offset = QPoint((side - mark) // 2, (side - mark) // 2)
            painter.drawPixmap(at + offset, icon_pixmap("check", "on_accent", mark, self.devicePixelRatioF()))
            return
        painter.setFont(theme.font("caption_strong"))
        painter.setPen(theme.color("on_accent" if here else "text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(step + 1))

    def _width(self, word: str) -> float:
        painter_font = self.theme.font("strong")  # the widest: a step that becomes present does not push the others
        return self.fontMetrics().__class__(painter_font).horizontalAdvance(word)
