"""One cell of the capacity grid: what is booked in it, what there is for it, who makes it too much, who gives way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from pmo_desktop.figures.book import Book, ProjectLine, ResourceLine
from pmo_desktop.rules.booking import RATE, TICKS_PER_HOUR, BookingFlag, Rows, add_up
from pmo_desktop.rules.calendar import Grain, Horizon, Numbers, Periods
from pmo_desktop.rules.load import ROUNDING, Cause, Share, judge_cause, share_of
from pmo_desktop.rules.precedence import find_least
from pmo_desktop.rules.wording import day_month, join_words, number_text
from pmo_desktop.rules.words import ResourceType

WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FEW = 3  # days named one by one
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One allocation in a cell: `row` in the book; `ticks` of it fall into the cell. The rest is as it is stored."""

    row: int
    id: str
    project: int
    role: str | None
    status: str | None
    first: date
    last: date
    ticks: int
    hard: bool
    flags: tuple[BookingFlag, ...]


@dataclass(frozen=True, slots=True)
class Stake:
    """What one project has of a cell in ticks, and whether it makes it over-booked."""

    row: int
    project: ProjectLine
    ticks: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Cell:
    """A resource in a span of days, in ticks. `days_off`: holidays and leave of it; `day`: ticks of a standard day.

    `stakes`: by project, the largest first. `gives_way`: the project of the lowest priority in an over-booked cell,
    None where nobody has said. `worst`: the most that is booked of one of its weeks, with that week's first day.
    """

    row: int
    resource: ResourceLine
    span: Horizon
    gross: int
    off: int
    available: int
    hard: int
    soft: int
    days_off: tuple[date, ...]
    entries: tuple[Entry, ...]
    stakes: tuple[Stake, ...]
    gives_way: Stake | None
    worst: tuple[date, Share]
    day: float

    @property
    def booked(self) -> int:
        """Hard and soft together."""
        return self.hard + self.soft

    @property
    def excess(self) -> int:
        """Booked beyond what is available; 0 where it fits, and for a role still to be named."""
        return self.booked - self.available if self.over else 0

    @property
    def free(self) -> int:
        """Available and not booked; 0 where all is taken."""
        return max(0, self.available - self.booked)

    @property
    def over(self) -> bool:
        """Whether more is booked than there is; a role still to be named never is over-booked."""
        return self.booked > self.available + ROUNDING and self.resource.type != ResourceType.ROLE

    @property
    def share(self) -> Share:
        """Booked / available, or the reason why there is none."""
        return share_of(float(self.booked), float(self.available))

    def days(self, ticks: int) -> float:
        """Ticks in standard days; 0 when a day has no length."""
        return ticks / self.day if self.day else 0.0

    def leave_words(self) -> str:
        """`1 d leave on Fri 4 Dec`; empty without any."""
        if not self.off:
            return ""
        named = [f"{WEEKDAY_NAMES[day.weekday()]} {day_month(day)}" for day in self.days_off]
        words = f"{days_text(self.days(self.off))} leave"
        if len(named) > _FEW:
            return f"{words} from {named[0]} to {named[-1]}"
        return f"{words} on {join_words(named)}" if named else words

    def cause_words(self) -> str:
        """Who makes it too much and who gives way, in sentences; empty when it is not over-booked."""
        if not self.over or not self.stakes:
            return ""
        alone = [each.project.called for each in self.stakes if each.cause is Cause.THIS]
        names = [each.project.called for each in self.stakes]
        if alone:
            words = f"{join_words(alone)} {'asks' if len(alone) == 1 else 'ask'} for more than there is."
        else:
            words = f"{join_words(names)} together ask for more than there is."
        gives = f" {self.gives_way.project.called} has the lowest priority." if self.gives_way else ""
        return words + gives

    def worst_words(self) -> str:
        """The worst week of a longer span, where it is over-booked: `180% in the week of 30 Nov`."""
        first, share = self.worst
        if self.span.length <= len(WEEKDAY_NAMES) or share.value is None or share.value <= 1:
            return ""
        return f"{share.value * _WHOLE:.0f}% in the week of {day_month(first)}"


def days_text(days: float) -> str:
    """Days as people say them, to a tenth: `2.5 d`."""
    return f"{number_text(round(days, 1))} d"


def period_span(periods: Periods, period: int) -> Horizon:
    """The days of a period."""
    return Horizon(periods.firsts[period], periods.lasts[period])


