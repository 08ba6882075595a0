"""The panes of the registers behind the capacity grid: resources, allocations, absences, skills and calendars."""

from __future__ import annotations

from typing import Any

from pmo_desktop.rules.words import AllocationStatus, RecordStatus
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.outline import Outline, plain_outline, with_views

_IN_USE = (Condition("status", "is not", (RecordStatus.CLOSED,)),)
_KEPT: tuple[tuple[str, dict[str, Any]], ...] = (("In use", {"conditions": _IN_USE}), ("All", {}))
_SOFT = (AllocationStatus.REQUESTED, AllocationStatus.OFFERED)

RESOURCE_OUTLINES: dict[str, Outline] = {
    "resources": with_views(
        plain_outline(
            "resources",
            "users",
            ("name", "ref", "type", "role", "team", "fte", "bau_pct", "cost_rate", "start", "end", "manager", "status"),
            "Import the list of people and equipment, or type the first one.",
            sort=(("name", False),),
            group="team",
        ),
        *_KEPT,
    ),
    "allocations": with_views(
        plain_outline(
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
    "absences": plain_outline(
        "absences",
        "calendar",
        ("resource", "type", "start", "finish", "part", "note"),
        "Import a leave planner or a calendar file, or type the first absence.",
        sort=(("start", False),),
    ),
    "teams": with_views(
        plain_outline("teams", "users", ("name", "lead", "status", "description"), "A team is led together."), *_KEPT
    ),
    "roles": with_views(
        plain_outline(
            "roles",
            "user",
            ("name", "category", "status", "description"),
            "Demand is planned by role first and named later.",
        ),
        *_KEPT,
    ),
    "skills": with_views(
        plain_outline(
            "skills",
            "graduation-cap",
            ("name", "category", "status", "description"),
            "Skills tell who could fill a request.",
        ),
        *_KEPT,
    ),
    "resource_skills": plain_outline(
        "resource_skills",
        "graduation-cap",
        ("resource", "skill", "level", "target", "assessed_on", "assessor", "evidence"),
        "Import a skills matrix, or say how good somebody is at a skill.",
        group="resource",
    ),
    "calendars": with_views(
        plain_outline(
            "calendars",
            "calendar",
            ("name", "standard", "country", "subdivision", "monday", "tuesday", "wednesday", "thursday", "friday"),
            "Without a calendar, five days of 7.5 hours and no public holidays are reckoned with.",
        ),
        *_KEPT,
    ),
    "holidays": plain_outline(
        "holidays",
        "calendar",
        ("day", "name", "calendar", "fetched"),
        "Choose a calendar's country to fetch its public holidays, or type the first one.",
        sort=(("day", False),),
        group="calendar",
    ),
}
