"""Portfolios of any size for benchmarks: the sample's projects, milestones and reports over and over again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store

COPIED = ("project", "milestone", "status_report")


def grow_sample(store: Store, projects: int) -> None:
    """Fill an empty portfolio with the sample, its projects repeated until there are so many."""
    load_sample(store)
    with batch(store, f"Grow to {projects:,} projects") as work:
        tables = {name: entities()[name].__table__ for name in COPIED}
        first = {
            name: [dict(row._mapping) for row in work.connection.execute(select(table).order_by(table.c.id))]
            for name, table in tables.items()
        }
        have = len(first["project"])
        for lap in range(1, -(-projects // have)):
            originals = first["project"][: projects - lap * have]
            copies = {row["id"]: row | {"id": new_id(), "ref": f"{row['ref']}-{lap}"} for row in originals}
            work.connection.execute(insert(tables["project"]), list(copies.values()))
            for name in COPIED[1:]:
                rows = [_moved(row, copies) for row in first[name] if row["project"] in copies]
                work.connection.execute(insert(tables[name]), rows)


def _moved(row: dict[str, Any], copies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return row | {"id": new_id(), "project": copies[row["project"]]["id"]}
