"""How a connection opens: pragmas, the exclusive lock, one connection for a file's whole life."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

APPLICATION_ID = 0x504D4F31  # "PMO1": what `file` and we recognise a portfolio by


def connect_file(path: Path) -> sqlite3.Connection:
    """The one exclusive connection to a portfolio; sqlite3.OperationalError "database is locked" when it is held."""
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
    try:
        _prepare_file(raw)
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def _prepare_file(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA locking_mode=EXCLUSIVE")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    if sys.platform == "darwin":  # pragma: no cover  fsync does not flush the drive there
        raw.execute("PRAGMA fullfsync=1")
    raw.execute("BEGIN IMMEDIATE")  # takes the lock now, so that a second process is told at once
    raw.execute("COMMIT")
    prepare(raw)


def prepare(raw: sqlite3.Connection) -> None:
    """What every connection needs, of a file or of a copy in memory."""
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA recursive_triggers=ON")  # else REPLACE hides the delete from the journal
    raw.execute("PRAGMA temp_store=MEMORY")
    raw.execute("PRAGMA cache_size=-65536")


def connect_memory() -> sqlite3.Connection:
    """A private database in memory, for copies."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    prepare(raw)
    return raw


def wrap(raw: sqlite3.Connection) -> Connection:
    """The SQLAlchemy connection over a raw one; transactions are begun and ended on the raw one only.

    StaticPool without reset: a second Connection that is collected would otherwise roll back ours.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None, hide_parameters=True
    )
    return engine.connect()


def create_private_file(path: Path) -> None:
    """An empty file only its owner may read; SQLite's side files inherit the mode. FileExistsError when it is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
