"""What every page has around its content: section, board, message, sub-line, classification, state and page number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date

from pmo_desktop.figures.history import Stamp
from pmo_desktop.figures.material import Row
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import (
    BORDER,
    CAPTION,
    FOOTER,
    INK,
    MEDIUM,
    MESSAGE,
    SECTION,
    SECTION_NAME,
    SUBLINE,
    Paper,
    Type,
)
from pmo_desktop.reports.text import one_line, width_of, wrap
from pmo_desktop.rules.wording import MONTHS, day_text

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
HEAD_TOP = 43.0  # where the message begins, under the header's rule
MOST_MESSAGE = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One planned page: what it is called and how its content is painted once every page number is known."""

    section: str
    paint: Callable[[Page], None]
    anchors: tuple[tuple[str, str, int], ...] = field(default=())  # name, line of the outline, level
    cover: bool = False  # the first page has a head of its own


@dataclass(frozen=True, slots=True)
class Heading:
    """A page's message and sub-line, broken to the paper's width."""

    message: tuple[str, ...]
    subline: str

    @property
    def bottom(self) -> float:
        """Where content begins."""
        return HEAD_TOP + len(self.message) * MESSAGE.leading + (14.0 if self.subline else 3.0) + 10.0


def make_heading(message: str, parts: Sequence[str], paper: Paper) -> Heading:
    """The heading of a page: at most two lines of message, and as many parts of the sub-line as one line holds."""
    return Heading(clamp(message, MESSAGE, paper.content, MOST_MESSAGE), fit_parts(parts, SUBLINE, paper.content))


def paint_heading(page: Page, heading: Heading) -> float:
    """Draw message and sub-line; returns where content begins."""
    y = HEAD_TOP
    for line in heading.message:
        y += MESSAGE.leading
        page.text(page.paper.left, y, line, MESSAGE)
    page.text(page.paper.left, y + 14.0, heading.subline, SUBLINE)
    return heading.bottom


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands around every page of a document, and in its properties."""

    title: str
    board: str
    footer: str
    author: str
    data_date: date


def make_imprint(title: str, settings: Row, data_date: date, stamp: Stamp | None) -> Imprint:
    """Title, board, classification, data date and the state of the file; no clock: one state gives one document."""
    board = one_line(settings.get("board") or settings.get("organisation") or settings.get("title") or "")
    meeting = settings.get("board_date")
    marking = one_line(settings.get("classification") or "")
    parts = [f"{title}, data date {_footer_day(data_date)}"]
    if stamp:
        at = stamp.at.astimezone(UTC)
        parts.append(f"state of {_footer_day(at.date())} {at:%H:%M} UTC, change {stamp.batch}")
    return Imprint(
        title=title,
        board=", ".join(part for part in (board, day_text(meeting) if meeting else "") if part),
        footer=f"{marking + '. ' if marking else ''}{', '.join(parts)}, by PMO Desktop",
        author=one_line(settings.get("organisation") or "") or "PMO Desktop",
        data_date=data_date,
    )


def paint_frame(page: Page, sheet: Sheet, imprint: Imprint, total: int, number: int) -> None:
    """Draw the header (but on the cover) and the footer of one page."""
    paper = page.paper
    if not sheet.cover:
        name = width_of(sheet.section, SECTION_NAME)
        page.text(paper.left, 36.0, sheet.section, SECTION_NAME)
        board = fit_text(imprint.board, CAPTION, paper.content - name - 20.0)
        page.text(paper.right, 36.0, board, CAPTION, align="right")
        page.rule(paper.left, paper.right, 42.0, 1.0, INK)
    page.bottom = paper.height
    base = paper.height - 27.0
    page.rule(paper.left, paper.right, base - 10.4, 0.5, BORDER)
    count = f"{number} of {total}"
    room = paper.content - width_of(count, FOOTER) - 12.0
    page.text(paper.left, base, fit_text(imprint.footer, FOOTER, room), FOOTER)
    page.text(paper.right, base, count, Type(FOOTER.size, MEDIUM, colour=FOOTER.colour), align="right")
    page.bottom = paper.bottom


def _footer_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def draw_section(page: Page, x: float, width: float, y: float, title: str, *, strong: bool = False) -> float:
    """Draw a section's title and rule from their top edge; returns where its content begins."""
    page.text(x, y + 9.4, title, SECTION, width=width)
    page.rule(x, x + width, y + 14.6, 1.0 if strong else 0.7, INK)
    return y + SECTION_HEIGHT


def clamp(text: str, style: Type, width: float, most: int) -> tuple[str, ...]:
    """A cleaned text in at most so many lines; what is cut ends in an ellipsis, and the caller says where it stands."""
    sample = text if len(text) < LONG else text[:LONG]
    lines = wrap(sample, style, width)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _with_ellipsis(lines[most - 1], style, width))


def is_clamped(text: str, style: Type, width: float, most: int) -> bool:
    """Whether `clamp` would cut a text."""
    return len(text) >= LONG or len(wrap(text, style, width)) > most


def fit_text(text: str, style: Type, width: float) -> str:
    """A text on one line, cut with an ellipsis where it must be; only for what stands in full elsewhere."""
    return clamp(text, style, width, 1)[0]


def fit_parts(parts: Sequence[str], style: Type, width: float) -> str:
    """As many of the parts as one line holds, in their order; those left out stand elsewhere on the page."""
    line = ""
    for part in (part for part in parts if part):
        longer = f"{line}, {part}" if line else part
        if width_of(longer, style) <= width:
            line = longer
    return line


def _with_ellipsis(line: str, style: Type, width: float) -> str:
    while line and width_of(line + ELLIPSIS, style) > width:
        line = line[:-1].rstrip()
    return line + ELLIPSIS


LONG = 2000  # no line of a table or message is longer; measuring more would be work for nothing
SECTION_HEIGHT = 18.0
