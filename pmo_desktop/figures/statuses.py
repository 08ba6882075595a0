"""Projects by status at the end of each month, from the status reports that were frozen then."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.material import Material, Row
from pmo_desktop.figures.totals import STATUS_CODES, status_code


@dataclass(frozen=True, slots=True)
class MonthStatuses:
    """How many open projects stood at each status (codes of totals.STATUS_CODES) on the last day of a month."""

    on: date
    counts: dict[str, int]


def statuses_by_month(material: Material, projects: tuple[str, ...], months: int = 12) -> tuple[MonthStatuses, ...]:
    """One entry a month up to the data date's, oldest first; the last is how the projects stand now.

    A month counts each project by its newest report up to that month's end; months before the first report of all
    are left out, and so is everything when no project ever reported before this month.
    """
    wanted = set(projects)
    reports = {key: sorted(rows, key=_period) for key, rows in material.reports.items() if key in wanted}
    past = []
    for end in _month_ends(material.data_date, months - 1):
        ratings = [found["rag_overall"] for rows in reports.values() if (found := _newest_by(rows, end)) is not None]
        if ratings:
            past.append(MonthStatuses(end, _count(ratings)))
    if not past:
        return ()
    now = [row.get("rag_overall") for row in material.projects if row["id"] in wanted]
    return (*past, MonthStatuses(material.data_date, _count(now)))


def _count(ratings: list[str | None]) -> dict[str, int]:
    counted = Counter(status_code(rating) for rating in ratings)
    return {code: counted[code] for code in STATUS_CODES}


def _newest_by(rows: list[Row], end: date) -> Row | None:
    before = [row for row in rows if row["period_end"] <= end]
    return before[-1] if before else None


def _month_ends(day: date, count: int) -> Iterator[date]:
    """The last days of the `count` months before the day's own."""
    number = day.year * 12 + day.month - 1
    for month in range(number - count, number):
        year, index = divmod(month, 12)
        yield date(year, index + 1, monthrange(year, index + 1)[1])


def _period(row: Row) -> date:
    found: date = row["period_end"]
    return found
