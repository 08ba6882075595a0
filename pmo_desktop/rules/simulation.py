"""Simulation: what risks may cost together, from thousands of trials in which each happens or not.

Every risk draws from a stream of its own, made of the seed and its key: a risk that is added, changed or left out moves
no other risk's draws, so two runs differ by what was changed and by nothing else.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist

import numpy as np

from pmo_desktop.rules.calendar import Numbers, Reals
from pmo_desktop.rules.spread import Spread

TRIALS = 10_000
SAMPLER = 1  # raised when the same seed no longer gives the same numbers
_ENOUGH = 1e-9  # an eigenvalue this far below zero is rounding


class BadRiskError(ValueError):
    """A risk that cannot be simulated."""


class BadCorrelationError(ValueError):
    """Correlations that contradict each other; `pair` names the two groups that disagree most with the others."""

    def __init__(self, pair: tuple[str, str], message: str) -> None:
        super().__init__(message)
        self.pair = pair


@dataclass(frozen=True, slots=True)
class SimulatedRisk:
    """One risk: how likely it is (0 to 1) and what it then takes; an opportunity's amounts are negative.

    `key` names its stream of draws. `shares`: row numbers of the projects it hits and the part of the amount each of
    them bears; none for a risk of the portfolio alone. `group`: what it correlates with.
    """

    key: str
    probability: float
    impact: Spread
    shares: tuple[tuple[int, float], ...] = ()
    group: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:  # false for NaN too
            raise BadRiskError(f"The probability must lie between 0 and 1, not {self.probability:g}.")

    @property
    def mean(self) -> float:
        """The exact expected amount, p x mean: its expected monetary value."""
        return self.probability * self.impact.mean

    @property
    def variance(self) -> float:
        """The exact variance of a Bernoulli x spread (domain.md c.3)."""
        mean = self.impact.mean
        return self.probability * (self.impact.variance + mean**2) - (self.probability * mean) ** 2


@dataclass(frozen=True, slots=True)
class Correlation:
    """How groups of risks move together: `within` a group, and `between` two of them, each from -1 to 1.

    Both whether risks happen and how much they take follow one standard-normal score a group and trial.
    """

    within: Mapping[str, float]
    between: Mapping[tuple[str, str], float]

    def matrix(self, groups: Sequence[str]) -> Reals:
        """The covariance of the groups' scores, float64[groups, groups]. Raises BadCorrelationError."""
        size = len(groups)
        found = np.zeros((size, size))
        for row, one in enumerate(groups):
            found[row, row] = self.within.get(one, 0.0)
            for column in range(row):
                other = groups[column]
                both = self.between.get((one, other), self.between.get((other, one), 0.0))
                found[row, column] = found[column, row] = both
        _check(found, groups)
        return found


@dataclass(frozen=True, eq=False)
class Outcomes:
    """The totals of all trials: float64[trials], in the order of the trials."""

    totals: Reals

    @cached_property
    def ordered(self) -> Reals:
        """The totals from the least to the greatest."""
        return np.sort(self.totals)

    @property
    def mean(self) -> float:
        """The mean of the trials."""
        return float(self.totals.mean())

    @property
    def deviation(self) -> float:
        """The standard deviation of the trials."""
        return float(self.totals.std())

    def percentile(self, share: float) -> float:
        """The amount that so many of 100 outcomes do not exceed: nearest rank, `share` from above 0 to 1."""
        if not 0 < share <= 1:
            raise ValueError(f"A percentile lies above 0 and up to 1, not at {share:g}.")
        count = len(self.ordered)
        return float(self.ordered[max(0, math.ceil(round(share * count, 6)) - 1)])

    def curve(self, points: int = 101) -> tuple[Reals, Reals]:
        """The S-curve: amounts from the least to the greatest, and the part of the outcomes that cost at most each."""
        amounts = np.unique(np.linspace(self.ordered[0], self.ordered[-1], points))
        within = np.searchsorted(self.ordered, amounts, side="right") / len(self.ordered)
        return amounts, within


@dataclass(frozen=True, eq=False)
class Simulation:
    """What a run gave: the outcomes of the portfolio and of each project, and what drives them.

    `drivers`: float64[risks], the part of the total's variance that each risk accounts for; they add up to 1, or are
    all 0 when the total never varies. `happened`: int64[risks], in how many trials each did.
    """

    seed: int
    trials: int
    portfolio: Outcomes
    projects: tuple[Outcomes, ...]
    drivers: Reals
    happened: Numbers
    sampler: int = SAMPLER


def simulate(
    risks: Sequence[SimulatedRisk],
    projects: int | None = None,
    seed: int = 1,
    trials: int = TRIALS,
    correlation: Correlation | None = None,
) -> Simulation:
    """Run the trials; `projects` is their number, by default as many as the risks name.

    The same risks, seed and trials give the same numbers, in whatever order the risks come. Without risks every
    outcome is 0. Raises BadRiskError for two risks of one key, BadCorrelationError.
    """
    if len({risk.key for risk in risks}) < len(risks):
        raise BadRiskError("Two risks have the same key, so they would draw the same numbers.")
    if trials < 1:
        raise ValueError(f"There must be one trial at least, not {trials}.")
    ordered = sorted(range(len(risks)), key=lambda row: risks[row].key)  # sums of reals depend on their order
    scores = _group_scores(risks, seed, trials, correlation)
    hit_last = max((project for risk in risks for project, _ in risk.shares), default=-1)
    total, by_project = np.zeros(trials), np.zeros((hit_last + 1 if projects is None else projects, trials))
    drawn: dict[int, tuple[Numbers, Reals]] = {}
    for row in ordered:
        risk = risks[row]
        hit, amounts = drawn[row] = _draw(risk, seed, trials, scores.get(risk.group))
        total[hit] += amounts
        for project, share in risk.shares:
            by_project[project, hit] += share * amounts
    drivers = _part_of_variance(total, [drawn[row] for row in range(len(risks))])
    happened = np.array([len(drawn[row][0]) for row in range(len(risks))], np.int64)
    return Simulation(seed, trials, Outcomes(total), tuple(map(Outcomes, by_project)), drivers, happened)


