"""What stands above a table: its title lines, label and value pairs such as `Programme | Digital`, its report date.

Rows and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pmo_desktop.exchange.dates import DateRules, parse_date
from pmo_desktop.exchange.grid import Broken, Cell, Sheet
from pmo_desktop.exchange.headerrows import vocabulary
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.outcome import cell_text

LONGEST_LABEL = 40
_AS_AT = re.compile(
    r"(?:\b(?:as at|as of|position at|status at|(?:status|report|reporting|data) date"
    r"|reporting period|period end(?:ing)?|month end(?:ing)?)\b|^date\b)"
    r"\s*[:\-]?\s*(?P<day>.+)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<label>[^:\d][^:]{0,39}):\s+(?P<value>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label above a table and the one value beside it."""

    label: str
    value: Cell
    at: str  # the address of the cell that says it

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.label}: {cell_text(self.value)}"


def read_titles(sheet: Sheet, start: int, top: int) -> tuple[list[str], list[Fact]]:
    """The lines from row `start` to the header, and the facts among them; the two cells of a fact are one line."""
    lines: list[str] = []
    facts: list[Fact] = []
    for row in range(start, top):
        cells: list[tuple[int, Cell]] = [
            (place, cell) for place, cell in enumerate(sheet.rows[row]) if cell is not None and cell_text(cell)
        ]
        found = _facts(sheet, row, cells)
        facts += found.values()
        values = {place + 1 for place in found}  # positions among the filled cells
        for place, (_, cell) in enumerate(cells):
            if place in found:
                lines.append(found[place].line)
            elif place not in values:
                lines.append(cell_text(cell))
                facts += _facts_within(sheet, row, cells[place])
    return lines, facts


def find_report_date(lines: Sequence[str], day_first: bool = True) -> date | None:  # noqa: FBT002  a default of dates
    """The day that a title line such as `Data as at 30 November 2026` names."""
    for line in lines:
        match = _AS_AT.search(line)
        if match:
            parsed = parse_date(match["day"].strip(" .)"), DateRules(day_first=day_first))
            if isinstance(parsed.value, date):
                return parsed.value
    return None


def _facts(sheet: Sheet, row: int, cells: Sequence[tuple[int, Cell]]) -> dict[int, Fact]:
    """The pairs of neighbouring cells of one row, by the position of the label among its filled cells."""
    found: dict[int, Fact] = {}
    for place, (_, cell) in enumerate(cells[:-1]):
        column, value = cells[place + 1]
        if place - 1 not in found and _is_label(cell, alone=len(cells) == 2) and not isinstance(value, Broken):  # noqa: PLR2004
            plain = value.date() if isinstance(value, datetime) else value
            found[place] = Fact(cell_text(cell).rstrip(" :"), plain, sheet.layout.address(row, column))
    return found


def _facts_within(sheet: Sheet, row: int, cell: tuple[int, Cell]) -> list[Fact]:
    """A cell that holds both, as `Programme: Digital` does."""
    match = _PAIR.fullmatch(cell[1].strip()) if isinstance(cell[1], str) else None
    return [Fact(match["label"].strip(), match["value"], sheet.layout.address(row, cell[0]))] if match else []


def _is_label(cell: Cell, *, alone: bool) -> bool:
    """Whether a cell names what stands beside it: by its colon, as a known word, or as one of only two cells."""
    if not isinstance(cell, str) or isinstance(cell, Broken) or len(cell) > LONGEST_LABEL:
        return False
    return cell.rstrip().endswith(":") or normalise(cell) in vocabulary() or alone
