"""Live projects are moved to another version after a look at what becomes of each; one step takes all back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import undo
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.dialogs.migratemethod import MigrateDialog
from tests.builders import a_project, a_row, change_row, state_hash
from tests.twosteps import FIRST, SECOND, approved
from tests.ui.stage import dressed
from tests.ui.test_names import nameless


@pytest.fixture
def first(empty: Store) -> str:
    dressed()
    return approved(empty, FIRST)


@pytest.fixture
def projects(empty: Store, first: str) -> list[str]:
    made = [a_project(empty, name, ref=ref) for name, ref in (("Billing", "P1"), ("Metering", "P2"), ("Leaks", "P3"))]
    for each in made:
        apply_method(empty, each, first)
    change_row(empty, "project", made[2], lifecycle_status="Closed")
    study = next(r["id"] for r in read_rows(empty, "deliverable") if (r["project"], r["code"]) == (made[1], "study"))
    change_row(empty, "deliverable", study, comment="Half done")
    review = next(
        row["id"] for row in read_rows(empty, "gate_review") if (row["project"], row["code"]) == (made[0], "G1")
    )
    for code, text, answer in (("g1-brief", "Brief agreed", "Yes"), ("g1-money", "Money is there", "No")):
        a_row(empty, "gate_answer", review=review, code=code, text=text, answer=answer, comment="Seen", custom={})
    return made


@pytest.fixture
def dialog(empty: Store, projects: list[str], qtbot: QtBot) -> MigrateDialog:
    approved(empty, SECOND)
    made = MigrateDialog(empty)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog: MigrateDialog, row: int) -> list[str]:
    return [item.text() for item in (dialog.table.item(row, column) for column in range(8)) if item is not None]


def details(dialog: MigrateDialog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at in range(dialog.details.topLevelItemCount()):
        top = dialog.details.topLevelItem(at)
        assert top is not None
        inner = [top.child(place) for place in range(top.childCount())]
        found[top.text(0)] = [each.text(0) for each in inner if each is not None]
    return found


def test_live_projects_are_listed_with_counts(dialog: MigrateDialog) -> None:
    assert dialog.to.currentText() == "Two steps 2.0"
    assert cells(dialog, 0) == ["P1  Billing", "Two steps 1.0", "4", "1", "–", "4", "1", "1"]
    assert cells(dialog, 1) == ["P2  Metering", "Two steps 1.0", "4", "1", "1", "4", "–", "–"]
    assert dialog.table.rowCount() == 2  # a closed project stays as it was
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Move 2 projects"
    assert nameless(dialog) == []


def test_what_becomes_of_the_chosen_one_is_told_part_by_part(dialog: MigrateDialog) -> None:
    told = details(dialog)
    assert dialog.which.text() == "What becomes of P1"
    assert told["At risk: answers whose criterion is gone (1)"] == ["G1: Money is there: No"]
    assert told["Answers kept (1)"] == ["G1: Brief agreed: Yes"]
    assert told["Goes (1)"] == ["Deliverable Study"]
    assert "Phase Think → Think hard" in told["Renamed (4)"]
    assert told["Appears (4)"][0] == "Phase Check"
    dialog.table.setCurrentCell(1, 0)
    assert dialog.which.text() == "What becomes of P2"
    assert not any(words.startswith("At risk") for words in details(dialog))
    assert details(dialog)["Stays and is marked (1)"] == ["Deliverable Study: comment: filled in"]


def test_one_is_moved_by_ticks_alone_and_taken_back(
    dialog: MigrateDialog, empty: Store, projects: list[str], first: str
) -> None:
    before = state_hash(empty)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Move 1 project"
    dialog.try_accept()
    assert dialog.said == "1 project moved to Two steps 2.0"
    moved = [read_row(empty, "project", each)["methodology"] != first for each in projects]  # type: ignore[index]
    assert moved == [False, True, False]
    undo(empty)
    assert state_hash(empty) == before


def test_all_and_none_are_ticked_at_once(dialog: MigrateDialog, empty: Store) -> None:
    before = state_hash(empty)
    dialog.tick_all(on=False)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    assert dialog.commit() == "Choose a version and tick the projects that are to follow it."
    dialog.tick_all(on=True)
    dialog.try_accept()
    assert dialog.said == "2 projects moved to Two steps 2.0"
    undo(empty)
    assert state_hash(empty) == before


def test_only_those_asked_for_are_ticked_to_begin_with(empty: Store, projects: list[str], qtbot: QtBot) -> None:
    second = approved(empty, SECOND)
    dialog = MigrateDialog(empty, second, [projects[1]])
    qtbot.addWidget(dialog)
    assert dialog.ticked() == [projects[1]]


def test_nothing_to_move_is_said(empty: Store, qtbot: QtBot) -> None:
    dressed()
    bare = MigrateDialog(empty)
    qtbot.addWidget(bare)
    assert bare.told.text() == "There is no approved version to move to. Approve one first."
    approved(empty)
    still = MigrateDialog(empty)
    qtbot.addWidget(still)
    assert still.told.text() == "No live project follows another version, so there is nothing to move."
    assert still.commit() == "Choose a version and tick the projects that are to follow it."


def test_a_version_retired_meanwhile_is_said_and_nothing_moves(dialog: MigrateDialog, empty: Store) -> None:
    change_row(empty, "methodology", dialog.to.currentData(), status="Retired")
    before = state_hash(empty)
    assert "is not approved, so no project can follow it" in dialog.commit()
    assert state_hash(empty) == before
