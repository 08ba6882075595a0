"""What one does with a portfolio file, from making it to marking a point in its history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmo_desktop.operations import files
from pmo_desktop.operations.files import EVERY, Occasion
from pmo_desktop.operations.history import undo
from pmo_desktop.store.backup import read_backup, write_backup
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.restore import open_read_only
from pmo_desktop.store.rows import read_rows
from tests.builders import a_project, state_hash


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A portfolio in a file."""
    made = files.new_portfolio(tmp_path / "work.pmo", currency="EUR")
    yield made
    made.close()


def test_made_closed_opened(store: Store, tmp_path: Path) -> None:
    a_project(store)
    files.close_portfolio(store)
    again = files.open_portfolio(tmp_path / "work.pmo")
    assert [row["name"] for row in read_rows(again, "project")] == ["Alpha"]
    assert read_rows(again, "settings")[0]["currency"] == "EUR"
    again.close()


def test_closing_backs_up_what_changed_and_only_that(store: Store, tmp_path: Path) -> None:
    files.close_portfolio(store)
    path = tmp_path / "work.pmo"
    assert len(files.list_backups(path)) == 1
    files.close_portfolio(files.open_portfolio(path))
    assert len(files.list_backups(path)) == 1


def test_a_failed_backup_does_not_keep_the_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(store: Store) -> None:
        raise Known("the disk is full")

    monkeypatch.setattr(files, "write_backup", fail)
    with pytest.raises(Known, match="full"):
        files.close_portfolio(store)
    files.open_portfolio(tmp_path / "work.pmo").close()


@pytest.mark.parametrize(
    ("occasion", "age", "due"),
    [
        (Occasion.OPENED, timedelta(0), True),
        (Occasion.BIG_CHANGE, timedelta(0), True),
        (Occasion.CLOSING, timedelta(0), True),
        (Occasion.TIMER, timedelta(0), False),
        (Occasion.TIMER, EVERY - timedelta(seconds=1), False),
        (Occasion.TIMER, EVERY, True),
        (Occasion.TIMER, -timedelta(days=3), True),
    ],
)
def test_a_changed_portfolio_is_backed_up_when_it_is_due(
    store: Store, occasion: Occasion, age: timedelta, due: bool
) -> None:
    made = write_backup(store)
    now = made.moment + age
    assert files.back_up_if_due(store, occasion, now) is None
    a_project(store)
    assert (files.back_up_if_due(store, occasion, now) is not None) is due


def test_the_first_backup_is_due_at_once(store: Store) -> None:
    assert files.back_up_if_due(store, Occasion.TIMER)


def test_copies_are_never_backed_up(store: Store) -> None:
    copy = store.copy_to_memory()
    assert files.back_up_if_due(copy, Occasion.CLOSING) is None
    copy.close()


def test_a_backup_can_be_put_anywhere(store: Store, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    usual = files.back_up(store)
    in_folder = files.back_up(store, tmp_path / "stick")
    named = files.back_up(store, tmp_path / "stick" / "june.pmo")
    assert usual == files.list_backups(tmp_path / "work.pmo")[0].path
    assert in_folder.parent == tmp_path / "stick"
    assert in_folder.name.startswith("work 20")
    described = read_backup(named)
    assert described is not None
    assert described.source.endswith("work.pmo")
    with pytest.raises(Known, match="there already"):
        files.back_up(store, named)


def test_a_copy_is_a_portfolio_of_its_own(store: Store, tmp_path: Path) -> None:
    a_project(store)
    path = files.save_copy(store, tmp_path / "copy.pmo")
    a_project(store, "Beta")
    copy = files.open_portfolio(path)
    assert [row["name"] for row in read_rows(copy, "project")] == ["Alpha"]
    undo(copy)
    assert not read_rows(copy, "project")
    copy.close()
    assert not list(tmp_path.glob("copy.pmo.*"))
    with pytest.raises(Known, match="there already"):
        files.save_copy(store, path)


def test_a_backup_comes_back_as_a_new_file(store: Store, tmp_path: Path) -> None:
    a_project(store)
    expected = state_hash(store)
    new = files.restore_backup(files.back_up(store), tmp_path / "new.pmo")
    restored = files.open_portfolio(new)
    assert state_hash(restored) == expected
    restored.close()


def test_the_second_person_reads_a_copy(store: Store, tmp_path: Path) -> None:
    files.back_up(store)
    with pytest.raises(Known, match="holds it"):
        files.open_portfolio(tmp_path / "work.pmo")
    copy = open_read_only(tmp_path / "work.pmo")
    assert state_hash(copy) == state_hash(store)
    copy.close()


def test_a_damaged_portfolio_is_replaced_and_kept(store: Store, tmp_path: Path) -> None:
    made = files.back_up(store)
    store.close()
    path = tmp_path / "work.pmo"
    content = bytearray(path.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert files.check_file(path)[0].startswith("The file is damaged")
    aside = files.recover_portfolio(path, made)
    assert aside.read_bytes() == content
    assert files.check_file(path) == []


def test_a_sound_file_has_nothing_to_say(store: Store, tmp_path: Path) -> None:
    a_project(store)
    store.close()
    assert files.check_file(tmp_path / "work.pmo") == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM settings", "The settings are missing."),
        ("UPDATE settings SET currency = 'USD'", "The journal tells another story of row settings of settings."),
    ],
)
def test_what_is_wrong_is_said_in_sentences(store: Store, tmp_path: Path, statement: str, sentence: str) -> None:
    store.close()
    with closing(sqlite3.connect(tmp_path / "work.pmo")) as raw, raw:
        raw.execute(statement)
    assert sentence in files.check_file(tmp_path / "work.pmo")


def test_a_file_of_an_older_schema_is_checked_as_far_as_we_can(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(files, "NEWEST", "0099")
    monkeypatch.setattr(files, "check_values", lambda raw: pytest.fail("its rows are of another shape"))
    assert files.check_file(tmp_path / "work.pmo") == []


def test_a_missing_or_held_file_cannot_be_checked(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Known, match="There is no file"):
        files.check_file(tmp_path / "gone.pmo")
    with pytest.raises(Known, match="holds it"):
        files.check_file(tmp_path / "work.pmo")


def test_a_point_in_the_history_has_a_name(store: Store) -> None:
    before = state_hash(store)
    number = files.name_point(store, "  Before the June board ")
    with store.reading() as connection:
        assert connection.raw.execute(f"SELECT what FROM batch WHERE id = {number}").fetchone()[0] == (
            "Before the June board"
        )
    assert state_hash(store) == before
    with pytest.raises(Known, match="give the point a name"):
        files.name_point(store, "  ")


def test_the_properties_of_a_portfolio(store: Store, tmp_path: Path) -> None:
    found = files.portfolio_properties(store)
    assert found.path == tmp_path / "work.pmo"
    assert found.batches == 1
    assert datetime.now(UTC) - (found.last_backup or datetime.now(UTC)) < timedelta(seconds=9)
