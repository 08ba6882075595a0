"""Finding what a person means by a few letters, typed well or badly: matching without any window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

GROUPS = ("Recent", "Projects", "Programmes", "Milestones", "Risks & RAID", "Commands", "People", "Resources", "Roles")
_GOOD_ENOUGH, _ROUGH = 72.0, 50.0  # of 100
_SHORT, _CANDIDATES = 3, 200
_MOST = {
    "Recent": 6,
    "Projects": 6,
    "Programmes": 3,
    "Milestones": 3,
    "Risks & RAID": 4,
    "Commands": 6,
    "People": 4,
    "Resources": 4,
    "Roles": 3,
}
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


class Finder:
    """Looks for what fits a query among things whose letters were prepared once."""

    def __init__(self, things: Iterable[Found]) -> None:
        self._pool = [_prepare(each) for each in things]

    def find(self, query: str, recent: Iterable[str] = ()) -> list[Found]:
        """What fits a query, best first within each group; `>` asks for commands only, `#` for references only.

        Without a query: what was used last, then the commands. Mistakes are forgiven only where nothing fits as typed.
        """
        text = query.strip().casefold()
        pool = self._pool
        if text.startswith(">"):
            pool = [each for each in pool if each.thing.group == "Commands"]
            text = text[1:].strip()
            if not text:
                return [each.thing for each in pool]
        elif text.startswith("#"):
            wanted = text[1:].strip()
            return [each.thing for each in pool if each.code and each.code.startswith(wanted)][:12]
        if not text:
            return _begin([each.thing for each in pool], recent)
        parts = text.split()
        scored = [(points, each.thing) for each in pool if (points := _fit(text, parts, each))]
        return _by_group(scored or _forgive(text, pool))


@dataclass(frozen=True, slots=True)
class _Prepared:
    thing: Found
    code: str
    text: str
    everything: str
    words: tuple[str, ...]


def _prepare(thing: Found) -> _Prepared:
    text = thing.text.casefold()
    everything = f"{text} {thing.words.casefold()}"
    return _Prepared(thing, thing.code.casefold(), text, everything, tuple(everything.split()))


def _fit(text: str, parts: list[str], each: _Prepared) -> float:
    """How well a thing fits as typed: a reference first, then a start, then words, then letters; 0 for not at all."""
    if each.code and each.code == text:
        return _WHOLE
    if each.text.startswith(text) or (each.code and each.code.startswith(text)):
        return _START
    if parts[0] not in each.everything:
        return 0.0
    if all(any(word.startswith(part) for word in each.words) for part in parts):
        return _WORD
    return _INSIDE if text in each.everything else 0.0


def _forgive(text: str, pool: list[_Prepared]) -> list[tuple[float, Found]]:
    """What fits with typing mistakes: each word of the query against its nearest word, the worst of them counting."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  forty modules that only a query with a mistake needs
    from rapidfuzz.utils import default_process  # noqa: PLC0415

    parts = default_process(text).split()
    if not parts:
        return []
    near = process.extract(
        text, [each.everything for each in pool], scorer=fuzz.partial_ratio, score_cutoff=_ROUGH, limit=_CANDIDATES
    )
    scored = []
    for _words, _points, index in near:
        words = pool[index].words
        points = min(max((_nearness(part, word, fuzz.ratio) for word in words), default=0.0) for part in parts)
        if points >= _GOOD_ENOUGH:
            scored.append((points, pool[index].thing))
    return scored


def _nearness(part: str, word: str, ratio: Callable[[str, str], float]) -> float:
    """0 to 100; of a long word only its beginning is compared, so that half a word is enough."""
    if len(part) < _SHORT:
        return 100.0 if word.startswith(part) else 0.0
    return ratio(part, word[: len(part) + 1])


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
