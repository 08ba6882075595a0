"""The authority of the PMO on screen: what follows for a portfolio, rows that are added, overrides that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.rules.compliance import Function, Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.authority import AuthorityDialog, say_modes
from tests.builders import a_portfolio, a_project, a_row
from tests.ui.test_names import nameless


@pytest.fixture
def sample(empty: Store) -> Store:
    return empty


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, sample: Store) -> Iterator[AuthorityDialog]:
    regulated = a_portfolio(sample, "Regulated")
    set_authority(sample, Mode.CONTROLLING, date(2026, 1, 1), reason="Board paper 12")
    set_authority(sample, Mode.DIRECTIVE, date(2026, 2, 1), regulated, Function.GATES)
    made = AuthorityDialog(desk.context, desk.window)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.close()


def cell(dialog: AuthorityDialog, row: int, column: int) -> str:
    item = dialog.follows.table.item(row, column)
    assert item is not None
    return item.text()


def test_ten_events_say_what_happens_in_the_chosen_portfolio(dialog: AuthorityDialog) -> None:
    assert dialog.follows.table.rowCount() == 10
    assert (cell(dialog, 1, 0), cell(dialog, 1, 2)) == ("Deliverable not accepted at a gate", "Warned")
    dialog.portfolio.setCurrentIndex(1)
    assert (cell(dialog, 1, 1), cell(dialog, 1, 2)) == ("Directive", "Blocked")
    assert dialog.told.text().startswith("Regulated: controlling over ")
    assert "directive over gates" in dialog.told.text()


def test_a_row_is_added_from_a_day_on_and_undone(dialog: AuthorityDialog, sample: Store, desk: Desk) -> None:
    dialog.turn("history")
    dialog.history.button.click()
    assert len(read_rows(sample, "authority")) == 2
    dialog.history.mode.setCurrentText("Supportive")
    dialog.history.day.setText("some day")
    dialog.history.button.click()
    dialog.history.day.setText("")
    dialog.history.button.click()
    assert len(read_rows(sample, "authority")) == 2
    dialog.history.day.set_day(date(2030, 1, 1))
    dialog.history.reason.setText("Trial")
    dialog.history.button.click()
    assert dialog.history.table.rowCount() == 3
    first = dialog.history.table.item(0, 0)
    assert first is not None
    assert first.text().endswith("(ahead)")
    dialog._undo()
    assert dialog.history.table.rowCount() == 2


def test_overrides_are_counted_with_the_list_behind(dialog: AuthorityDialog, sample: Store) -> None:
    dialog.turn("past")
    assert dialog.past.told.text() == "No rule was ever got past."
    project = a_project(sample, "Alpha", ref="P-1")
    a_row(
        sample, "override", done_on=date(2026, 3, 1), project=project, event="Baseline changed", mode="Controlling",
        reaction="Require approval", outcome="Approved", subject="Budget of P-1", reason="CR-1", who="Ann",
    )  # fmt: skip
    dialog.read()
    assert dialog.past.told.text() == "1 override so far, the newest first."
    texts = [dialog.past.list.item(0, column) for column in range(8)]
    assert [each.text() for each in texts if each][1:4] == ["P-1", "Baseline changed", "Budget of P-1"]


def test_everything_in_it_has_a_name(dialog: AuthorityDialog) -> None:
    assert nameless(dialog) == []


def test_one_mode_for_all_is_one_sentence() -> None:
    said = say_modes("All portfolios", dict.fromkeys(Function, Mode.SUPPORTIVE))
    assert said == "All portfolios: supportive authority over everything the PMO does."
