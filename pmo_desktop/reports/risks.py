"""The risk page: where the open risks stand, what moved, the ten highest, and the actions that are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pmo_desktop.figures.riskbook import RiskFigures, Spot
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.exposure import ExposureBlock, paint_exposure, plan_exposure
from pmo_desktop.reports.frame import Heading, Sheet, clamp, draw_section, fit_text, make_heading, paint_heading
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    BAD,
    BORDER_STRONG,
    CAPTION,
    DENSE,
    DENSE_STRONG,
    GRID,
    HEAD,
    INK,
    INK2,
    MEDIUM,
    SECTION_NAME,
    SEMIBOLD,
    TABLE,
    TABLE_ID,
    TABLE_QUIET,
    WHITE,
    Paper,
    Type,
    band_look,
)
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import Line, one_line, width_of
from pmo_desktop.rules.risk import Scheme
from pmo_desktop.rules.wording import capital, count_text, count_word, count_words, day_text, number_text, short_day

SECTION_TITLE = "Risks"
ANCHOR = "risks"
MOST_LISTED = 10
_MOST_LATE = 5
_ROW = 38.0  # three lines
_LINES = 3
_AXIS, _FOOT = 58.0, 44.0  # room for the words beside and below the matrix
_CHIP = Type(7.0, MEDIUM, 9.0)
_SCORE = Type(9.2, SEMIBOLD, 11.0)
_CHIP_WIDTH, _CHIP_HEIGHT, _CHIP_STEP = 36.0, 12.0, 14.6
_COLUMNS = (2.0, 22.0, 44.0, 78.0, 0.66)  # was, now, target, risk in points; response as a part of the width


@dataclass(frozen=True, slots=True)
class _Plan:
    """The page, measured: the matrix's cells, and the highest risks with their response in lines."""

    heading: Heading
    cells: tuple[float, float, float, float]  # left, top, width and height of one
    block: ExposureBlock
    table: tuple[float, float]  # left, width
    listed: tuple[tuple[RiskFigures, tuple[str, ...], str], ...]  # risk, lines of its response, anchor in the annex


def plan_risks(subject: Subject, paper: Paper, annex: Annex) -> list[Sheet]:
    """The page of the open risks; none where there is no open risk."""
    book = subject.risks
    if not book.risks:
        return []
    heading = _make_heading(subject, paper)
    left, width = paper.column(1, 6)
    top = heading.bottom + 8.0
    block = plan_exposure(subject, width - 10.0)
    across = (width - _AXIS - 10.0) / book.scheme.impacts
    down = (paper.bottom - top - _FOOT - block.height) / book.scheme.likelihoods
    table = paper.column(7, 12)
    room = table[1] * (1 - _COLUMNS[4])
    listed = tuple(_plan_response(each, room, annex) for each in choose_listed(book.risks))
    plan = _Plan(heading, (left + _AXIS, top, across, down), block, table, listed)
    return [Sheet(SECTION_TITLE, partial(_paint, plan, subject), ((ANCHOR, SECTION_TITLE, 0),))]


def risk_message(subject: Subject) -> str:
    """How many open risks are above appetite, and where most of them are."""
    book = subject.risks
    above, count = book.above, len(book.risks)
    opened = count_text(count, "open risk")
    if not any(each.now for each in book.risks):
        return f"{count_words(count, 'open risk')} {'is' if count == 1 else 'are'} not rated"
    if not above:
        return f"None of {opened} is above appetite" if count > 1 else "The one open risk is within appetite"
    said = f"{capital(count_word(len(above)))} of {opened} {_sit(len(above))} above appetite"
    counts: dict[str, int] = {}
    for each in above:
        if project := each.row.get("project"):
            counts[project] = counts.get(project, 0) + 1
    most = max(counts, key=lambda one: (counts[one], one), default="")
    if not most or counts[most] < 2 or most not in subject.by_id:
        return said
    return f"{said}; {count_word(counts[most])} of them are in {subject.project_name(most)}"


