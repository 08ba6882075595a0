"""The panes of what may go wrong and what is done about it: risks, issues, assumptions, dependencies and the rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from pmo_desktop.figures.risks import PROMISE_FIELDS, SCORE_FIELDS, days_late, judge_promise, score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.risk import DIMENSIONS
from pmo_desktop.rules.words import (
    OVER,
    ActionStatus,
    AssumptionStatus,
    DecisionStatus,
    DependencyStatus,
    IssueStatus,
    RiskStatus,
)
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.outline import OWN_FIELDS, Outline, Page, plain_outline, with_views
from pmo_desktop.ui.registerdata import Figure

_ENDED: dict[str, tuple[str, ...]] = {  # by register
    "risks": OVER[RiskStatus],
    "issues": OVER[IssueStatus],
    "assumptions": OVER[AssumptionStatus],
    "dependencies": OVER[DependencyStatus],
    "decisions": OVER[DecisionStatus],
    "actions": OVER[ActionStatus],
    "risk_actions": OVER[ActionStatus],
}
_DUE = {  # by register: the field of the day by which something is to be done
    "issues": "due",
    "assumptions": "test_by",
    "dependencies": "need_by",
    "decisions": "date_needed",
    "actions": "due",
    "risk_actions": "due",
}
_CLOSE = ("record.close", "circle-check", "Close")
_ESCALATE = ("record.escalate", "arrow-up", "Escalate")
_ESCALATED = ("risks", "issues")  # registers with a field for whom an entry is escalated to
_WIDE, _SCORE = {"width": 300, "strong": True}, {"width": 76, "look": "score"}
LATE = Field("late_days", "Late", Kind.NUMBER, "Days past due on the data date", unit="days", computed=True)
LATE_LOOK = {"width": 92, "why": "Days since it was due on the data date."}
_RISK_PAGE = Page(
    "Details",
    "entry",
    sections=(
        ("Risk", ("title", "ref", "project", "type", "category", "status", "owner", "proximity", "rag")),
        ("What may happen", ("cause", "event", "effect")),
        (
            "Rating",
            (
                "prob_inherent",
                "impact_inherent",
                "existing_controls",
                "prob_residual",
                "impact_residual",
                "prob_target",
                "impact_target",
                "appetite",
            ),
        ),
        ("Impact by dimension", tuple(f"impact_{each}" for each in DIMENSIONS)),
        ("Response", ("response_strategy", "actions", "action_owner", "action_due", "action_status", "comment")),
        (
            "Cost and time",
            ("currency", "cost_min", "cost_likely", "cost_max", "days_min", "days_likely", "days_max"),
        ),
        (
            "Care",
            (
                "date_raised",
                "raised_by",
                "last_review",
                "next_review",
                "escalated_to",
                "show_on_report",
                "date_closed",
            ),
        ),
        ("Own fields", OWN_FIELDS),
    ),
)


def figure_risks(store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:  # noqa: ARG001  a Figure
    """Scores and band of each risk."""
    return score_risks(rows, scheme_of(store))


def late_by(due: str, ended: Collection[str]) -> Figure:
    """A reader that says how many days each entry is late that is not ended: by its due day, and the last statuses."""

    def figure(store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:  # noqa: ARG001  a Figure
        today = data_date(read_settings(store))
        return [row | {"late_days": None if row["status"] in ended else days_late(row[due], today)} for row in rows]

    return figure


def figure_dependencies(store: Store, rows: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:
    """How late each dependency is, and whether it is promised for when it is needed."""
    late = late_by(_DUE["dependencies"], _ENDED["dependencies"])(store, rows, anew)
    return [row | judge_promise(row) for row in late]


def _logged(register: str, icon: str, shown: tuple[str, ...], hint: str, title: str) -> Outline:
    """One of the logs beside the risks: what is open, what is late, everything."""
    plain = plain_outline(
        register,
        icon,
        shown,
        hint,
        looks={title: _WIDE, "late_days": LATE_LOOK},
        figures=(LATE, *(PROMISE_FIELDS if register == "dependencies" else ())),
        sort=((_DUE[register], False),),
        rating="rag",
        foot=(_CLOSE, _ESCALATE) if register in _ESCALATED else (_CLOSE,),
    )
    plain = replace(plain, pages=tuple(replace(page, sort="entry") for page in plain.pages))
    waiting = (Condition("status", "is not", _ENDED[register]),)
    late_ones = (*waiting, Condition("late_days", "over", (0,)))
    views: list[tuple[str, dict[str, Any]]] = [("Open", {"conditions": waiting}), ("Late", {"conditions": late_ones})]
    if register == "dependencies":
        views.append(("Promised too late", {"conditions": (*waiting, Condition("promise_gap", "over", (0,)))}))
    return with_views(plain, *views, ("All", {}))


_OPEN_RISKS = (Condition("status", "is not", _ENDED["risks"]),)
RAID_OUTLINES: dict[str, Outline] = {
    "risks": with_views(
        replace(
            plain_outline(
                "risks",
                "shield-alert",
                ("score", "band", "ref", "title", "project", "owner", "action_due", "response_strategy", "status"),
                "Import a risk register or a RAID log, or type the first risk.",
                looks={
                    "title": _WIDE,
                    "score": _SCORE,
                    "band": {"width": 90},
                    "project": {"width": 180},
                },
                frozen=4,
                pages=(_RISK_PAGE,),
                figures=SCORE_FIELDS,
                sort=(("score", True),),
                rating="rag",
                foot=(_CLOSE, _ESCALATE),
            ),
            title="Risks & RAID",
        ),
        ("Open", {"conditions": _OPEN_RISKS}),
        ("By project", {"conditions": _OPEN_RISKS, "group": "project"}),
        ("Escalated", {"conditions": (*_OPEN_RISKS, Condition("escalated_to", "filled"))}),
        ("Occurred", {"conditions": (Condition("status", "is", (RiskStatus.OCCURRED,)),)}),
        ("All risks", {}),
    ),
    "issues": _logged(
        "issues",
        "octagon-alert",
        ("ref", "title", "project", "priority", "owner", "due", "late_days", "status", "resolution_plan"),
        "Import an issue log or a RAID log, or type the first issue.",
        "title",
    ),
    "assumptions": _logged(
        "assumptions",
        "info",
        ("ref", "assumption", "project", "confidence", "owner", "test_by", "late_days", "status", "impact_if_false"),
        "Import a RAID log, or type what everybody takes for true.",
        "assumption",
    ),
    "dependencies": _logged(
        "dependencies",
        "link",
        (
            "ref",
            "deliverable",
            "promise_rating",
            "project",
            "giver",
            "receiver",
            "need_by",
            "promise_by",
            "promise_gap",
            "late_days",
            "status",
        ),
        "Import a RAID log, or type what one project waits for from another.",
        "deliverable",
    ),
    "decisions": _logged(
        "decisions",
        "landmark",
        ("ref", "title", "project", "forum", "maker", "date_needed", "late_days", "status", "date_made", "decision"),
        "Import a decision log, or type what a board is to decide.",
        "title",
    ),
    "actions": _logged(
        "actions",
        "circle-check",
        ("ref", "description", "project", "owner", "due", "late_days", "status", "priority", "source"),
        "Import an action log, or type the first action.",
        "description",
    ),
    "risk_actions": _logged(
        "risk_actions",
        "shield-alert",
        ("ref", "description", "risk", "owner", "due", "late_days", "done", "status", "effect_prob", "effect_impact"),
        "Type what somebody is to do about a risk.",
        "description",
    ),
}
RAID_READERS: dict[str, Figure] = {
    **{name: late_by(_DUE[name], _ENDED[name]) for name in _DUE},
    "risks": figure_risks,
    "dependencies": figure_dependencies,
}
