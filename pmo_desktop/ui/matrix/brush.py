"""How a risk matrix is painted: cells, axes, appetite line, chips, ghosts and arrows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from pmo_desktop.rules.risk import Scheme
from pmo_desktop.ui.matrix.layout import Chip, Grid, Layer, Placed, Spot, appetite_edges
from pmo_desktop.ui.theme import Theme, band_colors

_CENTRE = Qt.AlignmentFlag.AlignCenter
_ARROW = 7.0
_MOST_TOLD = 12  # names in a tooltip


def paint_cells(painter: QPainter, theme: Theme, grid: Grid, scheme: Scheme) -> None:
    """Every cell in the colour of its band, with its score."""
    painter.setFont(theme.font("micro"))
    for likelihood, impact, cell in scheme.cells():
        rect = grid.cell((likelihood, impact))
        ground, ink = band_colors(theme, cell.level, len(scheme.bands))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 2, 2)
        painter.setPen(ink)
        painter.drawText(rect.adjusted(8, 5, -4, 0), Qt.AlignmentFlag.AlignLeft, f"{cell.score:.3g}")


def paint_axes(painter: QPainter, theme: Theme, grid: Grid, scheme: Scheme, left: float) -> None:
    """The words and numbers beside and below the cells."""
    words = scheme.axes
    for number in range(1, grid.likelihoods + 1):
        rect = grid.cell((number, 1))
        box = QRectF(left, rect.top(), rect.left() - left - theme.px(12), rect.height())
        _paint_point(painter, theme, box, words["likelihood"], number, Qt.AlignmentFlag.AlignRight)
    for number in range(1, grid.impacts + 1):
        rect = grid.cell((1, number))
        box = QRectF(rect.left(), rect.bottom() + theme.px(6), rect.width(), theme.px(32))
        _paint_point(painter, theme, box, words["impact"], number, Qt.AlignmentFlag.AlignHCenter)
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
    """The word of a point, in two lines beside a high row or in small letters where it would be cut, and its number."""
    line, beside = theme.px(15), side == Qt.AlignmentFlag.AlignRight
    painter.setFont(theme.font("caption_strong"))
    word = words[number - 1]
    wide = painter.fontMetrics().horizontalAdvance(word) > box.width()
    parts = word.rsplit(maxsplit=1) if beside and wide and box.height() >= 3 * line else [word] if word else []
    if wide and len(parts) == 1:
        painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("text"))
    top = box.center().y() - line * (len(parts) + 1) / 2 if beside else box.top()
    for part in parts:
        said = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(QRectF(box.left(), top, box.width(), line), side | Qt.AlignmentFlag.AlignVCenter, said)
        top += line
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("text3"))
    painter.drawText(QRectF(box.left(), top, box.width(), line), side | Qt.AlignmentFlag.AlignVCenter, str(number))


def paint_appetite(painter: QPainter, theme: Theme, grid: Grid, above: Mapping[Spot, bool]) -> None:
    """The line between what is borne and what is not."""
    pen = QPen(theme.color("text"), 2)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    for start, end in appetite_edges(grid, above):
        painter.drawLine(QLineF(start, end))


def paint_ground(board: QWidget, theme: Theme, grid: Grid, scheme: Scheme, above: Mapping[Spot, bool]) -> QPixmap:
    """Cells, axes and the appetite line as one picture: they change far less often than the chips."""
    ratio = board.devicePixelRatioF()
    ground = QPixmap(board.size() * ratio)
    ground.setDevicePixelRatio(ratio)
    ground.fill(Qt.GlobalColor.transparent)
    painter = QPainter(ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_cells(painter, theme, grid, scheme)
    paint_axes(painter, theme, grid, scheme, theme.px(20))
    paint_appetite(painter, theme, grid, above)
    painter.end()
    return ground


def paint_moves(painter: QPainter, theme: Theme, grid: Grid, placed: Sequence[Placed], current: str) -> None:
    """A thin arrow for what moved since the last reports; the chosen risk's way from inherent to target."""
    for each in placed:
        if each.chip and each.chip.id != current and (moved := each.chip.moved):
            start = grid.cell(moved[0]).center()
            paint_arrow(painter, theme, start, edge_towards(each.rect, start), dashed=False, thin=True)
    here = next((each for each in placed if each.chip and each.chip.id == current), None)
    if here is None or here.chip is None:
        return
    for rating, leaves in (("inherent", False), ("target", True)):
        spot = here.chip.spots.get(rating)
        if spot is None or spot == here.spot or not (spot[0] <= grid.likelihoods and spot[1] <= grid.impacts):
            continue
        ghost = _ghost(theme, grid.cell(spot), here.rect)
        first, last = (here.rect, ghost) if leaves else (ghost, here.rect)
        start, end = edge_towards(first, last.center()), edge_towards(last, first.center())
        paint_arrow(painter, theme, start, end, dashed=leaves, thin=False)
        paint_ghost(painter, theme, ghost, here.chip)


