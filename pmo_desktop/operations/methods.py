"""What one does with the methodology library: take a version in, draft the next one, approve it, retire it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pmo_desktop.figures.methods import method_code, parts_of, read_method
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.methodcheck import find_faults
from pmo_desktop.rules.methodcodes import propose_code
from pmo_desktop.rules.wording import count_text
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import keep_blob
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row, read_rows


def install_method(store: Store, method: Method, approved_on: date | None = None, what: str | None = None) -> str:
    """Take one version into the library with all its parts, as one step; the answer is its id.

    It is a draft, or approved on a day if one is given. Raises Known when that version is there already.
    """
    if any(row["ref"] == method.ref for row in read_rows(store, "methodology")):
        raise Known(f"{method.name} {method.version} is in the library already. Give the version another number.")
    identity = new_id()
    with batch(store, what or f"Take {method.name} {method.version} into the library") as work:
        head: dict[str, Any] = {
            "id": identity,
            "ref": method.ref,
            "name": method.name,
            "version": method.version or None,
            "code": method.code,
            "status": MethodStatus.APPROVED if approved_on else MethodStatus.DRAFT,
            "approved_on": approved_on,
            "tier": method.tier or None,
            "summary": method.summary or None,
            "speaks": method.speaks or None,
            "custom": {},
        }
        work.connection.execute(sql.insert(entities()["methodology"]), head)
        write_parts(work.connection, identity, method)
    return identity


CELLS = frozenset({"name", "version", "tier", "summary", "speaks", "owner", "comment"})


def new_method(store: Store, name: str, version: str = "1.0") -> str:
    """An empty draft of a methodology of one's own; its code is made of the name. Raises Known without a name."""
    if not name.strip():
        raise Known("Nothing was made: a methodology needs a name. Type one.")
    code = propose_code(name, [method_code(row) for row in read_rows(store, "methodology")], "method")
    return install_method(store, Method(code, name.strip(), version), what=f"New methodology {name.strip()}")


def draft_version(store: Store, methodology: str, version: str) -> str:
    """Copy a version that was approved to a new draft, which keeps the codes of all parts; its id.

    Raises Known for a draft, for a version number that is empty or there already, and when the version is gone.
    """
    head = read_head(store, methodology)
    if _standing(head) == MethodStatus.DRAFT:
        raise Known(f"{call_version(head)} is still a draft: change it as it is, or approve it first.")
    if not version.strip():
        raise Known("Nothing was drafted: give the new version a number, such as 2.0.")
    made = replace(read_method(store, methodology), version=version.strip())
    return install_method(store, made, what=f"Draft {head['name']} {version.strip()} from {call_version(head)}")


def change_method(store: Store, methodology: str, values: Mapping[str, Any]) -> int | None:
    """Change the cells of a draft itself that CELLS names; the batch, None when nothing differed.

    The ID follows the version number. Raises Known unless it is a draft, and for a version that is there already;
    ValueError for other cells, which change when it is approved or retired.
    """
    if not CELLS.issuperset(values):
        raise ValueError(f"not to be changed here: {', '.join(sorted(set(values) - CELLS))}")
    head = read_draft(store, methodology)
    cells = dict(values)
    if "version" in cells:
        cells["ref"] = f"{method_code(head)} {(cells['version'] or '').strip()}".strip()
        if any(row["ref"] == cells["ref"] and row["id"] != methodology for row in read_rows(store, "methodology")):
            raise Known(f"Nothing was changed: {cells['ref']} is in the library already. Choose another number.")
    with batch(store, f"Change {call_version(head)}") as work:
        write_rows(work.connection, "methodology", {methodology: cells})
    return work.id if work.changed else None


def approve_method(store: Store, methodology: str, on: date, by: str | None = None) -> int:
    """Approve a draft on a day, by a person; from then on it may be applied and no longer changed. The batch.

    Raises Known with everything that stands against it, and for what is no draft.
    """
    head = read_head(store, methodology)
    if _standing(head) != MethodStatus.DRAFT:
        raise Known(f"{call_version(head)} is {_standing(head).lower()} already. Draft the next version to change it.")
    method = read_method(store, methodology)
    faults = find_faults(method)
    if faults:
        raise Known(f"{call_version(head)} cannot be approved yet. {' '.join(faults)} Mend this and approve it again.")
    with batch(store, f"Approve {call_version(head)}") as work:
        cells = {"status": MethodStatus.APPROVED, "approved_on": on, "approved_by": by}
        cells |= {"code": method.code, "ref": head["ref"] or method.ref}  # one typed in by hand may have neither
        write_rows(work.connection, "methodology", {methodology: cells})
    return work.id


