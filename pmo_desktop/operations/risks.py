"""What one does with risks beyond changing their cells: re-score with a reason, review, escalate."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.risk import LAYERS, Scheme, dimension_points
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row


def rescore_risk(
    store: Store,
    risk: str,
    rating: str,
    likelihood: int,
    impact: int,
    scheme: Scheme,
    why: str | None = None,
    looked: tuple[date, date] | None = None,
) -> int | None:
    """Give a risk another rating (inherent, residual or target) as one step with its reason.

    `looked`: that this was a review: the day of it, and of the next one.
    The answer is the batch, None when the risk had that rating already. Raises Known for a cell the scheme has not,
    and for a risk that is gone; ValueError for a rating there is not.
    """
    if rating not in LAYERS:
        raise ValueError(f"no rating {rating}")
    if not (1 <= likelihood <= scheme.likelihoods and 1 <= impact <= scheme.impacts):
        sides = f"{scheme.likelihoods} x {scheme.impacts}"
        raise Known(f"There is no cell {likelihood} x {impact} in the scheme {scheme.name} ({sides}). Choose another.")
    if rating == "residual":
        _refuse_below(store, risk, impact)
    score = scheme.judge(likelihood, impact).score
    with batch(store, f"Re-score {rating} of {call_row(store, 'risk', risk)} to {score:.3g}", why=why) as work:
        cells: dict[str, Any] = {f"prob_{rating}": likelihood, f"impact_{rating}": impact}
        if looked:
            cells |= {"last_review": looked[0], "next_review": looked[1]}
        write_rows(work.connection, "risk", {risk: cells})
    return work.id if work.changed else None


def _refuse_below(store: Store, risk: str, impact: int) -> None:
    """Raise Known when a dimension alone has a greater impact: the risk would stay where it is."""
    points = dimension_points(read_row(store, "risk", risk) or {})
    worst = max(points, key=lambda each: points[each], default="")
    if worst and points[worst] > impact:
        raise Known(f"Its impact on {worst} alone is {points[worst]}. Change that first, in the inspector.")


def review_risk(store: Store, risk: str, on: date, next_on: date | None = None, why: str | None = None) -> int | None:
    """Say that a risk was looked at on a day; that nothing changed is a review too."""
    row = read_row(store, "risk", risk)
    if row is None:
        raise Known("Nothing was reviewed: the risk has been deleted. Undo the deletion first.")
    with batch(store, f"Review {call_row(store, 'risk', risk)}", why=why) as work:
        write_rows(work.connection, "risk", {risk: {"last_review": on, "next_review": next_on or row["next_review"]}})
    return work.id if work.changed else None


def escalate_entry(store: Store, entity: str, row: str, to: str, why: str | None = None) -> int | None:
    """Tell somebody above of a risk or an issue: the board sees it, its project still keeps it. Raises Known."""
    if not to.strip():
        raise Known("Nothing was escalated: say to whom.")
    with batch(store, f"Escalate {call_row(store, entity, row)} to {to.strip()}", why=why) as work:
        write_rows(work.connection, entity, {row: {"escalated_to": to.strip(), "show_on_report": True}})
    return work.id if work.changed else None
