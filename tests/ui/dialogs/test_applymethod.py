"""Applying a methodology as a person does: score, see what follows, leave something out with a reason, one button."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import undo
from pmo_desktop.rules.sizing import SCALES
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.dialogs.applymethod import ApplyDialog
from tests.builders import a_milestone, a_person, a_project, change_row, state_hash
from tests.twosteps import DAY, FIRST, approved
from tests.ui.stage import dressed
from tests.ui.test_names import nameless


@pytest.fixture
def project(empty: Store) -> str:
    dressed()
    change_row(empty, "settings", "settings", data_date=DAY)
    approved(empty)
    ann = a_person(empty, "Ann Lee")
    made = a_project(
        empty, "Billing", ref="P1", pm=ann, currency="GBP", budget_approved=5_000_000,
        start_forecast=date(2026, 11, 2), finish_forecast=date(2027, 2, 21),
    )  # fmt: skip
    a_milestone(empty, made, "Gate 1", type="Gate", forecast=date(2026, 12, 7))
    return made


@pytest.fixture
def dialog(empty: Store, project: str, qtbot: QtBot) -> ApplyDialog:
    made = ApplyDialog(empty, project)
    qtbot.addWidget(made)
    made.show()
    return made


def score(dialog: ApplyDialog, qtbot: QtBot, point: int = 1) -> None:
    """Click the same point on every scale."""
    for each in SCALES:
        QTest.mouseClick(dialog.sizing.scales[each.name].buttons[str(point)], Qt.MouseButton.LeftButton)


def row_of(dialog: ApplyDialog, text: str) -> int:
    items = [dialog.table.item(row, 0) for row in range(dialog.table.rowCount())]
    return next(row for row, item in enumerate(items) if item is not None and item.text().strip() == text)


def texts(dialog: ApplyDialog, text: str) -> list[str]:
    row = row_of(dialog, text)
    return [item.text().strip() for item in (dialog.table.item(row, column) for column in range(4)) if item]


def untick(dialog: ApplyDialog, text: str) -> None:
    """Space on the line of an optional deliverable."""
    dialog.table.setCurrentCell(row_of(dialog, text), 0)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)


def test_what_is_known_is_proposed_with_its_reason(dialog: ApplyDialog) -> None:
    said = {name: words.text() for name, words in dialog.sizing._words.items()}
    assert said["cost"] == "Up to 100k. Its budget is £50k."
    assert said["duration"] == "Up to 6 months. It takes 112 days from its start to its finish."
    assert said["novelty"] == "Not scored. Only people can judge it."
    assert dialog.sizing.told.text() == "Not scored yet: novelty, dependencies and exposure."
    assert dialog.start.text() == "2 Nov 2026"
    assert nameless(dialog) == []


def test_the_preview_names_what_is_created_taken_over_and_whose_it_is(dialog: ApplyDialog) -> None:
    assert dialog.told.text() == (
        "Creates 2 phases, 1 gate and 5 deliverables. Takes over 1 gate the project has already."
    )
    assert texts(dialog, "Think") == ["Think", "From 02 Nov 26", "29 Nov 26", ""]
    assert texts(dialog, "Brief") == ["Brief", "Ann Lee", "07 Dec 26", ""]
    assert texts(dialog, "Study") == ["Study", "Analyst", "07 Dec 26", "Optional"]
    assert texts(dialog, "◇ G1 Go?") == ["◇ G1 Go?", "Sponsor", "07 Dec 26", "Taken over"]


def test_scores_give_the_tier_and_with_it_what_is_optional(dialog: ApplyDialog, qtbot: QtBot) -> None:
    score(dialog, qtbot)
    assert dialog.sizing.told.text() == "5 of 25 is Tier 3."
    assert dialog.fits.text() == "It is made for Tier 2; the project is Tier 3."
    assert texts(dialog, "Risk list")[3] == "Optional"
    score(dialog, qtbot, 5)
    assert dialog.sizing.told.text() == "25 of 25 is Tier 1."
    assert texts(dialog, "Manual")[3] == ""


def test_the_button_does_it_all_in_one_step(dialog: ApplyDialog, empty: Store, project: str, qtbot: QtBot) -> None:
    before = state_hash(empty)
    score(dialog, qtbot)
    untick(dialog, "Study")
    untick(dialog, "Risk list")
    assert texts(dialog, "Study")[3] == "Left out"
    assert dialog.told.text().endswith("Leaves out 2 deliverables.")
    dialog.try_accept()
    assert dialog._message is not None
    assert dialog._message.words.text() == "Nothing was applied: say why the project does without what is left out."
    assert texts(dialog, "Study")[3] == "Left out"  # nothing typed is lost
    assert state_hash(empty) == before
    dialog.reason.setText("Small enough without")
    dialog.by.setCurrentText("Ann Lee")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.said == "Two steps 1.0 applied to P1 Billing"
    row = read_row(empty, "project", project)
    assert row is not None
    assert (row["tier"], bool(row["methodology"])) == ("Tier 3", True)
    assert {each["reason"] for each in read_rows(empty, "waiver")} == {"Small enough without"}
    undo(empty)
    assert state_hash(empty) == before


def test_without_a_whole_score_the_dialog_says_what_is_missing(dialog: ApplyDialog, empty: Store) -> None:
    before = state_hash(empty)
    dialog.try_accept()
    assert dialog._message is not None
    assert "Not scored yet: novelty, dependencies and exposure" in dialog._message.words.text()
    assert state_hash(empty) == before


def test_another_tier_needs_its_reason(dialog: ApplyDialog, empty: Store, project: str, qtbot: QtBot) -> None:
    score(dialog, qtbot)
    assert not dialog.sizing.why.isVisible()
    dialog.sizing.tier.setCurrentText("Tier 1")
    assert dialog.sizing.why.isVisible()
    assert "say why it is Tier 1" in dialog.commit()
    dialog.sizing.why.setText("The press watches")
    dialog.try_accept()
    assert read_row(empty, "project", project)["tier"] == "Tier 1"  # type: ignore[index]


def test_a_day_that_is_none_is_said_and_one_picked_counts_at_once(dialog: ApplyDialog) -> None:
    dialog.start.setFocus()
    dialog.start.setText("soon")
    dialog.start.editingFinished.emit()
    assert dialog.told.text().startswith("“soon” is no day")
    assert dialog.commit().startswith("“soon” is no day")
    dialog.project.setFocus()
    dialog.start.set_day(date(2027, 1, 4))
    assert texts(dialog, "Think")[1] == "From 04 Jan 27"
    dialog.start.set_day(None)
    assert texts(dialog, "Think")[1] == "From 02 Nov 26"


def test_the_version_chosen_by_hand_stays_whatever_the_size(empty: Store, project: str, qtbot: QtBot) -> None:
    approved(empty, replace(FIRST, code="light", name="Light", tier="Tier 3"))
    dialog = ApplyDialog(empty, project)
    qtbot.addWidget(dialog)
    score(dialog, qtbot)
    assert dialog.method.currentText() == "Light 1.0"  # proposed first for a small project
    dialog.method.setCurrentIndex(1)
    dialog.method.activated.emit(1)
    score(dialog, qtbot, 2)
    assert dialog.method.currentText() == "Two steps 1.0"


def test_a_project_that_follows_a_methodology_cannot_get_one(empty: Store, project: str, qtbot: QtBot) -> None:
    first = ApplyDialog(empty, project)
    qtbot.addWidget(first)
    score(first, qtbot)
    first.try_accept()
    dialog = ApplyDialog(empty, project)
    qtbot.addWidget(dialog)
    assert dialog.told.text() == "P1 follows a methodology already. Move it to the other version instead."
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()


def test_another_project_begins_again(dialog: ApplyDialog, empty: Store, qtbot: QtBot) -> None:
    bare = a_project(empty, "Bare", ref="P2")
    a_project(empty, "Gone", ref="P0", lifecycle_status="Closed")
    dialog = ApplyDialog(empty, bare)
    qtbot.addWidget(dialog)
    assert [dialog.project.itemText(at) for at in range(dialog.project.count())] == ["P1 Billing", "P2 Bare"]
    assert dialog.told.text().endswith("Without a start the phases have no dates.")
    score(dialog, qtbot)
    dialog.project.setCurrentIndex(0)
    assert dialog.sizing.points["novelty"] is None
    assert not dialog.sizing.scales["novelty"].buttons["1"].isChecked()


def test_nothing_to_apply_and_nobody_to_apply_it_to_are_said(empty: Store, qtbot: QtBot) -> None:
    dressed()
    nobody = ApplyDialog(empty)
    qtbot.addWidget(nobody)
    assert nobody.told.text() == "There is no live project to apply a methodology to."
    a_project(empty)
    nothing = ApplyDialog(empty)
    qtbot.addWidget(nothing)
    assert nothing.told.text().startswith("No methodology is approved yet.")
    assert nothing.commit().startswith("No methodology is approved yet.")
