"""The gates of projects with all that hangs on them, read once for many projects: the ground of gate figures and rules.

Works on a connection, so that a rule can look at what a batch has written before it is saved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pmo_desktop.figures.projects import expected_date, is_achieved, plan_order
from pmo_desktop.rules.assurance import Answer, DeliverableStatus, GateDecision, Mandatory, WaiverStatus
from pmo_desktop.rules.authority import Waiving
from pmo_desktop.rules.compliance import Event
from pmo_desktop.rules.words import MilestoneType
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.rows import Record, linked_rows, rows_of


@dataclass(frozen=True, slots=True)
class Library:
    """The parts of one version of a methodology that gates need, each in its order."""

    phases: tuple[str, ...] = ()  # codes
    gates: tuple[tuple[str, Record], ...] = ()  # (code of the phase, row)
    criteria: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)  # by gate code
    outputs: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)  # by the code of the phase


@dataclass(frozen=True, slots=True)
class GatePlace:
    """One gate of a project. `phase` is the code of the phase that it ends, empty where nobody says so."""

    code: str
    name: str
    phase: str
    part: Record | None  # of the library
    review: Record | None
    milestone: Record | None

    @property
    def passed(self) -> bool:
        """Whether the board let the project go on; without a review, whether its milestone has been achieved."""
        if self.review is not None:
            decision = self.review["decision"]
            return decision is not None and GateDecision(decision).passes
        return self.milestone is not None and is_achieved(self.milestone)

    @property
    def day(self) -> date | None:
        """The day it happened, else is forecast, else was planned for."""
        return expected_date(self.milestone) if self.milestone else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something mandatory at a gate that is not there; `state` is its answer or status, empty for none."""

    code: str
    name: str
    event: Event
    state: str
    is_criterion: bool


