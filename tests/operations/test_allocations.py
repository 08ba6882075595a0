"""Deeds on allocations: a cell holds what was typed, and nothing outside of it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pmo_desktop.figures.book import WEEKDAYS, Book, read_book
from pmo_desktop.figures.capacity import Lens, Measure, make_grid
from pmo_desktop.operations.allocations import (
    CellEdit,
    ask,
    reassign,
    reduce,
    set_cells,
    set_status,
    shift_allocations,
)
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.booking import RATE, TICKS_PER_HOUR, Unit, add_up, rows_by_resource
from pmo_desktop.rules.calendar import Grain, Horizon, Numbers, period_of
from pmo_desktop.rules.cutting import Diary, Part
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows, read_settings
from tests.builders import a_custom_field, a_project, a_resource, a_row, an_allocation, state_hash

MONDAY = date(2026, 11, 16)
HORIZON = Horizon(date(2024, 1, 1), date(2029, 12, 30))
ON = date(2026, 11, 12)
SECOND = TICKS_PER_HOUR // 3600


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def by_day(store: Store, resource: str) -> Numbers:
    book = read_book(store, HORIZON)
    return of_resource(book, resource)


def of_resource(book: Book, resource: str) -> Numbers:
    days = book.periods(Grain.DAY)
    amounts = add_up(book.bookings, book.capacity, days, rows_by_resource(book.bookings, book.capacity))
    row: Numbers = amounts[book.row_of(resource)]
    return row


def spans(store: Store) -> list[tuple[Any, ...]]:
    rows = read_rows(store, "allocation")
    told = [(row["period_start"], row["period_end"], row["quantity"], row["unit"], row["status"]) for row in rows]
    return sorted(told, key=lambda row: row[:2])


WEEKS: dict[str, dict[str, Any]] = {
    "no leave": {},
    "a day of leave": {"start": day(1), "finish": day(1)},
    "half a day of leave": {"start": day(1), "finish": day(1), "part": 50.0},
    "a public holiday": {"holiday": day(2)},
    "a holiday inside leave": {"holiday": day(2), "start": day(1), "finish": day(3)},
    "half time": {"fte": 0.5},
    "half time and leave": {"fte": 0.5, "start": day(0), "finish": day(1)},
    "business as usual": {"bau_pct": 20.0},
    "a start on Wednesday": {"begins": day(2)},
    "nothing but leave": {"start": day(0), "finish": day(4)},
}


def a_week(store: Store, *, holiday: date | None = None, begins: date | None = None, **given: Any) -> str:
    """A resource whose week from MONDAY is an odd one."""
    calendar = a_row(store, "calendar", name="England", standard=True, **dict.fromkeys(WEEKDAYS[:5], 7.5))
    if holiday:
        a_row(store, "holiday", calendar=calendar, day=holiday)
    leave = {name: given.pop(name) for name in ("start", "finish", "part") if name in given}
    resource = a_resource(store, start=begins, **given)
    if leave:
        a_row(store, "absence", resource=resource, **leave)
    return resource


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize(("unit", "typed"), [(Unit.PERCENT, 40.0), (Unit.FTE, 0.4), (Unit.FTE, 0.25), (Unit.DAYS, 1.5)])
def test_what_is_typed_into_a_week_is_what_it_shows(store: Store, week: str, unit: Unit, typed: float) -> None:
    resource = a_week(store, **WEEKS[week])
    set_cells(store, [CellEdit(resource, a_project(store), day(3), typed, unit)], Grain.WEEK)
    measure = {Unit.PERCENT: Measure.PERCENT, Unit.FTE: Measure.FTE, Unit.DAYS: Measure.DAYS}[unit]
    grid = make_grid(read_book(store, HORIZON), Lens(unit=measure))
    shown = grid.values()[1, grid.periods.of_day(HORIZON.index(MONDAY))]
    if week == "nothing but leave" and unit is Unit.PERCENT:
        assert shown == 0  # a share of nothing
    else:
        assert round(float(shown), 4) == typed


def test_an_fte_of_an_ordinary_week_is_kept_as_one(store: Store) -> None:
    resource = a_week(store)
    set_cells(store, [CellEdit(resource, a_project(store), day(0), 0.4, Unit.FTE)], Grain.WEEK)
    assert spans(store) == [(day(0), day(6), 0.4, "FTE", "Requested")]


def test_an_fte_that_no_standard_week_measures_stays_as_it_was_typed(store: Store) -> None:
    a_row(store, "calendar", name="None", standard=True, **dict.fromkeys(WEEKDAYS, 0.0))
    calendar = a_row(store, "calendar", name="Own", monday=8.0)
    resource = a_resource(store, calendar=calendar)
    set_cells(store, [CellEdit(resource, a_project(store), day(0), 0.4, Unit.FTE)], Grain.WEEK)
    assert spans(store) == [(day(0), day(6), 0.4, "FTE", "Requested")]


def test_a_cell_typed_in_the_middle_of_a_span_splits_it(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, period_end=day(20), status="Confirmed")
    before = state_hash(store)
    set_cells(store, [CellEdit(chris, alpha, day(8), 80.0)], Grain.WEEK)
    assert spans(store) == [
        (day(0), day(6), 50.0, "%", "Confirmed"),
        (day(7), day(13), 80.0, "%", "Confirmed"),
        (day(14), day(20), 50.0, "%", "Confirmed"),
    ]
    undo(store)
    assert state_hash(store) == before


def test_a_cell_set_back_to_the_rate_beside_it_is_one_span_again(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, period_end=day(20), status="Confirmed")
    before = spans(store)
    set_cells(store, [CellEdit(chris, alpha, day(8), 80.0)], Grain.WEEK)
    set_cells(store, [CellEdit(chris, alpha, day(8), 50.0)], Grain.WEEK)
    assert spans(store) == before


def test_ten_days_over_four_weeks_leave_seven_and_a_half_beside_a_cell(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, period_end=day(25), quantity=10.0, unit="days")
    set_cells(store, [CellEdit(chris, alpha, day(14), 4.0, Unit.DAYS)], Grain.WEEK)
    assert [row[:4] for row in spans(store)] == [
        (day(0), day(13), 5.0, "days"),
        (day(14), day(20), 4.0, "days"),
        (day(21), day(25), 2.5, "days"),
    ]


def test_nothing_typed_empties_a_cell(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha)
    set_cells(store, [CellEdit(chris, alpha, day(0), None)], Grain.WEEK)
    assert spans(store) == []
    assert set_cells(store, [CellEdit(chris, alpha, day(0), 0)], Grain.WEEK) is None


def test_confirmed_bookings_stay_when_a_cell_of_several_is_cut(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, quantity=40.0, status="Requested")
    an_allocation(store, chris, alpha, quantity=30.0, status="Confirmed")
    set_cells(store, [CellEdit(chris, alpha, day(0), 50.0)], Grain.WEEK)
    assert sorted(row[2:] for row in spans(store)) == [(20.0, "%", "Requested"), (30.0, "%", "Confirmed")]
    set_cells(store, [CellEdit(chris, alpha, day(0), 30.0)], Grain.WEEK)
    assert [row[2:] for row in spans(store)] == [(30.0, "%", "Confirmed")]


def test_what_is_more_goes_to_the_confirmed_booking(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, quantity=40.0, status="Requested")
    an_allocation(store, chris, alpha, quantity=30.0, status="Confirmed")
    set_cells(store, [CellEdit(chris, alpha, day(0), 100.0)], Grain.WEEK)
    assert sorted(row[2:] for row in spans(store)) == [(40.0, "%", "Requested"), (60.0, "%", "Confirmed")]


def test_rejected_bookings_are_left_alone(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, status="Rejected")
    set_cells(store, [CellEdit(chris, alpha, day(0), 10.0)], Grain.WEEK)
    assert sorted(row[2:] for row in spans(store)) == [(10.0, "%", "Requested"), (50.0, "%", "Rejected")]


def test_a_period_in_which_somebody_starts_is_written_from_that_day(store: Store) -> None:
    chris, alpha = a_resource(store, start=day(2)), a_project(store)
    set_cells(store, [CellEdit(chris, alpha, day(0), 3.0, Unit.DAYS)], Grain.WEEK)
    assert [row[:4] for row in spans(store)] == [(day(2), day(6), 3.0, "days")]
    assert by_day(store, chris).sum() == 22.5 * TICKS_PER_HOUR


@pytest.mark.parametrize(
    ("quantity", "unit", "at", "words"),
    [
        (-1.0, Unit.DAYS, 0, "below zero"),
        (1_001.0, Unit.PERCENT, 0, "more than 1,000 %"),
        (51.0, Unit.DAYS, 0, "more than 1,000 %"),
        (2_000.0, Unit.FTE, 0, "more than 1,000 %"),
        (float("nan"), Unit.FTE, 0, "no number"),
        (float("inf"), Unit.HOURS, 0, "no number"),
        (50.0, Unit.PERCENT, -30, "starts on 2 November 2026"),
        (50.0, Unit.PERCENT, 60, "leaves on 31 December 2026"),
    ],
)
def test_what_cannot_be_booked_is_refused_in_words(
    store: Store, quantity: float, unit: Unit, at: int, words: str
) -> None:
    chris, alpha = a_resource(store, start=date(2026, 11, 2), end=date(2026, 12, 31)), a_project(store)
    before = state_hash(store)
    with pytest.raises(Known, match=words):
        set_cells(store, [CellEdit(chris, alpha, day(at), quantity, unit)], Grain.WEEK)
    assert state_hash(store) == before


def test_a_paste_of_cells_is_one_step_with_one_name(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store)
    before = state_hash(store)
    set_cells(store, [CellEdit(chris, alpha, day(7 * week), 10.0 * (week + 1)) for week in range(6)], Grain.WEEK)
    assert len(spans(store)) == 6
    assert latest_batches(store)[0].what == "Book 6 cells of 1 resource"
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("by", "grain", "first", "last"),
    [
        (1, Grain.WEEK, day(7), day(11)),
        (-2, Grain.WEEK, day(-14), day(-10)),
        (1, Grain.MONTH, date(2026, 12, 16), date(2026, 12, 20)),
        (1, Grain.QUARTER, date(2027, 2, 16), date(2027, 2, 20)),
    ],
)
def test_a_shift_keeps_what_is_booked(store: Store, by: int, grain: Grain, first: date, last: date) -> None:
    booking = an_allocation(store, a_resource(store), a_project(store))
    shift_allocations(store, [booking], by, grain)
    assert spans(store) == [(first, last, 50.0, "%", None)]


def test_a_shift_past_the_leaving_date_is_refused(store: Store) -> None:
    booking = an_allocation(store, a_resource(store, end=day(10)), a_project(store))
    with pytest.raises(Known, match="leaves on 26 November 2026"):
        shift_allocations(store, [booking], 1, Grain.WEEK)
    with pytest.raises(Known, match="calendar ends"):
        shift_allocations(store, [booking], 10_000, Grain.YEAR)


def test_half_of_two_weeks_goes_to_somebody_with_half_a_contract_as_the_same_work(store: Store) -> None:
    chris, dana, alpha = a_resource(store), a_resource(store, "Dana Ray", fte=0.5), a_project(store)
    booking = an_allocation(store, chris, alpha, period_end=day(18), quantity=40.0)
    before = by_day(store, chris)
    reassign(store, [booking], dana, (day(7), day(18)), 50.0)
    assert spans(store) == [
        (day(0), day(6), 40.0, "%", None),
        (day(7), day(18), 20.0, "%", None),
        (day(7), day(18), 40.0, "%", None),
    ]
    assert by_day(store, chris).sum() + by_day(store, dana).sum() == before.sum()


def test_a_role_is_named_with_all_it_asks_for(store: Store) -> None:
    tester, chris = a_resource(store, "Tester", type="Role"), a_resource(store)
    booking = an_allocation(store, tester, a_project(store), quantity=0.6, unit="FTE")
    reassign(store, [booking], chris)
    (row,) = read_rows(store, "allocation")
    assert (row["id"], row["resource"], row["quantity"], row["unit"]) == (booking, chris, 0.6, "FTE")


def test_nothing_is_given_to_somebody_who_is_not_there(store: Store) -> None:
    booking = an_allocation(store, a_resource(store), a_project(store))
    later = a_resource(store, "Dana Ray", start=day(2))
    with pytest.raises(Known, match="Dana Ray starts on 18 November 2026"):
        reassign(store, [booking], later)
    with pytest.raises(Known, match="is no share"):
        reassign(store, [booking], later, share=0)
    with pytest.raises(Known, match="a resource it names has been deleted"):
        reassign(store, [booking], "nobody")


def test_one_allocation_is_reduced_on_some_days(store: Store) -> None:
    booking = an_allocation(store, a_resource(store), a_project(store), period_end=day(13))
    reduce(store, booking, (day(7), day(20)), 10.0, Unit.PERCENT)
    assert [row[:3] for row in spans(store)] == [(day(0), day(6), 50.0), (day(7), day(13), 10.0)]
    reduce(store, booking, (day(0), day(6)), 0.0, Unit.PERCENT)
    assert [row[:3] for row in spans(store)] == [(day(7), day(13), 10.0)]


def test_a_status_is_kept_with_its_day(store: Store) -> None:
    booking = an_allocation(store, a_resource(store), a_project(store), status="Offered")
    set_status(store, [booking], AllocationStatus.CONFIRMED, ON)
    deed = latest_batches(store)[0]
    assert (spans(store)[0][4], deed.what, deed.why) == (
        "Confirmed",
        "Confirm Chris Obi on Alpha",
        "Confirmed on 12 November 2026",
    )


def test_asking_makes_only_the_days_asked_about_requested(store: Store) -> None:
    booking = an_allocation(store, a_resource(store), a_project(store), period_end=day(13), status="Confirmed")
    ask(store, booking, (day(7), day(13)), "can it wait?", ON)
    assert [(row[0], row[4]) for row in spans(store)] == [(day(0), "Confirmed"), (day(7), "Requested")]
    assert "Asked on 12 Nov 26: can it wait?" in [row["comment"] for row in read_rows(store, "allocation")]


def test_what_no_work_falls_on_is_not_reassigned(store: Store) -> None:
    chris, dev, alpha = a_resource(store), a_resource(store, "Dev Patel"), a_project(store)
    a_row(store, "absence", resource=chris, start=day(0), finish=day(4))
    booking = an_allocation(store, chris, alpha)
    with pytest.raises(Known, match=r"no work of .* falls on these days"):
        reassign(store, [booking], dev)
    other = an_allocation(store, chris, alpha, period_start=day(7), period_end=day(11))
    reassign(store, [booking, other], dev)
    assert {row["id"]: row["resource"] for row in read_rows(store, "allocation")} == {booking: chris, other: dev}


def test_every_deed_says_when_its_allocation_is_gone(store: Store) -> None:
    with pytest.raises(Known, match="an allocation it names has been deleted"):
        set_status(store, ["gone"], AllocationStatus.OFFERED, ON)


def test_the_organisations_own_fields_stay_with_every_piece(store: Store) -> None:
    ward = a_custom_field(store, register="allocation")
    chris, alpha = a_resource(store), a_project(store)
    an_allocation(store, chris, alpha, period_end=day(20), custom={ward: "North"})
    set_cells(store, [CellEdit(chris, alpha, day(8), None)], Grain.WEEK)
    assert [row[f"custom.{ward}"] for row in read_rows(store, "allocation")] == ["North", "North"]


quantities = {
    Unit.PERCENT: st.integers(1, 4_000_000),
    Unit.FTE: st.integers(1, 40_000),
    Unit.DAYS: st.integers(1, 600_000),
    Unit.HOURS: st.integers(1, 4_000_000),
}
WORDS = {Unit.PERCENT: "%", Unit.FTE: "FTE", Unit.DAYS: "days", Unit.HOURS: "hours"}


@st.composite
def amounts(draw: st.DrawFn) -> tuple[float, Unit]:
    unit = draw(st.sampled_from(Unit))
    return draw(quantities[unit]) / 10_000, unit


bookings = st.tuples(st.integers(-40, 60), st.integers(0, 60), amounts(), st.sampled_from([None, "Requested"]))
people = st.fixed_dictionaries(
    {"fte": st.sampled_from([None, 0.5, 0.8, 1.0, 3.0]), "bau_pct": st.sampled_from([None, 10.0, 33.3])},
    optional={"start": st.integers(-30, 5).map(day), "end": st.integers(20, 70).map(day)},
)
absences = st.lists(st.tuples(st.integers(-30, 60), st.integers(0, 12), st.sampled_from([None, 50.0])), max_size=3)


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(people, absences, st.lists(bookings, min_size=1, max_size=3), amounts(), st.sampled_from(Grain), st.data())
def test_a_cell_holds_what_was_typed_and_no_other_cell_changes(
    person: dict[str, Any], leave: Any, rows: Any, typed: tuple[float, Unit], grain: Grain, data: Any
) -> None:
    """Percentages to the last tick. A total that ends outside the cell to a second a year of its span."""
    store = create_memory_store(data_date=ON)
    calendar = a_row(store, "calendar", name="Ours", standard=True, **dict.fromkeys(DAYS, 7.5))
    a_row(store, "holiday", calendar=calendar, day=day(10))
    chris, alpha = a_resource(store, **person), a_project(store)
    for first, more, part in leave:
        a_row(store, "absence", resource=chris, start=day(first), finish=day(first + more), part=part)
    for first, more, (quantity, unit), status in rows:
        span = {"period_start": day(first), "period_end": day(first + more)}
        an_allocation(store, chris, alpha, quantity=quantity, unit=WORDS[unit], status=status, **span)
    before = by_day(store, chris)
    at = data.draw(st.integers(-20, 50))
    first, last = period_of(day(at), grain, round(read_settings(store)["fy_start_month"]))
    try:
        set_cells(store, [CellEdit(chris, alpha, day(at), typed[0], typed[1])], grain)
    except Known:
        assert np.array_equal(by_day(store, chris), before)
        return
    after = by_day(store, chris)
    inside = HORIZON.clip(first, last)
    exact = all(unit is Unit.PERCENT for _, _, (_, unit), _ in rows)
    slack = 0 if exact else len(rows) * 20 * SECOND
    outside = np.ones(HORIZON.length, np.bool_)
    outside[inside] = False
    assert np.abs((after - before)[outside]).max() <= slack
    assert abs(int((after - before)[outside].sum())) <= (0 if exact else len(rows) * 4 * SECOND)
    assert_typed(store, chris, after[inside].sum(), typed, first, last)


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def assert_typed(store: Store, chris: str, found: int, typed: tuple[float, Unit], first: date, last: date) -> None:
    """The cell has what an allocation of its days alone would have; to the tick when it is one.

    FTE are of the standard time of the cell's days, to the ten-thousandth that a quantity has.
    """
    cell = [row for row in read_rows(store, "allocation") if row["period_start"] <= last and row["period_end"] >= first]
    book = read_book(store, HORIZON)
    worker = book.resources[0].worker
    diary = Diary.of(worker, book.standard, HORIZON)
    span = diary.employed(first, last)
    assert span is not None
    if typed[1] is Unit.FTE:
        full = int(Horizon(first, last).working_time(book.standard, book.days_off).sum()) * RATE
        assert abs(int(found) - typed[0] * full) <= full / 10_000 + TICKS_PER_HOUR * 8 // 10_000 * len(cell)
        return
    wanted = diary.total(Part(*span, *typed))
    alone = [(row["period_start"], row["period_end"]) for row in cell] == [span]
    slack = 0 if alone else TICKS_PER_HOUR * 8 // 10_000 * len(cell)  # a ten-thousandth of a day a row
    assert abs(int(found) - wanted) <= slack
