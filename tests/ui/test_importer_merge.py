"""Two months through the wizard, with an edit in between: both sides' work is kept, or it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.plan import Answer
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.importer.faces import CONFLICT, MISSING
from pmo_desktop.ui.importer.window import PREVIEW, RESULT
from tests.ui.importstage import CTRL, ImportStage, write_book

Key = Qt.Key
HEADER = ("Project ID", "Project name", "RAG", "Forecast finish", "Sponsor comment")
OCTOBER: list[tuple[Any, ...]] = [
    ("HW-101", "Billing", "Amber", date(2027, 5, 7), "On track"),
    ("HW-117", "Register", "Green", date(2027, 3, 1), "Fine"),
    ("HW-120", "Tariff", "Green", date(2027, 8, 27), "Fine"),
    ("HW-205", "Leak detection", "Green", date(2027, 2, 12), "Fine"),
]
NOVEMBER: list[tuple[Any, ...]] = [
    ("HW-101", "Billing", "Red", date(2027, 6, 18), "Late"),
    ("HW-117", "Register", "Green", date(2027, 3, 1), "Fine"),
    ("HW-120", "Tariff", "Green", date(2027, 8, 27), "Better"),
    ("HW-510", "Solar", "Green", date(2027, 10, 29), "New"),
]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportStage]:
    made = ImportStage(qtbot, tmp_path)
    yield made
    made.close()


def to_preview(stage: ImportStage, path: Path) -> None:
    """Open a file and go on to step 3."""
    stage.open(path)
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW, stage.wizard.foot.sentence.text()


def projects(stage: ImportStage) -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in read_rows(stage.store, "project")}


def edit(stage: ImportStage, ref: str, **values: Any) -> None:
    """Somebody edits a project in the program."""
    row = projects(stage)[ref]["id"]
    edit_cells(stage.store, "project", [Edit(row, name, value) for name, value in values.items()])


@pytest.fixture
def november(stage: ImportStage, tmp_path: Path) -> ImportStage:
    """October is imported, two projects are edited here, and November's file is at step 3."""
    to_preview(stage, write_book(tmp_path / "October.xlsx", HEADER, OCTOBER))
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == RESULT
    edit(stage, "HW-101", finish_forecast=date(2027, 5, 14))
    edit(stage, "HW-117", rag_overall="A")
    to_preview(stage, write_book(tmp_path / "November.xlsx", HEADER, NOVEMBER))
    return stage


def test_what_both_changed_is_asked_and_what_one_changed_is_kept(november: ImportStage) -> None:
    page = november.wizard.preview
    shown = page.grid.model.shown
    assert shown is not None
    counts = {name: len(places) for name, places in shown.tabs.items()}
    assert (counts[CONFLICT], counts[MISSING], counts["new"], counts["unchanged"]) == (1, 1, 1, 1)
    assert november.wizard.foot.next.text() == "Apply 3 rows; 1 conflict stays open"
    november.press(Key.Key_F7)
    assert [words.text() for _, words, _ in page.panel.clash.words] == ["7 May 2027", "18 Jun 2027", "14 May 2027"]


def test_an_open_conflict_is_left_and_asked_again(november: ImportStage, tmp_path: Path) -> None:
    november.press(Key.Key_Return, CTRL)
    found = projects(november)
    assert (found["HW-101"]["finish_forecast"], found["HW-101"]["rag_overall"]) == (date(2027, 5, 14), "R")
    assert (found["HW-117"]["rag_overall"], "HW-205" in found) == ("A", True)
    to_preview(november, tmp_path / "November.xlsx")
    assert november.wizard.foot.next.text() == "Nothing to apply; 1 conflict stays open"


def test_the_files_value_is_taken_by_a_letter_and_the_import_is_undone_in_buckets(november: ImportStage) -> None:
    november.press(Key.Key_F7)
    november.press(Key.Key_T)
    assert november.wizard.foot.next.text() == "Apply 3 rows"
    november.press(Key.Key_Return, CTRL)
    assert projects(november)["HW-101"]["finish_forecast"] == date(2027, 6, 18)
    edit(november, "HW-101", rag_overall="G")
    page = november.wizard.result
    november.click(page.undo_button)
    assert page.title.text() == "Import not undone yet"
    assert page.buckets.lines[0] == "Would stay, edited since: 1 cell or record"
    assert page.buckets.lines[1].startswith("RAG of HW-101")
    november.click(page.rest_button)
    assert page.title.text() == "Import undone"
    assert page.buckets.lines[0].startswith("Taken back: 1 project removed and ")
    found = projects(november)
    assert (found["HW-101"]["finish_forecast"], found["HW-101"]["rag_overall"]) == (date(2027, 5, 14), "G")
    assert "HW-510" not in found


def test_ours_is_kept_and_not_asked_again(november: ImportStage, tmp_path: Path) -> None:
    november.press(Key.Key_F7)
    november.press(Key.Key_O)
    november.press(Key.Key_Return, CTRL)
    to_preview(november, tmp_path / "November.xlsx")
    assert november.wizard.foot.next.text() == "Nothing to apply"
    assert projects(november)["HW-101"]["finish_forecast"] == date(2027, 5, 14)


def test_the_answers_of_october_are_used_in_november(stage: ImportStage, tmp_path: Path) -> None:
    stage.open(write_book(tmp_path / "October.xlsx", HEADER, OCTOBER))
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.rows[4].target, "Leave out")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    stage.open(write_book(tmp_path / "November.xlsx", HEADER, NOVEMBER))
    stage.press(Key.Key_Return, CTRL)
    page = stage.wizard.mapping
    assert page.reused.words.text().startswith("Answers of “October.xlsx”")
    assert page.rows[4].target.currentText() == "Leave out"
    page.session.answer(fresh=True)
    stage.settle()
    assert (page.reused.isVisible(), page.rows[4].target.currentText() == "Leave out") == (False, False)


def test_a_column_is_settled_at_once(november: ImportStage) -> None:
    november.press(Key.Key_F7)
    november.press(Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert november.wizard.session.options.columns_resolved == {"finish_forecast": Answer.OURS}
    assert november.wizard.foot.next.text() == "Apply 3 rows"
