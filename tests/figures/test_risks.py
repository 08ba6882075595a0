"""Scores and bands of stored risks come from the one banding; what is missing is empty, what is over is not late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.risks import SCORE_FIELDS, days_late, is_open, judge_promise, score_risks
from pmo_desktop.figures.riskschemes import scheme_of
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_row

FIGURES = ("score", "band", "score_inherent", "score_target")


def scored(store: Store) -> dict[str, tuple[object, ...]]:
    """Every figure of every risk by its title."""
    rows = score_risks(read_rows(store, "risk"), scheme_of(store))
    return {row["title"]: tuple(row[name] for name in FIGURES) for row in rows}


def test_the_residual_rating_counts_and_the_inherent_one_where_there_is_none(store: Store) -> None:
    a_row(store, "risk", title="Rain", prob_inherent=5, impact_inherent=4, prob_residual=3, impact_residual=4)
    a_row(store, "risk", title="Wind", prob_inherent=4, impact_inherent=4, prob_target=1, impact_target=2)
    a_row(store, "risk", title="Sun", type="Opportunity", prob_inherent=4, impact_inherent=4)
    a_row(store, "risk", title="Fog", prob_residual=2)
    assert scored(store) == {
        "Rain": (12, "High", 20, None),
        "Wind": (16, "Severe", 16, 2),
        "Sun": (16, "Great", 16, None),
        "Fog": (None, None, None, None),
    }


def test_every_figure_is_declared(store: Store) -> None:
    a_row(store, "risk", title="Rain", prob_inherent=5, impact_inherent=4)
    (row,) = score_risks(read_rows(store, "risk"), scheme_of(store))
    assert set(FIGURES) <= {field.name for field in SCORE_FIELDS} <= set(row)


@pytest.mark.parametrize(("status", "opened"), [(None, True), ("Open", True), ("Closed", False), ("Occurred", False)])
def test_a_risk_without_a_status_is_open(status: str | None, opened: bool) -> None:
    assert is_open({"status": status}) is opened


@pytest.mark.parametrize(
    ("due", "days"), [(None, None), (date(2026, 11, 13), None), (date(2026, 11, 14), None), (date(2026, 11, 1), 12)]
)
def test_what_was_due_before_today_is_late(due: date | None, days: int | None) -> None:
    assert days_late(due, date(2026, 11, 13)) == days


@pytest.mark.parametrize(
    ("cells", "gap", "rating"),
    [
        ({"promise_by": date(2026, 11, 20)}, 7, "R"),
        ({"promise_by": date(2026, 11, 13)}, 0, "G"),
        ({"promise_by": date(2026, 11, 1)}, -12, "G"),
        ({"promise_by": date(2026, 11, 20), "actual": date(2026, 11, 12)}, None, None),
        ({}, None, None),
    ],
)
def test_a_dependency_promised_for_later_than_it_is_needed_is_red(
    cells: dict[str, Any], gap: int | None, rating: str | None
) -> None:
    assert judge_promise({"need_by": date(2026, 11, 13)} | cells) == {"promise_gap": gap, "promise_rating": rating}
