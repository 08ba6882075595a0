"""Ratings are computed by published thresholds, compared with what is declared, and never green for want of data."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.rating import (
    Honesty,
    Thresholds,
    judge_honesty,
    rate_share,
    rating_gap,
    trend_between,
    worst_rating,
)
from pmo_desktop.rules.words import Rag, Trend

R, AR, A, AG, G, C = Rag.RED, Rag.AMBER_RED, Rag.AMBER, Rag.AMBER_GREEN, Rag.GREEN, Rag.COMPLETE


@pytest.mark.parametrize(
    ("percent", "expected"), [(-30, G), (0, G), (3.9, G), (4, A), (7, A), (7.01, R), (10, R), (None, None)]
)
def test_an_overrun_is_rated_by_the_published_bands(percent: float | None, expected: Rag | None) -> None:
    """Oracle RAG-001."""
    assert rate_share(percent) == expected


def test_an_organisation_may_set_its_own_thresholds() -> None:
    strict = Thresholds(amber_from=0, red_above=1)
    assert [rate_share(percent, strict) for percent in (-0.1, 0, 1, 1.1)] == [G, A, A, R]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ((G, A, G, G), A),  # oracle RAG-005
        ((G, G), G),
        ((R, None), R),
        ((A, None), A),
        ((G, None), None),
        ((None, None), None),
        ((), None),
        ((AG, AR), AR),
    ],
)
def test_the_worst_dimension_decides_and_what_is_missing_is_never_green(
    ratings: tuple[Rag | None, ...], expected: Rag | None
) -> None:
    assert worst_rating(ratings) == expected


@pytest.mark.parametrize(
    ("declared", "computed", "expected"),
    [
        (G, R, Honesty.WATERMELON),
        (G, A, Honesty.WATERMELON_MILD),
        (A, R, Honesty.OPTIMISTIC),
        (AG, R, Honesty.OPTIMISTIC),
        (R, G, Honesty.PESSIMISTIC),
        (G, G, Honesty.AGREE),
        (A, A, Honesty.AGREE),
        (AR, A, Honesty.AGREE),
        (R, R, Honesty.AGREE),
        (G, None, Honesty.UNVERIFIED),
        (None, R, Honesty.UNVERIFIED),
        (C, R, Honesty.UNVERIFIED),
    ],
)
def test_declared_and_computed_ratings_are_compared(
    declared: Rag | None, computed: Rag | None, expected: Honesty
) -> None:
    """Oracle RAG-004."""
    assert judge_honesty(computed, declared) is expected


def test_the_gap_counts_steps_of_three_points() -> None:
    assert [rating_gap(R, G), rating_gap(A, G), rating_gap(G, R), rating_gap(R, C), rating_gap(None, G)] == [
        2,
        1,
        -2,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (G, R, Trend.WORSE),
        (A, AR, Trend.WORSE),
        (R, G, Trend.BETTER),
        (A, A, Trend.SAME),
        (None, A, None),
        (A, None, None),
        (A, C, None),
    ],
)
def test_a_trend_needs_two_ratings_and_open_work(before: Rag | None, now: Rag | None, expected: Trend | None) -> None:
    assert trend_between(before, now) == expected
