"""The capacity book: who there is, what time they have, and what is booked of it, read once for all of its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from pmo_desktop.rules.booking import Allocations, Bookings, Marks, Unit, place
from pmo_desktop.rules.calendar import (
    HOURS_PER_DAY,
    Days,
    Grain,
    Horizon,
    Numbers,
    Periods,
    WorkingPattern,
    cut_periods,
    full_time_equivalent,
)
from pmo_desktop.rules.capacity import WHOLE, Absence, Capacity, CapacityFlag, Worker, check_worker, measure_capacity
from pmo_desktop.rules.staffing import ANY_LEVEL
from pmo_desktop.rules.window import Splice, cut_bookings, cut_capacity
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit, RecordStatus, ResourceType
from pmo_desktop.store.bookings import BookingColumns, booked_span, owners_of, read_bookings
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_rows, read_settings

ALLOCATION = "allocation"
NO_PROJECT, NO_TEAM, NO_ROLE = "No project", "No team", "No role"
STANDARD = WorkingPattern((7.5, 7.5, 7.5, 7.5, 7.5, 0, 0))  # where the file has no standard calendar
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {
    AllocationUnit.FTE: Unit.FTE,
    AllocationUnit.PERCENT: Unit.PERCENT,
    AllocationUnit.DAYS: Unit.DAYS,
    AllocationUnit.HOURS: Unit.HOURS,
}
_BACK, _AHEAD, _LEAST = (timedelta(weeks=each) for each in (52, 260, 26))  # how far days are looked at
_EPOCH = date(1970, 1, 1).toordinal()  # day 0 of datetime64
_PEOPLE = {"resource", "absence", "resource_skill", "team", "role", "skill", "project"}
_REREAD = {"settings", "calendar", "holiday"}  # changed seldom, and the time of many people with them
_SCALE = 10_000.0  # quantities are stored in ten-thousandths


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """One resource: what it is called, where it belongs (ids of role, team and person), and its working time."""

    id: str
    name: str
    type: str
    role: str | None
    team: str | None
    person: str | None
    worker: Worker
    flags: tuple[CapacityFlag, ...]

    @property
    def fte(self) -> float:
        """Its share of a full time."""
        return self.worker.counted_share


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project that can be booked for; `id` is None for bookings without one."""

    id: str | None
    ref: str
    name: str
    priority: str
    rag: str | None

    @property
    def called(self) -> str:
        """Its reference, else its name."""
        return self.ref or self.name


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """What differs from an earlier book: the bookings of some resources; `before` is what it had."""

    before: Bookings
    rows: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Everything capacity is reckoned from; row numbers in the arrays are places in `resources` and `projects`.

    `ids`, `roles`, `statuses`: of each allocation, in the order of `allocations`. `names`: of teams, roles and skills,
    by id. `skills`: the level of each skill by the ids of resource and skill. `days_off`: holidays of the standard
    calendar. The last of `projects` is that of bookings without a project.
    """

    horizon: Horizon
    data_date: date
    standard: WorkingPattern
    days_off: frozenset[date]
    year_starts_in: int
    resources: tuple[ResourceLine, ...]
    projects: tuple[ProjectLine, ...]
    names: Mapping[str, str]
    skills: Mapping[str, Mapping[str, int]]
    capacity: Capacity
    ids: Sequence[str]
    roles: Sequence[str | None]
    statuses: Sequence[str | None]
    allocations: Allocations
    bookings: Bookings
    windowed: bool = False  # the days were asked for, instead of all that is booked
    edit: Edit | None = None  # how it came from another book, where only bookings of some resources differ

    def periods(self, grain: Grain) -> Periods:
        """The weeks, months, quarters or years of the horizon."""
        return cut_periods(self.horizon, grain, self.year_starts_in)

    def row_of(self, resource: str) -> int:
        """The row number of a resource. Raises KeyError."""
        return _place_of([line.id for line in self.resources], resource)

    def project_row(self, project: str | None) -> int:
        """The row number of a project, None for bookings without one. Raises KeyError."""
        return _place_of([line.id for line in self.projects], project)

    def of_resource(self, row: int) -> Numbers:
        """The row numbers of a resource's allocations."""
        return self.bookings.of_resources([row])

    def with_changed(self, store: Store, rows: Mapping[str, Collection[str]]) -> Book:
        """The book after a batch: `rows` are the ids it touched, by entity, as Changed has them.

        Only the resources whose bookings or working time changed are read and reckoned anew; all else is shared with
        this book. Where resources or projects came, went or are ordered anew, it is read again.
        """
        told = rows.keys() & (_PEOPLE | _REREAD | {ALLOCATION})
        if not told:
            return self
        fresh = self._with_people(store) if told & _PEOPLE else self
        if told & _REREAD or fresh is None:
            return read_book(store, self.horizon if self.windowed else None)
        touched = self._booked_by(store, rows.get(ALLOCATION, ()))
        if fresh is self:
            return self.with_bookings(store, touched)
        pairs = enumerate(zip(self.resources, fresh.resources, strict=True))
        touched |= {row for row, (before, now) in pairs if before.worker != now.worker}
        return replace(fresh.with_bookings(store, touched), edit=None)  # more differs than bookings: names, teams

    def _with_people(self, store: Store) -> Book | None:
        """The same bookings of resources and projects read anew; None where these are others now."""
        resources, projects = read_resources(store, read_calendars(store)), read_projects(store)
        for before, now in ((self.resources, resources), (self.projects, projects)):
            if [each.id for each in before] != [each.id for each in now]:
                return None
        names, skills = read_called(store), read_skills(store)
        return replace(self, resources=resources, projects=projects, names=names, skills=skills)

    def _booked_by(self, store: Store, allocations: Collection[str]) -> set[int]:
        """The resources that some allocations were booked of, or are now."""
        with store.reading() as connection:
            owners = set(owners_of(connection, allocations).values())
        touched = {row for row, line in enumerate(self.resources) if line.id in owners}
        at_hand = {self.ids[row] for each in touched for row in self.of_resource(each).tolist()}
        moved = set(allocations) - at_hand  # they were booked of somebody else, or are new, or gone
        if moved:
            found = np.fromiter(map(moved.__contains__, self.ids), np.bool_, len(self.ids))
            touched.update(self.allocations.resource[found].tolist())
        return touched

    def with_bookings(self, store: Store, touched: Collection[int]) -> Book:
        """The bookings and the capacity of some resources, by row number, read and reckoned anew."""
        if not touched:
            return self
        columns = read_bookings(store, resources=[self.resources[row].id for row in sorted(touched)])
        if not self.windowed and self._outgrown(columns):
            return read_book(store)
        return self.with_columns(columns, touched)

    def with_columns(self, columns: BookingColumns, touched: Collection[int]) -> Book:
        """All bookings of some resources, by row number, given anew; what lies outside the horizon is left out."""
        order = sorted(touched)
        lines = [self.resources[row] for row in order]
        allocations = make_allocations(columns, lines, self.projects)
        own = _sorted_columns(columns, allocations, np.flatnonzero(_touching(allocations, self.horizon)))
        alone, placed = _place(own.allocations, lines, self.horizon, self.data_date, self.standard)
        numbered = replace(own.allocations, resource=np.array(order, np.int64)[own.allocations.resource])
        splice = Splice(self.allocations.resource, numbered.resource, order)
        joined = splice.allocations(self.allocations, numbered)
        capacity = self.capacity.with_rows(order, alone)
        return replace(
            self,
            capacity=capacity,
            ids=splice.items(self.ids, own.ids),
            roles=splice.items(self.roles, own.roles),
            statuses=splice.items(self.statuses, own.statuses),
            allocations=joined,
            bookings=splice.bookings(self.bookings, placed, joined),
            edit=Edit(self.bookings, frozenset(order)) if capacity is self.capacity else None,
        )

    def _outgrown(self, columns: BookingColumns) -> bool:
        """Whether bookings reach beyond the horizon so far that it has to be a longer one."""
        if not columns.ids:
            return False
        booked = date.fromisoformat(min(columns.first)), date.fromisoformat(max(columns.last))
        wanted = default_horizon(booked, self.data_date)
        return wanted.first < self.horizon.first or wanted.last > self.horizon.last


