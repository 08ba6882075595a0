"""The window put together: its own commands, its errors, its ways of opening."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from pmo_desktop.ui.failures import Failures
from pmo_desktop.ui.opening import Opening
from pmo_desktop.ui.state import read_theme
from pmo_desktop.ui.theme import Theme
from pmo_desktop.ui.viewing import Viewing
from pmo_desktop.ui.window import Window


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of a window that is ready to be shown."""

    window: Window
    failures: Failures
    viewing: Viewing
    opening: Opening


def build_shell(app: QApplication, state: QSettings, theme: Theme | None = None) -> Shell:
    """Dress the application and build the whole window; nothing of the store is imported."""
    look = theme or read_theme(state)
    look.apply(app)
    shell = furnish_shell(Window(state, look))
    shell.window.show_first_run()
    return shell


def furnish_shell(window: Window) -> Shell:
    """Furnish a window that may be on screen already, and give it its commands."""
    window.furnish()
    failures = Failures(window)
    viewing = Viewing(window)
    opening = Opening(window, failures, viewing)
    window.runner.failed.connect(failures.show)
    window.dispatch.on_error = failures.show
    return Shell(window, failures, viewing, opening)
