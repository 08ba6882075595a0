"""Scales of likelihood and impact: other people's words and numbers to points 1 to 5 of the kept scale, and back.

Source of the words: registers.md 4.18. On the kept scale 5 is the most likely and the worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

POINTS = range(1, 6)  # of the kept scale
LIKELIHOOD = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
IMPACT = ("Negligible", "Minor", "Moderate", "Major", "Severe")
SCALES: Mapping[str, Sequence[str]] = {"likelihood": LIKELIHOOD, "impact": IMPACT}  # the words of the points

_WORDS: Mapping[int, str] = {
    1: "vl, very low, rare, remote, improbable, very unlikely, highly unlikely, almost impossible, negligible, "
    "insignificant, trivial, none, no impact, almost none",
    2: "l, low, unlikely, minor, small, marginal, slight",
    3: "m, med, medium, moderate, possible, average, even, 50 50, occasional",
    4: "h, high, likely, probable, major, serious, significant, large",
    5: "vh, very high, almost certain, certain, very likely, highly likely, near certain, expected, frequent, severe, "
    "catastrophic, critical, extreme, very serious, absolute, massive, disastrous",
}


@dataclass(frozen=True, slots=True)
class NumberScale:
    """A scale of numbers by bands: `tops[k]` is the greatest number that is point k + 1 of the kept scale.

    `exact` says which number stands for each point, where each number is one point and each point one number at most.
    """

    name: str
    words: str  # in a question
    low: float
    tops: tuple[float, ...]
    exact: Mapping[int, float]
    whole: bool = True  # only whole numbers stand on it
    worst_first: bool = False  # the least number is the worst

    def point(self, number: float) -> int | None:
        """The kept point of a number; None when it does not stand on the scale."""
        if not self.low <= number <= self.tops[-1] or (self.whole and number != int(number)):
            return None
        if self.exact and self.whole:
            return next((point for point, exact in self.exact.items() if exact == number), None)
        return next(point for point, top in enumerate(self.tops, start=1) if number <= top)

    def number(self, point: int) -> float | None:
        """The number that stands for a kept point; None where the scale has none for it."""
        return self.exact.get(point)


def _exact(name: str, words: str, numbers: Mapping[int, float], *, worst_first: bool = False) -> NumberScale:
    values = sorted(numbers.values())
    return NumberScale(name, words, values[0], tuple(values), numbers, worst_first=worst_first)


_SHARES = (20.0, 40.0, 60.0, 80.0, 100.0)
_MIDDLES = {1: 10.0, 2: 30.0, 3: 50.0, 4: 70.0, 5: 90.0}
# Three numbers stand where the words Low, Medium and High do, four where Low, Medium, High and Very high do.
NUMBERS: Mapping[str, NumberScale] = {
    each.name: each
    for each in (
        _exact("1-5", "1 to 5, 5 is the worst", {point: point for point in POINTS}),
        _exact("5-1", "1 to 5, 1 is the worst", {point: 6 - point for point in POINTS}, worst_first=True),
        _exact("1-3", "1 to 3, 3 is the worst", {2: 1, 3: 2, 4: 3}),
        _exact("3-1", "1 to 3, 1 is the worst", {2: 3, 3: 2, 4: 1}, worst_first=True),
        _exact("1-4", "1 to 4, 4 is the worst", {2: 1, 3: 2, 4: 3, 5: 4}),
        _exact("own", "the portfolio's own points", {point: point for point in range(1, 10)}),
        _exact("4-1", "1 to 4, 1 is the worst", {2: 4, 3: 3, 4: 2, 5: 1}, worst_first=True),
        NumberScale("0-10", "0 to 10, 10 is the worst", 0, (2, 4, 6, 8, 10), {}),
        NumberScale("percent", "percent", 0, _SHARES, _MIDDLES, whole=False),
        NumberScale(
            "fraction",
            "parts of one",
            0,
            tuple(share / 100 for share in _SHARES),
            {point: share / 100 for point, share in _MIDDLES.items()},
            whole=False,
        ),
    )
}
DEFAULT = "1-5"
OWN = "own"  # the points of the portfolio's own scheme, as they are
RATINGS: Mapping[str, tuple[str, ...]] = {  # what 1, 2, 3 ... of a rating column may stand for
    "red-first-3": ("R", "A", "G"),
    "green-first-3": ("G", "A", "R"),
    "red-first-5": ("R", "AR", "A", "AG", "G"),
    "green-first-5": ("G", "AG", "A", "AR", "R"),
}
_RATING_WORDS = {"red": "1 is red", "green": "1 is green"}


def word_point(text: str) -> int | None:
    """The kept point of a word such as `H`, `Almost certain` or `Very serious`; None when no scale has it."""
    return _points_by_word().get(" ".join(text.casefold().replace("-", " ").replace("/", " ").split()))


def point_word(point: int, words: Sequence[str]) -> str:
    """A point with its word: `4 Likely`; the bare number beyond the words there are."""
    return f"{point} {words[point - 1]}".strip() if 0 < point <= len(words) else str(point)


@cache
def _points_by_word() -> dict[str, int]:
    return {word: point for point, words in _WORDS.items() for word in words.split(", ")}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which scale of numbers a column is on: one when it is settled, several to ask among, the likeliest first."""

    names: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether nobody need be asked."""
        return len(self.names) == 1


def stretch(point: int, points: int) -> int:
    """A point of the kept scale of five on one of another length, ends on ends."""
    return 1 + round((point - 1) * (points - 1) / (len(POINTS) - 1))


def find_scale(
    numbers: Sequence[float], *, said: str = "", one_way: bool = False, points: int = len(POINTS)
) -> Evidence:
    """The scales that all numbers of a column stand on.

    `said` is the scale its header names, `one_way` that a score beside it says that more is worse. `points` are those
    of the portfolio's own axis: where it has not five, whole numbers within it are its own. Numbers that no scale
    holds leave the usual one, on which they are not known.
    """
    if said:
        return Evidence((said,))
    if points != len(POINTS) and numbers and all(number in range(1, points + 1) for number in numbers):
        return Evidence((OWN,))
    most, least = max(numbers, default=0), min(numbers, default=0)
    fractions = any(number != int(number) for number in numbers)
    if fractions and most <= 1:
        return Evidence(("fraction",))
    if most > 10 or fractions:  # noqa: PLR2004  the longest scale of whole numbers
        return Evidence(("percent",))
    if most > len(POINTS) or (numbers and least == 0):
        return Evidence(("0-10",))
    short = bool(numbers) and most <= 3  # noqa: PLR2004  a longer scale may be meant as well
    names = ("1-5", "1-3", "5-1", "3-1") if short else ("1-5", "5-1")
    return Evidence(tuple(name for name in names if not (one_way and NUMBERS[name].worst_first)) or (DEFAULT,))


def rating_scales(numbers: Sequence[float]) -> tuple[str, ...]:
    """The meanings that bare numbers of a rating column may have; empty when they can have none."""
    if not numbers or any(number not in POINTS for number in numbers):
        return ()
    longest = max(numbers)
    return tuple(name for name, codes in RATINGS.items() if len(codes) >= longest)


def scale_words(name: str) -> str:
    """A scale in the words of a question."""
    if name in NUMBERS:
        return NUMBERS[name].words
    first, _, count = name.replace("-first-", " ").partition(" ")
    return f"{_RATING_WORDS[first]}, of {count}"
