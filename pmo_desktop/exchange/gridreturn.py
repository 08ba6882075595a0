"""The capacity grid that was exported and comes back: only what was edited in it is read, cell by cell.

What a cell held when it was exported is worked out again from the journal; spans of days are cut so that what lies
beside an edited cell keeps its amounts (figures/slate). A blank cell keeps what is booked, 0 books nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pmo_desktop.exchange.dictionary import ABOUT
from pmo_desktop.exchange.grid import Cell, Sheet, Workbook, letter
from pmo_desktop.exchange.gridsheet import AVAILABLE, FIRST, HEADERS, HIDDEN, TITLE, TOTAL
from pmo_desktop.exchange.outcome import cell_text
from pmo_desktop.exchange.plan import (
    Answer,
    ColumnMap,
    ImportOptions,
    Level,
    Plan,
    Problem,
    RowKind,
    RowPlan,
    SkippedRow,
    TablePlan,
    Treatment,
)
from pmo_desktop.exchange.returned import read_stamp
from pmo_desktop.figures.capacity import Lens, Measure
from pmo_desktop.figures.gridrows import DIGITS, read_grid_rows, read_whole_book
from pmo_desktop.figures.slate import Booked, Slate, read_slate
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.booking import Unit
from pmo_desktop.rules.calendar import Grain, period_of
from pmo_desktop.rules.cutting import Part
from pmo_desktop.rules.wording import day_text
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rewind import as_of_batch
from pmo_desktop.store.rows import read_names, read_rows, read_settings

_ENTITY = "allocation"
_UNITS = {Measure.PERCENT: Unit.PERCENT, Measure.DAYS: Unit.DAYS, Measure.FTE: Unit.FTE}
_MOST = {Measure.PERCENT: 10.0, Measure.FTE: 1_000.0, Measure.DAYS: 10_000.0}  # above it, a slip of the pen
_FIELDS = ("resource", "project", "role", "period_start", "period_end", "quantity", "unit", "status")
_WHOLE = 100.0

Key = tuple[str, str, str, str]  # resource, project, role, status


class _Edit(NamedTuple):
    """One cell that somebody edited."""

    key: Key
    row: int  # from 0
    day: date
    value: float


@dataclass(slots=True)
class _Found:
    """What the sheet says otherwise than it did, and what of it cannot be read."""

    edits: list[_Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    read: int = 0


def grid_sheet(workbook: Workbook) -> Sheet | None:
    """The sheet of an exported grid; None in any other workbook."""
    sheet = next((each for each in workbook.sheets if each.name == TITLE and each.rows), None)
    header = tuple(cell_text(cell) for cell in sheet.rows[0][: FIRST - 1]) if sheet else ()
    return sheet if header == (*HEADERS, *HIDDEN) else None


def plan_grid(store: Store, workbook: Workbook, sheet: Sheet, options: ImportOptions) -> Plan:
    """What bringing back an exported grid would change."""
    lens, stamp = _read_lens(workbook), read_stamp(workbook)
    with store.reading() as connection:
        newest = connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0] or 0
    present = _cells_of(store, lens)
    before = present
    if stamp is not None and stamp < newest:
        past = as_of_batch(store, stamp)
        before = _cells_of(past, lens)
        past.close()
    found = _compare(sheet, lens, present, before, options, {row["id"] for row in read_rows(store, "resource")})
    rows = list(_row_plans(store, lens, found.edits)) if found.edits else []
    why = "the capacity grid of an export of ours; only edited cells are read"
    table = TablePlan(TITLE, 1, "allocations", _ENTITY, "allocations", 1.0, why, found.read, _columns(), rows, [], [])
    table.problems, table.skipped = found.problems, found.skipped
    return Plan(workbook.name, workbook.fingerprint, [table], notes=list(workbook.notes), after=newest)


def _read_lens(workbook: Workbook) -> Lens:
    rows = next((sheet.rows for sheet in workbook.sheets if sheet.name == ABOUT), [])
    told = {cell_text(row[0]): cell_text(row[1]) for row in rows if len(row) > 1}
    unit, grain = told.get("Unit", ""), told.get("Periods", "")
    confirmed = told.get("Bookings") == "confirmed only"
    units, grains = {each.value: each for each in Measure}, {each.value: each for each in Grain}
    return Lens(grains.get(grain, Grain.WEEK), units.get(unit, Measure.DAYS), confirmed)


def _cells_of(store: Store, lens: Lens) -> dict[tuple[Key, date], float]:
    """What every cell that is booked holds, in the lens's unit."""
    book = read_whole_book(store, lens.grain)
    grid = read_grid_rows(book, lens)
    days = grid.grid.periods.firsts
    found = {}
    for under in grid.rows:
        for row in under:
            key = (row.resource, book.projects[row.project].id or "", row.role or "", str(row.status))
            for place, value in enumerate(row.values.tolist()):
                if value:
                    found[key, _day(days[place])] = float(value)
    return found


