"""Calendars: public holidays come as rows in one step, own days stay, and there is one standard calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.figures.book import read_book, read_calendars
from pmo_desktop.operations.calendars import (
    Place,
    create_standard,
    fetch_holidays,
    horizon_years,
    standard_calendar,
)
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.records import Edit, create_record, duplicate_records, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_resource, a_row, an_allocation, state_hash

ENGLAND, SCOTLAND, BAVARIA = Place("GB", "ENG"), Place("GB", "SCT"), Place("DE", "BY")
WEEK = (8, 8, 8, 8, 6, 0, 0)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()


def days(store: Store, **wanted: bool | None) -> set[date]:
    return {row["day"] for row in read_rows(store, "holiday") if all(row[name] == wanted[name] for name in wanted)}


def test_holidays_come_as_rows_in_one_step_and_once_more_changes_nothing(store: Store) -> None:
    calendar = a_row(store, "calendar", name="London")
    before = state_hash(store)
    done = fetch_holidays(store, calendar, ENGLAND, 2026, 2027)
    assert done.added == len(read_rows(store, "holiday")) == len(days(store, fetched=True)) > 15
    row = read_row(store, "calendar", calendar)
    assert row is not None
    assert (row["country"], row["subdivision"]) == ("GB", "ENG")
    assert latest_batches(store, 1)[0].what == "Public holidays of England, United Kingdom for London"
    after = state_hash(store)
    again = fetch_holidays(store, calendar, ENGLAND, 2026, 2027)
    assert (again.batch, again.words) == (None, "All of these public holidays are there already")
    assert state_hash(store) == after
    undo(store)
    assert state_hash(store) == before


def test_own_days_stay_and_are_not_doubled(store: Store) -> None:
    calendar = a_row(store, "calendar", name="London")
    own = {date(2026, 12, 24): "Christmas Eve", date(2026, 12, 25): "Closed"}
    for day, name in own.items():
        a_row(store, "holiday", calendar=calendar, day=day, name=name)
    fetch_holidays(store, calendar, ENGLAND, 2026, 2026)
    assert {row["day"]: row["name"] for row in read_rows(store, "holiday") if not row["fetched"]} == own
    assert date(2026, 12, 25) not in days(store, fetched=True)
    fetch_holidays(store, calendar, SCOTLAND, 2026, 2026)
    assert days(store, fetched=None) == set(own)


def test_another_country_replaces_what_was_fetched_in_all_its_years(store: Store) -> None:
    calendar, other = a_row(store, "calendar", name="London"), a_row(store, "calendar", name="Leeds")
    fetch_holidays(store, other, ENGLAND, 2026, 2026)
    fetch_holidays(store, calendar, ENGLAND, 2026, 2028)
    kept = len([row for row in read_rows(store, "holiday") if row["calendar"] == other])
    done = fetch_holidays(store, calendar, BAVARIA, 2027, 2027)
    mine = {row["day"] for row in read_rows(store, "holiday") if row["calendar"] == calendar}
    assert {day.year for day in mine} == {2026, 2027, 2028}
    assert date(2026, 1, 6) in mine
    assert date(2026, 8, 31) not in mine
    assert (done.added > 0, done.removed > 0, done.renamed > 0) == (True, True, True)
    assert len([row for row in read_rows(store, "holiday") if row["calendar"] == other]) == kept


def test_more_years_are_added_to_those_that_are_there(store: Store) -> None:
    calendar = a_row(store, "calendar", name="London")
    fetch_holidays(store, calendar, ENGLAND, 2026, 2026)
    done = fetch_holidays(store, calendar, ENGLAND, 2027, 2027)
    assert (done.removed, done.renamed) == (0, 0)
    assert done.words == f"Public holidays: {done.added} added"
    assert {day.year for day in days(store)} == {2026, 2027}


def test_a_holiday_that_was_fetched_twice_is_kept_once(store: Store) -> None:
    calendar = a_row(store, "calendar", name="London")
    for _ in range(2):
        a_row(store, "holiday", calendar=calendar, day=date(2026, 12, 25), name="Christmas Day", fetched=True)
    fetch_holidays(store, calendar, ENGLAND, 2026, 2026)
    assert len(days(store)) == len(read_rows(store, "holiday"))


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [(Place("XX"), 2026, 2026), (Place("GB", "BY"), 2026, 2026), (ENGLAND, 2027, 2026), (ENGLAND, 1, 2026)],
)
def test_places_and_years_that_are_not_known_are_refused_and_change_nothing(
    store: Store, place: Place, first: int, last: int
) -> None:
    calendar = a_row(store, "calendar", name="London")
    before = state_hash(store)
    with pytest.raises(Known, match=r"Nothing was (changed|fetched)"):
        fetch_holidays(store, calendar, place, first, last)
    assert state_hash(store) == before


def test_the_years_are_those_that_are_reckoned_for(store: Store) -> None:
    assert horizon_years(store) == (2026, 2028)
    an_allocation(store, a_resource(store), period_end=date(2030, 5, 1))
    assert horizon_years(store) == (2026, 2030)


def test_a_first_standard_calendar_is_counted_in_and_takes_the_place_of_another(store: Store) -> None:
    old = a_row(store, "calendar", name="Old", standard=True)
    assert standard_calendar(store) == old
    made = create_standard(store, " Standard ", WEEK, ENGLAND, (2026, 2026))
    assert standard_calendar(store) == made
    book = read_book(store)
    assert book.standard.hours == tuple(map(float, WEEK))
    assert date(2026, 12, 25) in read_calendars(store).days_off(None)
    assert [row["id"] for row in read_rows(store, "calendar") if row["standard"]] == [made]


def test_a_standard_calendar_needs_no_country(store: Store) -> None:
    made = create_standard(store, "Standard", WEEK)
    assert standard_calendar(store) == made
    assert read_rows(store, "holiday") == []


@pytest.mark.parametrize(
    ("name", "hours", "said"),
    [
        (" ", WEEK, "needs a name"),
        ("old", WEEK, "called old already"),
        ("New", (0,) * 7, "no working hours"),
        ("New", (25, *WEEK[1:]), "between 0 and 24"),
        ("New", (-1, *WEEK[1:]), "between 0 and 24"),
        ("New", (float("nan"), *WEEK[1:]), "between 0 and 24"),
    ],
)
def test_a_calendar_that_cannot_be_is_told(store: Store, name: str, hours: tuple[float, ...], said: str) -> None:
    a_row(store, "calendar", name="Old")
    with pytest.raises(Known, match=said):
        create_standard(store, name, hours)


def standards(store: Store) -> list[str]:
    return [row["name"] for row in read_rows(store, "calendar") if row["standard"]]


def test_one_calendar_is_the_standard_whichever_way_it_becomes_it(store: Store) -> None:
    old = create_record(store, "calendar", {"name": "Old", "standard": True})
    create_record(store, "calendar", {"name": "New", "standard": True})
    assert standards(store) == ["New"]
    batch = edit_cells(store, "calendar", [Edit(old, "standard", True)])
    assert latest_batches(store, 1)[0].what == "Make Old the standard calendar"
    assert standards(store) == ["Old"]
    duplicate_records(store, "calendar", [old])
    assert standards(store) == ["Old"]
    assert edit_cells(store, "calendar", [Edit(old, "standard", True)]) is None
    assert batch is not None
    edit_cells(store, "calendar", [Edit(row["id"], "standard", True) for row in read_rows(store, "calendar")])
    assert len(standards(store)) == 1
    edit_cells(store, "calendar", [Edit(row["id"], "standard", None) for row in read_rows(store, "calendar")])
    assert standards(store) == []
