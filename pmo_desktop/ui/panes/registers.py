"""The panes of the other registers: milestones, status reports, programmes, portfolios and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmo_desktop.figures.milestones import milestone_slip
from pmo_desktop.figures.projects import expected_date, is_achieved, is_cancelled
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.slip import days_overdue
from pmo_desktop.rules.words import ENDED, MilestoneStatus, RecordStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_rows, read_settings
from pmo_desktop.ui.columns import slip_text
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.kinds import Reading, Row
from pmo_desktop.ui.outline import OWN_FIELDS, Outline, Page
from pmo_desktop.ui.panes.governanceregisters import GOVERNANCE_OUTLINES, GOVERNANCE_READERS
from pmo_desktop.ui.panes.raidregisters import RAID_OUTLINES, RAID_READERS
from pmo_desktop.ui.panes.register import RegisterPane
from pmo_desktop.ui.panes.resourceregisters import RESOURCE_OUTLINES, RESOURCE_READERS
from pmo_desktop.ui.registerdata import Figure

_NAME = {"width": 260, "strong": True}
_OWN = ("Own fields", OWN_FIELDS)
_RATINGS = (
    "rag_overall",
    "rag_time",
    "rag_cost",
    "rag_scope",
    "rag_resource",
    "rag_risk",
    "rag_quality",
    "rag_benefits",
    "rag_scale",
)


def build_register(context: Context, register: str) -> RegisterPane:
    """The pane of a register by its name."""
    return RegisterPane(context, OUTLINES[register], _READERS.get(register))


def figure_milestones(store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:  # noqa: ARG001  a Figure
    """Slip and days overdue of each milestone."""
    today = data_date(read_settings(store))
    found = []
    for row in rows:
        waits = not is_achieved(row) and not is_cancelled(row)
        overdue = days_overdue(expected_date(row), today) if waits else 0
        found.append(row | {"slip_days": milestone_slip(row), "overdue_days": overdue or None})
    return found


def count_projects(*links: str) -> Figure:
    """A reader that counts the open projects which point to a row by one of these links."""

    def figure(store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:  # noqa: ARG001  a Figure
        counts: Counter[str] = Counter()
        for project in read_rows(store, "project"):
            if project["lifecycle_status"] not in ENDED:
                counts.update({project[link] for link in links if project[link]})
        return [row | {"project_count": counts[row["id"]]} for row in rows]

    return figure


def _count_field(entity: str, label: str) -> Field:
    told = "Projects that are not closed or cancelled"
    return Field("project_count", label, Kind.NUMBER, told, entity=entity, computed=True)


def _late(rows: Sequence[Row], _reading: Reading) -> str:
    late = sum(bool(row.get("overdue_days")) for row in rows)
    return f"{len(rows):,} milestones, {late:,} overdue" if late else f"{len(rows):,} milestones"


_MILESTONES = Outline(
    "milestones",
    "milestone",
    "milestone",
    "milestones",
    "Milestones",
    "diamond",
    (
        "name",
        "project",
        "type",
        "baseline",
        "forecast",
        "slip_days",
        "actual",
        "overdue_days",
        "status",
        "rag",
        "owner",
    ),
    {
        "name": _NAME,
        "project": {"width": 220},
        "slip_days": {
            "width": 72,
            "look": "slip",
            "text": slip_text,
            "why": "Slip is calculated from Forecast and Baseline.",
        },
        "overdue_days": {"width": 106, "why": "Days since a milestone was due that has not happened."},
    },
    frozen=1,
    group="project",
    sort=(("forecast", False),),
    rating="rag",
    figures=(
        Field("slip_days", "Slip", Kind.NUMBER, "Forecast or actual date minus baseline", unit="days", computed=True),
        Field("overdue_days", "Overdue", Kind.NUMBER, "Days past due on the data date", unit="days", computed=True),
    ),
    subtitle=_late,
    hint="Import a plan, or type the first date that a board will ask for.",
    heads=("project",),
    pages=(
        Page(
            "Details",
            sections=(
                (
                    "Milestone",
                    ("name", "ref", "project", "type", "gate", "level", "status", "rag", "owner", "critical", "weight"),
                ),
                ("Dates", ("baseline", "forecast", "actual", "reason_for_slip", "comment")),
                _OWN,
            ),
        ),
    ),
    foot=(("record.close", "circle-check", "Complete"),),
)
_DONE = (MilestoneStatus.COMPLETE, MilestoneStatus.CANCELLED)
_AHEAD = (Condition("actual", "empty"), Condition("status", "is not", _DONE))
_PERIODS = ("period_end", "reported_by", *_RATINGS)
_REPORTS = Outline(
    "status_reports",
    "status_report",
    "status report",
    "status reports",
    "Status reports",
    "file-text",
    ("project", "period_end", "rag_overall", "rag_time", "rag_cost", "rag_scope", "rag_benefits", "rag_comment", "eac"),
    {
        "project": {"width": 240, "strong": True, "look": "text"},
        "period_end": {"width": 100},
        "rag_comment": {"width": 360},
        **{name: {"width": 70} for name in _RATINGS},
        "rag_overall": {"width": 92},
    },
    sort=(("period_end", True), ("rag_overall", True)),
    group="period_end",
    hint="Report status in the projects pane freezes a period's ratings and texts here.",
    heads=("period_end",),
    head_title="project",
    tiles=(
        ("Overall", "rag_overall"),
        ("Time", "rag_time"),
        ("Cost", "rag_cost"),
        ("Scope", "rag_scope"),
        ("Benefits", "rag_benefits"),
    ),
    pages=(
        Page(
            "Details",
            sections=(
                ("Words", ("rag_comment", "key_achievements", "next_steps", "decisions_needed")),
                ("Ratings", _PERIODS),
                ("Comments", ("time_comment", "cost_comment", "scope_comment", "benefits_comment")),
                (
                    "Forecast",
                    (
                        "finish_baseline",
                        "finish_forecast",
                        "pct_complete",
                        "currency",
                        "budget_approved",
                        "actual_to_date",
                        "eac",
                    ),
                ),
                ("Belongs to", ("project",)),
                _OWN,
            ),
        ),
    ),
)
_PROGRAMMES = Outline(
    "programmes",
    "programme",
    "programme",
    "programmes",
    "Programmes",
    "layers",
    ("ref", "name", "portfolio", "sro", "manager", "status", "project_count", "description"),
    {"name": _NAME, "sro": {"width": 140}, "manager": {"width": 140}, "description": {"width": 320}},
    sort=(("name", False),),
    figures=(_count_field("programme", "Projects"),),
    hint="A programme holds the projects that are led together for one outcome.",
    pages=(
        Page(
            "Details",
            sections=(("Programme", ("ref", "name", "portfolio", "sro", "manager", "status", "description")), _OWN),
        ),
    ),
)
_PORTFOLIOS = Outline(
    "portfolios",
    "portfolio",
    "portfolio",
    "portfolios",
    "Portfolios",
    "briefcase",
    ("ref", "name", "owner", "status", "project_count", "description"),
    {"name": _NAME, "description": {"width": 360}},
    sort=(("name", False),),
    figures=(_count_field("portfolio", "Projects"),),
    hint="A portfolio is all that one board steers.",
    pages=(Page("Details", sections=(("Portfolio", ("ref", "name", "owner", "status", "description")), _OWN)),),
)
_PEOPLE = Outline(
    "people",
    "person",
    "person",
    "people",
    "People",
    "users",
    ("name", "role", "organisation", "email", "project_count", "verified", "status", "aliases"),
    {
        "name": {"width": 200, "strong": True},
        "email": {"width": 220},
        "role": {"width": 160},
        "organisation": {"width": 160},
        "project_count": {"width": 130},
    },
    frozen=1,
    sort=(("name", False),),
    figures=(_count_field("person", "Leads or sponsors"),),
    hint="People are added when a register that names them is imported, or when you type a new name.",
    heads=("role",),
    pages=(
        Page(
            "Details",
            sections=(
                ("Person", ("name", "email", "role", "organisation", "aliases", "verified", "status", "note")),
                _OWN,
            ),
        ),
    ),
    foot=(("resource.leave", "user", "Leaves…"),),
)


def _with_views(outline: Outline, *more: tuple[str, dict[str, Any]]) -> Outline:
    return replace(outline, views=tuple(outline.make_view(name, **changes) for name, changes in more))


_IN_USE = (Condition("status", "is not", (RecordStatus.CLOSED,)),)
_KEPT: tuple[tuple[str, dict[str, Any]], ...] = (("In use", {"conditions": _IN_USE}), ("All", {}))
OUTLINES: dict[str, Outline] = {
    "milestones": _with_views(
        _MILESTONES,
        ("Ahead", {"conditions": _AHEAD}),
        ("Overdue", {"conditions": (*_AHEAD, Condition("overdue_days", "over", (0,))), "group": None}),
        ("Gates", {"conditions": (Condition("type", "is", ("Gate",)),)}),
        ("All milestones", {}),
    ),
    "status_reports": _with_views(_REPORTS, ("By period", {}), ("By project", {"group": "project"})),
    "programmes": _with_views(_PROGRAMMES, *_KEPT),
    "portfolios": _with_views(_PORTFOLIOS, *_KEPT),
    "people": _with_views(_PEOPLE, *_KEPT, ("To verify", {"conditions": (Condition("verified", "is", (False,)),)})),
    **RESOURCE_OUTLINES,
    **RAID_OUTLINES,
    **GOVERNANCE_OUTLINES,
}
_READERS: dict[str, Figure] = {
    "milestones": figure_milestones,
    "programmes": count_projects("programme"),
    "portfolios": count_projects("portfolio"),
    "people": count_projects("pm", "sro"),
    **RESOURCE_READERS,
    **RAID_READERS,
    **GOVERNANCE_READERS,
}
