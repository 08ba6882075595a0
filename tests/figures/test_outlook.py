"""The outlook names who is over-booked and why, when there is room again, and who is still to be named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.figures.outlook import WEEKS, Outlook, Overload, read_outlook
from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

FRIDAY, MONDAY = date(2026, 11, 13), date(2026, 11, 16)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=FRIDAY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample() -> Iterator[Outlook]:
    made = create_memory_store()
    load_sample(made)
    yield read_outlook(made, FRIDAY)
    made.close()


def named(outlook: Outlook, name: str) -> Overload:
    return next(each for each in outlook.overloads if outlook.line_of(each).title == name)


def add_person(store: Store, name: str = "Ada", **more: object) -> str:
    return create_record(store, "resource", {"name": name, "type": "Person", **more})


def book(store: Store, resource: str, first: date, last: date, percent: float, status: str = "Confirmed") -> str:
    cells = {"resource": resource, "period_start": first, "period_end": last, "quantity": percent, "unit": "%"}
    return create_record(store, "allocation", {**cells, "status": status})


@pytest.mark.parametrize(
    ("day", "first"),
    [(FRIDAY, MONDAY), (MONDAY, MONDAY), (date(2026, 11, 17), date(2026, 11, 23)), (date(2026, 11, 15), MONDAY)],
)
def test_it_looks_at_thirteen_whole_weeks(store: Store, day: date, first: date) -> None:
    outlook = read_outlook(store, day)
    assert (outlook.mondays[0], len(outlook.mondays)) == (first, WEEKS)


def test_a_portfolio_without_people_has_nothing_to_say(store: Store) -> None:
    outlook = read_outlook(store, FRIDAY)
    assert (outlook.overloads, outlook.room, outlook.unnamed, outlook.share.value) == ((), None, (), None)
    assert not outlook.has_bookings


def test_the_heaviest_load_comes_first(sample: Outlook) -> None:
    names = [sample.line_of(each).title for each in sample.overloads]
    assert names[:3] == ["Chris Obi", "Rafael Dias", "Marta Kowalski"]
    assert sample.over_weeks == 43


def test_an_overload_says_when_how_much_and_by_whom(sample: Outlook) -> None:
    chris = named(sample, "Chris Obi")
    firsts = sample.grid.periods.firsts
    assert chris.share.value == pytest.approx(1.5)
    assert firsts[chris.worst] == date(2026, 11, 30)
    assert firsts[chris.stop - 1] == date(2026, 12, 14)
    assert {sample.book.projects[row].ref for row in chris.projects} == {"MT-401", "MT-402", "MT-405"}
    assert sample.is_only_one(sample.line_of(chris))
    assert not sample.is_only_one(sample.line_of(named(sample, "Nadia Rahimi")))


def test_requested_time_makes_nobody_over_booked(store: Store) -> None:
    ada = add_person(store)
    book(store, ada, MONDAY, date(2026, 12, 18), 90)
    book(store, ada, MONDAY, date(2026, 12, 18), 90, "Requested")
    assert not read_outlook(store, FRIDAY).overloads


def test_a_booking_where_no_time_is_worst_of_all(store: Store) -> None:
    ada = add_person(store)
    book(store, ada, MONDAY, date(2026, 11, 20), 900)
    create_record(store, "absence", {"resource": ada, "start": date(2026, 11, 23), "finish": date(2026, 11, 27)})
    days = {"resource": ada, "period_start": date(2026, 11, 23), "period_end": date(2026, 11, 27)}
    create_record(store, "allocation", {**days, "quantity": 1, "unit": "days", "status": "Confirmed"})
    (found,) = read_outlook(store, FRIDAY).overloads
    assert (found.worst - found.weeks[0], found.share.value) == (1, None)


@pytest.mark.parametrize(
    ("until", "week", "days"),
    [
        (date(2026, 11, 20), 1, 5.0),  # one week is full, then all five days are free
        (date(2027, 2, 14), None, 0.0),  # full to the end
        (date(2026, 11, 13), 0, 5.0),  # nothing in these weeks
    ],
)
def test_room_begins_where_a_fifth_stays_free(store: Store, until: date, week: int | None, days: float) -> None:
    book(store, add_person(store), date(2026, 11, 9), until, 81)
    outlook = read_outlook(store, FRIDAY)
    if week is None:
        assert outlook.room is None
    else:
        assert outlook.room is not None
        assert outlook.room.week - outlook.first == week
        assert outlook.room.days == pytest.approx(days)
        assert outlook.room.teams == ("No team",)


def test_equipment_is_no_person(store: Store) -> None:
    add_person(store, "Crane", type="Equipment")
    outlook = read_outlook(store, FRIDAY)
    assert len(outlook.tops) == 1
    assert not outlook.capacity.any()


def test_what_nobody_is_named_for_within_four_weeks_is_found(sample: Outlook) -> None:
    (found,) = sample.unnamed
    assert (found.role, sample.book.projects[found.project].ref) == ("Test analyst", "MT-401")
    assert found.first == date(2026, 12, 7)
    assert found.days == pytest.approx(35, abs=1)


@pytest.mark.parametrize(
    ("first", "asks"), [(date(2026, 12, 11), True), (date(2026, 12, 12), False), (date(2026, 10, 1), True)]
)
def test_four_weeks_is_soon(store: Store, first: date, *, asks: bool) -> None:
    role = add_person(store, "Tester, to be named", type="Role")
    cells = {"resource": role, "period_start": first, "period_end": date(2027, 1, 29), "quantity": 1, "unit": "FTE"}
    create_record(store, "allocation", cells)
    found = read_outlook(store, FRIDAY).unnamed
    assert [each.first for each in found] == ([max(first, FRIDAY)] if asks else [])
