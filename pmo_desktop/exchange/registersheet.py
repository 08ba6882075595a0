"""One register as a sheet of an export: typed cells, table, drop-downs, colours and print settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from pmo_desktop.exchange import checks, dress
from pmo_desktop.exchange.cells import AS_TEXT, FORMS, GENERAL, CellForm, cell_writer, money_format, write_text
from pmo_desktop.exchange.exceltext import escape_text, is_formula_like, shown_text
from pmo_desktop.exchange.lists import Lists, column_choices, column_letter
from pmo_desktop.exchange.sheets import Column, key_count
from pmo_desktop.exchange.stream import StreamCell, StreamSheet, add_sheet, make_style
from pmo_desktop.model.kind import Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.store.pace import begin, through

Record = Mapping[str, Any]
_MAYBE_LONG = 16_000  # Python characters that may be more than a cell holds
_NUMERIC = (Kind.NUMBER, Kind.POINT, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.MONTH)


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A register to be written: its columns, typed rows and kept texts.

    `rows` are dicts by field name with an "id"; `texts` holds the words of cells whose typed value is empty, by
    (row id, field name). `opened` names the fields that may be edited; None leaves the sheet without protection.
    """

    info: RegisterInfo
    columns: tuple[Column, ...]
    rows: Sequence[Record]
    texts: Mapping[tuple[str, str], str]
    opened: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What all sheets of an export share: what linked rows are called, the money of rows that name none, the footer."""

    names: Mapping[str, str]  # by id
    called: Mapping[str, Sequence[str]]  # by entity, for drop-downs
    currency: str
    footer: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """A cell that could not hold its value as it is: the whole text, or a number Excel would have spoilt."""

    sheet: str
    cell: str
    header: str
    text: str
    cut: bool


def write_register(book: Workbook, content: SheetContent, around: Around, lists: Lists) -> list[Oddity]:
    """Add the sheet; what did not fit its cells is answered, and its drop-downs are placed in `lists`."""
    sheet = add_sheet(book, content.info.sheet)
    columns, count = content.columns, len(content.rows)
    keys = key_count(content.info, columns)
    width = dress.set_widths(sheet, columns, content.rows)
    dress.set_heights(sheet, columns)
    dress.set_page(sheet, width=width, keys=keys, footer=around.footer)
    sheet.freeze_panes = f"{column_letter(keys)}2"
    oddities = _write_cells(sheet, content, around)
    dress.add_table(sheet, f"{content.info.name}_table", columns, count)
    dress.colour_ratings(sheet, columns, count)
    _add_drop_downs(sheet, content, around, lists)
    if content.opened is not None:
        dress.protect(sheet)
        checks.add_checks(sheet, columns, content.opened, count)
    return oddities


class ColumnStream:
    """Writes one column: converts each value, chooses its style, and remembers what did not fit."""

    def __init__(
        self, sheet: StreamSheet, index: int, column: Column, around: Around, opened: frozenset[str] | None = None
    ) -> None:
        self.header = column.header
        self.name = column.field.name
        self.numeric = column.field.kind in _NUMERIC
        self.money = column.field.kind is Kind.MONEY
        self.write = cell_writer(column.field, around.names)
        self.cell = StreamCell(index)
        self.sheet = sheet
        self.covered, self.locked = opened is not None, opened is None or column.field.name not in opened
        self.form = FORMS[column.field.kind]
        self.number = self._style(self.form.number_format)
        text_format = GENERAL if self.numeric else self.form.number_format
        self.plain, self.quoted = (self._style(text_format, quote=quote) for quote in (False, True))
        self.amounts: dict[str, int] = {}  # currency -> style
        self.oddities: list[Oddity] = []

    def fill(self, value: Any, currency: str) -> StreamCell:
        """The cell holding a typed value."""
        written = self.write(value, currency)
        if written.__class__ is not str:
            self.cell.fill(written, self._amount(currency) if self.money else self.number)
            return self.cell
        if self.numeric:
            self._remember(str(written), cut=False)
        return self._fill_text(str(written), value)

    def fill_kept(self, text: str) -> StreamCell:
        """The cell holding words that could not be read as the field's kind."""
        return self._fill_text(str(write_text(text)), text)

    def fill_blank(self, currency: str) -> StreamCell:
        """The empty cell of a protected sheet: it too is open or locked, and formats what is typed into it."""
        self.cell.clear(self._amount(currency) if self.money else self.number if self.numeric else self.plain)
        return self.cell

    def _fill_text(self, written: str, value: Any) -> StreamCell:
        if len(written) > _MAYBE_LONG and isinstance(value, str) and shown_text(value) != value:
            self._remember(value, cut=True)
        self.cell.fill(written, self.quoted if is_formula_like(written) else self.plain)
        return self.cell

    def _remember(self, text: str, *, cut: bool) -> None:
        self.oddities.append(Oddity(self.sheet.title, self.cell.coordinate, self.header, text, cut))

    def _amount(self, currency: str) -> int:
        if currency not in self.amounts:
            self.amounts[currency] = self._style(money_format(currency))
        return self.amounts[currency]

    def _style(self, number_format: str, *, quote: bool = False) -> int:
        ground = dress.cover(opened=not self.locked) if self.covered else None
        return make_style(
            self.sheet,
            number_format=number_format,
            alignment=dress.alignment(self.form),
            quote=quote,
            fill=ground,
            locked=self.locked,
        )


