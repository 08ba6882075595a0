"""As of: the portfolio as it was, exactly, read-only, while the work goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from pmo_desktop.store.batch import batch
from pmo_desktop.store.check import check_values, check_wholly
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rewind import as_of_batch, as_of_moment
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.undo import undo_batch
from tests.builders import a_milestone, a_person, a_project, change_row, remove_row, state_hash


def newest(store: Store) -> int:
    """The newest batch."""
    with store.reading() as connection:
        return int(connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0])


def fidget(store: Store, random: Random) -> None:
    """One small deed; those that find nothing to do do nothing."""
    projects = [row["id"] for row in read_rows(store, "project")]
    match random.randrange(6):
        case 0 | 1:
            a_project(store, f"P{random.random()}", custom={"k": random.randrange(3)})
        case 2 if projects:
            custom = {random.choice("ab"): random.choice(["x", "1", 1])}
            change_row(store, "project", random.choice(projects), eac=random.randrange(9), custom=custom)
        case 3 if projects:
            change_row(store, "project", random.choice(projects), pm=a_person(store))
        case 4 if projects:
            remove_row(store, "milestone", a_milestone(store, random.choice(projects)))
        case _ if childless := set(projects) - {row["project"] for row in read_rows(store, "milestone")}:
            remove_row(store, "project", random.choice(sorted(childless)))


@pytest.mark.parametrize("seed", range(3))
def test_every_earlier_state_comes_back_exactly(store: Store, seed: int) -> None:
    random = Random(seed)
    states = {newest(store): state_hash(store)}
    for _ in range(60):
        fidget(store, random)
        if random.random() < 0.1 and newest(store) > 1:
            undo_batch(store, newest(store))
        states[newest(store)] = state_hash(store)
    present = state_hash(store)
    for number, expected in states.items():
        past = as_of_batch(store, number)
        assert state_hash(past) == expected
        assert not check_wholly(past.raw)
        past.close()
    assert state_hash(store) == present
    assert not check_values(store.raw)


def test_the_past_has_no_later_history(store: Store) -> None:
    project = a_project(store)
    number = newest(store)
    change_row(store, "project", project, eac=1)
    past = as_of_batch(store, number)
    assert newest(past) == number
    assert read_rows(past, "project")[0]["eac"] is None
    past.close()


def test_the_past_cannot_be_changed(store: Store) -> None:
    past = as_of_batch(store, newest(store))
    with pytest.raises(Known, match="read-only"), batch(past, "rewrite history"):
        pass
    past.close()


def test_as_of_a_moment_is_the_last_batch_before_it(store: Store) -> None:
    a_project(store)
    past = as_of_moment(store, datetime.now(UTC) + timedelta(seconds=1))
    assert state_hash(past) == state_hash(store)
    past.close()


def test_before_the_beginning_there_is_nothing(store: Store) -> None:
    a_project(store)
    past = as_of_moment(store, datetime(2001, 1, 1, tzinfo=UTC))
    assert not read_rows(past, "project")
    assert not read_rows(past, "settings")
    past.close()
