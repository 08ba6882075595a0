"""Models, migrations and the short way to a new file make one and the same schema."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from pmo_desktop.model.entity import metadata
from pmo_desktop.model.tables import Anything
from pmo_desktop.resources import migrations_path
from pmo_desktop.store import engine
from pmo_desktop.store.connection import wrap
from pmo_desktop.store.schema import NEWEST, REVISIONS, create_schema, read_revision
from pmo_desktop.store.upgrade import migrate


@pytest.fixture
def migrated() -> Iterator[sqlite3.Connection]:
    """An empty database taken through every migration."""
    raw = engine.connect_memory()
    migrate(raw, NEWEST)
    yield raw
    raw.close()


@pytest.fixture
def created() -> Iterator[sqlite3.Connection]:
    """A new file's schema, in memory."""
    raw = engine.connect_memory()
    create_schema(raw)
    yield raw
    raw.close()


def tables(raw: sqlite3.Connection) -> dict[str, Any]:
    """Each table's columns, keys and options, and each index, as SQLite sees them."""
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    facts: dict[str, Any] = {}
    for name in names:
        facts[name] = {
            "columns": raw.execute(f"PRAGMA table_info({name})").fetchall(),
            "keys": sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({name})")),
            "strict": raw.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (name,)).fetchone()[0],
        }
    return facts


def words(raw: sqlite3.Connection) -> dict[str, list[str]]:
    """The SQL of every table and index in pieces: spaces, quotes and the order of keys made alike.

    A table that was rebuilt has quotes round its name, and its keys in another order.
    """
    rows = raw.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    plain = {name: re.sub(r"\s+", " ", sql).replace(f'"{name}"', name) for name, sql in rows}
    return {name: sorted(re.split(r", CONSTRAINT | \) ", sql)) for name, sql in plain.items()}


def compare_type(context: object, inspected: object, tables: object, found: object, declared: object) -> bool | None:
    """SQLite reports ANY as a number; every other type is compared as usual."""
    return False if isinstance(declared, Anything) else None


def differences(connection: Connection) -> list[Any]:
    """What a migration would have to do to make the database like the models."""
    context = MigrationContext.configure(connection, opts={"compare_type": compare_type})
    return list(compare_metadata(context, metadata()))


def test_the_migrations_make_what_the_models_say(migrated: sqlite3.Connection) -> None:
    connection = wrap(migrated)
    assert not differences(connection)
    connection.close()


def test_a_column_no_migration_makes_would_be_found(migrated: sqlite3.Connection) -> None:
    """The comparison must be able to fail."""
    migrated.execute("ALTER TABLE person ADD COLUMN shoe_size TEXT")
    connection = wrap(migrated)
    assert len(differences(connection)) == 1
    connection.close()


def test_a_new_file_is_like_a_migrated_one(migrated: sqlite3.Connection, created: sqlite3.Connection) -> None:
    assert tables(created) == tables(migrated)
    assert words(created) == words(migrated)
    assert read_revision(created) == NEWEST


def test_every_table_of_ours_is_strict(created: sqlite3.Connection) -> None:
    assert [name for name, facts in tables(created).items() if not facts["strict"]] == ["alembic_version"]


def test_the_list_of_revisions_is_that_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_path()))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(reversed([each.revision for each in scripts.walk_revisions()])) == REVISIONS


def test_a_file_of_another_program_has_no_revision() -> None:
    raw = engine.connect_memory()
    assert read_revision(raw) is None
    raw.close()


def test_a_file_whose_revision_is_missing_has_none(created: sqlite3.Connection) -> None:
    created.execute("DELETE FROM alembic_version")
    assert read_revision(created) is None
