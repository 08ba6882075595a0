"""The capacity grid as a sheet that looks like it: teams, resources with heat, what is booked under each, by period.

Only rows that are bookings hold values to be read back; they carry hidden identities. Sums are formulas, and the time
available stands under each resource: the heat is their ratio, so the colours follow what somebody types.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import Outline

from pmo_desktop.exchange import dictionary, dress
from pmo_desktop.exchange.cells import day_number, write_text
from pmo_desktop.exchange.exceltext import escape_text, is_formula_like
from pmo_desktop.exchange.lists import column_letter
from pmo_desktop.exchange.registersheet import write_plain
from pmo_desktop.exchange.stream import StreamCell, StreamSheet, add_sheet, make_style, streamed_book
from pmo_desktop.figures.book import Book
from pmo_desktop.figures.capacity import Grid, Level, Measure
from pmo_desktop.figures.gridrows import BookedRow, GridRows
from pmo_desktop.model.allocation import Allocation
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.kind import Kind
from pmo_desktop.rules.calendar import Grain, Reals

TITLE = "Capacity grid"
TOTAL, AVAILABLE = "Total", "Available"  # of rows that are no bookings, where a booking has its status
HEADERS = ("Resource", "Role", "Project", "Unit", "Status")
HIDDEN = ("Resource identity", "Role identity", "Project identity")
FIRST = len(HEADERS) + len(HIDDEN) + 1  # the first period's column, from 0
_MEAN = FIRST - 1  # the column over all periods
_OWN_ROWS = 2  # of a resource: its line, and the time it has
_WIDTHS = (26, 20, 30, 7, 11, 12, 12, 12, 10)
_NARROW, _WIDE = 7.5, 9.5
_HEADER_FORMATS = {Grain.WEEK: "d mmm", Grain.DAY: "d mmm"}
_FORMATS = {Measure.PERCENT: "0%", Measure.DAYS: "0.0#", Measure.FTE: "0.0#"}
_READING_BACK = (
    "Edit the values of bookings, keep the headers and hidden columns, and import the workbook: only what you changed "
    f"changes. Rows marked {TOTAL} and {AVAILABLE} are worked out and not read."
)
_IDENTITY_HELP = "Which one it is, whatever it is called; hidden. Leave it alone and a renamed one is found again."
_STATUS = HEADERS.index("Status")


@dataclass(frozen=True, slots=True)
class _Looks:
    """The styles of the sheet by what stands in a cell, as numbers."""

    plain: int
    quoted: int
    quiet: int
    strong: int
    strong_quoted: int
    strong_value: int
    team: int
    team_quoted: int
    team_value: int
    value: int
    room: int
    leave: int


def write_grid_workbook(
    rows: GridRows, source: Book, title: str, about: Sequence[tuple[str, str]], footer: str, path: Path
) -> int:
    """Write the grid and what it shows to `path`, which is written over; the number of its bookings' rows.

    Raises OSError when the disk is full.
    """
    with streamed_book(path) as book:
        book.properties.creator, book.properties.title = "PMO Desktop", escape_text(title)
        written = _Writer(book, rows, source, footer).write()
        described = [dictionary.HEADERS, *_describe()]
        write_plain(book, dictionary.TITLE, described, (18, 24, 60, 16, 22, 50, 20))
        write_plain(book, dictionary.ABOUT, [("About", title), *about], (26, 110))
    return written


def _describe() -> Iterator[tuple[str, ...]]:
    """What each column before the periods means, as the dictionary of an export says it."""
    for header in HEADERS:
        field = find_field(Allocation.__tablename__, header.lower())
        allowed = (
            f"{', '.join(field.choices)}; {TOTAL}, {AVAILABLE}" if header == "Status" else ", ".join(field.choices)
        )
        words = dictionary.KIND_WORDS[field.kind]
        yield (TITLE, header, field.help or field.label, words, "", allowed, field.name)
    for header in HIDDEN:
        yield (TITLE, header, _IDENTITY_HELP, dictionary.KIND_WORDS[Kind.CODE], "", "", "")


def about_grid(rows: GridRows, source: Book) -> Iterator[tuple[str, str]]:
    """What the sheet shows, in pairs (what, value), and what it could not."""
    lens, count = rows.grid.lens, len(rows.grid.lines)
    yield ("Unit", lens.unit.value)
    yield ("Periods", lens.grain.value)
    yield ("Bookings", "confirmed only" if lens.confirmed_only else "confirmed, offered and requested")
    shown = sum(line.level is Level.TOP for line in rows.grid.lines)
    yield ("Resources", f"{shown:,} of {len(source.resources):,}" if count else "none")
    if rows.lost:
        yield ("Not shown", f"{rows.lost:,} bookings of periods in which no time is available have no share; see days.")
    yield ("Reading it back", _READING_BACK)


class _Writer:
    """Writes one grid, row by row."""

    def __init__(self, book: Workbook, rows: GridRows, source: Book, footer: str) -> None:
        self.sheet = add_sheet(book, TITLE)
        self.rows, self.grid, self.source = rows, rows.grid, source
        self.unit = rows.grid.lens.unit
        self.columns = [column_letter(FIRST + place) for place in range(self.grid.periods.count)]
        self.number = 1
        self.written = 0
        self.cells = [StreamCell(place) for place in range(FIRST + len(self.columns))]
        self.looks = _make_looks(self.sheet, self.unit)
        self._set_up(footer)

    def write(self) -> int:
        """All rows, then the colours; the number of bookings' rows."""
        self._header()
        for first, stop in _teams(self.grid):
            self._team(first, stop)
        if self.written:
            self._colour()
        return self.written

    def _set_up(self, footer: str) -> None:
        sheet = self.sheet
        narrow = _NARROW if self.grid.periods.grain is Grain.WEEK else _WIDE
        for place, width in enumerate((*_WIDTHS, *[narrow] * len(self.columns))):
            dimension = sheet.column_dimensions[column_letter(place)]
            dimension.width = width
            dimension.hidden = len(HEADERS) <= place < _MEAN
        sheet.freeze_panes = f"{column_letter(FIRST)}2"
        sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
        width = sum(_WIDTHS) + narrow * len(self.columns)
        dress.set_page(sheet, width=width, keys=len(HEADERS), footer=footer)
        sheet.row_dimensions[1].height = dress.HEADER_HEIGHT

    def _header(self) -> None:
        style = dress.header_style(self.sheet)
        dated = dress.header_style(self.sheet, number_format=_HEADER_FORMATS.get(self.grid.periods.grain, "mmm yy"))
        over = TOTAL if self.unit is Measure.DAYS else "Mean"
        texts = [self._put(place, text, style) for place, text in enumerate((*HEADERS, *HIDDEN, over))]
        days = self.grid.periods.firsts
        self._append(texts + [self._put(FIRST + place, day_number(day), dated) for place, day in enumerate(days)])

    def _team(self, first: int, stop: int) -> None:
        """A team's line with its resources; its sums go over all rows down to the next team's."""
        looks = self.looks
        rows = sum(_OWN_ROWS + len(self.rows.rows[each]) for each in range(first + 1, stop))
        begin, end = self.number + 1, self.number + rows
        texts = [self.grid.lines[first].title, "", "", self.unit.value, TOTAL, "", "", ""]
        filled = [self._text(place, text, looks.team, looks.team_quoted) for place, text in enumerate(texts)]
        mean, *values = self._team_results(range(first + 1, stop))
        filled.append(self._formula(_MEAN, self._of_team(column_letter(_MEAN), begin, end), mean, looks.team_value))
        filled += self._formulas([self._of_team(each, begin, end) for each in self.columns], values, looks.team_value)
        self._append(filled)
        for each in range(first + 1, stop):
            self._resource(each)

    def _of_team(self, column: str, begin: int, end: int) -> str:
        """What its resources have booked; as a share, weighed by the time they have, which stands a row below."""
        marks, values = f"$E${begin}:$E${end}", f"{column}{begin}:{column}{end}"
        if self.unit is not Measure.PERCENT:
            return f'SUMIF({marks},"{TOTAL}",{values})'
        room = f'SUMIF({marks},"{AVAILABLE}",{values})'
        below = f"{column}{begin + 1}:{column}{end + 1}"
        return f'IF({room}=0,"",SUMPRODUCT(--({marks}="{TOTAL}"),{values},{below})/{room})'

    def _resource(self, number: int) -> None:
        """The line of a resource, the time it has, and its bookings."""
        looks, line, under = self.looks, self.grid.lines[number], self.rows.rows[number]
        values, room = self._booked(number), self.rows.room[number]
        first, last = self.number + _OWN_ROWS, self.number + _OWN_ROWS - 1 + len(under)
        filled = [
            self._text(0, line.title, looks.strong, looks.strong_quoted),
            self._text(1, line.note, looks.quiet, looks.quoted),
            self._put(3, self.unit.value, looks.quiet),
            self._put(_STATUS, TOTAL, looks.quiet),
            self._formula(
                _MEAN, self._over_periods(self.unit, self.number + 1), self._over(values, room), looks.strong_value
            ),
        ]
        sums = [f"SUM({each}{first}:{each}{last})" if under else "0" for each in self.columns]
        self._append(filled + self._formulas(sums, values.tolist(), looks.value))
        self._room(number, line.title)
        at = self.number - 1
        for row in under:
            self._booking(row, line.title, at, room)

    def _room(self, number: int, title: str) -> None:
        """The time available, hatched where part of the period is off."""
        looks, room, off = self.looks, self.rows.room[number], self.grid.off_share[number]
        unit = Measure.FTE if self.unit is Measure.FTE else Measure.DAYS
        self.sheet.row_dimensions[self.number].outlineLevel = 1
        filled = [
            self._text(0, title, looks.quiet, looks.quoted),
            self._put(3, unit.value, looks.quiet),
            self._put(_STATUS, AVAILABLE, looks.quiet),
            self._formula(_MEAN, self._over_periods(unit), self._over(room, room, unit), looks.room),
        ]
        for place, (value, share) in enumerate(zip(room.tolist(), off.tolist(), strict=True)):
            filled.append(self._put(FIRST + place, value, looks.leave if share > 0 else looks.room))
        self._append(filled)

    def _booking(self, row: BookedRow, title: str, at: int, room: Reals) -> None:
        looks, project = self.looks, self.source.projects[row.project]
        self.sheet.row_dimensions[self.number].outlineLevel = 1
        texts = [
            title,
            self.source.names.get(row.role or "", ""),
            "" if project.id is None else project.called,
            self.unit.value,
            row.status.value,
            row.resource,
            row.role or "",
            project.id or "",
        ]
        filled = [self._text(place, text, looks.plain, looks.quoted) for place, text in enumerate(texts) if text]
        mean = self._over(row.values, room)
        filled.append(self._formula(_MEAN, self._over_periods(self.unit, at), mean, looks.value))
        values = enumerate(row.values.tolist())
        filled += [self._put(FIRST + place, value, looks.value) for place, value in values if value]
        self._append(filled)
        self.written += 1

    def _over_periods(self, unit: Measure, room: int = 0) -> str:
        """The whole row: a sum of days, a mean of FTE, a share of all the time that stands in the row `room`."""
        first, last = self.columns[0], self.columns[-1]
        row = f"{first}{self.number}:{last}{self.number}"
        if unit is Measure.PERCENT:
            time = f"{first}{room}:{last}{room}"
            return f'IF(SUM({time})=0,"",SUMPRODUCT({row},{time})/SUM({time}))'
        return f"SUM({row})" if unit is Measure.DAYS else f"SUM({row})/COLUMNS({row})"

    def _colour(self) -> None:
        """Heat by booked / available, the worst first, on resources' lines: those with the time available below."""
        first, last = self.columns[0], self.columns[-1]
        area = f"{first}2:{last}{self.number - 1}"
        share = f"{first}2" if self.unit is Measure.PERCENT else f"{first}2/{first}3"
        for step in dress.heat_steps():
            without = f"{first}2>0" if step.over else "FALSE"  # booked where no time is
            test = f"IF({first}3=0,{without},{share}>={step.begins})"
            marked = f'AND($E2="{TOTAL}",$E3="{AVAILABLE}",{test})'
            rule = FormulaRule(formula=[marked], stopIfTrue=True, font=step.font, fill=step.fill)  # type: ignore[no-untyped-call]
            self.sheet.conditional_formatting.add(area, rule)

    def _booked(self, number: int) -> Reals:
        """What the line of a resource adds up to."""
        zero: Reals = np.zeros(len(self.columns))
        return sum((row.values for row in self.rows.rows[number]), zero)

    def _over(self, values: Reals, room: Reals, unit: Measure | None = None) -> float | None:
        """What `_over_periods` gives."""
        unit = unit or self.unit
        if unit is Measure.PERCENT:
            return float(values @ room) / float(room.sum()) if room.any() else None
        return float(values.sum()) if unit is Measure.DAYS else float(values.mean())

    def _team_results(self, members: Sequence[int]) -> list[float | None]:
        """What `_of_team` gives over all periods, and in each."""
        values = np.array([self._booked(each) for each in members])
        room = self.rows.room[list(members)]
        if self.unit is not Measure.PERCENT:
            sums = values.sum(axis=0)
            return [self._over(sums, sums), *sums.tolist()]
        booked, time = (values * room).sum(axis=0), room.sum(axis=0)
        shares = [part / whole if whole else None for part, whole in zip(booked.tolist(), time.tolist(), strict=True)]
        return [float(booked.sum() / time.sum()) if time.any() else None, *shares]

    def _formulas(self, texts: Sequence[str], results: Sequence[float | None], style: int) -> list[StreamCell]:
        found = enumerate(zip(texts, results, strict=True))
        return [self._formula(FIRST + place, text, result, style) for place, (text, result) in found]

    def _formula(self, place: int, text: str, result: float | None, style: int) -> StreamCell:
        self.cells[place].calculate(text, result, style)
        return self.cells[place]

    def _put(self, place: int, value: str | float, style: int) -> StreamCell:
        self.cells[place].fill(value, style)
        return self.cells[place]

    def _text(self, place: int, text: str, plain: int, quoted: int) -> StreamCell:
        """A text of somebody's, which stays text whatever it begins with."""
        written = str(write_text(text))
        return self._put(place, written, quoted if is_formula_like(written) else plain)

    def _append(self, cells: list[StreamCell]) -> None:
        self.sheet.append(cells)
        self.number += 1


