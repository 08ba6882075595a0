"""A batch commits whole or not at all, and leaves a trace only when it changed something."""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from types import TracebackType
from typing import Any

import pytest
from sqlalchemy import Executable, delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from pmo_desktop.model.journal import Batch, Change
from pmo_desktop.model.person import Person
from pmo_desktop.model.project import Project
from pmo_desktop.model.scale import Scale
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Bug, Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.pace import Cancelled, listening
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.store.watch import Changed
from tests.builders import a_kept_text, a_milestone, a_person, a_project, change_row, remove_row, state_hash

ANN = {"name": "Ann", "verified": False}
LATER = text("PRAGMA defer_foreign_keys=ON")


def write(store: Store, *statements: Executable) -> None:
    """One batch of several statements."""
    with batch(store, "several") as work:
        for statement in statements:
            work.connection.execute(statement)


def newest(store: Store) -> Any:
    """The newest batch."""
    with store.reading() as connection:
        return connection.execute(select(Batch.__table__).order_by(Batch.id.desc()).limit(1)).one()


def test_a_batch_says_who_when_what_and_why(store: Store) -> None:
    with batch(store, "Import q3.xlsx", why="the board asked", source={"kind": "import"}) as work:
        work.connection.execute(insert(Person), {"name": "Ann", "verified": False})
    row = newest(store)
    assert (row.id, row.who, row.what, row.why, row.source) == (
        work.id,
        "ann",
        "Import q3.xlsx",
        "the board asked",
        '{"kind":"import"}',
    )
    assert row.at.tzinfo is not None


def fail_halfway(store: Store) -> None:
    """A batch whose second step breaks."""
    with batch(store, "half") as work:
        work.connection.execute(insert(Person), ANN)
        _ = 1 / 0


def test_an_error_takes_everything_back(store: Store) -> None:
    before, number = state_hash(store), newest(store).id
    with pytest.raises(ZeroDivisionError):
        fail_halfway(store)
    assert state_hash(store) == before
    assert newest(store).id == number
    a_person(store)
    assert newest(store).id == number + 1


def test_a_batch_that_changed_nothing_leaves_no_trace(store: Store) -> None:
    number = newest(store).id
    with batch(store, "nothing") as work:
        pass
    assert work.changed is None
    assert newest(store).id == number


def test_a_named_point_is_kept_though_it_changed_nothing(store: Store) -> None:
    with batch(store, "Before the board", keep_empty=True) as work:
        pass
    assert newest(store).what == "Before the board"
    assert work.changed == Changed(work.id, {})


def test_a_batch_inside_a_batch_is_a_bug(store: Store) -> None:
    with batch(store, "outer") as work:
        work.connection.execute(insert(Person), {"name": "Ann", "verified": False})
        with pytest.raises(Bug, match="a batch inside a batch: inner"), batch(store, "inner"):
            pass
    assert [row["name"] for row in read_rows(store, "person")] == ["Ann"]


def test_a_link_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), batch(store, "dangling") as work:
        work.connection.execute(insert(Project), {"name": "Alpha", "pm": "nobody"})
    assert not read_rows(store, "project")


def test_a_copy_is_read_only(store: Store) -> None:
    copy = store.copy_to_memory()
    with pytest.raises(Known, match="the copy in memory is open read-only"), batch(copy, "write"):
        pass
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy.raw.execute("DELETE FROM settings")
    copy.close()


def test_a_copy_inside_a_batch_is_a_bug(store: Store) -> None:
    with batch(store, "outer", keep_empty=True), pytest.raises(Bug, match="inside an open batch"):
        store.copy_to_memory()


def test_listeners_hear_what_a_batch_touched_after_it_is_written(store: Store) -> None:
    heard: list[Changed] = []
    seen: list[Any] = []

    def listen(changed: Changed) -> None:
        heard.append(changed)
        seen.extend(read_rows(store, "project"))

    end = store.subscribe(listen)
    project = a_project(store)
    assert [each.rows for each in heard] == [{"project": frozenset({project})}]
    assert [row["id"] for row in seen] == [project]
    assert heard[0].touches("person", "project")
    assert not heard[0].touches("person")
    end()
    a_project(store, "Beta")
    assert len(heard) == 1


def test_a_kept_text_names_the_row_it_belongs_to(store: Store) -> None:
    project = a_project(store)
    heard: list[Changed] = []
    store.subscribe(heard.append)
    text = a_kept_text(store, project)
    assert heard[0].rows == {"cell_source": frozenset({text}), "project": frozenset({project})}


def test_an_error_in_a_listener_is_a_bug_of_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    heard: list[Changed] = []
    store.subscribe(lambda changed: next(iter(())))
    store.subscribe(heard.append)
    project = a_project(store)
    assert [type(error) for error in told] == [StopIteration]
    assert heard[0].rows == {"project": frozenset({project})}
    assert read_rows(store, "project")


def test_two_projects_may_not_have_the_same_id(store: Store) -> None:
    a_project(store, ref="A-1")
    beta = a_project(store, "Beta", ref="B-1")
    with pytest.raises(Known, match="two projects would have the ID A-1"):
        change_row(store, "project", beta, ref="A-1")
    with pytest.raises(Known, match="two projects would have the ID A-1"):
        a_project(store, "Gamma", ref="A-1")
    assert sorted(row["ref"] for row in read_rows(store, "project")) == ["A-1", "B-1"]


