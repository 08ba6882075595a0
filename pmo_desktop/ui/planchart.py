"""Key dates on one line each: baseline outlined, forecast filled, the data date as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.kinds import long_date
from pmo_desktop.ui.marks import draw_dates_diamond
from pmo_desktop.ui.theme import current_theme

_LINE, _FOOT, _LABEL = 24, 20, 132
_RADIUS = 4.5


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One milestone, or the project's own finish."""

    name: str
    baseline: date | None
    expected: date | None  # the actual day, else the forecast
    achieved: bool = False


class PlanChart(QWidget):
    """Draws key dates; its sentence says them for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: list[KeyDate] = []
        self.today = date(2000, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_dates(self, dates: Sequence[KeyDate], today: date) -> None:
        """Show milestones in the order given."""
        self.dates = [each for each in dates if each.baseline or each.expected]
        self.today = today
        said = "; ".join(_sentence(each) for each in self.dates)
        self.setAccessibleName(f"Key dates: {said}" if said else "No key dates")
        self.setToolTip("\n".join(_sentence(each) for each in self.dates))
        self.setVisible(bool(self.dates))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(300, theme.px(_LINE) * len(self.dates) + theme.px(_FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.dates:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._span()
        for place, each in enumerate(self.dates):
            self._paint_line(painter, place, each, first, last)
        self._paint_today(painter, first, last)
        self._paint_key(painter)

    def _span(self) -> tuple[int, int]:
        days = [day.toordinal() for each in self.dates for day in (each.baseline, each.expected) if day]
        days.append(self.today.toordinal())
        margin = max(7, (max(days) - min(days)) // 14)
        return min(days) - margin, max(days) + margin

    def _x(self, day: date, first: int, last: int) -> float:
        left = current_theme().px(_LABEL)
        return left + (day.toordinal() - first) / (last - first) * (self.width() - left - 8)

    def _paint_line(self, painter: QPainter, place: int, each: KeyDate, first: int, last: int) -> None:
        theme = current_theme()
        height, left = theme.px(_LINE), theme.px(_LABEL)
        y = place * height + height / 2
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        words = painter.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, left - 10)
        painter.drawText(QRectF(0, y - height / 2, left - 8, height), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(theme.color("grid"), 2))
        painter.drawLine(QLineF(left, y, self.width() - 4, y))
        late = bool(each.baseline and each.expected and each.expected > each.baseline)
        colour = theme.rag("R").fill if late and not each.achieved else theme.color("text2")
        if each.baseline and each.expected:
            painter.setPen(QPen(colour, 1.6))
            painter.drawLine(QLineF(self._x(each.baseline, first, last), y, self._x(each.expected, first, last), y))
        if each.baseline:
            at = QPointF(self._x(each.baseline, first, last), y)
            painter.setBrush(theme.color("surface"))
            draw_dates_diamond(painter, at, _RADIUS, theme.color("text2"), theme.color("surface"))
        if each.expected:
            draw_dates_diamond(painter, QPointF(self._x(each.expected, first, last), y), _RADIUS, colour, colour)

    def _paint_today(self, painter: QPainter, first: int, last: int) -> None:
        theme = current_theme()
        x = self._x(self.today, first, last)
        foot = theme.px(_LINE) * len(self.dates)
        painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, 0, x, foot + 2))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("accent_text"))
        wide = painter.fontMetrics().horizontalAdvance("Data date")
        left = max(theme.px(_LABEL), min(self.width() - wide, x - wide / 2))
        painter.drawText(QRectF(left, foot + 2, wide + 4, theme.px(16)), Qt.AlignmentFlag.AlignLeft, "Data date")

    def _paint_key(self, painter: QPainter) -> None:
        theme = current_theme()
        y, x = theme.px(_LINE) * len(self.dates) + theme.px(9), 5.0
        painter.setFont(theme.font("micro"))
        for words, filled in (("baseline", False), ("now", True)):
            colour = theme.color("text2")
            draw_dates_diamond(painter, QPointF(x, y), 3.5, colour, colour if filled else theme.color("surface"))
            painter.setPen(theme.color("text3"))
            painter.drawText(QPointF(x + 7, y + 4), words)
            x += 12 + painter.fontMetrics().horizontalAdvance(words) + 4


def _sentence(each: KeyDate) -> str:
    parts = [each.name]
    if each.baseline:
        parts.append(f"baseline {long_date(each.baseline)}")
    if each.expected:
        parts.append(f"{'done' if each.achieved else 'forecast'} {long_date(each.expected)}")
    return ", ".join(parts)
