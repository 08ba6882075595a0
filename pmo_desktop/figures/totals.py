"""Totals of projects: money by currency, and how many stand at each status. Ratios of sums, never means of ratios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmo_desktop.figures.material import Material, Row
from pmo_desktop.figures.projects import ProjectFigures
from pmo_desktop.rules.variance import variance_percent
from pmo_desktop.rules.words import Rag

STATUS_CODES = ("R", "A", "G", "N", "C")
NOT_RATED_CODE = "N"
WORTH = ("eac", "budget_approved", "whole_life_cost")  # what a project is counted with: the first that is known


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The money of some projects in one currency, in minor units; a sum is None when no project has the value.

    `variance` and its percent are taken over the `compared` projects that have both a budget and an EAC.
    """

    currency: str
    projects: int
    budget: int | None
    eac: int | None
    actual: int | None
    variance: int | None
    variance_pct: float | None
    compared: int
    whole_life: int | None = None  # whole-life cost


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many projects stand at one status, on three points plus not rated (N) and complete (C)."""

    code: str
    count: int
    eac: tuple[tuple[str, int], ...]  # by currency: EAC, else budget, else whole-life cost
    change: int | None  # against the reports before; None when no project has one


def status_code(code: str | None) -> str:
    """The status a rating counts under: three points, N for not rated."""
    return Rag(code).three_point.value if code else NOT_RATED_CODE


def total_money(rows: Iterable[Row], material: Material) -> tuple[MoneyTotal, ...]:
    """One total per currency, the portfolio's own currency first; a currency without any money is left out."""
    by_currency: dict[str, list[Row]] = {}
    for row in rows:
        by_currency.setdefault(row.get("currency") or material.currency, []).append(row)
    totals = [_total(currency, found) for currency, found in by_currency.items()]
    with_money = [each for each in totals if _has_money(each)]
    return tuple(sorted(with_money, key=lambda each: (each.currency != material.currency, each.currency)))


def count_statuses(
    rows: Iterable[Row], figures: dict[str, ProjectFigures], material: Material
) -> tuple[StatusCount, ...]:
    """The count of projects at each status, worst first, with its change since the reports before."""
    found = list(rows)
    before = {row["id"]: status_code(figures[row["id"]].rag_prev) for row in found if figures[row["id"]].rag_prev_on}
    return tuple(_count(code, found, before, material) for code in STATUS_CODES)


def _has_money(total: MoneyTotal) -> bool:
    return any(part is not None for part in (total.budget, total.eac, total.actual, total.whole_life))


def _total(currency: str, rows: list[Row]) -> MoneyTotal:
    both = [row for row in rows if row.get("budget_approved") is not None and row.get("eac") is not None]
    budget, eac = _sum(both, "budget_approved"), _sum(both, "eac")
    return MoneyTotal(
        currency=currency,
        projects=len(rows),
        budget=_sum(rows, "budget_approved"),
        eac=_sum(rows, "eac"),
        actual=_sum(rows, "actual_to_date"),
        variance=eac - budget if eac is not None and budget is not None else None,
        variance_pct=variance_percent(budget, eac) if eac is not None and budget is not None else None,
        compared=len(both),
        whole_life=_sum(rows, "whole_life_cost"),
    )


def _sum(rows: list[Row], name: str) -> int | None:
    known = [row[name] for row in rows if row.get(name) is not None]
    return sum(known) if known else None


def _count(code: str, rows: list[Row], before: dict[str, str], material: Material) -> StatusCount:
    here = [row for row in rows if status_code(row.get("rag_overall")) == code]
    money: dict[str, int] = {}
    for row in here:
        value = next((row[name] for name in WORTH if row.get(name) is not None), None)
        if value is not None:
            currency = row.get("currency") or material.currency
            money[currency] = money.get(currency, 0) + value
    change = sum(row["id"] in before for row in here) - sum(past == code for past in before.values())
    ordered = sorted(money.items(), key=lambda each: (each[0] != material.currency, each[0]))
    return StatusCount(code, len(here), tuple(ordered), change if before else None)
