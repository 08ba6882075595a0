"""The right half of the first page: how the projects stand, their money, what falls due, and what is in the pack."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.totals import NOT_RATED_CODE, StatusCount
from pmo_desktop.reports.annex import POINTER_HEIGHT, point_to
from pmo_desktop.reports.chart import paint_status_bar
from pmo_desktop.reports.dashboard import ANCHOR as DASHBOARD
from pmo_desktop.reports.frame import draw_section, fit_text
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, GRID, TABLE, TABLE_ID, TABLE_NAME, TABLE_QUIET, TABLE_TOTAL
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import ROW, Cell, Column, Row, paint_head, paint_rows
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import DASH, MINUS, count_text, day_month, money_text, percent_text, slip_text
from pmo_desktop.rules.words import rag_label

GAP = 14.0
_MOST_DUE, _MOST_CONTENTS, _MOST_CURRENCIES = 12, 14, 6


@dataclass(frozen=True, slots=True)
class Content:
    """One line of the contents: a title and the anchor of its page."""

    title: str
    anchor: str


def paint_overview(page: Page, subject: Subject, place: tuple[float, float], y: float, contents: list[Content]) -> None:
    """Draw the blocks that have anything to say, one under another from a top edge; the contents always."""
    x, width = place
    if subject.portfolio.projects:
        y = _paint_statuses(page, subject, x, width, y) + GAP
    if subject.portfolio.totals:
        y = _paint_money(page, subject, x, width, y) + GAP
    listed = contents[:_MOST_CONTENTS]
    contents_height = 18.0 + ROW * len(listed)
    room = page.paper.bottom - contents_height - y - GAP
    if subject.portfolio.due and room >= 18.0 + ROW:
        y = _paint_due(page, subject, x, width, y, room) + GAP
    _paint_contents(page, x, width, y, listed)


def _paint_statuses(page: Page, subject: Subject, x: float, width: float, y: float) -> float:
    portfolio = subject.portfolio
    y = draw_section(page, x, width, y, "Projects by status") + 4.0
    paint_status_bar(page, x, y, width, portfolio.statuses)
    y += 18.0
    since = f" since {day_month(portfolio.since)}" if portfolio.since else ""
    for each in portfolio.statuses:
        if each.count or each.change:
            _paint_status(page, subject, x, width, y + 7.2, each, since)
            since = "" if each.change is not None else since
            y += ROW
    return y


def _paint_status(
    page: Page, subject: Subject, x: float, width: float, y: float, status: StatusCount, since: str
) -> None:
    """One line: mark, word, count, money where one currency rules, and the change since the reports before."""
    base = y + 3.0
    is_rated = status.code != NOT_RATED_CODE
    draw_rating(page, x + 6.5, y, status.code if is_rated else None)
    page.text(x + 18.0, base, rag_label(status.code if is_rated else None), TABLE_QUIET)
    page.text(x + width * 0.33, base, str(status.count), TABLE_TOTAL, align="right")
    if subject.only_currency and status.eac:
        page.text(x + width * 0.62, base, money_text(status.eac[0][1], status.eac[0][0]), TABLE, align="right")
    if status.change is not None:
        page.text(x + width, base, change_text(status.change) + since, CAPTION, align="right")


def change_text(change: int) -> str:
    """A change of a count: +1, −1, or a dash for none."""
    return f"{MINUS if change < 0 else '+'}{abs(change)}" if change else DASH


def _paint_money(page: Page, subject: Subject, x: float, width: float, y: float) -> float:
    y = draw_section(page, x, width, y, "Money, whole life")
    share = width * 0.2
    columns = (
        Column("", x, width - 4 * share),
        *(
            Column(title, x + width - (4 - place) * share, share, "right")
            for place, title in enumerate(("Budget", "Actual", "EAC", "Variance"))
        ),
    )
    y = paint_head(page, columns, y, 0.4)
    rows = []
    for each in subject.portfolio.totals[:_MOST_CURRENCIES]:
        amounts = [
            DASH if value is None else money_text(value, each.currency)
            for value in (each.budget, each.actual, each.eac)
        ]
        texts = [each.currency, *amounts, percent_text(each.variance_pct, signed=True)]
        rows.append(Row({place: Cell((text,), TABLE if place else TABLE_QUIET) for place, text in enumerate(texts)}))
    y = paint_rows(page, columns, rows, y)
    more = len(subject.portfolio.totals) - len(rows)
    if more:
        point_to(page, x, y + 1.0, f"{count_text(more, 'more currency', 'more currencies')}, all of them", DASHBOARD)
        y += POINTER_HEIGHT
    return y


def _paint_due(page: Page, subject: Subject, x: float, width: float, y: float, room: float) -> float:
    due = subject.portfolio.due
    shown = due[: min(_MOST_DUE, int((room - 18.0) // ROW))]
    hidden = len(due) - len(shown)
    title = (
        f"Milestones in the next 30 days, {len(shown)} of {len(due)}" if hidden else "Milestones in the next 30 days"
    )
    y = draw_section(page, x, width, y, title)
    for each in shown:
        base = y + 10.2
        page.text(x, base, day_month(each.expected), TABLE_QUIET)
        ref = fit_text(subject.project_ref(each.project), TABLE_ID, width * 0.2)
        name = fit_text(one_line(each.name), TABLE_NAME, width - 88.0 - width_of(ref, TABLE_ID))
        used = page.text(x + 40.0, base, name, TABLE_NAME)
        page.text(x + 40.0 + used + 6.0, base, ref, TABLE_ID)
        page.text(x + width, base, slip_text(each.slip), TABLE, align="right")
        page.rule(x, x + width, y + ROW, 0.4, GRID)
        y += ROW
    return y


def _paint_contents(page: Page, x: float, width: float, y: float, contents: list[Content]) -> None:
    y = draw_section(page, x, width, y, "In this pack")
    for each in contents:
        number = page.numbers[each.anchor]
        page.text(x, y + 10.2, fit_text(each.title, TABLE, width - 30.0), TABLE)
        page.text(x + width, y + 10.2, str(number), TABLE, align="right")
        page.rule(x, x + width, y + ROW, 0.4, GRID)
        page.link(x, y, x + width, y + ROW, each.anchor)
        y += ROW
