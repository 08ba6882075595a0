"""kill -9 at any moment: no acknowledged batch is lost, none is half there, the next process takes over at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import textwrap
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from pmo_desktop.model.project import Project
from pmo_desktop.resources import migrations_path
from pmo_desktop.store import engine
from pmo_desktop.store.backup import backup_folder, is_intact, list_backups, write_backup
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_values, check_wholly
from pmo_desktop.store.file import Store
from pmo_desktop.store.holder import read_holder
from pmo_desktop.store.opening import open_store
from tests.store import restless

if os.name == "nt":
    pytest.skip("processes are not forked on Windows", allow_module_level=True)

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["tests.store.restless"])


class Child:
    """A process of ours that can be killed."""

    def __init__(self, deed: Callable[..., None], *words: object) -> None:
        self.wire, other = FORK.Pipe(duplex=False)
        self.process: ForkServerProcess = FORK.Process(target=deed, args=(*words, other), daemon=True)
        self.process.start()
        other.close()

    def hear(self, seconds: float = 20) -> Any:
        """The next thing it says."""
        assert self.wire.poll(seconds), "the child says nothing"
        return self.wire.recv()

    def kill(self) -> list[Any]:
        """End it at once; what it had said by then."""
        self.process.kill()
        self.process.join(10)
        said = []
        try:
            while self.wire.poll(0):
                said.append(self.wire.recv())
        except EOFError:
            pass
        self.wire.close()
        return said

    def finish(self) -> None:
        """Wait for its own end."""
        self.process.join(30)
        assert self.process.exitcode == 0
        self.wire.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portfolio with one import."""
    restless.make(tmp_path / "work.pmo")
    return tmp_path / "work.pmo"


def take_over(path: Path, said: list[int]) -> Store:
    """Open after a kill, and check all that must hold."""
    killed = read_holder(path)
    assert killed is not None
    assert killed.person == "child"
    began = time.monotonic()
    store = open_store(path, "next")
    assert time.monotonic() - began < 3
    holder = read_holder(path)
    assert holder is not None
    assert (holder.person, holder.process) == ("next", os.getpid())
    assert not check_wholly(store.raw)
    newest = store.raw.execute("SELECT max(id) FROM batch").fetchone()[0]
    assert newest >= max(said, default=0)
    imports = store.raw.execute(
        "SELECT count(*) FROM change JOIN batch ON batch.id = change.batch WHERE what = 'Import' AND undoes IS NULL "
        "GROUP BY batch"
    ).fetchall()
    assert {rows for (rows,) in imports} == {restless.IMPORTED}
    return store


@pytest.mark.parametrize("round_", range(4))
def test_killed_while_working(path: Path, round_: int) -> None:
    """80 kills in the suite, 20 a round on one file."""
    random = Random(round_)
    for kill in range(20):
        child = Child(restless.work_until_killed, path, 1_000 * round_ + kill)
        said = [child.hear() for _ in range(random.randint(1, 6))]
        time.sleep(random.random() * 0.02)
        take_over(path, said + child.kill()).close()
    store = open_store(path)
    assert not check_values(store.raw)
    store.close()


def test_half_an_import_would_be_found(path: Path) -> None:
    """The check above, on a file broken on purpose."""
    child = Child(restless.work_until_killed, path, 1)
    child.hear()
    said = child.kill()
    with closing(engine.connect_plain(path)) as raw:
        raw.execute("DELETE FROM change WHERE seq = (SELECT max(seq) FROM change WHERE entity = 'milestone')")
    with pytest.raises(AssertionError):
        take_over(path, said)


def test_killed_while_backing_up(path: Path) -> None:
    """10 kills: what has a manifest is whole; the half ones are swept away by the next backup."""
    random = Random(9)
    for kill in range(10):
        child = Child(restless.back_up_until_killed, path, kill)
        child.hear()
        time.sleep(random.random() * 0.04)
        take_over(path, child.kill()).close()
        assert all(is_intact(each) for each in list_backups(path))
    store = open_store(path)
    write_backup(store)
    store.close()
    assert not [each.name for each in backup_folder(path).iterdir() if each.name.endswith((".tmp", "-journal"))]


def test_killed_while_restoring(path: Path, tmp_path: Path) -> None:
    """10 kills: a restored file is whole, or empty and no portfolio."""
    store = open_store(path)
    made = write_backup(store)
    store.close()
    random = Random(4)
    for kill in range(10):
        folder = tmp_path / f"restored {kill}"
        folder.mkdir()
        child = Child(restless.restore_until_killed, made.path, folder)
        said = [child.hear() for _ in range(random.randint(1, 3))]
        time.sleep(random.random() * 0.02)
        newest = max(said + child.kill())
        for number in range(newest + 1):
            restored = folder / f"{number}.pmo"
            size = restored.stat().st_size if restored.exists() else 0
            assert size == made.size or (size == 0 and number == newest)
        assert is_intact(made)


