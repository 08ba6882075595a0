"""A backup is whole, verified, described, private, and never costs the last good one."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from pmo_desktop.model.person import Person
from pmo_desktop.store import backup, engine
from pmo_desktop.store.backup import (
    FOLDER_VARIABLE,
    SECOND_VARIABLE,
    backup_folder,
    is_changed_since,
    is_intact,
    list_backups,
    manifest_path,
    newest_good,
    read_backup,
    second_folder,
    write_backup,
)
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.errors import Bug, Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from pmo_desktop.store.schema import NEWEST
from tests.builders import a_person, a_project

NOON = datetime(2026, 11, 22, 12, 0, 0, 123_000, tzinfo=UTC)


def home_of(store: Store) -> Path:
    """The path of a store that has one."""
    assert store.path is not None
    return store.path


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_is_one_file_with_a_manifest(filed: Store) -> None:
    a_project(filed)
    made = write_backup(filed, moment=NOON)
    assert names(made.path.parent) == ["work 2026-11-22 120000-123.pmo", "work 2026-11-22 120000-123.pmo.json"]
    assert (made.revision, made.batch, made.counts["project"]) == (NEWEST, 2, 1)
    assert made.moment == NOON
    assert made.source == str(home_of(filed).resolve())
    assert made.size == made.path.stat().st_size
    assert is_intact(made)
    assert read_backup(made.path) == made
    with closing(engine.connect_to_look(made.path)) as raw:
        assert not check_wholly(raw)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_lies_in_the_persons_data_folder(filed: Store, own_folders: Path) -> None:
    made = write_backup(filed)
    assert made.path.is_relative_to(own_folders)
    assert made.path.parent.name.startswith("work-")


def test_another_folder_and_a_second_place_can_be_named(
    filed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second_folder(home_of(filed)) is None
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "one"))
    monkeypatch.setenv(SECOND_VARIABLE, str(tmp_path / "two"))
    made = write_backup(filed)
    folders = [tmp_path / place / made.path.parent.name for place in ("one", "two")]
    assert names(folders[0]) == names(folders[1])
    assert [each.path.parent for each in list_backups(home_of(filed))] == folders or [
        each.path.parent for each in list_backups(home_of(filed))
    ] == folders[::-1]
    assert all(is_intact(each) for each in list_backups(home_of(filed)))


def test_a_second_place_that_is_missing_costs_only_itself(
    filed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").write_text("not a folder")
    monkeypatch.setenv(SECOND_VARIABLE, str(tmp_path / "stick"))
    with pytest.raises(Known, match="was made, but not in the second place"):
        write_backup(filed)
    assert is_intact(list_backups(home_of(filed))[0])


def test_two_portfolios_of_one_name_do_not_share_backups(tmp_path: Path) -> None:
    folders = set()
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        folders.add(backup_folder(tmp_path / place / "work.pmo"))
    assert len(folders) == 2


def test_everything_is_for_its_owner_only(filed: Store, own_folders: Path) -> None:
    before = os.umask(0)
    try:
        made = write_backup(filed)
    finally:
        os.umask(before)
    folder = made.path.parent
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    ours = [folder, *(each for each in folder.parents if each.is_relative_to(own_folders) and each != own_folders)]
    assert {stat.S_IMODE(each.stat().st_mode) for each in ours} == {0o700}


def test_a_copy_in_memory_has_no_backups(store: Store) -> None:
    with pytest.raises(Bug, match="no backups"):
        write_backup(store)


def test_a_backup_inside_a_batch_is_a_bug(filed: Store) -> None:
    with batch(filed, "open", keep_empty=True), pytest.raises(Bug, match="inside an open batch"):
        write_backup(filed)


def test_a_change_is_noticed(filed: Store) -> None:
    assert is_changed_since(filed, None)
    made = write_backup(filed)
    assert not is_changed_since(filed, made)
    a_project(filed)
    assert is_changed_since(filed, made)


def test_an_empty_portfolio_has_a_state_too(tmp_path: Path) -> None:
    raw = engine.connect_memory()
    raw.execute("CREATE TABLE batch (id, at)")
    assert backup._newest_batch(raw) == (0, "")
    raw.close()


def test_a_year_of_daily_backups_is_thinned(filed: Store) -> None:
    first = write_backup(filed, moment=NOON - timedelta(days=364))
    folder = first.path.parent
    for day in range(363, 0, -1):
        name = backup.file_name(home_of(filed), NOON - timedelta(days=day))
        (folder / name).write_bytes(b"")
        manifest_path(folder / name).write_text("{}")
    (folder / "notes 2020-01-01.pmo").write_bytes(b"")
    (folder / "work 2020-99-99 000000-000.pmo").write_bytes(b"")
    write_backup(filed, moment=NOON)
    kept = [
        each for each in names(folder) if each.endswith(".pmo") and each.startswith("work 202") and "-99-" not in each
    ]
    assert len(kept) == 33
    assert {f"{each}.json" for each in kept} == {each for each in names(folder) if each.endswith(".json")}
    assert {"notes 2020-01-01.pmo", "work 2020-99-99 000000-000.pmo"} <= set(names(folder))


def test_a_clock_set_back_deletes_nothing(filed: Store) -> None:
    for day in range(40):
        write_backup(filed, moment=NOON + timedelta(days=day * 40))
    before = len(list_backups(home_of(filed)))
    write_backup(filed, moment=NOON - timedelta(days=9))
    assert len(list_backups(home_of(filed))) == before + 1


def test_a_damaged_portfolio_gets_no_backup_and_loses_none(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    good = write_backup(filed, moment=NOON - timedelta(days=900))
    with batch(filed, "more") as work:
        work.connection.execute(insert(Person), {"name": "Ann", "verified": False})
    filed.raw.execute("DELETE FROM batch WHERE id = 2")
    with pytest.raises(Known, match=r"work\.pmo was not backed up: The journal has changes of a batch it lost"):
        write_backup(filed, moment=NOON)
    assert [each.path for each in list_backups(home_of(filed))] == [good.path]
    assert len(names(good.path.parent)) == 2


def test_a_full_disk_leaves_no_half_backup(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "RESERVE", 10**18)
    with pytest.raises(Known, match="Free some space"):
        write_backup(filed)
    assert not list_backups(home_of(filed))


@pytest.mark.parametrize(("text", "kind"), [("database or disk is full", Known), ("no such table", sqlite3.Error)])
def test_an_error_of_the_engine_leaves_no_half_backup(
    filed: Store, monkeypatch: pytest.MonkeyPatch, text: str, kind: type[Exception]
) -> None:
    def stumble(raw: sqlite3.Connection) -> list[str]:
        raise sqlite3.OperationalError(text)

    monkeypatch.setattr(backup, "check_wholly", stumble)
    with pytest.raises(kind):
        write_backup(filed)
    assert not names(backup_folder(home_of(filed)))


def test_a_folder_that_cannot_be_made_is_told(filed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "in it"))
    with pytest.raises(Known, match="for backups cannot be made"):
        write_backup(filed)


@pytest.mark.parametrize("manifest", ["", "[]", '{"made": 1}', None])
def test_a_backup_without_a_manifest_does_not_count(filed: Store, manifest: str | None) -> None:
    made = write_backup(filed)
    manifest_path(made.path).unlink()
    if manifest is not None:
        manifest_path(made.path).write_text(manifest)
    assert read_backup(made.path) is None
    assert not list_backups(home_of(filed))
    assert newest_good(home_of(filed)) is None


def test_the_newest_good_one_is_found_behind_bad_ones(filed: Store) -> None:
    made = [write_backup(filed, moment=NOON + timedelta(seconds=n)) for n in range(4)]
    made[3].path.unlink()
    made[2].path.write_bytes(b"short")
    flipped = bytearray(made[1].path.read_bytes())
    flipped[9000] ^= 1
    made[1].path.write_bytes(flipped)
    assert newest_good(home_of(filed)) == made[0]


def test_every_flipped_bit_is_caught(filed: Store) -> None:
    """300 of 300 by the checksum; SQLite's own check misses about a third (reliability.md 0.8)."""
    a_project(filed)
    made = write_backup(filed)
    whole = made.path.read_bytes()
    chance = random.Random(8)
    for _ in range(300):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        made.path.write_bytes(content)
        assert not is_intact(made)
    for _ in range(50):
        made.path.write_bytes(whole[: chance.randrange(len(whole))])
        assert not is_intact(made)
    made.path.write_bytes(whole)
    assert is_intact(made)


