"""The arrays of a capacity grid: lines taken, put together and summed by group, and who makes cells over-booked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.rules.booking import Marks
from pmo_desktop.rules.calendar import Numbers
from pmo_desktop.rules.load import ROUNDING, Cause
from pmo_desktop.rules.roles import sum_groups

CAUSES = tuple(Cause)  # what the numbers in `Grid.cause` stand for; 0 is none
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The arrays of a grid, each [lines, periods]; see there."""

    over: Marks
    overs: Numbers
    gross: Numbers
    off: Numbers
    available: Numbers
    hard: Numbers
    soft: Numbers

    def take(self, rows: Numbers) -> Cells:
        """Some lines, in the order of their numbers."""
        over: Marks = self.over[rows]
        return Cells(over, *(each[rows] for each in self.times))

    def followed_by(self, more: Cells) -> Cells:
        """The lines of both."""
        times = (np.concatenate(each) for each in zip(self.times, more.times, strict=True))
        return Cells(np.concatenate([self.over, more.over]), *times)

    def grouped(self, group: Numbers, count: int) -> Cells:
        """Sums by group, -1 for none; a group is over when its sums are."""
        overs, gross, off, available, hard, soft = (sum_groups(each, group, count) for each in self.times)
        return Cells(hard + soft > available + ROUNDING, overs, gross, off, available, hard, soft)

    @property
    def times(self) -> tuple[Numbers, ...]:
        """All but the marks."""
        return self.overs, self.gross, self.off, self.available, self.hard, self.soft


def project_cells(hard: Numbers, soft: Numbers, overs: Numbers) -> Cells:
    """The arrays of projects, which have no time of their own."""
    none = np.zeros_like(hard)
    return Cells(overs > 0, overs, none, none, none, hard, soft)


def judge_causes(this: Numbers, all_of_it: Numbers, available: Numbers) -> Codes:
    """Who makes cells over-allocated, for arrays of ticks of one shape: int8, places in CAUSES (see `judge_cause`)."""
    room = available + ROUNDING
    wrong = [all_of_it <= room, all_of_it - this > room, this > room]
    codes = [CAUSES.index(each) for each in (Cause.NONE, Cause.OTHERS, Cause.THIS)]
    return np.select(wrong, codes, CAUSES.index(Cause.TOGETHER)).astype(np.int8)
