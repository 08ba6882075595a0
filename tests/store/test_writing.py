"""A file is written whole, privately, or not at all."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import stat
from pathlib import Path

import pytest

from pmo_desktop.store.errors import Known
from pmo_desktop.store.writing import explain_os, replacing

NEW, OLD = b"new" * 100_000, b"old"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that stands there already."""
    folder = tmp_path / "packs"
    folder.mkdir()
    path = folder / "pack.pdf"
    path.write_bytes(OLD)
    return path


def lone(target: Path) -> bool:
    """Whether the target is the only file of its folder: nothing half-written lies beside it."""
    return [each.name for each in target.parent.iterdir()] == [target.name]


def test_the_new_file_takes_the_old_ones_place_and_is_private(target: Path) -> None:
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
        assert target.read_bytes() == OLD
        temporary.write_bytes(NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert lone(target)


def test_it_is_private_from_its_first_byte_even_under_a_lax_umask(target: Path) -> None:
    before = os.umask(0)
    try:
        with replacing(target) as temporary:
            assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, Known])
def test_an_error_in_the_body_passes_through_and_leaves_the_old_file(target: Path, error: type[BaseException]) -> None:
    def fail(temporary: Path) -> None:
        temporary.write_bytes(NEW)
        raise error

    with pytest.raises(error), replacing(target) as temporary:
        fail(temporary)
    assert target.read_bytes() == OLD
    assert lone(target)


def test_a_full_disk_is_one_sentence_and_leaves_the_old_file(target: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Known, match=r"pack\.pdf was not written: the disk is full"), replacing(target) as temporary:
            temporary.write_bytes(NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == OLD
    assert lone(target)


def test_a_disk_that_fills_while_a_file_is_copied_is_one_sentence(target: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(NEW)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Known, match=r"pack\.pdf was not written: the disk is full"), replacing(target) as temporary:
            shutil.copyfile(source, temporary)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == OLD


def test_a_place_locked_by_another_program_is_one_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, destination: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", os.fspath(source), None, os.fspath(destination))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Known, match="open in another program"), replacing(target) as temporary:
        temporary.write_bytes(NEW)
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert lone(target)


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path: Path) -> None:
    with pytest.raises(Known, match="does not exist"), replacing(tmp_path / "nowhere" / "a.xlsx"):
        pytest.fail("the body must not run")
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(Known, match="a folder of that name"), replacing(tmp_path / "a.xlsx"):
        pytest.fail("the body must not run")


@pytest.mark.parametrize(
    ("name", "beside", "there"),
    [
        ("work.PMO", "", b"damaged"),
        ("work.txt", "", b"SQLite format 3\0 and so on"),
        ("work.txt", "work.txt.lock", b"held, so its bytes are not looked at"),
    ],
)
def test_a_portfolio_is_never_written_over(tmp_path: Path, name: str, beside: str, there: bytes) -> None:
    target = tmp_path / name
    target.write_bytes(there)
    if beside:
        (tmp_path / beside).touch()
    link = tmp_path / "out.xlsx"
    link.symlink_to(target)
    with pytest.raises(Known, match="a portfolio of that name lies there"), replacing(link):
        pytest.fail("the body must not run")
    assert target.read_bytes() == there


def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(Known, match="is a device, not a file"), replacing(pipe):
        pytest.fail("the body must not run")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_the_body_could_not_read_is_not_blamed_on_the_target(target: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(target):
        (target.parent / "font.ttf").read_bytes()


def test_a_link_keeps_pointing_at_the_file_it_named(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest.pdf"
    link.symlink_to(target)
    with replacing(link) as temporary:
        temporary.write_bytes(NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_system_without_folder_handles_still_writes(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse_folders(path: Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Access is denied", os.fspath(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse_folders)
    with replacing(target) as temporary:
        temporary.write_bytes(NEW)
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "is read-only"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error. Choose another place"),
        (OSError("the printer is on fire."), "the printer is on fire. Choose"),
        (OSError(), "the system gave no reason"),
    ],
)
def test_every_error_becomes_a_sentence(error: OSError, words: str, tmp_path: Path) -> None:
    said = str(explain_os(error, tmp_path / "a.xlsx"))
    assert said.startswith("a.xlsx was not written")
    assert words in said