def test_backups_while_somebody_writes_are_consistent(tmp_path: Path) -> None:
    """Each batch makes two people, so that any state in between would be odd."""
    store = create_store(tmp_path / "busy.pmo")
    enough = threading.Event()
    people = [{"name": "A", "verified": False}, {"name": "B", "verified": False}]

    def work() -> None:
        while not enough.wait(0.002):
            with batch(store, "two") as made:
                made.connection.execute(insert(Person), people)

    writer = threading.Thread(target=work, daemon=True)
    writer.start()
    backups = []
    for n in range(20):
        backups.append(write_backup(store, moment=NOON + timedelta(seconds=n)))
        time.sleep(0.01)
    enough.set()
    writer.join(30)
    store.close()
    assert backups[-1].batch > 5
    for each in backups:
        assert is_intact(each)
        assert each.counts["person"] == 2 * (each.batch - 1)


def test_the_manifest_can_be_read_by_a_person(filed: Store) -> None:
    a_person(filed)
    told = json.loads(manifest_path(write_backup(filed, moment=NOON).path).read_text(encoding="utf-8"))
    assert told["made"] == "2026-11-22T12:00:00.123+00:00"
    assert told["counts"]["person"] == 1
    assert set(told) == {"source", "made", "size", "sha256", "revision", "batch", "batch_at", "counts"}


def test_what_a_killed_backup_left_is_swept_away(filed: Store) -> None:
    folder = write_backup(filed, moment=NOON).path.parent
    (folder / ".pmo-0123.tmp").write_bytes(b"half")
    (folder / ".pmo-0123.tmp-journal").write_bytes(b"half")
    write_backup(filed, moment=NOON + timedelta(seconds=1))
    assert not [name for name in names(folder) if name.startswith(".pmo")]


def test_a_backup_that_vanished_is_not_intact(filed: Store) -> None:
    made = write_backup(filed)
    made.path.unlink()
    assert not is_intact(made)