@dataclass(frozen=True, slots=True)
class GateBook:
    """One project with its gates in order, phases in order, deliverables, answers by review and approved waivers."""

    project: Record
    library: Library
    gates: tuple[GatePlace, ...]
    phases: tuple[Record, ...]
    deliverables: tuple[Record, ...]
    answers: Mapping[str, Mapping[str, Record]]
    waivers: tuple[Waiving, ...]

    def find(self, code: str) -> GatePlace | None:
        """The gate of that code."""
        return next((gate for gate in self.gates if gate.code == code), None)

    def earlier(self, code: str) -> tuple[GatePlace, ...]:
        """The gates before one, in order."""
        codes = [gate.code for gate in self.gates]
        return self.gates[: codes.index(code)] if code in codes else ()

    def gate_before(self, phase: Record) -> GatePlace | None:
        """The gate that has to be passed before a phase begins; None before the first phase.

        The methodology says which gate ends which phase; without it the n-th gate is taken to end the n-th phase.
        """
        place = [each["id"] for each in self.phases].index(phase["id"])
        codes = [each["code"] for each in self.phases[:place]]
        known = [gate for gate in self.gates if gate.phase]
        if known:
            return next((gate for gate in reversed(known) if gate.phase in codes), None)
        return self.gates[min(place, len(self.gates)) - 1] if place and self.gates else None

    def gate_for_work(self, day: date) -> GatePlace | None:
        """The gate that has to be passed before work on a day: that before the phase of the day, else the first one."""
        for phase in self.phases:
            if phase["start"] and phase["finish"] and phase["start"] <= day <= phase["finish"]:
                return self.gate_before(phase)
        return self.gates[0] if self.gates else None

    def answers_at(self, gate: GatePlace) -> Mapping[str, Record]:
        """The answers of a gate's review by the code of their criterion."""
        return self.answers.get(gate.review["id"], {}) if gate.review else {}

    def criteria(self, gate: GatePlace) -> tuple[Record, ...]:
        """The checklist of a gate: the methodology's, or what was answered where it has none."""
        if gate.part is not None:
            return self.library.criteria.get(gate.code, ())
        return tuple(
            {"code": code, "text": row["text"], "section": None, "guidance": None, "role": None}
            | {"mandatory": None, "evidence": None}
            for code, row in self.answers_at(gate).items()
        )

    def outputs(self, gate: GatePlace) -> dict[str, Record]:
        """What the methodology asks for at a gate, by code: the outputs of the phase it ends, if it is its last."""
        if not gate.phase or any(each.phase == gate.phase for each in self.gates[self.gates.index(gate) + 1 :]):
            return {}
        return {row["code"]: row for row in self.library.outputs.get(gate.phase, ())}

    def due_at(self, gate: GatePlace) -> tuple[Record, ...]:
        """The deliverables that a gate asks for."""
        return tuple(row for row in self.deliverables if row["gate"] == gate.code)

    def binds(self, word: str | None) -> bool:
        """Whether something mandatory for some projects is so for this one."""
        return (Mandatory(word) if word else Mandatory.ALL).binds(self.project["tier"])

    def is_mandatory(self, deliverable: Record) -> bool:
        """Whether a deliverable of the project is mandatory: as it says itself, else as the methodology says."""
        if deliverable["mandatory"] is not None:
            return bool(deliverable["mandatory"])
        part = self.output_of(deliverable["code"])
        return part is not None and self.binds(part["mandatory"])

    def output_of(self, code: str | None) -> Record | None:
        """The library's deliverable of a code."""
        return next((row for rows in self.library.outputs.values() for row in rows if row["code"] == code), None)

    def absent(self, gate: GatePlace) -> tuple[Record, ...]:
        """Mandatory outputs of the methodology at a gate that the project does not even list."""
        listed = {row["code"] for row in self.deliverables}
        return tuple(
            row for code, row in self.outputs(gate).items() if code not in listed and self.binds(row["mandatory"])
        )

    def gaps(self, gate: GatePlace) -> tuple[Gap, ...]:
        """What is mandatory at a gate and not there, waived or not: criteria, then deliverables."""
        return (*self._open_criteria(gate), *self._open_deliverables(gate))

    def count_mandatory(self, gate: GatePlace) -> int:
        """How many mandatory criteria and deliverables a gate has; a criterion that does not apply is none."""
        answers = self.answers_at(gate)
        criteria = [row for row in self.criteria(gate) if self.binds(row["mandatory"])]
        applying = [row for row in criteria if _answer(answers.get(row["code"])) != Answer.NOT_APPLICABLE]
        asked = [row for row in self.due_at(gate) if self.is_mandatory(row)]
        return len(applying) + len(asked) + len(self.absent(gate))

    def _open_criteria(self, gate: GatePlace) -> Iterable[Gap]:
        answers = self.answers_at(gate)
        for row in self.criteria(gate):
            answer = _answer(answers.get(row["code"]))
            if answer not in (Answer.YES, Answer.NOT_APPLICABLE) and self.binds(row["mandatory"]):
                yield Gap(row["code"], row["text"], Event.MISSING, answer or "", is_criterion=True)

    def _open_deliverables(self, gate: GatePlace) -> Iterable[Gap]:
        for row in self.due_at(gate):
            status = row["status"] or ""
            if status != DeliverableStatus.ACCEPTED and self.is_mandatory(row):
                event = Event.UNAPPROVED if status == DeliverableStatus.SUBMITTED else Event.MISSING
                yield Gap(code_of(row), row["name"], event, status, is_criterion=False)
        for row in self.absent(gate):
            yield Gap(row["code"], row["name"], Event.MISSING, "", is_criterion=False)


def code_of(deliverable: Record) -> str:
    """What a waiver calls a deliverable by: its library code, else its ID, else its name."""
    return str(deliverable["code"] or deliverable["ref"] or deliverable["name"])


