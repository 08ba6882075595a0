"""Documents that flow: pieces from top to bottom over as many pages as they need, of texts of any length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pmo_desktop.reports.frame import HEAD_TOP, Heading, Sheet, draw_section, make_heading, paint_heading
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BODY, MESSAGE, Paper, Type
from pmo_desktop.reports.text import Line, lines_of, one_line, wrap
from pmo_desktop.rules.wording import capital

SECTION_GAP = 15.0
SECTION_PIECE = 21.0
_FOOT = 5.0  # free above the footer
_TOP = HEAD_TOP + 9.0  # where content begins on the pages after the first
Painter = Callable[[Page, float], None]  # page, top edge of the piece


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing across the whole width, drawn from its top edge down; the space above it goes where it begins a page.

    One that `keeps` stays on the page of the piece after it; those in `again` stand above it where it begins a page.
    """

    height: float
    paint: Painter
    keeps: bool = False
    gap: float = 0.0
    again: tuple[Piece, ...] = ()
    title: str = ""  # the line of the outline that leads here


@dataclass
class Flow:
    """The pieces of one document, collected in their order."""

    paper: Paper
    pieces: list[Piece] = field(default_factory=list)

    def section(self, title: str) -> None:
        """Begin a section; its title stays with what follows."""
        self.pieces.append(Piece(SECTION_PIECE, partial(_paint_section, title), True, SECTION_GAP, title=title))

    def text(self, text: object, style: Type = BODY, *, listed: bool = False, ink: str = "") -> None:
        """A text in full, its first two and its last two lines never parted; with `listed` a bullet for each line."""
        lines = lines_of(text, style, self.paper.content, listed=listed)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            paint = partial(_paint_line, replace(line, gap=0.0), style, ink)
            self.pieces.append(Piece(style.leading, paint, number != last and number in (0, last - 1), line.gap))

    def add(self, pieces: Iterable[Piece]) -> None:
        """More pieces, made elsewhere."""
        self.pieces.extend(pieces)

    def head(self, title: str, words: str, parts: Sequence[str]) -> Heading:
        """The heading of the document: its title and what is said of it, in lines of about the same length."""
        plain = one_line(title)
        message = f"{plain} {capital(words)}" if plain.endswith((".", "!", "?")) else f"{plain}: {words}"
        heading = make_heading(message, [one_line(part) for part in parts], self.paper)
        return replace(heading, message=_balance(heading.message, self.paper.content))

    def sheets(self, name: str, heading: Heading) -> list[Sheet]:
        """The pages: the heading on the first; `name` above each. The outline has a line for every section."""
        pages = _fill(self.pieces, heading.bottom, self.paper.bottom - _FOOT)
        sheets, sections = [], 0
        for number, page in enumerate(pages):
            titles = [piece.title for _, piece in page if piece.title]
            anchors = [(f"section-{sections + place}", title, 1) for place, title in enumerate(titles)]
            sections += len(titles)
            if number == 0:
                anchors.insert(0, ("document", " ".join(heading.message), 0))
            sheets.append(Sheet(name, partial(_paint, None if number else heading, page), tuple(anchors)))
        return sheets


def _balance(lines: tuple[str, ...], width: float) -> tuple[str, ...]:
    """The same words in as many lines, the last no longer left with a word alone."""
    text, balanced = " ".join(lines), list(lines)
    while len(lines) > 1 and len(narrower := wrap(text, MESSAGE, width)) == len(lines):
        balanced, width = narrower, width - _STEP
    return tuple(balanced)


_STEP = 12.0
_Placed = list[tuple[float, Piece]]  # each with its top edge


def _fill(pieces: Sequence[Piece], first: float, bottom: float) -> list[_Placed]:
    """Pieces by page with their places; what keeps together goes over together, as far as one page holds it."""
    pages: list[_Placed] = [[]]
    y = first
    for run in _runs(pieces):
        if pages[-1] and y + _height(run) > bottom:
            y = _begin_page(pages, run[0])
        for piece in run:
            if pages[-1] and y + piece.gap + piece.height > bottom:
                y = _begin_page(pages, piece)
            y += piece.gap if pages[-1] else 0.0
            pages[-1].append((y, piece))
            y += piece.height
    return pages


def _begin_page(pages: list[_Placed], piece: Piece) -> float:
    """A new page with what stands above a piece again; returns where it ends."""
    y = _TOP
    pages.append([])
    for each in piece.again:
        pages[-1].append((y, replace(each, title="")))
        y += each.height
    return y


def _runs(pieces: Sequence[Piece]) -> Iterable[list[Piece]]:
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if not piece.keeps:
            yield run
            run = []
    if run:
        yield run


def _height(run: Sequence[Piece]) -> float:
    return sum(piece.gap + piece.height for piece in run)


def _paint(heading: Heading | None, placed: _Placed, page: Page) -> None:
    if heading:
        paint_heading(page, heading)
    for y, piece in placed:
        piece.paint(page, y)


def _paint_section(title: str, page: Page, y: float) -> None:
    draw_section(page, page.paper.left, page.paper.content, y, title)


def _paint_line(line: Line, style: Type, ink: str, page: Page, y: float) -> None:
    page.lines(page.paper.left, y, [line], style, ink=ink)
