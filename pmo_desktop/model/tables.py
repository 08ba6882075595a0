"""Core tables made from the declarations, each when it is first asked for: only here the model speaks SQLAlchemy."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from pmo_desktop.model.field import Stored
from pmo_desktop.model.types import Form

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMING)
_making = threading.RLock()  # a worker and the window may ask for the same table at once


def table_of(name: str, cells: Iterable[Stored[Any]]) -> Table:
    """The table of that name, of these cells; STRICT, as are all of a portfolio."""
    with _making:
        made = METADATA.tables.get(name)
        return Table(name, METADATA, *map(_column, cells), sqlite_strict=True) if made is None else made


def _column(cell: Stored[Any]) -> Column[Any]:
    return Column(
        cell.name,
        column_type(cell.form),
        *([ForeignKey(f"{cell.to}.id")] if cell.to else ()),
        primary_key=cell.key,
        nullable=not cell.required,
        index=cell.indexed,
        default=cell.default,
    )


def column_type(form: Form) -> TypeEngine[Any]:
    """The column type of a form, which converts as the form says.

    STRICT tables reject SQLAlchemy's own dates, truth values and numbers.
    """
    if form.sql == "ANY":
        return Anything()
    if form.sql == "BLOB":
        return LargeBinary()
    if form.store is None:
        return Text() if form.sql == "TEXT" else Integer()
    return ConvertedText(form) if form.sql == "TEXT" else ConvertedInteger(form)


class ConvertedText(TypeDecorator[Any]):
    """A value kept as text in its form."""

    impl: type[TypeEngine[Any]] = Text
    cache_ok = True

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None or self.form.store is None else self.form.store(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None or self.form.read is None else self.form.read(value)


class ConvertedInteger(ConvertedText):
    """A value kept as an integer in its form."""

    impl = Integer
    cache_ok = True


class Anything(UserDefinedType[Any]):
    """SQLite's ANY."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "ANY"
