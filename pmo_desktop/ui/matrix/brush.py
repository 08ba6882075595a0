"""How a risk matrix is painted: cells, axes, appetite line, chips, ghosts and arrows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from pmo_desktop.rules.risk import Scheme
from pmo_desktop.ui.matrix.layout import Chip, Grid, Placed, Spot, appetite_edges
from pmo_desktop.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignCenter
_ARROW = 7.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both axes, from the least."""

    likelihood: Sequence[str]
    impact: Sequence[str]


def paint_cells(painter: QPainter, theme: Theme, grid: Grid, scheme: Scheme) -> None:
    """Every cell in the colour of its band, with its score."""
    painter.setFont(theme.font("micro"))
    for likelihood, impact, cell in scheme.cells():
        rect = grid.cell((likelihood, impact))
        ground, ink = theme.band(cell.level, len(scheme.bands))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 2, 2)
        painter.setPen(ink)
        painter.drawText(rect.adjusted(8, 5, -4, 0), Qt.AlignmentFlag.AlignLeft, f"{cell.score:.3g}")


def paint_axes(painter: QPainter, theme: Theme, grid: Grid, words: Words, left: float) -> None:
    """The words and numbers beside and below the cells."""
    for number in range(1, grid.likelihoods + 1):
        rect = grid.cell((number, 1))
        box = QRectF(left, rect.top(), rect.left() - left - theme.px(12), rect.height())
        _paint_point(painter, theme, box, words.likelihood, number, Qt.AlignmentFlag.AlignRight)
    for number in range(1, grid.impacts + 1):
        rect = grid.cell((1, number))
        box = QRectF(rect.left(), rect.bottom() + theme.px(6), rect.width(), theme.px(32))
        _paint_point(painter, theme, box, words.impact, number, Qt.AlignmentFlag.AlignHCenter)
    painter.setFont(theme.font("caption_strong"))
    painter.setPen(theme.color("text2"))
    below = QRectF(grid.area.left(), grid.area.bottom() + theme.px(40), grid.area.width(), theme.px(18))
    painter.drawText(below, _CENTRE, "Impact")
    painter.save()
    painter.translate(left - theme.px(10), grid.area.center().y())
    painter.rotate(-90)
    painter.drawText(QRectF(-80, -theme.px(9), 160, theme.px(18)), _CENTRE, "Likelihood")
    painter.restore()


def _paint_point(
    painter: QPainter, theme: Theme, box: QRectF, words: Sequence[str], number: int, side: Qt.AlignmentFlag
) -> None:
    line = theme.px(16)
    top = box.center().y() - line if side == Qt.AlignmentFlag.AlignRight else box.top()
    painter.setFont(theme.font("caption_strong"))
    painter.setPen(theme.color("text"))
    word = words[number - 1] if number <= len(words) else ""
    said = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(QRectF(box.left(), top, box.width(), line), side | Qt.AlignmentFlag.AlignVCenter, said)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("text3"))
    below = QRectF(box.left(), top + line, box.width(), line)
    painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, str(number))


def paint_appetite(painter: QPainter, theme: Theme, grid: Grid, above: Mapping[Spot, bool]) -> None:
    """The line between what is borne and what is not."""
    pen = QPen(theme.color("text"), 2)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    for start, end in appetite_edges(grid, above):
        painter.drawLine(QLineF(start, end))


def paint_chip(painter: QPainter, theme: Theme, placed: Placed, *, chosen: bool, focused: bool) -> None:
    """A chip with its name, or the number of those a cell has no room for."""
    words = placed.chip.name if placed.chip else f"+{len(placed.hidden)}"
    fill = theme.color("accent") if chosen else theme.color("surface")
    painter.setBrush(fill)
    painter.setPen(QPen(theme.color("accent" if chosen else "text3"), 1))
    round_ = placed.rect.height() / 2
    painter.drawRoundedRect(placed.rect, round_, round_)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawRoundedRect(placed.rect.adjusted(-3, -3, 3, 3), round_ + 3, round_ + 3)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("on_accent" if chosen else "text"))
    inside = placed.rect.adjusted(4, 0, -4, 0)
    said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(inside.width()))
    painter.drawText(inside, _CENTRE, said)


def paint_ghost(painter: QPainter, theme: Theme, rect: QRectF, name: str) -> None:
    """Where a chip stood or is to stand: dashed."""
    ground = QColor(theme.color("surface"))  # a copy: the theme lends its colours
    ground.setAlpha(150)
    painter.setBrush(ground)
    painter.setPen(QPen(theme.color("text"), 1.2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("text"))
    painter.drawText(rect, _CENTRE, name)


def paint_arrow(painter: QPainter, theme: Theme, start: QPointF, end: QPointF, *, dashed: bool, thin: bool) -> None:
    """A bowed arrow from one place to another."""
    span = QLineF(start, end)
    if span.length() < 1:
        return
    normal = span.normalVector().unitVector()
    bow = QPointF(normal.dx(), normal.dy()) * min(24.0, span.length() / 6)
    middle = (start + end) / 2 + bow
    path = QPainterPath(start)
    path.quadTo(middle, end)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    colour = theme.color("text2" if thin else "text")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.0 if thin else 1.6, style))
    painter.drawPath(path)
    angle = math.atan2(end.y() - middle.y(), end.x() - middle.x())
    wings = [
        end - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * _ARROW for turn in (-math.pi / 7, math.pi / 7)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([end, *wings]))


def say_chip(chip: Chip, scheme: Scheme, rating: str, above: Mapping[Spot, bool]) -> str:
    """A chip in words: "R-014 Migration overruns, likelihood 4, impact 5, score 20 severe, above appetite"."""
    spot = chip.spots.get(rating)
    named = " ".join(part for part in (chip.name, chip.title) if part)
    if spot is None or spot not in above:
        return f"{named}, not rated"
    cell = scheme.judge(*spot)
    said = f"{named}, likelihood {spot[0]}, impact {spot[1]}, score {cell.score:.3g} {cell.band.lower()}"
    return f"{said}, above appetite" if above[spot] else said
