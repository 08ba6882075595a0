"""A project from its mandate to its closure, with each of the seven methodologies, under each authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.figures.closure import read_closure
from pmo_desktop.figures.compliance import read_compliance
from pmo_desktop.figures.gates import read_gate_check
from pmo_desktop.figures.methods import read_method
from pmo_desktop.figures.overrides import list_overrides
from pmo_desktop.operations.attachments import attach_link
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.closure import archive_project, close_project, reopen_project
from pmo_desktop.operations.deliverables import accept_deliverable, submit_deliverable
from pmo_desktop.operations.documents import generate_document
from pmo_desktop.operations.gatedecision import decide_gate
from pmo_desktop.operations.gates import answer_criteria, vote_gate
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.methodfiles import list_starters, take_starter
from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.ruled import Ruled
from pmo_desktop.operations.tailoring import apply_method, size_project
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import Record, read_row, read_rows
from tests.builders import a_person, a_project, state_hash

START, DAY = date(2026, 1, 5), date(2026, 11, 13)
STARTERS = [each.code for each in list_starters()]


@dataclass
class Journey:
    """One project and the people around it."""

    store: Store
    project: str
    methodology: str
    manager: str
    sponsor: str
    operations: str  # who keeps what is left

    def rows(self, entity: str) -> list[Record]:
        return [row for row in read_rows(self.store, entity) if row["project"] == self.project]

    def bring_forth(self, gate: str) -> None:
        """Every deliverable of a gate is made from its template, handed in and accepted."""
        for row in self.rows("deliverable"):
            if row["gate"] != gate:
                continue
            submit_deliverable(self.store, row["id"], DAY, template_used=True)
            accept_deliverable(self.store, row["id"], DAY, self.operations)

    def pass_gate(self, row: Record) -> None:
        """The board looks at the gate: each criterion is met and has evidence, everybody votes, and it is approved."""
        check = read_gate_check(self.store, self.project, row["code"])
        answer_criteria(self.store, row["id"], {each.code: Answer.YES for each in check.criteria}, on=DAY)
        attach_link(self.store, "gate_review", row["id"], "https://intranet.example/minutes", "Minutes")
        vote_gate(self.store, row["id"], self.sponsor, GateDecision.APPROVE)
        check = read_gate_check(self.store, self.project, row["code"])
        assert (check.readiness, check.missing) == (100.0, ())
        decide_gate(self.store, row["id"], GateDecision.APPROVE, DAY, self.sponsor, "All is there.")

    def learn(self) -> None:
        """Three lessons, and a benefit that operations measures from now on."""
        for title in ("Ask the users first", "Test with real data", "Book the hall early"):
            create_record(self.store, "lesson", {"project": self.project, "title": title})
        values = {"project": self.project, "title": "Fewer calls", "handover_owner": self.operations}
        create_record(self.store, "benefit", values)


@pytest.fixture(params=list(Mode))
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


def begin(code: str, mode: Mode) -> Journey:
    """A sized project that follows one of the starters from its mandate on."""
    store = create_memory_store(data_date=DAY, report_days=31)
    manager, sponsor, keeper = (a_person(store, name) for name in ("Priya Nair", "Sue Okafor", "Ola Berg"))
    project = a_project(
        store,
        "Billing",
        ref="HW-101",
        pm=manager,
        sro=sponsor,
        lifecycle_status="Active",
        start_forecast=START,
        finish_forecast=DAY,
        finish_baseline=DAY,
        budget_approved=25_000_000,
        currency="GBP",
        report_date=DAY,
        custom={},
    )
    set_authority(store, mode, START)
    methodology = take_starter(store, code, START)
    size_project(store, project, {"cost": 3, "duration": 3, "novelty": 3, "dependencies": 2, "exposure": 2}, START)
    apply_method(store, project, methodology, START)
    return Journey(store, project, methodology, manager, sponsor, keeper)


@pytest.mark.parametrize("code", STARTERS)
def test_a_project_goes_from_mandate_to_closure(tmp_path: Path, code: str, mode: Mode) -> None:
    journey = begin(code, mode)
    gates = journey.rows("gate_review")
    assert len(gates) == len(list(read_method(journey.store, journey.methodology).gates())) > 0
    for row in gates:
        journey.bring_forth(row["code"])
        journey.pass_gate(row)
    journey.learn()
    share = read_compliance(journey.store, on=DAY).share()
    assert (share.percent, share.waived) == (100.0, 0)
    handover = {row["id"]: journey.operations for row in journey.rows("deliverable")}
    close_project(journey.store, journey.project, DAY, handover)
    closure = read_closure(journey.store, journey.project)
    assert closure.line("gates").state == "OK"
    project = read_row(journey.store, "project", journey.project)
    assert project
    assert (project["lifecycle_status"], project["finish_actual"]) == ("Closed", DAY)
    assert list_overrides(journey.store) == ()
    bundle = archive_project(journey.store, journey.project, tmp_path / "HW-101.zip")
    assert any(name.endswith(".xlsx") for name in bundle.names)
    journey.store.close()


def test_a_gate_with_nothing_done_passes_only_where_the_pmo_is_supportive(mode: Mode) -> None:
    journey = begin("managed-stages", mode)
    row = journey.rows("gate_review")[0]
    before = state_hash(journey.store)
    if mode is Mode.SUPPORTIVE:
        decide_gate(journey.store, row["id"], GateDecision.APPROVE, DAY, journey.sponsor)
        undo(journey.store)
    else:
        with pytest.raises(Ruled, match="cannot pass"):
            decide_gate(journey.store, row["id"], GateDecision.APPROVE, DAY, journey.sponsor)
    assert state_hash(journey.store) == before


def test_the_first_document_is_made_from_its_template(tmp_path: Path) -> None:
    journey = begin("managed-stages", Mode.CONTROLLING)
    made = generate_document(journey.store, journey.project, "mandate", tmp_path)
    assert made.stat().st_size > 1_000


def test_a_closed_project_is_reopened_with_a_reason() -> None:
    journey = begin("small-work", Mode.SUPPORTIVE)
    close_project(journey.store, journey.project, DAY)
    reopen_project(journey.store, journey.project, "The supplier came back.")
    project = read_row(journey.store, "project", journey.project)
    assert project
    assert project["lifecycle_status"] == "Active"