def read_book(store: Store, horizon: Horizon | None = None) -> Book:
    """The book of a portfolio for some days; by default all that is booked within a year back and five years ahead.

    A few days are read much faster than all, and have the very figures they have in the whole book.
    """
    settings = read_settings(store)
    today = data_date(settings)
    windowed = horizon is not None
    horizon = horizon or default_horizon(booked_span(store), today)
    calendars = read_calendars(store)
    resources = read_resources(store, calendars)
    projects = read_projects(store)
    columns = read_bookings(store, horizon.first, horizon.last)
    allocations = make_allocations(columns, resources, projects)
    own = _sorted_columns(columns, allocations, np.arange(len(columns.ids)))
    capacity, bookings = _place(own.allocations, resources, horizon, today, calendars.standard)
    return Book(
        horizon,
        today,
        calendars.standard,
        calendars.days_off(None),
        round(settings["fy_start_month"]),
        resources,
        projects,
        read_called(store),
        read_skills(store),
        capacity,
        own.ids,
        own.roles,
        own.statuses,
        own.allocations,
        bookings,
        windowed,
    )


def default_horizon(booked: tuple[date, date] | None, today: date) -> Horizon:
    """Whole weeks around what is booked; at least half a year from today, at most a year back and five ahead.

    A date typed with the wrong century must not make arrays of a million days.
    """
    first, last = booked or (today, today)
    limits = _limits(today)
    return _whole_weeks(max(min(first, today), limits.first), min(max(last, today + _LEAST), limits.last))


