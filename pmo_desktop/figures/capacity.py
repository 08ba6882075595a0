"""The capacity grid: who is booked for how much of their time, by week, month or quarter, either way round."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from pmo_desktop.figures.book import NO_TEAM, Book, ResourceLine
from pmo_desktop.figures.gridcells import Cells, Codes, judge_causes, project_cells
from pmo_desktop.rules.booking import RATE, TICKS_PER_HOUR, Bookings, Marks, Rows, rows_by_pair
from pmo_desktop.rules.calendar import Grain, Numbers, Periods, Reals
from pmo_desktop.rules.load import (
    ROUNDING,
    Load,
    Share,
    Undefined,
    add_up_by_status,
    measure_load,
    measure_some,
    share_of,
    with_lines,
)
from pmo_desktop.rules.roles import sum_groups
from pmo_desktop.rules.words import ResourceType

_WHOLE = 100.0
_BLOCK = 32  # resources whose projects are added up at once


class Measure(StrEnum):
    """What a cell of the grid counts: percent of the available time, days of the standard calendar, or FTE."""

    PERCENT = "%"
    DAYS = "days"
    FTE = "FTE"


class Side(StrEnum):
    """Which way round the grid lies: resources that open to their projects, or projects that open to resources."""

    RESOURCES = "resources"
    PROJECTS = "projects"


class Level(StrEnum):
    """What a line of the grid is: a team, a line of the grid's side, or one that it opens to."""

    GROUP = "group"
    TOP = "top"
    CHILD = "child"


Ids = frozenset[str | None]  # None stands for those without one
EVERY: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Lens:
    """How the book is looked at. An empty filter lets everything through; several ids in one let any of them through.

    `team`, `role`, `skill` choose resources, `project` those booked for it; `over_only` those over-booked somewhere.
    """

    grain: Grain = Grain.WEEK
    unit: Measure = Measure.PERCENT
    confirmed_only: bool = False
    team: Ids = EVERY
    role: Ids = EVERY
    skill: Ids = EVERY
    project: Ids = EVERY
    over_only: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid.

    `id`: of the team, resource or project; None for those without a team, and for bookings without a project. `row`:
    its place in `resources` or `projects` of the book, -1 for a team. `parent`: the same of the line that it opens
    from, -1 without one. `note`: the role of a resource, the reference of a project. `fte` is None for a project.
    """

    level: Level
    side: Side
    id: str | None
    row: int
    title: str
    note: str = ""
    fte: float | None = None
    unnamed: bool = False  # a role still to be named: it is demand, and never over-booked
    parent: int = -1

    @property
    def has_no_time(self) -> bool:
        """Whether nothing can be available: a project books other people's time."""
        return self.side is Side.PROJECTS and self.level is Level.TOP


@dataclass(frozen=True, eq=False)
class Grid:
    """Lines by periods. Every array is [lines, periods]; int64 ticks unless said otherwise (see rules/booking).

    `gross`: time by the working pattern; `off`: holidays and leave of it; `available`: what is left less the overhead;
    all three are of the resource in lines that a line opens to, and 0 for a project, which has no time of its own.
    `hard`: confirmed; `soft`: requested and offered, 0 where the lens leaves them out. `over`: bool, more is booked of
    the resource than there is, for a project of any of its resources; `overs`: of how many resources. `cause`: int8,
    the place in CAUSES of who makes it so, in lines that a line opens to. `load`: the same by every resource of the
    book, in its order. `bookings`: what the grid was made of. `day`: ticks of a standard day; `full`: int64[periods],
    ticks of one FTE.
    """

    lens: Lens
    side: Side
    periods: Periods
    lines: tuple[Line, ...]
    gross: Numbers
    off: Numbers
    available: Numbers
    hard: Numbers
    soft: Numbers
    over: Marks
    overs: Numbers
    cause: Codes
    load: Load
    bookings: Bookings
    day: float
    full: Numbers

    @cached_property
    def booked(self) -> Numbers:
        """Hard and soft together."""
        return self.hard + self.soft

    @property
    def sums(self) -> tuple[Numbers, Numbers, Numbers]:
        """What a line adds up: confirmed, other, and how many resources are over-booked."""
        return self.hard, self.soft, self.overs

    @cached_property
    def off_share(self) -> Reals:
        """Holidays and leave as a share of the working pattern, 0 to 1, for hatching: float64."""
        return _divide(self.off, self.gross)

    def values(self, unit: Measure | None = None) -> Reals:
        """What the cells show in a unit, by default the lens's: float64; 0 where there is none (see `defined`)."""
        unit = unit or self.lens.unit
        if unit is Measure.PERCENT:
            return _divide(self.booked, self.available) * _WHOLE
        if unit is Measure.FTE:
            return _divide(self.booked, np.broadcast_to(self.full, self.booked.shape))
        return self.booked / self.day if self.day else np.zeros(self.booked.shape)

    def defined(self, unit: Measure | None = None) -> Marks:
        """Where `values` has one: a share of no time, and days of no length, are empty."""
        unit = unit or self.lens.unit
        if unit is Measure.PERCENT:
            return self.available > 0
        kept = self.full > 0 if unit is Measure.FTE else self.day > 0
        return np.broadcast_to(kept, self.booked.shape)

    def share(self, line: int, first: int = 0, stop: int | None = None) -> Share:
        """Booked / available of one line over the periods from `first` up to `stop`, or the reason why it is empty."""
        span = slice(first, stop)
        reason = Undefined.NO_TIME_OF_ITS_OWN if self.lines[line].has_no_time else Undefined.NO_AVAILABILITY
        booked = self.hard[line, span].sum() + self.soft[line, span].sum()
        return share_of(float(booked), float(self.available[line, span].sum()), reason)

    def days(self, line: int, first: int = 0, stop: int | None = None) -> float:
        """Days booked of one line over some periods; 0 when a day has no length."""
        return float(self.booked[line, first:stop].sum()) / self.day if self.day else 0.0

    @property
    def over_cells(self) -> int:
        """How many cells of resources are over-booked, teams left out."""
        kept = [number for number, line in enumerate(self.lines) if line.level is Level.TOP]
        return int(self.over[kept].sum())


