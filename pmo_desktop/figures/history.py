"""When the portfolio last changed: what a printed page says of the state it shows."""

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
