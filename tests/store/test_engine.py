"""What a connection is: exclusive, durable, private, and one."""

from __future__ import annotations

import gc
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from pmo_desktop.store import engine
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from tests.builders import a_project

OPEN_FILES = Path("/proc/self/fd")


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((4, 0, 0), True),
    ],
)
def test_the_fault_of_the_write_ahead_log_is_known_by_version(version: tuple[int, ...], mended: bool) -> None:
    assert engine.is_mended(version) is mended


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("application_id", engine.APPLICATION_ID),
    ],
)
def test_a_portfolio_is_held_with_these_settings(filed: Store, pragma: str, value: object) -> None:
    assert filed.raw.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_no_second_connection_can_write_or_read(filed: Store) -> None:
    """The version of SQLite may have the fault of the write-ahead log, so this must hold."""
    assert filed.path is not None
    with closing(sqlite3.connect(filed.path, timeout=0)) as second:
        for statement in ("SELECT count(*) FROM project", "DELETE FROM project", "PRAGMA wal_checkpoint"):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                second.execute(statement)


def test_a_forgotten_connection_of_the_library_does_not_end_a_batch(store: Store) -> None:
    library = store.connection.speak().engine
    store.raw.execute("BEGIN IMMEDIATE")
    second = library.connect()
    second.exec_driver_sql("SELECT 1")
    del second
    gc.collect()
    assert store.raw.in_transaction
    store.raw.execute("ROLLBACK")


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="only Linux lists a process's open files")
def test_a_lock_that_cannot_be_taken_leaves_no_connection_open(filed: Store) -> None:
    assert filed.path is not None
    before = len(list(OPEN_FILES.iterdir()))
    for _ in range(20):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            engine.connect_file(filed.path)
    assert len(list(OPEN_FILES.iterdir())) <= before + 1  # SQLite keeps one for the next try


def test_looking_at_a_file_at_rest_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "work.pmo"
    create_store(path).close()
    before, names = path.read_bytes(), sorted(each.name for each in tmp_path.iterdir())
    with closing(engine.connect_to_look(path)) as raw:
        assert raw.execute("SELECT count(*) FROM settings").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            raw.execute("DELETE FROM batch")
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == names


def test_every_file_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = create_store(tmp_path / "work.pmo")
        a_project(store)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("work*")}
        store.close()
        store = open_store(tmp_path / "work.pmo")
        a_project(store)
        modes |= {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("work*")}
        store.close()
    finally:
        os.umask(before)
    assert set(modes) == {"work.pmo", "work.pmo-wal", "work.pmo.lock"}
    assert set(modes.values()) == {0o600}
