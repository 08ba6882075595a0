"""Tables that flow: rows of any height, a long one going on overleaf under the heads that stand above it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pmo_desktop.reports.flow import Flow, Piece
from pmo_desktop.reports.frame import fit_text
from pmo_desktop.reports.marks import draw_rating
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAP_HEIGHT, GRID, GROUP_FILL, TABLE, TABLE_QUIET, TABLE_TOTAL, Type
from pmo_desktop.reports.table import HEAD_HEIGHT, Column, paint_head, span_of
from pmo_desktop.reports.text import lines_of, one_line, width_of

MARK_ROOM = 17.0  # left of the words of a cell that has a mark
_PAD = 3.2  # above and below the words of a row
_GROUP = 15.4
_WHOLE = 12  # lines of a row that is never split
_PART, _LEAST = 6, 3  # lines of the parts of a longer one, and of its last part
_LEADING = TABLE.leading
_MARK, _MARK_MIDDLE = 10.0, 6.0
Head = tuple[str, float] | tuple[str, float, str]  # title, share of the width, side


@dataclass(frozen=True, slots=True)
class Say:
    """A text of a cell in one style; each begins a line of its own."""

    text: object
    style: Type = TABLE
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A cell: its texts one under another, beside the mark of a rating: a code, "N" for the ring, empty for none."""

    says: tuple[Say, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A grey row that stands over those that follow, with a note at its right."""

    name: str
    note: str = ""


def tell(text: object, style: Type = TABLE, ink: str = "", mark: str = "") -> Told:
    """A cell of one text."""
    return Told((Say(text, style, ink),), mark)


def add_table(flow: Flow, title: str, rows: Iterable[Sequence[Told] | Group], *heads: Head) -> None:
    """A section of a document that is one table across its whole width; see `make_columns` for its heads."""
    flow.section(title)
    flow.add(list_pieces(make_columns(flow.paper.left, flow.paper.content, *heads), rows))


def make_columns(left: float, width: float, *spec: Head) -> tuple[Column, ...]:
    """Columns by title, share of the width and side, a gap between each two; shares add up to 1."""
    columns, x = [], left
    for place, (title, share, *side) in enumerate(spec):
        size = width * share
        end = 0.0 if place == len(spec) - 1 else _GAP
        columns.append(Column(title, x, size - end, side[0] if side else "left"))
        x += size
    return tuple(columns)


_GAP = 9.0


def list_pieces(columns: Sequence[Column], rows: Iterable[Sequence[Told] | Group]) -> list[Piece]:
    """A table as pieces: its head, then its rows; the last row is never alone on a page.

    The head and the group stand again on every page they go on.
    """
    head = Piece(HEAD_HEIGHT, partial(_paint_head, columns), keeps=True)
    pieces = [head]
    again: tuple[Piece, ...] = (head,)
    for row in rows:
        if isinstance(row, Group):
            pieces.append(_group_piece(columns, row, (head,)))
            again = (head, _group_piece(columns, Group(f"{row.name}, continued"), ()))
        else:
            pieces += _row_pieces(columns, row, again)
    return [*pieces[:-2], *(replace(piece, keeps=True) for piece in pieces[-2:-1]), pieces[-1]]


def _group_piece(columns: Sequence[Column], group: Group, again: tuple[Piece, ...]) -> Piece:
    return Piece(_GROUP, partial(_paint_group, columns, group), keeps=True, again=again)


_Lines = tuple[tuple[str, Type, str], ...]  # words, style and ink of each


@dataclass(frozen=True, slots=True)
class _Part:
    """A row, or what stands on one page of it: lines and marks by column."""

    cells: tuple[_Lines, ...]
    marks: tuple[str, ...]
    height: float
    begins: bool
    ends: bool


def _row_pieces(columns: Sequence[Column], row: Sequence[Told], again: tuple[Piece, ...]) -> list[Piece]:
    cells = [_lines(told, column) for told, column in zip(row, columns, strict=True)]
    marks = tuple(told.mark for told in row)
    spans = _spans(max(len(lines) for lines in cells))
    pieces = []
    for first, stop in spans:
        begins, ends = first == 0, stop == spans[-1][1]
        height = (stop - first) * _LEADING + _PAD * (begins + ends)
        part = _Part(tuple(lines[first:stop] for lines in cells), marks, height, begins, ends)
        pieces.append(Piece(height, partial(_paint_part, columns, part), again=again))
    return pieces


def _spans(count: int) -> list[tuple[int, int]]:
    """From which line to which the parts of a row reach: one for a short row, else none shorter than a few lines."""
    if count <= _WHOLE:
        return [(0, max(1, count))]
    starts = [start for start in range(0, count, _PART) if not start or count - start >= _LEAST]
    return list(zip(starts, [*starts[1:], count], strict=True))


def _lines(told: Told, column: Column) -> _Lines:
    width = column.room - (MARK_ROOM if told.mark else 0.0)
    return tuple((line.text, say.style, say.ink) for say in told.says for line in lines_of(say.text, say.style, width))


def _paint_head(columns: Sequence[Column], page: Page, y: float) -> None:
    paint_head(page, columns, y, 0.4)


def _paint_group(columns: Sequence[Column], group: Group, page: Page, y: float) -> None:
    left, right = span_of(columns)
    page.box(left, y, right - left, _GROUP, fill=GROUP_FILL)
    base = y + _GROUP / 2 + TABLE.size * CAP_HEIGHT / 2
    room = right - left - 12.0 - (width_of(group.note, TABLE_QUIET) + 10.0 if group.note else 0.0)
    page.text(left + 4.0, base, fit_text(one_line(group.name), TABLE_TOTAL, room), TABLE_TOTAL)
    page.text(right - 4.0, base, group.note, TABLE_QUIET, align="right")


def _paint_part(columns: Sequence[Column], part: _Part, page: Page, y: float) -> None:
    top = y + (_PAD if part.begins else 0.0)
    for column, lines, mark in zip(columns, part.cells, part.marks, strict=True):
        if mark and part.begins:
            draw_rating(page, column.edge + _MARK_MIDDLE, top + _LEADING / 2, None if mark == "N" else mark, _MARK)
        x = column.edge + (MARK_ROOM if mark else 0.0)
        for number, (words, style, ink) in enumerate(lines):
            base = top + (number + 0.5) * _LEADING + style.size * CAP_HEIGHT / 2
            page.text(x, base, words, style, align=column.align, ink=ink)
    if part.ends:
        left, right = span_of(columns)
        page.rule(left, right, y + part.height, 0.4, GRID)
