"""Three ways to look at a cell: what the file said last time, what it says now, and what the portfolio holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from pmo_desktop.exchange.grid import Sheet
from pmo_desktop.exchange.plan import (
    Answer,
    CellText,
    ColumnMap,
    Conflict,
    ImportOptions,
    Mark,
    RowKind,
    RowPlan,
    cell_place,
)
from pmo_desktop.store.lineages import Lineage, Named
from pmo_desktop.store.past import Past, Setters, Words
from pmo_desktop.store.rows import Record, custom_raw, custom_value

Same = Callable[[Any, Any], bool]


class Cell(NamedTuple):
    """What a cell holds, or a file says it holds: its value, and the words kept beside it."""

    value: Any
    words: Words | None = None
    read: bool = True  # False for a file's words that could not be read as a value

    @property
    def comment(self) -> str | None:
        """The note attached to the cell."""
        return self.words[1] if self.words else None


class Verdict(Enum):
    """What becomes of one cell."""

    SAME = "same"  # both say the same
    WRITE = "write"  # the file's is written
    KEEP = "keep"  # the file says what it said, the portfolio's stays
    CONFLICT = "conflict"  # both have changed; somebody must say


def settle(theirs: Cell, ours: Cell, base: Cell | None, same: Same, by_hand: Callable[[], bool]) -> Verdict:
    """The verdict on one cell. Without a base a value that a person typed is never written over unasked.

    Words that cannot be read take no value away, so they are kept beside whatever value there is. A value that is only
    written otherwise than last time (31/03/2027 for "end Mar 27") is nothing new to ask about; a new comment is.
    """
    agree = not theirs.read or same(theirs.value, ours.value)
    if agree and theirs.words == ours.words:
        return Verdict.SAME
    if base is None:
        return Verdict.CONFLICT if not agree and by_hand() else Verdict.WRITE
    if theirs.words == base.words and (not theirs.read or same(theirs.value, base.value)):
        return Verdict.KEEP
    if not agree and same(theirs.value, base.value) and theirs.comment == base.comment:
        return Verdict.KEEP
    return Verdict.WRITE if agree or same(ours.value, base.value) else Verdict.CONFLICT


@dataclass(slots=True)
class Base:
    """What one file said of each record last time.

    `stamp` is the batch an export of ours was written after: its cells are then their own base.
    """

    past: Past
    lineage: Lineage | None = None
    named: Mapping[str, Named] = field(default_factory=dict)
    stamp: int | None = None

    def of(self, record: Record, name: str, words: Words | None) -> Cell | None:
        """What the file said of a cell; None when it never said anything. `words` are those kept beside it now."""
        row = record["id"]
        named = self.named.get(row)
        if named and name in named.said:
            return self._told(name, named.said[name])
        since = self._since(named, name)
        if since is None:
            return None
        value = self.past.value(row, name, since, record.get(name))
        return Cell(value, self.past.text(row, name, since, words))

    def _since(self, named: Named | None, name: str) -> int | None:
        """The batch whose state is the base of a cell."""
        if self.stamp is not None:
            return self.stamp
        if named is None or self.lineage is None or name not in self.lineage.since:
            return None
        return max(named.batch, self.lineage.since[name])

    def _told(self, name: str, said: list[Any]) -> Cell | None:
        if not said:
            return None
        kind = self.past.kinds.get(name)
        value = custom_value(kind, said[0]) if kind else said[0]
        return Cell(value, (said[1], said[2]) if len(said) > 1 else None)


@dataclass(slots=True)
class Merge:
    """Compares the rows of one table with their records. `columns` are its own by field name."""

    base: Base
    options: ImportOptions
    setters: Callable[[], Setters]
    sames: Mapping[str, Same]
    columns: Mapping[str, ColumnMap]
    sheet: Sheet
    touched: dict[str, dict[str, Cell | None]] = field(default_factory=dict)  # record -> cells -> their next base

    def compare(self, plan: RowPlan, record: Record, texts: Mapping[tuple[str, str], Record]) -> None:
        """Fill in what applying the row writes, what it leaves alone, and what must be asked."""
        new: set[str] = set()
        dropped: set[str] = set()
        for name in self._differing(plan, record, texts):
            ours = Cell(record.get(name), words_of(texts.get((record["id"], name))))
            theirs = _said(plan, name, ours)
            if self._takes(plan, name, theirs, ours, record):
                if theirs.value is not ours.value and not self._same(name)(theirs.value, ours.value):
                    plan.old[name] = ours.value
                if theirs.words != ours.words:
                    (new if theirs.words else dropped).add(name)
        plan.new_texts, plan.dropped_texts = frozenset(new), frozenset(dropped)
        plan.kind = RowKind.CHANGED if plan.old or new or dropped else RowKind.UNCHANGED

    def _differing(self, plan: RowPlan, record: Record, texts: Mapping[tuple[str, str], Record]) -> list[str]:
        """The fields of which the file says something else than what is held."""
        found = [
            name
            for name, value in plan.values.items()
            if (old := record.get(name)) != value and not self._same(name)(value, old)
        ]
        identity = record["id"]
        for name, text in plan.texts.items():
            if words_of(texts.get((identity, name))) != (text.text, text.comment) and name not in found:
                found.append(name)
        if texts:
            found += [
                name
                for name in plan.values
                if name not in plan.texts and (identity, name) in texts and name not in found
            ]
        return found

    def _takes(self, plan: RowPlan, name: str, theirs: Cell, ours: Cell, record: Record) -> bool:
        """Whether the file's saying is written; what is not is noted in the plan."""
        base = self.base.of(record, name, ours.words)
        verdict = settle(theirs, ours, base, self._same(name), lambda: self._by_hand(record["id"], name, ours))
        if verdict is Verdict.WRITE:
            return True
        next_base: Cell | None = theirs
        if verdict is Verdict.CONFLICT:
            conflict = self._conflict(plan, name, theirs, ours, base, record)
            plan.conflicts[name] = conflict
            if conflict.answer is Answer.THEIRS:
                return True
            next_base = base if conflict.answer is Answer.ASK else theirs
        elif verdict is Verdict.KEEP:
            plan.kept |= {name}
        if verdict is not Verdict.SAME:
            plan.held[name] = ours.value
            self.touched.setdefault(record["id"], {})[name] = next_base
        return False

    def _conflict(
        self, plan: RowPlan, name: str, theirs: Cell, ours: Cell, base: Cell | None, record: Record
    ) -> Conflict:
        setter = self.setters().of(record["id"], name)
        who, at = (setter.who, setter.at) if setter else ("", None)
        address = self.sheet.full_address(cell_place(self.sheet.layout, plan.row, self.columns.get(name)))
        answer = self.options.cells_resolved.get(address) or self._of_column(name) or self.options.resolve
        return Conflict(_shown(base), _shown(theirs), _shown(ours), who, at, Answer(answer))

    def _of_column(self, name: str) -> Answer | None:
        """What was said of a whole column, under its field's name, its header or its label."""
        told = self.options.columns_resolved
        if not told or name in told:
            return told.get(name)
        column = self.columns.get(name)
        words = {column.header.casefold(), column.label.casefold()} if column else set()
        return next((answer for key, answer in told.items() if key.casefold() in words), None)

    def _by_hand(self, row: str, name: str, ours: Cell) -> bool:
        """Whether a person set the cell's present value in the program."""
        if (row, name) in self.base.past.before:
            return False  # another table of this very file did
        setter = self.setters().of(row, name)
        return bool(setter and setter.by_hand and (ours.value is not None or self._edited(row, name)))

    def _edited(self, row: str, name: str) -> bool:
        """Whether an empty cell was emptied, rather than never filled."""
        return (row, name) in self.setters().last

    def _same(self, name: str) -> Same:
        return self.sames.get(name, _equal)

    def mark(self, plan: RowPlan, record: Record | None, texts: Mapping[tuple[str, str], Record]) -> Mark | None:
        """What is to be remembered of a row; None when what is remembered already says it."""
        identity = plan.id or ""
        named = self.base.named.get(identity)
        touched = self.touched.get(identity, {})
        if record is None:
            return Mark("", identity, self.sheet.layout.line(plan.row))
        still = named is not None and plan.kind is RowKind.UNCHANGED and named.last is None
        if named and still and not self._has_moved(plan, record, named, texts):
            return None
        said = dict(touched)
        for name in self._unsaid(plan, record, named):
            said[name] = self.base.of(record, name, words_of(texts.get((identity, name))))
        packed = {
            name: self._packed(name, cell)
            for name, cell in said.items()
            if not self._is_one(name, cell, Cell(record.get(name), words_of(texts.get((identity, name)))))
        }
        return Mark(named.id if named else "", identity, self.sheet.layout.line(plan.row), said=packed)

    def _unsaid(self, plan: RowPlan, record: Record, named: Named | None) -> Iterable[str]:
        """The fields this row says nothing of now, whose base must not become what the portfolio holds."""
        if named is None:
            return self._blank_in_new(plan, record, {})
        before = {*named.said, *self.base.past.changed(record["id"], named.batch)}
        return [*(name for name in before if name not in plan.values), *self._blank_in_new(plan, record, self._since)]

    def _blank_in_new(self, plan: RowPlan, record: Record, since: Mapping[str, int]) -> list[str]:
        """The fields of columns that are new in the file, blank in this row where the portfolio has a value."""
        silent = (name for name in self.columns if name not in plan.values)
        return [name for name in silent if name not in since and record.get(name) is not None]

    @property
    def _since(self) -> Mapping[str, int]:
        return self.base.lineage.since if self.base.lineage else {}

    def _has_moved(self, plan: RowPlan, record: Record, named: Named, texts: Mapping[tuple[str, str], Record]) -> bool:
        """Whether the next base of an unchanged row would be another one, were nothing remembered of the row now.

        It stays what it was, such as when the portfolio came to hold itself what the file says; and a column that the
        file did not have before is taken to have said what is held.
        """
        if self._blank_in_new(plan, record, self._since):
            return True
        touched, known = self.touched.get(named.row, {}), {*named.said, *self._since}
        for name in {*touched, *named.said, *self.base.past.changed(named.row, named.batch)} & plan.values.keys():
            ours = Cell(record.get(name), words_of(texts.get((named.row, name))))
            stays = self.base.of(record, name, ours.words) if name in known else ours
            if not self._is_one(name, stays, touched.get(name, ours)):
                return True
        return False

    def _is_one(self, name: str, one: Cell | None, other: Cell | None) -> bool:
        if one is None or other is None:
            return one is other
        return self._same(name)(one.value, other.value) and one.words == other.words

    def _packed(self, name: str, cell: Cell | None) -> list[Any]:
        if cell is None:
            return []
        kind = self.base.past.kinds.get(name)
        raw = custom_raw(kind, cell.value) if kind else cell.value
        return [raw, *cell.words] if cell.words else [raw]


def words_of(kept: Record | None) -> Words | None:
    """The words kept beside a cell, with their comment."""
    return (kept["text"], kept["comment"]) if kept else None


def overlap(named: Collection[str], claimed: Collection[str]) -> float:
    """Which share of the smaller of two sets of records is in both."""
    smaller = min(len(named), len(claimed))
    return len(set(named).intersection(claimed)) / smaller if smaller else 0.0


def _said(plan: RowPlan, name: str, ours: Cell) -> Cell:
    text: CellText | None = plan.texts.get(name)
    words = (text.text, text.comment) if text else None
    if name in plan.values:
        return Cell(plan.values[name], words)
    return Cell(ours.value, words, read=False)


def _shown(cell: Cell | None) -> Any:
    return cell.value if cell else None


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)
