"""Smoothing keeps every finish, levelling may pass it; both say what they do and are one step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pmo_desktop.figures import levelling
from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.levelling import Levelled, propose
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.levelling import apply_levelling
from pmo_desktop.rules.calendar import Grain, Horizon
from pmo_desktop.rules.load import measure_load
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_milestone, a_project, a_resource, an_allocation, change_row, state_hash

MONDAY = date(2026, 11, 16)
HORIZON = Horizon(date(2026, 1, 5), date(2029, 12, 30))


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def a_booking(store: Store, resource: str, project: str, first: int, weeks: int, share: float = 80.0) -> str:
    span = {"period_start": day(7 * first), "period_end": day(7 * (first + weeks) - 3)}
    return an_allocation(store, resource, project, quantity=share, status="Confirmed", **span)


def proposal(store: Store, **how: Any) -> Levelled:
    return propose(store, read_book(store, HORIZON), **how)


def over_weeks(store: Store) -> int:
    book = read_book(store, HORIZON)
    return int(measure_load(book.bookings, book.capacity, book.periods(Grain.WEEK)).over.sum())


def test_smoothing_moves_what_has_float(store: Store) -> None:
    chris = a_resource(store)
    alpha = a_project(store, "Alpha", finish_forecast=day(4))
    beta = a_project(store, "Beta", finish_forecast=day(18))
    a_booking(store, chris, alpha, 0, 1)
    a_booking(store, chris, beta, 0, 1)
    found = proposal(store)
    assert [(move.project, move.weeks) for move in found.moves] == [("Beta", 1)]
    assert found.words() == "With 1 allocation moved: over-booked by 3 d in 1 week before, nowhere after."
    before = state_hash(store)
    apply_levelling(store, found)
    assert over_weeks(store) == 0
    deed = latest_batches(store)[0]
    assert (deed.what, deed.why) == (
        "Smooth bookings: 1 allocation moved",
        "Over-booked by 3 d in 1 week before, nowhere after.",
    )
    undo(store)
    assert state_hash(store) == before


def test_smoothing_keeps_the_finish_and_levelling_passes_it(store: Store) -> None:
    chris = a_resource(store)
    for name in ("Alpha", "Beta"):
        a_booking(store, chris, a_project(store, name, finish_forecast=day(4)), 0, 1)
    smoothed = proposal(store)
    assert (smoothed.moves, smoothed.words()) == ((), "No move makes it better. Chris Obi stays over-booked.")
    levelled = proposal(store, may_pass_finish=True)
    assert [(each.after, each.forecast, each.is_late) for each in levelled.finishes] == [(day(11), day(4), True)]
    assert (levelled.before, levelled.after) == ((1, 3.0), (0, 0.0))
    assert apply_levelling(store, smoothed) is None


def test_smoothing_does_not_pass_a_gate(store: Store) -> None:
    chris = a_resource(store)
    alpha = a_project(store, "Alpha", finish_forecast=day(4))
    beta = a_project(store, "Beta", finish_forecast=day(60))
    a_milestone(store, beta, "Gate 2", type="Gate", forecast=day(6))
    a_booking(store, chris, alpha, 0, 1)
    a_booking(store, chris, beta, 0, 1)
    assert proposal(store).moves == ()


def test_what_follows_in_a_project_moves_with_it(store: Store) -> None:
    chris, dana = a_resource(store), a_resource(store, "Dana Ray")
    alpha = a_project(store, "Alpha", finish_forecast=day(4))
    beta = a_project(store, "Beta", finish_forecast=day(30))
    a_booking(store, chris, alpha, 0, 1)
    a_booking(store, chris, beta, 0, 1)
    a_booking(store, dana, beta, 1, 1)
    found = proposal(store, projects={beta}, may_pass_finish=True)
    assert sorted((move.resource, move.weeks) for move in found.moves) == [("Chris Obi", 1), ("Dana Ray", 1)]


def test_somebody_who_is_over_booked_by_what_has_begun_is_named(store: Store) -> None:
    a_booking(store, a_resource(store), a_project(store), -1, 3, 110.0)
    assert proposal(store).words() == "No move makes it better. Chris Obi stays over-booked."


def test_bookings_without_a_project_stay(store: Store) -> None:
    chris = a_resource(store)
    span = {"period_start": day(0), "period_end": day(4), "quantity": 80.0}
    an_allocation(store, chris, None, **span)
    an_allocation(store, chris, None, **span)
    assert proposal(store, may_pass_finish=True).words() == "No move makes it better. Chris Obi stays over-booked."


def test_what_has_begun_and_what_asks_for_too_much_stays(store: Store) -> None:
    chris, alpha, beta = a_resource(store), a_project(store), a_project(store, "Beta")
    a_booking(store, chris, alpha, -2, 4)
    a_booking(store, chris, beta, 0, 1, 120.0)
    found = proposal(store, may_pass_finish=True)
    assert found.moves == ()
    assert found.stuck == ("Chris Obi",)


def test_where_nobody_is_over_booked_there_is_nothing_to_move(store: Store) -> None:
    assert proposal(store).words() == "Nobody is over-booked from the data date on: there is nothing to move."
    a_booking(store, a_resource(store), a_project(store), 0, 2)
    assert proposal(store, may_pass_finish=True).moves == ()


def test_a_proposal_that_was_looked_at_too_long_is_refused(store: Store) -> None:
    chris = a_resource(store)
    a_booking(store, chris, a_project(store, "Alpha"), 0, 1)
    booking = a_booking(store, chris, a_project(store, "Beta"), 0, 1)
    found = proposal(store, may_pass_finish=True)
    for each in found.stored:
        change_row(store, "allocation", each.id, comment="Agreed")
    assert booking
    with pytest.raises(Known, match="changed meanwhile"):
        apply_levelling(store, found)


bookings = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(-2, 8), st.integers(1, 4), st.integers(1, 11)),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(bookings, st.booleans(), st.lists(st.integers(5, 80), min_size=3, max_size=3))
def test_it_never_gets_worse_and_smoothing_keeps_dates(rows: Any, pass_finish: bool, finishes: list[int]) -> None:
    store = create_memory_store(data_date=date(2026, 11, 13))
    people = [a_resource(store, "Ann"), a_resource(store, "Ben", fte=0.5)]
    projects = [a_project(store, f"P{n}", finish_forecast=day(each)) for n, each in enumerate(finishes)]
    for who, project, first, weeks, tenth in rows:
        a_booking(store, people[who], projects[project], first, weeks, 10.0 * tenth)
    found = proposal(store, may_pass_finish=pass_finish)
    ends = {row["id"]: row["period_end"] for row in read_rows(store, "allocation")}
    assert found.before[0] == over_weeks(store) - past_weeks(store)
    apply_levelling(store, found)
    assert found.after[0] == over_weeks(store) - past_weeks(store)
    assert found.after[1] < found.before[1] or not found.moves
    for row in read_rows(store, "allocation"):
        assert row["period_end"] >= ends[row["id"]]
        finish = day(finishes[projects.index(row["project"])])
        assert pass_finish or row["period_end"] <= max(finish, ends[row["id"]])
    store.close()


def past_weeks(store: Store) -> int:
    book = read_book(store, HORIZON)
    weeks = book.periods(Grain.WEEK)
    now = weeks.of_day(book.horizon.index(date(2026, 11, 13)))
    return int(measure_load(book.bookings, book.capacity, weeks).over[:, :now].sum())


def test_more_than_can_be_worked_out_while_somebody_waits_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levelling, "MOST_ACTIVITIES", 1)
    chris = a_resource(store)
    for name in ("Alpha", "Beta"):
        a_booking(store, chris, a_project(store, name), 0, 1)
    with pytest.raises(Known, match="Choose fewer projects"):
        proposal(store, may_pass_finish=True)


def test_a_role_still_to_be_named_takes_what_moves_and_gates_that_were_passed_hold_nobody(store: Store) -> None:
    chris = a_resource(store)
    unnamed = a_resource(store, "Tester to be named", type="Role")
    alpha, beta = a_project(store, "Alpha", finish_forecast=day(4)), a_project(store, "Beta")
    a_milestone(store, beta, "Gate 1", type="Gate", forecast=day(-7), actual=day(-7))
    a_milestone(store, beta, "Go live", forecast=day(4))
    a_booking(store, chris, alpha, 0, 1)
    a_booking(store, chris, beta, 0, 1)
    a_booking(store, unnamed, beta, 0, 3, share=300.0)
    found = proposal(store)
    assert [(move.project, move.resource, move.weeks) for move in found.moves] == [("Beta", "Chris Obi", 1)]
    assert found.after == (0, 0.0)
