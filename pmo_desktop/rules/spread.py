"""Spreads: how an uncertain amount is distributed, with its exact mean and variance and a way to draw from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from pmo_desktop.rules.calendar import Reals

PERT_WEIGHT = 4.0  # of the likeliest value, as in (a + 4m + b) / 6
_TABLE = 2_001  # points of a quantile table; between them a straight line errs by less than 0.1 % of the width
_FAR = 8.5  # standard deviations beyond which a normal quantile is 0 or 1 in double precision


class Shape(StrEnum):
    """The form of a spread."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    PERT = "PERT"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"


class BadSpreadError(ValueError):
    """An amount that cannot be: says which of its numbers contradict each other."""


@dataclass(frozen=True)
class Spread:
    """An uncertain amount.

    Bounded shapes have `low`, `likely` and `high` (`likely` plays no part in a uniform one); normal and lognormal ones
    have `mean_given` and `deviation`, which are those of the amount itself. Raises BadSpreadError.
    """

    shape: Shape
    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0
    mean_given: float = 0.0
    deviation: float = 0.0

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.likely, self.high, self.mean_given, self.deviation))):
            raise BadSpreadError("An amount is not a number.")
        if self.shape in (Shape.NORMAL, Shape.LOGNORMAL):
            self._check_moments()
        elif not self.low <= self.likely <= self.high:
            raise BadSpreadError(
                f"The likeliest amount ({self.likely:,.10g}) must lie between the least ({self.low:,.10g})"
                f" and the greatest ({self.high:,.10g})."
            )

    @classmethod
    def fixed(cls, amount: float) -> Spread:
        """Always the same."""
        return cls(Shape.FIXED, amount, amount, amount)

    @classmethod
    def uniform(cls, low: float, high: float) -> Spread:
        """Anything between two amounts, all equally likely."""
        return cls(Shape.UNIFORM, low, (low + high) / 2, high)

    @classmethod
    def triangular(cls, low: float, likely: float, high: float) -> Spread:
        """Three points joined by straight lines."""
        return cls(Shape.TRIANGULAR, low, likely, high)

    @classmethod
    def pert(cls, low: float, likely: float, high: float) -> Spread:
        """Three points, by the beta distribution whose mean is (low + 4 likely + high) / 6."""
        return cls(Shape.PERT, low, likely, high)

    @classmethod
    def normal(cls, mean: float, deviation: float) -> Spread:
        """The bell curve; it has no end, so an amount may come out below 0."""
        return cls(Shape.NORMAL, mean_given=mean, deviation=deviation)

    @classmethod
    def lognormal(cls, mean: float, deviation: float) -> Spread:
        """Amounts whose logarithm is normal, never below 0; the mean and deviation are of the amounts."""
        return cls(Shape.LOGNORMAL, mean_given=mean, deviation=deviation)

    @property
    def mean(self) -> float:
        """The exact mean (domain.md c.3)."""
        if self.shape in (Shape.NORMAL, Shape.LOGNORMAL):
            return self.mean_given
        if self.shape is Shape.PERT:
            return (self.low + PERT_WEIGHT * self.likely + self.high) / (PERT_WEIGHT + 2)
        if self.shape is Shape.TRIANGULAR:
            return (self.low + self.likely + self.high) / 3
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        """The exact variance (domain.md c.3); that of PERT is the beta distribution's, not ((b - a) / 6)^2."""
        if self.shape in (Shape.NORMAL, Shape.LOGNORMAL):
            return self.deviation**2
        if self.shape is Shape.PERT:
            return (self.mean - self.low) * (self.high - self.mean) / (PERT_WEIGHT + 3)
        width = self.high - self.low
        if self.shape is Shape.TRIANGULAR:
            return (width**2 - (self.likely - self.low) * (self.high - self.likely)) / 18
        return width**2 / 12

    def draw(self, source: np.random.Generator, count: int) -> Reals:
        """That many amounts, independent of each other: float64[count]."""
        if self.high == self.low and self.shape not in (Shape.NORMAL, Shape.LOGNORMAL):
            return np.full(count, self.low)
        if self.shape is Shape.UNIFORM:
            return source.uniform(self.low, self.high, count)
        if self.shape is Shape.TRIANGULAR:
            return source.triangular(self.low, self.likely, self.high, count)
        if self.shape is Shape.PERT:
            alpha, beta = self._beta
            return self.low + (self.high - self.low) * source.beta(alpha, beta, count)
        return self.at(source.standard_normal(count))

    def at(self, scores: Reals) -> Reals:
        """The amounts at given standard-normal scores, rising with them: 0 is the median. The same shape."""
        if self.shape is Shape.NORMAL:
            return self.mean_given + self.deviation * scores
        if self.shape is Shape.LOGNORMAL:
            centre, width = self._log
            return np.exp(centre + width * scores)
        share = normal_share(scores)
        if self.shape is Shape.PERT and self.high > self.low:
            levels, quantiles = self._quantiles
            return self.low + (self.high - self.low) * np.interp(share, levels, quantiles)
        if self.shape is Shape.TRIANGULAR:
            return self._triangular_at(share)
        return self.low + (self.high - self.low) * share

    def _check_moments(self) -> None:
        if self.deviation < 0:
            raise BadSpreadError(f"The deviation ({self.deviation:,.10g}) is below zero.")
        if self.shape is Shape.LOGNORMAL and self.mean_given <= 0:
            raise BadSpreadError(f"The mean of a lognormal amount must be above zero, not {self.mean_given:,.10g}.")

    @property
    def _beta(self) -> tuple[float, float]:
        width = self.high - self.low
        alpha = 1 + PERT_WEIGHT * (self.likely - self.low) / width
        return alpha, PERT_WEIGHT + 2 - alpha

    @property
    def _log(self) -> tuple[float, float]:
        """Mean and deviation of the logarithm."""
        width = math.log1p((self.deviation / self.mean_given) ** 2)
        return math.log(self.mean_given) - width / 2, math.sqrt(width)

    @cached_property
    def _quantiles(self) -> tuple[Reals, Reals]:
        """Shares below, and the beta quantiles at them, from the density added up in narrow strips."""
        alpha, beta = self._beta
        edges = np.linspace(0.0, 1.0, _TABLE)
        middles = (edges[1:] + edges[:-1]) / 2
        below = np.concatenate([[0.0], np.cumsum(middles ** (alpha - 1) * (1 - middles) ** (beta - 1))])
        return below / below[-1], edges

    def _triangular_at(self, share: Reals) -> Reals:
        width, left, right = self.high - self.low, self.likely - self.low, self.high - self.likely
        rising = self.low + np.sqrt(share * width * left)
        falling = self.high - np.sqrt((1 - share) * width * right)
        return np.where(share * width < left, rising, falling)


_SCORES = np.linspace(-_FAR, _FAR, 8_001)
_SHARES = np.array([math.erfc(-score / math.sqrt(2)) / 2 for score in _SCORES])


def normal_share(scores: Reals) -> Reals:
    """The share of a standard normal below each score, to within 1e-6: the same shape, from 0 to 1."""
    shares: Reals = np.interp(scores, _SCORES, _SHARES)
    return shares
