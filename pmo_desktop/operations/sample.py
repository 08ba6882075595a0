"""The sample portfolio: an invented organisation to try things on, read from resources/sample.

`portfolio.json` holds its registers; `governance.json` its methodologies, who follows which, and how far they are.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import entities, find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.audits import shipped_questions, write_questions
from pmo_desktop.operations.fields import insert_custom_field
from pmo_desktop.operations.methods import write_parts
from pmo_desktop.operations.raid import add_link
from pmo_desktop.operations.records import BIRTH_VALUES, write_rows
from pmo_desktop.resources import resource_path
from pmo_desktop.rules.assurance import Duty, Mandatory
from pmo_desktop.rules.method import Criterion, DutyOf, Gate, Guide, Method, MethodPhase, Output, Term
from pmo_desktop.rules.words import LinkKind, MilestoneType
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import custom_raw, rows_of

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
GOVERNANCE = {
    "phases": "phase",
    "gate_reviews": "gate_review",
    "gate_answers": "gate_answer",
    "gate_votes": "gate_vote",
    "deliverables": "deliverable",
    "waivers": "waiver",
    "quality_reviews": "quality_review",
    "sizings": "sizing",
    "actions": "action",
    "audits": "audit",
    "audit_answers": "audit_answer",
    "findings": "finding",
    "lessons": "lesson",
    "benefits": "benefit",
}
Ids = dict[tuple[str, str], str]  # (entity, ref or name) -> id


def load_sample(store: Store) -> None:
    """Fill an empty portfolio with the sample, as one step; its settings say that everything in it is invented."""
    sample, governance = _read("portfolio.json"), _read("governance.json")
    with batch(store, "Load the sample portfolio", source={"deed": "sample"}) as work:
        settings = _typed("settings", sample["settings"], {})
        work.connection.execute(sql.update(Settings).where(Settings.id == SETTINGS_ID).values(settings))
        own = {row["label"]: _add_field(work.connection, row) for row in sample["custom_fields"]}
        ids: Ids = {}
        for group, entity in GROUPS.items():
            _insert_group(work.connection, entity, sample[group], ids, own)
        for head, members in sample["gathered"].items():
            for member in members:
                ends = (("risk", ids["risk", each], each) for each in (member, head))
                add_link(work.connection, LinkKind.UNDER, *ends)
        for sheet in shipped_questions():
            write_questions(work.connection, sheet)
        _follow_methods(work.connection, governance, ids)
        for group, entity in GOVERNANCE.items():
            _insert_group(work.connection, entity, governance[group], ids, own)
        for link in governance["entry_links"]:
            kind, *named = link.items()
            add_link(work.connection, kind[1], *((entity, ids[entity, called], called) for entity, called in named))


def _read(name: str) -> Any:
    return json.loads(resource_path("sample", name).read_text(encoding="utf-8"))


def _insert_group(
    connection: Connection, entity: str, told: list[dict[str, Any]], ids: Ids, own: dict[str, Field]
) -> None:
    rows = [_make_row(entity, row, ids, own) for row in told]
    connection.execute(sql.insert(entities()[entity].__table__), _even(rows))
    ids |= _called(entity, told, rows)


def _follow_methods(connection: Connection, governance: dict[str, Any], ids: Ids) -> None:
    """Put the methodologies into the library, and pin projects to their version and milestones to their gate."""
    for told in governance["methodologies"]:
        method = _method(told)
        status = {name: date.fromisoformat(told[name]) for name in ("approved_on", "retired_on") if name in told}
        head = {"id": new_id(), "ref": method.ref, "status": told["status"], "custom": {}} | status
        head |= {name: getattr(method, name) or None for name in ("name", "version", "code", "tier", "summary")}
        connection.execute(sql.insert(entities()["methodology"]), head)
        write_parts(connection, head["id"], method)
        ids["methodology", method.ref] = head["id"]
    followers = {ids["project", ref]: ids["methodology", name] for ref, name in governance["followers"].items()}
    write_rows(connection, "project", {project: {"methodology": method} for project, method in followers.items()})
    gates = {
        row["id"]: {"gate": row["name"].split()[0]}
        for row in rows_of(connection, "milestone")
        if row["type"] == MilestoneType.GATE and row["project"] in followers
    }
    write_rows(connection, "milestone", gates)


def _method(told: dict[str, Any]) -> Method:
    """A methodology from its plain data; what is left out is empty."""
    return Method(
        told["code"],
        told["name"],
        told["version"],
        told["tier"],
        told["summary"],
        phases=tuple(_phase(each) for each in told["phases"]),
        duties=tuple(DutyOf(each["concerns"], each["role"], Duty(each["duty"])) for each in told.get("duties", ())),
        guidance=tuple(Guide(**each) for each in told.get("guidance", ())),
        terms=tuple(Term(**each) for each in told.get("terms", ())),
    )


def _phase(told: dict[str, Any]) -> MethodPhase:
    outputs = tuple(Output(**_typed_part(each)) for each in told["deliverables"])
    gates = tuple(
        Gate(**each | {"criteria": tuple(Criterion(**_typed_part(line)) for line in each["criteria"])})
        for each in told["gates"]
    )
    return MethodPhase(**told | {"deliverables": outputs, "gates": gates})


def _typed_part(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"mandatory": Mandatory(told.get("mandatory", Mandatory.ALL))}


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
    made = BIRTH_VALUES.get(entity, {}) | _typed(entity, told, ids) | {"id": new_id()}
    return made | {"custom": custom} if entity in BY_ENTITY else made


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


def _called(entity: str, told: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Ids:
    """What rows may be named by: ID or name, and where these are only told apart within a project, both together."""
    info = BY_ENTITY.get(entity)
    if info is None:
        return {}
    names = [name for name in (info.ref, info.title) if name]
    found = {(entity, row[name]): row["id"] for row in rows for name in names if row.get(name)}
    for source, row in zip(told, rows, strict=True):
        if info.ref is None and info.within:
            found[entity, f"{source.get(info.within)} {source.get(info.title)}"] = row["id"]
    return found
