"""Find the tables of a sheet: title lines, header, records, section bands, totals and notes, each with its reason.

Rows and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise, zip_longest

from pmo_desktop.exchange.dates import DateRules, parse_date
from pmo_desktop.exchange.foreign import foreign_registers
from pmo_desktop.exchange.grid import Broken, Cell, Sheet, letter
from pmo_desktop.exchange.headers import known_words, normalise
from pmo_desktop.exchange.outcome import cell_text, shorten

MOST_TITLE_ROWS = 100  # a header further down is not looked for
LONGEST_HEADER = 150
BAND = "a section row: its text counts for the rows below"
_TOTAL = re.compile(
    r"(?:grand |overall |sub-?\s?)?totals?(?:\s*[:(].*)?|sum|average|mean"
    r"|(?:sub)?-?\s?total (?:for|of) .*|.{0,40} (?:sub-?)?total",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[^a-zA-Z]*\d[^a-zA-Z]*(?:k|m|mn|bn|%)?\)?|-", re.IGNORECASE)
_AS_AT = re.compile(
    r"\b(?:data )?(?:as at|as of|position at|status at|status date|report(?:ing)? date|data date|date)\b"
    r"\s*[:\-]?\s*(?P<day>.+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Column:
    """One column of a table; `header` is empty where the table has data under no header."""

    index: int
    header: str
    repeat: int = 1  # the how-manyth column of this header it is

    @property
    def name(self) -> str:
        """The header, told apart: `Status #2`; `Column K` where the table has data under none."""
        if not self.header:
            return f"Column {letter(self.index)}"
        return self.header if self.repeat == 1 else f"{self.header} #{self.repeat}"


@dataclass(slots=True)
class Table:
    """One table as it lies on its sheet."""

    sheet: Sheet
    top: int  # the first row of the header
    header: int  # its last row
    columns: list[Column]
    records: list[int] = field(default_factory=list)
    bands: dict[int, str] = field(default_factory=dict)  # record -> the text of the band it stands under
    skipped: list[tuple[int, str, str]] = field(default_factory=list)  # row, its text, why it is no record
    titles: list[str] = field(default_factory=list)
    report_date: date | None = None
    why: str = ""
    _turned: list[tuple[Cell, ...]] = field(default_factory=list)  # the records, column by column

    def cell(self, row: int, column: int) -> Cell:
        """One cell; None outside what the sheet holds."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def values(self, column: int) -> Sequence[Cell]:
        """The cells of one column, record by record."""
        if not self._turned:
            self._turned = list(zip_longest(*(self.sheet.rows[row] for row in self.records)))
        return self._turned[column] if column < len(self._turned) else (None,) * len(self.records)


def find_tables(sheet: Sheet) -> list[Table]:
    """Every table of a sheet, from the top; empty when nothing looks like a header over records."""
    found: list[Table] = []
    start = 0
    while (header := _find_header(sheet, start)) is not None:
        table = _table(sheet, start, header)
        start = _fill(table)
        if table.records:
            found.append(table)
    return found


def find_report_date(lines: Sequence[str], day_first: bool = True) -> date | None:  # noqa: FBT002  a default of dates
    """The day that a title line such as `Data as at 30 November 2026` names."""
    for line in lines:
        match = _AS_AT.search(line)
        if match:
            parsed = parse_date(match["day"].strip(" .)"), DateRules(day_first=day_first))
            if isinstance(parsed.value, date):
                return parsed.value
    return None


def _find_header(sheet: Sheet, start: int) -> int | None:
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
    known = sum(name in _vocabulary() for name in names)
    distinct = len(set(names)) / len(names)
    below = _rows_below(sheet, row)
    if not below:
        return 0.0
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


def _vocabulary() -> frozenset[str]:
    global _words  # noqa: PLW0603  the union of two constant sets, made once
    if not _words:
        _words = known_words().union(*(each.headers for each in foreign_registers()))
    return _words


_words: frozenset[str] = frozenset()


def _table(sheet: Sheet, start: int, header: int) -> Table:
    top, header, names = _join_header(sheet, header, start)
    titles = [text for row in sheet.rows[start:top] for cell in row if (text := cell_text(cell))]
    table = Table(sheet, top, header, [Column(index, name) for index, name in names.items()], titles=titles)
    table.report_date = find_report_date(titles) if titles else None
    known = sum(normalise(column.header) in _vocabulary() for column in table.columns)
    table.why = f"row {header + 1} has {len(table.columns)} headers, {known} of them known"
    if top < header:
        table.why += f", joined with row {top + 1}"
    return table


