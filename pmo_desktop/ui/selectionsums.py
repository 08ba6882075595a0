"""What the status bar says about a selection: how many rows, and sum, mean and count of its numbers."""

from __future__ import annotations

from collections import defaultdict

from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.wording import money_sign, thousands_text
from pmo_desktop.ui.columns import no_sum_words, sums_by_currency
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.kinds import currency_of, number_text, share_text
from pmo_desktop.ui.outline import Outline

_NUMBERS = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY)
_MOST_CELLS = 200_000


def selection_text(grid: Grid, outline: Outline) -> str:
    """Parts separated by ` | `: rows, selected rows, sum, mean and count of the selection; else the sum of all rows."""
    shown = len(grid.table.arrangement.shown)
    parts = [f"{shown:,} {outline.one if shown == 1 else outline.many}"]
    chosen = len(grid.marked.records())
    if chosen:
        parts.append(f"{chosen:,} selected")
    parts += _numbers_text(grid) if grid.marked.has_range else _column_text(grid)
    return " | ".join(parts)


def _numbers_text(grid: Grid) -> list[str]:
    """Sum, mean and count of the selected numbers, if all are of one kind; money by currency, never mixed."""
    table, reading = grid.table, grid.table.reading
    groups: defaultdict[tuple[Kind, str], list[float]] = defaultdict(list)
    days = set()
    for count, (row, place) in enumerate(grid.marked.cells()):
        record, meaning = table.record(row), table.columns[place].field
        if count > _MOST_CELLS:
            break
        value = record.row.get(meaning.name) if record else None
        if value is not None and meaning.kind in _NUMBERS and record:
            code = currency_of(record.row, reading) if meaning.kind is Kind.MONEY else ""
            groups[meaning.kind, code].append(value)
            days.add(record.row.get(table.columns[place].snapshot))
    wanted = _kind_to_say({kind for kind, _ in groups}, grid)
    found = []
    for (kind, code), values in sorted(groups.items()):
        if kind is not wanted:
            continue
        total, mean = sum(values), sum(values) / len(values)
        if kind is not Kind.PERCENT and len(days) == 1:
            found.append(f"Sum {_said(kind, code, total)}")
        found += [f"Mean {_said(kind, code, mean)}", f"Count {len(values):,}"]
    return found if len(days) < 2 else ["No sum: the rows are of several periods", *found]


def _kind_to_say(kinds: set[Kind], grid: Grid) -> Kind | None:
    """Numbers of different kinds have no sum: those of the current cell's kind are said, else the money."""
    here = grid.table.columns[grid.current_column].field.kind if grid.current_column >= 0 else None
    return (
        here
        if here in kinds
        else next((kind for kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT) if kind in kinds), None)
    )


def _column_text(grid: Grid) -> list[str]:
    """The sum of a money column over all rows shown, when the current cell is in one or there is only one."""
    table = grid.table
    here = table.columns[grid.current_column] if 0 <= grid.current_column < len(table.columns) else None
    column = (
        here
        if here and here.field.kind is Kind.MONEY
        else next((c for c in table.columns if c.total and c.field.kind is Kind.MONEY), None)
    )
    if column is None:
        return []
    found = []
    if grid.current is not None and (value := grid.current.row.get(column.name)) is not None:
        code = currency_of(grid.current.row, table.reading)
        found.append(f"Selection {column.label}: {_said(Kind.MONEY, code, value)}")
    sums = table.arrangement.totals.get(column.name)
    if sums is None:
        rows = [record.row for record in table.arrangement.shown]
        if not column.may_add(rows):
            return [*found, no_sum_words(column.label)]
        sums = table.arrangement.totals[column.name] = sums_by_currency(rows, column.name, table.reading)
    if sums:
        words = " + ".join(_said(Kind.MONEY, code, total) for code, total in sorted(sums.items()))
        found.append(f"Sum of {column.label}, all rows: {words}")
    return found


def _said(kind: Kind, code: str, value: float) -> str:
    if kind is Kind.MONEY:
        return f"{money_sign(code)}{thousands_text(round(value), code)}k"
    return share_text(value) if kind is Kind.PERCENT else number_text(round(value, 4))
