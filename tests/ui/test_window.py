"""The window: its first frame, first page, regions, room, drops, and what it remembers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.firstrun import RecentFile, when_words
from pmo_desktop.ui.shell import Shell, furnish_shell
from pmo_desktop.ui.state import remember_file
from pmo_desktop.ui.theme import Theme
from pmo_desktop.ui.viewing import first_focusable, holds
from pmo_desktop.ui.window import Window, dropped_path


def dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_the_first_frame_comes_before_the_furniture(qtbot: QtBot, qapp: QApplication, state: QSettings) -> None:
    window = Window(state, Theme("light"))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_frame):
        window.show()
        window.repaint()
    assert not window.furnished
    furnish_shell(window)
    assert window.furnished


def test_an_unfurnished_window_can_be_closed(qtbot: QtBot, qapp: QApplication, state: QSettings) -> None:
    window = Window(state, Theme("light"))
    qtbot.addWidget(window)
    window.show()
    assert window.close()


def test_without_a_portfolio_there_is_the_first_page_alone(shell: Shell) -> None:
    window = shell.window
    assert window.stack.currentWidget() is window.first
    assert not window.nav.isVisible()
    assert not window.header.isVisible()
    assert window.topbar.isVisible()


def test_the_first_page_lists_the_files_opened_last(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.pmo"
    path.touch()
    remember_file(shell.window.state, path)
    shell.window.show_first_run()
    rows = shell.window.first.findChildren(RecentFile)
    with qtbot.waitSignal(shell.window.first.opening) as told:
        rows[-1].click()
    assert told.args == [path]


def test_today_is_called_today() -> None:
    now = datetime.now().astimezone()
    assert when_words(now) == f"Today {now:%H:%M}"
    assert when_words(datetime(2026, 11, 9, 12).astimezone()) == "9 Nov 2026"


@pytest.mark.parametrize(
    "names,found",
    [
        (["a.pmo"], "a.pmo"),
        (["a.xlsx"], "a.xlsx"),
        (["a.CSV"], "a.CSV"),
        (["a.txt", "b.ods"], "b.ods"),
        (["a.txt"], None),
        ([], None),
    ],
)
def test_portfolios_and_workbooks_may_be_dropped(tmp_path: Path, names: list[str], found: str | None) -> None:
    path = dropped_path(dropped(*(tmp_path / name for name in names)))
    assert (path.name if path else None) == found


@pytest.mark.filterwarnings("ignore:Function. 'QDragEnterEvent:DeprecationWarning")  # what replaces it is not in 6.11
def test_a_dropped_file_is_asked_for(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    shell.window.opening.disconnect()
    data = dropped(tmp_path / "a.pmo")
    place, none = QPointF(10, 10), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    shell.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert "a.pmo" in shell.window.statusbar.counts.text()
    drop = QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(shell.window.opening) as told:
        shell.window.dropEvent(drop)
    assert told.args == [tmp_path / "a.pmo"]


def test_f6_visits_every_region_and_comes_round(shell: Shell, desk: Desk) -> None:
    window = shell.window
    regions = window.regions()
    reached = [part for part in regions if first_focusable(part) is not None]
    first_focusable(reached[0]).setFocus()  # type: ignore[union-attr]  # it was just found
    visited = []
    for _ in reached:
        shell.viewing._go_region(1)
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(next(index for index, part in enumerate(reached) if holds(part, focused)))
    assert sorted(visited) == list(range(len(reached)))


def test_large_text_in_a_small_window_collapses_the_navigation(shell: Shell, desk: Desk) -> None:
    shell.window.resize(1200, 760)
    assert not shell.window.nav.collapsed
    shell.window.theme.set_scale(150)
    assert shell.window.nav.collapsed


def test_the_window_tells_its_pane_when_room_is_short(
    shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    assert shell.window.pane is not None
    monkeypatch.setattr(shell.window.pane, "set_narrow", told.append)
    shell.window.resize(1270, 760)
    shell.window.resize(1400, 760)
    assert told[-2:] == [True, False]


def test_what_changed_is_remembered_after_a_moment(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    desk.navigate("reports")
    shell.window.dispatch.perform("view.nav")
    qtbot.waitUntil(lambda: shell.window.state.value("window/pane") == "reports", timeout=3000)
    assert shell.window.state.value("window/nav_collapsed") in (True, "true")


def test_following_the_system_asks_the_system_again(shell: Shell) -> None:
    shell.window.theme.set_name("system")
    shell.window.changeEvent(QEvent(QEvent.Type.ThemeChange))
    assert shell.window.theme.choice == "system"


def test_a_sentence_gives_way_to_the_counts_again(shell: Shell) -> None:
    bar = shell.window.statusbar
    bar.show_facts("22 projects | 1 selected")
    bar.say("Slip is calculated.")
    assert bar.counts.text() == "Slip is calculated."
    bar._quiet.stop()
    bar._show_facts()
    assert bar.counts.text() == "22 projects | 1 selected"
