"""The capacity of the next quarter of a year: who is over-booked, where there is room, what is still to be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pmo_desktop.figures.book import NO_TEAM, Book, default_horizon, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Line, make_grid, open_line
from pmo_desktop.rules.calendar import DAYS_PER_WEEK, Numbers, Reals
from pmo_desktop.rules.load import Share, share_of
from pmo_desktop.rules.words import ResourceType
from pmo_desktop.store.bookings import booked_span
from pmo_desktop.store.file import Store

WEEKS = 13
SOON = timedelta(weeks=4)  # demand that nobody is named for and that begins within it needs somebody now
ROOM = 0.2  # the share of the available time that has to be free for something new to start
_MOST_TEAMS = 2
_PEOPLE = (ResourceType.PERSON, ResourceType.TEAM)


@dataclass(frozen=True, slots=True)
class Overload:
    """An over-booked resource: its line in the grid, the weeks it is over in and the worst of them, as columns.

    `share` is booked / available of the worst week. `projects`: row numbers in the book of what is booked in it, the
    largest first. `stop`: the week after the last of the run of weeks that the worst one lies in.
    """

    line: int
    weeks: tuple[int, ...]
    worst: int
    share: Share
    projects: tuple[int, ...]
    stop: int


@dataclass(frozen=True, slots=True)
class Room:
    """From which week on a part of the time stays free: days a week on average, and the teams that have most of it."""

    week: int
    days: float
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Demand for somebody still to be named: the role, the project's row number in the book, its first day.

    `days`: person-days asked for in the weeks looked at.
    """

    resource: str
    role: str
    project: int
    first: date
    days: float


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The next 13 whole weeks of a book, confirmed bookings only.

    `grid`: weeks of the whole horizon, of which columns `first` up to `stop` are looked at. `overloads`: the heaviest
    first. `room` is None where no week leaves enough free to the end. `demand`, `capacity`: person-days a week,
    float64[13], of people and teams; material and equipment are no persons.
    """

    book: Book
    grid: Grid
    first: int
    stop: int
    overloads: tuple[Overload, ...]
    room: Room | None
    unnamed: tuple[Unnamed, ...]
    demand: Reals
    capacity: Reals

    @property
    def mondays(self) -> list[date]:
        """The first day of each week."""
        return self.grid.periods.firsts[self.first : self.stop]

    @property
    def tops(self) -> list[int]:
        """The lines of named resources."""
        return _named(self.grid)

    @property
    def share(self) -> Share:
        """Booked / available of people and teams over the weeks."""
        return share_of(float(self.demand.sum()), float(self.capacity.sum()))

    @property
    def over_weeks(self) -> int:
        """How many weeks of resources are over-booked."""
        return sum(len(each.weeks) for each in self.overloads)

    @property
    def has_bookings(self) -> bool:
        """Whether anything is confirmed in the weeks looked at."""
        return bool(self.grid.booked[:, self.first : self.stop].any())

    def line_of(self, overload: Overload) -> Line:
        """The line of an over-booked resource."""
        return self.grid.lines[overload.line]

    def is_only_one(self, line: Line) -> bool:
        """Whether nobody else has its role."""
        role = self.book.resources[line.row].role
        same = [
            each for each in self.book.resources if each.role == role and each.type == ResourceType.PERSON and each.fte
        ]
        return role is not None and len(same) == 1


def read_outlook(store: Store, day: date) -> Outlook:
    """The weeks from the first Monday that is not before a day."""
    return look_ahead(read_book(store, default_horizon(booked_span(store), day)), day)


def look_ahead(book: Book, day: date) -> Outlook:
    """The outlook of a book. Raises ValueError when its days do not hold the 13 weeks."""
    everything = make_grid(book)
    grid = make_grid(book, Lens(confirmed_only=True))
    monday = day + timedelta(-day.weekday() % DAYS_PER_WEEK)
    first = grid.periods.firsts.index(monday)
    stop = first + WEEKS
    rows = _people(book, grid)
    demand, capacity = (_days(each[rows, first:stop].sum(axis=0), grid) for each in (grid.booked, grid.available))
    return Outlook(
        book=book,
        grid=grid,
        first=first,
        stop=stop,
        overloads=_find_overloads(book, grid, first, stop),
        room=_find_room(book, grid, first, stop),
        unnamed=_find_unnamed(book, everything, day, stop),
        demand=demand,
        capacity=capacity,
    )


def _named(grid: Grid) -> list[int]:
    """The lines of resources that have time to give; a role still to be named has none."""
    return [number for number, line in enumerate(grid.lines) if line.level is Level.TOP and not line.unnamed]


def _people(book: Book, grid: Grid) -> list[int]:
    """The lines of people and teams: what person-days are counted of."""
    return [number for number in _named(grid) if book.resources[grid.lines[number].row].type in _PEOPLE]


def _days(ticks: Numbers, grid: Grid) -> Reals:
    return ticks / grid.day if grid.day else np.zeros(ticks.shape)


def _find_overloads(book: Book, grid: Grid, first: int, stop: int) -> tuple[Overload, ...]:
    """By the time that is booked too much, then by name."""
    excess = np.maximum(0, grid.booked - grid.available)
    found = [line for line in _named(grid) if grid.over[line, first:stop].any()]
    found.sort(key=lambda line: (-int(excess[line, first:stop].sum()), grid.lines[line].title.casefold()))
    return tuple(_overload(book, grid, line, first, stop) for line in found)


def _overload(book: Book, grid: Grid, line: int, first: int, stop: int) -> Overload:
    weeks = tuple(week for week in range(first, stop) if grid.over[line, week])
    shares = {week: grid.share(line, week, week + 1) for week in weeks}
    worst = max(weeks, key=lambda week: (shares[week].value is None, shares[week].value or 0.0, -week))
    end = worst + 1
    while end in shares:
        end += 1
    opened = open_line(book, grid, grid.lines[line])
    booked = opened.booked[:, worst]
    order = sorted(np.flatnonzero(booked).tolist(), key=lambda child: (-int(booked[child]), child))
    return Overload(line, weeks, worst, shares[worst], tuple(opened.lines[child].row for child in order), end)


def _find_room(book: Book, grid: Grid, first: int, stop: int) -> Room | None:
    """The first week from which every week to the end leaves ROOM of the time free; days off leave none."""
    rows = _people(book, grid)
    available = grid.available[rows, first:stop]
    free = np.maximum(0, available - grid.booked[rows, first:stop])
    total = available.sum(axis=0)
    enough = (free.sum(axis=0) >= ROOM * total) & (total > 0)
    tight = np.flatnonzero(~enough)
    begin = int(tight[-1]) + 1 if len(tight) else 0
    if begin >= stop - first:
        return None
    days = float(_days(free[:, begin:].sum(), grid)) / (stop - first - begin)
    teams = _sum_by_team(book, [grid.lines[row].row for row in rows], free[:, begin:].sum(axis=1).tolist())
    return Room(first + begin, days, teams)


def _sum_by_team(book: Book, rows: Sequence[int], free: Sequence[int]) -> tuple[str, ...]:
    """The teams that have the most of something, at most two."""
    sums: dict[str | None, int] = {}
    for row, amount in zip(rows, free, strict=True):
        team = book.resources[row].team
        sums[team] = sums.get(team, 0) + amount
    names = {team: book.names.get(team or "", NO_TEAM) for team in sums}
    order = sorted((team for team in sums if sums[team]), key=lambda team: (-sums[team], names[team].casefold()))
    return tuple(names[team] for team in order[:_MOST_TEAMS])


def _find_unnamed(book: Book, grid: Grid, day: date, stop: int) -> tuple[Unnamed, ...]:
    """Bookings of roles still to be named that ask for somebody within SOON, the earliest first."""
    first, last = np.datetime64(day, "D"), np.datetime64(day + SOON, "D")
    begin = grid.periods.of_day(book.horizon.index(day))
    found = []
    for line in grid.lines:
        if line.level is not Level.TOP or not line.unnamed:
            continue
        opened = open_line(book, grid, line)
        for number, child in enumerate(opened.lines):
            starts = _starts(book, line.row, child.row, first, last)
            if starts:
                days = opened.days(number, begin, stop)
                found.append(Unnamed(line.title, line.note, child.row, starts[0], days))
    return tuple(sorted(found, key=lambda each: (each.first, each.role, each.project)))


def _starts(book: Book, resource: int, project: int, first: np.datetime64, last: np.datetime64) -> list[date]:
    """The days on which bookings of a resource for a project begin to ask for somebody, from a day on to another."""
    held = book.allocations
    meets = (held.resource == resource) & (held.project == project) & (held.last >= first) & (held.first <= last)
    counted = meets & (book.bookings.booked > 0)
    days: list[date] = np.maximum(held.first[counted], first).astype(object).tolist()
    return sorted(days)
