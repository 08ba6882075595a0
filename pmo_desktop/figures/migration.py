"""What moving live projects to another version of their methodology would do to each, before it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pmo_desktop.figures.applying import APPLIED, Footing, Plan, called, plan_method, read_approved, read_footings
from pmo_desktop.figures.methods import read_method
from pmo_desktop.model.catalog import find_field
from pmo_desktop.rules.assurance import DeliverableStatus, PhaseStatus
from pmo_desktop.rules.laying import gate_of, gate_title
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text, join_words, label_inside
from pmo_desktop.rules.words import MilestoneStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_rows

NOTHING_FOLLOWED = "It follows no methodology: apply one to it first."
FOLLOWED_ALREADY = "It follows this version already."


@dataclass(frozen=True, slots=True)
class Appearing:
    """A part that the project would get: "phase", "gate" or "deliverable", its code and name."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """A part that the new version has not, with the rows it has in the project: (entity, id).

    `work` says what was done in it, empty when nothing was: then its rows go; else they stay and are marked.
    """

    kind: str
    code: str
    name: str
    rows: tuple[tuple[str, str], ...]
    work: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """A part that is called otherwise now; `own`: the project gave it a name of its own, which stays."""

    kind: str
    code: str
    old: str
    new: str
    own: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a criterion: of which gate, its code, its text as it read then, and what was said."""

    gate: str
    code: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class ProjectMigration:
    """What becomes of one project; `refused` says why it cannot be moved, and then nothing else is filled.

    `plan` holds what is created or taken over, `changes` the cells that follow by (entity, id), `answers` the answers
    whose criterion stands in another gate now: their id to the code of that gate.
    """

    project: str
    called: str
    refused: str = ""
    appears: tuple[Appearing, ...] = ()
    leaves: tuple[Leaving, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    carried: tuple[Answered, ...] = ()
    at_risk: tuple[Answered, ...] = ()
    plan: Plan | None = None
    changes: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was done in rows, whoever they belong to: answers by review, and the rows that others point to."""

    answers: defaultdict[str, list[Record]]
    pointed: frozenset[tuple[str, str]]
    reviewed: frozenset[tuple[str, str]]  # project and name of deliverables with quality reviews


# What a person fills in beyond what applying a methodology does: none of it may be lost.
_WORK: dict[str, tuple[str, ...]] = {
    "phase": ("comment",),
    "milestone": ("actual", "ref", "owner", "rag", "critical", "weight", "reason_for_slip", "comment"),
    "gate_review": (
        "held_on",
        "reviewer",
        "decision",
        "decided_on",
        "decided_by",
        "reason",
        "next_review",
        "comment",
    ),
    "deliverable": (
        "ref",
        "acceptance_method",
        "quality_expectation",
        "quality_tolerance",
        "start",
        "submitted_on",
        "accepted_on",
        "template_used",
        "handover_owner",
        "comment",
    ),
}
_BORN = {
    "phase": PhaseStatus.NOT_STARTED,
    "milestone": MilestoneStatus.NOT_STARTED,
    "deliverable": DeliverableStatus.NOT_STARTED,
}


def preview_migration(store: Store, projects: Collection[str], to: str) -> tuple[ProjectMigration, ...]:
    """What moving each of some projects to a version would do, in the order given, nothing being written.

    A project that is gone is left out. Raises Known when the version is not approved.
    """
    read_approved(store, to)
    footings = read_footings(store, projects)
    methods = {
        each: read_method(store, each)
        for each in {to} | {one.project["methodology"] for one in footings.values() if one.project["methodology"]}
    }
    evidence = _read_evidence(store, footings)
    return tuple(_preview(footings[each], methods, to, evidence) for each in projects if each in footings)


def _preview(footing: Footing, methods: Mapping[str, Method], to: str, evidence: _Evidence) -> ProjectMigration:
    project = footing.project
    own, name = project["methodology"], called(project)
    if not own:
        return ProjectMigration(project["id"], name, NOTHING_FOLLOWED)
    if own == to:
        return ProjectMigration(project["id"], name, FOLLOWED_ALREADY)
    old, new = methods[own], methods[to]
    plan = plan_method(footing, new, to)
    wanted = _wanted(plan, footing, old)
    changes, own_names = _follow(footing, plan, old, new)
    answers = [
        (row, each)
        for row in footing.rows["gate_review"]
        for each in evidence.answers[row["id"]]
        if each["answer"] is not None
    ]
    gates = {line.code: gate.code for _, gate in new.gates() for line in gate.criteria}
    said = [Answered(row["code"], each["code"], each["text"], each["answer"]) for row, each in answers]
    return ProjectMigration(
        project["id"],
        name,
        appears=_appearing(wanted, old, new),
        leaves=_leaving(footing, old, new, _rows_of(plan), evidence),
        renamed=_renamed(plan, old, new, own_names),
        carried=tuple(line for line in said if line.code in gates),
        at_risk=tuple(line for line in said if line.code not in gates),
        plan=wanted,
        changes=changes,
        answers={
            each["id"]: gates[each["code"]]
            for row, each in answers
            if gates.get(each["code"], row["code"]) != row["code"] and row["decision"] is None
        },
    )


def _read_evidence(store: Store, footings: Mapping[str, Footing]) -> _Evidence:
    reviews = [row["id"] for one in footings.values() for row in one.rows["gate_review"]]
    answers: defaultdict[str, list[Record]] = defaultdict(list)
    for row in read_linked(store, "gate_answer", "review", reviews):
        answers[row["review"]].append(row)
    pointed = {("gate_review", row["review"]) for row in read_linked(store, "gate_vote", "review", reviews)}
    pointed |= {(row["register"], row["row"]) for row in read_rows(store, "attachment")}
    for row in read_rows(store, "entry_link"):
        pointed |= {(row["from_register"], row["from_row"]), (row["to_register"], row["to_row"])}
    reviewed = {
        (row["project"], str(row["deliverable"]).casefold())
        for row in read_linked(store, "quality_review", "project", list(footings))
        if row["deliverable"]
    }
    return _Evidence(answers, frozenset(pointed), frozenset(reviewed))


def _codes(method: Method) -> dict[str, dict[str, str]]:
    """The names of a version's parts by kind and code."""
    return {
        "phase": {each.code: each.name for each in method.phases},
        "gate": {each.code: each.name for _, each in method.gates()},
        "deliverable": {each.code: each.name for _, each in method.outputs()},
        "criterion": {each.code: each.text for _, gate in method.gates() for each in gate.criteria},
    }


def _rows_of(plan: Plan) -> set[str]:
    """The ids of all rows that have a part in the new version."""
    ids = [each.row for each in plan.phases] + [each.row for each in plan.deliverables]
    ids += [row for each in plan.gates for row in (each.milestone, each.review)]
    return {row for row in ids if row}


def _wanted(plan: Plan, footing: Footing, old: Method) -> Plan:
    """What is to be created or taken over: not what stands already, nor what the project once left out or deleted.

    A deliverable that was left out and is mandatory now comes all the same.
    """
    was = _codes(old)
    code_of = {row["id"]: row["code"] for name in ("phase", "deliverable") for row in footing.rows[name]}
    code_of |= {row["id"]: row["gate"] for row in footing.rows["milestone"]}
    phases = [each for each in plan.phases if _is_new(each.row, each.code, was["phase"], code_of)]
    gates = [each for each in plan.gates if _is_new(each.milestone, each.code, was["gate"], code_of)]
    outputs = [
        each
        for each in plan.deliverables
        if _is_new(each.row, each.code, was["deliverable"], code_of) or (each.row is None and each.cells["mandatory"])
    ]
    return replace(plan, phases=tuple(phases), gates=tuple(gates), deliverables=tuple(outputs))


def _is_new(row: str | None, code: str, was: Mapping[str, str], code_of: Mapping[str, str | None]) -> bool:
    return code not in was if row is None else code_of[row] != code


def _given(method: Method, tier: str | None) -> dict[tuple[str, str], dict[str, Any]]:
    """The cells that a version gives to the rows of its parts, by (entity, code)."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for place, phase in enumerate(method.phases, start=1):
        found["phase", phase.code] = {"name": phase.name, "position": float(place)}
        for gate in phase.gates:
            found["milestone", gate.code] = {"name": gate_title(gate.code, gate.name)}
            found["gate_review", gate.code] = {"name": gate.name}
        for output in phase.deliverables:
            found["deliverable", output.code] = {
                "name": output.name,
                "stage": phase.name,
                "gate": gate_of(method, phase, output),
                "mandatory": output.mandatory.binds(tier),
                "description": output.purpose or None,
                "acceptance_criteria": output.acceptance or None,
            }
    return found


def _follow(
    footing: Footing, plan: Plan, old: Method, new: Method
) -> tuple[dict[tuple[str, str], dict[str, Any]], set[tuple[str, str]]]:
    """The cells that still say what the old version gave and get what the new one gives, by (entity, id).

    Beside them the parts, by entity and code, that have a name of the project's own, which stays.
    """
    tier = footing.project["tier"]
    now, then = _given(old, tier), _given(new, tier)
    codes: dict[str | None, tuple[str, str]] = {each.row: ("phase", each.code) for each in plan.phases}
    codes |= {each.row: ("deliverable", each.code) for each in plan.deliverables}
    codes |= {each.milestone: ("milestone", each.code) for each in plan.gates}
    codes |= {each.review: ("gate_review", each.code) for each in plan.gates}
    changes: dict[tuple[str, str], dict[str, Any]] = {}
    own: set[tuple[str, str]] = set()
    for entity in APPLIED:
        for row in footing.rows[entity]:
            key = codes.get(row["id"])
            gave = now.get((entity, row["gate" if entity == "milestone" else "code"]))
            if key is None or gave is None:
                continue
            gives = then[key]
            if following := {name: gives[name] for name, value in gave.items() if row[name] == value != gives[name]}:
                changes[entity, row["id"]] = following
            if row["name"] != gave["name"]:
                own.add(key)
    return changes, own


def _renamed(plan: Plan, old: Method, new: Method, own: set[tuple[str, str]]) -> tuple[Renaming, ...]:
    """Parts the project has that are called otherwise now, and criteria that read otherwise."""
    was, names = _codes(old), _codes(new)
    there = {
        "phase": [each.code for each in plan.phases if each.row],
        "gate": [each.code for each in plan.gates if each.milestone or each.review],
        "deliverable": [each.code for each in plan.deliverables if each.row],
        "criterion": list(names["criterion"]),
    }
    return tuple(
        Renaming(kind, code, was[kind][code], names[kind][code], ("milestone" if kind == "gate" else kind, code) in own)
        for kind, codes in there.items()
        for code in codes
        if was[kind].get(code, names[kind][code]) != names[kind][code]
    )


def _appearing(wanted: Plan, old: Method, new: Method) -> tuple[Appearing, ...]:
    found = [Appearing("phase", each.code, each.name) for each in wanted.phases if each.row is None]
    found += [Appearing("gate", each.code, each.name) for each in wanted.gates if each.milestone is None]
    found += [Appearing("deliverable", each.code, each.name) for each in wanted.deliverables if each.row is None]
    was = _codes(old)["criterion"]
    return (
        *found,
        *(Appearing("criterion", code, text) for code, text in _codes(new)["criterion"].items() if code not in was),
    )


def _leaving(footing: Footing, old: Method, new: Method, kept: set[str], evidence: _Evidence) -> tuple[Leaving, ...]:
    """The parts of the old version that the new one has not and the project has rows for, and the criteria."""
    was, names = _codes(old), _codes(new)
    given = _given(old, footing.project["tier"])
    found = []
    for kind, entities in (
        ("phase", ["phase"]),
        ("gate", ["gate_review", "milestone"]),
        ("deliverable", ["deliverable"]),
    ):
        for code, name in was[kind].items():
            rows = [(entity, row) for entity in entities for row in _with_code(footing, entity, code, kept)]
            if rows:
                work = [words for entity, row in rows for words in _work(entity, row, given[entity, code], evidence)]
                found.append(Leaving(kind, code, name, _going(rows, evidence), "; ".join(work)))
    said = {
        each["code"]: f"it is answered {each['answer']}"
        for row in footing.rows["gate_review"]
        for each in evidence.answers[row["id"]]
        if each["answer"]
    }
    lines = [(code, text) for code, text in was["criterion"].items() if code not in names["criterion"]]
    return (*found, *(Leaving("criterion", code, text, (), said.get(code, "")) for code, text in lines))


def _with_code(footing: Footing, entity: str, code: str, kept: set[str]) -> list[Record]:
    cell = "gate" if entity == "milestone" else "code"
    return [row for row in footing.rows[entity] if row[cell] == code and row["id"] not in kept]


def _going(rows: list[tuple[str, Record]], evidence: _Evidence) -> tuple[tuple[str, str], ...]:
    """The rows of a part with the answers that stand in its review, these first."""
    answers = [("gate_answer", each["id"]) for _, row in rows for each in evidence.answers[row["id"]]]
    return (*answers, *((entity, row["id"]) for entity, row in rows))


def _work(entity: str, row: Record, given: Mapping[str, Any], evidence: _Evidence) -> list[str]:
    """What was done in a row beyond what applying the methodology gave it, in words."""
    found = []
    if row.get("status") not in (None, _BORN.get(entity)):
        found.append(f"it is {str(row['status']).lower()}")
    filled = [label_inside(find_field(entity, name).label) for name in _WORK[entity] if row[name] is not None]
    if filled:
        found.append(f"{join_words(filled)}: filled in")
    if row["name"] not in (None, given["name"]):
        found.append("it has a name of its own")
    if any(value is not None for value in row["custom"].values()):
        found.append("it has fields of your own")
    answered = [each for each in evidence.answers[row["id"]] if each["answer"] or each["comment"]]
    if answered:
        found.append(f"it has {count_text(len(answered), 'answer')}")
    if (entity, row["id"]) in evidence.pointed:
        found.append("something is attached, linked or voted")
    if entity == "deliverable" and (row["project"], row["name"].casefold()) in evidence.reviewed:
        found.append("it has quality reviews")
    return found
