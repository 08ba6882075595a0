"""The journal is written by the database itself: whatever changes a row, its line is there."""

from __future__ import annotations

import json
import sqlite3
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.field import Stored
from pmo_desktop.model.journal import Change
from pmo_desktop.model.person import Person
from pmo_desktop.model.project import Project
from pmo_desktop.model.types import JSON, TEXT, new_id
from pmo_desktop.store import engine, triggers
from pmo_desktop.store.batch import batch
from pmo_desktop.store.connection import Connection
from pmo_desktop.store.file import Store
from tests.builders import a_person, a_project, change_row, remove_row

Line = tuple[str, str, str, Any, Any]


def lines(connection: Connection, number: int) -> list[Line]:
    """The journal's lines of a batch: entity, row, field, old, new."""
    query = select(Change.entity, Change.row, Change.field, Change.old, Change.new).where(Change.batch == number)
    return [tuple(row) for row in connection.execute(query.order_by(Change.seq))]


def test_a_birth_is_one_line_with_the_filled_cells(store: Store) -> None:
    project = a_project(store, ref="A-1", budget_approved=9_007_199_254_740_993)
    with store.reading() as connection:
        number = connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0]
        ((entity, row, field, old, new),) = lines(connection, number)
    assert (entity, row, field, old) == ("project", project, "", None)
    assert json.loads(new) == {
        "id": project,
        "ref": "A-1",
        "name": "Alpha",
        "budget_approved": 9_007_199_254_740_993,
        "custom": "{}",
    }


def test_an_update_is_a_line_for_each_cell_that_changed(store: Store) -> None:
    project = a_project(store, ref="A-1", eac=5)
    number = change_row(store, "project", project, ref="A-1", name="Beta", eac=None)
    with store.reading() as connection:
        found = lines(connection, number)
    assert sorted(found) == [("project", project, "eac", 5, None), ("project", project, "name", "Alpha", "Beta")]


def test_a_value_written_as_another_type_is_a_change_of_its_own(store: Store) -> None:
    project = a_project(store, custom={"f": 1})
    number = change_row(store, "project", project, custom={"f": "1"})
    with store.reading() as connection:
        assert lines(connection, number) == [("project", project, "custom.f", 1, "1")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"a": "x"}, [("custom.a", None, "x")]),
        ({"a": "x"}, {}, [("custom.a", "x", None)]),
        ({"a": "x", "b": 1}, {"a": "y", "b": 1}, [("custom.a", "x", "y")]),
        (
            {"a": "x", "b": 1},
            {"b": 2, "c": "z"},
            [("custom.a", "x", None), ("custom.b", 1, 2), ("custom.c", None, "z")],
        ),
        ({"a": "x"}, {"a": "x"}, []),
    ],
)
def test_custom_values_are_told_key_by_key(
    store: Store, before: dict[str, Any], after: dict[str, Any], expected: list[tuple[str, Any, Any]]
) -> None:
    project = a_project(store, custom=before)
    with batch(store, "change", keep_empty=True) as work:
        work.connection.execute(update(Project).values(custom=after))
    with store.reading() as connection:
        assert sorted(line[2:] for line in lines(connection, work.id)) == expected
        assert {line[1] for line in lines(connection, work.id)} <= {project}


def test_a_death_keeps_every_cell(store: Store) -> None:
    person = a_person(store, email="p@x.org")
    number = remove_row(store, "person", person)
    with store.reading() as connection:
        ((_, row, field, old, new),) = lines(connection, number)
    assert (row, field, new) == (person, "", None)
    assert json.loads(old) == {"id": person, "name": "Priya Nair", "email": "p@x.org", "verified": 1, "custom": "{}"}


def test_statements_over_many_rows_are_seen(store: Store) -> None:
    with batch(store, "many") as work:
        rows = [{"id": new_id(), "name": f"P{n}"} for n in range(50)]
        work.connection.execute(insert(Project), rows)
        work.connection.execute(update(Project).where(Project.name < "P2").values(priority="1"))
        work.connection.execute(delete(Project).where(Project.name > "P40"))
    with store.reading() as connection:
        fields = [line[2] for line in lines(connection, work.id)]
        assert fields.count("priority") == 12
        assert fields.count("") == 50 + 14
        assert len(fields) == 12 + 50 + 14