def retire_method(store: Store, methodology: str, on: date, why: str | None = None) -> int:
    """Retire an approved version on a day: it is applied no more, and projects that follow it go on. The batch.

    Raises Known for what is not approved.
    """
    head = read_head(store, methodology)
    if (standing := _standing(head)) != MethodStatus.APPROVED:
        why_not = "still a draft: delete it instead" if standing == MethodStatus.DRAFT else "retired already"
        raise Known(f"{call_version(head)} is {why_not}.")
    with batch(store, f"Retire {call_version(head)}", why=why) as work:
        write_rows(work.connection, "methodology", {methodology: {"status": MethodStatus.RETIRED, "retired_on": on}})
    return work.id


def delete_draft(store: Store, methodology: str) -> int:
    """Delete a draft with all its parts; the batch. Raises Known unless it is a draft that no project follows."""
    head = read_draft(store, methodology)
    following = len(read_linked(store, "project", "methodology", [methodology]))
    if following:
        said = count_text(following, "project follows", "projects follow")
        raise Known(f"{call_version(head)} was not deleted: {said} it. Give them another methodology first.")
    with batch(store, f"Delete the draft {call_version(head)}") as work:
        parts = parts_of(work.connection, methodology)
        for entity in PARTS_LAST_FIRST:
            delete_rows(work.connection, entity, [row["id"] for row in parts[entity]])
        delete_rows(work.connection, "methodology", [methodology])
    return work.id


# In an order in which nothing points to what is gone.
PARTS_LAST_FIRST = (
    "method_criterion",
    "method_gate",
    "method_deliverable",
    "method_phase",
    "method_duty",
    "method_guidance",
    "method_term",
    "method_template",
)


def read_head(store: Store, methodology: str) -> Record:
    """The row of a version. Raises Known when it is gone."""
    head = read_row(store, "methodology", methodology)
    if head is None:
        raise Known("This methodology has been deleted. Undo the deletion first.")
    return head


def read_draft(store: Store, methodology: str) -> Record:
    """The row of a version that may be changed. Raises Known when it was approved or is gone."""
    head = read_head(store, methodology)
    if (standing := _standing(head)) != MethodStatus.DRAFT:
        raise Known(f"{call_version(head)} is {standing.lower()} and stays as it is: draft the next version first.")
    return head


def call_version(head: Mapping[str, Any]) -> str:
    """A version in a sentence: Managed stages 1.0."""
    return f"{head['name']} {head['version'] or ''}".strip()


def _standing(head: Mapping[str, Any]) -> MethodStatus:
    """Where a version stands; one that nobody gave a status was never approved."""
    return MethodStatus(head["status"] or MethodStatus.DRAFT)


def write_parts(connection: Connection, methodology: str, method: Method) -> None:
    """Write all parts of a version inside a batch."""
    phases: list[dict[str, Any]] = []
    gates: list[dict[str, Any]] = []
    criteria: list[dict[str, Any]] = []
    outputs: list[dict[str, Any]] = []
    for phase in method.phases:
        key = {"phase": new_id()}
        cells = _cells(phase, "code", "name", "purpose", "weeks")
        phases.append({"id": key["phase"], "methodology": methodology} | cells)
        outputs += [{"id": new_id()} | key | _cells(each, *_OUTPUT) for each in phase.deliverables]
        for gate in phase.gates:
            within = {"gate": new_id()}
            gates.append({"id": within["gate"]} | key | _cells(gate, *_GATE))
            criteria += [{"id": new_id()} | within | _cells(each, *_CRITERION) for each in gate.criteria]
    own = {"methodology": methodology}
    _insert(connection, "method_phase", phases)
    _insert(connection, "method_gate", gates)
    _insert(connection, "method_criterion", criteria)
    _insert(connection, "method_deliverable", outputs)
    for entity, parts, names in (
        ("method_duty", method.duties, ("concerns", "role", "duty")),
        ("method_guidance", method.guidance, ("title", "text", "concerns")),
        ("method_term", method.terms, ("term", "meaning")),
    ):
        _insert(connection, entity, [{"id": new_id()} | own | _cells(each, *names) for each in parts])
    templates = [
        {"id": new_id(), "blob": keep_blob(connection, each.content)} | own | _cells(each, "code", "name", "file_name")
        for each in method.templates
    ]
    _insert(connection, "method_template", templates)


_GATE = ("code", "name", "question", "decides")
_CRITERION = ("code", "text", "section", "guidance", "role", "mandatory", "evidence")
_OUTPUT = ("code", "name", "purpose", "acceptance", "role", "acceptor", "mandatory", "template", "example")


def _cells(part: object, *names: str) -> dict[str, Any]:
    """The cells of a part; an empty text is an empty cell."""
    return {name: getattr(part, name) or None for name in names}


def _insert(connection: Connection, entity: str, rows: Iterable[Mapping[str, Any]]) -> None:
    placed = [dict(row) | {"position": float(place)} for place, row in enumerate(rows, start=1)]
    if placed:
        connection.execute(sql.insert(entities()[entity]), placed)
