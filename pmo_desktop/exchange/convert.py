"""The columns of one table as typed values: rules settled by each column's own content, each cell's text read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.exchange.dates import DateRules, find_order, has_open_order
from pmo_desktop.exchange.grid import Broken, Cell, KeptText
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.kinds import Context, parse_cell
from pmo_desktop.exchange.links import Links
from pmo_desktop.exchange.money import MoneyRules, find_currency, header_unit, is_fraction, names_unit, uses_comma
from pmo_desktop.exchange.outcome import Parsed, cell_text, read
from pmo_desktop.exchange.people import Directory
from pmo_desktop.exchange.plan import ColumnMap, ImportOptions, Question
from pmo_desktop.exchange.points import Settled
from pmo_desktop.exchange.settle import settle_points, settle_rating
from pmo_desktop.exchange.tables import Table
from pmo_desktop.exchange.values import COUNTED, count_values
from pmo_desktop.exchange.words import fill_rag
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.money import decimals
from pmo_desktop.rules.scales import DEFAULT
from pmo_desktop.rules.wording import join_words
from pmo_desktop.store.pace import step, through
from pmo_desktop.store.rows import data_date

_PERIOD_BEGINS = ("start", "begin")  # a month in such a column means its first day, elsewhere its last
_SURELY_WHOLE = 1_000_000  # an amount so big needs no unit


@dataclass(slots=True)
class Known:
    """Who and what cells may name, and the ways of this portfolio."""

    people: Directory
    links: Mapping[str, Links]
    settings: Mapping[str, Any]
    sides: Mapping[str, int]  # how many points the axes of the risk scheme have, by scale


@dataclass(slots=True)
class Converted:
    """One column read: a Parsed per record, None where its cell is blank."""

    column: ColumnMap
    field: Field
    cells: list[Parsed | None]


@dataclass(slots=True)
class TableValues:
    """All columns of a table read, its money and what stayed open."""

    columns: list[Converted]
    currency: str  # of the rows that name none
    questions: list[Question]


def convert_table(
    table: Table,
    columns: Sequence[tuple[ColumnMap, Field]],
    known: Known,
    options: ImportOptions,
) -> TableValues:
    """Read every mapped column of a table."""
    cells = {column.index: _cells(table, column, field, options) for column, field in through(columns)}
    asked = _settle_scales(table, columns, cells, options, known.sides)
    day_first, open_order = _date_order(columns, cells, options)
    currency = _currency(table, columns, cells) or options.currency or known.settings.get("currency") or ""
    digits = _digits_by_row(columns, cells, currency)
    found = TableValues([], currency, asked)
    unsettled: list[ColumnMap] = []
    for column, field in columns:
        own = cells[column.index]
        context = _context(table, column, field, own, known, options, currency)
        if field.kind in (Kind.DATE, Kind.MONTH):
            order = find_order(own)
            column.day_first = day_first if order is None else order
            context.dates = _date_rules(table, column, field, known)
            if order is None and open_order and has_open_order(own):
                unsettled.append(column)
        if field.kind is Kind.MONEY and _lacks_unit(column, own, options):
            found.questions.append(_unit_question(table, column))
        mixed = field.kind is Kind.MONEY and any(each != context.money.digits for each in digits)
        reading = _read_amounts if mixed else _read_column
        cells_read = reading(table, column, own, context, digits)
        if field.kind in COUNTED:
            column.values = count_values(field.kind, table.values(column.index), cells_read)
        found.columns.append(Converted(column, field, cells_read))
        step(len(cells_read))
    if unsettled:
        found.questions.append(_order_question(table, unsettled))
    return found


def _digits_by_row(
    columns: Sequence[tuple[ColumnMap, Field]], cells: Mapping[int, Sequence[Cell]], currency: str
) -> list[int]:
    """How many decimals the money of each row has, where a column names its currency; empty where none does."""
    codes = next((cells[column.index] for column, field in columns if field.name == "currency"), ())
    return [decimals(cell_text(code) or currency) for code in codes]


def _cells(table: Table, column: ColumnMap, field: Field, options: ImportOptions) -> Sequence[Cell]:
    """The column's cells after what a person answered: mended cells, then mapped values."""
    values = table.values(column.index)
    if options.fixes:
        places = (table.sheet.full_address(table.address(row, column.index)) for row in table.records)
        values = [options.fixes.get(place, cell) for place, cell in zip(places, values, strict=True)]
    mapped = {
        **options.values.get("", {}),
        **options.values.get(field.name, {}),
        **options.values.get(column.header, {}),
    }
    if mapped:
        folded: dict[str, Cell] = {text.strip().casefold(): _meant(field, value) for text, value in mapped.items()}
        values = [folded.get(cell_text(cell).casefold(), cell) if cell is not None else None for cell in values]
    return values


def _meant(field: Field, value: str) -> Cell:
    """What a person said a text means; a point they named is one of the kept scale."""
    return Settled(value) if field.kind is Kind.POINT and value.strip().isdigit() else value


def _settle_scales(
    table: Table,
    columns: Sequence[tuple[ColumnMap, Field]],
    cells: dict[int, Sequence[Cell]],
    options: ImportOptions,
    sides: Mapping[str, int],
) -> list[Question]:
    """The scales of points and of ratings that are bare numbers, which are read in place; and what must be asked."""
    asked = settle_points(table.sheet.name, columns, cells, options, sides)
    for column, field in columns:
        if field.kind is Kind.RAG:
            cells[column.index], more = settle_rating(table.sheet.name, column, cells[column.index], options)
            asked += more
    return asked


