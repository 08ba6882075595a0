"""Everything that takes the focus has a name a screen reader can say, in every pane and dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.files import portfolio_properties
from pmo_desktop.store.file import Store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.about import About
from pmo_desktop.ui.dialogs.filesettings import FileSettings
from pmo_desktop.ui.dialogs.history import History
from pmo_desktop.ui.dialogs.keymap import KeyboardMap
from pmo_desktop.ui.dialogs.onefield import OneField
from pmo_desktop.ui.dialogs.preferences import Preferences
from pmo_desktop.ui.dialogs.properties import PropertiesDialog
from pmo_desktop.ui.dialogs.restore import Restore
from pmo_desktop.ui.places import PLACES
from pmo_desktop.ui.shell import Shell


def nameless(top: QWidget) -> list[str]:
    """The focusable widgets that say nothing: no name, no words of their own, no label that is theirs."""
    buddies = {found.buddy() for found in top.findChildren(QLabel)}
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(top)
        if not (widget.accessibleName() or own_words(widget) or widget in buddies)
    ]


def focusable(top: QWidget) -> Iterator[QWidget]:
    for widget in (top, *top.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        if widget.objectName().startswith("qt_"):  # the inside of Qt's own widgets, named by their outside
            continue
        if any(isinstance(over, (QComboBox, QCalendarWidget)) for over in ancestors(widget)):  # likewise
            continue
        inside = widget.parentWidget()
        if isinstance(inside, QAbstractScrollArea) and inside.viewport() is widget:
            continue
        yield widget


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    over = widget.parentWidget()
    while over is not None:
        yield over
        over = over.parentWidget()


def own_words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_every_pane_can_be_named(shell: Shell, desk: Desk, place: str) -> None:
    desk.navigate(place)
    assert nameless(shell.window) == []


def test_the_first_page_can_be_named(shell: Shell) -> None:
    assert nameless(shell.window) == []


DIALOGS: dict[str, Callable[[Shell, Store], QWidget]] = {
    "settings": lambda shell, store: FileSettings(store),
    "preferences": lambda shell, store: Preferences(shell.window.state, shell.window.theme, "ann"),
    "history": lambda shell, store: History(store, lambda _text: None),
    "keys": lambda shell, store: KeyboardMap(shell.window.dispatch.registry),
    "properties": lambda shell, store: PropertiesDialog(portfolio_properties(store)),
    "restore": lambda shell, store: Restore(Path("nowhere.pmo")),
    "point": lambda shell, store: OneField("Save a named point", "", "Name", "Save point", lambda _text: None),
    "about": lambda shell, store: About("1"),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_can_be_named(shell: Shell, sample: Store, qtbot: QtBot, name: str) -> None:
    dialog = DIALOGS[name](shell, sample)
    qtbot.addWidget(dialog)
    assert nameless(dialog) == []


def test_the_palette_can_be_named(shell: Shell, desk: Desk) -> None:
    shell.window.dispatch.perform("go.palette")
    assert shell.viewing.palette is not None
    assert nameless(shell.viewing.palette) == []
