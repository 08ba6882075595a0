"""Who holds a portfolio: a small file beside it that names process, host and person. SQLite's lock is the truth."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pmo_desktop.model.types import instant_text
from pmo_desktop.store.errors import Held, explain_sqlite
from pmo_desktop.store.writing import PRIVATE, explain_os


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has a portfolio open."""

    process: int
    host: str
    person: str
    since: str

    @property
    def words(self) -> str:
        """For a sentence: who, where, which process."""
        return f"{self.person} on {self.host} (process {self.process})"


def holder_path(path: Path) -> Path:
    """Where the name of the holder stands."""
    return path.with_name(path.name + ".lock")


def write_holder(path: Path, person: str) -> None:
    """Say that this process holds the file; whatever a killed process left is overwritten.

    Raises Known when the disk is full or the folder may not be written.
    """
    holder = Holder(os.getpid(), platform.node(), person, instant_text(datetime.now(UTC)))
    beside = holder_path(path)
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, PRIVATE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(holder), file)
    except OSError as error:
        raise explain_os(error, beside) from error


def read_holder(path: Path) -> Holder | None:
    """Who says that they hold the file; None when nobody does or the note is torn."""
    try:
        return Holder(**json.loads(holder_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def remove_holder(path: Path) -> None:
    """Take the name away, after the lock."""
    holder_path(path).unlink(missing_ok=True)


def explain_opening(error: sqlite3.Error, path: Path) -> Exception:
    """The sentence for a file that would not open; the error itself when it is a Bug."""
    if "locked" in str(error):
        holder = read_holder(path)
        who = holder.words if holder else "another program"
        message = f"{path.name} is open: {who} holds it. Close it there, or open a read-only copy of the newest backup."
        return Held(message)
    return explain_sqlite(error, path.name) or error
