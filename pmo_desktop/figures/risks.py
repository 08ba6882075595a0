"""What risks are worth: their scores and bands by the one banding, and which entries are late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.risk import Scheme, rate, spot_of
from pmo_desktop.rules.words import OVER, Rag, RiskStatus, RiskType

Row = Mapping[str, Any]


def _figure(name: str, label: str, kind: Kind, told: str) -> Field:
    return Field(name, label, kind, told, entity="risk", computed=True)


SCORE_FIELDS = (
    _figure("score", "Score", Kind.NUMBER, "Likelihood times impact: residual, or inherent where no control was rated"),
    _figure("band", "Band", Kind.TEXT, "The band of the score"),
    _figure("cell", "Cell", Kind.TEXT, "Where it stands on the matrix: likelihood x impact"),
    _figure("score_inherent", "Inherent score", Kind.NUMBER, "Likelihood times impact without controls"),
    _figure("score_target", "Target score", Kind.NUMBER, "Likelihood times impact once all actions are done"),
)


PROMISE_FIELDS = (
    Field(
        "promise_rating",
        "Promise",
        Kind.RAG,
        "Red when it is promised for later than it is needed",
        entity="dependency",
        computed=True,
    ),
    Field(
        "promise_gap",
        "Promised after need",
        Kind.NUMBER,
        "Days from when it is needed to when it is promised",
        unit="days",
        entity="dependency",
        computed=True,
    ),
)


def score_risks(rows: Iterable[Row], scheme: Scheme) -> list[dict[str, Any]]:
    """The rows with their scores and band; None where a rating is missing.

    `band_place` is the place of the band from the mildest, and how many bands there are.
    """
    return [dict(row) | _scores(row, scheme) for row in rows]


def _scores(row: Row, scheme: Scheme) -> dict[str, Any]:
    ratings = rate(scheme, row)
    spot = spot_of(scheme, row, "residual") or spot_of(scheme, row, "inherent")
    now = scheme.judge(*spot, opportunity=row.get("type") == RiskType.OPPORTUNITY) if spot else None
    return {
        "score": ratings.current,
        "band": now and now.band,
        "band_place": now and (now.level, len(scheme.bands)),
        "cell": spot and f"{spot[0]} x {spot[1]}",
        "score_inherent": ratings.inherent,
        "score_target": ratings.target,
    }


def is_open(row: Row) -> bool:
    """Whether a risk still may happen; one without a status has not been closed."""
    return row.get("status") not in OVER[RiskStatus]


def judge_promise(row: Row) -> dict[str, Any]:
    """How many days after it is needed a dependency is promised, and Red where that is so, Green where it is not.

    Both are empty without one of the days, and once it was delivered.
    """
    need, promise = row.get("need_by"), row.get("promise_by")
    if need is None or promise is None or row.get("actual"):
        return {"promise_gap": None, "promise_rating": None}
    gap = (promise - need).days
    return {"promise_gap": gap, "promise_rating": Rag.RED if gap > 0 else Rag.GREEN}


def days_late(due: date | None, today: date) -> int | None:
    """Days since something was due; None when it is not, or when nothing says when."""
    return (today - due).days if due is not None and due < today else None
