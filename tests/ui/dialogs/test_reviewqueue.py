"""The review queue, worked through by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.risk import FIVE_BY_FIVE, resize_scheme
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.reviewqueue import ReviewQueue
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.panes.risks import RiskPane
from tests.builders import a_row, remove_row

DAY = date(2026, 11, 13)
Key = Qt.Key


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


def row_of(store: Store, risk: str) -> dict[str, Any]:
    row = read_row(store, "risk", risk)
    assert row is not None
    return row


@pytest.fixture
def risks(sample: Store) -> list[str]:
    change_settings(sample, {"data_date": DAY})
    return [
        a_row(
            sample,
            "risk",
            ref=f"R-{number}",
            title=f"Risk number {number} of this portfolio",
            event="The mill may stop",
            prob_residual=4,
            impact_residual=4 - number,
            last_review=DAY - timedelta(200 - number),
        )
        for number in range(3)
    ]


@pytest.fixture
def queue(risks: list[str], desk: Desk) -> ReviewQueue:
    desk.show("risks")
    pane = desk.window.pane
    assert isinstance(pane, RiskPane)
    desk.context.actions["risk.review"].trigger()
    assert isinstance(pane.dialog, ReviewQueue)
    return pane.dialog


def press(queue: ReviewQueue, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(queue, key)


def test_next_and_previous_stop_at_the_ends(queue: ReviewQueue) -> None:
    assert queue.heading.text().startswith("R-0")
    press(queue, Key.Key_J, Key.Key_Down, Key.Key_J)
    assert queue.heading.text().startswith("R-2")
    press(queue, Key.Key_K, Key.Key_Up, Key.Key_K)
    assert queue.heading.text().startswith("R-0")
    assert "The mill may stop" in queue.words.text()
    assert "Review overdue by" in queue.why.text()
    assert "Nobody owns it." in queue.hints.text()


def test_that_nothing_changed_is_a_review_and_the_next_comes_up(
    queue: ReviewQueue, risks: list[str], sample: Store
) -> None:
    press(queue, Key.Key_R)
    row = row_of(sample, risks[0])
    assert (row["last_review"], row["next_review"]) == (DAY, DAY + timedelta(14))
    assert queue.heading.text().startswith("R-1")
    assert queue.progress.text() == "2 reviews due, 1 done"


def test_two_digits_rescore_and_review_as_one_step(queue: ReviewQueue, risks: list[str], sample: Store) -> None:
    press(queue, Key.Key_2)
    assert "Likelihood 2, impact?" in queue.where.text()
    press(queue, Key.Key_1)
    row = row_of(sample, risks[0])
    assert (row["prob_residual"], row["impact_residual"], row["last_review"]) == (2, 1, DAY)
    assert row["next_review"] == DAY + timedelta(90)
    undo(sample)
    row = row_of(sample, risks[0])
    assert (row["prob_residual"], row["last_review"]) == (4, DAY - timedelta(200))


def test_an_action_is_added_and_the_queue_stays_where_it_is(
    queue: ReviewQueue, risks: list[str], sample: Store
) -> None:
    press(queue, Key.Key_A)
    assert queue.box is not None
    write_editor(queue.box.editors["description"], "Second supplier", replaced=False)
    queue.box.accept()
    (action,) = read_rows(sample, "mitigation")
    assert (action["risk"], action["description"]) == (risks[0], "Second supplier")
    assert queue.heading.text().startswith("R-0")


def test_a_risk_is_escalated_and_closed_with_a_reason(queue: ReviewQueue, risks: list[str], sample: Store) -> None:
    press(queue, Key.Key_E)
    assert queue.box is not None
    write_editor(queue.box.editors["escalated_to"], "Steering board", replaced=False)
    queue.box.accept()
    assert row_of(sample, risks[0])["escalated_to"] == "Steering board"
    press(queue, Key.Key_C)
    write_editor(queue.box.editors["reason"], "Contract signed", replaced=False)
    queue.box.accept()
    assert row_of(sample, risks[0])["status"] == "Closed"
    assert latest_batches(sample)[0].why == "Contract signed"
    assert queue.heading.text().startswith("R-1")


def test_a_risk_that_went_meanwhile_is_said_to_be_gone(queue: ReviewQueue, risks: list[str], sample: Store) -> None:
    remove_row(sample, "risk", risks[0])
    press(queue, Key.Key_R)
    assert queue._message is not None


def test_when_all_is_reviewed_nothing_can_be_done_and_that_is_said(queue: ReviewQueue) -> None:
    press(queue, Key.Key_R, Key.Key_R, Key.Key_R)
    assert queue.heading.text() == "No review is due"
    assert queue.progress.text() == "0 reviews due, 3 done"
    press(queue, Key.Key_R, Key.Key_1, Key.Key_A, Key.Key_J, Key.Key_Q)
    assert queue.box is None


def test_two_digits_re_score_on_a_scale_that_is_longer_one_way(queue: ReviewQueue, sample: Store) -> None:
    save_scheme(sample, resize_scheme(replace(FIVE_BY_FIVE, effective_from=DAY), 7, 3), None)
    queue.read()
    risk = queue.now
    assert risk is not None
    for key in (Key.Key_7, Key.Key_6, Key.Key_3):
        QTest.keyClick(queue, key)
    row = row_of(sample, risk.risk.id)
    assert (row["prob_residual"], row["impact_residual"]) == (7, 3)
