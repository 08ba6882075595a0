"""A workbook that was sent out for update goes through the import wizard like any other and ends the waiting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.sendouts import chase_list
from pmo_desktop.operations.sendouts import send_out
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.importer.window import PREVIEW, RESULT
from tests.builders import a_milestone, a_person, a_project, change_row
from tests.ui.importstage import CTRL, ImportStage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportStage]:
    made = ImportStage(qtbot, tmp_path, create_memory_store("ann"))
    yield made
    made.close()


def test_an_answer_is_previewed_and_imported_with_the_keys(stage: ImportStage, tmp_path: Path) -> None:
    person = a_person(stage.store)
    alpha = a_project(stage.store, "Alpha", ref="A-1", pm=person, rag_overall="A", finish_forecast=date(2027, 3, 26))
    a_milestone(stage.store, alpha)
    path = send_out(stage.store, [person], tmp_path)[0].path
    change_row(stage.store, "project", alpha, stage="Delivery")
    book = openpyxl.load_workbook(path)
    book["Projects"]["D2"] = "R"
    book.save(path)
    stage.open(path)
    stage.press(Qt.Key.Key_Return, CTRL)
    stage.press(Qt.Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW
    if folder := os.environ.get("PMO_TEST_PICTURES"):
        stage.wizard.grab().save(f"{folder}/return.png")
    stage.press(Qt.Key.Key_Return, CTRL)
    stage.qtbot.waitUntil(lambda: stage.wizard.step == RESULT, timeout=20_000)
    (row,) = read_rows(stage.store, "project")
    assert (row["rag_overall"], row["stage"]) == ("R", "Delivery")
    assert chase_list(stage.store) == ()


def test_an_answer_that_changes_nothing_can_still_be_noted(stage: ImportStage, tmp_path: Path) -> None:
    person = a_person(stage.store)
    a_project(stage.store, "Alpha", pm=person)
    stage.open(send_out(stage.store, [person], tmp_path)[0].path)
    stage.press(Qt.Key.Key_Return, CTRL)
    stage.press(Qt.Key.Key_Return, CTRL)
    assert stage.wizard.foot.next.text() == "Note the answer"
    stage.press(Qt.Key.Key_Return, CTRL)
    stage.qtbot.waitUntil(lambda: stage.wizard.step == RESULT, timeout=20_000)
    assert chase_list(stage.store) == ()
