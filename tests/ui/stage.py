"""A register pane on stage: a portfolio in memory, a context that remembers what was said, and hands on the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.theme import Theme
from tests.builders import a_milestone, a_person, a_programme, a_project

TODAY = date(2026, 11, 13)


class WindowStage:
    """A window for one pane, its store, and what was said and offered."""

    unsubscribe: Callable[[], object]

    def __init__(self, store: Store) -> None:
        self.store = store
        self.toasts: list[str] = []
        self.said: list[str] = []
        self.offers: list[Callable[[], object]] = []
        self.window = QMainWindow()

    def close(self) -> None:
        self.unsubscribe()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        self.store.close()

    def _toast(self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None) -> None:
        self.toasts.append(text if action_text is None else f"{text} [{action_text}]")
        if action is not None:
            self.offers.append(action)


class PaneStage(WindowStage):
    """One pane in a window, its store, what it said, and hands on the keys."""

    pane: Any

    def __init__(self, folder: Path, build: Callable[[Context], Pane], store: Store) -> None:
        super().__init__(store)
        self.went: list[str] = []
        self.theme = dressed()
        actions = ActionRegistry(self.window)
        actions.add_pane_commands(self.perform)
        self.context = Context(
            store=store,
            theme=self.theme,
            actions=actions,
            settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
            toast=self._toast,
            say=self.said.append,
            run=self._run,
            read=self.read,
            navigate=lambda pane, _row=None: self.went.append(pane),
            import_file=lambda _path=None: None,
        )
        self.pane = build(self.context)
        self.unsubscribe = store.subscribe(self.told)
        self.window.setCentralWidget(self.pane)
        self.window.resize(1400, 800)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.surface.setFocus()
        QApplication.processEvents()

    def told(self, changed: Changed) -> None:
        """What the window does with a change."""
        self.pane.on_changed(changed)

    def read(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """What a worker would read is there at once."""
        done(work())

    @property
    def surface(self) -> Any:
        """What of the pane has the keyboard first."""
        return self.pane

    def perform(self, id_: str) -> None:
        self.pane.commands()[id_]()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:  # the first one opens an editor, which then has the keyboard
            QTest.keyClicks(self.focus(), letter)
            QApplication.processEvents()

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def _run(
        self,
        label: str,
        work: Callable[[Any], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        result = work(lambda *_progress: None)
        if done is not None:
            done(result)


class Stage(PaneStage):
    """A register's pane."""

    @property
    def surface(self) -> Any:
        return self.grid

    @property
    def grid(self) -> Any:
        return self.pane.grid

    @property
    def table(self) -> Any:
        return self.pane.table

    def go(self, name: str, field: str) -> None:
        """Make the cell of a project, by its name, the current one."""
        record = next(each for each in self.table.arrangement.records if each.row["name"] == name)
        assert self.grid.go_to(record.id, field)
        self.grid.setFocus()
        QApplication.processEvents()

    def value(self, name: str, field: str) -> Any:
        """What the file holds."""
        row = next(each for each in read_rows(self.store, self.pane.outline.entity) if each["name"] == name)
        return row[field]

    def text(self, name: str, field: str) -> str:
        """What the table shows."""
        record = next(each for each in self.table.arrangement.records if each.row["name"] == name)
        return str(record.texts[self.table.column_of(field)])


def dressed() -> Theme:
    """The light theme on the application: put on once, as that takes half a second, unless another test changed it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.property("theme") is not _LIGHT or not app.styleSheet():
        _LIGHT.apply(app)
    if (_LIGHT.name, _LIGHT.scale, _LIGHT.density) != ("light", 100, "default"):
        _LIGHT.set_name("light")
        _LIGHT.set_scale(100)
        _LIGHT.set_density("default")
    return _LIGHT


_LIGHT = Theme("light")


def small_portfolio() -> Store:
    """Five projects in two programmes, one without a programme, one closed."""
    store = create_memory_store(currency="GBP", data_date=TODAY)
    customer, network = a_programme(store, "Customer"), a_programme(store, "Network")
    priya, tom = a_person(store, "Priya Nair"), a_person(store, "Tom Okafor")
    shared = {"lifecycle_status": "Active", "currency": "GBP"}
    one = a_project(
        store, "Billing", ref="HW-101", programme=customer, pm=priya, rag_overall="R",
        finish_baseline=date(2027, 3, 26), finish_forecast=date(2027, 6, 18), start_baseline=date(2026, 4, 1),
        budget_approved=640_000_000, eac=731_000_000, report_date=date(2026, 9, 1), **shared,
    )  # fmt: skip
    a_project(
        store, "Metering", ref="HW-104", programme=customer, pm=tom, rag_overall="A",
        finish_forecast=date(2027, 10, 21), eac=995_000_000, budget_approved=980_000_000, **shared,
    )  # fmt: skip
    a_project(store, "Leaks", ref="HW-205", programme=network, rag_overall="G", eac=109_000_000, **shared)
    a_project(store, "Sludge", ref="HW-221", rag_overall=None, **shared)
    a_project(store, "Old pumps", ref="HW-9", programme=network, lifecycle_status="Closed", rag_overall="C")
    a_milestone(store, one, "Design gate", type="Gate", baseline=date(2026, 9, 1), actual=date(2026, 9, 15))
    a_milestone(store, one, "Build gate", type="Gate", baseline=date(2027, 1, 1), forecast=date(2027, 2, 1))
    return store
