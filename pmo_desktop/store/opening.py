"""Opening and creating portfolio files: who holds it, is it ours, is it of this version."""

from __future__ import annotations

import getpass
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from pmo_desktop.model.scale import Scale, ScalePoint
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.model.types import new_id
from pmo_desktop.store import engine
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known, explain_sqlite
from pmo_desktop.store.file import Store
from pmo_desktop.store.holder import read_holder, remove_holder, write_holder
from pmo_desktop.store.schema import NEWEST, REVISIONS, create_schema, read_revision
from pmo_desktop.store.seed import SCALES
from pmo_desktop.store.undo import SEED

SUFFIX = ".pmo"


def open_store(path: Path, who: str | None = None) -> Store:
    """Open a portfolio for work. It is this process's alone until it is closed.

    Raises Known: no such file, held by somebody, not a portfolio, damaged, or of a newer version (left untouched).
    """
    if not path.is_file():
        message = f"There is no file {path}. Check the name, or make a new portfolio with: pmo-desktop new {path.name}."
        raise Known(message)
    check_version(path)
    return _hold(path, who or current_person())


def create_store(path: Path, who: str | None = None, **settings: Any) -> Store:
    """A new portfolio file with its settings row and rating scales. Raises Known when the name is taken."""
    try:
        engine.create_private_file(path)
    except FileExistsError:
        message = f"{path} is there already and was not touched. Choose another name."
        raise Known(message) from None
    except OSError as error:
        message = f"{path} cannot be made: {error.strerror}. Choose a folder where you may write."
        raise Known(message) from error
    raw = engine.connect_file(path)
    create_schema(raw)
    raw.close()
    store = _hold(path, who or current_person())
    seed_store(store, settings)
    return store


def create_memory_store(who: str = "test", **settings: Any) -> Store:
    """A portfolio that lives in memory only, for trials."""
    raw = engine.connect_memory()
    create_schema(raw)
    store = Store(raw, None, who)
    seed_store(store, settings)
    return store


def seed_store(store: Store, settings: dict[str, Any]) -> None:
    """What every portfolio begins with: its settings and the dated scales."""
    first = {"currency": "GBP", "fy_start_month": 4, "report_days": 14, "sample": False, "classification": "Internal"}
    with batch(store, "New portfolio", source=SEED) as work:
        work.connection.execute(insert(Settings), first | settings | {"id": SETTINGS_ID})
        for kind, (name, points) in SCALES.items():
            scale = new_id()
            row = {"id": scale, "kind": kind, "name": name, "effective_from": date(2000, 1, 1)}
            work.connection.execute(insert(Scale), row)
            rows = [point | {"id": new_id(), "scale": scale, "position": n} for n, point in enumerate(points)]
            work.connection.execute(insert(ScalePoint), rows)


def check_version(path: Path) -> str:
    """The revision of a file, read without changing a byte of it. Raises Known when it is not for this program."""
    raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0)
    try:
        revision = read_revision(raw)
    except sqlite3.Error as error:
        raise explain_opening(error, path) from error
    finally:
        raw.close()
    if revision is None:
        message = (
            f"{path.name} is not a portfolio file. Choose a file that ends in {SUFFIX}, or import it as a workbook."
        )
        raise Known(message)
    if revision not in REVISIONS:
        message = (
            f"{path.name} was made by a newer version of PMO Desktop (schema {revision}, this program knows {NEWEST}) "
            "and was not touched. Update the program to open it."
        )
        raise Known(message)
    return revision


def current_person() -> str:
    """The system's user name, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry in the user database, as in some containers
        return "unknown"


def explain_opening(error: sqlite3.Error, path: Path) -> Exception:
    """The sentence for a file that would not open; the error itself when it is a Bug."""
    if "locked" in str(error):
        holder = read_holder(path)
        who = holder.words if holder else "another program"
        message = f"{path.name} is open: {who} holds it. Close it there, or open a read-only copy of the newest backup."
        return Known(message)
    return explain_sqlite(error, path.name) or error


def _hold(path: Path, who: str) -> Store:
    try:
        raw = engine.connect_file(path)
    except sqlite3.Error as error:
        raise explain_opening(error, path) from error
    write_holder(path, who)
    store = Store(raw, path, who)
    store.on_close.append(lambda: remove_holder(path))
    return store