def choose_listed(risks: Sequence[RiskFigures]) -> list[RiskFigures]:
    """The highest rated ones, and in place of the last of them those further down that the board is to be shown."""
    rated = [each for each in risks if each.now]
    asked = [each for each in rated[MOST_LISTED:] if each.row.get("show_on_report")][: MOST_LISTED // 2]
    return [*rated[: MOST_LISTED - len(asked)], *asked]


def _sit(count: int) -> str:
    return "sits" if count == 1 else "sit"


def _make_heading(subject: Subject, paper: Paper) -> Heading:
    book = subject.risks
    moved = f"arrows show movement since {day_text(book.since)}" if book.since and book.moved else ""
    late = sum(each.overdue for each in book.risks)
    parts = [
        "Residual position of open risks",
        moved,
        f"appetite limit {number_text(book.appetite)}",
        f"{count_text(late, 'action')} overdue" if late else "",
        f"scheme {book.scheme.name}",
    ]
    return make_heading(risk_message(subject), parts, paper)


def _plan_response(risk: RiskFigures, room: float, annex: Annex) -> tuple[RiskFigures, tuple[str, ...], str]:
    row = risk.row
    text = one_line(row.get("actions") or row.get("response_strategy") or "")
    lines = clamp(text, TABLE_QUIET, room, _LINES) if text else ()
    anchor = ""
    if lines and lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}"):
        anchor = annex.add(f"risk {risk.id}", f"Risk {one_line(risk.called)}", "Response", row.get("actions") or "")
    return risk, lines, anchor


def _paint(plan: _Plan, subject: Subject, page: Page) -> None:
    paint_heading(page, plan.heading)
    _paint_cells(page, plan, subject.risks.scheme)
    _paint_axes(page, plan, subject.risks.scheme)
    _paint_appetite(page, plan, subject)
    _paint_moves(page, plan, subject)
    _paint_chips(page, plan, subject)
    _paint_key(page, plan, subject)
    left, width = page.paper.column(1, 6)
    paint_exposure(page, plan.block, left, width - 10.0, page.paper.bottom - plan.block.height + 4.0)
    _paint_late(page, plan, subject, _paint_highest(page, plan, subject))


def _corner(plan: _Plan, scheme: Scheme, spot: Spot) -> tuple[float, float]:
    left, top, across, down = plan.cells
    return left + (spot[1] - 1) * across, top + (scheme.likelihoods - spot[0]) * down


def _paint_cells(page: Page, plan: _Plan, scheme: Scheme) -> None:
    _, _, across, down = plan.cells
    for way, size, cell in scheme.cells():
        x, y = _corner(plan, scheme, (way, size))
        page.box(x, y, across - 1.2, down - 1.2, fill=band_look(cell.level, len(scheme.bands)), radius=1.4)
        page.text(x + 6, y + 9.4, number_text(cell.score), CAPTION, ink=INK2)


def _paint_axes(page: Page, plan: _Plan, scheme: Scheme) -> None:
    left, top, across, down = plan.cells
    axes = scheme.axes
    for way in range(1, scheme.likelihoods + 1):
        _, y = _corner(plan, scheme, (way, 1))
        words = axes["likelihood"][way - 1] or str(way)
        lines = clamp(words, DENSE_STRONG, _AXIS - 12, 2)
        base = y + down / 2 - (len(lines) - 1) * 5.0
        for number, line in enumerate(lines):
            page.text(left - 6, base + 3 + number * 10.4, line, DENSE_STRONG, align="right")
    below = top + down * scheme.likelihoods
    for size in range(1, scheme.impacts + 1):
        x = left + (size - 1) * across + across / 2
        words = fit_text(axes["impact"][size - 1] or str(size), DENSE_STRONG, across - 3)
        page.text(x, below + 10, words, DENSE_STRONG, align="centre")
    page.text(left + across * scheme.impacts / 2, below + 22, "Impact", SECTION_NAME, align="centre", ink=INK2)
    page.text(left - 6, top - 5, "Likelihood", SECTION_NAME, align="right", ink=INK2)


