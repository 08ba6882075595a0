"""Status reports: what a project said of itself at the end of a period, frozen."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from pmo_desktop.model.entity import Register
from pmo_desktop.model.field import field
from pmo_desktop.model.kind import Kind


class StatusReport(Register):
    """One period's ratings, narrative and forecasts. Trends come from comparing two reports."""

    __tablename__ = "status_report"

    project: Mapped[str] = field(
        "Project", Kind.LINK, to="project", required=True, also=("Project name", "Project ID", "Project ref")
    )
    period_end: Mapped[date] = field(
        "Period end", Kind.DATE, required=True, also=("Period", "Status date", "Report date", "As at", "Period ending")
    )
    reported_by: Mapped[str | None] = field("Reported by", Kind.PERSON, also=("Author", "Reporter"))
    rag_scale: Mapped[str | None] = field("RAG scale", Kind.CHOICE, choices=("3", "5"))
    rag_overall: Mapped[str | None] = field(
        "Overall", Kind.RAG, also=("RAG", "Overall RAG", "RAG status", "Overall status")
    )
    rag_time: Mapped[str | None] = field("Time", Kind.RAG, also=("Schedule RAG", "Time RAG"))
    rag_cost: Mapped[str | None] = field("Cost", Kind.RAG, also=("Cost RAG", "Budget RAG"))
    rag_scope: Mapped[str | None] = field("Scope", Kind.RAG, also=("Scope RAG",))
    rag_resource: Mapped[str | None] = field("Resources", Kind.RAG, also=("Resource RAG",))
    rag_risk: Mapped[str | None] = field("Risk", Kind.RAG, also=("Risk RAG",))
    rag_quality: Mapped[str | None] = field("Quality", Kind.RAG, also=("Quality RAG",))
    rag_benefits: Mapped[str | None] = field("Benefits", Kind.RAG, also=("Benefits RAG",))
    rag_comment: Mapped[str | None] = field(
        "Commentary", Kind.NOTE, searchable=True, also=("Comments", "Narrative", "Executive summary", "Status update")
    )
    time_comment: Mapped[str | None] = field("Time comment", Kind.NOTE, also=("Schedule comment",))
    cost_comment: Mapped[str | None] = field("Cost comment", Kind.NOTE, also=("Budget comment",))
    scope_comment: Mapped[str | None] = field("Scope comment", Kind.NOTE)
    benefits_comment: Mapped[str | None] = field("Benefits comment", Kind.NOTE)
    key_achievements: Mapped[str | None] = field(
        "Done this period", Kind.NOTE, also=("Achievements", "Key achievements")
    )
    next_steps: Mapped[str | None] = field("Next period", Kind.NOTE, also=("Next steps", "Planned next period"))
    decisions_needed: Mapped[str | None] = field("Asked of the board", Kind.NOTE, also=("Decisions needed", "Asks"))
    finish_baseline: Mapped[date | None] = field("Baseline finish", Kind.DATE)
    finish_forecast: Mapped[date | None] = field("Finish", Kind.DATE, also=("Forecast finish",))
    pct_complete: Mapped[float | None] = field("Done", Kind.PERCENT, also=("% complete",))
    currency: Mapped[str | None] = field("Currency", Kind.CODE)
    budget_approved: Mapped[int | None] = field("Budget", Kind.MONEY)
    actual_to_date: Mapped[int | None] = field("Actual to date", Kind.MONEY, also=("Actual",))
    eac: Mapped[int | None] = field("EAC", Kind.MONEY, also=("Estimate at completion",))
