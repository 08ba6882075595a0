"""Readiness as a row of blocks, one for each thing, and bars of shares: told apart by ground, hatching and outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pmo_desktop.reports.marks import draw_rating, rating_width
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import BORDER_STRONG, CAPTION, INK2, WHITE, rag_look

MOST_BLOCKS = 24  # more are drawn as stretches
_GAP = 2.2
_STEP = 3.0  # between the lines of hatching
WAIVED = "W"  # a kind of block besides the ratings; "N" is the one that is open
_MARK = 10.0


class Kind(NamedTuple):
    """So many things of one sort: a rating's code, "N" or WAIVED, how many, and what they are called."""

    code: str
    number: int
    word: str


def draw_blocks(page: Page, x: float, y: float, width: float, height: float, kinds: Sequence[Kind]) -> None:
    """Draw a block for each thing, or where they are many a stretch for each kind, from the top left corner."""
    shown = [kind for kind in kinds if kind.number]
    total = sum(kind.number for kind in shown)
    if not total:
        return
    pieces = [(kind.code, kind.number) for kind in shown]
    if total <= MOST_BLOCKS:
        pieces = [(code, 1) for code, count in pieces for _ in range(count)]
    unit = (width - _GAP * (len(pieces) - 1)) / total
    for code, size in pieces:
        draw_block(page, x, y, unit * size, height, code)
        x += unit * size + _GAP


def draw_shares(page: Page, x: float, y: float, width: float, height: float, kinds: Sequence[Kind]) -> None:
    """Draw one bar whose stretches have the shares of the kinds, without gaps; nothing where there is nothing."""
    total = sum(kind.number for kind in kinds)
    for kind in kinds:
        if kind.number:
            size = width * kind.number / total
            draw_block(page, x, y, size, height, kind.code, radius=0.0)
            x += size


def draw_block(page: Page, x: float, y: float, width: float, height: float, code: str, *, radius: float = 1.4) -> None:
    """Draw one block; one that is too narrow for round corners is square."""
    radius = radius if width > 4.0 else 0.0
    if code in ("N", WAIVED):
        page.box(x, y, width, height, fill=WHITE, line=BORDER_STRONG, radius=radius)
    else:
        look = rag_look(code)
        page.box(x, y, width, height, fill=look.fill, line=look.line, radius=radius)
    if code == WAIVED:
        _hatch(page, x, y, width, height)


def draw_legend(page: Page, x: float, y: float, kinds: Sequence[Kind]) -> float:
    """Draw what each kind is and how many, in one line around y; kinds that do not occur are left out."""
    for kind in kinds:
        if not kind.number:
            continue
        words = f"{kind.number:,} {kind.word}"
        if kind.code == WAIVED:
            draw_block(page, x, y - 3.6, 11.0, 7.2, WAIVED)
            x += 15.0
        else:
            code = None if kind.code == "N" else kind.code
            draw_rating(page, x + rating_width(code, _MARK) / 2, y, code, _MARK)
            x += rating_width(code, _MARK) + 4.0
        x += page.text(x, y + 2.7, words, CAPTION, ink=INK2) + 12.0
    return x


def _hatch(page: Page, x: float, y: float, width: float, height: float) -> None:
    """Lines rising to the right, within the block."""
    start = _STEP - height
    while start < width:
        left, right = max(0.0, start), min(width, start + height)
        page.stroke(
            ((x + left, y + height - (left - start)), (x + right, y + height - (right - start))), 0.5, BORDER_STRONG
        )
        start += _STEP
