"""The methodology library as it is stored: which versions there are, and one of them as plain data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.rules.assurance import Duty, Mandatory
from pmo_desktop.rules.method import (
    Criterion,
    DutyOf,
    Gate,
    Guide,
    Method,
    MethodPhase,
    Output,
    Template,
    Term,
)
from pmo_desktop.rules.methodcodes import version_key
from pmo_desktop.store.blobs import read_blob
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_row, read_rows


@dataclass(frozen=True, slots=True)
class MethodLine:
    """One version in the library: what it is, how many parts it has, and how many projects follow it."""

    id: str
    ref: str
    name: str
    version: str
    code: str
    status: str
    tier: str
    approved_on: date | None
    phases: int
    gates: int
    deliverables: int
    criteria: int
    projects: int


def list_methods(store: Store) -> list[MethodLine]:
    """Every version by name, the newest version of each first."""
    phases = read_rows(store, "method_phase")
    gates = read_rows(store, "method_gate")
    of_phase = {row["id"]: row["methodology"] for row in phases}
    of_gate = {row["id"]: of_phase[row["phase"]] for row in gates}
    counts = {
        "phases": Counter(of_phase.values()),
        "gates": Counter(of_gate.values()),
        "deliverables": Counter(of_phase[row["phase"]] for row in read_rows(store, "method_deliverable")),
        "criteria": Counter(of_gate[row["gate"]] for row in read_rows(store, "method_criterion")),
        "projects": Counter(row["methodology"] for row in read_rows(store, "project")),
    }
    lines = [
        MethodLine(
            id=row["id"],
            ref=row["ref"] or "",
            name=row["name"],
            version=row["version"] or "",
            code=method_code(row),
            status=row["status"] or "",
            tier=row["tier"] or "",
            approved_on=row["approved_on"],
            **{name: counted[row["id"]] for name, counted in counts.items()},
        )
        for row in read_rows(store, "methodology")
    ]
    newest_first = sorted(lines, key=lambda line: version_key(line.version), reverse=True)
    return sorted(newest_first, key=lambda line: (line.name.casefold(), line.code))


def method_code(head: Mapping[str, Any]) -> str:
    """What all versions of a methodology share: its code, or for one typed in by hand its ID or name."""
    return str(head["code"] or head["ref"] or head["name"])


def read_parts(store: Store, methodology: str) -> dict[str, list[Record]]:
    """The stored parts of a version by entity, in the order in which they are read: those of the first phase first."""
    with store.reading() as connection:
        return parts_of(connection, methodology)


def parts_of(connection: Connection, methodology: str) -> dict[str, list[Record]]:
    """`read_parts` on a connection already at hand, as inside a batch."""
    found = {name: _parts(connection, name, "methodology", [methodology]) for name in _OWN}
    of_phase = [each["id"] for each in found["method_phase"]]
    found["method_gate"] = _parts(connection, "method_gate", "phase", of_phase)
    found["method_deliverable"] = _parts(connection, "method_deliverable", "phase", of_phase)
    of_gate = [each["id"] for each in found["method_gate"]]
    return found | {"method_criterion": _parts(connection, "method_criterion", "gate", of_gate)}


def read_method(store: Store, methodology: str) -> Method:
    """One version with all its parts in their order. Raises Known when it is gone."""
    head = read_row(store, "methodology", methodology)
    if head is None:
        raise Known("This methodology has been deleted. Undo the deletion first.")
    own = read_parts(store, methodology)
    criteria = _by(own["method_criterion"], "gate")
    outputs = _by(own["method_deliverable"], "phase")
    gates_of = _by(own["method_gate"], "phase")
    return Method(
        code=method_code(head),
        name=head["name"],
        version=head["version"] or "",
        tier=head["tier"] or "",
        summary=head["summary"] or "",
        speaks=head["speaks"] or "",
        phases=tuple(
            MethodPhase(
                each["code"],
                each["name"],
                each["purpose"] or "",
                each["weeks"],
                tuple(_output(one) for one in outputs[each["id"]]),
                tuple(_gate(one, criteria[one["id"]]) for one in gates_of[each["id"]]),
            )
            for each in own["method_phase"]
        ),
        duties=tuple(DutyOf(each["concerns"], each["role"], Duty(each["duty"])) for each in own["method_duty"]),
        guidance=tuple(
            Guide(each["title"], each["text"] or "", each["concerns"] or "") for each in own["method_guidance"]
        ),
        terms=tuple(Term(each["term"], each["meaning"] or "") for each in own["method_term"]),
        templates=tuple(
            Template(each["code"], each["name"], each["file_name"], read_blob(store, each["blob"]))
            for each in own["method_template"]
        ),
    )


_OWN = ("method_phase", "method_duty", "method_guidance", "method_term", "method_template")


def _parts(connection: Connection, entity: str, link: str, to: list[str]) -> list[Record]:
    places = {identity: place for place, identity in enumerate(to)}
    return sorted(linked_rows(connection, entity, link, to), key=lambda row: (places[row[link]], row["position"]))


def _by(rows: list[Record], link: str) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row[link]].append(row)
    return found


def _gate(row: Record, criteria: list[Record]) -> Gate:
    lines = tuple(
        Criterion(
            each["code"],
            each["text"],
            each["section"] or "",
            each["guidance"] or "",
            each["role"] or "",
            _mandatory(each["mandatory"]),
            each["evidence"] or "",
        )
        for each in criteria
    )
    return Gate(row["code"], row["name"], row["question"] or "", row["decides"] or "", lines)


def _output(row: Record) -> Output:
    return Output(
        row["code"],
        row["name"],
        row["purpose"] or "",
        row["acceptance"] or "",
        row["role"] or "",
        row["acceptor"] or "",
        _mandatory(row["mandatory"]),
        row["template"] or "",
        row["example"] or "",
    )


def _mandatory(word: Any) -> Mandatory:
    return Mandatory(word) if word else Mandatory.ALL
