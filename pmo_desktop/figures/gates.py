"""Gate reviews: how a gate stands with its checklist and evidence, and which gates lie ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pmo_desktop.figures.authority import find_heads, portfolios_of, read_standings
from pmo_desktop.figures.gatebook import Gap, GateBook, GatePlace, code_of, read_books
from pmo_desktop.figures.gatecheck import (
    ConditionCheck,
    CriterionCheck,
    DeliverableCheck,
    Evidence,
    GateCheck,
    GateDay,
    Vote,
)
from pmo_desktop.model.register import Ending
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.assurance import Answer, DeliverableStatus
from pmo_desktop.rules.authority import Act, Waiving, find_waiver
from pmo_desktop.rules.compliance import Event, Function, Mode, find_mode
from pmo_desktop.rules.gates import (
    Lack,
    Outlook,
    colour_gate,
    expect_gate,
    measure_readiness,
    say_verdict,
    tally_answers,
)
from pmo_desktop.rules.wording import capital, count_text
from pmo_desktop.rules.words import ENDED, LinkKind
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, linked_rows, read_settings, rows_of

NOTHING_MANDATORY = "nothing is mandatory at this gate"
_ROLES = {"sponsor": "sro", "project sponsor": "sro", "executive": "sro", "project manager": "pm", "manager": "pm"}


def read_gate_check(store: Store, project: str, code: str) -> GateCheck:
    """One gate of a project with all that hangs on it. Raises Known when the project has no such gate, or is gone."""
    settings = read_settings(store)
    with store.reading() as connection:
        book = read_books(connection, [project]).get(project)
        if book is None:
            raise Known("The project has been deleted. Undo the deletion first.")
        gate = book.find(code)
        if gate is None:
            known = ", ".join(each.code for each in book.gates) or "none: apply a methodology first"
            raise Known(f"{_called(book)} has no gate {code}. Its gates are {known}.")
        judge = _Judge(connection, [project], data_date(settings))
        return _check(connection, book, gate, judge)


def gate_calendar(store: Store, days: Sequence[int] = (30, 60, 90), on: date | None = None) -> tuple[GateDay, ...]:
    """The open gates of live projects within some days of a day, else of the data date: overdue first, then by day."""
    today = on or data_date(read_settings(store))
    spans = sorted(days)
    with store.reading() as connection:
        books = read_books(connection)
        live = [book for book in books.values() if book.project["lifecycle_status"] not in ENDED]
        judge = _Judge(connection, [book.project["id"] for book in live], today)
    found = []
    for book in live:
        for gate in book.gates:
            if gate.passed or gate.day is None or gate.day > today + timedelta(days=spans[-1]):
                continue
            ahead = (gate.day - today).days
            within = next(span for span in spans if ahead <= span)
            found.append(_day(book, gate, judge.waived(book, gate), ahead, within))
    return tuple(sorted(found, key=lambda line: (line.day, line.project_called, line.gate)))


def _day(book: GateBook, gate: GatePlace, held: _Waived, ahead: int, within: int) -> GateDay:
    assert gate.day is not None, "only gates with a day are in the calendar"  # noqa: S101
    gaps, mandatory = book.gaps(gate), book.count_mandatory(gate)
    blockers = tuple(_say_gap(gap) for gap in gaps if held(gap.event, gap.code) is None)
    met = mandatory - len(gaps)
    return GateDay(
        project=book.project["id"],
        project_called=_called(book),
        gate=gate.code,
        name=gate.name,
        day=gate.day,
        days=ahead,
        within=within,
        readiness=measure_readiness(met, mandatory),
        blockers=blockers,
        mandatory=mandatory,
        met=met,
        waived=len(gaps) - len(blockers),
    )


class _Judge:
    """What is needed to say under which authority a project stands, and which waivers hold there on a day."""

    def __init__(self, connection: Connection, projects: Sequence[str], today: date) -> None:
        self.today = today
        self.standings = read_standings(connection)
        self.portfolios = portfolios_of(connection, projects)
        self.heads = find_heads(rows_of(connection, "person"))

    def mode(self, project: str) -> Mode:
        return find_mode(self.standings, self.portfolios[project], Function.GATES, self.today)

    def waived(self, book: GateBook, gate: GatePlace) -> _Waived:
        mode = self.mode(book.project["id"])
        return _Waived(book, gate, mode, self.heads if mode is Mode.DIRECTIVE else None, self.today)


@dataclass(frozen=True, slots=True)
class _Waived:
    """The waiver in force for one part of a gate, or None."""

    book: GateBook
    gate: GatePlace
    mode: Mode
    may: frozenset[str] | None
    today: date

    def __call__(self, event: Event, code: str) -> Waiving | None:
        manager = self.book.project["pm"]
        own = frozenset({manager} if manager else ())
        act = Act(event, self.book.project["id"], "", (code,), self.gate.code, own)
        return find_waiver(act, code, self.book.waivers, self.may, self.today, self.mode)


def _check(connection: Connection, book: GateBook, gate: GatePlace, judge: _Judge) -> GateCheck:
    held, review, part = judge.waived(book, gate), gate.review or {}, gate.part or {}
    gaps = book.gaps(gate)
    waived = sum(held(gap.event, gap.code) is not None for gap in gaps)
    mandatory = book.count_mandatory(gate)
    readiness = measure_readiness(mandatory - len(gaps), mandatory)
    conditions = _conditions(connection, gate, judge.today)
    criteria = _criteria(connection, book, gate, held)
    lapsed = sum(each.lapsed for each in conditions)
    planned = gate.day
    mode = judge.mode(book.project["id"])
    deliverables = _deliverables(book, gate, held)
    return GateCheck(
        project=book.project["id"],
        project_called=_called(book),
        code=gate.code,
        name=gate.name,
        question=part.get("question") or "",
        decides=part.get("decides") or "",
        review=review.get("id"),
        reviewer=review.get("reviewer"),
        held_on=review.get("held_on"),
        decision=review.get("decision"),
        decided_on=review.get("decided_on"),
        decided_by=review.get("decided_by"),
        decision_reason=review.get("reason") or "",
        next_review=review.get("next_review"),
        milestone=gate.milestone["id"] if gate.milestone else None,
        planned=planned,
        outlook=_outlook(gate, deliverables, judge.today),
        criteria=criteria,
        deliverables=deliverables,
        tally=tally_answers(each.answer for each in criteria),
        mandatory=mandatory,
        met=mandatory - len(gaps),
        readiness=readiness,
        reason="" if mandatory else NOTHING_MANDATORY,
        missing=tuple(_say_gap(gap, waived=held(gap.event, gap.code) is not None) for gap in gaps),
        waived=waived,
        skipped=tuple(each.code for each in book.earlier(gate.code) if not each.passed),
        mode=mode,
        verdict=_verdict(review.get("decision"), lapsed, _lack(gaps, held), mandatory, mode),
        votes=_votes(connection, gate),
        conditions=conditions,
        colour=colour_gate(review.get("decision"), lapsed, readiness, planned, judge.today),
    )


def _called(book: GateBook) -> str:
    return str(book.project["ref"] or book.project["name"])


def _criteria(connection: Connection, book: GateBook, gate: GatePlace, held: _Waived) -> tuple[CriterionCheck, ...]:
    answers = book.answers_at(gate)
    shown = {row["code"]: row for row in book.deliverables if row["code"]}
    attached = _attachments(
        connection, [*(row["id"] for row in answers.values()), *(row["id"] for row in shown.values())]
    )
    found = []
    for part in book.criteria(gate):
        row = answers.get(part["code"])
        deliverable = shown.get(part["evidence"] or "")
        ids = [each["id"] for each in (row, deliverable) if each is not None]
        found.append(
            CriterionCheck(
                code=part["code"],
                section=part["section"] or "",
                text=row["text"] if row and gate.review and gate.review["decision"] else part["text"],
                guidance=part["guidance"] or "",
                role=part["role"] or "",
                person=_holder(book, part["role"], deliverable),
                mandatory=book.binds(part["mandatory"]),
                answer=Answer(row["answer"]) if row and row["answer"] else None,
                comment=(row["comment"] if row else None) or "",
                answered_on=row["answered_on"] if row else None,
                answered_by=row["answered_by"] if row else None,
                deliverable=deliverable["id"] if deliverable else None,
                evidence=tuple(each for identity in ids for each in attached.get(identity, ())),
                waiver=held(Event.MISSING, part["code"]),
            )
        )
    return tuple(found)


def _holder(book: GateBook, role: str | None, deliverable: Record | None) -> str | None:
    """Who has a role in the project: its sponsor or manager, else whoever owns the deliverable that shows it."""
    name = _ROLES.get((role or "").casefold())
    holder: str | None = book.project[name] if name else deliverable["owner"] if deliverable else None
    return holder


def _attachments(connection: Connection, rows: Sequence[str]) -> Mapping[str, list[Evidence]]:
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for each in linked_rows(connection, "attachment", "row", rows):
        found[each["row"]].append(Evidence(each["id"], each["name"], each["link"], each["note"]))
    return found


def _deliverables(book: GateBook, gate: GatePlace, held: _Waived) -> tuple[DeliverableCheck, ...]:
    listed = []
    for row in book.due_at(gate):
        status = DeliverableStatus(row["status"]) if row["status"] else None
        event = Event.UNAPPROVED if status is DeliverableStatus.SUBMITTED else Event.MISSING
        mandatory, waiver = book.is_mandatory(row), held(event, code_of(row))
        listed.append(
            DeliverableCheck(row["id"], code_of(row), row["name"], status, mandatory, row["owner"], row["due"], waiver)
        )
    absent = [
        DeliverableCheck(None, row["code"], row["name"], None, True, None, None, held(Event.MISSING, row["code"]))
        for row in book.absent(gate)
    ]
    return (*listed, *absent)


def _outlook(gate: GatePlace, deliverables: Iterable[DeliverableCheck], today: date) -> Outlook:
    if gate.passed and gate.milestone is not None and gate.day is not None:
        return Outlook(gate.day, "It has been passed.")
    unfinished = [
        (each.name, each.due)
        for each in deliverables
        if not each.met and each.status is not DeliverableStatus.NOT_NEEDED
    ]
    return expect_gate(gate.day, unfinished, today)


def _votes(connection: Connection, gate: GatePlace) -> tuple[Vote, ...]:
    rows = linked_rows(connection, "gate_vote", "review", [gate.review["id"]]) if gate.review else []
    return tuple(Vote(row["person"], row["vote"], row["comment"] or "") for row in rows)


def _conditions(connection: Connection, gate: GatePlace, today: date) -> tuple[ConditionCheck, ...]:
    """The actions that are linked to a review as its conditions, in the order they were set."""
    if gate.review is None:
        return ()
    links = linked_rows(connection, "entry_link", "to_row", [gate.review["id"]])
    actions = [each["from_row"] for each in links if each["kind"] == LinkKind.CONDITION]
    ending = BY_ENTITY["action"].ending
    assert ending is not None, "an action can end"  # noqa: S101
    return tuple(_condition(row, ending, today) for row in rows_of(connection, "action", actions))


def _condition(row: Record, ending: Ending, today: date) -> ConditionCheck:
    due: date | None = row["revised_due"] or row["due"]
    done = ending.is_over(row)
    lapsed = not done and due is not None and due < today
    return ConditionCheck(row["id"], row["ref"] or "", row["description"], row["owner"], due, done, lapsed)


def _lack(gaps: Sequence[Gap], held: _Waived) -> Lack:
    counted: defaultdict[str, int] = defaultdict(int)
    for gap in gaps:
        counted["waived" if held(gap.event, gap.code) is not None else _sort(gap)] += 1
    return Lack(**counted)


def _sort(gap: Gap) -> str:
    if not gap.is_criterion:
        return "missing" if gap.event is Event.MISSING else "not_accepted"
    return _SORTS[gap.state]


_SORTS = {"": "not_answered", str(Answer.NO): "not_met", str(Answer.PARTLY): "partly"}
_STATES = {"": "not answered", str(Answer.NO): "not met", str(Answer.PARTLY): "partly met"}


def _say_gap(gap: Gap, *, waived: bool = False) -> str:
    """`Data migration reconciled: not met`, `Business case: submitted, not accepted yet (waived)`."""
    if gap.is_criterion:
        state = _STATES[gap.state]
    elif gap.event is Event.UNAPPROVED:
        state = "submitted, not accepted yet"
    else:
        state = gap.state.lower() or "missing"
    return f"{gap.name.rstrip('.')}: {state}{' (waived)' if waived else ''}"


def _verdict(decision: str | None, lapsed: int, lack: Lack, mandatory: int, mode: Mode) -> str:
    if decision is None:
        return say_verdict(lack, mandatory, mode)
    tail = f" {capital(count_text(lapsed, 'condition'))} {'has' if lapsed == 1 else 'have'} lapsed." if lapsed else ""
    return f"{_DECIDED[decision]}{tail}"


_DECIDED = {
    "Approve": "Approved.",
    "Approve with conditions": "Approved with conditions.",
    "Rework": "Sent back for rework. Reopen the gate when it is done.",
    "Hold": "On hold. Reopen the gate when the project goes on.",
    "Stop": "Stopped. Cancel the project, or reopen the gate.",
}
