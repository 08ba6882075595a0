"""Registers a PMO keeps and this portfolio does not yet: recognised, counted and named, so that nobody misses them.

Sheet names and headers: registers.md 4.2 to 4.18. One that becomes a register of its own drops out by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pmo_desktop.exchange.dates import MONTHS, looks_like_date
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.model.registers import BY_NAME


@dataclass(frozen=True, slots=True)
class ForeignRegister:
    """A kind of register by the names of its sheets and the headers of its columns."""

    name: str
    sheets: frozenset[str]
    headers: frozenset[str]
    periods: bool = False  # has one column a period


def _listed(name: str, sheets: str, headers: str, *, periods: bool = False) -> ForeignRegister:
    words = (frozenset(normalise(word.strip()) for word in text.split(",")) for text in (sheets, headers))
    return ForeignRegister(name, next(words), next(words), periods)


_ALL = (
    _listed(
        "change_requests",
        "Change requests, Changes, Change log, CRs",
        "CR no, CR, Change ID, Change request, Change, RFC, PCR, Requester, Requested by, Raised, Impact on "
        "time, Impact on cost, Cost impact, Schedule impact, Business justification, Decision, Approved by, "
        "Status, Priority, Project, Description, Reason",
    ),
    _listed(
        "budget_lines",
        "Finance, Budget, Budgets, Costs, Cost plan, Spend",
        "Budget ID, Cost type, Category, Supplier, Period, Baseline, Forecast, Actual, Committed, GL code, "
        "Cost centre, PO, WBS, Capex, Opex, Description, Variance, Total, Project, Project ref, Line",
        periods=True,
    ),
    _listed(
        "earned_value",
        "EVM, Earned value",
        "Period, WBS ID, WBS name, BAC, PV, EV, AC, BCWS, BCWP, ACWP, CPI, SPI, CV, SV, EAC, ETC, VAC, TCPI, "
        "Cumulative BCWS, Cumulative BCWP, Cumulative ACWP, BCWS period, BCWP period, ACWP period, Planned "
        "value, Earned value, Actual cost, SV pct, CV pct, Percent complete",
    ),
    _listed(
        "tasks",
        "Plan, Project plan, Schedule, Tasks, Gantt, WBS",
        "ID, Task, Task name, Activity, Epic, Duration, Effort, Predecessor, Predecessors, Successors, "
        "Dependencies, Resource, Resourcing, Resource names, Start, Start date, Finish, End date, % complete, "
        "WBS, Outline level, Swarm, ReqId",
        periods=True,
    ),
    _listed(
        "stakeholders",
        "Stakeholders, Stakeholder register",
        "Stakeholder, Name, Alias, Organisation, Department, Group, Role, Project, Power, Influence, "
        "Interest, Stance, Concern, Strategy, Com plan, Comms method, Engagement, Owner, Last contact",
    ),
    _listed(
        "communications",
        "Comms, Comm plan, Communications, Communication plan",
        "Plan, Goal, Recurrence, Owner, Distribution, Audience, Message, Channel, Frequency, Responsible, Date, Status",
    ),
    _listed(
        "raci", "RACI, Tech RACI", "Step, Step ID, Name, Role, Responsible, Accountable, Consulted, Informed, Area"
    ),
    _listed(
        "requirements",
        "Requirements, Use cases, Features",
        "ID, ReqId, ReqIds, Requirement, Requirements, Use case, Feature, Priority, Acceptance criteria, "
        "Source, Status",
    ),
)
_LISTS = frozenset(
    map(
        normalise,
        [
            "Lists",
            "Lookups",
            "Lookup",
            "Dashboard",
            "Instructions",
            "Readme",
            "Scale",
            "Key",
            "Notes",
            "Dictionary",
            "Scorecard",
            "Scoring",
            "Matrix",
            "Legend",
        ],
    )
) | {
    "version history",
    "scale and key",
    "data dictionary",
    "about",
}
_PERIOD = re.compile(
    r"(?:w/?[ce]|week|wk|p|q|fy|h|m)\.?\s?\d{1,4}(?:[\s/-]\d{2,4}){0,2}|20\d\d(?:[-/]\d{1,2})?", re.IGNORECASE
)


@cache
def foreign_registers() -> tuple[ForeignRegister, ...]:
    """The registers that are known and not kept."""
    return tuple(each for each in _ALL if each.name not in BY_NAME)


def is_lookup_sheet(name: str) -> bool:
    """Whether a sheet's name says that it holds no register."""
    return normalise(name) in _LISTS


def is_period(header: str) -> bool:
    """Whether a header is a month, week, quarter or year, as the columns of a resource plan are."""
    text = header.strip()
    if text.lower() in MONTHS or _PERIOD.fullmatch(text):
        return True
    return any(letter.isdigit() for letter in text) and looks_like_date(text)
