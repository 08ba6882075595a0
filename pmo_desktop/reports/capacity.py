"""The capacity page: who is booked for how much of their time in the next 13 weeks, where it hurts, where room is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pmo_desktop.figures.capacity import Level
from pmo_desktop.figures.outlook import WEEKS, Outlook
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import Heading, Sheet, make_heading, paint_heading
from pmo_desktop.reports.heat import FULL, Heat, paint_heat, paint_heat_key
from pmo_desktop.reports.hurts import Remarks, make_remarks, paint_remarks
from pmo_desktop.reports.load import CHART_HEIGHT, LEAST_CHART, paint_load
from pmo_desktop.reports.outlookwords import outlook_message
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BAD, HEAD, INK, TABLE, TABLE_QUIET, TABLE_TOTAL, Paper, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paginate, paint_rows
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.wording import MONTHS, count_text, day_text

SECTION_TITLE = "Capacity"
ANCHOR = "capacity"
_ROW = 13.6
_HEAD = 27.0
_KEY = 25.0
_TABLE, _FTE, _FIRST_WEEK, _LAST_WEEK = 0.807, 0.172, 0.197, 0.76  # of the content's width, as edges
_REMARKS = 0.836
_SPREAD = 4  # widths of its column that the name of a group has where it goes on
_NAME, _SHARE = 0, WEEKS + 2  # columns: name, FTE, the weeks, their mean
_MONTH = Type(8.4, TABLE_TOTAL.face, 10.6)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the pages share: columns by place, the outlook, its heading and the remarks at the side."""

    outlook: Outlook
    columns: tuple[Column, ...]
    heading: Heading
    remarks: Remarks


