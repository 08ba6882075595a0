"""Which fields stand on each register's sheet, in which order, under which header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pmo_desktop.exchange.governancesheets import GOVERNANCE_SHEETS
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.model.register import RegisterInfo

_RATINGS = (
    "rag_overall",
    "rag_time",
    "rag_cost",
    "rag_scope",
    "rag_resource",
    "rag_risk",
    "rag_quality",
    "rag_benefits",
    "rag_scale",
    "rag_comment",
)

SHEETS: dict[str, tuple[str, ...]] = {
    "projects": (
        "ref",
        "name",
        "programme",
        "portfolio",
        "department",
        "sro",
        "pm",
        "pmo_contact",
        "lifecycle_status",
        "stage",
        *_RATINGS,
        "report_date",
        "start_baseline",
        "start_forecast",
        "start_actual",
        "finish_baseline",
        "finish_forecast",
        "finish_actual",
        "pct_complete",
        "currency",
        "whole_life_cost",
        "budget_approved",
        "actual_to_date",
        "committed",
        "eac",
        "contingency",
        "fy_label",
        "budget_fy",
        "forecast_fy",
        "benefits_total",
        "npv",
        "bcr",
        "roi_pct",
        "payback_months",
        "key_achievements",
        "next_steps",
        "decisions_needed",
        "description",
        "type",
        "category",
        "tier",
        "methodology",
        "priority",
        "score",
        "strategic_objective",
        "dependencies",
        "constraints",
        "location",
        "supplier",
        "funding_source",
        "procurement_route",
        "confidentiality",
        "link",
    ),
    "milestones": (
        "project",
        "name",
        "ref",
        "level",
        "type",
        "gate",
        "owner",
        "baseline",
        "forecast",
        "actual",
        "status",
        "rag",
        "critical",
        "weight",
        "reason_for_slip",
        "comment",
    ),
    "status_reports": (
        "project",
        "period_end",
        "reported_by",
        *_RATINGS,
        "time_comment",
        "cost_comment",
        "scope_comment",
        "benefits_comment",
        "key_achievements",
        "next_steps",
        "decisions_needed",
        "finish_baseline",
        "finish_forecast",
        "pct_complete",
        "currency",
        "budget_approved",
        "actual_to_date",
        "eac",
    ),
    "risks": (
        "ref",
        "project",
        "type",
        "title",
        "cause",
        "event",
        "effect",
        "category",
        "date_raised",
        "raised_by",
        "owner",
        "action_owner",
        "proximity",
        "prob_inherent",
        "impact_inherent",
        "existing_controls",
        "prob_residual",
        "impact_residual",
        "impact_cost",
        "impact_time",
        "impact_quality",
        "impact_reputation",
        "impact_safety",
        "prob_target",
        "impact_target",
        "appetite",
        "response_strategy",
        "actions",
        "action_due",
        "action_status",
        "currency",
        "cost_min",
        "cost_likely",
        "cost_max",
        "days_min",
        "days_likely",
        "days_max",
        "rag",
        "status",
        "last_review",
        "next_review",
        "date_closed",
        "escalated_to",
        "show_on_report",
        "comment",
    ),
    "issues": (
        "ref",
        "project",
        "title",
        "description",
        "type",
        "raised",
        "raised_by",
        "owner",
        "priority",
        "severity",
        "impact",
        "currency",
        "cost_impact",
        "schedule_impact",
        "root_cause",
        "resolution_plan",
        "next_step",
        "due",
        "status",
        "resolution",
        "resolved",
        "source_risk",
        "escalated_to",
        "rag",
        "show_on_report",
        "comment",
    ),
    "assumptions": (
        "ref",
        "project",
        "assumption",
        "category",
        "basis",
        "impact_if_false",
        "confidence",
        "owner",
        "raised",
        "test_by",
        "validated_on",
        "status",
        "linked_risk",
        "comment",
    ),
    "dependencies": (
        "ref",
        "project",
        "deliverable",
        "direction",
        "giver",
        "receiver",
        "type",
        "need_by",
        "promise_by",
        "actual",
        "owner_giver",
        "owner_receiver",
        "criticality",
        "rag",
        "status",
        "raised",
        "comment",
    ),
    "decisions": (
        "ref",
        "project",
        "title",
        "context",
        "options",
        "decision",
        "rationale",
        "maker",
        "forum",
        "raised",
        "date_needed",
        "date_made",
        "status",
        "impact",
        "currency",
        "cost",
        "approval_required",
        "review_by",
        "supersedes",
        "actions",
        "comment",
    ),
    "actions": (
        "ref",
        "project",
        "description",
        "source",
        "source_ref",
        "owner",
        "raised",
        "due",
        "revised_due",
        "done",
        "status",
        "priority",
        "progress",
        "comment",
    ),
    "risk_actions": (
        "risk",
        "ref",
        "description",
        "owner",
        "start",
        "due",
        "done",
        "status",
        "effect_prob",
        "effect_impact",
        "comment",
    ),
    **GOVERNANCE_SHEETS,
    "programmes": ("ref", "name", "portfolio", "sro", "manager", "status", "description"),
    "portfolios": ("ref", "name", "owner", "status", "description"),
    "people": ("name", "email", "role", "organisation", "status", "verified", "aliases", "note"),
    "resources": (
        "ref",
        "name",
        "type",
        "person",
        "email",
        "role",
        "team",
        "grade",
        "contract",
        "department",
        "location",
        "manager",
        "calendar",
        "fte",
        "hours_per_week",
        "bau_pct",
        "currency",
        "cost_rate",
        "charge_rate",
        "start",
        "end",
        "status",
        "note",
    ),
    "allocations": (
        "resource",
        "project",
        "role",
        "period_start",
        "period_end",
        "quantity",
        "unit",
        "status",
        "comment",
    ),
    "absences": ("resource", "type", "start", "finish", "part", "note", "uid"),
    "teams": ("name", "lead", "status", "description"),
    "roles": ("name", "category", "status", "description"),
    "skills": ("name", "category", "status", "description"),
    "resource_skills": ("resource", "skill", "level", "target", "evidence", "assessed_on", "assessor"),
    "calendars": (
        "name",
        "standard",
        "country",
        "subdivision",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "status",
        "note",
    ),
    "holidays": ("calendar", "day", "name", "fetched"),
}
NOT_EXPORTED: dict[str, tuple[str, ...]] = dict.fromkeys(SHEETS, ())  # left out on purpose, each with a reason
IDENTITY = "id"  # the hidden last column: by it a sheet that was edited finds its rows again, renamed or not


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: the field, and a header no other column of the sheet has."""

    field: Field
    header: str

    @property
    def hidden(self) -> bool:
        """Whether it is there for the program and not for the reader."""
        return self.field.name == IDENTITY


