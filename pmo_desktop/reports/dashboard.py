"""The portfolio dashboard: every open project on one line, by programme, worst first, with totals by currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pmo_desktop.figures.material import Row as Record
from pmo_desktop.figures.portfolio import ProgrammeFigures
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.figures.totals import MoneyTotal
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import Heading, Sheet, make_heading, paint_heading
from pmo_desktop.reports.key import paint_key
from pmo_desktop.reports.kinds import fit_thousands
from pmo_desktop.reports.marks import draw_gates, draw_rating, draw_trend, draw_variance
from pmo_desktop.reports.message import dashboard_message
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    BAD,
    GOOD,
    HEAD,
    INK,
    INK2,
    TABLE,
    TABLE_ID,
    TABLE_NAME,
    TABLE_QUIET,
    TABLE_TOTAL,
    WARN,
    Paper,
    Type,
)
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paginate, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import (
    count_text,
    day_text,
    growth_text,
    is_near,
    short_day,
    slip_text,
    thousands_text,
)
from pmo_desktop.rules.words import Rag, Trend

SECTION_TITLE = "Portfolio dashboard"
ANCHOR = "dashboard"
RATED = (("Time", "rag_time"), ("Cost", "rag_cost"), ("Scope", "rag_scope"), ("Benefits", "rag_benefits"))
BOLD_SLIP = Type(8.4, "PMOSans-SemiBold", 10.6)
_KEY_HEIGHT = 12.6
_NAME_LINES = 3
_CURRENCIES = 8  # lines of one row of sums
_PADS = {"gates": 8.0}
_LEAST_NAME = 190.0
_NARROW = {"pm": 74.0, "gates": 62.0}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns this portfolio needs, by name, and where they stand."""

    columns: tuple[Column, ...]
    places: dict[str, int]


