"""Rows whose keys mislead: references that moved to other records, and names that are nearly those of a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.links import fold
from pmo_desktop.exchange.match import Found, Matcher
from pmo_desktop.exchange.plan import Question
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.store.pace import through
from pmo_desktop.store.rows import Record

SURE, LIKELY = 90, 80  # likeness of names, of 100: taken with another fact in common; asked
CLEARLY = 8  # how much better than the second best
_NEAR, _FAR = 45, 370  # days between two dates that agree, that speak against it
_SAME_SUM, _OTHER_SUM = 1.1, 3.0  # factors between two amounts likewise
_COMMON = 20  # a word that more records share tells nothing
_DIGITS = re.compile(r"\d+")
NEW = "new"  # the answer that a row is none of the records


class Row(NamedTuple):
    """One row as it was read, and the record it belongs to."""

    row: int  # 0-based
    values: dict[str, Any]
    odd: list[Any]
    found: Found
    owner: Any = None  # what it belongs to, as Matcher.owner_of says


@dataclass(slots=True)
class Second:
    """A second look at all rows of a table together. `answers` are row numbers (1-based) with an id or "new"."""

    info: RegisterInfo
    matcher: Matcher
    kinds: Mapping[str, Kind]
    answers: Mapping[int, str]
    sheet: str
    questions: list[Question] = field(default_factory=list)

    def look(self, rows: list[Row]) -> list[Row]:
        """The rows, each with the record it is after all; what stays doubtful is asked."""
        rows = [self._answered(each) for each in through(rows)]
        if self.info.entity.__tablename__ == "person" or self.info.by or self.matcher.on:
            return self._once(rows)  # people of like names are two; rows without a name, or answered, are what they say
        rows = self._moved(rows)
        claimed = {each.found.record["id"] for each in rows if each.found.record}
        if len(claimed) < len(self.matcher.by_id):
            rows = self._renumbered(rows, claimed)
            rows = self._like(rows, claimed)
        return self._once(rows)

    def _answered(self, row: Row) -> Row:
        answer = self.answers.get(row.row + 1)
        if answer is None:
            return row
        record = self.matcher.by_id.get(answer)
        return row._replace(found=Found(record, note="You said which one it is." if record else "You said it is new."))

    def _moved(self, rows: list[Row]) -> list[Row]:
        """References beside the names of other records: the names are believed where more speaks for them."""
        other = {place: found for place, row in enumerate(through(rows)) if (found := self._by_other_name(row))}
        consistent = {
            row.found.record["id"] for place, row in enumerate(rows) if row.found.record and place not in other
        }
        other = {place: record for place, record in other.items() if record["id"] not in consistent}
        by_name = self._is_by_name([(rows[place], record) for place, record in other.items()])
        for place, record in other.items():
            row, held = rows[place], rows[place].found.record or {}
            if by_name:
                rows[place] = row._replace(found=Found(record, note=self._renamed(record, row)))
            else:
                note = (
                    f"Its ID is that of “{held.get(self.info.title)}”, its name is that of another; the ID was taken."
                )
                rows[place] = row._replace(found=Found(held, note=note))
                self._ask(row, [held, record], note)
        return rows

    def _is_by_name(self, doubtful: Sequence[tuple[Row, Record]]) -> bool:
        """Whether more speaks for the records that rows are called as than for those whose references they have.

        Where nothing tells, one row is believed its reference, and several their names: a file was renumbered then.
        """
        called = sum(self._agreement(row.values, record) for row, record in doubtful)
        numbered = sum(self._agreement(row.values, row.found.record or {}) for row, _ in doubtful)
        return called > numbered or (called == numbered and len(doubtful) > 1)

    def _by_other_name(self, row: Row) -> Record | None:
        """The one other record that is called as a row is which was found by its reference."""
        record, title = row.found.record, row.values.get(self.info.title)
        ref = row.values.get(self.info.ref) if self.info.ref else None
        if record is None or ref is None or title is None or self.answers.get(row.row + 1):
            return None
        if fold(title) == fold(record.get(self.info.title)) or fold(record.get(self.info.ref or "")) != fold(ref):
            return None
        named = [each for each in self._named(row, title) if each["id"] != record["id"]]
        return named[0] if len(named) == 1 else None

    def _named(self, row: Row, title: object) -> list[Record]:
        named = self.matcher.by_title.get((row.owner, fold(title)), [])
        before = self.matcher.said.get((row.owner, "title", fold(title)))  # renamed here since
        return [*named, before] if before and before not in named else named

    def _renumbered(self, rows: list[Row], claimed: set[str]) -> list[Row]:
        """Rows with a reference nobody has, called exactly as one record that no other row is."""
        for place, row in enumerate(through(rows)):
            title = row.values.get(self.info.title)
            if not self._is_open(row) or title is None:
                continue
            named = self._named(row, title)
            if len(named) != 1 or named[0]["id"] in claimed:
                continue
            agreement = self._agreement(row.values, named[0])
            if agreement > 0:
                claimed.add(named[0]["id"])
                rows[place] = row._replace(found=Found(named[0], note=self._renamed(named[0], row)))
            elif agreement == 0:
                self._ask(row, named, "It has the name of a record with another ID")
        return rows

    def _like(self, rows: list[Row], claimed: set[str]) -> list[Row]:
        """Rows that nothing fits, with names nearly those of records that no row is."""
        index = self._index(claimed)
        asked = {int(question.header) for question in self.questions}
        for place, row in enumerate(through(rows)):
            title = row.values.get(self.info.title)
            if not self._is_open(row) or not isinstance(title, str) or row.row + 1 in asked:
                continue
            scored = sorted(self._scored(row, title, index), key=lambda pair: -pair[0])
            scored = [pair for pair in scored if pair[1]["id"] not in claimed and pair[0] >= LIKELY]
            if not scored:
                continue
            score, best = scored[0]
            clear = len(scored) == 1 or score - scored[1][0] >= CLEARLY
            agreement = self._agreement(row.values, best)
            if score >= SURE and clear and agreement > 0 and not self._has_other_ref(row, best):
                claimed.add(best["id"])
                note = f"Its name is like “{best[self.info.title]}”, with other facts in common: it was taken for it."
                rows[place] = row._replace(found=Found(best, note=note))
            elif agreement >= 0:
                self._ask(row, [pair[1] for pair in scored[:3]], "Its name is like one that no row has")
        return rows

    def _index(self, claimed: Collection[str]) -> dict[tuple[Any, str], list[Record]]:
        """Records that no row is, by their owner and each telling word of their names."""
        index: defaultdict[tuple[Any, str], list[Record]] = defaultdict(list)
        for identity, record in through(self.matcher.by_id.items()):
            title = record.get(self.info.title)
            if identity not in claimed and isinstance(title, str):
                owner = self.matcher.owners.get(identity)
                for word in set(normalise(title).split()):
                    index[owner, word].append(record)
        return {key: records for key, records in index.items() if len(records) <= _COMMON}

    def _scored(
        self, row: Row, title: str, index: Mapping[tuple[Any, str], list[Record]]
    ) -> Iterator[tuple[float, Record]]:
        plain = normalise(title)
        near = {record["id"]: record for word in plain.split() for record in index.get((row.owner, word), ())}
        for record in near.values():
            other = normalise(record[self.info.title])
            if _DIGITS.findall(plain) == _DIGITS.findall(other):  # Phase 1 and Phase 2 are two
                yield fuzz.token_sort_ratio(plain, other), record

    def _once(self, rows: list[Row]) -> list[Row]:
        """No record is two rows."""
        first: dict[str, int] = {}
        for place, row in enumerate(through(rows)):
            if row.found.record is None:
                continue
            taken = first.setdefault(row.found.record["id"], row.row + 1)
            if taken != row.row + 1:
                problem = f"{self.matcher.where(taken)} of this sheet is the same {self.info.one}; keep one of the two."
                rows[place] = row._replace(found=Found(problem=problem))
        return rows

    def _agreement(self, values: Mapping[str, Any], record: Mapping[str, Any]) -> int:
        """How many facts speak for a row being a record, less those that speak against it."""
        return sum(
            _speaks(kind, values.get(name), record.get(name))
            for name, kind in self.kinds.items()
            if name != self.info.within
        )

    def _is_open(self, row: Row) -> bool:
        return row.found.record is None and not row.found.problem and row.row + 1 not in self.answers

    def _has_other_ref(self, row: Row, record: Record) -> bool:
        ref = self.info.ref
        return bool(ref and row.values.get(ref) and record.get(ref))

    def _renamed(self, record: Record, row: Row) -> str:
        ref = self.info.ref or ""
        return f"It was found by its name; its ID changes from {record.get(ref)} to {row.values.get(ref)}."

    def _ask(self, row: Row, records: list[Record], why: str) -> None:
        label = row.values.get(self.info.title)
        called = " or ".join(f"“{self._call(record)}”" for record in records)
        text = f"{self.sheet}, row {row.row + 1}: is “{label}” {called}? {why.rstrip('.')}."
        choices = (*(record["id"] for record in records), NEW)
        words = (*(self._call(record) for record in records), f"A new {self.info.one}")
        self.questions.append(Question("same", self.sheet, str(row.row + 1), text, choices, words))

    def _call(self, record: Record) -> str:
        names = (record.get(self.info.ref) if self.info.ref else None, record.get(self.info.title))
        return " ".join(str(each) for each in names if each)


def _speaks(kind: Kind, one: Any, other: Any) -> int:
    """1 for two values that agree, -1 for two that cannot be of the same record, 0 for what tells nothing."""
    if one is None or other is None:
        return 0
    if kind in (Kind.DATE, Kind.MONTH) and isinstance(one, date) and isinstance(other, date):
        days = abs((one - other).days)
        return 1 if days <= _NEAR else -1 if days >= _FAR else 0
    if kind is Kind.MONEY and one and other:
        factor = max(one / other, other / one)
        return 1 if 0 < factor <= _SAME_SUM else -1 if factor >= _OTHER_SUM or factor < 0 else 0
    return int(kind in (Kind.PERSON, Kind.LINK) and one == other)
