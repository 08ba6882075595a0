"""What one does with allocations: set cells of the grid, shift, reassign, reduce, agree, ask; each is one step.

Everything that writes allocations by hand goes through here: the grid, its inspector, scenarios and the leaver wizard.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pmo_desktop.figures.slate import Booked, Changes, Slate, read_booked, read_slate, say_part
from pmo_desktop.figures.ways import Way
from pmo_desktop.model.allocation import Allocation
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.naming import call_row, say_count
from pmo_desktop.operations.records import Edit, forget_texts
from pmo_desktop.operations.scenarios import name_of, write_allocations
from pmo_desktop.rules.booking import MAX_PERCENT, BookingFlag, Unit
from pmo_desktop.rules.calendar import Grain, period_of, shift_day
from pmo_desktop.rules.capacity import MAX_SHARE, WHOLE
from pmo_desktop.rules.cutting import Part
from pmo_desktop.rules.wording import day_text, short_day
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_settings

_ENTITY = Allocation.__tablename__
_GONE = "Nothing was changed: {} it names has been deleted. Undo the deletion first."


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What is typed for one cell: so much of a resource for a project in the period in which `day` lies.

    `role` None: whatever role the bookings have. `quantity` None or 0 empties the cell. `status`: of a booking that
    was not there; None goes on as its neighbours do, and is Requested without any.
    """

    resource: str
    project: str | None
    day: date
    quantity: float | None
    unit: Unit = Unit.PERCENT
    role: str | None = None
    status: str | None = None


def set_cells(
    store: Store, cells: Sequence[CellEdit], grain: Grain, what: str | None = None, scenario: str | None = None
) -> int | None:
    """Write cells of the grid exactly; what is booked outside of them stays. None when nothing differed.

    Of a period in which the resource starts or leaves, the days on which it is there are written.
    Raises Known in words for a quantity below zero, above 1,000 % or no number, and before the start or after leaving.
    """
    if not cells:
        return None
    with batch(store, (what or _say_cells(store, cells, grain)) + say_target(store, scenario)) as work:
        slate = slate_for(store, cells, grain, scenario=scenario)
        write_changes(work.connection, slate.changes(), scenario)
    return work.id if work.changed else None


def slate_for(
    store: Store,
    cells: Sequence[CellEdit],
    grain: Grain,
    slate: Slate | None = None,
    scenario: str | None = None,
) -> Slate:
    """The slate after some cells were typed; nothing is written. Raises Known as `set_cells` does."""
    starts_in = round(read_settings(store)["fy_start_month"])
    spans = [period_of(cell.day, grain, starts_in) for cell in cells]
    if slate is None:
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        who, what = {cell.resource for cell in cells}, {cell.project for cell in cells}
        slate = read_slate(store, who, first, last, scenario, what)
    for cell, (first, last) in zip(cells, spans, strict=True):
        part = Part(first, last, cell.quantity or 0.0, cell.unit)
        check_part(slate, cell.resource, part)
        new = Booked(new_id(), cell.resource, cell.project, cell.role, part, cell.status)
        slate.set_cell(new, any_role=cell.role is None)
    return slate


def shift_allocations(
    store: Store, ids: Collection[str], periods: int, grain: Grain, scenario: str | None = None
) -> int | None:
    """Move allocations so many periods later, or earlier below zero, with what they book. Raises Known as set_cells."""
    rows = _read(store, ids, scenario)
    try:
        moved = [
            replace(
                row,
                part=replace(
                    row.part,
                    first=shift_day(row.part.first, grain, periods),
                    last=shift_day(row.part.last, grain, periods),
                ),
            )
            for row in rows
        ]
    except OverflowError as error:
        message = "Nothing was changed: the calendar ends before that day. Move it by less."
        raise Known(message) from error
    by = say_count_of(abs(periods), grain)
    what = f"Move {say_bookings(store, rows)} by {by} {_way(periods)}"
    return move_allocations(store, moved, what, scenario=scenario)


