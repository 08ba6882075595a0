"""What managers are asked for in a send-out: the one list of columns, and which of them may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmo_desktop.model.kind import Field


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns of one register in a send-out, in order; those of `opened` are asked for, the others are to read."""

    shown: tuple[str, ...]
    opened: frozenset[str]


def asked_of(register: str, own: Iterable[Field]) -> Asked:
    """What is asked for of a register: the list below, and every field of the organisation's own, after it."""
    names = tuple(field.name for field in own)
    asked = ASKED[register]
    return Asked((*asked.shown, *names), asked.opened.union(names))


# By register. A computed figure may be shown and is never opened.
ASKED: dict[str, Asked] = {
    "projects": Asked(
        (
            "ref",
            "name",
            "stage",
            "rag_overall",
            "rag_comment",
            "rag_time",
            "rag_cost",
            "rag_scope",
            "rag_resource",
            "rag_risk",
            "rag_quality",
            "rag_benefits",
            "start_forecast",
            "finish_baseline",
            "finish_forecast",
            "slip_days",
            "pct_complete",
            "currency",
            "budget_approved",
            "actual_to_date",
            "eac",
            "variance",
            "forecast_fy",
            "key_achievements",
            "next_steps",
            "decisions_needed",
        ),
        frozenset(
            {
                "rag_overall",
                "rag_comment",
                "rag_time",
                "rag_cost",
                "rag_scope",
                "rag_resource",
                "rag_risk",
                "rag_quality",
                "rag_benefits",
                "start_forecast",
                "finish_forecast",
                "pct_complete",
                "actual_to_date",
                "eac",
                "forecast_fy",
                "key_achievements",
                "next_steps",
                "decisions_needed",
            }
        ),
    ),
    "milestones": Asked(
        ("project", "name", "type", "baseline", "forecast", "actual", "status", "rag", "reason_for_slip", "comment"),
        frozenset({"forecast", "actual", "status", "rag", "reason_for_slip", "comment"}),
    ),
}
