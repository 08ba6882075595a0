"""The methodology pane on stage: a small methodology, a project that follows it, and what the pane said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pmo_desktop.operations.settings import change_settings
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_linked
from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.methods.pane import MethodsPane
from pmo_desktop.ui.panes.methods import build_pane
from tests.builders import a_person, a_project
from tests.twosteps import FIRST, approved
from tests.ui.stage import WindowStage, dressed

TODAY = date(2026, 11, 13)


class MethodStage(WindowStage):
    """One pane in a window, its store, and what it said."""

    def __init__(self, folder: Path, store: Store) -> None:
        super().__init__(store)
        self.gone_to: list[tuple[str, str | None]] = []
        actions = ActionRegistry(self.window)
        actions.add_pane_commands(self.perform)
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.context = Context(
            store=store,
            theme=dressed(),
            actions=actions,
            settings=self.settings,
            toast=self._toast,
            say=self.said.append,
            run=lambda _label, work, done=None, _failed=None: (done or (lambda _result: None))(work(lambda *_: None)),
            read=lambda work, done, _failed=None: done(work()),
            navigate=lambda pane, row=None: self.gone_to.append((pane, row)),
            import_file=lambda _path=None: None,
        )
        self.pane: MethodsPane = build_pane(self.context)
        self.unsubscribe = store.subscribe(self.pane.on_changed)
        self.window.setCentralWidget(self.pane)
        self.buttons = self.pane.header_actions()
        self.window.resize(1240, 760)
        self.window.show()
        QApplication.processEvents()

    def perform(self, id_: str) -> None:
        self.pane.commands()[id_]()

    def check(self, project: str, gate: str) -> None:
        """Check a gate for a project, with the keyboard on its checklist."""
        self.pane.go_to_project(project)
        self.pane.go_to_gate("", gate)
        self.pane.checklist.go_first()
        self.pane.checklist.setFocus()
        QApplication.processEvents()

    def answers(self, project: str) -> dict[str, tuple[str, str | None]]:
        """The answers in the file by criterion."""
        reviews = [row["id"] for row in read_linked(self.store, "gate_review", "project", [project])]
        rows = read_linked(self.store, "gate_answer", "review", reviews)
        return {row["code"]: (row["answer"], row["comment"]) for row in rows}

    def fill_box(self, box: Any, **texts: str) -> None:
        """Type into a box and press its button."""
        for name, text in texts.items():
            write_editor(box.editors[name], text, replaced=True)
        box.accept()
        QApplication.processEvents()


def small_library() -> tuple[Store, str, str]:
    """A file with one methodology, and a project that follows it: the store, the version and the project."""
    store = create_memory_store("Ann")
    change_settings(store, {"data_date": TODAY})
    ann = a_person(store, "Priya Nair")
    a_person(store, "Tom Okafor")
    version = approved(store, FIRST)
    project = a_project(store, "Billing", ref="HW-101", pm=ann, start_baseline=date(2026, 9, 1))
    apply_method(store, project, version)
    return store, version, project


class Opened(list[str]):
    """The addresses that were handed to the system to open."""

    def __call__(self, link: QUrl) -> bool:
        self.append(link.toString())
        return True


def press(widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys one after the other."""
    for key in keys:
        QTest.keyClick(widget, key, held)
        QApplication.processEvents()
