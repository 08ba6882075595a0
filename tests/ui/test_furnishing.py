"""What an open file needs of the window is read a module a turn, in the window's thread, and at once when it must."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.ui import furnishing
from pmo_desktop.ui.furnishing import MODULES, Furnishing


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules that are read, in order."""
    names: list[str] = []

    def note(name: str) -> None:
        assert threading.current_thread() is threading.main_thread()
        names.append(name)

    monkeypatch.setattr(furnishing, "import_module", note)
    return names


WANTED = [f"pmo_desktop.{name}" for name in (*MODULES, "ui.panes.home")]


def test_modules_are_read_one_a_turn(read: list[str], qtbot: QtBot) -> None:
    begun = Furnishing("ui.panes.home")
    assert read == []
    qtbot.waitUntil(lambda: len(read) == len(WANTED))
    assert read == WANTED
    begun.finish()
    assert read == WANTED


def test_what_is_left_is_read_at_once_when_the_file_is_there(read: list[str], qtbot: QtBot) -> None:
    begun = Furnishing("ui.panes.home")
    begun.finish()
    assert read == WANTED
    qtbot.wait(10)
    assert read == WANTED
