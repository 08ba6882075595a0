"""As of: a copy of the portfolio in memory, rewound to the end of a day or of a batch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.store.file import Store
from pmo_desktop.store.net import net_changes
from pmo_desktop.store.undo import write_backwards


def as_of_batch(store: Store, number: int) -> Store:
    """A read-only store that is as the file was when that batch had just been written."""
    copy = store.copy_to_memory()
    copy.raw.execute("PRAGMA query_only=OFF")
    copy.raw.execute("BEGIN")
    write_backwards(copy.connection, net_changes(copy.connection, Change.batch > number))
    copy.connection.execute(delete(Change).where(Change.batch > number))
    copy.connection.execute(delete(Batch).where(Batch.id > number))
    copy.raw.execute("COMMIT")
    copy.raw.execute("PRAGMA query_only=ON")
    return copy


def as_of_moment(store: Store, moment: datetime) -> Store:
    """A read-only store as it was at a moment; for "as of a day" ask for the end of that day in the reader's zone."""
    with store.reading() as connection:
        number = connection.execute(select(func.max(Batch.id)).where(Batch.at <= moment)).scalar()
    return as_of_batch(store, number or 0)
