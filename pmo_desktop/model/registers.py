"""The list of registers: every table a person can list, import, export and ask for by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.model.entity import Register
from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.person import Person
from pmo_desktop.model.programme import Portfolio, Programme
from pmo_desktop.model.project import Project
from pmo_desktop.model.report import StatusReport
from pmo_desktop.rules.wording import count_text, join_words
from pmo_desktop.rules.words import ENDED, MilestoneStatus, ProjectStatus, RecordStatus


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row of a register comes to its end."""

    field: str
    value: str  # what closing a row writes
    over: frozenset[str]  # every value of a row that is at its end, the one above among them
    day: str | None = None  # the field of the day it ended on

    def is_over(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is at its end."""
        return row.get(self.field) in self.over


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
    ending: Ending | None = None  # None: a row is final when it is made


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
        "programmes",
        Programme,
        "programme",
        "programmes",
        "Programmes",
        ("Programmes", "Programs"),
        "name",
        "ref",
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
)
BY_NAME = {info.name: info for info in REGISTERS}
BY_ENTITY = {info.entity.__tablename__: info for info in REGISTERS}


def count_rows(rows: Mapping[str, int]) -> str:
    """Rows by register in words: 4 projects and 1 milestone."""
    return join_words([count_text(rows[name], BY_NAME[name].one, BY_NAME[name].many) for name in rows])
