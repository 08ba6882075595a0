"""What figures and pages ask of the journal: when the portfolio last changed, and what was ever there."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import instant_text
from pmo_desktop.store.connection import AMONG
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import list_ids


@dataclass(frozen=True, slots=True)
class Stamp:
    """The newest batch: its number and its moment in UTC."""

    batch: int
    at: datetime


def read_stamp(store: Store) -> Stamp | None:
    """The newest batch of the file; None when nothing has been written yet."""
    with store.reading() as connection:
        found = connection.raw.execute("SELECT id, at FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    return Stamp(found[0], datetime.fromisoformat(found[1])) if found else None


def cells_at(store: Store, entity: str, fields: Collection[str], moment: datetime) -> dict[str, dict[str, Any]]:
    """What the cells of an entity held at a moment, where that is not what they hold now: row -> field -> as stored.

    A row that was born later has None in every field; one that is gone by now is left out.
    """
    with store.reading() as connection:
        query = f"""SELECT change.row, change.field, change.old FROM change JOIN batch ON batch.id = change.batch
WHERE change.entity = ? AND batch.at > ? AND (change.field = '' OR change.field IN {AMONG}) ORDER BY change.seq"""  # noqa: S608  a constant
        found = connection.raw.execute(query, (entity, instant_text(moment), list_ids(fields))).fetchall()
        there = {row for (row,) in connection.raw.execute(f"SELECT id FROM {entities()[entity].__tablename__}")}  # noqa: S608  a declared name
    held: dict[str, dict[str, Any]] = {}
    for row, name, old in found:
        if row not in there:
            continue
        cells = held.setdefault(row, {})
        before = {name: old} if name else json.loads(old) if old else {}
        for each in (name,) if name else fields:
            cells.setdefault(each, before.get(each))
    return held


def was_ever(store: Store, entity: str, row: str) -> bool:
    """Whether a row of that id was ever there, by the journal."""
    with store.reading() as connection:
        query = "SELECT 1 FROM change WHERE entity = ? AND row = ? LIMIT 1"
        return connection.raw.execute(query, (entity, row)).fetchone() is not None
