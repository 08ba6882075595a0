"""A plan with one column a period, as it lies on its sheet: what its columns say, what is a sum, what a number counts.

Rows and columns count from 0 here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from pmo_desktop.exchange.grid import Cell, letter
from pmo_desktop.exchange.headers import field_words, normalise
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.periods import Grain, PeriodRules, Series, Span, read_series
from pmo_desktop.exchange.quantities import UnitFound, find_unit, is_blank, read_quantity
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.totals import names_total, numbers, summed_part, summed_rows, wrong_totals
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.registers import BY_NAME

_MOSTLY = 0.8  # of the cells that say something
LEAVE = "leave"  # the answer that rows of a label are no bookings
_LABELS: dict[str, str] = {  # what a row is, by the label it stands under; "" must be asked
    "Requested": "requested, request, demand, required, requirement, needed, need, ask, tentative, soft",
    "Offered": "offered, offer, proposed",
    "Confirmed": "confirmed, booked, committed, allocated, assigned, hard, approved",
    "Rejected": "rejected, declined, refused",
    LEAVE: "supply, capacity, available, availability, gap, balance, variance, difference, shortfall, surplus, "
    "utilisation, utilization, free, spare, total",
    "": "planned, plan, actual, actuals, forecast, baseline, budget",
}
_PLAN_SHEETS = "demand, headcount, head count, fte, resource demand, staffing, staffing plan"
TRAITS = ("ref", "team", "grade", "department", "location", "email")  # said of a resource, not of its booking
_ENGAGED = ("period_start", "period_end", "quantity")  # of the whole engagement, which its periods say already


@dataclass(slots=True)
class Wide:
    """What the columns of such a table are, by the sheet's column."""

    table: Table
    series: Series
    spans: dict[int, Span] = field(default_factory=dict)  # column -> first and last day
    resource: Column | None = None
    role: Column | None = None
    project: Column | None = None
    labels: Column | None = None  # says whether a row is planned, requested, demand, supply ...
    traits: dict[str, Column] = field(default_factory=dict)
    others: list[Column] = field(default_factory=list)  # fields of the bookings, and such as nobody knows
    beside: list[tuple[Column, str]] = field(default_factory=list)  # columns that are left out, and why
    sums: set[int] = field(default_factory=set)  # rows that add up others
    skipped: list[tuple[int, str, str]] = field(default_factory=list)  # as in Table
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """The rows that are no sums."""
        return [row for row in self.table.records if row not in self.sums]

    def unit(self) -> UnitFound:
        """What a bare number counts."""
        sheet = self.table.sheet
        columns = [column for column in self.table.columns if not column.fact]
        counted = [each for each in columns if each.index in self.spans or names_total(each.header)]
        texts = [each.header for each in counted] + self.table.titles + [sheet.name]
        texts += [f"{fact.label} {cell_text(fact.value)}" for fact in self.table.facts.values()]
        formats = [sheet.formats[str(place)] for place in self.spans if str(place) in sheet.formats]
        cells = [self.table.cell(row, place) for row in self.rows for place in self.spans]
        return find_unit(texts, formats, cells, self.series.grain, heads=self.resource is None)


def find_wide(table: Table, rules: PeriodRules) -> Wide | None:
    """The table as a plan with one column a period; None when it is none, or has one column a day."""
    if table.sheet.layout.turned or table.sheet.layout.long:
        return None
    columns = [column for column in table.columns if not column.fact]
    series = read_series([column.header for column in columns], rules)
    if series is None or series.grain is Grain.DAY:
        return None
    wide = Wide(table, series, {columns[place].index: span for place, span in series.spans.items()})
    if not _holds_quantities(wide):
        return None
    for place in series.repeated:
        wide.beside.append((columns[place], "it says a period once more: the first column of it is read"))
    for place in series.subtotals:
        wide.beside.append((columns[place], "it adds up shorter periods, which are read"))
    _sort_keys(wide, columns)
    _find_sum_rows(wide)
    _sort_sums(wide)
    return wide


def _holds_quantities(wide: Wide) -> bool:
    cells = [wide.table.cell(row, place) for row in wide.table.records[:500] for place in wide.spans]
    filled = [cell for cell in cells if not is_blank(cell)]
    readable = sum(read_quantity(cell) is not None for cell in filled)
    return bool(filled) and readable >= _MOSTLY * len(filled)


def _sort_keys(wide: Wide, columns: list[Column]) -> None:
    """Give each column that is no period its part."""
    taken = {column.index for column, _ in wide.beside} | wide.spans.keys()
    first = min(wide.spans)
    free = [*_unnamed_left(wide, columns), *(column for column in columns if column.index not in taken)]
    for column in free:
        name = normalise(column.header) if column.header else ""
        if column.repeat == 1 and name:
            _sort_named(wide, column, name)
        else:
            wide.others.append(column)
    wide.labels = next((column for column in wide.others if _is_label_column(wide, column)), None)
    if wide.labels:
        wide.others.remove(wide.labels)
    if wide.resource is None and wide.role is None:
        lead = next((each for each in wide.others if each.index < first and _holds_words(wide, each)), None)
        if lead is not None and not lead.header:
            wide.resource = lead
            wide.others.remove(lead)


