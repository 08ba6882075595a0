"""Who does the work and how much of it: resources and their time, allocations, and what scenarios change of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def texts(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of text and dates."""
    return [sa.Column(name, sa.Text(), nullable=not required) for name in names]


def integers(*names: str, required: bool = False) -> list[sa.Column[Any]]:
    """Columns of money, measures and truth values."""
    return [sa.Column(name, sa.Integer(), nullable=not required) for name in names]


def link(name: str, to: str = "", *, required: bool = False) -> sa.Column[Any]:
    """A column that points to a row of another table, by default the one it is named after."""
    return sa.Column(name, sa.Text(), sa.ForeignKey(f"{to or name}.id"), nullable=not required, index=True)


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TABLES: dict[str, tuple[sa.Column[Any], ...]] = {
    "team": (*texts("name", required=True), link("lead", "person"), *texts("description", "status")),
    "role": (*texts("name", required=True), *texts("category", "description", "status")),
    "skill": (*texts("name", required=True), *texts("category", "description", "status")),
    "calendar": (
        *texts("name", required=True),
        *integers("standard"),
        *texts("country", "subdivision"),
        *integers(*WEEK),
        *texts("note", "status"),
    ),
    "holiday": (
        link("calendar", required=True),
        *texts("day", required=True),
        *texts("name"),
        *integers("fetched"),
    ),
    "resource": (
        *texts("ref"),
        *texts("name", required=True),
        *texts("type"),
        link("person"),
        *texts("email"),
        link("role"),
        link("team"),
        *texts("grade", "contract", "department", "location"),
        link("manager", "person"),
        link("calendar"),
        *integers("fte", "hours_per_week", "bau_pct", "cost_rate", "charge_rate"),
        *texts("currency", "start", "end", "note", "status"),
    ),
    "resource_skill": (
        link("resource", required=True),
        link("skill", required=True),
        *integers("level", "target"),
        *texts("evidence", "assessed_on"),
        link("assessor", "person"),
    ),
    "absence": (
        link("resource", required=True),
        *texts("type"),
        *texts("start", "finish", required=True),
        *integers("part"),
        *texts("note", "uid"),
    ),
    "allocation": (
        link("resource", required=True),
        link("project"),
        link("role"),
        *texts("period_start", "period_end", required=True),
        *integers("quantity", required=True),
        *texts("unit", required=True),
        *texts("status", "comment"),
    ),
}
SCENARIO = (*texts("name", required=True), *texts("note", "status"))
SCENARIO_CHANGE = (
    link("scenario", required=True),
    *texts("kind", "allocation", required=True),
    link("resource"),
    link("project"),
    link("role"),
    *texts("period_start", "period_end"),
    *integers("quantity"),
    *texts("unit", "status", "comment"),
)


def upgrade() -> None:
    for name, columns in TABLES.items():
        custom = sa.Column("custom", sa.Text(), nullable=False)
        op.create_table(name, sa.Column("id", sa.Text(), primary_key=True), *columns, custom, sqlite_strict=True)
    for name, columns in (("scenario", SCENARIO), ("scenario_change", SCENARIO_CHANGE)):
        op.create_table(name, sa.Column("id", sa.Text(), primary_key=True), *columns, sqlite_strict=True)
