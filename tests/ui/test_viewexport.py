"""The table as shown, as a workbook and as pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.packs import print_list
from pmo_desktop.ui.panes.projects import build_pane
from pmo_desktop.ui.panes.viewexport import listing_of, note_of, print_shown, write_shown
from tests.ui.stage import Stage, small_portfolio


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def test_the_workbook_holds_the_rows_and_columns_on_screen(stage: Stage, tmp_path: Path) -> None:
    stage.pane.bar.finder.setText("billing")
    stage.pane.arranger.show_columns(["ref", "name", "slip_days", "eac"], 2)
    write_shown(stage.pane, tmp_path / "seen.xlsx")
    assert stage.toasts[-1].endswith("row exported to seen.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "seen.xlsx")["Projects"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["HW-101", "Billing", 84, "GBP", 7_310_000] in [row[:5] for row in cells]
    assert not any("Metering" in row for row in cells)


def test_the_note_says_how_the_table_is_filtered_sorted_and_grouped(stage: Stage) -> None:
    stage.pane.bar.finder.setText("met")
    assert note_of(stage.pane) == (
        "All active; Status: not Closed or Cancelled; containing met; sorted by RAG (descending); grouped by Programme"
    )


def test_pages_show_groups_even_when_folded(stage: Stage, tmp_path: Path) -> None:
    stage.table.fold(0)
    listing = listing_of(stage.pane)
    assert [row.group for row in listing.rows] == [True, False, False, True, False, True, False]
    assert str(listing.rows[0].cells[0]).startswith("Customer (2), EAC £k 17,260")
    assert print_list(stage.store, tmp_path / "list.pdf", listing) == 1
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_the_print_window_shows_saves_and_clears_up(stage: Stage, tmp_path: Path) -> None:
    print_shown(stage.pane)
    window = stage.pane.print_window
    assert window.preview.document.pageCount() == 1
    window.save(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").stat().st_size > 1_000
    folder = window.path.parent
    window.close()
    assert not folder.exists()


def test_printed_headings_are_those_on_screen(stage: Stage) -> None:
    headings = [field.label for field in listing_of(stage.pane).fields]
    assert headings[6:8] == ["Slip", "EAC £k"]
    assert not any(field.unit for field in listing_of(stage.pane).fields)
