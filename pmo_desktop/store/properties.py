"""What a portfolio file is: its sizes, its journal, its last backup, its schema and its engine."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmo_desktop.store import engine
from pmo_desktop.store.backup import backup_folder, list_backups
from pmo_desktop.store.file import Store
from pmo_desktop.store.place import find_place
from pmo_desktop.store.schema import NEWEST, read_revision

_LINE = 40  # bytes of a journal line beside its texts: record header, numbers and index entries


@dataclass(frozen=True, slots=True)
class Properties:
    """Facts for the Properties window and the diagnostics."""

    path: Path | None
    size: int  # bytes, with what waits in the side file
    batches: int
    changes: int
    journal_size: int  # bytes of the journal's lines, without its indexes
    last_backup: datetime | None  # UTC
    backup_folder: Path | None
    same_disk: bool  # backups and portfolio would go together
    schema: str
    sqlite: str
    engine_note: str  # what the version of SQLite means for this file
    place: str  # where the file lies, in words


def read_properties(store: Store) -> Properties:
    """The facts of an open portfolio; a copy in memory has no place and no backups."""
    path = store.path
    backups = list_backups(path) if path else []
    with store.reading() as connection:
        batches = connection.raw.execute("SELECT count(*) FROM batch").fetchone()[0]
        changes, size = connection.raw.execute(_JOURNAL).fetchone()
    with store.lock:
        pages = (
            store.raw.execute("PRAGMA page_count").fetchone()[0] * store.raw.execute("PRAGMA page_size").fetchone()[0]
        )
        schema = read_revision(store.raw) or NEWEST
    place = find_place(path) if path else None
    folder = backup_folder(path) if path else None
    return Properties(
        path=path,
        size=_file_size(path) if path else pages,
        batches=batches,
        changes=changes,
        journal_size=size,
        last_backup=backups[0].moment if backups else None,
        backup_folder=folder,
        same_disk=bool(path and folder and _device(path) == _device(folder)),
        schema=schema,
        sqlite=sqlite3.sqlite_version,
        engine_note=describe_engine(sqlite3.sqlite_version_info),
        place=(place.sentence or f"On this computer ({place.system}).") if place else "In memory.",
    )


def describe_engine(version: tuple[int, ...]) -> str:
    """What the WAL-reset fault means here."""
    if engine.is_mended(version):
        return "Free of the WAL-reset fault."
    return "Has the WAL-reset fault, which needs two connections; a portfolio has exactly one."


def _file_size(path: Path) -> int:
    beside = (path.with_name(path.name + side) for side in ("", *engine.SIDES))
    return sum(each.stat().st_size for each in beside if each.exists())


def _device(path: Path) -> int:
    """The disk a path lies on, or would lie on."""
    return next(each for each in (path, *path.absolute().parents) if each.exists()).stat().st_dev


_JOURNAL = (
    f"SELECT count(*), coalesce(sum({_LINE} + length(entity) + length(row) + length(field) "  # noqa: S608  a constant
    "+ coalesce(length(CAST(old AS BLOB)), 0) + coalesce(length(CAST(new AS BLOB)), 0)), 0) FROM change"
)
