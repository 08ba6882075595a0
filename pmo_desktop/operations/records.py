"""What one can do with any kept thing: create, change, duplicate, close and delete, each one step of the journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import all_fields, entities, find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field
from pmo_desktop.model.registers import BY_ENTITY, created
from pmo_desktop.model.source import CellSource
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_new, call_row, count_rows
from pmo_desktop.operations.values import NewName, accept_value
from pmo_desktop.rules.assurance import (
    AuditStatus,
    BenefitStatus,
    DeliverableStatus,
    FindingStatus,
    LessonStatus,
    MethodStatus,
    PhaseStatus,
    WaiverStatus,
)
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.rules.words import (
    ActionStatus,
    AllocationStatus,
    AllocationUnit,
    AssumptionStatus,
    DecisionStatus,
    DependencyStatus,
    IssueStatus,
    ProjectStatus,
    RecordStatus,
    ResourceType,
    RiskStatus,
    RiskType,
)
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import custom_fields_of, custom_raw, custom_values_of, read_settings, rows_of, text_keys_of

BIRTH_VALUES: dict[str, dict[str, Any]] = {
    "project": {"lifecycle_status": ProjectStatus.ACTIVE},
    "programme": {"status": RecordStatus.ACTIVE},
    "portfolio": {"status": RecordStatus.ACTIVE},
    "person": {"status": RecordStatus.ACTIVE, "verified": True},
    "risk": {"status": RiskStatus.OPEN, "type": RiskType.THREAT},
    "mitigation": {"status": ActionStatus.NOT_STARTED},
    "issue": {"status": IssueStatus.OPEN},
    "assumption": {"status": AssumptionStatus.OPEN},
    "dependency": {"status": DependencyStatus.OPEN},
    "decision": {"status": DecisionStatus.PENDING},
    "action": {"status": ActionStatus.NOT_STARTED},
    "methodology": {"status": MethodStatus.DRAFT},
    "phase": {"status": PhaseStatus.NOT_STARTED},
    "deliverable": {"status": DeliverableStatus.NOT_STARTED},
    "waiver": {"status": WaiverStatus.REQUESTED},
    "audit": {"status": AuditStatus.PLANNED},
    "finding": {"status": FindingStatus.OPEN},
    "lesson": {"status": LessonStatus.PROPOSED},
    "benefit": {"status": BenefitStatus.PLANNED},
    "team": {"status": RecordStatus.ACTIVE},
    "role": {"status": RecordStatus.ACTIVE},
    "skill": {"status": RecordStatus.ACTIVE},
    "calendar": {"status": RecordStatus.ACTIVE},
    "resource": {"status": RecordStatus.ACTIVE, "type": ResourceType.PERSON},
    "allocation": {"status": AllocationStatus.REQUESTED, "unit": AllocationUnit.PERCENT},
}

SOLE = {"calendar": "standard"}  # a yes that one row has at most: given to one, it is taken from the others


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell to change. A link's value is an id, or a NewName to be created with it."""

    row: str
    field: str
    value: Any


def create_record(store: Store, entity: str, values: Mapping[str, Any]) -> str:
    """Create one row and say its id. Raises Known when a required field is empty or a value is not accepted.

    Raises Ruled when the PMO's rules ask for more than was granted; so do the deeds below.
    """
    info = BY_ENTITY[entity]
    filled = _birth_values(store, entity) | dict(values)
    identity = new_id()
    with batch(store, f"New {info.one} {call_new(store, entity, filled)}".strip()) as work:
        row = _accepted(work.connection, entity, filled)
        _require(entity, row)
        connection = work.connection
        connection.execute(sql.insert(entities()[entity]), _with_custom(row, {}, anew=True) | {"id": identity})
        keep_sole(connection, entity, {identity: row})
        guard(connection)
    return identity


