"""Backups: verified copies with a manifest, in the person's data folder; which are kept, and how one comes back."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs

from pmo_desktop.model.types import instant_text
from pmo_desktop.store import engine
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.errors import Bug, Known, explain_sqlite
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import heard, tick
from pmo_desktop.store.schema import read_revision
from pmo_desktop.store.thinning import choose_obsolete
from pmo_desktop.store.writing import replacing

APP = "PMO Desktop"
FOLDER_VARIABLE = "PMO_DESKTOP_BACKUPS"  # another folder for all backups
SECOND_VARIABLE = "PMO_DESKTOP_BACKUPS_TOO"  # a second place, such as another disk
RESERVE = 50_000_000  # bytes of a disk that stay free
_STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(r".* (\d{4}-\d\d-\d\d \d{6})-(\d{3})\.pmo")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as its manifest describes it."""

    path: Path
    source: str  # the portfolio it is a copy of
    made: str  # UTC, ISO
    size: int  # bytes
    sha256: str
    revision: str
    batch: int  # the newest batch in it
    batch_at: str  # and when that was written
    counts: dict[str, int]  # rows by table

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made)


def backup_folder(path: Path) -> Path:
    """Where the backups of a portfolio lie: in the person's data folder, by name and place of the portfolio."""
    root = os.environ.get(FOLDER_VARIABLE)
    base = Path(root) if root else platformdirs.user_data_path(APP, appauthor=False) / "backups"
    return base / _folder_name(path)


def second_folder(path: Path) -> Path | None:
    """The second place for backups, when the person named one."""
    root = os.environ.get(SECOND_VARIABLE)
    return Path(root) / _folder_name(path) if root else None


def write_backup(store: Store, *, moment: datetime | None = None) -> Backup:
    """A verified backup in its folder and in the second place, old ones thinned out.

    Raises Known when the disk is full or cannot be reached, or when the portfolio is damaged: a bad backup is never
    kept, and then no older one is deleted. Raises Known too when only the second place failed; the first is then good.
    Raises Bug inside an open batch.
    """
    if store.path is None:
        raise Bug("a copy in memory has no backups")
    with store.backing_up, closing(store.copy_to_memory()) as copy:  # the file is free for others all the while
        backup = keep_backup(copy.raw, store.path, moment=moment)
        if folder := second_folder(store.path):
            _keep_second(copy.raw, store.path, folder / backup.path.name, backup.moment)
    return backup


def keep_backup(raw: sqlite3.Connection, path: Path, *, moment: datetime | None = None) -> Backup:
    """A verified backup in its folder, of a connection that need not be a Store yet, as before a migration."""
    made = moment or datetime.now(UTC)
    _sweep(backup_folder(path))
    backup = copy_verified(raw, path, backup_folder(path) / file_name(path, made), made)
    thin_backups(backup_folder(path), made)
    return backup


def copy_verified(
    raw: sqlite3.Connection, source: Path, target: Path, made: datetime, *, manifest: bool = True
) -> Backup:
    """Copy a portfolio to one file of its own, check it wholly, and lay a manifest beside it. Replaces `target`."""
    _make_private(target.parent)
    _refuse_without_space(_size_of(raw), target.parent)
    with replacing(target) as temporary, _explained(target.name):
        with closing(engine.connect_plain(temporary)) as copy:
            raw.backup(copy, pages=engine.PORTION, progress=lambda *_: tick())
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole without side files
            with heard(copy):
                found = check_wholly(copy)
            if found:
                message = f"{source.name} was not backed up: {found[0]} Check it with: pmo-desktop check {source.name}."
                raise Known(message)
            facts = _read_facts(copy)
        backup = Backup(
            target, str(source.resolve()), instant_text(made), temporary.stat().st_size, hash_file(temporary), **facts
        )
    if manifest:
        _write_manifest(backup)
    return backup


def list_backups(path: Path) -> list[Backup]:
    """The backups of a portfolio whose manifest can be read, newest first, of both places."""
    folders = [folder for folder in (backup_folder(path), second_folder(path)) if folder and folder.is_dir()]
    found = [read_backup(each) for folder in folders for each in folder.glob("*.pmo")]
    return sorted((each for each in found if each), key=lambda each: each.made, reverse=True)


