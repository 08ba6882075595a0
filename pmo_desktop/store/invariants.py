"""What must hold when a batch ends, whoever wrote it: links point somewhere, a project's reference is its own."""

from __future__ import annotations

from pmo_desktop.model.catalog import entities, find_field
from pmo_desktop.model.journal import Change
from pmo_desktop.model.project import Project
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.watch import Changed

_SHOWN = 3


def check_invariants(connection: Connection, number: int, changed: Changed) -> None:
    """Raises Known, naming the rows, before a batch that breaks a rule can commit."""
    if changed.touches(Project.__tablename__) and _gives_references(connection, number):
        _check_references(connection)
    if _removes_rows(connection, number):
        _check_links(connection)


def _gives_references(connection: Connection, number: int) -> bool:
    """Whether the batch made a project or wrote an ID: looking through all projects would slow every other edit."""
    written = sql.select(Change.seq).where(Change.batch == number, Change.entity == Project.__tablename__)
    return connection.execute(written.where(Change.field.in_(("", "ref"))).limit(1)).first() is not None


def _check_references(connection: Connection) -> None:
    twice = sql.select(Project.ref).where(Project.ref.is_not(None)).group_by(Project.ref).having(sql.func.count() > 1)
    found = connection.execute(twice.limit(1)).scalar()
    if found is not None:
        message = f"Nothing was changed: two projects would have the ID {found}. Give one of them another ID."
        raise Known(message)


def _removes_rows(connection: Connection, number: int) -> bool:
    deaths = sql.select(Change.seq).where(Change.batch == number, Change.field == "", Change.new.is_(None))
    return connection.execute(deaths.limit(1)).first() is not None


def _check_links(connection: Connection) -> None:
    broken = connection.execute(sql.text("PRAGMA foreign_key_check")).fetchall()
    if not broken:
        return
    named = [_name_row(connection, table, rowid) for table, rowid, *_ in broken[:_SHOWN]]
    rest = f" and {len(broken) - _SHOWN} more" if len(broken) > _SHOWN else ""
    message = (
        f"Nothing was changed: {', '.join(named)}{rest} still point to what would go. Change or delete them first."
    )
    raise Known(message)


def _name_row(connection: Connection, entity: str, rowid: int) -> str:
    table = entities()[entity].__table__
    info = BY_ENTITY.get(entity)
    if info is None:
        return f"a row of {entity}"
    title = table.columns[find_field(entity, info.title).name]
    named = connection.execute(sql.select(title).where(sql.text("rowid = :rowid")), {"rowid": rowid}).scalar()
    return f"{info.one} “{named}”"
