"""As of: a copy of the portfolio in memory, rewound to the end of a day or of a batch."""

from __future__ import annotations

from datetime import datetime

from pmo_desktop.model.journal import Change
from pmo_desktop.model.types import instant_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.net import net_changes
from pmo_desktop.store.undo import write_backwards


def as_of_batch(store: Store, number: int) -> Store:
    """A read-only store that is as the file was when that batch had just been written."""
    copy = store.copy_to_memory()
    copy.raw.execute("PRAGMA query_only=OFF")
    net = net_changes(copy.connection, Change.batch > number)
    copy.raw.execute("BEGIN")
    write_backwards(copy.connection, net)
    copy.raw.execute("DELETE FROM change WHERE batch > ?", (number,))
    copy.raw.execute("DELETE FROM batch WHERE id > ?", (number,))
    copy.raw.execute("COMMIT")
    copy.raw.execute("PRAGMA query_only=ON")
    return copy


def as_of_moment(store: Store, moment: datetime) -> Store:
    """A read-only store as it was at a moment; for "as of a day" ask for the end of that day in the reader's zone."""
    with store.reading() as connection:
        written = "SELECT max(id) FROM batch WHERE at <= ?"
        number = connection.raw.execute(written, (instant_text(moment),)).fetchone()[0]
    return as_of_batch(store, number or 0)