def _write_cells(sheet: StreamSheet, content: SheetContent, around: Around) -> list[Oddity]:
    columns = enumerate(content.columns)
    streams = [ColumnStream(sheet, index, column, around, content.opened) for index, column in columns]
    _write_header(sheet, streams)
    texts = content.texts
    begin(f"Writing {content.info.many}", len(content.rows))
    for number, row in enumerate(through(content.rows, count=1), start=2):
        currency = row.get("currency") or around.currency
        cells = []
        for stream in streams:
            value = row.get(stream.name)
            stream.cell.row = number
            if value is not None and value != "":
                cells.append(stream.fill(value, currency))
            elif texts and (kept := texts.get((row["id"], stream.name))):
                cells.append(stream.fill_kept(kept))
            elif stream.covered:
                cells.append(stream.fill_blank(currency))
        sheet.append(cells)
    return [oddity for stream in streams for oddity in stream.oddities]


def _write_header(sheet: StreamSheet, streams: Sequence[ColumnStream]) -> None:
    style = dress.header_style(sheet)
    for stream in streams:
        stream.cell.fill(escape_text(stream.header), style)
    sheet.append([stream.cell for stream in streams])


def _add_drop_downs(sheet: StreamSheet, content: SheetContent, around: Around, lists: Lists) -> None:
    last = max(len(content.rows), 1) + 1
    for index, column in enumerate(content.columns):
        locked = content.opened is not None and column.field.name not in content.opened
        choices = None if locked else column_choices(column, content.rows, around.called)
        if choices is None:
            continue
        letter = column_letter(index)
        prompt = checks.prompt_of(column) if content.opened else None
        sheet.data_validations.append(
            DataValidation(
                type="list",
                formula1=lists.place(choices),
                sqref=f"{letter}2:{letter}{last}",
                allow_blank=True,
                showErrorMessage=True,
                errorStyle="stop" if choices.closed else "warning",
                errorTitle=column.header[:32],
                error="Choose one of the list." if choices.closed else "This is not in the list yet. Keep it?",
                showInputMessage=prompt is not None,
                promptTitle=prompt[0] if prompt else None,
                prompt=prompt[1] if prompt else None,
            )
        )


def write_plain(book: Workbook, title: str, rows: Iterable[Sequence[str | None]], widths: Sequence[int]) -> StreamSheet:
    """Add a sheet of texts: the first row is the header, None leaves a cell empty."""
    sheet = add_sheet(book, title)
    for index, width in enumerate(widths):
        sheet.column_dimensions[column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    form = CellForm(AS_TEXT, "left", 0, 0, wrap=True)
    head = dress.header_style(sheet)
    plain, quoted = (make_style(sheet, alignment=dress.alignment(form), quote=quote) for quote in (False, True))
    cells: list[StreamCell] = []
    for number, row in enumerate(through(rows)):
        cells.extend(StreamCell(index) for index in range(len(cells), len(row)))
        filled = [(cell, text) for cell, text in zip(cells, row, strict=False) if text]
        for cell, text in filled:
            written = str(write_text(text))
            cell.fill(written, (quoted if is_formula_like(written) else plain) if number else head)
        sheet.append([cell for cell, _ in filled])
    return sheet
