"""What an import learnt about people: other spellings of their names, and who is the same person as another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pmo_desktop.model.catalog import entities
from pmo_desktop.operations.deletion import delete_rows, links_to
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection


def remember_spellings(connection: Connection, spellings: Mapping[str, Iterable[str]]) -> None:
    """Add other spellings (by person id) to those that are kept, each once; a person who is gone is left out."""
    table = entities()["person"].__table__
    for person, names in spellings.items():
        row = connection.execute(sql.select(table.c.aliases).where(table.c.id == person)).first()
        if row is not None:
            lines = list(dict.fromkeys([*(row[0] or "").splitlines(), *names]))
            connection.execute(sql.update(table).where(table.c.id == person).values(aliases="\n".join(lines)))


def merge_people(connection: Connection, merged: Mapping[str, str]) -> None:
    """Point everything that points to a person at the one they are, and delete them; both by id."""
    for gone, stays in merged.items():
        for entity, link in links_to("person"):
            table = entities()[entity].__table__
            connection.execute(sql.update(table).where(table.c[link.name] == gone).values({link.name: stays}))
        delete_rows(connection, "person", [gone])
