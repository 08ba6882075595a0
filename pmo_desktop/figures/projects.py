"""What follows from a project's rows: slip, variance, trends, computed ratings, gates and freshness."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmo_desktop.figures.material import Material, Row, read_material
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.gates import GateState, GateStop, track_gates
from pmo_desktop.rules.rating import Honesty, judge_honesty, rate_share, rating_gap, trend_between, worst_rating
from pmo_desktop.rules.slip import days_overdue, slip_days, slip_percent
from pmo_desktop.rules.variance import cost_variance, variance_percent
from pmo_desktop.rules.words import ENDED, MilestoneStatus, MilestoneType, Rag, Trend
from pmo_desktop.store.file import Store

DIMENSIONS = (
    "rag_overall",
    "rag_time",
    "rag_cost",
    "rag_scope",
    "rag_resource",
    "rag_risk",
    "rag_quality",
    "rag_benefits",
)
REASONS = {
    "no_baseline": "there is no baseline finish",
    "no_forecast": "there is no forecast finish",
    "no_start": "there is no start to measure the duration from",
    "no_duration": "the baseline finish is not after the start",
    "no_budget": "there is no approved budget",
    "zero_budget": "the budget is not above zero",
    "no_eac": "there is no estimate at completion",
    "no_earlier_report": "there is no earlier status report",
    "not_rated": "the project is not rated",
    "never_reported": "no status has been reported",
    "unverified": "time or cost cannot be computed",
    "complete": "the project is complete",
    "no_gates": "the project has no gates",
    "all_passed": "every gate is passed",
    "no_milestones": "no milestone lies ahead",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFigures:
    """The figures of one project on the data date. What is undefined is None, with a code in `reasons` (see REASONS).

    Money is minor units of `currency`; days are calendar days; percent is 0-100 and may be negative.
    """

    project: str
    currency: str
    has_ended: bool
    slip_days: int | None = None
    slip_percent: float | None = None
    variance: int | None = None
    variance_pct: float | None = None
    rag_prev: str | None = None
    rag_prev_on: date | None = None
    rag_trend: Trend | None = None
    trends: dict[str, Trend | None] = field(default_factory=dict)
    rag_time_computed: str | None = None
    rag_cost_computed: str | None = None
    rag_computed: str | None = None
    watermelon: int | None = None
    honesty: Honesty = Honesty.UNVERIFIED
    report_age_days: int | None = None
    stale: bool | None = None
    next_gate: str | None = None
    next_gate_date: date | None = None
    gate_track: tuple[GateStop, ...] = ()
    next_milestone: str | None = None
    next_milestone_date: date | None = None
    overdue_milestones: int = 0
    reasons: dict[str, str] = field(default_factory=dict)

    def why(self, name: str) -> str:
        """The sentence that says why a figure is undefined; empty when it is defined."""
        return REASONS.get(self.reasons.get(name, ""), "")

    def gates_text(self) -> str:
        """The gate track in words, for screen readers and copies: `3 of 5 gates passed, next G4`."""
        if not self.gate_track:
            return ""
        passed = sum(stop.state is GateState.PASSED for stop in self.gate_track)
        ahead = f", next {self.next_gate}" if self.next_gate else ""
        return f"{passed} of {len(self.gate_track)} gates passed{ahead}"


def _figure(name: str, label: str, kind: Kind, told: str, **more: Any) -> Field:
    return Field(name=name, label=label, kind=kind, help=told, entity="project", computed=True, **more)


FIGURE_FIELDS: tuple[Field, ...] = (
    _figure("slip_days", "Slip", Kind.NUMBER, "Forecast or actual finish minus baseline finish", unit="days"),
    _figure("slip_percent", "Slip %", Kind.PERCENT, "Slip as percent of the baseline duration"),
    _figure("variance", "Variance", Kind.MONEY, "EAC minus budget; above zero is an overspend"),
    _figure("variance_pct", "Variance %", Kind.PERCENT, "EAC minus budget, as percent of the budget"),
    _figure("rag_prev", "Previous RAG", Kind.RAG, "The rating in the status report before the newest"),
    _figure("rag_trend", "Trend", Kind.CHOICE, "How the rating moved since that report", choices=tuple(Trend)),
    _figure("rag_time_computed", "Time, computed", Kind.RAG, "Slip as percent of the duration, against tolerance"),
    _figure("rag_cost_computed", "Cost, computed", Kind.RAG, "Variance as percent of the budget, against tolerance"),
    _figure("rag_computed", "RAG, computed", Kind.RAG, "The worse of computed time and cost"),
    _figure(
        "watermelon",
        "Optimism",
        Kind.NUMBER,
        "Computed minus declared rating; 2 is a watermelon",
    ),
    _figure("report_age_days", "Report age", Kind.NUMBER, "Days since the status was last reported", unit="days"),
    _figure("stale", "Stale", Kind.YESNO, "Rated, but reported longer ago than the reporting cycle"),
    _figure("next_gate", "Next gate", Kind.TEXT, "The first gate that is not passed"),
    _figure("next_gate_date", "Next gate on", Kind.DATE, "Its forecast, else its baseline"),
    _figure("gate_track", "Gates", Kind.TEXT, "Gates passed, next and open, in planned order"),
    _figure("next_milestone", "Next milestone", Kind.TEXT, "The earliest milestone that is not achieved"),
    _figure("next_milestone_date", "Next milestone on", Kind.DATE, "Its forecast, else its baseline"),
    _figure("overdue_milestones", "Overdue milestones", Kind.NUMBER, "Due before the data date, not achieved"),
    _figure("has_ended", "Ended", Kind.YESNO, "Closed or cancelled"),
)


def project_figures(store: Store, data_date: date | None = None) -> dict[str, ProjectFigures]:
    """The figures of every project by its id, judged by the day given, else by the file's data date, else by today."""
    return figures_by_project(read_material(store, data_date))


