"""What one does with the methodology library: take a version in, draft the next one, approve it, retire it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.method import Method
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.blobs import keep_blob
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows


def install_method(
    store: Store, method: Method, status: MethodStatus = MethodStatus.DRAFT, what: str | None = None
) -> str:
    """Take one version into the library with all its parts, as one step; the answer is its id.

    Raises Known when that version is there already.
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
            "status": status,
            "tier": method.tier or None,
            "summary": method.summary or None,
            "speaks": method.speaks or None,
            "custom": {},
        }
        work.connection.execute(sql.insert(entities()["methodology"]), head)
        write_parts(work.connection, identity, method)
    return identity


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
