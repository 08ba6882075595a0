"""A context that remembers what is said, and a person's hands: keys, typing, and the moment after them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from pmo_desktop.store.file import Store
from pmo_desktop.ui.actions import ActionRegistry
from pmo_desktop.ui.context import Context
from tests.ui.stage import dressed


class Said:
    """What was said, and the context that says it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.toasts: list[str] = []
        self.undo: list[Callable[[], object]] = []
        self.owner = QMainWindow()
        actions = ActionRegistry(self.owner)
        actions.add_pane_commands(lambda _id: None)
        self.context = Context(
            store=store,
            theme=dressed(),
            actions=actions,
            settings=QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat),
            toast=self._toast,
            say=self.toasts.append,
            run=lambda *_args, **_more: None,
            read=lambda work, done, _failed=None: done(work()),
            navigate=lambda _pane, _row=None: None,
            import_file=lambda _path=None: None,
        )

    def _toast(self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None) -> None:
        self.toasts.append(text)
        if action is not None:
            self.undo.append(action)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key on a widget, and what follows from it."""
    QTest.keyClick(widget, key, held)
    settle()


def type_text(text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Type where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
    if end is not None:
        QTest.keyClick(focused, end)
    settle()


def settle() -> None:
    """Let what was put off come: an editor that closes tells its text a turn later, and the outline another."""
    QTest.qWait(5)
    QApplication.processEvents()
