"""Status reports: what a project said of itself at the end of a period, frozen."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import Stored, field
from pmo_desktop.model.kind import Kind


class StatusReport(Register):
    """One period's ratings, narrative and forecasts. Trends come from comparing two reports."""

    __tablename__ = "status_report"

    project: Stored[str] = field(
        "Project", Kind.LINK, to="project", required=True, also=("Project name", "Project ID", "Project ref")
    )
    period_end: Stored[date] = field(
        "Period end", Kind.DATE, required=True, also=("Period", "Status date", "Report date", "As at", "Period ending")
    )
    reported_by: Stored[str | None] = field("Reported by", Kind.PERSON, also=("Author", "Reporter"))
    rag_scale: Stored[str | None] = field("RAG scale", Kind.CHOICE, choices=("3", "5"))
    rag_overall: Stored[str | None] = field(
        "Overall", Kind.RAG, also=("RAG", "Overall RAG", "RAG status", "Overall status")
    )
    rag_time: Stored[str | None] = field("Time", Kind.RAG, also=("Schedule RAG", "Time RAG"))
    rag_cost: Stored[str | None] = field("Cost", Kind.RAG, also=("Cost RAG", "Budget RAG"))
    rag_scope: Stored[str | None] = field("Scope", Kind.RAG, also=("Scope RAG",))
    rag_resource: Stored[str | None] = field("Resources", Kind.RAG, also=("Resource RAG",))
    rag_risk: Stored[str | None] = field("Risk", Kind.RAG, also=("Risk RAG",))
    rag_quality: Stored[str | None] = field("Quality", Kind.RAG, also=("Quality RAG",))
    rag_benefits: Stored[str | None] = field("Benefits", Kind.RAG, also=("Benefits RAG",))
    rag_comment: Stored[str | None] = field(
        "Commentary", Kind.NOTE, searchable=True, also=("Comments", "Narrative", "Executive summary", "Status update")
    )
    time_comment: Stored[str | None] = field("Time comment", Kind.NOTE, also=("Schedule comment",))
    cost_comment: Stored[str | None] = field("Cost comment", Kind.NOTE, also=("Budget comment",))
    scope_comment: Stored[str | None] = field("Scope comment", Kind.NOTE)
    benefits_comment: Stored[str | None] = field("Benefits comment", Kind.NOTE)
    key_achievements: Stored[str | None] = field(
        "Done this period", Kind.NOTE, also=("Achievements", "Key achievements")
    )
    next_steps: Stored[str | None] = field("Next period", Kind.NOTE, also=("Next steps", "Planned next period"))
    decisions_needed: Stored[str | None] = field("Asked of the board", Kind.NOTE, also=("Decisions needed", "Asks"))
    finish_baseline: Stored[date | None] = field("Baseline finish", Kind.DATE)
    finish_forecast: Stored[date | None] = field("Finish", Kind.DATE, also=("Forecast finish",))
    pct_complete: Stored[float | None] = field("Done", Kind.PERCENT, also=("% complete",))
    currency: Stored[str | None] = field("Currency", Kind.CODE)
    budget_approved: Stored[int | None] = field("Budget", Kind.MONEY)
    actual_to_date: Stored[int | None] = field("Actual to date", Kind.MONEY, also=("Actual",))
    eac: Stored[int | None] = field("EAC", Kind.MONEY, also=("Estimate at completion",))
