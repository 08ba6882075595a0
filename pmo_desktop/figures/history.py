"""What figures and pages ask of the journal: when the portfolio last changed, and what was ever there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.store.file import Store


@dataclass(frozen=True, slots=True)
class Stamp:
    """The newest batch: its number and its moment in UTC."""

    batch: int
    at: datetime


def read_stamp(store: Store) -> Stamp | None:
    """The newest batch of the file; None when nothing has been written yet."""
    with store.reading() as connection:
        found = connection.execute(select(Batch.id, Batch.at).order_by(Batch.id.desc()).limit(1)).first()
    return Stamp(found[0], found[1]) if found else None


def was_ever(store: Store, entity: str, row: str) -> bool:
    """Whether a row of that id was ever there, by the journal."""
    query = select(Change.seq).where(Change.entity == entity, Change.row == row).limit(1)
    with store.reading() as connection:
        return connection.execute(query).first() is not None
