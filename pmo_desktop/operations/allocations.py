"""Stand-in until the operations on allocations land."""

from __future__ import annotations
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from sqlalchemy import delete, insert, update
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows


@dataclass(frozen=True, slots=True)
class CellEdit:
    resource: str
    project: str | None
    first: date
    last: date
    quantity: float
    unit: str


def set_cells(store: Store, cells: Sequence[CellEdit]) -> Any:
    t = entities()["allocation"].__table__
    rows = read_rows(store, "allocation")
    with batch(store, "Change allocations") as work:
        for c in cells:
            for r in rows:
                if (
                    r["resource"] == c.resource
                    and r["project"] == c.project
                    and r["period_start"] >= c.first
                    and r["period_end"] <= c.last
                ):
                    work.connection.execute(delete(t).where(t.c.id == r["id"]))
            if c.quantity:
                work.connection.execute(
                    insert(entities()["allocation"]),
                    dict(
                        id=new_id(),
                        resource=c.resource,
                        project=c.project,
                        period_start=c.first,
                        period_end=c.last,
                        quantity=c.quantity,
                        unit=str(c.unit),
                        status="Confirmed",
                    ),
                )
    return work.id


def shift_allocations(store: Store, ids: Collection[str], days: int) -> Any:
    t = entities()["allocation"].__table__
    with batch(store, "Shift allocations") as work:
        for r in read_rows(store, "allocation"):
            if r["id"] in ids:
                work.connection.execute(
                    update(t)
                    .where(t.c.id == r["id"])
                    .values(
                        period_start=r["period_start"] + timedelta(days), period_end=r["period_end"] + timedelta(days)
                    )
                )
    return work.id


def set_status(store: Store, ids: Collection[str], status: str) -> Any:
    t = entities()["allocation"].__table__
    with batch(store, "Set status") as work:
        work.connection.execute(update(t).where(t.c.id.in_(list(ids))).values(status=str(status)))


def reassign(store: Store, ids: Collection[str], resource: str) -> Any:
    t = entities()["allocation"].__table__
    with batch(store, "Reassign") as work:
        work.connection.execute(update(t).where(t.c.id.in_(list(ids))).values(resource=resource))
