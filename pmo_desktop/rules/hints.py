"""Hints on how an entry of the RAID log is worded: what a reader will ask for, and what was said before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

ALIKE = 0.75  # of the telling words of the shorter of two titles: from here on they say the same
_WORD = re.compile(r"[a-z0-9]+")
_PLAIN = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "may",
        "might",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "will",
        "with",
    }
)
_HAPPENED = re.compile(
    r"\b(has|have|had) (been |already )?\w+(ed|en|ne|st)\b|\bis (now |already )?(late|delayed|over budget|behind)\b"
    r"|\b(failed|missed|slipped|occurred|happened)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(may|[Mm]ight|[Cc]ould|[Rr]isk that|[Ii]f|[Uu]nless|[Pp]otential|[Pp]ossibl[ey]|[Ll]ikely)\b")
_FEW = 3  # words
_COMMON = 50  # titles: a word that so many share tells nothing


@dataclass(frozen=True, slots=True)
class Wording:
    """What the hints are judged by; `dated` says that a day of some sort is given: due or next review."""

    title: str
    event: str = ""
    owned: bool = False
    dated: bool = False
    mitigated: bool = False


def hint_words(wording: Wording) -> list[str]:
    """What a reader will ask, in a sentence each; [] when nothing is to be said."""
    text = f"{wording.title} {wording.event}".strip()
    found = []
    if not wording.owned:
        found.append("Nobody owns it.")
    if not wording.dated:
        found.append("No day says when it is to be done or looked at again.")
    if not wording.mitigated:
        found.append("Nothing says what is done about it.")
    if _HAPPENED.search(text) and not _UNSURE.search(text):
        found.append("It reads as if it had happened: an issue rather than a risk.")
    if len(_WORD.findall(text.casefold())) < _FEW:
        found.append("It says too little to act on: cause, event and effect help.")
    return found


def find_alike(titles: Mapping[str, str]) -> dict[str, str]:
    """Entries whose titles nearly say the same: id -> the id of the earlier one, in the order given."""
    words = {identity: telling_words(title) for identity, title in titles.items()}
    found: dict[str, str] = {}
    for one, other in _pairs(words):
        if other not in found and likeness(words[one], words[other]) >= ALIKE:
            found[other] = one
    return found


def telling_words(title: str) -> frozenset[str]:
    """The words of a title that tell something, in small letters."""
    return frozenset(_WORD.findall(title.casefold())) - _PLAIN


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the longer of two sets of words that both have, from 0 to 1; too few words are like nothing."""
    least = min(len(one), len(other))
    return len(one & other) / max(len(one), len(other)) if least >= _FEW else 0.0


def _pairs(words: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, str]]:
    """Pairs that share a telling word, each once, the earlier first."""
    place = {identity: number for number, identity in enumerate(words)}
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for identity, each in words.items():
        for word in each:
            by_word[word].append(identity)
    found = {pair for sharing in by_word.values() if len(sharing) <= _COMMON for pair in combinations(sharing, 2)}
    return sorted(found, key=lambda pair: (place[pair[1]], place[pair[0]]))
