"""The trail of an entry: what it came from, what became of it, what stands under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.wording import join_words
from pmo_desktop.rules.words import LinkKind
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows

Row = Mapping[str, Any]
Key = tuple[str, str]  # register, row


@dataclass(frozen=True, slots=True)
class Step:
    """One entry on a trail."""

    register: str
    row: str
    called: str

    @property
    def words(self) -> str:
        """`issue I-014`."""
        return f"{BY_ENTITY[self.register].one} {self.called}"


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an entry came from, the nearest first; what became of it; what stands under it and what it stands under."""

    origins: tuple[Step, ...] = ()
    became: tuple[Step, ...] = ()
    under: tuple[Step, ...] = ()
    heads: tuple[Step, ...] = ()

    @property
    def words(self) -> str:
        """`from risk R-007, from assumption A-003; became action ACT-002; 3 risks under it`; empty without any."""
        parts = [", ".join(f"from {step.words}" for step in self.origins)]
        parts.append(f"became {join_words([step.words for step in self.became])}" if self.became else "")
        parts.append(f"stands for {join_words([step.called for step in self.under])}" if self.under else "")
        parts.append(f"under {join_words([step.words for step in self.heads])}" if self.heads else "")
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Trails:
    """All links of a portfolio, by either end."""

    by_source: Mapping[Key, list[Row]]
    by_target: Mapping[Key, list[Row]]

    def of(self, register: str, row: str) -> Trail:
        """The trail of one entry; a circle of links is walked once."""
        key = (register, row)
        sources = [link for link in self.by_target.get(key, ()) if link["kind"] == LinkKind.UNDER]
        heads = [link for link in self.by_source.get(key, ()) if link["kind"] == LinkKind.UNDER]
        became = [link for link in self.by_source.get(key, ()) if link["kind"] == LinkKind.BECAME]
        return Trail(
            tuple(self._origins(key)),
            tuple(_target(link) for link in became),
            tuple(_source(link) for link in sources),
            tuple(_target(link) for link in heads),
        )

    def _origins(self, key: Key) -> Iterable[Step]:
        seen = {key}
        while link := next(
            (
                each
                for each in self.by_target.get(key, ())
                if each["kind"] == LinkKind.BECAME and (each["from_register"], each["from_row"]) not in seen
            ),
            None,
        ):
            yield _source(link)
            key = (link["from_register"], link["from_row"])
            seen.add(key)


def read_trails(store: Store) -> Trails:
    """The links of a portfolio."""
    sources: defaultdict[Key, list[Row]] = defaultdict(list)
    targets: defaultdict[Key, list[Row]] = defaultdict(list)
    for link in read_rows(store, "entry_link"):
        sources[link["from_register"], link["from_row"]].append(link)
        targets[link["to_register"], link["to_row"]].append(link)
    return Trails(sources, targets)


def read_clusters(store: Store) -> dict[str, tuple[str, ...]]:
    """The ids of the risks that stand under one of the portfolio, by its id, in the order they were put there."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for link in read_rows(store, "entry_link"):
        if link["kind"] == LinkKind.UNDER:
            found[link["to_row"]].append(link["from_row"])
    return {head: tuple(members) for head, members in found.items()}


def _source(link: Row) -> Step:
    return Step(link["from_register"], link["from_row"], link["from_called"])


def _target(link: Row) -> Step:
    return Step(link["to_register"], link["to_row"], link["to_called"])
