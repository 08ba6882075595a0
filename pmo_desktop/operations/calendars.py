"""Calendars: which one is the standard, a first such one, and the public holidays of a country in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.figures.book import WEEKDAYS, default_horizon
from pmo_desktop.figures.publicholidays import FIRST_YEAR, LAST_YEAR, call_region, find_holidays
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.resource import Calendar, Holiday
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.deletion import delete_rows
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import keep_sole, write_rows
from pmo_desktop.rules.wording import join_words
from pmo_desktop.rules.words import RecordStatus
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.bookings import booked_span
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, linked_rows, read_rows, read_settings

CALENDAR, HOLIDAY = Calendar.__tablename__, Holiday.__tablename__
_LEAST_YEARS = 3  # the year of the data date and two more, however little is booked


@dataclass(frozen=True, slots=True)
class Place:
    """Where holidays are those of: codes of a country and, if any, of a part of it."""

    country: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What fetching did: the batch, None when nothing differed, and how many holidays came, went and were renamed."""

    batch: int | None
    added: int
    removed: int
    renamed: int

    @property
    def words(self) -> str:
        """In a sentence without its full stop."""
        counts = (self.added, "added"), (self.removed, "removed"), (self.renamed, "renamed")
        parts = [f"{number:,} {word}" for number, word in counts if number]
        return f"Public holidays: {join_words(parts)}" if parts else "All of these public holidays are there already"


def horizon_years(store: Store) -> tuple[int, int]:
    """The first and the last year that capacity is reckoned for."""
    today = data_date(read_settings(store))
    horizon = default_horizon(booked_span(store), today)
    first, last = horizon.first.year, max(horizon.last.year, today.year + _LEAST_YEARS - 1)
    return max(first, FIRST_YEAR), min(last, LAST_YEAR)


def standard_calendar(store: Store) -> str | None:
    """The calendar that FTE and days are counted in; None when no calendar says that it is."""
    chosen = sorted((row for row in read_rows(store, CALENDAR) if row["standard"]), key=lambda row: row["name"])
    return str(chosen[0]["id"]) if chosen else None


def create_standard(
    store: Store, name: str, hours: Sequence[float], place: Place | None = None, years: tuple[int, int] | None = None
) -> str:
    """A calendar that is the standard one, with the hours of Monday to Sunday and, of a place, the public holidays.

    The calendar that was the standard before is one no longer. Raises Known for a week without hours, a day of more
    than 24, a name that is taken, and a place that is not known.
    """
    called = _check_calendar(store, name, hours)
    wanted = _find(place, range(years[0], years[1] + 1)) if place and years else {}
    identity = new_id()
    values: dict[str, Any] = {"id": identity, "name": called, "standard": True, "status": RecordStatus.ACTIVE}
    values |= dict(zip(WEEKDAYS, map(float, hours), strict=True)) | {"custom": {}}
    values |= {"country": place.country, "subdivision": place.part} if place else {}
    with batch(store, f"New standard calendar {called}") as work:
        work.connection.execute(sql.insert(entities()[CALENDAR]), values)
        keep_sole(work.connection, CALENDAR, {identity: values})
        _insert(work.connection, identity, wanted)
    return identity


def fetch_holidays(store: Store, calendar: str, place: Place, first: int, last: int) -> Fetched:
    """The public holidays of a place for some years, both counted, as rows of a calendar, in one step.

    Days the organisation gives itself stay, and no holiday is put beside one. Fetched before from another place: all
    of those are replaced. Once more changes nothing. Raises Known for a place that is not known and for no years.
    """
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        message = f"Nothing was fetched: choose years from {FIRST_YEAR} to {LAST_YEAR}, the first one first."
        raise Known(message)
    what = f"Public holidays of {call_region(place.country, place.part)} for {call_row(store, CALENDAR, calendar)}"
    with batch(store, what) as work:
        connection = work.connection
        rows = linked_rows(connection, HOLIDAY, "calendar", [calendar])
        years = {*range(first, last + 1), *(row["day"].year for row in rows if row["fetched"])}
        wanted = _find(place, years)
        done = _renew(connection, calendar, rows, wanted)
        write_rows(connection, CALENDAR, {calendar: {"country": place.country, "subdivision": place.part}})
    return Fetched(work.id if work.changed else None, *done)


# ------------------------------------------------------------------ below the counter


def _find(place: Place, years: Iterable[int]) -> dict[date, str]:
    try:
        return find_holidays(place.country, place.part, set(years))
    except ValueError:
        message = (
            f"Nothing was changed: no public holidays are known for {place.part or place.country}. Choose another."
        )
        raise Known(message) from None


def _renew(
    connection: Connection, calendar: str, rows: Sequence[Mapping[str, Any]], wanted: Mapping[date, str]
) -> tuple[int, int, int]:
    """Fetched rows made those that are wanted: how many came, went and got another name."""
    there = {row["day"]: row for row in rows if row["fetched"]}
    own = {row["day"] for row in rows if not row["fetched"]}
    twice = [row["id"] for row in rows if row["fetched"] and there[row["day"]] is not row]
    gone = [row["id"] for day, row in there.items() if day not in wanted or day in own] + twice
    renamed = {
        there[day]["id"]: {"name": name}
        for day, name in wanted.items()
        if day in there and day not in own and there[day]["name"] != name
    }
    fresh = {day: name for day, name in wanted.items() if day not in there and day not in own}
    delete_rows(connection, HOLIDAY, gone)
    write_rows(connection, HOLIDAY, renamed)
    _insert(connection, calendar, fresh)
    return len(fresh), len(gone), len(renamed)


def _insert(connection: Connection, calendar: str, wanted: Mapping[date, str]) -> None:
    rows = [
        {"id": new_id(), "calendar": calendar, "day": day, "name": name, "fetched": True, "custom": {}}
        for day, name in wanted.items()
    ]
    if rows:
        connection.execute(sql.insert(entities()[HOLIDAY]), rows)


def _check_calendar(store: Store, name: str, hours: Sequence[float]) -> str:
    called = name.strip()
    if not called:
        message = "Nothing was created: the calendar needs a name. Type one, such as Standard."
        raise Known(message)
    if called.casefold() in {row["name"].casefold() for row in read_rows(store, CALENDAR)}:
        message = f"Nothing was created: there is a calendar called {called} already. Choose another name."
        raise Known(message)
    _check_hours(hours)
    return called


def _check_hours(hours: Collection[float]) -> None:
    day = 24
    if not all(0 <= each <= day for each in hours):
        message = f"Nothing was created: a day has between 0 and {day} hours."
        raise Known(message)
    if not any(hours):
        message = "Nothing was created: the week has no working hours. Type those of at least one day."
        raise Known(message)
