"""The report of a health check or audit: its score by section, every answer, and the findings with their owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO

from pmo_desktop.figures.audits import AuditLine, AuditSheet, read_audit
from pmo_desktop.figures.history import Stamp, read_stamp
from pmo_desktop.figures.material import Row
from pmo_desktop.reports.blocks import Kind, draw_blocks, draw_legend
from pmo_desktop.reports.document import Progress, draw_sheets
from pmo_desktop.reports.flow import Flow, Piece
from pmo_desktop.reports.frame import Sheet, fit_text, make_imprint
from pmo_desktop.reports.grid import Group, Say, Told, add_table, tell
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.particulars import Pair, list_particulars, list_signatures
from pmo_desktop.reports.standing import ANSWERS, mark_of
from pmo_desktop.reports.style import (
    BAD,
    BODY,
    CAP_HEIGHT,
    GRID,
    INK,
    TABLE,
    TABLE_ID,
    TABLE_NAME,
    TABLE_QUIET,
    TABLE_TOTAL,
    UPRIGHT,
    Paper,
)
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.assurance import Answer, FindingStatus, Grade
from pmo_desktop.rules.wording import count_word, day_text, percent_text, short_day
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_row, read_settings

TITLE = "Audit report"
NO_SECTION = "Questions"
_ROW = 17.0
_OVER = (FindingStatus.VERIFIED, FindingStatus.REJECTED)
_BLOCKS_AT, _BLOCKS_END = 0.36, 0.86  # of the width


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """A check with what its page says around it; `project` is None for a check of no one project."""

    sheet: AuditSheet
    project: Row | None
    names: Mapping[str, str]
    settings: Row
    data_date: date
    stamp: Stamp | None

    @property
    def called(self) -> str:
        """The reference of the check, else its title, on one line."""
        return one_line(self.sheet.row["ref"] or self.sheet.row["title"])

    def name_of(self, person: str | None) -> str:
        """What a person is called; empty for None."""
        return self.names.get(person, "") if person else ""


def read_audit_record(store: Store, audit: str) -> AuditRecord:
    """A check for printing. Raises Known when it is gone."""
    sheet, settings = read_audit(store, audit), read_settings(store)
    project = read_row(store, "project", sheet.row["project"]) if sheet.row["project"] else None
    return AuditRecord(sheet, project, read_names(store), settings, data_date(settings), read_stamp(store))


def write_audit_report(record: AuditRecord, paper: str, out: BinaryIO, progress: Progress | None = None) -> int:
    """Draw the report into a stream of bytes and return its number of pages.

    Raises KeyError for an unknown paper, Bug when anything would be clipped.
    """
    sheets = plan_audit_report(record, UPRIGHT[paper])
    imprint = make_imprint(f"{TITLE} {record.called}", record.settings, record.data_date, record.stamp)
    draw_sheets(imprint, sheets, UPRIGHT[paper], out, progress)
    return len(sheets)


def plan_audit_report(record: AuditRecord, paper: Paper) -> list[Sheet]:
    """The pages of the report."""
    sheet, flow = record.sheet, Flow(paper)
    kind, held = sheet.row["kind"] or "Check", sheet.row["held_on"]
    of = [record.project["ref"] or "", record.project["name"] or ""] if record.project else []
    when = f"held on {day_text(held)}" if held else "not held yet"
    parts = [kind, " ".join(part for part in of if part), when, f"data date {day_text(record.data_date)}"]
    heading = flow.head(sheet.row["title"], audit_message(record.sheet), parts)
    _add_scores(flow, sheet)
    flow.section("The check")
    flow.add(list_particulars(paper, _particulars(record)))
    for title, name in (("Opinion", "opinion"), ("Comment", "comment")):
        if one_line(sheet.row[name] or ""):
            flow.section(title)
            flow.text(sheet.row[name], BODY, ink=INK)
    _add_findings(flow, record)
    _add_answers(flow, sheet)
    flow.section("Sign-off")
    people = record.project or {"pm": None, "sro": None}
    signers = (("Auditor", sheet.row["auditor"]), ("Project manager", people["pm"]), ("Sponsor", people["sro"]))
    flow.add(list_signatures([(role, record.name_of(person)) for role, person in signers]))
    return flow.sheets(f"{TITLE}, {record.called[:40]}", heading)


def audit_message(sheet: AuditSheet) -> str:
    """The score of a check and the findings that are open, the gravest grade named."""
    graded = Counter(row["grade"] for row in sheet.findings if row["status"] not in _OVER)
    said = [f"{percent_text(sheet.score)} met" if sheet.answered and sheet.score is not None else "not scored yet"]
    gravest = next((grade for grade in (*Grade, None) if graded[grade]), None)
    number = graded[gravest]
    if number:
        noun = f"{gravest.lower() + ' ' if gravest else ''}finding{'' if number == 1 else 's'}"
        said.append(f"{count_word(number)} {noun} {'is' if number == 1 else 'are'} open")
    elif sheet.answered:
        said.append("no finding is open")
    return ", ".join(said)


def _particulars(record: AuditRecord) -> list[Pair]:
    row = record.sheet.row
    return [
        ("Check", " ".join(part for part in (row["ref"] or "", row["title"]) if part)),
        ("Project", f"{record.project['ref'] or ''} {record.project['name'] or ''}".strip() if record.project else ""),
        ("Kind", row["kind"]),
        ("Questions", row["questions"]),
        ("Auditor", record.name_of(row["auditor"])),
        ("Status", row["status"]),
        ("Planned", day_text(row["planned"]) if row["planned"] else ""),
        ("Held on", day_text(row["held_on"]) if row["held_on"] else ""),
        ("Answered", f"{record.sheet.answered:,} of {record.sheet.asked:,} questions"),
    ]


def answer_kinds(lines: Iterable[AuditLine]) -> list[Kind]:
    """The questions that apply by what was answered."""
    found = Counter(line.answer for line in lines)
    words = ((Answer.YES, "yes"), (Answer.PARTLY, "partly"), (Answer.NO, "no"), (None, "not answered"))
    return [Kind(ANSWERS[answer][0], found[answer], word) for answer, word in words]


def _add_scores(flow: Flow, sheet: AuditSheet) -> None:
    """A row of blocks for each section with its score, then the whole; none without questions."""
    if not sheet.asked:
        return
    flow.section("Score")
    for section in sheet.sections:
        paint = partial(_paint_score, one_line(section.name) or NO_SECTION, section.lines, section.score, False)
        flow.add([Piece(_ROW, paint, keeps=True)])
    lines = [line for section in sheet.sections for line in section.lines]
    if len(sheet.sections) > 1:
        flow.add([Piece(_ROW, partial(_paint_score, "All questions", lines, sheet.score, True), keeps=True)])
    flow.add([Piece(17.0, partial(_paint_legend, answer_kinds(lines)))])


def _paint_score(name: str, lines: Sequence[AuditLine], score: float | None, total: bool, page: Page, y: float) -> None:
    left, width = page.paper.left, page.paper.content
    style = TABLE_TOTAL if total else TABLE
    base = y + _ROW / 2 + style.size * CAP_HEIGHT / 2
    page.text(left, base, fit_text(name, style, width * _BLOCKS_AT - 10.0), style)
    draw_blocks(page, left + width * _BLOCKS_AT, y + 4.0, width * (_BLOCKS_END - _BLOCKS_AT), 9.0, answer_kinds(lines))
    page.text(page.paper.right, base, "N/A" if score is None else percent_text(score), style, align="right")
    if not total:
        page.rule(left, page.paper.right, y + _ROW, 0.4, GRID)


def _paint_legend(kinds: Sequence[Kind], page: Page, y: float) -> None:
    draw_legend(page, page.paper.left + page.paper.content * _BLOCKS_AT, y + 9.0, kinds)


def _add_findings(flow: Flow, record: AuditRecord) -> None:
    if not record.sheet.findings:
        return
    order = {str(grade): place for place, grade in enumerate(Grade)}
    found = sorted(record.sheet.findings, key=lambda row: (order.get(row["grade"] or "", len(order)), row["ref"] or ""))
    add_table(
        flow,
        "Findings",
        [_finding(row, record) for row in found],
        ("Grade", 0.18),
        ("Finding and action", 0.45),
        ("Owner and status", 0.23),
        ("Due", 0.14, "right"),
    )


def _finding(row: Row, record: AuditRecord) -> tuple[Told, ...]:
    over = row["status"] in (*_OVER, FindingStatus.DONE)
    late = row["due"] is not None and row["due"] < record.data_date and not over
    due = Say(short_day(row["due"]), TABLE_NAME if late else TABLE, BAD if late else "")
    told = (("Cause", "cause"), ("Recommendation", "recommendation"), ("Action", "action"))
    says = [Say(f"{label}: {row[name]}", TABLE_QUIET) for label, name in told if row[name]]
    of = [row["ref"] or "", f"repeats {row['repeat_of']}" if row["repeat_of"] else ""]
    verified = record.name_of(row["verified_by"])
    return (
        tell(row["grade"] or "Not graded", TABLE_NAME, mark=mark_of(row["grade"])),
        Told((Say(row["title"], TABLE_NAME), *says, Say(", ".join(part for part in of if part), TABLE_ID))),
        Told(
            (
                Say(record.name_of(row["owner"]) or "Nobody", TABLE),
                Say(row["status"] or FindingStatus.OPEN, TABLE_QUIET),
                Say(f"by {verified}" if verified else "", TABLE_ID),
            )
        ),
        Told((due, Say("overdue" if late else "", TABLE_ID, BAD))),
    )


def _add_answers(flow: Flow, sheet: AuditSheet) -> None:
    if not sheet.asked:
        return
    rows: list[Sequence[Told] | Group] = []
    for section in sheet.sections:
        score = "does not apply" if section.score is None else f"{percent_text(section.score)}"
        rows.append(Group(section.name or NO_SECTION, score))
        rows += [
            (
                tell(line.answer or ANSWERS[None][1], TABLE_NAME, mark=ANSWERS[line.answer][0]),
                Told((Say(line.text, TABLE_NAME), Say(line.guidance, TABLE_ID))),
                tell(line.comment),
            )
            for line in section.lines
        ]
    add_table(flow, "Answers", rows, ("Answer", 0.18), ("Question", 0.42), ("Comment", 0.40))
