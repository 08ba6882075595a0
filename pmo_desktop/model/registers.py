"""The list of registers: every table a person can list, import, export and ask for by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pmo_desktop.model.allocation import Allocation
from pmo_desktop.model.entity import Register
from pmo_desktop.model.governance import GOVERNANCE
from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.person import Person
from pmo_desktop.model.programme import Portfolio, Programme
from pmo_desktop.model.project import Project
from pmo_desktop.model.raid import Action, Assumption, Decision, Dependency, Issue
from pmo_desktop.model.register import Ending, RegisterInfo
from pmo_desktop.model.report import StatusReport
from pmo_desktop.model.resource import Absence, Calendar, Holiday, Resource, ResourceSkill, Role, Skill, Team
from pmo_desktop.model.risk import Risk, RiskAction
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.rules.words import (
    ENDED,
    OVER,
    ActionStatus,
    AssumptionStatus,
    DecisionStatus,
    DependencyStatus,
    IssueStatus,
    MilestoneStatus,
    ProjectStatus,
    RecordStatus,
    RiskStatus,
)

_IN_USE = Ending("status", RecordStatus.CLOSED, frozenset({RecordStatus.CLOSED}))

REGISTERS: tuple[RegisterInfo, ...] = (
    RegisterInfo(
        "projects",
        Project,
        "project",
        "projects",
        "Projects",
        ("Register", "Portfolio", "Tracker", "Master", "Data", "Projects", "Project register", "Archive", "Closed"),
        "name",
        "ref",
        ending=Ending("lifecycle_status", ProjectStatus.CLOSED, frozenset(ENDED), "finish_actual"),
    ),
    RegisterInfo(
        "milestones",
        Milestone,
        "milestone",
        "milestones",
        "Milestones",
        ("Milestones", "Key milestones", "Plan", "Gates"),
        "name",
        None,
        "project",
        ending=Ending(
            "status",
            MilestoneStatus.COMPLETE,
            frozenset({MilestoneStatus.COMPLETE, MilestoneStatus.CANCELLED}),
            "actual",
        ),
    ),
    RegisterInfo(
        "status_reports",
        StatusReport,
        "status report",
        "status reports",
        "Status reports",
        ("Status reports", "Highlight reports", "Reports"),
        "period_end",
        None,
        "project",
        "period_end",
    ),
    RegisterInfo(
        "risks",
        Risk,
        "risk",
        "risks",
        "Risks",
        ("Risks", "Risk register", "Risk log", "RAID", "RAID log"),
        "title",
        "ref",
        "project",
        ending=Ending("status", RiskStatus.CLOSED, frozenset(OVER[RiskStatus]), "date_closed"),
    ),
    RegisterInfo(
        "issues",
        Issue,
        "issue",
        "issues",
        "Issues",
        ("Issues", "Issue log", "Issue register"),
        "title",
        "ref",
        "project",
        ending=Ending("status", IssueStatus.CLOSED, frozenset(OVER[IssueStatus]), "resolved"),
    ),
    RegisterInfo(
        "assumptions",
        Assumption,
        "assumption",
        "assumptions",
        "Assumptions",
        ("Assumptions", "Assumption log"),
        "assumption",
        "ref",
        "project",
        ending=Ending("status", AssumptionStatus.CLOSED, frozenset(OVER[AssumptionStatus]), "validated_on"),
    ),
    RegisterInfo(
        "dependencies",
        Dependency,
        "dependency",
        "dependencies",
        "Dependencies",
        ("Dependencies", "Dependency log", "Interdependencies"),
        "deliverable",
        "ref",
        "project",
        ending=Ending("status", DependencyStatus.DELIVERED, frozenset(OVER[DependencyStatus]), "actual"),
    ),
    RegisterInfo(
        "decisions",
        Decision,
        "decision",
        "decisions",
        "Decisions",
        ("Decisions", "Decision log", "Decision register"),
        "title",
        "ref",
        "project",
        ending=Ending("status", DecisionStatus.CLOSED, frozenset(OVER[DecisionStatus]), "date_made"),
    ),
    RegisterInfo(
        "actions",
        Action,
        "action",
        "actions",
        "Actions",
        ("Actions", "Action log", "Action items"),
        "description",
        "ref",
        "project",
        ending=Ending("status", ActionStatus.COMPLETE, frozenset(OVER[ActionStatus]), "done"),
    ),
    RegisterInfo(
        "risk_actions",
        RiskAction,
        "risk action",
        "risk actions",
        "Risk actions",
        ("Risk actions", "Risk responses", "Mitigations", "Mitigating actions"),
        "description",
        "ref",
        "risk",
        ending=Ending("status", ActionStatus.COMPLETE, frozenset(OVER[ActionStatus]), "done"),
    ),
    *GOVERNANCE,
    RegisterInfo(
        "programmes",
        Programme,
        "programme",
        "programmes",
        "Programmes",
        ("Programmes", "Programs"),
        "name",
        "ref",
        created=True,
        ending=_IN_USE,
    ),
    RegisterInfo(
        "portfolios",
        Portfolio,
        "portfolio",
        "portfolios",
        "Portfolios",
        ("Portfolios",),
        "name",
        "ref",
        created=True,
        ending=_IN_USE,
    ),
    RegisterInfo(
        "people",
        Person,
        "person",
        "people",
        "People",
        ("People", "Contacts", "Staff", "Team"),
        "name",
        None,
        ending=_IN_USE,
    ),
    RegisterInfo(
        "resources",
        Resource,
        "resource",
        "resources",
        "Resources",
        ("Resources", "Resource list", "Resource pool", "Resource register"),
        "name",
        "ref",
        ending=Ending("status", RecordStatus.CLOSED, frozenset({RecordStatus.CLOSED}), "end"),
    ),
    RegisterInfo(
        "allocations",
        Allocation,
        "allocation",
        "allocations",
        "Allocations",
        ("Allocations", "Capacity", "Bookings", "Assignments", "Resourcing", "Resource plan"),
        "project",
        None,
        "resource",
        by=("project", "role", "period_start", "period_end"),
    ),
    RegisterInfo(
        "absences",
        Absence,
        "absence",
        "absences",
        "Absences",
        ("Absences", "Leave", "Annual leave", "Holiday planner"),
        "start",
        None,
        "resource",
        by=("start", "type"),
        uid="uid",
    ),
    RegisterInfo("teams", Team, "team", "teams", "Teams", ("Teams",), "name", None, created=True, ending=_IN_USE),
    RegisterInfo("roles", Role, "role", "roles", "Roles", ("Roles",), "name", None, created=True, ending=_IN_USE),
    RegisterInfo(
        "skills",
        Skill,
        "skill",
        "skills",
        "Skills",
        ("Skills", "Competencies"),
        "name",
        None,
        created=True,
        ending=_IN_USE,
    ),
    RegisterInfo(
        "resource_skills",
        ResourceSkill,
        "skill level",
        "skill levels",
        "Skill levels",
        ("Skill levels", "Skills matrix", "Competency matrix"),
        "skill",
        None,
        "resource",
        by=("skill",),
    ),
    RegisterInfo(
        "calendars", Calendar, "calendar", "calendars", "Calendars", ("Calendars",), "name", None, ending=_IN_USE
    ),
    RegisterInfo(
        "holidays",
        Holiday,
        "public holiday",
        "public holidays",
        "Public holidays",
        ("Public holidays", "Bank holidays", "Holidays"),
        "day",
        None,
        "calendar",
    ),
)
BY_NAME = {info.name: info for info in REGISTERS}
BY_ENTITY = {info.entity.__tablename__: info for info in REGISTERS}


@cache
def write_order() -> tuple[str, ...]:
    """The registers' entities, each after those its rows point to: so are rows planned and written.

    People come first, then the order of the list.
    """
    waiting = [info.entity for info in sorted(REGISTERS, key=lambda info: info.entity is not Person)]
    placed: list[str] = []
    while waiting:
        ready = next(each for each in waiting if _targets(each) <= {*placed, each.__tablename__})
        waiting.remove(ready)
        placed.append(ready.__tablename__)
    return tuple(placed)


@cache
def created() -> frozenset[str]:
    """The entities of which a cell that names an unknown one creates it, people among them."""
    return frozenset(info.entity.__tablename__ for info in REGISTERS if info.created) | {Person.__tablename__}


@cache
def linked() -> tuple[str, ...]:
    """The registers' entities that cells of registers name, people first."""
    named = set().union(*(_targets(info.entity) for info in REGISTERS)) | {Person.__tablename__}
    return tuple(entity for entity in write_order() if entity in named)


def _targets(entity: type[Register]) -> set[str]:
    return {cell.to for cell in entity.__cells__ if cell.to}


def title_of(info: RegisterInfo, values: Mapping[str, Any]) -> Any:
    """What a row is told by when it has no reference: its name, or for rows without one the cells of `by` together.

    None when the row lacks it, or all of them.
    """
    if not info.by or all(values.get(name) is None for name in info.by):
        return values.get(info.title)
    return "\x1f".join("" if values.get(name) is None else str(values[name]) for name in info.by)


def count_rows(rows: Mapping[str, int]) -> str:
    """Rows by register in words: 4 projects and 1 milestone."""
    return join_words([count_text(rows[name], BY_NAME[name].one, BY_NAME[name].many) for name in rows])
