"""Sentences that a screen reader says for cells that are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.words import rag_label
from pmo_desktop.ui.columns import Column
from pmo_desktop.ui.kinds import Reading, long_date

if TYPE_CHECKING:
    from pmo_desktop.ui.arrange import Group, Record

_TRENDS = {"better": "improving", "same": "unchanged", "worse": "worsening"}
_CODES = {
    "R": "red",
    "AR": "amber/red",
    "A": "amber",
    "AG": "amber/green",
    "G": "green",
    "C": "complete",
    "N": "not rated",
}


def spoken_cell(record: Record, column: Column, place: int, kept: str) -> str:
    """A cell as a sentence: `Red, worsening since the last report`."""
    words = record.texts[place]
    if column.field.kind is Kind.RAG:
        words = rag_label(record.row.get(column.name))
        trend = record.row.get(column.beside) if column.beside else None
        return f"{words}, {_TRENDS[trend]} since the last report" if trend else words
    if not words:
        return f"{column.label} kept as text: {kept}" if kept else f"{column.label} empty"
    if column.field.kind is Kind.DATE:
        words = long_date(record.row[column.name])
    elif column.field.kind in (Kind.NUMBER, Kind.PERCENT):
        words = _spoken_number(words)
    elif column.field.kind is Kind.MONEY:
        words = f"{_spoken_number(words)} thousand"
    return words if column.strong else f"{column.label} {words}"


def spoken_group(group: Group, rating: str, columns: Sequence[Column], reading: Reading) -> str:
    """A group heading as a sentence: `Customer, 5 rows, 1 red, 2 amber, 2 green, EAC £k 19,205, expanded`."""
    parts = [group.label, f"{len(group.records)} {'row' if len(group.records) == 1 else 'rows'}"]
    parts += [f"{count} {_CODES.get(code, code)}" for code, count in group.ratings(rating)]
    totals = [(column.heading(reading), group.total(column, reading)) for column in columns]
    parts += [f"{heading} {total}" for heading, total in totals if total]
    return ", ".join([*parts, "expanded" if group.open else "collapsed"])


def _spoken_number(words: str) -> str:
    spoken = words.replace("%", " percent").replace("\N{MINUS SIGN}", "minus ").replace("+", "plus ")
    return spoken.replace(" wk", " weeks")
