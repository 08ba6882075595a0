"""Cells that both the file and the portfolio changed: which there are, and the answers that settle them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pmo_desktop.exchange.plan import Answer, ColumnMap, Conflict, ImportOptions, RowPlan, TablePlan
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.importer.cell_texts import cell_keys


@dataclass(frozen=True, slots=True)
class Clash:
    """One cell in conflict, open or answered."""

    table: TablePlan
    row: RowPlan
    column: ColumnMap
    conflict: Conflict

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.conflict.answer is Answer.ASK

    @property
    def title(self) -> str:
        """Which cell it is."""
        return f"{self.column.label} of {self.row.label or f'row {self.row.row}'}"


def gather_clashes(tables: Iterable[TablePlan]) -> list[Clash]:
    """Every conflict in the order of the sheets."""
    found = []
    for table in tables:
        columns = {each.field: each for each in table.columns if each.field}
        for row in table.rows:
            for name, conflict in row.conflicts.items():
                if name in columns:
                    found.append(Clash(table, row, columns[name], conflict))
    return found


def count_open(tables: Iterable[TablePlan]) -> int:
    """How many cells wait for somebody to say whose value it is to be."""
    return sum(len(row.open) for table in tables for row in table.rows if row.conflicts)


def open_words(tables: Iterable[TablePlan]) -> str:
    """How many conflicts are open: `3 conflicts stay open`; empty when none is."""
    count = count_open(tables)
    return f"{count_text(count, 'conflict')} {'stays' if count == 1 else 'stay'} open" if count else ""


def settle_cell(options: ImportOptions, clash: Clash, answer: Answer) -> Mapping[str, Any]:
    """The options that settle one cell; ASK opens it again."""
    keys = cell_keys(clash.table.sheet, clash.table.address(clash.row, clash.column))
    return {"cells_resolved": {**options.cells_resolved, **dict.fromkeys(keys, answer)}}


def settle_column(options: ImportOptions, clash: Clash, answer: Answer) -> Mapping[str, Any]:
    """The options that settle a whole column: answers given for single cells of it before give way."""
    own = {
        key
        for row in clash.table.rows
        if clash.column.field in row.conflicts
        for key in cell_keys(clash.table.sheet, clash.table.address(row, clash.column))
    }
    cells = {key: given for key, given in options.cells_resolved.items() if key not in own}
    columns = {**options.columns_resolved, clash.column.field or "": answer}
    return {"cells_resolved": cells, "columns_resolved": columns}
