"""What needs attention: one line a project, found by rule, worst first, each with a reason and a next step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmo_desktop.figures.material import Material, Row
from pmo_desktop.figures.milestones import MilestoneFigures, open_milestones
from pmo_desktop.figures.projects import ProjectFigures, read_rating
from pmo_desktop.rules.wording import count_text, day_text, growth_text, number_text, span_words
from pmo_desktop.rules.words import Rag, Trend, rag_label


class Rule(StrEnum):
    """Why a project is listed, the gravest first."""

    RED = "red"
    WORSENING = "worsening"
    OVER_TOLERANCE = "over tolerance"
    OVER_BOOKED = "over-booked people"
    UNNAMED = "nobody named"
    STALE = "stale report"
    OVERDUE = "overdue milestone"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a project meets: the reason as a sentence, what to do about it, and the day it turns on."""

    rule: Rule
    reason: str
    action: str
    date: date | None


NOTHING: Mapping[str, Sequence[Finding]] = {}


@dataclass(frozen=True, slots=True)
class Attention:
    """A project and everything found about it, the gravest first."""

    project: str
    findings: tuple[Finding, ...]

    @property
    def main(self) -> Finding:
        """The finding that puts the project on the list."""
        return self.findings[0]


def list_attention(
    rows: Iterable[Row],
    figures: dict[str, ProjectFigures],
    material: Material,
    others: Mapping[str, Sequence[Finding]] = NOTHING,
) -> tuple[Attention, ...]:
    """The projects that meet a rule: by their gravest rule, then the more rules, then the larger EAC.

    `others`: what else was found, by project, such as what it lacks in people.
    """
    found: list[tuple[tuple[int, int, int, str], Attention]] = []
    for row in rows:
        overdue = [each for each in open_milestones(material, [row["id"]]) if each.overdue]
        own = (rule(row, figures[row["id"]], material, overdue) for rule in RULES)
        together = [*(finding for finding in own if finding is not None), *others.get(row["id"], ())]
        findings = tuple(sorted(together, key=lambda finding: _ORDER.index(finding.rule)))
        if findings:
            order = (_ORDER.index(findings[0].rule), -len(findings), -(row.get("eac") or 0), row["id"])
            found.append((order, Attention(row["id"], findings)))
    return tuple(attention for _, attention in sorted(found, key=lambda each: each[0]))


def _is_red(row: Row, figures: ProjectFigures, material: Material, _late: list[MilestoneFigures]) -> Finding | None:
    if row.get("rag_overall") != Rag.RED:
        return None
    asked = (row.get("decisions_needed") or "").strip()
    action = "Decide what it asks of the board" if asked else "Ask for a recovery plan"
    before = f", {_was(figures)}" if figures.rag_trend is Trend.WORSE else ""
    return Finding(Rule.RED, f"Rated red{before}", action, material.settings.get("board_date"))


def _is_worsening(row: Row, figures: ProjectFigures, _: Material, _late: list[MilestoneFigures]) -> Finding | None:
    if figures.rag_trend is not Trend.WORSE or row.get("rag_overall") == Rag.RED:
        return None
    reason = f"Now {rag_label(row['rag_overall']).lower()}, {_was(figures)}"
    return Finding(Rule.WORSENING, reason, "Ask what changed and what is being done", figures.rag_prev_on)


def _is_over(row: Row, figures: ProjectFigures, material: Material, _late: list[MilestoneFigures]) -> Finding | None:
    parts = []
    if figures.rag_time_computed == Rag.RED and figures.slip_days is not None:
        share = growth_text(figures.slip_percent, signed=False)
        parts.append(f"finish {span_words(figures.slip_days)} late, {share} of its duration")
    if figures.rag_cost_computed == Rag.RED:
        parts.append(f"EAC {growth_text(figures.variance_pct, signed=False)} over budget")
    if not parts:
        return None
    reason = " and ".join(parts)
    declared = read_rating(row.get("rag_overall"))
    tolerance = f"; tolerance is {number_text(material.thresholds.red_above)}%"
    understated = figures.watermelon is not None and figures.watermelon > 0
    said = f", yet rated {declared.label.lower()}" if declared and understated else ""
    action = "Review the rating with its manager" if understated else "Agree a recovery plan or a new baseline"
    return Finding(
        Rule.OVER_TOLERANCE, reason[0].upper() + reason[1:] + tolerance + said, action, row.get("finish_forecast")
    )


def _is_stale(
    row: Row, figures: ProjectFigures, material: Material, _overdue: list[MilestoneFigures]
) -> Finding | None:
    action = "Ask its manager for a status report"
    if figures.report_age_days is None:
        if row.get("rag_overall") == Rag.COMPLETE:
            return None
        rated = row.get("rag_overall") is not None
        reason = "Rated, but when is not known" if rated else "No status has ever been reported"
        return Finding(Rule.STALE, reason, action, None)
    if figures.report_age_days <= material.report_days or row.get("rag_overall") == Rag.COMPLETE:
        return None
    reason = f"Last reported {count_text(figures.report_age_days, 'day')} ago, the cycle is {material.report_days}"
    return Finding(Rule.STALE, reason, action, row.get("report_date"))


def _is_overdue(_row: Row, _: ProjectFigures, _material: Material, overdue: list[MilestoneFigures]) -> Finding | None:
    if not overdue:
        return None
    oldest = overdue[0]
    reason = f"{oldest.name} was due {day_text(oldest.expected)}"
    if len(overdue) > 1:
        reason += f", {count_text(len(overdue) - 1, 'other milestone')} overdue"
    return Finding(Rule.OVERDUE, reason, "Record it as achieved or give a new forecast", oldest.expected)


def _was(figures: ProjectFigures) -> str:
    assert figures.rag_prev_on is not None  # noqa: S101  a trend comes from a dated report
    return f"was {rag_label(figures.rag_prev).lower()} on {day_text(figures.rag_prev_on)}"


RuleFinder = Callable[[Row, ProjectFigures, Material, list[MilestoneFigures]], Finding | None]
RULES: tuple[RuleFinder, ...] = (_is_red, _is_worsening, _is_over, _is_stale, _is_overdue)
_ORDER = tuple(Rule)
