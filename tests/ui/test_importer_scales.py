"""A register of risks through the wizard: the scale is asked in place, words are counted, a score is only checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.rules.risk import FIVE_BY_FIVE, resize_scheme
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.importer.window import PREVIEW, RESULT
from tests.ui.importstage import CTRL, ImportStage, write_book

Key = Qt.Key
HEADER = ("Risk ID", "Risk", "Likelihood", "Impact", "Score", "Owner", "Status")
ROWS = [
    ("R1", "Rain", 1, "H", 4, "Ann Lee", "Live"),
    ("R2", "Wind", 3, "Medium", 9, "Bo Ek", "Materialised"),
    ("R3", "Snow", 2, "Purple", None, "Ann Lee", "Closed"),
    ("R4", "Fog", 3, "L", 6, "Bo Ek", "Open"),
]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportStage]:
    made = ImportStage(qtbot, tmp_path)
    made.open(write_book(tmp_path / "risks.xlsx", HEADER, ROWS, "Risks"))
    made.press(Key.Key_Return, CTRL)
    yield made
    made.close()


def test_the_scale_is_asked_before_the_preview_and_the_answer_holds(stage: ImportStage) -> None:
    page = stage.wizard.mapping
    (question,) = page.questions
    assert question.question.option == "scales"
    words = [question.choice.itemText(at) for at in range(question.choice.count())]
    assert words == ["Choose…", "1 to 5, 5 is the worst", "1 to 3, 3 is the worst"]
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step < PREVIEW
    stage.choose(question.choice, "1 to 3, 3 is the worst")
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == RESULT
    rows = {row["ref"]: (row["prob_inherent"], row["impact_inherent"]) for row in read_rows(stage.store, "risk")}
    assert rows == {"R1": (2, 4), "R2": (4, 3), "R3": (3, None), "R4": (4, 2)}


def test_an_unknown_word_is_given_its_point(stage: ImportStage) -> None:
    page = stage.wizard.mapping
    stage.choose(page.questions[0].choice, "1 to 5, 5 is the worst")
    row = next(each for each in page.rows if each.column is not None and each.column.field == "impact_inherent")
    (value,) = (each for each in row.values.rows if not each.value.known)
    assert value.value.text == "Purple"
    stage.choose(value.choice, "5")
    assert stage.wizard.session.options.values == {"impact_inherent": {"Purple": "5"}}
    plan = stage.wizard.session.plan
    assert plan is not None
    assert [each.values.get("impact_inherent") for each in plan.tables[0].rows] == [4, 3, 5, 2]


def test_a_checked_score_is_said_to_be_checked(stage: ImportStage) -> None:
    row = next(each for each in stage.wizard.mapping.rows if each.column is not None and each.column.header == "Score")
    assert row.why.text() == "likelihood times impact: checked, and computed here"


def test_the_points_offered_are_those_of_the_portfolios_own_axis(qtbot: QtBot, tmp_path: Path) -> None:
    store = create_memory_store(currency="GBP")
    save_scheme(store, resize_scheme(replace(FIVE_BY_FIVE, effective_from=date(2020, 1, 1)), 7, 3), None)
    stage = ImportStage(qtbot, tmp_path, store)
    stage.open(write_book(tmp_path / "risks.xlsx", HEADER, ROWS, "Risks"))
    stage.press(Key.Key_Return, CTRL)
    row = next(each for each in stage.wizard.mapping.rows if each.column and each.column.field == "impact_inherent")
    (value,) = (each for each in row.values.rows if not each.value.known)
    offered = [value.choice.itemText(at) for at in range(value.choice.count())]
    sides = {name: len(axis) for name, axis in scheme_of(store).axes.items()}
    assert sorted(sides.values()) == [3, 7]
    assert offered == ["Keep as text", *(str(point) for point in range(1, sides["impact"] + 1))]
    stage.close()
