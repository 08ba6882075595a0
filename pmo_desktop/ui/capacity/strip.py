"""Demand against capacity: bars and a stepped line under the grid, on the grid's own time axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pmo_desktop.figures.demand import Strip
from pmo_desktop.rules.calendar import Grain, Reals
from pmo_desktop.ui.capacity.ink import GridInk, hatch
from pmo_desktop.ui.capacity.surface import Surface

HEIGHT, LEAST_HEIGHT = 146, 100
_TOP, _FOOT = 26, 10
_TICKS = 4
_WORDS = {Grain.WEEK: "per week", Grain.MONTH: "per month", Grain.QUARTER: "per quarter"}
_LEAST_SHARE = 0.05  # of the highest value, so that an empty file still has an axis


class DemandStrip(QWidget):
    """Shares the horizontal scroll bar of a surface."""

    def __init__(self, view: Surface, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.ink = view, ink
        self.demand: Strip | None = None
        self.scope = "all teams"
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        view.periods.geometriesChanged.connect(self.update)
        self.relayout()

    def relayout(self) -> None:
        """Take the sizes of the theme anew."""
        self.setMinimumHeight(self.ink.theme.px(LEAST_HEIGHT))
        self.setMaximumHeight(self.ink.theme.px(HEIGHT))
        self.updateGeometry()
        self.soft = hatch(self.ink.color("bar_tentative"), mirrored=True)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.ink.theme.px(400), self.ink.theme.px(HEIGHT))

    def show_demand(self, demand: Strip, scope: str) -> None:
        """Show what is booked and available; `scope` says whose."""
        self.demand, self.scope = demand, scope
        self.setAccessibleName(self._sentence(demand))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, painter = self.ink, QPainter(self)
        painter.fillRect(self.rect(), ink.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, ink.color("border"))
        left = self.view.side.width()
        self._paint_key(painter)
        if self.demand is not None:
            self._paint_chart(painter, left)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        ink, px = self.ink, self.ink.theme.px
        left, top = px(12), px(10)
        lines = (("Demand against capacity", ink.strong, "text"), (self._unit_words(), ink.caption, "text2"))
        for words, letters, token in lines:
            painter.setFont(letters.font)
            painter.setPen(ink.color(token))
            painter.drawText(QRect(left, top, self.view.side.width() - left, px(18)), _LEFT, words)
            top += px(18)
        for place, words in enumerate(("Confirmed", "Tentative", "Capacity")):
            swatch = QRect(left, top + px(5), px(14), px(9))
            self._paint_swatch(painter, swatch, place)
            painter.setFont(ink.caption.font)
            painter.setPen(ink.color("text2"))
            painter.drawText(QRect(left + px(22), top, px(200), px(19)), _LEFT, words)
            top += px(19)

    def _paint_swatch(self, painter: QPainter, box: QRect, place: int) -> None:
        ink = self.ink
        if place == 0:
            painter.fillRect(box, ink.heat[4].bg)
        elif place == 1:
            painter.fillRect(box, self.soft)
            painter.setPen(ink.color("bar_tentative"))
            painter.drawRect(box)
        else:
            painter.fillRect(box.left(), box.center().y(), box.width(), 2, ink.color("text"))

    def _paint_chart(self, painter: QPainter, left: int) -> None:
        ink, px = self.ink, self.ink.theme.px
        hard, soft, there = self._days()
        highest = max(float((hard + soft).max(initial=0)), float(there.max(initial=0)), _LEAST_SHARE)
        step = nice_step(highest / _TICKS)
        bottom, room = self.height() - px(_FOOT), self.height() - px(_TOP + _FOOT)
        scale = room / max(highest, step)
        painter.setFont(ink.caption.font)
        for tick in range(1, int(highest / step + 1e-9) + 1):
            y = bottom - round(tick * step * scale)
            painter.fillRect(left, y, self.width() - left, 1, ink.color("grid"))
            painter.setPen(ink.color("text3"))
            painter.drawText(QRect(left - px(60), y - px(8), px(54), px(16)), _RIGHT, f"{tick * step:,.10g}")
        painter.save()
        painter.setClipRect(left, 0, self.view.viewport().width(), self.height())
        self._paint_bars(painter, left, bottom, scale, (hard, soft, there))
        painter.restore()
        painter.fillRect(left, bottom, self.view.viewport().width(), 1, ink.color("border_strong"))

    def _paint_bars(
        self, painter: QPainter, left: int, bottom: int, scale: float, days: tuple[Reals, Reals, Reals]
    ) -> None:
        ink, view = self.ink, self.view
        hard, soft, there = days
        first = max(0, view.columnAt(0))
        last = view.columnAt(view.viewport().width() - 1)
        last = last if last >= 0 else view.grid.axis.count - 1
        line = QPolygonF()
        pen = QPen(ink.color("bar_tentative"), 1)
        for place in range(first, last + 1):
            x, width = left + view.columnViewportPosition(place), view.columnWidth(place)
            bar = QRectF(x + width * 0.14, 0, width * 0.72, 0)
            fits = min(hard[place], there[place])
            bar.setTop(bottom - hard[place] * scale)
            bar.setBottom(bottom)
            painter.fillRect(bar, ink.heat[6].bg if hard[place] > there[place] else ink.heat[4].bg)
            if hard[place] > there[place]:
                painter.fillRect(QRectF(bar.left(), bottom - fits * scale, bar.width(), fits * scale), ink.heat[4].bg)
            if soft[place] > 0:
                top = bottom - (hard[place] + soft[place]) * scale
                box = QRectF(bar.left(), top, bar.width(), soft[place] * scale)
                painter.fillRect(box, self.soft)
                painter.setPen(pen)
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            y = bottom - there[place] * scale
            line.append(QPointF(x, y))
            line.append(QPointF(x + width, y))
        painter.setPen(QPen(ink.color("text"), 1.6))
        painter.drawPolyline(line)

    def _days(self) -> tuple[Reals, Reals, Reals]:
        """Confirmed, tentative and available person-days of each period."""
        demand = self.demand
        assert demand is not None  # noqa: S101  asked only once there is one
        return demand.days(demand.hard), demand.days(demand.soft), demand.days(demand.available)

    def _unit_words(self) -> str:
        return f"Person-days {_WORDS.get(self.view.grid.axis.grain, '')}, {self.scope}"

    def _sentence(self, demand: Strip) -> str:
        """The chart in words: in how many periods it is over, and where most."""
        over = int(np.count_nonzero(demand.excess))
        words = f"Demand against capacity, {self._unit_words()}: over capacity in {over} of {len(demand.excess)}"
        return f"{words}, most in {self.view.grid.axis.title(int(demand.excess.argmax()))}" if over else words


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def nice_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not below a value."""
    power: float = 10.0 ** np.floor(np.log10(least))
    return next(power * each for each in (1, 2, 5, 10) if power * each >= least * (1 - 1e-9))
