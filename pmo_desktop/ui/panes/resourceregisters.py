"""The panes of the registers behind the capacity grid: resources, allocations, absences, skills and calendars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pmo_desktop.figures.resourcetables import (
    count_resources,
    count_skilled,
    figure_absences,
    figure_allocations,
    figure_calendars,
    figure_holidays,
    figure_resources,
)
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import AllocationStatus, RecordStatus, ResourceType
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.kinds import Reading, Row
from pmo_desktop.ui.outline import OWN_FIELDS, Outline, Page, plain_outline, with_views
from pmo_desktop.ui.registerdata import Figure

Sections = tuple[tuple[str, tuple[str, ...]], ...]
_WHO = {"width": 180, "strong": True, "look": "text"}
_WORDS = {"width": 320}
_OWN = ("Own fields", OWN_FIELDS)
_FLAG_HELP = "What is odd, in words; empty when nothing is"


def reader_of(figure: Callable[[Store, list[Record]], list[Record]]) -> Figure:
    """A figure of rows as a pane asks for it."""
    return lambda store, rows, _anew: figure(store, rows)


def whole_reader(entity: str, figure: Callable[[Store, list[Record]], list[Record]]) -> Figure:
    """A figure of rows that depends on the register's other rows: a change of one is read as one of all."""

    def read(store: Store, rows: list[Record], anew: bool) -> list[Record]:
        return figure(store, rows if anew else read_rows(store, entity))

    return read


def _outline(name: str, icon: str, shown: tuple[str, ...], hint: str, sections: Sections, **more: Any) -> Outline:
    info = BY_NAME[name]
    looks = {each: _WHO for each in (info.within, info.title) if each} | more.pop("looks", {})
    pages = (Page("Details", sections=(*sections, _OWN)), *more.pop("pages", ()))
    return plain_outline(name, icon, shown, hint, looks=looks, pages=pages, **more)


def _flags(help_: str = _FLAG_HELP) -> Field:
    return Field("flags", "Note well", Kind.TEXT, help_, computed=True)


def _number(name: str, label: str, help_: str, unit: str = "") -> Field:
    return Field(name, label, Kind.NUMBER, help_, unit=unit, computed=True)


def _people(help_: str) -> Field:
    return _number("resource_count", "Resources", help_)


def _say_odd(one: str, many: str) -> Callable[[Sequence[Row], Reading], str]:
    """The line under a pane's title: how many rows, and how many of them have something odd."""

    def told(rows: Sequence[Row], _reading: Reading) -> str:
        odd = sum(bool(row.get("flags")) for row in rows)
        said = count_text(len(rows), one, many)
        return f"{said}, {odd:,} to be looked at" if odd else said

    return told


