"""What is remembered of imported files: the lineages of their tables, and the records each has named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo_desktop.model.journal import Batch
from pmo_desktop.model.source import ImportFile, ImportRow
from pmo_desktop.store import sql
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import through


@dataclass(frozen=True, slots=True)
class Lineage:
    """A table that was imported before, as ImportFile keeps it."""

    id: str
    entity: str
    file: str
    sheet: str
    headers: tuple[str, ...]
    since: Mapping[str, int]  # field -> the batch that named it first
    answers: Mapping[str, Any]  # as ImportOptions names them
    batch: int
    at: datetime | None  # the moment of that batch


@dataclass(frozen=True, slots=True)
class Named:
    """A record a lineage has named, as ImportRow keeps it."""

    id: str
    row: str
    line: int
    batch: int
    said: Mapping[str, list[Any]]
    last: str | None


def read_lineages(store: Store) -> list[Lineage]:
    """All lineages of a portfolio, the one imported last first."""
    table, batches = ImportFile.__table__, Batch.__table__
    with store.reading() as connection:
        found = connection.execute(sql.select(table)).fetchall()
        moments = {row.id: row.at for row in connection.execute(sql.select(batches.c.id, batches.c.at))}
    lineages = [
        Lineage(
            row.id,
            row.register,
            row.file,
            row.sheet,
            tuple(json.loads(row.headers)),
            json.loads(row.since),
            json.loads(row.answers),
            int(row.batch),
            moments.get(int(row.batch)),
        )
        for row in found
    ]
    return sorted(lineages, key=lambda each: (each.batch, each.id), reverse=True)


def read_named(store: Store, lineage: str) -> dict[str, Named]:
    """The records a lineage has named, by their id."""
    table = ImportRow.__table__
    columns = (table.c.id, table.c.row, table.c.line, table.c.batch, table.c.said, table.c.last)
    with store.reading() as connection:
        found = connection.execute(sql.select(*columns).where(table.c.file == lineage)).fetchall()
    return {
        row: Named(identity, row, int(line), int(batch), json.loads(said) if said else {}, last)
        for identity, row, line, batch, said, last in through(found)
    }
