"""Ratings: computed from a measure, compared with each other and over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pmo_desktop.rules.words import Rag, Trend

RANKS = {Rag.GREEN: 0, Rag.AMBER: 1, Rag.RED: 2}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a measured rating turns, in percent: amber from the first (inclusive), red above the second (exclusive).

    Source: domain.md b.1, anchors projectmanagement.com 68448 (below 4 green, 4 to 7 amber, above red).
    """

    amber_from: float = 4.0
    red_above: float = 7.0


DEFAULT_THRESHOLDS = Thresholds()


class Honesty(StrEnum):
    """How a declared rating compares with the computed one (oracle RAG-004)."""

    WATERMELON = "watermelon"  # green outside, red inside
    WATERMELON_MILD = "watermelon_mild"  # green outside, amber inside
    OPTIMISTIC = "optimistic"  # amber declared, red computed
    AGREE = "agree"
    PESSIMISTIC = "pessimistic"
    UNVERIFIED = "unverified"  # one of the two is missing


def rate_share(percent: float | None, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Rag | None:
    """The rating of an overrun in percent (negative is early or under); None for None, never green."""
    if percent is None:
        return None
    if percent > thresholds.red_above:
        return Rag.RED
    return Rag.AMBER if percent >= thresholds.amber_from else Rag.GREEN


def worst_rating(ratings: Iterable[Rag | None]) -> Rag | None:
    """The worst of several dimensions (domain.md b.1: overall = worst dimension).

    What is missing is unverified, so a green beside it proves nothing and gives None; a red or an amber stands.
    """
    found = list(ratings)
    known = [rating for rating in found if rating is not None]
    worst = max(known, key=lambda rating: rating.badness, default=None)
    unproven = len(known) < len(found) and worst is not None and worst.badness <= Rag.GREEN.badness
    return None if unproven else worst


def rating_gap(computed: Rag | None, declared: Rag | None) -> int | None:
    """rank(computed) - rank(declared) on three points (domain.md b.2): 2 a watermelon, below 0 pessimistic.

    None when either is missing or the project is complete.
    """
    if computed is None or declared is None or Rag.COMPLETE in (computed, declared):
        return None
    return RANKS[computed.three_point] - RANKS[declared.three_point]


def judge_honesty(computed: Rag | None, declared: Rag | None) -> Honesty:
    """The word for the gap between a declared rating and the computed one (oracle RAG-004)."""
    gap = rating_gap(computed, declared)
    if gap is None or declared is None:
        return Honesty.UNVERIFIED
    if gap <= 0:
        return Honesty.AGREE if gap == 0 else Honesty.PESSIMISTIC
    if declared.three_point is not Rag.GREEN:
        return Honesty.OPTIMISTIC
    return Honesty.WATERMELON if gap == RANKS[Rag.RED] else Honesty.WATERMELON_MILD


def trend_between(previous: Rag | None, current: Rag | None) -> Trend | None:
    """How a rating moved; None when there is nothing to compare, or when the project is complete."""
    if previous is None or current is None or current is Rag.COMPLETE:
        return None
    moved = current.badness - previous.badness
    if moved == 0:
        return Trend.SAME
    return Trend.WORSE if moved > 0 else Trend.BETTER
