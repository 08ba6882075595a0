"""One project that follows a methodology of two phases with a gate each, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.gates import answer_criteria
from pmo_desktop.operations.methods import install_method
from pmo_desktop.operations.waivers import decide_waiver, request_waiver
from pmo_desktop.rules.assurance import Answer, Mandatory
from pmo_desktop.rules.authority import Grant
from pmo_desktop.rules.compliance import Event, Mode
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase, Output, Template
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row, read_rows
from tests.builders import a_milestone, a_person, a_project, a_row, change_row

DAY = date(2026, 11, 13)
LATER = date(2027, 3, 31)
BRIEF, MONEY, OPEN = "g1-brief", "g1-money", "g2-open"
METHOD = Method(
    code="two-steps",
    name="Two steps",
    version="1.0",
    phases=(
        MethodPhase(
            "think",
            "Think",
            deliverables=(Output("brief", "Brief", role="Analyst", template="note"),),
            gates=(
                Gate(
                    "G1",
                    "Go?",
                    "Is it worth it?",
                    "The board",
                    (
                        Criterion(BRIEF, "The brief is agreed.", "Scope", "Ask.", "Analyst", evidence="brief"),
                        Criterion(MONEY, "The money is there.", "Money", role="Sponsor", mandatory=Mandatory.LARGER),
                        Criterion("g1-idea", "Somebody has a better idea.", mandatory=Mandatory.NONE),
                    ),
                ),
            ),
        ),
        MethodPhase(
            "do",
            "Do",
            deliverables=(Output("thing", "Thing"), Output("song", "Song", mandatory=Mandatory.LARGEST)),
            gates=(Gate("G2", "Done?", criteria=(Criterion(OPEN, "It is open."),)),),
        ),
    ),
    templates=(Template("note", "Note", "note.docx", b"bytes"),),
)


@dataclass
class Stage:
    """The ids of what the tests work on."""

    store: Store
    project: str
    g1: str
    g2: str
    brief: str
    thing: str
    think: str
    do: str
    first: str  # the milestones
    second: str
    people: dict[str, str] = field(default_factory=dict)

    def row(self, entity: str, identity: str) -> Record:
        found = read_row(self.store, entity, identity)
        assert found is not None
        return found

    def overrides(self) -> list[tuple[str, str, str]]:
        return [(row["event"], row["mode"], row["outcome"]) for row in read_rows(self.store, "override")]

    def grant(self, approver: str = "sue", reason: str = "The board agreed.") -> Grant:
        return Grant(reason, self.people[approver], LATER, self.people["mia"])

    def answer_all(self) -> None:
        """Every criterion of both gates is met."""
        answer_criteria(self.store, self.g1, {BRIEF: Answer.YES, MONEY: Answer.YES})
        answer_criteria(self.store, self.g2, {OPEN: Answer.YES})

    def waive(self, event: Event | None, concerns: str | None = None, by: str = "helen") -> str:
        """A waiver that Ben asks for and somebody approves."""
        asked = request_waiver(
            self.store, self.project, "Do without", "No time.", DAY, event, concerns, self.people["ben"]
        )
        decide_waiver(self.store, asked, approve=True, on=DAY, by=self.people[by], expires=LATER)
        return asked


def make_stage(store: Store, mode: Mode | None = None) -> Stage:
    """The project on its way to its first gate, under an authority if one is named."""
    people = {
        "priya": a_person(store, "Priya Nair"),
        "ben": a_person(store, "Ben Ali"),
        "sue": a_person(store, "Sue Okafor"),
        "helen": a_person(store, "Helen Roth", role="Head of PMO"),
        "mia": a_person(store, "Mia Lund"),
    }
    method = install_method(store, METHOD)
    project = a_project(
        store,
        "Billing",
        ref="HW-101",
        pm=people["priya"],
        sro=people["sue"],
        methodology=method,
        lifecycle_status="Proposed",
        currency="GBP",
        custom={},
    )
    own = {"project": project, "custom": {}}
    think = a_row(
        store,
        "phase",
        name="Think",
        code="think",
        position=1.0,
        status="Under way",
        start=date(2026, 10, 1),
        finish=date(2026, 11, 30),
        **own,
    )
    do = a_row(
        store,
        "phase",
        name="Do",
        code="do",
        position=2.0,
        status="Not started",
        start=date(2026, 12, 1),
        finish=date(2027, 6, 30),
        **own,
    )
    first = a_milestone(store, project, "Go?", type="Gate", gate="G1", forecast=date(2026, 11, 30), custom={})
    second = a_milestone(store, project, "Done?", type="Gate", gate="G2", forecast=date(2027, 6, 30), custom={})
    brief = a_row(
        store,
        "deliverable",
        name="Brief",
        code="brief",
        gate="G1",
        owner=people["ben"],
        due=date(2026, 11, 20),
        status="Not started",
        **own,
    )
    thing = a_row(store, "deliverable", name="Thing", code="thing", gate="G2", status="Accepted", **own)
    g1 = a_row(store, "gate_review", code="G1", **own)
    g2 = a_row(store, "gate_review", code="G2", **own)
    if mode is not None:
        set_authority(store, mode, date(2026, 1, 1))
    return Stage(store, project, g1, g2, brief, thing, think, do, first, second, people)


def change(stage: Stage, entity: str, identity: str, **values: object) -> None:
    """Write cells past every rule, as the tests' own hand."""
    change_row(stage.store, entity, identity, **values)
