"""The palette: opens over the window, finds, moves by keys, runs, remembers, and gives the focus back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.records import create_record
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.palette import Palette
from pmo_desktop.ui.shell import Shell


@pytest.fixture
def palette(shell: Shell, desk: Desk) -> Palette:
    shell.window.dispatch.perform("go.palette")
    assert shell.viewing.palette is not None
    return shell.viewing.palette


def test_it_covers_the_window_and_takes_the_keys(shell: Shell, palette: Palette) -> None:
    assert palette.isVisible()
    assert palette.size() == shell.window.size()
    shell.window.resize(1300, 800)
    assert palette.size() == shell.window.size()


def test_records_and_commands_are_found(palette: Palette, desk: Desk) -> None:
    project = read_rows(desk.store, "project")[0]
    palette.field.setText(project["ref"])
    assert palette.shown()[0].key == f"projects:{project['id']}"
    palette.field.setText("> back up")
    assert palette.shown() == [] or all(each.group == "Commands" for each in palette.shown())


def test_a_risk_is_found_by_its_reference_and_by_its_name(shell: Shell, desk: Desk) -> None:
    project = read_rows(desk.store, "project")[0]
    risk = create_record(desk.store, "risk", {"ref": "R-814", "title": "Drought", "project": project["id"]})
    shell.window.dispatch.perform("go.palette")
    palette = shell.viewing.palette
    assert palette is not None
    for words in ("R-814", "drought"):
        palette.field.setText(words)
        found = palette.shown()[0]
        assert (found.key, found.note) == (f"risks:{risk}", f"risk, {project['name']}, Open")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert shell.window.pane is not None
    assert shell.window.pane.name == "risks"


def test_nothing_found_is_said(palette: Palette) -> None:
    palette.field.setText("zzzzzz")
    assert palette.shown() == []
    assert "zzzzzz" in palette.model.item(0).text()


def test_arrows_skip_the_headings_and_come_round(palette: Palette, qtbot: QtBot) -> None:
    palette.field.setText("re")
    rows = len(palette.shown())
    assert rows > 2
    seen = []
    for _ in range(rows):
        seen.append(palette.list.currentIndex().row())
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert len(set(seen)) == rows
    assert palette.list.currentIndex().row() == seen[0]
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == seen[-1]


def test_enter_goes_there_and_it_is_recent_next_time(shell: Shell, palette: Palette, qtbot: QtBot) -> None:
    palette.field.setText("> keyboard")
    shell.window.dispatch.handlers["help.keyboard"] = lambda: None
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    shell.window.dispatch.perform("go.palette")
    assert palette.shown()[0].group == "Recent"
    assert palette.shown()[0].key == "help.keyboard"


def test_choosing_a_project_opens_its_pane(shell: Shell, palette: Palette, desk: Desk, qtbot: QtBot) -> None:
    project = read_rows(desk.store, "project")[3]
    palette.field.setText(f"#{project['ref']}")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert shell.window.pane is not None
    assert shell.window.pane.name == "projects"


def test_escape_and_a_click_beside_leave_everything_as_it_was(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    shell.window.nav.items["home"].setFocus()
    before = QApplication.focusWidget()
    shell.window.dispatch.perform("go.palette")
    assert shell.viewing.palette is not None
    QTest.keyClick(shell.viewing.palette.field, Qt.Key.Key_Escape)
    assert not shell.viewing.palette.isVisible()
    assert QApplication.focusWidget() is before
    shell.window.dispatch.perform("go.palette")
    QTest.mouseClick(shell.viewing.palette, Qt.MouseButton.LeftButton, pos=shell.viewing.palette.rect().bottomLeft())
    assert not shell.viewing.palette.isVisible()


def test_without_a_portfolio_it_offers_commands_only(shell: Shell) -> None:
    shell.window.dispatch.perform("go.palette")
    assert shell.viewing.palette is not None
    assert {each.group for each in shell.viewing.palette.shown()} == {"Commands"}
    assert "edit.undo" not in {each.key for each in shell.viewing.palette.shown()}