def test_killed_while_upgrading(path: Path, tmp_path: Path) -> None:
    """10 kills: the old schema or the new one, never between, and the next try succeeds."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_path(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    later = """
        import sqlalchemy as sa
        from alembic import op
        revision, down_revision = "0003", "0002"
        def upgrade():
            for table in ("milestone", "project", "person"):
                with op.batch_alter_table(table, recreate="always") as made:
                    made.add_column(sa.Column("shoe_size", sa.Text()))
    """
    (folder / "versions" / "0003_later.py").write_text(textwrap.dedent(later))
    whole, random = path.read_bytes(), Random(3)
    for _ in range(10):
        path.write_bytes(whole)
        child = Child(restless.upgrade_once, path, folder)
        child.hear()
        time.sleep(random.random() * 0.8)
        done = child.kill()
        with closing(engine.connect_plain(path)) as raw:
            revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            assert revision in (("0003",) if done else ("0002", "0003"))
            columns = [row[1] for row in raw.execute("PRAGMA table_info(project)")]
            assert ("shoe_size" in columns) is (revision == "0003")
            assert raw.execute("SELECT count(*) FROM milestone").fetchone() == (restless.IMPORTED - 1,)
            assert not check_wholly(raw)
    path.write_bytes(whole)
    child = Child(restless.upgrade_once, path, folder)
    assert [child.hear(), child.hear()] == [0, 1]
    child.kill()


def test_a_second_process_is_told_who_holds_the_file(path: Path) -> None:
    """20 tries: refused in less than a second, by name, without a changed byte."""
    holder = Child(restless.hold, path)
    process = holder.hear()
    second = Child(restless.try_to_open, path, 20)
    for _ in range(20):
        answer, seconds, unchanged = second.hear()
        assert answer.startswith("work.pmo is open: the holder on ")
        assert f"(process {process}) holds it" in answer
        assert seconds < 1
        assert unchanged
    second.finish()
    holder.kill()
    store = open_store(path)
    assert not check_wholly(store.raw)
    store.close()


@pytest.mark.parametrize("room", [150_000, 230_000, 290_000, 340_000, 400_000, 520_000, 700_000])
def test_a_full_disk_costs_only_the_batch_that_did_not_fit(path: Path, room: int) -> None:
    """Every file may grow to `room` bytes and no further, as on a full disk."""
    child = Child(restless.run_out_of_room, path, room)
    sentences, after = child.hear(60)
    child.finish()
    assert sentences
    for sentence in sentences:
        assert "the disk is full" in sentence
        assert "Free some space" in sentence
    store = open_store(path)
    assert not check_wholly(store.raw)
    assert not check_values(store.raw)
    assert store.raw.execute("SELECT max(id) FROM batch").fetchone() == (after,)
    store.close()


def snapshot_with_side_file(path: Path, folder: Path) -> tuple[Path, list[list[str]]]:
    """A portfolio as a power cut leaves it, with 30 batches in the side file, and the states along the way."""
    states = []
    store = open_store(path)
    names = [row[0] for row in store.raw.execute("SELECT name FROM project ORDER BY id")]
    states.append(list(names))
    for n in range(30):
        with batch(store, f"New {n}") as work:
            work.connection.execute(insert(Project), {"name": f"N{n}"})
        states.append([*names, *(f"N{k}" for k in range(n + 1))])
    copied = folder / "cut.pmo"
    for side in ("", "-wal"):
        shutil.copyfile(f"{path}{side}", f"{copied}{side}")
    store.close()
    return copied, states


def test_a_torn_side_file_gives_a_state_that_once_was(path: Path, tmp_path: Path) -> None:
    """100 cuts, half of them with a flipped bit: always a prefix of the batches (reliability.md T-02)."""
    folder = tmp_path / "torn"
    folder.mkdir()
    copied, states = snapshot_with_side_file(path, folder)
    whole, side = copied.read_bytes(), Path(f"{copied}-wal").read_bytes()
    random, found = Random(2), set()
    for n in range(100):
        content = bytearray(side[: random.randrange(len(side))])
        if n % 2 and content:
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        case = folder / f"{n}.pmo"
        case.write_bytes(whole)
        Path(f"{case}-wal").write_bytes(content)
        store = open_store(case)
        names = [row[0] for row in store.raw.execute("SELECT name FROM project ORDER BY id")]
        assert names in states
        assert not check_wholly(store.raw)
        found.add(len(names))
        store.close()
    assert len(found) > 10


def test_a_side_file_of_another_portfolio_never_goes_unnoticed_into_ours(path: Path, tmp_path: Path) -> None:
    """A swapped side file is refused untouched, or leaves a portfolio that is sound."""
    folder = tmp_path / "swapped"
    folder.mkdir()
    copied, _ = snapshot_with_side_file(path, folder)
    side = Path(f"{copied}-wal").read_bytes()
    for n in range(5):
        other = folder / f"{n}.pmo"
        restless.make(other)
        before = other.read_bytes()
        Path(f"{other}-wal").write_bytes(side)
        child = Child(restless.open_and_check, other)
        answer = child.hear()
        child.finish()
        assert answer == [] or "damaged" in answer
        if answer:
            assert other.read_bytes() == before
            assert Path(f"{other}-wal").read_bytes() == side
