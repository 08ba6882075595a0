"""How far long work has come, and the way out of it: its loops pass here, and whoever listens may end it.

Who starts the work listens in the thread that does it: `with listening(tell)`; nothing is handed down. What `tell`
raises ends the work there and then: a batch is taken back, a half-written file goes. Work that nobody listens to runs
as if this were not here.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
Listener = Callable[[int, int, str], object]  # done, of (0: not known), and what is being done
EVERY = 0.05  # seconds between two tellings
_PORTION = 1_000  # rows that one statement writes, or a column is read of
_STEPS = 20_000  # of the database's own machine between two looks: less than a millisecond


class Cancelled(Exception):  # noqa: N818  nothing went wrong: the person changed their mind
    """What a listener raises when the person wants no more."""


@dataclass(slots=True)
class _Ear:
    """One listener, and what it was told of last. `work` counts what has to be done for `of` to be reached."""

    tell: Listener | None
    every: float
    what: str = ""
    done: int = 0
    of: int = 0
    work: int = 0
    due: float = 0.0

    def look(self) -> None:
        """Tell, where it is time to."""
        if time.perf_counter() >= self.due:
            self.speak()

    def speak(self) -> None:
        if self.tell is not None:
            self.due = time.perf_counter() + self.every
            self.tell(min(self.of, self.of * self.done // max(1, self.work)), self.of, self.what)


_EAR: ContextVar[_Ear | None] = ContextVar("ear", default=None)


@contextmanager
def listening(tell: Listener, every: float = EVERY) -> Iterator[None]:
    """Let `tell` hear of the work done inside, at most once in so many seconds and at every beginning."""
    token = _EAR.set(_Ear(tell, every))
    try:
        yield
    finally:
        _EAR.reset(token)


def begin(what: str, of: int = 0, laps: int = 1) -> None:
    """Other work begins, of so many things, each of which is gone through so many times."""
    if ear := _EAR.get():
        ear.what, ear.done, ear.of, ear.work = what, 0, of, of * laps
        ear.speak()


def expect(work: int) -> None:
    """So much is to be stepped through before all that `begin` spoke of is done."""
    if ear := _EAR.get():
        ear.work = work


def step(count: int = 1) -> None:
    """So much of what was begun is done."""
    if ear := _EAR.get():
        ear.done += count
        ear.look()


def tick() -> None:
    """A place where the work may be ended; nothing is counted."""
    if ear := _EAR.get():
        ear.look()


def through(items: Iterable[Item], count: int = 0) -> Iterator[Item]:
    """The items one by one, with a place to end after each; each counts for so many steps."""
    ear = _EAR.get()
    if ear is None:
        yield from items
        return
    for item in items:
        yield item
        ear.done += count
        ear.look()


def portions(items: Sequence[Item], count: int = 0) -> Iterator[Sequence[Item]]:
    """The items a thousand at a time, with a place to end after each; each item counts for so many steps."""
    for start in range(0, len(items), _PORTION):
        portion = items[start : start + _PORTION]
        yield portion
        step(count * len(portion))


def no_way_back(what: str) -> None:
    """What is done from here on cannot be ended any more; whoever listens is told once and may still end it now."""
    begin(what)
    if ear := _EAR.get():
        ear.tell = None


@contextmanager
def heard(raw: sqlite3.Connection) -> Iterator[None]:
    """Let whoever listens end a statement of this connection, however long it runs."""
    ear = _EAR.get()
    if ear is None:
        yield
        return
    ended: list[BaseException] = []

    def look() -> int:
        try:
            ear.look()
        except BaseException as reason:  # noqa: BLE001  the engine would print it and go on; it is raised below
            ended.append(reason)
        return len(ended)

    raw.set_progress_handler(look, _STEPS)
    try:
        yield
    except Exception as error:
        if ended or _is_interrupted(error):  # without a reason it was Ctrl+C on the way into `look`
            raise ended[0] if ended else KeyboardInterrupt from None
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _is_interrupted(error: Exception) -> bool:
    cause = getattr(error, "orig", error)  # SQLAlchemy wraps what the engine says
    return getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
