"""A version is drafted, approved and retired in dialogs that say what stands against it; nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.methods import list_methods
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methods import install_method
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.dialogs.methodlife import (
    ApproveDialog,
    DraftDialog,
    NewMethodDialog,
    RetireDialog,
    people_box,
    propose_number,
)
from tests.builders import a_person, a_project, state_hash
from tests.twosteps import FIRST, SECOND, approved


def test_the_next_number_is_proposed_and_typed_over(empty: Store, qtbot: QtBot) -> None:
    first = approved(empty)
    dialog = DraftDialog(empty, first)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.number.text() == "1.1"
    QTest.keyClicks(dialog.number, "1.0")  # the proposal is selected: typing takes its place
    dialog.try_accept()
    assert "is in the library already" in dialog._message.words.text()  # type: ignore[union-attr]
    assert dialog.number.text() == "1.0"
    dialog.number.setText("2.0")
    dialog.try_accept()
    assert dialog.said == "Two steps 2.0 drafted"
    assert read_row(empty, "methodology", dialog.made)["status"] == "Draft"  # type: ignore[index]


@pytest.mark.parametrize(
    ("versions", "number"), [(["3.2"], "3.3"), (["4"], "5"), (["1.9", "1.10"], "1.11"), (["2a"], "2a.1"), ([""], "1.0")]
)
def test_numbers_are_proposed_after_the_newest(empty: Store, versions: list[str], number: str) -> None:
    keys = [install_method(empty, replace(FIRST, version=each)) for each in versions]
    assert propose_number(empty, keys[0]) == number


def test_a_draft_is_approved_by_somebody_on_a_day(empty: Store, qtbot: QtBot) -> None:
    draft, ann = install_method(empty, FIRST), a_person(empty, "Ann Lee")
    a_person(empty, "Bea Moss")
    dialog = ApproveDialog(empty, draft)
    qtbot.addWidget(dialog)
    assert [dialog.by.itemText(at) for at in range(3)] == ["Nobody named", "Ann Lee", "Bea Moss"]
    dialog.by.setCurrentIndex(1)
    for text, told in (("", "Say on which day it was approved."), ("soon", "“soon” is no day")):
        dialog.day.setText(text)
        assert dialog.commit().startswith(told)
    dialog.day.set_day(date(2026, 11, 13))
    dialog.try_accept()
    row = read_row(empty, "methodology", draft)
    assert row is not None
    assert (row["status"], row["approved_on"], row["approved_by"]) == ("Approved", date(2026, 11, 13), ann)
    assert dialog.said == "Two steps 1.0 approved"
    assert dialog.commit().startswith("Two steps 1.0 is approved already")
    assert people_box(empty, ann).currentText() == "Ann Lee"


def test_what_stands_against_approval_is_listed_and_then_there_is_no_button(empty: Store, qtbot: QtBot) -> None:
    draft = install_method(
        empty, replace(FIRST, templates=(), phases=(*FIRST.phases, replace(SECOND.phases[2], gates=())))
    )
    dialog = ApproveDialog(empty, draft)
    qtbot.addWidget(dialog)
    assert dialog.accept_button is None
    assert dialog.table.rowCount() == 2
    assert "no template document has as its code" in dialog.table.item(1, 0).text()  # type: ignore[union-attr]


def test_retiring_says_who_follows_it_and_keeps_the_day_and_why(empty: Store, qtbot: QtBot) -> None:
    first = approved(empty)
    a_project(empty, methodology=first)
    before = state_hash(empty)
    dialog = RetireDialog(empty, first)
    qtbot.addWidget(dialog)
    texts = [each.text() for each in dialog.findChildren(type(dialog.headline))]
    assert "It is applied no more. 1 project follows it and goes on with it." in texts
    dialog.why.setText("Too long")
    for text, told in (("", "Say on which day it is retired."), ("soon", "“soon” is no day")):
        dialog.day.setText(text)
        assert dialog.commit().startswith(told)
    dialog.day.set_day(date(2026, 12, 1))
    dialog.try_accept()
    assert read_row(empty, "methodology", first)["retired_on"] == date(2026, 12, 1)  # type: ignore[index]
    assert dialog.commit() == "Two steps 1.0 is retired already."
    undo(empty)
    assert state_hash(empty) == before


def test_a_methodology_of_ones_own_needs_a_name(empty: Store, qtbot: QtBot) -> None:
    dialog = NewMethodDialog(empty)
    qtbot.addWidget(dialog)
    assert dialog.commit() == "Nothing was made: a methodology needs a name. Type one."
    dialog.name.setText("House way")
    dialog.try_accept()
    assert (dialog.said, [line.name for line in list_methods(empty)]) == ("House way started", ["House way"])
