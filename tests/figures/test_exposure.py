"""Exposure: which risks are simulated, in which unit, and what the totals say."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.figures.exposure import DAYS, Layer, exposure_words, probability_of, quantify, read_exposure
from pmo_desktop.figures.trail import read_clusters
from pmo_desktop.operations.raid import gather_risks
from pmo_desktop.rules.risk import FIVE_BY_FIVE, SCHEMES, Scheme
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_row


def a_risk(store: Store, title: str = "Late steel", **values: Any) -> str:
    return a_row(store, "risk", title=title, **values)


def a_row_of(**values: Any) -> dict[str, Any]:
    return {"id": "r", "ref": "R-1", "prob_residual": 3, "impact_residual": 3} | values


PERCENT = next(each for each in SCHEMES if each.scores[0])


@pytest.mark.parametrize(
    ("row", "scheme", "layer", "chance"),
    [
        ({"prob_residual": 1}, FIVE_BY_FIVE, Layer.NOW, 0.1),
        ({"prob_residual": 5}, FIVE_BY_FIVE, Layer.NOW, 0.9),
        ({"prob_inherent": 4}, FIVE_BY_FIVE, Layer.NOW, 0.7),
        ({"prob_inherent": 5, "prob_residual": 2}, FIVE_BY_FIVE, Layer.NOW, 0.3),
        ({"prob_residual": 4, "prob_target": 2}, FIVE_BY_FIVE, Layer.AFTER, 0.3),
        ({"prob_residual": 4}, FIVE_BY_FIVE, Layer.AFTER, 0.7),
        ({"prob_residual": 4}, PERCENT, Layer.NOW, 0.7),
        ({"prob_residual": 3}, Scheme("3", ("Low", "High"), (4,), 3, 3), Layer.NOW, 5 / 6),
        ({"prob_residual": 9}, FIVE_BY_FIVE, Layer.NOW, None),
        ({}, FIVE_BY_FIVE, Layer.NOW, None),
    ],
)
def test_a_point_stands_for_the_middle_of_its_part_of_the_axis(
    row: dict[str, Any], scheme: Scheme, layer: Layer, chance: float | None
) -> None:
    found = probability_of(row, scheme, layer)
    assert found == (None if chance is None else pytest.approx(chance))


@pytest.mark.parametrize(
    ("cells", "spread"),
    [
        ({"cost_min": 1, "cost_likely": 2, "cost_max": 6}, (1, 2, 6)),
        ({"cost_likely": 5}, (5, 5, 5)),
        ({"cost_min": 2, "cost_max": 6}, (2, 4, 6)),
        ({"cost_max": 6}, (6, 6, 6)),
        ({"cost_likely": 3, "cost_max": 6}, (3, 3, 6)),
        ({"type": "Opportunity", "cost_min": 1, "cost_likely": 2, "cost_max": 6}, (-6, -2, -1)),
    ],
)
def test_a_range_is_made_of_what_there_is(cells: dict[str, Any], spread: tuple[float, ...]) -> None:
    found, left_out = quantify([a_row_of(**cells)], FIVE_BY_FIVE, "GBP", Layer.NOW)
    impact = found["GBP"][0].model.impact
    assert ((impact.low, impact.likely, impact.high), left_out) == (spread, [])


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"prob_residual": None, "cost_likely": 5}, "It has no likelihood."),
        ({}, "It has neither a cost nor days."),
        ({"cost_min": 9, "cost_likely": 5}, "The likeliest amount (5) must lie between the least (9)"),
    ],
)
def test_what_cannot_be_simulated_is_left_out_with_a_reason(cells: dict[str, Any], reason: str) -> None:
    found, left_out = quantify([a_row_of(**cells)], FIVE_BY_FIVE, "GBP", Layer.NOW)
    assert not found
    assert left_out[0].reason.startswith(reason)
    assert left_out[0].called == "R-1"


def test_a_portfolio_has_its_exposure_by_currency_and_in_days_with_the_contingency_held(store: Store) -> None:
    alpha = a_project(store, ref="P-1", contingency=50_000, currency="GBP")
    a_project(store, "Closed", ref="P-2", contingency=99, lifecycle_status="Closed")
    sure: dict[str, Any] = {"prob_residual": 5, "impact_residual": 5}
    a_risk(store, ref="R-1", project=alpha, cost_likely=100_000, days_likely=20.0, prob_target=1, **sure)
    a_risk(store, "Grant", ref="R-2", type="Opportunity", cost_likely=30_000, **sure)
    a_risk(store, "Elsewhere", ref="R-3", currency="EUR", cost_likely=7_000, **sure)
    a_risk(store, "Over", ref="R-4", status="Closed", cost_likely=9_000_000, **sure)
    a_risk(store, "Vague", ref="R-5", **sure)
    report = read_exposure(store, seed=3, trials=4_000)
    by_unit = {each.unit: each for each in report.units}
    assert set(by_unit) == {"GBP", "EUR", DAYS}
    assert (report.open_risks, [each.called for each in report.left_out]) == (4, ["R-5"])
    pounds = by_unit["GBP"]
    assert (pounds.expected.threat, pounds.expected.opportunity, pounds.expected.net) == (90_000, 27_000, 63_000)
    assert abs(pounds.run.portfolio.mean - 63_000) < 4 * 31_320 / 4_000**0.5
    assert (pounds.held, pounds.needed) == (50_000, 70_000)  # both happen in 81 of 100
    assert pounds.short == 20_000
    assert pounds.after[1] == -30_000  # once its actions are done the threat is one in ten
    assert [(each.name, each.held) for each in pounds.projects] == [("Alpha", 50_000)]
    assert sum(each.part for each in pounds.drivers) == pytest.approx(1)
    assert (by_unit[DAYS].held, by_unit[DAYS].short, by_unit[DAYS].needed) == (None, None, 20)


def test_an_empty_register_needs_nothing(store: Store) -> None:
    report = read_exposure(store)
    assert (report.units, report.left_out, report.open_risks) == ((), (), 0)


def test_risks_of_one_category_that_move_together_need_more(store: Store) -> None:
    for number in range(12):
        a_risk(
            store,
            f"Risk {number}",
            category="Supply",
            prob_residual=3,
            cost_min=1_000,
            cost_likely=5_000,
            cost_max=9_000,
        )
    apart, together = (read_exposure(store, together=share).units[0] for share in (0.0, 0.8))
    assert together.needed > apart.needed
    assert together.expected == apart.expected
    with pytest.raises(ValueError, match="between 0 and 1"):
        read_exposure(store, together=1.5)


def test_the_same_seed_gives_the_same_report(store: Store) -> None:
    a_risk(store, prob_residual=3, cost_min=1_000, cost_likely=5_000, cost_max=9_000)
    first, again, other = (read_exposure(store, seed).units[0].before for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_gathered_risks_count_in_place_of_the_one_they_stand_under(store: Store) -> None:
    ranges = {"prob_residual": 5, "cost_min": 100, "cost_likely": 200, "cost_max": 300}
    head = a_risk(store, "Steel", ref="R-0", **ranges)
    for number in range(1, 3):
        gather_risks(store, head, [a_risk(store, f"Steel {number}", ref=f"R-{number}", **ranges)])
    report = read_exposure(store)
    assert [each.called for each in report.units[0].risks] == ["R-1", "R-2"]
    said = [each.reason for each in report.left_out]
    assert said == ["What the risks gathered under it may take is counted in its place."]
    ends = {"from_register": "risk", "from_row": head, "from_called": "R-0"}
    ends |= {"to_register": "issue", "to_row": "i", "to_called": "I-1"}
    a_row(store, "entry_link", kind="Became", **ends)  # another kind of link gathers nothing
    assert list(read_clusters(store)) == [head]
    only = read_exposure(store, only=read_clusters(store)[head])
    assert only.units[0].before == report.units[0].before
    assert exposure_words(only).startswith("2 open risks, seed 1. 80 of 100 simulated outcomes cost at most ")


def test_a_risk_of_the_portfolio_hits_the_projects_of_those_under_it_in_equal_parts(store: Store) -> None:
    homes = [a_project(store, "Alpha"), a_project(store, "Beta")]
    head = a_risk(store, "Steel", ref="R-0", prob_residual=5, cost_likely=200, days_likely=3.0)
    gather_risks(store, head, [a_risk(store, f"Steel {home}", project=home) for home in homes])
    report = read_exposure(store)
    money = report.units[0]
    assert [each.called for each in money.risks] == ["R-0"]
    assert [each.percentiles[-1] for each in money.projects] == [100.0, 100.0]
    assert "delay by at most 3.0 d" in exposure_words(report)
    assert exposure_words(report).startswith("3 open risks, 1 with amounts, seed 1.")


def test_the_head_of_gathered_risks_still_counts_in_the_unit_that_none_of_them_has(store: Store) -> None:
    head = a_risk(store, "Steel", ref="R-0", prob_residual=5, cost_likely=200, days_likely=9.0)
    gather_risks(store, head, [a_risk(store, "Late", ref="R-1", prob_residual=5, cost_likely=9)])
    report = read_exposure(store)
    assert {each.unit: [one.called for one in each.risks] for each in report.units} == {"GBP": ["R-1"], DAYS: ["R-0"]}
    (left,) = report.left_out
    assert (left.called, left.reason[:8]) == ("R-0", "What the")


def test_without_amounts_the_words_say_so(store: Store) -> None:
    a_risk(store, "Vague")
    assert exposure_words(read_exposure(store)).startswith("1 open risk; none has both a likelihood and a cost")


def test_a_risk_rated_for_the_target_alone_is_in_neither_run(store: Store) -> None:
    a_risk(store, "Rated", prob_residual=5, cost_likely=200)
    a_risk(store, "Aimed", project=a_project(store), prob_target=5, cost_likely=900)
    (money,) = read_exposure(store).units
    assert money.after == money.before
