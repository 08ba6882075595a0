"""The strip under a pane's header: the pane a family of registers is reached from, and those registers."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from pmo_desktop.ui.places import Place, family_of
from pmo_desktop.ui.theme import current_theme

HEIGHT = 34


class FamilyStrip(QTabBar):
    """Shown for every place that has or belongs to a family; `chosen` carries the name of the place asked for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "family")
        self.setAccessibleName("Registers of this pane")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.places: tuple[Place, ...] = ()
        self.currentChanged.connect(self._choose)
        self.hide()
        self.relayout()

    def relayout(self) -> None:
        """Take the height of the theme anew."""
        self.setFixedHeight(current_theme().px(HEIGHT))

    def show_place(self, name: str) -> None:
        """Offer the family of the pane on screen, with that pane as the chosen one; nothing where it has none."""
        self.blockSignals(True)
        family = family_of(name)
        if family != self.places:
            self.places = family
            while self.count():
                self.removeTab(0)
            for place in family:
                self.addTab(place.title)
        if family:
            self.setCurrentIndex([place.name for place in family].index(name))
        self.blockSignals(False)
        self.setVisible(bool(family))

    def _choose(self, index: int) -> None:
        if not 0 <= index < len(self.places):
            return
        by_key = self.hasFocus()
        self.chosen.emit(self.places[index].name)
        if by_key:  # a pane takes the keys when it is shown: the arrows are to go on along the strip
            QTimer.singleShot(0, self.setFocus)
