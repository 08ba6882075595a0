"""Reports: the pack is built off the window's thread, follows options and changes, saves and prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.material import read_material
from pmo_desktop.figures.portfolio import figure_portfolio
from pmo_desktop.figures.projects import figures_by_project
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.panes.issuechecks import Check, list_checks
from pmo_desktop.ui.panes.reports import ReportsPane
from pmo_desktop.ui.shell import Shell

LONG = 30_000


@pytest.fixture
def reports(shell: Shell, desk: Desk, qtbot: QtBot) -> ReportsPane:
    """The pane with its first preview built."""
    desk.navigate("reports")
    pane = shell.window.pane
    assert isinstance(pane, ReportsPane)
    qtbot.waitUntil(pane.is_ready, timeout=LONG)
    return pane


def checks(store: Store) -> list[Check]:
    material = read_material(store)
    return list_checks(material, figure_portfolio(material, figures_by_project(material)))


def test_the_preview_has_pages_and_contents(reports: ReportsPane) -> None:
    count = reports.preview.document.pageCount()
    assert count > 20
    assert f"{count} pages" in reports.subtitle()
    assert reports.preview.outline.rowCount() > 3
    assert reports.preview.page_words.text().strip() == f"Page 1 of {count}"


def test_pages_turn_and_stop_at_the_ends(reports: ReportsPane) -> None:
    reports.preview._turn(-1)
    assert reports.preview.view.pageNavigator().currentPage() == 0
    reports.preview._turn(1)
    assert reports.preview.view.pageNavigator().currentPage() == 1
    assert reports.preview.page_words.text().strip().startswith("Page 2 ")


def test_the_contents_lead_to_their_page(reports: ReportsPane) -> None:
    reports._go(reports.preview.outline.index(2, 0))
    assert reports.preview.view.pageNavigator().currentPage() > 0


def test_zooming_changes_the_size_and_fitting_ends_it(reports: ReportsPane) -> None:
    view = reports.preview.view
    reports.preview._zoom(1.2)
    first = view.zoomFactor()
    reports.preview._zoom(1.2)
    assert view.zoomFactor() == pytest.approx(first * 1.2)
    for _ in range(20):
        reports.preview._zoom(2)
    assert view.zoomFactor() == 4
    reports.preview._fit_width()
    assert view.zoomMode() == view.ZoomMode.FitToWidth
    reports.preview._fit_page()
    assert view.zoomMode() == view.ZoomMode.FitInView


def test_fewer_project_pages_make_a_thinner_pack(reports: ReportsPane, qtbot: QtBot) -> None:
    before = reports.preview.document.pageCount()
    reports.panel.projects.setCurrentIndex(1)
    qtbot.waitUntil(reports.is_ready, timeout=LONG)
    assert reports.preview.document.pageCount() < before


def test_another_paper_has_another_shape(reports: ReportsPane, qtbot: QtBot) -> None:
    reports.panel.paper.setCurrentIndex(1)
    qtbot.waitUntil(reports.is_ready, timeout=LONG)
    assert reports.preview.document.pagePointSize(0).width() == pytest.approx(792, abs=1)


def test_a_date_that_is_none_builds_nothing(shell: Shell, reports: ReportsPane) -> None:
    wanted = reports._wanted
    reports.panel.data_date.setText("soon")
    reports.refresh()
    assert reports._wanted == wanted
    assert "13 Nov 2026" in shell.window.statusbar.counts.text()


def test_a_change_of_the_file_builds_it_again(reports: ReportsPane, sample: Store, qtbot: QtBot) -> None:
    built = reports._built
    project = read_rows(sample, "project")[0]
    edit_cells(sample, "project", [Edit(project["id"], "name", "Another name")])
    qtbot.waitUntil(lambda: reports._built > built, timeout=LONG)


def test_the_pack_is_saved_where_one_says(
    shell: Shell, reports: ReportsPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "pack"), ""))
    reports.save()
    qtbot.waitUntil(lambda: "saved: pack.pdf" in shell.window.toast_bar.words.text(), timeout=LONG)
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_saving_into_a_place_that_is_not_there_says_why(
    reports: ReportsPane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "pack.pdf"), ""))
    reports.save()
    qtbot.waitUntil(lambda: reports._message.count() > 0, timeout=LONG)


def test_every_page_is_printed(reports: ReportsPane, tmp_path: Path, qtbot: QtBot) -> None:
    reports.panel.projects.setCurrentIndex(1)
    qtbot.waitUntil(reports.is_ready, timeout=LONG)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    reports.preview.print_to(printer)
    again = reports.preview.document
    count = again.pageCount()
    assert (
        10_000 < (tmp_path / "printed.pdf").stat().st_size < 4_000_000 * count
    )  # bytes: not pictures of 1,200 dots an inch
    again.load(str(tmp_path / "printed.pdf"))
    assert again.pageCount() == count


def test_the_temporary_files_go_with_the_pane(shell: Shell, reports: ReportsPane, qtbot: QtBot) -> None:
    folder = reports._folder
    assert folder.is_dir()
    shell.opening.let_go()
    qtbot.waitUntil(lambda: not folder.exists())


def test_the_checks_find_what_a_board_would_ask(empty: Store) -> None:
    assert [(each.passed, each.text) for each in checks(empty)] == [
        (False, "No project is open: there is nothing to report on"),
        (False, "Not set: the board and its date"),
    ]  # nothing to look at is not the same as nothing wrong
    create_record(empty, "project", {"ref": "A-1", "name": "Alpha", "lifecycle_status": "Active"})
    create_record(empty, "project", {"ref": "B-2", "name": "Beta", "lifecycle_status": "Active", "rag_overall": "R"})
    failed = [each.text for each in checks(empty) if not each.passed]
    assert "Not rated: A-1" in failed
    assert "Red, but asks nothing of the board: B-2" in failed
    assert any(text.startswith("No forecast finish: ") for text in failed)
    change_settings(empty, {"board": "Capital board"})
    assert "Not set: its date" in [each.text for each in checks(empty) if not each.passed]
