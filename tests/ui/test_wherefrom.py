"""The line that says where the current field's value came from, and the history of the cell behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.provenance import Provenance
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.form import FormField
from pmo_desktop.ui.panes.projects import build_pane
from pmo_desktop.ui.wherefrom import CellHistory, origin_words
from tests.ui.importstage import write_book
from tests.ui.stage import Stage

FINISH = Field("finish_forecast", "Finish", Kind.DATE)
AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def origin(file: str = "", text: str | None = None) -> Provenance:
    sheet, cell = ("Register", "D3") if file else ("", "")
    return Provenance(file, sheet, cell, text, 3, "Priya Nair", AT, "Change finish of HW-101")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (origin("Oct.xlsx"), "Finish: from Oct.xlsx, Register!D3"),
        (origin("Oct.xlsx", "Q3 27"), "Finish: from Oct.xlsx, Register!D3, written as “Q3 27”"),
        (origin(), "Finish: “Change finish of HW-101”"),
        (None, "Finish: nobody has given it a value yet."),
    ],
)
def test_the_origin_is_said_in_a_sentence(found: Provenance | None, words: str) -> None:
    said, by = origin_words(FINISH, found)
    assert said == words
    assert by.startswith("Priya Nair, 3 Nov 2026, ") if found else not by


def test_a_figure_says_that_it_is_calculated() -> None:
    assert origin_words(Field("slip", "Slip", Kind.NUMBER, computed=True), None) == ("Slip is calculated.", "")


@pytest.fixture
def imported(tmp_path: Path) -> Store:
    store = create_memory_store(currency="GBP")
    header, row = (
        ("Project ID", "Project name", "Stage", "Forecast finish"),
        ("HW-101", "Billing", "Build", date(2027, 5, 7)),
    )
    book = read_workbook(write_book(tmp_path / "October.xlsx", header, [row]))
    apply_plan(store, plan_import(store, book))
    (made,) = read_rows(store, "project")
    edit_cells(store, "project", [Edit(made["id"], "stage", "Deploy")])
    return store


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, imported: Store) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, imported)
    yield made
    made.close()


def test_the_inspector_follows_the_cell_of_the_table_and_the_field_with_the_keyboard(stage: Stage) -> None:
    inspector = stage.pane.inspector
    stage.go("Billing", "name")
    inspector.refresh()
    assert inspector.origin.words.text().startswith("Project: from October.xlsx, Register!B2")
    page = inspector.tabs[0]
    field: FormField = next(part for form in page.forms for part in form.parts if part.meaning.name == "stage")
    field.editor.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert inspector.origin.words.text().startswith("Stage: “Change stage of HW-101")
    stage.pane.grid.setFocus()
    QApplication.processEvents()
    assert inspector.origin.words.text().startswith("Project: from October.xlsx")


def test_the_history_of_a_cell_says_the_place_of_each_import(stage: Stage) -> None:
    inspector = stage.pane.inspector
    stage.go("Billing", "name")
    inspector.refresh()
    row = inspector.records[0].id
    meaning = next(
        part.meaning for form in inspector.tabs[0].forms for part in form.parts if part.meaning.name == "stage"
    )
    box = CellHistory(inspector, stage.store, "project", row, meaning, stage.table.reading)
    assert box.list.shown[1] == "Stage: Build → Deploy"
    assert ", from October.xlsx, Register!C2, " in box.list.shown[2]
    assert box.list.shown[3] == "Stage: – → Build"


def test_nothing_is_said_of_several_records(stage: Stage) -> None:
    inspector = stage.pane.inspector
    inspector.records = []
    inspector._show_origin()
    assert inspector.origin.isHidden()
