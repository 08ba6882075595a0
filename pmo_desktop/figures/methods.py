"""The methodology library as it is stored: which versions there are, and one of them as plain data."""

from __future__ import annotations

from collections import defaultdict
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
from pmo_desktop.store.blobs import read_blob
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row


def read_method(store: Store, methodology: str) -> Method:
    """One version with all its parts in their order. Raises Known when it is gone."""
    head = read_row(store, "methodology", methodology)
    if head is None:
        raise Known("This methodology has been deleted. Undo the deletion first.")
    own = {name: _parts(store, name, "methodology", [methodology]) for name in _OWN}
    phases = own["method_phase"]
    of_phase = [each["id"] for each in phases]
    gates = _parts(store, "method_gate", "phase", of_phase)
    criteria = _by(_parts(store, "method_criterion", "gate", [each["id"] for each in gates]), "gate")
    outputs = _by(_parts(store, "method_deliverable", "phase", of_phase), "phase")
    gates_of = _by(gates, "phase")
    return Method(
        code=head["code"] or head["ref"] or head["name"],
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
            for each in phases
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


def _parts(store: Store, entity: str, link: str, to: list[str]) -> list[Record]:
    return sorted(read_linked(store, entity, link, to), key=lambda row: row["position"])


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
