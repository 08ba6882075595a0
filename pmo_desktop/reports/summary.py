"""The first page: what the board needs to know, what it is asked, how the projects stand, and what is in the pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from pmo_desktop.reports.annex import POINTER_HEIGHT, Annex, point_to
from pmo_desktop.reports.claims import Claim, list_claims
from pmo_desktop.reports.frame import Sheet, clamp, draw_section, fit_parts, fit_text, is_clamped
from pmo_desktop.reports.message import Decision, list_decisions, summary_message
from pmo_desktop.reports.overview import Content, paint_overview
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.project import anchor_of
from pmo_desktop.reports.style import (
    ACCENT,
    BODY,
    CLAIM,
    INK,
    MESSAGE,
    PACK_TITLE,
    SUBLINE,
    TABLE_ID,
    TABLE_NAME,
    WHITE,
    Paper,
    Type,
)
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import (
    MONTHS,
    count_text,
    day_text,
)

SECTION_TITLE = "Summary"
GAP = 14.0
_NUMBER = Type(9, "PMOSans-SemiBold", colour=WHITE)
_LABEL = Type(8.4, "PMOSans-Regular", colour="#5D6676")
_VALUE = Type(8.4, "PMOSans-Medium")
_DECISION_ID = Type(8.4, "PMOSans-SemiBold", 10.6, ACCENT)
_EVIDENCE_LINES = 3


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim broken to its column."""

    title: tuple[str, ...]
    evidence: tuple[str, ...]
    anchor: str

    @property
    def height(self) -> float:
        return len(self.title) * CLAIM.leading + len(self.evidence) * BODY.leading + 10.0


def plan_summary(subject: Subject, paper: Paper, annex: Annex, contents: list[Content], chosen: set[str]) -> Sheet:
    """The first page; `contents` lists what follows, `chosen` the projects that have a page to link to."""
    message = clamp(summary_message(subject), MESSAGE, paper.content, 2)
    left, _ = _columns(paper)
    claims = [_fit_claim(each, left[1] - 22.0, chosen) for each in list_claims(subject)]
    top = 74.0 + len(message) * MESSAGE.leading + 30.0
    room = paper.bottom - top
    decisions = list_decisions(subject)
    while len(claims) > 1 and 18.0 + sum(each.height for each in claims) > room * (0.62 if decisions else 1.0):
        claims.pop()
    below = room - 18.0 - sum(each.height for each in claims) - GAP
    table, pointer = _plan_decisions(decisions, subject, left, below, annex)
    paint = partial(_paint, subject, message, claims, table, pointer, contents)
    return Sheet(SECTION_TITLE, paint, (("summary", SECTION_TITLE, 0),), cover=True)


def _columns(paper: Paper) -> tuple[tuple[float, float], tuple[float, float]]:
    left, right = paper.column(1, 7), paper.column(8, 12)
    return left, (right[0] + 12.0, right[1] - 12.0)


def _fit_claim(claim: Claim, width: float, chosen: set[str]) -> _Claim:
    """Title in two lines at most; of the evidence as many whole sentences as three lines hold."""
    kept: tuple[str, ...] = ()
    for number in range(len(claim.evidence), 0, -1):
        text = one_line(" ".join(claim.evidence[:number]))
        if not is_clamped(text, BODY, width, _EVIDENCE_LINES):
            kept = clamp(text, BODY, width, _EVIDENCE_LINES)
            break
    anchor = anchor_of(claim.project) if claim.project in chosen else ""
    titles = [one_line(title) for title in (claim.title, claim.shorter) if title]
    title = next((each for each in titles if not is_clamped(each, CLAIM, width, 2)), titles[-1])
    return _Claim(clamp(title, CLAIM, width, 2), kept, anchor)


def _plan_decisions(
    decisions: list[Decision], subject: Subject, place: tuple[float, float], room: float, annex: Annex
) -> tuple[tuple[tuple[Column, ...], list[Row]], tuple[str, str]]:
    """The table as far as it fits, in lower rows where that makes all fit, and the pointer to the rest."""
    x, width = place
    ref = max((min(90.0, width_of(_ref(each, subject), TABLE_ID)) for each, _ in decisions), default=0.0) + 8.0
    columns = (
        Column("", x, 22.0),
        Column("Decision", x + 22.0, width - 22.0 - ref),
        Column("Project", x + width - ref, ref, "right"),
    )
    left = room - 18.0 - 14.0
    rows: list[Row] = []
    for least in (16.8, 14.4):
        rows = [_decision_row(number, each, subject, columns, annex, least) for number, each in enumerate(decisions, 1)]
        if sum(row.height for row in rows) <= left:
            return (columns, rows), ("", "")
    fitting = left - POINTER_HEIGHT
    kept = []
    for row in rows:
        fitting -= row.height
        if fitting < 0:
            break
        kept.append(row)
    everything = "\n".join(f"{_ref(each, subject)}: {asked}" for each, asked in decisions)
    anchor = annex.add("portfolio", "Decisions asked of the board", "All decisions", everything, listed=True)
    return (columns, kept), (f"{count_text(len(rows) - len(kept), 'more decision')}, all of them", anchor)


