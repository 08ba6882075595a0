"""The wizard's keys (look.md 11): what each does on the step that is on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from pmo_desktop.ui.context import Context
from pmo_desktop.ui.importer.foot import Foot
from pmo_desktop.ui.importer.preview_page import PreviewPage
from pmo_desktop.ui.importer.session import Session


class Wizard(Protocol):
    """What the keys move: the steps of one import."""

    context: Context
    session: Session
    preview: PreviewPage
    pages: QStackedWidget
    foot: Foot

    def go_on(self) -> None:
        """The primary button."""

    def go_back(self) -> None:
        """The step before."""

    def regions(self) -> Sequence[QWidget]:
        """What F6 goes through."""

    def close(self) -> bool:
        """Leave the import; False where something under way keeps it open."""


def bind_keys(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Make the keys work anywhere in the window."""
    for sequence, slot in keys.items():
        QShortcut(QKeySequence(sequence), window).activated.connect(slot)


def wizard_keys(wizard: Wizard) -> dict[str, Callable[[], object]]:
    """Every key of the wizard and what it does."""
    return {
        "Ctrl+Return": wizard.go_on,
        "Ctrl+Enter": wizard.go_on,
        "Alt+B": wizard.go_back,
        "F7": lambda: _step_problem(wizard, 1),
        "Shift+F7": lambda: _step_problem(wizard, -1),
        "F2": lambda: wizard.preview.grid.edit_current() if _is_preview(wizard) else False,
        "F6": lambda: _step_region(wizard.regions(), 1),
        "Shift+F6": lambda: _step_region(wizard.regions(), -1),
        "Ctrl+Z": lambda: _take_back(wizard),
        "F8": wizard.context.theme.toggle,
        "Esc": wizard.close,
    }


def _is_preview(wizard: Wizard) -> bool:
    return wizard.pages.currentWidget() is wizard.preview


def _step_problem(wizard: Wizard, by: int) -> None:
    if _is_preview(wizard):
        wizard.preview.step_problem(by)


def _take_back(wizard: Wizard) -> None:
    if wizard.session.imported is None and not wizard.session.take_back():
        wizard.foot.say("There is no answer to take back.")


def _step_region(parts: Sequence[QWidget], by: int) -> None:
    """Give the keyboard to the next part of the window."""
    focused = QApplication.focusWidget()
    inside = (at for at, part in enumerate(parts) if focused and (part is focused or part.isAncestorOf(focused)))
    here = next(inside, -1)
    if parts:
        parts[(here + by) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)
