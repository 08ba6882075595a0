"""The words of `pmo-desktop capacity`: who has how much time and what is booked of it, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmo_desktop.figures.book import Book
    from pmo_desktop.figures.capacity import Measure
    from pmo_desktop.figures.capacitytable import Amounts, CapacityTable
    from pmo_desktop.rules.calendar import Horizon, Periods
    from pmo_desktop.store.file import Store

NAMES = ["capacity"]
Opener = Callable[..., AbstractContextManager["Store"]]
Adder = Callable[..., argparse.ArgumentParser]

_WIDTH = 100  # characters of a line
_MOST_NAME = 30  # of a name; a longer one is cut
_PERIODS = {"week": 13, "month": 6, "quarter": 4}  # shown when --to is left out
_YEAR = 400  # days, more than four quarters begun
_MOST_DAYS = 3_660  # ten years at once
_FORMULA = ("=", "+", "-", "@")  # a spreadsheet would reckon what begins so


def add_commands(commands: Any, add: Adder, opened: Opener, day: Callable[[str], object]) -> None:
    """Put the command into a parser; `add`, `opened` and `day` are the command line's own ways."""
    parser = add(
        commands, "capacity", partial(show_capacity, opened), "who has how much time, and what is booked of it"
    )
    parser.add_argument("--by", choices=("team", "role", "person", "project"), default="person", help="what a row is")
    parser.add_argument("--period", choices=("week", "month", "quarter"), default="week", help="what a column is")
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="the first day; this period when left out")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="the last day")
    parser.add_argument(
        "--unit", type=_unit, choices=("%", "days", "FTE"), help="of the cells; days for projects, else %%"
    )
    parser.add_argument("--confirmed", action="store_true", help="leave requested and offered bookings out")
    parser.add_argument("--json", action="store_true")


def _unit(text: str) -> str:
    """A unit however it is written."""
    return {"fte": "FTE"}.get(text.casefold(), text.casefold())


def show_capacity(opened: Opener, options: argparse.Namespace) -> None:
    """`capacity FILE [--by ...] [--period ...] [--from D] [--to D] [--unit ...] [--confirmed] [--json]`."""
    from pmo_desktop.figures.book import read_book  # noqa: PLC0415  each command imports what it needs
    from pmo_desktop.figures.capacity import Measure  # noqa: PLC0415
    from pmo_desktop.figures.capacitytable import By, capacity_table  # noqa: PLC0415
    from pmo_desktop.rules.calendar import Grain  # noqa: PLC0415

    by, unit = By(options.by), options.unit or ("days" if options.by == "project" else "%")
    with opened(options.file) as store:
        book = read_book(store, _span(store, options))
        table = capacity_table(book, by, Grain(options.period), confirmed_only=options.confirmed)
    if options.json:
        print(json.dumps(_answer(book, table), ensure_ascii=False, indent=1, allow_nan=False))
        return
    print("\n".join(_lines(book, table, Measure(unit))))


def _span(store: Store, options: argparse.Namespace) -> Horizon:
    """The days asked for, from the start of the period of the data date when nothing is said. Raises Known."""
    from pmo_desktop.rules.calendar import Grain, Horizon, cut_periods  # noqa: PLC0415  as above
    from pmo_desktop.store.errors import Known  # noqa: PLC0415
    from pmo_desktop.store.rows import data_date, read_settings  # noqa: PLC0415

    settings = read_settings(store)
    grain, year_starts_in = Grain(options.period), round(settings["fy_start_month"])
    first: date = options.first or min(data_date(settings), options.last or date.max)
    if options.first is None:
        first = cut_periods(Horizon(_days_from(first, -_YEAR), first), grain, year_starts_in).firsts[-1]
    ahead = cut_periods(Horizon(first, _days_from(first, _YEAR)), grain, year_starts_in)
    last: date = options.last or ahead.lasts[min(_PERIODS[options.period], ahead.count) - 1]
    if last < first:
        message = f"The days end ({last}) before they begin ({first}). Give --to a day that is not before --from."
        raise Known(message)
    if (last - first).days >= _MOST_DAYS:
        message = f"From {first} to {last} are more than ten years. Ask for fewer at once."
        raise Known(message)
    return Horizon(first, last)


def _days_from(day: date, days: int) -> date:
    """So many days later or earlier, within the calendar."""
    return date.fromordinal(min(date.max.toordinal(), max(1, day.toordinal() + days)))