def edit_cells(store: Store, entity: str, edits: Sequence[Edit], what: str | None = None) -> int | None:
    """Write cells of one entity as one step. The answer is the batch, None when nothing differed.

    A text kept from an import goes when its cell is given a value. Raises Known naming what is not accepted.
    """
    if not edits:
        return None
    with batch(store, what or describe_edits(store, entity, edits)) as work:
        by_row: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for edit in edits:
            by_row[edit.row][edit.field] = edit.value
        write_rows(work.connection, entity, by_row)
        forget_texts(work.connection, entity, edits)
        guard(work.connection)
    return work.id if work.changed else None


def duplicate_records(store: Store, entity: str, ids: Collection[str]) -> list[str]:
    """Copies of rows, without their reference; a project's milestones go with it, not yet achieved."""
    info = BY_ENTITY[entity]
    made = []
    with batch(store, f"Duplicate {count_rows(store, entity, ids)}") as work:
        for row in rows_of(work.connection, entity, ids):
            copy = row | {"id": new_id()}
            if info.ref:
                copy[info.ref] = None
            if entity in SOLE:
                copy[SOLE[entity]] = None
            if isinstance(copy.get(info.title), str) and not info.by:
                copy[info.title] += " (copy)"
            elif entity == "project":
                copy[info.title] = f"{row['ref']} (copy)"
            _insert_copy(work.connection, entity, copy)
            made.append(copy["id"])
            if entity == "project":
                _copy_milestones(work.connection, row["id"], copy["id"])
        guard(work.connection)
    return made


def close_records(store: Store, entity: str, ids: Collection[str], on: date, why: str | None = None) -> int | None:
    """Close rows on a day: a project is Closed, a milestone Complete. A status report is closed when it is made."""
    ending = BY_ENTITY[entity].ending
    if ending is None:
        message = f"A {BY_ENTITY[entity].one} is final already; there is nothing to close."
        raise Known(message)
    with batch(store, f"Close {count_rows(store, entity, ids)}", why=why) as work:
        rows = rows_of(work.connection, entity, ids)
        closed, day = {ending.field: ending.value}, ending.day
        changes = {row["id"]: closed | ({day: row[day] or on} if day else {}) for row in rows}
        write_rows(work.connection, entity, changes)
        guard(work.connection)
    return work.id if work.changed else None


def describe_edits(store: Store, entity: str, edits: Sequence[Edit]) -> str:
    """The step's name: "Change finish of HW-101", "Change 12 cells of 3 projects"."""
    rows = {edit.row for edit in edits}
    names = {edit.field for edit in edits}
    with store.reading() as connection:
        label = (
            label_inside(_labels(connection, entity)[next(iter(names))]) if len(names) == 1 else f"{len(edits)} cells"
        )
    named = call_row(store, entity, next(iter(rows))) if len(rows) == 1 else count_rows(store, entity, rows)
    if names == {SOLE.get(entity)} and len(rows) == 1 and edits[0].value:
        return f"Make {named} the {label} {BY_ENTITY[entity].one}"
    return f"Change {label} of {named}"


def write_rows(connection: Connection, entity: str, by_row: Mapping[str, Mapping[str, Any]]) -> None:
    """Update rows inside a batch: row id -> field -> value. Values are checked and names made into links first."""
    table = entities()[entity].__table__
    now = custom_values_of(connection, entity, by_row)
    grouped: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for identity, values in by_row.items():
        if identity not in now:
            message = (
                f"Nothing was changed: a {BY_ENTITY[entity].one} it names has been deleted. Undo the deletion first."
            )
            raise Known(message)
        ready = _with_custom(_accepted(connection, entity, values), now[identity], anew=False)
        grouped[tuple(sorted(ready))].append({"key": identity} | {f"to_{name}": ready[name] for name in ready})
    for names, rows in grouped.items():
        target = {name: sql.bindparam(f"to_{name}", type_=table.columns[name].type) for name in names}
        connection.execute(sql.update(table).where(table.c.id == sql.bindparam("key")).values(target), rows)
    keep_sole(connection, entity, by_row)


