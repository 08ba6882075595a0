"""Charts of a simulation: the S-curve with its percentiles, and what drives the spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.theme import Theme

_LEFT, _FOOT, _TOP = 44, 26, 12
_BAR = 22
Amount = Callable[[float], str]


class SCurve(QWidget):
    """How likely it is that the total stays within each amount; marks where a percentile lies and what is held."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.amounts: Sequence[float] = ()
        self.within: Sequence[float] = ()
        self.marks: Sequence[tuple[str, float, float]] = ()
        self.held: float | None = None
        self.say: Amount = str
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_curve(
        self,
        amounts: Sequence[float],
        within: Sequence[float],
        marks: Sequence[tuple[str, float, float]],
        held: float | None,
        say: Amount,
    ) -> None:
        """`marks`: the words, the amount and the share (0 to 1) of each percentile; `say` writes an amount."""
        self.amounts, self.within, self.marks, self.held, self.say = amounts, within, marks, held, say
        said = ", ".join(f"{words} {say(amount)}" for words, amount, _ in marks)
        kept = f"; contingency held {say(held)}" if held is not None else ""
        self.setAccessibleName(f"S-curve: {said}{kept}" if marks else "S-curve: nothing to show")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(260))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.theme.px(180))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(16), -px(_FOOT))
        self._paint_grid(painter, box)
        if not len(self.amounts):
            return
        low, high = self._ends()
        span = (high - low) or 1.0

        def at(amount: float, share: float) -> QPointF:
            return QPointF(box.left() + (amount - low) / span * box.width(), box.bottom() - share * box.height())

        line = QPolygonF([at(amount, share) for amount, share in zip(self.amounts, self.within, strict=True)])
        painter.setPen(QPen(self.theme.color("accent"), 2))
        painter.drawPolyline(line)
        for words, amount, share in self.marks:
            self._paint_mark(painter, box, at(amount, share), words)
        if self.held is not None:
            x = at(min(max(self.held, low), high), 0).x()
            painter.setPen(QPen(self.theme.color("text"), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
            beyond = "held, beyond: " if not low <= self.held <= high else "held "
            self._say(painter, QPointF(x + 6, box.bottom() - px(8)), f"{beyond}{self.say(self.held)}", box)
        painter.setPen(self.theme.color("text3"))
        painter.setFont(self.theme.font("micro"))
        for amount, side in ((low, Qt.AlignmentFlag.AlignLeft), (high, Qt.AlignmentFlag.AlignRight)):
            below = QRectF(box.left(), box.bottom() + px(6), box.width(), px(16))
            painter.drawText(below, side, self.say(amount))

    def _ends(self) -> tuple[float, float]:
        """The amounts at both ends: those of the curve, and what is held where that lies near."""
        low, high = self.amounts[0], self.amounts[-1]
        near = (high - low) / 2
        if self.held is not None and low - near <= self.held <= high + near:
            return min(low, self.held), max(high, self.held)
        return low, high

    def _paint_grid(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self.theme.font("micro"))
        for tenth in range(0, 11, 2):
            y = box.bottom() - tenth / 10 * box.height()
            painter.setPen(QPen(self.theme.color("grid"), 1))
            painter.drawLine(QLineF(box.left(), y, box.right(), y))
            painter.setPen(self.theme.color("text3"))
            words = QRectF(0, y - self.theme.px(8), box.left() - 8, self.theme.px(16))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tenth * 10}%")

    def _paint_mark(self, painter: QPainter, box: QRectF, place: QPointF, words: str) -> None:
        painter.setPen(QPen(self.theme.color("accent"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(place.x(), place.y(), place.x(), box.bottom()))
        painter.setBrush(self.theme.color("surface"))
        painter.setPen(QPen(self.theme.color("accent"), 2))
        painter.drawEllipse(place, 3.5, 3.5)
        self._say(painter, place + QPointF(8, 12), words, box)

    def _say(self, painter: QPainter, place: QPointF, words: str, box: QRectF) -> None:
        """Words at a place, to its left where they would leave the chart."""
        painter.setFont(self.theme.font("micro"))
        painter.setPen(self.theme.color("text2"))
        wide = painter.fontMetrics().horizontalAdvance(words)
        x = place.x() if place.x() + wide <= box.right() else place.x() - wide - 14
        painter.drawText(QPointF(x, max(place.y(), box.top() + self.theme.px(10))), words)


class Tornado(QWidget):
    """The risks that make the total vary, the widest first: their part of the spread as a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.bars: Sequence[tuple[str, float]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[tuple[str, float]]) -> None:
        """`bars`: what each risk is called, and its part of the variance from 0 to 1."""
        self.bars = bars
        said = ", ".join(f"{name} {part:.0%}" for name, part in bars)
        self.setAccessibleName(f"What drives the spread: {said}" if bars else "Nothing varies")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(320), self.theme.px(_BAR) * max(1, len(self.bars)) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.theme.px
        widest = max((part for _, part in self.bars), default=0.0) or 1.0
        room = self.width() - px(90) - px(44)
        for row, (name, part) in enumerate(self.bars):
            top = row * px(_BAR)
            painter.setFont(self.theme.font("caption"))
            painter.setPen(self.theme.color("text"))
            words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, px(84))
            side = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, px(84), px(_BAR)), side, words)
            wide = max(1.0, room * max(0.0, part) / widest)
            painter.fillRect(QRectF(px(90), top + px(4), wide, px(_BAR) - px(8)), self.theme.color("accent"))
            painter.setPen(self.theme.color("text2"))
            painter.drawText(QRectF(px(90) + wide + 6, top, px(44), px(_BAR)), side, f"{part:.0%}")
