"""What differs between two versions of a methodology, part by part and field by field."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from pmo_desktop.rules.method import Method
from pmo_desktop.rules.wording import count_text, number_text


class ChangeKind(StrEnum):
    """How a part differs."""

    ADDED = "Added"
    REMOVED = "Removed"
    RENAMED = "Renamed"
    CHANGED = "Changed"
    MOVED = "Moved"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One difference. `part` is "phase", "gate" ...; `field` is empty for what was added, removed or moved.

    `old` and `new` are words: the field's values, or for a moved part what it stands in or after.
    """

    part: str
    code: str
    name: str
    kind: ChangeKind
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One part laid flat: what it is called, what it stands in, and its fields as words."""

    name: str
    within: str
    cells: Mapping[str, str]


_Key = tuple[str, str]  # the kind of part and its code
_WORDS = {
    "name": "Name",
    "text": "Text",
    "title": "Title",
    "acceptance": "Acceptance criteria",
    "role": "Owner role",
    "acceptor": "Acceptor role",
    "mandatory": "Mandatory for",
    "decides": "Decided by",
    "weeks": "Usual length in weeks",
    "speaks": "Speaks the terms of",
    "tier": "Proposed for",
    "file_name": "File",
}
_NAMES = {"criterion": "text"}  # where the name of a part is not in `name`
_HEAD = ("name", "version", "tier", "summary", "speaks")


def compare_methods(old: Method, new: Method) -> tuple[PartChange, ...]:
    """Every difference: what is there now in its order, then what is gone in the order it had.

    Parts are matched by code; pages of guidance by what they concern and their title, terms by the term itself.
    """
    before, after = _lay_flat(old), _lay_flat(new)
    moved = _reordered(before, after)
    found: list[PartChange] = []
    for key, part in after.items():
        was = before.get(key)
        if was is None:
            found.append(PartChange(*key, part.name, ChangeKind.ADDED, new=part.name))
            continue
        found += _differences(key, was, part)
        if was.within != part.within:
            words = [_called(each, within) for each, within in ((before, was.within), (after, part.within))]
            found.append(PartChange(*key, part.name, ChangeKind.MOVED, "", *words))
        elif key in moved:
            found.append(PartChange(*key, part.name, ChangeKind.MOVED, "", *moved[key]))
    gone = [(key, part) for key, part in before.items() if key not in after]
    return (*found, *(PartChange(*key, part.name, ChangeKind.REMOVED, old=part.name) for key, part in gone))


def _differences(key: _Key, was: _Part, part: _Part) -> list[PartChange]:
    title = _NAMES.get(key[0], "name")
    return [
        PartChange(
            *key,
            part.name,
            ChangeKind.RENAMED if name == title else ChangeKind.CHANGED,
            _WORDS.get(name, name.capitalize()),
            was.cells[name],
            value,
        )
        for name, value in part.cells.items()
        if was.cells[name] != value
    ]


def _lay_flat(method: Method) -> dict[_Key, _Part]:
    """Every part by its kind and code, in order."""
    head = {name: str(getattr(method, name)) for name in _HEAD}
    found = {("methodology", method.code): _Part(method.name, "", head)}
    for phase in method.phases:
        found["phase", phase.code] = _Part(phase.name, "", _cells(phase))
        for output in phase.deliverables:
            found["deliverable", output.code] = _Part(output.name, phase.code, _cells(output))
        for gate in phase.gates:
            found["gate", gate.code] = _Part(gate.name, phase.code, _cells(gate))
            for line in gate.criteria:
                found["criterion", line.code] = _Part(line.text, gate.code, _cells(line))
    for (concerns, role), letters in _duties(method).items():
        found["duty", f"{concerns} {role}"] = _Part(f"{role} on {concerns}", "", {"duty": letters})
    for page in method.guidance:
        found["guidance", f"{page.concerns} {page.title}".strip()] = _Part(page.title, "", {"text": page.text})
    for term in method.terms:
        found["term", term.term] = _Part(term.term, "", {"meaning": term.meaning})
    for each in method.templates:
        mark = f"{count_text(len(each.content), 'byte')}, SHA-256 {hashlib.sha256(each.content).hexdigest()[:12]}"
        cells = {"name": each.name, "file_name": each.file_name, "content": mark}
        found["template", each.code] = _Part(each.name, "", cells)
    return found


def _duties(method: Method) -> dict[tuple[str, str], str]:
    letters: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in method.duties:
        letters[each.concerns, each.role].append(each.duty.value)
    return {cell: ", ".join(each) for cell, each in letters.items()}


def _cells(part: Any) -> dict[str, str]:
    """The fields of a part that are words or numbers; its parts and its code are compared on their own."""
    values = {each.name: getattr(part, each.name) for each in fields(part) if each.name != "code"}
    return {name: _word(value) for name, value in values.items() if not isinstance(value, tuple)}


def _word(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return "" if value is None else number_text(value)


def _reordered(before: Mapping[_Key, _Part], after: Mapping[_Key, _Part]) -> dict[_Key, tuple[str, str]]:
    """Parts that stand elsewhere among those that were beside them already: after what they stood and stand."""
    common = [key for key in after if key in before and before[key].within == after[key].within]
    found: dict[_Key, tuple[str, str]] = {}
    groups: defaultdict[_Key, list[_Key]] = defaultdict(list)
    for key in common:
        groups[key[0], after[key].within].append(key)
    for keys in groups.values():
        there = set(keys)
        were = [key for key in before if key in there]
        for key in _out_of_order(were, keys):
            found[key] = (_standing(key, were, before), _standing(key, keys, after))
    return found


def _out_of_order(were: Sequence[_Key], are: Sequence[_Key]) -> Iterable[_Key]:
    blocks = SequenceMatcher(None, were, are, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in are[block.b : block.b + block.size]}
    return [key for key in are if key not in kept]


def _standing(key: _Key, row: Sequence[_Key], parts: Mapping[_Key, _Part]) -> str:
    place = row.index(key)
    return f"after {parts[row[place - 1]].name}" if place else "first"


def _called(parts: Mapping[_Key, _Part], code: str) -> str:
    """The name of the phase or gate of that code."""
    return next(part.name for (kind, each), part in parts.items() if each == code and kind in ("phase", "gate"))
