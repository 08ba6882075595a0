"""Saved views: a table's columns, sorting, grouping and filters under a name the team shares."""

from __future__ import annotations

from pmo_desktop.model.setting import SavedView
from pmo_desktop.model.types import new_id
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows


def read_views(store: Store, register: str) -> list[Record]:
    """The saved views of a register by name."""
    found = [row for row in read_rows(store, "saved_view") if row["register"] == register]
    return sorted(found, key=lambda row: str(row["name"]).casefold())


def save_view(store: Store, register: str, name: str, definition: str) -> None:
    """Keep a view under a name; one of that name is replaced. `definition` is JSON, read back as it was given."""
    name = name.strip()
    if not name:
        message = "The view was not saved: it needs a name. Type one."
        raise Known(message)
    with batch(store, f"Save view {name}") as work:
        same = (SavedView.register == register, SavedView.name == name)
        there = work.connection.execute(sql.select(SavedView.id).where(*same)).scalar()
        if there:
            work.connection.execute(sql.update(SavedView).where(SavedView.id == there).values(definition=definition))
            return
        row = {"id": new_id(), "register": register, "name": name, "definition": definition}
        work.connection.execute(sql.insert(SavedView), row)


def delete_view(store: Store, register: str, name: str) -> None:
    """Delete a view; the rows it shows stay."""
    with batch(store, f"Delete view {name}") as work:
        work.connection.execute(sql.delete(SavedView).where(SavedView.register == register, SavedView.name == name))
