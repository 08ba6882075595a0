"""The record of a gate review: readiness, decision, checklist, deliverables, waivers, votes, conditions, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO

from pmo_desktop.figures.gatecheck import ConditionCheck, CriterionCheck, DeliverableCheck, Evidence, GateCheck
from pmo_desktop.figures.gates import read_gate_check
from pmo_desktop.figures.history import Stamp, read_stamp
from pmo_desktop.figures.material import Row
from pmo_desktop.reports.blocks import WAIVED, Kind, draw_blocks, draw_legend
from pmo_desktop.reports.document import Progress, draw_sheets
from pmo_desktop.reports.flow import Flow, Piece
from pmo_desktop.reports.frame import Sheet, make_imprint
from pmo_desktop.reports.grid import Group, Say, Told, add_table, tell
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.particulars import Pair, list_bullets, list_particulars, list_signatures
from pmo_desktop.reports.standing import ANSWERS, mark_of
from pmo_desktop.reports.style import (
    BAD,
    BODY,
    BORDER_STRONG,
    DENSE,
    INK,
    SEMIBOLD,
    TABLE,
    TABLE_ID,
    TABLE_NAME,
    TABLE_QUIET,
    UPRIGHT,
    WARN,
    WHITE,
    Paper,
    Type,
)
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.assurance import Answer, GateDecision
from pmo_desktop.rules.authority import Waiving
from pmo_desktop.rules.gates import READY
from pmo_desktop.rules.wording import DASH, capital, count_word, day_text, join_words, short_day, slip_words
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_row, read_settings

TITLE = "Gate review record"
_FIGURE = Type(18, SEMIBOLD, 22)
_BAR = 11.0


@dataclass(frozen=True, slots=True)
class GateRecord:
    """A gate as it stands, with what its page says around it. `baseline`: the day it was first planned for."""

    check: GateCheck
    project: Row
    method: str
    baseline: date | None
    names: dict[str, str]
    settings: Row
    data_date: date
    stamp: Stamp | None

    def name_of(self, person: str | None) -> str:
        """What a person is called; empty for None."""
        return self.names.get(person, "") if person else ""


def read_gate_record(store: Store, project: str, code: str) -> GateRecord:
    """One gate of a project for printing. Raises Known when the project is gone or has no such gate."""
    check = read_gate_check(store, project, code)
    row = read_row(store, "project", project) or {}
    method = read_row(store, "methodology", row["methodology"]) if row["methodology"] else None
    milestone = read_row(store, "milestone", check.milestone) if check.milestone else None
    settings = read_settings(store)
    return GateRecord(
        check=check,
        project=row,
        method=f"{method['name']} {method['version']}" if method else "",
        baseline=milestone["baseline"] if milestone else None,
        names=read_names(store),
        settings=settings,
        data_date=data_date(settings),
        stamp=read_stamp(store),
    )


def write_gate_report(record: GateRecord, paper: str, out: BinaryIO, progress: Progress | None = None) -> int:
    """Draw the record into a stream of bytes and return its number of pages.

    Raises KeyError for an unknown paper, Bug when anything would be clipped.
    """
    sheets = plan_gate_report(record, UPRIGHT[paper])
    called = f"{TITLE} {one_line(record.check.code)}, {one_line(record.check.project_called)}"
    imprint = make_imprint(called, record.settings, record.data_date, record.stamp)
    draw_sheets(imprint, sheets, UPRIGHT[paper], out, progress)
    return len(sheets)


def plan_gate_report(record: GateRecord, paper: Paper) -> list[Sheet]:
    """The pages of the record."""
    check, flow = record.check, Flow(paper)
    project = f"{record.project['ref'] or ''} {record.project['name'] or ''}".strip()
    parts = [project, f"{check.mode.lower()} authority", f"data date {day_text(record.data_date)}"]
    heading = flow.head(f"{check.code} {check.name}", gate_message(check), parts)
    _add_readiness(flow, check)
    if check.closed:
        flow.section("Decision")
        flow.add(list_particulars(paper, _decision(record)))
    flow.section("The gate")
    flow.add(list_particulars(paper, _particulars(record, project)))
    if check.missing:
        flow.section("What is lacking")
        flow.add(list_bullets(paper, check.missing))
    _add_checklist(flow, record)
    _add_deliverables(flow, record)
    _add_waivers(flow, record)
    _add_votes(flow, record)
    _add_conditions(flow, record)
    _add_signatures(flow, record)
    return flow.sheets(f"{TITLE}, {one_line(check.project_called)[:24]} {one_line(check.code)[:12]}", heading)


def gate_message(check: GateCheck) -> str:
    """What was decided at a gate, or how ready it is."""
    if check.decision:
        lapsed = sum(each.lapsed for each in check.conditions)
        tail = f"; {count_word(lapsed)} condition{' has' if lapsed == 1 else 's have'} lapsed" if lapsed else ""
        return f"{_DECIDED[check.decision]}{tail}"
    if check.readiness is None:
        return "not decided; nothing is mandatory"
    if check.readiness == READY:
        return f"ready, all {check.mandatory:,} mandatory items are met"
    return f"not decided, {check.met:,} of {check.mandatory:,} mandatory items are met"


_DECIDED: dict[str, str] = {
    GateDecision.APPROVE: "approved",
    GateDecision.CONDITIONS: "approved with conditions",
    GateDecision.REWORK: "sent back for rework",
    GateDecision.HOLD: "put on hold",
    GateDecision.STOP: "stopped",
}


def readiness_kinds(check: GateCheck) -> list[Kind]:
    """What is mandatory and applies, criteria and deliverables, by how it stands; together as many as are mandatory."""
    codes = [
        WAIVED if each.waiver and each.answer is not Answer.YES else ANSWERS[each.answer][0]
        for each in check.criteria
        if each.mandatory and each.answer is not Answer.NOT_APPLICABLE
    ]
    codes += [
        WAIVED if each.waiver and not each.met else _mark_of(each) for each in check.deliverables if each.mandatory
    ]
    return [Kind(code, codes.count(code), word) for code, word in _KINDS]


_KINDS = (("G", "met"), ("A", "partly"), ("R", "not met"), (WAIVED, "waived, not met"), ("N", "open"))


def _add_readiness(flow: Flow, check: GateCheck) -> None:
    flow.section("Readiness")
    if check.mandatory:
        flow.add([Piece(62.0, partial(_paint_readiness, check), keeps=not check.closed)])
    if not (check.closed and check.mandatory):
        flow.text(check.verdict, BODY, ink=INK)
    if check.skipped:
        earlier = join_words([one_line(each) for each in check.skipped])
        words = f"Earlier gates that are not passed: {earlier}."
        flow.text(words, DENSE)


def _paint_readiness(check: GateCheck, page: Page, y: float) -> None:
    x, kinds = page.paper.left, readiness_kinds(check)
    size = page.text(x, y + 20.0, f"{check.met:,} of {check.mandatory:,}", _FIGURE)
    page.text(x + size + 7.0, y + 20.0, f"mandatory items met, {check.readiness or 0:.0f}%", DENSE)
    draw_blocks(page, x, y + 29.0, page.paper.content, _BAR, kinds)
    draw_legend(page, x, y + 50.0, kinds)


def _decision(record: GateRecord) -> list[Pair]:
    check = record.check
    return [
        ("Decision", check.decision),
        ("Decided by", record.name_of(check.decided_by)),
        ("Decided on", day_text(check.decided_on) if check.decided_on else ""),
        ("Next review", day_text(check.next_review) if check.next_review else ""),
        ("Reason", check.decision_reason),
    ]


def _particulars(record: GateRecord, project: str) -> list[Pair]:
    check = record.check
    return [
        ("Gate", f"{check.code} {check.name}"),
        ("Project", project),
        ("Question", check.question),
        ("Who decides", check.decides),
        ("Methodology", record.method),
        ("Reviewer", record.name_of(check.reviewer)),
        ("Held on", day_text(check.held_on) if check.held_on else ""),
        ("Baseline", day_text(record.baseline) if record.baseline else ""),
        ("Forecast", day_text(check.planned) if check.planned and not check.closed else ""),
        ("Passed on" if _is_passed(check) else "Expected", _expected(record)),
    ]


def _is_passed(check: GateCheck) -> bool:
    return check.decision is not None and GateDecision(check.decision).passes


def _expected(record: GateRecord) -> str:
    """When the gate is expected, how far that is from its plan, and why."""
    day, reason = record.check.outlook
    if day is None:
        return reason
    slip = (day - record.baseline).days if record.baseline else None
    against = f", {slip_words(slip)} against its baseline" if slip else ""
    return f"{day_text(day)}{against}" if _is_passed(record.check) else f"{day_text(day)}{against}. {reason}"


def _add_checklist(flow: Flow, record: GateRecord) -> None:
    criteria = record.check.criteria
    if not criteria:
        return
    rows: list[Sequence[Told] | Group] = []
    for section in dict.fromkeys(each.section for each in criteria):
        group = [each for each in criteria if each.section == section]
        of = [each for each in group if each.answer is not Answer.NOT_APPLICABLE]
        rows.append(Group(section or "Other", f"{sum(each.answer is Answer.YES for each in of)} of {len(of)} met"))
        rows += [_criterion(each, record) for each in group]
    add_table(flow, "Checklist", rows, ("Answer", 0.17), ("Criterion", 0.39), ("Comment and evidence", 0.44))


def _criterion(each: CriterionCheck, record: GateRecord) -> tuple[Told, ...]:
    mark, words = ANSWERS[each.answer]
    role = ", ".join(part for part in (each.role, record.name_of(each.person)) if part)
    under = [part for part in (role, "" if each.mandatory else "optional") if part]
    on = f" {short_day(each.answered_on)}" if each.answered_on else ""
    by = f"Answered{on}{' by ' + each.answered_by if each.answered_by else ''}" if each.answer and on else ""
    return (
        Told((Say(words, TABLE_NAME),), mark),
        Told(
            (
                Say(each.text, TABLE_NAME),
                Say(". ".join(capital(part) for part in under), TABLE_ID),
                Say(_waived_words(each.waiver), TABLE_ID, WARN),
            )
        ),
        Told((Say(each.comment), *(Say(line, TABLE_QUIET) for line in _evidence(each.evidence)), Say(by, TABLE_ID))),
    )


def _evidence(evidence: Sequence[Evidence]) -> Iterator[str]:
    for each in evidence:
        more = ", ".join(part for part in (each.link or "", each.note or "") if part and part != each.name)
        yield f"Evidence: {each.name}{', ' + more if more else ''}"


def _waived_words(waiver: Waiving | None) -> str:
    if waiver is None:
        return ""
    return f"Waived until {day_text(waiver.expires)}" if waiver.expires else "Waived"


def _add_deliverables(flow: Flow, record: GateRecord) -> None:
    if not record.check.deliverables:
        return
    add_table(
        flow,
        "Deliverables",
        [_deliverable(each, record) for each in record.check.deliverables],
        ("Status", 0.19),
        ("Deliverable", 0.45),
        ("Owner", 0.22),
        ("Due", 0.14, "right"),
    )


def _deliverable(each: DeliverableCheck, record: GateRecord) -> tuple[Told, ...]:
    words = "Not listed" if each.row is None else str(each.status or "No status")
    late = not each.met and each.due is not None and each.due < record.data_date
    return (
        Told((Say(words, TABLE_NAME),), _mark_of(each)),
        Told(
            (
                Say(each.name, TABLE_NAME),
                Say("" if each.mandatory else "Optional", TABLE_ID),
                Say(_waived_words(each.waiver), TABLE_ID, WARN),
            )
        ),
        tell(record.name_of(each.owner) or DASH, TABLE_QUIET),
        tell(short_day(each.due), TABLE_NAME if late else TABLE, BAD if late else ""),
    )


def _mark_of(each: DeliverableCheck) -> str:
    return "R" if each.row is None else mark_of(each.status)


def _add_waivers(flow: Flow, record: GateRecord) -> None:
    check = record.check
    held: dict[Waiving, list[str]] = {}
    for name, waiver in [(each.text, each.waiver) for each in check.criteria] + [
        (each.name, each.waiver) for each in check.deliverables
    ]:
        if waiver is not None:
            held.setdefault(waiver, []).append(name)
    if not held:
        return
    add_table(
        flow,
        "Waivers in force",
        [_waiver(waiver, names, record) for waiver, names in held.items()],
        ("Done without", 0.36),
        ("Reason", 0.30),
        ("Approved by", 0.20),
        ("Until", 0.14, "right"),
    )


def _waiver(waiver: Waiving, names: Sequence[str], record: GateRecord) -> tuple[Told, ...]:
    asked = record.name_of(waiver.requested_by)
    return (
        Told(tuple(Say(name, TABLE_NAME) for name in names)),
        Told((Say(waiver.reason or DASH), Say(f"Asked for by {asked}" if asked else "", TABLE_ID))),
        tell(record.name_of(waiver.approver) or DASH, TABLE_QUIET),
        tell(short_day(waiver.expires)),
    )


def _add_votes(flow: Flow, record: GateRecord) -> None:
    if not record.check.votes:
        return
    rows = [
        (
            tell(record.name_of(vote.person) or DASH, TABLE_NAME),
            tell(vote.vote, mark=mark_of(vote.vote)),
            tell(vote.comment, TABLE_QUIET),
        )
        for vote in record.check.votes
    ]
    add_table(flow, "Votes", rows, ("Member", 0.25), ("Vote", 0.27), ("Comment", 0.48))


def _add_conditions(flow: Flow, record: GateRecord) -> None:
    if not record.check.conditions:
        return
    add_table(
        flow,
        "Conditions",
        [_condition(each, record) for each in record.check.conditions],
        ("State", 0.14),
        ("Condition", 0.50),
        ("Owner", 0.22),
        ("Due", 0.14, "right"),
    )


def _condition(each: ConditionCheck, record: GateRecord) -> tuple[Told, ...]:
    mark, words = ("G", "Done") if each.done else ("R", "Lapsed") if each.lapsed else ("A", "Open")
    return (
        Told((Say(words, TABLE_NAME),), mark),
        Told((Say(each.text, TABLE_NAME), Say(each.ref, TABLE_ID))),
        tell(record.name_of(each.owner) or DASH, TABLE_QUIET),
        tell(short_day(each.due), TABLE_NAME if each.lapsed else TABLE, BAD if each.lapsed else ""),
    )


def _add_signatures(flow: Flow, record: GateRecord) -> None:
    check = record.check
    flow.section("Sign-off")
    if not check.closed:
        flow.add([Piece(24.0, _paint_choices, keeps=True)])
    chair = ("Decided by", record.name_of(check.decided_by)) if check.closed else ("Decides", one_line(check.decides))
    others = [("Member of the board", record.name_of(vote.person)) for vote in check.votes]
    others += [("Reviewer", record.name_of(check.reviewer)), ("Project manager", record.name_of(record.project["pm"]))]
    by_name = {name: role for role, name in reversed(others) if name and name != chair[1]}
    signers = [chair, *((role, name) for name, role in reversed(by_name.items()))]
    flow.add(list_signatures(signers))


def _paint_choices(page: Page, y: float) -> None:
    """A box to tick for each decision, where none has been entered."""
    x = page.paper.left
    for decision in GateDecision:
        page.box(x, y + 4.0, 9.0, 9.0, fill=WHITE, line=BORDER_STRONG, radius=1.2)
        x += 14.0 + page.text(x + 14.0, y + 11.4, str(decision), DENSE) + 18.0
