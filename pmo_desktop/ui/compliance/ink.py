"""How a state looks: shape, letter and colour on a tint, drawn once per size and theme and then copied."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from pmo_desktop.figures.compliance import STATES
from pmo_desktop.rules.compliance import Met
from pmo_desktop.ui.compliance.model import LETTERS
from pmo_desktop.ui.grid.ink import Face
from pmo_desktop.ui.theme import FAMILY, Theme

_MARK = 16
_CODES = {Met.MET: "G", Met.NOT_MET: "R", Met.WAIVED: "A"}
_CENTRE = Qt.AlignmentFlag.AlignCenter


class HeatInk:
    """Colours, fonts and tiles of the heat map; renewed when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.renew()

    def renew(self) -> None:
        """Take the theme's present colours, fonts and sizes."""
        theme = self.theme
        self.name, self.strong = Face(theme.font("body_medium")), Face(theme.font("strong"))
        self.body, self.caption = Face(theme.font("body")), Face(theme.font("caption"))
        self.captioned, self.micro = Face(theme.font("caption_strong")), Face(theme.font("micro"))
        self._tiles: dict[tuple[int, int, float], tuple[QPixmap, ...]] = {}

    def color(self, token: str) -> QColor:
        """A colour of the theme."""
        return self.theme.color(token)

    def tiles(self, size: QSize, ratio: float) -> tuple[QPixmap, ...]:
        """A tile for each state, in the order of STATES."""
        key = (size.width(), size.height(), ratio)
        found = self._tiles.get(key)
        if found is None:
            found = self._tiles[key] = tuple(self._draw_tile(state, size, ratio) for state in STATES)
        return found

    def _draw_tile(self, state: Met, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self.color("surface"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRect(0, 0, size.width() - 1, size.height() - 1)
        if state in (Met.NOT_MET, Met.WAIVED):
            painter.fillRect(cell, self.theme.rag(_CODES[state]).tint)
        draw_state(painter, self.theme, state, QRectF(cell).center())
        painter.fillRect(0, size.height() - 1, size.width(), 1, self.color("grid"))
        painter.fillRect(size.width() - 1, 0, 1, size.height(), self.color("grid"))
        painter.end()
        return picture


def draw_state(painter: QPainter, theme: Theme, state: Met, centre: QPointF, size: int = _MARK) -> None:
    """The mark of a state: circle M, square N, diamond W, ring D, or a dash where nothing is required."""
    side = float(theme.px(size))
    if state is Met.NOT_REQUIRED:
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawLine(centre - QPointF(side / 6, 0), centre + QPointF(side / 6, 0))
        return
    code = _CODES.get(state)
    colours = theme.rag(code)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.fill if code else Qt.BrushStyle.NoBrush)
    if state is Met.NOT_MET:
        half = side * 0.465
        painter.drawRoundedRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half), 2, 2)
    elif state is Met.WAIVED:
        reach = side * 0.585
        away = (QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0))
        painter.drawPolygon(QPolygonF([centre + each for each in away]))
    else:
        painter.drawEllipse(centre, side * 0.48, side * 0.48)
    font = QFont(FAMILY)
    font.setPixelSize(max(8, round(side * 0.58)))
    font.setWeight(QFont.Weight.Bold if code else QFont.Weight.Medium)
    painter.setFont(font)
    painter.setPen(colours.ink)
    painter.drawText(QRectF(centre.x() - side, centre.y() - side, 2 * side, 2 * side), _CENTRE, LETTERS[state])


def write(
    painter: QPainter, box: QRect, text: str, face: Face, colour: QColor, *, right: bool = False, centre: bool = False
) -> None:
    """A text in the middle of a box's height, at its left, its right or its centre."""
    painter.setFont(face.font)
    painter.setPen(colour)
    room = box.width() - face.width(text)
    x = box.left() + (room if right else room / 2 if centre else 0.0)
    painter.drawText(QPointF(x, box.top() + box.height() / 2 + face.rise), text)


def draw_share(painter: QPainter, ink: HeatInk, box: QRect, percent: float | None) -> None:
    """A thin bar as long as a share; empty where nothing is due."""
    painter.fillRect(box, ink.color("surface_sunken"))
    if percent is not None:
        length = max(1 if percent else 0, round(box.width() * percent / 100))
        painter.fillRect(box.left(), box.top(), length, box.height(), ink.color("bar_done"))
