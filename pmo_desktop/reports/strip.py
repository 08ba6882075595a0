"""The status strip of a project report: each rated dimension with its trend and the figure behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import clamp, is_clamped
from pmo_desktop.reports.style import GUTTER, Paper, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.rules.wording import count_text, day_month, percent_text, slip_text
from pmo_desktop.rules.words import Rag, Trend, rag_label

STRIP_HEIGHT = 38.0
_LINE = Type(7.6, "PMOSans-Regular", 9.2)
_ALWAYS = ("rag_overall", "rag_time", "rag_cost")
DIMENSIONS = (
    ("rag_overall", "Overall"),
    ("rag_time", "Time"),
    ("rag_cost", "Cost"),
    ("rag_scope", "Scope"),
    ("rag_benefits", "Benefits"),
    ("rag_resource", "Resources"),
    ("rag_risk", "Risk"),
    ("rag_quality", "Quality"),
)
_COMMENTS = {"rag_scope": "scope_comment", "rag_benefits": "benefits_comment"}


@dataclass(frozen=True, slots=True)
class StripCell:
    """One dimension, placed."""

    code: str | None
    title: str
    trend: Trend | None
    lines: tuple[str, ...]
    style: Type
    x: float
    width: float


def list_strip(row: Row, found: ProjectFigures, subject: Subject, paper: Paper, annex: Annex) -> list[StripCell]:
    """Overall, time and cost always; the other dimensions where they are rated."""
    shown = [(name, title) for name, title in DIMENSIONS if name in _ALWAYS or row.get(name)]
    width = (paper.content - GUTTER * 0.7 * (len(shown) - 1)) / len(shown)
    cells = []
    for place, (name, title) in enumerate(shown):
        reason = reason_for(name, row, found, subject)
        if is_clamped(reason, _LINE, width - 34.0, 2):
            annex.add(row["id"], subject.project_title(row["id"]), f"{title}, reason", reason)
        cells.append(
            StripCell(
                code=row.get(name),
                title=title,
                trend=found.trends.get(name),
                lines=clamp(reason, _LINE, width - 34.0, 2),
                style=_LINE,
                x=paper.left + place * (width + GUTTER * 0.7),
                width=width,
            )
        )
    return cells


def reason_for(name: str, row: Row, found: ProjectFigures, subject: Subject) -> str:
    """The figure or the earlier rating that stands behind a rating, in a few words."""
    if name == "rag_time":
        return _time_reason(row, found)
    if name == "rag_cost":
        return _cost_reason(row, found)
    if name == "rag_overall" and found.stale:
        return f"Last reported {count_text(found.report_age_days or 0, 'day')} ago"
    return _change_reason(name, row, found, subject)


def _time_reason(row: Row, found: ProjectFigures) -> str:
    if found.slip_days is None:
        return f"Slip not known: {found.why('slip_days')}"
    words = f"{slip_text(found.slip_days)} against baseline" if found.slip_days else "On its baseline"
    if found.slip_percent is not None and found.slip_days:
        words = f"{slip_text(found.slip_days)}, {percent_text(found.slip_percent, signed=True)} of its duration"
    return words + _computed(row.get("rag_time"), found.rag_time_computed)


def _cost_reason(row: Row, found: ProjectFigures) -> str:
    if found.variance_pct is None:
        return f"Variance not known: {found.why('variance_pct')}"
    return f"EAC {percent_text(found.variance_pct, signed=True)} on budget" + _computed(
        row.get("rag_cost"), found.rag_cost_computed
    )


def _computed(declared: str | None, computed: str | None) -> str:
    """What the figures say where it differs from what is declared."""
    if computed is None or declared == Rag.COMPLETE or (declared and Rag(declared).three_point == computed):
        return ""
    return f"; computed {rag_label(computed).lower()}"


def _change_reason(name: str, row: Row, found: ProjectFigures, subject: Subject) -> str:
    report = next((each for each in _reports(row, subject) if each["period_end"] == found.rag_prev_on), None)
    newest = max(_reports(row, subject), key=lambda each: each["period_end"], default=None)
    comment = newest.get(_COMMENTS[name]) if newest and name in _COMMENTS else None
    if comment:
        return " ".join(str(comment).split())
    if report is None or found.rag_prev_on is None:
        return "No earlier report" if row.get(name) else "Not rated"
    return f"Was {rag_label(report.get(name)).lower()} on {day_month(found.rag_prev_on)}"


def _reports(row: Row, subject: Subject) -> list[Row]:
    return subject.material.reports.get(row["id"], [])
