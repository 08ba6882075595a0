"""The project report: one page a project, always; what does not fit stands in the annex and the page says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.milestones import milestone_slip
from pmo_desktop.figures.projects import ProjectFigures, expected_date, is_achieved, is_cancelled
from pmo_desktop.reports.annex import POINTER_HEIGHT, Annex, point_to
from pmo_desktop.reports.chart import ChartRow, chart_height, label_width, make_row, paint_milestones
from pmo_desktop.reports.facts import Slot, Table, list_facts, paint_table, plan_facts, plan_money, split_notes
from pmo_desktop.reports.frame import (
    SECTION_HEIGHT,
    Heading,
    Sheet,
    clamp,
    draw_section,
    fit_text,
    is_clamped,
    make_heading,
    paint_heading,
)
from pmo_desktop.reports.marks import draw_rating, draw_trend
from pmo_desktop.reports.message import project_news
from pmo_desktop.reports.narrative import GAP, Block, Story, list_stories, paint_blocks, plan_blocks, stack_height
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.strip import STRIP_HEIGHT, TEXT_AT, StripCell, list_strip
from pmo_desktop.reports.style import BODY, MESSAGE, TABLE, Paper, Type, rag_look
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell
from pmo_desktop.reports.text import clean, one_line
from pmo_desktop.rules.wording import DASH, count_text, day_text, short_day, slip_text

SECTION_TITLE = "Project report"
_MOST_MILESTONES = 9
_LEAST_NOTES = 62.0  # what a long text needs to be worth its place
_STRIP_TITLE = Type(9, "PMOSans-SemiBold", 11)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything of one page, measured and placed."""

    heading: Heading
    strip: tuple[StripCell, ...]
    blocks: tuple[Block, ...]
    milestones: tuple[ChartRow, ...]
    more_milestones: tuple[str, str]  # words and anchor of the pointer, or empty
    tables: tuple[Table, ...]
    notes: tuple[Block, ...]
    notes_at: Slot


def plan_project(project: str, subject: Subject, paper: Paper, annex: Annex) -> Sheet:
    """The page of one project; texts that do not fit are given to the annex."""
    row, found = subject.by_id[project], subject.figures[project]
    title = subject.project_title(project)
    heading = _make_heading(row, found, subject, paper, annex)
    top = heading.bottom + STRIP_HEIGHT + 9.0
    room = paper.bottom - top
    stories = list_stories(row)
    right = _right(paper, wide=not stories)
    rows, more = _plan_milestones(row, subject, right[1], annex)
    used = SECTION_HEIGHT + chart_height(rows) + POINTER_HEIGHT * bool(more[0]) + GAP if rows else 0.0
    left = paper.column(1, 4)
    blocks = plan_blocks(project, title, stories, left[1], room, annex)
    spare = room - stack_height(blocks) - GAP if blocks else 0.0
    places = (*_lower(right, top + used, room - used), Slot(left[0], left[1], paper.bottom - spare, spare))
    tables, notes, notes_at = _plan_lower(row, found, subject, places, annex)
    strip = list_strip(row, found, subject, paper, annex)
    plan = _Plan(heading, tuple(strip), tuple(blocks), rows, more, tables, notes, notes_at)
    return Sheet(SECTION_TITLE, partial(_paint, plan, subject), ((anchor_of(project), title[:120], 0),))


def _plan_lower(
    row: Row, found: ProjectFigures, subject: Subject, places: tuple[Slot, Slot, Slot], annex: Annex
) -> tuple[tuple[Table, ...], tuple[Block, ...], Slot]:
    """Money, facts and long notes in the places under the milestones and under the texts, and where the notes stand."""
    first, second, below = places
    money = plan_money(row, found, subject, first, annex)
    taken = money.height + GAP if money else 0.0
    middle = Slot(first.x, first.width, first.top + taken, first.room - taken)
    facts, long = split_notes(list_facts(row, subject), second.width)
    notes: list[Block] = []
    slots = (second, middle, below) if money else (middle, second, below)
    if long and middle.room >= _LEAST_NOTES * len(long):
        stories = [Story(*fact) for fact in long]
        notes = plan_blocks(row["id"], subject.project_title(row["id"]), stories, middle.width, middle.room, annex)
        long, slots = [], (second, below, Slot(0.0, 0.0, 0.0, 0.0))
    tables = plan_facts(row, [*facts, *long], subject, slots, annex)
    return tuple([money, *tables] if money else tables), tuple(notes), middle


def anchor_of(project: str) -> str:
    """The name that links to a project's page lead to."""
    return f"project-{project}"


def _make_heading(row: Row, found: ProjectFigures, subject: Subject, paper: Paper, annex: Annex) -> Heading:
    title, news = subject.project_title(row["id"]), project_news(row, found)
    message = f"{title}: {news}"
    if is_clamped(message, MESSAGE, paper.content, 2):
        annex.add(row["id"], title, "Name", f"{row.get('ref') or ''} {clean(row.get('name') or '')}".strip())
        message = f"{fit_text(title, MESSAGE, paper.content * 0.95)}: {news}"
    roles = (("sponsor", row.get("sro")), ("manager", row.get("pm")))
    people = [f"{role} {subject.name_of(who)}" for role, who in roles if subject.name_of(who)]
    gate = f"next gate {one_line(found.next_gate)}" if found.next_gate else ""
    on = f" on {day_text(found.next_gate_date)}" if gate and found.next_gate_date else ""
    age = found.report_age_days
    reported = None if age is None else subject.material.data_date - timedelta(days=age)
    unknown = "Date of the status not known" if row.get("rag_overall") else "No status reported yet"
    parts = [
        f"Status of {day_text(reported)}" if reported else unknown,
        *people,
        f"{one_line(row['stage'])} stage" if row.get("stage") else "",
        gate + on,
    ]
    return make_heading(message, parts, paper)