def figures_by_project(material: Material) -> dict[str, ProjectFigures]:
    """The figures of every project in the material by its id."""
    return {row["id"]: figure_project(row, material) for row in material.projects}


def figure_project(row: Row, material: Material) -> ProjectFigures:
    """The figures of one project."""
    reasons: dict[str, str] = {}
    found: dict[str, Any] = {}
    found |= _figure_time(row, material, reasons)
    found |= _figure_cost(row, material, reasons)
    found |= _figure_rating(row, found, reasons)
    found |= _figure_trends(row, material.reports.get(row["id"], []), reasons)
    found |= _figure_freshness(row, material, reasons)
    found |= _figure_milestones(material.milestones.get(row["id"], []), material.data_date, reasons)
    return ProjectFigures(
        project=row["id"],
        currency=row.get("currency") or material.currency,
        has_ended=row.get("lifecycle_status") in ENDED,
        reasons=reasons,
        **found,
    )


_RATINGS = {str(rating): rating for rating in Rag}  # asked for eight times a project


def read_rating(code: str | None) -> Rag | None:
    """A stored rating as a word of the vocabulary; empty is None."""
    return _RATINGS[code] if code else None


def expected_date(milestone: Row) -> date | None:
    """The day a milestone happened, else is forecast, else was planned for."""
    day: date | None = milestone.get("actual") or milestone.get("forecast") or milestone.get("baseline")
    return day


def is_achieved(milestone: Row) -> bool:
    """Whether a milestone has happened, by its date or by its owner's word."""
    return milestone.get("actual") is not None or milestone.get("status") == MilestoneStatus.COMPLETE


def is_cancelled(milestone: Row) -> bool:
    """Whether a milestone will never happen."""
    return milestone.get("status") == MilestoneStatus.CANCELLED


def plan_order(milestone: Row) -> tuple[date, str]:
    """Milestones in the order they were planned, the undated last."""
    return (milestone.get("baseline") or expected_date(milestone) or date.max, milestone.get("name") or "")


def _figure_time(row: Row, material: Material, reasons: dict[str, str]) -> dict[str, Any]:
    promised, expected = row.get("finish_baseline"), row.get("finish_actual") or row.get("finish_forecast")
    if promised is None or expected is None:
        why = "no_baseline" if promised is None else "no_forecast"
        reasons |= dict.fromkeys(("slip_days", "slip_percent", "rag_time_computed"), why)
        return {}
    slip = slip_days(promised, expected)
    # Registers often keep a single start: it stands for the baseline start where that is missing.
    start = row.get("start_baseline") or row.get("start_actual") or row.get("start_forecast")
    percent = slip_percent(slip, start, promised) if start else None
    if percent is None:
        reasons |= dict.fromkeys(("slip_percent", "rag_time_computed"), "no_duration" if start else "no_start")
    return {
        "slip_days": slip,
        "slip_percent": percent,
        "rag_time_computed": rate_share(percent, material.thresholds),
    }


