"""The only way to write: a named batch, all or nothing, one step of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from pmo_desktop.model.types import instant_text, json_text
from pmo_desktop.store.collector import without_collector
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Bug, Known, explain_sqlite
from pmo_desktop.store.file import Store
from pmo_desktop.store.invariants import check_invariants
from pmo_desktop.store.pace import no_way_back
from pmo_desktop.store.watch import Changed, read_changed


@dataclass(slots=True)
class Work:
    """A batch being written. `changed` is filled when it is committed; None when it changed nothing."""

    id: int
    connection: Connection
    changed: Changed | None = None


@contextmanager
def batch(
    store: Store,
    what: str,
    *,
    why: str | None = None,
    source: dict[str, object] | None = None,
    undoes: int | None = None,
    long: bool = False,
    keep_empty: bool = False,
) -> Iterator[Work]:
    """Write one deed. Everything inside commits together or not at all; a batch that changed nothing leaves no trace.

    Whoever listens (store.pace) may end it until it is saved. `long` lets others read from a snapshot meanwhile.
    `keep_empty` is for named points.
    Raises Known when the file is read-only, when another long batch is being written, or when the disk is full.
    """
    _refuse_unready(store)
    with store.lock:
        if store.raw.in_transaction:
            message = f"a batch inside a batch: {what}"
            raise Bug(message)
        store.writing = what
        try:
            store.snapshot = store.copy_to_memory() if long else None
            with store.heard(), without_collector() if long else nullcontext():
                work = _begin(store, what, why, source, undoes)
                yield work
                _finish(store, work, keep_empty=keep_empty)
        except Exception as error:
            if known := explain_sqlite(error, store.label):
                raise known from error
            raise
        finally:
            _release(store)
    if work.changed:
        store.announce(work.changed)


def _refuse_unready(store: Store) -> None:
    if store.readonly:
        message = f"{store.label} is open read-only, so nothing was changed. Save a copy and work there."
        raise Known(message)
    if store.snapshot is not None:
        message = f"Nothing was changed: “{store.writing}” is still being written. Try again when it is done."
        raise Known(message)


def _begin(store: Store, what: str, why: str | None, source: dict[str, object] | None, undoes: int | None) -> Work:
    store.connection.speak()  # before BEGIN: its first look at the engine ends with a rollback
    store.raw.execute("BEGIN IMMEDIATE")
    row = (instant_text(datetime.now(UTC)), store.who, what, why, undoes, json_text(source) if source else None)
    number = store.raw.execute(_NEW, row).lastrowid
    assert number is not None  # noqa: S101  an insert gives the number it made
    store.raw.execute("INSERT INTO open_batch VALUES (?)", (number,))
    return Work(number, store.connection)


def _finish(store: Store, work: Work, *, keep_empty: bool) -> None:
    changed = read_changed(store.connection, work.id)
    if not changed.rows and not keep_empty:
        return  # the rollback in _release takes the batch row away
    if changed.rows:
        check_invariants(store.connection, work.id, changed)
    store.raw.execute("DELETE FROM open_batch")
    no_way_back("Saving")
    store.raw.execute("COMMIT")
    work.changed = changed


def _release(store: Store) -> None:
    if store.raw.in_transaction:
        store.raw.execute("ROLLBACK")
    store.writing = None
    snapshot, store.snapshot = store.snapshot, None
    if snapshot:
        snapshot.close()


_NEW = "INSERT INTO batch (at, who, what, why, undoes, source) VALUES (?, ?, ?, ?, ?, ?)"