def without(risks: Sequence[SimulatedRisk], keys: Sequence[str]) -> list[SimulatedRisk]:
    """The same risks, some of them certain not to happen: what is left when they are avoided."""
    return [replace(risk, probability=0.0) if risk.key in keys else risk for risk in risks]


@dataclass(frozen=True, slots=True)
class _Score:
    """A group's scores: how often things happen and how much they take, float64[trials] each, and what is left over."""

    chance: Reals
    size: Reals
    own: float  # the standard deviation of what is each risk's own


def _group_scores(
    risks: Sequence[SimulatedRisk], seed: int, trials: int, correlation: Correlation | None
) -> dict[str, _Score]:
    groups = sorted({risk.group for risk in risks if risk.group}) if correlation else []
    if not groups or correlation is None:
        return {}
    matrix = correlation.matrix(groups)
    values, vectors = np.linalg.eigh(matrix)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    own = np.sqrt(np.clip(1 - np.diag(matrix), 0.0, None))
    streams = [_stream(seed, f"group {word}", group) for word in ("chance", "size") for group in groups]
    plain = np.array([stream.standard_normal(trials) for stream in streams]).reshape(2, len(groups), trials)
    chance, size = root @ plain[0], root @ plain[1]
    return {group: _Score(chance[row], size[row], float(own[row])) for row, group in enumerate(groups)}


def _draw(risk: SimulatedRisk, seed: int, trials: int, score: _Score | None) -> tuple[Numbers, Reals]:
    """The trials in which a risk happens, and what it takes in each of them: drawn only where it does."""
    chances, sizes = _stream(seed, "chance", risk.key), _stream(seed, "size", risk.key)
    if score is None:
        hit = np.flatnonzero(chances.random(trials) < risk.probability)
        return hit, risk.impact.draw(sizes, len(hit))
    chance = score.chance + score.own * chances.standard_normal(trials)
    hit = np.flatnonzero(chance < _score_at(risk.probability))
    return hit, risk.impact.at(score.size[hit] + score.own * sizes.standard_normal(len(hit)))


def _score_at(probability: float) -> float:
    """The standard-normal score below which that share of the trials lies."""
    if 0 < probability < 1:
        return NormalDist().inv_cdf(probability)
    return math.inf if probability else -math.inf


def _stream(seed: int, use: str, key: str) -> np.random.Generator:
    """Random numbers of one use of one key, the same in every process."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(f"{use} {key}".encode()), zlib.adler32(key.encode())]))


def _part_of_variance(total: Reals, drawn: Sequence[tuple[Numbers, Reals]]) -> Reals:
    """Covariance of each risk with the total / the total's variance: float64[risks]."""
    off = total - total.mean()
    whole = float(off @ off)
    parts = np.array([float(off[hit] @ amounts) for hit, amounts in drawn])
    return parts / whole if whole > 0 else np.zeros(len(drawn))


def _check(matrix: Reals, groups: Sequence[str]) -> None:
    for row, one in enumerate(groups):
        for column, other in enumerate(groups[: row + 1]):
            if not -1 <= matrix[row, column] <= 1:
                raise BadCorrelationError((other, one), f"The correlation of {other} and {one} is not within -1 and 1.")
    if len(groups) and np.linalg.eigvalsh(matrix)[0] < -_ENOUGH:
        row, column = _culprit(matrix)
        pair = (groups[column], groups[row])
        named = f"{pair[0]} and {pair[1]}" if row != column else f"{pair[0]} and itself"
        message = (
            f"No risks can move together as these correlations say: that of {named} ({matrix[row, column]:g})"
            " contradicts the others. Bring it nearer to 0."
        )
        raise BadCorrelationError(pair, message)


def _culprit(matrix: Reals) -> tuple[int, int]:
    """The pair that lies farthest outside what the groups themselves, or a third one, allow; else the likeliest."""
    size = len(matrix)
    if matrix.diagonal().min() < 0:
        worst = int(matrix.diagonal().argmin())
        return worst, worst
    room = np.sqrt(np.outer(matrix.diagonal(), matrix.diagonal()))
    apart = np.abs(matrix) - room
    if apart.max() > _ENOUGH:
        return _later_first(divmod(int(apart.argmax()), size))
    scaled = np.divide(matrix, room, out=np.zeros_like(matrix), where=room > 0)
    left = np.sqrt(np.clip(1 - scaled**2, 0, None))
    outside = np.zeros_like(matrix)
    for third in range(size):
        implied = np.outer(scaled[third], scaled[third])
        outside += np.clip(np.abs(scaled - implied) - np.outer(left[third], left[third]) - _ENOUGH, 0, None)
    np.fill_diagonal(outside, 0)
    if not outside.any():  # four or more contradict each other, no three do
        vector = np.linalg.eigh(matrix)[1][:, 0]
        outside = -matrix * np.outer(vector, vector)
    return _later_first(divmod(int(outside.argmax()), size))


def _later_first(pair: tuple[int, int]) -> tuple[int, int]:
    return max(pair), min(pair)
