"""One connection, two ways to speak: plain SQL and SQLAlchemy's statements see the same transaction."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date

import pytest
from sqlalchemy import func, insert, select, text

from pmo_desktop.model.person import Person
from pmo_desktop.model.project import Project
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Bug
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_names, read_rows, row_count, rows_of
from tests.builders import a_person, a_project

ANN = {"id": "ann", "name": "Ann", "verified": True}


def test_a_batch_reads_what_it_has_written_itself(store: Store) -> None:
    with batch(store, "New people") as work:
        work.connection.execute(insert(Person), ANN)
        assert [row["name"] for row in rows_of(work.connection, "person")] == ["Ann"]
        assert work.connection.raw.in_transaction
        store.raw.execute("UPDATE person SET name = 'Anne'")
        assert work.connection.execute(select(Person.name)).scalar_one() == "Anne"
        assert read_names(store) == {"ann": "Anne"}


def test_others_read_the_snapshot_while_a_long_batch_is_written(store: Store) -> None:
    a_person(store)
    found: list[object] = []

    def look() -> None:
        with store.reading() as connection:
            found.append(connection.raw is not store.raw)
            found.append(connection.execute(select(func.count()).select_from(Person)).scalar_one())
        found.extend((row_count(store, "person"), [row["name"] for row in read_rows(store, "person")]))

    with batch(store, "Import", long=True) as work:
        work.connection.execute(insert(Person), ANN)
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert found == [True, 1, 1, ["Priya Nair"]]
    assert row_count(store, "person") == 2


def test_a_row_has_the_same_values_either_way(store: Store) -> None:
    a_project(store, pct_complete=33.3333, eac=5, finish_forecast=date(2027, 3, 31))
    with store.reading() as connection:
        spoken = dict(connection.execute(select(Project.__table__)).mappings().one())
        (plain,) = rows_of(connection, "project")
    assert spoken == plain | {"custom": {}}


def test_a_store_is_made_ready_to_write_unless_it_has_been_closed_meanwhile() -> None:
    store, closed = create_memory_store().copy_to_memory(), create_memory_store().copy_to_memory()
    closed.close()
    for each in (store, closed):
        each.make_ready()
    assert store.connection._spoken is not None
    assert closed.connection._spoken is None
    store.close()


def test_the_library_is_not_first_asked_for_inside_a_transaction() -> None:
    """Its first look at the engine ends with a rollback, which would take the writer's work away."""
    fresh = create_memory_store().copy_to_memory()
    fresh.raw.execute("BEGIN")
    with pytest.raises(Bug, match="inside an open batch"):
        fresh.connection.execute(select(Person.id))
    assert fresh.raw.in_transaction
    fresh.raw.execute("ROLLBACK")
    assert fresh.connection.execute(select(Person.id)).all() == []
    fresh.close()


class Pressed:
    """Ctrl+C in the midst of the statement that this is a value of."""


def press(_value: Pressed) -> str:
    raise KeyboardInterrupt


def test_ctrl_c_in_a_statement_leaves_the_connection_open_and_its_batch_is_taken_back(store: Store) -> None:
    sqlite3.register_adapter(Pressed, press)
    rename = text("UPDATE person SET name = :name")
    with pytest.raises(KeyboardInterrupt), batch(store, "New people") as work:
        work.connection.execute(rename, [{"name": "Ann"}, {"name": Pressed()}])
    assert not store.raw.in_transaction
    assert read_names(store) == {}
