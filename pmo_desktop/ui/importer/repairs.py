"""Problems gathered by what mends them, so that one click mends every cell with the same fault."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from pmo_desktop.exchange.plan import Level, Problem, RowKind, TablePlan
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import Rag, rag_label

_NOUNS = {
    Kind.DATE: ("Date", "dates"),
    Kind.MONTH: ("Month", "months"),
    Kind.MONEY: ("Amount", "amounts"),
    Kind.NUMBER: ("Number", "numbers"),
    Kind.PERCENT: ("Percentage", "percentages"),
    Kind.POINT: ("Point", "points"),
    Kind.RAG: ("Rating", "ratings"),
    Kind.YESNO: ("Yes or no", "cells"),
    Kind.CHOICE: ("Word", "words"),
    Kind.PERSON: ("Person", "people"),
    Kind.LINK: ("Name", "names"),
}
_BY_VALUE = (Kind.RAG, Kind.POINT, Kind.CHOICE, Kind.PERSON, Kind.LINK, Kind.YESNO)
_LONGEST = 60


@dataclass(slots=True)
class Repair:
    """Problems that one answer mends."""

    table: TablePlan
    level: Level
    field: str
    label: str
    kind: Kind | None
    problems: list[Problem] = dataclasses.field(default_factory=list)

    @property
    def first(self) -> Problem:
        """The problem that stands first in the sheet."""
        return self.problems[0]

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Texts that would mend all of it, likeliest first."""
        return self.first.suggestions

    @property
    def title(self) -> str:
        """What is wrong, in a few words."""
        if not self.first.text and self.field:
            return f"{self.label} missing"
        if self.level is Level.FIX:
            return f"Row {self.first.row} waits" if len(self.problems) == 1 else f"{len(self.problems):,} rows wait"
        if self.first.written:
            return f"{self.label}: amount to check"
        one, many = _NOUNS.get(self.kind or Kind.TEXT, ("Text", "texts"))
        count = len(self.problems)
        what = f"{one} not read" if count == 1 else f"{count:,} {many} not read"
        return f"{self.label}: {what[:1].lower()}{what[1:]}"

    @property
    def line(self) -> str:
        """Where, and what was found."""
        first = self.first
        where = first.cell.rpartition("!")[2]
        found = shorten(first.text)
        if len(self.problems) == 1:
            return f"{where}: {found}" if found else where
        same = len({each.text for each in self.problems}) == 1
        if same and found:
            return f"{found}, {count_text(len(self.problems), 'time')}"
        return f"{where}: {found} and {len(self.problems) - 1:,} more" if found else f"{where} and more"

    @property
    def speaks(self) -> bool:
        """Whether the reason says more than place and text: it is one for all, and it keeps rows waiting."""
        telling = self.level is Level.FIX or self.first.written
        return telling and len({each.reason for each in self.problems}) == 1

    @property
    def by_value(self) -> bool:
        """Whether an answer is about the word wherever it stands, not about one cell."""
        return bool(self.field) and bool(self.first.text) and (self.kind in _BY_VALUE or len(self.problems) > 1)

    def offer(self, suggestion: str) -> str:
        """The words of the button that takes a suggestion."""
        if self.kind is Kind.RAG:
            return f"Map {shorten(self.first.text, 12)} to {_rating(suggestion)}"
        if not self.first.text:
            return f"Assign {suggestion}"
        return f"Use {shorten(suggestion, 24)}"


def gather_repairs(tables: Iterable[TablePlan]) -> list[Repair]:
    """The repairs of some tables: what keeps rows waiting first, then in the order of the sheet; notes are none."""
    found: dict[tuple[object, ...], Repair] = {}
    for table in tables:
        columns = {each.field: each for each in table.columns if each.field}
        for problem in table.problems:
            if problem.level is Level.NOTE:
                continue
            column = columns.get(problem.field)
            label, kind = (column.label, column.kind) if column else ("", None)
            key = (id(table), problem.level, problem.field, *_likeness(problem))
            repair = found.get(key)
            if repair is None:
                repair = found[key] = Repair(table, problem.level, problem.field, label, kind)
            repair.problems.append(problem)
    return sorted(found.values(), key=lambda each: each.level is not Level.FIX)


def waiting_rows(tables: Iterable[TablePlan]) -> list[tuple[TablePlan, int]]:
    """The rows that would not be written: their table and 1-based row."""
    return [(table, row.row) for table in tables for row in table.rows if row.kind is RowKind.REJECTED]


def headline(repairs: Iterable[Repair], conflicts: int = 0) -> str:
    """How much is to be done: `4 cells must be fixed, 2 conflicts to settle, 1 cell needs a look`."""
    fix = look = 0
    for repair in repairs:
        if repair.level is Level.FIX:
            fix += len(repair.problems)
        else:
            look += len(repair.problems)
    parts = []
    if fix:
        parts.append(f"{count_text(fix, 'cell')} must be fixed")
    if conflicts:
        parts.append(f"{count_text(conflicts, 'conflict')} to settle")
    if look:
        noun = "" if fix and not conflicts else " cell" if look == 1 else " cells"
        parts.append(f"{look:,}{noun} {'needs' if look == 1 else 'need'} a look")
    return ", ".join(parts) or "Every cell was read"


def shorten(text: str, most: int = _LONGEST) -> str:
    """A text on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _likeness(problem: Problem) -> tuple[object, ...]:
    """What equal repairs share: the same word to map, or for cells without a suggestion only their column."""
    if problem.written:
        return (problem.cell,)  # each amount has a mend of its own
    if problem.suggestions or (problem.level is Level.FIX and problem.field):
        return (problem.text.casefold(), problem.suggestions)
    return ("",) if problem.field else (problem.reason,)


def _rating(code: str) -> str:
    return rag_label(code) if code in set(Rag) else code
