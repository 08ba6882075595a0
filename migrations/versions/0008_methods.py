"""The methodology library, gates, waivers, authority, audits, quality, lessons and benefits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def texts(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of text, dates and choices."""
    return [sa.Column(name, sa.Text(), nullable=not required) for name in names]


def integers(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of measures and truth values."""
    return [sa.Column(name, sa.Integer(), nullable=not required) for name in names]


def link(name: str, to: str, *, required: bool = False) -> sa.Column[Any]:
    """A column that points to a row of another table."""
    return sa.Column(name, sa.Text(), sa.ForeignKey(f"{to}.id"), nullable=not required, index=True)


TABLES: dict[str, tuple[sa.Column[Any], ...]] = {
    "methodology": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        *texts("name", required=True),
        *texts("version", "code", "status", "tier", "summary", "speaks"),
        link("owner", "person"),
        *texts("approved_on"),
        link("approved_by", "person"),
        *texts("retired_on", "comment"),
        *texts("custom", required=True),
    ),
    "method_phase": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("methodology", "methodology", required=True),
        *texts("code", "name", required=True),
        *texts("purpose"),
        *integers("weeks"),
        *integers("position", required=True),
    ),
    "method_gate": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("phase", "method_phase", required=True),
        *texts("code", "name", required=True),
        *texts("question", "decides"),
        *integers("position", required=True),
    ),
    "method_criterion": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("gate", "method_gate", required=True),
        *texts("code", required=True),
        *texts("section"),
        *texts("text", required=True),
        *texts("guidance", "role", "mandatory", "evidence"),
        *integers("position", required=True),
    ),
    "method_deliverable": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("phase", "method_phase", required=True),
        *texts("code", "name", required=True),
        *texts("purpose", "acceptance", "role", "acceptor", "mandatory", "template", "example"),
        *integers("position", required=True),
    ),
    "method_duty": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("methodology", "methodology", required=True),
        *texts("concerns", "role", "duty", required=True),
        *integers("position", required=True),
    ),
    "method_guidance": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("methodology", "methodology", required=True),
        *texts("concerns"),
        *texts("title", required=True),
        *texts("text"),
        *integers("position", required=True),
    ),
    "method_term": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("methodology", "methodology", required=True),
        *texts("term", required=True),
        *texts("meaning"),
        *integers("position", required=True),
    ),
    "method_template": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("methodology", "methodology", required=True),
        *texts("code", "name", "file_name", "blob", required=True),
        *integers("position", required=True),
    ),
    "blob": (
        sa.Column("hash", sa.Text(), primary_key=True),
        *integers("size", required=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    ),
    "attachment": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("register", "row", "name", required=True),
        *texts("blob"),
        *integers("size"),
        *texts("link", "note", "added_on", "added_by"),
    ),
    "phase": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("name", required=True),
        *texts("code"),
        *integers("position"),
        *texts("start", "finish", "status", "comment"),
        *texts("custom", required=True),
    ),
    "deliverable": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project", required=True),
        *texts("name", required=True),
        *texts("stage", "gate", "code"),
        *integers("mandatory"),
        *texts("description"),
        link("owner", "person"),
        *texts("acceptance_criteria", "acceptance_method"),
        link("acceptor", "person"),
        *texts("quality_expectation", "quality_tolerance", "start", "due", "submitted_on", "accepted_on"),
        *integers("template_used"),
        *texts("status"),
        link("handover_owner", "person"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "gate_review": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("code", required=True),
        *texts("name", "held_on"),
        link("reviewer", "person"),
        *texts("decision", "decided_on"),
        link("decided_by", "person"),
        *texts("reason", "next_review", "comment"),
        *texts("custom", required=True),
    ),
    "gate_answer": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("review", "gate_review", required=True),
        *texts("code", "text", required=True),
        *texts("answer", "comment", "answered_on", "answered_by"),
    ),
    "gate_vote": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("review", "gate_review", required=True),
        link("person", "person", required=True),
        *texts("vote", required=True),
        *texts("comment"),
    ),
    "waiver": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project", required=True),
        *texts("subject", required=True),
        *texts("event", "concerns", "reason"),
        link("requested_by", "person"),
        *texts("requested_on"),
        link("approver", "person"),
        *texts("decided_on", "expires", "status", "comment"),
        *texts("custom", required=True),
    ),
    "quality_review": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project", required=True),
        *texts("deliverable"),
        *texts("title", required=True),
        *texts("method", "planned", "held_on"),
        link("reviewer", "person"),
        *texts("result"),
        *integers("errors_found", "errors_open"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "sizing": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("sized_on", required=True),
        *integers("cost", "duration", "novelty", "dependencies", "exposure"),
        *texts("tier", required=True),
        *texts("reason"),
    ),
    "authority": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("portfolio", "portfolio"),
        *texts("function"),
        *texts("mode", "effective_from", required=True),
        *texts("reason"),
    ),
    "override": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("done_on", required=True),
        link("project", "project"),
        *texts("event", "mode", "reaction", "outcome", "subject", required=True),
        *texts("reason"),
        link("approver", "person"),
        *texts("expires", "who"),
    ),
    "question_set": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("name", required=True),
        *texts("purpose"),
    ),
    "question": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("question_set", "question_set", required=True),
        *texts("code", required=True),
        *texts("section"),
        *texts("text", required=True),
        *texts("guidance"),
        *integers("weight"),
        *integers("position", required=True),
    ),
    "audit": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("kind", "questions", "planned", "held_on"),
        link("auditor", "person"),
        *texts("status"),
        *integers("score"),
        *texts("opinion", "comment"),
        *texts("custom", required=True),
    ),
    "audit_answer": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("audit", "audit", required=True),
        *texts("code", "text", required=True),
        *texts("answer", "comment"),
    ),
    "finding": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("audit", "code", "grade", "cause", "recommendation", "action"),
        link("owner", "person"),
        *texts("raised", "due", "done", "verified_on"),
        link("verified_by", "person"),
        *texts("repeat_of", "status", "comment"),
        *texts("custom", required=True),
    ),
    "lesson": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("type", "logged", "stage", "category", "context", "cause", "effect", "recommendation", "action"),
        link("owner", "person"),
        *texts("audience", "status"),
        *integers("reuse_count"),
        *texts("comment"),
        *texts("custom", required=True),
    ),
    "benefit": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        link("project", "project"),
        *texts("title", required=True),
        *texts("type", "category", "description"),
        link("owner", "person"),
        *texts("measure", "unit"),
        *integers("baseline_value", "target_value", "actual_value"),
        *texts("start_date", "target_date", "review_date", "enabler_milestone"),
        link("handover_owner", "person"),
        *texts("rag", "status", "evidence", "comment"),
        *texts("custom", required=True),
    ),
}


def upgrade() -> None:
    for name, columns in TABLES.items():
        op.create_table(name, *columns, sqlite_strict=True)
    op.add_column("milestone", sa.Column("gate", sa.Text()))
    with op.batch_alter_table("project", recreate="always", table_kwargs={"sqlite_strict": True}) as project:
        project.add_column(sa.Column("methodology", sa.Text()))
        project.create_foreign_key("fk_project_methodology", "methodology", ["methodology"], ["id"])
        project.create_index("ix_project_methodology", ["methodology"])