def _join_header(sheet: Sheet, row: int, start: int) -> tuple[int, int, dict[int, str]]:
    """The first and last row of the header, and its names: `Current risk / L` where a group stands above."""
    if (spans := _groups(sheet, row)) and _continues(sheet, row + 1):
        return row, row + 1, _joined(sheet, row, row + 1, spans)
    if row > start and (spans := _groups(sheet, row - 1)):
        return row - 1, row, _joined(sheet, row - 1, row, spans)
    if row > start and _complements(sheet, row - 1, row):
        return row - 1, row, _joined(sheet, row - 1, row, _open_groups(sheet, row - 1))
    if _complements(sheet, row, row + 1) and _continues(sheet, row + 1):
        return row, row + 1, _joined(sheet, row, row + 1, _open_groups(sheet, row))
    return row, row, {place: text for place, cell in enumerate(sheet.rows[row]) if (text := _header_text(cell))}


def _groups(sheet: Sheet, row: int) -> dict[int, str]:
    """Column -> the text of the merged group above it, for groups over several columns in this row only."""
    found: dict[int, str] = {}
    for first, left, last, right in sheet.merges:
        if first == last == row and right > left > 0:
            text = _header_text(_at(sheet, row, left))
            found |= {place: text for place in range(left, right + 1) if text}
    alone = [
        place for place in range(len(sheet.rows[row])) if place not in found and _at(sheet, row, place) is not None
    ]
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    return {} if any(place < len(below) and below[place] is not None for place in alone) else found


def _open_groups(sheet: Sheet, row: int) -> dict[int, str]:
    """As `_groups`, for groups that were not merged: a text reaches to the next one."""
    found, text = {}, ""
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    for place in range(width):
        text = _header_text(_at(sheet, row, place)) or text
        if text and _at(sheet, row + 1, place) is not None:
            found[place] = text
    return found


def _joined(sheet: Sheet, upper: int, lower: int, groups: dict[int, str]) -> dict[int, str]:
    names = {}
    for place in range(max(len(sheet.rows[upper]), len(sheet.rows[lower]))):
        above, below = _header_text(_at(sheet, upper, place)), _header_text(_at(sheet, lower, place))
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
    known = {normalise(str(sheet.rows[upper][place])) for place in above - below} & _vocabulary()
    return (
        words
        and len(above) > 1
        and len(below) > 1
        and len(known) > 1
        and len(below - above) > 0
        and len(above & below) > 0
    )


def _header_text(cell: Cell) -> str:
    return " ".join(cell_text(cell).split()) if cell is not None else ""


def _at(sheet: Sheet, row: int, place: int) -> Cell:
    cells = sheet.rows[row]
    return cells[place] if place < len(cells) else None


def _fill(table: Table) -> int:
    """Sort the rows below the header; the answer is the row where another table may begin."""
    _add_unnamed(table)
    places = [column.index for column in table.columns]
    judge = _Judge(table, _usual_width(table, places), _typed_columns(table))
    band, gap = "", False
    for row in range(table.header + 1, len(table.sheet.rows)):
        cells = table.sheet.rows[row]
        filled = [place for place in places if place < len(cells) and cells[place] is not None]
        if not filled:
            gap = True
            continue
        if gap and _is_new_header(table, row):
            return row
        reason = judge.refuse(row, cells, filled)
        if reason == BAND:
            band = _row_text(cells, filled)
        if reason:
            table.skipped.append((row, _row_text(cells, filled), reason))
        else:
            table.records.append(row)
            if band:
                table.bands[row] = band
        gap = False
    return len(table.sheet.rows)


