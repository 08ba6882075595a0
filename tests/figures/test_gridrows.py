"""The rows under a resource are of the book's days: what is booked outside them has none."""

from __future__ import annotations

from datetime import date

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.capacity import Lens
from pmo_desktop.figures.gridrows import read_grid_rows
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, an_allocation


def test_a_booking_outside_the_days_of_the_book_has_no_row(store: Store) -> None:
    chris, alpha = a_resource(store), a_project(store, "Alpha")
    an_allocation(store, chris, alpha)
    an_allocation(store, chris, a_project(store, "Beta"), period_start=date(2027, 3, 1), period_end=date(2027, 3, 5))
    book = read_book(store, Horizon(date(2026, 11, 16), date(2026, 11, 29)))
    found = read_grid_rows(book, Lens())
    assert [[book.projects[row.project].id for row in under] for under in found.rows if under] == [[alpha]]
