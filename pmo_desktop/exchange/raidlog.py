"""A log of several kinds of entries in one table, told apart by a column such as Type: one table for each register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.outcome import cell_text, shorten
from pmo_desktop.exchange.tables import Column, Table

_HEADERS = frozenset(
    normalise(header)
    for header in (
        "Type",
        "RAID",
        "RAID type",
        "Kind",
        "Category",
        "Item type",
        "Log type",
        "Entry type",
    )
)
_KINDS: Mapping[str, str] = {  # register -> the words of its entries; of letters the four of RAID
    "risks": "risk, r, threat, opportunity, risk threat, risk opportunity",
    "issues": "issue, i, problem",
    "assumptions": "assumption, a",
    "dependencies": "dependency, dependencie, d, interdependency",
    "decisions": "decision",
    "actions": "action, action item, to do",
}
_REGISTERS = {word: register for register, words in _KINDS.items() for word in words.split(", ")}
_OWN_WORDS = ("threat", "opportunity")  # such a cell says more than which register the row belongs to
_LEAST = 0.9  # share of the cells that must say a kind


def split_log(table: Table) -> dict[str, Table]:
    """The parts of a log by register; empty when the table holds one kind of entry."""
    for column in table.columns:
        if not column.fact and normalise(column.header) in _HEADERS:
            kinds = {row: _register(table.cell(row, column.index)) for row in table.records}
            known = [kind for kind in kinds.values() if kind]
            if len(set(known)) > 1 and len(known) >= _LEAST * len(kinds):
                return _parts(table, column, kinds)
    return {}


def _register(cell: object) -> str:
    return _REGISTERS.get(normalise(cell_text(cell)), "")  # type: ignore[arg-type]  # any cell


def _parts(table: Table, column: Column, kinds: Mapping[int, str]) -> dict[str, Table]:
    names = [name for name in _KINDS if name in kinds.values()]
    skipped = [*table.skipped, *((row, _text(table, row, column), _reason(names)) for row in kinds if not kinds[row])]
    found: dict[str, Table] = {}
    for name in names:
        rows = [row for row in table.records if kinds[row] == name]
        told = any(word in normalise(cell_text(table.cell(row, column.index))) for row in rows for word in _OWN_WORDS)
        columns = [each for each in table.columns if each is not column or told]
        why = f"{table.why}; the rows that “{column.name}” calls so"
        found[name] = replace(table, columns=columns, records=rows, skipped=skipped, why=why, _turned=[])
        skipped = []  # listed once, with the first part
    return found


def _text(table: Table, row: int, column: Column) -> str:
    return shorten(cell_text(table.cell(row, column.index))) or f"row {row + 1}"


def _reason(names: list[str]) -> str:
    return f"its kind is none of those the log is split into: {', '.join(names)}"