@dataclass(frozen=True, slots=True)
class Calendars:
    """Working patterns and holidays by the id of their calendar; `standard` is what FTE and days are counted in."""

    standard: WorkingPattern
    default: str | None  # the id of the standard calendar
    patterns: Mapping[str, WorkingPattern]
    holidays: Mapping[str, frozenset[date]]

    def pattern(self, calendar: str | None) -> WorkingPattern:
        """The pattern of a calendar, or of the standard one."""
        return self.patterns.get(calendar or self.default or "", self.standard)

    def days_off(self, calendar: str | None) -> frozenset[date]:
        """The holidays of a calendar, or of the standard one."""
        return self.holidays.get(calendar or self.default or "", frozenset())


def read_calendars(store: Store) -> Calendars:
    """The calendars of a portfolio; the standard one is the first by name that says so."""
    rows = read_rows(store, "calendar")
    holidays: defaultdict[str, set[date]] = defaultdict(set)
    for row in read_rows(store, "holiday"):
        holidays[row["calendar"]].add(row["day"])
    patterns = {row["id"]: _pattern(row) for row in rows}
    chosen = sorted((row for row in rows if row["standard"]), key=lambda row: (row["name"], row["id"]))
    default = chosen[0]["id"] if chosen else None
    standard = patterns[default] if default else STANDARD
    return Calendars(standard, default, patterns, {key: frozenset(days) for key, days in holidays.items()})


def read_resources(store: Store, calendars: Calendars, ids: Collection[str] | None = None) -> tuple[ResourceLine, ...]:
    """All resources, or some of them, by name."""
    absences: defaultdict[str, list[Absence]] = defaultdict(list)
    for row in read_rows(store, "absence") if ids is None else read_linked(store, "absence", "resource", ids):
        part = 1.0 if row["part"] is None else row["part"] / WHOLE
        absences[row["resource"]].append(Absence(row["start"], row["finish"], part))
    kept = read_rows(store, "resource", ids)
    lines = [_resource(row, calendars, tuple(absences[row["id"]])) for row in kept]
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.id)))


def read_projects(store: Store) -> tuple[ProjectLine, ...]:
    """All projects by reference and name, and a last line for bookings without one."""
    lines = [
        ProjectLine(row["id"], row["ref"] or "", row["name"] or "", row["priority"] or "", row["rag_overall"])
        for row in read_rows(store, "project")
    ]
    lines.sort(key=lambda line: (line.ref, line.name.casefold(), str(line.id)))
    return (*lines, ProjectLine(None, "", NO_PROJECT, "", None))


