"""Roles: how many full-time people each role has and needs, and which of them holds everybody up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pmo_desktop.rules.calendar import Numbers, Reals
from pmo_desktop.rules.load import Share, Undefined, share_of


@dataclass(frozen=True, slots=True)
class RoleBalance:
    """Supply and demand of one role in one period, in FTE; `ratio` is demand / supply."""

    role: int
    supply: float
    demand: float
    ratio: Share

    @property
    def gap(self) -> float:
        """What is left over in FTE; negative is short."""
        return self.supply - self.demand

    @property
    def is_short(self) -> bool:
        """Whether more is asked for than there is."""
        return self.demand > self.supply

    @property
    def pressure(self) -> tuple[float, float]:
        """How scarce the role is, to compare: demand without any supply first, then the ratio, then what is short."""
        return (math.inf if self.ratio.value is None else self.ratio.value, -self.gap)


def balance_roles(supply: Sequence[float] | Reals, demand: Sequence[float] | Reals) -> list[RoleBalance]:
    """Supply and demand of every role in one period, in FTE each, in the order given (oracle CAPAC-006)."""
    pairs = zip(supply, demand, strict=True)
    return [
        RoleBalance(role, float(has), float(needs), share_of(float(needs), float(has), Undefined.NO_SUPPLY))
        for role, (has, needs) in enumerate(pairs)
    ]


def find_bottleneck(balances: Sequence[RoleBalance]) -> RoleBalance | None:
    """The role with the highest demand / supply, whether short or not; None when nothing is asked for."""
    asked = [balance for balance in balances if balance.demand > 0]
    return max(asked, key=lambda balance: balance.pressure, default=None)


def sum_groups(values: Numbers, group: Numbers, count: int) -> Numbers:
    """Lines added up by group, exactly: int64[lines, periods] and the group of each line, -1 for none.

    The answer is int64[count, periods]; people by role, by team, or pairs by project.
    """
    sums = np.zeros((count, values.shape[1]), np.int64)
    grouped = group >= 0
    np.add.at(sums, group[grouped], values[grouped])
    return sums


def to_full_time(ticks: Numbers, full: Numbers) -> Reals:
    """Time as full-time people: float64[lines, periods] of int64[lines, periods] ticks.

    `full`: int64[periods], ticks that the standard calendar works in each; in a period where that is 0 nobody can be
    full-time, and the answer is 0.
    """
    return np.divide(ticks, full, out=np.zeros(ticks.shape), where=full > 0)
