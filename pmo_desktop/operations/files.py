"""What one can do with a portfolio file: make, open, copy, back up, restore, check, and mark a point in its history."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from pmo_desktop.store import engine
from pmo_desktop.store.backup import Backup, copy_verified, file_name, is_changed_since, write_backup
from pmo_desktop.store.backup import list_backups as stored_backups
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_values, check_wholly
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, inspect_file, open_store
from pmo_desktop.store.properties import Properties, read_properties
from pmo_desktop.store.restore import recover_in_place, restore_to
from pmo_desktop.store.schema import NEWEST

EVERY = timedelta(minutes=30)  # a backup while somebody works


class Occasion(Enum):
    """When a backup may be due."""

    OPENED = "the portfolio was opened"
    BIG_CHANGE = "an import, a restore or another big change is about to be written"
    TIMER = "time has passed while somebody worked"
    CLOSING = "the portfolio is about to be closed"


def new_portfolio(path: Path, *, allow_share: bool = False, **settings: Any) -> Store:
    """Make a portfolio file and open it. Raises Known when the name is taken or the place is not fit."""
    return create_store(path, allow_share=allow_share, **settings)


def open_portfolio(path: Path, *, allow_share: bool = False) -> Store:
    """Open a portfolio for work; an older one is backed up and upgraded first. Raises Known, saying who holds it."""
    return open_store(path, allow_share=allow_share)


def close_portfolio(store: Store) -> None:
    """Back up what was changed, then let the file go; it is let go even when the backup fails."""
    try:
        back_up_if_due(store, Occasion.CLOSING)
    finally:
        store.close()


def save_copy(store: Store, path: Path) -> Path:
    """Write the portfolio as it is, checked, to another file; the work goes on in the present one.

    Raises Known when the name is taken or the disk is full.
    """
    if path.exists():
        message = f"{path} is there already and was not touched. Choose another name."
        raise Known(message)
    with closing(store.copy_to_memory()) as copy:
        copy_verified(copy.raw, store.path or path, path, datetime.now(UTC), manifest=False)
    return path


def back_up(store: Store, dest: Path | None = None) -> Path:
    """Make a backup now: in the usual folder, or in a folder or file that is named. The answer is where it lies.

    Raises Known when the disk is full, the portfolio is damaged, or the named file is there already.
    """
    if dest is None:
        return write_backup(store).path
    made = datetime.now(UTC)
    source = store.path or Path("portfolio.pmo")
    target = dest / file_name(source, made) if dest.is_dir() else dest
    if target.exists():
        message = f"{target} is there already and was not touched. Choose another name."
        raise Known(message)
    with closing(store.copy_to_memory()) as copy:
        copy_verified(copy.raw, source, target, made)
    return target


def back_up_if_due(store: Store, occasion: Occasion, now: datetime | None = None) -> Path | None:
    """Make a backup if anything changed since the last one and the occasion asks for it; None when not.

    On the timer only when the last one is older than `EVERY`; a last one that lies in the future (a clock set back)
    counts as old.
    """
    if store.path is None or store.readonly:
        return None
    last = next(iter(stored_backups(store.path)), None)
    if not is_changed_since(store, last):
        return None
    age = (now or datetime.now(UTC)) - last.moment if last else EVERY
    if occasion is Occasion.TIMER and timedelta(0) <= age < EVERY:
        return None
    return write_backup(store).path


def list_backups(path: Path) -> list[Backup]:
    """The backups of a portfolio, newest first."""
    return stored_backups(path)


def restore_backup(backup: Path, new_file: Path) -> Path:
    """Bring a backup back as a new file. Raises Known when that name is taken or the backup is not sound."""
    return restore_to(backup, new_file)


def recover_portfolio(path: Path, backup: Path) -> Path:
    """Put a backup in the place of a damaged portfolio, which is set aside; the answer is where it lies now."""
    return recover_in_place(path, backup)


def check_file(path: Path) -> list[str]:
    """What is wrong with a portfolio, in sentences; an empty list when nothing is.

    Raises Known when it cannot be opened: missing, held by somebody, or not ours.
    """
    if not path.is_file():
        message = f"There is no file {path}. Check the name."
        raise Known(message)
    revision, damage = inspect_file(path)
    if damage:
        return damage
    with closing(engine.connect_to_look(path)) as raw:
        return check_wholly(raw) or (check_values(raw) if revision == NEWEST else [])


def portfolio_properties(store: Store) -> Properties:
    """Sizes, journal, last backup, schema, engine and place."""
    return read_properties(store)


def name_point(store: Store, name: str) -> int:
    """Mark this moment in the history under a name. Raises Known when the name is empty."""
    words = name.strip()
    if not words:
        message = "Nothing was marked: give the point a name, such as Before the June board."
        raise Known(message)
    with batch(store, words, source={"kind": "named point"}, keep_empty=True) as work:
        pass
    return work.id
