"""The annex: what its page had no room for, in full, where the page's pointer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pmo_desktop.reports.frame import Heading, Sheet, clamp, is_clamped, make_heading, paint_heading
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION_LINK, DENSE, DENSE_STRONG, GRID, SECTION, Paper, Type
from pmo_desktop.reports.table import Cell
from pmo_desktop.reports.text import Line, clean, lines_of

SECTION_TITLE = "Annex"
POINTER_HEIGHT = 12.0
_TITLE_LINES = 2
_GAP = 24.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the annex: whose it is, which field, and every word of it."""

    anchor: str
    owner: str
    label: str
    text: str
    listed: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing in a column of the annex, from its top edge down."""

    height: float
    line: Line
    style: Type
    entry: str = ""  # the anchor of the entry that begins here
    rule: bool = False


class Annex:
    """Collects what does not fit while pages are planned, then plans its own pages."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry] = {}

    def add(self, owner: str, title: str, label: str, text: str, *, listed: bool = False) -> str:
        """Keep a text in full and return the anchor to point at; the same text twice is kept once."""
        key = (owner, label)
        if key not in self.entries:
            self.entries[key] = Entry(f"annex-{len(self.entries) + 1}", title, label, text, listed)
        return self.entries[key].anchor

    def cell(
        self, owner: str, title: str, label: str, text: object, style: Type, width: float, most: int = 3, ink: str = ""
    ) -> Cell:
        """A table cell of at most so many lines; what it cuts is kept here, and the cell links to it."""
        plain = " ".join(clean(text).split())
        anchor = ""
        if is_clamped(plain, style, width, most):
            anchor = self.add(owner, title, label, clean(text))
        return Cell(clamp(plain, style, width, most), style, ink, anchor)

    def plan(self, paper: Paper) -> list[Sheet]:
        """The pages of the annex in two columns; none when nothing was cut."""
        if not self.entries:
            return []
        entries = list(self.entries.values())
        heading = make_heading(
            "What the pages before have no room for, in full", ["In the order of the pages that point here"], paper
        )
        width = (paper.content - _GAP) / 2
        columns = _fill_columns([piece for entry in entries for piece in _pieces(entry, width)], paper, heading)
        pairs = [columns[place : place + 2] for place in range(0, len(columns), 2)]
        return [_plan_sheet(number, pair, heading, width) for number, pair in enumerate(pairs)]


def point_to(page: Page, x: float, y: float, words: str, anchor: str) -> None:
    """Draw a pointer to an entry of the annex, from its top edge: `Full text on page 12`."""
    size = page.text(x, y + 8.8, f"{words} on page {page.numbers[anchor]}", CAPTION_LINK)
    page.link(x, y, x + size, y + 11, anchor)


def _plan_sheet(number: int, columns: Sequence[list[_Piece]], heading: Heading, width: float) -> Sheet:
    own = (("annex", SECTION_TITLE, 0),) if number == 0 else ()
    entries = tuple((piece.entry, "", -1) for column in columns for piece in column if piece.entry)
    return Sheet(SECTION_TITLE, partial(_paint, heading, columns, width), own + entries)


def _paint(heading: Heading, columns: Sequence[list[_Piece]], width: float, page: Page) -> None:
    top = paint_heading(page, heading)
    for number, column in enumerate(columns):
        x, y = page.paper.left + number * (width + _GAP), top
        for piece in column:
            if piece.rule:
                page.rule(x, x + width, y + 5.0, 0.4, GRID)
            page.lines(x, y + piece.height - piece.style.leading - piece.line.gap, [piece.line], piece.style)
            y += piece.height


def _pieces(entry: Entry, width: float) -> list[_Piece]:
    owner = [
        _Piece(
            SECTION.leading + (12.0 if not number else 0.0),
            Line(line),
            SECTION,
            entry.anchor if not number else "",
            rule=not number,
        )
        for number, line in enumerate(clamp(entry.owner, SECTION, width, _TITLE_LINES))
    ]
    label = [_Piece(DENSE_STRONG.leading + 2.0, Line(entry.label), DENSE_STRONG)]
    body = [
        _Piece(DENSE.leading + line.gap, line, DENSE)
        for line in lines_of(entry.text, DENSE, width, listed=entry.listed)
    ]
    return owner + label + body


def _fill_columns(pieces: list[_Piece], paper: Paper, heading: Heading) -> list[list[_Piece]]:
    room = paper.bottom - heading.bottom
    columns: list[list[_Piece]] = [[]]
    left = room
    for place, piece in enumerate(pieces):
        # A heading stays with the first two lines of its text.
        needed = sum(each.height for each in pieces[place : place + 4]) if piece.entry else piece.height
        if needed > left:
            columns.append([])
            left = room
        columns[-1].append(piece)
        left -= piece.height
    return columns
