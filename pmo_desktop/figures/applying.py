"""What applying a methodology to a project would create, and what of the project it would take over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmo_desktop.figures.methods import read_method
from pmo_desktop.figures.sizing import project_dates
from pmo_desktop.rules.assurance import MethodStatus, Tier
from pmo_desktop.rules.laying import gate_of, gate_title, is_named_so, lay_phases, role_field
from pmo_desktop.rules.method import Gate, Method
from pmo_desktop.rules.wording import join_words
from pmo_desktop.rules.words import MilestoneStatus, MilestoneType
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row

APPLIED = ("phase", "deliverable", "gate_review", "milestone")


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase as the project will have it; `row` is the phase it has already and keeps, None for a new one."""

    code: str
    name: str
    position: float
    start: date | None
    finish: date | None
    row: str | None


@dataclass(frozen=True, slots=True)
class PlannedGate:
    """A gate as the project will have it: its day, and the milestone and review it has already (None: new ones)."""

    code: str
    name: str
    title: str
    day: date | None
    milestone: str | None
    review: str | None


@dataclass(frozen=True, slots=True)
class PlannedDeliverable:
    """A deliverable as the project will have it; `cells` are its row's, `row` the one it has already (None: new)."""

    code: str
    name: str
    cells: Mapping[str, Any]
    row: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a version asks of one project, each in its order; `left_out` are codes of deliverables not wanted."""

    project: str
    methodology: str
    phases: tuple[PlannedPhase, ...]
    gates: tuple[PlannedGate, ...]
    deliverables: tuple[PlannedDeliverable, ...]
    left_out: tuple[str, ...] = ()

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """How many of each kind are new, and how many the project has already."""
        rows = {
            "phases": [each.row for each in self.phases],
            "gates": [each.milestone for each in self.gates],
            "deliverables": [each.row for each in self.deliverables],
        }
        return {name: (each.count(None), len(each) - each.count(None)) for name, each in rows.items()}


@dataclass(frozen=True, slots=True)
class Footing:
    """What a project has already: its own row, and by entity the rows that may stem from a methodology."""

    project: Record
    rows: Mapping[str, list[Record]]

    @property
    def follows(self) -> bool:
        """Whether anything of it comes from a methodology."""
        return any(row["code"] for name in ("phase", "deliverable", "gate_review") for row in self.rows[name])


def preview_apply(
    store: Store,
    project: str,
    methodology: str,
    start: date | None = None,
    without: Collection[str] = (),
    tier: str | None = None,
) -> Plan:
    """What applying a version would do, nothing being written; `tier` is one the project is about to get.

    `start` is the first day of the first phase, that of the project when it is left out; `without` are codes of
    optional deliverables to leave out. Raises Known when the version is not approved, when the project follows a
    methodology already, and when what is to be left out is mandatory or is not there.
    """
    read_approved(store, methodology)
    footing = read_footings(store, [project]).get(project)
    if footing is None:
        raise Known("This project has been deleted. Undo the deletion first.")
    if footing.project["methodology"] and footing.follows:
        raise Known(f"{called(footing.project)} follows a methodology already. Move it to the other version instead.")
    if tier:
        footing = replace(footing, project=footing.project | {"tier": tier})
    method = read_method(store, methodology)
    _refuse_left_out(method, footing.project["tier"], without)
    return plan_method(footing, method, methodology, start, without)


def read_approved(store: Store, methodology: str) -> Record:
    """The row of a version that may be applied. Raises Known when it is a draft, retired or gone."""
    head = read_row(store, "methodology", methodology)
    if head is None:
        raise Known("This methodology has been deleted. Undo the deletion first.")
    if head["status"] != MethodStatus.APPROVED:
        mend = "Choose a later version" if head["status"] == MethodStatus.RETIRED else "Approve it first"
        raise Known(f"{head['name']} {head['version'] or ''} is not approved, so no project can follow it. {mend}.")
    return head


def read_footings(store: Store, projects: Collection[str]) -> dict[str, Footing]:
    """What each of some projects has, by project; one that is gone is not in the answer."""
    by_entity: dict[str, defaultdict[str, list[Record]]] = {}
    for name in APPLIED:
        by_entity[name] = defaultdict(list)
        for row in read_linked(store, name, "project", projects):
            by_entity[name][row["project"]].append(row)
    heads = read_linked(store, "project", "id", projects)
    return {head["id"]: Footing(head, {name: by_entity[name][head["id"]] for name in APPLIED}) for head in heads}


def plan_method(
    footing: Footing, method: Method, methodology: str, start: date | None = None, without: Collection[str] = ()
) -> Plan:
    """Lay a version over a project: each part with the row the project has for it, or with what a new one will hold.

    A part is found by its code, else by its name among the rows of no part: a milestone called "G4", "Gate 4" or
    "G4 Ready" is gate G4.
    """
    first, finish = project_dates(footing.project)
    spans = lay_phases([phase.weeks for phase in method.phases], start or first, finish)
    phase_rows = _Finder(footing.rows["phase"], "code", [phase.code for phase in method.phases])
    phases, days = [], dict[str, date | None]()
    for place, (phase, span) in enumerate(zip(method.phases, spans, strict=True), start=1):
        row = phase_rows.take(phase.code, _same_name(phase.name))
        begin, end = (row["start"] or span[0], row["finish"] or span[1]) if row else span
        phases.append(PlannedPhase(phase.code, phase.name, float(place), begin, end, row["id"] if row else None))
        days |= {gate.code: end for gate in phase.gates}
    gates = _gates(footing, method, days)
    dates = {gate.code: gate.day for gate in gates}
    ends = {each.code: each.finish for each in phases}
    outputs = _outputs(footing, method, dates, ends, without)
    return Plan(footing.project["id"], methodology, tuple(phases), gates, outputs, tuple(sorted(without)))


def called(project: Record) -> str:
    """What a project is called in a sentence."""
    return str(project["ref"] or project["name"] or "The project")


class _Finder:
    """Finds the row of a part among those a project has; each row is one part's only."""

    def __init__(self, rows: Iterable[Record], cell: str, codes: Iterable[str]) -> None:
        self._cell = cell
        self._free = list(rows)
        self._codes = {code.casefold() for code in codes}

    def take(self, code: str, is_it: Callable[[Record], bool]) -> Record | None:
        """The row with that code, else the first without a code of this version that the test accepts."""
        found = next((row for row in self._free if self._code(row) == code.casefold()), None)
        found = found or next((row for row in self._free if self._code(row) not in self._codes and is_it(row)), None)
        if found:
            self._free.remove(found)
        return found

    def _code(self, row: Record) -> str:
        return str(row[self._cell] or "").casefold()


