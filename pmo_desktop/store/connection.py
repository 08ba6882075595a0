"""A connection to read and write with: plain SQL on the raw one, SQLAlchemy's statements over it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVarTuple, overload

from pmo_desktop.store.errors import Bug

if TYPE_CHECKING:  # an open file is read without SQLAlchemy
    from sqlalchemy import Connection as Spoken
    from sqlalchemy import CursorResult, ExceptionContext, Executable
    from sqlalchemy.sql.selectable import TypedReturnsRows

Ts = TypeVarTuple("Ts")
AMONG = "(SELECT value FROM json_each(?))"  # any number of ids as one bound value, a JSON list


class Connection:
    """The one raw connection of a file or a copy, and SQLAlchemy's over the same one, made for its first statement.

    Both see the same transaction; it is begun and ended on the raw one only.
    """

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self._spoken: Spoken | None = None

    def speak(self) -> Spoken:
        """SQLAlchemy's connection.

        Raises Bug when it is first asked for inside a transaction: its first look at the engine ends with a rollback.
        """
        if self._spoken is None:
            if self.raw.in_transaction:
                message = "SQLAlchemy was first asked for inside an open batch"
                raise Bug(message)
            self._spoken = wrap(self.raw)
        return self._spoken

    @overload
    def execute(
        self, statement: TypedReturnsRows[*Ts], values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*Ts]: ...

    @overload
    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*tuple[Any, ...]]: ...

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one of SQLAlchemy's statements, once or once for each mapping of values."""
        return self.speak().execute(statement, values)

    def close(self) -> None:
        """Let SQLAlchemy go; the raw connection is closed by whoever opened it."""
        if self._spoken is not None:
            self._spoken.close()


def wrap(raw: sqlite3.Connection) -> Spoken:
    """The SQLAlchemy connection over a raw one; transactions are begun and ended on the raw one only.

    StaticPool without reset: a second Connection that is collected would otherwise roll back ours. Ctrl+C in the midst
    of a statement would have SQLAlchemy close the raw connection, which is not its own.
    """
    from sqlalchemy import create_engine, event  # noqa: PLC0415  36 MB and 0.2 s: not before somebody writes
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415

    engine = create_engine(
        "sqlite://", creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None, hide_parameters=True
    )
    event.listen(engine, "handle_error", _stay)
    return engine.connect()


def _stay(context: ExceptionContext) -> None:
    context.is_disconnect = False