_IN_USE = (Condition("status", "is not", (RecordStatus.CLOSED,)),)
_ODD = Condition("flags", "filled")
_KEPT: tuple[tuple[str, dict[str, Any]], ...] = (("In use", {"conditions": _IN_USE}), ("All", {}))
_SOFT = (AllocationStatus.REQUESTED, AllocationStatus.OFFERED)
_HOURS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_RESOURCES = _outline(
    "resources",
    "users",
    (
        "name",
        "type",
        "role",
        "fte",
        "bau_pct",
        "skills",
        "calendar",
        "manager",
        "start",
        "end",
        "cost_rate",
        "team",
        "ref",
        "status",
        "flags",
    ),
    "Import the list of people and equipment, or type the first one.",
    (
        ("Who", ("name", "ref", "type", "person", "email", "status")),
        ("Where they belong", ("role", "team", "manager", "grade", "department", "location", "contract")),
        ("Working time", ("calendar", "fte", "hours_per_week", "bau_pct", "start", "end", "flags")),
        ("Rates", ("cost_rate", "charge_rate", "currency")),
        ("Note", ("note",)),
    ),
    pages=(Page("Skills and leave", "resource"),),
    figures=(
        Field("skills", "Skills", Kind.TEXT, "Skills with their levels, the best first", computed=True),
        _flags("What is odd about the working time, in words"),
    ),
    looks={
        "type": {"width": 84},
        "role": {"width": 150},
        "fte": {"width": 56},
        "bau_pct": {"width": 62},
        "skills": {"width": 200, "why": "Skills have a register of their own: Skill levels."},
        "calendar": {"width": 130},
        "flags": _WORDS,
    },
    sort=(("name", False),),
    group="team",
    subtitle=_say_odd("resource", "resources"),
    asks=("type", "role", "team", "fte"),
    foot=(("resource.leave", "user", "Leaves…"),),
)
_ALLOCATIONS = _outline(
    "allocations",
    "calendar",
    (
        "resource",
        "project",
        "period_start",
        "period_end",
        "quantity",
        "unit",
        "days",
        "status",
        "role",
        "flags",
        "comment",
    ),
    "Import an allocation sheet, or book somebody in the capacity grid.",
    (
        ("Who for what", ("resource", "project", "role")),
        ("How much", ("period_start", "period_end", "quantity", "unit", "days", "flags")),
        ("Agreement", ("status", "comment")),
    ),
    figures=(
        _number("days", "Booked", "What it books in days of the standard calendar", "days"),
        _flags("What is odd about the booking, in words"),
    ),
    looks={
        "project": {"width": 210},
        "role": {"width": 140},
        "quantity": {"width": 76},
        "unit": {"width": 62},
        "days": {"width": 92, "why": "Booked days follow from quantity, unit, dates and working time."},
        "status": {"width": 96},
        "flags": _WORDS,
        "comment": _WORDS,
    },
    sort=(("period_start", False),),
    group="resource",
    subtitle=_say_odd("allocation", "allocations"),
    asks=("role", "status"),
)
_ABSENCES = _outline(
    "absences",
    "calendar",
    ("resource", "type", "start", "finish", "part", "days", "flags", "note"),
    "Import a leave planner or a calendar file, or type the first absence.",
    (("Absence", ("resource", "type", "start", "finish", "part", "days", "flags")), ("Note", ("note", "uid"))),
    figures=(_number("days", "Lost", "Working days of one's own calendar", "days"), _flags()),
    looks={"start": {}, "part": {"width": 86}, "days": {"width": 76}, "flags": _WORDS, "note": _WORDS},
    sort=(("start", False),),
    subtitle=_say_odd("absence", "absences"),
    asks=("type", "part"),
)
_TEAMS = _outline(
    "teams",
    "users",
    ("name", "lead", "resource_count", "status", "description"),
    "A team is led together.",
    (("Team", ("name", "lead", "resource_count", "status", "description")),),
    figures=(_people("Resources in use that are in the team"),),
    looks={"lead": {"width": 160}, "description": {"width": 360}},
    sort=(("name", False),),
    asks=("lead",),
)
_ROLES = _outline(
    "roles",
    "user",
    ("name", "category", "resource_count", "status", "description"),
    "Demand is planned by role first and named later.",
    (("Role", ("name", "category", "resource_count", "status", "description")),),
    figures=(_people("Resources in use that have the role"),),
    looks={"category": {"width": 150}, "description": {"width": 360}},
    sort=(("name", False),),
)
_SKILLS = _outline(
    "skills",
    "graduation-cap",
    ("name", "category", "resource_count", "status", "description"),
    "Skills tell who could fill a request.",
    (("Skill", ("name", "category", "resource_count", "status", "description")),),
    figures=(_people("Resources that have the skill at any level"),),
    looks={"category": {"width": 150}, "description": {"width": 360}},
    sort=(("name", False),),
)
_LEVELS = _outline(
    "resource_skills",
    "graduation-cap",
    ("resource", "skill", "level", "target", "assessed_on", "assessor", "evidence"),
    "Import a skills matrix, or say how good somebody is at a skill.",
    (
        ("Skill level", ("resource", "skill", "level", "target")),
        ("Assessment", ("assessed_on", "assessor", "evidence")),
    ),
    looks={"evidence": _WORDS},
    group="resource",
    asks=("level", "target"),
)
_CALENDARS = _outline(
    "calendars",
    "calendar",
    ("name", "standard", "week", "country", "subdivision", "holiday_count", "resource_count", "flags", "note"),
    "Without a calendar, five days of 7.5 hours and no public holidays are reckoned with.",
    (
        ("Calendar", ("name", "standard", "resource_count", "status", "note")),
        ("Working hours", (*_HOURS, "week", "flags")),
        ("Public holidays", ("country", "subdivision", "holiday_count")),
    ),
    figures=(
        Field("week", "Week", Kind.TEXT, "Working hours of a week", computed=True),
        _number("holiday_count", "Holidays", "Public holidays that are kept, of all years"),
        _people("Resources in use that work by it; those without a calendar by the standard one"),
        _flags(),
    ),
    looks={
        "standard": {"width": 86},
        "week": {"width": 130, "why": "The week follows from the hours of its days; edit those in the inspector."},
        "country": {"width": 78},
        "subdivision": {"width": 98},
        "holiday_count": {"width": 84},
        "resource_count": {"width": 92},
        "flags": _WORDS,
    },
    foot=(("calendar.holidays", "calendar", "Public holidays…"), ("calendar.standard_new", "plus", "New standard")),
)
_HOLIDAYS = _outline(
    "holidays",
    "calendar",
    ("name", "day", "weekday", "calendar", "fetched"),
    "Choose a calendar's country to fetch its public holidays, or type the first one.",
    (("Public holiday", ("day", "weekday", "name", "calendar", "fetched")),),
    figures=(Field("weekday", "Weekday", Kind.TEXT, "The day of the week", computed=True),),
    looks={
        "day": {"width": 96},
        "weekday": {"width": 100},
        "name": {"width": 300, "strong": True},
        "calendar": {"width": 180},
        "fetched": {"width": 96},
    },
    sort=(("day", False),),
    group="calendar",
    asks=("name",),
    foot=(("calendar.holidays", "calendar", "Public holidays…"),),
)
RESOURCE_OUTLINES: dict[str, Outline] = {
    "resources": with_views(
        _RESOURCES,
        *_KEPT,
        ("To be named", {"conditions": (*_IN_USE, Condition("type", "is", (ResourceType.ROLE,)))}),
        ("To look at", {"conditions": (_ODD,), "group": None}),
    ),
    "allocations": with_views(
        _ALLOCATIONS,
        ("All allocations", {}),
        ("To agree", {"conditions": (Condition("status", "is", _SOFT),)}),
        ("By project", {"group": "project"}),
        ("To look at", {"conditions": (_ODD,), "group": None}),
    ),
    "absences": with_views(
        _ABSENCES,
        ("All absences", {}),
        ("By resource", {"group": "resource"}),
        ("To look at", {"conditions": (_ODD,)}),
    ),
    "teams": with_views(_TEAMS, *_KEPT),
    "roles": with_views(_ROLES, *_KEPT),
    "skills": with_views(_SKILLS, *_KEPT),
    "resource_skills": with_views(
        _LEVELS, ("By resource", {}), ("By skill", {"group": "skill", "sort": (("level", True),)})
    ),
    "calendars": with_views(_CALENDARS, *_KEPT),
    "holidays": with_views(
        _HOLIDAYS, ("All", {}), ("Own days", {"conditions": (Condition("fetched", "is not", (True,)),)})
    ),
}
RESOURCE_READERS: dict[str, Figure] = {
    "resources": reader_of(figure_resources),
    "allocations": reader_of(figure_allocations),
    "absences": whole_reader("absence", figure_absences),
    "teams": reader_of(count_resources("team")),
    "roles": reader_of(count_resources("role")),
    "skills": reader_of(count_skilled),
    "calendars": whole_reader("calendar", figure_calendars),
    "holidays": reader_of(figure_holidays),
}
