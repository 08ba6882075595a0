"""Files written whole or not at all: packs, workbooks, copies and backups pass through here."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pmo_desktop.store.errors import Known

PRIVATE = 0o600
_SQLITE = b"SQLite format 3\0"


@contextmanager
def replacing(path: Path, *, over_portfolio: bool = False) -> Iterator[Path]:
    """Write a file beside its place, then put it there in one step.

    Yields the path of an empty temporary file in the same folder, readable by its owner only. When the body ends
    well the file is forced to the disk and takes the place of `path`; when it fails the temporary file is removed
    and what lay at `path` before is untouched. Raises Known when the disk is full, the place is locked or read-only,
    the folder is missing, or a device or a portfolio lies there (only an upgrade or a restore goes `over_portfolio`);
    any other error of the body passes through.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".pmo-{os.urandom(8).hex()}.tmp")
    try:
        _refuse_folder(target)
        if not over_portfolio:
            _refuse_portfolio(target)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        yield temporary
        _force_to_disk(temporary)
        temporary.replace(target)
        _force_folder(target.parent)
    except OSError as error:
        if not _concerns(error, temporary, target):
            raise
        raise explain_os(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def explain_os(error: OSError, target: Path) -> Known:
    """The sentence for an error of the operating system while `target` was being written."""
    sentence = _SENTENCES.get(error.errno or 0, "{name} was not written: {reason}. Choose another place and try again.")
    reason = (error.strerror or str(error) or "the system gave no reason").rstrip(".")
    return Known(sentence.format(name=target.name, folder=target.parent, reason=reason))


def _refuse_folder(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(target))
    if target.exists() and not target.is_file():
        raise Known(f"{target.name} was not written: {target} is a device, not a file. Choose another name.")


def _refuse_portfolio(target: Path) -> None:
    """A pack or a workbook must never take the place of somebody's work: nothing could bring it back.

    The bytes are looked at last, and only where no holder's note lies beside the file: to open and close a portfolio
    that this process holds would let its lock go.
    """
    if not target.exists():
        return
    held = target.with_name(f"{target.name}.lock").exists()
    if held or target.suffix.lower() == ".pmo" or _starts(target) == _SQLITE:
        raise Known(f"{target.name} was not written: a portfolio of that name lies there. Choose another name.")


def _starts(target: Path) -> bytes:
    with target.open("rb") as file:
        return file.read(len(_SQLITE))


def _concerns(error: OSError, temporary: Path, target: Path) -> bool:
    """Whether the error is about our file; a missing font that the body wanted to read is not."""
    ours = {os.fspath(each) for each in (temporary, target, target.parent)}
    named = [
        os.fspath(each) for each in (error.filename, error.filename2) if each is not None
    ]  # a copy names both ends
    return not named or not ours.isdisjoint(named)


def _force_to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _force_folder(folder: Path) -> None:
    """Make the new name itself durable where the system lets a folder be opened (Windows does not)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_FULL = "{name} was not written: the disk is full. Free some space or choose another disk and try again."
_LOCKED = (
    "{name} was not written: it is open in another program or you may not write in {folder}. "
    "Close it there, or choose another name or folder."
)
_SENTENCES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _LOCKED,
    errno.EPERM: _LOCKED,
    errno.EBUSY: _LOCKED,
    errno.ENOENT: "{name} was not written: the folder {folder} does not exist. Make it or choose another one.",
    errno.ENOTDIR: "{name} was not written: {folder} is not a folder. Choose another place.",
    errno.EISDIR: "{name} was not written: a folder of that name stands there. Choose another name.",
    errno.EROFS: "{name} was not written: {folder} is read-only. Choose another folder.",
    errno.ENAMETOOLONG: "{name} was not written: the name is too long. Choose a shorter one.",
}
