"""The tailoring record as a person keeps it: out with a reason, back in, and what stands against it is said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import undo
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.dialogs.tailoring import TailoringDialog
from tests.builders import a_person, a_project, change_row, state_hash
from tests.twosteps import DAY, approved
from tests.ui.stage import dressed
from tests.ui.test_names import nameless


@pytest.fixture
def project(empty: Store) -> str:
    dressed()
    change_row(empty, "settings", "settings", data_date=DAY)
    made = a_project(empty, "Billing", ref="P1")
    apply_method(empty, made, approved(empty))
    return made


@pytest.fixture
def dialog(empty: Store, project: str, qtbot: QtBot) -> TailoringDialog:
    a_person(empty, "Ann Lee")
    made = TailoringDialog(empty, project)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog: TailoringDialog, row: int) -> list[str]:
    return [item.text() for item in (dialog.table.item(row, column) for column in range(7)) if item is not None]


def choose(dialog: TailoringDialog, code: str) -> None:
    dialog.what.setCurrentIndex(dialog.what.findData(code))


def test_a_deliverable_is_tailored_out_and_taken_back_in(dialog: TailoringDialog, empty: Store, qtbot: QtBot) -> None:
    before = state_hash(empty)
    assert dialog.headline.text() == "Tailoring of P1 Billing"
    assert dialog.told.text() == "The project does all that its methodology asks."
    choose(dialog, "study")
    dialog.reason.setText("Known already")
    dialog.until.set_day(date(2027, 3, 1))
    dialog.by.setCurrentText("Ann Lee")
    QTest.mouseClick(dialog.out, Qt.MouseButton.LeftButton)
    assert cells(dialog, 0) == [
        *("Study not needed", "Approved", "Known already", "Ann Lee", "–", "13 Nov 26", "01 Mar 27"),
    ]
    assert dialog.full.text() == "Known already"
    assert dialog.what.findData("study") == -1
    assert (dialog.reason.text(), dialog.changed) == ("", True)
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert cells(dialog, 0)[1] == "Withdrawn"
    assert not dialog.back.isEnabled()
    undo(empty)
    undo(empty)
    assert state_hash(empty) == before
    assert nameless(dialog) == []


@pytest.mark.parametrize(
    ("code", "reason", "until", "told"),
    [
        ("study", "", "", "Study stays: say why the project does without it."),
        ("study", "x", "1 Jan 2026", "1 January 2026 has passed"),
        ("study", "x", "soon", "“soon” is no day"),
    ],
)
def test_what_stands_against_it_is_said_and_what_was_typed_stays(
    dialog: TailoringDialog, empty: Store, code: str, reason: str, until: str, told: str
) -> None:
    before = state_hash(empty)
    choose(dialog, code)
    dialog.reason.setText(reason)
    dialog.until.setText(until)
    dialog.take_out()
    assert dialog._message is not None
    assert told in dialog._message.words.text()
    assert (dialog.reason.text(), dialog.until.text()) == (reason, until)
    assert state_hash(empty) == before


def test_a_waiver_that_lapsed_is_counted_and_one_for_good_says_so(dialog: TailoringDialog, empty: Store) -> None:
    choose(dialog, "study")
    dialog.reason.setText("Later")
    dialog.until.set_day(date(2026, 12, 1))
    dialog.take_out()
    choose(dialog, "risks")
    dialog.reason.setText("None expected")
    dialog.take_out()
    change_row(empty, "settings", "settings", data_date=date(2027, 1, 1))
    dialog.today = date(2027, 1, 1)
    dialog.look()
    assert dialog.told.text() == ("2 things left out or waived. 1 waiver has lapsed: what was waived is due again.")
    assert [(cells(dialog, row)[1], cells(dialog, row)[6]) for row in (0, 1)] == [
        ("Lapsed", "01 Dec 26"),
        ("Approved", "For good"),
    ]


def test_what_was_left_out_when_the_methodology_was_applied_is_on_record(empty: Store, qtbot: QtBot) -> None:
    dressed()
    project = a_project(empty, "Small")
    apply_method(empty, project, approved(empty), without=["study"])
    dialog = TailoringDialog(empty, project)
    qtbot.addWidget(dialog)
    assert cells(dialog, 0) == ["Study", "Left out", "–", "–", "–", "–", "–"]
    assert not dialog.back.isEnabled()  # the project has no such deliverable to take back


def test_a_project_without_deliverables_and_one_that_is_gone(empty: Store, qtbot: QtBot) -> None:
    dressed()
    bare = TailoringDialog(empty, a_project(empty, "Bare"))
    gone = TailoringDialog(empty, "nowhere")
    for each in (bare, gone):
        qtbot.addWidget(each)
    bare.take_out()
    assert bare._message is not None
    assert bare._message.words.text() == "There is no deliverable left to tailor out."
    bare.take_in()
    assert gone._message is not None
    assert gone._message.words.text() == "This project has been deleted. Undo the deletion first."
    assert read_rows(empty, "waiver") == []