def _ghost(theme: Theme, cell: QRectF, rect: QRectF) -> QRectF:
    """A chip's outline in the lower right of another cell, where the fewest chips are."""
    ghost = QRectF(0, 0, rect.width(), rect.height())
    ghost.moveBottomRight(cell.bottomRight() - QPointF(theme.px(6), theme.px(6)))
    return ghost


def edge_towards(rect: QRectF, place: QPointF) -> QPointF:
    """The point of a chip's edge that looks towards a place."""
    centre = rect.center()
    off = place - centre
    if off.isNull():
        return centre
    scale = min(
        rect.width() / 2 / abs(off.x()) if off.x() else math.inf,
        rect.height() / 2 / abs(off.y()) if off.y() else math.inf,
    )
    return centre + off * min(1.0, scale)


def paint_chip(painter: QPainter, theme: Theme, placed: Placed, *, chosen: bool, focused: bool) -> None:
    """A chip with its name, or the number of those a cell has no room for."""
    words = placed.chip.name if placed.chip else f"+{len(placed.hidden)}"
    fill = theme.color("accent") if chosen else theme.color("surface")
    helps = placed.chip is not None and placed.chip.helps
    painter.setBrush(fill)
    painter.setPen(QPen(theme.color("accent" if chosen else "text3"), 1))
    painter.drawPath(chip_outline(placed.rect, helps=helps))
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawPath(chip_outline(placed.rect.adjusted(-3, -3, 3, 3), helps=helps))
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("on_accent" if chosen else "text"))
    inside = placed.rect.adjusted(3, 0, -3, 0)
    said = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideLeft, int(inside.width()))  # numbers tell more
    painter.drawText(inside, _CENTRE, said)


def chip_outline(rect: QRectF, *, helps: bool) -> QPainterPath:
    """The edge of a chip: round ends for a threat, pointed ones for an opportunity."""
    path, end = QPainterPath(), rect.height() / 2
    if not helps:
        path.addRoundedRect(rect, end, end)
        return path
    middle, left, right = rect.center().y(), rect.left(), rect.right()
    corners = ((left, middle), (left + end, rect.top()), (right - end, rect.top()), (right, middle))
    below = ((right - end, rect.bottom()), (left + end, rect.bottom()), (left, middle))
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in (*corners, *below)]))
    return path


def paint_ghost(painter: QPainter, theme: Theme, rect: QRectF, chip: Chip) -> None:
    """Where a chip stood or is to stand: dashed."""
    ground = QColor(theme.color("surface"))  # a copy: the theme lends its colours
    ground.setAlpha(150)
    painter.setBrush(ground)
    painter.setPen(QPen(theme.color("text"), 1.2, Qt.PenStyle.DashLine))
    painter.drawPath(chip_outline(rect, helps=chip.helps))
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("text"))
    painter.drawText(rect, _CENTRE, chip.name)


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
    cell = scheme.judge(*spot, opportunity=chip.helps)
    named = f"{named}, opportunity" if chip.helps else named
    said = f"{named}, likelihood {spot[0]}, impact {spot[1]}, score {cell.score:.3g} {cell.band.lower()}"
    return f"{said}, above appetite" if chip.is_above(spot, scheme, above) else said


def say_matrix(
    chips: Sequence[Chip],
    placed: Sequence[Placed],
    current: str,
    scheme: Scheme,
    layer: Layer,
    above: Mapping[Spot, bool],
) -> str:
    """The whole matrix in a sentence, and the chosen risk in another: what a screen reader says."""
    plotted = sum(1 if each.chip else len(each.hidden) for each in placed)
    over = sum(chip.is_above(chip.spots.get(layer.placed_by, (0, 0)), scheme, above) for chip in chips)
    summary = f"Risk matrix, {layer.value.lower()}: {plotted} risks, {over} above appetite."
    now = next((chip for chip in chips if chip.id == current), None)
    return f"{summary} {say_chip(now, scheme, layer.placed_by, above)}." if now else summary


def say_placed(placed: Placed, scheme: Scheme, layer: Layer, above: Mapping[Spot, bool]) -> str:
    """The tooltip of a chip: its risk in words, or the names of those a cell has no room for."""
    if placed.chip:
        return say_chip(placed.chip, scheme, layer.placed_by, above)
    lines = [" ".join(filter(None, (chip.name, chip.title))) for chip in placed.hidden[:_MOST_TOLD]]
    more = len(placed.hidden) - len(lines)
    return "\n".join([*lines, *([f"and {more:,} more"] if more > 0 else [])])
