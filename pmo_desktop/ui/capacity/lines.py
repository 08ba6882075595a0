"""The lines of the capacity grid as they are shown: who they are, and the face of each of their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.rules.booking import Marks
from pmo_desktop.rules.calendar import Numbers, Reals

Key = tuple[str, ...]

STEPS = np.array([1, 40, 70, 90, 101, 116, 141])  # percent from which each heat step begins; tokens.json has the same
PLAIN = -1  # the step of a cell without heat
FIRST_OVER = 5  # the first step of those over 100 %
LEAVE_PART, LEAVE_WHOLE = 1, 2
SOFT_PARTS = 4  # how finely the tentative share of a cell is drawn
DAY, PERCENT, FTE = "days", "%", "FTE"


class Level(IntEnum):
    """How deep a line stands."""

    GROUP = 0
    HEAD = 1
    PART = 2


Looks = tuple[str, int, int, int, int]  # a Face as the plain tuple it is: a thousand of them are made for a frame


class Face(NamedTuple):
    """All that decides how a cell looks; equal faces are drawn once."""

    text: str
    step: int
    over: int  # 0, 1 up to 115 %, 2 above
    leave: int  # 0, LEAVE_PART or LEAVE_WHOLE
    soft: int  # quarters of what is booked that are tentative, at least 1 where any is


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """Time by period, int64[periods] in ticks: `booked` with `soft` in it, `available`, `full` as 1 FTE.

    `over`: bool, more is booked than there is; `leave`: int8, 0, LEAVE_PART or LEAVE_WHOLE.
    """

    booked: Numbers
    soft: Numbers
    available: Numbers
    full: Numbers
    over: Marks
    leave: NDArray[np.int8]

    def is_like(self, other: Amounts) -> bool:
        """Whether every cell holds the same."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return all(one is two or one.tobytes() == two.tobytes() for one, two in pairs)  # much faster than array_equal


@dataclass(slots=True, eq=False)
class Line:
    """One line: a team, somebody or a project, or what one of them has of the other."""

    key: Key
    level: Level
    name: str
    note: str  # the role of somebody, the reference of a project
    amounts: Amounts
    fte: float | None = None
    mean: float | None = None  # of the next 13 weeks, 1.0 for all
    total: int = 0  # ticks of a part in sight
    open: bool = False
    foldable: bool = False
    resource: str | None = None
    project: str | None = None  # None is that of bookings without one
    heated: bool = True  # coloured by its share of the time available; a project has no time of its own
    row: int = -1  # among the resources or projects of the book
    faces: list[Looks] = field(default_factory=list)  # made when the line is first seen

    @property
    def editable(self) -> bool:
        """Whether an amount can be typed straight into its cells."""
        return self.level is Level.PART


@dataclass(frozen=True, slots=True)
class Renewal:
    """What an edit may have changed: lines as they are now, with every part in sight of the resources `touched`."""

    lines: list[Line]
    touched: frozenset[str]


class Measure(NamedTuple):
    """How amounts are said: in percent of what is available, days or FTE; `day` is the ticks of a standard day."""

    unit: str
    day: float


def faces_of(line: Line, measure: Measure) -> list[Looks]:
    """The faces of a line's cells, made once."""
    if not line.faces:
        line.faces = _make_faces(line, measure)
    return line.faces


def _make_faces(line: Line, measure: Measure) -> list[Looks]:
    amounts = line.amounts
    steps, over = heat_steps(amounts)
    if not line.heated:
        steps = np.full_like(steps, PLAIN)
    if line.level is Level.PART:
        over = np.zeros_like(over)
    soft = [0] * len(over) if line.level is Level.GROUP else _soft_parts(amounts)
    columns = cell_texts(line, measure), steps.tolist(), over.tolist(), amounts.leave.tolist(), soft
    return list(zip(*columns, strict=True))


def heat_steps(amounts: Amounts) -> tuple[Numbers, Numbers]:
    """The heat step of each cell, and how strongly it is marked as over-booked: int64[periods] each."""
    percent = shown_percent(amounts)
    steps = np.searchsorted(STEPS, percent, side="right")
    over = amounts.over
    steps = np.where(over, np.maximum(steps, FIRST_OVER), np.minimum(steps, FIRST_OVER - 1))
    steps = np.where(_has(amounts) | over, steps, np.where(amounts.booked > 0, PLAIN, 0))
    marks = np.where(over, np.where(steps > FIRST_OVER, 2, 1), 0)
    return steps, marks


def shown_percent(amounts: Amounts) -> Reals:
    """Whole percent of what is available, float64[periods]; without available time 0, or beyond all steps when booked.

    Above 100 wherever it is over and nowhere else, so that word, mark and colour agree.
    """
    share = np.divide(
        100.0 * amounts.booked, amounts.available, out=np.zeros(amounts.booked.shape), where=_has(amounts)
    )
    percent = np.rint(share)
    percent = np.where(amounts.over, np.maximum(percent, 101), np.minimum(percent, 100))
    return np.where(~_has(amounts) & (amounts.booked > 0), float(STEPS[-1]), percent)


def _has(amounts: Amounts) -> Marks:
    found: Marks = amounts.available > 0
    return found


def cell_texts(line: Line, measure: Measure) -> list[str]:
    """What stands in each cell; nothing where nothing is booked and none of it could be."""
    amounts = line.amounts
    unit = unit_of(line, measure)
    if unit == PERCENT:
        return _percent_texts(amounts, measure)
    whole = np.where(amounts.full > 0, amounts.full, 1) if unit == FTE else measure.day or 1.0
    return [
        amount_text(value) if booked else ""
        for value, booked in zip(amounts.booked / whole, amounts.booked, strict=True)
    ]


def unit_of(line: Line, measure: Measure) -> str:
    """What the cells of a line are said in: where there is no share to take, percent gives way to days."""
    return measure.unit if line.heated or measure.unit != PERCENT else DAY


def _percent_texts(amounts: Amounts, measure: Measure) -> list[str]:
    found = []
    for percent, available, booked in zip(
        shown_percent(amounts).tolist(), amounts.available.tolist(), amounts.booked.tolist(), strict=True
    ):
        if available > 0:
            found.append(f"{percent:.0f}" if booked else "")
        else:  # no share of nothing: the days themselves
            found.append(f"{amount_text(booked / (measure.day or 1.0))}d" if booked else "")
    return found


def amount_text(value: float) -> str:
    """An amount in at most four characters' width: 2, 2.5, 0.25; what rounds to nothing says so."""
    if value >= 100:
        return f"{value:,.0f}"
    text = f"{value:.2f}" if value < 10 else f"{value:.1f}"
    text = text.rstrip("0").rstrip(".")
    return text if text != "0" else "<.01"


def _soft_parts(amounts: Amounts) -> list[int]:
    booked = np.maximum(amounts.booked, 1)
    parts = np.ceil(SOFT_PARTS * amounts.soft / booked).astype(np.int64)
    found: list[int] = np.clip(parts, 0, SOFT_PARTS).tolist()
    return found
