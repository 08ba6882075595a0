"""Precedence: which of several projects gives way first, by the priority that people wrote beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEVELS = (
    ("critical", "highest", "very high", "must", "must have", "must-have", "vital", "urgent", "top"),
    ("high", "should", "should have", "should-have", "major", "important"),
    ("medium", "med", "moderate", "normal", "m", "average"),
    ("low", "could", "could have", "could-have", "minor", "l"),
    ("lowest", "very low", "won't", "wont", "won't have", "would", "none"),
)
_WORDS = {word: float(level) for level, words in enumerate(_LEVELS, start=1) for word in words} | {"h": 2.0}
_NUMBERED = re.compile(r"^(?:p|prio|priority|rank|no\.?|#)?\s*(\d{1,3}(?:[.,]\d+)?)(?:$|[\s:.)\-])")


def rank_priority(text: str) -> float | None:
    """The rank of a priority, 1 before 2: a number as in P1, or a word of MoSCoW or high to low; None when unknown."""
    word = text.strip().casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    numbered = _NUMBERED.match(word)
    if numbered:
        return float(numbered[1].replace(",", "."))
    return _WORDS.get(word.removesuffix(" priority"))


def find_least(priorities: Sequence[str]) -> int | None:
    """Which of several gives way: the one of the lowest priority; None when that is not one alone, or not known.

    One without a known priority neither gives way nor makes others: nobody has said how it stands to them.
    """
    ranks = [rank_priority(each) for each in priorities]
    known = [rank for rank in ranks if rank is not None]
    last = max(known, default=None)
    return ranks.index(last) if last is not None and known.count(last) == 1 and len(known) > 1 else None