def move_allocations(
    store: Store, moved: Sequence[Booked], what: str, why: str | None = None, scenario: str | None = None
) -> int | None:
    """Write allocations with other days. Raises Known when one that lay while its resource is there no longer would."""
    with batch(store, what + say_target(store, scenario), why=why) as work:
        slate = slate_of(store, moved, scenario=scenario)
        for row in moved:
            before = slate.rows.get(row.id)
            if before is None:
                raise Known(_GONE.format("an allocation"))
            if _is_inside(slate, before) and not _is_inside(slate, row):
                raise Known(_refuse_outside(slate, row.resource, row.part))
            slate.add(row)
        write_changes(work.connection, slate.changes(), scenario)
    return work.id if work.changed else None


def reassign(
    store: Store,
    ids: Collection[str],
    to: str,
    span: tuple[date, date] | None = None,
    share: float = WHOLE,
    what: str | None = None,
    scenario: str | None = None,
) -> int | None:
    """Give allocations, or some of their days, or a share of them in percent, to another resource.

    FTE stay as they are; of percent, days and hours the amount of work does. Days on which no work falls stay.
    Raises Known when the other resource is not there on those days, when no work falls on any of them, and for a share
    of nothing or above 100 %.
    """
    if not 0 < share <= WHOLE:
        message = f"Nothing was changed: {share:g} % is no share to give away. Type one from 1 to 100."
        raise Known(message)
    rows = _read(store, ids, scenario)
    what = what or f"Reassign {say_bookings(store, rows)} to {call_row(store, 'resource', to)}"
    with batch(store, what + say_target(store, scenario)) as work:
        slate = slate_of(store, rows, to, scenario=scenario)
        if not any(slate.total(row, *(span or (row.part.first, row.part.last))) for row in rows):
            message = f"Nothing was changed: no work of {say_bookings(store, rows)} falls on these days."
            raise Known(message)
        for row in rows:
            hand_over(slate, row, to, span or (row.part.first, row.part.last), share)
        write_changes(work.connection, slate.changes(), scenario)
    return work.id if work.changed else None


def hand_over(slate: Slate, row: Booked, to: str, span: tuple[date, date], share: float = WHOLE) -> None:
    """Give a share of a row's days to another resource, on the slate. Raises Known when that one is not there."""
    span = max(span[0], row.part.first), min(span[1], row.part.last)
    if row.resource == to or span[0] > span[1]:
        return
    if slate.diaries[to].employed(*span) != span:
        raise Known(_refuse_outside(slate, to, Part(*span, 0.0, row.part.unit)))
    slate.hand_over(row, to, span, share)


def reduce(
    store: Store,
    allocation: str,
    span: tuple[date, date],
    quantity: float,
    unit: Unit,
    what: str | None = None,
    scenario: str | None = None,
) -> int | None:
    """Let one allocation book so much on some of its days, and outside of them what it did; 0 takes it off them.

    Raises Known as set_cells does.
    """
    (row,) = _read(store, [allocation], scenario)
    part = Part(max(span[0], row.part.first), min(span[1], row.part.last), quantity, unit)
    said = f"to {say_part(part)}" if quantity else "to nothing"
    what = what or f"Reduce {say_bookings(store, [row])} {said} {say_days(part.first, part.last)}"
    with batch(store, what + say_target(store, scenario)) as work:
        slate = slate_of(store, [row], scenario=scenario)
        check_part(slate, row.resource, part)
        slate.put(row, part.first, part.last, replace(row, part=part) if quantity else None)
        write_changes(work.connection, slate.changes(), scenario)
    return work.id if work.changed else None


def set_status(
    store: Store, ids: Collection[str], status: AllocationStatus, on: date, scenario: str | None = None
) -> int | None:
    """Request, offer, confirm or reject allocations; the day is kept as the reason in the journal."""
    rows = _read(store, ids, scenario)
    verb = _VERBS[status]
    what = f"{verb} {say_bookings(store, rows)}{say_target(store, scenario)}"
    with batch(store, what, why=f"{status} on {day_text(on)}") as work:
        write_allocations(work.connection, scenario, changed={row.id: {"status": status} for row in rows})
    return work.id if work.changed else None