def _decision_row(
    number: int, decision: Decision, subject: Subject, columns: tuple[Column, ...], annex: Annex, least: float
) -> Row:
    project, text = decision
    title = subject.project_title(project)
    cells: dict[int, Cell | Painter] = {
        0: Cell((f"D{number}",), _DECISION_ID),
        1: annex.cell(project, title, f"Decision {number}", text, TABLE_NAME, columns[1].width, 2),
        2: Cell((fit_text(_ref(project, subject), TABLE_ID, columns[2].width),), TABLE_ID),
    }
    return Row(cells, row_height(cells, least))


def _ref(project: str, subject: Subject) -> str:
    return subject.project_ref(project) or subject.project_name(project)


def _paint(
    subject: Subject,
    message: tuple[str, ...],
    claims: list[_Claim],
    decisions: tuple[tuple[Column, ...], list[Row]],
    pointer: tuple[str, str],
    contents: list[Content],
    page: Page,
) -> None:
    _paint_title(page, subject)
    y = 74.0
    for line in message:
        y += MESSAGE.leading
        page.text(page.paper.left, y, line, MESSAGE)
    page.text(page.paper.left, y + 15.5, _subline(subject, page.paper), SUBLINE)
    (x, width), right = _columns(page.paper)
    top = y + 30.0
    bottom = _paint_claims(page, x, width, top, claims) if claims else top
    columns, rows = decisions
    if rows or pointer[0]:
        below = draw_section(page, x, width, bottom + 2.0, "Decisions asked of the board", strong=True)
        below = paint_rows(page, columns, rows, paint_head(page, columns, below - 3.0, 0.4))
        if pointer[0]:
            point_to(page, x, below + 1.0, *pointer)
    paint_overview(page, subject, right, top, contents)


def _paint_title(page: Page, subject: Subject) -> None:
    settings, paper = subject.material.settings, page.paper
    _paint_mark(page, paper.left, 30.0)
    facts = [
        ("Board", day_text(settings["board_date"]) if settings.get("board_date") else ""),
        ("Status", one_line(settings.get("pack_status") or "")),
        ("Owner", one_line(settings.get("owner") or "")),
    ]
    facts = [(label, fit_text(value, _VALUE, 210.0)) for label, value in facts if value]
    widest = max((width_of(value, _VALUE) for _, value in facts), default=0.0)
    for number, (label, value) in enumerate(facts):
        base = 35.0 + number * 11.5
        page.text(paper.right - widest, base, value, _VALUE)
        page.text(paper.right - widest - 38.0, base, label, _LABEL)
    room = paper.content - 40.0 - widest - 60.0
    page.text(paper.left + 40.0, 43.5, "Portfolio steering pack", PACK_TITLE)
    who = one_line(settings.get("organisation") or "")
    what = one_line(settings.get("title") or "")
    day = subject.portfolio.data_date
    name = fit_parts([part for part in (who, what) if part], SUBLINE, room)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    under = ", ".join(part for part in (name or fit_text(who or what, SUBLINE, room - 90.0), month) if part)
    page.text(paper.left + 40.0, 57.5, under, Type(9.2, "PMOSans-Regular", colour="#454E5F"))
    page.rule(paper.left, paper.right, 69.5, 1.0, INK)


def _paint_mark(page: Page, x: float, y: float) -> None:
    page.box(x, y, 30.0, 30.0, fill=ACCENT, radius=4.0)
    for number in range(3):
        top = y + 9.0 + number * 5.6
        page.stroke(((x + 8.0, top), (x + 15.0, top + 3.6), (x + 22.0, top)), 1.5, WHITE)


def _subline(subject: Subject, paper: Paper) -> str:
    portfolio = subject.portfolio
    left_out = [
        count_text(number, f"{word} project")
        for number, word in ((portfolio.proposed, "proposed"), (portfolio.ended, "ended"))
        if number
    ]
    parts = [
        "Portfolio summary",
        count_text(len(portfolio.projects), "open project"),
        f"{' and '.join(left_out)} not counted" if left_out else "",
        f"data date {day_text(portfolio.data_date)}",
    ]
    return fit_parts(parts, SUBLINE, paper.content)


def _paint_claims(page: Page, x: float, width: float, y: float, claims: list[_Claim]) -> float:
    y = draw_section(page, x, width, y, "What the board needs to know") + 4.0
    for number, claim in enumerate(claims, 1):
        page.box(x, y + 0.5, 14.0, 14.0, fill=ACCENT, radius=2.0)
        page.text(x + 7.0, y + 10.7, str(number), _NUMBER, align="centre")
        base = y - 2.5
        for line in claim.title:
            base += CLAIM.leading
            page.text(x + 22.0, base, line, CLAIM)
        if claim.anchor:
            page.link(x, y, x + width, base + 3.0, claim.anchor)
        for line in claim.evidence:
            base += BODY.leading
            page.text(x + 22.0, base, line, BODY)
        y += claim.height
    return y
