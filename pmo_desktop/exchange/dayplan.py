"""A leave planner with one column a day and letters in its cells, read as one row an absence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from pmo_desktop.exchange.grid import VALUE, Cell
from pmo_desktop.exchange.headers import field_words, normalise
from pmo_desktop.exchange.longtable import LongTable, Part, beside, lay_long
from pmo_desktop.exchange.outcome import cell_text, says_nothing
from pmo_desktop.exchange.periods import Grain, PeriodRules, read_series
from pmo_desktop.exchange.plan import NOTHING, Question
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.wide import TRAITS, resource_words, role_words
from pmo_desktop.model.catalog import find_field
from pmo_desktop.rules.words import AbsenceType

_LETTERS: dict[str, str] = {  # what a letter says, by its start; "" for a day that nobody is absent on
    **dict.fromkeys(("l", "al", "a/l", "h", "hol", "v", "pto", "x", "1", "y", "off", "leave"), AbsenceType.LEAVE.value),
    **dict.fromkeys(("s", "sl", "sick", "ill"), AbsenceType.SICKNESS.value),
    **dict.fromkeys(("t", "tr", "c", "training", "course"), AbsenceType.TRAINING.value),
    **dict.fromkeys(("bh", "ph", "b/h", "p/h", "bank holiday", "public holiday"), ""),
    **dict.fromkeys(("w", "wfh", "in", "p", "work", "we", "w/e", "nwd", "0", "office", "wh", "home", "rdo"), ""),
}
_HALF = re.compile(
    r"(?:½|0?[.,]5|1/2|hd|am|pm|half)\s*[-/]?\s*(?P<rest>\S*)|(?P<before>\S+?)\s*[-/]?\s*(?:½|0?[.,]5|1/2|am|pm|half)"
)
_HALF_PART = 50.0
_LONGEST = 30  # characters of a mark

Absence = tuple[str, date, date, float | None]  # type, first and last day, part of the day in percent


def read_planner(table: Table, rules: PeriodRules, given: Mapping[str, str] = NOTHING) -> LongTable | None:
    """The absences of a planner with one column a day; None for any other table."""
    if table.sheet.layout.turned or table.sheet.layout.long:
        return None
    columns = [column for column in table.columns if not column.fact]
    year = given.get("year", "")
    own = replace(rules, year=int(year)) if year.isdecimal() else rules
    series = read_series([column.header for column in columns], own)
    resource = next((each for each in columns if normalise(each.header) in resource_words()), None)
    if series is None or series.grain is not Grain.DAY or resource is None:
        return None
    days = {columns[place].index: span[0] for place, span in series.spans.items()}
    values, cells = [], []
    for row in table.records:
        for place, (kind, first, last, part) in _absences(table, row, days):
            values.append((row, place))
            cells.append([table.cell(row, resource.index), kind, first, last, part])
    parts = [Part(resource.name, resource.index, "resource"), Part("Absence type", VALUE, "type")]
    parts += [Part("First day", VALUE, "start"), Part("Last day", VALUE, "finish"), Part("Part of day", VALUE, "part")]
    found = lay_long("absences", table, parts, values, cells)
    found.table.why += f"; one column a day: {len(cells):,} absences"
    left = [column for column in columns if column.index not in days and column is not resource]
    found.beside = [beside(column, _why(column)) for column in left]
    found.covers = (min(days.values()), max(days.values()))
    if series.yearless and not year:
        text = f"{table.sheet.name}: its days name no year; {min(days.values()).year} is taken."
        choices = tuple(str(min(days.values()).year + shift) for shift in (-1, 0, 1))
        found.questions.append(Question("given", table.sheet.name, "year", text, choices))
    return found


def _why(column: Column) -> str:
    name = normalise(column.header)
    known = name in role_words() or any(name in field_words(find_field("resource", trait)) for trait in TRAITS)
    return "it says nothing of an absence" if known else "no day, and no field of an absence"


def _absences(table: Table, row: int, days: Mapping[int, date]) -> Iterator[tuple[int, Absence]]:
    """The spans of days that are marked alike; days without a column between two marks part nothing."""
    start: tuple[int, str, float | None] | None = None
    first = last = date.min
    for place, day in days.items():
        mark = read_mark(table.cell(row, place))
        if start and mark != (start[1], start[2]):
            yield start[0], (start[1], first, last, start[2])
            start = None
        if mark:
            if start is None:
                start, first = (place, *mark), day
            last = day
    if start:
        yield start[0], (start[1], first, last, start[2])


def read_mark(cell: Cell) -> tuple[str, float | None] | None:
    """What a cell of a planner marks: the kind of absence and the part of the day; None for a day of work."""
    text = " ".join(cell_text(cell).casefold().split()) if cell is not None else ""
    if not text or says_nothing(text) or len(text) > _LONGEST:
        return None
    match = _HALF.fullmatch(text)
    part = _HALF_PART if match else None
    if match:
        text = match["rest"] or match["before"] or "l"
    kind = _LETTERS.get(text)
    if kind is None:
        return cell_text(cell), part
    return (kind, part) if kind else None
