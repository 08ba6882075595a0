"""Finding what a person means by a few letters, typed well or badly: matching without any window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

GROUPS = ("Recent", "Projects", "Programmes", "Milestones", "Commands", "People")
_GOOD_ENOUGH = 62.0
_MOST = {"Recent": 6, "Projects": 6, "Programmes": 3, "Milestones": 3, "Commands": 6, "People": 4}
_WHOLE, _START, _WORD, _INSIDE = 400.0, 300.0, 200.0, 150.0


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be gone to or done."""

    group: str
    key: str  # "pane:row id" for a record, the action's id for a command
    text: str
    note: str = ""  # the quiet words beside it
    icon: str = ""
    keys: str = ""  # its shortcut
    words: str = ""  # further words it is found by
    code: str = ""  # its reference, for #


def find(query: str, things: Iterable[Found], recent: Iterable[str] = ()) -> list[Found]:
    """What fits a query, best first within each group; `>` asks for commands only, `#` for references only.

    Without a query: what was used last, then the commands. Mistakes are forgiven only where nothing fits as typed.
    """
    pool = list(things)
    text = query.strip()
    if text.startswith(">"):
        pool = [each for each in pool if each.group == "Commands"]
        text = text[1:].strip()
        if not text:
            return pool
    elif text.startswith("#"):
        wanted = text[1:].strip().casefold()
        return [each for each in pool if each.code and each.code.casefold().startswith(wanted)][:12]
    if not text:
        return _begin(pool, recent)
    scored = [(score(text, each), each) for each in pool]
    least = _INSIDE if any(points >= _INSIDE for points, _ in scored) else _GOOD_ENOUGH
    return _by_group([pair for pair in scored if pair[0] >= least])


def score(query: str, thing: Found) -> float:
    """How well a thing fits: a reference or a start first, then words, then letters with typing mistakes."""
    wanted = query.casefold()
    text = thing.text.casefold()
    if thing.code and thing.code.casefold() == wanted:
        return _WHOLE
    if text.startswith(wanted) or (thing.code and thing.code.casefold().startswith(wanted)):
        return _START
    everything = f"{text} {thing.words.casefold()}"
    words = everything.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return _WORD
    if wanted in everything:
        return _INSIDE
    return _mistyped(wanted, words)


def _mistyped(wanted: str, words: list[str]) -> float:
    """Each word of the query against its nearest word: the worst of them counts, so that one odd word excludes."""
    parts = default_process(wanted).split()
    if not parts:
        return 0.0
    return min(max((_nearness(part, word) for word in words), default=0.0) for part in parts)


def _nearness(part: str, word: str) -> float:
    if len(part) < 3:
        return 100.0 if word.startswith(part) else 0.0
    compared = word[: len(part) + 1] if len(word) > len(part) + 1 else word
    near = fuzz.ratio(part, compared)
    return near if near >= 72 else 0.0


def _begin(pool: list[Found], recent: Iterable[str]) -> list[Found]:
    by_key = {each.key: each for each in pool}
    lately = [_as_recent(by_key[key]) for key in recent if key in by_key][: _MOST["Recent"]]
    commands = [each for each in pool if each.group == "Commands"][: _MOST["Commands"] + 2]
    return lately + commands


def _as_recent(thing: Found) -> Found:
    return Found("Recent", thing.key, thing.text, thing.note, thing.icon, thing.keys, thing.words, thing.code)


def _by_group(scored: list[tuple[float, Found]]) -> list[Found]:
    scored.sort(key=lambda pair: -pair[0])
    best: dict[str, float] = {}
    for points, each in scored:
        best.setdefault(each.group, points)
    answer: list[Found] = []
    for group in sorted(best, key=lambda name: (-(best[name] >= _START), GROUPS.index(name))):
        answer += [each for _, each in scored if each.group == group][: _MOST[group]]
    return answer
