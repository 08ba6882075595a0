"""The registers of governance: each deed asked for in a box, done as one step, and said when it cannot be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.actions import PANE_COMMANDS
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.panes.register import RegisterPane
from pmo_desktop.ui.panes.registers import OUTLINES
from tests.builders import a_person, a_project, a_row

TODAY, LATER = date(2026, 11, 13), date(2027, 3, 31)


@pytest.fixture
def sample(empty: Store) -> Store:
    change_settings(empty, {"data_date": TODAY})
    return empty


@dataclass
class Hands:
    """One row of a register on screen."""

    desk: Desk
    store: Store
    project: str

    def go(self, register: str, row: str) -> None:
        self.desk.navigate(register, row)

    @property
    def pane(self) -> RegisterPane:
        assert isinstance(self.desk.window.pane, RegisterPane)
        return self.desk.window.pane

    def ask(self, command: str, **texts: str) -> str:
        """Ask for a deed and fill its box in; the sentence that the box says, empty when it was done."""
        assert self.desk.window.dispatch.perform(command)
        box = self.pane.verbs.box
        assert box is not None
        for name, text in texts.items():
            write_editor(box.editors[name], text, replaced=False)
        box.accept()
        said = box.wrong.text()
        box.close()
        return said

    def row(self, entity: str, identity: str) -> dict[str, Any]:
        found = read_row(self.store, entity, identity)
        assert found is not None
        return dict(found)


@pytest.fixture
def hands(desk: Desk, sample: Store) -> Hands:
    for name, role in (("Ben Ali", ""), ("Sue Okafor", "Head of PMO"), ("Mia Lund", "")):
        a_person(sample, name, role=role)
    return Hands(desk, sample, a_project(sample, "Billing", ref="HW-101", lifecycle_status="Active"))


def person(hands: Hands, name: str) -> str:
    return str(next(row["id"] for row in read_rows(hands.store, "person") if row["name"] == name))


@pytest.fixture
def deliverable(hands: Hands) -> str:
    return a_row(
        hands.store, "deliverable", project=hands.project, name="Brief", ref="D-1", owner=person(hands, "Ben Ali"),
        status="In progress", custom={},
    )  # fmt: skip


def test_a_deliverable_is_submitted_returned_and_accepted(hands: Hands, deliverable: str) -> None:
    hands.go("deliverables", deliverable)
    assert "was not handed in" in hands.ask("deliverable.accept", acceptor="Mia Lund")
    assert hands.ask("deliverable.submit", template_used="Yes") == ""
    assert hands.row("deliverable", deliverable)["submitted_on"] == TODAY
    assert "say what has to be mended" in hands.ask("deliverable.return")
    assert hands.ask("deliverable.return", reason="No costs in it") == ""
    assert hands.row("deliverable", deliverable)["status"] == "Returned"
    hands.ask("deliverable.submit")
    hands.go("deliverables", deliverable)
    assert hands.ask("deliverable.accept", acceptor="Mia Lund") == ""
    row = hands.row("deliverable", deliverable)
    assert (row["status"], row["accepted_on"], row["acceptor"]) == ("Accepted", TODAY, person(hands, "Mia Lund"))


def test_under_controlling_authority_nobody_accepts_their_own(hands: Hands, deliverable: str) -> None:
    set_authority(hands.store, Mode.CONTROLLING, date(2026, 1, 1))
    hands.go("deliverables", deliverable)
    hands.ask("deliverable.submit")
    assert "Nobody accepts their own" in hands.ask("deliverable.accept", acceptor="Ben Ali")


def test_a_quality_review_is_planned_and_its_result_recorded(hands: Hands, deliverable: str) -> None:
    hands.go("deliverables", deliverable)
    assert hands.ask("quality.plan", planned="1 Dec 2026", reviewer="Mia Lund") == ""
    (review,) = read_rows(hands.store, "quality_review")
    hands.go("quality_reviews", review["id"])
    assert "choose how the review ended" in hands.ask("quality.result")
    assert "errors are still open" in hands.ask("quality.result", result="Pass", errors_found="2")
    assert hands.ask("quality.result", result="Fail", errors_found="2", errors_open="1") == ""
    assert hands.row("quality_review", review["id"])["result"] == "Fail"
    assert hands.row("deliverable", deliverable)["status"] == "Returned"
    assert hands.ask("quality.plan") == ""
    assert len(read_rows(hands.store, "quality_review")) == 2


def test_another_review_needs_a_deliverable_of_that_name(hands: Hands) -> None:
    own = {"project": hands.project, "deliverable": "Nothing", "title": "Review", "custom": {}}
    review = a_row(hands.store, "quality_review", **own)
    hands.go("quality_reviews", review)
    assert "no deliverable of that name" in hands.ask("quality.plan")


def test_waivers_are_approved_rejected_and_withdrawn(hands: Hands) -> None:
    own = {"project": hands.project, "event": "Gate skipped", "reason": "x", "status": "Requested", "custom": {}}
    first, second = (a_row(hands.store, "waiver", subject=each, ref=each, **own) for each in ("W-001", "W-002"))
    hands.go("waivers", first)
    assert "say who approves" in hands.ask("waiver.approve")
    assert "a day that lies ahead" in hands.ask("waiver.approve", approver="Sue Okafor")
    assert hands.ask("waiver.approve", approver="Sue Okafor", expires="31 Mar 2027") == ""
    assert hands.row("waiver", first)["expires"] == LATER
    assert hands.ask("waiver.withdraw", reason="Done after all") == ""
    assert hands.row("waiver", first)["status"] == "Withdrawn"
    hands.go("waivers", second)
    assert hands.ask("waiver.reject", approver="Sue Okafor", comment="No") == ""
    assert hands.row("waiver", second)["status"] == "Rejected"


def test_a_finding_goes_its_way_and_is_verified_by_somebody_else(hands: Hands) -> None:
    own = {"project": hands.project, "owner": person(hands, "Ben Ali"), "status": "Open", "custom": {}}
    finding = a_row(hands.store, "finding", ref="F-001", title="Empty log", **own)
    hands.go("findings", finding)
    assert "say what will be done" in hands.ask("finding.agree")
    assert hands.ask("finding.agree", action="Fill it") == ""
    (action,) = read_rows(hands.store, "action")
    assert action["description"] == "Fill it"
    assert hands.ask("finding.done") == ""
    assert "say who looked" in hands.ask("finding.verify")
    assert "Ask somebody else" in hands.ask("finding.verify", verified_by="Ben Ali")
    assert hands.ask("finding.return", reason="Half of it") == ""
    assert hands.ask("finding.done") == ""
    assert hands.ask("finding.verify", verified_by="Mia Lund") == ""
    assert hands.row("finding", finding)["status"] == "Verified"


def test_a_finding_may_not_be_accepted(hands: Hands) -> None:
    finding = a_row(hands.store, "finding", ref="F-001", title="Empty log", status="Open", custom={})
    hands.go("findings", finding)
    assert hands.ask("finding.reject", reason="It is kept elsewhere") == ""
    assert hands.row("finding", finding)["status"] == "Not accepted"


@pytest.mark.parametrize(("register", "command"), [("projects", "project.end_report"), ("audits", "audit.print")])
def test_the_reports_of_a_project_and_of_a_check_are_printed(
    hands: Hands, desk: Desk, qtbot: QtBot, register: str, command: str
) -> None:
    audit = a_row(hands.store, "audit", project=hands.project, title="Health check", ref="A-1", custom={})
    hands.go(register, hands.project if register == "projects" else audit)
    assert desk.window.dispatch.perform(command)
    qtbot.waitUntil(lambda: hands.pane.print_window is not None, timeout=20_000)
    window: Any = hands.pane.print_window
    assert window.path.stat().st_size > 1_000
    window.close()


def test_without_a_row_the_deed_says_what_to_choose(hands: Hands, desk: Desk) -> None:
    desk.navigate("audits")
    desk.navigate("findings")
    said: list[str] = []
    desk.context.say = said.append
    desk.window.dispatch.perform("finding.done")
    desk.navigate("audits")
    desk.window.dispatch.perform("audit.print")
    assert said == ["Choose a finding first.", "Choose a check first."]


@pytest.mark.parametrize("name", [name for name, outline in OUTLINES.items() if outline.deeds or outline.head])
def test_what_a_register_offers_is_registered_and_answered(hands: Hands, desk: Desk, name: str) -> None:
    desk.navigate(name)
    outline, known = OUTLINES[name], {each.id for each in PANE_COMMANDS}
    offered = {*outline.deeds, *(each[0] for each in (*outline.foot, *outline.head))}
    assert offered <= known
    assert offered <= hands.pane.commands().keys()
