"""Particulars: words with what they stand for, two beside each other where both are short; and lines to sign on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pmo_desktop.reports.flow import Piece
from pmo_desktop.reports.frame import fit_text
from pmo_desktop.reports.page import Page
from pmo_desktop.reports.style import CAPTION, DENSE, GUTTER, INK, INK3, TABLE_NAME, Paper
from pmo_desktop.reports.text import Line, lines_of, one_line, width_of, wrap

Pair = tuple[str, object]
_LABEL = 78.0
_BESIDE = 2  # lines of what may stand beside another
_BELOW = 2.4
_INDENT = 10.5
_SIGNATURE = 38.0
_SHARES = (0.44, 0.36, 0.20)  # of the width: name, signature, date
_TOGETHER = 8  # signatures that are not parted
_LABEL_STYLE = DENSE


def list_particulars(paper: Paper, pairs: Iterable[Pair]) -> list[Piece]:
    """The pairs that have a value as pieces, in their order."""
    half = (paper.content - GUTTER) / 2
    said = [(label, value) for label, value in pairs if value not in (None, "")]
    pieces: list[Piece] = []
    waiting: tuple[str, list[Line]] | None = None
    for label, value in said:
        lines = lines_of(value, DENSE, half - _LABEL)
        if not lines:
            continue
        short = len(lines) <= _BESIDE
        if waiting and short:
            pieces.append(_beside(waiting, (label, lines)))
            waiting = None
            continue
        if waiting:
            pieces.append(_beside(waiting))
            waiting = None
        if short:
            waiting = (label, lines)
        else:
            pieces += _alone(label, lines_of(value, DENSE, paper.content - _LABEL))
    return [*pieces, _beside(waiting)] if waiting else pieces


def list_bullets(paper: Paper, items: Sequence[str]) -> list[Piece]:
    """Items with a bullet each, two beside each other where every one of them fits half the width."""
    half = (paper.content - GUTTER) / 2 - _INDENT
    plain = [one_line(item) for item in items]
    across = 2 if all(width_of(item, DENSE) <= half for item in plain) else 1
    width = half if across > 1 else paper.content - _INDENT
    pieces: list[Piece] = []
    for place in range(0, len(plain), across):
        row = [
            [Line(line, bullet=not number) for number, line in enumerate(wrap(item, DENSE, width))]
            for item in plain[place : place + across]
        ]
        pieces += _bullet_pieces(row)
    return pieces


def list_signatures(signers: Sequence[tuple[str, str]]) -> list[Piece]:
    """A line for each who signs, given as role and name; an empty name is left to be written."""
    last = len(signers) - 1
    together = len(signers) <= _TOGETHER
    return [
        Piece(_SIGNATURE, partial(_paint_signature, one_line(role), one_line(name)), together and number != last)
        for number, (role, name) in enumerate(signers)
    ]


def _beside(*pairs: tuple[str, list[Line]]) -> Piece:
    height = max(len(lines) for _, lines in pairs) * DENSE.leading + _BELOW
    return Piece(height, partial(_paint_pairs, pairs))


def _alone(label: str, lines: Sequence[Line]) -> Iterator[Piece]:
    last = len(lines) - 1
    for number, line in enumerate(lines):
        paint = partial(_paint_pairs, ((label if number == 0 else "", [Line(line.text)]),))
        below = _BELOW if number == last else 0.0
        yield Piece(DENSE.leading + below, paint, number != last and number in (0, last - 1), line.gap)


def _bullet_pieces(row: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    """The lines of items that stand beside each other, the space to the next below the last."""
    count = max(map(len, row))
    for number in range(count):
        lines = [item[number] for item in row if number < len(item)]
        below = _BELOW if number == count - 1 else 0.0
        keeps = number != count - 1 and number in (0, count - 2)
        yield Piece(DENSE.leading + below, partial(_paint_bullets, lines), keeps)


def _paint_bullets(lines: Sequence[Line], page: Page, y: float) -> None:
    step = (page.paper.content + GUTTER) / 2
    for place, line in enumerate(lines):
        page.lines(page.paper.left + place * step, y, [replace(line, indent=_INDENT)], DENSE)


def _paint_pairs(pairs: Sequence[tuple[str, Sequence[Line]]], page: Page, y: float) -> None:
    half = (page.paper.content - GUTTER) / 2
    for place, (label, lines) in enumerate(pairs):
        x = page.paper.left + place * (half + GUTTER)
        page.lines(x, y, [Line(label)], _LABEL_STYLE, ink=INK3)
        page.lines(x + _LABEL, y, lines, DENSE, ink=INK)


def _paint_signature(role: str, name: str, page: Page, y: float) -> None:
    paper, x = page.paper, page.paper.left
    base = y + _SIGNATURE - 13.0
    for place, (share, caption) in enumerate(zip(_SHARES, (role, "Signature", "Date"), strict=True)):
        width = paper.content * share - (GUTTER if place < len(_SHARES) - 1 else 0.0)
        page.rule(x, x + width, base, 0.7, INK)
        page.text(x, base + 10.0, fit_text(caption, CAPTION, width), CAPTION)
        if not place:
            page.text(x, base - 4.0, fit_text(name, TABLE_NAME, width), TABLE_NAME)
        x += paper.content * share
