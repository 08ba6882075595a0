"""Bad input of capacity: counted as nothing or flagged, in words; never a crash, never infinity or no number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Measure, Side, make_grid, open_line
from pmo_desktop.figures.cells import period_span, read_cell
from pmo_desktop.figures.demand import demand_strip, role_balance
from pmo_desktop.figures.oddities import find_oddities
from pmo_desktop.figures.requests import Wanted, candidates
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit, ResourceType
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_project, a_resource, a_row, an_allocation


def booked(**values: Any) -> Callable[[Store], str]:
    return lambda store: an_allocation(store, a_resource(store), **values)


def working(**values: Any) -> Callable[[Store], str]:
    return lambda store: an_allocation(store, a_resource(store, **values))


def away(*spans: tuple[date, date, float | None]) -> Callable[[Store], None]:
    def make(store: Store) -> None:
        chris = a_resource(store)
        for start, finish, part in spans:
            a_row(store, "absence", resource=chris, start=start, finish=finish, part=part)

    return make


def no_working_days(store: Store) -> None:
    calendar = a_row(store, "calendar", name="Never", standard=True, monday=0.0)
    an_allocation(store, a_resource(store, calendar=calendar), quantity=1.0, unit="FTE")


def on_a_closed_resource(store: Store) -> None:
    an_allocation(store, a_resource(store, status="Closed"), a_project(store, status="Closed"), quantity=50.0)


DAY = date(2026, 11, 16)
CASES: dict[str, tuple[Callable[[Store], Any], str]] = {
    "negative": (booked(quantity=-50.0), "Chris Obi, 1 booking: A negative allocation is not counted."),
    "10,000 %": (
        booked(quantity=10_000.0),
        "Chris Obi, 1 booking: More than 1,000 %, or more than 200,000 hours, is taken for a slip; it is not counted.",
    ),
    "a million days": (
        booked(quantity=1e6, unit="days"),
        "Chris Obi, 1 booking: More than 1,000 %, or more than 200,000 hours, is taken for a slip; it is not counted.",
    ),
    "backwards": (
        booked(period_start=date(2026, 11, 20), period_end=date(2026, 11, 16)),
        "Chris Obi, 1 booking: The allocation ends before it begins; it is not counted.",
    ),
    "before the start": (
        working(start=date(2026, 11, 18)),
        "Chris Obi, 1 booking: Allocation before the start date; the part before it is not counted.",
    ),
    "after leaving": (
        working(end=date(2026, 11, 18)),
        "Chris Obi, 1 booking: Allocation after leaving date; the part after it is not counted.",
    ),
    "leaves before the start": (
        working(start=date(2026, 12, 1), end=date(2026, 11, 1)),
        "Chris Obi: The leaving date lies before the start date, so there is no time to give.",
    ),
    "absences that overlap": (
        away((DAY, DAY, None), (DAY, DAY, 50.0)),
        "Chris Obi: Absences overlap; no day is taken off twice.",
    ),
    "an absence backwards": (
        away((date(2026, 12, 3), DAY, None)),
        "Chris Obi: An absence ends before it begins, or takes no part of a day; it is not counted.",
    ),
    "an absence of 900 %": (
        away((DAY, DAY, 900.0)),
        "Chris Obi: An absence ends before it begins, or takes no part of a day; it is not counted.",
    ),
    "0 FTE": (working(fte=0.0), "Chris Obi: 0 FTE: there is no time to give."),
    "-1 FTE": (working(fte=-1.0), "Chris Obi: The FTE is not a number between 0 and 1,000; counted as 0."),
    "a million FTE": (working(fte=1e6), "Chris Obi: The FTE is not a number between 0 and 1,000; counted as 0."),
    "overhead of 250 %": (
        working(bau_pct=250.0),
        "Chris Obi: The fixed overhead is not between 0 and 100 %; counted as the nearer of the two.",
    ),
    "no working days": (
        no_working_days,
        "Chris Obi: The working pattern has no working days, so there is no time to give.",
    ),
    "the wrong century": (
        booked(period_start=date(1026, 11, 16), period_end=date(9999, 12, 31)),
        "Chris Obi, 1 booking: The allocation reaches beyond the days looked at; the part outside is not counted.",
    ),
    "a closed resource": (on_a_closed_resource, "Chris Obi: 0 FTE: there is no time to give."),
}


def sound(book: Book) -> None:
    """Every figure of a book is a number, and all grains and both sides have one sum."""
    total = int(book.bookings.booked.sum())
    for grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        for side in Side:
            grid = make_grid(book, Lens(grain=grain), side)
            top = [at for at, line in enumerate(grid.lines) if line.level is Level.TOP]
            assert int(grid.booked[top].sum()) == total
            finite(grid)
            for at in top:
                opened = open_line(book, grid, grid.lines[at])
                assert np.array_equal(opened.booked.sum(axis=0), grid.booked[at])
                finite(opened)
        table = role_balance(book, book.periods(grain))
        assert int((table.hard + table.soft).sum()) == total
        assert np.isfinite(table.demand).all()
        assert np.isfinite(table.supply).all()
    strip = demand_strip(book, make_grid(book))
    assert int(strip.booked.sum()) == total
    assert np.isfinite(strip.days(strip.booked)).all()


def finite(grid: Grid) -> None:
    assert all(np.isfinite(grid.values(unit)).all() for unit in Measure)
    assert np.isfinite(grid.off_share).all()
    assert (grid.booked >= 0).all()


@pytest.mark.parametrize("case", CASES)
def test_bad_input_has_words_and_no_figure_breaks(store: Store, case: str) -> None:
    make, words = CASES[case]
    make(store)
    book = read_book(store)
    assert words in [each.words for each in find_oddities(book)]
    sound(book)


def test_a_sound_portfolio_has_nothing_odd(store: Store) -> None:
    an_allocation(store, a_resource(store), a_project(store))
    an_allocation(store, a_resource(store, "Tester", type="Role"), quantity=1.0, unit="FTE")
    assert find_oddities(read_book(store)) == []


days = st.dates(date(2025, 6, 1), date(2028, 3, 1)) | st.sampled_from([date(1, 1, 1), date(9999, 12, 31)])
numbers = st.floats(-1e9, 1e9) | st.sampled_from([0.0, 0.0001, 33.3333, 100.0, 1000.0])
resource = st.fixed_dictionaries(
    {
        "type": st.sampled_from([None, *map(str, ResourceType)]),
        "fte": st.none() | st.floats(-2, 2) | st.just(1e6),
        "bau_pct": st.none() | st.floats(-50, 150),
        "start": st.none() | days,
        "end": st.none() | days,
    }
)
allocation = st.fixed_dictionaries(
    {
        "who": st.integers(0, 2),
        "what": st.integers(0, 2),
        "period_start": days,
        "period_end": days,
        "quantity": numbers,
        "unit": st.sampled_from([str(each) for each in AllocationUnit]),
        "status": st.sampled_from([None, *map(str, AllocationStatus)]),
    }
)
absence = st.fixed_dictionaries(
    {"who": st.integers(0, 2), "start": days, "finish": days, "part": st.none() | st.floats(-10, 500)}
)


@pytest.mark.slow
@given(
    st.lists(resource, min_size=3, max_size=3),
    st.lists(allocation, max_size=8),
    st.lists(absence, max_size=4),
    st.none() | st.floats(0, 30),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_stored_every_figure_is_a_number_and_sums_are_exact(
    resources: list[dict[str, Any]],
    allocations: list[dict[str, Any]],
    absences: list[dict[str, Any]],
    monday: float | None,
) -> None:
    """The sum over weeks, over months, over quarters and over the allocations is one number."""
    store = create_memory_store(data_date=date(2026, 11, 13))
    try:
        role = a_row(store, "role", name="Analyst")
        calendar = a_row(store, "calendar", name="C", standard=True, monday=monday)
        people = [
            a_resource(store, f"R{row}", role=role if row else None, calendar=calendar if row else None, **each)
            for row, each in enumerate(resources)
        ]
        projects = [a_project(store, "A"), a_project(store, "B"), None]
        for each in allocations:
            kept = {name: value for name, value in each.items() if name not in {"who", "what"}}
            an_allocation(store, people[each["who"]], projects[each["what"]], **kept)
        for each in absences:
            kept = {name: value for name, value in each.items() if name != "who"}
            a_row(store, "absence", resource=people[each["who"]], **kept)
        book = read_book(store)
        sound(book)
        check_cells(book)
    finally:
        store.close()


def check_cells(book: Book) -> None:
    """Cells say what the grid shows, and whoever could fill a request has a score between 0 and 1."""
    months = book.periods(Grain.MONTH)
    grid = make_grid(book, Lens(grain=Grain.MONTH))
    for period in (0, months.count // 2, months.count - 1):
        span = period_span(months, period)
        for line, cells in zip(grid.lines, grid.booked.tolist(), strict=True):
            if line.level is Level.TOP:
                cell = read_cell(book, line.row, span)
                assert cell.booked == cells[period]
                assert all(stake.ticks > 0 for stake in cell.stakes)
        assert all(0 < each.candidate.score <= 1 for each in candidates(book, Wanted(span, 10**12)))


def test_an_allocation_of_a_resource_that_is_gone_is_refused_by_the_file(store: Store) -> None:
    """What the file can never hold, the figures need not bear."""
    with pytest.raises(Exception, match="FOREIGN KEY"):
        an_allocation(store, "nobody")
