"""How sentences call rows: by reference where there is one, else by name; several by their number."""

from __future__ import annotations

from collections.abc import Collection

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_names, read_row


def call_row(store: Store, entity: str, identity: str) -> str:
    """`HW-101`, `Priya Nair`, `Go-live of HW-101`; "a project" when it is gone."""
    info = BY_ENTITY[entity]
    row = read_row(store, entity, identity)
    if row is None:
        return f"a {info.one}"
    named = _name_of(row, info.ref, info.title)
    if info.within and row[info.within]:
        return f"{named} of {_owner(store, row[info.within])}"
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


def _name_of(row: Record, ref: str | None, title: str) -> str:
    named = (row[ref] if ref else None) or row[title]
    return str(named) if named is not None else "an unnamed row"


def _owner(store: Store, project: str) -> str:
    row = read_row(store, "project", project)
    return (row["ref"] or row["name"] or "a project") if row else read_names(store).get(project, "a project")
