"""What a child process does until it is killed: deeds through our own store, each told once it is written."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from sqlalchemy import delete, insert, update

from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.project import Project
from pmo_desktop.model.types import new_id
from pmo_desktop.store import upgrade
from pmo_desktop.store.backup import write_backup
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.restore import restore_to
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.undo import newest_to_redo, newest_to_undo, undo_batch

IMPORTED = 51  # rows of one import: projects and their milestones


def make(path: Path) -> None:
    """A portfolio file, made and closed by a process of its own."""
    store = create_store(path, "child")
    import_rows(store, Random(1))
    store.close()


def work_until_killed(path: Path, seed: int, wire: Connection) -> None:
    """Deeds without end."""
    random = Random(seed)
    store = open_store(path, "child")
    wire.send(0)
    while True:
        wire.send(random.choice((edit, edit, import_rows, undo, redo, replace))(store, random))


def back_up_until_killed(path: Path, seed: int, wire: Connection) -> None:
    """Deeds and backups without end."""
    store = open_store(path, "child")
    wire.send(0)
    random = Random(seed)
    while True:
        edit(store, random)
        write_backup(store)
        wire.send(0)


def restore_until_killed(backup: Path, folder: Path, wire: Connection) -> None:
    """Restore after restore, each to a file of its own."""
    for number in range(10_000):
        wire.send(number)
        restore_to(backup, folder / f"{number}.pmo")


def upgrade_once(path: Path, migrations: Path, wire: Connection) -> None:
    """An upgrade to a made-up next schema."""
    setattr(upgrade, "migrations_path", lambda: migrations)  # noqa: B010  the child has no fixtures
    wire.send(0)
    upgrade.upgrade_file(path, "child", "0003")
    wire.send(1)
    time.sleep(60)


def try_to_open(path: Path, tries: int, wire: Connection) -> None:
    """Ask for a file somebody holds; tell each answer, how long it took, and whether a byte changed."""
    for _ in range(tries):
        before, began = _digest(path), time.monotonic()
        try:
            open_store(path, "second").close()
            answer = "opened"
        except Known as known:
            answer = str(known)
        wire.send((answer, time.monotonic() - began, _digest(path) == before))


def hold(path: Path, wire: Connection) -> None:
    """Open a file and sit on it."""
    store = open_store(path, "the holder")
    wire.send(os.getpid())
    time.sleep(60)
    store.close()


def run_out_of_room(path: Path, room: int, wire: Connection) -> None:
    """Work until no file may grow past `room` bytes; tell the sentences, then work again with room."""
    store = open_store(path, "child")
    random = Random(room)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    sentences: list[str] = []
    deeds: tuple[Callable[[Store, Random], object], ...] = (import_rows, lambda store, random: write_backup(store))
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    for _ in range(20):
        for deed in deeds:
            before = store.raw.execute("SELECT count(*), max(seq) FROM change").fetchone()
            try:
                deed(store, random)
            except Known as known:
                sentences.append(str(known))
                assert store.raw.execute("SELECT count(*), max(seq) FROM change").fetchone() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    after = import_rows(store, random)
    write_backup(store)
    store.close()
    wire.send((sentences, after))


def open_and_check(path: Path, wire: Connection) -> None:
    """Open a file of doubtful origin; tell what is wrong with it, or why it was refused."""
    try:
        store = open_store(path)
    except Known as known:
        wire.send(str(known))
        return
    wire.send(check_wholly(store.raw))
    store.close()


def edit(store: Store, random: Random) -> int:
    """One cell."""
    with batch(store, "Edit") as work:
        chosen = random.choice(read_rows(store, "project"))["id"]
        values = {"eac": random.randrange(10**9), "custom": {"k": random.randrange(9)}}
        work.connection.execute(update(Project).where(Project.id == chosen).values(values))
    return work.id if work.changed else 0


def import_rows(store: Store, random: Random) -> int:
    """51 rows in one batch."""
    with batch(store, "Import", source={"kind": "import"}, long=True) as work:
        project = new_id()
        work.connection.execute(insert(Project), {"id": project, "name": f"P{random.random()}"})
        rows = [{"project": project, "name": f"M{n}", "comment": "x" * 200} for n in range(IMPORTED - 1)]
        work.connection.execute(insert(Milestone), rows)
    return work.id


def undo(store: Store, random: Random) -> int:
    """Ctrl+Z, but never of the first import."""
    with store.reading() as connection:
        number = newest_to_undo(connection)
    return (undo_batch(store, number, rest=True).batch or 0) if number and number > 2 else 0


def redo(store: Store, random: Random) -> int:
    """Ctrl+Y."""
    with store.reading() as connection:
        number = newest_to_redo(connection)
    return (undo_batch(store, number, rest=True).batch or 0) if number else 0


def replace(store: Store, random: Random) -> int:
    """All milestones of a project go and others come."""
    project = random.choice(read_rows(store, "project"))["id"]
    with batch(store, "Replace") as work:
        work.connection.execute(delete(Milestone).where(Milestone.project == project))
        rows = [{"project": project, "name": f"R{n}"} for n in range(5)]
        work.connection.execute(insert(Milestone), rows)
    return work.id


def _digest(path: Path) -> str:
    beside = (path.with_name(path.name + side) for side in ("", "-wal", ".lock"))
    return sha256(b"".join(each.read_bytes() for each in beside)).hexdigest()
