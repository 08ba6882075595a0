"""Other ways to look at a sheet: turned, where records run across, and cut, where tables stand side by side.

A view keeps the addresses of the cells it shows. Rows and columns count from 0 here.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from pmo_desktop.exchange.grid import UPRIGHT, Layout, Sheet

MOST_FIELDS = 400  # rows of a sheet whose records run across
MOST_RECORDS = 150  # its columns


def turn(sheet: Sheet) -> Sheet | None:
    """The sheet with rows and columns exchanged; None when it is too big for records to run across."""
    width = max(map(len, sheet.rows), default=0)
    if sheet.layout != UPRIGHT or not 1 < width <= MOST_RECORDS or len(sheet.rows) > MOST_FIELDS:
        return None
    rows = [list(cells) for cells in zip_longest(*sheet.rows)]
    merges = [(left, first, right, last) for first, left, last, right in sheet.merges]
    return replace(
        sheet,
        rows=rows,
        merges=merges,
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        struck=[],
        formats={},
        layout=Layout(turned=True),
    )


def cut(sheet: Sheet, start: int, header: int, end: int) -> list[Sheet]:
    """A view for each part of the rows `start` to `end` that blank columns set apart, from the left.

    What stands above row `header` does not bridge a gap: titles reach over anything. Empty when nothing is set apart.
    """
    rows = sheet.rows[header:end]
    width = max(map(len, rows), default=0)
    blank = _blank_columns(sheet, header, end, width)
    parts: list[tuple[int, int]] = []  # first and last column
    for place in range(width):
        if place in blank:
            continue
        if parts and parts[-1][1] == place - 1:
            parts[-1] = (parts[-1][0], place)
        else:
            parts.append((place, place))
    if len(parts) < 2:  # noqa: PLR2004  one part is the whole
        return []
    return [_part(sheet, start, end, *part) for part in parts]


def spread_merges(sheet: Sheet, header: int) -> Sheet:
    """The sheet with what a cell merged downwards says in each of its rows below the header that says more."""
    tall = [(first, left, last) for first, left, last, _ in sheet.merges if header < first < last]
    if not tall:
        return sheet
    rows = list(sheet.rows)
    for first, left, last in tall:
        cells = rows[first] if first < len(rows) else []
        value = cells[left] if left < len(cells) else None
        for row in range(first + 1, min(last + 1, len(rows))) if value is not None else ():
            if rows[row] and (left >= len(rows[row]) or rows[row][left] is None):
                rows[row] = [*rows[row], *[None] * (left + 1 - len(rows[row]))]
                rows[row][left] = value
    return replace(sheet, rows=rows)


def _blank_columns(sheet: Sheet, header: int, end: int, width: int) -> set[int]:
    blank = set(range(width))
    for cells in sheet.rows[header:end]:
        blank -= {place for place in blank if place < len(cells) and cells[place] is not None}
        if not blank:
            break
    return blank


def _part(sheet: Sheet, start: int, end: int, first: int, last: int) -> Sheet:
    blank = [None] * first
    rows = [blank + cells[first : last + 1] if start <= row < end else [] for row, cells in enumerate(sheet.rows)]
    return replace(sheet, rows=rows, layout=Layout(first))
