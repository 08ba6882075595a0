"""Scenarios: make and name them, change allocations in one instead of in the plan, take chosen changes over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pmo_desktop.figures.scenarios import (
    ALLOCATION,
    CELLS,
    CHANGE,
    SCENARIO,
    Delta,
    deltas_of,
    lay_over,
    list_scenarios,
)
from pmo_desktop.model.catalog import entities, find_field
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import write_rows
from pmo_desktop.operations.values import accept_value
from pmo_desktop.rules.wording import count_text
from pmo_desktop.rules.words import DeltaKind, RecordStatus
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_row, rows_of

Cells = Mapping[str, Any]
MOST_WEEKS = 520


def create_scenario(store: Store, name: str, note: str | None = None, like: str | None = None) -> str:
    """A new scenario, empty or with the changes of another one; its id. Raises Known for no name or one that is taken.

    What is copied is held against the plan of now: what was a conflict in the other is none in the copy.
    """
    called = _free_name(store, name)
    identity = new_id()
    with batch(store, f"New scenario {called}") as work:
        row = {"id": identity, "name": called, "note": note, "status": RecordStatus.ACTIVE}
        work.connection.execute(sql.insert(entities()[SCENARIO]), row)
        if like is not None:
            kept = [delta for delta in deltas_of(work.connection, like) if not delta.void]
            _insert(work.connection, identity, [(each.kind, each.allocation, each.cells) for each in kept])
    return identity


def rename_scenario(store: Store, scenario: str, name: str) -> int | None:
    """Give a scenario another name. Raises Known for no name or one that is taken."""
    called = _free_name(store, name, scenario)
    with batch(store, f"Rename scenario to {called}") as work:
        write_rows(work.connection, SCENARIO, {scenario: {"name": called}})
    return work.id if work.changed else None


def note_scenario(store: Store, scenario: str, note: str) -> int | None:
    """Say what a scenario is about."""
    with batch(store, f"Note of scenario {name_of(store, scenario)}") as work:
        write_rows(work.connection, SCENARIO, {scenario: {"note": note}})
    return work.id if work.changed else None


def delete_scenario(store: Store, scenario: str) -> int | None:
    """Delete a scenario and its changes; the plan stays as it is."""
    with batch(store, f"Delete scenario {name_of(store, scenario)}") as work:
        changes = [row["id"] for row in linked_rows(work.connection, CHANGE, "scenario", [scenario])]
        delete_rows(work.connection, CHANGE, changes)
        delete_rows(work.connection, SCENARIO, [scenario])
    return work.id if work.changed else None


def name_of(store: Store, scenario: str | None) -> str:
    """What a scenario is called; the plan for None. Raises Known when it is gone."""
    if scenario is None:
        return "the plan"
    row = read_row(store, SCENARIO, scenario)
    if row is None:
        message = "Nothing was changed: the scenario has been deleted. Undo the deletion, or choose another one."
        raise Known(message)
    return str(row["name"])


def write_allocations(
    connection: Connection,
    scenario: str | None,
    made: Mapping[str, Cells] | None = None,
    changed: Mapping[str, Cells] | None = None,
    gone: Collection[str] = (),
) -> None:
    """Write allocations inside a batch: into the plan, or into a scenario, which keeps what differs from the plan.

    `made` and `changed`: id -> cells, of a changed one those that change; `gone`: ids.
    """
    made, changed = made or {}, changed or {}
    if scenario is None:
        _write_plan(connection, made, changed, gone)
    else:
        _write_scenario(connection, scenario, {**made, **changed}, gone)


def shift_project(store: Store, scenario: str, project: str, weeks: int) -> int | None:
    """Move all allocations of a project by some weeks, later or earlier, in a scenario."""
    if not weeks or abs(weeks) > MOST_WEEKS:
        message = f"Nothing was changed: type how many weeks, from 1 to {MOST_WEEKS} later, or as a negative number."
        raise Known(message)
    way = "later" if weeks > 0 else "earlier"
    moved = f"{count_text(abs(weeks), 'week')} {way}"
    what = f"Shift {call_row(store, 'project', project)} {moved} in {name_of(store, scenario)}"
    with batch(store, what) as work:
        plan = linked_rows(work.connection, ALLOCATION, "project", [project])
        rows = lay_over(plan, deltas_of(work.connection, scenario))
        mine = [row for row in rows if row["project"] == project]
        if not mine:
            message = f"Nothing was changed: nobody is booked for {call_row(store, 'project', project)}."
            raise Known(message)
        write_allocations(work.connection, scenario, changed={row["id"]: _shifted(row, weeks) for row in mine})
    return work.id if work.changed else None


def merge_changes(store: Store, scenario: str, ids: Collection[str]) -> int | None:
    """Take chosen changes of a scenario over into the plan, as one step; they leave the scenario.

    A change in conflict is taken over when it is among the chosen ones: whoever chooses it has seen why. Raises Known
    for one that cannot be, and for one that is gone.
    """
    with batch(store, f"Merge {count_text(len(ids), 'change')} of {name_of(store, scenario)} into the plan") as work:
        known = {delta.id: delta for delta in deltas_of(work.connection, scenario)}
        chosen = [known[each] for each in ids if each in known]
        if len(chosen) < len(ids):
            message = "Nothing was changed: a change that was chosen has gone since. Open the comparison again."
            raise Known(message)
        _refuse_void(chosen)
        _merge(work.connection, chosen)
        delete_rows(work.connection, CHANGE, [delta.id for delta in chosen])
    return work.id if work.changed else None


def drop_changes(store: Store, scenario: str, ids: Collection[str]) -> int | None:
    """Give chosen changes of a scenario up; there the plan's allocations are in force again."""
    with batch(store, f"Drop {count_text(len(ids), 'change')} of {name_of(store, scenario)}") as work:
        delete_rows(work.connection, CHANGE, ids)
    return work.id if work.changed else None


