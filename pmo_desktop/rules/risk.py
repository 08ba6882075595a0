"""One banding of risks: what a likelihood and an impact are worth, and which band that is.

Every pane, grid, page and export asks here. Schemes are dated data; a figure takes the one in force on its data date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from pmo_desktop.rules.scales import SCALES

SMALLEST, LARGEST = 3, 9  # points of either axis


class SchemeError(ValueError):
    """What is wrong with a scheme, in one sentence."""


class Cell(NamedTuple):
    """One cell of the matrix: its score, the place of its band from the mildest, and the band's name."""

    score: float
    level: int
    band: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """How risks are scored and banded, from a day on.

    `bands` are names from the mildest to the worst. Either `starts` says at which score each band but the first
    begins, or `matrix` names the level (from 0) of every cell, matrix[likelihood - 1][impact - 1]. `scores` gives the
    weights of the points of both axes where they are not 1, 2, 3 ...; `opportunity` are the names that the mirrored
    half uses, `words` those of the points of both axes. `cost_limits` (whole units of the portfolio's currency) and
    `time_limits` (days) say where impact 2, 3 ... begins. Raises SchemeError when a cell would have no band, or more
    than one.
    """

    name: str
    bands: tuple[str, ...]
    starts: tuple[float, ...] = ()
    likelihoods: int = 5
    impacts: int = 5
    matrix: tuple[tuple[int, ...], ...] = ()
    scores: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
    effective_from: date = date.min
    opportunity: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    cost_limits: tuple[float, ...] = ()
    time_limits: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _check_axes(self)
        if bool(self.starts) == bool(self.matrix):
            raise SchemeError(f"The scheme {self.name} needs either limits of scores or a matrix, not both.")
        _check_matrix(self) if self.matrix else _check_starts(self)

    @property
    def axes(self) -> dict[str, tuple[str, ...]]:
        """The word of each point of both axes, by the axis; empty words where a scheme of another size has none."""
        sides = {"likelihood": self.likelihoods, "impact": self.impacts}
        found = {}
        for (axis, points), own in zip(sides.items(), self.words, strict=True):
            usual = tuple(SCALES[axis]) if points == len(SCALES[axis]) else ("",) * points
            found[axis] = own or usual
        return found

    def weigh(self, likelihood: int, impact: int) -> float:
        """The score of a cell: the product of its points, or of their weights. Raises ValueError off the matrix."""
        if not (1 <= likelihood <= self.likelihoods and 1 <= impact <= self.impacts):
            raise ValueError(f"no cell {likelihood} x {impact} in {self.likelihoods} x {self.impacts}")
        ways, sizes = self.scores
        return (ways[likelihood - 1] if ways else likelihood) * (sizes[impact - 1] if sizes else impact)

    def judge(self, likelihood: int, impacts: int | Iterable[int], *, opportunity: bool = False) -> Cell:
        """The cell of a risk; of several impact dimensions the greatest counts. Raises ValueError off the matrix."""
        impact = impacts if isinstance(impacts, int) else max(impacts)
        score = self.weigh(likelihood, impact)
        level = self.matrix[likelihood - 1][impact - 1] if self.matrix else self.level_of(score)
        names = self.opportunity if opportunity and self.opportunity else self.bands
        return Cell(score, level, names[level])

    def level_of(self, score: float) -> int:
        """The place of a score's band from the mildest, for schemes by thresholds."""
        return bisect_right(self.starts, score)

    def cells(self) -> Iterable[tuple[int, int, Cell]]:
        """Every cell as (likelihood, impact, cell), from the least on."""
        for likelihood in range(1, self.likelihoods + 1):
            for impact in range(1, self.impacts + 1):
                yield likelihood, impact, self.judge(likelihood, impact)


