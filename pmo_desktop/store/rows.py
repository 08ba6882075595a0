"""Queries to plain rows: dicts of typed values, custom values flattened in, names for links."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from pmo_desktop.model.catalog import custom_field, entities, fields
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_ENTITY, linked
from pmo_desktop.model.setting import SETTINGS_ID
from pmo_desktop.model.source import CellSource
from pmo_desktop.model.types import FORMS, JSON
from pmo_desktop.store.connection import AMONG, Connection
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import portions, through

Record = dict[str, Any]


def read_rows(store: Store, entity: str, ids: Collection[str] | None = None) -> list[Record]:
    """The rows of an entity in the order they were made: field name -> typed value, `custom.<id>` for custom values."""
    with store.reading() as connection:
        return rows_of(connection, entity, ids)


def rows_of(connection: Connection, entity: str, ids: Collection[str] | None = None) -> list[Record]:
    """`read_rows` on a connection already at hand, as inside a batch."""
    rows = _select(connection, entity, *_among(ids))
    if rows and "custom" in rows[0]:
        _flatten_custom(rows, custom_fields_of(connection, entity))
    return rows


def read_row(store: Store, entity: str, identity: str) -> Record | None:
    """One row, or None when it is gone."""
    return next(iter(read_rows(store, entity, [identity])), None)


def read_linked(store: Store, entity: str, link: str, to: Collection[str]) -> list[Record]:
    """The rows of an entity whose link of that name points to one of some rows, in the order they were made.

    Custom values stay together in `custom`, by the ids of their fields.
    """
    with store.reading() as connection:
        return linked_rows(connection, entity, link, to)


def linked_rows(connection: Connection, entity: str, link: str, to: Collection[str]) -> list[Record]:
    """`read_linked` on a connection already at hand."""
    (name,) = {cell.name for cell in entities()[entity].__cells__ if cell.name == link}
    rows = _select(connection, entity, f'WHERE "{name}" IN {AMONG} ORDER BY id', list_ids(to))
    if rows and "custom" in rows[0]:
        _convert(rows, "custom", JSON.read or json.loads)
    return rows


def read_columns(store: Store, entity: str, *names: str) -> list[tuple[Any, ...]]:
    """Some cells of every row, in the order the rows were made, as stored: ISO dates, ten-thousandths, ids.

    For figures over tens of thousands of rows, where to make whole typed rows would take most of the time. KeyError
    for a cell there is not.
    """
    known = {cell.name: f'"{cell.name}"' for cell in entities()[entity].__cells__}
    listed = ", ".join(known[name] for name in names)
    with store.reading() as connection:
        return connection.raw.execute(f"SELECT {listed} FROM {_table(entity)} ORDER BY id").fetchall()


def row_count(store: Store, entity: str) -> int:
    """How many rows an entity has."""
    with store.reading() as connection:
        count: int = connection.raw.execute(f"SELECT count(*) FROM {_table(entity)}").fetchone()[0]
    return count


def read_settings(store: Store) -> Record:
    """The settings of the file."""
    row = read_row(store, "settings", SETTINGS_ID)
    assert row is not None, "a portfolio always has its settings row"  # noqa: S101
    return row


def data_date(settings: Record) -> date:
    """The day lateness is judged by: the setting, or today when it is empty."""
    return settings["data_date"] or date.today()  # noqa: DTZ011  the reader's own day is what is meant


def read_names(store: Store) -> dict[str, str]:
    """What every row that others may name is called, by id; a project without a name by its ID."""
    with store.reading() as connection:
        found = connection.raw.execute(_names_query()).fetchall()
    return dict(found)


def read_custom_fields(store: Store, entity: str) -> tuple[Field, ...]:
    """The organisation's own fields of an entity, in their order."""
    with store.reading() as connection:
        return custom_fields_of(connection, entity)


def custom_fields_of(connection: Connection, entity: str) -> tuple[Field, ...]:
    """`read_custom_fields` on a connection already at hand."""
    rows = _select(connection, "custom_field", "WHERE register = ? ORDER BY position, id", entity)
    return tuple(custom_field(row) for row in rows)


