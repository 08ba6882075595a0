"""Cost variance: what a project is expected to cost against what was approved."""

from __future__ import annotations


def cost_variance(budget: int, eac: int) -> int:
    """EAC minus budget in minor units of one currency; above 0 is an overspend."""
    return eac - budget


def variance_percent(budget: int, eac: int) -> float | None:
    """(EAC - budget) / budget in percent (domain.md b.1); None when the budget is not positive."""
    return (eac - budget) * 100 / budget if budget > 0 else None