def read_books(connection: Connection, projects: Collection[str] | None = None) -> dict[str, GateBook]:
    """The gate books of projects by their ids; of all when none are named."""
    rows = rows_of(connection, "project", projects)
    ids = [row["id"] for row in rows]
    own = {name: _by(linked_rows(connection, name, "project", ids), "project") for name in _OWN}
    reviews = [row["id"] for found in own["gate_review"].values() for row in found]
    answers = _by(linked_rows(connection, "gate_answer", "review", reviews), "review")
    libraries = _libraries(connection, {row["methodology"] for row in rows if row["methodology"]})
    books = {}
    for row in rows:
        library = libraries.get(row["methodology"], _NONE)
        mine = {name: own[name][row["id"]] for name in _OWN}
        books[row["id"]] = GateBook(
            row,
            library,
            _order(library, mine["gate_review"], mine["milestone"]),
            tuple(sorted(mine["phase"], key=_phase_order)),
            tuple(mine["deliverable"]),
            {each["id"]: {one["code"]: one for one in answers[each["id"]]} for each in mine["gate_review"]},
            tuple(_waiving(each) for each in mine["waiver"] if each["status"] == WaiverStatus.APPROVED),
        )
    return books


_OWN = ("gate_review", "milestone", "phase", "deliverable", "waiver")
_NONE = Library()


def _by(rows: Iterable[Record], link: str) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row[link]].append(row)
    return found


def _answer(row: Record | None) -> str | None:
    return row["answer"] if row else None


def _phase_order(row: Record) -> tuple[float, date, str]:
    return (row["position"] if row["position"] is not None else float("inf"), row["start"] or date.max, row["id"])


def _waiving(row: Record) -> Waiving:
    return Waiving(*(row[name] for name in Waiving._fields))


def _libraries(connection: Connection, methodologies: Collection[str]) -> dict[str, Library]:
    phases = _placed(linked_rows(connection, "method_phase", "methodology", sorted(methodologies)))
    ids = [row["id"] for row in phases]
    codes = {row["id"]: row["code"] for row in phases}
    gates = _placed(linked_rows(connection, "method_gate", "phase", ids))
    criteria = _by(_placed(linked_rows(connection, "method_criterion", "gate", [row["id"] for row in gates])), "gate")
    outputs = _by(_placed(linked_rows(connection, "method_deliverable", "phase", ids)), "phase")
    of_phase, of_method = _by(gates, "phase"), _by(phases, "methodology")
    found = {}
    for methodology, mine in of_method.items():
        own = [(codes[row["id"]], gate) for row in mine for gate in of_phase[row["id"]]]
        found[methodology] = Library(
            tuple(row["code"] for row in mine),
            tuple(own),
            {gate["code"]: tuple(criteria[gate["id"]]) for _, gate in own},
            {row["code"]: tuple(outputs[row["id"]]) for row in mine},
        )
    return found


def _placed(rows: list[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: row["position"])


def _order(library: Library, reviews: list[Record], milestones: list[Record]) -> tuple[GatePlace, ...]:
    """The methodology's gates in its order, then those that only the project has, as they are planned."""
    review_of = {row["code"]: row for row in reviews}
    gates = [row for row in milestones if row["type"] == MilestoneType.GATE and row["gate"]]
    milestone_of = {row["gate"]: row for row in sorted(gates, key=plan_order, reverse=True)}
    listed = {gate["code"]: (phase, gate) for phase, gate in library.gates}
    others = sorted(
        (review_of.keys() | milestone_of.keys()) - listed.keys(),
        key=lambda code: (*plan_order(milestone_of.get(code, {})), code),
    )
    return tuple(
        GatePlace(
            code,
            _name(code, listed.get(code), review_of.get(code), milestone_of.get(code)),
            listed[code][0] if code in listed else "",
            listed[code][1] if code in listed else None,
            review_of.get(code),
            milestone_of.get(code),
        )
        for code in (*listed, *others)
    )


def _name(code: str, part: tuple[str, Record] | None, review: Record | None, milestone: Record | None) -> str:
    own = [review["name"] if review else None, part[1]["name"] if part else None]
    return next(filter(None, [*own, milestone["name"] if milestone else None]), code)
