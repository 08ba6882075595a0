"""An older file is backed up, migrated as a copy, checked and swapped; whatever goes wrong, the old file is there."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from pmo_desktop.model.milestone import Milestone
from pmo_desktop.model.project import Project
from pmo_desktop.model.source import ImportFile, ImportRow
from pmo_desktop.model.types import new_id
from pmo_desktop.resources import migrations_path
from pmo_desktop.store import backup, engine, opening, restore, upgrade
from pmo_desktop.store.backup import backup_folder, list_backups
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Bug, Known
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.place import Place, Verdict
from pmo_desktop.store.restore import open_read_only
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.schema import NEWEST, REVISIONS
from pmo_desktop.store.undo import undo_batch
from tests.builders import a_kept_text, a_project, change_row, remove_row

REBUILD = """
    with op.batch_alter_table("project", recreate="always") as table:
        table.add_column(sa.Column("shoe_size", sa.Text()))
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of today's first schema with projects and their milestones."""
    path = tmp_path / "work.pmo"
    store = create_store(path, "ann")
    with batch(store, "Import", source={"kind": "import"}) as work:
        projects = [{"id": new_id(), "name": f"P{n}", "eac": n} for n in range(20)]
        work.connection.execute(insert(Project), projects)
        rows = [{"id": new_id(), "project": each["id"], "name": "Gate"} for each in projects for _ in range(5)]
        work.connection.execute(insert(Milestone), rows)
    store.close()
    return path


LATER = "9999"  # a revision after the newest, whatever that is


class Future:
    """The program one schema later, with a migration written by the test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder / "migrations"
        shutil.copytree(migrations_path(), self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(upgrade, "migrations_path", lambda: self.folder)
        monkeypatch.setattr(opening, "NEWEST", LATER)
        monkeypatch.setattr(restore, "NEWEST", LATER)
        monkeypatch.setattr(opening, "REVISIONS", (*REVISIONS, LATER))

    def migration(self, body: str, more: str = "") -> None:
        """Write the revision after the newest."""
        text = '"""A later shape."""\nimport sqlalchemy as sa\nfrom alembic import op\n'
        text += f'revision, down_revision = "{LATER}", "{NEWEST}"\n{more}\n\ndef upgrade():\n'
        (self.folder / "versions" / f"{LATER}_later.py").write_text(
            text + textwrap.indent(textwrap.dedent(body), "    ")
        )


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Future:
    return Future(tmp_path, monkeypatch)


def digest(path: Path) -> str:
    """The bytes of a file that nobody holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def count(path: Path, table: str) -> int:
    """Rows of a table, read without a Store."""
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def columns(path: Path, table: str) -> set[str]:
    """The columns of a table, read without a Store."""
    with closing(sqlite3.connect(path)) as raw:
        return {row[1] for row in raw.execute(f"PRAGMA table_info({table})")}


def test_an_older_file_is_upgraded_when_it_is_opened(old: Path, future: Future) -> None:
    future.migration('op.add_column("project", sa.Column("shoe_size", sa.Text()))')
    store = open_store(old, "ann")
    assert store.raw.execute("SELECT version_num FROM alembic_version").fetchone() == (LATER,)
    assert len(read_rows(store, "milestone")) == 100
    assert store.raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    a_project(store, "new")
    store.close()
    assert "shoe_size" in columns(old, "project")
    assert sorted(each.name for each in old.parent.iterdir() if each.name.startswith((".pmo", "work"))) == ["work.pmo"]


def test_a_second_opening_upgrades_nothing(old: Path, future: Future, monkeypatch: pytest.MonkeyPatch) -> None:
    future.migration('op.add_column("project", sa.Column("shoe_size", sa.Text()))')
    open_store(old).close()
    monkeypatch.setattr(upgrade, "upgrade_file", lambda *args, **kwargs: pytest.fail("upgraded again"))
    open_store(old).close()
    assert len(list_backups(old)) == 1


def test_there_is_a_verified_backup_of_the_old_file(old: Path, future: Future) -> None:
    future.migration(REBUILD)
    open_store(old).close()
    (made,) = list_backups(old)
    assert made.revision == NEWEST
    assert made.counts["milestone"] == 100
    assert "shoe_size" not in columns(made.path, "project")


def test_a_table_that_is_built_anew_keeps_its_children(old: Path, future: Future) -> None:
    future.migration(REBUILD)
    store = open_store(old)
    assert len(read_rows(store, "milestone")) == 100
    remove_row(store, "milestone", read_rows(store, "milestone")[0]["id"])  # its triggers are there
    store.close()


CASCADE = """
    op.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    op.execute("CREATE TABLE child (p INTEGER REFERENCES parent (id) ON DELETE CASCADE)")
    op.execute("INSERT INTO parent VALUES (1)")
    op.execute("INSERT INTO child VALUES (1)")
    op.execute("CREATE TABLE parent_new (id INTEGER PRIMARY KEY)")
    op.execute("INSERT INTO parent_new SELECT id FROM parent")
    op.execute("DROP TABLE parent")
    op.execute("ALTER TABLE parent_new RENAME TO parent")
    assert op.get_bind().exec_driver_sql("SELECT count(*) FROM child").scalar_one() == {children}
"""


