"""Which row a cell means: by reference or by name; one that fits two waits, one that fits none may be created."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.outcome import Parsed, cell_text, emptied, read, says_nothing, shorten, straighten, unread
from pmo_desktop.exchange.plan import NewRecord
from pmo_desktop.model.registers import BY_ENTITY, created
from pmo_desktop.model.types import new_id
from pmo_desktop.store.pace import through

_NEAR = 80  # of 100, by rapidfuzz's token_sort_ratio
_REF_FIRST = re.compile(r"(?P<ref>\S*\d\S*)\s*(?:[-–—:|]\s*|\s)(?P<name>.+)", re.DOTALL)


@dataclass(slots=True)
class Links:
    """The rows of one entity by reference and by name, those a plan creates included."""

    entity: str
    names: dict[str, str] = field(default_factory=dict)  # id -> what it is called
    refs: dict[str, str] = field(default_factory=dict)  # id -> reference as written
    new: list[NewRecord] = field(default_factory=list)
    _refs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, identity: str, ref: object, title: object) -> None:
        """Make a row known."""
        self.names[identity] = str(title or ref or "")
        if ref:
            self.refs[identity] = str(ref)
            self._refs[fold(ref)].add(identity)
        if title:
            self._titles[fold(title)].add(identity)

    def parse(self, cell: object) -> Parsed:
        """The id of the row a cell means. One that is unknown is created if its register says so."""
        text = cell_text(cell)  # type: ignore[arg-type]
        if says_nothing(text):
            return emptied(text)
        fitting = self._fitting(text)
        info = BY_ENTITY[self.entity]
        if len(fitting) == 1:
            return read(next(iter(fitting)))
        if fitting:
            reason = f"“{shorten(text)}” fits {len(fitting)} {info.many}; give the ID instead."
            refs = tuple(sorted(ref for one in fitting if (ref := self.refs.get(one))))
            return unread(text, reason, refs, tuple(sorted(fitting)))
        if self.entity in created():
            made = NewRecord(new_id(), self.entity, {info.title: " ".join(text.split())})
            self.new.append(made)
            self.add(made.id, None, text)
            return read(made.id)
        near = self._near(text)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        return unread(text, f"No {info.one} is called “{shorten(text)}”.{hint}", near)

    def _near(self, text: str) -> tuple[str, ...]:
        """The names most like a text by their words, likeliest first; only such as fit one row."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  heavy, and only an unknown name needs it: not at start-up

        single = [title for title, rows in self._titles.items() if len(rows) == 1]
        found = process.extract(fold(text), single, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=3)
        return tuple(self.names[next(iter(self._titles[title]))] for title, _, _ in found)

    def _fitting(self, text: str) -> set[str]:
        found = self._refs.get(fold(text)) or self._titles.get(fold(text))
        if found:
            return found
        match = _REF_FIRST.fullmatch(text)  # PRJ-101 Identity Refurbishment
        if match is None:
            return set()
        return self._refs.get(fold(match["ref"]), set()) & self._titles.get(fold(match["name"]), set())


def read_links(entity: str, rows: Iterable[Mapping[str, Any]]) -> Links:
    """The rows of one entity of a portfolio."""
    info = BY_ENTITY[entity]
    links = Links(entity)
    for row in through(rows):
        links.add(row["id"], row.get(info.ref) if info.ref else None, row.get(info.title))
    return links


def fold(text: object) -> str:
    """A key as it is compared: trimmed, without case, inner spaces single, quotes and dashes straight."""
    return " ".join(straighten(str(text)).casefold().split())
