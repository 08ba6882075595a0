"""The projects pane: the register every other room leads to, with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from pmo_desktop.figures.material import Material, read_surroundings
from pmo_desktop.figures.projects import FIGURE_FIELDS, ProjectFigures, figure_project
from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.file import Store
from pmo_desktop.ui.columns import share_total, slip_text, variance_text
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.kinds import Reading, Row
from pmo_desktop.ui.outline import FILES, OWN_FIELDS, TREND, Outline, Page
from pmo_desktop.ui.panes.register import RegisterPane

_CLOSING_DAYS = 90
_FIGURES = tuple(each.name for each in FIGURE_FIELDS)
_OPEN = Condition("lifecycle_status", "is not", tuple(ENDED))


def build_pane(context: Context) -> RegisterPane:
    """The pane, with the figures of its rows."""
    return RegisterPane(context, OUTLINE, ProjectReader())


class ProjectReader:
    """Adds the figures to project rows; what they are made of is kept until it changes."""

    def __init__(self) -> None:
        self._material: Material | None = None

    def __call__(self, store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:
        if anew or self._material is None:
            self._material = read_surroundings(store)
        return [row | _shown(figure_project(row, self._material)) for row in rows]


def _shown(figures: ProjectFigures) -> dict[str, Any]:
    found = {name: _plain(getattr(figures, name)) for name in _FIGURES}
    found |= {TREND + name: _plain(trend) for name, trend in figures.trends.items()}
    found["gates_text"] = figures.gates_text()
    return found


def _plain(value: Any) -> Any:
    """A word of an enumeration as the text it is: Python's collector does not look into rows of mere values."""
    return str(value) if isinstance(value, StrEnum) else value


def _gates(row: Row, _reading: Reading) -> str:
    return str(row.get("gates_text") or "")


def _subtitle(rows: Sequence[Row], _reading: Reading) -> str:
    open_rows = [row for row in rows if not row.get("has_ended")]
    programmes = len({row["programme"] for row in open_rows if row["programme"]})
    said = (
        f"{len(open_rows):,} active" if len(open_rows) == len(rows) else f"{len(open_rows):,} active of {len(rows):,}"
    )
    return f"{said} in {programmes:,} programme{'' if programmes == 1 else 's'}" if programmes else said


_LOOKS: dict[str, dict[str, Any]] = {
    "ref": {"width": 72},
    "name": {"width": 246, "strong": True},
    "rag_overall": {"width": 60, "beside": "rag_trend"},
    "gate_track": {
        "width": 80,
        "look": "gates",
        "label": "Gate",
        "text": _gates,
        "why": "The gate track is drawn from the project's milestones of type Gate.",
    },
    "pm": {"width": 110},
    "finish_forecast": {"width": 84},
    "slip_days": {
        "width": 68,
        "look": "slip",
        "text": slip_text,
        "why": "Slip is calculated from Finish and Baseline finish.",
    },
    "eac": {"width": 68},
    "variance_pct": {
        "width": 88,
        "look": "variance",
        "label": "Variance",
        "text": variance_text,
        "total": share_total("variance", "budget_approved"),
        "why": "Variance is calculated from EAC and Budget.",
    },
    "variance": {"label": "Variance in money", "why": "Variance is calculated from EAC and Budget."},
    "pct_complete": {"width": 60},
    "report_date": {"width": 104, "look": "report", "label": "Updated"},
    "rag_trend": {"width": 60, "look": "trend"},
    "description": {"width": 300},
    "rag_comment": {"width": 320},
}
_SHOWN = (
    "ref",
    "name",
    "rag_overall",
    "gate_track",
    "pm",
    "finish_forecast",
    "slip_days",
    "eac",
    "variance_pct",
    "pct_complete",
    "report_date",
    "stage",
    "lifecycle_status",
)
_PAGES = (
    Page(
        "Overview",
        "overview",
        (
            ("Report", ("key_achievements", "next_steps", "decisions_needed")),
            (
                "Ratings",
                (
                    "rag_overall",
                    "rag_time",
                    "rag_cost",
                    "rag_scope",
                    "rag_resource",
                    "rag_risk",
                    "rag_quality",
                    "rag_benefits",
                    "rag_scale",
                    "report_date",
                ),
            ),
            (
                "Project",
                (
                    "ref",
                    "name",
                    "lifecycle_status",
                    "stage",
                    "programme",
                    "portfolio",
                    "pm",
                    "sro",
                    "pmo_contact",
                    "department",
                    "type",
                    "category",
                    "tier",
                    "methodology",
                    "priority",
                    "score",
                    "strategic_objective",
                    "description",
                ),
            ),
            (
                "More",
                (
                    "location",
                    "supplier",
                    "procurement_route",
                    "confidentiality",
                    "link",
                    "dependencies",
                    "constraints",
                ),
            ),
            ("Own fields", OWN_FIELDS),
        ),
    ),
    Page(
        "Plan",
        "plan",
        (
            (
                "Dates",
                (
                    "start_baseline",
                    "start_forecast",
                    "start_actual",
                    "finish_baseline",
                    "finish_forecast",
                    "finish_actual",
                    "pct_complete",
                ),
            ),
        ),
    ),
    Page(
        "Money",
        "money",
        (
            (
                "Whole life",
                ("currency", "budget_approved", "actual_to_date", "committed", "eac", "contingency", "whole_life_cost"),
            ),
            ("This year", ("fy_label", "budget_fy", "forecast_fy")),
            ("Return", ("benefits_total", "npv", "bcr", "roi_pct", "payback_months", "funding_source")),
        ),
    ),
    FILES,
)
_TILES = (
    ("Overall", "rag_overall"),
    ("Time", "rag_time"),
    ("Cost", "rag_cost"),
    ("Scope", "rag_scope"),
    ("Benefits", "rag_benefits"),
)
_PLAIN = Outline(
    "projects",
    "project",
    "project",
    "projects",
    "Projects",
    "table-properties",
    _SHOWN,
    _LOOKS,
    group="programme",
    sort=(("rag_overall", True),),
    figures=FIGURE_FIELDS,
    subtitle=_subtitle,
    hint="Bring in the register you have, or start with the first project.",
    pages=_PAGES,
    tiles=_TILES,
    heads=("ref", "programme"),
    foot=(("record.report", "file-text", "Report status"), ("project.closure", "circle-check", "Close project…")),
)
OUTLINE = replace(
    _PLAIN,
    views=(
        _PLAIN.make_view("All active", conditions=(_OPEN,)),
        _PLAIN.make_view(
            "Reds and ambers", conditions=(_OPEN, Condition("rag_overall", "is", ("R", "AR", "A", "AG"))), group=None
        ),
        _PLAIN.make_view(
            "Closing soon",
            conditions=(_OPEN, Condition("finish_forecast", "within", (_CLOSING_DAYS,))),
            sort=(("finish_forecast", False),),
            group=None,
        ),
        _PLAIN.make_view(
            "Closed",
            conditions=(Condition("lifecycle_status", "is", tuple(ENDED)),),
            sort=(("finish_actual", True),),
            group=None,
        ),
        _PLAIN.make_view("All projects"),
    ),
)
