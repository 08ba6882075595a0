"""The right half of the first page: how the projects stand, their money, what falls due, and what is in the pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from pmo_desktop.figures.totals import NOT_RATED_CODE, WORTH, MoneyTotal, StatusCount
from pmo_desktop.reports.annex import POINTER_HEIGHT, point_to
from pmo_desktop.reports.chart import paint_status_bar
from pmo_desktop.reports.dashboard import ANCHOR as DASHBOARD
from pmo_desktop.reports.frame import draw_section, fit_text
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, GRID, INK, TABLE, TABLE_ID, TABLE_NAME, TABLE_QUIET, TABLE_TOTAL
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.table import ROW, Cell, Column, Row, paint_head, paint_rows
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import (
    DASH,
    MINUS,
    count_text,
    day_month,
    growth_text,
    money_text,
    near_day,
    slip_text,
)
from pmo_desktop.rules.words import rag_label


def _whole_life(total: MoneyTotal) -> int | None:
    """Whole-life cost where neither budget nor EAC says more."""
    return total.whole_life if total.budget is None and total.eac is None else None


GAP = 14.0
_SUMS: tuple[tuple[str, Callable[[MoneyTotal], int | None]], ...] = (
    ("Budget", attrgetter("budget")),
    ("Actual", attrgetter("actual")),
    ("EAC", attrgetter("eac")),
    ("Whole life", _whole_life),
)
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
    since = f" since {near_day(portfolio.since, portfolio.data_date)}" if portfolio.since else ""
    for each in portfolio.statuses:
        if each.count or each.change:
            _paint_status(page, subject, x, width, y + 7.2, each, since)
            since = "" if each.change is not None else since
            y += ROW
    return _paint_whole(page, subject, x, width, y)


def _paint_whole(page: Page, subject: Subject, x: float, width: float, y: float) -> float:
    """The line under the statuses: all projects, and the money they are counted with."""
    page.rule(x, x + width, y, 0.5, INK)
    base = y + 10.2
    page.text(x + 18.0, base, "All", TABLE_TOTAL)
    page.text(x + width * 0.33, base, str(len(subject.portfolio.projects)), TABLE_TOTAL, align="right")
    whole = sum(amount for each in subject.portfolio.statuses for _, amount in each.eac)
    if subject.only_currency and whole:
        page.text(x + width * 0.62, base, money_text(whole, subject.only_currency), TABLE_TOTAL, align="right")
        page.text(x + width, base, _worth_words(subject), CAPTION, align="right")
    return y + ROW


def _worth_words(subject: Subject) -> str:
    """What the money of the statuses is, where it is not the EAC of every project."""
    rows = [subject.by_id[project] for project in subject.portfolio.projects]
    used = {next((name for name in WORTH if row.get(name) is not None), "") for row in rows} - {""}
    words = {"eac": "EAC", "budget_approved": "budget", "whole_life_cost": "whole-life cost"}
    return "" if used == {"eac"} else ", else ".join(words[name] for name in WORTH if name in used)


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
    """Sums by currency; a column nobody has anything for is left out."""
    y = draw_section(page, x, width, y, "Money, whole life")
    totals = subject.portfolio.totals
    shown = [(title, read) for title, read in _SUMS if any(read(each) is not None for each in totals)]
    varies = any(each.variance_pct is not None for each in totals)
    titles = [*(title for title, _ in shown), *(["Variance"] if varies else [])]
    share = width * 0.2
    columns = [Column("", x, width - len(titles) * share)]
    columns += [
        Column(title, x + width - (len(titles) - place) * share, share, "right") for place, title in enumerate(titles)
    ]
    y = paint_head(page, columns, y, 0.4)
    rows = []
    for each in totals[:_MOST_CURRENCIES]:
        values = [read(each) for _, read in shown]
        texts = [each.currency, *(DASH if value is None else money_text(value, each.currency) for value in values)]
        texts += [growth_text(each.variance_pct)] if varies else []
        rows.append(Row({place: Cell((text,), TABLE if place else TABLE_QUIET) for place, text in enumerate(texts)}))
    y = paint_rows(page, columns, rows, y)
    more = len(totals) - len(rows)
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
