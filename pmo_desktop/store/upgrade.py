"""From an older schema to the newest: a verified backup, then a migrated copy, checked, takes the file's place."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.model.types import json_text
from pmo_desktop.resources import migrations_path
from pmo_desktop.store import engine
from pmo_desktop.store.backup import keep_backup, refuse_without_space
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.connection import wrap
from pmo_desktop.store.errors import Bug, explain_sqlite
from pmo_desktop.store.holder import explain_opening, remove_holder, write_holder
from pmo_desktop.store.writing import replacing

_REMEMBERED = {"import_file": ("since", "answers"), "import_row": ("said",)}  # JSON that names fields

if TYPE_CHECKING:  # only an old file needs the library
    from sqlalchemy import Connection


def upgrade_file(path: Path, who: str, target: str, *, shared: bool = False) -> None:
    """Bring a portfolio file to a revision; until the last step the file itself is only read.

    A kill at any moment leaves the old file or the new one, whole. Raises Known when it is held or the disk is full,
    Bug when a migration loses rows or links; the file is then as it was, and there is a backup besides.
    """
    try:
        raw = engine.connect_file(path, shared=shared)
    except sqlite3.Error as error:
        raise explain_opening(error, path) from error
    with closing(raw):
        write_holder(path, who)
        try:
            keep_backup(raw, path)
            refuse_without_space(path, path.parent)
            _swap(raw, path, target)
        except sqlite3.Error as error:
            raise explain_sqlite(error, path.name) or error from error
        finally:
            remove_holder(path)


def migrate(raw: sqlite3.Connection, target: str) -> None:
    """Run the migrations up to a revision on a copy nobody else has, in one transaction.

    Raises Bug, with nothing changed, when a link breaks or a table that the migration does not name in CHANGES_ROWS
    has another number of rows afterwards.
    """
    raw.execute("PRAGMA foreign_keys=OFF")  # before BEGIN: inside a transaction it is ignored, and rebuilds cascade
    connection = wrap(raw)  # before BEGIN too: its first look at the engine ends with a rollback
    raw.execute("BEGIN IMMEDIATE")
    connection.begin()  # so that alembic leaves the transaction to us
    try:
        before = _count_rows(raw)
        exempt = _run(connection, target)
        _refuse_losses(before, _count_rows(raw), exempt)
        if raw.execute("PRAGMA foreign_key_check").fetchone():
            raise Bug("a migration left a row that points to nothing")
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        connection.close()


def rename_field(connection: Connection, entity: str, old: str, new: str) -> None:
    """For migrations: rename a column, and its name in every line of the journal and every kept text.

    Without it undo, history and "as of" would not know the field again. (Saved views find it by its former name.)
    """
    run = connection.exec_driver_sql
    run(f'ALTER TABLE "{entity}" RENAME COLUMN "{old}" TO "{new}"')
    run("UPDATE change SET field = ? WHERE entity = ? AND field = ?", (new, entity, old))
    for side in ("old", "new"):
        run(
            f"UPDATE change SET {side} = json_set(json_remove({side}, ?), ?, json_extract({side}, ?)) "  # noqa: S608  two constants
            f"WHERE entity = ? AND field = '' AND json_type({side}, ?) IS NOT NULL",
            (f"$.{old}", f"$.{new}", f"$.{old}", entity, f"$.{old}"),
        )
        run(
            f"UPDATE change SET {side} = json_set({side}, '$.name', ?) WHERE entity = 'cell_source' AND field = '' "  # noqa: S608  as above
            f"AND json_extract({side}, '$.register') = ? AND json_extract({side}, '$.name') = ?",
            (new, entity, old),
        )
    run("UPDATE cell_source SET name = ? WHERE register = ? AND name = ?", (new, entity, old))
    _rename_remembered(connection, entity, old, new)


def _rename_remembered(connection: Connection, entity: str, old: str, new: str) -> None:
    """The field in what is remembered of files, now and in the journal; headers are the files' own words."""
    run = connection.exec_driver_sql
    files = {row[0] for row in run("SELECT id FROM import_file WHERE register = ?", (entity,))}
    born = "SELECT row, coalesce(new, old) FROM change WHERE field = '' AND entity = ?"
    files |= {row for row, cells in run(born, ("import_file",)) if json.loads(cells).get("register") == entity}
    rows = {row[0]: row[1] for row in run("SELECT id, file FROM import_row")}
    rows |= {row: json.loads(cells).get("file") for row, cells in run(born, ("import_row",))}
    owned = {"import_file": files, "import_row": {row for row, file in rows.items() if file in files}}
    for table, names in _REMEMBERED.items():
        columns = ", ".join(names)
        for identity, *texts in run(f"SELECT id, {columns} FROM {table}").fetchall():  # noqa: S608  constants
            if identity in owned[table]:
                said = [_renamed(*each, entity, old, new) for each in zip(texts, names, strict=True)]
                sets = ", ".join(f"{name} = ?" for name in names)
                run(f"UPDATE {table} SET {sets} WHERE id = ?", (*said, identity))  # noqa: S608  as above
        changes = run("SELECT seq, row, field, old, new FROM change WHERE entity = ?", (table,)).fetchall()
        for seq, identity, name, *sides in changes:
            if identity in owned[table] and name in ("", *names):
                said = [
                    _renamed(text, name, entity, old, new) if name else _renamed_cells(text, names, entity, old, new)
                    for text in sides
                ]
                run("UPDATE change SET old = ?, new = ? WHERE seq = ?", (*said, seq))