def keep_sole(connection: Connection, entity: str, written: Mapping[str, Mapping[str, Any]]) -> None:
    """Take a yes that one row has at most from all but the last of the rows that were written with it."""
    name = SOLE.get(entity, "")
    given = [row for row, values in written.items() if values.get(name)]
    if given:
        column = entities()[entity].__table__.columns
        others = sql.select(column["id"]).where(column[name].is_(True), column["id"] != given[-1])
        write_rows(connection, entity, {row: {name: None} for (row,) in connection.execute(others).fetchall()})


def _birth_values(store: Store, entity: str) -> dict[str, Any]:
    names = {each.name for each in all_fields(entity)}
    money = {"currency": read_settings(store)["currency"]} if "currency" in names else {}
    return BIRTH_VALUES.get(entity, {}) | money


def _accepted(connection: Connection, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    known = {each.name: each for each in custom_fields_of(connection, entity)}
    ready = {}
    for name, value in values.items():
        field = known.get(name) or find_field(entity, name)
        made = _made(connection, field, value) if isinstance(value, NewName) else accept_value(field, value)
        ready[field.name] = custom_raw(field.kind, made) if field.is_custom else made
    return ready


def _made(connection: Connection, field: Field, name: NewName) -> str:
    """The id behind a typed name: the row that is called so, or a new one."""
    if field.to not in created():
        message = f"Nothing was changed: there is no {BY_ENTITY[field.to].one} “{name}”. Choose one from the list."
        raise Known(message)
    table = entities()[field.to].__table__
    for identity, found in connection.execute(sql.select(table.c.id, table.c.name)):
        if found.casefold() == name.strip().casefold():
            return str(identity)
    identity = new_id()
    row = BIRTH_VALUES[field.to] | {"id": identity, "name": name.strip(), "custom": {}}
    connection.execute(sql.insert(table), row)
    return identity


def _with_custom(ready: dict[str, Any], kept: Mapping[str, Any], *, anew: bool) -> dict[str, Any]:
    """Fold custom values into the one column they lie in, over those the row has."""
    changed = {name: value for name, value in ready.items() if name.startswith(CUSTOM_PREFIX)}
    plain = {name: value for name, value in ready.items() if name not in changed}
    if not changed and not anew:
        return plain
    merged = {**kept, **{name.removeprefix(CUSTOM_PREFIX): value for name, value in changed.items()}}
    return plain | {"custom": {key: value for key, value in merged.items() if value is not None}}


def _require(entity: str, row: Mapping[str, Any]) -> None:
    if entity == "project" and row.get("name") is None and row.get("ref") is None:
        message = "Nothing was created: a project needs a name or an ID. Type one of them."
        raise Known(message)
    for field in all_fields(entity):
        if field.required and row.get(field.name) is None:
            message = f"Nothing was created: {field.label} is empty. Every {BY_ENTITY[entity].one} needs one."
            raise Known(message)


def _labels(connection: Connection, entity: str) -> dict[str, str]:
    return {each.name: each.label for each in (*all_fields(entity), *custom_fields_of(connection, entity))}


def forget_texts(connection: Connection, entity: str, edits: Sequence[Edit]) -> None:
    """Let go the texts kept from an import for cells that are given a value."""
    table = CellSource.__table__
    kept = text_keys_of(connection, entity, {edit.row for edit in edits})
    gone = [{"key": kept[edit.row, edit.field]} for edit in edits if (edit.row, edit.field) in kept]
    if gone:
        connection.execute(sql.delete(table).where(table.c.id == sql.bindparam("key")), gone)


def _insert_copy(connection: Connection, entity: str, copy: dict[str, Any]) -> None:
    kinds = {each.name: each.kind for each in custom_fields_of(connection, entity)}
    stored = {name: custom_raw(kinds[name], value) if name in kinds else value for name, value in copy.items()}
    connection.execute(sql.insert(entities()[entity]), _with_custom(stored, {}, anew=True))


def _copy_milestones(connection: Connection, project: str, copy: str) -> None:
    for row in rows_of(connection, "milestone"):
        if row["project"] == project:
            fresh = {"id": new_id(), "project": copy, "ref": None, "actual": None, "status": None}
            _insert_copy(connection, "milestone", row | fresh)
