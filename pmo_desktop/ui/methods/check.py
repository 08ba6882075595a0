"""One gate of one project as it is checked: each criterion with its answer, evidence and waiver, and what they amount to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.attachments import Attached, read_attachments
from pmo_desktop.figures.authority import find_heads, read_mode
from pmo_desktop.figures.gatebook import GateBook, GatePlace, code_of, read_books
from pmo_desktop.rules.assurance import Answer, DeliverableStatus
from pmo_desktop.rules.authority import Act, find_waiver
from pmo_desktop.rules.compliance import FUNCTIONS, HEAD, RULES, Event, Mode
from pmo_desktop.rules.gates import Lack, Tally, say_verdict, tally_answers
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_names, read_rows, read_settings


@dataclass(frozen=True, slots=True)
class Checked:
    """One criterion of a project's gate. `deliverable` is the project's row of its evidence, `waiver` the newest one."""

    code: str
    text: str
    answer: str | None
    comment: str
    answered_on: date | None
    answered_by: str
    is_mandatory: bool
    row: str | None  # the id of the answer
    deliverable: Record | None
    files: tuple[Attached, ...]
    waiver: Record | None


@dataclass(frozen=True, slots=True)
class GateCheck:
    """A gate of a project with its criteria in order, deliverables, votes, conditions, and the verdict in words."""

    project: Record
    gate: GatePlace
    criteria: tuple[Checked, ...]
    deliverables: tuple[Record, ...]
    votes: tuple[Record, ...]
    tally: Tally
    verdict: str
    mode: Mode
    passed: frozenset[str]
    names: Mapping[str, str]
    today: date

    @property
    def review(self) -> Record | None:
        """The row of its review; None before anybody began one."""
        return self.gate.review

    @property
    def is_decided(self) -> bool:
        """Whether the board has decided, after which nothing is answered any more."""
        return self.review is not None and self.review["decision"] is not None

    def find(self, code: str) -> Checked | None:
        """The criterion of that code."""
        return next((each for each in self.criteria if each.code == code), None)

    def deliverable(self, code: str) -> Record | None:
        """The project's deliverable that comes from a library part."""
        return next((row for row in self.deliverables if row["code"] == code), None)


def read_check(store: Store, project: str, code: str) -> GateCheck | None:
    """The check of a project's gate as it is now; None when the project or the gate is gone."""
    with store.reading() as connection:
        book = read_books(connection, [project]).get(project)
    gate = book.find(code) if book else None
    if book is None or gate is None:
        return None
    today = data_date(read_settings(store))
    mode = read_mode(store, project, FUNCTIONS[Event.MISSING], today)
    criteria = _criteria(store, book, gate)
    answers = [each.answer for each in criteria]
    return GateCheck(
        project=book.project,
        gate=gate,
        criteria=criteria,
        deliverables=book.deliverables,
        votes=tuple(read_linked(store, "gate_vote", "review", [gate.review["id"]])) if gate.review else (),
        tally=tally_answers(answers),
        verdict=_decided_words(gate) or say_verdict(_lack(store, book, gate, mode, today), book.count_mandatory(gate), mode),
        mode=mode,
        passed=frozenset(each.code for each in book.gates if each.passed),
        names=read_names(store),
        today=today,
    )


def followers(store: Store, methodology: str) -> list[tuple[str, str]]:
    """The projects that follow a version, by reference: id and words."""
    rows = [row for row in read_linked(store, "project", "methodology", [methodology])]
    rows.sort(key=lambda row: ((row["ref"] or "").casefold(), row["name"].casefold()))
    return [(row["id"], f"{row['ref'] or ''}  {row['name']}".strip()) for row in rows]


# ---------------------------------------------------------------------- below the counter


def _criteria(store: Store, book: GateBook, gate: GatePlace) -> tuple[Checked, ...]:
    answers = book.answers_at(gate)
    by_code = {row["code"]: row for row in book.deliverables if row["code"]}
    waivers = {row["concerns"]: row for row in read_linked(store, "waiver", "project", [book.project["id"]])}
    of_answers = read_attachments(store, "gate_answer", [row["id"] for row in answers.values()])
    of_outputs = read_attachments(store, "deliverable", [row["id"] for row in by_code.values()])
    found = []
    for row in book.criteria(gate):
        said, shown = answers.get(row["code"]), by_code.get(row["evidence"])
        files = (of_answers.get(said["id"], ()) if said else ()) + (of_outputs.get(shown["id"], ()) if shown else ())
        found.append(
            Checked(
                code=row["code"],
                text=row["text"],
                answer=said["answer"] if said else None,
                comment=(said["comment"] if said else None) or "",
                answered_on=said["answered_on"] if said else None,
                answered_by=(said["answered_by"] if said else None) or "",
                is_mandatory=book.binds(row["mandatory"]),
                row=said["id"] if said else None,
                deliverable=shown,
                files=files,
                waiver=waivers.get(row["code"]),
            )
        )
    return tuple(found)


def _lack(store: Store, book: GateBook, gate: GatePlace, mode: Mode, today: date) -> Lack:
    """What is mandatory and not there, by how it stands; what a waiver in force covers is counted as waived."""
    heads = find_heads(read_rows(store, "person"))
    counts = dict.fromkeys(Lack._fields, 0)
    for gap in book.gaps(gate):
        act = Act(gap.event, book.project["id"], gap.name, (gap.code,), gate.code, frozenset())
        may = heads if RULES[gap.event][mode].waiver == HEAD else None
        if find_waiver(act, gap.code, book.waivers, may, today) is not None:
            counts["waived"] += 1
        elif gap.is_criterion:
            counts[_STATES.get(gap.state, "not_answered")] += 1
        else:
            counts["not_accepted" if gap.state == DeliverableStatus.SUBMITTED else "missing"] += 1
    return Lack(**counts)


_STATES = {Answer.NO.value: "not_met", Answer.PARTLY.value: "partly"}


def _decided_words(gate: GatePlace) -> str:
    if gate.review is None or gate.review["decision"] is None:
        return ""
    on = f" on {gate.review['decided_on']:%-d %B %Y}" if gate.review["decided_on"] else ""
    return f"Decided: {gate.review['decision'].lower()}{on}."


def deliverable_code(row: Record) -> str:
    """What a waiver calls a deliverable by."""
    return code_of(row)


def count_answers(criteria: Sequence[Checked]) -> int:
    """How many criteria count: all but those that do not apply."""
    return sum(each.answer != Answer.NOT_APPLICABLE for each in criteria)