@pytest.mark.parametrize(("keys", "children"), [("OFF", 1), ("ON", 0)])
def test_with_foreign_keys_on_the_children_would_be_lost(future: Future, keys: str, children: int) -> None:
    """The guard, and the guard taken away on purpose."""
    future.migration(CASCADE.format(children=children))

    class Careless(sqlite3.Connection):
        def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
            return super().execute(sql.replace("foreign_keys=OFF", f"foreign_keys={keys}"), *args)  # type: ignore[arg-type]

    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Careless)) as raw:
        upgrade.migrate(raw, LATER)
        assert raw.execute("SELECT count(*) FROM parent").fetchone() == (1,)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("op.execute('DELETE FROM milestone WHERE rowid % 2')", "changed the rows of milestone from 100 to 50"),
        ("op.execute('DROP TABLE saved_view')", "changed the rows of saved_view from 0 to no such table"),
        ("op.execute(\"UPDATE milestone SET project = 'nobody'\")", "points to nothing"),
        ("op.execute('DELETE FROM change WHERE seq = 1')", "changed the rows of change"),
        ("op.execute('UPDATE change SET batch = 99 WHERE seq = 3')", "not sound"),
    ],
)
def test_a_migration_that_loses_something_is_refused(old: Path, future: Future, body: str, message: str) -> None:
    before = digest(old)
    future.migration(body)
    with pytest.raises(Bug, match=message):
        open_store(old)
    assert digest(old) == before
    assert not list(old.parent.glob(".pmo*"))
    assert not old.with_name("work.pmo.lock").exists()


def test_a_migration_may_say_that_it_deletes_rows(old: Path, future: Future) -> None:
    future.migration("op.execute('DROP TABLE saved_view')", "CHANGES_ROWS = ('saved_view',)")
    with pytest.raises(sqlite3.OperationalError, match=r"no such table: main\.saved_view"):
        open_store(old)  # today's program still knows the table: its triggers cannot be made
    assert not columns(old, "saved_view")


def test_a_migration_that_breaks_half_way_leaves_nothing(old: Path, future: Future) -> None:
    before = digest(old)
    future.migration("op.execute('CREATE TABLE half (a)')\nop.execute('UPDATE person SET verified = 1')\n1 / 0")
    with pytest.raises(ZeroDivisionError):
        open_store(old)
    assert digest(old) == before
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        with pytest.raises(ZeroDivisionError):
            upgrade.migrate(raw, LATER)
        assert raw.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)


def test_a_file_that_is_held_is_not_upgraded(old: Path, future: Future) -> None:
    future.migration(REBUILD)
    raw = engine.connect_file(old)
    with pytest.raises(Known, match="another program holds it"):
        upgrade.upgrade_file(old, "ann", LATER)
    raw.close()


