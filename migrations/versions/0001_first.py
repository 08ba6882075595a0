"""The first shape of a portfolio file: all tables, STRICT, and the index of every link."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


class Anything(sa.types.UserDefinedType[object]):
    """SQLite's ANY, for the values of the journal."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "ANY"


def texts(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of text, dates and instants."""
    return [sa.Column(name, sa.Text(), nullable=not required) for name in names]


def integers(*names: str, required: bool = False, index: bool = False) -> list[sa.Column[Any]]:
    """Columns of money, measures, truth values and numbers."""
    return [sa.Column(name, sa.Integer(), nullable=not required, index=index or None) for name in names]


def anythings(*names: str) -> list[sa.Column[Any]]:
    """Columns of any type."""
    return [sa.Column(name, Anything()) for name in names]


def link(name: str, to: str, *, required: bool = False) -> sa.Column[Any]:
    """A column that points to a row of another table."""
    return sa.Column(name, sa.Text(), sa.ForeignKey(f"{to}.id"), nullable=not required, index=True)


TABLES: dict[str, tuple[sa.Column[Any], ...]] = {
    "batch": (
        sa.Column("id", sa.Integer(), primary_key=True),
        *texts("at", "who", "what", required=True),
        *texts("why"),
        *integers("undoes", index=True),
        *texts("source"),
    ),
    "cell_source": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("register", "row", "name", "text", required=True),
        *texts("precision", "reason", "comment", "file", "sheet", "cell"),
    ),
    "change": (
        sa.Column("seq", sa.Integer(), primary_key=True),
        *integers("batch", required=True),
        *texts("entity", "row", "field", required=True),
        *anythings("old", "new"),
    ),
    "custom_field": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("register", "label", "kind", required=True),
        *texts("unit", "choices", "also"),
        *integers("position", required=True),
    ),
    "person": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("name", required=True),
        *texts("email", "role", "organisation", "aliases"),
        *integers("verified", required=True),
        *texts("note", "status"),
        *texts("custom", required=True),
    ),
    "saved_view": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("register", "name", "definition", required=True),
    ),
    "scale": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("kind", "name", "effective_from", required=True),
    ),
    "settings": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("organisation", "title", "board", "board_date", "owner", "pack_status"),
        *texts("currency", required=True),
        *integers("fy_start_month", required=True),
        *texts("data_date"),
        *integers("report_days", required=True),
        *texts("classification"),
        *integers("sample", required=True),
    ),
    "portfolio": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        *texts("name", required=True),
        *texts("description"),
        link("owner", "person"),
        *texts("status"),
        *texts("custom", required=True),
    ),
    "scale_point": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("scale", "scale", required=True),
        *texts("code", "label", required=True),
        *texts("meaning"),
        *integers("threshold"),
        *integers("position", required=True),
    ),
    "programme": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref"),
        *texts("name", required=True),
        link("portfolio", "portfolio"),
        link("sro", "person"),
        link("manager", "person"),
        *texts("description", "status"),
        *texts("custom", required=True),
    ),
    "project": (
        sa.Column("id", sa.Text(), primary_key=True),
        *texts("ref", "name", "description", "type", "category", "tier"),
        link("programme", "programme"),
        link("portfolio", "portfolio"),
        *texts("department"),
        link("sro", "person"),
        link("pm", "person"),
        link("pmo_contact", "person"),
        *texts(
            "stage",
            "lifecycle_status",
            "rag_overall",
            "rag_scale",
            "rag_time",
            "rag_cost",
            "rag_scope",
            "rag_resource",
            "rag_risk",
            "rag_quality",
            "rag_benefits",
            "rag_comment",
            "start_baseline",
            "start_forecast",
            "start_actual",
            "finish_baseline",
            "finish_forecast",
            "finish_actual",
        ),
        *integers("pct_complete"),
        *texts("currency"),
        *integers("whole_life_cost", "budget_approved"),
        *texts("fy_label"),
        *integers(
            "budget_fy",
            "forecast_fy",
            "actual_to_date",
            "eac",
            "committed",
            "contingency",
            "benefits_total",
            "npv",
            "bcr",
            "roi_pct",
            "payback_months",
        ),
        *texts("priority"),
        *integers("score"),
        *texts(
            "strategic_objective",
            "key_achievements",
            "next_steps",
            "decisions_needed",
            "report_date",
            "dependencies",
            "constraints",
            "location",
            "supplier",
            "funding_source",
            "procurement_route",
            "confidentiality",
            "link",
        ),
        *texts("custom", required=True),
    ),
    "baseline": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("replaced_on", required=True),
        *texts("reason", "start_baseline", "finish_baseline"),
        *integers("budget_approved"),
        *texts("currency"),
    ),
    "milestone": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("ref"),
        *texts("name", required=True),
        *texts("type", "level", "baseline", "forecast", "actual"),
        link("owner", "person"),
        *texts("status", "rag"),
        *integers("critical", "weight"),
        *texts("reason_for_slip", "comment"),
        *texts("custom", required=True),
    ),
    "status_report": (
        sa.Column("id", sa.Text(), primary_key=True),
        link("project", "project", required=True),
        *texts("period_end", required=True),
        link("reported_by", "person"),
        *texts(
            "rag_scale",
            "rag_overall",
            "rag_time",
            "rag_cost",
            "rag_scope",
            "rag_resource",
            "rag_risk",
            "rag_quality",
            "rag_benefits",
            "rag_comment",
            "time_comment",
            "cost_comment",
            "scope_comment",
            "benefits_comment",
            "key_achievements",
            "next_steps",
            "decisions_needed",
            "finish_baseline",
            "finish_forecast",
        ),
        *integers("pct_complete"),
        *texts("currency"),
        *integers("budget_approved", "actual_to_date", "eac"),
        *texts("custom", required=True),
    ),
}
INDEXES = (("ix_change_batch", "change", "batch"), ("ix_change_row", "change", "row"))


def upgrade() -> None:
    for name, columns in TABLES.items():
        op.create_table(name, *columns, sqlite_strict=True)
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])