def ask(
    store: Store, allocation: str, span: tuple[date, date], note: str, on: date, scenario: str | None = None
) -> int | None:
    """Ask the project's manager whether an allocation can give way on some of its days.

    Those days become Requested, and the question is added to their comment, for them to read.
    """
    (row,) = _read(store, [allocation], scenario)
    first, last = max(span[0], row.part.first), min(span[1], row.part.last)
    what = f"Ask for {say_bookings(store, [row])} to give way {say_days(first, last)}{say_target(store, scenario)}"
    with batch(store, what) as work:
        slate = slate_of(store, [row], scenario=scenario)
        slate.ask(row, (first, last), f"Asked on {short_day(on)}: {note.strip()}")
        write_changes(work.connection, slate.changes(), scenario)
    return work.id if work.changed else None


def resolve(store: Store, way: Way, scenario: str | None = None) -> int | None:
    """Do what a way to resolve an over-booked cell says. Raises Known when its bookings have changed meanwhile."""
    return apply_changes(store, way.changes, way.stored, way.title, scenario=scenario)


def delete_allocations(store: Store, ids: Collection[str], scenario: str | None = None) -> int | None:
    """Take allocations away, whole: from the plan, or from a scenario laid over it."""
    if scenario is None:
        return delete_records(store, _ENTITY, ids)
    rows = read_booked(store, ids, scenario)
    with batch(store, f"Delete {say_bookings(store, rows)}{say_target(store, scenario)}") as work:
        write_changes(work.connection, Changes((), (), tuple(row.id for row in rows)), scenario)
    return work.id if work.changed else None


def apply_changes(
    store: Store,
    changes: Changes,
    stored: Sequence[Booked],
    what: str,
    why: str | None = None,
    scenario: str | None = None,
) -> int | None:
    """Write what was worked out before. Raises Known when the rows it starts from are no longer as they were."""
    with batch(store, what + say_target(store, scenario), why=why) as work:
        now = {row.id: row for row in read_booked(store, [row.id for row in stored], scenario)}
        if any(now.get(row.id) != row for row in stored):
            message = "Nothing was changed: these bookings have changed meanwhile. Look at the proposal again."
            raise Known(message)
        write_changes(work.connection, changes, scenario)
    return work.id if work.changed else None


def slate_of(store: Store, rows: Sequence[Booked], *others: str, scenario: str | None = None) -> Slate:
    """The slate of the resources of some allocations, and of others. Raises Known when one is gone."""
    first, last = min(row.part.first for row in rows), max(row.part.last for row in rows)
    slate = read_slate(store, {row.resource for row in rows} | set(others), first, last, scenario)
    if not set(others) <= set(slate.lines):
        raise Known(_GONE.format("a resource"))
    return slate


def check_part(slate: Slate, resource: str, part: Part) -> None:
    """Raises Known in words when a quantity cannot be booked, or nobody is there to be booked."""
    if resource not in slate.lines:
        raise Known(_GONE.format("a resource"))
    name = slate.lines[resource].name
    if not math.isfinite(part.quantity):
        message = "Nothing was changed: the quantity is no number. Type one such as 50 %, 0.5 FTE or 3 days."
        raise Known(message)
    if part.quantity < 0:
        message = f"Nothing was changed: {say_part(part)} of {name} is below zero. Type 0 to book nothing."
        raise Known(message)
    if part.last < part.first:
        message = f"Nothing was changed: {day_text(part.last)} is before {day_text(part.first)}. Give days in order."
        raise Known(message)
    there = slate.diaries[resource].employed(part.first, part.last)
    if part.quantity and there is None:
        raise Known(_refuse_outside(slate, resource, part))
    if there is not None and _is_too_much(slate, resource, replace(part, first=there[0], last=there[1])):
        message = (
            f"Nothing was changed: {say_part(part)} of {name} {say_days(*there)} is more than {MAX_PERCENT:,.0f} % of "
            "their time, which is taken for a slip. Type less."
        )
        raise Known(message)


def write_changes(connection: Connection, changes: Changes, scenario: str | None = None) -> None:
    """Write what a slate came to, inside a batch: into the plan, or into a scenario laid over it."""
    edits = {row.id: row.cells for row in changes.changed}
    if scenario is None:
        named = [Edit(key, name, value) for key, row in edits.items() for name, value in row.items()]
        forget_texts(connection, _ENTITY, named)
    changed = {key: {name: row[name] for name in row if name != "custom"} for key, row in edits.items()}
    write_allocations(connection, scenario, {row.id: row.cells for row in changes.made}, changed, changes.gone)


