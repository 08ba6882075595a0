"""A portfolio file in use: one connection, one lock, and copies in memory for those who only read."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pmo_desktop.model.entity import metadata
from pmo_desktop.store import engine, triggers
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Bug
from pmo_desktop.store.pace import heard, tick
from pmo_desktop.store.watch import Changed

Listener = Callable[[Changed], None]
_LOOK_AGAIN = 0.005  # seconds: a reader who waits for a lock sees the snapshot of a long batch soon after it is there


class Store:
    """An open portfolio, of a file or of a copy in memory. Made by store.opening; written by store.batch."""

    def __init__(self, raw: sqlite3.Connection, path: Path | None, who: str, *, readonly: bool = False) -> None:
        self.raw = raw
        self.connection = Connection(raw)
        self.path = path
        self.who = who
        self.readonly = readonly
        self.lock = threading.RLock()
        self.backing_up = threading.Lock()  # one backup at a time: each takes away what another left half-written
        self.snapshot: Store | None = None
        self.writing: str | None = None  # the sentence of the batch being written
        self.closed = False
        self._is_heard = False
        self.notes: list[str] = []  # what the person should know in this session
        self.on_close: list[Callable[[], None]] = []
        self._listeners: list[Listener] = []
        if readonly:
            raw.execute("PRAGMA query_only=ON")
        else:
            triggers.install_triggers(raw)

    @property
    def label(self) -> str:
        """How sentences call this portfolio."""
        return self.path.name if self.path else "the copy in memory"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from: the file when it is free, its snapshot during a long batch of another thread."""
        while True:
            snapshot = self.snapshot
            if self.lock.acquire(blocking=snapshot is None, timeout=_LOOK_AGAIN if snapshot is None else -1):
                try:
                    with self.heard():
                        yield self.connection
                finally:
                    self.lock.release()
                return
            if snapshot is not None and snapshot.lock.acquire(blocking=True):
                try:
                    if not snapshot.closed:
                        with snapshot.heard():
                            yield snapshot.connection
                        return
                finally:
                    snapshot.lock.release()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Let whoever listens end what is read or written inside, under the lock; twice is once."""
        if self._is_heard:
            yield
            return
        self._is_heard = True
        try:
            with heard(self.raw):
                yield
        finally:
            self._is_heard = False

    def make_ready(self) -> None:
        """Load what the first write needs, 36 MB and 0.3 s, so that nobody waits for it; a worker may call it."""
        metadata()
        with self.lock:
            if not self.closed:
                self.connection.speak()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call a listener after each batch, on the thread that wrote it; the answer ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, changed: Changed) -> None:
        """Tell the listeners; an error in one goes to the program's hook for Bugs and is never the deed's result."""
        for listener in tuple(self._listeners):
            try:
                listener(changed)
            except Exception as error:  # noqa: BLE001  the batch is written: its caller must hear that, and all others too
                sys.excepthook(type(error), error, error.__traceback__)

    def copy_to_memory(self) -> Store:
        """A read-only copy of everything committed; it holds no lock of the file.

        Raises Bug inside an open batch: the engine's backup would wait for that batch for ever.
        """
        with self.lock:
            if self.raw.in_transaction:
                message = "a copy was asked for inside an open batch"
                raise Bug(message)
            copy = engine.connect_memory()
            try:
                self.raw.backup(copy, pages=engine.PORTION, progress=lambda *_: tick())
            except BaseException:
                copy.close()
                raise
        return Store(copy, None, self.who, readonly=True)

    def close(self) -> None:
        """End the connection; the side files go and the lock is free."""
        with self.lock:
            if self.closed:
                return
            self.closed = True
            for each in self.on_close:  # before the lock goes, so that nothing of the next holder is taken away
                each()
            self.connection.close()
            self.raw.close()
