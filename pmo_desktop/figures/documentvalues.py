"""What a template document may name of one project: its fields in words, its people, and its lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmo_desktop.figures.risks import is_open, score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.rules.wording import day_text, money_full, number_text, percent_text
from pmo_desktop.rules.words import OVER, IssueStatus, rag_label
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, read_linked, read_names, read_row, read_settings

Values = dict[str, Any]
_TEXTS = {  # what a template calls it -> the field
    "ref": "ref",
    "name": "name",
    "description": "description",
    "type": "type",
    "category": "category",
    "tier": "tier",
    "department": "department",
    "stage": "stage",
    "status": "lifecycle_status",
    "comment": "rag_comment",
    "priority": "priority",
    "objective": "strategic_objective",
    "achievements": "key_achievements",
    "next_steps": "next_steps",
    "decisions": "decisions_needed",
    "supplier": "supplier",
    "funding": "funding_source",
    "location": "location",
    "constraints": "constraints",
    "dependencies": "dependencies",
}
_LINKS = {"programme": "programme", "portfolio": "portfolio", "methodology": "methodology"}
_MONEY = {
    "budget": "budget_approved",
    "forecast": "eac",
    "spent": "actual_to_date",
    "contingency": "contingency",
    "benefits": "benefits_total",
}


def document_values(store: Store, project: str) -> Values:
    """The values of a project for its documents, as words: texts, groups of texts, and lists of groups.

    Names: `project.*` (name, ref, stage, start, finish, finish_baseline, budget, forecast, spent, rating, complete and
    more), `sponsor`, `manager`, `data_date`, `organisation`, and the lists `milestones`, `risks` and `issues` (the
    open ones), `deliverables` and `benefits`. A field without a value is "". Raises Known when the project is gone.
    """
    row = read_row(store, "project", project)
    if row is None:
        raise Known("This project has been deleted. Undo the deletion first.")
    settings, names = read_settings(store), read_names(store)
    linked = {entity: read_linked(store, entity, "project", [project]) for entity in _LISTS}
    risks = sorted(
        (each for each in score_risks(linked["risk"], scheme_of(store)) if is_open(each)),
        key=lambda each: -(each["score"] or 0),
    )
    issues = [each for each in linked["issue"] if each["status"] not in OVER[IssueStatus]]
    return {
        "project": _project(row, names, settings["currency"]),
        "sponsor": _name(names, row["sro"]),
        "manager": _name(names, row["pm"]),
        "data_date": day_text(data_date(settings)),
        "organisation": settings["organisation"] or "",
        "milestones": [_milestone(each, names) for each in sorted(linked["milestone"], key=_when)],
        "risks": [_risk(each, names) for each in risks],
        "issues": [_issue(each, names) for each in issues],
        "deliverables": [_deliverable(each, names) for each in linked["deliverable"]],
        "benefits": [_benefit(each, names) for each in linked["benefit"]],
    }


_LISTS = ("milestone", "risk", "issue", "deliverable", "benefit")


def _project(row: Record, names: Mapping[str, str], currency: str) -> dict[str, str]:
    money = row["currency"] or currency
    texts = {name: row[field] or "" for name, field in _TEXTS.items()}
    texts |= {name: _name(names, row[field]) for name, field in _LINKS.items()}
    texts |= {name: _money(row[field], money) for name, field in _MONEY.items()}
    return texts | {
        "name": row["name"] or row["ref"] or "",
        "start": _day(row["start_actual"] or row["start_forecast"]),
        "start_baseline": _day(row["start_baseline"]),
        "finish": _day(row["finish_actual"] or row["finish_forecast"]),
        "finish_baseline": _day(row["finish_baseline"]),
        "rating": rag_label(row["rag_overall"]) if row["rag_overall"] else "",
        "complete": percent_text(row["pct_complete"]) if row["pct_complete"] is not None else "",
        "report_date": _day(row["report_date"]),
    }


def _when(row: Record) -> date:
    return row["actual"] or row["forecast"] or row["baseline"] or date.max


def _milestone(row: Record, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "ref": row["ref"] or "",
        "name": row["name"],
        "type": row["type"] or "",
        "baseline": _day(row["baseline"]),
        "forecast": _day(row["forecast"]),
        "actual": _day(row["actual"]),
        "owner": _name(names, row["owner"]),
        "status": row["status"] or "",
    }


def _risk(row: Record, names: Mapping[str, str]) -> dict[str, str]:
    likelihood, impact = (
        row[f"{name}_inherent"] if row[f"{name}_residual"] is None else row[f"{name}_residual"]
        for name in ("prob", "impact")
    )
    return {
        "ref": row["ref"] or "",
        "title": row["title"],
        "owner": _name(names, row["owner"]),
        "likelihood": _number(likelihood),
        "impact": _number(impact),
        "score": _number(row["score"]),
        "response": row["actions"] or row["response_strategy"] or "",
        "due": _day(row["action_due"]),
    }


def _issue(row: Record, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "ref": row["ref"] or "",
        "title": row["title"],
        "owner": _name(names, row["owner"]),
        "priority": row["priority"] or "",
        "raised": _day(row["raised"]),
        "due": _day(row["due"]),
        "action": row["next_step"] or row["resolution_plan"] or "",
        "status": row["status"] or "",
    }


def _deliverable(row: Record, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "ref": row["ref"] or "",
        "name": row["name"],
        "owner": _name(names, row["owner"]),
        "acceptor": _name(names, row["acceptor"]),
        "acceptance": row["acceptance_criteria"] or "",
        "due": _day(row["due"]),
        "status": row["status"] or "",
    }


def _benefit(row: Record, names: Mapping[str, str]) -> dict[str, str]:
    unit = f" {row['unit']}" if row["unit"] else ""
    values = {name: row[f"{name}_value"] for name in ("baseline", "target", "actual")}
    return {
        "ref": row["ref"] or "",
        "name": row["title"],
        "measure": row["measure"] or "",
        "owner": _name(names, row["handover_owner"] or row["owner"]),
        "due": _day(row["target_date"]),
    } | {name: "" if value is None else number_text(value) + unit for name, value in values.items()}


def _name(names: Mapping[str, str], identity: str | None) -> str:
    return names.get(identity or "", "")


def _day(day: date | None) -> str:
    return day_text(day) if day else ""


def _number(value: float | None) -> str:
    return "" if value is None else number_text(value)


def _money(minor: int | None, currency: str) -> str:
    return "" if minor is None else money_full(minor, currency)