# ------------------------------------------------------------------ below the counter


def _free_name(store: Store, name: str, own: str | None = None) -> str:
    called: str | None = accept_value(find_field(SCENARIO, "name"), name)
    taken = {row["name"].casefold() for row in list_scenarios(store) if row["id"] != own}
    if called and called.casefold() in taken | {"plan", "the plan"}:
        message = f"Nothing was changed: there is a scenario called {called} already. Choose another name."
        raise Known(message)
    return str(called)


def _write_plan(
    connection: Connection, made: Mapping[str, Cells], changed: Mapping[str, Cells], gone: Collection[str]
) -> None:
    write_rows(connection, ALLOCATION, changed)
    if made:
        rows = [{**dict.fromkeys(CELLS), "custom": {}, **cells, "id": key} for key, cells in made.items()]
        connection.execute(sql.insert(entities()[ALLOCATION]), rows)
    delete_rows(connection, ALLOCATION, gone)
    guard(connection)


def _write_scenario(connection: Connection, scenario: str, wanted: Mapping[str, Cells], gone: Collection[str]) -> None:
    known = {delta.allocation: delta for delta in deltas_of(connection, scenario)}
    plans = {row["id"]: row for row in rows_of(connection, ALLOCATION, [*wanted, *gone])}
    writing = _Writing()
    for key, cells in wanted.items():
        writing.want(key, plans.get(key), known.get(key), cells)
    for key in gone:
        writing.remove(key, plans.get(key), known.get(key))
    delete_rows(connection, CHANGE, writing.over)
    write_rows(connection, CHANGE, writing.again)
    _insert(connection, scenario, writing.fresh)


@dataclass(slots=True)
class _Writing:
    """What becomes of a scenario's changes: new ones, those with other cells, and those that say what the plan says."""

    fresh: list[tuple[DeltaKind, str, Cells]] = field(default_factory=list)
    again: dict[str, Cells] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)

    def want(self, key: str, plan: Record | None, delta: Delta | None, cells: Cells) -> None:
        """An allocation is to have some cells."""
        whole = _whole(plan, delta, cells)
        kind = DeltaKind.CHANGE if plan else DeltaKind.ADD
        if plan and all(plan[name] == whole[name] for name in CELLS):
            self.over.update({delta.id} if delta else ())
        elif delta:
            self.again[delta.id] = {**whole, "kind": kind}
        else:
            self.fresh.append((kind, key, whole))

    def remove(self, key: str, plan: Record | None, delta: Delta | None) -> None:
        """An allocation is not to be there; one of the scenario alone leaves nothing behind."""
        if plan and delta:
            self.again[delta.id] = {**_whole(plan, None, {}), "kind": DeltaKind.REMOVE}
        elif plan:
            self.fresh.append((DeltaKind.REMOVE, key, _whole(plan, None, {})))
        elif delta:
            self.over.add(delta.id)


def _whole(plan: Record | None, delta: Delta | None, cells: Cells) -> dict[str, Any]:
    """All cells of an allocation in a scenario, those given before those it has."""
    before = delta.cells if delta and not delta.removes else plan or {}
    return {name: cells.get(name, before.get(name)) for name in CELLS}


def _insert(connection: Connection, scenario: str, fresh: Sequence[tuple[DeltaKind, str, Cells]]) -> None:
    rows = [
        {"id": new_id(), "scenario": scenario, "kind": kind, "allocation": key} | {name: cells[name] for name in CELLS}
        for kind, key, cells in fresh
    ]
    if rows:
        connection.execute(sql.insert(entities()[CHANGE]), rows)


def _shifted(row: Record, weeks: int) -> dict[str, Any]:
    by = timedelta(weeks=weeks)
    try:
        return {name: row[name] + by for name in ("period_start", "period_end")}
    except OverflowError:
        message = "Nothing was changed: the dates would leave the calendar. Type fewer weeks."
        raise Known(message) from None


def _refuse_void(chosen: Sequence[Delta]) -> None:
    void = next((delta for delta in chosen if delta.void), None)
    if void is not None:
        message = f"Nothing was changed: a change cannot be merged. {void.conflict} Leave it out, or drop it."
        raise Known(message)


def _merge(connection: Connection, chosen: Sequence[Delta]) -> None:
    """The deltas' cells into the plan; what is to go and went already is done."""
    wanted = {delta.allocation: dict(delta.cells) for delta in chosen if not delta.removes}
    there = {delta.allocation for delta in chosen if delta.plan is not None}
    _write_plan(
        connection,
        {key: cells for key, cells in wanted.items() if key not in there},
        {key: cells for key, cells in wanted.items() if key in there},
        [delta.allocation for delta in chosen if delta.removes and delta.plan is not None],
    )