def read_backup(path: Path) -> Backup | None:
    """A backup by its manifest; None when it has none that can be read."""
    try:
        return Backup(path, **json.loads(manifest_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def newest_good(path: Path) -> Backup | None:
    """The newest backup whose bytes are those of the day it was made."""
    return next((each for each in list_backups(path) if is_intact(each)), None)


def is_intact(backup: Backup) -> bool:
    """Whether the file still has the bytes its manifest names."""
    try:
        return backup.path.stat().st_size == backup.size and hash_file(backup.path) == backup.sha256
    except OSError:
        return False


def is_changed_since(store: Store, backup: Backup | None) -> bool:
    """Whether a batch was written, or the portfolio replaced, since that backup."""
    with store.lock:
        return backup is None or _newest_batch(store.raw) != (backup.batch, backup.batch_at)


def thin_backups(folder: Path, now: datetime) -> None:
    """Delete what the rule of `choose_obsolete` no longer keeps; called only after a verified backup was written."""
    dated = {each: moment for each in folder.glob("*.pmo") if (moment := _moment_of(each))}
    for obsolete in choose_obsolete(dated, now):
        manifest_path(obsolete).unlink(missing_ok=True)  # first: without it the file no longer counts as a backup
        obsolete.unlink(missing_ok=True)


def refuse_without_space(path: Path, folder: Path) -> None:
    """Raises Known when a disk has not twice the size of the portfolio and a reserve free."""
    _refuse_without_space(path.stat().st_size, folder)


def file_name(path: Path, made: datetime) -> str:
    """What a backup made at a moment is called; thinning reads the moment from there, never from the file's time."""
    utc = made.astimezone(UTC)
    return f"{path.stem} {utc.strftime(_STAMP)}-{utc.microsecond // 1000:03d}.pmo"


def manifest_path(path: Path) -> Path:
    """Where a backup's manifest lies."""
    return path.with_name(path.name + ".json")


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    import hashlib  # noqa: PLC0415  its library of ciphers takes 4 MB: not before the first backup

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_without_space(size: int, folder: Path) -> None:
    needed = 2 * size + RESERVE
    free = shutil.disk_usage(folder).free
    if free < needed:
        message = (
            f"Nothing was written: {folder} has {free // 1_000_000} MB free and {needed // 1_000_000} MB are needed. "
            "Free some space and try again."
        )
        raise Known(message)


def _folder_name(path: Path) -> str:
    import hashlib  # noqa: PLC0415  as above

    place = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    return f"{path.stem}-{place}"


def _moment_of(path: Path) -> datetime | None:
    named = _NAMED.fullmatch(path.name)
    if named is None:
        return None
    with suppress(ValueError):
        moment = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
        return moment.replace(microsecond=int(named[2]) * 1000)
    return None


def _make_private(folder: Path) -> None:
    """The folder and those above it that are missing, for their owner only."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        message = (
            f"The folder {folder} for backups cannot be made: {error.strerror}. Name another in {FOLDER_VARIABLE}."
        )
        raise Known(message) from error


def _keep_second(raw: sqlite3.Connection, path: Path, target: Path, made: datetime) -> None:
    try:
        copy_verified(raw, path, target, made)
    except Known as known:
        message = f"The backup was made, but not in the second place. {known}"
        raise Known(message) from known
    thin_backups(target.parent, made)


def _sweep(folder: Path) -> None:
    """Take away what a process killed during a backup left; only the holder of the portfolio writes in its folder."""
    for half in folder.glob(".pmo-*.tmp*"):
        half.unlink(missing_ok=True)


def _write_manifest(backup: Backup) -> None:
    words = {name: value for name, value in asdict(backup).items() if name != "path"}
    with replacing(manifest_path(backup.path)) as temporary:
        temporary.write_text(json.dumps(words, indent=1, ensure_ascii=False), encoding="utf-8")


def _size_of(raw: sqlite3.Connection) -> int:
    pages, size = (raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def _read_facts(copy: sqlite3.Connection) -> dict[str, Any]:
    tables = [row[0] for row in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    counts = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608  from the schema
    batch, moment = _newest_batch(copy)
    return {"revision": read_revision(copy), "batch": batch, "batch_at": moment, "counts": counts}


def _newest_batch(raw: sqlite3.Connection) -> tuple[int, str]:
    row = raw.execute("SELECT id, at FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


@contextmanager
def _explained(where: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain_sqlite(error, where) or error from error
