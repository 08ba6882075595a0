"""The capacity book: what is read of a portfolio to reckon capacity from."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.book import default_horizon, read_book
from pmo_desktop.rules.booking import TICKS_PER_HOUR
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.rules.load import measure_load
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

MONDAY = date(2026, 11, 16)


def test_half_a_week_of_a_full_time_person_is_18_75_hours(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha)
    book = read_book(store)
    weeks = book.periods(Grain.WEEK)
    load = measure_load(book.bookings, book.capacity, weeks)
    week = weeks.firsts.index(MONDAY)
    assert load.hard[book.row_of(chris), week] == 18.75 * TICKS_PER_HOUR
    assert load.utilisation[book.row_of(chris), week] == 0.5


@pytest.mark.parametrize(
    ("status", "hard", "soft"),
    [(None, 1, 0), ("Confirmed", 1, 0), ("Requested", 0, 1), ("Offered", 0, 1), ("Rejected", 0, 0)],
)
def test_a_booking_counts_as_its_status_says(store: Store, status: str | None, hard: int, soft: int) -> None:
    an_allocation(store, a_resource(store), status=status)
    book = read_book(store)
    load = measure_load(book.bookings, book.capacity, book.periods(Grain.WEEK))
    assert ((load.hard > 0).sum(), (load.soft > 0).sum()) == (hard, soft)


def test_holidays_and_absences_are_taken_off_by_the_calendar(store: Store) -> None:
    calendar = a_row(store, "calendar", name="England", standard=True, monday=8.0, tuesday=8.0)
    a_row(store, "holiday", calendar=calendar, day=MONDAY)
    chris = a_resource(store)
    a_row(store, "absence", resource=chris, start=date(2026, 11, 17), finish=date(2026, 11, 17), part=50.0)
    book = read_book(store)
    week = book.periods(Grain.WEEK).firsts.index(MONDAY)
    assert book.capacity.available_in(book.periods(Grain.WEEK))[0, week] == 4 * TICKS_PER_HOUR / 10_000_000


def test_a_role_to_be_named_has_no_time_and_a_booking_without_project_has_a_line(store: Store) -> None:
    role = a_resource(store, "Tester to be named", type="Role")
    an_allocation(store, role)
    book = read_book(store)
    assert book.resources[book.row_of(role)].fte == 0
    assert book.projects[book.allocations.project[0]].id is None
    assert book.resources[0].flags == ()


def test_days_typed_with_the_wrong_century_do_not_make_a_horizon_of_centuries() -> None:
    horizon = default_horizon((date(1026, 1, 1), date(9999, 12, 31)), MONDAY)
    assert (horizon.first, horizon.last) == (date(2025, 11, 17), date(2031, 11, 16))


def test_an_empty_portfolio_has_a_book_of_half_a_year(store: Store) -> None:
    book = read_book(store)
    assert (book.capacity.count, book.bookings.count, book.horizon.length) == (0, 0, 189)


def test_an_unknown_resource_or_project_has_no_row(store: Store) -> None:
    book = read_book(store)
    with pytest.raises(KeyError):
        book.row_of("nobody")
    assert book.project_row(None) == 0


def test_who_is_closed_without_a_last_day_has_no_time(store: Store) -> None:
    a_resource(store, status="Closed")
    assert read_book(store).capacity.available[0, -1] == 0


def test_hours_a_week_are_a_share_of_full_time(store: Store) -> None:
    a_resource(store, "Full")
    a_resource(store, "Part", hours_per_week=22.5)
    book = read_book(store)
    full, part = (book.capacity.available[row, -1] for row in (book.row_of(line.id) for line in book.resources))
    assert part / full == pytest.approx(0.6, rel=1e-3)
