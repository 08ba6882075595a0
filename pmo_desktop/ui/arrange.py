"""The order of a table's lines: records filtered, found, sorted and grouped, without any window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.ui.columns import Column, no_sum_words
from pmo_desktop.ui.filter import Condition, compile_conditions
from pmo_desktop.ui.kinds import Reading, Row, cell_text, sort_key

NO_RATING = "N"
Kept = Mapping[tuple[str, str], Mapping[str, Any]]


class Record:
    """One row of the register with its cells already in words."""

    __slots__ = ("blob", "id", "place", "row", "texts")

    def __init__(self, row: Row, place: int, columns: Sequence[Column], reading: Reading, kept: Kept) -> None:
        self.place = place  # among all records, as loaded
        self.id: str = row["id"]
        self.fill(row, columns, reading, kept)

    def fill(self, row: Row, columns: Sequence[Column], reading: Reading, kept: Kept) -> None:
        """Put a row's cells into words; a text kept from an import is found too where it is shown."""
        self.row = row
        self.texts = tuple([column.words(row, reading) for column in columns])
        found = (
            [str(kept[self.id, each.name]["text"]) for each in columns if (self.id, each.name) in kept] if kept else []
        )
        self.blob = "\n".join((*self.texts, *found) if found else self.texts).casefold()


class Group:
    """A heading among the lines, with the records under it."""

    __slots__ = ("_totals", "key", "label", "open", "records")

    def __init__(self, key: Any, label: str) -> None:
        self.key = key
        self.label = label
        self.open = True
        self.records: list[Record] = []
        self._totals: dict[str, str] = {}

    def total(self, column: Column, reading: Reading) -> str:
        """The group's figure in a column, worked out when it is first painted."""
        found = self._totals.get(column.name)
        if found is None:
            found = self._totals[column.name] = column.figure([each.row for each in self.records], reading)
        return found

    def why_no_total(self, column: Column) -> str:
        """Why the group has no figure in a column that has figures elsewhere; empty when nothing is amiss."""
        if column.total is None or column.may_add([each.row for each in self.records]):
            return ""
        return f"{no_sum_words(column.label)}."

    def ratings(self, name: str) -> list[tuple[str, int]]:
        """How often each rating occurs, worst first; "N" is not rated."""
        counts: dict[str, int] = {}
        for record in self.records:
            code = record.row.get(name) or NO_RATING
            counts[code] = counts.get(code, 0) + 1
        return sorted(counts.items(), key=lambda each: _RATING_ORDER.find(f" {each[0]} "))

    def forget(self) -> None:
        """Work the figures out anew when they are next asked for."""
        self._totals.clear()


_RATING_ORDER = " R  AR  A  AG  G  C  N "
Line = Record | Group


@dataclass(slots=True)
class Wanted:
    """How a person wants the table arranged."""

    conditions: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()  # field and whether descending, the most important first
    group: str | None = None
    find: str = ""


