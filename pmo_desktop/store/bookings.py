"""Reads what capacity is reckoned from in columns, not rows: a file may hold hundreds of thousands of allocations."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo_desktop.model.allocation import Allocation
from pmo_desktop.model.types import MEASURE_SCALE
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.connection import AMONG, Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, list_ids


@dataclass(frozen=True, slots=True)
class BookingColumns:
    """Allocations that are not rejected, a list a trait, as stored: ISO dates, ten-thousandths, ids."""

    ids: list[str]
    resource: list[str]
    project: list[str | None]
    role: list[str | None]
    first: list[str]
    last: list[str]
    quantity: list[int]
    unit: list[str]
    status: list[str | None]


_COLUMNS = ("id", "resource", "project", "role", "period_start", "period_end", "quantity", "unit", "status")
_DISTINCT = ("id", "quantity")  # of all others many rows say the same
_COUNTED = f"status IS NOT '{AllocationStatus.REJECTED}'"
_LOT = 10_000  # rows at a time, so that the texts of all of them are never held twice


def read_bookings(
    store: Store, first: date | None = None, last: date | None = None, resources: Collection[str] | None = None
) -> BookingColumns:
    """The allocations that touch the days from `first` to `last`, both counted, of all or of some resources.

    In the order they were written. The table is read through: an index by days was measured, and saved nothing among
    200,000 rows of five years.
    """
    with store.reading() as connection:
        return bookings_of(connection, first, last, resources)


def bookings_of(
    connection: Connection,
    first: date | None = None,
    last: date | None = None,
    resources: Collection[str] | None = None,
) -> BookingColumns:
    """`read_bookings` on a connection already at hand."""
    wanted, values = [_COUNTED], []
    for condition, value in (("period_end >= ?", first), ("period_start <= ?", last)):
        if value is not None:
            wanted.append(condition)
            values.append(value.isoformat())
    if resources is not None:
        wanted.append(f"resource IN {AMONG}")
        values.append(list_ids(resources))
    query = f"SELECT {', '.join(_COLUMNS)} FROM {Allocation.__tablename__} WHERE {' AND '.join(wanted)} ORDER BY rowid"
    return BookingColumns(*_gather(connection.raw.execute(query, values)))


def owners_of(connection: Connection, allocations: Collection[str]) -> dict[str, str]:
    """The resources of some allocations, by the ids of both; one that is gone is not in the answer."""
    query = f"SELECT id, resource FROM {Allocation.__tablename__} WHERE id IN {AMONG}"
    return dict(connection.raw.execute(query, (list_ids(allocations),)))


def met_by(connection: Connection, resources: Collection[str], projects: Collection[str | None]) -> list[str]:
    """The ids of the allocations that book some resources for some projects; None stands for no project."""
    query = f"SELECT id FROM {Allocation.__tablename__} WHERE resource IN {AMONG} AND ifnull(project, '') IN {AMONG}"
    values = list_ids(resources), list_ids(each or "" for each in projects)
    return [identity for (identity,) in connection.raw.execute(query, values)]


def columns_of(rows: Sequence[Record]) -> BookingColumns:
    """Typed rows of allocations as `read_bookings` gives them."""
    return BookingColumns(
        [row["id"] for row in rows],
        [row["resource"] for row in rows],
        [row["project"] for row in rows],
        [row["role"] for row in rows],
        [row["period_start"].isoformat() for row in rows],
        [row["period_end"].isoformat() for row in rows],
        [round(row["quantity"] * MEASURE_SCALE) for row in rows],
        [row["unit"] for row in rows],
        [row["status"] for row in rows],
    )


def booked_span(store: Store) -> tuple[date, date] | None:
    """The first and the last day of any allocation, rejected or not; None without one."""
    query = f"SELECT min(period_start), max(period_end) FROM {Allocation.__tablename__}"
    with store.reading() as connection:
        first, last = connection.raw.execute(query).fetchone()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


class _Same(dict[Any, Any]):
    """What was seen before instead of its like: a hundred thousand rows share a few hundred texts."""

    def __missing__(self, value: Any) -> Any:
        self[value] = value
        return value


def _gather(cursor: sqlite3.Cursor) -> list[list[Any]]:
    """The rows of a query as a list a column."""
    same = _Same()
    columns: list[list[Any]] = [[] for _ in _COLUMNS]
    while found := cursor.fetchmany(_LOT):
        for name, column, values in zip(_COLUMNS, columns, zip(*found, strict=True), strict=True):
            column.extend(values if name in _DISTINCT else map(same.__getitem__, values))
    return columns
