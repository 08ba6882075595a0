"""A slate: what is tried on a copy stays there, and days handed over arrive as the same work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.figures.slate import read_slate
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
SPAN = (MONDAY, FRIDAY)


def test_a_copy_has_what_was_changed_and_keeps_its_own_changes(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    one = an_allocation(store, chris, alpha)
    two = an_allocation(store, chris, a_project(store, "Beta"))
    slate = read_slate(store, [chris], *SPAN)
    row = slate.rows[one]
    slate.add(replace(row, part=replace(row.part, quantity=30.0)))
    slate.remove(slate.rows[two])
    copy = slate.copy()
    assert copy.rows == slate.rows
    copy.remove(copy.rows[one])
    assert list(slate.rows) == [one]
    assert (copy.changes().gone, slate.changes().gone) == ((one, two), (two,))


@pytest.mark.parametrize(
    ("unit", "quantity", "share", "kept", "given"),
    [
        ("FTE", 0.5, 100.0, None, 0.5),
        ("FTE", 0.5, 40.0, 0.3, 0.2),
        ("days", 4.0, 25.0, 3.0, 1.0),
        ("%", 50.0, 100.0, None, 50.0),
    ],
)
def test_days_are_handed_over_in_the_unit_they_were_booked_in(
    store: Store, unit: str, quantity: float, share: float, kept: float | None, given: float
) -> None:
    chris, dana = a_resource(store), a_resource(store, "Dana Ray")
    row = an_allocation(store, chris, a_project(store), quantity=quantity, unit=unit)
    slate = read_slate(store, [chris, dana], *SPAN)
    slate.hand_over(slate.rows[row], dana, SPAN, share)
    held = {each.resource: each.part.quantity for each in slate.rows.values()}
    assert held == {who: what for who, what in ((chris, kept), (dana, given)) if what is not None}


def test_days_on_which_no_work_falls_stay_with_their_owner(store: Store) -> None:
    chris, dana = a_resource(store), a_resource(store, "Dana Ray")
    a_row(store, "absence", resource=chris, start=MONDAY, finish=FRIDAY)
    row = an_allocation(store, chris, a_project(store))
    slate = read_slate(store, [chris, dana], *SPAN)
    slate.hand_over(slate.rows[row], dana, SPAN)
    assert slate.rows == slate.stored


def test_a_share_of_next_to_nothing_is_nobodys_booking(store: Store) -> None:
    chris, dana = a_resource(store), a_resource(store, "Dana Ray")
    row = an_allocation(store, chris, a_project(store))
    slate = read_slate(store, [chris, dana], *SPAN)
    slate.hand_over(slate.rows[row], dana, SPAN, 1e-15)
    assert {each.resource for each in slate.rows.values()} == {chris}


def test_the_days_asked_about_are_requested_with_the_question_below_the_comment(store: Store) -> None:
    chris = a_resource(store)
    row = an_allocation(store, chris, a_project(store), status="Confirmed", comment="Agreed")
    slate = read_slate(store, [chris], *SPAN)
    slate.ask(slate.rows[row], (MONDAY, date(2026, 11, 17)), "Can it wait?")
    said = {(each.part.first, each.status, each.comment) for each in slate.rows.values()}
    assert said == {(MONDAY, "Requested", "Agreed\nCan it wait?"), (date(2026, 11, 18), "Confirmed", "Agreed")}


def test_a_question_about_days_before_somebody_starts_is_asked_of_both_parts(store: Store) -> None:
    chris = a_resource(store, start=date(2026, 11, 18))
    row = an_allocation(store, chris, a_project(store), quantity=3.0, unit="days", status="Confirmed")
    slate = read_slate(store, [chris], *SPAN)
    before = slate.booked(chris, *SPAN)
    slate.ask(slate.rows[row], SPAN, "Can it wait?")
    assert slate.booked(chris, *SPAN) == before
    asked = sorted((each.part.first, each.part.last, each.status) for each in slate.rows.values())
    assert asked == [
        (MONDAY, date(2026, 11, 17), "Requested"),
        (date(2026, 11, 18), FRIDAY, "Requested"),
    ]
