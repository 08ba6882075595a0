"""One cell of the grid in figures and words: what is in it, who makes it too much, and who gives way."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.cells import Cell, days_text, period_span, read_cell
from pmo_desktop.rules.calendar import Grain, Horizon
from pmo_desktop.rules.load import Cause, Share, Undefined
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

WEEK = Horizon(date(2026, 11, 30), date(2026, 12, 6))
DAYS = {"period_start": WEEK.first, "period_end": date(2026, 12, 4)}
MONTH = Horizon(date(2026, 12, 1), date(2026, 12, 31))


def mockup_cell(store: Store, *, confirmed_only: bool = False) -> Cell:
    """Chris in the week of 30 November: 2.5 d + 2.5 d + 1 d booked, a day's leave on Friday."""
    chris = a_resource(store)
    a_row(store, "absence", resource=chris, start=date(2026, 12, 4), finish=date(2026, 12, 4))
    for ref, priority, quantity, status in (
        ("HW-307", "Must", 2.5, "Confirmed"),
        ("HW-101", "Should", 2.5, None),
        ("HW-304", "Could", 1.0, "Requested"),
    ):
        project = a_project(store, ref, ref=ref, priority=priority)
        an_allocation(store, chris, project, quantity=quantity, unit="days", status=status, **DAYS)
    book = read_book(store)
    return read_cell(book, book.row_of(chris), WEEK, confirmed_only=confirmed_only)


def test_the_cell_of_the_mock_up_says_what_the_mock_up_says(store: Store) -> None:
    cell = mockup_cell(store)
    assert cell.share == Share(1.5)
    assert (cell.days(cell.booked), cell.days(cell.available)) == (6, 4)
    assert cell.leave_words() == "1 d leave on Fri 4 Dec"
    assert (cell.days(cell.excess), cell.free) == (2, 0)
    assert [(stake.project.ref, cell.days(stake.ticks), stake.cause) for stake in cell.stakes] == [
        ("HW-101", 2.5, Cause.TOGETHER),
        ("HW-307", 2.5, Cause.TOGETHER),
        ("HW-304", 1.0, Cause.OTHERS),
    ]
    assert (
        cell.cause_words()
        == "HW-101, HW-307 and HW-304 together ask for more than there is. HW-304 has the lowest priority."
    )
    assert (cell.days(cell.hard), cell.days(cell.soft), len(cell.entries)) == (5, 1, 3)


def test_confirmed_only_leaves_the_request_out(store: Store) -> None:
    cell = mockup_cell(store, confirmed_only=True)
    assert (cell.days(cell.booked), cell.soft, len(cell.entries)) == (5, 0, 2)
    assert cell.gives_way is not None
    assert cell.gives_way.project.ref == "HW-101"


def test_the_worst_week_shows_inside_a_month_that_fits(store: Store) -> None:
    chris = a_resource(store)
    an_allocation(
        store, chris, a_project(store), period_start=date(2026, 12, 7), period_end=date(2026, 12, 11), quantity=180.0
    )
    book = read_book(store)
    cell = read_cell(book, 0, MONTH)
    assert not cell.over
    assert cell.cause_words() == ""
    assert cell.worst_words() == "180% in the week of 7 Dec"
    assert read_cell(book, 0, WEEK).worst_words() == ""


@pytest.mark.parametrize(
    ("priorities", "expected"),
    [(["1", "2"], "B"), (["High", "High"], None), (["", "Low"], None), (["Could"], "A")],
)
def test_who_gives_way_is_the_lowest_priority_or_nobody_where_nobody_has_said(
    store: Store, priorities: list[str], expected: str | None
) -> None:
    chris = a_resource(store)
    for ref, priority in zip("AB", priorities, strict=False):
        an_allocation(store, chris, a_project(store, ref, ref=ref, priority=priority), quantity=101.0)
    book = read_book(store)
    cell = read_cell(book, 0, Horizon(date(2026, 11, 16), date(2026, 11, 22)))
    assert (cell.gives_way.project.ref if cell.gives_way else None) == expected


def test_an_empty_cell_and_one_on_leave_have_words(store: Store) -> None:
    chris = a_resource(store)
    a_row(store, "absence", resource=chris, start=WEEK.first, finish=WEEK.last)
    cell = read_cell(read_book(store), 0, WEEK)
    assert cell.share == Share(None, Undefined.NO_AVAILABILITY)
    assert cell.leave_words() == "5 d leave from Mon 30 Nov to Fri 4 Dec"
    assert (cell.stakes, cell.cause_words(), cell.gives_way) == ((), "", None)


def test_a_role_to_be_named_is_never_over_booked(store: Store) -> None:
    an_allocation(store, a_resource(store, "Tester", type="Role"), a_project(store), quantity=1.0, unit="FTE")
    book = read_book(store)
    cell = read_cell(book, 0, Horizon(date(2026, 11, 16), date(2026, 11, 22)))
    assert (cell.over, cell.excess, cell.days(cell.booked), cell.leave_words()) == (False, 0, 5, "")


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
def test_the_cells_of_a_line_sum_up_to_its_allocations(store: Store, grain: Grain) -> None:
    chris = a_resource(store)
    an_allocation(store, chris, a_project(store), period_end=date(2027, 3, 3), quantity=33.3)
    book = read_book(store)
    periods = book.periods(grain)
    cells = [read_cell(book, 0, period_span(periods, number)) for number in range(periods.count)]
    assert sum(cell.booked for cell in cells) == book.bookings.booked.sum()


def test_days_outside_the_book_are_refused(store: Store) -> None:
    a_resource(store)
    with pytest.raises(ValueError, match="not among those"):
        read_cell(read_book(store), 0, Horizon(date(1999, 1, 1), date(1999, 1, 7)))


def test_days_are_said_to_a_tenth() -> None:
    assert [days_text(each) for each in (2.5, 4.0, 1 / 3)] == ["2.5 d", "4 d", "0.3 d"]


def test_a_project_that_asks_for_more_than_there_is_by_itself_is_named_alone(store: Store) -> None:
    chris = a_resource(store)
    an_allocation(store, chris, a_project(store, ref="HW-1", priority="Must"), quantity=120.0, **DAYS)
    an_allocation(store, chris, a_project(store, ref="HW-2", priority="Could"), quantity=20.0, **DAYS)
    words = read_cell(read_book(store), 0, WEEK).cause_words()
    assert words == "HW-1 asks for more than there is. HW-2 has the lowest priority."
