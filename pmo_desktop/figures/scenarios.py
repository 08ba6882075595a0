"""Scenarios: what a named what-if changes of the plan's allocations, and the capacity book as it would be then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pmo_desktop.figures.book import Book
from pmo_desktop.model.allocation import Allocation, ScenarioChange
from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.resource import Scenario
from pmo_desktop.rules.wording import join_words, label_inside
from pmo_desktop.rules.words import AllocationStatus, DeltaKind
from pmo_desktop.store.bookings import columns_of, met_by
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_linked, read_rows, rows_of

ALLOCATION, CHANGE, SCENARIO = (each.__tablename__ for each in (Allocation, ScenarioChange, Scenario))
CELLS = ("resource", "project", "role", "period_start", "period_end", "quantity", "unit", "status", "comment")
NEEDED = ("resource", "period_start", "period_end", "quantity", "unit")


@dataclass(frozen=True, slots=True)
class Delta:
    """One allocation as a scenario would have it.

    `cells`: what it would be, `plan`: what it is, None when the plan has none. `conflict`: why it is not to be merged
    without being looked at, a sentence; `void`: it cannot be, for what it needs has been deleted.
    """

    id: str
    kind: DeltaKind
    allocation: str
    cells: Mapping[str, Any]
    plan: Mapping[str, Any] | None
    conflict: str = ""
    void: bool = False

    @property
    def removes(self) -> bool:
        """Whether the scenario does without the allocation."""
        return self.kind is DeltaKind.REMOVE

    @property
    def shown(self) -> Mapping[str, Any]:
        """The cells that tell which allocation it is about."""
        return self.plan if self.removes and self.plan else self.cells


def list_scenarios(store: Store) -> list[Record]:
    """The scenarios by name."""
    return sorted(read_rows(store, SCENARIO), key=lambda row: (row["name"].casefold(), row["id"]))


def read_deltas(store: Store, scenario: str) -> tuple[Delta, ...]:
    """All that a scenario changes, in the order it was changed, each held against the plan as it is now."""
    with store.reading() as connection:
        return deltas_of(connection, scenario)


def deltas_of(connection: Connection, scenario: str) -> tuple[Delta, ...]:
    """`read_deltas` on a connection already at hand, as inside a batch."""
    rows = linked_rows(connection, CHANGE, "scenario", [scenario])
    plans = {row["id"]: row for row in rows_of(connection, ALLOCATION, [row["allocation"] for row in rows])}
    since = _changed_since(connection, scenario)
    return tuple(_delta(row, plans.get(row["allocation"]), since.get(row["id"], ())) for row in rows)


def lay_over(rows: Iterable[Record], deltas: Iterable[Delta]) -> list[Record]:
    """Rows of allocations as a scenario would have them; what it adds comes last."""
    kept = {row["id"]: row for row in rows}
    for delta in deltas:
        if delta.void:
            continue
        if delta.removes:
            kept.pop(delta.allocation, None)
        else:
            before = kept.get(delta.allocation, {"id": delta.allocation, "custom": {}})
            kept[delta.allocation] = {**before, **delta.cells}
    return list(kept.values())


def read_allocations(
    store: Store, scenario: str | None, resources: Collection[str], projects: Collection[str | None] | None = None
) -> list[Record]:
    """The allocations of some resources, of the plan or as a scenario would have them, in the order they were made.

    `projects`: only those for some projects, None among them for those without one.
    """
    with store.reading() as connection:
        link, ids = ("resource", resources) if projects is None else ("id", met_by(connection, resources, projects))
        rows = linked_rows(connection, ALLOCATION, link, ids)
        if scenario is None:
            return rows
        laid = lay_over(rows, deltas_of(connection, scenario))
    wanted = set(resources)
    kept = (row for row in laid if row["resource"] in wanted and (projects is None or row["project"] in projects))
    return sorted(kept, key=lambda row: row["id"])


def read_some(store: Store, scenario: str | None, ids: Collection[str]) -> list[Record]:
    """Allocations by id, of the plan or as a scenario would have them; those that are not there are left out."""
    with store.reading() as connection:
        rows = linked_rows(connection, ALLOCATION, "id", ids)
        laid = rows if scenario is None else lay_over(rows, deltas_of(connection, scenario))
    return [row for row in laid if row["id"] in ids]


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """The book of a plan as a scenario would have it, and what it was made from."""

    scenario: str
    plan: Book
    deltas: tuple[Delta, ...]
    book: Book


def lay_scenario(store: Store, plan: Book, scenario: str) -> Overlay:
    """A scenario laid over the plan's book.

    Only resources that the scenario touches are read and reckoned anew. What lies outside the book's days is left out,
    as it is of the plan.
    """
    deltas = read_deltas(store, scenario)
    return Overlay(scenario, plan, deltas, lay_deltas(store, plan, deltas))


def renew_overlay(store: Store, overlay: Overlay, plan: Book) -> Overlay:
    """The overlay after a batch that may have made another plan: as `lay_scenario`, at the cost of what changed."""
    edited = frozenset[int]()
    if plan is not overlay.plan:
        if plan.edit is None or plan.edit.before is not overlay.plan.bookings:
            return lay_scenario(store, plan, overlay.scenario)
        edited = plan.edit.rows
    deltas = read_deltas(store, overlay.scenario)
    before, now = ({each.id: each for each in some} for some in (overlay.deltas, deltas))
    others = [one for key in before | now for one in (before.get(key), now.get(key)) if before.get(key) != now.get(key)]
    touched = _resources_of([each for each in others if each]) | {plan.resources[row].id for row in edited}
    book = _read_anew(store, overlay.book, [delta for delta in deltas if not delta.void], touched)
    return Overlay(overlay.scenario, plan, deltas, book)


def lay_deltas(store: Store, book: Book, deltas: Sequence[Delta]) -> Book:
    """A book of the plan with deltas laid over it."""
    live = [delta for delta in deltas if not delta.void]
    return replace(_read_anew(store, book, live, _resources_of(live)), edit=None) if live else book


def _resources_of(deltas: Iterable[Delta]) -> set[str]:
    """The resources whose bookings some deltas change."""
    sides = [side for delta in deltas for side in (delta.cells, delta.plan) if side]
    return {side["resource"] for side in sides} - {None}


def _read_anew(store: Store, book: Book, deltas: Sequence[Delta], resources: set[str]) -> Book:
    rows_of_book = {line.id: row for row, line in enumerate(book.resources)}
    touched = [rows_of_book[each] for each in resources if each in rows_of_book]
    if not touched:
        return book
    laid = lay_over(read_linked(store, ALLOCATION, "resource", resources), deltas)
    counted = [row for row in laid if row["resource"] in resources and row["status"] != AllocationStatus.REJECTED]
    return book.with_columns(columns_of(sorted(counted, key=lambda row: row["id"])), touched)


def _delta(row: Record, plan: Record | None, since: Collection[str]) -> Delta:
    kind = DeltaKind(row["kind"])
    cells = {name: row[name] for name in CELLS}
    now = {name: plan[name] for name in CELLS} if plan else None
    conflict, void = "", False
    if kind is DeltaKind.CHANGE and now is None:
        conflict, void = "The plan's allocation has been deleted since.", True
    elif kind is not DeltaKind.REMOVE and any(cells[name] is None for name in NEEDED):
        conflict, void = "The resource it books has been deleted since.", True
    elif since:
        labels = [label_inside(find_field(ALLOCATION, name).label) for name in CELLS if name in since]
        conflict = f"The plan's {join_words(labels)} changed since."
    return Delta(row["id"], kind, row["allocation"], cells, now, conflict, void)


def _changed_since(connection: Connection, scenario: str) -> dict[str, set[str]]:
    """By delta: the cells of the plan's allocation that are not what they were when the delta was first made."""
    first: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str], Any] = {}
    for delta, name, old, new in connection.raw.execute(_SINCE, (scenario,)):
        first.setdefault((delta, name), old)
        last[delta, name] = new
    found: dict[str, set[str]] = {}
    for (delta, name), before in first.items():
        if before != last[delta, name] and name in CELLS:
            found.setdefault(delta, set()).add(name)
    return found


# The journal tells what a delta was made on: an undo of the plan's change, or one back to the same, is no conflict.
_SINCE = f"""SELECT delta.id, later.field, later.old, later.new
FROM {CHANGE} AS delta JOIN change AS later ON later.entity = '{ALLOCATION}' AND later.row = delta.allocation
AND later.field <> '' AND later.seq > (SELECT min(seq) FROM change AS birth
WHERE birth.entity = '{CHANGE}' AND birth.row = delta.id AND birth.field = '')
WHERE delta.scenario = ? ORDER BY later.seq"""  # noqa: S608  constants
