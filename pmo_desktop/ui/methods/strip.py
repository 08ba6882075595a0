"""The life cycle as a strip: phases as boxes, gates as diamonds between them, the current ones in the accent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.icons import icon_pixmap
from pmo_desktop.ui.methods.node import gate_title
from pmo_desktop.ui.theme import Theme

_BOX_HIGH, _LEAST, _MOST = 44, 76, 150
_REACH, _BIG = 11, 14  # of a diamond, from its middle
_GAP = 6
_EDGE = 22  # of the arrows that say that there is more
_TURN = 200  # px that a click on one of them scrolls


@dataclass(frozen=True, slots=True)
class Stop:
    """One phase or gate of the strip."""

    code: str
    name: str
    is_gate: bool
    outputs: int = 0
    is_passed: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader and the pointer say."""
        if self.is_gate:
            return f"Gate {self.name}{', passed' if self.is_passed else ''}"
        return f"Phase {self.name}, {count_text(self.outputs, 'output')}"

    @property
    def mark(self) -> str:
        """What stands in the diamond: the digits at the end of its code, else its first two letters."""
        digits = self.code[len(self.code.rstrip("0123456789")) :]
        return digits if 0 < len(digits) < 4 else self.code[:2].upper()


def make_stops(method: Method, passed: frozenset[str] = frozenset()) -> list[Stop]:
    """The stops of a life cycle in order; `passed` are the codes of gates that a project has behind it."""
    found = []
    for phase in method.phases:
        found.append(Stop(phase.code, phase.name, is_gate=False, outputs=len(phase.deliverables)))
        found += [
            Stop(gate.code, gate_title(gate.code, gate.name), is_gate=True, is_passed=gate.code in passed)
            for gate in phase.gates
        ]
    return found


