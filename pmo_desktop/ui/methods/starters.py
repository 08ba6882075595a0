"""The methodologies that are shipped, as cards to take up: what an empty library shows, and how it grows."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmo_desktop.operations.methodfiles import Starter, list_starters
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.label import Rows, label
from pmo_desktop.ui.theme import Theme

_NARROWEST = 330  # px of a card
_MOST_BESIDE = 3
_NOTE = (
    "Each is complete: phases, gates, checklists, templates and who decides. Taken up, it is yours to change. "
    "Names of other methods belong to their owners; nobody has endorsed these."
)


class StarterPage(QWidget):
    """`taken` carries the code of a starter to take up; `file_asked` wants one from a folder or a workbook."""

    taken = Signal(str)
    file_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.cards: list[StarterCard] = []
        self.title, self.why = label("", "title"), label(_NOTE, "body2", wrap=True)
        self.from_file = Button("From a file…", "folder-open", slot=self.file_asked.emit)
        self.back = Button("Back to the library", "library", "ghost", self.left.emit)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._beside = 0
        self._lay_out()

    def show_starters(self, there: Collection[str]) -> None:
        """Offer the starters that the library does not have, by the codes it has."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        empty = not there
        offered = [each for each in list_starters() if each.code not in there]
        self.title.setText("Choose how your projects are run" if empty else "Add a methodology")
        self.why.setText(_NOTE if offered else "Every methodology that is shipped is in the library already.")
        self.back.setVisible(not empty)
        self.cards = [StarterCard(each) for each in offered]
        for card in self.cards:
            card.button.clicked.connect(lambda _checked=False, code=card.code: self.taken.emit(code))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._beside:
            self._place()

    # ------------------------------------------------------------------ below the counter

    def _fitting(self) -> int:
        return max(1, min(_MOST_BESIDE, self.width() // self.theme.px(_NARROWEST)))

    def _place(self) -> None:
        """Put the cards into as many columns as there is room for."""
        while self._grid.takeAt(0) is not None:
            pass
        self._beside = self._fitting()
        for column in range(_MOST_BESIDE):
            self._grid.setColumnStretch(column, int(column < self._beside))
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // self._beside, place % self._beside)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(20, 20, 20, 20)
        inner.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        inner.addLayout(top)
        inner.addWidget(self.why)
        inner.addSpacing(10)
        inner.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("Have one of your own, as a folder or a workbook?", "body2"))
        row.addWidget(self.from_file)
        row.addStretch(1)
        inner.addSpacing(10)
        inner.addLayout(row)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


class StarterCard(Rows):
    """One starter: its name, for which projects it is meant, what it is like, and the deed."""

    def __init__(self, starter: Starter) -> None:
        super().__init__("card")
        self.code = starter.code
        self.setAccessibleName(f"{starter.name}. {starter.summary}")
        self.setToolTip(starter.speaks)
        self.button = Button("Take up", "plus", "secondary")
        self.button.setAccessibleName(f"Take up {starter.name}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        column.addWidget(label(starter.name, "subtitle"))
        meant = f"{starter.version}, proposed for {starter.tier.lower()} projects" if starter.tier else starter.version
        column.addWidget(label(meant, "caption"))
        column.addSpacing(4)
        column.addWidget(label(starter.summary, wrap=True))
        column.addStretch(1)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
