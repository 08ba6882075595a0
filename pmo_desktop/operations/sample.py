"""The sample portfolio: an invented organisation to try things on, read from resources/sample/portfolio.json."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import entities, find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.fields import insert_custom_field
from pmo_desktop.operations.raid import add_link
from pmo_desktop.operations.records import BIRTH_VALUES
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.words import LinkKind
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import custom_raw

# In the order in which they refer to each other; what each is called in the file.
GROUPS = {
    "people": "person",
    "portfolios": "portfolio",
    "programmes": "programme",
    "projects": "project",
    "milestones": "milestone",
    "status_reports": "status_report",
    "teams": "team",
    "roles": "role",
    "skills": "skill",
    "calendars": "calendar",
    "holidays": "holiday",
    "resources": "resource",
    "resource_skills": "resource_skill",
    "absences": "absence",
    "allocations": "allocation",
    "risks": "risk",
    "risk_actions": "mitigation",
    "issues": "issue",
    "assumptions": "assumption",
    "dependencies": "dependency",
    "decisions": "decision",
    "actions": "action",
}
Ids = dict[tuple[str, str], str]  # (entity, ref or name) -> id


def load_sample(store: Store) -> None:
    """Fill an empty portfolio with the sample, as one step; its settings say that everything in it is invented."""
    sample = json.loads(resource_path("sample", "portfolio.json").read_text(encoding="utf-8"))
    with batch(store, "Load the sample portfolio", source={"deed": "sample"}) as work:
        settings = _typed("settings", sample["settings"], {})
        work.connection.execute(sql.update(Settings).where(Settings.id == SETTINGS_ID).values(settings))
        own = {row["label"]: _add_field(work.connection, row) for row in sample["custom_fields"]}
        ids: Ids = {}
        for group, entity in GROUPS.items():
            rows = [_make_row(entity, row, ids, own) for row in sample[group]]
            work.connection.execute(sql.insert(entities()[entity].__table__), _even(rows))
            ids |= _called(entity, rows)
        for head, members in sample["gathered"].items():
            for member in members:
                ends = (("risk", ids["risk", each], each) for each in (member, head))
                add_link(work.connection, LinkKind.UNDER, *ends)


def _add_field(connection: Connection, row: dict[str, str]) -> Field:
    lines = {name: row.get(name, "").split("\n") if row.get(name) else () for name in ("choices", "also")}
    return insert_custom_field(
        connection, row["register"], row["label"], Kind(row["kind"]), unit=row.get("unit", ""), **lines
    )


def _make_row(entity: str, row: dict[str, Any], ids: Ids, own: dict[str, Field]) -> dict[str, Any]:
    custom = {
        own[label].name.removeprefix(CUSTOM_PREFIX): custom_raw(own[label].kind, value)
        for label, value in row.get("custom", {}).items()
    }
    told = {name: value for name, value in row.items() if name != "custom"}
    return BIRTH_VALUES.get(entity, {}) | _typed(entity, told, ids) | {"id": new_id(), "custom": custom}


def _typed(entity: str, row: dict[str, Any], ids: Ids) -> dict[str, Any]:
    """Dates from their ISO text, links from the name or ID of what they point to."""
    typed: dict[str, Any] = {}
    for name, value in row.items():
        field = find_field(entity, name)
        if field.to:
            typed[name] = ids[field.to, value]
        else:
            typed[name] = date.fromisoformat(value) if field.kind is Kind.DATE else value
    return typed


def _even(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same columns in every row, as one statement for all of them needs."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def _called(entity: str, rows: list[dict[str, Any]]) -> Ids:
    info = BY_ENTITY[entity]
    names = [name for name in (info.ref, info.title) if name]
    return {(entity, row[name]): row["id"] for row in rows for name in names if row.get(name)}