def _compare(
    sheet: Sheet,
    lens: Lens,
    present: Mapping[tuple[Key, date], float],
    before: Mapping[tuple[Key, date], float],
    options: ImportOptions,
    resources: set[str],
) -> _Found:
    found = _Found()
    digits = DIGITS + 2 * (lens.unit is Measure.PERCENT)
    days = {place: day for place, cell in enumerate(sheet.rows[0]) if place >= FIRST and (day := _header_day(cell))}
    for number, key, cells in _booked_rows(sheet, found):
        if key[0] not in resources:
            found.skipped.append(SkippedRow(number + 1, cell_text(cells[0]), "its resource is not here any more"))
            continue
        found.read += 1
        for place, day in days.items():
            cell = cells[place] if place < len(cells) else None
            if cell is None:
                continue
            value = _value(cell, lens, digits)
            then, now = before.get((key, day), 0.0), present.get((key, day), 0.0)
            if value is None:
                _tell(found, sheet, number, place, cell, "is no amount that can be booked.")
            elif value in (then, now):
                continue
            elif then != now and options.resolve is not Answer.THEIRS:
                _tell(found, sheet, number, place, cell, f"was changed here to {now:g} since the grid was exported.")
            else:
                found.edits.append(_Edit(key, number, day, value))
    return found


def _booked_rows(sheet: Sheet, found: _Found) -> Iterator[tuple[int, Key, list[Cell]]]:
    """The rows that are bookings, with who, for what, as what and how far agreed."""
    for number, cells in enumerate(sheet.rows[1:], start=1):
        texts = [cell_text(cell) for cell in cells[: FIRST - 1]]
        if len(texts) < len(HEADERS) or texts[4] in (TOTAL, AVAILABLE):
            continue
        hidden = texts[len(HEADERS) :]
        if not hidden or not hidden[0]:
            reason = "a row that was added has no identity: book it in the program, or import it as a sheet of its own"
            found.skipped.append(SkippedRow(number + 1, " · ".join(text for text in texts if text), reason))
            continue
        who, role, project = (*hidden, "", "")[:3]
        yield number, (who, project, role, texts[4]), cells


def _value(cell: Cell, lens: Lens, digits: int) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    value = round(float(cell), digits)
    return value if 0 <= value <= _MOST[lens.unit] else None


def _tell(found: _Found, sheet: Sheet, row: int, column: int, cell: Cell, what: str) -> None:
    address = sheet.full_address(f"{letter(column)}{row + 1}")
    text = cell_text(cell)
    found.problems.append(Problem(address, text, f"“{text}” {what}", Level.LOOK, row + 1, "quantity"))


def _row_plans(store: Store, lens: Lens, edits: list[_Edit]) -> Iterator[RowPlan]:
    """The allocations that make the edited cells what they say; of one that goes the quantity becomes 0."""
    starts_in = round(read_settings(store)["fy_start_month"])
    spans = [period_of(edit.day, lens.grain, starts_in) for edit in edits]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    whole = read_slate(store, {edit.key[0] for edit in edits}, first, last)
    names = read_names(store)
    by_status: defaultdict[str, list[tuple[_Edit, tuple[date, date]]]] = defaultdict(list)
    for edit, span in zip(edits, spans, strict=True):
        by_status[edit.key[3]].append((edit, span))
    for status, asked in by_status.items():
        own = [row for row in whole.stored.values() if _status(row) == status]
        slate = Slate(whole.lines, whole.diaries, own, whole.days_off)
        lines: dict[tuple[str, str], int] = {}
        for edit, span in asked:
            who, project, role, _ = edit.key
            quantity = edit.value * (_WHOLE if lens.unit is Measure.PERCENT else 1)
            part = Part(*span, round(quantity, DIGITS), _UNITS[lens.unit])
            slate.set_cell(Booked(new_id(), who, project or None, role or None, part, status))
            lines[who, project] = edit.row + 1
        changes = slate.changes()
        for row in changes.made:
            yield RowPlan(_line(lines, row), RowKind.NEW, row.id, _call(row, names), _plain(row))
        for row in changes.changed:
            kept, now = _plain(slate.stored[row.id]), _plain(row)
            old = {name: value for name, value in kept.items() if value != now[name]}
            yield RowPlan(_line(lines, row), RowKind.CHANGED, row.id, _call(row, names), now, old)
        for row in (slate.stored[each] for each in changes.gone):
            now = _plain(row) | {"quantity": 0.0}
            old = {"quantity": row.part.quantity}
            yield RowPlan(_line(lines, row), RowKind.CHANGED, row.id, _call(row, names), now, old)


def _status(row: Booked) -> str:
    return str(row.status or AllocationStatus.CONFIRMED)


def _plain(row: Booked) -> dict[str, Any]:
    return {name: row.cells[name] for name in (*_FIELDS, "comment")}


def _line(lines: Mapping[tuple[str, str], int], row: Booked) -> int:
    return lines.get((row.resource, row.project or ""), 1)


def _call(row: Booked, names: Mapping[str, str]) -> str:
    said = (names.get(row.resource), names.get(row.project or ""), day_text(row.part.first), day_text(row.part.last))
    return " · ".join(each for each in said if each)


def _columns() -> list[ColumnMap]:
    """The fields of the bookings; no column of the sheet says one of them alone."""
    found = []
    for name in _FIELDS:
        of = find_field(_ENTITY, name)
        found.append(
            ColumnMap(-1, "", of.label, Treatment.FIELD, name, of.label, of.kind, 1.0, "the grid's form says it")
        )
    return found


def _header_day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def _day(moment: Any) -> date:
    found = moment.item() if hasattr(moment, "item") else moment
    return found.date() if isinstance(found, datetime) else found
