"""The coloured tile of the inspector: how much of somebody's time is booked, in the heat of its cell."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.lines import PLAIN, Face


class Tile(QWidget):
    """A number on the ground of its step."""

    def __init__(self, ink: GridInk) -> None:
        super().__init__()
        self.ink, self.face = ink, Face("", PLAIN, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_face(self, face: Face, words: str) -> None:
        """Show a number as a cell of the grid shows it."""
        self.face = face._replace(text=words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self.ink.theme.px
        return QSize(px(86), px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.ink.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.ink.heat[max(0, self.face.step)]
        painter.setPen(theme.color("border") if self.face.step <= 0 else Qt.PenStyle.NoPen)
        painter.setBrush(step.bg)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("display" if len(self.face.text) <= 4 else "subtitle"))
        painter.setPen(step.fg)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.face.text)
        painter.end()


class ColourBar(QWidget):
    """An upright bar in the colour of a project."""

    def __init__(self, ink: GridInk, place: int) -> None:
        super().__init__()
        self.ink, self.place = ink, place
        self.setFixedWidth(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        series = self.ink.series
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(series[min(self.place, len(series) - 1)])
        painter.drawRoundedRect(self.rect().toRectF(), 1.5, 1.5)
        painter.end()
