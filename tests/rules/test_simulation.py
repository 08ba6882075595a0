"""Simulation: totals with the exact mean, percentiles that are reproducible, correlations that can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.rules.simulation import (
    BadCorrelationError,
    BadRiskError,
    Correlation,
    Outcomes,
    SimulatedRisk,
    Simulation,
    simulate,
    without,
)
from pmo_desktop.rules.spread import Spread
from tests.rules.oracles import oracles

MANY = 200_000


def spread_of(task: dict[str, Any]) -> Spread:
    """A distribution as the oracles write it."""
    if task["dist"] == "normal":
        return Spread.normal(task["mean"], task["sd"])
    if task["dist"] == "uniform":
        return Spread.uniform(task["min"], task["max"])
    return Spread.triangular(task["min"], task["mode"], task["max"])


def tasks(given_: Sequence[dict[str, Any]], group: str = "") -> list[SimulatedRisk]:
    return [SimulatedRisk(f"T{row}", 1.0, spread_of(task), group=group) for row, task in enumerate(given_)]


@pytest.mark.parametrize("case", [each for each in oracles("risk.monte_carlo") if "RISK-008" in (each.id or "")])
def test_the_quantiles_of_six_risks_are_exactly_those_of_all_64_outcomes(case: dict[str, Any]) -> None:
    wanted = case["expected"]
    risks = [SimulatedRisk(each["id"], each["p"], Spread.fixed(each["impact"])) for each in case["inputs"]["risks"]]
    assert sum(risk.mean for risk in risks) == pytest.approx(wanted["mean"])
    assert sum(risk.variance for risk in risks) == pytest.approx(wanted["variance"])
    run = simulate(risks, trials=MANY, seed=8).portfolio
    assert abs(run.mean - wanted["mean"]) <= 4 * wanted["sd"] / math.sqrt(MANY)
    assert {f"P{share}": run.percentile(share / 100) for share in (50, 80, 90, 95)} == {
        name: wanted[name] for name in ("P50", "P80", "P90", "P95")
    }
    for amount, share in wanted["cdf_at"].items():
        assert (
            abs(float((run.ordered <= float(amount)).mean()) - share)
            <= 4 * math.sqrt(share * (1 - share) / MANY) + 1e-12
        )


@pytest.mark.parametrize("case", [each for each in oracles("risk.monte_carlo") if "RISK-01" in (each.id or "")])
def test_the_totals_of_tasks_have_the_exact_mean_and_deviation(case: dict[str, Any]) -> None:
    wanted = case["expected"]
    if "tasks" not in case["inputs"]:
        pytest.skip("the case is about one distribution or about paths: see the tests for those")
    run = simulate(tasks(case["inputs"]["tasks"]), trials=MANY).portfolio
    sd = wanted.get("sd", wanted.get("sd_independent"))
    assert abs(run.mean - wanted["mean"]) <= 4 * sd / math.sqrt(MANY)
    assert abs(run.deviation - sd) <= 4 * sd / math.sqrt(2 * MANY) * 1.5
    if correlated := wanted.get("sd_if_pearson_rho_0_9"):
        together = simulate(
            tasks(case["inputs"]["tasks"], "all"), trials=MANY, correlation=Correlation({"all": 0.9}, {})
        ).portfolio
        assert abs(together.mean - wanted["mean"]) <= 4 * correlated / math.sqrt(MANY)
        assert together.deviation == pytest.approx(correlated, rel=0.02)


@pytest.mark.parametrize("case", [each for each in oracles("risk.monte_carlo") if "RISK-014" in (each.id or "")])
def test_two_paths_that_meet_end_later_than_either(case: dict[str, Any]) -> None:
    wanted = case["expected"]
    paths = [SimulatedRisk(name, 1.0, Spread.normal(20, 3), ((row, 1.0),)) for row, name in enumerate("ab")]
    run = simulate(paths, projects=2, trials=MANY)
    merged = Outcomes(np.maximum(run.projects[0].totals, run.projects[1].totals))
    assert abs(merged.mean - wanted["mean"]) <= 4 * wanted["sd"] / math.sqrt(MANY)
    assert merged.percentile(0.8) == pytest.approx(wanted["P80"], abs=0.05)


@pytest.mark.parametrize("case", oracles("risk.edge"))
def test_edges_of_probability_and_range_are_exact(case: dict[str, Any]) -> None:
    given_, wanted = case["inputs"], case["expected"]
    if "mean" not in wanted:
        pytest.skip("the case is about seeds or refusals: see the tests for those")
    risk = SimulatedRisk("R", given_.get("p", 1.0), Spread.triangular(given_["min"], given_["mode"], given_["max"]))
    assert (risk.mean, risk.variance) == pytest.approx((wanted["mean"], wanted["variance"]), abs=1e-6)
    run = simulate([risk], trials=2_000)
    assert abs(run.portfolio.mean - wanted["mean"]) <= 4 * math.sqrt(wanted["variance"] / 2_000) + 1e-9
    assert run.happened[0] == (0 if given_.get("p") == 0 else 2_000)


def three() -> list[SimulatedRisk]:
    return [
        SimulatedRisk("R-1", 0.4, Spread.triangular(10, 20, 60), ((0, 1.0),), "supply"),
        SimulatedRisk("R-2", 0.3, Spread.pert(5, 10, 30), ((0, 0.5), (1, 0.5)), "supply"),
        SimulatedRisk("R-3", 0.2, Spread.lognormal(40, 10), ((1, 1.0),), "weather"),
    ]


def same(one: Simulation, other: Simulation) -> bool:
    return one.portfolio.totals.tobytes() == other.portfolio.totals.tobytes() and all(
        a.totals.tobytes() == b.totals.tobytes() for a, b in zip(one.projects, other.projects, strict=True)
    )


def test_the_same_seed_gives_the_same_bits_whatever_the_order() -> None:
    correlation = Correlation({"supply": 0.6}, {})
    for how in (None, correlation):
        run = simulate(three(), 2, 7, 5_000, how)
        assert same(run, simulate(three(), 2, 7, 5_000, how))
        assert same(run, simulate(three()[::-1], 2, 7, 5_000, how))
        assert not same(run, simulate(three(), 2, 8, 5_000, how))


def test_leaving_a_risk_out_moves_no_other_draw() -> None:
    whole, less = simulate(three(), 2), simulate(without(three(), ["R-3"]), 2)
    assert whole.projects[0].totals.tobytes() == less.projects[0].totals.tobytes()
    assert less.happened.tolist()[2] == 0
    assert (whole.portfolio.totals >= less.portfolio.totals).all()


def test_a_shared_risk_counts_once_in_the_portfolio_and_in_parts_in_its_projects() -> None:
    run = simulate(three(), 2)
    parts = run.projects[0].totals + run.projects[1].totals
    assert np.allclose(parts, run.portfolio.totals)


def test_without_risks_nothing_is_needed() -> None:
    run = simulate([], projects=1, trials=100)
    assert (run.portfolio.percentile(0.8), run.projects[0].percentile(0.5), run.drivers.size) == (0, 0, 0)
    amounts, within = run.portfolio.curve()
    assert (amounts.tolist(), within.tolist()) == ([0.0], [1.0])


def test_drivers_add_up_to_all_of_the_variance() -> None:
    run = simulate(three())
    assert run.drivers.sum() == pytest.approx(1)
    assert run.drivers.argmax() == 2
    assert simulate([SimulatedRisk("R", 1.0, Spread.fixed(3))]).drivers.tolist() == [0.0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.integers(1, 2**31), st.sampled_from([0.0, 0.5, 1.0]))
def test_percentiles_rise_and_are_always_numbers(chances: list[float], seed: int, rho: float) -> None:
    risks = [
        SimulatedRisk(f"R{row}", chance, Spread.triangular(-1, 2, 9), group="g") for row, chance in enumerate(chances)
    ]
    run = simulate(risks, seed=seed, trials=200, correlation=Correlation({"g": rho}, {})).portfolio
    found = [run.percentile(share) for share in (0.005, 0.1, 0.5, 0.8, 0.9, 1.0)]
    assert found == sorted(found)
    assert all(map(math.isfinite, found))
    assert (run.ordered <= run.percentile(0.8)).mean() >= 0.8


def test_correlation_across_groups_moves_them_together() -> None:
    pair = [SimulatedRisk(name, 1.0, Spread.normal(0, 1), ((row, 1.0),), name) for row, name in enumerate("ab")]
    apart = simulate(pair, 2, correlation=Correlation({"a": 0.9, "b": 0.9}, {("a", "b"): -0.8}))
    found = np.corrcoef(apart.projects[0].totals, apart.projects[1].totals)[0, 1]
    assert found == pytest.approx(-0.8, abs=0.03)


@pytest.mark.parametrize(
    ("within", "between", "pair", "words"),
    [
        ({"a": 1.0, "b": 1.0}, {("a", "b"): 1.4}, ("a", "b"), "not within -1 and 1"),
        ({"a": -0.5, "b": 0.2}, {}, ("a", "a"), "a and itself"),
        ({"a": 0.2, "b": 0.2, "c": 1.0}, {("a", "b"): 0.5}, ("a", "b"), "contradicts the others"),
        (
            {"a": 1.0, "b": 1.0, "c": 1.0},
            {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.5},
            ("a", "c"),
            "contradicts the others",
        ),
        (
            dict.fromkeys("abcd", 1.0),
            dict.fromkeys((("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")), -0.38) | {("c", "d"): -0.42},
            ("c", "d"),
            "contradicts the others",
        ),
    ],
)
def test_correlations_that_contradict_each_other_name_the_pair(
    within: dict[str, float], between: dict[tuple[str, str], float], pair: tuple[str, str], words: str
) -> None:
    risks = [SimulatedRisk(name, 0.5, Spread.fixed(1), group=name) for name in within]
    with pytest.raises(BadCorrelationError) as refused:
        simulate(risks, correlation=Correlation(within, between))
    assert refused.value.pair == pair
    assert words in str(refused.value)


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_a_probability_outside_0_and_1_is_refused(probability: float) -> None:
    with pytest.raises(BadRiskError, match="between 0 and 1"):
        SimulatedRisk("R", probability, Spread.fixed(1))


def test_two_risks_of_one_key_and_no_trials_are_refused() -> None:
    with pytest.raises(BadRiskError, match="same key"):
        simulate([three()[0], three()[0]])
    with pytest.raises(ValueError, match="one trial"):
        simulate([], trials=0)
    with pytest.raises(ValueError, match="percentile"):
        simulate([]).portfolio.percentile(0)


def test_twenty_seeds_scatter_as_chance_does() -> None:
    risks = three()
    exact, deviation = sum(each.mean for each in risks), math.sqrt(sum(each.variance for each in risks))
    error = 3 * deviation / math.sqrt(10_000)
    means = [simulate(risks, seed=seed).portfolio.mean for seed in range(20)]
    assert sum(abs(mean - exact) > error for mean in means) <= 1
