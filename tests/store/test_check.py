"""A check says in sentences what is wrong with a portfolio, and nothing when nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pmo_desktop.store import engine
from pmo_desktop.store.check import check_quickly, check_values, check_wholly
from pmo_desktop.store.opening import create_store
from tests.builders import a_milestone, a_person, a_project, change_row, remove_row


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A portfolio with some history, opened behind the program's back: no triggers, no foreign keys."""
    path = tmp_path / "work.pmo"
    store = create_store(path)
    project = a_project(store, custom={"k": "v"}, eac=5)
    a_milestone(store, project)
    change_row(store, "project", project, eac=6, custom={"k": "w"})
    remove_row(store, "person", a_person(store))
    store.close()
    with closing(engine.connect_plain(path)) as connection:
        yield connection


def test_a_sound_portfolio_gives_no_sentence(raw: sqlite3.Connection) -> None:
    assert check_quickly(raw) == check_wholly(raw) == check_values(raw) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM project", "A row of milestone points to a row of project that is not there."),
        ("DELETE FROM milestone", "The journal does not know where 1 rows of milestone went."),
        (
            "INSERT INTO person (id, name, verified, custom) VALUES ('x', 'X', 0, '{}')",
            "The journal does not know where 1 rows of person came from.",
        ),
        ("DELETE FROM batch WHERE id = 3", "The journal has changes of a batch it lost."),
        ("UPDATE batch SET undoes = 77 WHERE id = 3", "The journal has an undo of a batch that is not there."),
        ("UPDATE batch SET undoes = 4 WHERE id = 3", "The journal has an undo of a batch that is not there."),
        ("UPDATE change SET batch = 5 WHERE seq = 2", "The journal is out of order."),
        ("DELETE FROM settings", "The settings are missing."),
        (
            "DELETE FROM change WHERE entity = 'settings'",
            "The journal does not know where 1 rows of settings came from.",
        ),
    ],
)
def test_what_the_program_would_never_do_is_found(raw: sqlite3.Connection, statement: str, sentence: str) -> None:
    raw.execute(statement)
    assert sentence in check_wholly(raw)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE project SET eac = 7",
        "UPDATE project SET custom = '{}'",
        "UPDATE change SET new = 'other' WHERE field = 'eac'",
        "DELETE FROM change WHERE field = 'eac'",
    ],
)
def test_a_value_changed_behind_the_journals_back_is_found(raw: sqlite3.Connection, statement: str) -> None:
    raw.execute(statement)
    (sentence,) = check_values(raw)
    assert "tells another story of row" in sentence


def test_a_damaged_index_is_found_by_the_whole_check(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute("UPDATE sqlite_schema SET sql = replace(sql, '(batch)', '(seq)') WHERE name = 'ix_change_batch'")
    raw.execute("PRAGMA writable_schema=RESET")
    found = check_wholly(raw)
    assert found
    assert all(sentence.startswith("The file is damaged: ") for sentence in found)


def test_damage_too_deep_for_the_check_is_a_sentence_too(raw: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "deep.pmo"
    content = bytearray((tmp_path / "work.pmo").read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    with closing(engine.connect_plain(path)) as broken:
        assert check_quickly(broken) == ["The file is damaged: database disk image is malformed."]