def _paint_appetite(page: Page, plan: _Plan, subject: Subject) -> None:
    """The line between the cells within appetite and those above it."""
    scheme, above = subject.risks.scheme, subject.risks.above_cells()
    _, _, across, down = plan.cells
    for (way, size), over in above.items():
        x, y = _corner(plan, scheme, (way, size))
        if size > 1 and over != above[way, size - 1]:
            page.stroke(((x - 0.6, y - 0.6), (x - 0.6, y + down - 0.6)), 1.5, INK)
        if way > 1 and over != above[way - 1, size]:
            page.stroke(((x - 0.6, y + down - 0.6), (x + across - 0.6, y + down - 0.6)), 1.5, INK)


def _paint_moves(page: Page, plan: _Plan, subject: Subject) -> None:
    """An arrow from the cell where each risk stood to the one where it stands, once for each way."""
    scheme = subject.risks.scheme
    _, _, across, down = plan.cells
    ways = {(each.spots["before"], each.spot) for each in subject.risks.moved if each.spot}
    for before, now in sorted(ways):
        if not (before[0] <= scheme.likelihoods and before[1] <= scheme.impacts):
            continue
        (x1, y1), (x2, y2) = _corner(plan, scheme, before), _corner(plan, scheme, now)
        _paint_arrow(page, (x1 + across * 0.72, y1 + down * 0.5), (x2 + across * 0.72, y2 + down * 0.32))


