"""The capacity grid after an edit: only the lines of the resources touched, and of their teams, are reckoned anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.capacity import Grid, Level, Line, Side
from pmo_desktop.rules.calendar import Numbers
from pmo_desktop.rules.load import ROUNDING, Load, measure_load


def change_grid(book: Book, grid: Grid, touched: Collection[int]) -> Grid | None:
    """The grid of a book in which the bookings of some resources, by row number, are others than in the grid's.

    None where lines may come or go: then the grid has to be made anew (of projects, or of what is over-booked or booked
    for some projects).
    """
    lens = grid.lens
    same = [line.id for line in grid.lines if line.level is Level.TOP and line.row >= 0]
    there = len(book.resources) == len(grid.load.available) and grid.periods.horizon == book.horizon
    if grid.side is not Side.RESOURCES or lens.over_only or lens.project or not there or not same:
        return None
    place_of = {line.row: place for place, line in enumerate(grid.lines) if line.level is Level.TOP}
    hard, soft, over = grid.hard.copy(), grid.soft.copy(), grid.over.copy()
    load, teams = grid.load, _teams(grid)
    available = grid.available
    for row in touched:
        one = _measure(book, grid, row)
        load = load.replace(row, one)
        place = place_of.get(row)
        if place is None:
            continue
        if (one.available[0] != available[place]).any():
            return None  # the working time of a team is another too
        team = teams[place]
        for whole, new in ((hard, one.hard[0]), (soft, one.soft[0])):
            whole[team] += new - whole[place]
            whole[place] = new
        over[place] = one.over[0] & (not grid.lines[place].unnamed)
        over[team] = hard[team] + soft[team] > available[team] + ROUNDING
    return replace(grid, hard=hard, soft=soft, over=over, load=load)


def _measure(book: Book, grid: Grid, row: int) -> Load:
    """The load of one resource, one row, as the lens lets it through."""
    own = book.bookings.take(book.of_resource(row))
    alone = measure_load(replace(own, resource=np.zeros_like(own.resource)), book.capacity.one(row), grid.periods)
    return alone.hardened() if grid.lens.confirmed_only else alone


def _teams(grid: Grid) -> Numbers:
    """The place of the team above each line: int64[lines]."""
    heads = [place if _is_team(line) else 0 for place, line in enumerate(grid.lines)]
    return np.maximum.accumulate(np.array(heads, np.int64))


def _is_team(line: Line) -> bool:
    return line.level is Level.GROUP
