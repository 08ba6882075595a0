"""A wide table read as a long one: one row a value, each with the address that it has on its sheet.

The rows of the long table follow the header of the wide one (see `grid.Long`), so that messages name the sheet's cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pmo_desktop.exchange.grid import HEADER, VALUE, Cell, Long, letter
from pmo_desktop.exchange.plan import ColumnMap, Question, Treatment
from pmo_desktop.exchange.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a long table: its header, the sheet's column that says it (or HEADER, VALUE), and its field.

    `field` is empty for one that finds its field as any column does, and for one that is read by whoever made it.
    """

    header: str
    place: int
    field: str = ""


@dataclass(slots=True)
class LongTable:
    """A table with one row a value, what it is, and what the wide one leaves open."""

    register: str
    table: Table
    parts: Sequence[Part]
    traits: dict[str, int] = field(default_factory=dict)  # field of a resource -> column of the long table
    beside: list[ColumnMap] = field(default_factory=list)  # columns that are no data
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lapsed: frozenset[int] = frozenset()  # rows that end a record where there is one, and begin none
    waiting: dict[int, str] = field(default_factory=dict)  # rows of the sheet that wait for an answer, and why
    covers: tuple[date, date] | None = None  # the days it speaks of
    apart: tuple[str, ...] = ()  # what else tells its rows apart, as where demand and supply are two rows

    @property
    def meant(self) -> dict[str, str]:
        """Header -> field, of the columns whose field is known."""
        return {part.header: part.field for part in self.parts if part.field}

    @property
    def made(self) -> set[str]:
        """Headers of columns that the sheet does not have."""
        return {part.header for part in self.parts if part.place in (HEADER, VALUE)}


def lay_long(
    register: str, table: Table, parts: Sequence[Part], values: Sequence[tuple[int, int]], cells: list[list[Cell]]
) -> LongTable:
    """The long table of a wide one: `values` are the places on the sheet (row, column) that the rows of `cells` are."""
    header = table.header
    layout = replace(table.sheet.layout, long=Long(header, values, [part.place for part in parts]))
    blank: list[list[Cell]] = [[] for _ in range(header + 1)]
    hidden, struck = (_marked(header, values, rows) for rows in (table.sheet.hidden_rows, table.sheet.struck))
    sheet = replace(table.sheet, rows=blank + cells, hidden_rows=hidden, struck=struck, layout=layout, formats={})
    columns = [Column(place, part.header) for place, part in enumerate(parts)]
    shift = max(map(len, table.sheet.rows), default=0) + len(columns)
    facts = {shift + place: fact for place, fact in enumerate(table.facts.values())}
    columns += [Column(place, fact.label, fact=fact) for place, fact in facts.items()]
    made = replace(table, sheet=sheet, columns=columns, facts=facts, bands={}, skipped=list(table.skipped), _turned=[])
    made.records = list(range(header + 1, header + 1 + len(cells)))
    return LongTable(register, made, parts)


def beside(column: Column, why: str) -> ColumnMap:
    """A column of the sheet that is no data of the long table."""
    nowhere = -1
    return ColumnMap(nowhere, letter(column.index), column.name, Treatment.IGNORED, None, column.name, None, 0.0, why)


def _marked(header: int, values: Sequence[tuple[int, int]], rows: Sequence[int]) -> list[int]:
    marked = set(rows)
    return [header + 1 + place for place, (row, _) in enumerate(values) if row in marked] if marked else []
