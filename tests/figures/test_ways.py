"""Ways to resolve an over-booked cell: each says its effect, does what it says, and over-books nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.cells import read_cell
from pmo_desktop.figures.slate import read_slate
from pmo_desktop.figures.ways import GRAINS, Verb, Way, find_ways, harms
from pmo_desktop.operations.allocations import resolve
from pmo_desktop.operations.history import undo
from pmo_desktop.rules.booking import TICKS_PER_HOUR, Marks, Unit
from pmo_desktop.rules.calendar import Grain, Horizon
from pmo_desktop.rules.load import ROUNDING, measure_load
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_person, a_project, a_resource, a_row, an_allocation, change_row, remove_row, state_hash

MONDAY = date(2026, 11, 16)
WEEK = Horizon(MONDAY, date(2026, 11, 22))
DAY = int(7.5 * TICKS_PER_HOUR)


class Office:
    """Chris, at 140 % in one week: 80 % for Alpha (P1), 60 % for Beta (P3); Dana has the same role and is free."""

    def __init__(self, store: Store) -> None:
        self.store = store
        engineer = a_row(store, "role", name="Data engineer")
        self.chris, self.dana = (a_resource(store, name, role=engineer) for name in ("Chris Obi", "Dana Ray"))
        priya = a_person(store)
        finish = date(2027, 3, 31)
        self.alpha = a_project(store, "Alpha", ref="A-1", priority="P1", finish_forecast=finish)
        self.beta = a_project(store, "Beta", ref="B-2", priority="P3", finish_forecast=finish, pm=priya)
        an_allocation(store, self.chris, self.alpha, quantity=80.0, status="Confirmed")
        self.booking = an_allocation(store, self.chris, self.beta, quantity=60.0, status="Confirmed")

    def ways(self) -> list[Way]:
        book = read_book(self.store)
        return find_ways(self.store, book, book.row_of(self.chris), WEEK)

    def way(self, verb: Verb) -> Way:
        (way,) = [way for way in self.ways() if way.verb is verb]
        return way


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def test_the_project_of_the_lowest_priority_gives_way_in_four_ways(office: Office) -> None:
    assert [(way.verb, way.title, way.effect, way.settles) for way in office.ways()] == [
        (Verb.MOVE, "Move 2 d of B-2 to the week of 23 Nov", "5 d free that week", True),
        (Verb.REASSIGN, "Reassign 2 d of B-2 to Dana Ray", "Data engineer, 5 d free; then at 40%", True),
        (Verb.REDUCE, "Reduce B-2 by 2 d", "1 d of B-2 stay", True),
        (
            Verb.ASK,
            "Ask Priya Nair whether B-2 can give way",
            "The booking becomes Requested, with the question in its comment",
            False,
        ),
    ]


@pytest.mark.parametrize("verb", [Verb.MOVE, Verb.REASSIGN, Verb.REDUCE])
def test_a_way_settles_the_cell_as_one_step(office: Office, verb: Verb) -> None:
    before = state_hash(office.store)
    resolve(office.store, office.way(verb))
    book = read_book(office.store)
    cell = read_cell(book, book.row_of(office.chris), WEEK)
    assert (cell.over, round(cell.booked / DAY, 3)) == (False, 5)
    undo(office.store)
    assert state_hash(office.store) == before


def test_a_question_stands_in_the_comment(office: Office) -> None:
    resolve(office.store, office.way(Verb.ASK))
    (row,) = read_rows(office.store, "allocation", [office.booking])
    assert row["status"] == "Requested"
    assert row["comment"] == (
        "Asked on 13 Nov 26: Chris Obi is over-booked by 2 d, 16 Nov 26 to 20 Nov 26; can B-2 give way?"
    )


def test_work_does_not_move_beyond_the_project_or_into_the_past(office: Office) -> None:
    change_row(office.store, "project", office.beta, finish_forecast=date(2026, 11, 27))
    assert Verb.MOVE not in {way.verb for way in office.ways()}


def test_work_moves_past_a_full_week(office: Office) -> None:
    full = {"period_start": date(2026, 11, 23), "period_end": date(2026, 11, 27)}
    an_allocation(office.store, office.chris, office.alpha, quantity=80.0, status="Confirmed", **full)
    assert office.way(Verb.MOVE).title == "Move 2 d of B-2 to the week of 30 Nov"


def test_work_does_not_move_into_a_week_whose_month_it_would_over_book(office: Office) -> None:
    for first, last, share in (
        (date(2026, 11, 23), date(2026, 11, 27), 100.0),
        (date(2026, 12, 7), date(2026, 12, 31), 120.0),
    ):
        an_allocation(
            office.store,
            office.chris,
            office.alpha,
            quantity=share,
            status="Confirmed",
            period_start=first,
            period_end=last,
        )
    assert office.way(Verb.MOVE).title == "Move 2 d of B-2 to the week of 4 Jan"  # not into the free one of 30 Nov


def test_who_has_a_free_week_in_a_full_month_is_not_offered(office: Office) -> None:
    for first, last, share in (
        (date(2026, 11, 2), date(2026, 11, 13), 100.0),
        (date(2026, 11, 23), date(2026, 11, 30), 170.0),
    ):
        an_allocation(office.store, office.dana, office.alpha, quantity=share, period_start=first, period_end=last)
    assert Verb.REASSIGN not in {way.verb for way in office.ways()}


def test_a_booking_of_no_project_moves_within_the_whole_horizon(office: Office) -> None:
    for row in read_rows(office.store, "allocation"):
        change_row(office.store, "allocation", row["id"], project=None)
    assert office.way(Verb.MOVE).settles


def test_nobody_with_the_role_and_the_time_is_no_way(office: Office) -> None:
    an_allocation(office.store, office.dana, office.alpha, quantity=90.0)
    assert Verb.REASSIGN not in {way.verb for way in office.ways()}


def test_who_has_the_skills_as_well_as_the_role_is_offered_first(office: Office) -> None:
    sql = a_row(office.store, "skill", name="SQL")
    role = read_rows(office.store, "resource", [office.chris])[0]["role"]
    eve = a_resource(office.store, "Eve Stone", role=role)
    for resource in (office.chris, eve):
        a_row(office.store, "resource_skill", resource=resource, skill=sql, level=4.0)
    names = [way.title.rsplit(" to ", 1)[1] for way in office.ways() if way.verb is Verb.REASSIGN]
    assert names == ["Eve Stone", "Dana Ray"]


def test_a_cell_that_fits_needs_no_way(store: Store) -> None:
    chris = a_resource(store)
    an_allocation(store, chris, a_project(store))
    book = read_book(store)
    assert find_ways(store, book, book.row_of(chris), WEEK) == []


def test_a_way_that_was_looked_at_too_long_is_refused(office: Office) -> None:
    way = office.way(Verb.REDUCE)
    change_row(office.store, "allocation", office.booking, quantity=10.0)
    with pytest.raises(Known, match="changed meanwhile"):
        resolve(office.store, way)


def over(book: Book) -> Iterator[Marks]:
    for grain in GRAINS:
        yield measure_load(book.bookings, book.capacity, book.periods(grain)).excess > ROUNDING


rows = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(-20, 40),
        st.integers(0, 40),
        st.sampled_from([(40.0, "%"), (90.0, "%"), (0.3, "FTE"), (4.0, "days"), (33.3333, "days"), (61.7, "hours")]),
        st.sampled_from([None, "Requested"]),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(rows, st.sampled_from([None, 0.5]), st.integers(0, 12))
def test_a_way_over_books_nothing_else_and_takes_off_what_it_says(booked: Any, fte: Any, leave: int) -> None:
    store = create_memory_store(data_date=date(2026, 11, 13))
    role = a_row(store, "role", name="Engineer")
    people = [a_resource(store, name, role=role, fte=fte) for name in ("Ann", "Ben", "Cara")]
    projects = [a_project(store, name, priority=name) for name in ("P1", "P2", "P3")]
    a_row(store, "absence", resource=people[1], start=MONDAY, finish=MONDAY + timedelta(leave))
    for who, project, first, more, (quantity, unit), status in booked:
        days = {"period_start": MONDAY + timedelta(first), "period_end": MONDAY + timedelta(first + more)}
        an_allocation(store, people[who], projects[project], quantity=quantity, unit=unit, status=status, **days)
    horizon = Horizon(date(2026, 1, 5), date(2027, 12, 26))
    book = read_book(store, horizon)
    cells = np.argwhere(measure_load(book.bookings, book.capacity, book.periods(Grain.WEEK)).over)
    weeks = book.periods(Grain.WEEK)
    for row, week in cells[:2].tolist():
        span = Horizon(weeks.firsts[week], weeks.lasts[week])
        before = read_cell(book, row, span)
        for way in find_ways(store, book, row, span):
            resolve(store, way)
            after = read_book(store, horizon)
            for one, other in zip(over(book), over(after), strict=True):
                assert not (other & ~one).any()
            cell = read_cell(after, row, span)
            assert abs(before.booked - cell.booked - way.relief) <= ROUNDING
            assert way.settles is not cell.over
            undo(store)
    store.close()


def test_a_week_with_room_on_which_the_work_cannot_be_told_is_passed_by(office: Office) -> None:
    a_row(office.store, "absence", resource=office.chris, start=date(2026, 11, 23), finish=date(2026, 11, 27))
    assert office.way(Verb.MOVE).title == "Move 2 d of B-2 to the week of 30 Nov"


def test_a_booking_that_is_gone_when_ways_are_looked_for_has_none(office: Office) -> None:
    book = read_book(office.store)
    remove_row(office.store, "allocation", office.booking)
    assert find_ways(office.store, book, book.row_of(office.chris), WEEK) == []


def test_a_project_that_ends_this_week_cannot_be_moved(office: Office) -> None:
    change_row(office.store, "project", office.beta, finish_forecast=date(2026, 11, 20))
    assert Verb.MOVE not in {way.verb for way in office.ways()}


def test_a_role_is_never_over_booked_by_a_way(store: Store) -> None:
    unnamed = a_resource(store, "Tester to be named", type="Role")
    booking = an_allocation(store, unnamed, a_project(store), quantity=50.0)
    before = read_slate(store, [unnamed], WEEK.first, WEEK.last)
    after = before.copy()
    after.lower(after.rows[booking], (WEEK.first, WEEK.last), 20 * DAY, (Unit.FTE, Unit.HOURS))
    assert after.touched() == {unnamed}
    assert not harms(before, after)