def _same_name(name: str) -> Callable[[Record], bool]:
    return lambda row: str(row["name"] or "").strip().casefold() == name.strip().casefold()


def _gates(footing: Footing, method: Method, days: Mapping[str, date | None]) -> tuple[PlannedGate, ...]:
    codes = [gate.code for _, gate in method.gates()]
    stones = [row for row in footing.rows["milestone"] if _may_be_gate(row)]
    milestones = _Finder(sorted(stones, key=_by_day), "gate", codes)
    reviews = _Finder(footing.rows["gate_review"], "code", codes)
    found = []
    for _, gate in method.gates():
        stone = milestones.take(gate.code, _is_gate(gate))
        review = reviews.take(gate.code, _same_name(gate.name))
        day = _gate_day(stone) if stone else None
        ids = [each["id"] if each else None for each in (stone, review)]
        title = gate_title(gate.code, gate.name)
        found.append(PlannedGate(gate.code, gate.name, title, day or days[gate.code], *ids))
    return tuple(found)


def _is_gate(gate: Gate) -> Callable[[Record], bool]:
    return lambda row: is_named_so(row["name"], gate.code, gate.name)


def _may_be_gate(milestone: Record) -> bool:
    is_gate = milestone["gate"] or milestone["type"] in (MilestoneType.GATE, None)
    return bool(is_gate) and milestone["status"] != MilestoneStatus.CANCELLED


def _gate_day(milestone: Record) -> date | None:
    day: date | None = milestone["actual"] or milestone["forecast"] or milestone["baseline"]
    return day


def _by_day(milestone: Record) -> date:
    return _gate_day(milestone) or date.max


def _outputs(
    footing: Footing,
    method: Method,
    days: Mapping[str, date | None],
    ends: Mapping[str, date | None],
    without: Collection[str],
) -> tuple[PlannedDeliverable, ...]:
    project, found = footing.project, []
    rows = _Finder(footing.rows["deliverable"], "code", [output.code for _, output in method.outputs()])
    for phase, output in method.outputs():
        if output.code in without:
            continue
        gate = gate_of(method, phase, output)
        owner, acceptor = (role_field(role) for role in (output.role, output.acceptor))
        cells = {
            "name": output.name,
            "stage": phase.name,
            "gate": gate,
            "code": output.code,
            "mandatory": output.mandatory.binds(project["tier"]),
            "description": output.purpose or None,
            "owner": project[owner] if owner else None,
            "acceptance_criteria": output.acceptance or None,
            "acceptor": project[acceptor] if acceptor else None,
            "due": days[gate] if gate else ends[phase.code],
        }
        row = rows.take(output.code, _same_name(output.name))
        found.append(PlannedDeliverable(output.code, output.name, cells, row["id"] if row else None))
    return tuple(found)


def _refuse_left_out(method: Method, tier: str | None, without: Collection[str]) -> None:
    outputs = {output.code: output for _, output in method.outputs()}
    if unknown := sorted(set(without) - set(outputs)):
        raise Known(f"Nothing was applied: {method.name} has no deliverable {join_words(unknown)} to leave out.")
    binding = [outputs[code].name for code in sorted(without) if outputs[code].mandatory.binds(tier)]
    if binding:
        raise Known(
            f"Nothing was applied: {join_words(binding)} cannot be left out of a project of {tier or Tier.TWO}. "
            "Apply the methodology whole, then say why it is not needed and until when."
        )
