"""Opening: a file in a worker, the sample, a new one; and what is offered when a file will not open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.files import back_up
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.errors import OnShare
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.dialogs.restore import Restore
from pmo_desktop.ui.firstrun import FirstRun
from pmo_desktop.ui.importer import window as importer
from pmo_desktop.ui.shell import Shell
from pmo_desktop.ui.state import remember_file

LONG = 20_000


def make(path: Path) -> Path:
    store = create_store(path, "Ann")
    load_sample(store)
    back_up(store)
    store.close()
    return path


def opened(shell: Shell) -> bool:
    return shell.opening.desk is not None


def press(shell: Shell, key: str) -> None:
    banner = shell.window.banners._banners[key]
    banner.findChild(Button).click()  # type: ignore[union-attr]  # it was just shown


def test_a_portfolio_is_opened_in_a_worker_and_remembered(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = make(tmp_path / "a.pmo")
    shell.opening.open_path(path)
    assert shell.window.header.title.text() == "Opening a.pmo…"
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    assert shell.window.state.value("files/last") == str(path.resolve())
    shell.opening.close()


def test_the_place_of_a_file_is_told_once(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    store = create_store(tmp_path / "a.pmo", "Ann")
    shell.opening.attach(store)
    banner = shell.window.banners._banners["place"]
    assert str(tmp_path / "a.pmo") in banner.accessibleName()
    assert "One person edits it at a time" in banner.accessibleName()
    shell.opening.close()
    shell.opening.open_path(tmp_path / "a.pmo")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    assert "place" not in shell.window.banners._banners
    shell.opening.close()


def test_the_sample_opens_as_a_copy_of_ones_own(shell: Shell, qtbot: QtBot, own_folders: Path) -> None:
    shell.window.dispatch.perform("file.sample")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    desk = shell.opening.desk
    assert desk is not None
    assert desk.path is not None
    assert own_folders in desk.path.parents
    assert row_count(desk.store, "project") > 20
    assert "sample" in shell.window.banners._banners
    shell.opening.close()


def test_a_new_portfolio_is_made_where_one_says(
    shell: Shell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    shell.window.dispatch.perform("file.new")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    assert (tmp_path / "mine.pmo").is_file()
    shell.opening.close()


def test_thinking_better_of_it_opens_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    for command in ("file.new", "file.open"):
        shell.window.dispatch.perform(command)
    assert not shell.window.runner.busy


def test_choosing_a_portfolio_opens_it(
    shell: Shell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.pmo")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shell.window.dispatch.perform("file.open")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    shell.window.dispatch.perform("file.close")
    assert not opened(shell)
    assert shell.window.stack.currentWidget() is shell.window.first


def test_what_is_no_portfolio_is_refused_in_one_sentence(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.pmo"
    path.write_text("not a database at all, only some words that are long enough to look like a file")
    shell.opening.open_path(path)
    qtbot.waitUntil(lambda: "known" in shell.window.banners._banners, timeout=LONG)
    assert "not a portfolio" in shell.window.banners._banners["known"].accessibleName()
    assert shell.window.stack.currentWidget() is shell.window.first


def test_a_held_portfolio_can_be_read(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = make(tmp_path / "a.pmo")
    holder = _hold(path)
    try:
        shell.opening.open_path(path)
        qtbot.waitUntil(lambda: "opening" in shell.window.banners._banners, timeout=LONG)
        press(shell, "opening")
        qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
        assert shell.opening.desk is not None
        assert shell.opening.desk.store.readonly
        assert "note0" in shell.window.banners._banners
    finally:
        holder.close()
        shell.opening.close()


def test_a_read_only_portfolio_offers_no_deed_that_writes(shell: Shell, sample: Store, tmp_path: Path) -> None:
    shell.opening.attach(sample.copy_to_memory())
    assert not shell.window.dispatch.registry["file.data_date"].isEnabled()
    assert not shell.window.statusbar.date.isEnabled()
    shown = [each for each in shell.window.header.findChildren(Button) if each.text() == "Set data date"]
    assert [each.isEnabled() for each in shown] == [False]
    shell.opening.bring_in(tmp_path / "register.xlsx")
    assert not [each for each in QApplication.topLevelWidgets() if type(each).__name__ == "ImportWindow"]
    assert "Save a copy" in shell.window.statusbar.counts.text()


def _hold(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202  a bare connection as another program would hold
    import sqlite3  # noqa: PLC0415  only this test plays another program

    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA locking_mode=EXCLUSIVE")
    raw.execute("BEGIN EXCLUSIVE")
    return raw


def test_opening_another_file_keeps_the_present_one_until_it_is_there(
    shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    first = make(tmp_path / "a.pmo")
    shell.opening.open_path(first)
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    shell.opening.open_path(tmp_path / "missing.pmo")
    qtbot.waitUntil(lambda: "known" in shell.window.banners._banners, timeout=LONG)
    assert shell.opening.desk is not None
    assert shell.opening.desk.path == first.resolve()
    shell.opening.close()


def test_a_damaged_portfolio_can_be_restored_at_once(
    shell: Shell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.pmo")
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\x5a" * (len(content) // 2 - 8192)
    path.write_bytes(bytes(content))
    shell.opening.open_path(path)
    qtbot.waitUntil(lambda: "opening" in shell.window.banners._banners, timeout=LONG)
    assert "damaged" in shell.window.banners._banners["opening"].accessibleName()
    monkeypatch.setattr(Restore, "exec", lambda dialog: (dialog.try_accept(), dialog.result())[1])
    press(shell, "opening")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    assert list(tmp_path.glob("a.pmo.damaged-*"))
    shell.opening.close()


def test_a_portfolio_on_a_share_opens_when_one_says_so(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = make(tmp_path / "a.pmo")
    shell.opening._offer(path, OnShare("It lies on a network share."))
    press(shell, "opening")
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    shell.opening.close()


def test_the_portfolio_menu_offers_recent_files_and_new_ones(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    path = make(tmp_path / "a.pmo")
    remember_file(shell.window.state, path)
    shell.window.nav.switching.emit()
    menu = shell.window.findChildren(QMenu)[-1]
    words = [action.text().replace("&", "") for action in menu.actions()]
    assert words[0] == "a.pmo"
    assert "New portfolio..." in words
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: opened(shell), timeout=LONG)
    menu.close()
    shell.opening.close()


def test_a_workbook_without_a_portfolio_asks_where_the_new_one_shall_lie(
    shell: Shell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "register.xlsx"
    book.touch()
    brought: list[Path | None] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(book), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.pmo"), ""))
    monkeypatch.setattr(importer, "open_importer", lambda _context, path, _parent: brought.append(path))
    shell.window.dispatch.perform("file.import")
    qtbot.waitUntil(lambda: brought == [book], timeout=LONG)
    assert (tmp_path / "new.pmo").is_file()
    shell.opening.open_path(book)
    assert brought == [book, book]
    shell.opening.close()


def test_no_workbook_chosen_brings_nothing_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    shell.window.dispatch.perform("file.import")
    assert not shell.window.runner.busy


@pytest.mark.parametrize("scale", [100, 120, 130, 150])
def test_the_time_a_start_takes_is_said_only_where_it_fits_beside_the_button(shell: Shell, scale: int) -> None:
    shell.window.theme.set_scale(scale)
    page = FirstRun()
    page.resize(1280, 700)
    page.show()
    QApplication.processEvents()
    for button in page.findChildren(Button):
        card = button.parentWidget()
        assert isinstance(card, QWidget)
        beside = [each for each in card.findChildren(QLabel) if "minutes" in each.text()]
        assert not any(each.geometry().intersects(button.geometry()) for each in beside)
    page.close()
    shell.window.theme.set_scale(100)