def register_fields(store: Store, entity: str) -> tuple[Field, ...]:
    """Declared fields, then custom ones."""
    return fields(entity) + read_custom_fields(store, entity)


def read_texts(store: Store, entity: str) -> dict[tuple[str, str], Record]:
    """The kept texts of an entity's cells by (row id, field name)."""
    with store.reading() as connection:
        rows = _select(connection, CellSource.__tablename__, "WHERE register = ?", entity)
    return {(row["row"], row["name"]): row for row in rows}


def custom_values_of(connection: Connection, entity: str, ids: Iterable[str]) -> dict[str, Record]:
    """The stored custom values of rows by id; a row that is gone is not in the answer, one without any has none."""
    held = "custom" if any(each.name == "custom" for each in entities()[entity].__cells__) else "'{}'"
    query = f"SELECT id, {held} FROM {_table(entity)} WHERE id IN {AMONG}"
    read = JSON.read or json.loads
    return {identity: read(custom) for identity, custom in connection.raw.execute(query, (list_ids(ids),))}


def text_keys_of(connection: Connection, entity: str, rows: Iterable[str]) -> dict[tuple[str, str], str]:
    """The ids of the kept texts of some rows by (row id, field name)."""
    query = f"SELECT row, name, id FROM {CellSource.__tablename__} WHERE register = ? AND row IN {AMONG}"
    found = connection.raw.execute(query, (entity, list_ids(rows)))
    return {(row, name): identity for row, name, identity in found}


def custom_value(kind: Kind, raw: Any) -> Any:
    """A stored custom value (text or integer) as its typed value."""
    read = FORMS[kind].read
    return raw if raw is None or read is None else read(raw)


def custom_raw(kind: Kind, value: Any) -> Any:
    """A typed value as it is stored in the custom column: text or integer."""
    store = FORMS[kind].store
    return value if value is None or store is None else store(value)


def _select(connection: Connection, entity: str, where: str, *values: Any) -> list[Record]:
    """Whole rows, each cell typed as its form says, `custom` as it is stored; `where` binds every value."""
    cells = entities()[entity].__cells__
    names = [cell.name for cell in cells]
    listed = ", ".join(f'"{name}"' for name in names)
    found = connection.raw.execute(f"SELECT {listed} FROM {_table(entity)} {where}", values).fetchall()
    rows = [dict(zip(names, row, strict=True)) for row in through(found)]
    for part in portions(rows):
        for cell in cells:
            if cell.form.read is not None and cell.name != "custom":
                _convert(part, cell.name, cell.form.read)
    return rows


def _convert(rows: Sequence[Record], name: str, read: Callable[[Any], Any]) -> None:
    for row in rows:
        if (stored := row[name]) is not None:
            row[name] = read(stored)


def _table(entity: str) -> str:
    """The quoted name of a declared table; KeyError for any other word."""
    return f'"{entities()[entity].__tablename__}"'


def _among(ids: Collection[str] | None) -> tuple[str, ...]:
    return ("ORDER BY id",) if ids is None else (f"WHERE id IN {AMONG} ORDER BY id", list_ids(ids))


def list_ids(ids: Iterable[str]) -> str:
    """Ids as the one value that AMONG binds."""
    return json.dumps(list(ids))


def _flatten_custom(rows: list[Record], definitions: tuple[Field, ...]) -> None:
    read = JSON.read or json.loads
    keyed = [(each.name, each.name.removeprefix(CUSTOM_PREFIX), each.kind) for each in definitions]
    for row in through(rows):
        values = read(row.pop("custom"))  # never laid in a row: Python's collector looks through rows that held a dict
        for name, key, kind in keyed:
            row[name] = custom_value(kind, values.get(key))


@cache
def _names_query() -> str:
    """One statement for all that links point to; the words in it are declared names, never anybody's."""
    return " UNION ALL ".join(_named(BY_ENTITY[entity]) for entity in linked())


def _named(info: RegisterInfo) -> str:
    table = info.entity.__tablename__
    ref = f", nullif({info.ref}, '')" if info.ref else ""
    return f"SELECT id, coalesce(nullif({info.title}, ''){ref}, 'Unnamed {info.one}') FROM {_table(table)}"
