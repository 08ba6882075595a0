"""The evidence behind one cell of compliance: why it stands as it does, in words, and the entries to go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.figures.compliance import ComplianceTable, Control, due_day
from pmo_desktop.figures.duties import (
    ControlKind,
    Follower,
    PhaseOf,
    Progress,
    Watched,
    read_conditions,
    read_progress,
    read_versions,
    read_watched,
)
from pmo_desktop.rules.assurance import WaiverStatus
from pmo_desktop.rules.compliance import Met
from pmo_desktop.rules.wording import count_words, day_text, sentence
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_rows

_WATCHED = {
    "risks-reviewed": ("risks", "risk", "title", "open risk"),
    "conditions-kept": ("conditions", "action", "description", "open condition"),
    "findings-acted-on": ("findings", "finding", "title", "open finding"),
}
_SAID = {
    Met.MET: "Met.",
    Met.NOT_MET: "Not met.",
    Met.WAIVED: "Waived, which counts as not met.",
    Met.NOT_DUE: "Not due yet.",
    Met.NOT_REQUIRED: "Not required of this project.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that shows something: its table, its id, what it is called."""

    entity: str
    id: str
    called: str


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """Why a cell stands as it does, in sentences, and the entries one can go to, the nearest first."""

    state: Met
    words: tuple[str, ...]
    rows: tuple[Shown, ...]


def explain_cell(store: Store, table: ComplianceTable, project: int, control: int) -> CellEvidence:
    """The evidence behind a cell of the table, by its row and column, as the entries are now."""
    follower, asked, state = table.projects[project], table.controls[control], table.state(project, control)
    waivers = _waivers(store, follower.id, asked.code, table.on)
    if asked.kind is ControlKind.STANDING:
        words, rows = _standing(store, follower, asked, table.on)
    else:
        words, rows = _part(store, follower, asked, state, table.on)
    said = (_SAID[state], *words, *(_waived(row, table.on) for row in waivers))
    shown = (*rows, *_shown("waiver", waivers, "ref", "subject"))
    attached = _attachments(store, shown)
    return CellEvidence(state, said, (*shown, *attached))


def _part(
    store: Store, project: Follower, asked: Control, state: Met, on: date
) -> tuple[tuple[str, ...], tuple[Shown, ...]]:
    """A deliverable or a gate of the version that the project follows."""
    version = read_versions(store, [project.methodology]).get(project.methodology) if project.methodology else None
    own = version if version and version.code == asked.methodology else None
    phase = next((each for each in own.phases if _has(each, asked)), None) if own else None
    if phase is None or state is Met.NOT_REQUIRED:
        tier = f" for {project.tier}" if project.tier else ""
        return (f"{asked.name} is not mandatory{tier} in what the project follows.",), ()
    progress = read_progress(store, on)[project.id]
    found = list(_entries(store, project.id, asked, phase))
    if asked.kind is ControlKind.GATE:
        words = (_gate_words(asked, progress, found), _due_words(_gate_due(asked, phase, progress), on))
    else:
        usual = progress.phase_day(phase.code, phase.gates)
        day = due_day(progress.deliverables.get(asked.code), phase, progress, usual)
        words = (_deliverable_words(asked, found), _due_words(day, on))
    return words, tuple(shown for _, _, shown in found)


def _has(phase: PhaseOf, asked: Control) -> bool:
    return any((part.kind, part.code) == (asked.kind, asked.code) for part in phase.parts)


def _gate_due(asked: Control, phase: PhaseOf, progress: Progress) -> str | None:
    return progress.gate_day(asked.code) or progress.phases.get(phase.code)


def _entries(store: Store, project: str, asked: Control, phase: PhaseOf) -> Iterator[tuple[str, Record, Shown]]:
    """The project's deliverable, gate reviews and milestones that a part concerns."""
    gates = set(phase.gates) if asked.kind is ControlKind.DELIVERABLE else {asked.code}
    if asked.kind is ControlKind.DELIVERABLE:
        for row in read_linked(store, "deliverable", "project", [project]):
            if row["code"] == asked.code:
                gates = {row["gate"]} if row["gate"] else gates
                yield "deliverable", row, Shown("deliverable", row["id"], row["name"])
    for row in read_linked(store, "gate_review", "project", [project]):
        if row["code"] in gates:
            yield "gate_review", row, Shown("gate_review", row["id"], row["name"] or row["code"])
    for row in read_linked(store, "milestone", "project", [project]):
        if row["gate"] in gates:
            yield "milestone", row, Shown("milestone", row["id"], row["name"])


