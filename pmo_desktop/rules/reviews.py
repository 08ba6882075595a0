"""Reviews of risks: how often each band is looked at, when the next look is due, and what late mitigation does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

CADENCE = (90, 60, 30, 14)  # days between reviews by band, from the mildest; an exacting board asks for no more
NEVER_RATED = 14  # days: what nobody rated is looked at as often as the worst


def review_days(level: int | None, levels: int) -> int:
    """Days between two reviews of a risk in the band at a place of so many from the mildest; None is not rated."""
    if level is None:
        return NEVER_RATED
    return CADENCE[round(level * (len(CADENCE) - 1) / max(1, levels - 1))]


def review_due(
    last: date | None, planned: date | None, raised: date | None, level: int | None, levels: int
) -> date | None:
    """When a risk is to be looked at: the day planned, unless its band asks for an earlier one.

    Without any look so far it is due at once, from the day it was raised; None where nothing is known.
    """
    begun = last or raised
    by_band = begun + timedelta(days=review_days(level, levels)) if last and begun else begun
    return min((day for day in (planned, by_band) if day is not None), default=None)


def push_back(
    spot: tuple[int, int], ceiling: tuple[int, int] | None, late: Iterable[tuple[float | None, float | None]]
) -> tuple[int, int]:
    """Where a risk stands while actions are late: their promised effects on likelihood and impact are not there yet.

    `late`: the points each late action was to take off; one without a promise takes one point of likelihood. No risk
    rises above where it stood without controls (`ceiling`), where that is known.
    """
    likelihood, impact = spot
    for off_likelihood, off_impact in late:
        if off_likelihood is None and off_impact is None:
            likelihood += 1
            continue
        likelihood += round(off_likelihood or 0)
        impact += round(off_impact or 0)
    if ceiling is None:
        return spot
    return max(spot[0], min(likelihood, ceiling[0])), max(spot[1], min(impact, ceiling[1]))
