"""A backup comes back: verified, to a new file, never over another; and read-only for a second person."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pmo_desktop.store import engine
from pmo_desktop.store.backup import Backup, is_intact, newest_good, read_backup, refuse_without_space
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import check_version, current_person
from pmo_desktop.store.schema import NEWEST
from pmo_desktop.store.upgrade import migrate
from pmo_desktop.store.writing import replacing


def restore_to(backup: Path, new_file: Path) -> Path:
    """Copy a backup to a file that is not there yet. Raises Known when it is, or when the backup is not sound."""
    verify_backup(backup)
    try:
        engine.create_private_file(new_file)  # takes the name, so that nobody else's file can come in between
    except FileExistsError:
        message = f"{new_file} is there already and was not touched. Choose another name."
        raise Known(message) from None
    except OSError as error:
        message = f"{new_file} cannot be made: {error.strerror}. Choose a folder where you may write."
        raise Known(message) from error
    try:
        refuse_without_space(backup, new_file.parent)
        with replacing(new_file, over_portfolio=True) as temporary:  # our own empty place-holder
            shutil.copyfile(backup, temporary)
    except BaseException:
        new_file.unlink(missing_ok=True)
        raise
    return new_file


def recover_in_place(path: Path, backup: Path) -> Path:
    """Set a damaged portfolio aside with its side files and put a backup in its place; the answer is the damaged file.

    Raises Known, with nothing moved, when the backup is not sound or somebody holds the portfolio.
    """
    verify_backup(backup)
    if engine.is_held(path):
        message = f"{path.name} is open in another program. Close it there first."
        raise Known(message)
    fresh = restore_to(backup, path.with_name(f"{path.name}.restored"))  # first: nothing is moved when it fails
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    for side in ("", *engine.SIDES):
        beside = path.with_name(path.name + side)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + side))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)  # an index of the side file, without content of its own
    fresh.rename(path)
    return aside


def verify_backup(path: Path) -> None:
    """Raises Known unless the file is a portfolio of a version we know, whole, and the one its manifest describes."""
    if not path.is_file():
        message = f"There is no file {path}. Choose another backup."
        raise Known(message)
    described = read_backup(path)
    if described and not is_intact(described):
        message = f"{path.name} is not as it was when it was made, so nothing was restored. Choose another backup."
        raise Known(message)
    check_version(path)
    with closing(engine.connect_to_look(path)) as raw:
        if found := check_wholly(raw):
            message = f"{path.name} is not sound, so nothing was restored: {found[0]} Choose another backup."
            raise Known(message)


def open_read_only(path: Path, who: str | None = None) -> Store:
    """The newest good backup of a portfolio, in memory: to read while somebody else holds the file.

    `notes` of the store says of when it is. Raises Known when there is no good backup.
    """
    backup = newest_good(path)
    if backup is None:
        message = f"There is no backup of {path.name} to read. Ask whoever holds it to make one, or to close it."
        raise Known(message)
    store = Store(_load(backup), None, who or current_person(), readonly=True)
    store.notes.append(f"This is a read-only copy of {path.name}, of {backup.moment:%d %B %Y %H:%M} UTC.")
    return store


def _load(backup: Backup) -> sqlite3.Connection:
    raw = engine.connect_memory()
    with closing(engine.connect_to_look(backup.path)) as file:
        file.backup(raw)
    if backup.revision != NEWEST:
        migrate(raw, NEWEST)
        engine.prepare(raw)
    return raw