def _figure_cost(row: Row, material: Material, reasons: dict[str, str]) -> dict[str, Any]:
    budget, eac = row.get("budget_approved"), row.get("eac")
    if budget is None or eac is None:
        why = "no_budget" if budget is None else "no_eac"
        reasons |= dict.fromkeys(("variance", "variance_pct", "rag_cost_computed"), why)
        return {}
    percent = variance_percent(budget, eac)
    if percent is None:
        reasons |= dict.fromkeys(("variance_pct", "rag_cost_computed"), "zero_budget")
    return {
        "variance": cost_variance(budget, eac),
        "variance_pct": percent,
        "rag_cost_computed": rate_share(percent, material.thresholds),
    }


def _figure_rating(row: Row, found: dict[str, Any], reasons: dict[str, str]) -> dict[str, Any]:
    parts = (found.get("rag_time_computed"), found.get("rag_cost_computed"))
    computed, declared = worst_rating(parts), read_rating(row.get("rag_overall"))
    gap = rating_gap(computed, declared)
    if gap is not None and gap <= 0 and None in parts:
        gap, computed_for_word = None, None  # the missing dimension could be worse: nothing is proven
    else:
        computed_for_word = computed
    if computed is None:
        reasons["rag_computed"] = "unverified"
    if gap is None:
        reasons["watermelon"] = (
            "not_rated" if declared is None else "complete" if declared is Rag.COMPLETE else "unverified"
        )
    return {"rag_computed": computed, "watermelon": gap, "honesty": judge_honesty(computed_for_word, declared)}


def _figure_trends(row: Row, reports: list[Row], reasons: dict[str, str]) -> dict[str, Any]:
    earlier = previous_report(row, reports)
    if earlier is None:
        reasons |= dict.fromkeys(("rag_prev", "rag_trend"), "no_earlier_report")
        return {"trends": {}}
    trends = {name: trend_between(read_rating(earlier.get(name)), read_rating(row.get(name))) for name in DIMENSIONS}
    if trends["rag_overall"] is None:
        reasons["rag_trend"] = "complete" if row.get("rag_overall") == Rag.COMPLETE else "not_rated"
    return {
        "rag_prev": earlier.get("rag_overall"),
        "rag_prev_on": earlier["period_end"],
        "rag_trend": trends["rag_overall"],
        "trends": trends,
    }


def previous_report(row: Row, reports: list[Row]) -> Row | None:
    """The status report before the project's present rating, or None.

    The present rating is of its report date. Where that is empty, the newest report is the present rating if it says
    the same, and the previous one if it does not.
    """
    if not reports:
        return None
    newest = max(reports, key=_period_end)
    present = row.get("report_date")
    if present is None:
        same = newest.get("rag_overall") == row.get("rag_overall")
        present = newest["period_end"] if same else date.max
    return max((each for each in reports if each["period_end"] < present), key=_period_end, default=None)


def _period_end(report: Row) -> tuple[date, str]:
    return report["period_end"], report["id"]


def _figure_freshness(row: Row, material: Material, reasons: dict[str, str]) -> dict[str, Any]:
    reported = row.get("report_date")
    if reported is None:
        reports = material.reports.get(row["id"], [])
        reported = max((each["period_end"] for each in reports), default=None)
    if reported is None:
        reasons |= dict.fromkeys(("report_age_days", "stale"), "never_reported")
        return {}
    age = (material.data_date - reported).days
    if row.get("rag_overall") is None:
        reasons["stale"] = "not_rated"
        return {"report_age_days": age}
    ended = row.get("lifecycle_status") in ENDED or row.get("rag_overall") == Rag.COMPLETE
    return {"report_age_days": age, "stale": not ended and age > material.report_days}


def _figure_milestones(milestones: list[Row], data_date: date, reasons: dict[str, str]) -> dict[str, Any]:
    live = [each for each in milestones if not is_cancelled(each)]
    ahead = [each for each in live if not is_achieved(each)]
    dated = [(day, each["name"]) for each in ahead if (day := expected_date(each))]
    track = _figure_gates(live)
    gate = next((stop for stop in track if stop.state is GateState.NEXT), None)
    if gate is None:
        reasons["next_gate"] = "all_passed" if track else "no_gates"
    if not dated:
        reasons["next_milestone"] = "no_milestones"
    day, name = min(dated, default=(None, None))
    return {
        "gate_track": track,
        "next_gate": gate.name if gate else None,
        "next_gate_date": gate.date if gate else None,
        "next_milestone": name,
        "next_milestone_date": day,
        "overdue_milestones": sum(days_overdue(expected_date(each), data_date) > 0 for each in ahead),
    }


def _figure_gates(milestones: list[Row]) -> tuple[GateStop, ...]:
    gates = sorted((each for each in milestones if each.get("type") == MilestoneType.GATE), key=plan_order)
    return track_gates([(each["name"], expected_date(each), is_achieved(each)) for each in gates])
