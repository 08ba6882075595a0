"""The tabs of a family of registers, such as risks, issues and assumptions: each with its count, one click apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from pmo_desktop.model.registers import BY_NAME as REGISTERS
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.places import PLACES, Place

_LEFT, _EDGES = 14, 30  # pixels left of the tabs, and at both ends


def family_of(name: str) -> list[Place]:
    """The places that belong together with one, the one in the navigation first; empty when it stands alone."""
    here = next((place for place in PLACES if place.name == name), None)
    head = (here.within or here.name) if here else name
    found = [place for place in PLACES if head in (place.name, place.within)]
    return found if len(found) > 1 else []


def family_bar(context: Context, name: str) -> FamilyBar | None:
    """The tabs to the panes that belong together with one; None where it stands alone."""
    family = family_of(name)
    if not family:
        return None
    bar = FamilyBar(family, name)
    bar.chosen.connect(context.navigate)
    return bar


class FamilyBar(Rows):
    """One tab a pane of the family; `chosen` carries the name of another one."""

    chosen = Signal(str)

    def __init__(self, family: Sequence[Place], here: str, parent: QWidget | None = None) -> None:
        super().__init__("toolbar", parent)
        self.family, self.here = list(family), here
        self._counts = [0] * len(self.family)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Registers that belong together")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for place in self.family:
            self.tabs.addTab(_words(place))
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 2, _EDGES - _LEFT, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._select()
        self.tabs.currentChanged.connect(self._take)

    def show_counts(self, store: Store) -> None:
        """The plain number of rows beside each name."""
        self._counts = [
            row_count(store, REGISTERS[place.register].entity.__tablename__) if place.register else 0
            for place in self.family
        ]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The names with their counts; without them where there is no room for all."""
        self._write(counted=True)
        if self.tabs.sizeHint().width() > self.contentsRect().width() - _EDGES:
            self._write(counted=False)

    def _write(self, *, counted: bool) -> None:
        for index, (place, count) in enumerate(zip(self.family, self._counts, strict=True)):
            self.tabs.setTabText(index, f"{_words(place)}  {count:,}" if count and counted else _words(place))
            self.tabs.setTabToolTip(index, f"{_words(place)}, {count:,}" if count and not counted else "")
        self.tabs.updateGeometry()  # Qt leaves it out while the tabs are hidden

    def _select(self) -> None:
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(next(at for at, place in enumerate(self.family) if place.name == self.here))

    def _take(self, index: int) -> None:
        self._select()  # this pane stays what it is; the other one has a bar of its own
        self.chosen.emit(self.family[index].name)


def _words(place: Place) -> str:
    """A register by its name, another pane by its title."""
    return REGISTERS[place.register].sheet if place.register else place.title
