"""Which shape a portfolio file has: its revisions in order, and how a new file gets the newest one."""

from __future__ import annotations

import sqlite3

from pmo_desktop.model.entity import metadata
from pmo_desktop.store import engine
from pmo_desktop.store.connection import wrap

# One a file of migrations/versions, oldest first.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
NEWEST = REVISIONS[-1]


def read_revision(raw: sqlite3.Connection) -> str | None:
    """The revision a file says it has; None when it is no portfolio of ours.

    Read with plain sqlite3, so that opening a current file does not load the migration library.
    """
    (mark,) = raw.execute("PRAGMA application_id").fetchone()
    if mark != engine.APPLICATION_ID:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def create_schema(raw: sqlite3.Connection) -> None:
    """All tables of the newest revision in an empty file; a test holds this equal to the migrations."""
    connection = wrap(raw)
    raw.execute("BEGIN IMMEDIATE")
    metadata().create_all(connection)
    raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    raw.execute("INSERT INTO alembic_version VALUES (?)", (NEWEST,))
    raw.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
    raw.execute("COMMIT")
    connection.close()
