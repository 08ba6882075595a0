"""Quantities in the cells of a plan with one column a period: `0.5`, `50%`, `3d`, and what a bare number counts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pmo_desktop.exchange.grid import Broken, Cell
from pmo_desktop.exchange.money import is_fraction, parse_number
from pmo_desktop.exchange.outcome import cell_text, says_nothing
from pmo_desktop.exchange.periods import Grain
from pmo_desktop.rules.words import AllocationUnit

_SUFFIX = re.compile(r"(?P<number>[-+]?[\d.,]*\d[\d.,]*)\s*(?P<unit>%|[a-z]+)", re.IGNORECASE)
_SHORT = {
    "%": AllocationUnit.PERCENT,
    "fte": AllocationUnit.FTE,
    "wte": AllocationUnit.FTE,
    "d": AllocationUnit.DAYS,
    "day": AllocationUnit.DAYS,
    "days": AllocationUnit.DAYS,
    "h": AllocationUnit.HOURS,
    "hr": AllocationUnit.HOURS,
    "hrs": AllocationUnit.HOURS,
    "hour": AllocationUnit.HOURS,
    "hours": AllocationUnit.HOURS,
}
_WORDS = (
    (
        AllocationUnit.FTE,
        re.compile(r"\b(?:ftes?|wtes?|head-?\s?count|person[\s-]months?|man[\s-]months?)\b", re.IGNORECASE),
    ),
    (AllocationUnit.DAYS, re.compile(r"\b(?:days?|man-?days?|person-?days?|mds?)\b", re.IGNORECASE)),
    (AllocationUnit.HOURS, re.compile(r"\b(?:hours?|hrs?)\b", re.IGNORECASE)),
    (AllocationUnit.PERCENT, re.compile(r"%|\bper ?cent(?:age)?\b|\butili[sz]ation\b", re.IGNORECASE)),
)
_ONE_PERSON = 1.5  # more FTE than one person has, with some grace
_MOST_DAYS = {Grain.WEEK: 7.0, Grain.MONTH: 31.0, Grain.QUARTER: 92.0, Grain.HALF: 184.0, Grain.YEAR: 366.0}
_MOST_PERCENT = 200.0


@dataclass(frozen=True, slots=True)
class UnitFound:
    """What a bare number counts; `sure` unless it was only guessed from the sizes, and `fraction` for 0.5 = 50 %."""

    unit: AllocationUnit
    sure: bool
    fraction: bool = False


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, n/a."""
    return cell is None or (isinstance(cell, str) and not isinstance(cell, Broken) and says_blank(cell))


def says_blank(text: str) -> bool:
    """Whether a text says that there is no quantity."""
    bare = cell_text(text)
    return not bare or says_nothing(bare)


def read_quantity(cell: Cell) -> tuple[float, AllocationUnit | None] | None:
    """A cell's number, and its unit where the cell says one; None for what is no quantity."""
    if isinstance(cell, (bool, Broken)):
        return None
    if isinstance(cell, (int, float)):
        return (float(cell), None) if math.isfinite(cell) else None
    if not isinstance(cell, str):
        return None
    match = _SUFFIX.fullmatch(cell.strip())
    unit = _SHORT.get(match["unit"].lower()) if match else None
    if match and unit is None:
        return None
    found = parse_number(match["number"] if match else cell)
    return (float(found.value), unit) if found.value is not None else None


def find_unit(
    texts: Iterable[str], formats: Iterable[str], cells: Sequence[Cell], grain: Grain, *, heads: bool
) -> UnitFound:
    """What the bare numbers of a plan count: as its texts or number formats say, else as their sizes suggest.

    `heads` says that its rows are no single people, so that more than one FTE is nothing odd.
    """
    formats = tuple(formats)
    named = {unit for text in texts for unit, word in _WORDS if word.search(text)}
    if len(named) == 1:
        unit = named.pop()
        fraction = unit is AllocationUnit.PERCENT and is_fraction(cells, next(iter(formats), ""))
        return UnitFound(unit, sure=True, fraction=fraction)
    if any("%" in each for each in formats):
        return UnitFound(AllocationUnit.PERCENT, sure=True, fraction=True)
    sizes = [abs(found[0]) for cell in cells if (found := read_quantity(cell)) and found[0] and not found[1]]
    if not sizes:  # every cell says its own
        return UnitFound(AllocationUnit.FTE, sure=True)
    return _by_size(sizes, grain, heads=heads)


def _by_size(sizes: Sequence[float], grain: Grain, *, heads: bool) -> UnitFound:
    top = max(sizes)
    if top <= _ONE_PERSON:
        return UnitFound(AllocationUnit.FTE, sure=any(size % 1 for size in sizes))
    if heads:
        return UnitFound(AllocationUnit.FTE, sure=False)
    if top <= _MOST_DAYS[grain]:
        return UnitFound(AllocationUnit.DAYS, sure=False)
    percent = top <= _MOST_PERCENT and all(size % 5 == 0 for size in sizes)
    return UnitFound(AllocationUnit.PERCENT if percent else AllocationUnit.HOURS, sure=False)