def _sort_named(wide: Wide, column: Column, name: str) -> None:
    parts: dict[str, Callable[[], frozenset[str]]] = {
        "project": project_words,
        "resource": resource_words,
        "role": role_words,
    }
    part = next((part for part, words in parts.items() if name in words()), None)
    trait = next((trait for trait in TRAITS if name in field_words(find_field("resource", trait))), None)
    if part and getattr(wide, part) is None:
        setattr(wide, part, column)
    elif part == "project" and wide.project is not None:
        _choose_project(wide, column)
    elif trait and trait not in wide.traits:
        wide.traits[trait] = column
    elif any(name in field_words(find_field("allocation", each)) for each in _ENGAGED):
        wide.beside.append((column, "its periods say when and how much"))
    else:
        wide.others.append(column)


def _choose_project(wide: Wide, column: Column) -> None:
    """Of two columns that name the project the one with references is read."""
    held = wide.project
    assert held is not None  # noqa: S101  whoever calls has looked
    if _references(wide, column) > _references(wide, held):
        held, wide.project = column, column
        held = next(each for each in wide.table.columns if each is not column and _is_project(each))
    else:
        held = column
    wide.beside.append((held, "it names the project once more"))


def _is_project(column: Column) -> bool:
    return normalise(column.header) in project_words()


def _references(wide: Wide, column: Column) -> int:
    texts = (cell_text(wide.table.cell(row, column.index)) for row in wide.table.records[:100])
    return sum(any(map(str.isdigit, text)) for text in texts)


def _unnamed_left(wide: Wide, columns: list[Column]) -> list[Column]:
    """Columns of words without a header to the left of all named ones."""
    left = range(wide.table.sheet.layout.left, min(column.index for column in columns))
    found = [Column(place, "") for place in left]
    return [column for column in found if _holds_words(wide, column)]


def _holds_words(wide: Wide, column: Column) -> bool:
    cells = [cell for row in wide.table.records if not is_blank(cell := wide.table.cell(row, column.index))]
    words = sum(isinstance(cell, str) and read_quantity(cell) is None for cell in cells)
    return bool(cells) and words >= _MOSTLY * len(cells)


def _is_label_column(wide: Wide, column: Column) -> bool:
    if normalise(column.header) in field_words(find_field("allocation", "status")):
        return False
    texts = {cell_text(cell) for row in wide.table.records if not is_blank(cell := wide.table.cell(row, column.index))}
    return bool(texts) and all(label_meaning(text) is not None for text in texts)


def label_meaning(text: str) -> str | None:
    """What rows of a label are: a booking status, LEAVE, or "" where it must be asked; None for no such label."""
    return _label_words().get(" ".join(text.casefold().split()))


@cache
def _label_words() -> dict[str, str]:
    return {word: meaning for meaning, words in _LABELS.items() for word in words.split(", ")}


def _find_sum_rows(wide: Wide) -> None:
    keys = [column for column in (wide.resource, wide.role, wide.project, wide.labels) if column]
    values = {row: numbers([wide.table.cell(row, place) for place in wide.spans]) for row in wide.table.records}
    for row in summed_rows(values) if wide.labels is None else ():
        if all(is_blank(wide.table.cell(row, column.index)) for column in keys):
            wide.sums.add(row)
            wide.skipped.append((row, "", "a total, by its numbers"))


def _sort_sums(wide: Wide) -> None:
    """Columns that add up periods: by their header, or by their numbers."""
    places = list(wide.spans)
    rows = [numbers([wide.table.cell(row, place) for place in places]) for row in wide.rows]
    headers = {column.index: column.header for column in wide.table.columns}
    for column in list(wide.others):
        cells = [wide.table.cell(row, column.index) for row in wide.rows]
        part = summed_part(cells, rows)
        named = bool(column.header) and names_total(column.header) and any(read_quantity(cell) for cell in cells)
        if not part and not named:
            continue
        wide.others.remove(column)
        span = f"from {headers[places[part[0]]]} to {headers[places[part[1]]]}" if part else "of its row"
        wide.beside.append((column, f"the sum {span}: not added"))
        wide.notes += [] if part else _wrong(wide, column, cells, rows)


def _wrong(wide: Wide, column: Column, cells: list[Cell], rows: list[list[float]]) -> list[str]:
    sheet = wide.table.sheet
    return [
        f"{sheet.full_address(f'{letter(column.index)}{wide.rows[place] + 1}')}: the total says {told:g}, "
        f"its periods add up to {true:g}; they are what is read."
        for place, told, true in wrong_totals(cells, rows)
    ]


def is_plan_sheet(name: str) -> bool:
    """Whether a sheet's name says that it plans resources."""
    return normalise(name) in _plan_sheets()


@cache
def _plan_sheets() -> frozenset[str]:
    info = BY_NAME["allocations"]
    return frozenset(map(normalise, (*info.sheets, info.sheet, *_PLAN_SHEETS.split(", "))))


@cache
def resource_words() -> frozenset[str]:
    """Headers of who or what is booked."""
    own = field_words(find_field("allocation", "resource")) | field_words(find_field("resource", "name"))
    return own | {"who", "resource name role", "people"}


@cache
def role_words() -> frozenset[str]:
    """Headers of roles."""
    return field_words(find_field("allocation", "role")) | field_words(find_field("resource", "role"))


@cache
def project_words() -> frozenset[str]:
    """Headers of projects."""
    return field_words(find_field("allocation", "project")) | {"project code", "project number"}


def answers_for(options: Mapping[str, str], labels: set[str]) -> dict[str, str]:
    """Each label with what its rows are: as answered, else as it says itself; "" where nobody knows."""
    told = {" ".join(label.casefold().split()): meaning for label, meaning in options.items()}
    return {label: told.get(" ".join(label.casefold().split()), label_meaning(label) or "") for label in labels}
