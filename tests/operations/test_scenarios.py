"""Scenarios: what is changed in one leaves the plan alone, and what is merged makes the plan what the scenario was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.scenarios import (
    CELLS,
    lay_over,
    lay_scenario,
    list_scenarios,
    read_allocations,
    read_deltas,
)
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.operations.scenarios import (
    create_scenario,
    delete_scenario,
    drop_changes,
    merge_changes,
    name_of,
    note_scenario,
    rename_scenario,
    shift_project,
    write_allocations,
)
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_project, a_resource, an_allocation, state_hash

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris is booked for Alpha and Beta, half of a week each; Dev for nothing; one scenario without changes."""
    alpha, beta = a_project(store, "Alpha", ref="P1"), a_project(store, "Beta", ref="P2")
    chris, dev = a_resource(store, "Chris Obi"), a_resource(store, "Dev Patel")
    one, two = an_allocation(store, chris, alpha), an_allocation(store, chris, beta)
    scenario = create_scenario(store, "Later")
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


def write(store: Store, scenario: str | None, **deed: Any) -> None:
    with batch(store, "Edit") as work:
        write_allocations(work.connection, scenario, **deed)


def fresh(resource: str, **more: Any) -> dict[str, Any]:
    plain = {"period_start": MONDAY, "period_end": FRIDAY, "quantity": 20.0, "unit": "%", "status": "Confirmed"}
    return {"resource": resource, "project": None, "role": None, "comment": None} | plain | more


def said(book: Book) -> list[tuple[Any, ...]]:
    """All that a book holds of allocations, as plain values."""
    columns = [book.ids, book.roles, book.statuses]
    columns += [getattr(book.allocations, name).tolist() for name in ("resource", "project", "quantity", "unit")]
    columns += [getattr(book.allocations, name).astype(str).tolist() for name in ("first", "last")]
    return sorted(zip(*columns, book.bookings.booked.tolist(), strict=True))


def conflicts(store: Store, scenario: str) -> list[str]:
    return [delta.conflict for delta in read_deltas(store, scenario)]


# ------------------------------------------------------------------ what is in a scenario and what is not


def test_an_edit_in_a_scenario_leaves_the_plan_as_it_is(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    assert read_row(store, "allocation", world.one)["quantity"] == 50.0  # type: ignore[index]
    rows = {row["id"]: row["quantity"] for row in read_allocations(store, world.scenario, [world.chris])}
    assert rows == {world.one: 80.0, world.two: 50.0}
    assert {row["quantity"] for row in read_allocations(store, None, [world.chris])} == {50.0}


def test_only_what_differs_is_kept(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}, world.two: {"quantity": 50.0}})
    assert [delta.allocation for delta in read_deltas(store, world.scenario)] == [world.one]
    write(store, world.scenario, changed={world.one: {"quantity": 50.0}})
    assert read_deltas(store, world.scenario) == ()


def test_what_a_scenario_adds_and_then_removes_leaves_nothing(store: Store, world: SimpleNamespace) -> None:
    before = state_hash(store)
    key = new_id()
    write(store, world.scenario, made={key: fresh(world.dev)})
    assert [row["id"] for row in read_allocations(store, world.scenario, [world.dev])] == [key]
    write(store, world.scenario, changed={key: {"quantity": 30.0}})
    assert read_allocations(store, world.scenario, [world.dev])[0]["quantity"] == 30.0
    write(store, world.scenario, gone=[key])
    assert state_hash(store) == before


def test_what_a_scenario_removes_can_come_back(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    write(store, world.scenario, gone=[world.one])
    assert [row["id"] for row in read_allocations(store, world.scenario, [world.chris])] == [world.two]
    write(store, world.scenario, changed={world.one: {"quantity": 10.0}})
    rows = {row["id"]: row["quantity"] for row in read_allocations(store, world.scenario, [world.chris])}
    assert rows == {world.one: 10.0, world.two: 50.0}


def test_an_allocation_given_to_somebody_else_is_read_with_them(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"resource": world.dev}})
    assert [row["id"] for row in read_allocations(store, world.scenario, [world.dev])] == [world.one]
    assert [row["id"] for row in read_allocations(store, world.scenario, [world.chris])] == [world.two]


def test_a_scenario_outlives_the_deletion_of_what_it_is_about(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}}, made={new_id(): fresh(world.dev)})
    delete_records(store, "resource", [world.dev])
    delete_records(store, "allocation", [world.one])
    assert sorted(conflicts(store, world.scenario)) == [
        "The plan's allocation has been deleted since.",
        "The resource it books has been deleted since.",
    ]
    assert said(lay_scenario(store, read_book(store), world.scenario).book) == said(read_book(store))


def test_a_change_whose_resource_or_allocation_is_gone_is_read_with_nobody(
    store: Store, world: SimpleNamespace
) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    write(store, world.scenario, changed={world.two: {"resource": world.dev}})
    delete_records(store, "allocation", [world.one])
    rows = read_allocations(store, world.scenario, [world.chris, world.dev])
    assert [(row["id"], row["resource"]) for row in rows] == [(world.two, world.dev)]


def test_a_book_of_other_resources_is_left_as_it_is(store: Store, world: SimpleNamespace) -> None:
    book = read_book(store)
    later = a_resource(store, "Eve Stone")
    write(store, world.scenario, made={new_id(): fresh(later)})
    assert lay_scenario(store, book, world.scenario).book.ids == book.ids


# ------------------------------------------------------------------ naming


def test_scenarios_are_named_noted_and_deleted_each_in_one_step(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    before = state_hash(store)
    rename_scenario(store, world.scenario, "Much later")
    note_scenario(store, world.scenario, "If the supplier slips")
    assert (name_of(store, world.scenario), name_of(store, None)) == ("Much later", "the plan")
    delete_scenario(store, world.scenario)
    assert list_scenarios(store) == []
    assert read_rows(store, "scenario_change") == []
    for _ in range(3):
        undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize("name", ["later", " Later ", "Plan", "the plan", "", "  "])
def test_a_name_that_is_taken_or_none_is_refused(store: Store, world: SimpleNamespace, name: str) -> None:
    with pytest.raises(Known):
        create_scenario(store, name)
    assert [row["name"] for row in list_scenarios(store)] == ["Later"]


def test_a_scenario_keeps_its_own_name(store: Store, world: SimpleNamespace) -> None:
    assert rename_scenario(store, world.scenario, "Later") is None


def test_a_copy_has_the_changes_of_the_other(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    copy = create_scenario(store, "Copy", like=world.scenario)
    write(store, copy, gone=[world.two])
    assert [delta.cells["quantity"] for delta in read_deltas(store, copy)] == [80.0, 50.0]
    assert len(read_deltas(store, world.scenario)) == 1


def test_a_scenario_that_is_gone_is_told(store: Store, world: SimpleNamespace) -> None:
    delete_scenario(store, world.scenario)
    with pytest.raises(Known, match="the scenario has been deleted"):
        shift_project(store, world.scenario, world.alpha, 1)


# ------------------------------------------------------------------ shifting a project


def test_a_project_is_shifted_by_weeks_and_back_to_nothing(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.two: {"project": world.alpha}})
    shift_project(store, world.scenario, world.alpha, 3)
    starts = {row["id"]: row["period_start"] for row in read_allocations(store, world.scenario, [world.chris])}
    assert starts == dict.fromkeys((world.one, world.two), MONDAY + timedelta(weeks=3))
    shift_project(store, world.scenario, world.alpha, -3)
    assert [delta.allocation for delta in read_deltas(store, world.scenario)] == [world.two]


@pytest.mark.parametrize("weeks", [0, 521, -521])
def test_a_shift_by_no_weeks_or_too_many_is_refused(store: Store, world: SimpleNamespace, weeks: int) -> None:
    with pytest.raises(Known, match="type how many weeks"):
        shift_project(store, world.scenario, world.alpha, weeks)


def test_a_project_that_nobody_is_booked_for_or_that_leaves_the_calendar_is_told(
    store: Store, world: SimpleNamespace
) -> None:
    empty = a_project(store, "Empty", ref="P3")
    with pytest.raises(Known, match="nobody is booked for P3"):
        shift_project(store, world.scenario, empty, 2)
    write(store, world.scenario, changed={world.one: {"period_end": date(9999, 12, 30)}})
    with pytest.raises(Known, match="leave the calendar"):
        shift_project(store, world.scenario, world.alpha, 2)


# ------------------------------------------------------------------ merging


def test_merging_makes_the_plan_what_the_scenario_was_and_undo_brings_both_back(
    store: Store, world: SimpleNamespace
) -> None:
    write(
        store,
        world.scenario,
        made={new_id(): fresh(world.dev)},
        changed={world.one: {"quantity": 80.0}},
        gone=[world.two],
    )
    before, wanted = state_hash(store), said(lay_scenario(store, read_book(store), world.scenario).book)
    merge_changes(store, world.scenario, [delta.id for delta in read_deltas(store, world.scenario)])
    assert said(read_book(store)) == wanted
    assert read_deltas(store, world.scenario) == ()
    undo(store)
    assert state_hash(store) == before


def test_only_the_chosen_changes_are_merged(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}, world.two: {"quantity": 10.0}})
    chosen = next(delta for delta in read_deltas(store, world.scenario) if delta.allocation == world.two)
    merge_changes(store, world.scenario, [chosen.id])
    assert [row["quantity"] for row in read_rows(store, "allocation")] == [50.0, 10.0]
    assert [delta.allocation for delta in read_deltas(store, world.scenario)] == [world.one]


def test_a_change_of_what_the_plan_changed_since_is_a_conflict_until_the_plan_is_back(
    store: Store, world: SimpleNamespace
) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}}, gone=[world.two])
    assert conflicts(store, world.scenario) == ["", ""]
    edit_cells(store, "allocation", [Edit(world.one, "quantity", 60.0), Edit(world.one, "comment", "Agreed")])
    edit_cells(store, "allocation", [Edit(world.two, "status", "Confirmed")])
    assert conflicts(store, world.scenario) == [
        "The plan's quantity and comment changed since.",
        "The plan's status changed since.",
    ]
    write(store, world.scenario, changed={world.one: {"quantity": 90.0}})
    assert conflicts(store, world.scenario)[0], "an edit of the scenario does not settle it unseen"
    for _ in range(3):
        undo(store)
    assert conflicts(store, world.scenario) == ["", ""]


def test_a_conflict_is_merged_when_it_is_chosen(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    edit_cells(store, "allocation", [Edit(world.one, "quantity", 60.0)])
    (delta,) = read_deltas(store, world.scenario)
    merge_changes(store, world.scenario, [delta.id])
    assert read_row(store, "allocation", world.one)["quantity"] == 80.0  # type: ignore[index]


def test_what_cannot_be_merged_is_refused_and_can_be_dropped(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, changed={world.one: {"quantity": 80.0}})
    delete_records(store, "allocation", [world.one])
    (delta,) = read_deltas(store, world.scenario)
    with pytest.raises(Known, match=r"The plan's allocation has been deleted since\. Leave it out, or drop it\."):
        merge_changes(store, world.scenario, [delta.id])
    drop_changes(store, world.scenario, [delta.id])
    with pytest.raises(Known, match="has gone since"):
        merge_changes(store, world.scenario, [delta.id])


def test_a_removal_of_what_the_plan_removed_too_is_no_conflict(store: Store, world: SimpleNamespace) -> None:
    write(store, world.scenario, gone=[world.one])
    delete_records(store, "allocation", [world.one])
    (delta,) = read_deltas(store, world.scenario)
    assert not delta.conflict
    merge_changes(store, world.scenario, [delta.id])
    assert read_deltas(store, world.scenario) == ()


# ------------------------------------------------------------------ laws

DEED = st.tuples(
    st.sampled_from(["add", "change", "move", "give", "remove"]),
    st.integers(0, 7),
    st.integers(-30, 30),
    st.integers(0, 2_000),
)


def do(store: Store, scenario: str, deed: tuple[str, int, int, int], resources: list[str]) -> None:
    """One edit of a scenario, of an allocation it has; nothing when it has none."""
    sort, which, days, amount = deed
    rows = read_allocations(store, scenario, resources)
    if sort == "add":
        write(store, scenario, made={new_id(): fresh(resources[which % 2], quantity=amount / 10)})
    elif rows:
        row = rows[which % len(rows)]
        by = timedelta(days=days)
        moved = {"period_start": row["period_start"] + by, "period_end": row["period_end"] + by}
        changes = {"change": {"quantity": amount / 10}, "move": moved, "give": {"resource": resources[which % 2]}}
        if sort == "remove":
            write(store, scenario, gone=[row["id"]])
        else:
            write(store, scenario, changed={row["id"]: changes[sort]})


@settings(max_examples=40, deadline=None)
@given(st.lists(DEED, max_size=8))
def test_a_scenario_without_changes_is_the_plan_and_one_that_is_merged_becomes_it(
    deeds: list[tuple[str, int, int, int]],
) -> None:
    store = create_memory_store("ann", data_date=date(2026, 11, 13))
    alpha = a_project(store, "Alpha", ref="P1")
    resources = [a_resource(store, "Chris Obi"), a_resource(store, "Dev Patel")]
    for each in resources:
        an_allocation(store, each, alpha)
    scenario = create_scenario(store, "What if")
    plan = read_book(store)
    assert lay_scenario(store, plan, scenario).book is plan
    for deed in deeds:
        do(store, scenario, deed, resources)
    laid = lay_scenario(store, read_book(store, plan.horizon), scenario).book
    assert said(read_book(store, plan.horizon)) == said(plan), "the plan is untouched"
    rows = lay_over(read_rows(store, "allocation"), read_deltas(store, scenario))
    before = state_hash(store)
    merge_changes(store, scenario, [delta.id for delta in read_deltas(store, scenario)])
    assert said(read_book(store, plan.horizon)) == said(laid)
    merged = {row["id"]: {name: row[name] for name in CELLS} for row in read_rows(store, "allocation")}
    assert merged == {row["id"]: {name: row[name] for name in CELLS} for row in rows}
    assert np.array_equal(np.sort(laid.bookings.booked), np.sort(read_book(store, plan.horizon).bookings.booked))
    if read_deltas(store, scenario) == () and merged and before != state_hash(store):
        undo(store)
        assert state_hash(store) == before
    store.close()
