"""Lists as seen: any rows under any fields, fitted to the paper, the head repeated, wide lists in several bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from pmo_desktop.model.kind import Field
from pmo_desktop.reports.annex import Annex
from pmo_desktop.reports.document import Progress, draw_sheets
from pmo_desktop.reports.frame import Heading, Imprint, Sheet, clamp, fit_text, make_heading, paint_heading
from pmo_desktop.reports.kinds import KINDS
from pmo_desktop.reports.marks import Rating, draw_rating, draw_trend
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import HEAD, PAPERS, TABLE, TABLE_NAME, TABLE_TOTAL, Paper, Type
from pmo_desktop.reports.table import Cell, Column, Painter, Row, paginate, paint_head, paint_rows, row_height
from pmo_desktop.reports.text import one_line, width_of
from pmo_desktop.rules.wording import count_text

Shown = str | Rating
_GAP, _PAD = 9.0, 4.0
_LEAST, _MOST = 34.0, 260.0
_MARK_WIDTH = 34.0
_MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as the table shows it: a display string or a rating for every field; a group or total row spans."""

    cells: tuple[Shown, ...]
    group: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as somebody filtered it: its name, what the filter says, the fields in their order, and the rows.

    The first field is the key: a list too wide for the paper repeats it in every band of columns.
    """

    title: str
    notes: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: tuple[ListRow, ...]


def write_listing(
    listing: Listing, imprint: Imprint, paper: str, out: BinaryIO, progress: Progress | None = None
) -> int:
    """Draw a list into a stream of bytes and return its number of pages.

    Raises KeyError for an unknown paper, ValueError for a list without fields, Bug when anything would be clipped.
    """
    if not listing.fields:
        raise ValueError("a list needs at least one field")
    annex = Annex()
    sheets = plan_listing(listing, PAPERS[paper], annex)
    sheets += annex.plan(PAPERS[paper])
    draw_sheets(imprint, sheets, PAPERS[paper], out, progress)
    return len(sheets)


def plan_listing(listing: Listing, paper: Paper, annex: Annex) -> list[Sheet]:
    """The pages of a list, band after band."""
    records = sum(not row.group and not row.total for row in listing.rows)
    bands = _make_bands(listing, paper)
    sheets: list[Sheet] = []
    for number, places in enumerate(bands, 1):
        part = f"columns {number} of {len(bands)} parts" if len(bands) > 1 else ""
        heading = make_heading(one_line(listing.title), [count_text(records, "row"), *listing.notes, part], paper)
        columns = _lay_out(listing, places, paper)
        rows = [_make_row(place, row, places, columns, listing, annex) for place, row in enumerate(listing.rows)]
        room = paper.bottom - heading.bottom - 14.0
        sheets += [
            Sheet(one_line(listing.title)[:60], partial(_paint, heading, columns, page))
            for page in paginate(rows, room, room)
        ]
    first = sheets[0]
    return [Sheet(first.section, first.paint, (("list", one_line(listing.title)[:120], 0),)), *sheets[1:]]


def _paint(heading: Heading, columns: Sequence[Column], rows: Sequence[Row], page: Page) -> None:
    y = paint_heading(page, heading) - 3.6
    paint_rows(page, columns, rows, paint_head(page, columns, y, 0.9))


def _make_bands(listing: Listing, paper: Paper) -> list[list[int]]:
    """The places of the fields in each band: the key, then as many as stand at their least width."""
    least = [_least_width(listing, place) for place in range(len(listing.fields))]
    bands, left = [[0]], paper.content - least[0] - _PAD
    for place in range(1, len(least)):
        if least[place] + _GAP > left and len(bands[-1]) > 1:
            bands.append([0])
            left = paper.content - least[0] - _PAD
        bands[-1].append(place)
        left -= least[place] + _GAP
    return bands


def _lay_out(listing: Listing, places: Sequence[int], paper: Paper) -> tuple[Column, ...]:
    """Columns between their least and natural widths; what a list does not need stays free at its right."""
    least = [_least_width(listing, place) for place in places]
    natural = [_natural_width(listing, place) for place in places]
    spare = paper.content - _PAD - sum(least) - _GAP * (len(places) - 1)
    wish = sum(want - floor for want, floor in zip(natural, least, strict=True))
    share = min(1.0, max(0.0, spare) / wish) if wish else 0.0
    columns, x = [], paper.left
    for number, (place, floor, want) in enumerate(zip(places, least, natural, strict=True)):
        field = listing.fields[place]
        pad = 0.0 if number else _PAD
        width = min(floor + (want - floor) * share, paper.right - x - pad)
        title = fit_text(_head(field), HEAD, width)
        columns.append(Column(title, x, width + pad, KINDS[field.kind].align, pad=pad))
        x += width + pad + _GAP
    return tuple(columns)


def _head(field: Field) -> str:
    return one_line(f"{field.label}, {field.unit}" if field.unit else field.label)


def _least_width(listing: Listing, place: int) -> float:
    """What a column needs: its title, its longest word, and for texts so much that few take more than six lines."""
    natural = _natural_width(listing, place)
    if KINDS[listing.fields[place].kind].align == "right":
        return min(natural, 120.0)
    texts = _texts(listing, place)
    longest = max((width_of(word[:40], TABLE_NAME) for text in texts for word in text.split()[:40]), default=0.0)
    tallest = max((width_of(text, TABLE_NAME) for text in texts), default=0.0) / 5
    title = width_of(_head(listing.fields[place])[:60], HEAD)
    return min(natural, max(_LEAST, min(longest, 90.0), min(title, 90.0), min(tallest, 180.0)))


def _natural_width(listing: Listing, place: int) -> float:
    title = width_of(_head(listing.fields[place])[:60], HEAD)
    if any(isinstance(row.cells[place], Rating) for row in listing.rows if not row.group):
        title = max(title, _MARK_WIDTH)
    widest = max((width_of(text, TABLE_NAME) for text in _texts(listing, place)), default=0.0)
    return min(_MOST, max(title, _LEAST / 2, widest) + 1.0)


def _texts(listing: Listing, place: int) -> list[str]:
    cells = (row.cells[place] for row in listing.rows if not row.group)
    return [one_line(cell[:800])[:400] for cell in cells if isinstance(cell, str) and cell]


def _make_row(
    number: int, row: ListRow, places: Sequence[int], columns: Sequence[Column], listing: Listing, annex: Annex
) -> Row:
    if row.group:
        return _make_group(row, columns)
    owner, title = f"row-{number}", one_line(_words(row.cells[0]))[:120] or f"Row {number + 1}"
    cells: dict[int, Cell | Painter] = {}
    for column, place in enumerate(places):
        shown = row.cells[place]
        if isinstance(shown, Rating):
            cells[column] = partial(_paint_rating, shown)
        elif shown:
            style = _style_of(row, column)
            width = columns[column].room
            label = _head(listing.fields[place])
            cells[column] = annex.cell(owner, title, label, shown, style, width, _MOST_LINES)
    return Row(cells, row_height(cells), total=row.total)


def _make_group(row: ListRow, columns: Sequence[Column]) -> Row:
    """A group's name across the table, and again with `continued` where the group goes on."""
    name = " ".join(one_line(_words(cell)) for cell in row.cells if _words(cell))
    width = columns[-1].x + columns[-1].width - columns[0].x - 2 * _PAD
    lines = clamp(name, TABLE_TOTAL, width, 2)
    again: dict[int, Cell | Painter] = {
        0: Cell((f"{fit_text(name, TABLE_TOTAL, width - 70.0)}, continued",), TABLE_TOTAL)
    }
    cells: dict[int, Cell | Painter] = {0: Cell(lines, TABLE_TOTAL)}
    return Row(cells, row_height(cells), group=True, again=Row(again, row_height(again), group=True))


def _style_of(row: ListRow, column: int) -> Type:
    if row.total:
        return TABLE_TOTAL
    return TABLE if column else TABLE_NAME


def _words(shown: Shown) -> str:
    return shown if isinstance(shown, str) else ""


def _paint_rating(rating: Rating, page: Page, x: float, y: float) -> None:
    draw_rating(page, x + 8.5, y, rating.code, 10.4)
    draw_trend(page, x + 24.0, y, rating.trend)
