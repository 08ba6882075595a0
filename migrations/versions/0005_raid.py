"""The RAID registers: risks and what is done about them, issues, assumptions, dependencies, decisions, actions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def texts(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of text, dates and choices."""
    return [sa.Column(name, sa.Text(), nullable=not required) for name in names]


def integers(*names: str) -> list[sa.Column[Any]]:
    """Columns of points, money, measures and truth values."""
    return [sa.Column(name, sa.Integer()) for name in names]


def link(name: str, to: str, *, required: bool = False) -> sa.Column[Any]:
    """A column that points to a row of another table."""
    return sa.Column(name, sa.Text(), sa.ForeignKey(f"{to}.id"), nullable=not required, index=True)


TABLES: dict[str, tuple[sa.Column[Any], ...]] = {
    "risk": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("type"),
        *texts("title", required=True),
        *texts("cause", "event", "effect", "category", "date_raised"),
        link("raised_by", "person"),
        link("owner", "person"),
        link("action_owner", "person"),
        *texts("proximity"),
        *integers("prob_inherent", "impact_inherent"),
        *texts("existing_controls"),
        *integers("prob_residual", "impact_residual", "prob_target", "impact_target", "appetite"),
        *texts("response_strategy", "actions", "action_due", "action_status", "currency"),
        *integers("cost_min", "cost_likely", "cost_max", "days_min", "days_likely", "days_max"),
        *texts("rag", "status", "last_review", "next_review", "date_closed", "escalated_to"),
        *integers("show_on_report"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "mitigation": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("risk", "risk", required=True),
        *texts("ref"),
        *texts("description", required=True),
        link("owner", "person"),
        *texts("start", "due", "done", "status"),
        *integers("effect_prob", "effect_impact"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "issue": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("description", "type", "raised"),
        link("raised_by", "person"),
        link("owner", "person"),
        *texts("priority", "severity", "impact", "currency"),
        *integers("cost_impact", "schedule_impact"),
        *texts("root_cause", "resolution_plan", "next_step", "due", "status", "resolution", "resolved"),
        link("source_risk", "risk"),
        *texts("escalated_to", "rag"),
        *integers("show_on_report"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "assumption": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("assumption", required=True),
        *texts("category", "basis", "impact_if_false", "confidence"),
        link("owner", "person"),
        *texts("raised", "test_by", "validated_on", "status"),
        link("linked_risk", "risk"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "dependency": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("deliverable", required=True),
        *texts("direction", "giver", "receiver", "type", "need_by", "promise_by", "actual"),
        link("owner_giver", "person"),
        link("owner_receiver", "person"),
        *texts("criticality", "rag", "status", "raised", "comment"),
        *texts("custom", required=True),
    ),
    "decision": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("context", "options", "decision", "rationale"),
        link("maker", "person"),
        *texts("forum", "raised", "date_needed", "date_made", "status", "impact", "currency"),
        *integers("cost", "approval_required"),
        *texts("review_by", "supersedes", "actions", "comment"),
        *texts("custom", required=True),
    ),
    "action": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("description", required=True),
        *texts("source", "source_ref"),
        link("owner", "person"),
        *texts("raised", "due", "revised_due", "done", "status", "priority"),
        *integers("progress"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
}


def upgrade() -> None:
    for name, columns in TABLES.items():
        op.create_table(name, *columns, sqlite_strict=True)
