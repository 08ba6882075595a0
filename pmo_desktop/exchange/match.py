"""Which record a row of a file is: by reference, else by name; never one of two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.exchange.links import fold
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import CUSTOM_PREFIX
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import title_of
from pmo_desktop.store.rows import Record

_LIKE = str.maketrans("oil", "011")  # letters that are typed for digits


@dataclass(frozen=True, slots=True)
class Found:
    """The record a row is; None when it is new. `problem` says why it cannot be told."""

    record: Record | None = None
    problem: str = ""
    note: str = ""


@dataclass(slots=True)
class Matcher:
    """Finds the records of one register. `refs` are all references of the file: by them a corrected one is told."""

    info: RegisterInfo
    refs: Collection[str] = ()
    by_id: dict[str, Record] = field(default_factory=dict)
    by_ref: dict[Any, list[Record]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[Any, list[Record]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[str, Any] = field(default_factory=dict)  # id -> what the record belongs to
    seen: dict[Any, int] = field(default_factory=dict)  # key -> row of the file that has it
    said: dict[Any, Record] = field(default_factory=dict)  # key the file used last time -> a record renamed here since
    gone: set[Any] = field(default_factory=set)  # keys of records the file named and somebody deleted here
    nobodys: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))  # that belong to nothing known
    on: str = ""  # the field a person said the rows are told by
    by_on: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    lacking: frozenset[str] = frozenset()  # of what tells rows without a name apart: what the file does not say
    apart: tuple[str, ...] = ()  # what else tells the rows of this file apart
    where: Callable[[int], str] = "Row {}".format  # how a row (from 1) is called

    def add(self, record: Record, owner_words: str = "") -> None:
        """Make a record of the portfolio known; `owner_words` are kept where what it belongs to is not known."""
        self.by_id[record["id"]] = record
        owner = self.owners[record["id"]] = self.owner_of(record, owner_words)
        ref = self._ref(record)
        if ref is not None and self.info.within and record.get(self.info.within) is None:
            self.nobodys[fold(ref)].append(record)
        if ref is not None:
            self.by_ref[owner, fold(ref)].append(record)
        if (title := self.title(record)) is not None:
            self.by_title[owner, fold(title)].append(record)
        if self.on and record.get(self.on) is not None:
            self.by_on[fold(record[self.on])].append(record)

    def title(self, values: Mapping[str, Any]) -> Any:
        """What a row is told by when it has no reference, as far as the file can say it."""
        title = title_of(self.info, {**values, **dict.fromkeys(self.lacking)} if self.lacking else values)
        if title is None or not self.apart:
            return title
        return "\x1f".join((str(title), *(str(values.get(name)) for name in self.apart)))

    def _ref(self, values: Mapping[str, Any]) -> Any:
        """The reference of a row, or the identity another program gave it; None without one."""
        name = self.info.ref or self.info.uid
        return (values.get(name) or None) if name else None

    def add_said(self, record: Record, before: Mapping[str, Any]) -> None:
        """Make known what the file called a record that has another key now."""
        for key in self.keys(before):
            self.said.setdefault(key, record)

    def add_gone(self, before: Mapping[str, Any]) -> None:
        """Make known what the file called a record that was deleted here since."""
        self.gone.update(self.keys(before)[:1])

    def keys(self, values: Mapping[str, Any]) -> list[Any]:
        """What a record can be told by, the best first."""
        owner = values.get(self.info.within) if self.info.within else None
        named = (("ref", self._ref(values)), ("title", self.title(values)))
        return [(owner, word, fold(value)) for word, value in named if value is not None]

    def owner_of(self, values: Mapping[str, Any], words: str) -> Any:
        """What a row belongs to: a record, else the words for one that is not known, else nothing."""
        owner = values.get(self.info.within) if self.info.within else None
        return owner if owner is not None or not words else f"?{fold(words)}"

    def find(self, values: Mapping[str, Any], row: int, identity: str | None = None, owner_words: str = "") -> Found:
        """The record that the values of a row (1-based) belong to; `owner_words` as for `add`."""
        if identity and (record := self.by_id.get(identity)):
            return self._told(record, values, row)
        if self.on:
            return self._by_on(values, row)
        owner = self.owner_of(values, owner_words)
        ref, title = self._ref(values), self.title(values)
        if ref is None and title is None:
            return Found(problem=self._no_key())
        key = (owner, "ref", fold(ref)) if ref is not None else (owner, "title", fold(title))
        if first := self.seen.get(key):
            same = (
                f"has the same {'ID' if ref else 'name'}" if ref or not self.info.by else f"is the same {self.info.one}"
            )
            return Found(problem=f"{self.where(first)} of this sheet {same}; keep one of the two.")
        self.seen[key] = row
        found = self._by_key(owner, ref, title)
        if found.record or found.problem or key not in self.said:
            return found
        return Found(self.said[key], note="It was found by what this file called it before; it was renamed here since.")

    def _by_on(self, values: Mapping[str, Any], row: int) -> Found:
        """The record with the same value in the one field a person named."""
        value = values.get(self.on)
        label = find_label(self.info, self.on)
        if value is None:
            return Found(problem=f"The row has no {label}, by which you said that rows are told.")
        first = self.seen.setdefault((self.on, fold(value)), row)
        if first != row:
            return Found(problem=f"{self.where(first)} of this sheet has the same {label}; keep one of the two.")
        fitting = self.by_on.get(fold(value), [])
        return self._only(fitting, value) if fitting else Found()

    def _told(self, record: Record, values: Mapping[str, Any], row: int) -> Found:
        """The record an export of ours named, whatever it is called now; only a new ID must be nobody else's."""
        owner = values.get(self.info.within, record.get(self.info.within)) if self.info.within else None
        merged = {**record, **values}
        ref = self._ref(merged)
        for value, word in ((ref, "ref"), (self.title(merged), "title")):
            if value is None:
                continue
            first = self.seen.setdefault((owner, word, fold(value)), row)
            if first != row and word == "ref" and self._ref(values) is not None:
                return Found(problem=f"{self.where(first)} of this sheet has the same ID; keep one of the two.")
        return Found(record)

    def _by_key(self, owner: Any, ref: Any, title: Any) -> Found:
        if ref is not None:
            fitting = self.by_ref.get((owner, fold(ref)), [])
            if fitting:
                return self._only(fitting, ref)
            if owner is not None and not str(owner).startswith("?") and (found := self._without_owner(ref, title)):
                return found
        named = self.by_title.get((owner, fold(title)), []) if title is not None else []
        if ref is None:
            return self._only(named, title) if named else Found()
        return self._without_ref(named, str(ref))

    def _without_owner(self, ref: Any, title: Any) -> Found | None:
        """A record of that reference and name that belonged to nothing yet."""
        called = [
            each
            for each in self.nobodys.get(fold(ref), [])
            if title is None or fold(each.get(self.info.title)) == fold(title)
        ]
        note = f"It had no {self.info.within} yet and gets one."
        return Found(called[0], note=note) if len(called) == 1 else None

    def _without_ref(self, named: list[Record], ref: str) -> Found:
        """A reference nobody has: the record of that name if it has none yet, or one that was misspelt."""
        if len(named) != 1:
            return Found()
        kept = self._ref(named[0])
        if not kept:
            return Found(named[0], note="It was found by its name and gets its ID.")
        if _same_shape(kept, ref) and fold(kept) not in self.refs:
            return Found(named[0], note=f"It was found by its name; its ID changes from {kept}.")
        return Found()

    def _only(self, fitting: list[Record], key: Any) -> Found:
        if len(fitting) == 1:
            return Found(fitting[0])
        if self.info.by:
            return Found(problem=f"It fits {len(fitting)} {self.info.many} here; give the ID, or change it here.")
        return Found(problem=f"“{key}” fits {len(fitting)} {self.info.many}; give the ID, or rename one of them.")

    def _no_key(self) -> str:
        keys = "neither an ID nor a name" if self.info.ref else "no name"
        return f"The row has {keys}, so no {self.info.one} can be told by it."


def find_label(info: RegisterInfo, name: str) -> str:
    """What a field of a register is called in a sentence."""
    if name.startswith(CUSTOM_PREFIX):
        return "such value"
    label = find_field(info.entity.__tablename__, name).label
    return label if label.isupper() else label[:1].lower() + label[1:]


def _same_shape(one: str, other: str) -> bool:
    """Whether two references are the same once O, I and L are read as digits."""
    return fold(one).translate(_LIKE) == fold(other).translate(_LIKE)
