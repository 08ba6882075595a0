"""Who could fill a request, and how much of several can be filled at once, with the proof in words."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.requests import Wanted, candidates, free_time, open_requests, staffing
from pmo_desktop.rules.booking import TICKS_PER_HOUR
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.store.file import Store
from tests.builders import a_resource, a_row, an_allocation

FORTNIGHT = Horizon(date(2026, 11, 16), date(2026, 11, 29))
WEEK = Horizon(date(2026, 11, 16), date(2026, 11, 22))
DAY = int(7.5 * TICKS_PER_HOUR)


def a_skilled(store: Store, name: str, levels: dict[str, float | None], **values: object) -> str:
    """A resource with skills by id."""
    resource = a_resource(store, name, **values)
    for skill, level in levels.items():
        a_row(store, "resource_skill", resource=resource, skill=skill, level=level)
    return resource


def test_a_free_week_does_not_pay_for_a_full_one(store: Store) -> None:
    an_allocation(store, a_resource(store), quantity=150.0, status="Offered")
    a_resource(store, "To be named", type="Role", fte=1.0)
    book = read_book(store)
    assert (free_time(book, FORTNIGHT) / DAY).tolist() == [5, 0]
    assert (free_time(book, FORTNIGHT, confirmed_only=True) / DAY).tolist() == [10, 0]


def test_candidates_are_ranked_by_skill_fit_and_free_time(store: Store) -> None:
    sql, engineer = a_row(store, "skill", name="SQL"), a_row(store, "role", name="Data engineer")
    a_skilled(store, "Best", {sql: 4.0}, role=engineer)
    busy = a_skilled(store, "Busy", {sql: 4.0}, role=engineer)
    a_skilled(store, "Learner", {sql: 2.0}, role=engineer)
    a_skilled(store, "Elsewhere", {sql: None})
    a_resource(store, "Neither")
    an_allocation(store, busy, quantity=80.0)
    found = candidates(read_book(store), Wanted(WEEK, 4 * DAY, engineer, {sql: 4}))
    assert [(each.resource.name, each.words) for each in found] == [
        ("Best", "Data engineer, 5 d free"),
        ("Learner", "Data engineer, 5 d free; weak in SQL"),
        ("Busy", "Data engineer, 1 d free"),
        ("Elsewhere", "No role, 5 d free; without Data engineer; weak in SQL"),
    ]


def java_and_sql(store: Store) -> tuple[Book, str, str]:
    """Three people with Java, one of them with SQL as well (oracle CAPAC-007), a week each."""
    java, sql = a_row(store, "skill", name="Java"), a_row(store, "skill", name="SQL")
    for name in ("Ann", "Bob"):
        a_skilled(store, name, {java: 3.0})
    a_skilled(store, "Cy", {java: 3.0, sql: 3.0})
    return read_book(store), java, sql


def test_staffing_is_a_matching_and_says_why_no_more_is_possible(store: Store) -> None:
    """Oracle CAPAC-007: two with Java and two with SQL are asked for; three can be staffed."""
    book, java, sql = java_and_sql(store)
    wanted = [Wanted(WEEK, 10 * DAY, skills={java: 1}), Wanted(WEEK, 10 * DAY, skills={sql: 1})]
    staffed = staffing(book, WEEK, wanted)
    assert staffed.result.assigned == 15 * DAY
    assert staffed.words == "SQL: 10 d asked for, only Cy can do that and 5 d are free: 5 d short."


def test_staffing_says_when_all_is_met_and_when_nobody_can(store: Store) -> None:
    book, java, _ = java_and_sql(store)
    assert staffing(book, WEEK, [Wanted(WEEK, DAY, skills={java: 3})]).words == "Everything asked for can be staffed."
    assert staffing(book, WEEK, [Wanted(WEEK, DAY, skills={java: 5})]).words == (
        "Java: 1 d asked for, and nobody who has that is free."
    )
    with pytest.raises(ValueError, match="one role or one skill"):
        staffing(book, WEEK, [Wanted(WEEK, DAY)])


def test_what_roles_to_be_named_are_booked_for_is_asked_for_by_role(store: Store) -> None:
    tester = a_row(store, "role", name="Tester")
    for name in ("Tester 1", "Tester 2"):
        an_allocation(store, a_resource(store, name, type="Role", role=tester), quantity=2.0, unit="days")
    an_allocation(store, a_resource(store, "Anybody", type="Role"), quantity=2.0, unit="days")
    a_resource(store, "Rafael Dias", role=tester)
    book = read_book(store)
    wanted = open_requests(book, WEEK)
    assert wanted == [Wanted(WEEK, 4 * DAY, tester)]
    assert staffing(book, WEEK, wanted).result.shortfall == 0


def test_a_calendar_without_working_days_counts_in_hours(store: Store) -> None:
    a_row(store, "calendar", name="None", standard=True, **dict.fromkeys(("monday", "tuesday"), 0.0))
    java = a_row(store, "skill", name="Java")
    a_skilled(store, "Ann", {java: 1.0})
    words = staffing(read_book(store), WEEK, [Wanted(WEEK, TICKS_PER_HOUR, skills={java: 1})]).words
    assert words == "Java: 1.0 h asked for, and nobody who has that is free."
