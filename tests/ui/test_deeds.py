"""Deeds on the file as a whole: undo and redo, settings, the data date, exports, points, backups, checks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.files import back_up, list_backups
from pmo_desktop.operations.history import Undone, latest_batches
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.backup import SECOND_VARIABLE
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from pmo_desktop.store.refusal import Refusal
from pmo_desktop.store.rows import read_row, read_rows, read_settings
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.about import About
from pmo_desktop.ui.dialogs.datefield import CalendarPopup
from pmo_desktop.ui.dialogs.filesettings import FileSettings
from pmo_desktop.ui.dialogs.history import History
from pmo_desktop.ui.dialogs.keymap import KeyboardMap
from pmo_desktop.ui.dialogs.onefield import OneField
from pmo_desktop.ui.dialogs.preferences import Preferences
from pmo_desktop.ui.dialogs.properties import PropertiesDialog
from pmo_desktop.ui.dialogs.restore import Restore
from pmo_desktop.ui.filedeeds import check_store, name_second_place
from pmo_desktop.ui.shell import Shell


@pytest.fixture
def on_file(shell: Shell, tmp_path: Path) -> Iterator[Desk]:
    """The sample as a file, open in the window."""
    store = create_store(tmp_path / "a.pmo", "Ann")
    load_sample(store)
    shell.opening.attach(store)
    assert shell.opening.desk is not None
    yield shell.opening.desk
    shell.opening.close()


def toast(shell: Shell) -> str:
    return shell.window.toast_bar.words.text()


def test_undo_and_redo_say_what_they_did(shell: Shell, desk: Desk, sample: Store) -> None:
    project = read_rows(sample, "project")[0]
    edit_cells(sample, "project", [Edit(project["id"], "name", "Another")])
    shell.window.dispatch.perform("edit.undo")
    assert read_row(sample, "project", project["id"])["name"] == project["name"]  # type: ignore[index]
    assert toast(shell).startswith("Undone: ")
    shell.window.dispatch.perform("edit.redo")
    assert read_row(sample, "project", project["id"])["name"] == "Another"  # type: ignore[index]
    assert toast(shell).startswith("Redone: ")


def test_with_nothing_left_to_undo_a_sentence_says_so(shell: Shell, desk: Desk) -> None:
    shell.window.dispatch.perform("edit.undo")  # the loading of the sample
    shell.window.dispatch.perform("edit.undo")
    assert shell.window.statusbar.counts.text() == "There is nothing to undo."


def test_the_data_date_is_set_and_taken_back(shell: Shell, desk: Desk, sample: Store, qtbot: QtBot) -> None:
    before = read_settings(sample)["data_date"]
    deed = desk.handlers["file.data_date"].__self__  # type: ignore[attr-defined]
    deed._set_data_date(date(2026, 12, 1))
    assert read_settings(sample)["data_date"] == date(2026, 12, 1)
    qtbot.waitUntil(lambda: "1 December 2026" in shell.window.statusbar.date.text())
    shell.window.toast_bar._act()
    assert read_settings(sample)["data_date"] == before


def test_the_workbook_is_exported_where_one_says(
    shell: Shell, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shell.window.dispatch.perform("file.export")
    qtbot.waitUntil(lambda: "exported to out.xlsx" in toast(shell), timeout=30_000)
    assert target.stat().st_size > 5_000


def test_choosing_no_place_writes_nothing(shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    shell.window.dispatch.perform("file.export")
    assert not shell.window.runner.busy


def test_a_named_point_is_a_line_of_the_history(shell: Shell, on_file: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(dialog: OneField) -> int:
        dialog.field.setText("Before the board")
        dialog.try_accept()
        return dialog.result()

    monkeypatch.setattr(OneField, "exec", fill)
    shell.window.dispatch.perform("file.point")
    assert latest_batches(on_file.store, 1)[0].what == "Before the board"
    assert toast(shell) == "Named point saved: Before the board"


def test_a_point_without_a_name_is_refused_in_the_dialog(
    shell: Shell, on_file: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = latest_batches(on_file.store, 1)[0].batch

    def refuse(dialog: OneField) -> int:
        dialog.try_accept()
        assert dialog._message is not None
        return dialog.result()

    monkeypatch.setattr(OneField, "exec", refuse)
    shell.window.dispatch.perform("file.point")
    assert latest_batches(on_file.store, 1)[0].batch == before


def test_a_backup_is_made_and_told(shell: Shell, on_file: Desk, qtbot: QtBot) -> None:
    shell.window.dispatch.perform("file.backup")
    qtbot.waitUntil(lambda: toast(shell).startswith("Backup made and verified"), timeout=10_000)


def test_a_copy_is_saved_and_can_be_opened(
    shell: Shell, on_file: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.pmo"), ""))
    shell.window.dispatch.perform("file.copy")
    qtbot.waitUntil(lambda: toast(shell) == "Copy saved: copy.pmo", timeout=10_000)
    assert (tmp_path / "copy.pmo").is_file()


def test_a_copy_over_another_file_is_refused_by_a_banner(
    shell: Shell, on_file: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "there.pmo").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "there.pmo"), ""))
    shell.window.dispatch.perform("file.copy")
    qtbot.waitUntil(lambda: "known" in shell.window.banners._banners, timeout=10_000)
    assert (tmp_path / "there.pmo").read_text() == "mine"


def test_a_sound_file_is_said_to_be_sound(shell: Shell, on_file: Desk, qtbot: QtBot) -> None:
    assert check_store(on_file.store) == []
    shell.window.dispatch.perform("tools.check")
    qtbot.waitUntil(lambda: "nothing is wrong" in toast(shell), timeout=10_000)


def test_dialogs_open_by_their_commands(shell: Shell, on_file: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    for kind in (FileSettings, History, PropertiesDialog, Restore, Preferences, KeyboardMap, About):
        monkeypatch.setattr(kind, "exec", lambda dialog: shown.append(type(dialog).__name__))
    commands = ("file.settings", "edit.history", "file.properties", "file.restore", "edit.preferences")
    for command in (*commands, "help.keyboard", "help.about"):
        assert shell.window.dispatch.perform(command)
    expected = ["FileSettings", "History", "PropertiesDialog", "Restore", "Preferences", "KeyboardMap", "About"]
    assert shown == expected


def test_a_restored_file_can_be_opened_from_the_toast(
    shell: Shell, on_file: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    back_up(on_file.store)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "back.pmo"), ""))
    monkeypatch.setattr(Restore, "exec", lambda dialog: (dialog.try_accept(), dialog.result())[1])
    shell.window.dispatch.perform("file.restore")
    assert toast(shell) == "Restored to back.pmo"
    with qtbot.waitSignal(shell.window.opening):
        shell.window.toast_bar.button.click()
    qtbot.waitUntil(lambda: shell.opening.desk is not None and shell.opening.desk.path == tmp_path / "back.pmo")


def test_the_calendar_opens_over_the_status_bar(shell: Shell, desk: Desk) -> None:
    shell.window.dispatch.perform("file.data_date")
    popup = shell.window.findChild(CalendarPopup)
    assert popup is not None
    assert popup.calendar.selectedDate().year() == 2026
    popup.findChildren(Button)[-1].click()
    assert read_settings(desk.store)["data_date"] is None


def test_an_undo_that_had_to_leave_something_says_what(
    shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = read_rows(desk.store, "project")[0]
    refused = Undone(None, (Refusal("project", project["id"], "name", 1),), "Undo: Change project")
    deeds = desk.handlers["file.settings"].__self__  # type: ignore[attr-defined]
    deeds._step(lambda _store: refused, "Undone")
    words = shell.window.banners._banners["undo"].words.text()
    assert words.startswith("Undone: Change project. Kept, since somebody edited it afterwards: Project of ")


def test_what_is_wrong_with_a_file_is_said_with_a_way_out(shell: Shell, on_file: Desk) -> None:
    deeds = on_file.handlers["tools.check"].__self__  # type: ignore[attr-defined]
    deeds._tell_check(["One row is torn.", "One link leads nowhere."])
    banner = shell.window.banners._banners["check"]
    assert "2 things are wrong" in banner.words.text()
    assert banner.findChild(Button).text() == "Restore from backup…"  # type: ignore[union-attr]


def test_a_backup_is_made_when_one_is_due(shell: Shell, on_file: Desk, qtbot: QtBot) -> None:
    deeds = on_file.handlers["tools.check"].__self__  # type: ignore[attr-defined]
    before = len(list_backups(on_file.path))  # type: ignore[arg-type]
    deeds._back_up_if_due("OPENED")
    qtbot.waitUntil(lambda: len(list_backups(on_file.path)) == before + 1, timeout=10_000)  # type: ignore[arg-type]


def test_the_second_place_reaches_the_store_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    surroundings: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", surroundings)
    name_second_place("")
    assert surroundings == {}
    name_second_place("/second")
    name_second_place("/third")
    assert surroundings == {SECOND_VARIABLE: "/second"}


def test_a_file_that_was_closed_has_no_backup_due(on_file: Desk, shell: Shell) -> None:
    timers = on_file.findChildren(QTimer)
    assert sum(timer.isActive() for timer in timers) >= 2
    shell.opening.close()
    assert not any(timer.isActive() for timer in timers)


def test_backups_of_one_minute_are_told_apart(on_file: Desk, qtbot: QtBot) -> None:
    edit_cells(on_file.store, "project", [Edit(read_rows(on_file.store, "project")[0]["id"], "name", "One")])
    for _ in range(2):
        back_up(on_file.store)
        qtbot.wait(1_100)
    assert on_file.path is not None
    dialog = Restore(on_file.path)
    qtbot.addWidget(dialog)
    words = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(set(words)) == len(words) >= 2
