"""One builder per entity: the shortest way to a row of it; and the hash of all that a portfolio holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import rows_of


def a_row(store: Store, entity: str, **values: Any) -> str:
    """One row of any entity, as a batch of its own; its id."""
    identity: str = values.get("id") or new_id()
    with batch(store, f"New {entity}") as work:
        work.connection.execute(insert(entities()[entity]), values | {"id": identity})
    return identity


def a_project(store: Store, name: str = "Alpha", **values: Any) -> str:
    """A project."""
    return a_row(store, "project", name=name, **values)


def a_programme(store: Store, name: str = "Customer", **values: Any) -> str:
    """A programme."""
    return a_row(store, "programme", name=name, **values)


def a_portfolio(store: Store, name: str = "Change", **values: Any) -> str:
    """A portfolio."""
    return a_row(store, "portfolio", name=name, **values)


def a_person(store: Store, name: str = "Priya Nair", **values: Any) -> str:
    """A person."""
    return a_row(store, "person", **({"name": name, "verified": True} | values))


def a_milestone(store: Store, project: str, name: str = "Go live", **values: Any) -> str:
    """A milestone of a project."""
    return a_row(store, "milestone", project=project, name=name, **values)


def a_report(store: Store, project: str, period_end: date = date(2026, 10, 31), **values: Any) -> str:
    """A status report of a project."""
    return a_row(store, "status_report", project=project, period_end=period_end, **values)


def a_baseline(store: Store, project: str, replaced_on: date = date(2026, 10, 1), **values: Any) -> str:
    """A baseline a project was held to before."""
    return a_row(store, "baseline", project=project, replaced_on=replaced_on, **values)


def a_custom_field(store: Store, label: str = "Ward", kind: str = "text", **values: Any) -> str:
    """A field of the organisation's own, on projects unless `register` says otherwise."""
    return a_row(
        store, "custom_field", **({"register": "project", "label": label, "kind": kind, "position": 1} | values)
    )


def a_resource(store: Store, name: str = "Chris Obi", **values: Any) -> str:
    """A resource of a portfolio, full time unless it says otherwise."""
    return a_row(store, "resource", name=name, **values)


def an_allocation(store: Store, resource: str, project: str | None = None, **values: Any) -> str:
    """A booking of a resource: half of the week of 16 November 2026 unless it says otherwise."""
    week = {"period_start": date(2026, 11, 16), "period_end": date(2026, 11, 20), "quantity": 50.0, "unit": "%"}
    return a_row(store, "allocation", resource=resource, project=project, **(week | values))


def a_kept_text(store: Store, row: str, name: str = "finish_forecast", text: str = "end Mar 27", **values: Any) -> str:
    """The text of an imported cell of a project."""
    return a_row(store, "cell_source", **({"register": "project", "row": row, "name": name, "text": text} | values))


def a_view(store: Store, name: str = "Red ones", **values: Any) -> str:
    """A saved view of the projects."""
    return a_row(store, "saved_view", **({"register": "projects", "name": name, "definition": "{}"} | values))


def change_row(store: Store, entity: str, identity: str, **values: Any) -> int:
    """Change cells of one row as one batch; its number."""
    table = entities()[entity].__table__
    with batch(store, f"Change {', '.join(values)}") as work:
        work.connection.execute(update(table).where(table.c.id == identity).values(values))
    return work.id


def remove_row(store: Store, entity: str, identity: str) -> int:
    """Delete one row as one batch; its number."""
    table = entities()[entity].__table__
    with batch(store, f"Delete {entity}") as work:
        work.connection.execute(table.delete().where(table.c.id == identity))
    return work.id


def state_of(store: Store) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every entity, the journal left out."""
    with store.reading() as connection:
        return {entity: rows_of(connection, entity) for entity in entities()}


def state_hash(store: Store) -> str:
    """The SHA-256 of everything stored, as it lies in the tables; equal for equal portfolios of any history."""
    digest = hashlib.sha256()
    with store.reading() as connection:
        for entity, mapped in entities().items():
            names = ", ".join(f'"{column.name}"' for column in mapped.__table__.columns)
            rows = connection.raw.execute(f'SELECT {names} FROM "{entity}" ORDER BY id').fetchall()
            digest.update(repr((entity, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()
