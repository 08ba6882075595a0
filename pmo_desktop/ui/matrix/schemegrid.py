"""The cells of a risk scheme to look at and to change: arrows go, a digit gives a cell its band."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmo_desktop.rules.risk import FIVE_BY_FIVE, Scheme
from pmo_desktop.rules.wording import number_text
from pmo_desktop.ui.matrix.brush import paint_appetite, paint_axes, paint_cells
from pmo_desktop.ui.matrix.layout import Grid, Spot
from pmo_desktop.ui.theme import Theme, band_colors

_LEFT, _TOP, _RIGHT, _FOOT = 96, 6, 6, 62
_STEPS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_OTHERS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Minus: -1}


class SchemeGrid(QWidget):
    """`banded` asks for another band of a cell: likelihood, impact, and the band's place from the mildest."""

    banded = Signal(int, int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.scheme, self.appetite = theme, FIVE_BY_FIVE, 0.0
        self.spot: Spot = (1, 1)
        self.can_change = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_scheme(self, scheme: Scheme, appetite: float, *, can_change: bool) -> None:
        """Show the cells of a scheme, and whether they may be given other bands one by one."""
        self.scheme, self.appetite, self.can_change = scheme, appetite, can_change
        self._go(self.spot)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(520), self.theme.px(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(440), self.theme.px(250))

    @property
    def grid(self) -> Grid:
        """The cells as they lie now."""
        px = self.theme.px
        area = QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_FOOT))
        return Grid(area, self.scheme.likelihoods, self.scheme.impacts)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, grid, scheme = QPainter(self), self.grid, self.scheme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cells(painter, self.theme, grid, scheme)
        paint_axes(painter, self.theme, grid, scheme, self.theme.px(20))
        above = {(way, size): cell.score >= self.appetite for way, size, cell in scheme.cells()}
        paint_appetite(painter, self.theme, grid, above)
        painter.setFont(self.theme.font("micro"))
        for way, size, cell in scheme.cells():
            rect = grid.cell((way, size)).adjusted(4, 14, -4, 0)
            painter.setPen(band_colors(self.theme, cell.level, len(scheme.bands))[1])
            said = painter.fontMetrics().elidedText(cell.band, Qt.TextElideMode.ElideRight, int(rect.width()))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, said)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.color("focus"), 3))
            painter.drawRoundedRect(grid.cell(self.spot).adjusted(1, 1, -1, -1), 2, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first click goes to a cell, another one gives it the next band."""
        spot = self.grid.spot_at(event.position())
        if spot == self.spot and self.hasFocus():
            self._change(1)
        elif spot:
            self.setFocus()
            self._go(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        digit = key - Qt.Key.Key_0
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._go(self.grid.step(self.spot, *_STEPS[key]))
        elif key in _OTHERS:
            self._change(_OTHERS[key])
        elif 1 <= digit <= len(self.scheme.bands):
            self._change(digit - 1 - self._level())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _level(self) -> int:
        return self.scheme.judge(*self.spot).level

    def _change(self, by: int) -> None:
        """Another band for the cell that has the keyboard; after the worst comes the mildest."""
        if self.can_change and by:
            self.banded.emit(*self.spot, (self._level() + by) % len(self.scheme.bands))

    def _go(self, spot: Spot) -> None:
        self.spot = min(spot[0], self.scheme.likelihoods), min(spot[1], self.scheme.impacts)
        cell = self.scheme.judge(*self.spot)
        said = f"Likelihood {self.spot[0]}, impact {self.spot[1]}, score {number_text(cell.score)}: {cell.band}"
        self.setAccessibleName(f"Matrix of the scheme. {said}")
        self.setToolTip(said)
        self.update()
