"""Whether answers given without seeing the plan name what is there: sheets, columns, and records of the portfolio."""

from __future__ import annotations

from pmo_desktop.exchange.grid import Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.exchange.similar import NEW
from pmo_desktop.store.errors import Known


def check_answers(workbook: Workbook, plan: Plan, options: ImportOptions) -> None:
    """Refuse an answer that would change nothing, since it names what the workbook or the portfolio does not have.

    A cell whose conflict is settled by now is no fault: the same answers may be given twice. Raises Known.
    """
    _check_sheets(workbook, [*options.fixes, *options.skip, *options.same, *options.cells_resolved])
    columns = [column for table in plan.tables for column in table.columns]
    headers = {column.header.casefold() for column in columns}
    named = headers | {word.casefold() for column in columns for word in (column.field or "", column.label)}
    for header in options.blank:
        if header.casefold() not in headers:
            raise Known(f"“blank” names “{header}”, but “{plan.file}” has no such column.")
    for name in options.columns_resolved:
        if name.casefold() not in named:
            raise Known(f"“resolve” names “{name}”, but “{plan.file}” has no such column.")
    _check_records(plan, options)


def _check_sheets(workbook: Workbook, places: list[str]) -> None:
    sheets = [sheet.name for sheet in workbook.sheets]
    for place in places:
        if place.rpartition("!")[0] not in sheets:
            known = ", ".join(sheets)
            raise Known(f"An answer names “{place}”, but the sheets of “{workbook.name}” are {known}.")


def _check_records(plan: Plan, options: ImportOptions) -> None:
    became = {f"{table.sheet}!{row.row}": row for table in plan.kept for row in table.rows}
    for place, told in options.same.items():
        row = became.get(place)
        if row is None:
            raise Known(f"“same” names “{place}”, but no record is read from that row.")
        if told not in (NEW, row.id):
            raise Known(f"“{place}” is said to be the record {told}, which that register does not hold.")
