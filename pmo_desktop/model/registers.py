"""The list of registers: every table a person can list, import, export and ask for by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmo_desktop.model.entity import Register
from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.person import Person
from pmo_desktop.model.programme import Portfolio, Programme
from pmo_desktop.model.project import Project
from pmo_desktop.model.raid import Action, Assumption, Decision, Dependency, Issue
from pmo_desktop.model.report import StatusReport
from pmo_desktop.model.risk import Risk, RiskAction
from pmo_desktop.rules.wording import count_text, join_words


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """How a register is named, and by which fields one of its rows is found again."""

    name: str  # on the command line, in `list --json`
    entity: type[Register]
    one: str  # in sentences
    many: str
    sheet: str  # the export's sheet
    sheets: tuple[str, ...]  # names of sheets that tend to hold it
    title: str  # the field a row is called by
    ref: str | None  # the field that identifies a row best
    within: str | None = None  # the link within which ref and title are unique
    snapshot: str | None = None  # the day whose state a row holds: amounts of several days have no sum


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
    ),
    RegisterInfo(
        "programmes", Programme, "programme", "programmes", "Programmes", ("Programmes", "Programs"), "name", "ref"
    ),
    RegisterInfo("portfolios", Portfolio, "portfolio", "portfolios", "Portfolios", ("Portfolios",), "name", "ref"),
    RegisterInfo("people", Person, "person", "people", "People", ("People", "Contacts", "Staff", "Team"), "name", None),
)
BY_NAME = {info.name: info for info in REGISTERS}
BY_ENTITY = {info.entity.__tablename__: info for info in REGISTERS}


def count_rows(rows: Mapping[str, int]) -> str:
    """Rows by register in words: 4 projects and 1 milestone."""
    return join_words([count_text(rows[name], BY_NAME[name].one, BY_NAME[name].many) for name in rows])
