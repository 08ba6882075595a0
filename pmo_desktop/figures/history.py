"""What figures and pages ask of the journal: when the portfolio last changed, and what was ever there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pmo_desktop.store.file import Store


@dataclass(frozen=True, slots=True)
class Stamp:
    """The newest batch: its number and its moment in UTC."""

    batch: int
    at: datetime


def read_stamp(store: Store) -> Stamp | None:
    """The newest batch of the file; None when nothing has been written yet."""
    with store.reading() as connection:
        found = connection.raw.execute("SELECT id, at FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    return Stamp(found[0], datetime.fromisoformat(found[1])) if found else None


def was_ever(store: Store, entity: str, row: str) -> bool:
    """Whether a row of that id was ever there, by the journal."""
    with store.reading() as connection:
        query = "SELECT 1 FROM change WHERE entity = ? AND row = ? LIMIT 1"
        return connection.raw.execute(query, (entity, row)).fetchone() is not None
