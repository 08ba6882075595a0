"""How a connection opens: pragmas, the exclusive lock, one connection for a file's whole life."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

APPLICATION_ID = 0x504D4F31  # "PMO1": what `file` and we recognise a portfolio by
PORTION = 2_000  # pages that are copied before somebody may end it: 8 MB
SIDES = ("-wal", "-journal")  # the side files that may hold part of the truth


def connect_file(path: Path, *, shared: bool = False) -> sqlite3.Connection:
    """The one exclusive connection to a portfolio; sqlite3.OperationalError "database is locked" when it is held.

    `shared` is for a file on a network share: there only the rollback journal is safe.
    """
    raw = connect_plain(path)
    try:
        _prepare_file(raw, "TRUNCATE" if shared else "WAL")
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def connect_plain(path: Path) -> sqlite3.Connection:
    """A connection as SQLite gives it, for copies and backups that nobody else knows yet."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)


def connect_to_look(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing of a file or beside it; "database is locked" when it is held.

    A file at rest is opened as immutable, since even a reader of a WAL file leaves side files. While it is held, and
    after a kill, a side file stands there: the locks count then, and the side file has the truth.
    """
    try:
        return _connect_reading(path, "immutable=1" if is_at_rest(path) else "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    with closing(connect_plain(path)) as raw:  # killed while writing on a share: SQLite takes its half batch back
        raw.execute("PRAGMA schema_version")
    return _connect_reading(path, "mode=ro")


def _connect_reading(path: Path, option: str) -> sqlite3.Connection:
    raw = sqlite3.connect(f"{path.resolve().as_uri()}?{option}", uri=True, timeout=0)
    try:
        raw.execute("PRAGMA schema_version")  # the first look at the file: locks and side files show here
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def is_at_rest(path: Path) -> bool:
    """Whether the last session ended well: no side file stands beside the file."""
    return not any(path.with_name(path.name + side).exists() for side in SIDES)


def is_held(path: Path) -> bool:
    """Whether somebody has the file locked; nothing of it is written, whatever state it is in."""
    try:
        _connect_reading(path, "mode=ro").close()
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return False


def is_mended(version: tuple[int, ...]) -> bool:
    """Whether an SQLite of that version is free of the WAL-reset fault (3.7.0 to 3.51.2, mended in two older lines).

    Two connections that write and checkpoint at once could lose pages. One exclusive connection, as here, never does.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _prepare_file(raw: sqlite3.Connection, journal: str) -> None:
    raw.execute("PRAGMA locking_mode=EXCLUSIVE")
    raw.execute(f"PRAGMA journal_mode={journal}")
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


def create_private_file(path: Path) -> None:
    """An empty file only its owner may read; SQLite's side files inherit the mode. FileExistsError when it is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
