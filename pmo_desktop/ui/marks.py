"""Status marks drawn as letter, shape and colour; each is drawn once per size, screen and theme and then copied."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pmo_desktop.rules.gates import GateState
from pmo_desktop.ui.theme import FAMILY, RagColors, Theme

LETTER_FROM = 14  # below this size the letter is dropped; shape and count stay
MARGIN = 3  # around a mark's square: a diamond is wider than its size
GATE_STEP = 12
_MOST = 600
Paint = Callable[[QPainter], None]
_cache: dict[tuple[object, ...], QPixmap] = {}


def rag_mark(theme: Theme, code: str | None, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """The mark of a rating (R, AR, A, AG, G, C, None), `size` wide with MARGIN around it."""
    side = size + 2 * MARGIN
    return _picture(
        ("rag", theme.name, code, size, ratio), side, side, ratio, lambda p: _draw_rag(p, theme, code, size)
    )


def trend_mark(theme: Theme, trend: str | None, size: int = 14, ratio: float = 1.0) -> QPixmap | None:
    """The triangle or dash that says better, same or worse; None when nothing is known."""
    if not trend:
        return None
    key = ("trend", theme.name, str(trend), size, ratio)
    return _picture(key, size, size, ratio, lambda p: _draw_trend(p, theme, trend, size))


def gate_mark(theme: Theme, states: tuple[str, ...], height: int = 14, ratio: float = 1.0) -> QPixmap:
    """A track of diamonds: passed ones filled and joined, the next outlined in the accent, the others thin."""
    width = GATE_STEP * len(states) + 4
    key = ("gates", theme.name, states, height, ratio)
    return _picture(key, width, height, ratio, lambda p: _draw_gates(p, theme, states, height))


def variance_mark(theme: Theme, percent: float, tone: str, height: int = 16, ratio: float = 1.0) -> QPixmap:
    """A bar right or left of a zero line; full at 15 percent. `tone` is R, A, G or empty."""
    length = max(-11, min(11, round(percent / 15 * 11)))
    key = ("variance", theme.name, length, tone, height, ratio)
    return _picture(key, 24, height, ratio, lambda p: _draw_variance(p, theme, length, tone, height))


def draw_dates_diamond(painter: QPainter, at: QPointF, radius: float, line: QColor, fill: QColor) -> None:
    """One diamond of a plan: filled with its line's colour for a forecast, with the surface for a baseline."""
    painter.setPen(QPen(line, 1.4))
    painter.setBrush(fill)
    painter.drawPolygon(_diamond(at, radius))


def _picture(key: tuple[object, ...], width: int, height: int, ratio: float, draw: Paint) -> QPixmap:
    found = _cache.get(key)
    if found is None:
        if len(_cache) > _MOST:
            _cache.clear()
        found = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
        found.setDevicePixelRatio(ratio)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        _cache[key] = found
    return found


def _draw_rag(painter: QPainter, theme: Theme, code: str | None, size: int) -> None:
    colours = theme.rag(code)
    centre = QPointF(MARGIN + size / 2, MARGIN + size / 2)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.fill)
    _SHAPES.get(code or "N", _shape_ring)(painter, colours, centre, size)
    if code in ("R", "AR", "A", "AG", "G") and size >= LETTER_FROM:
        font = QFont(FAMILY)
        font.setPixelSize(max(7, round(size * (0.53 if len(code) == 1 else 0.42))))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(colours.ink)
        box = QRectF(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, code)


def _shape_square(painter: QPainter, _colours: RagColors, centre: QPointF, size: int) -> None:
    side = size * 0.93
    painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), 2, 2)


def _shape_diamond(painter: QPainter, _colours: RagColors, centre: QPointF, size: int) -> None:
    painter.drawPolygon(_diamond(centre, size * 0.585))


def _shape_circle(painter: QPainter, _colours: RagColors, centre: QPointF, size: int) -> None:
    painter.drawEllipse(centre, size * 0.49, size * 0.49)


def _shape_tick(painter: QPainter, colours: RagColors, centre: QPointF, size: int) -> None:
    side = size * 0.93
    painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), size / 4.5, size / 4.5)
    tick = QPainterPath(centre + QPointF(-0.22 * size, 0.01 * size))
    tick.lineTo(centre + QPointF(-0.06 * size, 0.17 * size))
    tick.lineTo(centre + QPointF(0.23 * size, -0.15 * size))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.ink, max(1.3, size / 9)))
    painter.drawPath(tick)


def _shape_ring(painter: QPainter, colours: RagColors, centre: QPointF, size: int) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.line, 1.3))
    painter.drawEllipse(centre, size * 0.47, size * 0.47)
    if size >= LETTER_FROM:
        painter.setPen(QPen(colours.ink, 1.3))
        half = QPointF(size * 0.14, 0)
        painter.drawLine(centre - half, centre + half)


_SHAPES: dict[str, Callable[[QPainter, RagColors, QPointF, int], None]] = {
    "R": _shape_square,
    "AR": _shape_diamond,
    "A": _shape_diamond,
    "AG": _shape_diamond,
    "G": _shape_circle,
    "C": _shape_tick,
}


def _draw_trend(painter: QPainter, theme: Theme, trend: str, size: int) -> None:
    middle, reach = size / 2, size * 0.32
    painter.setPen(Qt.PenStyle.NoPen)
    if trend == "same":
        painter.setPen(QPen(theme.color("text3"), 1.6))
        painter.drawLine(QPointF(middle - reach, middle), QPointF(middle + reach, middle))
        return
    up = trend == "better"
    painter.setBrush(theme.rag("G" if up else "R").text)
    tip, foot = (middle - reach, middle + reach * 0.8) if up else (middle + reach, middle - reach * 0.8)
    corners = [QPointF(middle, tip), QPointF(middle + reach * 1.1, foot), QPointF(middle - reach * 1.1, foot)]
    painter.drawPolygon(QPolygonF(corners))


def _draw_gates(painter: QPainter, theme: Theme, states: tuple[str, ...], height: int) -> None:
    accent, quiet, y = theme.color("accent"), theme.color("text3"), height / 2
    painter.setPen(QPen(accent, 1.2))
    passed = sum(state == GateState.PASSED for state in states)
    reach = min(passed, len(states) - 1)
    if reach > 0:
        painter.drawLine(QPointF(GATE_STEP / 2, y), QPointF(GATE_STEP / 2 + GATE_STEP * reach, y))
    for place, state in enumerate(states):
        centre = QPointF(GATE_STEP / 2 + GATE_STEP * place, y)
        is_next = state == GateState.NEXT
        painter.setPen(QPen(quiet, 1) if state == GateState.OPEN else QPen(accent, 1.6 if is_next else 1))
        painter.setBrush(accent if state == GateState.PASSED else theme.color("surface"))
        painter.drawPolygon(_diamond(centre, 4.2 if is_next else 4.4))


def _draw_variance(painter: QPainter, theme: Theme, length: int, tone: str, height: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    colour = {"R": theme.rag("R").fill, "A": theme.color("variance_warn"), "G": theme.rag("G").fill}.get(tone)
    if length:
        left = 12 if length > 0 else 12 + length
        painter.fillRect(QRectF(left, height / 2 - 4, abs(length), 8), colour or theme.color("border_strong"))
    painter.fillRect(QRectF(11.5, 1, 1, height - 2), theme.color("border_strong"))


def _diamond(centre: QPointF, radius: float) -> QPolygonF:
    x, y = centre.x(), centre.y()
    return QPolygonF([QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)])