def test_without_room_on_the_disk_nothing_is_begun(old: Path, future: Future, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(old)
    future.migration(REBUILD)
    monkeypatch.setattr(backup, "RESERVE", 10**18)
    with pytest.raises(Known, match="Free some space"):
        open_store(old)
    assert digest(old) == before


def test_a_full_disk_is_told_in_a_sentence(old: Path, future: Future, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(old)

    def fill(raw: sqlite3.Connection, target: str) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(upgrade, "migrate", fill)
    with pytest.raises(Known, match="the disk is full"):
        open_store(old)
    assert digest(old) == before


def test_another_error_of_the_engine_is_a_bug(old: Path, future: Future, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(raw: sqlite3.Connection, target: str) -> None:
        raise sqlite3.OperationalError("near FROM: syntax error")

    monkeypatch.setattr(upgrade, "migrate", stumble)
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        open_store(old)


def test_an_older_backup_is_read_with_the_newest_program(old: Path, future: Future) -> None:
    future.migration(REBUILD)
    open_store(old).close()
    copy = open_read_only(old)
    assert len(read_rows(copy, "milestone")) == 100
    assert copy.raw.execute("SELECT version_num FROM alembic_version").fetchone() == (LATER,)
    copy.close()


RENAME = """
    from pmo_desktop.store.upgrade import rename_field
    rename_field(op.get_bind(), "project", "eac", "outturn")
"""


def test_a_renamed_field_is_renamed_in_all_of_the_journal(tmp_path: Path, future: Future) -> None:
    path = tmp_path / "names.pmo"
    store = create_store(path)
    project = a_project(store, eac=1, custom={"eac": "own"})
    change_row(store, "project", project, eac=2)
    a_kept_text(store, project, "eac", "two or so")
    kept = a_kept_text(store, project, "name", "Alpha?")
    doomed = a_project(store, "Beta", eac=7)
    remove_row(store, "project", doomed)
    store.close()
    future.migration(RENAME)
    upgrade.upgrade_file(path, "ann", LATER)
    with closing(sqlite3.connect(path)) as raw:
        fields = {row[0] for row in raw.execute("SELECT field FROM change WHERE entity = 'project'")}
        packed = [
            json.loads(row[0] or row[1])
            for row in raw.execute("SELECT old, new FROM change WHERE entity = 'project' AND field = ''")
        ]
        texts = dict(raw.execute("SELECT name, text FROM cell_source"))
        told = [json.loads(row[0]) for row in raw.execute("SELECT new FROM change WHERE entity = 'cell_source'")]
    assert fields == {"", "outturn"}
    assert [row.get("outturn") for row in packed] == [1, 7, 7]
    assert not any("eac" in row for row in packed)
    assert json.loads(packed[0]["custom"]) == {"eac": "own"}
    assert texts == {"outturn": "two or so", "name": "Alpha?"}
    assert {row["name"]: row["id"] == kept for row in told} == {"outturn": False, "name": True}


def test_a_renamed_field_is_renamed_in_what_is_remembered_of_files(tmp_path: Path, future: Future) -> None:
    path = tmp_path / "files.pmo"
    store = create_store(path)
    answers = {
        "columns": {"eac": "eac", "FFC": "name"},
        "values": {"eac": {"x": "1"}, "": {}},
        "match_on": {"projects": "eac", "milestones": "eac"},
        "currency": "GBP",
    }
    since, said = {"eac": 1, "name": 1}, {"eac": [5, "five", None], "name": ["A"]}
    with batch(store, "Import", source={"kind": "import"}) as work:
        for register in ("project", "milestone"):
            cells = {"register": register, "file": "a.xlsx", "sheet": "S", "batch": 1, "headers": '["eac"]'}
            packed = {"since": json.dumps(since), "answers": json.dumps(answers)}
            work.connection.execute(insert(ImportFile), [{"id": register, **cells, **packed}])
            row = {"id": f"row of {register}", "file": register, "row": "x", "line": 1, "batch": 1}
            work.connection.execute(insert(ImportRow), [row | {"said": json.dumps(said)}])
        work.connection.execute(insert(ImportRow), [row | {"id": "quiet", "file": "project", "said": None}])
    change_row(store, "import_row", "row of project", said=json.dumps({"eac": [6]}))
    store.close()
    future.migration(RENAME)
    upgrade.upgrade_file(path, "ann", LATER)
    with closing(sqlite3.connect(path)) as raw:
        files = {row[0]: row[1:] for row in raw.execute("SELECT id, since, answers, headers FROM import_file")}
        rows = dict(raw.execute("SELECT id, said FROM import_row"))
        born = {row: json.loads(new) for row, new in raw.execute("SELECT row, new FROM change WHERE field = ''")}
        moved = raw.execute("SELECT old, new FROM change WHERE entity = 'import_row' AND field = 'said'").fetchall()
    assert json.loads(files["project"][0]) == {"outturn": 1, "name": 1}
    assert json.loads(files["project"][1]) == {
        "columns": {"eac": "outturn", "FFC": "name"},
        "values": {"outturn": {"x": "1"}, "": {}},
        "match_on": {"projects": "outturn", "milestones": "eac"},
        "currency": "GBP",
    }
    assert files["project"][2] == '["eac"]'
    assert json.loads(rows["row of project"]) == {"outturn": [6]}
    assert rows["quiet"] is None
    assert [[json.loads(side) for side in sides] for sides in moved] == [
        [{"outturn": said["eac"], "name": ["A"]}, {"outturn": [6]}]
    ]
    assert json.loads(born["project"]["since"]) == {"outturn": 1, "name": 1}
    assert json.loads(born["row of project"]["said"]) == {"outturn": said["eac"], "name": ["A"]}
    assert (json.loads(files["milestone"][0]), json.loads(rows["row of milestone"])) == (since, said)  # not its field


def test_an_old_batch_can_be_undone_after_an_upgrade(
    old: Path, future: Future, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "NEWEST", NEWEST)
    store = open_store(old)
    number = change_row(store, "project", read_rows(store, "project")[0]["id"], name="Other")
    store.close()
    monkeypatch.setattr(opening, "NEWEST", LATER)
    future.migration(REBUILD)
    store = open_store(old)
    undo_batch(store, number)
    assert read_rows(store, "project")[0]["name"] == "P0"
    undo_batch(store, 2)
    assert not read_rows(store, "project")
    store.close()


def test_on_a_share_the_upgrade_needs_the_persons_word_too(
    old: Path, future: Future, monkeypatch: pytest.MonkeyPatch
) -> None:
    future.migration(REBUILD)
    shared = Place(Verdict.SHARED, "nfs", "On a share.")
    monkeypatch.setattr(opening, "find_place", lambda path: shared)
    with pytest.raises(Known, match="share"):
        open_store(old)
    assert not backup_folder(old).exists()
    open_store(old, allow_share=True).close()
    assert "shoe_size" in columns(old, "project")
