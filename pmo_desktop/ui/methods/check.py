"""One gate of one project as the pane shows it: the figures of the gate, with the rows and names it is said by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.gatebook import read_books
from pmo_desktop.figures.gatecheck import CriterionCheck, GateCheck
from pmo_desktop.figures.gates import read_gate_check
from pmo_desktop.rules.assurance import Answer
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_names, read_settings


@dataclass(frozen=True, slots=True)
class Check:
    """A gate of a project. `waivers`: the newest of each code, whatever became of it; `answers`: their ids by code."""

    gate: GateCheck
    deliverables: tuple[Record, ...]
    waivers: Mapping[str, Record]
    answers: Mapping[str, str]
    passed: frozenset[str]
    names: Mapping[str, str]
    today: date

    def find(self, code: str) -> CriterionCheck | None:
        """The criterion of that code."""
        return next((each for each in self.gate.criteria if each.code == code), None)

    def counting(self, codes: Sequence[str] | None = None) -> list[CriterionCheck]:
        """The criteria that count, of all or of some: those that apply."""
        criteria = [each for each in self.gate.criteria if codes is None or each.code in codes]
        return [each for each in criteria if each.answer is not Answer.NOT_APPLICABLE]


def read_check(store: Store, project: str, code: str) -> Check | None:
    """The check of a project's gate as it is now; None when the project or its gate is gone."""
    try:
        gate = read_gate_check(store, project, code)
    except Known:
        return None
    with store.reading() as connection:
        book = read_books(connection, [project])[project]
    answers = read_linked(store, "gate_answer", "review", [gate.review]) if gate.review else []
    waivers = sorted(read_linked(store, "waiver", "project", [project]), key=lambda row: row["id"])
    return Check(
        gate=gate,
        deliverables=book.deliverables,
        waivers={row["concerns"]: row for row in waivers if row["concerns"]},
        answers={row["code"]: row["id"] for row in answers},
        passed=frozenset(each.code for each in book.gates if each.passed),
        names=read_names(store),
        today=data_date(read_settings(store)),
    )


def followers(store: Store, methodology: str) -> list[tuple[str, str]]:
    """The projects that follow a version, by reference: id and words."""
    rows = read_linked(store, "project", "methodology", [methodology])
    rows.sort(key=lambda row: ((row["ref"] or "\uffff").casefold(), row["name"].casefold()))
    return [(row["id"], f"{row['ref'] or ''}  {row['name']}".strip()) for row in rows]
