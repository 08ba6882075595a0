"""Rows that are hidden, filtered away or struck through: asked about, then read, left out or closed as told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pmo_desktop.exchange.plan import ColumnMap, ImportOptions, Question, Struck, Treatment
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.model.register import Ending
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.wording import count_text

_CLOSING = "(struck-through rows)"


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes a row of a register."""

    field: Field
    ending: Ending
    rows: frozenset[int]  # the rows of the sheet (from 0) that are struck through

    def close(self, row: int, values: dict[str, Any]) -> None:
        """Close a row that is struck through; a cancelled one stays cancelled."""
        if row in self.rows and not self.ending.is_over(values):
            values[self.field.name] = self.ending.value

    def column(self) -> ColumnMap:
        """How the preview shows it where the table has no column of that field."""
        why = f"{count_text(len(self.rows), 'row')} struck through"
        place = -1  # no column of the sheet
        return ColumnMap(
            place, "", _CLOSING, Treatment.FIELD, self.field.name, self.field.label, self.field.kind, 0.9, why
        )


def leave_out(table: Table, options: ImportOptions) -> None:
    """Take the rows out of a table that a person does not want; they are listed with the reason."""
    if options.hidden is False:
        table.leave_out(table.sheet.hidden_rows, "hidden in the workbook, and left out as you said")
    if options.struck is Struck.LEAVE:
        table.leave_out(table.sheet.struck, "struck through, and left out as you said")


def find_closing(table: Table, entity: str, options: ImportOptions) -> Closing | None:
    """How the struck rows of a table are closed; None when there are none, they are only read, or nothing can close."""
    rows = frozenset(table.sheet.struck).intersection(table.records)
    if not rows or options.struck not in (None, Struck.CLOSE):
        return None
    ending = BY_ENTITY[entity].ending
    return Closing(find_field(entity, ending.field), ending, rows) if ending else None


def row_questions(table: Table, entity: str, options: ImportOptions) -> list[Question]:
    """What hidden and struck rows leave open, with what is done until somebody answers."""
    found: list[Question] = []
    sheet, total = table.sheet, len(table.records)
    if (hidden := _count(table, sheet.hidden_rows)) and options.hidden is None:
        text = f"{sheet.name}: {_of(hidden, total)} hidden or filtered away; so far {_they(hidden)} read too."
        found.append(Question("hidden", sheet.name, "", text, ("read", "leave")))
    if (struck := _count(table, sheet.struck)) and options.struck is None:
        done = "closed" if BY_ENTITY[entity].ending else "read like any other"
        text = f"{sheet.name}: {_of(struck, total)} struck through; so far {_they(struck)} {done}."
        found.append(Question("struck", sheet.name, "", text, tuple(map(str, Struck))))
    return found


def row_notes(table: Table) -> list[str]:
    """How many such rows a table that is not kept has."""
    marks = ((table.sheet.hidden_rows, "hidden"), (table.sheet.struck, "struck through"))
    counts = ((_count(table, rows), what) for rows, what in marks)
    return [f"{table.sheet.name}: {_of(count, len(table.records))} {what}." for count, what in counts if count]


def _of(count: int, total: int) -> str:
    return f"{count:,} of {count_text(total, 'row')} {'is' if count == 1 else 'are'}"


def _they(count: int) -> str:
    return "it is" if count == 1 else "they are"


def _count(table: Table, rows: Collection[int]) -> int:
    return len(set(rows).intersection(table.records)) if rows else 0