def _teams(grid: Grid) -> Iterator[tuple[int, int]]:
    """Where each team's lines begin and end."""
    heads = [number for number, line in enumerate(grid.lines) if line.level is Level.GROUP]
    yield from zip(heads, [*heads[1:], len(grid.lines)], strict=False)


def _make_looks(sheet: StreamSheet, unit: Measure) -> _Looks:
    words, figure = Alignment(horizontal="left"), Alignment(horizontal="center")
    form = _FORMATS[unit]
    room = _FORMATS[Measure.FTE if unit is Measure.FTE else Measure.DAYS]
    bold, soft = Font(bold=True), dress.quiet_font()
    ground, hatch = dress.header_fill(), dress.leave_fill()
    return _Looks(
        plain=make_style(sheet, alignment=words),
        quoted=make_style(sheet, alignment=words, quote=True),
        quiet=make_style(sheet, alignment=words, font=soft),
        strong=make_style(sheet, alignment=words, font=bold),
        strong_quoted=make_style(sheet, alignment=words, font=bold, quote=True),
        strong_value=make_style(sheet, alignment=figure, font=bold, number_format=form),
        team=make_style(sheet, alignment=words, font=bold, fill=ground),
        team_quoted=make_style(sheet, alignment=words, font=bold, fill=ground, quote=True),
        team_value=make_style(sheet, alignment=figure, font=bold, fill=ground, number_format=form),
        value=make_style(sheet, alignment=figure, number_format=form),
        room=make_style(sheet, alignment=figure, font=soft, number_format=room),
        leave=make_style(sheet, alignment=figure, font=soft, fill=hatch, number_format=room),
    )
