"""Variance is the estimate minus the budget, in money and in percent of the budget."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.variance import cost_variance, variance_percent


@pytest.mark.parametrize(("budget", "eac", "variance"), [(640_000, 731_000, 91_000), (100, 100, 0), (100, 90, -10)])
def test_an_overspend_is_positive(budget: int, eac: int, variance: int) -> None:
    assert cost_variance(budget, eac) == variance


def test_percent_is_undefined_without_a_positive_budget() -> None:
    assert variance_percent(200, 214) == 7.0
    assert variance_percent(200, 100) == -50.0
    assert variance_percent(0, 100) is None
    assert variance_percent(-5, 100) is None