def register_columns(
    info: RegisterInfo, custom: Iterable[Field], figures: Sequence[Field] = (), behind: str = ""
) -> tuple[Column, ...]:
    """Every column of a register's sheet: the fields listed here, the organisation's own, the hidden identity.

    `figures` are computed ones that stand behind the field of a name; they are shown and not read back.
    """
    entity = info.entity.__tablename__
    listed = [find_field(entity, name) for name in SHEETS[info.name]]
    if figures:
        place = SHEETS[info.name].index(behind) + 1
        listed[place:place] = figures
    return name_columns(info, (*listed, *custom))


def name_columns(info: RegisterInfo, fields: Iterable[Field]) -> tuple[Column, ...]:
    """Fields as columns in the order given, the hidden identity last.

    A header is the field's label on one line; one that is taken (without case, as Excel compares) gets a number.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for field in (*fields, find_field(info.entity.__tablename__, IDENTITY)):
        header = _free_header(field.label, taken)
        taken.add(header.casefold())
        columns.append(Column(field, header))
    return tuple(columns)


def key_count(info: RegisterInfo, columns: tuple[Column, ...]) -> int:
    """How many leading columns stay in sight: up to the one a row is called by, if it is among the first three."""
    names = [column.field.name for column in columns[:3]]
    return names.index(info.title) + 1 if info.title in names else 0


_LONGEST_HEADER = 200  # Excel allows 255


def _free_header(label: str, taken: set[str]) -> str:
    printable = "".join(character if character.isprintable() else " " for character in label)
    base = " ".join(printable.split())[:_LONGEST_HEADER] or "Column"
    header, number = base, 1
    while header.casefold() in taken:
        number += 1
        header = f"{base} ({number})"
    return header