def test_replace_does_not_hide_the_row_it_takes_away(store: Store) -> None:
    person = a_person(store)
    with batch(store, "replace") as work:
        store.raw.execute(
            "INSERT OR REPLACE INTO person (id, name, verified, custom) VALUES (?, 'Other', 0, '{}')", (person,)
        )
    with store.reading() as connection:
        died, born = lines(connection, work.id)
    assert (died[4], born[3]) == (None, None)
    assert json.loads(died[3])["name"] == "Priya Nair"
    assert json.loads(born[4])["name"] == "Other"


def test_without_recursive_triggers_replace_would_hide_it(store: Store) -> None:
    """The guard taken away on purpose: the test above must be able to fail."""
    person = a_person(store)
    store.raw.execute("PRAGMA recursive_triggers=OFF")
    with batch(store, "replace") as work:
        store.raw.execute(
            "INSERT OR REPLACE INTO person (id, name, verified, custom) VALUES (?, 'Other', 0, '{}')", (person,)
        )
    with store.reading() as connection:
        assert len(lines(connection, work.id)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO person (id, name, verified, custom) VALUES ('x', 'X', 0, '{}')",
        "UPDATE person SET name = 'X'",
        "DELETE FROM person",
    ],
)
def test_a_write_outside_a_batch_is_refused(store: Store, statement: str) -> None:
    a_person(store)
    with pytest.raises(sqlite3.IntegrityError, match="write outside a batch"):
        store.raw.execute(statement)


def test_an_id_may_not_change(store: Store) -> None:
    a_person(store)
    with pytest.raises(IntegrityError, match="an id may not change"), batch(store, "new id") as work:
        work.connection.execute(update(Person).values(id="other"))


@pytest.mark.parametrize("entity", sorted(entities()))
def test_every_entity_has_its_three_triggers(store: Store, entity: str) -> None:
    names = set(triggers.trigger_names(store.raw))
    assert {f"journal_{event}_{entity}" for event in ("insert", "update", "delete")} <= names


def test_equal_rows_give_equal_text_and_every_type_survives(store: Store) -> None:
    words = 'quotes " and \\ and \n and \x01 and ☃ and {"a":null} and 😀'
    project = a_project(store, words, eac=-(2**62), custom={"k": words})
    with store.reading() as connection:
        new = connection.execute(select(Change.new).where(Change.row == project)).scalar_one()
    told = json.loads(new)
    assert told["name"] == words
    assert told["eac"] == -(2**62)
    assert json.loads(told["custom"]) == {"k": words}


def test_a_table_may_have_more_columns_than_a_function_takes_arguments() -> None:
    names = [f"column_{n:03d}" for n in range(200)]
    cells: list[Stored[Any]] = [
        Stored(form=JSON if name == "custom" else TEXT, name=name) for name in ("id", *names, "custom")
    ]
    wide: Any = SimpleNamespace(__tablename__="wide", __cells__=cells)
    raw = engine.connect_memory()
    raw.executescript(
        f"CREATE TABLE wide ({', '.join(cell.name for cell in cells)});"
        "CREATE TABLE change (seq INTEGER PRIMARY KEY, batch, entity, row, field, old, new);"
        "CREATE TEMP TABLE open_batch (id INTEGER NOT NULL); INSERT INTO open_batch VALUES (1);"
        + ";".join(triggers.triggers_of(wide))
    )
    values = {name: name for name in names[1:]}
    row = values | {"id": "w", "custom": "{}"}
    raw.execute(f"INSERT INTO wide ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    raw.execute("UPDATE wide SET column_199 = 'other'")
    (born,), (field, old, new) = (
        raw.execute("SELECT new FROM change WHERE field = ''").fetchone(),
        raw.execute("SELECT field, old, new FROM change WHERE field <> ''").fetchone(),
    )
    assert json.loads(born) == row
    assert (field, old, new) == ("column_199", "column_199", "other")
    raw.close()