def _answer(book: Book, table: CapacityTable) -> dict[str, Any]:
    """The JSON, as the README documents it."""
    from pmo_desktop.figures.oddities import find_oddities  # noqa: PLC0415  as above

    periods = zip(table.periods.firsts, table.periods.lasts, strict=True)
    return {
        "by": str(table.by),
        "period": str(table.periods.grain),
        "data_date": book.data_date.isoformat(),
        "periods": [
            {"first": first.isoformat(), "last": last.isoformat(), "bottleneck": table.short.get(number)}
            for number, (first, last) in enumerate(periods)
        ],
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "note": row.note or None,
                "fte": row.fte,
                "cells": [_cell_answer(cell) for cell in row.cells],
            }
            for row in table.rows
        ],
        "odd": [
            {"resource": each.name, "text": each.text, "allocations": list(each.allocations)}
            for each in find_oddities(book)
        ],
    }


def _cell_answer(cell: Amounts) -> dict[str, Any]:
    return {
        "available": _rounded(cell.available),
        "confirmed": _rounded(cell.confirmed),
        "tentative": _rounded(cell.tentative),
        "utilisation": _rounded(cell.utilisation),
        "reason": cell.reason,
        "days": _rounded(cell.days),
        "fte": _rounded(cell.fte),
        "over_booked": cell.over_booked,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _lines(book: Book, table: CapacityTable, unit: Measure) -> list[str]:
    """The table in as many bands as its columns need, what is short, and what is odd."""
    from pmo_desktop.figures.oddities import find_oddities  # noqa: PLC0415  as above

    head = [table.by.title(), *(plain(row.name) for row in table.rows)]
    left = max(map(len, head))
    texts = [[_cell_text(cell, unit) for cell in row.cells] for row in table.rows]
    titles = _titles(table.periods)
    width = 1 + max(len(text) for line in (*texts, *zip(*titles, strict=True)) for text in line)
    fit = max(1, (_WIDTH - left) // width)
    lines = [_heading(table, unit)]
    for start in range(0, table.periods.count, fit):
        band = slice(start, start + fit)
        above, below = zip(*titles[band], strict=True)
        lines += ["", _line("", left, above, width), _line(head[0], left, below, width)]
        lines += [_line(name, left, row[band], width) for name, row in zip(head[1:], texts, strict=True)]
    if not table.rows:
        lines += ["", "There is nothing to show: no resources, or no bookings in these days."]
    lines += _notes(_shortages(table))
    return lines + _notes([plain(each.words, _WIDTH + _WIDTH) for each in find_oddities(book)])


def _shortages(table: CapacityTable) -> list[str]:
    """The bottlenecks, one line for periods in a row that say the same."""
    runs = list[tuple[int, int, str]]()
    for number, said in table.short.items():
        first, last, before = runs.pop() if runs else (number, number - 1, said)
        if (last, before) == (number - 1, said):
            runs.append((first, number, said))
        else:
            runs += [(first, last, before), (number, number, said)]
    firsts, lasts = table.periods.firsts, table.periods.lasts
    return [f"{firsts[first]} to {lasts[last]}: {plain(said, _WIDTH)}" for first, last, said in runs]


def _heading(table: CapacityTable, unit: Measure) -> str:
    from pmo_desktop.figures.capacity import Measure  # noqa: PLC0415  as above

    told = {Measure.PERCENT: "Booked, % of available time", Measure.DAYS: "Booked, days", Measure.FTE: "Booked, FTE"}
    count = sum(cell.over_booked for row in table.rows for cell in row.cells)
    marked = f"; ! is over-booked ({count})" if count else ""
    return f"{told[unit]}, {table.periods.horizon.first} to {table.periods.horizon.last}{marked}"


def _titles(periods: Periods) -> list[tuple[str, str]]:
    """Two lines above each column, the upper one only where it changes: Nov and 16 for weeks, 2026 and Nov else."""
    upper, lower = ("%b", "%d") if periods.grain.value == "week" else ("%Y", "%b")
    found, last = list[tuple[str, str]](), ""
    for first in periods.firsts:
        above, below = first.strftime(upper), first.strftime(lower)
        found.append(("" if above == last else above, below))
        last = above
    return found


def _cell_text(cell: Amounts, unit: Measure) -> str:
    """The value, whole percent or one decimal; a dash where there is none, ! behind one that is over-booked."""
    value = cell.value(unit)
    text = "-" if value is None else f"{value:.0f}" if unit.value == "%" else f"{value:.1f}"
    if not value and not cell.over_booked:
        text = "-" if value is None and cell.booked else "."
    return text + ("!" if cell.over_booked else " ")


def _line(name: str, left: int, cells: Sequence[str], width: int) -> str:
    return (name.ljust(left) + "".join(cell.rjust(width) for cell in cells)).rstrip()


def _notes(lines: list[str]) -> list[str]:
    return ["", *lines] if lines else []


def plain(text: str, most: int = _MOST_NAME) -> str:
    """A text from the file on one line: no control characters, not too long, and no formula for a spreadsheet."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    line = f"'{line}" if line.startswith(_FORMULA) else line
    return line if len(line) <= most else line[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