def read_skills(store: Store) -> dict[str, dict[str, int]]:
    """Who is how good at what, by the ids of resource and skill; a level that is not said is the lowest."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in read_rows(store, "resource_skill"):
        found[row["resource"]][row["skill"]] = max(ANY_LEVEL, int(row["level"] or 0))
    return dict(found)


def make_allocations(
    columns: BookingColumns, resources: Sequence[ResourceLine], projects: Sequence[ProjectLine]
) -> Allocations:
    """Stored columns as arrays; a booking without a status counts as confirmed."""
    row_of = {line.id: row for row, line in enumerate(resources)}
    project_of = {line.id: row for row, line in enumerate(projects)}
    units = {str(word): int(unit) for word, unit in UNITS.items()}
    hard = {None: True, str(AllocationStatus.CONFIRMED): True}
    return Allocations(
        np.array([row_of[each] for each in columns.resource], np.int64),
        np.array([project_of[each] for each in columns.project], np.int64),
        _days(columns.first),
        _days(columns.last),
        np.array(columns.quantity, np.float64) / _SCALE,
        np.array([units[each] for each in columns.unit], np.int8),
        np.array([hard.get(each, False) for each in columns.status], np.bool_),
    )


def read_called(store: Store) -> dict[str, str]:
    """What teams, roles and skills are called, by id."""
    return {row["id"]: row["name"] for entity in ("team", "role", "skill") for row in read_rows(store, entity)}


@dataclass(frozen=True, slots=True)
class _Own:
    """Allocations in order of their resource, with what runs beside them."""

    ids: Sequence[str]
    roles: Sequence[str | None]
    statuses: Sequence[str | None]
    allocations: Allocations


def _sorted_columns(columns: BookingColumns, allocations: Allocations, kept: Numbers) -> _Own:
    """Some allocations in order of their resource, and of one resource in the order they were written."""
    order = kept[np.argsort(allocations.resource[kept], kind="stable")]
    rows = order.tolist()
    beside = ([column[row] for row in rows] for column in (columns.ids, columns.role, columns.status))
    ids, roles, statuses = beside
    return _Own(ids, roles, statuses, allocations.take(order))


def _place(
    allocations: Allocations, resources: Sequence[ResourceLine], horizon: Horizon, today: date, standard: WorkingPattern
) -> tuple[Capacity, Bookings]:
    """The capacity of resources and their bookings over some days, each booking placed over all of its own days.

    Ten days over two months are spread by the time available in both, though only one of them is looked at.
    """
    outer = _around(allocations, horizon, today)
    capacity = measure_capacity([each.worker for each in resources], outer)
    bookings = place(allocations, capacity, standard)
    if outer == horizon:
        return capacity, bookings
    inner = cut_capacity(capacity, horizon)
    return inner, cut_bookings(bookings, outer, inner)


def _around(allocations: Allocations, horizon: Horizon, today: date) -> Horizon:
    """The days of a horizon and of all bookings that reach into it, as far as days are looked at at all."""
    if not len(allocations.first):
        return horizon
    limits = _limits(today)
    first = max(allocations.first.min().item(), limits.first)
    last = min(allocations.last.max().item(), limits.last)
    return Horizon(min(first, horizon.first), max(last, horizon.last))


def _limits(today: date) -> Horizon:
    """How far days are looked at."""
    return _whole_weeks(today - _BACK, today + _AHEAD)


def _whole_weeks(first: date, last: date) -> Horizon:
    return Horizon(first - timedelta(first.weekday()), last + timedelta(6 - last.weekday()))


def _touching(allocations: Allocations, horizon: Horizon) -> Marks:
    """Which allocations have a day in a horizon: bool[n]."""
    return (horizon.indices(allocations.last) >= 0) & (horizon.indices(allocations.first) < horizon.length)


def _days(texts: Sequence[str]) -> Days:
    """ISO dates as datetime64[D]; the few hundred different ones are read once each."""
    found = {text: date.fromisoformat(text).toordinal() - _EPOCH for text in set(texts)}
    return np.fromiter(map(found.__getitem__, texts), np.int64, len(texts)).astype("datetime64[D]")


def _place_of(ids: Sequence[str | None], identity: str | None) -> int:
    try:
        return ids.index(identity)
    except ValueError:
        raise KeyError(identity) from None


def _pattern(row: Record) -> WorkingPattern:
    """The week of a calendar; the standard hours where none are given, a day beyond 24 hours counts as 24."""
    hours: list[Any] = [row[day] for day in WEEKDAYS]
    if all(each is None for each in hours):
        return STANDARD
    return WorkingPattern(tuple(min(float(HOURS_PER_DAY), max(0.0, each or 0.0)) for each in hours))


def _resource(row: Record, calendars: Calendars, absences: tuple[Absence, ...]) -> ResourceLine:
    pattern = calendars.pattern(row["calendar"])
    worker = Worker(
        pattern,
        calendars.days_off(row["calendar"]),
        absences,
        _share(row, calendars.standard),
        row["bau_pct"] or 0.0,
        row["start"],
        row["end"],
    )
    kind = row["type"] or ResourceType.PERSON
    flags = () if kind == ResourceType.ROLE else tuple(check_worker(worker))
    return ResourceLine(row["id"], row["name"], kind, row["role"], row["team"], row["person"], worker, flags)


def _share(row: Record, standard: WorkingPattern) -> float:
    """FTE as given, else by the hours a week; a role still to be named has no time of its own, anything else is one."""
    if row["status"] == RecordStatus.CLOSED and row["end"] is None:
        return 0.0
    if row["fte"] is not None:
        return float(row["fte"])
    if row["hours_per_week"] is not None:
        return full_time_equivalent(row["hours_per_week"], standard) or 0.0
    return 0.0 if row["type"] == ResourceType.ROLE else 1.0
