"""Names that are likely one person, offered to be merged and never merged by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from pmo_desktop.exchange.convert import TableValues
from pmo_desktop.exchange.names import first_name, fold_name, initial_form
from pmo_desktop.exchange.people import Directory
from pmo_desktop.exchange.plan import PersonCluster
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.kind import Kind
from pmo_desktop.store.pace import through, tick

SURE, LIKELY, POSSIBLE = 0.95, 0.85, 0.75  # nothing below the last is offered
_SHORTEST_SLIP = 5  # letters of a given name in which one slip is a slip and not another name


class _Likeness(NamedTuple):
    confidence: float
    why: str


class _Pair(NamedTuple):
    one: str  # ids of two people
    other: str
    likeness: _Likeness


def find_clusters(directory: Directory, written: Mapping[str, Counter[str]]) -> list[PersonCluster]:
    """The likely ones among those whom a file names: `written` counts the spellings of each, by id of the person.

    Two people whom somebody verified are two; so are two of whom somebody said so.
    """
    pairs = list(_without_forks(directory, _pairs(directory, written)))
    found = [_cluster(directory, written, group) for group in _groups(pairs)]
    return sorted(found, key=lambda each: (-each.confidence, each.proposed.casefold()))


def count_written(written: defaultdict[str, Counter[str]], table: Table, values: TableValues) -> None:
    """Add how often the people columns of a table write each person, spelling by spelling."""
    for each in values.columns:
        if each.field.kind is Kind.PERSON:
            cells = table.values(each.column.index)
            for (cell, parsed), count in Counter(zip(cells, each.cells, strict=True)).items():
                if parsed and parsed.value and isinstance(cell, str):
                    written[parsed.value][first_name(cell) or cell.strip()] += count


def likeness(one: str, other: str) -> tuple[float, str] | None:
    """How surely two names are one person and why; None when nothing says so. An address says nothing about it.

    Surnames are shared; a given name may be an initial, lack a middle name, or hold one slip: a letter left out, one
    too many or two swapped, found by rapidfuzz, in at least five letters, and neither the first nor the last, which
    tell Maria from Mario.
    """
    first, second = fold_name(one).split(), fold_name(other).split()
    if first == second or min(len(first), len(second)) < 2:  # noqa: PLR2004  a given name and a surname
        return None
    if sorted(first) == sorted(second):
        return _Likeness(SURE, "the same words in another order")
    if first[-1] != second[-1]:
        return None
    mine, yours = first[:-1], second[:-1]
    if min(len(mine[0]), len(yours[0])) == 1:
        return _Likeness(LIKELY, "an initial and the same surname") if mine[0][0] == yours[0][0] else None
    if mine[0] == yours[0]:
        same = len(mine) != len(yours) or all(a[0] == b[0] for a, b in zip(mine, yours, strict=True))
        return _Likeness(LIKELY, "the same name with a middle name") if same else None
    return _Likeness(POSSIBLE, "one letter apart") if mine[1:] == yours[1:] and _is_slip(mine[0], yours[0]) else None


def _is_slip(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415  heavy, and only two names of one surname need it

    if min(len(one), len(other)) < _SHORTEST_SLIP or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    moved = len(one) != len(other) or sorted(one) == sorted(other)  # another letter in its place is another name
    return moved and OSA.distance(one, other) == 1


def _pairs(directory: Directory, written: Mapping[str, Counter[str]]) -> Iterable[_Pair]:
    """Pairs of which one is named by the file and at least one is not verified, by shared words."""
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for person, name in through(directory.names.items()):
        if person not in directory.merged:
            for word in set(fold_name(name).split()):
                sharing[word].add(person)
    seen: set[frozenset[str]] = set()
    for person in through(written):
        for word in fold_name(directory.names[person]).split():
            for other in sharing[word] if len(word) > 1 else ():
                both = frozenset((person, other))
                tick()
                if len(both) > 1 and both not in seen and not both <= directory.verified:
                    seen.add(both)
                    yield from _pair(directory, *sorted(both))


def _pair(directory: Directory, one: str, other: str) -> Iterable[_Pair]:
    names = directory.names[one], directory.names[other]
    apart = any(fold_name(directory.told.get(fold_name(name), "")) == fold_name(name) for name in names)
    if not apart and (found := likeness(*names)):
        yield _Pair(one, other, _Likeness(*found))


def _without_forks(directory: Directory, pairs: Iterable[_Pair]) -> Iterable[_Pair]:
    """Without those of a short name that fits two people who are not each other."""
    listed = list(pairs)
    linked = {frozenset((pair.one, pair.other)) for pair in listed}
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for pair in listed:
        for short, full in ((pair.one, pair.other), (pair.other, pair.one)):
            if _is_shorter(directory.names[short], directory.names[full]):
                fits[short].add(full)
    forked = {
        short for short, full in fits.items() if any(frozenset(two) not in linked for two in combinations(full, 2))
    }
    return (pair for pair in listed if not {pair.one, pair.other} & forked)


def _is_shorter(one: str, other: str) -> bool:
    """Whether a name says less of the same person: an initial for the given name, or no middle name."""
    mine, yours = (bool(initial_form(name)) for name in (one, other))
    return mine > yours or (mine == yours and len(fold_name(one).split()) < len(fold_name(other).split()))


def _groups(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """Pairs that hang together."""
    groups: list[list[_Pair]] = []
    for pair in through(pairs):
        touching = [group for group in groups if any({pair.one, pair.other} & {*each[:2]} for each in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([pair, *(each for group in touching for each in group)])
    return groups


def _cluster(directory: Directory, written: Mapping[str, Counter[str]], pairs: list[_Pair]) -> PersonCluster:
    people = sorted({person for pair in pairs for person in (pair.one, pair.other)})
    counts: Counter[str] = Counter()
    for person in people:
        counts.update(written.get(person) or {directory.names[person]: 0})
    best = max(people, key=lambda person: _rank(directory, written, person))
    why = " and ".join(dict.fromkeys(pair.likeness.why for pair in pairs))
    confidence = min(pair.likeness.confidence for pair in pairs)
    return PersonCluster(dict(counts.most_common()), directory.names[best], confidence, why)


def _rank(directory: Directory, written: Mapping[str, Counter[str]], person: str) -> tuple[bool, bool, int, int]:
    """The name all would get: a verified one, else a full one, else the commonest, else the longest."""
    name, spelt = directory.names[person], written.get(person)
    return person in directory.verified, not initial_form(name), spelt.total() if spelt else 0, len(name)
