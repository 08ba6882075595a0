"""What must hold when a batch ends, whoever wrote it: links point somewhere, a reference is one row's own."""

from __future__ import annotations

from functools import cache

from pmo_desktop.model.catalog import entities, find_field
from pmo_desktop.model.journal import Change
from pmo_desktop.model.project import Project
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_ENTITY, REGISTERS
from pmo_desktop.store import sql
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.errors import Known
from pmo_desktop.store.watch import Changed

_SHOWN = 3


def check_invariants(connection: Connection, number: int, changed: Changed) -> None:
    """Raises Known, naming the rows, before a batch that breaks a rule can commit."""
    for info in _own_references():
        if changed.touches(info.entity.__tablename__) and _gives_references(connection, number, info):
            _check_references(connection, info)
    if _removes_rows(connection, number):
        _check_links(connection)


@cache
def _own_references() -> tuple[RegisterInfo, ...]:
    """The registers whose reference is a row's own: projects, and what has its own within what it belongs to."""
    return tuple(info for info in REGISTERS if info.ref and (info.within or info.entity is Project))


def _gives_references(connection: Connection, number: int, info: RegisterInfo) -> bool:
    """Whether the batch made a row or wrote an ID: looking through all rows would slow every other edit."""
    written = sql.select(Change.seq).where(Change.batch == number, Change.entity == info.entity.__tablename__)
    names = ("", info.ref, info.within or info.ref)
    return connection.execute(written.where(Change.field.in_(names)).limit(1)).first() is not None


def _check_references(connection: Connection, info: RegisterInfo) -> None:
    """What belongs to nothing may share a reference: nobody says that two such rows are of one project."""
    table = info.entity.__table__
    ref = table.columns[info.ref or ""]
    keys = [ref, table.columns[info.within]] if info.within else [ref]
    filled = [key.is_not(None) for key in keys]
    found = connection.execute(
        sql.select(ref).where(*filled).group_by(*keys).having(sql.func.count() > 1).limit(1)
    ).scalar()
    if found is not None:
        within = f" of one {BY_ENTITY[info.within].one}" if info.within else ""
        message = (
            f"Nothing was changed: two {info.many}{within} would have the ID {found}. Give one of them another ID."
        )
        raise Known(message)


def _removes_rows(connection: Connection, number: int) -> bool:
    return connection.raw.execute(_DEATHS, (number,)).fetchone() is not None


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


# as text, for every edit asks it and putting it together takes longer than the answer
_DEATHS = f"SELECT 1 FROM {Change.__tablename__} WHERE batch = ? AND field = '' AND new IS NULL LIMIT 1"  # noqa: S608  a constant
