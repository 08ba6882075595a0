"""Openings: bookings of roles still to be named, who could fill each, and how much of all of them can be filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.cells import days_text
from pmo_desktop.figures.requests import Prospect, Staffed, Wanted, candidates, open_requests, staffing
from pmo_desktop.rules.booking import TICKS_PER_HOUR
from pmo_desktop.rules.calendar import HOURS_PER_DAY, Horizon
from pmo_desktop.rules.words import ResourceType

_QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Opening:
    """One booking of a role still to be named, from the data date on; `ticks` of it fall into `span`."""

    allocation: str
    resource: str  # as it is called
    role: str | None
    role_name: str
    project: str
    span: Horizon
    ticks: int
    amount: str  # in words: 12 d

    @property
    def wanted(self) -> Wanted:
        """What it asks for."""
        return Wanted(self.span, self.ticks, self.role)


def find_openings(book: Book) -> list[Opening]:
    """What is still to be named from the data date on, the earliest first; bookings that count for nothing left out."""
    unnamed = np.array([each.type == ResourceType.ROLE for each in book.resources], np.bool_)
    if not len(unnamed):
        return []
    allocations, now = book.allocations, np.datetime64(book.data_date, "D")
    rows = np.flatnonzero(unnamed[allocations.resource] & (allocations.last >= now))
    found = [_opening(book, row) for row in rows.tolist()]
    return sorted(
        (each for each in found if each.ticks), key=lambda each: (each.span.first, each.project, each.resource)
    )


def who_could_fill(book: Book, opening: Opening) -> list[Prospect]:
    """Those with the role and time, ranked by skill fit x free time."""
    return candidates(book, opening.wanted)


def staff_openings(book: Book) -> Staffed:
    """How much of all that is open in the next quarter can be filled at once, with the proof in words."""
    first = max(book.data_date, book.horizon.first)
    span = Horizon(first, max(first, min(book.data_date + _QUARTER - timedelta(1), book.horizon.last)))
    return staffing(book, span, open_requests(book, span))


def share_that_fits(opening: Opening, prospect: Prospect) -> float:
    """The percent of an opening for which somebody has the time, rounded down; at least 1."""
    return float(max(1, min(100, prospect.free * 100 // opening.ticks)))


def _opening(book: Book, row: int) -> Opening:
    resource = book.resources[book.allocations.resource[row]]
    role = book.roles[row] or resource.role
    first: date = max(book.allocations.first[row].item(), book.data_date, book.horizon.first)
    last: date = max(first, min(book.allocations.last[row].item(), book.horizon.last))
    span = Horizon(first, last)
    ticks = _ticks(book, row, span)
    day = (book.standard.daily_hours or HOURS_PER_DAY) * TICKS_PER_HOUR
    project = book.projects[book.allocations.project[row]]
    name = book.names.get(role or "", resource.name)
    amount = days_text(ticks / day)
    return Opening(book.ids[row], resource.name, role, name, project.called, span, ticks, amount)


def _ticks(book: Book, row: int, span: Horizon) -> int:
    """What an allocation books on some days: its rate on their available time, and what falls on single days."""
    bookings, begin, end = book.bookings, book.horizon.index(span.first), book.horizon.index(span.last) + 1
    begin, end = max(begin, int(bookings.start[row])), min(end, int(bookings.stop[row]))
    if begin >= end:
        return 0
    before = book.capacity.available[bookings.resource[row]]
    rate = int(bookings.rate[row]) * int(before[end] - before[begin])
    mine = (bookings.extra_of == row) & (bookings.extra_day >= begin) & (bookings.extra_day < end)
    return rate + int(bookings.extra[mine].sum())