def _paint_arrow(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.stroke((start, end), 0.9, INK)
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length * 5, dy / length * 5
    wings = ((end[0] - ux - uy * 0.45, end[1] - uy + ux * 0.45), (end[0] - ux + uy * 0.45, end[1] - uy - ux * 0.45))
    page.polygon((end, *wings), fill=INK)


def _paint_chips(page: Page, plan: _Plan, subject: Subject) -> None:
    """Each cell's risks by reference, the last chip counting those without room."""
    scheme = subject.risks.scheme
    _, _, across, down = plan.cells
    columns = max(1, int((across - 6) // (_CHIP_WIDTH + 3)))
    room = columns * max(1, int((down - 16) // _CHIP_STEP))
    for spot, risks in subject.risks.cells.items():
        x, y = _corner(plan, scheme, spot)
        names = [(one_line(each.called), each.is_opportunity) for each in risks]
        shown = names if len(names) <= room else [*names[: room - 1], (f"+{len(names) - room + 1}", False)]
        for number, (name, helps) in enumerate(shown):
            left = x + 5 + number % columns * (_CHIP_WIDTH + 3)
            top = y + 14 + number // columns * _CHIP_STEP
            wide = min(_CHIP_WIDTH, across - 10)
            _paint_chip(page, (left, top, wide, _CHIP_HEIGHT), helps=helps)
            page.text(left + wide / 2, top + 8.5, fit_text(name, _CHIP, wide - 5), _CHIP, align="centre")


def _paint_chip(page: Page, box: tuple[float, float, float, float], *, helps: bool) -> None:
    """A chip's outline by its left, top, width and height: round ends for a threat, pointed for an opportunity."""
    left, top, wide, high = box
    if not helps:
        page.box(left, top, wide, high, fill=WHITE, line=BORDER_STRONG, radius=high / 2)
        return
    end, right, bottom = high / 2, left + wide, top + high
    upper = ((left, top + end), (left + end, top), (right - end, top), (right, top + end))
    page.polygon((*upper, (right - end, bottom), (left + end, bottom)), fill=WHITE, line=BORDER_STRONG)


def _paint_key(page: Page, plan: _Plan, subject: Subject) -> None:
    scheme = subject.risks.scheme
    x, y = plan.cells[0], page.paper.bottom - 10 - plan.block.height
    for level, name in enumerate(scheme.bands):
        page.box(x, y, 8, 8, fill=band_look(level, len(scheme.bands)), line=BORDER_STRONG, radius=1)
        x += 12 + page.text(x + 12, y + 6.8, name, CAPTION) + 12
    page.stroke(((x, y + 4), (x + 14, y + 4)), 1.5, INK)
    x += 18 + page.text(x + 18, y + 6.8, "Appetite", CAPTION) + 12
    if any(each.is_opportunity for each in subject.risks.risks):
        _paint_chip(page, (x, y, 16.0, 8.0), helps=True)
        page.text(x + 20, y + 6.8, "Opportunity", CAPTION)


def _paint_highest(page: Page, plan: _Plan, subject: Subject) -> float:
    """The table of the highest risks; returns where it ends."""
    left, width = plan.table
    count = len(plan.listed)
    title = f"{capital(count_word(count))} highest residual risks" if count > 1 else "The highest residual risk"
    if [risk for risk, _, _ in plan.listed] != [each for each in subject.risks.risks if each.now][:MOST_LISTED]:
        title = "The highest residual risks, and those shown to the board"
    y = draw_section(page, left, width, plan.cells[1] - 16, title if count else "No open risk is rated")
    columns = [left + each for each in _COLUMNS[:4]] + [left + width * _COLUMNS[4]]
    if not plan.listed:
        return y
    page.text(left, y + 4, "Was", HEAD)
    page.text(columns[1] + 10, y + 4, "now", HEAD, align="centre")
    page.text(columns[2] + 22, y + 4, "target", HEAD, align="right")
    page.text(columns[3], y + 4, "Risk", HEAD)
    page.text(columns[4], y + 4, "Response", HEAD)
    y += 10
    for risk, lines, anchor in plan.listed:
        _paint_risk(page, subject, (columns, left + width), y, risk)
        bottom = page.lines(columns[4], y + 3, [Line(text) for text in lines], TABLE_QUIET)
        if anchor:
            page.link(columns[4], y + 3, left + width, bottom, anchor)
        y += _ROW
        page.rule(left, left + width, y - 1.5, 0.4, GRID)
    return y


def _paint_risk(page: Page, subject: Subject, columns: tuple[list[float], float], y: float, risk: RiskFigures) -> None:
    places, _ = columns
    before = risk.spots.get("before")
    scheme = subject.risks.scheme
    inside = before and before[0] <= scheme.likelihoods and before[1] <= scheme.impacts
    was = scheme.judge(*before).score if before and inside else risk.ratings.inherent
    page.text(places[0] + 12, y + 14, number_text(was), TABLE_QUIET, align="right")
    if risk.now:
        page.box(places[1], y + 4, 20, 15, fill=band_look(risk.now.level, len(scheme.bands)), radius=1.6)
        page.text(places[1] + 10, y + 14.6, number_text(risk.now.score), _SCORE, align="centre")
    page.text(places[2] + 22, y + 14, number_text(risk.ratings.target), TABLE_QUIET, align="right")
    room = places[4] - places[3] - 8
    lines = clamp(one_line(risk.row.get("title") or ""), _STRONG, room, _LINES - 1)
    below = page.lines(places[3], y + 3, [Line(text) for text in lines], _STRONG)
    owner = subject.name_of(risk.row.get("owner"))
    project = risk.row.get("project")
    of = (subject.project_ref(project) or subject.project_name(project)) if project in subject.by_id else ""
    to = one_line(risk.row.get("escalated_to") or "")
    told = (one_line(risk.row.get("ref") or ""), of, owner, f"escalated to {to}" if to else "")
    parts = "   ".join(part for part in told if part)
    page.text(places[3], below + 8.0, fit_text(parts, TABLE_ID, room), TABLE_ID)


_STRONG = Type(8.4, SEMIBOLD, 10.6)


def _paint_late(page: Page, plan: _Plan, subject: Subject, y: float) -> None:
    """The actions that are past due, as many as there is room for, and how many more there are."""
    late = subject.risks.late
    room = int((page.paper.bottom - y - 30) // 11.6)
    if not late or room < 1:
        return
    left, width = plan.table
    shown = late[: min(room, _MOST_LATE)]
    title = f"{count_words(len(late), 'action')} overdue"
    title += f", the {count_word(len(shown))} longest due" if len(shown) < len(late) else ""
    y = draw_section(page, left, width, y + 6, title)
    for action in shown:
        due = short_day(action["due"])
        page.text(left, y + 8.6, due, TABLE, ink=BAD)
        owner = subject.name_of(action.get("owner"))
        tail = width_of(owner, TABLE_QUIET) + 8 if owner else 0.0
        page.text(left + width, y + 8.6, owner, TABLE_QUIET, align="right")
        words = fit_text(one_line(action["description"]), DENSE, width - 60 - tail)
        page.text(left + 54, y + 8.6, words, DENSE)
        y += 11.6
