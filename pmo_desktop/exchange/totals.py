"""What of a plan with one column a period is a sum of its other cells: columns and rows, labelled or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.quantities import read_quantity

_TOTAL = re.compile(r"(?:.*\b)?(?:grand |row |overall )?(?:totals?|sum|ytd|cumulative)\b.*", re.IGNORECASE)
_NEAR = 0.005  # sums of tenths are not exact in binary
_FEWEST = 2  # rows, or periods, that make a sum believable


def names_total(header: str) -> bool:
    """Whether a header says that its column adds up others."""
    return _TOTAL.fullmatch(header.strip()) is not None


def numbers(cells: Sequence[Cell]) -> list[float]:
    """Cells as numbers, 0 for what is none."""
    return [found[0] if (found := read_quantity(cell)) else 0.0 for cell in cells]


def summed_part(column: Sequence[Cell], rows: Sequence[Sequence[float]]) -> tuple[int, int] | None:
    """The first and last period whose sum each cell of a column is, row by row; None when it is no such sum.

    `rows` holds the periods' numbers of each row. Sums of one period only, and of zeros only, are none.
    """
    sums = numbers(column)
    if not any(sums) or len(rows) < 1 or any(cell is not None and read_quantity(cell) is None for cell in column):
        return None
    width = len(rows[0])
    for last in range(width - 1, 0, -1):
        for first in range(last):
            if all(_near(sum(row[first : last + 1]), told) for row, told in zip(rows, sums, strict=True)):
                return first, last
    return None


def summed_rows(rows: Mapping[int, Sequence[float]]) -> set[int]:
    """The rows that are the sums of all rows above them, period by period."""
    found: set[int] = set()
    running: list[float] = []
    counted = 0
    for number, values in rows.items():
        if counted >= _FEWEST and any(values) and all(map(_near, values, running)):
            found.add(number)
            continue
        running = [one + other for one, other in zip(running, values, strict=True)] if running else list(values)
        counted += any(values)
    return found


def wrong_totals(column: Sequence[Cell], rows: Sequence[Sequence[float]]) -> list[tuple[int, float, float]]:
    """Place, told and true sum of each row whose labelled total is not the sum of its periods."""
    told = [read_quantity(cell) for cell in column]
    pairs = ((place, found[0], sum(rows[place])) for place, found in enumerate(told) if found)
    return [(place, said, true) for place, said, true in pairs if not _near(said, true)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR
