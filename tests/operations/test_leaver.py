"""A leaver's bookings and duties are handed over in one step: what lies before the last day stays exactly as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.cells import read_cell
from pmo_desktop.figures.leaver import read_leaving
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.leaver import REMOVE, STAY, Handover, leave, propose
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_milestone, a_person, a_project, a_resource, a_row, an_allocation, remove_row, state_hash

ON = date(2026, 11, 18)  # a Wednesday in the week that is booked
BEFORE, AFTER = Horizon(date(2026, 11, 16), ON), Horizon(date(2026, 11, 19), date(2026, 11, 20))


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris and Dev are architects; Chris is booked for Alpha, owns its go-live, and has a manager."""
    architect = a_row(store, "role", name="Architect")
    boss, person = a_person(store, "Bea Moss"), a_person(store, "Chris Obi")
    chris = a_resource(store, "Chris Obi", role=architect, person=person, manager=boss)
    dev = a_resource(store, "Dev Patel", role=architect)
    alpha = a_project(store, "Alpha", ref="P1")
    booking = an_allocation(store, chris, alpha, status="Confirmed")
    go_live = a_milestone(store, alpha, owner=person)
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


def booked(store: Store, resource: str, span: Horizon) -> float:
    """Days booked of a resource in a span."""
    book = read_book(store)
    cell = read_cell(book, book.row_of(resource), span)
    return round((cell.hard + cell.soft) / cell.day, 9)


def test_what_is_proposed_is_done_in_one_step_and_undone_in_one(store: Store, world: SimpleNamespace) -> None:
    before = state_hash(store)
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, propose(leaving))
    assert latest_batches(store, 1)[0].what == "Chris Obi leaves on 18 November 2026"
    assert (booked(store, world.chris, BEFORE), booked(store, world.chris, AFTER)) == (1.5, 0.0)
    assert (booked(store, world.dev, BEFORE), booked(store, world.dev, AFTER)) == (0.0, 1.0)
    assert read_row(store, "milestone", world.go_live)["owner"] == world.boss  # type: ignore[index]
    assert read_row(store, "resource", world.chris)["end"] == ON  # type: ignore[index]
    given = [row for row in read_rows(store, "allocation") if row["resource"] == world.dev]
    assert [(row["project"], row["status"]) for row in given] == [(world.alpha, "Confirmed")]
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize("unit", ["FTE", "%"])
def test_days_that_are_all_leave_stay_with_their_owner(store: Store, world: SimpleNamespace, unit: str) -> None:
    a_row(store, "absence", resource=world.chris, start=date(2026, 11, 19), finish=date(2026, 11, 20))
    own = an_allocation(store, world.chris, quantity=0.5, unit=unit, period_start=AFTER.first, period_end=AFTER.last)
    before = read_rows(store, "allocation")
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, Handover({world.booking: world.dev, own: world.dev}))
    assert read_rows(store, "allocation") == before


@pytest.mark.parametrize("unit", ["days", "hours", "FTE", "%"])
def test_days_before_the_last_one_keep_their_exact_bookings_in_any_unit(
    store: Store, world: SimpleNamespace, unit: str
) -> None:
    an_allocation(store, world.chris, quantity=1.0 / 3, unit=unit)
    kept = booked(store, world.chris, BEFORE)
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, Handover({item.allocation: REMOVE for item in leaving.booked}))
    assert booked(store, world.chris, BEFORE) == kept
    assert booked(store, world.chris, AFTER) == 0.0


def test_what_stays_is_left_alone_and_told_by_its_flag(store: Store, world: SimpleNamespace) -> None:
    rows = read_rows(store, "allocation")
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, Handover({world.booking: STAY}))
    assert read_rows(store, "allocation") == rows
    assert read_row(store, "milestone", world.go_live)["owner"] == world.person  # type: ignore[index]
    book = read_book(store)
    assert book.bookings.flags_of(0) == ["after_leaving"]


def test_a_booking_that_lies_wholly_after_the_last_day_changes_hands_with_its_identity(
    store: Store, world: SimpleNamespace
) -> None:
    leaving = read_leaving(store, "resource", world.chris, date(2026, 11, 13))
    leave(store, leaving, propose(leaving))
    assert [(row["id"], row["resource"]) for row in read_rows(store, "allocation")] == [(world.booking, world.dev)]


def test_duties_can_be_nobodys(store: Store, world: SimpleNamespace) -> None:
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, Handover(owned={("milestone", world.go_live, "owner"): None}))
    assert read_row(store, "milestone", world.go_live)["owner"] is None  # type: ignore[index]


def test_somebody_who_is_nobodys_resource_leaves_their_duties(store: Store, world: SimpleNamespace) -> None:
    leader = a_person(store, "Lea Down")
    project = a_project(store, "Beta", ref="P2", pm=leader)
    leaving = read_leaving(store, "person", leader, ON)
    leave(store, leaving, Handover(owned={("project", project, "pm"): world.boss}))
    assert read_row(store, "project", project)["pm"] == world.boss  # type: ignore[index]


def test_two_bookings_given_to_the_same_one_add_up(store: Store, world: SimpleNamespace) -> None:
    an_allocation(store, world.chris, world.alpha, quantity=20.0, status="Confirmed")
    leaving = read_leaving(store, "resource", world.chris, ON)
    leave(store, leaving, Handover({item.allocation: world.dev for item in leaving.booked}))
    assert booked(store, world.dev, AFTER) == 1.4
    assert booked(store, world.chris, AFTER) == 0.0


def test_a_booking_that_has_gone_and_somebody_who_is_not_there_are_told_and_nothing_changes(
    store: Store, world: SimpleNamespace
) -> None:
    late = a_resource(store, "Comes Late", start=date(2026, 12, 1))
    leaving = read_leaving(store, "resource", world.chris, ON)
    before = state_hash(store)
    with pytest.raises(Known, match="Comes Late"):
        leave(store, leaving, Handover({world.booking: late}))
    assert state_hash(store) == before
    remove_row(store, "allocation", world.booking)
    with pytest.raises(Known, match="deleted since"):
        leave(store, leaving, propose(leaving))
