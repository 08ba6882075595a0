"""Sending out and chasing from the window: what is chosen, refused, written and copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.asked import ASKED
from pmo_desktop.figures.reminders import remind
from pmo_desktop.figures.sendouts import chase_list, list_managers
from pmo_desktop.operations.sendouts import find_people, send_out
from pmo_desktop.store.file import Store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.chase import ChaseDialog
from pmo_desktop.ui.dialogs.sendout import SendOutDialog

TODAY = date(2026, 11, 28)


@pytest.fixture
def dialog(qtbot: QtBot, sample: Store, tmp_path: Path) -> SendOutDialog:
    made = SendOutDialog(list_managers(sample, ASKED), tmp_path, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def click(dialog: SendOutDialog | ChaseDialog, words: str) -> None:
    button = next(each for each in dialog.findChildren(type(dialog.cancel_button)) if each.text() == words)
    button.click()


def test_everybody_is_ticked_and_a_week_is_given(dialog: SendOutDialog) -> None:
    assert len(dialog.ticked()) == 10
    assert dialog.day.day() == TODAY + timedelta(days=7)
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Write 10 workbooks"


def test_ticks_are_given_and_taken_with_the_keys(dialog: SendOutDialog) -> None:
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert len(dialog.ticked()) == 9
    click(dialog, "Tick none")
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    assert dialog.commit() == "Tick at least one manager."
    click(dialog, "Tick all")
    assert len(dialog.ticked()) == 10


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda dialog: dialog.day.setText("someday"), "“someday” is no day. Type it as 13 Nov 2026 or 13/11/2026."),
        (lambda dialog: dialog.day.setText("1/1/2020"), "The day to answer by has passed. Choose a later one."),
        (lambda dialog: dialog.place.setText("/nowhere/at all"), "Choose a folder that is there."),
        (lambda dialog: dialog.place.setText(" "), "Choose a folder that is there."),
    ],
)
def test_what_is_wrong_is_said_above_the_buttons(
    dialog: SendOutDialog, change: Callable[[SendOutDialog], object], message: str
) -> None:
    change(dialog)
    assert dialog.commit() == message
    dialog.try_accept()
    assert dialog.isVisible()


def test_what_was_chosen_stands_in_the_dialog(
    dialog: SendOutDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    click(dialog, "Choose…")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    click(dialog, "Choose…")
    dialog.day.setText("")
    dialog.try_accept()
    assert (len(dialog.people), dialog.due, dialog.folder) == (10, None, folder)


def test_without_managers_it_says_so(qtbot: QtBot, empty: Store, tmp_path: Path) -> None:
    made = SendOutDialog(list_managers(empty, ASKED), tmp_path, TODAY)
    qtbot.addWidget(made)
    assert made.accept_button is not None
    assert not made.accept_button.isEnabled()


def accepting(folder: Path) -> Callable[[SendOutDialog], int]:
    """Stands in for the person: takes the dialog as it is, with another folder."""

    def take(dialog: SendOutDialog) -> int:
        dialog.place.setText(str(folder))
        dialog.try_accept()
        return dialog.result()

    return take


def test_the_command_writes_the_workbooks_and_says_where(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SendOutDialog, "exec", accepting(tmp_path))
    desk.window.dispatch.perform("file.sendout")
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.xlsx"))) == 10)
    qtbot.waitUntil(lambda: f"10 workbooks written to {tmp_path}" in texts_of(desk))
    assert len(chase_list(desk.store)) == 10


def test_nothing_happens_when_the_dialog_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SendOutDialog, "exec", lambda _dialog: 0)
    desk.window.dispatch.perform("file.sendout")
    assert not desk.window.runner.busy


def texts_of(desk: Desk) -> str:
    """Every word of the toast."""
    return " ".join(each.text() for each in desk.window.toast_bar.findChildren(QLabel))


@pytest.fixture
def chase(qtbot: QtBot, sample: Store, tmp_path: Path) -> ChaseDialog:
    people = find_people(sample, [])[:2]
    send_out(sample, people, tmp_path)
    toasts: list[str] = []
    made = ChaseDialog(chase_list(sample), lambda each: remind(each, "Change", "Ann"), toasts.append)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_letter_follows_the_row(chase: ChaseDialog) -> None:
    assert "Dear Beth Tanner" in chase.letter.text()
    chase.table.setFocus()
    QTest.keyClick(chase.table, Qt.Key.Key_Down)
    assert "Dear Callum Reid" in chase.letter.text()


def test_the_list_and_the_reminder_go_to_the_clipboard(chase: ChaseDialog, qapp: QApplication) -> None:
    click(chase, "Copy list")
    assert QGuiApplication.clipboard().text().startswith("2 answers still to come\nBeth Tanner")
    click(chase, "Copy reminder")
    assert QGuiApplication.clipboard().text().startswith("Update of Change, reminder\n\nDear Beth Tanner,")


@pytest.mark.parametrize("answered", [True, False])
def test_an_email_is_opened_or_it_says_that_none_can_be(
    chase: ChaseDialog, monkeypatch: pytest.MonkeyPatch, answered: bool
) -> None:
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toString())
        return answered

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    said: list[Any] = []
    monkeypatch.setattr(chase, "show_message", lambda *words: said.append(words))
    click(chase, "Write e-mail")
    assert asked[0].startswith("mailto:")
    assert "beth.tanner" in asked[0]
    assert bool(said) is not answered


def test_the_chase_list_of_nobody_has_nothing_to_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[ChaseDialog] = []

    def leave(dialog: ChaseDialog) -> int:
        shown.append(dialog)
        return 0

    monkeypatch.setattr(ChaseDialog, "exec", leave)
    desk.window.dispatch.perform("file.chase")
    assert not shown[0].table.isVisibleTo(shown[0])