def plan_dashboard(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The pages of the dashboard; one page that says so when there is no open project."""
    heading = _make_heading(subject, paper)
    layout = _lay_out(subject, paper)
    programmes = subject.portfolio.programmes
    rows = [row for programme in programmes for row in _programme_rows(programme, subject, layout, annex)]
    rows += _total_rows(subject, layout) if rows else []
    room = paper.bottom - _KEY_HEIGHT - heading.bottom - 10.4
    pages = paginate(rows, room, room)
    return [
        Sheet(
            SECTION_TITLE,
            partial(_paint, heading, layout.columns, page, subject),
            ((ANCHOR, SECTION_TITLE, 0),) if number == 0 else (),
        )
        for number, page in enumerate(pages)
    ]


def _make_heading(subject: Subject, paper: Paper) -> Heading:
    since = subject.portfolio.since
    parts = [
        "All open projects by programme",
        subject.unit,
        "worst status first",
        f"change since {day_text(since)}" if since else "",
    ]
    return make_heading(dashboard_message(subject), parts, paper)


def _paint(heading: Heading, columns: Sequence[Column], rows: Sequence[Row], subject: Subject, page: Page) -> None:
    y = paint_heading(page, heading) - 3.6
    if rows:
        paint_rows(page, columns, rows, paint_head(page, columns, y, 0.9))
        paint_key(page, page.paper.bottom - 6.2, subject)


def _lay_out(subject: Subject, paper: Paper) -> _Layout:
    """Columns from left to right; one that no project has anything for is left out, and the name gets the rest."""
    rows = [subject.by_id[project] for project in subject.portfolio.projects]
    found = [subject.figures[row["id"]] for row in rows]
    wanted: list[tuple[str, str, float, str, bool]] = [
        ("id", "", _id_width(subject, rows), "left", any(row.get("ref") and row.get("name") for row in rows)),
        ("name", "Project", 0.0, "left", True),
        ("overall", "Overall", 38.0, "left", True),
        *((name, label, 32.0, "centre", _has(rows, name)) for label, name in RATED),
        ("gates", "Gates", _gates_width(found) + 18.0, "left", any(each.gate_track for each in found)),
        ("pm", "Manager", _people_width(subject, rows), "left", _has(rows, "pm")),
        ("finish", "Finish", _finish_width(rows), "right", any(_finish(row) for row in rows)),
        ("slip", "Slip", 38.0, "right", any(each.slip_days is not None for each in found)),
        ("budget", "Budget", _money_width(subject, "budget"), "right", _has(rows, "budget_approved")),
        ("eac", "EAC", _money_width(subject, "eac"), "right", _has(rows, "eac")),
        ("whole", "Whole life", _money_width(subject, "whole_life"), "right", _shows_whole_life(rows)),
        ("variance", "Variance", 72.0, "right", any(each.variance_pct is not None for each in found)),
    ]
    kept = [each for each in wanted if each[4]]
    spare = paper.content - sum(width for _, _, width, _, _ in kept)
    if spare < min(_LEAST_NAME, _names_width(subject, rows)):
        # The manager's name wraps and the gates stand closer, so that the project's name reads.
        kept = [(*each[:2], min(each[2], _NARROW.get(each[0], each[2])), *each[3:]) for each in kept]
        spare = paper.content - sum(width for _, _, width, _, _ in kept)
    columns, places, x = [], {}, paper.left
    for place, (name, title, width, align, _) in enumerate(kept):
        size = spare if name == "name" else width
        gap = 6.0 if align == "left" and name != "overall" else 0.0
        columns.append(Column(title, x, size - gap, align, pad=_PADS.get(name, 4.0 if place == 0 else 0.0)))
        places[name] = place
        x += size
    return _Layout(tuple(columns), places)


def _shows_whole_life(rows: list[Record]) -> bool:
    """Whole-life cost stands in for budget and EAC where no project has either."""
    return _has(rows, "whole_life_cost") and not (_has(rows, "budget_approved") or _has(rows, "eac"))


def _has(rows: list[Record], name: str) -> bool:
    return any(row.get(name) is not None for row in rows)


def _id_width(subject: Subject, rows: list[Record]) -> float:
    widest = max((width_of(subject.project_ref(row["id"])[:40], TABLE_ID) for row in rows), default=0.0)
    return min(80.0, widest + 14.0)


def _names_width(subject: Subject, rows: list[Record]) -> float:
    return 10.0 + max((width_of(subject.project_name(row["id"])[:80], TABLE_NAME) for row in rows), default=0.0)


def _people_width(subject: Subject, rows: list[Record]) -> float:
    widest = max((width_of(subject.name_of(row.get("pm"))[:60], TABLE_QUIET) for row in rows), default=0.0)
    return min(110.0, max(widest, width_of("Manager", HEAD)) + 8.0)  # short names still leave room for the title


def _finish_width(rows: list[Record]) -> float:
    return 46.0 if all(is_near(day) for row in rows if (day := _finish(row))) else 58.0


def _gates_width(figures: list[ProjectFigures]) -> float:
    longest = max((len(each.gate_track) for each in figures), default=0)
    return max(26.0, 7.0 + 8.7 * (min(longest, 9) - 1))


def _money_width(subject: Subject, name: str) -> float:
    amounts = [
        subject.prefix(each.currency) + thousands_text(value, each.currency)
        for each in subject.portfolio.totals
        if (value := getattr(each, name)) is not None
    ]
    return min(90.0, max([44.0, *(width_of(amount, TABLE_TOTAL) + 12.0 for amount in amounts)]))


def _programme_rows(programme: ProgrammeFigures, subject: Subject, layout: _Layout, annex: Annex) -> list[Row]:
    rows = [_project_row(subject.by_id[project], subject, layout, annex) for project in programme.projects]
    lone = len(subject.portfolio.programmes) == 1 and programme.programme is None
    if lone:
        return rows
    owner, label = programme.programme or "", one_line(programme.name) or "Unnamed programme"
    width = _label_width(layout)
    name = annex.cell(owner, label, "Programme", label, TABLE_TOTAL, width, 2)
    again = annex.cell(owner, label, "Programme", f"{label}, continued", TABLE_TOTAL, width, 2)
    cells: dict[int, Cell | Painter] = {0: again}
    head, *more = _sum_rows(name, programme.totals, subject, layout, group=True)
    return [replace(head, again=Row(cells, row_height(cells), group=True)), *more, *rows]


def _label_width(layout: _Layout) -> float:
    """How far a group's name may reach: to the first column that holds a sum."""
    sums = [
        layout.columns[layout.places[name]] for name in ("budget", "eac", "whole", "variance") if name in layout.places
    ]
    left = layout.columns[0]
    right = min((column.x for column in sums), default=layout.columns[-1].x + layout.columns[-1].width)
    return right - left.x - left.pad - 6.0


def _total_rows(subject: Subject, layout: _Layout) -> list[Row]:
    label = f"Portfolio, {count_text(len(subject.portfolio.projects), 'project')}"
    return _sum_rows(Cell((label,), TABLE_TOTAL), subject.portfolio.totals, subject, layout, group=False)


def _sum_rows(
    label: Cell, totals: tuple[MoneyTotal, ...], subject: Subject, layout: _Layout, *, group: bool
) -> list[Row]:
    """A group's or the portfolio's sums, one line per currency, in as many rows as that takes."""
    parts = [totals[start : start + _CURRENCIES] for start in range(0, len(totals), _CURRENCIES)] or [()]
    labels = [label, *[Cell(("",), TABLE_TOTAL)] * (len(parts) - 1)]
    return [_sum_row(cell, part, subject, layout, group=group) for cell, part in zip(labels, parts, strict=True)]


def _sum_row(label: Cell, totals: tuple[MoneyTotal, ...], subject: Subject, layout: _Layout, *, group: bool) -> Row:
    texts = {
        "budget": [_amount(each.budget, each.currency, subject, layout, "budget") for each in totals],
        "eac": [_amount(each.eac, each.currency, subject, layout, "eac") for each in totals],
        "whole": [_amount(each.whole_life, each.currency, subject, layout, "whole") for each in totals],
        "variance": [growth_text(each.variance_pct) for each in totals],
    }
    cells: dict[int, Cell | Painter] = {0: label}
    for name, lines in texts.items():
        if name in layout.places and lines:
            cells[layout.places[name]] = Cell(tuple(lines), TABLE_TOTAL)
    return Row(cells, row_height(cells), group=group, total=not group)


def _amount(value: int | None, currency: str, subject: Subject, layout: _Layout, name: str) -> str:
    width = layout.columns[layout.places[name]].width if name in layout.places else 90.0
    return fit_thousands(value, currency, subject.prefix(currency), TABLE_TOTAL, width - 4.0)


def _project_row(row: Record, subject: Subject, layout: _Layout, annex: Annex) -> Row:
    found = subject.figures[row["id"]]
    made = (
        _text_cells(row, subject, layout, annex)
        | _mark_cells(row, found, layout)
        | _figure_cells(row, found, subject, layout)
    )
    cells = {layout.places[name]: cell for name, cell in made.items() if name in layout.places}
    return Row(cells, row_height(cells))


def _text_cells(row: Record, subject: Subject, layout: _Layout, annex: Annex) -> dict[str, Cell | Painter]:
    owner, title = row["id"], subject.project_title(row["id"])
    texts = (
        ("id", "Reference", subject.project_ref(owner), TABLE_ID),
        ("name", "Name", subject.project_name(owner), TABLE_NAME),
        ("pm", "Manager", subject.name_of(row.get("pm")), TABLE_QUIET),
    )
    return {
        name: annex.cell(owner, title, label, text, style, layout.columns[layout.places[name]].room, _NAME_LINES)
        for name, label, text, style in texts
        if name in layout.places
    }


def _mark_cells(row: Record, found: ProjectFigures, layout: _Layout) -> dict[str, Cell | Painter]:
    cells: dict[str, Cell | Painter] = {
        "overall": partial(_paint_overall, row.get("rag_overall"), found.rag_trend),
        **{name: partial(_paint_mark, row.get(name)) for _, name in RATED},
    }
    if found.gate_track and "gates" in layout.places:
        column = layout.columns[layout.places["gates"]]
        width = column.width - column.pad
        cells["gates"] = partial(_paint_gates, found, width)
    return cells


def _paint_overall(code: str | None, trend: Trend | None, page: Page, x: float, y: float) -> None:
    draw_rating(page, x + 9.0, y, code, 12.0)
    draw_trend(page, x + 25.0, y, trend)


def _paint_mark(code: str | None, page: Page, x: float, y: float) -> None:
    draw_rating(page, x + 16.0, y, code, 10.4)


def _paint_gates(found: ProjectFigures, width: float, page: Page, x: float, y: float) -> None:
    draw_gates(page, x, y, found.gate_track, width, TABLE_QUIET)


def _figure_cells(row: Record, found: ProjectFigures, subject: Subject, layout: _Layout) -> dict[str, Cell | Painter]:
    currency = subject.currency_of(row)
    cells: dict[str, Cell | Painter] = {
        "finish": Cell((short_day(_finish(row)),)),
        "slip": Cell((slip_text(found.slip_days),), slip_style(found), slip_ink(found)),
        "budget": Cell((_amount(row.get("budget_approved"), currency, subject, layout, "budget"),)),
        "eac": Cell((_amount(row.get("eac"), currency, subject, layout, "eac"),)),
        "whole": Cell((_amount(row.get("whole_life_cost"), currency, subject, layout, "whole"),)),
        "variance": partial(_paint_variance, found.variance_pct, subject),
    }
    return cells


def _paint_variance(percent: float | None, subject: Subject, page: Page, x: float, y: float) -> None:
    if percent is not None:
        draw_variance(page, x + 28.0, y, percent, subject.material.thresholds)
    ink = variance_ink(percent, subject)
    page.text(x + 72.0, y + TABLE.size * 0.36, growth_text(percent), TABLE, align="right", ink=ink)


def variance_ink(percent: float | None, subject: Subject) -> str:
    """The colour of a variance's figure: red above tolerance, amber from its first threshold, else ink."""
    thresholds = subject.material.thresholds
    if percent is None or percent < thresholds.amber_from:
        return INK
    return BAD if percent > thresholds.red_above else WARN


def slip_ink(found: ProjectFigures) -> str:
    """The colour of a slip: that of the computed time rating; green when early, ink within tolerance."""
    if found.slip_days is None or found.slip_days == 0:
        return INK2
    if found.slip_days < 0:
        return GOOD
    return {"R": BAD, "A": WARN}.get(found.rag_time_computed or "", INK)


def slip_style(found: ProjectFigures) -> Type:
    """A slip beyond tolerance stands heavier, so that it shows without colour too."""
    return BOLD_SLIP if found.rag_time_computed in (Rag.RED, Rag.AMBER) else TABLE


def _finish(row: Record) -> date | None:
    day: date | None = row.get("finish_actual") or row.get("finish_forecast")
    return day