def say_target(store: Store, scenario: str | None) -> str:
    """What a step's name says of where it was done: nothing of the plan, ` in Later` of a scenario."""
    return "" if scenario is None else f" in {name_of(store, scenario)}"


def say_bookings(store: Store, rows: Sequence[Booked]) -> str:
    """`Chris Obi on HW-101`, `4 allocations`."""
    pairs = {(row.resource, row.project) for row in rows}
    if len(pairs) != 1:
        return say_count(len(rows), _ENTITY)
    ((resource, project),) = pairs
    on = f" on {call_row(store, 'project', project)}" if project else ""
    return f"{call_row(store, 'resource', resource)}{on}"


def say_days(first: date, last: date) -> str:
    """`on 16 Nov 26`, `from 16 Nov 26 to 20 Nov 26`."""
    return f"on {short_day(first)}" if first == last else f"from {short_day(first)} to {short_day(last)}"


def say_count_of(number: int, grain: Grain) -> str:
    """`1 week`, `3 months`."""
    return f"{number:,} {grain}{'' if number == 1 else 's'}"


_VERBS = {
    AllocationStatus.REQUESTED: "Request",
    AllocationStatus.OFFERED: "Offer",
    AllocationStatus.CONFIRMED: "Confirm",
    AllocationStatus.REJECTED: "Reject",
}


def _way(periods: int) -> str:
    return "later" if periods >= 0 else "earlier"


def _read(store: Store, ids: Collection[str], scenario: str | None) -> list[Booked]:
    """Allocations by id, rejected ones too. Raises Known when one is gone, and without any."""
    rows = read_booked(store, set(ids), scenario)
    if not rows or len(rows) < len(set(ids)):
        raise Known(_GONE.format("an allocation"))
    return rows


def _say_cells(store: Store, cells: Sequence[CellEdit], grain: Grain) -> str:
    """`Book Chris Obi on HW-101 for 50 % in the week of 16 Nov 26`, `Book 12 cells of 3 resources`."""
    if len(cells) > 1:
        return f"Book {len(cells):,} cells of {say_count(len({cell.resource for cell in cells}), 'resource')}"
    (cell,) = cells
    first, last = period_of(cell.day, grain, round(read_settings(store)["fy_start_month"]))
    part = Part(first, last, cell.quantity or 0.0, cell.unit)
    who = say_bookings(store, [Booked("", cell.resource, cell.project, None, part)])
    if not cell.quantity:
        return f"Book nothing of {who} {say_days(first, last)}"
    return f"Book {say_part(part)} of {who} {say_days(first, last)}"


def _is_inside(slate: Slate, row: Booked) -> bool:
    return slate.diaries[row.resource].employed(row.part.first, row.part.last) == (row.part.first, row.part.last)


def _is_too_much(slate: Slate, resource: str, part: Part) -> bool:
    """Whether a quantity is taken for a slip of the pen: beyond ten times all the time of the resource."""
    diary = slate.diaries[resource]
    if part.unit is Unit.FTE and part.quantity > MAX_SHARE:
        return True
    bookings = diary.book(part)
    gross = diary.gross(part.first, part.last)
    most = gross * MAX_PERCENT / WHOLE
    return BookingFlag.TOO_MUCH in bookings.flags or bool(gross and bookings.booked[0] > most)


def _refuse_outside(slate: Slate, resource: str, part: Part) -> str:
    """The sentence for days on which a resource is not there, or not on all."""
    line = slate.lines[resource]
    worker = line.worker
    if worker.starts is not None and part.first < worker.starts:
        why = f"{line.name} starts on {day_text(worker.starts)}"
    elif worker.leaves is not None and part.last > worker.leaves:
        why = f"{line.name} leaves on {day_text(worker.leaves)}"
    else:
        why = f"{line.name} is not there"
    return f"Nothing was changed: {why}, so nothing can be booked {say_days(part.first, part.last)}. Choose other days."
