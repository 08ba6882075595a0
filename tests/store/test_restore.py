"""A backup comes back whole, to a name of its own; a damaged file is set aside, never overwritten."""

from __future__ import annotations

import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmo_desktop.store import backup, engine
from pmo_desktop.store.backup import list_backups, manifest_path, write_backup
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.restore import open_read_only, recover_in_place, restore_to
from pmo_desktop.store.rows import read_rows
from tests.builders import a_project, state_hash

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def home_of(store: Store) -> Path:
    """The path of a store that has one."""
    assert store.path is not None
    return store.path


def test_every_backup_comes_back_as_it_was(filed: Store, tmp_path: Path) -> None:
    """The drill of reliability.md T-10: 32 backups, each restored and opened."""
    states = {}
    for n in range(32):
        a_project(filed, f"P{n}")
        states[write_backup(filed, moment=NOON + timedelta(minutes=n)).path] = state_hash(filed)
    assert len(list_backups(home_of(filed))) == 32
    for n, (path, expected) in enumerate(states.items()):
        new = restore_to(path, tmp_path / f"restored {n}.pmo")
        assert stat.S_IMODE(new.stat().st_mode) == 0o600
        store = open_store(new)
        assert state_hash(store) == expected
        store.close()
    assert len(read_rows(filed, "project")) == 32


def test_a_restored_file_can_be_worked_in_and_undone(filed: Store, tmp_path: Path) -> None:
    a_project(filed)
    store = open_store(restore_to(write_backup(filed).path, tmp_path / "new.pmo"))
    a_project(store, "Beta")
    assert len(read_rows(store, "project")) == 2
    assert len(read_rows(filed, "project")) == 1
    store.close()


def test_a_name_that_is_taken_is_left_alone(filed: Store, tmp_path: Path) -> None:
    made = write_backup(filed)
    taken = tmp_path / "taken.pmo"
    taken.write_text("mine")
    with pytest.raises(Known, match="there already and was not touched"):
        restore_to(made.path, taken)
    assert taken.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_told(filed: Store, tmp_path: Path) -> None:
    made = write_backup(filed)
    with pytest.raises(Known, match="cannot be made: No such file"):
        restore_to(made.path, tmp_path / "none" / "new.pmo")


def test_without_room_nothing_is_left_behind(filed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = write_backup(filed)
    monkeypatch.setattr(backup, "RESERVE", 10**18)
    with pytest.raises(Known, match="Free some space"):
        restore_to(made.path, tmp_path / "new.pmo")
    assert not (tmp_path / "new.pmo").exists()


def test_a_backup_with_a_flipped_bit_is_refused(filed: Store, tmp_path: Path) -> None:
    made = write_backup(filed)
    content = bytearray(made.path.read_bytes())
    content[-1] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(Known, match="not as it was when it was made"):
        restore_to(made.path, tmp_path / "new.pmo")
    assert not (tmp_path / "new.pmo").exists()


def test_a_backup_that_is_not_sound_is_refused(filed: Store, tmp_path: Path) -> None:
    made = write_backup(filed)
    manifest_path(made.path).unlink()
    with closing(engine.connect_plain(made.path)) as raw:
        raw.execute("DELETE FROM settings")
    with pytest.raises(Known, match="is not sound, so nothing was restored"):
        restore_to(made.path, tmp_path / "new.pmo")


@pytest.mark.parametrize("content", [None, b"", b"PK not ours"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "backup.pmo"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Known, match=r"There is no file|is not a portfolio file"):
        restore_to(path, tmp_path / "new.pmo")


def test_a_good_copy_without_a_manifest_may_come_back(filed: Store, tmp_path: Path) -> None:
    made = write_backup(filed)
    manifest_path(made.path).unlink()
    assert restore_to(made.path, tmp_path / "new.pmo").is_file()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A portfolio with a backup, then torn."""
    path = tmp_path / "torn.pmo"
    store = create_store(path)
    a_project(store)
    write_backup(store)
    store.close()
    path.write_bytes(path.read_bytes()[:20_000])
    path.with_name("torn.pmo-wal").write_bytes(b"what is left of the side file")
    path.with_name("torn.pmo-shm").write_bytes(b"")
    return path


def test_a_damaged_file_is_set_aside_with_its_side_file(damaged: Path) -> None:
    content = damaged.read_bytes()
    aside = recover_in_place(damaged, list_backups(damaged)[0].path)
    assert aside.name.startswith("torn.pmo.damaged-20")
    assert aside.read_bytes() == content
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what is left of the side file"
    assert not damaged.with_name("torn.pmo-shm").exists()
    store = open_store(damaged)
    assert [row["name"] for row in read_rows(store, "project")] == ["Alpha"]
    store.close()


def test_nothing_is_moved_for_a_bad_backup(damaged: Path) -> None:
    content = damaged.read_bytes()
    made = list_backups(damaged)[0]
    made.path.write_bytes(b"short")
    with pytest.raises(Known, match="not as it was"):
        recover_in_place(damaged, made.path)
    assert damaged.read_bytes() == content


def test_without_room_the_damaged_file_stays_where_it_is(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = damaged.read_bytes()
    monkeypatch.setattr(backup, "RESERVE", 10**18)
    with pytest.raises(Known, match="Free some space"):
        recover_in_place(damaged, list_backups(damaged)[0].path)
    assert damaged.read_bytes() == content
    assert not list(damaged.parent.glob("*restored*"))


def test_a_file_too_damaged_to_be_locked_is_set_aside_too(damaged: Path) -> None:
    damaged.write_bytes(b"not even a database" * 99)
    aside = recover_in_place(damaged, list_backups(damaged)[0].path)
    assert aside.read_bytes().startswith(b"not even")
    open_store(damaged).close()


def test_a_file_somebody_holds_is_not_moved(filed: Store) -> None:
    made = write_backup(filed)
    with pytest.raises(Known, match="Close it there first"):
        recover_in_place(home_of(filed), made.path)
    assert read_rows(filed, "settings")


def test_while_somebody_works_another_reads_the_newest_backup(filed: Store) -> None:
    a_project(filed)
    expected = state_hash(filed)
    write_backup(filed, moment=NOON)
    a_project(filed, "Later")
    copy = open_read_only(home_of(filed), "bo")
    assert state_hash(copy) == expected
    assert copy.notes == ["This is a read-only copy of work.pmo, of 22 November 2026 12:00 UTC."]
    with pytest.raises(Known, match="read-only"), batch(copy, "write"):
        pass
    copy.close()


def test_without_a_backup_there_is_nothing_to_read(filed: Store) -> None:
    with pytest.raises(Known, match=r"no backup of work\.pmo"):
        open_read_only(home_of(filed))