@dataclass(slots=True)
class _Judge:
    """Tells the rows of one table that are no records."""

    table: Table
    width: float  # cells a row usually has
    typed: set[int]  # columns that hold almost only numbers or dates

    def refuse(self, row: int, cells: list[Cell], filled: list[int]) -> str:
        """Why a row is no record; empty for a record."""
        lead = cells[filled[0]]
        if isinstance(lead, str) and _TOTAL.fullmatch(lead.strip()) and self._only_amounts(cells, filled[1:]):
            return "a total"
        if len(filled) > 1 and self._repeats_header(cells, filled):
            return "the header again"
        if self.width >= 3 and len(filled) == 1:  # noqa: PLR2004  a table of two columns has rows of one cell
            return _lone_cell(self.table, row, filled[0])
        if self.width >= 4 and len(filled) <= self.width / 2 and self._strays(cells, filled):  # noqa: PLR2004  as above
            return "a note: its words stand where the table has numbers or dates"
        return ""

    def _only_amounts(self, cells: list[Cell], places: list[int]) -> bool:
        texts = (cell.strip() for place in places if isinstance(cell := cells[place], str))
        return all(map(_AMOUNT.fullmatch, texts))

    def _repeats_header(self, cells: list[Cell], filled: list[int]) -> bool:
        names = {column.index: column.header.rsplit(" / ", 1)[-1] for column in self.table.columns[:1]}
        if names.get(filled[0]) != _header_text(cells[filled[0]]):
            return False
        names = {column.index: column.header.rsplit(" / ", 1)[-1] for column in self.table.columns}
        return all(_header_text(cells[place]) == names[place] for place in filled)

    def _strays(self, cells: list[Cell], filled: list[int]) -> bool:
        return any(place in self.typed and isinstance(cells[place], str) for place in filled)


def _lone_cell(table: Table, row: int, place: int) -> str:
    """What a row with one cell is: a band when records follow, a row numbered in advance, else a note."""
    text = cell_text(table.cell(row, place))
    first = min(column.index for column in table.columns)
    if place == first and _mask(text) in _masks(table, place):
        return "numbered in advance and otherwise empty"
    if not isinstance(table.cell(row, place), str) or place != first or len(text) > 80:  # noqa: PLR2004  a sentence
        return "a note" if isinstance(table.cell(row, place), str) else "a lone number"
    following = (len([1 for cell in cells if cell is not None]) for cells in table.sheet.rows[row + 1 : row + 4])
    return BAND if next((count for count in following if count), 0) > 1 else "a note"


def _masks(table: Table, place: int) -> set[str]:
    """The shapes of the references so far: PRJ-101 has the shape A-9."""
    texts = (cell_text(table.cell(row, place)) for row in table.records[:200])
    return {mask for text in texts if "9" in (mask := _mask(text))}


def _mask(text: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", text))


def _is_new_header(table: Table, row: int) -> bool:
    """Whether, after a blank row, another table begins: a row of words that headers use."""
    cells = [cell for cell in table.sheet.rows[row] if cell is not None]
    words = [normalise(cell) for cell in cells if isinstance(cell, str)]
    known = sum(word in _vocabulary() for word in words)
    return len(cells) == len(words) and known >= 3 and known >= 0.6 * len(words)  # noqa: PLR2004


def _row_text(cells: list[Cell], filled: list[int]) -> str:
    return shorten(" · ".join(cell_text(cells[place]) for place in filled), 120)


def _add_unnamed(table: Table) -> None:
    """Columns with data under no header, between and beside the named ones."""
    named = {column.index for column in table.columns}
    rows = table.sheet.rows[table.header + 1 :]
    used = Counter(
        place for cells in rows for place, cell in enumerate(cells) if cell is not None and place not in named
    )
    first = min(named)
    table.columns += [Column(place, "") for place in sorted(used) if place > first]
    table.columns.sort(key=lambda column: column.index)
    seen: Counter[str] = Counter()
    for column in table.columns:
        seen[column.header.casefold()] += 1
        column.repeat = seen[column.header.casefold()]


def _usual_width(table: Table, places: list[int]) -> float:
    """How many cells a row usually has."""
    rows = table.sheet.rows[table.header + 1 : table.header + 200]
    widths = sorted(sum(place < len(cells) and cells[place] is not None for place in places) for cells in rows)
    filled = [width for width in widths if width > 1]
    return filled[len(filled) // 2] if filled else 0


def _typed_columns(table: Table) -> set[int]:
    """Columns that hold almost only numbers or dates."""
    found: set[int] = set()
    rows = table.sheet.rows[table.header + 1 : table.header + 200]
    for column in table.columns:
        cells = [cells[column.index] for cells in rows if column.index < len(cells) and cells[column.index] is not None]
        other = sum(not isinstance(cell, str) for cell in cells)
        if len(cells) >= 3 and other >= 0.8 * len(cells):  # noqa: PLR2004  too few to judge
            found.add(column.index)
    return found
