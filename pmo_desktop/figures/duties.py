"""What compliance is judged from: the parts of the versions that projects follow, and how far each project is.

Read in columns, not rows: 500 projects have tens of thousands of deliverables, and the table is made again after every
change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.rules.assurance import FindingStatus, GateDecision, Mandatory, Tier, WaiverStatus
from pmo_desktop.rules.reviews import review_due
from pmo_desktop.rules.risk import DIMENSIONS, spot_of
from pmo_desktop.rules.standing import ProjectFacts
from pmo_desktop.rules.words import ENDED, OVER, ActionStatus, LinkKind, ProjectStatus, Rag, RiskStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_columns

STILL_ASKED = 365  # days after its finish that a closed project stays in the table, for what its closure should leave
_TIERS: Mapping[str, Tier] = {str(tier): tier for tier in Tier}
_REMAINING = (FindingStatus.OPEN, FindingStatus.AGREED)
PASSING = frozenset(str(each) for each in GateDecision if each.passes)


class ControlKind(StrEnum):
    """What a control asks for."""

    DELIVERABLE = "Deliverable"
    GATE = "Gate"
    STANDING = "Standing"


class Part(NamedTuple):
    """A deliverable or a gate of one version."""

    kind: ControlKind
    code: str
    name: str
    why: str
    mandatory: Mandatory


class PhaseOf(NamedTuple):
    """A phase of one version with its deliverables, then its gates; `gates` are their codes, the last one first."""

    code: str
    name: str
    gates: tuple[str, ...]
    parts: tuple[Part, ...]


class Version(NamedTuple):
    """One version of a methodology; `code` is the same for all its versions."""

    code: str
    label: str
    phases: tuple[PhaseOf, ...]


Done = tuple[str | None, str | None, str | None]  # of a deliverable: its status, the gate that asks for it, when due


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one project is: everything by the code of the part. Days are ISO texts."""

    deliverables: dict[str, Done]
    gates: dict[str, str]  # the day of each
    decisions: dict[str, tuple[bool, str | None]]  # at each gate the latest: whether it passes, and its day
    phases: dict[str, str]  # when each finishes
    waivers: set[str]  # approved and in force

    def gate_day(self, gate: str) -> str | None:
        """When what a gate asks for is due: at its milestone, or when it was passed if that was earlier."""
        day, (passed, decided) = self.gates.get(gate), self.decisions.get(gate, _UNDECIDED)
        return min(day or decided, decided) if passed and decided else day

    def phase_day(self, phase: str, gates: Iterable[str]) -> str | None:
        """When what a phase has to bring forth is due: at the last of its gates that has a day, else at its end."""
        return next(filter(None, map(self.gate_day, gates)), None) or self.phases.get(phase)

    def passed(self, gate: str) -> bool:
        """Whether the latest decision at a gate lets the project go on."""
        return self.decisions.get(gate, _UNDECIDED)[0]


_UNDECIDED = (False, None)


@dataclass(frozen=True, slots=True)
class Follower:
    """A project, who answers for it, what it belongs to, and what it follows: ids, None where nobody said."""

    id: str
    called: str
    name: str
    manager: str | None
    programme: str | None
    portfolio: str | None
    methodology: str | None
    tier: Tier | None
    facts: ProjectFacts


def read_followers(store: Store, on: date, methodology: str | None = None) -> list[Follower]:
    """The projects that are asked for something: all that have not ended, and those closed in the last year.

    `methodology`: only those that follow that version.
    """
    counts = _read_counts(store, on)
    found = []
    for row in read_columns(store, "project", *_PROJECT):
        cells = dict(zip(_PROJECT, row, strict=True))
        if methodology in (None, cells["methodology"]) and _is_asked(cells, on):
            found.append(_follower(cells, counts))
    return found


_PROJECT = (
    "id",
    "ref",
    "name",
    "pm",
    "sro",
    "programme",
    "portfolio",
    "methodology",
    "tier",
    "lifecycle_status",
    "rag_overall",
    "start_actual",
    "start_forecast",
    "finish_actual",
    "finish_forecast",
    "finish_baseline",
    "budget_approved",
    "report_date",
)


