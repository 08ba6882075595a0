"""The inspector of the capacity grid: one cell, what it is made of, and ways to resolve it when it is over-booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.ui.buttons import Button, IconButton
from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.lines import Level, Line, amount_text
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.spoken import days_text
from pmo_desktop.ui.capacity.stack import Part, Stack
from pmo_desktop.ui.capacity.tile import ColourBar, Tile
from pmo_desktop.ui.capacity.waycard import Offer, WayCard
from pmo_desktop.ui.label import ElidedLabel, Rows, label, rule
from pmo_desktop.ui.theme import current_theme

_MARGIN = 16


class AmountField(QLineEdit):
    """The days of one part of a cell; Enter or leaving writes, Esc restores."""

    given = Signal(str)

    def __init__(self, text: str, name: str, *, editable: bool) -> None:
        super().__init__(text)
        self.before = text
        self.setAccessibleName(name)
        self.setReadOnly(not editable)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(current_theme().px(68))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self.before:
            self.setText(self.before)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._give()

    def _give(self) -> None:
        if self.text() != self.before and not self.isReadOnly():
            self.before = self.text()
            self.given.emit(self.text())


class PartRow(QWidget):
    """One part of a cell: colour, name, reference and status, and its days."""

    def __init__(self, ink: GridInk, part: Part, day: float, *, editable: bool) -> None:
        super().__init__()
        self.part = part
        words = f"{amount_text(part.booked / (day or 1.0)) if part.booked else '0'} d"
        self.field = AmountField(words, f"Days of {part.line.name}", editable=editable)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(part.line.name))
        names.addWidget(ElidedLabel(" · ".join(filter(None, (part.line.note, part.status))), "micro"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(ColourBar(ink, part.colour))
        row.addLayout(names, 1)
        row.addWidget(self.field)


class CellInspector(Rows):
    """Shows a Stack. `amount` carries a line and what was typed, `adding` the button of a new allocation."""

    amount = Signal(object, str)
    closed = Signal()
    adding = Signal(object)
    more_asked = Signal(object)

    def __init__(self, ink: GridInk, parent: QWidget | None = None) -> None:
        super().__init__("inspector", parent)
        self.ink = ink
        self.stack: Stack | None = None
        self.rows: list[PartRow] = []
        self.cards: list[WayCard] = []
        self.setAccessibleName("Inspector")
        self.when, self.who = ElidedLabel("", "caption_quiet"), label("", "subtitle", wrap=True)
        self.what = ElidedLabel("", "caption")
        self.tile = Tile(ink)
        self.balance, self.note = label("", "strong", wrap=True), label("", "caption", wrap=True)
        self.body, self.out = QVBoxLayout(), QVBoxLayout()
        self._lay_out()

    def show_nothing(self) -> None:
        """No cell is current."""
        self.stack = None
        self.when.setText("")
        self.who.setText("No cell selected")
        self.what.setText("")
        self.top.hide()
        self._fill([])

    def show_stack(self, stack: Stack, source: Source, *, editable: bool) -> None:
        """Show a cell; the ways out of its excess come when they are found."""
        self.stack = stack
        head, day = stack.head, source.measure.day
        self.when.setText(source.axis.title(stack.column))
        self.who.setText(head.name)
        self.what.setText(_where(source, head))
        self.top.show()
        percent = round(100 * stack.booked / stack.available) if stack.available else None
        words = days_text(stack.booked, day) if percent is None or not head.heated else f"{percent}%"
        self.tile.show_face(stack.face, words)
        self.balance.setText(stack.balance_words(day))
        self.note.setText("\n".join(stack.notes()))
        self.note.setVisible(bool(self.note.text()))
        self.rows = [PartRow(self.ink, part, day, editable=editable) for part in stack.parts]
        self._fill(self._parts(stack, day))

    def show_offers(self, offers: Sequence[Offer], excess: str) -> None:
        """Show the ways out of the cell on screen."""
        self.cards = [WayCard(offer) for offer in offers]
        _refill(self.out, [label(f"Ways to resolve {excess} over", "strong"), *self.cards] if offers else [])

    def focus_ways(self) -> bool:
        """Give the keyboard to the first way out; whether there is one."""
        if self.cards:
            self.cards[0].button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self.cards)

    def _parts(self, stack: Stack, day: float) -> list[QWidget]:
        found: list[QWidget] = []
        for row in self.rows:
            row.field.given.connect(_handing(self.amount.emit, row.part.line))
        if self.rows:
            found += [label("Allocations", "strong"), *self.rows, rule(), _total(stack.booked, day)]
        elif stack.head.level is Level.HEAD:
            found.append(label("Nothing is booked here.", "body2"))
        return found

    def _fill(self, parts: Sequence[QWidget]) -> None:
        _refill(self.body, parts)
        self.show_offers([], "")
        if not parts:
            self.rows = []
        self.foot.setVisible(self.stack is not None and self.stack.head.level is Level.HEAD)

    def _lay_out(self) -> None:
        close = IconButton("x", "Close the inspector (F4)", self.closed.emit)
        head = QHBoxLayout()
        head.addWidget(self.when, 1)
        head.addWidget(close)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.balance)
        words.addWidget(self.note)
        words.addStretch(1)
        self.top = QWidget()
        row = QHBoxLayout(self.top)
        row.setContentsMargins(0, 8, 0, 6)
        row.setSpacing(12)
        row.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        inner.setSpacing(14)
        for column_of_parts in (self.body, self.out):
            column_of_parts.setSpacing(6)
            inner.addLayout(column_of_parts)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(0)
        box = QVBoxLayout()
        box.setContentsMargins(_MARGIN, 0, 12, 0)
        box.setSpacing(2)
        box.addLayout(head)
        for part in (self.who, self.what, self.top):
            box.addWidget(part)
        column.addLayout(box)
        column.addWidget(scroll, 1)
        column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        self.foot = Rows("footer")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 9, 12, 9)
        self.add = Button("Add allocation", "plus", "secondary", lambda: self.adding.emit(self.add))
        self.more = IconButton("ellipsis", "More for these allocations", lambda: self.more_asked.emit(self.more))
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.more)
        return self.foot


def _where(source: Source, head: Line) -> str:
    """The role and the team of somebody, or the reference of a project."""
    if head.resource is None or head.level is not Level.HEAD:
        return head.note
    team = source.book.resources[head.row].team
    return ", ".join(filter(None, (head.note, source.book.names.get(team or "", ""))))


def _handing(emit: Callable[[Line, str], object], line: Line) -> Callable[[str], None]:
    def later(text: str) -> None:
        QTimer.singleShot(0, lambda: emit(line, text))  # the field itself goes when the cell is shown anew

    return later


def _total(ticks: int, day: float) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 8, 0)
    row.addWidget(label("Total", "strong"), 1)
    row.addWidget(label(days_text(ticks, day), "strong"))
    return made


def _refill(box: QVBoxLayout, parts: Sequence[QWidget]) -> None:
    """Put other widgets into a column."""
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for part in parts:
        box.addWidget(part)
