"""Other people's words on paper: the only place where text is cleaned, measured and broken into lines.

No markup language stands between a database value and the page: lines are drawn as plain strings, so there is nothing
to escape and nothing that could be read as an instruction, a picture or a link.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pmo_desktop.reports.style import FACES, Type, font_of

REPLACEMENT = "\N{WHITE SQUARE}"  # stands for a character the embedded font cannot draw
BULLETS = ("- ", "\N{BULLET} ", "* ", "\N{EN DASH} ", "\N{BLACK SMALL SQUARE} ", "\N{MIDDLE DOT} ", "o ")
_LINE_BREAKS = {0x0A: "\n", 0x0D: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text as it will stand on the page."""

    text: str
    bullet: bool = False  # the first line of an item of a list
    indent: float = 0.0
    gap: float = 0.0  # space above


def clean(text: object) -> str:
    """A value as it can be drawn: control and invisible characters go, what the font lacks becomes a white square."""
    plain = str(text).replace("\r\n", "\n")
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    return plain.translate(_drawable())


def one_line(text: object) -> str:
    """A value on a single line, its runs of space folded."""
    return " ".join(clean(text).split())


def missing_characters(text: str) -> set[str]:
    """The characters of a text that the embedded font cannot draw."""
    if text.isascii():
        return set()
    table = _drawable()
    return {each for each in set(unicodedata.normalize("NFC", text)) if table[ord(each)] == REPLACEMENT != each}


def width_of(text: str, style: Type) -> float:
    """The width of a cleaned line in points."""
    return sum(_word_width(word, style.face) for word in text.split(" ")) * style.size / _MILLE + _spaces(text, style)


def wrap(text: str, style: Type, width: float) -> list[str]:
    """A cleaned text in lines no wider than `width`; only a word wider than the line is broken. Nothing is lost."""
    return [line for part in text.split("\n") for line in _wrap_part(part.split(), style, width)]


def lines_of(text: object, style: Type, width: float, *, listed: bool = False) -> list[Line]:
    """A text as lines: paragraphs, or with `listed` one bullet for each of its lines when it has several."""
    parts = [part.strip() for part in clean(text).split("\n") if part.strip()]
    if not listed or len(parts) < 2:
        return [
            Line(line, gap=style.leading * 0.35 if place and not number else 0.0)
            for place, part in enumerate(parts)
            for number, line in enumerate(wrap(_unbullet(part) if listed else part, style, width))
        ]
    indent = 10.5
    return [
        Line(line, bullet=not number, indent=indent, gap=0.0 if number or not place else 3.0)
        for place, part in enumerate(parts)
        for number, line in enumerate(wrap(_unbullet(part), style, width - indent))
    ]


def split_items(text: object) -> list[str]:
    """The items of a listed text, bullets removed, each on one line."""
    return [_unbullet(" ".join(part.split())) for part in clean(text).split("\n") if part.strip()]


def height_of(lines: Iterable[Line], style: Type) -> float:
    """The height of lines set in a style."""
    return sum(style.leading + line.gap for line in lines)


def _unbullet(part: str) -> str:
    for bullet in BULLETS:
        if part.startswith(bullet):
            return part.removeprefix(bullet).strip() or part
    return part


def _wrap_part(words: list[str], style: Type, width: float) -> list[str]:
    if not words:
        return [""]
    limit = width * _MILLE / style.size
    space = _word_width(" ", style.face)
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word in words:
        size = _word_width(word, style.face)
        if line and used + space + size <= limit:
            line.append(word)
            used += space + size
            continue
        if line:
            lines.append(" ".join(line))
        *broken, word, size = _break_word(word, size, style.face, limit)  # noqa: PLW2901  the rest of the word goes on
        lines.extend(broken)
        line, used = [word], size
    lines.append(" ".join(line))
    return lines


def _break_word(word: str, size: float, face: str, limit: float) -> tuple[*tuple[str, ...], str, float]:
    """The full lines of a word wider than the line, then its rest and the rest's width."""
    if size <= limit:
        return (word, size)
    widths = _widths(face)
    pieces, start, used = [], 0, 0.0
    for place, character in enumerate(word):
        step = widths.get(ord(character), widths[0])
        if used + step > limit and place > start:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += step
    return (*pieces, word[start:], used)


def _spaces(text: str, style: Type) -> float:
    return text.count(" ") * _word_width(" ", style.face) * style.size / _MILLE


@lru_cache(maxsize=1 << 16)
def _word_width(word: str, face: str) -> float:
    widths = _widths(face)
    return sum(widths.get(ord(character), widths[0]) for character in word)


@cache
def _widths(face: str) -> dict[int, float]:
    found = font_of(face).face
    return {**found.charWidths, 0: found.defaultWidth}


@cache
def _drawable() -> _Drawable:
    return _Drawable(frozenset.intersection(*(frozenset(font_of(face).face.charToGlyph) for face in FACES)))


class _Drawable(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __init__(self, glyphs: frozenset[int]) -> None:
        super().__init__(_LINE_BREAKS)
        self.glyphs = glyphs
        self[0x09] = " "

    def __missing__(self, code: int) -> str:
        self[code] = found = self._decide(code)
        return found

    def _decide(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if kind in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F:
            return ""  # control characters, direction marks, joiners and variation selectors have no shape
        if kind == "Zs":
            return character if code == 0xA0 else " "
        return character if code in self.glyphs else REPLACEMENT
