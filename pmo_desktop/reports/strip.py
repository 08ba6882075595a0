"""The status strip of a project report: each rated dimension with its trend and the figure behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pmo_desktop.figures.material import Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.frame import clamp, is_clamped
from pmo_desktop.reports.style import Paper, Type
from pmo_desktop.reports.subject import Subject
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.wording import count_text, growth_text, near_day, slip_text
from pmo_desktop.rules.words import Rag, Trend, rag_label

STRIP_HEIGHT = 36.0
TEXT_AT = 26.0  # where the words of a cell begin
_LINE = Type(7.6, "PMOSans-Regular", 9.2)
_GAP = 6.0
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
    width = (paper.content - _GAP * (len(shown) - 1)) / len(shown)
    cells = []
    for place, (name, title) in enumerate(shown):
        room = width - TEXT_AT - 4.0
        reasons = reasons_for(name, row, found, subject)
        reason = next((each for each in reasons if not is_clamped(each, _LINE, room, 2)), reasons[-1])
        if is_clamped(reason, _LINE, room, 2):
            annex.add(row["id"], subject.project_title(row["id"]), f"{title}, reason", reason)
        cells.append(
            StripCell(
                code=row.get(name),
                title=title,
                trend=found.trends.get(name),
                lines=clamp(reason, _LINE, room, 2),
                style=_LINE,
                x=paper.left + place * (width + _GAP),
                width=width,
            )
        )
    return cells


def reasons_for(name: str, row: Row, found: ProjectFigures, subject: Subject) -> tuple[str, ...]:
    """The figure or the earlier rating that stands behind a rating, in words, the wordiest first."""
    if name == "rag_time":
        return _time_reasons(row, found)
    if name == "rag_cost":
        return _cost_reasons(row, found)
    if name == "rag_overall" and found.stale:
        days = count_text(found.report_age_days or 0, "day")
        return f"Last reported {days} ago", f"{days} old"
    return _change_reasons(name, row, found, subject)


def _time_reasons(row: Row, found: ProjectFigures) -> tuple[str, ...]:
    if found.slip_days is None:
        return f"Slip not known: {found.why('slip_days')}", "Slip not known"
    also = _computed(row.get("rag_time"), found.rag_time_computed)
    if not found.slip_days:
        return (f"On its baseline{also}",)
    slip = slip_text(found.slip_days)
    share = growth_text(found.slip_percent)
    if found.slip_percent is None:
        return (f"{slip} against baseline",)
    return f"{slip}, {share} of its duration{also}", f"{slip}, {share}{also}", f"{slip}, {share}"


def _cost_reasons(row: Row, found: ProjectFigures) -> tuple[str, ...]:
    if found.variance_pct is None:
        return f"Variance not known: {found.why('variance_pct')}", "Variance not known"
    also = _computed(row.get("rag_cost"), found.rag_cost_computed)
    share = growth_text(found.variance_pct)
    return f"EAC {share} against budget{also}", f"EAC {share}{also}", f"EAC {share}"


def _computed(declared: str | None, computed: str | None) -> str:
    """What the figures say where it differs from what is declared."""
    if computed is None or declared == Rag.COMPLETE or (declared and Rag(declared).three_point == computed):
        return ""
    return f"; computed {rag_label(computed).lower()}"


def _change_reasons(name: str, row: Row, found: ProjectFigures, subject: Subject) -> tuple[str, ...]:
    reports = _reports(row, subject)
    newest = max(reports, key=lambda each: each["period_end"], default=None)
    comment = newest.get(_COMMENTS[name]) if newest and name in _COMMENTS else None
    if comment:
        return (one_line(comment),)
    report = next((each for each in reports if each["period_end"] == found.rag_prev_on), None)
    if report is None or found.rag_prev_on is None:
        return ("No earlier report" if row.get(name) else "Not rated",)
    day = near_day(found.rag_prev_on, subject.material.data_date)
    if report.get(name) == row.get(name):
        return f"Unchanged since {day}", f"As on {day}"
    before = rag_label(report.get(name)).lower()
    return f"Was {before} on {day}", f"Was {before}"


def _reports(row: Row, subject: Subject) -> list[Row]:
    return subject.material.reports.get(row["id"], [])
