"""The toast: one at a time, eight seconds, waiting for whoever points at it; one action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent

from pmo_desktop.ui.shell import Shell


def test_it_says_what_happened_and_offers_one_action(shell: Shell) -> None:
    undone: list[int] = []
    bar = shell.window.toast_bar
    bar.show_message("3 risks closed", "Undo", lambda: undone.append(1))
    assert bar.isVisible()
    assert bar.button.accessibleName() == "Undo: 3 risks closed"
    bar.button.click()
    assert undone == [1]
    assert not bar.isVisible()


def test_without_an_action_there_is_no_button(shell: Shell) -> None:
    shell.window.toast_bar.show_message("Copy saved")
    assert not shell.window.toast_bar.button.isVisible()


def test_a_new_one_takes_the_place_of_the_old(shell: Shell) -> None:
    bar = shell.window.toast_bar
    bar.show_message("One", "Undo", lambda: None)
    bar.show_message("Two")
    assert bar.words.text() == "Two"
    assert bar._action is None


def test_it_goes_after_its_time_but_not_under_the_pointer_or_the_focus(shell: Shell) -> None:
    bar = shell.window.toast_bar
    bar.show_message("One", "Undo", lambda: None)
    assert bar._timer.remainingTime() > 7000
    here = QPointF(1, 1)
    bar.enterEvent(QEnterEvent(here, here, here))
    assert not bar._timer.isActive()
    bar.leaveEvent(QEvent(QEvent.Type.Leave))
    assert bar._timer.isActive()
    bar.button.setFocus()
    bar._leave()
    assert bar.isVisible()
    bar.button.clearFocus()
    bar._leave()
    assert not bar.isVisible()


def test_it_stays_in_the_middle_of_the_foot(shell: Shell) -> None:
    bar, over = shell.window.toast_bar, shell.window.centralWidget()
    bar.show_message("One")
    shell.window.resize(1300, 800)
    assert over is not None
    assert abs(bar.geometry().center().x() - over.rect().center().x()) <= 1
    assert bar.geometry().bottom() < over.height()


def test_it_can_be_closed(shell: Shell) -> None:
    shell.window.toast_bar.show_message("One")
    shell.window.toast_bar.close_button.click()
    assert not shell.window.toast_bar.isVisible()
