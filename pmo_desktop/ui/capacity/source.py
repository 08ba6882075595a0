"""Makes the lines of the capacity grid from the book, as far as they are unfolded and let through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.capacity import Grid, Lens, Side, make_grid, open_line, refresh_grid
from pmo_desktop.figures.capacity import Level as Rank
from pmo_desktop.figures.capacity import Line as Entry
from pmo_desktop.figures.capacity import Measure as Unit
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.ui.capacity.axis import Axis
from pmo_desktop.ui.capacity.lines import LEAVE_PART, LEAVE_WHOLE, Amounts, Key, Level, Line, Measure, Renewal
from pmo_desktop.ui.capacity.wanted import PEOPLE, Wanted

_LEVELS = {Rank.GROUP: Level.GROUP, Rank.TOP: Level.HEAD, Rank.CHILD: Level.PART}
_TO_BE_NAMED = "to be named"


class Source:
    """The book as it is looked at. Lines that were opened stay open through every change of the view."""

    def __init__(self, book: Book, wanted: Wanted) -> None:
        self.opened: set[Key] = set()
        self.closed: set[Key] = set()  # teams: they are open until somebody closes them
        self.added: list[tuple[str, str | None]] = []  # resource and project of lines that wait for their first amount
        self.take(book, wanted)

    def take(self, book: Book, wanted: Wanted) -> None:
        """Look at another book, or at the same one differently."""
        self.wanted = wanted
        side = Side.RESOURCES if wanted.way == PEOPLE else Side.PROJECTS
        self._take_grid(book, make_grid(book, lens_of(wanted), side))

    def _take_grid(self, book: Book, grid: Grid) -> None:
        self.book, self.grid = book, grid
        self._entries = {key_of(entry): entry for entry in grid.lines}
        self.axis = Axis(self.grid.periods, book.data_date, book.year_starts_in)
        self.measure = Measure(self.wanted.unit, self.grid.day)

    def renew(self, book: Book) -> Renewal | None:
        """Look at a book in which a few resources are others; what may have changed in sight, None when all may."""
        before, edit = self.grid, book.edit
        grid = refresh_grid(before, book)
        if edit is None or edit.before is not before.bookings or grid.lines is not before.lines:
            self._take_grid(book, grid)
            return None
        self.book, self.grid = book, grid
        touched = frozenset(book.resources[row].id for row in edit.rows)
        if self.wanted.way == PEOPLE:
            return Renewal(self._renewed_people(touched), touched)
        met = {row for each in (edit.before, book.bookings) for row in each.projects_of(sorted(edit.rows)).tolist()}
        return Renewal(self._renewed_projects(met, edit.rows), touched)

    def _renewed_people(self, touched: Collection[str]) -> list[Line]:
        """The lines in sight of some people and of their teams."""
        changed, team = list[Line](), 0
        for place, entry in enumerate(self.grid.lines):
            if entry.level is Rank.GROUP:
                team = place
            elif entry.id in touched:
                changed += [self.top_line(each) for each in dict.fromkeys((team, place))]
                if key_of(entry) in self.opened and key_of(self.grid.lines[team]) not in self.closed:
                    changed += self.parts(changed[-1])
        return changed

    def _renewed_projects(self, projects: Collection[int], people: Collection[int]) -> list[Line]:
        """The lines of some projects, and what some people have of those that are open."""
        changed = list[Line]()
        for place, entry in enumerate(self.grid.lines):
            if entry.row in projects:
                changed.append(self.top_line(place))
                if key_of(entry) in self.opened:
                    changed += self.parts(changed[-1], people)
        return changed

    @property
    def count(self) -> int:
        """How many people, or projects, there are in sight."""
        return sum(entry.level is Rank.TOP for entry in self.grid.lines)

    @property
    def teams(self) -> int:
        """How many teams they are in."""
        return sum(entry.level is Rank.GROUP for entry in self.grid.lines)

    def lines(self) -> list[Line]:
        """The lines in sight, from the top down."""
        found: list[Line] = []
        hidden = False
        for place, entry in enumerate(self.grid.lines):
            key = key_of(entry)
            if entry.level is Rank.GROUP:
                hidden = key in self.closed
            elif hidden:
                continue
            line = self.top_line(place)
            found.append(line)
            if key in self.opened:
                found += self.parts(line)
        return found

    def top_line(self, place: int) -> Line:
        """A team, or a line that opens to others."""
        entry = self.grid.lines[place]
        key = key_of(entry)
        is_open = key not in self.closed if entry.level is Rank.GROUP else key in self.opened
        return self.line_of(self.grid, place, is_open=is_open)

    def parts(self, line: Line, only: Collection[int] | None = None) -> list[Line]:
        """What a line opens to, and the lines of it that wait for their first amount; of all resources, or of some."""
        grid = open_line(self.book, self.grid, self._entries[line.key], only)
        found = [self.line_of(grid, place, of=line) for place in range(len(grid.lines))]
        there = {each.key for each in found}
        owners = None if only is None else {self.book.resources[row].id for row in only}
        waiting = (
            self._empty(*each)
            for each in self.added
            if line.key in (("r", each[0]), ("p", each[1] or "")) and (owners is None or each[0] in owners)
        )
        return found + [each for each in waiting if each.key not in there]

    def members(self, line: Line) -> list[Line]:
        """The lines under a team, with those that are unfolded."""
        lines = self.lines()
        at = next(place for place, each in enumerate(lines) if each.key == line.key)
        end = next((at + 1 + n for n, each in enumerate(lines[at + 1 :]) if each.level is Level.GROUP), len(lines))
        return lines[at + 1 : end]

    def line_of(self, grid: Grid, place: int, *, is_open: bool = False, of: Line | None = None) -> Line:
        """One line of a grid of figures as it is shown."""
        entry, level = grid.lines[place], _LEVELS[grid.lines[place].level]
        amounts = self._amounts(grid, place, level)
        ahead = self.axis.ahead
        line = Line(
            (*of.key, *key_of(entry)) if of else key_of(entry),
            level,
            entry.title,
            entry.note or (_TO_BE_NAMED if entry.unnamed else ""),
            amounts,
            fte=None if level is Level.PART else entry.fte,
            total=int(amounts.booked[ahead].sum()),
            open=is_open,
            foldable=level is not Level.PART,
            heated=not (level is Level.PART or entry.has_no_time),
            row=entry.row,
        )
        line.mean = grid.share(place, ahead.start, ahead.stop).value if line.heated else None
        for owner, identity in (_owner(entry), _owner_of_key(of)):
            if owner:
                setattr(line, owner, identity)
        return line

    def keep_lines(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Keep the lines of resources and projects in sight, also while nothing is booked there."""
        self.added += [pair for pair in dict.fromkeys(pairs) if pair not in self.added]

    def allocations(self, line: Line, column: int) -> list[str]:
        """The ids of the allocations that a cell is made of."""
        return [self.book.ids[row] for row in self.bookings(line, column)]

    def bookings(self, line: Line, column: int) -> list[int]:
        """The row numbers in the book of the allocations that a cell is made of."""
        book, axis = self.book, self.axis
        if line.level is Level.GROUP:
            return []
        first, last = np.datetime64(axis.firsts[column], "D"), np.datetime64(axis.lasts[column], "D")
        some = np.arange(len(book.ids)) if line.resource is None else book.of_resource(book.row_of(line.resource))
        own = book.allocations.take(some)
        chosen = (own.first <= last) & (own.last >= first)
        if line.level is Level.PART or line.key[0] == "p":
            chosen &= own.project == book.project_row(line.project)
        found: list[int] = some[chosen].tolist()
        return found

    def names(self) -> dict[str, Sequence[tuple[str, str]]]:
        """What each filter can choose from: ids and names, by name."""
        book = self.book
        used: dict[str, set[str | None]] = {
            "teams": {each.team for each in book.resources},
            "roles": {each.role for each in book.resources},
            "skills": {skill for skills in book.skills.values() for skill in skills},
        }
        found: dict[str, Sequence[tuple[str, str]]] = {
            name: sorted(((id_, book.names.get(id_, "")) for id_ in ids if id_), key=lambda each: each[1].casefold())
            for name, ids in used.items()
        }
        found["projects"] = [(each.id, f"{each.ref} {each.name}".strip()) for each in book.projects if each.id]
        return found

    def _empty(self, resource: str, project: str | None) -> Line:
        """A line without an amount yet."""
        book, none = self.book, np.zeros(self.axis.count, np.int64)
        marks = np.zeros(self.axis.count, np.bool_)
        amounts = Amounts(none, none, none, self.grid.full, marks, marks.astype(np.int8))
        person, job = book.resources[book.row_of(resource)], book.projects[book.project_row(project)]
        if self.wanted.way == PEOPLE:
            key, name, note = ("r", resource, "p", project or ""), job.name or job.ref, job.ref
        else:
            key, name, note = ("p", project or "", "r", resource), person.name, book.names.get(person.role or "", "")
        return Line(key, Level.PART, name, note, amounts, resource=resource, project=project, heated=False)

    def _amounts(self, grid: Grid, place: int, level: Level) -> Amounts:
        part = level is Level.PART
        return Amounts(
            grid.hard[place] + grid.soft[place],  # of this line alone: an edit renews a few of a thousand
            grid.soft[place],
            grid.available[place],
            grid.full,
            grid.over[place],
            np.zeros(grid.periods.count, np.int8) if part else _leave(grid, place, level),
        )


