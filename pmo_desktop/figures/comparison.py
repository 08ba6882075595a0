"""Two scenarios, or one and the plan, side by side: cells that differ, over-booked cells, utilisation, last days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pmo_desktop.figures.book import NO_TEAM, Book, default_horizon, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Measure, make_grid
from pmo_desktop.figures.scenarios import Delta, lay_deltas, read_deltas
from pmo_desktop.rules.calendar import Grain, Horizon, Periods
from pmo_desktop.rules.load import ROUNDING
from pmo_desktop.store.bookings import booked_span
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure on both sides; None where it is undefined."""

    one: float | None
    other: float | None

    @property
    def difference(self) -> float | None:
        """The other less the one."""
        return None if self.one is None or self.other is None else self.other - self.one


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A resource in a period in which the two differ: days booked, and whether they are more than there is."""

    days: Pair
    over: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A resource with the cells that differ, by the number of the period."""

    resource: str
    name: str
    cells: dict[int, ComparedCell]


@dataclass(frozen=True, slots=True)
class LastDay:
    """A project whose last booked day differs; None where nobody is booked for it."""

    project: str
    one: date | None
    other: date | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides held against each other, line by line and in sums.

    `over`: over-booked cells; `days`: days booked; `teams`: utilisation in percent by team, those without one last.
    """

    periods: Periods
    lines: tuple[ComparedLine, ...]
    over: Pair
    days: Pair
    teams: tuple[tuple[str, Pair], ...]
    last_days: tuple[LastDay, ...]

    @property
    def columns(self) -> list[int]:
        """The periods in which anything differs."""
        return sorted({period for line in self.lines for period in line.cells})


def read_sides(store: Store, one: str | None, other: str | None) -> tuple[Book, Book]:
    """The books of two scenarios, None for the plan, on the same days: those that either of them books."""
    found = [() if each is None else read_deltas(store, each) for each in (one, other)]
    plan = read_book(store, _days_of(store, [delta for deltas in found for delta in deltas]))
    return lay_deltas(store, plan, found[0]), lay_deltas(store, plan, found[1])


def compare(one: Book, other: Book, grain: Grain = Grain.MONTH) -> Comparison:
    """Two books of the same days and resources."""
    left, right = (make_grid(book, Lens(grain=grain, unit=Measure.DAYS)) for book in (one, other))
    return Comparison(
        left.periods,
        tuple(_lines(left, right)),
        Pair(left.over_cells, right.over_cells),
        Pair(_days(left), _days(right)),
        tuple(_teams(left, right)),
        tuple(_last_days(one, other)),
    )


def _days_of(store: Store, deltas: Sequence[Delta]) -> Horizon:
    spans = [(delta.cells["period_start"], delta.cells["period_end"]) for delta in deltas if not delta.void]
    booked = booked_span(store)
    spans += [booked] if booked else []
    whole = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
    return default_horizon(whole, data_date(read_settings(store)))


def _lines(left: Grid, right: Grid) -> Iterable[ComparedLine]:
    """The resources that differ anywhere; both grids have the same lines."""
    one, other = left.values(Measure.DAYS), right.values(Measure.DAYS)
    differs = (np.abs(left.booked - right.booked) > ROUNDING) | (left.over != right.over)
    for number, line in enumerate(left.lines):
        found = np.flatnonzero(differs[number]).tolist()
        if line.level is Level.TOP and found and line.id is not None:
            cells = {
                at: ComparedCell(
                    Pair(float(one[number, at]), float(other[number, at])),
                    (bool(left.over[number, at]), bool(right.over[number, at])),
                )
                for at in found
            }
            yield ComparedLine(line.id, line.title, cells)


def _days(grid: Grid) -> float:
    tops = [number for number, line in enumerate(grid.lines) if line.level is Level.TOP]
    return sum(grid.days(number) for number in tops)


def _teams(left: Grid, right: Grid) -> Iterable[tuple[str, Pair]]:
    for number, line in enumerate(left.lines):
        if line.level is Level.GROUP:
            shares = [grid.share(number).value for grid in (left, right)]
            one, other = (None if share is None else share * _WHOLE for share in shares)
            yield line.title or NO_TEAM, Pair(one, other)


def _last_days(one: Book, other: Book) -> Iterable[LastDay]:
    left, right = _latest(one), _latest(other)
    for number, project in enumerate(one.projects):
        if left.get(number) != right.get(number):
            yield LastDay(project.called or project.name, left.get(number), right.get(number))


def _latest(book: Book) -> dict[int, date]:
    """The last booked day of each project, by its number."""
    last = np.full(len(book.projects), np.datetime64("0001-01-01"), "datetime64[D]")
    np.maximum.at(last, book.allocations.project, book.allocations.last)
    booked = np.unique(book.allocations.project).tolist()
    return {number: last[number].item() for number in booked}
