"""Deleting rows: what goes with them, what only loses a link, said before and done as one step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pmo_desktop.model.attachment import Attachment
from pmo_desktop.model.catalog import all_fields, entities, find_field
from pmo_desktop.model.kind import Field
from pmo_desktop.model.source import CellSource
from pmo_desktop.operations.naming import count_rows, say_count
from pmo_desktop.rules.wording import label_inside
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store

ATTACHED = Attachment.__tablename__


@dataclass(slots=True)
class Consequences:
    """Rows that go, by entity in the order they must go; links that are emptied, by entity and field."""

    going: dict[str, set[str]] = field(default_factory=dict)
    emptied: dict[tuple[str, str], set[str]] = field(default_factory=dict)


def deletion_sentence(store: Store, entity: str, ids: Collection[str]) -> str:
    """What a deletion takes along and what it leaves, in one or two sentences."""
    with store.reading() as connection:
        found = _consequences(connection, entity, ids)
    along = [say_count(len(rows), name) for name, rows in found.going.items() if name != entity and rows]
    sentence = f"Delete {count_rows(store, entity, ids)}" + (f" with {_listed(along)}" if along else "") + "."
    losing = [
        f"{say_count(len(rows), name)} will have no {label_inside(find_field(name, column).label)}"
        for (name, column), rows in found.emptied.items()
        if rows
    ]
    return f"{sentence} {_listed(losing)}." if losing else sentence


def delete_records(store: Store, entity: str, ids: Collection[str]) -> int | None:
    """Delete rows, the rows that belong to them, and the texts kept for either; empty the links to them."""
    with batch(store, f"Delete {count_rows(store, entity, ids)}") as work:
        connection = work.connection
        found = _consequences(connection, entity, ids)
        for (name, column), rows in found.emptied.items():
            table = entities()[name].__table__
            keys = [{"key": row} for row in sorted(rows)]
            if keys:
                connection.execute(
                    sql.update(table).where(table.c.id == sql.bindparam("key")).values({column: None}), keys
                )
        for name, rows in reversed(found.going.items()):
            delete_rows(connection, name, rows)
    return work.id if work.changed else None


def _consequences(connection: Connection, entity: str, ids: Collection[str]) -> Consequences:
    found = Consequences({entity: set(ids)})
    queue = [(entity, set(ids))]
    while queue:
        target, gone = queue.pop()
        if attached := _attached_to(connection, target, gone):
            found.going.setdefault(ATTACHED, set()).update(attached)
        for name, link in links_to(target):
            rows = _pointing(connection, name, link, gone) - found.going.get(name, set())
            if not rows:
                continue
            if link.required:
                found.going.setdefault(name, set()).update(rows)
                queue.append((name, rows))
            else:
                found.emptied.setdefault((name, link.name), set()).update(rows)
    for (name, _), rows in found.emptied.items():
        rows.difference_update(found.going.get(name, ()))
    return found


def links_to(target: str) -> Iterator[tuple[str, Field]]:
    """Every link field that points to rows of an entity, with the entity it stands on."""
    for name in entities():
        yield from ((name, link) for link in all_fields(name) if link.to == target)


def _pointing(connection: Connection, name: str, link: Field, gone: set[str]) -> set[str]:
    column = entities()[name].__table__.c[link.name]
    query = sql.select(entities()[name].id, column).where(column.is_not(None))
    return {row for row, points in connection.execute(query).fetchall() if points in gone}


def delete_rows(connection: Connection, name: str, rows: Collection[str]) -> None:
    """Delete rows of an entity and the texts kept for them; nothing may point to them any more."""
    table, texts = entities()[name].__table__, CellSource.__table__
    keys = [{"key": row} for row in sorted(rows)]
    if not keys:
        return
    connection.execute(sql.delete(texts).where(texts.c.register == name, texts.c.row == sql.bindparam("key")), keys)
    connection.execute(sql.delete(table).where(table.c.id == sql.bindparam("key")), keys)


def _attached_to(connection: Connection, name: str, rows: set[str]) -> set[str]:
    """The attachments of rows of an entity: they name it by its table, since any entity may have some."""
    table = Attachment.__table__
    query = sql.select(table.c.id, table.c.row).where(table.c.register == name)
    return {identity for identity, row in connection.execute(query).fetchall() if row in rows}


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
