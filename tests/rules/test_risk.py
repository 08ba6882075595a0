"""One banding: every cell of every scheme has exactly one band, scores are products, and nothing undefined is 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.risk import (
    FIVE_BY_FIVE,
    SCHEMES,
    Scheme,
    SchemeError,
    dimension_point,
    dimension_points,
    expected_value,
    impact_of,
    rate,
    resize_scheme,
    scheme_on,
    spot_of,
    total_exposure,
)
from pmo_desktop.rules.scales import IMPACT
from tests.rules.oracles import oracles

WORSE = st.integers(1, 5)
NUMERIC = next(each for each in SCHEMES if each.scores[0])


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda each: each.name)
def test_every_cell_of_every_shipped_scheme_has_exactly_one_band(scheme: Scheme) -> None:
    cells = {(likelihood, impact): cell for likelihood, impact, cell in scheme.cells()}
    assert len(cells) == scheme.likelihoods * scheme.impacts
    assert all(scheme.bands.count(cell.band) == 1 for cell in cells.values())
    assert {cell.band for cell in cells.values()} == set(scheme.bands)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda each: each.name)
def test_a_worse_risk_never_has_a_milder_band(scheme: Scheme) -> None:
    for likelihood, impact, cell in scheme.cells():
        for more, other in ((likelihood + 1, impact), (likelihood, impact + 1)):
            if more <= scheme.likelihoods and other <= scheme.impacts:
                assert scheme.judge(more, other).level >= cell.level


def test_the_usual_bands_are_those_of_the_house() -> None:
    bands = {cell.score: cell.band for _, _, cell in FIVE_BY_FIVE.cells()}
    assert {name: [score for score, band in sorted(bands.items()) if band == name] for name in FIVE_BY_FIVE.bands} == {
        "Low": [1, 2, 3, 4],
        "Moderate": [5, 6, 8, 9],
        "High": [10, 12, 15],
        "Severe": [16, 20, 25],
    }


def test_of_several_impacts_the_greatest_counts() -> None:
    assert FIVE_BY_FIVE.judge(3, (1, 5, 2)) == FIVE_BY_FIVE.judge(3, 5)
    assert FIVE_BY_FIVE.judge(3, (1, 5, 2)).score == 15


def test_an_opportunity_has_mirrored_words_and_the_same_levels() -> None:
    threat, chance = FIVE_BY_FIVE.judge(4, 4), FIVE_BY_FIVE.judge(4, 4, opportunity=True)
    assert (threat.level, threat.band, chance.level, chance.band) == (3, "Severe", 3, "Great")
    three = next(each for each in SCHEMES if each.name == "3 x 3")
    assert three.judge(3, 3, opportunity=True).band == "High"


def test_a_matrix_can_say_what_no_threshold_can() -> None:
    scheme = next(each for each in SCHEMES if each.matrix)
    assert (scheme.judge(1, 5).band, scheme.judge(5, 1).band) == ("High", "Moderate")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"starts": (5,)}, "needs 2 limits that rise"),
        ({"starts": (9, 5)}, "needs 2 limits that rise"),
        ({}, "either limits of scores or a matrix"),
        ({"starts": (5, 9), "likelihoods": 2}, "has 2 x 5 points"),
        ({"starts": (5, 9), "impacts": 10}, "has 5 x 10 points"),
        ({"matrix": ((0, 1, 2),) * 2}, "must have 5 rows of 5"),
        ({"matrix": ((0, 1, 2, 3, 0),) * 5}, "names a band that there is not"),
        ({"starts": (5, 9), "scores": ((0.1, 0.3), ())}, "5 weights above 0 that rise"),
        ({"starts": (5, 9), "scores": ((), (0.0, 1, 2, 3, 4))}, "5 weights above 0 that rise"),
        ({"starts": (5, 9), "opportunity": ("Good",)}, "names 1 bands"),
    ],
)
def test_a_scheme_that_leaves_a_cell_without_a_band_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(SchemeError, match=says):
        Scheme("Ours", ("Low", "Middle", "High"), **given)


@pytest.mark.parametrize("cell", [(0, 1), (6, 1), (1, 0), (1, 6)])
def test_a_cell_off_the_matrix_is_refused(cell: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no cell"):
        FIVE_BY_FIVE.judge(*cell)


@given(st.integers(3, 9), st.integers(3, 9), st.lists(st.integers(2, 80), min_size=1, max_size=4, unique=True))
def test_any_size_with_any_thresholds_bands_every_cell_once(ways: int, sizes: int, starts: list[int]) -> None:
    names = tuple(f"Band {place}" for place in range(len(starts) + 1))
    scheme = Scheme("Any", names, tuple(sorted(starts)), ways, sizes)
    for _, _, cell in scheme.cells():
        low = ((1, *scheme.starts))[cell.level]
        assert cell.score >= low
        assert cell.level == len(scheme.starts) or cell.score < scheme.starts[cell.level]


def test_the_scheme_in_force_is_the_newest_that_has_begun() -> None:
    old = Scheme("Old", ("Low", "High"), (5,), effective_from=date(2020, 1, 1))
    new = Scheme("New", ("Low", "High"), (9,), effective_from=date(2026, 1, 1))
    found = [scheme_on(day, (new, old)).name for day in (date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 1))]
    assert found == ["5 x 5", "Old", "New"]


@pytest.mark.parametrize(("amount", "point"), [(0, 1), (9.9, 1), (10, 2), (39, 3), (40, 4), (1e9, 5)])
def test_money_and_days_become_points_by_thresholds(amount: float, point: int) -> None:
    assert dimension_point(amount, (10, 20, 40, 80)) == point


@pytest.mark.parametrize("case", oracles("risk.matrix"))
def test_the_matrix_of_the_guide(case: dict[str, Any]) -> None:
    given = case["inputs"]
    if "p" in given:
        assert NUMERIC.bands[NUMERIC.level_of(expected_value(given["p"], given["i"]))].lower() == "low"
        return
    assert NUMERIC.scores == (tuple(given["probability"]), tuple(given["impact"]))
    for likelihood, chance in enumerate(given["probability"], start=1):
        scores = [NUMERIC.weigh(likelihood, impact) for impact in range(1, 6)]
        assert scores == pytest.approx(case["expected"]["score"][str(chance)], abs=1e-9)


@pytest.mark.parametrize("case", oracles("risk.emv"))
def test_expected_values_add_up(case: dict[str, Any]) -> None:
    risks = [(each["p"], each["impact"], False) for each in case["inputs"]["risks"]]
    assert [expected_value(p, impact) for p, impact, _ in risks] == pytest.approx(case["expected"]["emv_each"])
    assert total_exposure(risks).threat == pytest.approx(case["expected"]["total_emv"])


@pytest.mark.parametrize("case", oracles("risk.decision_tree"))
def test_a_decision_tree_is_expected_values_less_the_cost(case: dict[str, Any]) -> None:
    worth = {
        name: sum(expected_value(p, value) for p, value in way["branches"]) - way["cost"]
        for name, way in case["inputs"].items()
    }
    assert worth == pytest.approx({name: case["expected"][name] for name in worth})
    assert max(worth, key=lambda name: worth[name]) == case["expected"]["choose"]


@pytest.mark.parametrize("case", oracles("risk.lifecycle"))
def test_three_ratings_and_what_lies_between(case: dict[str, Any]) -> None:
    row: dict[str, int] = {}
    for layer, (likelihood, impact) in case["inputs"].items():
        row |= {f"prob_{layer}": likelihood, f"impact_{layer}": impact}
    found = rate(FIVE_BY_FIVE, row)
    wanted = case["expected"]
    assert (found.inherent, found.residual, found.target) == (wanted["inherent"], wanted["residual"], wanted["target"])
    assert (found.reduction, found.gap, found.is_odd) == (wanted["reduction"], wanted["gap_to_target"], False)


def test_threats_and_opportunities_are_kept_apart() -> None:
    found = total_exposure([(0.5, 100, False), (0.25, 40, True)])
    assert (found.threat, found.opportunity, found.net) == (50, 10, 40)
    assert not any(total_exposure([]))


@pytest.mark.parametrize("probability", [-0.01, 1.01, float("nan")])
def test_no_probability_outside_0_to_1(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected_value(probability, 10)


def test_a_missing_rating_is_no_score_and_never_0() -> None:
    found = rate(FIVE_BY_FIVE, {"prob_inherent": 3, "impact_inherent": 4, "prob_target": 2})
    assert (found.inherent, found.residual, found.target) == (12, None, None)
    assert (found.current, found.reduction, found.gap, found.is_odd) == (12, None, None, False)


def test_controls_that_made_it_worse_are_odd() -> None:
    row = {"prob_inherent": 2, "impact_inherent": 2, "prob_residual": 3, "impact_residual": 2}
    assert rate(FIVE_BY_FIVE, row).is_odd


def test_a_point_beyond_the_scheme_has_no_score() -> None:
    assert rate(FIVE_BY_FIVE, {"prob_residual": 7, "impact_residual": 2}).current is None


@given(WORSE, WORSE)
def test_on_the_usual_scheme_the_score_is_the_product(likelihood: int, impact: int) -> None:
    assert FIVE_BY_FIVE.judge(likelihood, impact).score == likelihood * impact


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": (("a",), ())}, "needs 5 words"),
        ({"cost_limits": (1, 2)}, "Impact on cost needs 4 amounts"),
        ({"time_limits": (0, 2, 3, 4)}, "Impact on time needs 4 amounts"),
        ({"bands": ("Low", "low ", "High", "Severe")}, "the same name"),
    ],
)
def test_words_limits_and_names_that_do_not_fit_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(SchemeError, match=words):
        replace(FIVE_BY_FIVE, **changes)


def test_points_have_words_on_a_scale_of_five_or_where_the_scheme_says_so() -> None:
    assert FIVE_BY_FIVE.axes["likelihood"][0] == "Rare"
    assert resize_scheme(FIVE_BY_FIVE, 3, 5).axes == {"likelihood": ("", "", ""), "impact": tuple(IMPACT)}
    own = replace(FIVE_BY_FIVE, words=(("a", "b", "c", "d", "e"), ()))
    assert own.axes["likelihood"][4] == "e"


def test_a_scheme_of_another_size_keeps_its_shape() -> None:
    assert [resize_scheme(FIVE_BY_FIVE, side, side).starts for side in (9, 3)] == [(16, 32, 52), (2, 4, 6)]
    assert resize_scheme(FIVE_BY_FIVE, 5, 5) == FIVE_BY_FIVE
    matrix = next(each for each in SCHEMES if each.matrix)
    grown = resize_scheme(matrix, 9, 3)
    assert [len(row) for row in grown.matrix] == [3] * 9
    assert (grown.judge(9, 3).band, grown.judge(1, 1).band) == ("Severe", "Low")
    limits = replace(NUMERIC, cost_limits=(1, 2, 3, 4), time_limits=(1, 2, 3, 4), words=(tuple("abcde"), ()))
    taller = resize_scheme(limits, 7, 5)
    assert (taller.cost_limits, taller.scores[1], taller.scores[0], taller.words) == (
        (1, 2, 3, 4),
        NUMERIC.scores[1],
        (),
        ((), ()),
    )


def test_the_greatest_impact_counts_once_controls_are_in_place() -> None:
    row = {"prob_residual": 2, "impact_residual": 2, "impact_cost": 4, "impact_safety": 3, "prob_inherent": 5}
    assert dimension_points(row) == {"cost": 4, "safety": 3}
    assert (impact_of(row, "residual"), impact_of(row, "inherent")) == (4, None)
    assert rate(FIVE_BY_FIVE, row).residual == 8
    assert spot_of(FIVE_BY_FIVE, {"prob_residual": 1, "impact_time": 5}, "residual") == (1, 5)
    assert spot_of(FIVE_BY_FIVE, {"prob_residual": 1, "impact_time": 6}, "residual") is None