def read_cell(book: Book, row: int, span: Horizon, *, confirmed_only: bool = False) -> Cell:
    """A resource of a book in a span of days inside its horizon.

    Raises ValueError for days that the book does not have.
    """
    weeks = cut_span(book.horizon, span)
    which = book.of_resource(row)
    if confirmed_only:
        which = which[book.bookings.hard[which]]
    bookings = book.bookings.take(which)
    each = np.arange(bookings.count)
    rows = Rows(each, np.full(bookings.count, row), bookings.project)
    by_week = add_up(bookings, book.capacity, weeks, rows)[:, 1:-1]
    ticks = by_week.sum(axis=1)
    gross, present, available = (
        np.diff(before[row, weeks.edges])[1:-1] * RATE
        for before in (book.capacity.gross, book.capacity.present, book.capacity.available)
    )
    entries = tuple(_entry(book, int(which[at]), int(ticks[at])) for at in np.flatnonzero(ticks).tolist())
    there = int(available.sum())
    stakes = _stakes(book, entries, there)
    too_much = sum(entry.ticks for entry in entries) > there + ROUNDING
    return Cell(
        row=row,
        resource=book.resources[row],
        span=span,
        gross=int(gross.sum()),
        off=int((gross - present).sum()),
        available=there,
        hard=sum(entry.ticks for entry in entries if entry.hard),
        soft=sum(entry.ticks for entry in entries if not entry.hard),
        days_off=_days_off(book, row, span),
        entries=entries,
        stakes=stakes,
        gives_way=_gives_way(stakes) if too_much else None,
        worst=_worst(weeks, by_week.sum(axis=0), available),
        day=(book.standard.daily_hours or 0.0) * TICKS_PER_HOUR,
    )


def cut_span(horizon: Horizon, span: Horizon) -> Periods:
    """A horizon as what lies before a span, the weeks of the span cut to it, and what lies after.

    The first and the last period may have no days. Raises ValueError for a span that does not lie inside.
    """
    first, stop = horizon.index(span.first), horizon.index(span.last) + 1
    if first < 0 or stop > horizon.length:
        raise ValueError(f"The days from {span.first} to {span.last} are not among those looked at.")
    mondays = [day for day in range(first + 1, stop) if horizon.day(day).weekday() == 0]
    return Periods(horizon, Grain.WEEK, np.array([0, first, *mondays, stop, horizon.length], np.int64))


def _entry(book: Book, row: int, ticks: int) -> Entry:
    allocations = book.allocations
    return Entry(
        row=row,
        id=book.ids[row],
        project=int(allocations.project[row]),
        role=book.roles[row],
        status=book.statuses[row],
        first=allocations.first[row].item(),
        last=allocations.last[row].item(),
        ticks=ticks,
        hard=bool(allocations.hard[row]),
        flags=tuple(book.bookings.flags_of(row)),
    )


def _stakes(book: Book, entries: tuple[Entry, ...], available: int) -> tuple[Stake, ...]:
    """What each project has of a cell, the largest first."""
    by_project: dict[int, int] = {}
    for entry in entries:
        by_project[entry.project] = by_project.get(entry.project, 0) + entry.ticks
    total = sum(by_project.values())
    stakes = [
        Stake(row, book.projects[row], ticks, judge_cause(ticks, total - ticks, available + ROUNDING))
        for row, ticks in by_project.items()
    ]
    return tuple(sorted(stakes, key=lambda stake: (-stake.ticks, stake.row)))


def _gives_way(stakes: tuple[Stake, ...]) -> Stake | None:
    """Who gives way: the only one there is, else the one of the lowest priority."""
    if len(stakes) == 1:
        return stakes[0]
    least = find_least([stake.project.priority for stake in stakes])
    return None if least is None else stakes[least]


def _days_off(book: Book, row: int, span: Horizon) -> tuple[date, ...]:
    """The days of a span with working time that holidays or leave take away, at least in part."""
    at = slice(book.horizon.index(span.first), book.horizon.index(span.last) + 2)
    taken = np.diff(book.capacity.gross[row, at]) > np.diff(book.capacity.present[row, at])
    return tuple(span.day(day) for day in np.flatnonzero(taken).tolist())


def _worst(weeks: Periods, booked: Numbers, available: Numbers) -> tuple[date, Share]:
    """The week with the largest share; one with bookings and no time at all is the worst."""
    severity = np.divide(booked, available, out=np.where(booked > 0, np.inf, 0.0), where=available > 0)
    at = int(severity.argmax())
    return weeks.horizon.day(int(weeks.edges[at + 1])), share_of(float(booked[at]), float(available[at]))
