"""What a batch changed, as one message for everybody who shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pmo_desktop.model.journal import Change
from pmo_desktop.model.source import CellSource


@dataclass(frozen=True, slots=True)
class Changed:
    """The rows one batch touched, by entity."""

    batch: int
    rows: dict[str, frozenset[str]]

    def touches(self, *entities: str) -> bool:
        """Whether any of these entities has a changed row."""
        return any(entity in self.rows for entity in entities)


def read_changed(connection: Connection, batch: int) -> Changed:
    """The message for one batch; a kept text names the row it belongs to as well."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entity, row in connection.execute(select(Change.entity, Change.row).where(Change.batch == batch).distinct()):
        found[entity].add(row)
    if CellSource.__tablename__ in found:
        for entity, row in _owners(connection, batch):
            found[entity].add(row)
    return Changed(batch, {entity: frozenset(rows) for entity, rows in found.items()})


def _owners(connection: Connection, batch: int) -> list[tuple[str, str]]:
    touched = select(Change.row).where(Change.batch == batch, Change.entity == CellSource.__tablename__)
    found = connection.execute(select(CellSource.register, CellSource.row).where(CellSource.id.in_(touched)).distinct())
    return [(register, row) for register, row in found]
