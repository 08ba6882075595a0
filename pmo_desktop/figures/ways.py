"""Ways to resolve an over-booked cell: move, reassign, reduce or ask, each with its effect and what it would write.

A way is only offered when it makes no other week, month or quarter of anybody over-booked that was not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.cells import Cell, Entry, days_text, read_cell
from pmo_desktop.figures.requests import Prospect, Wanted, candidates
from pmo_desktop.figures.slate import Booked, Changes, Slate, read_slate
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.booking import TICKS_PER_HOUR, Marks, Unit
from pmo_desktop.rules.calendar import DAYS_PER_WEEK, Grain, Horizon, cut_periods
from pmo_desktop.rules.capacity import WHOLE
from pmo_desktop.rules.cutting import tell
from pmo_desktop.rules.load import ROUNDING
from pmo_desktop.rules.precedence import rank_priority
from pmo_desktop.rules.wording import day_month, percent_text, short_day
from pmo_desktop.rules.words import ResourceType
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
MOST_PEOPLE = 3  # candidates offered
MOST_WEEKS = 26  # how far a move is looked for
_WEEK = timedelta(DAYS_PER_WEEK)


class Verb(StrEnum):
    """What a way does."""

    MOVE = "Move"
    REASSIGN = "Reassign"
    REDUCE = "Reduce"
    ASK = "Ask"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `title` and `effect` are what is said of it; `relief` is what the cell has less, in ticks.

    `settles`: the cell is no longer over-booked. `changes` is what it writes, `stored` the rows that it starts from.
    """

    verb: Verb
    title: str
    effect: str
    relief: int
    settles: bool
    changes: Changes
    stored: tuple[Booked, ...]


def find_ways(store: Store, book: Book, row: int, span: Horizon, scenario: str | None = None) -> list[Way]:
    """The ways out of an over-booked cell, those that settle it first; [] when it is not over-booked.

    `book` is that of the plan, or of the scenario when one is named.

    The one that gives way is of the project of the lowest priority; tentative bookings before confirmed ones.
    Raises ValueError for days that the book does not have.
    """
    cell = read_cell(book, row, span)
    if not cell.over:
        return []
    giver = max(cell.entries, key=lambda entry: _weight(book, cell, entry))
    relief = min(cell.excess, giver.ticks)
    skills = book.skills.get(cell.resource.id, {})
    wanted = Wanted(span, relief, giver.role or cell.resource.role, skills)
    people = [each for each in candidates(book, wanted) if each.row != row][: MOST_PEOPLE * 2]
    slate = read_slate(store, [cell.resource.id, *(each.resource.id for each in people)], *_around(span), scenario)
    if giver.id not in slate.rows:
        return []
    found = _Finder(store, book, cell, giver, relief, slate)
    ways = [*found.moves(), *found.reassignments(people), *found.reductions(), *found.questions()]
    return sorted(ways, key=lambda way: not way.settles)


