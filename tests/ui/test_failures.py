"""Errors on screen: a known one is its sentence, a fault a report without values, and the app goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pmo_desktop.store.errors import Known
from pmo_desktop.ui.banner import Banner
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.failures import describe_fault, is_known, log, open_log
from pmo_desktop.ui.shell import Shell

SECRET = "Harbour tunnel £4,200,000"


def fault() -> BaseException:
    rows: dict[str, str] = {}
    try:
        rows[SECRET]
    except KeyError as error:
        return error
    return ValueError("a missing key was found")


@pytest.fixture
def hook(shell: Shell) -> Iterator[Shell]:
    before = sys.excepthook
    shell.failures.install()
    yield shell
    sys.excepthook = before


def banner(shell: Shell, key: str) -> Banner:
    return shell.window.banners._banners[key]


def test_a_known_error_is_its_sentence(shell: Shell) -> None:
    shell.failures.show(Known("The disk is full."))
    assert banner(shell, "known").words.text() == "The disk is full."
    assert banner(shell, "known").kind == "err"


def test_a_fault_offers_a_report_without_values(shell: Shell, qapp: QApplication) -> None:
    shell.failures.show(fault())
    banner(shell, "fault").findChild(Button).click()  # type: ignore[union-attr]  # the banner has one
    report = QApplication.clipboard().text()
    assert "KeyError" in report
    assert "test_failures.py" in report
    assert "PySide6" in report
    assert SECRET not in report
    assert SECRET not in banner(shell, "fault").words.text()


def test_what_nobody_caught_is_caught_at_last(hook: Shell) -> None:
    error = fault()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "fault" in hook.window.banners._banners
    known = Known("Nothing was changed.")
    sys.excepthook(type(known), known, None)
    assert banner(hook, "known").words.text() == "Nothing was changed."


def test_an_interrupt_closes_the_window(hook: Shell) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not hook.window.isVisible()


def test_the_log_has_the_lines_and_no_values(tmp_path: Path) -> None:
    file = open_log(tmp_path / "log")
    try:
        for _ in range(2):
            error = fault()
            log.error("%s", describe_fault(type(error), error.__traceback__))
    finally:
        handler = log.handlers[-1]
        log.removeHandler(handler)
        handler.close()
    written = file.read_text(encoding="utf-8")
    assert written.count("KeyError") == 2
    assert SECRET not in written


def test_a_command_that_fails_shows_why_and_the_window_goes_on(shell: Shell) -> None:
    def fail() -> None:
        raise Known("It cannot be done.")

    shell.window.dispatch.handlers["help.about"] = fail
    assert shell.window.dispatch.perform("help.about")
    assert banner(shell, "known").words.text() == "It cannot be done."


def test_a_banner_goes_when_it_is_closed(shell: Shell) -> None:
    shell.failures.show(Known("One."))
    shell.failures.show(Known("Two."))
    assert banner(shell, "known").words.text() == "Two."
    banner(shell, "known").close_banner()
    assert not shell.window.banners.isVisible()


@pytest.mark.parametrize("error,known", [(Known("x"), True), (ValueError("x"), False), (None, False)])
def test_known_is_told_from_fault(error: BaseException | None, known: bool) -> None:
    assert is_known(error) is known