def _check_axes(scheme: Scheme) -> None:
    sides = (scheme.likelihoods, scheme.impacts)
    if not all(SMALLEST <= side <= LARGEST for side in sides):
        raise SchemeError(f"The scheme {scheme.name} has {sides[0]} x {sides[1]} points; each may have 3 to 9.")
    for side, weights in zip(sides, scheme.scores, strict=True):
        rising = all(one < other for one, other in pairwise(weights))
        if weights and (len(weights) != side or not rising or weights[0] <= 0):
            raise SchemeError(f"The scheme {scheme.name} needs {side} weights above 0 that rise, or none.")
    if len({name.strip().casefold() for name in scheme.bands} - {""}) < len(scheme.bands):
        raise SchemeError(f"Two bands of {scheme.name} have the same name, or one has none.")
    for side, words in zip(sides, scheme.words, strict=True):
        if words and len(words) != side:
            raise SchemeError(f"The scheme {scheme.name} needs {side} words for its points, or none.")
    for named, limits in (("cost", scheme.cost_limits), ("time", scheme.time_limits)):
        rising = all(one < other for one, other in pairwise((0.0, *limits)))
        if limits and (len(limits) != scheme.impacts - 1 or not rising):
            raise SchemeError(f"Impact on {named} needs {scheme.impacts - 1} amounts above 0 that rise, or none.")
    if scheme.opportunity and len(scheme.opportunity) != len(scheme.bands):
        raise SchemeError(f"The scheme {scheme.name} names {len(scheme.opportunity)} bands of opportunities.")


def _check_starts(scheme: Scheme) -> None:
    rising = all(one < other for one, other in pairwise(scheme.starts))
    if len(scheme.starts) != len(scheme.bands) - 1 or not rising:
        raise SchemeError(f"The scheme {scheme.name} needs {len(scheme.bands) - 1} limits that rise.")


def _check_matrix(scheme: Scheme) -> None:
    shape = [len(row) for row in scheme.matrix]
    if shape != [scheme.impacts] * scheme.likelihoods:
        raise SchemeError(f"The matrix of {scheme.name} must have {scheme.likelihoods} rows of {scheme.impacts} cells.")
    if not all(0 <= level < len(scheme.bands) for row in scheme.matrix for level in row):
        raise SchemeError(f"A cell of the matrix of {scheme.name} names a band that there is not.")


_FOUR = ("Low", "Moderate", "High", "Severe")
_THREE = ("Low", "Moderate", "High")
_GAINS = ("Small", "Fair", "Good", "Great")
FIVE_BY_FIVE = Scheme("5 x 5", _FOUR, (5, 10, 16), opportunity=_GAINS)  # house.md: 1-4, 5-9, 10-15, 16-25
SCHEMES: tuple[Scheme, ...] = (
    FIVE_BY_FIVE,
    # Source: domain.md c.1 (NPSA): 1-3, 4-6, 8-12, 15-25; a score of 7 or 13 cannot occur.
    Scheme("5 x 5, 1-3 4-6 8-12 15-25", _FOUR, (4, 8, 15), opportunity=_GAINS),
    # Source: domain.md c.1: weights of PMBOK 5 fig. 11-10, high from .18; oracle RISK-003 calls .08 low.
    Scheme(
        "5 x 5, probability times impact",
        _THREE,
        (0.09, 0.18),
        scores=((0.1, 0.3, 0.5, 0.7, 0.9), (0.05, 0.1, 0.2, 0.4, 0.8)),
    ),
    Scheme("3 x 3", _THREE, (3, 6), 3, 3),
    Scheme("4 x 4", _FOUR, (4, 8, 12), 4, 4),
    # One that no threshold gives: a catastrophe is never low, however rare.
    Scheme(
        "5 x 5, by matrix",
        _FOUR,
        matrix=((0, 0, 0, 1, 2), (0, 0, 1, 1, 2), (0, 1, 1, 2, 3), (0, 1, 2, 3, 3), (1, 2, 2, 3, 3)),
    ),
)


def scheme_on(day: date, schemes: Sequence[Scheme]) -> Scheme:
    """The scheme in force on a day: the newest that had begun, the later of two of one day; else the usual one."""
    begun = [each for each in schemes if each.effective_from <= day]
    return max(reversed(begun), key=lambda each: each.effective_from, default=FIVE_BY_FIVE)


