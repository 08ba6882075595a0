"""The panes of the registers behind the capacity grid: resources, allocations, absences, skills and calendars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pmo_desktop.model.catalog import fields
from pmo_desktop.model.registers import BY_NAME
from pmo_desktop.rules.words import AllocationStatus, RecordStatus
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.outline import OWN_FIELDS, Outline, Page

_WHO = {"width": 200, "strong": True}
_OWN = ("Own fields", OWN_FIELDS)


def _outline(name: str, icon: str, shown: tuple[str, ...], hint: str, **more: Any) -> Outline:
    """A register whose inspector shows all its fields in one section, named after it."""
    info = BY_NAME[name]
    entity = info.entity.__tablename__
    every = tuple(each.name for each in fields(entity))
    title = info.sheet
    head = info.title
    page = Page("Details", sections=((info.one[:1].upper() + info.one[1:], every), _OWN))
    looks = {head: _WHO} | ({info.within: _WHO} if info.within else {})
    plain: dict[str, Any] = {
        "looks": looks,
        "frozen": 1,
        "pages": (page,),
        "heads": (info.ref,) if info.ref else ((info.within,) if info.within else ()),
        "head_title": head,
        "hint": hint,
    }
    return Outline(name, entity, info.one, info.many, title, icon, shown, **(plain | more))


def _with_views(outline: Outline, *more: tuple[str, dict[str, Any]]) -> Outline:
    return replace(outline, views=tuple(outline.make_view(name, **changes) for name, changes in more))


_IN_USE = (Condition("status", "is not", (RecordStatus.CLOSED,)),)
_KEPT: tuple[tuple[str, dict[str, Any]], ...] = (("In use", {"conditions": _IN_USE}), ("All", {}))
_SOFT = (AllocationStatus.REQUESTED, AllocationStatus.OFFERED)

RESOURCE_OUTLINES: dict[str, Outline] = {
    "resources": _with_views(
        _outline(
            "resources",
            "users",
            ("name", "ref", "type", "role", "team", "fte", "bau_pct", "cost_rate", "start", "end", "manager", "status"),
            "Import the list of people and equipment, or type the first one.",
            sort=(("name", False),),
            group="team",
        ),
        *_KEPT,
    ),
    "allocations": _with_views(
        _outline(
            "allocations",
            "calendar",
            ("resource", "project", "role", "period_start", "period_end", "quantity", "unit", "status", "comment"),
            "Import an allocation sheet, or book somebody in the capacity grid.",
            sort=(("period_start", False),),
            group="resource",
        ),
        ("All allocations", {}),
        ("To agree", {"conditions": (Condition("status", "is", _SOFT),)}),
        ("By project", {"group": "project"}),
    ),
    "absences": _outline(
        "absences",
        "calendar",
        ("resource", "type", "start", "finish", "part", "note"),
        "Import a leave planner or a calendar file, or type the first absence.",
        sort=(("start", False),),
    ),
    "teams": _with_views(
        _outline("teams", "users", ("name", "lead", "status", "description"), "A team is led together."), *_KEPT
    ),
    "roles": _with_views(
        _outline(
            "roles",
            "user",
            ("name", "category", "status", "description"),
            "Demand is planned by role first and named later.",
        ),
        *_KEPT,
    ),
    "skills": _with_views(
        _outline(
            "skills",
            "graduation-cap",
            ("name", "category", "status", "description"),
            "Skills tell who could fill a request.",
        ),
        *_KEPT,
    ),
    "resource_skills": _outline(
        "resource_skills",
        "graduation-cap",
        ("resource", "skill", "level", "target", "assessed_on", "assessor", "evidence"),
        "Import a skills matrix, or say how good somebody is at a skill.",
        group="resource",
    ),
    "calendars": _with_views(
        _outline(
            "calendars",
            "calendar",
            ("name", "standard", "country", "subdivision", "monday", "tuesday", "wednesday", "thursday", "friday"),
            "Without a calendar, five days of 7.5 hours and no public holidays are reckoned with.",
        ),
        *_KEPT,
    ),
    "holidays": _outline(
        "holidays",
        "calendar",
        ("day", "name", "calendar", "fetched"),
        "Choose a calendar's country to fetch its public holidays, or type the first one.",
        sort=(("day", False),),
        group="calendar",
    ),
}
