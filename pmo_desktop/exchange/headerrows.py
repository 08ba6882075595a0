"""The header of a table: the row that reads most like one, and the names of its columns over one or two rows.

Rows and columns count from 0 here.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from itertools import pairwise

from pmo_desktop.exchange.foreign import foreign_registers
from pmo_desktop.exchange.grid import Broken, Cell, Sheet
from pmo_desktop.exchange.headers import field_words, known_words, normalise
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.registers import BY_NAME, REGISTERS

MOST_TITLE_ROWS = 100  # a header further down is not looked for
LONGEST_HEADER = 150


def find_header(sheet: Sheet, start: int) -> int | None:
    """The row that reads most like a header; of rows nearly as good the upper one."""
    end = min(len(sheet.rows), start + MOST_TITLE_ROWS)
    scores = {row: _header_score(sheet, row) for row in range(start, end)}
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return None
    return next(row for row, score in scores.items() if score >= 0.7 * best)


def _header_score(sheet: Sheet, row: int) -> float:
    """How much a row reads like a header: words that headers use, over cells that are not such words."""
    cells: list[Cell] = [cell for cell in sheet.rows[row] if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str) and not isinstance(cell, Broken)]
    texts += _periods(cells) if len(texts) > 1 else []
    if len(cells) < 2 or len(texts) < 0.6 * len(cells) or any(len(text) > LONGEST_HEADER for text in texts):  # noqa: PLR2004
        return 0.0
    names = [normalise(text) for text in texts]
    known = sum(name in vocabulary() for name in names)
    distinct = len(set(names)) / len(names)
    below = _rows_below(sheet, row)
    if not below:  # a list of names only, under words that headers use
        listed = (
            row + 1 < len(sheet.rows) and cell_at(sheet, row, 0) is not None and cell_at(sheet, row + 1, 0) is not None
        )
        return known * distinct if listed and known >= max(2, 0.6 * len(names)) else 0.0
    fit = sum(_fits_under(sheet.rows[row], cells_below) for cells_below in below) / len(below)
    return (len(texts) + 2.0 * known + _contrast(sheet.rows[row], below)) * distinct * fit


def _periods(cells: list[Cell]) -> list[str]:
    """Real dates that follow each other, as the columns of a resource plan do."""
    days = [cell.date() if isinstance(cell, datetime) else cell for cell in cells if isinstance(cell, date)]
    rising = len(days) >= 3 and all(one < other for one, other in pairwise(days))  # noqa: PLR2004
    return [cell_text(day) for day in days] if rising else []


def _rows_below(sheet: Sheet, row: int) -> list[list[Cell]]:
    """The next rows that say something, bands left out."""
    following = (cells for cells in sheet.rows[row + 1 : row + 21] if sum(cell is not None for cell in cells) > 1)
    return [cells for cells, _ in zip(following, range(8), strict=False)]


def _fits_under(header: list[Cell], cells: list[Cell]) -> float:
    """The share of a row's cells that stand under a header, and at least two of them."""
    filled = [place for place, cell in enumerate(cells) if cell is not None]
    under = sum(place < len(header) and header[place] is not None for place in filled)
    return under / len(filled) if under > 1 else 0.0


def _contrast(header: list[Cell], below: list[list[Cell]]) -> float:
    """How many columns hold numbers or dates under a word."""
    found = 0
    for place, cell in enumerate(header):
        under = [cells[place] for cells in below if place < len(cells) and cells[place] is not None]
        found += bool(isinstance(cell, str) and under and not any(isinstance(each, str) for each in under))
    return float(found)


@cache
def vocabulary() -> frozenset[str]:
    """Every header that a register uses, kept or not, in one spelling."""
    return known_words().union(*(each.headers for each in foreign_registers()))


@cache
def _keys() -> frozenset[str]:
    """Headers of what the rows of a register are told by."""
    titles = (find_field(info.entity.__tablename__, info.title) for info in REGISTERS)
    words = {normalise(name) for name in (*BY_NAME, *(each.name for each in foreign_registers()))}
    return frozenset(words).union(*(field_words(field) for field in titles))


def is_key(header: str) -> bool:
    """Whether a table may well begin with this header: an ID, a number, a name."""
    name = normalise(header)
    return name in _keys() or name.split(" ")[-1] in {"id", "reference", "number", "name"}


