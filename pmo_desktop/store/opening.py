"""Opening and creating portfolio files: who holds it, is it ours, is it of this version."""

from __future__ import annotations

import getpass
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from pmo_desktop.model.scale import Scale, ScalePoint
from pmo_desktop.model.setting import SETTINGS_ID, Settings
from pmo_desktop.model.types import new_id
from pmo_desktop.store import engine, sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_quickly, check_wholly
from pmo_desktop.store.errors import Damaged, Known, OnShare, explain_sqlite
from pmo_desktop.store.file import Store
from pmo_desktop.store.holder import explain_opening, remove_holder, write_holder
from pmo_desktop.store.place import Place, Verdict, find_place, refusal
from pmo_desktop.store.schema import NEWEST, REVISIONS, create_schema, read_revision
from pmo_desktop.store.seed import SCALES
from pmo_desktop.store.undo import SEED

SUFFIX = ".pmo"


def open_store(path: Path, who: str | None = None, *, allow_share: bool = False) -> Store:
    """Open a portfolio for work. It is this process's alone until it is closed; an older one is upgraded first.

    On a network share it is opened only when `allow_share` says that the person knows. What they should know of the
    place is in `notes` of the store. Raises Known: no such file, on a share, held by somebody, not a portfolio,
    damaged, or of a newer version; the file is then untouched.
    """
    if not path.is_file():
        message = f"There is no file {path}. Check the name, or make a new portfolio with: pmo-desktop new {path.name}."
        raise Known(message)
    place = _accepted_place(path, allow_share=allow_share)
    person = who or current_person()
    if check_version(path) != NEWEST:
        from pmo_desktop.store.upgrade import upgrade_file  # noqa: PLC0415  brings in what only an old file needs

        upgrade_file(path, person, NEWEST, shared=place.verdict is Verdict.SHARED)
    return _hold(path, person, place)


def create_store(path: Path, who: str | None = None, *, allow_share: bool = False, **settings: Any) -> Store:
    """A new portfolio file with its settings row and rating scales. Raises Known when the name is taken."""
    place = _accepted_place(path, allow_share=allow_share)
    try:
        engine.create_private_file(path)
    except FileExistsError:
        message = f"{path} is there already and was not touched. Choose another name."
        raise Known(message) from None
    except OSError as error:
        message = f"{path} cannot be made: {error.strerror}. Choose a folder where you may write."
        raise Known(message) from error
    try:
        return _fill(path, who or current_person(), place, settings)
    except Exception as error:
        for name in (path, *(path.with_name(path.name + side) for side in engine.SIDES)):
            name.unlink(missing_ok=True)  # half a portfolio helps nobody, and would hold the name
        raise explain_sqlite(error, path.name) or error from error


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
        work.connection.execute(sql.insert(Settings), first | settings | {"id": SETTINGS_ID})
        for kind, (name, points) in SCALES.items():
            scale = new_id()
            row = {"id": scale, "kind": kind, "name": name, "effective_from": date(2000, 1, 1)}
            work.connection.execute(sql.insert(Scale), row)
            rows = [point | {"id": new_id(), "scale": scale, "position": n} for n, point in enumerate(points)]
            work.connection.execute(sql.insert(ScalePoint), rows)


def check_version(path: Path) -> str:
    """The revision of a file that this program may write. Raises Known when it is not ours, newer or damaged."""
    revision, damage = inspect_file(path)
    if damage:
        message = (
            f"{path.name} is damaged and was not touched. Restore the newest backup with File > Restore from backup."
        )
        raise Damaged(message)
    return revision


def inspect_file(path: Path) -> tuple[str, list[str]]:
    """The revision of a file and what is broken in its structure, read without changing a byte of it.

    After a kill the whole file is checked: the side file then takes part, and could be that of another portfolio.
    Raises Known when it is held by somebody, no portfolio, of a newer version, or too damaged to read.
    """
    check = check_quickly if engine.is_at_rest(path) else check_wholly
    try:
        with closing(engine.connect_to_look(path)) as raw:
            revision = read_revision(raw)
            damage = check(raw) if revision in REVISIONS else []
    except sqlite3.Error as error:
        raise explain_opening(error, path) from error
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
    return revision, damage


def current_person() -> str:
    """The system's user name, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry in the user database, as in some containers
        return "unknown"


def _accepted_place(path: Path, *, allow_share: bool) -> Place:
    place = find_place(path)
    if place.verdict is Verdict.SHARED and not allow_share:
        raise OnShare(refusal(path, place))
    return place


def _fill(path: Path, who: str, place: Place, settings: dict[str, Any]) -> Store:
    with closing(engine.connect_file(path, shared=place.verdict is Verdict.SHARED)) as raw:
        create_schema(raw)
    store = _hold(path, who, place)
    try:
        seed_store(store, settings)
    except Exception:
        store.close()
        raise
    return store


def _hold(path: Path, who: str, place: Place) -> Store:
    try:
        raw = engine.connect_file(path, shared=place.verdict is Verdict.SHARED)
    except sqlite3.Error as error:
        raise explain_opening(error, path) from error
    try:
        store = Store(raw, path, who)
        write_holder(path, who)
    except BaseException:
        raw.close()
        raise
    store.notes += [place.sentence] if place.sentence else []
    store.on_close.append(lambda: remove_holder(path))
    return store