def _is_asked(cells: Mapping[str, Any], on: date) -> bool:
    if cells["lifecycle_status"] not in ENDED:
        return True
    finish = _day(cells["finish_actual"])
    closed = cells["lifecycle_status"] == ProjectStatus.CLOSED
    return closed and finish is not None and 0 <= (on - finish).days <= STILL_ASKED


def _follower(cells: Mapping[str, Any], counts: Mapping[str, Mapping[str, int]]) -> Follower:
    identity, tier = cells["id"], _TIERS.get(cells["tier"] or "")
    facts = ProjectFacts(
        over=cells["lifecycle_status"] in ENDED,
        complete=cells["rag_overall"] == Rag.COMPLETE,
        manager=cells["pm"] is not None,
        sponsor=cells["sro"] is not None,
        sized=tier is not None,
        method=cells["methodology"] is not None,
        start=_day(cells["start_actual"] or cells["start_forecast"]),
        finish=_day(cells["finish_actual"] or cells["finish_forecast"]),
        finish_baseline=cells["finish_baseline"] is not None,
        budget=cells["budget_approved"] is not None,
        reported=_day(cells["report_date"]),
        **{name: count.get(identity, 0) for name, count in counts.items()},
    )
    return Follower(
        identity,
        cells["ref"] or cells["name"] or "Unnamed project",
        cells["name"] or "",
        cells["pm"],
        cells["programme"],
        cells["portfolio"],
        cells["methodology"],
        tier,
        facts,
    )


def _read_counts(store: Store, on: date) -> dict[str, Mapping[str, int]]:
    """Of each trait that is counted, how many every project has."""
    counts: dict[str, Mapping[str, int]] = {
        "lessons": Counter(project for (project,) in read_columns(store, "lesson", "project") if project)
    }
    for name, rows in read_watched(store, on).items():
        counts[name] = Counter(each.project for each in rows if each.project)
        counts[f"{name}_late"] = Counter(each.project for each in rows if each.late and each.project)
    return counts


class Watched(NamedTuple):
    """An open risk, gate condition or finding, and whether something about it is late."""

    id: str
    project: str | None
    late: bool


def read_watched(store: Store, on: date) -> dict[str, list[Watched]]:
    """What standing controls watch, by the trait that counts it: risks, conditions and findings that are open."""
    conditions, day = read_conditions(store), on.isoformat()
    actions = read_columns(store, "action", "id", "project", "revised_due", "due", "done", "status")
    findings = read_columns(store, "finding", "id", "project", "due", "status")
    return {
        "risks": list(_watch_risks(store, on)),
        "conditions": [
            Watched(row, project, (revised or due or day) < day)
            for row, project, revised, due, done, status in actions
            if row in conditions and done is None and status not in OVER[ActionStatus]
        ],
        "findings": [
            Watched(row, project, (due or day) < day)
            for row, project, due, status in findings
            if (status or FindingStatus.OPEN) in _REMAINING
        ],
    }


def _watch_risks(store: Store, on: date) -> Iterator[Watched]:
    scheme, over = scheme_of(store, on), {str(each) for each in OVER[RiskStatus]}

    @cache  # thousands of risks share a few hundred days and cells
    def is_late(last: str | None, planned: str | None, raised: str | None, *rated: int | None) -> bool:
        cells = dict(zip(_RATED, rated, strict=True))
        spot = spot_of(scheme, cells, "residual") or spot_of(scheme, cells, "inherent")
        level = scheme.judge(*spot).level if spot else None
        due = review_due(_day(last), _day(planned), _day(raised), level, len(scheme.bands))
        return due is not None and due < on

    names = ("id", "project", "status", "last_review", "next_review", "date_raised", *_RATED)
    for row, project, status, *cells in read_columns(store, "risk", *names):
        if status not in over:
            yield Watched(row, project, is_late(*cells))