def test_a_row_that_others_point_to_is_named_when_it_would_go(store: Store) -> None:
    project = a_project(store)
    for name in ("One", "Two", "Three", "Four"):
        a_milestone(store, project, name)
    with pytest.raises(Known, match="milestone “One”, milestone “Two”, milestone “Three” and 1 more still point"):
        write(store, LATER, delete(Project))
    assert read_rows(store, "project")


def test_a_row_of_no_register_is_named_by_its_table(store: Store) -> None:
    with pytest.raises(Known, match="a row of scale_point, a row of scale_point"):
        write(store, LATER, delete(Scale))


def test_a_deletion_that_leaves_nothing_behind_is_written(store: Store) -> None:
    person = a_person(store)
    remove_row(store, "person", person)
    assert not read_rows(store, "person")


class Writer(threading.Thread):
    """A long batch in a thread of its own, which waits until it is told to go on."""

    def __init__(self, store: Store, *, long: bool = True) -> None:
        super().__init__(daemon=True)
        self.store, self.long = store, long
        self.written, self.go_on = threading.Event(), threading.Event()

    def run(self) -> None:
        with batch(self.store, "Import", long=self.long) as work:
            work.connection.execute(insert(Person), {"name": "New", "verified": False})
            self.written.set()
            assert self.go_on.wait(10)


def test_others_read_the_state_before_while_a_long_batch_is_written(store: Store) -> None:
    a_person(store, "Old")
    writer = Writer(store)
    writer.start()
    assert writer.written.wait(10)
    assert [row["name"] for row in read_rows(store, "person")] == ["Old"]
    with pytest.raises(Known, match="“Import” is still being written"), batch(store, "edit"):
        pass
    writer.go_on.set()
    writer.join(10)
    assert [row["name"] for row in read_rows(store, "person")] == ["Old", "New"]


def test_a_reader_who_waits_while_the_copy_is_made_gets_the_copy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    copying, may_copy = threading.Event(), threading.Event()
    copy = store.copy_to_memory

    def slowly() -> Store:
        copying.set()
        assert may_copy.wait(10)
        return copy()

    monkeypatch.setattr(store, "copy_to_memory", slowly)
    writer = Writer(store)
    writer.start()
    assert copying.wait(10)
    found: list[Any] = []
    reader = threading.Thread(target=lambda: found.append(read_rows(store, "person")), daemon=True)
    reader.start()
    may_copy.set()
    assert writer.written.wait(10)
    reader.join(5)
    assert found == [[]]  # without waiting for the end of the batch
    writer.go_on.set()
    writer.join(10)


def test_others_wait_for_a_short_batch(store: Store) -> None:
    writer = Writer(store, long=False)
    writer.start()
    assert writer.written.wait(10)
    found: list[Any] = []
    reader = threading.Thread(target=lambda: found.append(read_rows(store, "person")), daemon=True)
    reader.start()
    reader.join(0.05)
    assert not found
    writer.go_on.set()
    reader.join(10)
    writer.join(10)
    assert [row["name"] for row in found[0]] == ["New"]


def test_the_writer_reads_what_it_has_written(store: Store) -> None:
    with batch(store, "long", long=True) as work:
        work.connection.execute(insert(Person), {"name": "New", "verified": False})
        assert [row["name"] for row in read_rows(store, "person")] == ["New"]


def test_a_reader_of_a_copy_that_was_just_withdrawn_reads_the_file(store: Store) -> None:
    """The moment between the end of a long batch and its copy being let go."""
    snapshot = store.copy_to_memory()
    snapshot.close()
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with store.lock:
            store.snapshot = snapshot
            held.set()
            assert go_on.wait(10)
            store.snapshot = None

    holder = threading.Thread(target=hold, daemon=True)
    holder.start()
    assert held.wait(10)
    found: list[Any] = []
    reader = threading.Thread(target=lambda: found.append(read_rows(store, "person")), daemon=True)
    reader.start()
    reader.join(0.05)
    assert not found
    go_on.set()
    reader.join(10)
    holder.join(10)
    assert found == [[]]


def test_the_journal_keeps_no_line_of_a_batch_that_failed(store: Store) -> None:
    with store.reading() as connection:
        before = len(connection.execute(select(Change.seq)).all())
    with pytest.raises(IntegrityError):
        write(store, insert(Person).values(ANN), insert(Person).values(name=None, verified=False))
    with store.reading() as connection:
        assert len(connection.execute(select(Change.seq)).all()) == before
        assert connection.raw.execute("SELECT count(*) FROM open_batch").fetchone()[0] == 0


def test_closing_twice_is_closing_once(store: Store) -> None:
    store.close()
    store.close()
    assert store.closed


@pytest.mark.parametrize("words", ["Ann 95000"])
def test_no_value_stands_in_an_error_of_the_engine(store: Store, words: str) -> None:
    with pytest.raises(IntegrityError) as caught, batch(store, "secret") as work:
        work.connection.execute(insert(Person), [{"id": "x", "name": words, "verified": False}] * 2)
    assert words not in str(caught.value)
    assert "hide_parameters" in str(caught.value)


def test_a_long_statement_of_a_batch_can_be_ended_after_a_reading_inside_it_too(store: Store) -> None:
    started = time.perf_counter()

    def tell(*_told: object) -> None:
        if time.perf_counter() - started > 0.2:
            raise Cancelled

    def write() -> None:
        with batch(store, "Long") as work:
            read_names(store)
            numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000000)"
            work.connection.raw.execute(f"{numbers} SELECT max(i) FROM n")

    with pytest.raises(Cancelled), listening(tell):
        write()
    assert not store.raw.in_transaction
    assert time.perf_counter() - started < 10  # left alone it takes a minute
