"""What a window remembers, and that nonsense in the file is only forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.ui.state import (
    PLACE,
    config_folder,
    is_reachable,
    open_state,
    read_bool,
    read_int,
    read_list,
    read_theme,
    recent_files,
    remember_file,
    restore_window,
    save_window,
    write_theme,
)
from pmo_desktop.ui.theme import Theme


def test_the_folder_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "mine"))
    assert config_folder() == tmp_path / "mine"


def test_without_it_the_folder_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PLACE, raising=False)
    assert "pmo-desktop" in str(config_folder())


def test_the_look_survives(state: QSettings, qapp: QApplication) -> None:
    theme = Theme("dark", "compact", 125)
    theme.set_reduced_motion(True)
    write_theme(state, theme)
    found = read_theme(state)
    assert (found.choice, found.density, found.scale, found.motion) == ("dark", "compact", 125, 0)


def test_a_spoilt_look_is_the_usual_one(state: QSettings, qapp: QApplication) -> None:
    for key, value in (("theme", "mauve"), ("density", "7"), ("scale", "huge")):
        state.setValue(f"look/{key}", value)
    found = read_theme(state)
    assert (found.choice, found.density, found.scale) == ("light", "default", 100)


@pytest.mark.parametrize("text,number", [("7", 7), ("-3", -3), ("x", 5), ("", 5)])
def test_a_number_that_is_none_counts_as_forgotten(state: QSettings, text: str, number: int) -> None:
    state.setValue("k", text)
    assert read_int(state, "k", 5) == number


@pytest.mark.parametrize("written,read", [(True, True), ("false", False), ("1", True), ("no", False)])
def test_yes_and_no_survive_the_file(state: QSettings, written: object, read: bool) -> None:
    state.setValue("k", written)
    assert read_bool(state, "k") is read


@pytest.mark.parametrize("written,read", [(["a", "b"], ["a", "b"]), ("a", ["a"]), ("", []), ([], [])])
def test_lists_survive_the_file(state: QSettings, written: object, read: list[str]) -> None:
    state.setValue("k", written)
    assert read_list(state, "k") == read


def test_recent_files_are_those_that_exist_newest_first(state: QSettings, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.pmo" for name in "abc"]
    for path in paths:
        path.touch()
        remember_file(state, path)
    remember_file(state, paths[0])
    paths[1].unlink()
    assert [path.name for path, _opened in recent_files(state)] == ["a.pmo", "c.pmo"]
    assert all(opened is not None for _path, opened in recent_files(state))


def test_a_window_comes_back_where_it_was(state: QSettings, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(40, 50, 500, 400)
    save_window(state, window)
    state.sync()
    other = QWidget()
    qtbot.addWidget(other)
    restore_window(open_state(Path(state.fileName()).parent), other)
    assert other.geometry() == QRect(40, 50, 500, 400)


def test_a_window_beyond_the_screens_keeps_only_its_size(state: QSettings, qtbot: QtBot) -> None:
    state.setValue("window/place", QRect(90_000, 90_000, 500, 400))
    window = QWidget()
    qtbot.addWidget(window)
    restore_window(state, window)
    assert (window.width(), window.height()) == (500, 400)
    assert window.x() < 90_000


def test_a_hundred_pixels_of_the_title_bar_are_enough(qapp: QApplication) -> None:
    assert is_reachable(QRect(10, 40, 500, 400))
    assert not is_reachable(QRect(-450, 40, 500, 400))
