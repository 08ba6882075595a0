"""Who stays when a project is over, and what somebody has to keep then."""

from __future__ import annotations

from datetime import date

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.words import RecordStatus
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.rows import Record, linked_rows, rows_of


def read_staying(connection: Connection, project: Record, day: date) -> frozenset[str]:
    """The ids of the people who are still there after a day and do not manage the project, whose part ends with it."""
    leaving = {row["person"] for row in rows_of(connection, "resource") if row["end"] is not None and row["end"] <= day}
    gone = leaving | {project["pm"]}
    people = rows_of(connection, "person")
    return frozenset(row["id"] for row in people if row["status"] != RecordStatus.CLOSED and row["id"] not in gone)


def open_entries(connection: Connection, entity: str, project: str) -> list[Record]:
    """The entries of a register that belong to a project and are not at their end."""
    ending = BY_ENTITY[entity].ending
    rows = linked_rows(connection, entity, "project", [project])
    return [row for row in rows if ending is None or not ending.is_over(row)]
