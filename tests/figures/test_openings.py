"""Roles still to be named: what is open from the data date on, who could fill it, and in what part."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.cells import read_cell
from pmo_desktop.figures.openings import find_openings, share_that_fits, staff_openings, who_could_fill
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def role(store: Store) -> str:
    return a_row(store, "role", name="Tester")


def test_an_opening_is_what_is_left_of_a_booking_from_the_data_date_on(store: Store, role: str) -> None:
    unnamed = a_resource(store, "Tester to be named", type="Role", role=role)
    project = a_project(store, ref="A-1")
    begun = {"period_start": date(2026, 11, 2), "period_end": FRIDAY, "quantity": 0.5, "unit": "FTE"}
    an_allocation(store, unnamed, project, **begun)
    an_allocation(store, unnamed, project, period_start=date(2026, 10, 1), period_end=date(2026, 10, 9))
    an_allocation(store, a_resource(store), project)
    (found,) = find_openings(read_book(store))
    assert (found.role_name, found.project, found.amount) == ("Tester", "A-1", "3 d")
    assert (found.span.first, found.span.last) == (date(2026, 11, 13), FRIDAY)


@pytest.mark.parametrize(("quantity", "unit"), [(0.7, "FTE"), (3.0, "days"), (10.0, "hours")])
def test_an_opening_has_the_time_of_its_cell(store: Store, role: str, quantity: float, unit: str) -> None:
    unnamed = a_resource(store, "Tester to be named", type="Role", role=role)
    an_allocation(store, unnamed, a_project(store), quantity=quantity, unit=unit)
    book = read_book(store)
    (found,) = find_openings(book)
    assert found.ticks == read_cell(book, 0, found.span).booked


def test_those_with_the_role_are_offered_the_part_for_which_they_have_time(store: Store, role: str) -> None:
    unnamed = a_resource(store, "Tester to be named", type="Role", role=role)
    an_allocation(store, unnamed, a_project(store), quantity=1.0, unit="FTE")
    chris = a_resource(store, role=role)
    an_allocation(store, chris, a_project(store, "Beta"), quantity=70.0)
    a_resource(store, "Dana Ray")
    book = read_book(store)
    (found,) = find_openings(book)
    (prospect,) = who_could_fill(book, found)
    assert (prospect.resource.name, share_that_fits(found, prospect)) == ("Chris Obi", 30.0)


def test_all_open_requests_are_staffed_with_the_proof(store: Store, role: str) -> None:
    assert staff_openings(read_book(store)).words == "Everything asked for can be staffed."
    unnamed = a_resource(store, "Tester to be named", type="Role", role=role)
    an_allocation(store, unnamed, a_project(store), quantity=1.0, unit="FTE")
    assert staff_openings(read_book(store)).words == "Tester: 5 d asked for, and nobody who has that is free."


def test_a_portfolio_without_resources_has_nothing_open(store: Store) -> None:
    assert find_openings(read_book(store)) == []


def test_a_booking_after_the_role_ends_has_no_time(store: Store, role: str) -> None:
    ended = a_resource(store, "Tester to be named", type="Role", role=role, end=date(2026, 11, 13))
    an_allocation(store, ended, a_project(store))
    assert [each.ticks for each in find_openings(read_book(store))] in ([], [0])
