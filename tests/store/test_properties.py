"""What the Properties window says of a file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmo_desktop.store import properties
from pmo_desktop.store.backup import FOLDER_VARIABLE, write_backup
from pmo_desktop.store.file import Store
from pmo_desktop.store.place import Place, Verdict
from pmo_desktop.store.properties import describe_engine, read_properties
from pmo_desktop.store.schema import NEWEST
from tests.builders import a_project

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_file_has_sizes_a_journal_and_an_engine(filed: Store) -> None:
    before = read_properties(filed)
    a_project(filed, "x" * 1_000)
    after = read_properties(filed)
    assert filed.path is not None
    assert after.path == filed.path
    assert after.size >= filed.path.stat().st_size
    assert (after.batches, after.changes) == (before.batches + 1, before.changes + 1)
    assert 1_000 < after.journal_size - before.journal_size < 1_400
    assert (after.schema, after.sqlite) == (NEWEST, sqlite3.sqlite_version)
    assert after.place.startswith("On this computer (")


def test_the_last_backup_is_named(filed: Store) -> None:
    assert read_properties(filed).last_backup is None
    made = write_backup(filed, moment=NOON)
    found = read_properties(filed)
    assert found.last_backup == NOON
    assert found.backup_folder == made.path.parent


def test_backups_on_the_same_disk_are_told(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_properties(filed).same_disk
    other = "/dev/shm/pmo-desktop-test" if Path("/dev/shm").is_dir() else None
    if other is None:
        pytest.skip("there is no second disk here to ask about (/dev/shm)")
    monkeypatch.setenv(FOLDER_VARIABLE, other)
    assert not read_properties(filed).same_disk


def test_a_warning_of_the_place_is_shown(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(properties, "find_place", lambda path: Place(Verdict.SYNCED, "ext4", "OneDrive."))
    assert read_properties(filed).place == "OneDrive."


def test_a_portfolio_in_memory_has_neither_place_nor_backups(store: Store) -> None:
    found = read_properties(store)
    assert (found.path, found.last_backup, found.backup_folder, found.same_disk) == (None, None, None, False)
    assert found.place == "In memory."
    assert found.size > 100_000


@pytest.mark.parametrize(("version", "word"), [((3, 51, 3), "Free of"), ((3, 40, 1), "exactly one")])
def test_the_engine_is_described(version: tuple[int, ...], word: str) -> None:
    assert word in describe_engine(version)
