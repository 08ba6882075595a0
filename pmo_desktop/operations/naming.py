"""How sentences call rows: by reference where there is one, else by name; several by their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from pmo_desktop.model.catalog import find_field
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.values import NewName
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_row


def call_row(store: Store, entity: str, identity: str) -> str:
    """`HW-101`, `Priya Nair`, `Go-live of HW-101`; "a project" when it is gone."""
    info = BY_ENTITY[entity]
    row = read_row(store, entity, identity)
    if row is None:
        return f"a {info.one}"
    named = _name_of(store, entity, row)
    if info.within and row[info.within]:
        return f"{named} of {_owner(store, find_field(entity, info.within).to, row[info.within])}"
    return named


def count_rows(store: Store, entity: str, ids: Collection[str]) -> str:
    """`HW-101` for one row, `4 projects` for several."""
    if len(ids) == 1:
        return call_row(store, entity, next(iter(ids)))
    return f"{len(ids):,} {BY_ENTITY[entity].many}"


def say_count(number: int, entity: str) -> str:
    """`1 milestone`, `5 milestones`."""
    info = BY_ENTITY.get(entity)
    one, many = (info.one, info.many) if info else (entity.replace("_", " "), entity.replace("_", " ") + "s")
    return f"{number:,} {one if number == 1 else many}"


def call_new(store: Store, entity: str, row: Mapping[str, Any]) -> str:
    """What a row that is being made is called; empty when it has no name yet."""
    info = BY_ENTITY[entity]
    title = row.get(info.title)
    if title is None or title == "":
        return str((row.get(info.ref) if info.ref else None) or "").strip()
    to = find_field(entity, info.title).to
    named = _owner(store, to, title) if to and not isinstance(title, NewName) else _said(title).strip()
    if not (info.by and info.within and row.get(info.within)):
        return named
    within = row[info.within]
    owner = within if isinstance(within, NewName) else _owner(store, find_field(entity, info.within).to, within)
    return f"{named} of {owner}"


def _said(title: Any) -> str:
    return day_text(title) if isinstance(title, date) else str(title)


def _name_of(store: Store, entity: str, row: Record) -> str:
    info = BY_ENTITY[entity]
    named = (row[info.ref] if info.ref else None) or row[info.title]
    if named is None:
        return f"an unnamed {info.one}" if info.by else "an unnamed row"
    to = find_field(entity, info.title).to
    return _owner(store, to, named) if to else _said(named)


def _owner(store: Store, entity: str, identity: str) -> str:
    info = BY_ENTITY[entity]
    row = read_row(store, entity, identity)
    called = (row[info.ref] if info.ref else None) or row[info.title] if row else None
    return str(called or f"a {info.one}")
