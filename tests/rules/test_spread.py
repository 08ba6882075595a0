"""Spreads: exact moments, draws that have them, and amounts that cannot be."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.spread import BadSpreadError, Shape, Spread, normal_share
from tests.rules.oracles import oracles

COUNT = 40_000
EVERY = [
    Spread.fixed(7.0),
    Spread.uniform(2.0, 8.0),
    Spread.triangular(1.0, 2.0, 9.0),
    Spread.triangular(1.0, 1.0, 9.0),
    Spread.triangular(1.0, 9.0, 9.0),
    Spread.pert(8.0, 10.0, 18.0),
    Spread.pert(8.0, 8.0, 18.0),
    Spread.normal(10.0, 2.0),
    Spread.lognormal(10.0, 4.0),
    Spread.triangular(-9.0, -2.0, -1.0),
    Spread.pert(5.0, 5.0, 5.0),
]
NAMES = [f"{each.shape} {each.low:g} {each.likely:g} {each.high:g}" for each in EVERY]


@pytest.mark.parametrize("spread", EVERY, ids=NAMES)
@pytest.mark.parametrize("way", ["draw", "at"])
def test_what_is_drawn_has_the_exact_mean_and_variance(spread: Spread, way: str) -> None:
    source = np.random.default_rng(5)
    drawn = spread.draw(source, COUNT) if way == "draw" else spread.at(source.standard_normal(COUNT))
    deviation = math.sqrt(spread.variance)
    assert abs(drawn.mean() - spread.mean) <= 4 * deviation / math.sqrt(COUNT) + 1e-9
    assert drawn.std() == pytest.approx(deviation, rel=0.04)


@pytest.mark.parametrize("spread", EVERY, ids=NAMES)
def test_amounts_rise_with_their_score_and_stay_within_their_bounds(spread: Spread) -> None:
    amounts = spread.at(np.linspace(-9, 9, 301))
    assert (np.diff(amounts) >= 0).all()
    if spread.shape not in (Shape.NORMAL, Shape.LOGNORMAL):
        assert spread.low <= amounts.min()
        assert amounts.max() <= spread.high
    if spread.shape is Shape.LOGNORMAL:
        assert amounts.min() > 0


@given(st.floats(-6, 6))
def test_the_share_below_a_score_is_that_of_the_normal_distribution(score: float) -> None:
    assert normal_share(np.array([score]))[0] == pytest.approx(NormalDist().cdf(score), abs=1e-6)


@pytest.mark.parametrize("case", oracles("risk.monte_carlo"))
def test_pert_has_the_variance_of_its_beta_distribution(case: dict[str, Any]) -> None:
    given_, wanted = case["inputs"], case["expected"]
    if "variance_beta_pert" not in wanted:
        pytest.skip("the case is about totals: see test_simulation")
    spread = Spread.pert(given_["min"], given_["mode"], given_["max"])
    assert spread.mean == pytest.approx(wanted["mean"], abs=1e-6)
    assert spread.variance == pytest.approx(wanted["variance_beta_pert"], abs=1e-6)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Spread.triangular(1, 0, 3), "The likeliest amount (0) must lie between the least (1)"),
        (lambda: Spread.pert(1, 4, 3), "and the greatest (3)"),
        (lambda: Spread.uniform(5, 1), "must lie between"),
        (lambda: Spread.fixed(math.nan), "not a number"),
        (lambda: Spread.triangular(0, 1, math.inf), "not a number"),
        (lambda: Spread.normal(1, -1), "below zero"),
        (lambda: Spread.lognormal(0, 1), "above zero"),
    ],
)
def test_amounts_that_cannot_be_are_refused_in_words(make: Any, words: str) -> None:
    with pytest.raises(BadSpreadError) as refused:
        make()
    assert words in str(refused.value)