def _renamed_cells(cells: str | None, names: tuple[str, ...], entity: str, old: str, new: str) -> str | None:
    """The cells of a row that was made or went, with a field renamed in those that hold JSON."""
    if cells is None:
        return None
    row = json.loads(cells)
    return json_text(row | {name: _renamed(row[name], name, entity, old, new) for name in names if name in row})


def _renamed(text: str | None, name: str, entity: str, old: str, new: str) -> str | None:
    """JSON that names a field, under its new name: as a key, or within answers as what was said of a column."""
    if text is None:
        return None
    told = json.loads(text)
    if name != "answers":
        return json_text(_with_key(told, old, new))
    return json_text({answer: _renamed_answer(answer, said, entity, old, new) for answer, said in told.items()})


def _renamed_answer(answer: str, said: Any, entity: str, old: str, new: str) -> Any:
    if answer == "columns":
        return {header: new if to == old else to for header, to in said.items()}
    if answer == "match_on":
        ours = BY_ENTITY[entity].name
        return {register: new if (register, name) == (ours, old) else name for register, name in said.items()}
    return _with_key(said, old, new) if answer == "values" else said


def _with_key(told: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if key == old else key: each for key, each in told.items()}


def _swap(raw: sqlite3.Connection, path: Path, target: str) -> None:
    with replacing(path, over_portfolio=True) as temporary:
        with closing(engine.connect_plain(temporary)) as copy:
            raw.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            migrate(copy, target)
            if found := check_wholly(copy):
                message = f"the migrated copy is not sound: {found[0]}"
                raise Bug(message)
        raw.execute("PRAGMA journal_mode=DELETE")  # the old side file must never lie beside the new file
        if os.name == "nt":  # pragma: platform  an open file cannot be replaced there
            raw.close()


def _run(connection: Connection, target: str) -> set[str]:
    """Run alembic; the answer is the tables whose rows the migrations may create or delete."""
    from alembic import command  # noqa: PLC0415  0.4 s, and only an old file needs it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations_path()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    steps = ScriptDirectory.from_config(config).iterate_revisions(target, current or "base")
    exempt = {name for step in steps for name in getattr(step.module, "CHANGES_ROWS", ())}
    command.upgrade(config, target)
    return exempt


def _count_rows(raw: sqlite3.Connection) -> dict[str, int]:
    tables = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'").fetchall()
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608  from the schema


def _refuse_losses(before: dict[str, int], after: dict[str, int], exempt: set[str]) -> None:
    for name, rows in before.items():
        if name not in exempt and after.get(name) != rows:
            message = f"a migration changed the rows of {name} from {rows} to {after.get(name, 'no such table')}"
            raise Bug(message)
