"""Long work tells how far it is, and ends where whoever listens says so."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text

from pmo_desktop.store.check import check_wholly
from pmo_desktop.store.connection import wrap
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.pace import (
    Cancelled,
    begin,
    expect,
    heard,
    listening,
    no_way_back,
    portions,
    step,
    through,
    tick,
)
from tests.builders import a_project, state_hash

Told = list[tuple[int, int, str]]


def test_work_that_nobody_listens_to_runs_as_it_is() -> None:
    begin("Counting", 3)
    expect(6)
    step()
    tick()
    no_way_back("Saving")
    assert list(through("abc")) == ["a", "b", "c"]
    assert list(portions("abc")) == ["abc"]


def test_steps_are_told_as_what_was_begun_of_all() -> None:
    told: Told = []
    with listening(lambda *each: told.append(each), every=0):
        begin("Comparing rows", 10, laps=2)
        for _ in through(range(10), count=1):
            tick()
        step(20)
    assert told[0] == (0, 10, "Comparing rows")
    assert told[-1] == (10, 10, "Comparing rows")  # more steps than were expected are no more than all
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert (5, 10, "Comparing rows") in told


def test_what_is_expected_may_be_known_later_than_of_how_many() -> None:
    told: Told = []
    with listening(lambda *each: told.append(each), every=0):
        begin("Comparing rows", 10)
        expect(100)
        step(50)
    assert told[-1] == (5, 10, "Comparing rows")


def test_portions_are_a_thousand_and_count_what_they_hold() -> None:
    told: Told = []
    with listening(lambda *each: told.append(each), every=0):
        begin("Writing rows", 2_500)
        assert [len(each) for each in portions(range(2_500), count=1)] == [1_000, 1_000, 500]
    assert [done for done, _, _ in told] == [0, 1_000, 2_000, 2_500]


def test_a_listener_is_not_told_more_often_than_it_wants() -> None:
    told: Told = []
    with listening(lambda *each: told.append(each), every=60):
        begin("Counting", 1_000)
        list(through(range(1_000), count=1))
        begin("Counting again", 1_000)
    assert [what for _, _, what in told] == ["Counting", "Counting again"]


def test_what_a_listener_raises_ends_the_work_in_its_midst() -> None:
    def tell(done: int, _of: int, _what: str) -> None:
        if done == 3:
            raise Cancelled

    def count(seen: list[int]) -> None:
        begin("Counting", 10)
        seen.extend(through(range(10), count=1))

    seen: list[int] = []
    with pytest.raises(Cancelled), listening(tell, every=0):
        count(seen)
    assert seen == [0, 1, 2]


def test_from_the_point_of_no_return_on_nothing_is_told_and_nothing_ends_the_work() -> None:
    told: list[str] = []

    def tell(_done: int, _of: int, what: str) -> None:
        told.append(what)
        if told.count("Saving") > 1:
            raise Cancelled

    with listening(tell, every=0):
        begin("Writing rows")
        no_way_back("Saving")
        begin("Saving")
        tick()
    assert told == ["Writing rows", "Saving"]


def test_at_the_point_of_no_return_it_may_still_be_ended() -> None:
    def tell(_done: int, _of: int, what: str) -> None:
        if what == "Saving":
            raise Cancelled

    with pytest.raises(Cancelled), listening(tell):
        no_way_back("Saving")


def test_a_listener_of_inner_work_takes_the_place_of_the_outer_one() -> None:
    outer: Told = []
    inner: Told = []
    with listening(lambda *each: outer.append(each), every=0):
        with listening(lambda *each: inner.append(each), every=0):
            begin("Inside")
        begin("Outside")
    assert ([what for *_, what in inner], [what for *_, what in outer]) == (["Inside"], ["Outside"])


_LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000000) SELECT max(i) FROM n"


def test_one_long_statement_is_ended_within_moments() -> None:
    started = time.perf_counter()

    def tell(*_told: object) -> None:
        if time.perf_counter() - started > 0.1:
            raise Cancelled

    with closing(sqlite3.connect(":memory:")) as raw:
        with pytest.raises(Cancelled), listening(tell), heard(raw):
            raw.execute(_LONG)
        assert time.perf_counter() - started < 5  # left alone it takes a minute
        assert raw.execute("SELECT 1").fetchone() == (1,)


def test_an_error_of_the_statement_itself_stays_what_it_is() -> None:
    with closing(sqlite3.connect(":memory:")) as raw, listening(lambda *_told: None):
        with pytest.raises(sqlite3.OperationalError, match="no such table"), heard(raw):
            raw.execute("SELECT * FROM missing")
        with heard(raw):
            assert raw.execute("SELECT 1").fetchone() == (1,)


def test_a_statement_that_nobody_listens_to_runs_on() -> None:
    with closing(sqlite3.connect(":memory:")) as raw, heard(raw):
        assert raw.execute("SELECT 1").fetchone() == (1,)


def test_ctrl_c_on_the_way_into_the_engines_own_call_is_ctrl_c() -> None:
    """The engine says only that it was interrupted, directly or in the words of SQLAlchemy."""
    with closing(sqlite3.connect(":memory:")) as raw, listening(lambda *_told: None):
        for run in (raw.execute, lambda query: wrap(raw).execute(text(query))):
            with pytest.raises(KeyboardInterrupt), heard(raw):
                interrupted(raw, run)


def interrupted(raw: sqlite3.Connection, run: Callable[[str], object]) -> None:
    raw.set_progress_handler(lambda: 1, 100)
    run(_LONG)


def test_a_check_that_is_ended_does_not_call_the_file_damaged() -> None:
    def tell(*_told: object) -> None:
        raise Cancelled

    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute(f"CREATE TABLE big AS {_LONG.replace('500000000', '100000').replace('max(i)', 'i')}")
        with pytest.raises(Cancelled), listening(tell), heard(raw):
            check_wholly(raw)


def test_a_copy_that_is_cancelled_leaves_nothing_open_and_the_next_one_is_whole() -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    with closing(create_memory_store()) as store:
        a_project(store)
        with pytest.raises(Cancelled), listening(stop, every=0):
            store.copy_to_memory()
        with closing(store.copy_to_memory()) as copy:
            assert state_hash(copy) == state_hash(store)
