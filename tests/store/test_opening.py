"""Opening and making files: who holds it, is it ours, is it of this version, is it whole."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from pmo_desktop.store import engine, opening, triggers
from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.holder import holder_path, read_holder, write_holder
from pmo_desktop.store.opening import check_version, create_memory_store, create_store, current_person, open_store
from pmo_desktop.store.rows import read_rows, read_settings
from pmo_desktop.store.schema import NEWEST
from tests.builders import a_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portfolio at rest."""
    made = create_store(tmp_path / "work.pmo", "ann", organisation="Example Ltd")
    a_project(made)
    made.close()
    return tmp_path / "work.pmo"


def alter(path: Path, statement: str) -> None:
    """Change a file behind the program's back."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(statement)


def folder_state(folder: Path) -> dict[str, str]:
    """The bytes of every file of a folder that nobody holds."""
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.iterdir() if each.is_file()}


def test_a_new_portfolio_has_its_settings_and_scales(tmp_path: Path) -> None:
    store = create_store(tmp_path / "new.pmo", "ann", currency="EUR")
    settings = read_settings(store)
    assert (settings["currency"], settings["fy_start_month"], settings["sample"]) == ("EUR", 4.0, False)
    assert {row["kind"] for row in read_rows(store, "scale")} == {"rag3", "rag5", "variance"}
    assert len(read_rows(store, "scale_point")) == 12
    assert not check_wholly(store.raw)
    store.close()


def test_work_is_there_again_after_closing(path: Path) -> None:
    store = open_store(path)
    assert [row["name"] for row in read_rows(store, "project")] == ["Alpha"]
    assert read_settings(store)["organisation"] == "Example Ltd"
    store.close()
    assert [each.name for each in path.parent.iterdir() if each.name != "home"] == ["work.pmo"]


def test_a_portfolio_in_memory_has_no_file() -> None:
    store = create_memory_store("ann", currency="USD")
    assert (store.path, store.label, store.who) == (None, "the copy in memory", "ann")
    assert read_settings(store)["currency"] == "USD"
    store.close()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Known, match=r"There is no file .*gone\.pmo"):
        open_store(tmp_path / "gone.pmo")


def test_a_name_that_is_taken_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Known, match="there already"):
        create_store(path)
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Known, match="cannot be made: No such file or directory"):
        create_store(tmp_path / "none" / "work.pmo")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00 and then nonsense" * 99])
def test_a_file_of_another_kind_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.pmo"
    path.write_bytes(content)
    with pytest.raises(Known, match="is not a portfolio file"):
        open_store(path)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["other.pmo"]


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.pmo"
    alter(path, "CREATE TABLE alembic_version (version_num TEXT)")
    before = folder_state(tmp_path)
    with pytest.raises(Known, match="is not a portfolio file"):
        open_store(path)
    assert folder_state(tmp_path) == before


@pytest.mark.parametrize("revision", ["0099", "0101", "from the future"])
def test_a_newer_file_is_refused_untouched(path: Path, revision: str) -> None:
    alter(path, f"UPDATE alembic_version SET version_num = '{revision}'")
    before = folder_state(path.parent)
    with pytest.raises(Known, match=f"newer version of PMO Desktop .schema {revision}, this program knows {NEWEST}"):
        open_store(path)
    assert folder_state(path.parent) == before


def test_a_newer_file_with_a_side_file_keeps_both(path: Path, tmp_path: Path) -> None:
    """After a kill part of the truth, here the version itself, is only in the side file."""
    folder = tmp_path / "killed"
    folder.mkdir()
    raw = engine.connect_file(path)
    raw.execute("UPDATE alembic_version SET version_num = '0999'")
    for side in ("", "-wal"):
        (folder / f"work.pmo{side}").write_bytes(path.with_name(f"work.pmo{side}").read_bytes())
    raw.close()
    before = folder_state(folder)
    assert len(before) == 2
    with pytest.raises(Known, match="schema 0999"):
        open_store(folder / "work.pmo")
    assert {name: value for name, value in folder_state(folder).items() if name in before} == before


def test_the_version_in_a_side_file_counts(path: Path, tmp_path: Path) -> None:
    copied = tmp_path / "killed.pmo"
    store = open_store(path)
    a_project(store, "only in the side file")
    for side in ("", "-wal"):
        copied.with_name(f"killed.pmo{side}").write_bytes(path.with_name(f"work.pmo{side}").read_bytes())
    store.close()
    assert check_version(copied) == NEWEST
    store = open_store(copied)
    assert [row["name"] for row in read_rows(store, "project")] == ["Alpha", "only in the side file"]
    store.close()


def test_a_half_written_batch_of_a_share_is_taken_back(path: Path) -> None:
    """A kill on a share leaves a hot rollback journal; looking at the version must get past it."""
    child = os.fork()
    if child == 0:  # pragma: no cover  it kills itself
        raw = engine.connect_file(path, shared=True)
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN")
        raw.execute("UPDATE batch SET what = 'hot'")
        raw.executemany(
            "INSERT INTO change VALUES (?, 1, '', '', '', ?, '')", [(n, "x" * 900) for n in range(900, 1500)]
        )
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert path.with_name("work.pmo-journal").stat().st_size > 0
    store = open_store(path)
    with store.reading() as connection:
        assert connection.raw.execute("SELECT count(*) FROM batch WHERE what = 'hot'").fetchone()[0] == 0
    assert not check_wholly(store.raw)
    store.close()


def test_another_trouble_with_looking_is_passed_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.with_name("work.pmo-wal").mkdir()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        open_store(path)


def test_a_file_somebody_holds_names_them(path: Path) -> None:
    store = open_store(path, "bo")
    with pytest.raises(Known, match=rf"work\.pmo is open: bo on .* \(process {os.getpid()}\) holds it"):
        open_store(path)
    store.close()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"process": 1}'])
def test_a_torn_note_of_the_holder_is_no_obstacle(path: Path, note: str) -> None:
    store = open_store(path)
    holder_path(path).write_text(note)
    assert read_holder(path) is None
    with pytest.raises(Known, match="another program holds it"):
        open_store(path)
    store.close()
    holder_path(path).write_text(note)
    open_store(path).close()
    assert not holder_path(path).exists()


def test_the_note_says_process_host_and_person(path: Path) -> None:
    store = open_store(path, "ann")
    told = json.loads(holder_path(path).read_text())
    assert (told["process"], told["person"]) == (os.getpid(), "ann")
    assert told["host"]
    assert told["since"].endswith("+00:00")
    store.close()


def test_a_note_that_cannot_be_written_is_told(path: Path) -> None:
    holder_path(path).mkdir()
    with pytest.raises(Known, match=r"work\.pmo\.lock was not written"):
        write_holder(path, "ann")
    with pytest.raises(Known, match=r"work\.pmo\.lock was not written"):
        open_store(path)
    holder_path(path).rmdir()
    open_store(path).close()  # and the lock was let go


def test_a_damaged_file_is_not_opened_and_not_changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    before = folder_state(path.parent)
    with pytest.raises(Known, match=r"work\.pmo is damaged and was not touched. Restore the newest backup"):
        open_store(path)
    assert folder_state(path.parent) == before


def test_a_lock_lost_between_looking_and_holding_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = engine.connect_file(path)
    monkeypatch.setattr(opening, "check_version", lambda path: NEWEST)
    with pytest.raises(Known, match="holds it"):
        open_store(path)
    raw.close()


def test_a_portfolio_that_cannot_be_begun_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(store: Store, settings: object) -> None:
        with batch(store, "seed"):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(opening, "seed_store", fill)
    with pytest.raises(Known, match="the disk is full"):
        create_store(tmp_path / "new.pmo")
    assert not list(tmp_path.glob("new*"))


def test_a_fault_while_a_portfolio_is_begun_is_a_bug_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="TypeError"):
        create_store(tmp_path / "new.pmo", fy_start_month="April")
    assert not list(tmp_path.glob("new*"))


def test_a_store_that_cannot_be_made_lets_the_lock_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(raw: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("no such table")

    monkeypatch.setattr(triggers, "install_triggers", stumble)
    with pytest.raises(sqlite3.OperationalError):
        open_store(path)
    monkeypatch.undo()
    open_store(path).close()


def test_who_works_is_the_systems_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    assert current_person() == "ann"

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert current_person() == "unknown"