def _deliverable_words(asked: Control, found: Iterable[tuple[str, Record, Shown]]) -> str:
    row = next((row for entity, row, _ in found if entity == "deliverable"), None)
    if row is None:
        return f"The project has no deliverable {asked.name}. Apply its methodology again, or make one."
    on = f" since {day_text(row['accepted_on'])}" if row["accepted_on"] else ""
    return f"{row['name']} is {(row['status'] or 'not started').lower()}{on}."


def _gate_words(asked: Control, progress: Progress, found: Iterable[tuple[str, Record, Shown]]) -> str:
    decided = [row for entity, row, _ in found if entity == "gate_review" and row["decision"]]
    if asked.code not in progress.decisions or not decided:
        return f"Nothing has been decided at {asked.name}."
    last = max(decided, key=lambda row: (row["decided_on"] or date.min, row["id"]))
    on = f", {day_text(last['decided_on'])}" if last["decided_on"] else ""
    return f"Decided at {asked.name}: {last['decision'].lower()}{on}."


def _due_words(day: str | None, on: date) -> str:
    if day is None:
        return "Nothing says when it is due: give its gate a date."
    due = date.fromisoformat(day)
    return f"It counts from {day_text(due)}." if due <= on else f"It is due on {day_text(due)}."


def _standing(store: Store, project: Follower, asked: Control, on: date) -> tuple[tuple[str, ...], tuple[Shown, ...]]:
    watched = _WATCHED.get(asked.code)
    if watched is None:
        lessons = read_linked(store, "lesson", "project", [project.id]) if asked.code == "lessons-logged" else []
        return (sentence(asked.why),), (
            Shown("project", project.id, project.called),
            *_shown("lesson", lessons, "title"),
        )
    name, entity, title, one = watched
    mine = [each for each in read_watched(store, on)[name] if each.project == project.id]
    late = [each for each in mine if each.late]
    words = f"{count_words(len(mine), one)}, {len(late) or 'none'} overdue."
    rows = read_rows(store, entity, [each.id for each in late or mine])
    reviews = _reviews_of(store, late or mine) if name == "conditions" else ()
    return (sentence(asked.why), words), (*_shown(entity, rows, "ref", title), *reviews)


def _reviews_of(store: Store, actions: Iterable[Watched]) -> tuple[Shown, ...]:
    """The gate reviews that actions are conditions of."""
    conditions = read_conditions(store)
    reviews = read_rows(store, "gate_review", {conditions[each.id] for each in actions})
    return _shown("gate_review", reviews, "name", "code")


def _waivers(store: Store, project: str, code: str, on: date) -> list[Record]:
    """The approved waivers of a part, those in force first."""
    rows = [row for row in read_linked(store, "waiver", "project", [project]) if row["concerns"] == code]
    return sorted(
        (row for row in rows if row["status"] == WaiverStatus.APPROVED), key=lambda row: (row["expires"] or on) < on
    )


def _waived(row: Mapping[str, Any], on: date) -> str:
    if row["expires"] is None:
        until = "without an expiry"
    else:
        until = f"{'until' if row['expires'] >= on else 'expired on'} {day_text(row['expires'])}"
    return sentence(f"Waiver {row['ref'] or row['subject']}, {until}: {row['reason'] or 'no reason was given'}")


def _shown(entity: str, rows: Iterable[Mapping[str, Any]], *names: str) -> tuple[Shown, ...]:
    return tuple(Shown(entity, row["id"], next(filter(None, (row[name] for name in names)), "")) for row in rows)


def _attachments(store: Store, shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """The files and links of the entries shown."""
    owners = {(each.entity, each.id) for each in shown}
    rows = [row for row in read_rows(store, "attachment") if (row["register"], row["row"]) in owners]
    return _shown("attachment", rows, "name")