class LifeStrip(QWidget):
    """`chosen` carries the stop a person went to; the current phase and gate are marked both."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.stops: list[Stop] = []
        self.phase = self.gate = ""
        self.at = 0  # the stop that the arrow keys stand on
        self.offset = 0
        self.setAccessibleName("Life cycle")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restart)

    def show_stops(self, stops: Sequence[Stop], phase: str, gate: str) -> None:
        """Show a life cycle with its current phase and gate; empty codes mark none."""
        self.stops, self.phase, self.gate = list(stops), phase, gate
        here = [
            place
            for place, stop in enumerate(self.stops)
            if stop.code == (gate or phase) and stop.is_gate == bool(gate)
        ]
        self.at = here[0] if here else 0
        self._restart()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(500), self.theme.px(_BOX_HIGH + 4))

    def places(self) -> list[QRectF]:
        """Where each stop lies, before it is scrolled."""
        theme, x = self.theme, 0.0
        found: list[QRectF] = []
        high = theme.px(_BOX_HIGH)
        metrics = QFontMetrics(theme.font("body_medium"))
        for stop in self.stops:
            if stop.is_gate:
                reach = theme.px(_BIG if stop.code == self.gate else _REACH)
                found.append(QRectF(x, 2 + high / 2 - reach, 2 * reach, 2 * reach))
            else:
                wide = metrics.horizontalAdvance(stop.name) + theme.px(22)
                found.append(QRectF(x, 2, min(max(wide, theme.px(_LEAST)), theme.px(_MOST)), high))
            x = found[-1].right() + theme.px(_GAP)
        return found

    # ------------------------------------------------------------------ hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x, most = event.position().x(), self._most()
        if x < _EDGE and self.offset > 0:
            self._scroll_by(-_TURN)
        elif x > self.width() - _EDGE and self.offset < most:
            self._scroll_by(_TURN)
        elif (place := self._place_at(event.position())) is not None:
            self._go(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().x() or event.angleDelta().y()
        if self._most():
            self._scroll_by(-turned)
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.stops) - 1
        to = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None or not self.stops:
            super().keyPressEvent(event)
        elif 0 <= to <= last:
            self._go(to)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else self.stops[place].spoken, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_current()

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [rect.translated(-self.offset, 0) for rect in self.places()]
        painter.setPen(QPen(theme.color("border_strong"), 1))
        middle = 2 + theme.px(_BOX_HIGH) / 2
        for left, right in pairwise(places):
            painter.drawLine(QPointF(left.right(), middle), QPointF(right.left(), middle))
        for place, (stop, rect) in enumerate(zip(self.stops, places, strict=True)):
            focused = self.hasFocus() and place == self.at
            (self._paint_gate if stop.is_gate else self._paint_phase)(painter, rect, stop, focused=focused)
        self._paint_edges(painter)

    def _paint_phase(self, painter: QPainter, rect: QRectF, stop: Stop, *, focused: bool) -> None:
        theme, on = self.theme, stop.code == self.phase
        painter.setPen(QPen(theme.color("accent" if on or focused else "border"), 2 if on or focused else 1))
        painter.setBrush(theme.color("accent_tint" if on else "surface"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inner = rect.adjusted(theme.px(10), theme.px(5), -theme.px(8), -theme.px(5))
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color("accent_text" if on else "text"))
        words = painter.fontMetrics().elidedText(stop.name, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("text2" if on else "text3"))
        said = count_text(stop.outputs, "output") if stop.outputs else "no outputs"
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, said)

    def _paint_gate(self, painter: QPainter, rect: QRectF, stop: Stop, *, focused: bool) -> None:
        theme, on, c, reach = self.theme, stop.code == self.gate, rect.center(), rect.width() / 2 - 1
        corners = [QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0)]
        painter.setPen(QPen(theme.color("text" if focused else "accent"), 2 if focused else 1.5))
        painter.setBrush(theme.color("accent" if on else "accent_tint" if stop.is_passed else "surface"))
        painter.drawPolygon(QPolygonF([c + corner for corner in corners]))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("on_accent" if on else "accent_text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, stop.code if on and len(stop.code) < 3 else stop.mark)

    def _paint_edges(self, painter: QPainter) -> None:
        """Arrows where the strip goes on."""
        theme, side = self.theme, self.theme.px(16)
        for shown, left in ((self.offset > 0, 0), (self.offset < self._most(), self.width() - _EDGE)):
            if not shown:
                continue
            painter.fillRect(QRectF(left, 0, _EDGE, self.height()), theme.color("surface"))
            picture = icon_pixmap("chevron-right", "text2", side, self.devicePixelRatioF())
            painter.save()
            painter.translate(left + _EDGE / 2, self.height() / 2)
            painter.rotate(180 if left == 0 else 0)
            painter.drawPixmap(-side // 2, -side // 2, picture)
            painter.restore()

    # ------------------------------------------------------------------ below the counter

    def _go(self, place: int) -> None:
        self.at = place
        self._restart()
        self.chosen.emit(self.stops[place])

    def _place_at(self, point: QPointF) -> int | None:
        moved = point + QPointF(self.offset, 0)
        reach = self.theme.px(3)
        spots = enumerate(self.places())
        return next((place for place, rect in spots if rect.adjusted(-reach, -8, reach, 8).contains(moved)), None)

    def _most(self) -> int:
        """How far it can be scrolled."""
        places = self.places()
        return max(0, int(places[-1].right()) + 4 - self.width()) if places else 0

    def _scroll_by(self, by: int) -> None:
        self.offset = max(0, min(self._most(), self.offset + by))
        self.update()

    def _show_current(self) -> None:
        places = self.places()
        if places:
            rect = places[self.at]
            if self.at and self.stops[self.at].is_gate:
                rect = rect.united(places[self.at - 1])  # a gate is seen with the phase that it ends
            room = self.width() - 2 * _EDGE
            self.offset = max(int(rect.right()) - room - _EDGE, min(self.offset, int(rect.left()) - _EDGE * 2))
        self._scroll_by(0)

    def _restart(self) -> None:
        said = self.stops[self.at].spoken if self.stops else "nothing"
        self.setAccessibleName(f"Life cycle: {said}, {self.at + 1:,} of {len(self.stops):,}")
        self.updateGeometry()
        self._show_current()
