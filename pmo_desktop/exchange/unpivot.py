"""A plan with one column a period, read as one row a booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmo_desktop.exchange.grid import HEADER, VALUE, Cell
from pmo_desktop.exchange.longtable import LongTable, Part, beside, lay_long
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.periods import PeriodRules
from pmo_desktop.exchange.plan import NOTHING, ImportOptions, Question
from pmo_desktop.exchange.quantities import UnitFound, is_blank, read_quantity
from pmo_desktop.exchange.staff import RoleName, is_role, names_nobody
from pmo_desktop.exchange.tables import Column, Table
from pmo_desktop.exchange.wide import LEAVE, Wide, answers_for, find_wide, is_plan_sheet
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit
from pmo_desktop.store.rows import data_date

START, FINISH, QUANTITY, UNIT, STATUS = "Period start", "Period end", "Quantity", "Unit", "Booking status"
_RESOURCE, _ROLE, _PROJECT = "Resource", "Role", "Project"
_UNNAMED = "To be named"


def unpivot(
    table: Table, rules: PeriodRules, given: Mapping[str, str] = NOTHING, rows: Mapping[str, str] = NOTHING
) -> LongTable | None:
    """The bookings of a plan with one column a period; None for any other table.

    `given` says of the whole table what it does not: "year", "unit", "resource", "project"; `rows` what rows of a label
    (Planned, Actual) are: a booking status, or LEAVE.
    """
    year = given.get("year", "")
    wide = find_wide(table, replace(rules, year=int(year)) if year.isdecimal() else rules)
    if wide is None or not (wide.resource or wide.role or table.bands or is_plan_sheet(table.sheet.name)):
        return None
    return _Unpivoting(wide, rules, given, rows).long()


def plan_rules(table: Table, settings: Mapping[str, Any], options: ImportOptions) -> PeriodRules:
    """How the headers of a table are read in this portfolio."""
    start = int(settings.get("fy_start_month") or 4)
    return PeriodRules(table.report_date or data_date(dict(settings)), options.day_first is not False, start)


class _Unpivoting:
    """Turns one wide table."""

    def __init__(self, wide: Wide, rules: PeriodRules, given: Mapping[str, str], rows: Mapping[str, str]) -> None:
        self.wide, self.table, self.given = wide, wide.table, given
        self.unit = self._unit()
        self.labels = self._labels(rows)
        self.parts: list[Part] = []
        self.projects = bool(wide.project or self.table.bands or given.get("project"))
        self._name_columns()
        self.questions = self._questions(rules)

    def long(self) -> LongTable:
        """The long table."""
        table, header = self.table, self.table.header
        values: list[tuple[int, int]] = []
        cells: list[list[Cell]] = []
        lapsed: list[int] = []
        filled: dict[str, Cell] = {}
        waiting: dict[int, str] = {}
        skipped = list(self.wide.skipped)
        for row in self.wide.rows:
            status = self._status(row)
            if status == LEAVE:
                skipped.append((row, self._label(row), "rows of this label are no bookings"))
                continue
            keys = self._keys(row, filled)
            for place, span in self.wide.spans.items():
                if is_blank(cell := table.cell(row, place)):
                    continue
                quantity, unit = self._quantity(cell)
                if quantity == 0:
                    lapsed.append(header + 1 + len(values))
                elif status == "":
                    waiting[header + 1 + len(values)] = _unsettled(self._label(row))
                values.append((row, place))
                cells.append([*keys, *span, quantity, *unit, *([status or None] if self.wide.labels else [])])
        found = lay_long("allocations", table, self.parts, values, cells)
        found.table.why += f"; one column a period: {len(self.wide.rows)} rows are {len(cells):,} bookings"
        found.table.skipped += skipped
        found.questions, found.notes = self.questions, self.wide.notes
        found.traits, found.beside = self._traits(), [beside(*each) for each in self.wide.beside]
        found.lapsed, found.waiting = frozenset(lapsed), waiting
        days = [day for span in self.wide.spans.values() for day in span]
        found.covers = (min(days), max(days))
        found.apart = ("status",) if self.wide.labels else ()
        return found

    def _name_columns(self) -> None:
        wide = self.wide

        def add(header: str, place: int, of: str = "") -> None:
            self.parts.append(Part(header, place, of))

        add(_header(wide.resource, _RESOURCE), self._place(wide.resource or wide.role), "resource")
        if wide.role:
            add(_header(wide.role, _ROLE), wide.role.index, "role")
        if self.projects:
            add(_header(wide.project, _PROJECT), self._place(wide.project), "project")
        for column in (*wide.traits.values(), *wide.others):
            add(column.name, column.index)
        add(START, HEADER, "period_start")
        add(FINISH, HEADER, "period_end")
        add(QUANTITY, VALUE, "quantity")
        if not self._has("unit"):
            add(UNIT, VALUE, "unit")
        if wide.labels:
            add(_header(wide.labels, STATUS), wide.labels.index, "status")

    def _has(self, name: str) -> bool:
        """Whether a column of the sheet is called as a field is."""
        return any(column.header.casefold() == name for column in self.wide.others)

    def _place(self, column: Column | None) -> int:
        return column.index if column else VALUE

    def _keys(self, row: int, filled: dict[str, Cell]) -> list[Cell]:
        """What all bookings of a row share; a blank first cell says what the row above says."""
        wide = self.wide
        role, band = self._cell(row, wide.role), self.table.bands.get(row)
        who = self._filled(row, wide.resource, filled) if wide.resource else None
        if who is None and wide.project and not wide.resource and not wide.role:
            who = band
        keys: list[Cell] = [self._resource(who, role)]
        if wide.role:
            keys.append(role)
        if self.projects:
            keys.append(self._filled(row, wide.project, filled) if wide.project else band or self.given.get("project"))
        keys += [self._cell(row, column) for column in (*wide.traits.values(), *wide.others)]
        return keys

    def _filled(self, row: int, column: Column, filled: dict[str, Cell]) -> Cell:
        cell = self._cell(row, column)
        if column.index != min(each.index for each in (self.wide.resource, self.wide.project) if each):
            return cell
        if cell is None:
            return filled.get("first")
        filled["first"] = cell
        return cell

    def _resource(self, cell: Cell, role: Cell) -> Cell:
        """Who is booked; where nobody is named yet, the role."""
        if cell is None and not self.wide.resource and not self.wide.role:
            return self.given.get("resource") or RoleName(self.table.sheet.name, team=True)
        if cell is None or names_nobody(cell_text(cell)):
            return RoleName(cell_text(role) if role is not None else _UNNAMED)
        return RoleName(cell_text(cell)) if isinstance(cell, str) and is_role(cell) else cell

    def _cell(self, row: int, column: Column | None) -> Cell:
        cell = self.table.cell(row, column.index) if column else None
        return None if isinstance(cell, str) and not cell.strip() else cell

    def _quantity(self, cell: Cell) -> tuple[Cell, list[Cell]]:
        """The number of a cell and its unit; what is no number stays what it is."""
        found = read_quantity(cell)
        unit = (found[1] if found else None) or self.unit.unit
        number: Any = cell if found is None else found[0]
        if found and found[1] is None and self.unit.fraction:
            number = round(number * 100, 4)
        if number == 0:
            number = 0.0
        return number, [] if self._has("unit") else [unit.value]

    def _unit(self) -> UnitFound:
        told = self.given.get("unit")
        found = self.wide.unit()
        if told in tuple(AllocationUnit):
            return UnitFound(
                AllocationUnit(told), sure=True, fraction=found.fraction and told == AllocationUnit.PERCENT
            )
        return found

    def _labels(self, rows: Mapping[str, str]) -> dict[str, str]:
        return answers_for(rows, {self._label(row) for row in self.wide.rows}) if self.wide.labels else {}

    def _label(self, row: int) -> str:
        return cell_text(self._cell(row, self.wide.labels))

    def _status(self, row: int) -> str | None:
        """What a row is: a booking status, LEAVE, "" while nobody has said; None where no column says it."""
        return self.labels.get(self._label(row), "") if self.wide.labels else None

    def _questions(self, rules: PeriodRules) -> list[Question]:
        name, found = self.table.sheet.name, []
        if self.wide.series.yearless and not self.given.get("year"):
            found.append(self._ask_year(rules))
        if not self.unit.sure and not self._has("unit"):
            text = f"{name}: nothing says what a number counts; {_unit_words(self.unit.unit)} is taken."
            found.append(Question("given", name, "unit", text, tuple(AllocationUnit)))
        for label in sorted(label for label, meaning in self.labels.items() if not meaning):
            text = f"{name}: what are the rows “{label}”? Until you say, they wait."
            words = (*AllocationStatus, "No bookings: leave them out")
            found.append(Question("rows", name, label, text, (*AllocationStatus, LEAVE), words))
        return found

    def _ask_year(self, rules: PeriodRules) -> Question:
        series, name = self.wide.series, self.table.sheet.name
        first = next(iter(series.spans.values()))[0]
        header = next(column.header for column in self.table.columns if column.index == next(iter(self.wide.spans)))
        year = first.year - (series.financial and first.month < rules.fy_start)
        of = "The financial year begins in" if series.financial else f"“{header}” is of"
        text = f"{name}: its periods name no year. {of} {year}, as it is taken?"
        return Question("given", name, "year", text, tuple(str(year + shift) for shift in (-1, 0, 1)))

    def _traits(self) -> dict[str, int]:
        names = [part.header for part in self.parts]
        return {trait: names.index(column.name) for trait, column in self.wide.traits.items()}


def _unsettled(label: str) -> str:
    return f"Say what the rows “{label}” are: a booking status, or no bookings."


def _header(column: Column | None, otherwise: str) -> str:
    return column.name if column and column.header else otherwise


def _unit_words(unit: AllocationUnit) -> str:
    return {AllocationUnit.PERCENT: "percent"}.get(unit, unit.value)
