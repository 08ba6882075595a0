"""Smoothing and levelling of what is booked: which allocations move by how many weeks, and what that is good for.

Each allocation from the data date on is an activity, in whole weeks, that asks for a share of its resource's time. An
allocation follows those of its project that end in a week before the one it starts in, without lag. Nothing moves
forward in time. Smoothing keeps every project's finish and gates; levelling may pass them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.cells import days_text
from pmo_desktop.figures.slate import Booked, Changes, Slate, read_slate
from pmo_desktop.rules.booking import TICKS_PER_HOUR, Marks
from pmo_desktop.rules.calendar import DAYS_PER_WEEK, HOURS_PER_DAY, Grain, Horizon, Numbers, Periods, cut_periods
from pmo_desktop.rules.levelling import find_misfits, level
from pmo_desktop.rules.load import ROUNDING, measure_load
from pmo_desktop.rules.plan import Activity, Plan
from pmo_desktop.rules.smoothing import smooth
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.rules.words import MilestoneType, ResourceType
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_linked, read_rows

MOST_ACTIVITIES = 1_500
ROUNDS = 20
_WHOLE = 10_000  # hundredths of a percent of the time available
_NO_LIMIT = 1_000 * _WHOLE  # of a role still to be named, and of a week of leave, in which nothing is booked
_AHEAD = 52  # weeks beyond the last booking for which leave and holidays are looked at
_FEW = 3
_WEEK = timedelta(DAYS_PER_WEEK)
ASSUMED = (
    "Allocations from the data date on move by whole weeks, later only, with what they book. Within a project one that "
    "starts in a week after another has ended follows it, without lag."
)
SMOOTHED = "No project's bookings pass its finish, and none that end before a gate pass that gate."
LEVELLED = "Bookings may pass the finish of their project and its gates; those dates themselves are not changed."


@dataclass(frozen=True, slots=True)
class Move:
    """One allocation that starts so many weeks later; `resource` and `project` are what they are called."""

    before: Booked
    after: Booked
    resource: str
    project: str

    @property
    def weeks(self) -> int:
        """How far it moves."""
        return (self.after.part.first - self.before.part.first).days // DAYS_PER_WEEK


@dataclass(frozen=True, slots=True)
class Finish:
    """The last day booked of a project before and after, and its forecast finish if it has one."""

    project: str
    before: date
    after: date
    forecast: date | None

    @property
    def is_late(self) -> bool:
        """Whether it would be booked beyond its forecast finish, and is not now."""
        return self.forecast is not None and self.after > self.forecast >= self.before

    @property
    def was_late(self) -> bool:
        """Whether it is booked beyond its forecast finish already."""
        return self.forecast is not None and self.before > self.forecast


@dataclass(frozen=True, slots=True)
class Levelled:
    """A proposal: who moves, and when projects finish.

    `before` and `after`: how many weeks of resources are over-booked, and by how many standard days in all.
    `stuck`: resources that stay over-booked, by name.
    """

    moves: tuple[Move, ...]
    before: tuple[int, float]
    after: tuple[int, float]
    finishes: tuple[Finish, ...]
    stuck: tuple[str, ...]
    may_pass_finish: bool
    changes: Changes
    stored: tuple[Booked, ...]

    @property
    def assumed(self) -> str:
        """What it stands on, in words."""
        return f"{ASSUMED} {LEVELLED if self.may_pass_finish else SMOOTHED}"

    def words(self) -> str:
        """What it comes to, in a sentence or two."""
        if not self.before[0]:
            return "Nobody is over-booked from the data date on: there is nothing to move."
        left = (
            f" {join_words(_some(self.stuck))} {'stays' if len(self.stuck) == 1 else 'stay'} over-booked."
            if self.stuck
            else ""
        )
        if not self.moves:
            return f"No move makes it better.{left}"
        moved = count_text(len(self.moves), "allocation")
        return f"With {moved} moved: {self.effect()}.{left}"

    def effect(self) -> str:
        """`over-booked by 8 d in 3 weeks before, nowhere after`."""
        return f"over-booked {_by(self.before)} before, {_by(self.after)} after"


def propose(
    store: Store,
    book: Book,
    projects: Collection[str] | None = None,
    *,
    may_pass_finish: bool = False,
    scenario: str | None = None,
) -> Levelled:
    """Smoothing, or levelling when projects may finish later, of all projects or of some (by id).

    `book` is that of the plan, or of the scenario when one is named.

    Raises Known when there is more to be moved than can be worked out while somebody waits.
    """
    chosen = _chosen(book, projects)
    over = _over_booked(book, chosen)
    ids = _affected(book, chosen, over)
    if len(ids) > MOST_ACTIVITIES:
        message = (
            f"{len(ids):,} allocations would have to be moved, which is more than the {MOST_ACTIVITIES:,} that can be "
            "worked out at once. Choose fewer projects."
        )
        raise Known(message)
    slate = _read_slate(store, book, ids, over, scenario)
    table = _Table.of(book, slate, [slate.rows[each] for each in ids if each in slate.rows])
    limits = {} if may_pass_finish else _limits(store, table)
    starts = table.level() if may_pass_finish else table.smooth(limits)
    after = slate.copy()
    for row, start in zip(table.rows, starts, strict=True):
        by = timedelta(DAYS_PER_WEEK * start) - (table.monday(row.part.first) - table.first)
        after.add(replace(row, part=replace(row.part, first=row.part.first + by, last=row.part.last + by)))
    if _excess(after, book) >= _excess(slate, book):
        after = slate.copy()
    return _levelled(store, book, table, after, may_pass_finish=may_pass_finish)


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The allocations as activities. `shares`: of each row the most it has of its resource in a week."""

    slate: Slate
    rows: tuple[Booked, ...]
    resources: tuple[str, ...]
    weeks: Periods
    first: date
    shares: Mapping[str, int]
    capacity: Mapping[str, Numbers]

    @classmethod
    def of(cls, book: Book, slate: Slate, rows: Sequence[Booked]) -> _Table:
        """The activities that fit at all; those that ask for more than there ever is stay where they are."""
        resources = tuple(dict.fromkeys(row.resource for row in rows))
        first = book.data_date - timedelta(book.data_date.weekday())
        last = next((diary.horizon.last for diary in slate.diaries.values()), first + _WEEK)
        weeks = cut_periods(Horizon(first, last + timedelta(DAYS_PER_WEEK - 1 - last.weekday())), Grain.WEEK)
        shares = {row.id: _share(slate, row) for row in rows}
        made = cls(slate, tuple(rows), resources, weeks, first, shares, {})
        return made.fitting()

    def fitting(self) -> _Table:
        """The same without what fits nowhere; that takes time from the others where it stands."""
        table = replace(self, capacity=self.left({row.id for row in self.rows}))
        while misfits := find_misfits(table.plan()):
            rows = tuple(row for number, row in enumerate(table.rows) if number not in misfits)
            table = replace(table, rows=rows, capacity=table.left({row.id for row in rows}))
        return table

    def left(self, movable: Collection[str]) -> dict[str, Numbers]:
        """What other bookings leave of each resource by week, in hundredths of a percent of its time."""
        return {each: _left(self.slate, each, self.first, self.weeks.count, movable) for each in self.resources}

    def monday(self, day: date) -> date:
        """The first day of a week."""
        return day - timedelta(day.weekday())

    def week(self, day: date) -> int:
        """The number of the week in which a day lies."""
        return (self.monday(day) - self.first).days // DAYS_PER_WEEK

    def plan(self, limits: Mapping[int, Sequence[int]] | None = None) -> Plan:
        """The activities in weeks; `limits`: week -> rows that must have ended before it, for a tail that holds them.

        A tail asks for nothing, starts when the week comes and lasts to the end: what it follows cannot pass it.
        """
        end = max([*(limits or {}), *(self.week(row.part.last) + 1 for row in self.rows)], default=0)
        activities = [self.activity(row, after) for row, after in zip(self.rows, self.chains(), strict=True)]
        nothing = (0,) * len(self.resources)
        for week, rows in (limits or {}).items():
            activities.append(Activity(end - week, nothing, tuple(rows), week))
        return Plan(tuple(activities), tuple(tuple(self.capacity[each].tolist()) for each in self.resources))

    def activity(self, row: Booked, after: Sequence[int]) -> Activity:
        """One allocation, which starts no sooner than it does now."""
        first, last = self.week(row.part.first), self.week(row.part.last)
        demand = tuple(self.shares[row.id] if each == row.resource else 0 for each in self.resources)
        return Activity(last - first + 1, demand, tuple(after), first)

    def chains(self) -> list[list[int]]:
        """The rows that each one follows: those of its project that end before it starts, as near as can be."""
        spans = [(self.week(row.part.first), self.week(row.part.last)) for row in self.rows]
        by_project: defaultdict[str | None, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            by_project[row.project].append(number)
        found: list[list[int]] = []
        for number, row in enumerate(self.rows):
            peers = by_project[row.project] if row.project else []
            before = [each for each in peers if spans[each][1] < spans[number][0]]
            latest = max((spans[each][0] for each in before), default=0)
            found.append([each for each in before if spans[each][1] >= latest])
        return found

    def level(self) -> Sequence[int]:
        """Start weeks that may pass every finish."""
        return level(self.plan(), ROUNDS).starts if self.rows else ()

    def smooth(self, limits: Mapping[int, Sequence[int]]) -> Sequence[int]:
        """Start weeks within the limits."""
        return smooth(self.plan(limits)).starts[: len(self.rows)] if self.rows else ()


def _chosen(book: Book, projects: Collection[str] | None) -> Marks:
    """Which allocations are of projects, of all or of some: bool[allocations]."""
    chosen = np.array([projects is None or each.id in projects for each in book.projects])
    marks: Marks = chosen[book.allocations.project]
    return marks


def _over_booked(book: Book, chosen: Marks) -> Marks:
    """Who is over-booked from the data date on and booked for a chosen project: bool[resources]."""
    weeks = book.periods(Grain.WEEK)
    load = measure_load(book.bookings, book.capacity, weeks)
    named = np.array([each.type != ResourceType.ROLE for each in book.resources], np.bool_)
    now = weeks.of_day(min(book.horizon.length - 1, max(0, book.horizon.index(book.data_date))))
    booked = np.zeros(len(named), np.bool_)
    booked[book.allocations.resource[chosen]] = True
    marks: Marks = load.over[:, now:].any(axis=1) & named & booked
    return marks


def _affected(book: Book, chosen: Marks, over: Marks) -> list[str]:
    """The allocations that may move: of projects that book somebody who is over-booked, from the data date on.

    Bookings without a project stay: nobody says what they may wait for.
    """
    allocations = book.allocations
    owned = np.array([each.id is not None for each in book.projects])[allocations.project]
    later = chosen & owned & (allocations.first > np.datetime64(book.data_date, "D"))
    touched = np.unique(allocations.project[later & over[allocations.resource]])
    return [book.ids[row] for row in np.flatnonzero(later & np.isin(allocations.project, touched)).tolist()]


def _read_slate(store: Store, book: Book, ids: Sequence[str], over: Marks, scenario: str | None) -> Slate:
    """The bookings of who is over-booked and of whose allocations may move, with time ahead to move into."""
    among = set(ids)
    numbers = [row for row, identity in enumerate(book.ids) if identity in among]
    rows = {*book.allocations.resource[numbers].tolist(), *np.flatnonzero(over).tolist()}
    people = {book.resources[row].id for row in rows}
    latest = max((each.item() for each in book.allocations.last[numbers]), default=book.data_date)
    return read_slate(store, people, book.data_date - _WEEK, max(latest, book.data_date) + _WEEK * _AHEAD, scenario)


def _share(slate: Slate, row: Booked) -> int:
    """The most that a row has of its resource in one of its weeks, in hundredths of a percent, rounded up."""
    diary = slate.diaries[row.resource]
    weeks = cut_periods(diary.horizon, Grain.WEEK)
    booked, there = weeks.total(diary.amounts(row.part)), weeks.total(diary.available_by_day())
    shares = np.divide(booked * float(_WHOLE), there, out=np.zeros(len(there)), where=there > 0)
    return int(np.ceil(shares.max(initial=0.0) - _WHOLE * 1e-6))


def _left(slate: Slate, resource: str, first: date, count: int, movable: Collection[str]) -> Numbers:
    """What is left of a resource by week: int64[count] in hundredths of a percent; 0 when it is not there."""
    diary = slate.diaries[resource]
    weeks = cut_periods(diary.horizon, Grain.WEEK)
    fixed = np.zeros(diary.horizon.length, np.int64)
    for row in slate.rows.values():
        if row.resource == resource and row.id not in movable:
            fixed += diary.amounts(row.part)
    booked, there = weeks.total(fixed), weeks.total(diary.available_by_day())
    share = np.divide(booked * float(_WHOLE), there, out=np.zeros(len(there)), where=there > 0)
    left = np.maximum(0, np.floor(_WHOLE - share + _WHOLE * 1e-6)).astype(np.int64)
    left[there == 0] = _NO_LIMIT
    if slate.lines[resource].type == ResourceType.ROLE:
        left[:] = _NO_LIMIT
    gone = [diary.employed(begin, end) is None for begin, end in zip(weeks.firsts, weeks.lasts, strict=True)]
    left[np.array(gone)] = 0
    at = weeks.of_day(max(0, diary.horizon.index(first)))
    kept = left[at : at + count]
    return np.append(kept, kept[-1:] if len(kept) else [_WHOLE])


def _limits(store: Store, table: _Table) -> dict[int, list[int]]:
    """The weeks before which rows must have ended: week -> rows. What passes a date already stays where it is."""
    finishes, gates = _finishes(store, table.slate, table.rows), _gates(store, table.rows)
    limits: defaultdict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(table.rows):
        ahead = [gate for gate in gates[row.project] if gate >= row.part.last]
        due = min([finishes.get(row.project, row.part.last), *ahead])
        room = max(0, (due - row.part.last).days // DAYS_PER_WEEK)
        limits[table.week(row.part.last) + 1 + room].append(number)
    return dict(limits)


def _finishes(store: Store, slate: Slate, rows: Collection[Booked]) -> dict[str | None, date]:
    """The finish of each project: its forecast, else the last day that is booked for it."""
    found: dict[str | None, date] = {}
    for row in slate.rows.values():
        found[row.project] = max(row.part.last, found.get(row.project, row.part.last))
    for record in read_rows(store, "project", {row.project for row in rows if row.project}):
        if record["finish_forecast"] is not None:
            found[record["id"]] = record["finish_forecast"]
    return found


def _gates(store: Store, rows: Collection[Booked]) -> defaultdict[str | None, list[date]]:
    """The days of the gates of projects that are still to come."""
    found: defaultdict[str | None, list[date]] = defaultdict(list)
    for record in read_linked(store, "milestone", "project", {row.project for row in rows if row.project}):
        day = record["forecast"] or record["baseline"]
        if record["type"] == MilestoneType.GATE and record["actual"] is None and day is not None:
            found[record["project"]].append(day)
    return found


def _over(slate: Slate, book: Book) -> dict[str, int]:
    """Over-booked weeks from the data date on, by the id of the resource."""
    found = {}
    for resource in slate.diaries:
        if slate.lines[resource].type != ResourceType.ROLE:
            found[resource] = int((_by_week(slate, resource, book) > ROUNDING).sum())
    return {resource: weeks for resource, weeks in found.items() if weeks}


def _excess(slate: Slate, book: Book) -> int:
    """What is over-booked from the data date on in all, in ticks."""
    named = [each for each in slate.diaries if slate.lines[each].type != ResourceType.ROLE]
    return sum(int(np.maximum(0, _by_week(slate, each, book)).sum()) for each in named)


def _by_week(slate: Slate, resource: str, book: Book) -> Numbers:
    """Booked less available time of the weeks from the data date on: int64[weeks] in ticks."""
    horizon = slate.diaries[resource].horizon
    weeks = cut_periods(horizon, Grain.WEEK)
    now = weeks.of_day(max(0, horizon.index(book.data_date)))
    return weeks.total(slate.excess_by_day(resource))[now:]


def _levelled(store: Store, book: Book, table: _Table, after: Slate, *, may_pass_finish: bool) -> Levelled:
    """The proposal of a slate."""
    before, changes = table.slate, after.changes()
    called = {each.id: each.called for each in book.projects}
    moves = [
        Move(before.rows[row.id], row, before.lines[row.resource].name, called.get(row.project, ""))
        for row in changes.changed
    ]
    moves.sort(key=lambda move: (move.resource, move.before.part.first, move.project))
    over, left = _over(before, book), _over(after, book)
    day = (book.standard.daily_hours or HOURS_PER_DAY) * TICKS_PER_HOUR
    return Levelled(
        moves=tuple(moves),
        before=(sum(over.values()), _excess(before, book) / day),
        after=(sum(left.values()), _excess(after, book) / day),
        finishes=_last_days(store, book, moves, called),
        stuck=tuple(sorted(before.lines[each].name for each in left)),
        may_pass_finish=may_pass_finish,
        changes=changes,
        stored=tuple(move.before for move in moves),
    )


def _last_days(store: Store, book: Book, moves: Sequence[Move], called: Mapping[str | None, str]) -> tuple[Finish, ...]:
    """The last days booked of the projects of which something moves, by anybody."""
    moved = {move.after.id: move.after.part.last for move in moves}
    ends: defaultdict[str | None, list[tuple[date, date]]] = defaultdict(list)
    touched = {move.before.project for move in moves}
    for row, identity in enumerate(book.ids):
        project = book.projects[book.allocations.project[row]].id
        if project in touched:
            last = book.allocations.last[row].item()
            ends[project].append((last, moved.get(identity, last)))
    forecasts = {
        row["id"]: row["finish_forecast"] for row in read_rows(store, "project", [each for each in touched if each])
    }
    found = [
        Finish(called[project], max(one for one, _ in days), max(two for _, two in days), forecasts.get(project or ""))
        for project, days in ends.items()
    ]
    return tuple(sorted(found, key=lambda each: each.project))


def _by(over: tuple[int, float]) -> str:
    weeks, days = over
    return f"by {days_text(days)} in {count_text(weeks, 'week')}" if weeks else "nowhere"


def _some(names: Sequence[str]) -> list[str]:
    """The first few, and how many more."""
    more = len(names) - _FEW
    return [*names[:_FEW], f"{more:,} more"] if more > 0 else list(names)