def make_grid(book: Book, lens: Lens | None = None, side: Side = Side.RESOURCES) -> Grid:
    """The grid of a book: teams with their resources, or the projects that have bookings."""
    lens = lens or Lens()
    load = measure_load(book.bookings, book.capacity, book.periods(lens.grain))
    maker = _Maker(book, lens, side, load.hardened() if lens.confirmed_only else load)
    return maker.resources() if side is Side.RESOURCES else maker.projects()


def refresh_grid(grid: Grid, book: Book) -> Grid:
    """The grid of a book that an edit has made (see `Book.with_changed`): as `make_grid`, at the cost of what changed.

    Where more than some resources' bookings differ, or the lines could be others now, all of it is made anew.
    """
    if book.edit is None or book.edit.before is not grid.bookings or grid.lens.over_only or grid.lens.project:
        return make_grid(book, grid.lens, grid.side)
    rows = sorted(book.edit.rows)
    part = measure_some(book.bookings, book.capacity, grid.periods, rows)
    load = grid.load.with_rows(rows, part.hardened() if grid.lens.confirmed_only else part)
    maker = _Maker(book, grid.lens, grid.side, load)
    if grid.side is Side.RESOURCES:
        return maker.refreshed_resources(grid, rows)
    return maker.refreshed_projects(grid, rows) or maker.projects()


def open_line(book: Book, grid: Grid, line: Line, only: Collection[int] | None = None) -> Grid:
    """What a line opens to, as a grid of its own: the projects of a resource, or the resources of a project.

    The resources that a lens filters away are not among those of a project; a team opens to nothing. `only`: row
    numbers of the resources to look at, when an edit has changed no others.
    """
    return _Maker(book, grid.lens, grid.side, grid.load).pairs(line, only)


def chosen_resources(book: Book, lens: Lens) -> Marks:
    """Which resources a lens lets through, over-booked or not: bool[resources]."""
    if lens.team or lens.role or lens.skill:
        kept = np.array([_lets_through(lens, book, each) for each in book.resources], np.bool_)
    else:
        kept = np.ones(len(book.resources), np.bool_)
    if lens.project:
        booked = np.zeros_like(kept)
        booked[book.allocations.resource[chosen_projects(book, lens)[book.allocations.project]]] = True
        kept &= booked
    return kept