def _read_amounts(
    table: Table, column: ColumnMap, cells: Sequence[Cell], context: Context, digits: Sequence[int]
) -> list[Parsed | None]:
    """A money column whose rows are in currencies of different decimals."""
    readings = {}
    for each in set(digits):
        context.money = replace(context.money, digits=each)
        readings[each] = _read_column(table, column, cells, context, digits)
    return [readings[each][place] for place, each in enumerate(digits)]


def _read_column(
    table: Table, column: ColumnMap, cells: Sequence[Cell], context: Context, _: Sequence[int]
) -> list[Parsed | None]:
    types = set(map(type, cells))
    # A dict takes True, 1 and 1.0 for the same: cells are told apart by their type only where both may stand.
    keys: Sequence[Any] = [(type(cell), cell) for cell in cells] if types & {bool, Broken, KeptText, Settled} else cells
    memo = {key: _read_cell(cell, context) for key, cell in through(dict(zip(keys, cells, strict=True)).items())}
    found = [memo[key] for key in keys]
    if context.field.kind is Kind.RAG and table.sheet.fills:
        _read_fills(table, column, found)
    return found


def _read_cell(cell: Cell, context: Context) -> Parsed | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    return parse_cell(cell, context)


def _read_fills(table: Table, column: ColumnMap, found: list[Parsed | None]) -> None:
    """A rating that is only a colour."""
    for place, row in enumerate(table.records):
        if found[place] is None and (colour := table.sheet.fills.get(table.address(row, column.index))):
            code = fill_rag(colour)
            found[place] = read(code) if code else None


def _context(
    table: Table,
    column: ColumnMap,
    field: Field,
    cells: Sequence[Cell],
    known: Known,
    options: ImportOptions,
    currency: str,
) -> Context:
    context = Context(field, people=known.people, links=known.links, scale=column.scale or DEFAULT, part=column.part)
    context.points = known.sides.get(field.scale, context.points)
    comma = field.kind in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT) and uses_comma(cells)
    if field.kind is Kind.MONEY:
        column.unit = column.unit or _title_unit(table) or (options.money_unit or "").replace("1", "")
        context.money = MoneyRules(column.unit, comma, decimals(currency))
    elif comma:
        context.money = MoneyRules(comma=True)
    if field.kind is Kind.PERCENT:
        context.fraction = is_fraction(cells, table.sheet.formats.get(str(column.index), ""))
    return context


def _date_rules(table: Table, column: ColumnMap, field: Field, known: Known) -> DateRules:
    words = normalise(column.header).split()
    begins = field.name.startswith(_PERIOD_BEGINS) or any(word in words for word in _PERIOD_BEGINS)
    start = int(known.settings.get("fy_start_month") or 4)
    return DateRules(
        column.day_first is not False, not begins, start, table.report_date or data_date(dict(known.settings))
    )


def _date_order(
    columns: Sequence[tuple[ColumnMap, Field]], cells: Mapping[int, Sequence[Cell]], options: ImportOptions
) -> tuple[bool, bool]:
    """The order of columns that do not settle it: the answer, else that of the other columns, else day first.

    The second value says whether it had to be assumed.
    """
    dated = [cells[column.index] for column, field in columns if field.kind in (Kind.DATE, Kind.MONTH)]
    settled = {order for own in dated if (order := find_order(own)) is not None}
    if options.day_first is not None:
        return options.day_first, False
    return (settled.pop(), False) if len(settled) == 1 else (True, True)


def _currency(table: Table, columns: Sequence[tuple[ColumnMap, Field]], cells: Mapping[int, Sequence[Cell]]) -> str:
    """The one currency that the money columns name in their headers, cells or number formats, or a title names."""
    texts: set[str] = set()
    for column, field in columns:
        if field.kind is Kind.MONEY:
            texts.add(column.header)
            texts.add(table.sheet.formats.get(str(column.index), ""))
            texts.update(cell for cell in cells[column.index][:500] if isinstance(cell, str) and len(cell) < 40)  # noqa: PLR2004
    return find_currency(texts)


def _title_unit(table: Table) -> str:
    """The unit a line above the table names for all amounts."""
    lines = (
        line
        for line in table.titles
        if any(word in line.casefold() for word in ("figures", "amounts", "values", "costs", "£"))
    )
    return next((unit for line in lines if (unit := header_unit(line))), "")


def _lacks_unit(column: ColumnMap, cells: Sequence[Cell], options: ImportOptions) -> bool:
    """Whether nothing says what one means, and the amounts are too small to be plain pounds for sure."""
    if column.unit or options.money_unit or any(names_unit(cell) for cell in cells[:500]):
        return False
    numbers = [abs(float(cell)) for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    numbers += [float(digits) for cell in cells if isinstance(cell, str) and (digits := _digits(cell))]
    return bool(numbers) and max(numbers) < _SURELY_WHOLE


def _digits(text: str) -> str:
    bare = text.strip().lstrip("£$€ ").replace(",", "")
    return bare if bare.replace(".", "", 1).isdigit() and bare.isascii() else ""


def _unit_question(table: Table, column: ColumnMap) -> Question:
    text = f"Nothing says what one means in “{column.header}”: {', '.join(column.samples) or 'small amounts'}."
    return Question("money_unit", table.sheet.name, column.header, text, ("1", "k", "m", "bn"))


def _order_question(table: Table, columns: Sequence[ColumnMap]) -> Question:
    """One question for all date columns that leave it open: one answer serves them all."""
    names = join_words([f"“{column.header}”" for column in columns])
    text = f"The dates of {names} can be read day first or month first; day first is taken."
    return Question("day_first", table.sheet.name, columns[0].header, text, ("day first", "month first"))
