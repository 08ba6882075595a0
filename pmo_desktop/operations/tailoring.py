"""Fitting a methodology to a project: say how large it is, apply a version, tailor deliverables out and back in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pmo_desktop.figures.applying import Plan, PlannedGate, called, preview_apply, read_approved
from pmo_desktop.figures.methods import read_method
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.methods import call_version
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import DeliverableStatus, PhaseStatus, Tier, WaiverStatus
from pmo_desktop.rules.compliance import Event, Function, Mode, Standing, find_mode
from pmo_desktop.rules.sizing import SCALES, judge_size
from pmo_desktop.rules.wording import day_text, join_words
from pmo_desktop.rules.words import MilestoneLevel, MilestoneStatus, MilestoneType
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_linked, read_row, read_rows, rows_of


def size_project(
    store: Store,
    project: str,
    scores: Mapping[str, int | None],
    on: date,
    tier: str | None = None,
    reason: str | None = None,
) -> int:
    """Keep how large a project was judged to be on a day, and give it the tier, as one step; the batch.

    `scores` are points 1 to 5 by the name of their scale; without `tier` it is the one they propose. Deliverables
    that were mandatory by the old tier follow the new one. Raises Known when a tier other than the proposed one has
    no reason, when no tier can be proposed and none is given, and when the project is gone.
    """
    row, chosen = read_project(store, project), judge_tier(store, project, scores, tier, reason)
    why = (reason or "").strip() or None
    with batch(store, f"Size {called(row)} as {chosen}", why=why) as work:
        write_sizing(store, work.connection, row, {"sized_on": on, "tier": chosen, "reason": why}, scores)
    return work.id


def judge_tier(
    store: Store, project: str, scores: Mapping[str, int | None], tier: str | None, reason: str | None
) -> str:
    """The tier a project gets by its scores, or the one chosen with a reason. Raises Known as size_project does."""
    row, size = read_project(store, project), judge_size(scores)
    chosen = tier or size.tier
    if chosen is None:
        raise Known(f"{called(row)} has no size yet. {size.reason} Score these, or choose a tier and say why.")
    if chosen not in tuple(Tier):
        raise Known(f"There is no {chosen}. Choose one of {join_words(tuple(Tier))}.")
    if chosen != size.tier and not (reason or "").strip():
        raise Known(f"{called(row)} was not sized: say why it is {chosen}. {size.reason}")
    return str(chosen)


def write_sizing(
    store: Store,
    connection: Connection,
    row: Record,
    cells: Mapping[str, Any],
    scores: Mapping[str, int | None],
) -> None:
    """Keep a sizing of a project inside a batch, give it the tier, and let its deliverables follow."""
    kept = {"id": new_id(), "project": row["id"]} | dict(cells)
    kept |= {each.name: _number(scores.get(each.name)) for each in SCALES}
    connection.execute(sql.insert(entities()["sizing"]), kept)
    write_rows(connection, "project", {row["id"]: {"tier": cells["tier"]}})
    if row["methodology"]:
        _follow_tier(store, connection, row, cells["tier"])


def apply_method(
    store: Store, project: str, methodology: str, start: date | None = None, without: Collection[str] = ()
) -> int:
    """Give a project the phases, gates and deliverables of an approved version, with dates and owners; the batch.

    What the project has already is taken over and not doubled, and keeps what it says. Raises Known as
    figures.applying.preview_apply does, which shows the same beforehand.
    """
    plan = preview_apply(store, project, methodology, start, without)
    head, row = read_approved(store, methodology), read_project(store, project)
    with batch(store, f"Apply {call_version(head)} to {called(row)}") as work:
        write_rows(work.connection, "project", {project: {"methodology": methodology}})
        write_plan(work.connection, plan)
    return work.id


def write_plan(connection: Connection, plan: Plan) -> None:
    """Create what a plan has no row for, and fill the empty cells of the rows it takes over, inside a batch."""
    phases = [
        (each.row, _phase_cells(each.code, each.name, each.position, each.start, each.finish)) for each in plan.phases
    ]
    _keep(connection, "phase", plan.project, phases)
    _keep(connection, "milestone", plan.project, [(each.milestone, _stone_cells(each)) for each in plan.gates])
    reviews = [(each.review, {"code": each.code, "name": each.name}) for each in plan.gates]
    _keep(connection, "gate_review", plan.project, reviews)
    born = {"status": DeliverableStatus.NOT_STARTED}
    outputs = [(each.row, born | dict(each.cells)) for each in plan.deliverables]
    _keep(connection, "deliverable", plan.project, outputs)


def tailor_out(
    store: Store,
    project: str,
    code: str,
    reason: str,
    until: date | None,
    on: date,
    by: str | None = None,
    approver: str | None = None,
) -> str:
    """Say that a project does without a deliverable: who asks, who agrees, why, until when; the waiver's id.

    The deliverable is Not needed and the waiver is kept, in one step. Raises Known without a reason, for a day that
    has passed, for what is accepted or left out already, and, unless the PMO's authority over deliverables is
    supportive, for a mandatory one without an expiry and an approver who is somebody else.
    """
    project_row, row = read_project(store, project), _deliverable(store, project, code)
    if not reason.strip():
        raise Known(f"{row['name']} stays: say why the project does without it.")
    if until is not None and until < on:
        raise Known(f"{row['name']} stays: {day_text(until)} has passed. Choose a later day.")
    if row["status"] in (DeliverableStatus.ACCEPTED, DeliverableStatus.NOT_NEEDED):
        raise Known(f"{row['name']} is {str(row['status']).lower()} already, so there is nothing to tailor out.")
    if row["mandatory"]:
        _refuse_unapproved(store, project_row, row, on, until, by, approver)
    told = {"reason": reason.strip(), "requested_by": by, "approver": approver, "expires": until}
    with batch(store, f"Tailor {row['name']} out of {called(project_row)}", why=reason.strip()) as work:
        return write_tailoring(work.connection, row, told, on)


def write_tailoring(connection: Connection, row: Record, told: Mapping[str, Any], on: date) -> str:
    """Mark a deliverable as not needed inside a batch, with the waiver that says who, why and until when; its id."""
    identity = new_id()
    waiver: dict[str, Any] = {
        "id": identity,
        "project": row["project"],
        "subject": f"{row['name']} not needed",
        "event": Event.MISSING,
        "concerns": row["code"],
        "requested_on": on,
        "decided_on": on,
        "status": WaiverStatus.APPROVED,
        "custom": {},
    }
    write_rows(connection, "deliverable", {row["id"]: {"status": DeliverableStatus.NOT_NEEDED}})
    connection.execute(sql.insert(entities()["waiver"]), waiver | dict(told))
    return identity


def tailor_in(store: Store, project: str, code: str) -> int:
    """Take a deliverable back in: it is as far as its dates say, and what waived it is withdrawn; the batch.

    Raises Known when it was not tailored out.
    """
    project_row, row = read_project(store, project), _deliverable(store, project, code)
    if row["status"] != DeliverableStatus.NOT_NEEDED:
        raise Known(f"{row['name']} was not tailored out: it is {str(row['status'] or 'not started').lower()}.")
    status = DeliverableStatus.SUBMITTED if row["submitted_on"] else DeliverableStatus.NOT_STARTED
    with batch(store, f"Take {row['name']} back into {called(project_row)}") as work:
        write_rows(work.connection, "deliverable", {row["id"]: {"status": status}})
        standing = [
            each["id"]
            for each in linked_rows(work.connection, "waiver", "project", [project])
            if each["concerns"] == code and each["status"] in (WaiverStatus.APPROVED, WaiverStatus.REQUESTED)
        ]
        write_rows(work.connection, "waiver", {each: {"status": WaiverStatus.WITHDRAWN} for each in standing})
    return work.id


def read_project(store: Store, project: str) -> Record:
    """The row of a project. Raises Known when it is gone."""
    row = read_row(store, "project", project)
    if row is None:
        raise Known("Nothing was changed: this project has been deleted. Undo the deletion first.")
    return row


def _deliverable(store: Store, project: str, code: str) -> Record:
    for row in read_linked(store, "deliverable", "project", [project]):
        if row["code"] == code:
            return row
    raise Known(f"Nothing was changed: the project has no deliverable with the library code {code}.")


def _refuse_unapproved(
    store: Store, project: Record, row: Record, on: date, until: date | None, by: str | None, approver: str | None
) -> None:
    """What a controlling or directive PMO asks for before a mandatory deliverable is left out: domain.md h.1."""
    standings = [
        Standing(each["portfolio"], each["function"], Mode(each["mode"]), each["effective_from"])
        for each in read_rows(store, "authority")
    ]
    mode = find_mode(standings, project["portfolio"], Function.GATES, on)
    if mode is Mode.SUPPORTIVE:
        return
    if approver is None or until is None:
        raise Known(
            f"{row['name']} is mandatory and the PMO is {mode.value.lower()}: name who approves that it is not needed, "
            "and until when."
        )
    if approver == by:
        raise Known(f"{row['name']} stays: nobody approves their own request. Name somebody else as the approver.")


def _number(point: int | None) -> float | None:
    return None if point is None else float(point)


def _follow_tier(store: Store, connection: Connection, project: Record, tier: str) -> None:
    """Deliverables that are mandatory as the old tier had it become what the new one has; others stay."""
    outputs = {each.code: each for _, each in read_method(store, project["methodology"]).outputs()}
    changes = {}
    for row in linked_rows(connection, "deliverable", "project", [project["id"]]):
        part = outputs.get(row["code"])
        if part and row["mandatory"] == part.mandatory.binds(project["tier"]):
            changes[row["id"]] = {"mandatory": part.mandatory.binds(tier)}
    write_rows(connection, "deliverable", changes)


def _phase_cells(code: str, name: str, position: float, start: date | None, finish: date | None) -> dict[str, Any]:
    cells: dict[str, Any] = {"code": code, "name": name, "position": position, "start": start, "finish": finish}
    return cells | {"status": PhaseStatus.NOT_STARTED}


def _stone_cells(gate: PlannedGate) -> dict[str, Any]:
    """A gate's milestone; one taken over that has a day keeps it and gets no other."""
    days = {"baseline": gate.day, "forecast": gate.day}
    kept = {"type": MilestoneType.GATE, "gate": gate.code, "name": gate.title}
    return kept | days | {"level": MilestoneLevel.BOARD, "status": MilestoneStatus.NOT_STARTED}


def _keep(
    connection: Connection, entity: str, project: str, planned: Sequence[tuple[str | None, Mapping[str, Any]]]
) -> None:
    """Insert what has no row; in the others fill what is empty, and say which part they are."""
    fresh = [{"id": new_id(), "project": project, "custom": {}} | dict(cells) for row, cells in planned if row is None]
    if fresh:
        connection.execute(sql.insert(entities()[entity]), fresh)
    there = {row: cells for row, cells in planned if row is not None}
    now = {row["id"]: row for row in rows_of(connection, entity, list(there))}
    changes = {key: _filled(entity, now[key], cells) for key, cells in there.items()}
    write_rows(connection, entity, {key: cells for key, cells in changes.items() if cells})


def _filled(entity: str, row: Record, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The empty cells of a row that a part can fill, and which part it is."""
    forced = ("gate", "type") if entity == "milestone" else ("code",)
    dated = entity == "milestone" and (row["forecast"] or row["baseline"] or row["actual"])
    kept = ("baseline", "forecast", "status") if dated else ()
    empty = {name: value for name, value in cells.items() if row[name] is None and name not in kept}
    told = empty | {name: cells[name] for name in forced}
    return {name: value for name, value in told.items() if value is not None and value != row[name]}
