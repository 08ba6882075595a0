"""Demand against capacity of everybody, and of each role in full-time people."""

from __future__ import annotations

from datetime import date

import numpy as np

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.capacity import Lens, make_grid
from pmo_desktop.figures.demand import demand_strip, role_balance
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.file import Store
from tests.builders import a_resource, a_row, an_allocation

MONDAY = date(2026, 11, 16)


def test_the_strip_sums_those_who_pass(store: Store) -> None:
    data = a_row(store, "team", name="Data")
    an_allocation(store, a_resource(store, team=data), quantity=120.0)
    an_allocation(store, a_resource(store, "Dev Patel"), quantity=50.0, status="Requested")
    book = read_book(store)
    grid = make_grid(book)
    week = grid.periods.firsts.index(MONDAY)
    strip = demand_strip(book, grid)
    sums = [strip.days(each)[week] for each in (strip.hard, strip.soft, strip.available, strip.excess)]
    assert sums == [6, 2.5, 10, 0]
    own = demand_strip(book, make_grid(book, Lens(team=frozenset({data}))))
    assert [own.days(each)[week] for each in (own.booked, own.available, own.excess)] == [6, 5, 1]


def test_a_booking_counts_for_its_own_role_else_for_that_of_its_resource(store: Store) -> None:
    tester, analyst = a_row(store, "role", name="Tester"), a_row(store, "role", name="Analyst")
    chris = a_resource(store, role=analyst)
    an_allocation(store, chris, quantity=60.0)
    an_allocation(store, chris, quantity=40.0, role=tester, status="Requested")
    an_allocation(store, a_resource(store, "To be named", type="Role", role=tester), quantity=2.0, unit="FTE")
    an_allocation(store, a_resource(store, "Roleless"), quantity=10.0)
    book = read_book(store)
    weeks = book.periods(Grain.WEEK)
    week = weeks.firsts.index(MONDAY)
    table = role_balance(book, weeks)
    assert table.names == ("Analyst", "Tester", "No role")
    assert np.allclose(table.supply[:, week], [1, 0, 1])
    assert np.allclose(table.demand[:, week], [0.6, 2.4, 0.1])
    assert np.allclose(table.gap[:, week], [0.4, -2.4, 0.9])
    assert table.words(week) == "Tester: 2.4 FTE asked for, nobody has the role."
    confirmed = role_balance(book, weeks, confirmed_only=True)
    assert np.allclose(confirmed.demand[:, week], [0.6, 2.0, 0.1])


def test_the_bottleneck_is_said_only_when_it_is_short(store: Store) -> None:
    role = a_row(store, "role", name="Architect")
    chris = a_resource(store, role=role)
    an_allocation(store, chris, quantity=150.0)
    book = read_book(store)
    weeks = book.periods(Grain.WEEK)
    week = weeks.firsts.index(MONDAY)
    table = role_balance(book, weeks)
    assert table.words(week) == "Architect: 1.5 FTE asked for, 1.0 there."
    assert table.words(week + 1) == ""


def test_a_holiday_takes_nothing_of_a_full_time_person(store: Store) -> None:
    calendar = a_row(store, "calendar", name="England", standard=True)
    a_row(store, "holiday", calendar=calendar, day=MONDAY)
    a_resource(store)
    book = read_book(store)
    weeks = book.periods(Grain.WEEK)
    assert role_balance(book, weeks).supply[0, weeks.firsts.index(MONDAY)] == 1


def test_without_resources_there_are_no_roles_and_no_demand(store: Store) -> None:
    book = read_book(store)
    table = role_balance(book, book.periods(Grain.MONTH))
    assert (table.roles, table.bottleneck(0)) == ((), None)
    assert not demand_strip(book, make_grid(book)).booked.any()