def plan_capacity(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The pages of people by week, the remarks on the first and the chart on the last; none when nothing is booked."""
    outlook = subject.outlook
    if not outlook.has_bookings:
        return []
    heading = _make_heading(outlook, paper)
    top = heading.bottom - 4.0
    left = paper.left + paper.content * _REMARKS
    remarks = make_remarks(subject, left, paper.right - left, paper.bottom - top)
    plan = _Plan(outlook, _lay_out(paper), heading, remarks)
    rows = _make_rows(plan, annex)
    room = paper.bottom - top - _HEAD - _KEY
    pages = paginate(rows, room, room)
    if sum(row.height for row in pages[-1]) + LEAST_CHART > room:
        pages.append([])
    return [
        Sheet(
            SECTION_TITLE,
            partial(_paint, plan, page, number == 0, number == len(pages) - 1),
            ((ANCHOR, SECTION_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(pages)
    ]


def _make_heading(outlook: Outlook, paper: Paper) -> Heading:
    mondays = outlook.mondays
    parts = [
        "Booked share of available time by resource and week",
        "%",
        "confirmed bookings only",
        f"weeks starting {day_text(mondays[0])} to {day_text(mondays[-1])}",
        f"{count_text(len(outlook.overloads), 'resource')} of {len(outlook.tops)} over-booked",
    ]
    return make_heading(outlook_message(outlook), parts, paper)


def _lay_out(paper: Paper) -> tuple[Column, ...]:
    left, width = paper.left, paper.content
    step = width * (_LAST_WEEK - _FIRST_WEEK) / WEEKS
    weeks = [Column("", left + width * _FIRST_WEEK + number * step, step, "centre") for number in range(WEEKS)]
    return (
        Column("Resource", left, width * (_FTE - 0.038), pad=4.0),
        Column("FTE", left + width * (_FTE - 0.033), width * 0.033, "right"),
        *weeks,
        Column("Mean", left + width * _LAST_WEEK, width * (_TABLE - _LAST_WEEK), "right"),
    )


def _make_rows(plan: _Plan, annex: Annex) -> list[Row]:
    rows: list[Row] = []
    shown = set(plan.outlook.tops)
    for number, line in enumerate(plan.outlook.grid.lines):
        if line.level is Level.GROUP:
            again = Row({_NAME: _name_cell(plan, number, annex, ", continued")}, _ROW, group=True)
            rows.append(Row(_group_cells(plan, number, annex), _ROW, group=True, again=again))
        elif number in shown:
            rows.append(Row(_line_cells(plan, number, annex), _ROW))
    return [row for row, after in zip(rows, [*rows[1:], None], strict=True) if not (row.group and _is_group(after))]


def _is_group(row: Row | None) -> bool:
    """Whether nothing follows in the group above: all in it are roles still to be named."""
    return row is None or row.group


def _name_cell(plan: _Plan, number: int, annex: Annex, more: str = "") -> Cell:
    line, column = plan.outlook.grid.lines[number], plan.columns[_NAME]
    group = line.level is Level.GROUP
    title = one_line(line.title) or "Unnamed"
    style = TABLE_TOTAL if group else TABLE
    room = column.room * (_SPREAD if more else 1) - (0.0 if group else 8.0)
    owner, label = line.id or "", "Team" if group else "Resource"
    return annex.cell(owner, title, label, title + more, style, room, 1)


def _group_cells(plan: _Plan, number: int, annex: Annex) -> dict[int, Cell | Painter]:
    outlook, grid = plan.outlook, plan.outlook.grid
    cells: dict[int, Cell | Painter] = {
        _NAME: _name_cell(plan, number, annex),
        1: Cell((_fte_text(grid.lines[number].fte),), TABLE_TOTAL),
    }
    for place, week in enumerate(range(outlook.first, outlook.stop), 2):
        percent = _percent(outlook, number, week, week + 1)
        over = bool(grid.over[number, week])
        cells[place] = Cell(("" if percent is None else f"{percent:,}",), TABLE_TOTAL, BAD if over else "")
    cells[_SHARE] = Cell((_mean_text(outlook, number),), TABLE_TOTAL)
    return cells


def _line_cells(plan: _Plan, number: int, annex: Annex) -> dict[int, Cell | Painter]:
    outlook = plan.outlook
    name = _name_cell(plan, number, annex)
    cells: dict[int, Cell | Painter] = {
        _NAME: partial(_paint_name, name),
        1: Cell((_fte_text(outlook.grid.lines[number].fte),), TABLE_QUIET),
    }
    for place, week in enumerate(range(outlook.first, outlook.stop), 2):
        cells[place] = partial(_paint_cell, _heat(outlook, number, week), plan.columns[place].width)
    mean = _percent(outlook, number, outlook.first, outlook.stop)
    cells[_SHARE] = Cell((_mean_text(outlook, number),), TABLE_TOTAL if mean and mean > FULL else TABLE)
    return cells


def _heat(outlook: Outlook, number: int, week: int) -> Heat:
    grid = outlook.grid
    off = float(grid.off_share[number, week])
    return Heat(_percent(outlook, number, week, week + 1), bool(grid.over[number, week]), off)


def _percent(outlook: Outlook, number: int, first: int, stop: int) -> int | None:
    share = outlook.grid.share(number, first, stop).value
    return None if share is None else round(share * FULL)


def _mean_text(outlook: Outlook, number: int) -> str:
    percent = _percent(outlook, number, outlook.first, outlook.stop)
    return "" if percent is None else f"{percent:,}"


def _fte_text(fte: float | None) -> str:
    return "" if fte is None else f"{fte:,.1f}"


def _paint_name(name: Cell, page: Page, x: float, y: float) -> None:
    page.text(x + 8.0, y + name.style.size * 0.36, name.lines[0], name.style)
    if name.anchor:
        page.link(x, y - _ROW / 2, x + 90.0, y + _ROW / 2, name.anchor)


def _paint_cell(heat: Heat, width: float, page: Page, x: float, y: float) -> None:
    paint_heat(page, x, y - _ROW / 2, width, _ROW, heat)


def _paint(plan: _Plan, rows: Sequence[Row], first: bool, last: bool, page: Page) -> None:
    outlook, columns = plan.outlook, plan.columns
    y = paint_heading(page, plan.heading) - 4.0
    if first:
        paint_remarks(page, plan.remarks, y)
    if rows:
        y = paint_rows(page, columns, rows, _paint_head(page, plan, y))
        page.rule(columns[0].x, columns[-1].x + columns[-1].width, y, 0.7, INK)
        no_time = any(each.share.value is None for each in outlook.overloads)
        paint_heat_key(page, columns[0].x, y + 12.0, columns[-1].edge - columns[0].x, no_time=no_time)
        y += _KEY
    if last:
        height = min(CHART_HEIGHT, page.paper.bottom - y)
        paint_load(page, outlook, (columns[0].x, columns[-1].edge), columns[2 : WEEKS + 2], y, height)


def _paint_head(page: Page, plan: _Plan, y: float) -> float:
    columns = plan.columns
    base = y + 21.0
    for place in (_NAME, 1, _SHARE):
        page.text(columns[place].edge, base, columns[place].title, HEAD, align=columns[place].align)
    month = 0
    for column, monday in zip(columns[2:], plan.outlook.mondays, strict=False):
        if monday.month != month:
            year = f" {monday.year}" if month == 0 or monday.month == 1 else ""
            page.text(column.x + 2.0, y + 9.0, f"{MONTHS[monday.month - 1][:3]}{year}", _MONTH)
            month = monday.month
        page.text(column.edge, base, str(monday.day), HEAD, align="centre")
    page.rule(columns[0].x, columns[-1].edge, y + _HEAD - 1.6, 0.7, INK)
    return y + _HEAD
