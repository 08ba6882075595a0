"""The panel right of the preview: what must be fixed, one click each, and what will be written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import Level
from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.banner import Mark
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.clash_card import ClashCard
from pmo_desktop.ui.importer.clashes import Clash
from pmo_desktop.ui.importer.faces import Side
from pmo_desktop.ui.importer.repairs import Repair, headline
from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.theme import Theme

WIDTH = 312
MOST_CARDS = 40
_HELP = "Fix here, edit the cell in the table with F2, or skip its row with Delete. The workbook is never changed."
_SETTLE = "Both the file and somebody here changed these cells. What stays open keeps the portfolio’s value."
_CLEAN = "Nothing needs a person. The workbook is never changed."


class RepairPanel(QWidget):
    """Cards of repairs; `shown` asks for a repair's cell, `taken` for its suggestion, `edited` for its editor."""

    shown = Signal(object)
    taken = Signal(object, str)
    edited = Signal(object)
    skipped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.cards: list[RepairCard] = []
        self._open = 0  # conflicts
        self.title = label("", "subtitle", wrap=True)
        self.help = label(_HELP, "body2", wrap=True)
        self.more = label("", "caption", wrap=True)
        self.clash = ClashCard()
        self.clash.hide()
        self.first = Button("Show the first conflict", "arrow-left-right", slot=self.clash.wanted.emit)
        self.skip = Button("", "x", slot=self.skipped.emit)
        self.written = label("", "body2", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def show_repairs(self, repairs: Sequence[Repair], waiting: int, notes: str = "", conflicts: int = 0) -> None:
        """Show what must be fixed; `waiting` rows would not be written, `notes` is a sentence about the harmless.

        `conflicts` cells are open; the one that is current is shown by `show_clash`.
        """
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(repair) for repair in repairs[:MOST_CARDS]]
        for card in self.cards:
            self._cards.addWidget(card)
        self.title.setText(headline(repairs, conflicts))
        self.help.setText(_SETTLE if conflicts else _HELP if repairs else _CLEAN)
        self._open = conflicts
        self.first.setVisible(bool(conflicts) and self.clash.isHidden())
        left = len(repairs) - len(self.cards)
        words = [f"{left:,} more in the problem list." if left else "", notes]
        self.more.setText(" ".join(part for part in words if part))
        self.more.setVisible(bool(self.more.text()))
        self.skip.setText(f"Skip the {waiting:,} rows with problems" if waiting != 1 else "Skip the row with a problem")
        self.skip.setVisible(bool(waiting))

    def show_written(self, words: str) -> None:
        """Say what applying would write."""
        self.written.setText(words)

    def show_clash(self, clash: Clash | None, sides: Sequence[Side] = (), at: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Show the conflict of the current cell, if it has one; `at` is its place, of how many, and how many alike."""
        self.clash.setVisible(clash is not None)
        self.first.setVisible(clash is None and bool(self._open))
        if clash is not None:
            self.clash.show_clash(clash, sides, *at)
            self._scroll.ensureVisible(0, 0)

    def mark(self, repair: Repair | None) -> None:
        """Frame the card whose cell is the current one."""
        for card in self.cards:
            card.set_current(card.repair is repair)
            if card.repair is repair:
                self._scroll.ensureWidgetVisible(card, 0, 8)

    def _card(self, repair: Repair) -> RepairCard:
        card = RepairCard(repair, self.theme)
        card.shown.connect(self.shown)
        card.taken.connect(self.taken)
        card.edited.connect(self.edited)
        return card

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.clash)
        column.addWidget(self.first)
        column.addLayout(self._cards)
        column.addWidget(self.more)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = Rows("card")
        card.setAccessibleName("What will be written")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(4)
        inside.addWidget(label("What will be written", "strong"))
        inside.addWidget(self.written)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.help)
        box.addWidget(self._scroll, 1)
        box.addWidget(self.skip)
        box.addWidget(card)

    def _dress(self) -> None:
        self.setFixedWidth(self.theme.px(WIDTH))
        self.skip.setFixedWidth(self.theme.px(WIDTH))


class RepairCard(QFrame):
    """One repair: what is wrong, where, and the buttons that mend it."""

    shown = Signal(object)
    taken = Signal(object, str)
    edited = Signal(object)

    def __init__(self, repair: Repair, theme: Theme) -> None:
        super().__init__()
        self.repair, self.theme = repair, theme
        self._is_current = False
        fix = repair.level is Level.FIX
        self.setToolTip(repair.first.reason)
        self.setAccessibleName(f"{repair.title}, {repair.line}. {repair.first.reason}")
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 10, 10)
        box.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        icon, tone = ("circle-alert", "err_fg") if fix else ("triangle-alert", "warn_fg")
        head.addWidget(Mark(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(repair.title, "strong", wrap=True), 1)
        box.addLayout(head)
        line = (
            label(repair.first.reason, "caption", wrap=True) if repair.speaks else ElidedLabel(repair.line, "caption")
        )
        self.buttons = self._make_buttons()
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(line, 1)
        if self._is_wide():
            box.addLayout(foot)
            foot = QHBoxLayout()
            foot.setSpacing(8)
            foot.addStretch(1)
        for button in self.buttons:
            foot.addWidget(button)
        box.addLayout(foot)

    def set_current(self, is_current: bool) -> None:
        """Frame it in the accent, or not."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows the cell."""
        self.shown.emit(self.repair)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card's ground and frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.theme.color("accent" if self._is_current else "border")
        painter.setPen(QPen(colour, 1.6 if self._is_current else 1))
        painter.setBrush(self.theme.color("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.8, 0.8, -0.8, -0.8), 6, 6)

    def _make_buttons(self) -> list[RepairButton]:
        repair = self.repair
        made = [RepairButton(repair.offer(text), self._taking(text)) for text in repair.suggestions[:2]]
        if len(made) > 1 and sum(button.sizeHint().width() for button in made) > self.theme.px(WIDTH - 40):
            made.pop().deleteLater()  # the other readings stay in the cell's own list
        if repair.field and not made:
            words = "Show" if len(repair.problems) > 1 else "Pick a date" if repair.kind is Kind.DATE else "Edit cell"
            slot = self._showing() if len(repair.problems) > 1 else lambda: self.edited.emit(repair)
            made.append(RepairButton(words, slot))
        elif not repair.field:
            made.append(RepairButton("Show", self._showing()))
        for button in made:
            button.setAccessibleName(f"{button.text()}: {repair.title}, {repair.line}")
        return made

    def _is_wide(self) -> bool:
        """Whether the buttons leave too little room beside them for place and text."""
        return sum(button.sizeHint().width() for button in self.buttons) > self.theme.px(WIDTH) // 2

    def _showing(self) -> Callable[[], object]:
        return lambda: self.shown.emit(self.repair)

    def _taking(self, text: str) -> Callable[[], object]:
        return lambda: self.taken.emit(self.repair, text)


class RepairButton(Button):
    """A bordered button whose words stand in the colour of links: one click mends."""

    def __init__(self, text: str, slot: Callable[[], object]) -> None:
        super().__init__(text, slot=slot)
        self.kind = "link"  # the colour of the words; the frame stays that of a secondary button

    def sizeHint(self) -> QSize:
        """Room for the words between the frame's sides."""
        return QSize(super().sizeHint().width() + 14, super().sizeHint().height() + 4)
