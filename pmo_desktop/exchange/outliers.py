"""Amounts a thousand times out of family, against what the record held or against their column: said, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pmo_desktop.exchange.convert import Converted
from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.plan import Level, Problem, RowKind, RowPlan, cell_place
from pmo_desktop.exchange.tables import Table
from pmo_desktop.model.kind import Kind
from pmo_desktop.store.pace import through

_THOUSAND = range(500, 2001)  # times; what was meant moves too
_FEWEST = 5  # other amounts that make a family
_FAR, _APART = 300, 10  # times the middle of the column, times its next amount
_NUMBER = re.compile(r"\d[\d.,'’ \u00a0\u202f]*\d|\d")


@dataclass(frozen=True, slots=True)
class _Family:
    """The amounts of a column, without sign and without zeros, in order."""

    amounts: Sequence[int]

    def judge(self, amount: int) -> int:
        """1 when an amount is a thousand times too big for the others, -1 when too small, 0 when it is one of them.

        Only the greatest and the least stand apart from all others, so no more is looked at for any other.
        """
        amounts, last = self.amounts, len(self.amounts) - 1
        if last < _FEWEST or amounts[0] < amount < amounts[-1]:
            return 0
        if amount == amounts[-1]:
            low, high, middle = amounts[0], amounts[-2], self._middle(0, last)
            return int(amount >= _FAR * middle and amount >= _APART * high and low <= amount / 1000 <= 2 * high)
        low, high, middle = amounts[1], amounts[-1], self._middle(1, last)
        return -int(amount * _FAR <= middle and amount * _APART <= low <= amount * 1000 <= high)

    def _middle(self, start: int, count: int) -> float:
        """The median of so many amounts from one on."""
        return (self.amounts[start + (count - 1) // 2] + self.amounts[start + count // 2]) / 2


def find_outliers(table: Table, columns: Sequence[Converted], rows: Sequence[RowPlan]) -> Iterator[Problem]:
    """One problem a suspicious amount, with the text that would mend it."""
    for each in columns:
        if each.field.kind is Kind.MONEY:
            name = each.field.name
            amounts = [row for row in through(rows) if row.kind is not RowKind.REJECTED and row.values.get(name)]
            family = _Family(sorted(abs(row.values[name]) for row in amounts))
            for row in through(amounts):
                verdict, than = _judge(row, name, family)
                if verdict:
                    yield _problem(table, each, row, verdict, than)


def _judge(row: RowPlan, name: str, family: _Family) -> tuple[int, str]:
    """Against what the record held where it held something, else against the column; and what it was judged by."""
    amount = abs(row.values[name])
    if row.kind is RowKind.NEW or (name in row.old and not row.old[name]):
        return family.judge(amount), "the other amounts of its column"
    before = abs(row.old[name]) if name in row.old else amount
    if round(amount / before) in _THOUSAND:
        return 1, "what it was"
    return (-1 if round(before / amount) in _THOUSAND else 0), "what it was"


def _problem(table: Table, each: Converted, row: RowPlan, verdict: int, than: str) -> Problem:
    cell = table.cell(row.row - 1, each.column.index)
    size = "1,000 times" if verdict > 0 else "a thousandth of"
    reason = f"This amount is about {size} {than}. It is written as it stands."
    mend = _scaled(cell, -3 * verdict)
    full = table.sheet.full_address(cell_place(table.sheet.layout, row.row, each.column))
    name = each.field.name
    return Problem(full, cell_text(cell), reason, Level.LOOK, row.row, name, (mend,) if mend else (), written=True)


def _scaled(cell: Cell, places: int) -> str:
    """The cell with its number moved by so many decimal places; empty where that cannot be said exactly."""
    if isinstance(cell, str):
        match = _NUMBER.search(cell)
        digits = re.sub(r"[,'’ \u00a0\u202f]", "", match[0]) if match else ""
        if match is None or not re.fullmatch(r"\d+(?:\.\d+)?", digits) or re.search(r",\d{1,2}$", match[0]):
            return ""
        return f"{cell[: match.start()]}{_plain(Decimal(digits).scaleb(places))}{cell[match.end() :]}".strip()
    return _plain(Decimal(repr(cell)).scaleb(places)) if isinstance(cell, (int, float)) else ""


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
