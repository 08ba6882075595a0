"""The lines of the capacity grid as they are shown: who they are, and the face of each of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from pmo_desktop.rules.calendar import Numbers, Reals
from pmo_desktop.rules.load import ROUNDING

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

    `leave`: int8[periods], 0, LEAVE_PART or LEAVE_WHOLE.
    """

    booked: Numbers
    soft: Numbers
    available: Numbers
    full: Numbers
    leave: Numbers

    @property
    def over(self) -> Numbers:
        """Where more is booked than there is: bool[periods]."""
        found: Numbers = self.booked - self.available > ROUNDING
        return found


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
    project: str | None = None
    faces: list[Face] = field(default_factory=list)  # made when the line is first seen

    @property
    def editable(self) -> bool:
        """Whether an amount can be typed straight into its cells."""
        return self.level is Level.PART


class Measure(NamedTuple):
    """How amounts are said: in percent of what is available, days or FTE; `day` is the ticks of a standard day."""

    unit: str
    day: float


def faces_of(line: Line, measure: Measure) -> list[Face]:
    """The faces of a line's cells, made once."""
    if not line.faces:
        line.faces = _make_faces(line, measure)
    return line.faces


def _make_faces(line: Line, measure: Measure) -> list[Face]:
    amounts = line.amounts
    part = line.level is Level.PART
    texts = cell_texts(line, measure)
    if part:
        return [Face(text, PLAIN, 0, 0, soft) for text, soft in zip(texts, _soft_parts(amounts), strict=True)]
    steps, over = heat_steps(amounts)
    return [
        Face(*each)
        for each in zip(texts, steps.tolist(), over.tolist(), amounts.leave.tolist(), _soft_parts(amounts), strict=True)
    ]


def heat_steps(amounts: Amounts) -> tuple[Numbers, Numbers]:
    """The heat step of each cell, and how strongly it is marked as over-booked: int64[periods] each."""
    percent = shown_percent(amounts)
    steps = np.searchsorted(STEPS, percent, side="right")
    over = amounts.over
    steps = np.where(over, np.maximum(steps, FIRST_OVER), np.minimum(steps, FIRST_OVER - 1))
    marks = np.where(over, np.where(steps > FIRST_OVER, 2, 1), 0)
    return steps, marks


def shown_percent(amounts: Amounts) -> Reals:
    """Whole percent of what is available, float64[periods]: above 100 wherever it is over, so that word and colour
    agree; without available time 0, or beyond all steps where something is booked.
    """
    share = np.divide(100.0 * amounts.booked, amounts.available, out=np.zeros(amounts.booked.shape), where=_has(amounts))
    percent = np.rint(share)
    percent = np.where(amounts.over, np.maximum(percent, 101), np.minimum(percent, 100))
    return np.where(~_has(amounts) & (amounts.booked > 0), float(STEPS[-1]), percent)


def _has(amounts: Amounts) -> Numbers:
    found: Numbers = amounts.available > 0
    return found


def cell_texts(line: Line, measure: Measure) -> list[str]:
    """What stands in each cell; nothing where nothing is booked and none of it could be."""
    amounts = line.amounts
    unit = part_unit(measure.unit) if line.level is Level.PART else measure.unit
    if unit == PERCENT:
        return _percent_texts(amounts, measure)
    whole = np.where(amounts.full > 0, amounts.full, 1) if unit == FTE else measure.day or 1.0
    return [amount_text(value) if booked else "" for value, booked in zip(amounts.booked / whole, amounts.booked, strict=True)]


def part_unit(unit: str) -> str:
    """What the parts of a line are said in: in the view of percent a booking is still days."""
    return DAY if unit == PERCENT else unit


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


def mean_share(amounts: Sequence[Amounts], chosen: slice) -> float | None:
    """Booked of available over some periods, 1.0 for all; None without available time."""
    available = sum(int(each.available[chosen].sum()) for each in amounts)
    booked = sum(int(each.booked[chosen].sum()) for each in amounts)
    return booked / available if available > 0 else None