def chosen_projects(book: Book, lens: Lens) -> Marks:
    """Which projects a lens lets through: bool[projects]."""
    return np.array([not lens.project or each.id in lens.project for each in book.projects], np.bool_)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the lines and arrays of a grid from the load of all resources."""

    book: Book
    lens: Lens
    side: Side
    load: Load

    def resources(self) -> Grid:
        """Teams by name, those without one last, each with its resources; a team's sums are of all that pass."""
        book, cells = self.book, self.cells(np.arange(len(self.book.resources)))
        chosen = chosen_resources(book, self.lens)
        shown = chosen & cells.over.any(axis=1) if self.lens.over_only else chosen
        rows = np.flatnonzero(shown).tolist()
        teams = sorted({book.resources[row].team for row in rows}, key=self.team_order)
        number_of = {team: number for number, team in enumerate(teams)}
        group = np.array([number_of.get(each.team, -1) for each in book.resources], np.int64)
        group[~chosen] = -1
        lines, sources = list[Line](), list[int]()
        for number, team in enumerate(teams):
            members = [row for row in rows if group[row] == number]
            lines += [self.team_line(team, np.flatnonzero(group == number)), *map(self.resource_line, members)]
            sources += [len(book.resources) + number, *members]
        stacked = cells.followed_by(cells.grouped(group, len(teams)))
        return self.grid(lines, stacked.take(np.array(sources, np.int64)))

    def projects(self) -> Grid:
        """The projects with bookings of the resources that pass."""
        hard, soft, overs = self.by_project(np.arange(len(self.book.resources)))
        kept = (hard + soft).any(axis=1) & (overs.any(axis=1) | (not self.lens.over_only))
        shown = np.flatnonzero(kept)
        lines = [self.project_line(row) for row in shown.tolist()]
        return self.grid(lines, project_cells(hard[shown], soft[shown], overs[shown]))

    def by_project(self, resources: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Confirmed, other, and how many resources are over-booked, of some resources by project and period.

        A block of resources at a time: all pairs of resources and projects at once may take a gigabyte.
        """
        book, over = self.book, self.over(resources)
        shape = (len(book.projects), self.load.periods.count)
        hard, soft, overs = (np.zeros(shape, np.int64) for _ in range(3))
        passed, wanted = chosen_resources(book, self.lens), chosen_projects(book, self.lens)
        for first in range(0, len(resources), _BLOCK):
            bookings = book.bookings.take(book.bookings.of_resources(resources[first : first + _BLOCK]))
            pairs = rows_by_pair(bookings)
            own_hard, own_soft = self.booked(bookings, pairs)
            group = np.where(passed[pairs.resource] & wanted[pairs.project], pairs.project, -1)
            too_much = over[np.searchsorted(resources, pairs.resource)]
            own_overs = (too_much & (own_hard + own_soft > 0)).astype(np.int64)
            hard += sum_groups(own_hard, group, len(book.projects))
            soft += sum_groups(own_soft, group, len(book.projects))
            overs += sum_groups(own_overs, group, len(book.projects))
        return hard, soft, overs

    def refreshed_resources(self, grid: Grid, rows: list[int]) -> Grid:
        """A grid of resources with the bookings of some of them as they are now; arrays that stay the same are kept."""
        touched, places, group = set(rows), list[tuple[int, int, int]](), 0
        for at, line in enumerate(grid.lines):
            if line.level is Level.GROUP:
                group = at
            elif line.row in touched:
                places.append((at, group, line.row))
        ats, groups, own = np.array(places, np.int64).reshape(-1, 3).T
        now = self.over(own)
        load = self.load
        hard, soft, overs = (
            _put_in(before, ats, groups, fresh)
            for before, fresh in ((grid.hard, load.hard[own]), (grid.soft, load.soft[own]), (grid.overs, now))
        )
        lines = np.concatenate([ats, groups])
        too_much = hard[groups] + soft[groups] > grid.available[groups] + ROUNDING
        over = with_lines(grid.over, lines, np.concatenate([now, too_much]))
        return replace(grid, hard=hard, soft=soft, overs=overs, over=over, load=load, bookings=self.book.bookings)

    def refreshed_projects(self, grid: Grid, rows: list[int]) -> Grid | None:
        """A grid of projects with the bookings of some resources as they are now; None where its lines are others."""
        of = np.array(rows, np.int64)
        before = _Maker(replace(self.book, bookings=grid.bookings), self.lens, self.side, grid.load).by_project(of)
        now = self.by_project(of)
        lines = [line.row for line in grid.lines]
        others = np.ones(len(self.book.projects), np.bool_)
        others[lines] = False
        sums = [old + (new - gone)[lines] for old, new, gone in zip(grid.sums, now, before, strict=True)]
        hard, soft, overs = sums
        if (now[0] + now[1])[others].any() or not (hard + soft).any(axis=1).all():
            return None
        return self.grid(grid.lines, project_cells(hard, soft, overs))

    def pairs(self, line: Line, only: Collection[int] | None = None) -> Grid:
        """The lines that one opens to: one for each resource and project that meet in its bookings."""
        bookings = self.book.bookings.take(self.bookings_of(line, only))
        pairs = rows_by_pair(bookings)
        hard, soft = self.booked(bookings, pairs)
        kept = np.flatnonzero((hard + soft).any(axis=1))
        lines = [
            self.project_line(project, Level.CHILD, resource)
            if line.side is Side.RESOURCES
            else self.resource_line(resource, Level.CHILD, project)
            for resource, project in zip(pairs.resource[kept].tolist(), pairs.project[kept].tolist(), strict=True)
        ]
        resource, hard, soft = pairs.resource[kept], hard[kept], soft[kept]
        once, place = np.unique(resource, return_inverse=True)
        whole = self.cells(once).take(place)
        over = whole.over & (hard + soft > 0)
        cause = np.where(over, judge_causes(hard + soft, whole.hard + whole.soft, whole.available), 0)
        cells = replace(whole, hard=hard, soft=soft, over=over, overs=over.astype(np.int64))
        return self.grid(lines, cells, cause.astype(np.int8))

    def bookings_of(self, line: Line, only: Collection[int] | None) -> Numbers:
        """The row numbers of the allocations that a line opens to."""
        if line.level is not Level.TOP:
            return np.zeros(0, np.int64)
        if line.side is Side.RESOURCES:
            return self.book.of_resource(line.row)
        bookings = self.book.bookings
        rows = np.arange(bookings.count) if only is None else bookings.of_resources(sorted(only))
        rows = rows[bookings.project[rows] == line.row]
        passed: Numbers = rows[chosen_resources(self.book, self.lens)[bookings.resource[rows]]]
        return passed

    def booked(self, bookings: Bookings, rows: Rows) -> tuple[Numbers, Numbers]:
        """Confirmed and other time by line and period, int64[lines, periods] each, as the lens lets it through."""
        hard, soft = add_up_by_status(bookings, self.book.capacity, self.load.periods, rows)
        return hard, np.zeros_like(soft) if self.lens.confirmed_only else soft

    def over(self, rows: Numbers) -> Marks:
        """Where some resources are over-booked: bool[rows, periods]; a role still to be named never is."""
        load = self.load
        named = np.array([self.book.resources[row].type != ResourceType.ROLE for row in rows.tolist()], np.bool_)
        over: Marks = load.hard[rows] + load.soft[rows] > load.available[rows] + ROUNDING
        return over & named[:, None]

    def cells(self, rows: Numbers) -> Cells:
        """The arrays of the resources of some row numbers."""
        capacity, load, over = self.book.capacity, self.load, self.over(rows)
        edges = (capacity.at_edges(before, load.periods, rows) for before in (capacity.gross, capacity.present))
        gross, present = (np.diff(each, axis=1) * RATE for each in edges)
        times = load.available[rows], load.hard[rows], load.soft[rows]
        return Cells(over, over.astype(np.int64), gross, gross - present, *times)

    def team_order(self, team: str | None) -> tuple[bool, str, str]:
        """By name, those without a team last."""
        return team is None, self.book.names.get(team or "", "").casefold(), team or ""

    def team_line(self, team: str | None, members: Numbers) -> Line:
        """The line above the resources of a team; its FTE is theirs together."""
        fte = sum(self.book.resources[row].fte for row in members.tolist())
        return Line(Level.GROUP, Side.RESOURCES, team, -1, self.book.names.get(team or "", NO_TEAM), fte=fte)

    def resource_line(self, row: int, level: Level = Level.TOP, parent: int = -1) -> Line:
        """The line of a resource, with its role beside the name."""
        each = self.book.resources[row]
        role = self.book.names.get(each.role or "", "")
        unnamed = each.type == ResourceType.ROLE
        return Line(level, Side.RESOURCES, each.id, row, each.name, role, each.fte, unnamed, parent)

    def project_line(self, row: int, level: Level = Level.TOP, parent: int = -1) -> Line:
        """The line of a project, with its reference beside the name."""
        each = self.book.projects[row]
        return Line(level, Side.PROJECTS, each.id, row, each.name or each.ref, each.ref, parent=parent)

    def grid(self, lines: Sequence[Line], cells: Cells, cause: Codes | None = None) -> Grid:
        """Everything together."""
        cause = np.zeros(cells.over.shape, np.int8) if cause is None else cause
        book, periods = self.book, self.load.periods
        day = (book.standard.daily_hours or 0.0) * TICKS_PER_HOUR
        full = periods.total(book.horizon.working_time(book.standard, book.days_off)) * RATE
        return Grid(
            self.lens,
            self.side,
            periods,
            tuple(lines),
            cells.gross,
            cells.off,
            cells.available,
            cells.hard,
            cells.soft,
            cells.over,
            cells.overs,
            cause,
            self.load,
            book.bookings,
            day,
            full,
        )


def _lets_through(lens: Lens, book: Book, each: ResourceLine) -> bool:
    """Whether a resource passes the filters by team, role and skill."""
    by_team = not lens.team or each.team in lens.team
    by_role = not lens.role or each.role in lens.role
    return by_team and by_role and (not lens.skill or not lens.skill.isdisjoint(book.skills.get(each.id, {})))


def _put_in(before: Numbers, lines: Numbers, groups: Numbers, fresh: Numbers | Marks) -> Numbers:
    """An array with some lines as they are now and the difference added to the lines of their groups."""
    more = fresh - before[lines]
    if not more.any():
        return before
    made = before.copy()
    made[lines] = fresh
    np.add.at(made, groups, more)
    return made


def _divide(part: Numbers, whole: Numbers) -> Reals:
    """A ratio, and 0 where there is nothing to divide by; never infinity."""
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
