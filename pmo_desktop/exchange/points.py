"""Cells of likelihood and impact: words, numbers of a known scale, and both at once such as `4x3=12` or `H/M`."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, unread
from pmo_desktop.rules.scales import DEFAULT, NUMBERS, OWN, POINTS, stretch, word_point

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NAMED = re.compile(r"(?P<number>\d+)\s*(?:[-–—:.)=]\s*|\s)(?P<word>\D+)|(?P<first>\D+?)\s*[-–—:(=]\s*(?P<last>\d+)\)?")
_TERM = r"[A-Za-z][A-Za-z ]*?|\d+"
_PRODUCT = re.compile(
    rf"(?P<one>{_TERM})\s*(?:[x×*/,]|\bby\b)\s*(?P<other>{_TERM})(?:\s*=\s*(?P<total>\d+))?", re.IGNORECASE
)
_TOTAL_FIRST = re.compile(
    rf"(?P<total>\d+)\s*[(\[]\s*(?P<one>{_TERM})\s*[x×*/,]\s*(?P<other>{_TERM})\s*[)\]]", re.IGNORECASE
)


class Part(StrEnum):
    """Which half of a cell that says likelihood and impact at once is meant."""

    WHOLE = ""
    FIRST = "first"
    LAST = "last"


class Settled(int):
    """A point of the kept scale that a person named; no scale of the column is applied to it."""

    __slots__ = ()


class Pair(NamedTuple):
    """Both halves of a combined cell as written, and the score it gives beside them."""

    one: str
    other: str
    total: int | None


def parse_point(cell: object, scale: str = DEFAULT, part: Part = Part.WHOLE, points: int = len(POINTS)) -> Parsed:
    """A point of an axis of so many. `scale` is that of bare numbers; an unknown word waits.

    Words and numbers of other scales than the portfolio's own stand for one of five, which is stretched to the axis.
    """
    if isinstance(cell, Settled):
        return read(int(cell))
    text = cell_text(cell)  # type: ignore[arg-type]  # any cell
    if says_nothing(text):
        return emptied(text)
    return _read_part(text, scale, part, points) if part else _read_whole(text, scale, points)


def split_pair(text: str) -> Pair | None:
    """Likelihood and impact of one cell, in the order written; None when it does not say both."""
    match = _TOTAL_FIRST.fullmatch(text.strip()) or _PRODUCT.fullmatch(text.strip())
    if match is None:
        return None
    total = int(match["total"]) if match["total"] else None
    return Pair(match["one"].strip(), match["other"].strip(), total)


def number_in(cell: object) -> float | None:
    """The bare number of a cell; percent as such; None when it says anything else."""
    text = cell_text(cell).rstrip("% ")  # type: ignore[arg-type]  # any cell
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def is_point(text: str) -> bool:
    """Whether a text is a word of a scale, or a number that may stand on one."""
    return word_point(text) is not None or number_in(text) is not None


def _read_whole(text: str, scale: str, points: int) -> Parsed:
    point = _point(text, scale, points)
    if point is not None:
        return read(point)
    match = _NAMED.fullmatch(text)
    word = word_point(match["word"] or match["first"]) if match else None
    if match is None or word is None:
        return unread(text, f"“{shorten(text)}” is no point of a scale that is known.")
    number = NUMBERS[scale].point(float(match["number"] or match["last"]))
    if number is not None and number != word and scale == DEFAULT and points == len(POINTS):
        reason = f"“{shorten(text)}” says {number} by its number and {word} by its word."
        return unread(text, reason, (str(word), str(number)))
    return read(stretch(word, points), text)


def _read_part(text: str, scale: str, part: Part, points: int) -> Parsed:
    pair = split_pair(text)
    if pair is None:
        return unread(text, f"“{shorten(text)}” does not say likelihood and impact.", ())
    one, other = number_in(pair.one), number_in(pair.other)
    if pair.total is not None and one is not None and other is not None and one * other != pair.total:
        return unread(text, f"“{shorten(text)}” contradicts itself: {pair.one} x {pair.other} is not {pair.total}.")
    half = pair.one if part is Part.FIRST else pair.other
    point = _point(half, scale, points)
    if point is None:
        return unread(text, f"“{half}” in “{shorten(text)}” is no point of a scale that is known.")
    return read(point)


def _point(text: str, scale: str, points: int) -> int | None:
    number, percent = number_in(text), text.rstrip().endswith("%")
    if number is not None and scale == OWN and not percent:
        return int(number) if number in range(1, points + 1) else None
    kept = word_point(text) if number is None else NUMBERS["percent" if percent else scale].point(number)
    return None if kept is None else stretch(kept, points)
