"""The wizard's keys (look.md 11): what each does on the step that is on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from pmo_desktop.ui.importer.window import ImportWindow


def bind_keys(window: ImportWindow) -> None:
    """Make the keys work anywhere in the window."""
    keys: dict[str, Callable[[], object]] = {
        "Ctrl+Return": window.go_on,
        "Ctrl+Enter": window.go_on,
        "Alt+B": window.go_back,
        "F7": lambda: _step_problem(window, 1),
        "Shift+F7": lambda: _step_problem(window, -1),
        "F2": lambda: window.preview.grid.edit_current() if _is_preview(window) else False,
        "F6": lambda: _step_region(window.regions(), 1),
        "Shift+F6": lambda: _step_region(window.regions(), -1),
        "Ctrl+Z": lambda: _take_back(window),
        "F8": window.context.theme.toggle,
        "Esc": window.close,
    }
    for sequence, slot in keys.items():
        QShortcut(QKeySequence(sequence), window).activated.connect(slot)


def _is_preview(window: ImportWindow) -> bool:
    return window.pages.currentWidget() is window.preview


def _step_problem(window: ImportWindow, by: int) -> None:
    if _is_preview(window):
        window.preview.step_problem(by)


def _take_back(window: ImportWindow) -> None:
    if window.session.imported is None and not window.session.take_back():
        window.foot.say("There is no answer to take back.")


def _step_region(parts: Sequence[QWidget], by: int) -> None:
    """Give the keyboard to the next part of the window."""
    focused = QApplication.focusWidget()
    inside = (at for at, part in enumerate(parts) if focused and (part is focused or part.isAncestorOf(focused)))
    here = next(inside, -1)
    if parts:
        parts[(here + by) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)
