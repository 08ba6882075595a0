"""The pane's header: its title, a live fact, and its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmo_desktop.ui.label import ElidedLabel, Rows, label
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.theme import current_theme

HEIGHT = 52


class PaneHeader(Rows):
    """Shows one pane's title and buttons at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("header", parent)
        self.title = label("", "title")
        self.fact = ElidedLabel("", "caption")
        self._buttons: dict[int, list[QWidget]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addSpacing(4)
        self._row.addWidget(self.fact, 1)
        self.relayout()

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        self.setFixedHeight(current_theme().px(HEIGHT))

    def show_pane(self, pane: Pane) -> None:
        """The title, fact and buttons of a pane; buttons are asked for once."""
        if id(pane) not in self._buttons:
            self._buttons[id(pane)] = list(pane.header_actions())
            for button in self._buttons[id(pane)]:
                self._row.addWidget(button)
        for owner, buttons in self._buttons.items():
            for button in buttons:
                button.setVisible(owner == id(pane))
        self.title.setText(pane.title)
        self.show_fact(pane)

    def show_fact(self, pane: Pane) -> None:
        """The live fact beside the title."""
        self.fact.setText(pane.subtitle())

    def show_words(self, title: str, fact: str) -> None:
        """A title of no pane, while the file is being opened."""
        self.title.setText(title)
        self.fact.setText(fact)

    def forget(self) -> None:
        """Another file: other panes, other buttons."""
        for buttons in self._buttons.values():
            for button in buttons:
                self._row.removeWidget(button)
                button.deleteLater()
        self._buttons.clear()
