"""Draws the faces of cells: each face once, as a picture, so that a frame only copies pictures."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform

from pmo_desktop.ui.capacity.lines import LEAVE_PART, PLAIN, SOFT_PARTS, Face, Level, Looks
from pmo_desktop.ui.grid.ink import Face as Letters
from pmo_desktop.ui.theme import HeatStep, Theme, heat_steps

_MOST_PICTURES = 6_000
_LEAVE_WIDTH = 14
_SOFT_HEIGHT = 4
_CORNERS = (0.0, 5.5, 9.0)  # of the over-booked triangle: none, up to 115 %, above
_BAR = 3


class GridInk:
    """Colours, fonts and pictures of the capacity grid; renewed when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.renew()

    def renew(self) -> None:
        """Take the theme's present colours, fonts and sizes."""
        theme = self.theme
        self.heat: tuple[HeatStep, ...] = heat_steps(theme)
        self.series = theme.series()
        self.body, self.strong = Letters(theme.font("body")), Letters(theme.font("strong"))
        self.name = Letters(theme.font("body_medium"))
        self.caption, self.captioned = Letters(theme.font("caption")), Letters(theme.font("caption_strong"))
        self.micro = Letters(theme.font("micro"))
        self._colors: dict[str, QColor] = {}
        self._pictures: dict[tuple[int, int, int, float], dict[Looks, QPixmap]] = {}
        self.leave = hatch(theme.color("border_strong"))
        self.soft = hatch(theme.color("text"), mirrored=True)

    def color(self, token: str) -> QColor:
        """A colour of the theme."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self.theme.color(token)
        return found

    def pictures(self, level: Level, size: QSize, ratio: float) -> dict[Looks, QPixmap]:
        """The pictures of cells of a level and a size, as far as they were drawn."""
        found = self._pictures.setdefault((int(level), size.width(), size.height(), ratio), {})
        if len(found) > _MOST_PICTURES:
            found.clear()
        return found

    def draw(self, looks: Looks, level: Level, size: QSize, ratio: float) -> QPixmap:
        """Draw the picture of a cell."""
        face = Face(*looks)
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self.color(_GROUNDS[level]))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRect(0, 0, size.width() - 1, size.height() - 1)
        if level is Level.HEAD:
            painter.fillRect(cell, self.heat[max(0, face.step)].bg)
            _hatch_leave(painter, cell, face.leave, self.leave, self.theme.px(_LEAVE_WIDTH))
        _hatch_soft(painter, cell, face.soft, self.soft, self.theme.px(_SOFT_HEIGHT))
        if level is Level.GROUP:
            self._draw_total(painter, cell, face)
        else:
            self._draw_text(painter, cell, face, level)
        painter.fillRect(0, size.height() - 1, size.width(), 1, self.color("grid"))
        painter.fillRect(size.width() - 1, 0, 1, size.height(), self.color("grid"))
        painter.end()
        return picture

    def _draw_text(self, painter: QPainter, cell: QRect, face: Face, level: Level) -> None:
        heated = level is Level.HEAD and face.step != PLAIN
        ink = self.heat[face.step].fg if heated else self.color("text")
        _centre(painter, cell, face.text, self.strong if face.over else self.body, ink)
        if face.over:
            side = self.theme.px(_CORNERS[face.over])
            right, top = cell.right() + 1, cell.top()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPolygon(
                QPolygonF([QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)])
            )

    def _draw_total(self, painter: QPainter, cell: QRect, face: Face) -> None:
        """The number of a group, and under it a line in its heat."""
        letters = self.captioned if face.over else self.caption
        _centre(painter, cell.adjusted(0, 0, 0, -self.theme.px(5)), face.text, letters, self.color("text2"))
        if face.text:
            bar = cell.adjusted(4, cell.height() - self.theme.px(_BAR + 2), -4, -2)
            painter.fillRect(bar, self.heat[max(1, face.step)].bg)


_GROUNDS = {Level.GROUP: "surface_sunken", Level.HEAD: "surface", Level.PART: "surface_alt"}


def hatch(colour: QColor, *, mirrored: bool = False) -> QBrush:
    """Thin lines at 45 degrees, or the other way."""
    tile = QPixmap(5, 5)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    for shift in (-5, 0, 5):
        painter.drawLine(QPointF(shift, 5), QPointF(shift + 5, 0))
    painter.end()
    return QBrush(tile.transformed(QTransform().scale(-1, 1)) if mirrored else tile)


def _hatch_leave(painter: QPainter, cell: QRect, leave: int, brush: QBrush, width: int) -> None:
    if leave:
        painter.fillRect(cell.adjusted(cell.width() - width, 0, 0, 0) if leave == LEAVE_PART else cell, brush)


def _hatch_soft(painter: QPainter, cell: QRect, parts: int, brush: QBrush, height: int) -> None:
    """A hatched foot as wide as the tentative share of what is booked."""
    if parts:
        wide = round(cell.width() * parts / SOFT_PARTS)
        painter.fillRect(QRect(cell.left(), cell.bottom() - height + 1, wide, height), brush)


def _centre(painter: QPainter, cell: QRect, text: str, letters: Letters, colour: QColor) -> None:
    if not text:
        return
    painter.setFont(letters.font)
    painter.setPen(colour)
    x = cell.left() + (cell.width() - letters.width(text)) / 2
    painter.drawText(QPointF(x, QRectF(cell).center().y() + letters.rise), text)
