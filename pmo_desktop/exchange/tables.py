"""Find the tables of a sheet: title lines, header, records, section bands, totals and notes, each with its reason.

Rows and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, zip_longest

from pmo_desktop.exchange.blocks import cut, spread_merges, turn
from pmo_desktop.exchange.grid import UPRIGHT, Cell, Sheet, letter
from pmo_desktop.exchange.headerrows import find_header, header_text, is_key, join_header, vocabulary
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.outcome import cell_text, shorten
from pmo_desktop.exchange.titles import Fact, find_report_date, read_titles
from pmo_desktop.store.pace import through

_WORDS_ENOUGH = 2  # known headers by which a part of a sheet is believed to be a table of its own
BAND = "a section row: its text counts for the rows below"
_TOTAL = re.compile(
    r"(?:grand |overall |sub-?\s?)?totals?(?:\s*[:(].*)?|sum|average|mean"
    r"|(?:sub)?-?\s?total (?:for|of) .*|.{0,40} (?:sub-?)?total",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[^a-zA-Z]*\d[^a-zA-Z]*(?:k|m|mn|bn|%)?\)?|-", re.IGNORECASE)


@dataclass(slots=True)
class Column:
    """One column of a table; `header` is empty where the table has data under no header."""

    index: int
    header: str
    repeat: int = 1  # the how-manyth column of this header it is
    fact: Fact | None = None  # no column at all: one cell above the table says it for every record

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
    facts: dict[int, Fact] = field(default_factory=dict)  # what is said above the table, by the index of its column
    report_date: date | None = None
    why: str = ""
    _turned: list[tuple[Cell, ...]] = field(default_factory=list)  # the records, column by column

    @property
    def known(self) -> int:
        """How many of its headers are words that registers use."""
        return sum(normalise(column.header) in vocabulary() for column in self.columns if not column.fact)

    def address(self, row: int, column: int) -> str:
        """Where a cell stands on the sheet."""
        return self.facts[column].at if column in self.facts else self.sheet.layout.address(row, column)

    def cell(self, row: int, column: int) -> Cell:
        """One cell; None outside what the sheet holds."""
        if column in self.facts:
            return self.facts[column].value
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def values(self, column: int) -> Sequence[Cell]:
        """The cells of one column, record by record."""
        if column in self.facts:
            return (self.facts[column].value,) * len(self.records)
        if not self._turned:
            self._turned = list(zip_longest(*(self.sheet.rows[row] for row in self.records)))
        return self._turned[column] if column < len(self._turned) else (None,) * len(self.records)

    def leave_out(self, rows: Collection[int], reason: str) -> None:
        """Take records out, as far as the rows are some; they are listed with the reason."""
        going = set(rows).intersection(self.records)
        for row in sorted(going):
            cells = self.sheet.rows[row]
            filled = [place for place, cell in enumerate(cells) if cell is not None]
            self.skipped.append((row, _row_text(cells, filled), reason))
        self.records = [row for row in self.records if row not in going]
        self._turned = []


def why_none(sheet: Sheet) -> str:
    """Why a sheet that says something has no table."""
    widest = max(sum(cell is not None for cell in cells) for cells in sheet.rows)
    return "no row has more than one cell" if widest < 2 else "no row reads like a header over records"  # noqa: PLR2004


def find_tables(sheet: Sheet) -> list[Table]:
    """Every table of a sheet, from the top and from the left; empty when nothing looks like a header over records."""
    upright = _find_upright(sheet)
    turned = _find_turned(sheet, max((table.known for table in upright), default=0))
    return [turned] if turned else upright


def _find_upright(sheet: Sheet) -> list[Table]:
    found: list[Table] = []
    start = 0
    while (header := find_header(sheet, start)) is not None:
        table = _table(sheet, start, header)
        end = _fill(table)
        if beside := _side_by_side(table, start, end):
            found += beside
        elif table.records:
            found.append(table)
        start = end
    return found


def _find_turned(sheet: Sheet, known: int) -> Table | None:
    """The table whose records are columns of the sheet; None unless more known words stand in one column than a row."""
    view = turn(sheet)
    header = find_header(view, 0) if view else None
    if view is None or header is None:
        return None
    table = _table(view, 0, header)
    _fill(table)
    least = 2 if len(table.records) > 1 else 4  # a form of one record is believed when it says much
    return table if table.known > known and table.known >= least and _runs_across(table) else None


def _runs_across(table: Table) -> bool:
    """Whether each field holds one kind of thing from record to record, and not all of them words."""
    columns = [table.values(column.index) for column in table.columns]
    said = [[isinstance(cell, str) for cell in cells if cell is not None] for cells in columns]
    words = [sum(each) / len(each) for each in said if each]
    mixed = sum(0.25 < share < 0.8 for share in words)  # noqa: PLR2004  a TBC among dates is no mixture
    return len(words) >= 4 and mixed <= max(1, 0.1 * len(words)) and min(words) <= 0.25  # noqa: PLR2004  fewer tell nothing


def _side_by_side(table: Table, start: int, end: int) -> list[Table]:
    """The tables that blank columns set apart in these rows; empty when they are one table with a gap."""
    named = {column.index for column in table.columns if column.header}
    if all(place in named for place in range(min(named), max(named) + 1)) and len(named) == len(table.columns):
        return []
    views = cut(table.sheet, start, table.top, end)
    views[:1] = [replace(view, layout=UPRIGHT) for view in views[:1]]
    parts = [found for view in views if (found := _find_upright(view))]
    if len(parts) < 2 or not all(part[0].known >= _WORDS_ENOUGH for part in parts):  # noqa: PLR2004  one is no pair
        return []
    if not all(_are_apart(one[0], other[0]) for one, other in pairwise(parts)):
        return []
    found = [each for part in parts for each in part]
    for each in found:
        each.report_date = each.report_date or table.report_date
        each.why += ", beside another table"
    return found


def _are_apart(left: Table, right: Table) -> bool:
    """Whether two neighbours are two tables: headers in other rows, or the right one starts with a key of its own."""
    if left.header < right.top or right.header < left.top:
        return True
    first = right.columns[0].header
    if not is_key(first):
        return False
    again = normalise(first) in {normalise(column.header) for column in left.columns}
    return again or left.records[-1] != right.records[-1]


def _table(sheet: Sheet, start: int, header: int) -> Table:
    top, header, names = join_header(sheet, header, start)
    titles, facts = read_titles(sheet, start, top)
    columns = [Column(index, name) for index, name in names.items()]
    table = Table(spread_merges(sheet, header), top, header, columns, titles=titles)
    table.report_date = find_report_date(titles) if titles else None
    where = f"column {letter(header)}" if sheet.layout.turned else f"row {header + 1}"
    table.why = f"{where} has {len(table.columns)} headers, {table.known} of them known"
    if top < header:
        table.why += f", joined with {'column' if sheet.layout.turned else 'row'} {sheet.layout.row_name(top)}"
    _add_facts(table, facts)
    return table


def _add_facts(table: Table, facts: list[Fact]) -> None:
    """What a table has a column for is not said above it; of two facts of one label the first counts."""
    taken = {normalise(column.header) for column in table.columns}
    beyond = max(map(len, table.sheet.rows), default=0)
    for fact in facts:
        label = normalise(fact.label)
        if label in vocabulary() and label not in taken and not find_report_date([fact.line]):
            taken.add(label)
            table.facts[beyond + len(table.facts)] = fact


def _fill(table: Table) -> int:
    """Sort the rows below the header; the answer is the row where another table may begin."""
    _add_unnamed(table)
    places = [column.index for column in table.columns if not column.fact]
    judge = _Judge(table, _usual_width(table, places), _typed_columns(table))
    band, gap = "", False
    for row in through(range(table.header + 1, len(table.sheet.rows))):
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
        if names.get(filled[0]) != header_text(cells[filled[0]]):
            return False
        names = {column.index: column.header.rsplit(" / ", 1)[-1] for column in self.table.columns}
        return all(header_text(cells[place]) == names[place] for place in filled)

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
    known = sum(word in vocabulary() for word in words)
    return len(cells) == len(words) and known >= 3 and known >= 0.6 * len(words)  # noqa: PLR2004


def _row_text(cells: list[Cell], filled: list[int]) -> str:
    return shorten(" · ".join(cell_text(cells[place]) for place in filled), 120)


def _add_unnamed(table: Table) -> None:
    """Columns with data under no header, between and beside the named ones."""
    named = {column.index for column in table.columns}
    rows = table.sheet.rows[table.header + 1 :]
    used = Counter(
        place for cells in through(rows) for place, cell in enumerate(cells) if cell is not None and place not in named
    )
    first = min(named)
    table.columns += [Column(place, "") for place in sorted(used) if place > first]
    table.columns.sort(key=lambda column: column.index)
    seen: Counter[str] = Counter()
    for column in table.columns:
        seen[column.header.casefold()] += 1
        column.repeat = seen[column.header.casefold()]
    table.columns += [Column(index, fact.label, fact=fact) for index, fact in table.facts.items()]


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
