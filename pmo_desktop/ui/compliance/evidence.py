"""The evidence of one cell beside the heat map: where it stands, why, and the entries one can go to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pmo_desktop.figures.evidence import CellEvidence, Shown
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.compliance import Met
from pmo_desktop.rules.wording import capital
from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.cardrow import CardRow
from pmo_desktop.ui.compliance.ink import draw_state
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.theme import Theme, current_theme

_NOTHING = "Choose a cell to see what stands behind it."


class StateMark(QWidget):
    """The mark of a state at the size of a heading."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Met.NOT_REQUIRED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: Met) -> None:
        """Show another state."""
        self.state = state
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(26)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_state(painter, current_theme(), self.state, QPointF(self.width() / 2, self.height() / 2), 20)
        painter.end()


class EvidenceRow(CardRow):
    """An entry that shows something, its kind below its name."""

    height_px = 46

    def __init__(self, shown: Shown, kind: str, slot: Callable[[], object]) -> None:
        super().__init__(f"{kind} {shown.called}", slot)
        self.shown, self.kind = shown, kind

    def paint_line(self, painter: QPainter, theme: Theme) -> None:
        px, left = theme.px, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        box = self.rect().adjusted(px(4), px(4), -px(4), -px(4))
        half = box.height() // 2
        upper, lower = box.adjusted(0, 0, 0, -half), box.adjusted(0, half, 0, 0)
        self.write(painter, upper, self.shown.called, ("body_medium", "link"), left)
        self.write(painter, lower, self.kind, ("caption", "text3"), left)


class EvidencePanel(Rows):
    """`going` carries an entry to go to; `waiver_asked` that somebody asks to do without what is missing."""

    going = Signal(object)
    waiver_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("inspector")
        self.setAccessibleName("Evidence")
        self.evidence: CellEvidence | None = None
        self.where, self.title = ElidedLabel("", "caption_quiet"), label(_NOTHING, "subtitle", wrap=True)
        self.mark, self.state = StateMark(), label("", "strong")
        self.words = label("", "body", wrap=True)
        self.entries = QVBoxLayout()
        self.entries.setSpacing(0)
        self.heading = label("Entries", "strong")
        self.close_button = IconButton("x", "Close the evidence (F4)", self.closed.emit)
        self.waiver_button = Button("Ask for a waiver…", "shield-alert", slot=self.waiver_asked.emit)
        self.foot = Rows("footer")
        self.rows: list[EvidenceRow] = []
        self._lay_out()
        self._show_parts(shown=False)

    def show_evidence(self, where: str, title: str, evidence: CellEvidence, *, can_waive: bool) -> None:
        """Show what stands behind a cell."""
        self.evidence = evidence
        self.where.setText(where)
        self.title.setText(title)
        self.mark.show_state(evidence.state)
        self.state.setText(evidence.state)
        self.words.setText("\n".join(evidence.words[1:]))
        for row in self.rows:
            self.entries.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [EvidenceRow(each, kind_words(each), self._going(each)) for each in evidence.rows]
        for row in self.rows:
            self.entries.addWidget(row)
        self._show_parts(shown=True)
        self.foot.setVisible(can_waive and evidence.state is Met.NOT_MET)

    def clear(self) -> None:
        """Show that no cell is chosen."""
        self.evidence = None
        self.where.setText("")
        self.title.setText(_NOTHING)
        for row in self.rows:
            row.hide()
        self._show_parts(shown=False)

    def _going(self, shown: Shown) -> Callable[[], object]:
        return lambda: self.going.emit(shown)

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.mark, self.state, self.words):
            part.setVisible(shown)
        self.heading.setVisible(shown and bool(self.rows))
        self.foot.setVisible(False)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.where, 1)
        top.addWidget(self.close_button)
        status = QHBoxLayout()
        status.setSpacing(8)
        status.addWidget(self.mark)
        status.addWidget(self.state, 1)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(status)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self.entries)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        below = QHBoxLayout(self.foot)
        below.setContentsMargins(12, 9, 12, 9)
        below.addWidget(self.waiver_button)
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(area, 1)
        box.addWidget(self.foot)


def kind_words(shown: Shown) -> str:
    """What sort of entry it is."""
    info = BY_ENTITY.get(shown.entity)
    return capital(info.one) if info else capital(shown.entity.replace("_", " "))
