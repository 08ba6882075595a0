"""What a batch changed, as one message for everybody who shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pmo_desktop.model.source import CellSource
from pmo_desktop.store.connection import Connection


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
    touched = "SELECT DISTINCT entity, row FROM change WHERE batch = ?"
    for entity, row in connection.raw.execute(touched, (batch,)):
        found[entity].add(row)
    if CellSource.__tablename__ in found:
        for entity, row in connection.raw.execute(_OWNERS, (batch,)):
            found[entity].add(row)
    return Changed(batch, {entity: frozenset(rows) for entity, rows in found.items()})


_OWNERS = f"""SELECT DISTINCT register, row FROM {CellSource.__tablename__} WHERE id IN
(SELECT row FROM change WHERE batch = ? AND entity = '{CellSource.__tablename__}')"""  # noqa: S608  a constant