def resize_scheme(scheme: Scheme, likelihoods: int, impacts: int) -> Scheme:
    """The scheme with other numbers of points: its limits of scores grow in step, its cells take the nearest ones.

    Words, weights and what an impact means in money and days go where an axis gets another length.
    """
    same = scheme.likelihoods == likelihoods, scheme.impacts == impacts
    if all(same):
        return scheme
    rows = [scheme.matrix[_near(n, likelihoods, scheme.likelihoods)] for n in range(likelihoods) if scheme.matrix]
    matrix = tuple(tuple(row[_near(n, impacts, scheme.impacts)] for n in range(impacts)) for row in rows)
    share = likelihoods * impacts / (scheme.likelihoods * scheme.impacts)
    starts: list[float] = []
    for start in scheme.starts:
        starts.append(max(round(start * share), starts[-1] + 1 if starts else 2))
    return replace(
        scheme,
        likelihoods=likelihoods,
        impacts=impacts,
        matrix=matrix,
        scores=(scheme.scores[0] if same[0] else (), scheme.scores[1] if same[1] else ()),
        words=(scheme.words[0] if same[0] else (), scheme.words[1] if same[1] else ()),
        starts=tuple(starts),
        cost_limits=scheme.cost_limits if same[1] else (),
        time_limits=scheme.time_limits if same[1] else (),
    )


def _near(place: int, count: int, of: int) -> int:
    """The place in a row of `of` that lies where a place lies in a row of `count`; both from 0."""
    return round(place * (of - 1) / (count - 1))


def dimension_point(amount: float, starts: Sequence[float]) -> int:
    """The point of an amount (money, days, percent) in an impact dimension; below the first start it is 1."""
    return 1 + bisect_right(starts, amount)


class Ratings(NamedTuple):
    """The three scores of a risk, and what lies between them; None where a rating is missing."""

    inherent: float | None
    residual: float | None
    target: float | None

    @property
    def current(self) -> float | None:
        """The score that counts now: the residual one, or the inherent one where no control was rated."""
        return self.inherent if self.residual is None else self.residual

    @property
    def reduction(self) -> float | None:
        """What the controls took away so far."""
        return _difference(self.inherent, self.residual)

    @property
    def gap(self) -> float | None:
        """What is left to the target."""
        return _difference(self.current, self.target)

    @property
    def is_odd(self) -> bool:
        """Whether the controls are said to have made it worse (domain.md c.1: warns)."""
        return self.reduction is not None and self.reduction < 0


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def rate(scheme: Scheme, row: Mapping[str, object]) -> Ratings:
    """The three scores of a row with the fields prob_<layer> and impact_<layer> (points, or None).

    A point beyond the scheme's axes has no score.
    """
    spots = (spot_of(scheme, row, layer) for layer in LAYERS)
    return Ratings(*(None if spot is None else scheme.weigh(*spot) for spot in spots))


LAYERS = ("inherent", "residual", "target")
DIMENSIONS = ("cost", "time", "quality", "reputation", "safety")  # of impact: fields impact_<dimension>


def spot_of(scheme: Scheme, row: Mapping[str, object], layer: str) -> tuple[int, int] | None:
    """The likelihood and impact of a row in a layer; None where one is missing or lies beyond the scheme's axes."""
    likelihood, impact = row.get(f"prob_{layer}"), impact_of(row, layer)
    if not isinstance(likelihood, int) or impact is None:
        return None
    return (likelihood, impact) if 1 <= likelihood <= scheme.likelihoods and 1 <= impact <= scheme.impacts else None


def impact_of(row: Mapping[str, object], layer: str) -> int | None:
    """The impact in a layer: with the controls there are (residual) the greatest of the whole and its dimensions."""
    whole = row.get(f"impact_{layer}")
    stated = [whole, *(dimension_points(row).values() if layer == "residual" else ())]
    return max((each for each in stated if isinstance(each, int)), default=None)


def dimension_points(row: Mapping[str, object]) -> dict[str, int]:
    """The points of a row's impact by dimension, of those that are rated."""
    points = ((each, row.get(f"impact_{each}")) for each in DIMENSIONS)
    return {each: point for each, point in points if isinstance(point, int)}


class Exposure(NamedTuple):
    """Expected values in one unit: what threats may cost, what opportunities may bring, and threats minus those."""

    threat: float
    opportunity: float
    net: float


def expected_value(probability: float, impact: float) -> float:
    """Probability times impact. Raises ValueError for a probability outside 0 to 1."""
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {probability}")
    return probability * impact


def total_exposure(risks: Iterable[tuple[float, float, bool]]) -> Exposure:
    """The expected values of (probability, impact, whether it is an opportunity) added up; no risks are 0."""
    threat = opportunity = 0.0
    for probability, impact, helps in risks:
        value = expected_value(probability, impact)
        threat, opportunity = (threat, opportunity + value) if helps else (threat + value, opportunity)
    return Exposure(threat, opportunity, threat - opportunity)