def lens_of(wanted: Wanted) -> Lens:
    """What the figures call what is wanted."""
    return Lens(
        Grain(wanted.grain),
        Unit(wanted.unit),
        wanted.confirmed_only,
        frozenset(wanted.teams),
        frozenset(wanted.roles),
        frozenset(wanted.skills),
        frozenset(wanted.projects),
        wanted.over_only,
    )


def key_of(entry: Entry) -> Key:
    """What tells a line from the others, whatever the view."""
    if entry.level is Rank.GROUP:
        return ("t", entry.id or "")
    return ("r" if entry.side is Side.RESOURCES else "p", entry.id or "")


def _owner(entry: Entry) -> tuple[str, str | None]:
    """Which of the two ids of a line it is, and that id; nothing for a team."""
    if entry.level is Rank.GROUP:
        return "", None
    return ("resource" if entry.side is Side.RESOURCES else "project", entry.id)


def _owner_of_key(of: Line | None) -> tuple[str, str | None]:
    """The same of the line that a part belongs to."""
    if of is None:
        return "", None
    return ("resource", of.resource) if of.key[0] == "r" else ("project", of.project)


def _leave(grid: Grid, place: int, level: Level) -> NDArray[np.int8]:
    """Where holidays and leave take some or all of the time; of a team only where nobody is left."""
    off, gross = grid.off[place], grid.gross[place]
    whole = (off >= gross) & (gross > 0)
    some = (off > 0) if level is Level.HEAD else whole
    return np.where(whole, LEAVE_WHOLE, np.where(some, LEAVE_PART, 0)).astype(np.int8)