def join_header(sheet: Sheet, row: int, start: int) -> tuple[int, int, dict[int, str]]:
    """The first and last row of the header, and its names: `Current risk / L` where a group stands above."""
    if (spans := _groups(sheet, row)) and _continues(sheet, row + 1):
        return row, row + 1, _joined(sheet, row, row + 1, spans)
    if row > start and (spans := _groups(sheet, row - 1)):
        return row - 1, row, _joined(sheet, row - 1, row, spans)
    if row > start and (_complements(sheet, row - 1, row) or _tells_apart(sheet, row - 1, row)):
        return row - 1, row, _joined(sheet, row - 1, row, _open_groups(sheet, row - 1))
    if _complements(sheet, row, row + 1) and _continues(sheet, row + 1):
        return row, row + 1, _joined(sheet, row, row + 1, _open_groups(sheet, row))
    return row, row, {place: text for place, cell in enumerate(sheet.rows[row]) if (text := header_text(cell))}


def _groups(sheet: Sheet, row: int) -> dict[int, str]:
    """Column -> the text of the merged group above it, for groups over several columns in this row only."""
    found: dict[int, str] = {}
    for first, left, last, right in sheet.merges:
        if first == last == row and right > left > 0:
            text = header_text(cell_at(sheet, row, left))
            found |= {place: text for place in range(left, right + 1) if text}
    alone = [
        place for place in range(len(sheet.rows[row])) if place not in found and cell_at(sheet, row, place) is not None
    ]
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    return {} if any(place < len(below) and below[place] is not None for place in alone) else found


def _tells_apart(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether an unmerged row of groups tells headers apart that repeat below: Inherent and Current over L and I."""
    groups = _open_groups(sheet, upper)
    filled = [cell for cell in sheet.rows[upper] if cell not in (None, "")]
    if len(filled) < 2 or not all(isinstance(cell, str) and len(cell) < 40 for cell in filled):  # noqa: PLR2004  as above
        return False
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(sheet.rows[lower]):
        if isinstance(cell, str) and cell:
            places.setdefault(normalise(cell), []).append(place)
    repeated = [each for each in places.values() if len(each) > 1]
    return bool(repeated) and all(len({groups.get(place) for place in each}) == len(each) for each in repeated)


def _open_groups(sheet: Sheet, row: int) -> dict[int, str]:
    """As `_groups`, for groups that were not merged: a text reaches to the next one."""
    found, text = {}, ""
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    for place in range(width):
        text = header_text(cell_at(sheet, row, place)) or text
        if text and cell_at(sheet, row + 1, place) is not None:
            found[place] = text
    return found


def _joined(sheet: Sheet, upper: int, lower: int, groups: dict[int, str]) -> dict[int, str]:
    names = {}
    for place in range(max(len(sheet.rows[upper]), len(sheet.rows[lower]))):
        above, below = header_text(cell_at(sheet, upper, place)), header_text(cell_at(sheet, lower, place))
        group = groups.get(place, above)
        if text := f"{group} / {below}" if group and below else below or group or "":
            names[place] = text
    return names


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether a row could be the lower half of a header: short words only."""
    cells = [cell for cell in sheet.rows[row] if cell is not None] if row < len(sheet.rows) else []
    return len(cells) > 1 and all(isinstance(cell, str) and len(cell) < 40 for cell in cells)  # noqa: PLR2004


def _complements(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two rows of words fill each other's gaps, as an unmerged header of two rows does."""
    if lower >= len(sheet.rows):
        return False
    above = {place for place, cell in enumerate(sheet.rows[upper]) if cell is not None}
    below = {place for place, cell in enumerate(sheet.rows[lower]) if cell is not None}
    words = all(isinstance(cell, str) for row in (upper, lower) for cell in sheet.rows[row] if cell is not None)
    known = {normalise(str(sheet.rows[upper][place])) for place in above - below} & vocabulary()
    return (
        words
        and len(above) > 1
        and len(below) > 1
        and len(known) > 1
        and len(below - above) > 0
        and len(above & below) > 0
    )


def header_text(cell: Cell) -> str:
    """A header on one line."""
    return " ".join(cell_text(cell).split()) if cell is not None else ""


def cell_at(sheet: Sheet, row: int, place: int) -> Cell:
    """A cell of the sheet; None beyond the end of its row."""
    cells = sheet.rows[row]
    return cells[place] if place < len(cells) else None