@dataclass(slots=True)
class Arrangement:
    """Records and the order they are shown in; each step keeps its result for the next change of a later step."""

    columns: tuple[Column, ...] = ()
    fields: dict[str, Field] = field(default_factory=dict)  # all that may be filtered, sorted or grouped by
    reading: Reading = field(default_factory=Reading)
    kept: Kept = field(default_factory=dict)  # texts kept from an import, by (row, field)
    records: list[Record] = field(default_factory=list)
    wanted: Wanted = field(default_factory=Wanted)
    lines: list[Line] = field(default_factory=list)
    shown: list[Record] = field(default_factory=list)  # that pass filters and find, in order, folded groups included
    groups: list[Group] = field(default_factory=list)
    closed: set[Any] = field(default_factory=set)
    by_id: dict[str, Record] = field(default_factory=dict)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)  # sums over the records shown, until they change
    _ordered: list[Record] | None = None
    _found: str = ""  # what was looked for last, and among which records: a further letter only narrows that
    _found_in: list[Record] | None = None
    _keys: dict[str, list[Any]] = field(default_factory=dict)

    def load(self, rows: Iterable[Row]) -> None:
        """Take rows anew."""
        self.records = [Record(row, place, self.columns, self.reading, self.kept) for place, row in enumerate(rows)]
        self.by_id = {record.id: record for record in self.records}
        self.forget_order()

    def forget_order(self, *, values_changed: bool = True) -> None:
        """Work filters and sorting out anew at the next arranging."""
        self._ordered = None
        if values_changed:
            self._keys.clear()

    def replace(self, rows: Mapping[str, Row]) -> None:
        """Put new rows in the place of those with the same id, keeping the lines where they are."""
        for identity, row in rows.items():
            record = self.by_id.get(identity)
            if record is not None:
                record.fill(row, self.columns, self.reading, self.kept)
        for group in self.groups:
            if not rows.keys().isdisjoint([record.id for record in group.records]):
                group.forget()
        self.totals.clear()
        self.forget_order()

    def arrange(self) -> None:
        """Bring the lines into the order wanted."""
        if self._ordered is None:
            self._ordered = self._sorted(self._filtered())
        find = self.wanted.find.casefold()
        narrowed = bool(self._found) and find.startswith(self._found) and self._found_in is self._ordered
        self.shown = find_records(self.shown if narrowed else self._ordered, find)
        self._found, self._found_in = find, self._ordered
        self.totals.clear()
        meaning = self.fields.get(self.wanted.group or "")
        divided = meaning is not None and any(record.row.get(meaning.name) for record in self.shown)
        self.groups = self._grouped(self.shown, meaning) if meaning and divided else []
        self.lines = self._folded() if divided else list(self.shown)

    def fold(self, group: Group, *, is_open: bool) -> None:
        """Open or close one group."""
        group.open = is_open
        (self.closed.discard if is_open else self.closed.add)(group.key)
        self.lines = self._folded()

    def _folded(self) -> list[Line]:
        lines: list[Line] = []
        for group in self.groups:
            lines.append(group)
            if group.open:
                lines.extend(group.records)
        return lines

    def _filtered(self) -> list[Record]:
        tests = compile_conditions(self.wanted.conditions, self.fields, self.reading)
        records = self.records
        for test in tests:
            records = [record for record in records if test(record.row)]
        return list(records)

    def _sorted(self, records: list[Record]) -> list[Record]:
        """Sort by each key from the least important on; empty cells stand last in either direction.

        Numbers are sorted instead of records, so that the sorting itself calls nothing written in Python.
        """
        sort = [(name, descending) for name, descending in self.wanted.sort if name in self.fields]
        if not sort:
            return records
        order = [record.place for record in records]
        for name, descending in reversed(sort):
            keys = self._keys_of(name)
            empty = [place for place in order if keys[place] is None]
            filled = [place for place in order if keys[place] is not None] if empty else order
            filled.sort(key=keys.__getitem__, reverse=descending)
            order = filled + empty
        every = self.records
        return [every[place] for place in order]

    def _keys_of(self, name: str) -> list[Any]:
        found = self._keys.get(name)
        if found is None:
            meaning, reading = self.fields[name], self.reading
            found = self._keys[name] = [sort_key(meaning, each.row.get(name), reading) for each in self.records]
        return found

    def _grouped(self, records: list[Record], meaning: Field) -> list[Group]:
        """Groups in the order their first record has; the group of empty cells last."""
        keys = self._group_keys(meaning.name)
        found: defaultdict[Any, list[Record]] = defaultdict(list)
        for record in records:
            found[keys[record.place]].append(record)
        last = found.pop(None, None)
        each = [*found.items(), (None, last)] if last else list(found.items())
        return [self._make_group(key, inside, meaning) for key, inside in each]

    def _make_group(self, key: Any, records: list[Record], meaning: Field) -> Group:
        group = Group(key, self._label(records[0].row, meaning))
        group.records, group.open = records, key not in self.closed
        return group

    def _group_keys(self, name: str) -> list[Any]:
        """Each record's value to group by, an empty text as None; kept until a value changes."""
        kept = f"group {name}"
        if kept not in self._keys:
            self._keys[kept] = [None if (value := each.row.get(name)) == "" else value for each in self.records]
        return self._keys[kept]

    def _label(self, row: Row, meaning: Field) -> str:
        if meaning.kind is Kind.RAG and not row.get(meaning.name):
            return "Not rated"
        return cell_text(meaning, row, self.reading) or f"No {label_inside(meaning.label)}"


def find_records(records: list[Record], find: str) -> list[Record]:
    """The records that hold every word looked for, in the order given."""
    words = find.casefold().split()
    for word in words:
        records = [record for record in records if word in record.blob]
    return records
