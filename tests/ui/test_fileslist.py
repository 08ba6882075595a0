"""The files page of the inspector: attached by button and by drop, opened, exported, removed and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from pmo_desktop.operations.history import undo
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui import fileslist, openfile
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.fileslist import FilesList
from pmo_desktop.ui.inspectortabs import FilesTab
from pmo_desktop.ui.panes.register import RegisterPane
from tests.builders import a_project
from tests.ui.test_names import nameless

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def sample(empty: Store) -> Store:
    return empty


@pytest.fixture
def files(desk: Desk, sample: Store) -> FilesList:
    desk.navigate("projects", a_project(sample, "Billing", ref="HW-101", lifecycle_status="Active"))
    pane = desk.window.pane
    assert isinstance(pane, RegisterPane)
    inspector = pane.inspector
    tab = next(each for each in inspector.tabs if isinstance(each, FilesTab))
    inspector.refresh()
    inspector.bar.setCurrentIndex(inspector.tabs.index(tab))
    inspector.refresh()
    return tab.files


def a_file(folder: Path, name: str = "plan.txt") -> Path:
    path = folder / name
    path.write_text("A plan", encoding="utf-8")
    return path


def settle(files: FilesList) -> None:
    QApplication.processEvents()
    files.show_row(files.row, editable=True)


def choose(monkeypatch: pytest.MonkeyPatch, name: str, answer: object) -> None:
    monkeypatch.setattr(QFileDialog, name, lambda *_rest: answer)


def test_nothing_is_said_with_what_to_do(files: FilesList) -> None:
    assert not files.none.isHidden()
    assert nameless(files) == []


def test_a_file_is_attached_shown_removed_and_brought_back(
    files: FilesList, sample: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getOpenFileNames", ([], ""))
    files.file_button.click()
    choose(monkeypatch, "getOpenFileNames", ([str(a_file(tmp_path)), str(tmp_path / "gone.txt")], ""))
    files.file_button.click()
    settle(files)
    assert [each["name"] for each in read_rows(sample, "attachment")] == ["plan.txt"]
    assert files.none.isHidden()
    files.parts[0].buttons["remove"].click()
    assert read_rows(sample, "attachment") == []
    undo(sample)
    assert len(read_rows(sample, "attachment")) == 1


def test_a_dropped_file_is_attached(files: FilesList, sample: Store, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_file(tmp_path)))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, NONE)
    QApplication.sendEvent(files, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(files, QDropEvent(QPointF(5, 5), copy, data, left, NONE))
    assert len(read_rows(sample, "attachment")) == 1


def test_a_link_is_added_and_opened_and_a_wrong_one_said(
    files: FilesList, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.link_button.click()
    assert files.dialog is not None
    files.dialog.field.setText("file:///etc/passwd")
    files.dialog.try_accept()
    assert files.dialog.isVisible()
    files.dialog.field.setText("https://example.org/plan")
    files.dialog.try_accept()
    settle(files)
    opened: list[object] = []
    monkeypatch.setattr(fileslist, "open_with_system", opened.append)
    files.parts[0].buttons["open"].click()
    assert opened == ["https://example.org/plan"]
    assert "export" not in files.parts[0].buttons


def test_a_file_is_opened_as_a_copy_and_exported(
    files: FilesList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.attach([a_file(tmp_path)])
    settle(files)
    opened: list[Path] = []
    monkeypatch.setattr(fileslist, "open_with_system", opened.append)
    files.parts[0].buttons["open"].click()
    assert opened[0].read_text(encoding="utf-8") == "A plan"
    target = tmp_path / "out"
    target.mkdir()
    for answer in ("", str(target)):
        choose(monkeypatch, "getExistingDirectory", answer)
        files.parts[0].buttons["export"].click()
    assert [each.name for each in target.iterdir()] == ["plan.txt"]


def test_what_no_program_opens_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return url.isLocalFile()

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    openfile.open_with_system(Path("a.txt"))
    with pytest.raises(Known, match="no program for it"):
        openfile.open_with_system("https://example.org")
    assert len(asked) == 2
