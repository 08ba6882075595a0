"""The window's own commands: the look, the regions, the palette, the keyboard map, preferences."""

from __future__ import annotations

import getpass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pmo_desktop.ui.finder import Found
from pmo_desktop.ui.state import read_list
from pmo_desktop.ui.theme import DENSITIES
from pmo_desktop.ui.window import Window

if TYPE_CHECKING:
    from pmo_desktop.ui.palette import Palette

_STEP = 10
_BY_TAB = Qt.FocusPolicy.TabFocus.value
_MOST_RECENT = 12


class Viewing:
    """Answers the commands that need no open file."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.palette: Palette | None = None
        self.records: Any = None  # () -> list[Found], supplied by the desk of an open file
        self.open_record: Any = None  # (key) -> None, likewise
        theme = window.theme
        window.dispatch.handlers |= {
            "view.theme": theme.toggle,
            "view.larger": lambda: theme.set_scale(theme.scale + _STEP),
            "view.smaller": lambda: theme.set_scale(theme.scale - _STEP),
            **{f"view.{each}": self._density_setter(each) for each in DENSITIES},
            "view.nav": self._toggle_nav,
            "view.fullscreen": self._toggle_full_screen,
            "go.palette": self.show_palette,
            "go.region": lambda: self._go_region(1),
            "go.region_back": lambda: self._go_region(-1),
            "edit.preferences": self._show_preferences,
            "help.keyboard": self._show_keys,
            "help.about": self._show_about,
            "app.quit": window.close,
        }
        theme.changed.connect(self._mark_density)
        self._mark_density()

    def show_palette(self) -> None:
        """Open the palette over the window."""
        if self.palette is None:
            from pmo_desktop.ui.palette import Palette  # noqa: PLC0415  read when it is first opened

            self.palette = Palette(self._window, self._choose)
        recent = read_list(self._window.state, "palette/recent")
        things = self._commands() + (self.records() if self.records else [])
        self.palette.open_with(things, recent, QApplication.focusWidget())

    def _commands(self) -> list[Found]:
        return [
            Found(
                "Commands",
                entry.id,
                entry.text,
                icon=entry.icon,
                keys=", ".join(entry.shortcuts[:1]),
                words=f"{entry.words} {entry.menu}",
            )
            for entry in self._window.dispatch.registry
            if entry.action.isEnabled() and entry.in_palette and entry.id != "go.palette"
        ]

    def _choose(self, found: Found) -> None:
        lately = [key for key in read_list(self._window.state, "palette/recent") if key != found.key]
        self._window.state.setValue("palette/recent", [found.key, *lately][:_MOST_RECENT])
        if not self._window.dispatch.perform(found.key) and self.open_record is not None:
            self.open_record(found.key)

    def _density_setter(self, density: str) -> Any:
        return lambda: self._window.theme.set_density(density)

    def _mark_density(self) -> None:
        for each in DENSITIES:
            self._window.dispatch.registry[f"view.{each}"].setChecked(each == self._window.theme.density)

    def _toggle_nav(self) -> None:
        self._window.nav.set_collapsed(not self._window.nav.collapsed)
        self._window.save_later()

    def _toggle_full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _go_region(self, by: int) -> None:
        regions = self._window.regions()
        focused = QApplication.focusWidget()
        inside = [index for index, part in enumerate(regions) if focused and holds(part, focused)]
        start = inside[-1] if inside else (0 if by < 0 else -1)
        for step in range(1, len(regions) + 1):
            target = first_focusable(regions[(start + by * step) % len(regions)])
            if target is not None:
                target.setFocus()
                return

    def _show_preferences(self) -> None:
        # Dialogs are read when they are first asked for: they must not delay the first frame.
        dialogs: Any = import_module("pmo_desktop.ui.dialogs.preferences")
        dialogs.Preferences(self._window.state, self._window.theme, system_name(), self._window).exec()

    def _show_keys(self) -> None:
        dialogs: Any = import_module("pmo_desktop.ui.dialogs.keymap")  # as above
        dialogs.KeyboardMap(self._window.dispatch.registry, self._window).exec()

    def _show_about(self) -> None:
        dialogs: Any = import_module("pmo_desktop.ui.dialogs.about")  # as above
        dialogs.About(program_version(), self._window).exec()


def holds(part: QWidget, widget: QWidget) -> bool:
    """Whether a widget is another or lies inside it."""
    return part is widget or part.isAncestorOf(widget)


def first_focusable(part: QWidget) -> QWidget | None:
    """The first widget of a region that takes the focus by Tab."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & _BY_TAB:
            return widget
    return None


def system_name() -> str:
    """What the system calls this person."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry in the user database, as in some containers
        return "unknown"


def program_version() -> str:
    """The version of this installation."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  brings email, archives: not at start-up

    try:
        return version("pmo-desktop")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "from source"
