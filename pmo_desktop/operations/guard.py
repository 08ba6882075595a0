"""The PMO's rules at work: before a batch is saved, what it does is judged, refused or told of among the overrides.

Every deed that may write a guarded cell ends its batch with `guard`, which looks at the journal of that very batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING

from pmo_desktop.store.connection import Connection

if TYPE_CHECKING:
    from pmo_desktop.rules.authority import Grant

_GRANTED: ContextVar[Grant | None] = ContextVar("granted", default=None)


@contextmanager
def granting(granted: Grant | None) -> Iterator[None]:
    """What is done inside has been granted so much: a reason, an approver, an expiry, a second person."""
    token = _GRANTED.set(granted)
    try:
        yield
    finally:
        _GRANTED.reset(token)


def guard(connection: Connection, *, on: date | None = None, imported: str = "") -> None:
    """Judge what the open batch did so far, on a day or else the data date, and tell of each rule it got past.

    `imported`: the file it comes from, which is never refused: everything a rule has a word on is told as a warning.
    Raises Ruled when a rule asks for more than was granted, and Known when somebody approved their own; the batch then
    leaves nothing. Where no authority has been set, which is supportive, it costs one look at an empty table.
    """
    if connection.raw.execute("SELECT 1 FROM authority LIMIT 1").fetchone() is None:
        return
    from pmo_desktop.operations.judging import judge_batch  # noqa: PLC0415  most files set no authority

    judge_batch(connection, _GRANTED.get(), on, imported)
