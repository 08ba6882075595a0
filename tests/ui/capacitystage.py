"""The capacity pane on stage: two people and two projects, and hands on the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pmo_desktop.operations.history import redo, undo
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.capacity.lines import Line
from pmo_desktop.ui.capacity.pane import CapacityPane
from tests.builders import a_project, a_resource, a_row, an_allocation
from tests.ui.stage import PaneStage

MONDAY = date(2026, 11, 16)
NONE = Qt.KeyboardModifier.NoModifier


def fill(store: Store) -> None:
    """Chris (Alpha 60 %, Beta 60 % requested) and Dev (nothing) in Data; Ivo (Beta 40 %) in no team, four weeks."""
    data = a_row(store, "team", name="Data")
    architect = a_row(store, "role", name="Architect")
    alpha, beta = a_project(store, "Alpha", ref="P1"), a_project(store, "Beta", ref="P2")
    chris = a_resource(store, "Chris Obi", team=data, role=architect)
    a_resource(store, "Dev Patel", team=data)
    ivo = a_resource(store, "Ivo Marin")
    span = {"period_start": MONDAY, "period_end": date(2026, 12, 11)}
    an_allocation(store, chris, alpha, **span, quantity=60.0, status="Confirmed")
    an_allocation(store, chris, beta, **span, quantity=60.0, status="Requested")
    an_allocation(store, ivo, beta, **span, quantity=40.0, status="Confirmed")


class CapacityStage(PaneStage):
    """The capacity pane on stage; what a worker would read comes when a test hands it over."""

    pane: CapacityPane

    def __init__(self, folder: Path, store: Store) -> None:
        super().__init__(folder, CapacityPane, store)

    @property
    def surface(self) -> Any:
        return self.pane.view

    def read(self, work: object, done: object, failed: object = None) -> None:
        """Nothing yet."""

    def perform(self, id_: str) -> None:
        self.pane.commands()[id_]()
        QApplication.processEvents()

    @property
    def names(self) -> list[str]:
        """The names of the lines in sight."""
        return [line.name for line in self.pane.model.lines]

    def line(self, *names: str) -> Line:
        """A line by its name, or a part by the names of its head and its own."""
        lines = self.pane.model.lines
        head = next(line for line in lines if line.name == names[0])
        if len(names) == 1:
            return head
        return next(line for line in lines if line.name == names[1] and line.key[:2] == head.key)

    def column(self, day: date = MONDAY) -> int:
        axis = self.pane.model.axis
        return axis.periods.of_day(axis.periods.horizon.index(day))

    def go(self, *names: str, day: date = MONDAY) -> None:
        self.pane.view.go(self.pane.model.row_of(self.line(*names).key), self.column(day))
        self.pane.view.setFocus()
        QApplication.processEvents()

    def open(self, name: str) -> None:
        """Unfold somebody, if they are not."""
        if not self.line(name).open:
            self.go(name)
            self.press(Qt.Key.Key_Space)

    def text(self, *names: str, day: date = MONDAY) -> str:
        """What a cell shows."""
        line = self.line(*names)
        return self.pane.model.text(line, self.column(day))

    def texts(self, *names: str, count: int = 6) -> list[str]:
        """What the first cells from the Monday on show."""
        at = self.column()
        return [face[0] for face in self.pane.model.faces(self.line(*names))[at : at + count]]

    def enter(self, text: str) -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def focus(self) -> QWidget:
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None
        picker = self.pane.verbs.picker
        return picker.search if picker is not None and found is picker else found

    def undo(self) -> None:
        undo(self.store)
        QApplication.processEvents()

    def redo(self) -> None:
        redo(self.store)
        QApplication.processEvents()

    def rows(self) -> list[dict[str, Any]]:
        return read_rows(self.store, "allocation")

    def settle(self, until: Callable[[], bool] | None = None) -> None:
        """Let timers pass."""
        for _ in range(40):
            QTest.qWait(10)
            if until is not None and until():
                return
