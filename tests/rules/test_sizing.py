"""Five scales give a score and the score a tier."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.assurance import Mandatory, Tier
from pmo_desktop.rules.sizing import BY_NAME, POINTS, SCALES, judge_size

NAMES = [each.name for each in SCALES]


def of(*points: int | None) -> dict[str, int | None]:
    return dict(zip(NAMES, points, strict=True))


@pytest.mark.parametrize(
    ("points", "score", "tier"),
    [
        ((1, 1, 1, 1, 1), 5, Tier.THREE),
        ((2, 2, 2, 2, 2), 10, Tier.THREE),
        ((3, 2, 2, 2, 2), 11, Tier.TWO),
        ((4, 3, 3, 3, 4), 17, Tier.TWO),
        ((4, 4, 4, 3, 3), 18, Tier.ONE),
        ((5, 5, 5, 5, 5), 25, Tier.ONE),
        ((4, 1, 1, 1, 1), 8, Tier.TWO),
    ],
)
def test_a_score_proposes_a_tier(points: tuple[int, ...], score: int, tier: Tier) -> None:
    size = judge_size(of(*points))
    assert (size.score, size.tier) == (score, tier)
    assert size.reason.startswith(f"{score} of 25")


def test_one_high_scale_lifts_a_small_project_and_says_so() -> None:
    reason = judge_size(of(1, 1, 1, 1, 4)).reason
    assert reason == "8 of 25 would be Tier 3, but its exposure lifts it."


def test_without_all_scales_there_is_no_size_but_a_reason() -> None:
    size = judge_size(of(3, 3, None, 3, None))
    assert (size.score, size.tier, size.reason) == (None, None, "Not scored yet: novelty and exposure.")
    assert judge_size({"cost": 3}).reason == "Not scored yet: duration, novelty, dependencies and exposure."


@pytest.mark.parametrize("points", [{"cost": 0}, {"cost": 6}, {"beauty": 3}])
def test_a_scale_or_a_point_there_is_not_is_refused(points: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="no such scale or point"):
        judge_size(points)


@pytest.mark.parametrize(
    ("scale", "measure", "point"),
    [
        ("cost", 0, 1),
        ("cost", 10_000_000, 1),
        ("cost", 10_000_001, 2),
        ("cost", 1_000_000_001, 5),
        ("duration", 92, 1),
        ("duration", 366, 3),
        ("duration", 732, 5),
    ],
)
def test_cost_and_duration_are_measured(scale: str, measure: int, point: int) -> None:
    assert BY_NAME[scale].point(measure) == point


def test_every_point_of_every_scale_has_a_word_of_its_own() -> None:
    for scale in SCALES:
        assert len(set(scale.words)) == len(POINTS)
        assert list(scale.tops) == sorted(set(scale.tops))


@pytest.mark.parametrize("tier", [None, "Tier 2", "Large"])
def test_a_project_of_no_known_tier_is_taken_for_the_middle_one(tier: str | None) -> None:
    assert [each.binds(tier) for each in Mandatory] == [True, True, False, False]
