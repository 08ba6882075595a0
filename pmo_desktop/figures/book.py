"""The capacity book: who there is, what time they have, and what is booked of it, read once for all of its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from pmo_desktop.rules.booking import Allocations, Bookings, Unit, place
from pmo_desktop.rules.calendar import (
    HOURS_PER_DAY,
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
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit, RecordStatus, ResourceType
from pmo_desktop.store.bookings import BookingColumns, booked_span, read_bookings
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_rows, read_settings

NO_PROJECT = "No project"
NO_TEAM = "No team"
NO_ROLE = "No role"
STANDARD = WorkingPattern((7.5, 7.5, 7.5, 7.5, 7.5, 0, 0))  # where the file has no standard calendar
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {
    AllocationUnit.FTE: Unit.FTE,
    AllocationUnit.PERCENT: Unit.PERCENT,
    AllocationUnit.DAYS: Unit.DAYS,
    AllocationUnit.HOURS: Unit.HOURS,
}
_BACK, _AHEAD = timedelta(weeks=52), timedelta(weeks=260)  # how far from the data date days are looked at
_LEAST = timedelta(weeks=26)
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
        return np.flatnonzero(self.allocations.resource == row)


def read_book(store: Store, horizon: Horizon | None = None) -> Book:
    """The book of a portfolio for some days; by default all that is booked within a year back and five years ahead."""
    settings = read_settings(store)
    today = data_date(settings)
    horizon = horizon or default_horizon(booked_span(store), today)
    calendars = read_calendars(store)
    resources = read_resources(store, calendars)
    projects = read_projects(store)
    columns = read_bookings(store, horizon.first, horizon.last)
    capacity = measure_capacity([each.worker for each in resources], horizon)
    allocations = make_allocations(columns, resources, projects)
    return Book(
        horizon,
        today,
        calendars.standard,
        calendars.days_off(None),
        round(settings["fy_start_month"]),
        resources,
        projects,
        {row["id"]: row["name"] for entity in ("team", "role", "skill") for row in read_rows(store, entity)},
        read_skills(store),
        capacity,
        columns.ids,
        columns.role,
        columns.status,
        allocations,
        place(allocations, capacity, calendars.standard),
    )


def default_horizon(booked: tuple[date, date] | None, today: date) -> Horizon:
    """Whole weeks around what is booked; at least half a year from today, at most a year back and five ahead.

    A date typed with the wrong century must not make arrays of a million days.
    """
    first, last = booked or (today, today)
    first = max(min(first, today), today - _BACK)
    last = min(max(last, today + _LEAST), today + _AHEAD)
    return Horizon(first - timedelta(first.weekday()), last + timedelta(6 - last.weekday()))


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
        np.array(columns.first, "datetime64[D]"),
        np.array(columns.last, "datetime64[D]"),
        np.array(columns.quantity, np.float64) / _SCALE,
        np.array([units[each] for each in columns.unit], np.int8),
        np.array([hard.get(each, False) for each in columns.status], np.bool_),
    )


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