@dataclass(frozen=True, slots=True)
class _Finder:
    """What one contributor of a cell can do about it."""

    store: Store
    book: Book
    cell: Cell
    giver: Entry
    relief: int
    slate: Slate

    @property
    def booked(self) -> Booked:
        return self.slate.rows[self.giver.id]

    @property
    def span(self) -> tuple[date, date]:
        part = self.booked.part
        return max(part.first, self.cell.span.first), min(part.last, self.cell.span.last)

    @property
    def project(self) -> str:
        return self.book.projects[self.giver.project].called

    def moves(self) -> Iterator[Way]:
        """What is too much goes into the nearest week with room, within the project's dates and not into the past."""
        earliest, latest = self.window()
        mine = self.slate.diaries[self.booked.resource]
        units = self.booked.part.unit, Unit.DAYS, Unit.HOURS
        for monday in _nearest(self.cell.span):
            sunday = monday + _WEEK - timedelta(1)
            room = mine.available(monday, sunday) - self.slate.booked(self.booked.resource, monday, sunday)
            if (
                monday < earliest
                or sunday > latest
                or room < self.relief
                or (there := mine.employed(monday, sunday)) is None
                or (part := tell(mine, *there, self.relief, units)) is None
            ):
                continue
            after = self.reduced()
            after.add(replace(self.booked, id=new_id(), part=part))
            free = days_text(self.cell.days(room))
            title = f"Move {self.said} of {self.project} to the week of {day_month(monday)}"
            way = self.way(Verb.MOVE, title, f"{free} free that week{self.still}", after)
            if way:
                yield way
                return

    def reassignments(self, people: Collection[Prospect]) -> Iterator[Way]:
        """What is too much goes to somebody with the role or skill and the time, the best first."""
        offered = 0
        for each in people:
            there = self.slate.diaries[each.resource.id].employed(*self.span)
            if each.free < self.relief or there != self.span or offered == MOST_PEOPLE:
                continue
            after = self.slate.copy()
            after.hand_over(self.booked, each.resource.id, self.span, self.relief / self.giver.ticks * WHOLE)
            name, span = each.resource.name, self.cell.span
            load = after.booked(each.resource.id, span.first, span.last)
            there_is = after.diaries[each.resource.id].available(span.first, span.last)
            share = percent_text(load / there_is * WHOLE) if there_is else "no time"
            title = f"Reassign {self.said} of {self.project} to {name}"
            way = self.way(Verb.REASSIGN, title, f"{each.words}; then at {share}{self.still}", after)
            if way:
                offered += 1
                yield way

    def reductions(self) -> Iterator[Way]:
        """What is too much is not done."""
        title = f"Reduce {self.project} by {self.said}"
        left = days_text(self.cell.days(self.giver.ticks - self.relief))
        effect = f"{left} of {self.project} stay{self.still}"
        yield from filter(None, [self.way(Verb.REDUCE, title, effect, self.reduced())])

    def questions(self) -> Iterator[Way]:
        """The project's manager is asked; nothing moves before the answer."""
        projects = read_rows(self.store, "project", [self.booked.project]) if self.booked.project else []
        names = read_names(self.store)
        manager = names.get(projects[0]["pm"] or "") if projects else None
        asked = manager or f"the manager of {self.project}"
        after = self.slate.copy()
        days = f"{short_day(self.span[0])} to {short_day(self.span[1])}"
        note = f"{self.cell.resource.name} is over-booked by {self.over_words}, {days}; can {self.project} give way?"
        after.ask(self.booked, self.span, f"Asked on {short_day(self.book.data_date)}: {note}")
        title = f"Ask {asked} whether {self.project} can give way"
        effect = "The booking becomes Requested, with the question in its comment"
        yield from filter(None, [self.way(Verb.ASK, title, effect, after)])

    def reduced(self) -> Slate:
        """The slate with what is too much taken off the contributor."""
        after = self.slate.copy()
        unit = self.booked.part.unit
        after.lower(self.booked, self.span, self.giver.ticks - self.relief, (unit, Unit.HOURS))
        return after

    def way(self, verb: Verb, title: str, effect: str, after: Slate) -> Way | None:
        """A way, unless it would over-book a week, month or quarter that was not."""
        if harms(self.slate, after, self.book.year_starts_in):
            return None
        span = self.cell.span.first, self.cell.span.last
        mine = self.booked.resource
        relief = self.slate.booked(mine, *span) - after.booked(mine, *span)
        changes = after.changes()
        touched = {*changes.gone, *(row.id for row in changes.changed)}
        stored = tuple(row for row in after.stored.values() if row.id in touched)
        return Way(verb, title, effect, relief, self.cell.excess - relief <= ROUNDING, changes, stored)

    def window(self) -> tuple[date, date]:
        """The days to which work may move: those of the project, from the data date on, and those of the slate."""
        horizon = self.slate.diaries[self.booked.resource].horizon
        rows: list[dict[str, Any]] = []
        if self.booked.project:
            rows = read_rows(self.store, "project", [self.booked.project])
        start = rows[0]["start_forecast"] if rows else None
        finish = rows[0]["finish_forecast"] if rows else None
        earliest = max(horizon.first, self.book.data_date, start or date.min)
        return earliest, min(horizon.last, finish or date.max)

    @property
    def said(self) -> str:
        return days_text(self.cell.days(self.relief))

    @property
    def over_words(self) -> str:
        return days_text(self.cell.days(self.cell.excess))

    @property
    def still(self) -> str:
        left = self.cell.excess - self.relief
        return f"; still over-booked by {days_text(self.cell.days(left))}" if left > ROUNDING else ""


def harms(before: Slate, after: Slate, year_starts_in: int = 1) -> bool:
    """Whether a week, month or quarter of somebody is over-booked after some changes that was not, or is so by more.

    Roles still to be named are never over-booked.
    """
    for resource in after.touched():
        diary = before.diaries[resource]
        if before.lines[resource].type == ResourceType.ROLE:
            continue
        for grain in GRAINS:
            periods = cut_periods(diary.horizon, grain, year_starts_in)
            one, other = (np.maximum(0, periods.total(each.excess_by_day(resource))) for each in (before, after))
            worse: Marks = (other > ROUNDING) & (other > one + TICKS_PER_HOUR // 1_000)
            if worse.any():
                return True
    return False


def _weight(book: Book, cell: Cell, entry: Entry) -> tuple[bool, float, bool, int, str]:
    """Who gives way first is the largest: of the lowest priority, then tentative, then with most of the cell."""
    rank = rank_priority(book.projects[entry.project].priority)
    lowest = cell.gives_way is not None and cell.gives_way.row == entry.project
    return lowest, rank or 0.0, not entry.hard, entry.ticks, entry.id


def _around(span: Horizon) -> tuple[date, date]:
    """The days that are looked at: whole weeks on both sides as far as a move may go."""
    reach = _WEEK * (MOST_WEEKS + 1)
    first, last = span.first - timedelta(span.first.weekday()) - reach, span.last + reach
    return first, last + timedelta(DAYS_PER_WEEK - 1 - last.weekday())


def _nearest(span: Horizon) -> Iterator[date]:
    """The Mondays around a span, the nearest first, the later of two before the earlier."""
    after = span.last + timedelta(DAYS_PER_WEEK - span.last.weekday())
    before = span.first - timedelta(span.first.weekday()) - _WEEK
    for number in range(MOST_WEEKS):
        yield after + _WEEK * number
        yield before - _WEEK * number
