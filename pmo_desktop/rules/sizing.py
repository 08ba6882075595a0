"""How large a project is: five scales from 1 to 5, their sum, and the tier that follows.

The five scales are those of domain.md h.2; where their points and the tiers begin is our decision, stated below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmo_desktop.rules.assurance import Tier
from pmo_desktop.rules.wording import join_words

POINTS = range(1, 6)
TIER_ONE, TIER_TWO = 18, 11  # of 5 to 25: from 18 on a project is of tier 1, from 11 on of tier 2
LIFTS = 4  # a project with one scale at 4 or above is not small, whatever the others say


@dataclass(frozen=True, slots=True)
class SizeScale:
    """One scale: what it asks, and in words what each of the points 1 to 5 means.

    `tops[k]` is the greatest measure that is point k + 1; empty for a scale that only people can judge.
    """

    name: str
    label: str
    asks: str
    words: tuple[str, str, str, str, str]
    tops: tuple[int, ...] = ()

    def point(self, measure: int) -> int:
        """The point of a measure, 1 to 5; only for a scale with `tops`."""
        return 1 + sum(measure > top for top in self.tops)


# Cost in minor units of the project's currency: 100,000.00 where there are two decimals, 10 million yen where none.
SCALES: tuple[SizeScale, ...] = (
    SizeScale(
        "cost",
        "Cost",
        "What will it cost over its whole life?",
        ("Up to 100k", "Up to 500k", "Up to 2m", "Up to 10m", "More than 10m"),
        (10_000_000, 50_000_000, 200_000_000, 1_000_000_000),
    ),
    SizeScale(  # in days
        "duration",
        "Duration",
        "How long will it take?",
        ("Up to 3 months", "Up to 6 months", "Up to a year", "Up to two years", "More than two years"),
        (92, 183, 366, 731),
    ),
    SizeScale(
        "novelty",
        "Novelty",
        "How new is it to those who do it?",
        (
            "Done often, by the same people",
            "Done before, by others here",
            "Some of it is new here",
            "Most of it is new here",
            "Nobody has done it anywhere",
        ),
    ),
    SizeScale(
        "dependencies",
        "Dependencies",
        "How much does it depend on others, and they on it?",
        (
            "On nobody outside the team",
            "On another team",
            "On several teams or one supplier",
            "On other projects and suppliers",
            "On many, and other projects wait for it",
        ),
    ),
    SizeScale(
        "exposure",
        "Exposure",
        "Who would notice if it failed?",
        (
            "The team alone",
            "One department",
            "The whole organisation",
            "Customers or the press",
            "The public, a regulator or parliament",
        ),
    ),
)
BY_NAME: Mapping[str, SizeScale] = {each.name: each for each in SCALES}


@dataclass(frozen=True, slots=True)
class Size:
    """The sum of the five points, 5 to 25, and the tier it proposes; both None while a point is missing.

    `reason` says in a sentence how the tier came about, or what is missing.
    """

    score: int | None
    tier: Tier | None
    reason: str


def judge_size(points: Mapping[str, int | None]) -> Size:
    """The size from points by the name of their scale. Raises ValueError for a scale or a point there is not.

    Source: our decision, as the module says.
    """
    given = {name: point for name, point in points.items() if point is not None}
    wrong = [name for name, point in given.items() if name not in BY_NAME or point not in POINTS]
    if wrong:
        raise ValueError(f"no such scale or point: {', '.join(wrong)}")
    missing = [each.label.lower() for each in SCALES if each.name not in given]
    if missing:
        return Size(None, None, f"Not scored yet: {join_words(missing)}.")
    score = sum(given.values())
    by_sum = Tier.ONE if score >= TIER_ONE else Tier.TWO if score >= TIER_TWO else Tier.THREE
    high = [each.label.lower() for each in SCALES if given[each.name] >= LIFTS]
    if by_sum is Tier.THREE and high:
        return Size(score, Tier.TWO, f"{score} of 25 would be {by_sum}, but its {join_words(high)} lifts it.")
    return Size(score, by_sum, f"{score} of 25 is {by_sum}.")
