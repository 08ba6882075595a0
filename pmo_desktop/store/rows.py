"""Queries to plain rows: dicts of typed values, custom values flattened in, names for links."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from pmo_desktop.model.catalog import custom_field, entities, fields
from pmo_desktop.model.custom import CustomField
from pmo_desktop.model.kind import CUSTOM_PREFIX, Field, Kind
from pmo_desktop.model.person import Person
from pmo_desktop.model.programme import Portfolio, Programme
from pmo_desktop.model.project import Project
from pmo_desktop.model.setting import SETTINGS_ID
from pmo_desktop.model.source import CellSource
from pmo_desktop.model.types import MEASURE_SCALE
from pmo_desktop.store.file import Store

Record = dict[str, Any]
CHUNK = 30_000  # SQLite takes 32,766 bound values


def read_rows(store: Store, entity: str, ids: Collection[str] | None = None) -> list[Record]:
    """The rows of an entity in the order they were made: field name -> typed value, `custom.<id>` for custom values."""
    with store.reading() as connection:
        return rows_of(connection, entity, ids)


def rows_of(connection: Connection, entity: str, ids: Collection[str] | None = None) -> list[Record]:
    """`read_rows` on a connection already at hand, as inside a batch."""
    table = entities()[entity].__table__
    found = _fetch(connection, select(table).order_by(table.c.id), table.c.id, ids)
    names = table.columns.keys()
    rows = [dict(zip(names, row, strict=True)) for row in found]
    if "custom" in table.columns:
        _flatten_custom(rows, custom_fields_of(connection, entity))
    return rows


def read_row(store: Store, entity: str, identity: str) -> Record | None:
    """One row, or None when it is gone."""
    return next(iter(read_rows(store, entity, [identity])), None)


def row_count(store: Store, entity: str) -> int:
    """How many rows an entity has."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(entities()[entity].__table__)).scalar_one()


def read_settings(store: Store) -> Record:
    """The settings of the file."""
    row = read_row(store, "settings", SETTINGS_ID)
    assert row is not None, "a portfolio always has its settings row"  # noqa: S101
    return row


def data_date(settings: Record) -> date:
    """The day lateness is judged by: the setting, or today when it is empty."""
    return settings["data_date"] or date.today()  # noqa: DTZ011  the reader's own day is what is meant


def read_names(store: Store) -> dict[str, str]:
    """What every project, programme, portfolio and person is called, by id; a project without a name by its ID."""
    named = (
        select(Person.id, Person.name),
        select(Programme.id, Programme.name),
        select(Portfolio.id, Portfolio.name),
    )
    with store.reading() as connection:
        names = {identity: name for query in named for identity, name in connection.execute(query)}
        for identity, ref, name in connection.execute(select(Project.id, Project.ref, Project.name)):
            names[identity] = name or ref or "Unnamed project"
    return names


def read_custom_fields(store: Store, entity: str) -> tuple[Field, ...]:
    """The organisation's own fields of an entity, in their order."""
    with store.reading() as connection:
        return custom_fields_of(connection, entity)


def custom_fields_of(connection: Connection, entity: str) -> tuple[Field, ...]:
    """`read_custom_fields` on a connection already at hand."""
    table = CustomField.__table__
    query = select(table).where(table.c.register == entity).order_by(table.c.position, table.c.id)
    return tuple(custom_field(dict(row._mapping)) for row in connection.execute(query))  # noqa: SLF001  public by its docs


def register_fields(store: Store, entity: str) -> tuple[Field, ...]:
    """Declared fields, then custom ones."""
    return fields(entity) + read_custom_fields(store, entity)


def read_texts(store: Store, entity: str) -> dict[tuple[str, str], Record]:
    """The kept texts of an entity's cells by (row id, field name)."""
    table = CellSource.__table__
    with store.reading() as connection:
        found = connection.execute(select(table).where(table.c.register == entity)).fetchall()
    names = table.columns.keys()
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return {(row["row"], row["name"]): row for row in rows}


def custom_value(kind: Kind, raw: Any) -> Any:
    """A stored custom value (text or integer) as its typed value."""
    if raw is None:
        return None
    if kind in (Kind.NUMBER, Kind.PERCENT):
        return raw / MEASURE_SCALE
    if kind in (Kind.DATE, Kind.MONTH):
        return date.fromisoformat(raw)
    return bool(raw) if kind is Kind.YESNO else raw


def custom_raw(kind: Kind, value: Any) -> Any:
    """A typed value as it is stored in the custom column: text or integer."""
    if value is None:
        return None
    if kind in (Kind.NUMBER, Kind.PERCENT):
        return round(value * MEASURE_SCALE)
    if kind in (Kind.DATE, Kind.MONTH):
        return value.isoformat()
    return int(value) if kind is Kind.YESNO else value


def _fetch(
    connection: Connection, query: Select[*tuple[Any, ...]], key: Any, ids: Collection[str] | None
) -> Iterable[Row[*tuple[Any, ...]]]:
    if ids is None:
        return connection.execute(query).fetchall()
    wanted = list(ids)
    chunks = (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
    return [row for chunk in chunks for row in connection.execute(query.where(key.in_(chunk)))]


def _flatten_custom(rows: list[Record], definitions: tuple[Field, ...]) -> None:
    keyed = [(each.name, each.name.removeprefix(CUSTOM_PREFIX), each.kind) for each in definitions]
    for row in rows:
        values = row.pop("custom")
        for name, key, kind in keyed:
            row[name] = custom_value(kind, values.get(key))
