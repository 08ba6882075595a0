"""The registry: every command once, no shortcut twice, all of them from the design's keyboard map."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.resources import resource_path
from pmo_desktop.ui.actions import PANE_COMMANDS, ActionRegistry, as_tuple, plain_text
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.commands import SHELL_COMMANDS
from pmo_desktop.ui.places import PLACES


@pytest.fixture
def registry(qtbot: QtBot) -> ActionRegistry:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = ActionRegistry(owner)
    made.owner = owner  # type: ignore[attr-defined]  # keeps it alive for the test
    return made


def designed() -> set[str]:
    """Every key of the keyboard map in the tokens, as Qt spells it."""
    maps = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))["shortcuts"]
    spelled = {"Plus": "+", "Minus": "-", "Enter": "Return", "Delete": "Del"}
    keys = set()
    for name in ("global", "grid", "capacity"):
        for key in maps[name]:
            parts = [spelled.get(part, part) for part in key.split("+")]
            keys.add(QKeySequence("+".join(parts)).toString())
    return keys


def test_every_shortcut_stands_in_the_keyboard_map() -> None:
    extra = {"Ctrl+="}  # Ctrl+Plus without Shift, as on most keyboards
    used = {
        QKeySequence(key).toString() for each in (*SHELL_COMMANDS, *PANE_COMMANDS) for key in as_tuple(each.shortcut)
    }
    assert used - designed() - extra == set()


def test_numbers_of_panes_are_the_reserved_ones() -> None:
    reserved = {
        "home": "1",
        "projects": "2",
        "timeline": "3",
        "capacity": "4",
        "risks": "5",
        "governance": "6",
        "portfolio": "7",
        "methods": "8",
        "knowledge": "9",
        "reports": "0",
    }
    assert {place.name: place.number for place in PLACES if place.number} == {
        place.name: reserved[place.name] for place in PLACES if place.number
    }


def test_all_commands_register_without_a_clash(registry: ActionRegistry) -> None:
    registry.add_pane_commands(lambda _id: None)
    for each in SHELL_COMMANDS:
        registry.add(each.id, each.text, shortcut=each.shortcut, menu=each.menu)
    keys = [key for entry in registry for key in entry.shortcuts]
    assert len(keys) == len(set(keys))


def test_an_id_used_twice_is_refused(registry: ActionRegistry) -> None:
    registry.add("a", "A")
    with pytest.raises(ValueError, match="registered twice"):
        registry.add("a", "B")


def test_a_shortcut_used_twice_is_refused(registry: ActionRegistry) -> None:
    registry.add("a", "A", shortcut=("Ctrl+1", "Ctrl+2"))
    with pytest.raises(ValueError, match="belongs to a"):
        registry.add("b", "B", shortcut="Ctrl+2")


def test_a_command_runs_its_slot_once(registry: ActionRegistry) -> None:
    called: list[int] = []
    registry.add("a", "A", lambda: called.append(1)).trigger()
    assert called == [1]


def test_menus_hold_their_commands_in_sections(registry: ActionRegistry) -> None:
    for id_, menu, section in (("a", "File", 1), ("b", "File", 0), ("c", "View/Density", 0), ("d", "", 0)):
        registry.add(id_, id_.upper(), menu=menu, section=section)
    bar = QMenuBar()
    menus = registry.build_menus(bar)
    assert [action.text() for action in menus["File"].actions()] == ["B", "", "A"]
    assert [action.text() for action in menus["View/Density"].actions()] == ["C"]
    assert [action.text() for action in bar.actions()][:2] == ["&File", "&Edit"]


def test_menu_texts_lose_their_marks_elsewhere() -> None:
    assert plain_text("&Save && go...") == "Save & go…"


def test_a_button_follows_its_action(registry: ActionRegistry, qtbot: QtBot) -> None:
    action = registry.add("a", "&New...", enabled=False)
    button = action_button(action)
    qtbot.addWidget(button)
    assert not button.isEnabled()
    action.setEnabled(True)
    assert button.isEnabled()


def test_every_menu_item_has_a_mnemonic() -> None:
    lacking = [each.id for each in (*SHELL_COMMANDS, *PANE_COMMANDS) if "&" not in each.text]
    assert lacking == []
