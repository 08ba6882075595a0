"""The capacity grid row by row, down to single bookings: what an exported grid holds, and what it is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from pmo_desktop.figures.book import Book, default_horizon, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Measure, chosen_projects, make_grid
from pmo_desktop.rules.booking import Marks, Rows, add_up
from pmo_desktop.rules.calendar import Grain, Horizon, Numbers, Reals, period_of
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.bookings import booked_span
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings

DIGITS = 4  # decimals of a value that counts days or FTE, as quantities are stored; of a share two more
_STATUSES = {str(each): number for number, each in enumerate(reversed(AllocationStatus))}  # confirmed ones first


@dataclass(frozen=True, slots=True, eq=False)
class BookedRow:
    """One resource on one project, in one role and one status.

    `values`: float64[periods] in the lens's unit, a share as a fraction, 0 for none. `lost`: how many periods
    hold a booking that the unit has no value for: a share of no time.
    """

    resource: str
    project: int
    role: str | None
    status: AllocationStatus
    values: Reals
    lost: int


@dataclass(frozen=True, slots=True, eq=False)
class GridRows:
    """A grid with the bookings under each of its lines, by line number; a team's line has none.

    `room`: float64[lines, periods], the time available in days or, for FTE, in FTE.
    """

    grid: Grid
    rows: tuple[tuple[BookedRow, ...], ...]
    room: Reals

    @property
    def lost(self) -> int:
        """How many cells could not be said in the unit."""
        return sum(row.lost for under in self.rows for row in under)


def read_grid_rows(book: Book, lens: Lens) -> GridRows:
    """The rows of a lens: resources by team, and under each what is booked of it, by project, role and status.

    A booking without a status counts as confirmed and stands among those.
    """
    grid = make_grid(book, lens)
    kept = chosen_projects(book, lens)[book.allocations.project] & (book.bookings.booked > 0)
    if lens.confirmed_only:
        kept &= book.bookings.hard
    chosen = np.flatnonzero(kept)
    keys = [_key(book, row) for row in chosen.tolist()]
    order = sorted(set(keys), key=lambda key: (key[0], key[1], book.names.get(key[2], ""), key[2], _STATUSES[key[3]]))
    place = {key: number for number, key in enumerate(order)}
    rows = Rows(
        np.array([place[key] for key in keys], np.int64),
        np.array([key[0] for key in order], np.int64),
        np.array([key[1] for key in order], np.int64),
    )
    ticks = add_up(book.bookings.take(chosen), book.capacity, grid.load.periods, rows)
    under: defaultdict[int, list[BookedRow]] = defaultdict(list)
    values, defined = _values(grid, ticks, grid.load.available[rows.resource])
    for number, (resource, project, role, status) in enumerate(order):
        lost = int(np.count_nonzero(ticks[number][~defined[number]]))
        line = book.resources[resource].id
        row = BookedRow(line, project, role or None, AllocationStatus(status), values[number], lost)
        under[resource].append(row)
    by_line = tuple(tuple(under[line.row]) if line.level is Level.TOP else () for line in grid.lines)
    return GridRows(grid, by_line, _room(grid))


def read_whole_book(store: Store, grain: Grain) -> Book:
    """The book of all days of every period in which anything is booked or that lies within half a year."""
    settings = read_settings(store)
    starts_in = round(settings["fy_start_month"])
    days = default_horizon(booked_span(store), data_date(settings))
    first, _ = period_of(days.first, grain, starts_in)
    _, last = period_of(days.last, grain, starts_in)
    return read_book(store, Horizon(first, last))


def _key(book: Book, row: int) -> tuple[int, int, str, str]:
    bookings = book.bookings
    status = book.statuses[row] or AllocationStatus.CONFIRMED
    return int(bookings.resource[row]), int(bookings.project[row]), book.roles[row] or "", str(status)


def _values(grid: Grid, ticks: Numbers, available: Numbers) -> tuple[Reals, Marks]:
    """Ticks of bookings in the lens's unit, a share as a fraction, and where that has a value."""
    unit = grid.lens.unit
    if unit is Measure.DAYS:
        days: Reals = np.round(ticks / (grid.day or 1.0), DIGITS)
        return days, np.full(ticks.shape, grid.day > 0)
    whole = available if unit is Measure.PERCENT else np.broadcast_to(grid.full, ticks.shape)
    share: Reals = np.divide(ticks, whole, out=np.zeros(ticks.shape), where=whole > 0)
    rounded: Reals = np.round(share, DIGITS + 2 * (unit is Measure.PERCENT))
    return rounded, whole > 0


def _room(grid: Grid) -> Reals:
    """The time available in days, or in FTE where the grid counts these: float64[lines, periods]."""
    whole = np.broadcast_to(grid.full, grid.available.shape) if grid.lens.unit is Measure.FTE else grid.day or 1.0
    room: Reals = np.divide(grid.available, whole, out=np.zeros(grid.available.shape), where=np.asarray(whole) > 0)
    rounded: Reals = np.round(room, DIGITS)
    return rounded
