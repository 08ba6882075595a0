"""Demand against capacity: of all resources together, and of each role in full-time people, with the bottleneck."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pmo_desktop.figures.book import NO_ROLE, Book
from pmo_desktop.figures.capacity import Grid, chosen_resources
from pmo_desktop.rules.booking import RATE, Bookings, rows_by_pair
from pmo_desktop.rules.calendar import Numbers, Periods, Reals
from pmo_desktop.rules.load import ROUNDING, add_up_by_status
from pmo_desktop.rules.roles import RoleBalance, balance_roles, find_bottleneck, sum_groups, to_full_time


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """What is asked for and what there is by period, int64[periods] in ticks each; `day`: ticks of a standard day."""

    periods: Periods
    available: Numbers
    hard: Numbers
    soft: Numbers
    day: float

    @property
    def booked(self) -> Numbers:
        """Hard and soft together."""
        return self.hard + self.soft

    @property
    def excess(self) -> Numbers:
        """What is asked for beyond what there is; less than a minute is rounding."""
        excess = self.booked - self.available
        return np.where(excess > ROUNDING, excess, 0)

    def days(self, ticks: Numbers) -> Reals:
        """Person-days; 0 when a day has no length."""
        return ticks / self.day if self.day else np.zeros(ticks.shape)


def demand_strip(book: Book, grid: Grid) -> Strip:
    """The demand and the capacity of the resources that the lens of a grid lets through, over-booked or not."""
    chosen, load = chosen_resources(book, grid.lens), grid.load
    left_out = np.flatnonzero(~chosen)  # seldom many, and often none: all of them are not copied to be summed
    available, hard, soft = (
        each.sum(axis=0) - each[left_out].sum(axis=0) for each in (load.available, load.hard, load.soft)
    )
    return Strip(grid.periods, available, hard, soft, grid.day)


@dataclass(frozen=True, slots=True, eq=False)
class RoleTable:
    """Supply and demand of roles; `roles` are ids, None for those without one.

    `available`, `hard`, `soft`: int64[roles, periods] in ticks. `supply`, `demand` and `gap` are of the same shape in
    FTE, float64; a period without any standard working time has no FTE, and they are 0. `full`: int64[periods], ticks
    of one FTE.
    """

    periods: Periods
    roles: tuple[str | None, ...]
    names: tuple[str, ...]
    available: Numbers
    hard: Numbers
    soft: Numbers
    full: Numbers

    @property
    def supply(self) -> Reals:
        """How many full-time people there are."""
        return to_full_time(self.available, self.full)

    @property
    def demand(self) -> Reals:
        """How many are asked for."""
        return to_full_time(self.hard + self.soft, self.full)

    @property
    def gap(self) -> Reals:
        """What is left over; negative is short."""
        return self.supply - self.demand

    def balance(self, period: int) -> list[RoleBalance]:
        """Every role in one period, in the order of `roles`; a ratio without supply is empty with its reason."""
        return balance_roles(self.supply[:, period], self.demand[:, period])

    def bottleneck(self, period: int) -> RoleBalance | None:
        """The role with the highest demand / supply; None when nothing is asked for."""
        return find_bottleneck(self.balance(period))

    def words(self, period: int) -> str:
        """The bottleneck of a period as a sentence; empty when no role is short."""
        worst = self.bottleneck(period)
        if worst is None or not worst.is_short:
            return ""
        name = self.names[worst.role]
        if worst.ratio.value is None:
            return f"{name}: {worst.demand:.1f} FTE asked for, nobody has the role."
        return f"{name}: {worst.demand:.1f} FTE asked for, {worst.supply:.1f} there."


def role_balance(book: Book, periods: Periods, *, confirmed_only: bool = False) -> RoleTable:
    """Supply and demand by role and period; a booking counts for its own role, else for that of its resource.

    A role still to be named is demand without supply.
    """
    bookings = book.bookings.only(book.bookings.hard) if confirmed_only else book.bookings
    roles = _roles(book)
    number_of = {role: number for number, role in enumerate(roles)}
    of_resource = np.array([number_of[each.role] for each in book.resources], np.int64)
    said = np.array([-1 if role is None else number_of[role] for role in book.roles], np.int64)
    of_booking = np.where(said >= 0, said, of_resource[bookings.resource]) if len(said) else said
    hard, soft = _sum_by(replace(bookings, project=of_booking), book, periods, len(roles))
    available = sum_groups(book.capacity.available_in(periods) * RATE, of_resource, len(roles))
    full = periods.total(book.horizon.working_time(book.standard, book.days_off)) * RATE
    names = tuple(NO_ROLE if role is None else book.names[role] for role in roles)
    return RoleTable(periods, tuple(roles), names, available, hard, soft, full)


def _roles(book: Book) -> list[str | None]:
    """The roles that anybody has or is booked as, by name, no role last."""
    found = {each.role for each in book.resources} | {role for role in book.roles if role is not None}
    return sorted(found, key=lambda role: (role is None, book.names.get(role or "", "").casefold(), role or ""))


def _sum_by(bookings: Bookings, book: Book, periods: Periods, count: int) -> tuple[Numbers, Numbers]:
    """Confirmed and other time by what stands for the project in the bookings: int64[count, periods] each."""
    pairs = rows_by_pair(bookings)
    hard, soft = add_up_by_status(bookings, book.capacity, periods, pairs)
    return sum_groups(hard, pairs.project, count), sum_groups(soft, pairs.project, count)
