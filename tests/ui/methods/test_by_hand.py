"""A project from its mandate to its closure in the app, by clicks and keys, under each authority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.assurance import GateDecision
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.rules.sizing import SCALES
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_linked, read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.applymethod import ApplyDialog
from pmo_desktop.ui.dialogs.closure import ClosureDialog
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.methods.pane import MethodsPane
from tests.builders import a_person, a_project, state_hash

TODAY = date(2026, 11, 13)
Shown = TypeVar("Shown", bound=QWidget)


@pytest.fixture
def sample(empty: Store) -> Store:
    change_settings(empty, {"data_date": TODAY})
    return empty


@pytest.fixture
def project(sample: Store) -> str:
    manager, sponsor = a_person(sample, "Priya Nair"), a_person(sample, "Sue Okafor")
    a_person(sample, "Ola Berg")
    return a_project(
        sample, "Billing", ref="HW-101", pm=manager, sro=sponsor, lifecycle_status="Active", currency="GBP",
        budget_approved=5_000_000, start_forecast=date(2026, 9, 7), finish_forecast=TODAY,
    )  # fmt: skip


def window_of(kind: type[Shown]) -> Shown:
    """The dialog of a kind that is on screen."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


def while_open(kind: type[Shown], do: Callable[[Shown], object], ask: Callable[[], object]) -> None:
    """Ask for a dialog that holds the window, and work in it."""
    QTimer.singleShot(50, lambda: do(window_of(kind)))
    ask()


def size_and_apply(dialog: ApplyDialog) -> None:
    """The lowest point on every scale: small work is proposed, and applied."""
    for each in SCALES:
        QTest.mouseClick(dialog.sizing.scales[each.name].buttons["1"], Qt.MouseButton.LeftButton)
    dialog.try_accept()


class Hands:
    """What somebody does at the keyboard."""

    def __init__(self, desk: Desk, store: Store, project: str) -> None:
        self.desk, self.store, self.project = desk, store, project

    @property
    def methods(self) -> MethodsPane:
        pane = self.desk.window.pane
        assert isinstance(pane, MethodsPane)
        return pane

    def rows(self, entity: str) -> list[dict[str, Any]]:
        return read_linked(self.store, entity, "project", [self.project])

    def take_up(self, code: str) -> None:
        """The card of a starter is clicked in the empty library."""
        self.desk.navigate("methods")
        starters = self.methods.pages.starters
        card = next(each for each in starters.cards if each.code == code)
        card.button.click()

    def deed(self, command: str, register: str, row: str, **texts: str) -> None:
        """A deed of a register's row, asked for in a box."""
        self.desk.navigate(register, row)
        assert self.desk.window.dispatch.perform(command)
        pane: Any = self.desk.window.pane
        box = pane.verbs.box
        for name, text in texts.items():
            write_editor(box.editors[name], text, replaced=False)
        box.accept()
        assert box.wrong.text() == ""

    def review(self, row: str) -> Any:
        """The page of a gate review, from the check that its row leads to."""
        self.desk.navigate("methods", row)
        self.desk.window.dispatch.perform("gate.review")
        QApplication.processEvents()
        return self.methods.pages.review

    def approve(self, row: str) -> None:
        page = self.review(row)
        page.checklist.selectAll()
        QTest.keyClick(page.checklist, Qt.Key.Key_Y)
        page.board.choices[GateDecision.APPROVE].click()
        page.board.fields.write("decided_by", "Sue Okafor")
        page.board.fields.write("reason", "All is there.")
        page.board.record.click()

    def close(self) -> None:
        self.desk.navigate("projects", self.project)
        self.desk.window.dispatch.perform("project.closure")
        dialog = window_of(ClosureDialog)
        dialog.everything.setCurrentText("Ola Berg")
        dialog.everything.activated.emit(dialog.everything.currentIndex())
        dialog.try_accept()


@pytest.mark.parametrize("mode", list(Mode))
def test_small_work_from_mandate_to_closure(desk: Desk, sample: Store, project: str, mode: Mode, qtbot: QtBot) -> None:
    set_authority(sample, mode, date(2026, 1, 1))
    hands = Hands(desk, sample, project)
    hands.take_up("small-work")
    desk.navigate("projects", project)
    while_open(ApplyDialog, size_and_apply, lambda: desk.window.dispatch.perform("method.apply"))
    assert [row["code"] for row in hands.rows("gate_review")] == ["G1", "G2"]
    too_early = state_hash(sample)
    page = hands.review(hands.rows("gate_review")[0]["id"])
    if mode is not Mode.SUPPORTIVE:
        page.board.choices[GateDecision.APPROVE].click()
        page.board.record.click()
        assert "Nothing was decided" in page.board.message.words.text()
        assert state_hash(sample) == too_early
    for gate in ("G1", "G2"):
        for row in hands.rows("deliverable"):
            if row["gate"] == gate:
                hands.deed("deliverable.submit", "deliverables", row["id"], template_used="Yes")
                hands.deed("deliverable.accept", "deliverables", row["id"], acceptor="Ola Berg")
        review = next(row for row in hands.rows("gate_review") if row["code"] == gate)
        hands.approve(review["id"])
    assert [row["decision"] for row in hands.rows("gate_review")] == ["Approve", "Approve"]
    hands.close()
    closed = read_row(sample, "project", project)
    assert closed
    assert (closed["lifecycle_status"], closed["tier"]) == ("Closed", "Tier 3")
    assert read_rows(sample, "override") == []