def _right(paper: Paper, *, wide: bool) -> tuple[float, float]:
    """Where milestones, money and facts stand: beside the texts, or over the whole width where there are none."""
    if wide:
        return paper.left, paper.content
    x, width = paper.column(5, 12)
    return x + 9.0, width - 9.0


def _lower(right: tuple[float, float], top: float, room: float) -> tuple[Slot, Slot]:
    """The two places under the milestones."""
    x, width = right
    half = (width - 22.0) / 2
    return Slot(x, half, top, room), Slot(x + half + 22.0, half, top, room)


def _paint(plan: _Plan, subject: Subject, page: Page) -> None:
    paper = page.paper
    y = paint_heading(page, plan.heading)
    _paint_strip(page, y, plan.strip)
    top = y + STRIP_HEIGHT + 9.0
    left = paper.column(1, 4)
    paint_blocks(page, left[0], top, left[1], plan.blocks)
    x, width = _right(paper, wide=not plan.blocks)
    if plan.milestones:
        below = draw_section(page, x, width, top, "Milestones, baseline against forecast")
        top = paint_milestones(page, x, below, width, plan.milestones, subject.material.data_date)
        if plan.more_milestones[0]:
            point_to(page, x, top, *plan.more_milestones)
    for table in plan.tables:
        paint_table(page, table)
    paint_blocks(page, plan.notes_at.x, plan.notes_at.top, plan.notes_at.width, plan.notes)
    if not (plan.blocks or plan.milestones or plan.tables):
        page.text(left[0], top + 10.0, "No texts, dates, money or people are recorded for this project.", BODY)


def _paint_strip(page: Page, y: float, cells: Sequence[StripCell]) -> None:
    for cell in cells:
        look = rag_look(cell.code or "N")
        page.box(cell.x, y, cell.width, STRIP_HEIGHT, fill=look.tint, radius=3.5)
        draw_rating(page, cell.x + 13.5, y + STRIP_HEIGHT / 2, cell.code, 13.4)
        text = cell.x + TEXT_AT
        size = page.text(text, y + 12.2, cell.title, _STRIP_TITLE, ink=look.text)
        draw_trend(page, text + size + 7.5, y + 9.2, cell.trend, 6.8)
        for number, line in enumerate(cell.lines):
            page.text(
                text,
                y + 22.6 + number * cell.style.leading,
                line,
                cell.style,
                ink=look.text,
                width=cell.width - TEXT_AT,
            )


def _plan_milestones(
    row: Row, subject: Subject, width: float, annex: Annex
) -> tuple[tuple[ChartRow, ...], tuple[str, str]]:
    """The rows of the chart: what lies ahead first, then the latest achieved, in the order of their days."""
    live = [each for each in subject.material.milestones.get(row["id"], []) if not is_cancelled(each)]
    ahead = sorted((each for each in live if not is_achieved(each)), key=_by_day)
    done = sorted((each for each in live if is_achieved(each)), key=_by_day)
    shown = ahead[:_MOST_MILESTONES]
    shown = done[len(done) - min(len(done), _MOST_MILESTONES - len(shown)) :] + shown
    label = label_width(width)
    rows = tuple(
        make_row(
            each,
            Cell(clamp(one_line(each["name"]), TABLE, label, 2), TABLE),
            subject.material.data_date,
            achieved=is_achieved(each),
        )
        for each in sorted(shown, key=_by_day)
    )
    hidden = len(live) - len(shown)
    if not hidden and not any(is_clamped(one_line(each["name"]), TABLE, label, 2) for each in shown):
        return rows, ("", "")
    text = "\n".join(milestone_line(each) for each in sorted(live, key=_by_day))
    anchor = annex.add(row["id"], subject.project_title(row["id"]), "All milestones", text, listed=True)
    words = f"{count_text(hidden, 'more milestone')}, all of them" if hidden else "All names in full"
    return rows, (words, anchor)


def milestone_line(milestone: Row) -> str:
    """A milestone in words: name, baseline, forecast or actual, slip."""
    parts = [one_line(milestone["name"]), f"baseline {short_day(milestone.get('baseline'))}"]
    if milestone.get("actual"):
        parts.append(f"achieved {short_day(milestone['actual'])}")
    else:
        parts.append(f"forecast {short_day(milestone.get('forecast'))}")
    slip = slip_text(milestone_slip(milestone))
    return ", ".join(parts if slip == DASH else [*parts, f"slip {slip}"])


def _by_day(milestone: Row) -> tuple[bool, str, str]:
    day = expected_date(milestone)
    return day is None, day.isoformat() if day else "", milestone["id"]
