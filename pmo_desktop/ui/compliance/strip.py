"""The calendar of gates: a card for each that lies ahead or is overdue, in the order of their days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pmo_desktop.figures.gatecheck import GateDay
from pmo_desktop.rules.wording import count_text, day_text, short_day
from pmo_desktop.ui.compliance.ink import write
from pmo_desktop.ui.grid.ink import Face
from pmo_desktop.ui.marks import draw_dates_diamond
from pmo_desktop.ui.theme import Theme, current_theme

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CARD, _HIGH, _HEAD, _GAP, _BLOCKS = 212, 76, 22, 10, 8
_TOLD = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_SPANS = {30: "Next 30 days", 60: "31 to 60 days", 90: "61 to 90 days"}
_MOST_TOLD = 10


def span_of(gate: GateDay) -> str:
    """The span a gate falls into: overdue, or the days ahead."""
    return "Overdue" if gate.days < 0 else _SPANS.get(gate.within, f"Within {gate.within} days")


def say_gate(gate: GateDay) -> str:
    """A gate in a sentence, and what stands in its way."""
    when = f"{count_text(-gate.days, 'day')} overdue" if gate.days < 0 else day_text(gate.day)
    ready = "nothing mandatory" if gate.readiness is None else f"{gate.readiness:.0f} % ready"
    said = f"{gate.gate} {gate.name} of {gate.project_called}, {when}, {ready}"
    if not gate.blockers:
        return f"{said}, nothing in its way"
    more = len(gate.blockers) - _MOST_TOLD
    listed = [*gate.blockers[:_MOST_TOLD], *([f"and {more:,} more"] if more > 0 else [])]
    return "\n".join([f"{said}, {count_text(len(gate.blockers), 'blocker')}:", *listed])


class GateDays(QAbstractListModel):
    """The gates, the overdue ones first."""

    def __init__(self) -> None:
        super().__init__()
        self.gates: tuple[GateDay, ...] = ()

    def show(self, gates: Sequence[GateDay]) -> None:
        """Show other gates."""
        self.beginResetModel()
        self.gates = tuple(gates)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.gates)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        gate = self.gates[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{gate.gate} {gate.project_called}"
        return say_gate(gate) if role in _TOLD else None

    def heading(self, row: int) -> str:
        """The words over the first gate of each span."""
        span = span_of(self.gates[row])
        if row and span_of(self.gates[row - 1]) == span:
            return ""
        return f"{span}, {sum(span_of(each) == span for each in self.gates):,}"


class GateStrip(QListView):
    """`opened` carries the gate that somebody wants to go to."""

    opened = QtSignal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.days = GateDays()
        self.setModel(self.days)
        self.setItemDelegate(CardDelegate(self))
        self.setProperty("role", "strip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Gates of the next 90 days")
        self.clicked.connect(self._open)
        theme.changed.connect(self.relayout)
        self.relayout()

    def show_gates(self, gates: Sequence[GateDay]) -> None:
        """Show other gates."""
        self.days.show(gates)

    def relayout(self) -> None:
        """Take sizes of the theme anew."""
        self.setFixedHeight(current_theme().px(_HEAD + _HIGH + 14))
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.days.gates:
            self.setCurrentIndex(self.days.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The strip scrolls sideways whichever way the wheel turns."""
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.days.gates[index.row()])


class CardDelegate(QStyledItemDelegate):
    """Paints the card of a gate: its day, what and whose it is, how far it is ready."""

    def __init__(self, strip: GateStrip) -> None:
        super().__init__(strip)
        self.strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px = current_theme().px
        return QSize(px(_CARD + _GAP), px(_HEAD + _HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, gate = current_theme(), self.strip.days.gates[index.row()]
        px = theme.px
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        late = gate.days < 0
        if heading := self.strip.days.heading(index.row()):
            colour = theme.rag("R").text if late else theme.color("text2")
            box = QRect(rect.left(), rect.top(), px(_CARD), px(_HEAD - 4))
            write(painter, box, heading, Face(theme.font("caption_strong")), colour)
        card = QRectF(rect.left() + 0.5, rect.top() + px(_HEAD) + 0.5, px(_CARD) - 1, px(_HIGH) - 1)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
        painter.setBrush(theme.color("hover" if over else "surface"))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1) if focused else card, 6, 6)
        self._write_card(painter, theme, card.toAlignedRect().adjusted(px(12), px(8), -px(12), -px(8)), gate)
        painter.restore()

    def _write_card(self, painter: QPainter, theme: Theme, box: QRect, gate: GateDay) -> None:
        px, late = theme.px, gate.days < 0
        strong, name = Face(theme.font("strong")), Face(theme.font("body"))
        line = px(20)
        when = QRect(box.left(), box.top(), box.width(), line)
        accent = theme.rag("R").text if late else theme.color("accent")
        draw_dates_diamond(painter, QPointF(when.left() + px(6), when.center().y() + 0.5), px(5), accent, accent)
        after = when.adjusted(px(20), 0, 0, 0)
        write(painter, after, strong.fit(f"{gate.gate} {gate.name}", after.width()), strong, theme.color("text"))
        whose, day = after.translated(0, line), short_day(gate.day)
        room = whose.width() - round(name.width(day)) - px(8)
        write(painter, whose, name.fit(gate.project_called, room), name, theme.color("text2"))
        write(painter, whose, day, name, theme.rag("R").text if late else theme.color("text"), right=True)
        foot = QRect(box.left() + px(20), box.bottom() - px(17), box.width() - px(20), px(18))
        self._write_readiness(painter, theme, foot, gate)

    def _write_readiness(self, painter: QPainter, theme: Theme, box: QRect, gate: GateDay) -> None:
        px, caption = theme.px, Face(theme.font("caption"))
        if gate.readiness is None:
            write(painter, box, "Nothing mandatory", caption, theme.color("text3"))
            return
        done, wide, step = round(gate.readiness / 100 * _BLOCKS), px(9), px(11)
        for block in range(_BLOCKS):
            place = QRectF(box.left() + block * step + 0.5, box.center().y() - px(4) + 0.5, wide - 1, px(8))
            met = block < done
            painter.setPen(QPen(theme.rag("G").line if met else theme.color("border_strong"), 1))
            painter.setBrush(theme.rag("G").fill if met else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 1.5, 1.5)
        stuck = len(gate.blockers)
        said = count_text(stuck, "blocker") if stuck else "ready"
        colour = theme.rag("R").text if stuck else theme.rag("G").text
        write(painter, box, said, caption, colour, right=True)
