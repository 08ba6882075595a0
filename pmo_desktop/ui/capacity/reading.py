"""Reads the book for the grid: of a large file the coming months first, and all of it once the grid is on screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from pmo_desktop.figures.book import Book, default_horizon, read_book
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.store.bookings import booked_span
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_settings, row_count
from pmo_desktop.store.watch import Changed
from pmo_desktop.ui.context import Context

_MANY = 20_000  # allocations that are read in a moment
_AHEAD = timedelta(weeks=26)


class Reading:
    """How a store's book is read; `rest` says that the first answer was only a part of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.rest = False
        self._missed: defaultdict[str, set[str]] = defaultdict(set)

    def first(self) -> Book:
        """The book to begin with."""
        if row_count(self.store, "allocation") <= _MANY:
            return read_book(self.store)
        today = data_date(read_settings(self.store))
        whole = default_horizon(booked_span(self.store), today)
        monday = max(whole.first, today - timedelta(today.weekday()))
        last = min(whole.last, monday + _AHEAD - timedelta(1))
        self.rest = monday > whole.first or last < whole.last
        return read_book(self.store, Horizon(monday, last) if self.rest else None)

    def note(self, changed: Changed) -> None:
        """Remember what changes while the rest is being read."""
        for entity, ids in changed.rows.items():
            self._missed[entity] |= ids

    def read_rest(self, context: Context, take: Callable[[Book], object]) -> None:
        """Read all of it off the window's thread, and hand it over if the file is still open."""
        if not self.store.closed:
            context.read(self.all_of_it, lambda book: None if self.store.closed else take(self.finish(book)))

    def all_of_it(self) -> Book:
        """The whole book; for a worker."""
        return read_book(self.store)

    def finish(self, book: Book) -> Book:
        """The whole book with what changed while it was read."""
        self.rest = False
        missed, self._missed = dict(self._missed), defaultdict(set)
        return book.with_changed(self.store, missed)
