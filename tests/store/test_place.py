"""Where a portfolio may be written: own disk, synchronised folder with a warning, share on the person's word."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from pmo_desktop.store import opening, place
from pmo_desktop.store.errors import Known
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.place import Mount, Place, Verdict, find_place, judge_place, parse_mounts, read_mounts

LINUX = [
    Mount(PurePosixPath("/"), "ext4"),
    Mount(PurePosixPath("/home"), "btrfs"),
    Mount(PurePosixPath("/mnt/team"), "nfs4"),
    Mount(PurePosixPath("/mnt/office"), "cifs"),
    Mount(PurePosixPath("/home/ann/remote"), "fuse.sshfs"),
    Mount(PurePosixPath("/media/stick"), "vfat"),
    Mount(PurePosixPath("/media/odd"), "squirrelfs"),
    Mount(PurePosixPath("/srv"), "ext4"),
    Mount(PurePosixPath("/srv"), "ceph"),
]
MAC = [Mount(PurePosixPath("/"), "apfs"), Mount(PurePosixPath("/Volumes/Team"), "smbfs")]
WINDOWS = [Mount(PureWindowsPath("C:\\"), "NTFS"), Mount(PureWindowsPath("T:\\"), "NTFS", remote=True)]
OWN, SYNCED, SHARED = Verdict.OWN, Verdict.SYNCED, Verdict.SHARED


@pytest.mark.parametrize(
    ("path", "mounts", "verdict", "word"),
    [
        (PurePosixPath("/home/ann/work.pmo"), LINUX, OWN, "btrfs"),
        (PurePosixPath("/media/stick/work.pmo"), LINUX, OWN, "vfat"),
        (PurePosixPath("/mnt/teamwork/work.pmo"), LINUX, OWN, "ext4"),
        (PurePosixPath("/mnt/team/pmo/work.pmo"), LINUX, SHARED, "nfs4"),
        (PurePosixPath("/mnt/office/work.pmo"), LINUX, SHARED, "cifs"),
        (PurePosixPath("/home/ann/remote/work.pmo"), LINUX, SHARED, "fuse.sshfs"),
        (PurePosixPath("/media/odd/work.pmo"), LINUX, SHARED, "squirrelfs"),
        (PurePosixPath("/srv/work.pmo"), LINUX, SHARED, "ceph"),
        (PurePosixPath("/home/ann/Nextcloud/work.pmo"), LINUX, SYNCED, "Nextcloud"),
        (PurePosixPath("/home/ann/ownCloud/work.pmo"), LINUX, SYNCED, "ownCloud"),
        (PurePosixPath("/home/ann/Boxes/work.pmo"), LINUX, OWN, "btrfs"),
        (PurePosixPath("/home/ann/Dropbox.pmo"), LINUX, OWN, "btrfs"),
        (PurePosixPath("/Users/ann/work.pmo"), MAC, OWN, "apfs"),
        (PurePosixPath("/Volumes/Team/work.pmo"), MAC, SHARED, "smbfs"),
        (PurePosixPath("/Users/ann/Library/Mobile Documents/x/work.pmo"), MAC, SYNCED, "iCloud"),
        (PurePosixPath("/Users/ann/Library/CloudStorage/GoogleDrive-a@b.c/work.pmo"), MAC, SYNCED, "a cloud service"),
        (PureWindowsPath("c:/Users/Ann/work.pmo"), WINDOWS, OWN, "NTFS"),
        (PureWindowsPath("C:/Users/Ann/OneDrive - Example Ltd/work.pmo"), WINDOWS, SYNCED, "OneDrive"),
        (PureWindowsPath("C:/Users/Ann/Dropbox (Personal)/work.pmo"), WINDOWS, SYNCED, "Dropbox"),
        (PureWindowsPath("C:/My Drive/work.pmo"), WINDOWS, SYNCED, "Google Drive"),
        (PureWindowsPath("T:/work.pmo"), WINDOWS, SHARED, "NTFS"),
        (PureWindowsPath("//server/share/work.pmo"), WINDOWS, SHARED, "unknown"),
        (PureWindowsPath("E:/work.pmo"), WINDOWS, SHARED, "unknown"),
    ],
)
def test_each_place_has_its_verdict(path: PurePath, mounts: list[Mount], verdict: Verdict, word: str) -> None:
    found = judge_place(path, mounts)
    assert found.verdict is verdict
    if verdict is OWN:
        assert found == Place(OWN, word)
    else:
        assert found.sentence is not None
        assert word in found.sentence
        assert path.name in found.sentence


@pytest.mark.parametrize(("marker", "name"), [(".stfolder", "Syncthing"), (".sync_journal.db", "Nextcloud")])
def test_a_mark_in_a_folder_above_tells_of_a_synchroniser(tmp_path: Path, marker: str, name: str) -> None:
    (tmp_path / marker).mkdir()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    found = find_place(deep / "work.pmo")
    assert found.verdict is SYNCED
    assert name in str(found.sentence)


def test_a_folder_with_a_blank_in_its_name_is_read_from_the_list_of_mounts() -> None:
    listed = "/dev/sda1 / ext4 rw 0 0\nhost:/share /mnt/team\\040files nfs4 rw,vers=4.2 0 0\n"
    assert parse_mounts(listed) == (Mount(Path("/"), "ext4"), Mount(Path("/mnt/team files"), "nfs4"))


def test_this_computer_says_what_is_mounted() -> None:
    assert any(mount.folder == Path(Path.cwd().anchor) for mount in read_mounts())


def on(verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every path lies there."""
    sentences = {OWN: None, SYNCED: "Let it finish.", SHARED: "A lost connection can damage it."}
    monkeypatch.setattr(opening, "find_place", lambda path: Place(verdict, "nfs4", sentences[verdict]))


def test_a_synchronised_folder_is_worked_in_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(SYNCED, monkeypatch)
    create_store(tmp_path / "work.pmo").close()
    store = open_store(tmp_path / "work.pmo")
    assert store.notes == ["Let it finish."]
    assert store.raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_on_a_share_nothing_is_opened_or_made_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "work.pmo"
    on(SHARED, monkeypatch)
    with pytest.raises(Known, match="not opened for writing"):
        create_store(path)
    assert not list(tmp_path.glob("work*"))
    monkeypatch.undo()
    create_store(path).close()
    before = path.read_bytes()
    on(SHARED, monkeypatch)
    with pytest.raises(Known, match="work on a share"):
        open_store(path)
    assert path.read_bytes() == before


def test_on_a_share_the_person_who_knows_works_with_the_rollback_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "work.pmo"
    on(SHARED, monkeypatch)
    create_store(path, allow_share=True).close()
    for _ in range(2):
        store = open_store(path, allow_share=True)
        assert store.notes == ["A lost connection can damage it."]
        assert store.raw.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert store.raw.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)
        assert store.raw.execute("PRAGMA synchronous").fetchone() == (2,)
        with pytest.raises(Known, match="holds it"):
            open_store(path, allow_share=True)
        store.close()


def test_a_file_that_was_worked_in_elsewhere_moves_to_a_share_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "work.pmo"
    create_store(path).close()
    on(SHARED, monkeypatch)
    open_store(path, allow_share=True).close()
    monkeypatch.undo()
    store = open_store(path)
    assert store.raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_every_system_on_the_list_is_written_small() -> None:
    assert {name.casefold() for name in place.LOCAL_SYSTEMS} == place.LOCAL_SYSTEMS