_RATED = (
    *(f"{what}_{layer}" for layer in ("residual", "inherent") for what in ("prob", "impact")),
    *(f"impact_{each}" for each in DIMENSIONS),
)


def read_conditions(store: Store) -> dict[str, str]:
    """The actions that are conditions of a gate, each with the gate review it belongs to."""
    links = read_columns(store, "entry_link", "kind", "from_row", "to_row")
    return {row: to for kind, row, to in links if kind == LinkKind.CONDITION}


def read_progress(store: Store, on: date) -> Mapping[str, Progress]:
    """How far every project is, by its id; one of which nothing is kept has an empty one."""
    found: defaultdict[str, Progress] = defaultdict(lambda: Progress({}, {}, {}, {}, set()))
    _read_deliverables(store, found)
    for project, code, *days in read_columns(store, "milestone", "project", "gate", "actual", "forecast", "baseline"):
        if code is not None and (day := next(filter(None, days), None)):
            found[project].gates.setdefault(code, day)
    reviews = read_columns(store, "gate_review", "project", "code", "decision", "decided_on")
    for project, code, decision, decided in sorted(reviews, key=lambda row: row[3] or ""):
        if decision is not None:
            found[project].decisions[code] = (decision in PASSING, decided)
    for project, code, finish in read_columns(store, "phase", "project", "code", "finish"):
        if code is not None and finish is not None:
            found[project].phases[code] = finish
    day = on.isoformat()
    waivers = read_columns(store, "waiver", "project", "concerns", "status", "expires")
    for project, code, status, expires in waivers:
        if code is not None and status == WaiverStatus.APPROVED and (expires or day) >= day:
            found[project].waivers.add(code)
    return found


def _read_deliverables(store: Store, found: Mapping[str, Progress]) -> None:
    last, own = None, dict[str, Done]()
    for project, code, *cells in read_columns(store, "deliverable", "project", "code", "status", "gate", "due"):
        if project != last:
            last, own = project, found[project].deliverables
        if code is not None:
            own[code] = (cells[0], cells[1], cells[2])


def read_versions(store: Store, wanted: Iterable[str]) -> dict[str, Version]:
    """Versions of methodologies by id, each with its deliverables and gates in their order."""
    ids = set(wanted)
    phases: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for methodology, *cells in read_columns(store, "method_phase", "methodology", "position", "id", "code", "name"):
        if methodology in ids:
            phases[methodology].append(tuple(cells))
    gates, outputs = _by_phase(store, "method_gate", *_GATE), _by_phase(store, "method_deliverable", *_OUTPUT)
    found = {}
    for identity, code, name, version in read_columns(store, "methodology", "id", "code", "name", "version"):
        if identity in ids:
            own = tuple(_phase(each, gates, outputs) for each in sorted(phases[identity]))
            found[identity] = Version(code or name, f"{name} {version or ''}".strip(), own)
    return found


_GATE = ("code", "name", "question")
_OUTPUT = ("code", "name", "purpose", "mandatory")
_ByPhase = Mapping[str, list[tuple[Any, ...]]]


def _by_phase(store: Store, entity: str, *names: str) -> defaultdict[str, list[tuple[Any, ...]]]:
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for phase, position, identity, *cells in read_columns(store, entity, "phase", "position", "id", *names):
        found[phase].append((position, identity, *cells))
    return found


def _phase(phase: tuple[Any, ...], gates: _ByPhase, outputs: _ByPhase) -> PhaseOf:
    _, identity, phase_code, phase_name = phase
    closing = sorted(gates[identity])
    parts = [
        Part(ControlKind.DELIVERABLE, code, name, purpose or "", Mandatory(mandatory) if mandatory else Mandatory.ALL)
        for _, _, code, name, purpose, mandatory in sorted(outputs[identity])
    ]
    parts += [Part(ControlKind.GATE, code, name, asks or "", Mandatory.ALL) for _, _, code, name, asks in closing]
    codes = tuple(code for _, _, code, _, _ in reversed(closing))
    return PhaseOf(phase_code, phase_name, codes, tuple(parts))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
