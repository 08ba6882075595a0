"""The journal's writers: TEMP triggers made from the declarations each time a connection opens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.entity import Entity

OUTSIDE = "write outside a batch"
_BATCH = "(SELECT id FROM open_batch)"
_GUARD = f"SELECT RAISE(ABORT, '{OUTSIDE}') WHERE NOT EXISTS (SELECT 1 FROM open_batch);"
_CHANGE = "INSERT INTO change (batch, entity, row, field, old, new)"


def install_triggers(raw: sqlite3.Connection) -> None:
    """Give a connection its journal; after any migration, since recreating a table drops its triggers."""
    statements = ["CREATE TEMP TABLE open_batch (id INTEGER NOT NULL)"]
    for entity in entities().values():
        statements += triggers_of(entity)
    raw.executescript("BEGIN;" + ";".join(statements) + ";COMMIT;")


def triggers_of(entity: type[Entity]) -> Iterator[str]:
    """The three triggers of one table, as SQL; every name in them was declared."""
    name = entity.__tablename__
    head = f"CREATE TEMP TRIGGER journal_{{}}_{name} AFTER {{}} ON main.{name} BEGIN {_GUARD} "
    born = f"{_CHANGE} VALUES ({_BATCH}, '{name}', NEW.id, '', NULL, {cells_json(entity, 'NEW')});"
    died = f"{_CHANGE} VALUES ({_BATCH}, '{name}', OLD.id, '', {cells_json(entity, 'OLD')}, NULL);"
    yield head.format("insert", "INSERT") + born + "END"
    yield head.format("delete", "DELETE") + died + "END"
    yield head.format("update", "UPDATE") + "".join(_update_body(entity)) + "END"


def cells_json(entity: type[Entity], alias: str) -> str:
    """SQL for a row's cells as JSON, empty ones left out; equal rows give equal text.

    Put together cell by cell: json_object takes no more than 63 cells in many versions of SQLite.
    """
    named = [(each.name, f'{alias}."{each.name}"') for each in entity.__cells__]
    filled = (f"CASE WHEN {cell} IS NULL THEN '' ELSE ',\"{name}\":' || json_quote({cell}) END" for name, cell in named)
    return f"'{{' || substr({' || '.join(filled)}, 2) || '}}'"


def _update_body(entity: type[Entity]) -> Iterator[str]:
    yield "SELECT RAISE(ABORT, 'an id may not change') WHERE OLD.id IS NOT NEW.id;"
    names = [each.name for each in entity.__cells__]
    plain = [each for each in names if each not in ("id", "custom")]
    cells = " UNION ALL ".join(f'SELECT \'{each}\' AS f, OLD."{each}" AS o, NEW."{each}" AS n' for each in plain)
    yield f"{_CHANGE} SELECT {_BATCH}, '{entity.__tablename__}', NEW.id, f, o, n FROM ({cells}) WHERE o IS NOT n;"
    if "custom" in names:
        yield _custom_body(entity.__tablename__)


def _custom_body(name: str) -> str:
    old, new = (f"json_extract({alias}.custom, '$.\"' || k.key || '\"')" for alias in ("OLD", "NEW"))
    keys = "SELECT key FROM json_each(OLD.custom) UNION SELECT key FROM json_each(NEW.custom)"
    return (
        f"{_CHANGE} SELECT {_BATCH}, '{name}', NEW.id, 'custom.' || k.key, {old}, {new} FROM ({keys}) AS k "
        f"WHERE OLD.custom IS NOT NEW.custom AND {old} IS NOT {new};"
    )


def trigger_names(raw: sqlite3.Connection) -> Iterable[str]:
    """The triggers a connection has, for the check that none is missing."""
    return [row[0] for row in raw.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")]
