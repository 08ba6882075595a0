"""A thousand random deeds: all undone, all redone, the file closed between, and every state is met again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from pmo_desktop.operations.history import Undone, next_steps, redo, undo
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.rewind import as_of_batch
from tests.builders import state_hash
from tests.fidget.deeds import do_something, first_deeds

DEEDS = 1_000
SEEDS = int(os.environ.get("PMO_FIDGET_SEEDS", "1"))  # reliability.md T-14 asks for 50 before a release


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_thousand_deeds_undone_and_redone_meet_the_same_states(tmp_path: Path, seed: int) -> None:
    path, random = tmp_path / "fidget.pmo", Random(seed)
    store = create_store(path, "ann")
    for deed in first_deeds():
        with suppress(Known):
            deed(store, random)
    states = live(store, random)
    assert len(states) > DEEDS / 3  # the rest were refused, or found nothing to change

    store = reopened(store, path)
    met = take_steps(store, undo, len(states) - 1)
    assert met == list(reversed(states[:-1]))

    store = reopened(store, path)
    met = take_steps(store, redo, len(states) - 1)
    assert met == states[1:]
    assert next_steps(store)[1] is None
    reopened(store, path).close()


def test_any_past_can_be_looked_at_again(tmp_path: Path) -> None:
    random = Random(4)
    store = create_store(tmp_path / "fidget.pmo", "ann")
    past: dict[int, str] = {}
    for _ in range(150):
        random.choice((do_something, do_something, undo_if_any))(store, random)
        past[newest_batch(store)] = state_hash(store)
    for number in random.sample(sorted(past), 25):
        then = as_of_batch(store, number)
        assert state_hash(then) == past[number], f"as of batch {number}"
        then.close()
    assert past[newest_batch(store)] == state_hash(store)
    store.close()


def live(store: Store, random: Random) -> list[str]:
    """A thousand deeds, and the state after each that changed something, the beginning first."""
    states, before = [state_hash(store)], newest_batch(store)
    for _ in range(DEEDS):
        deed = do_something(store, random)
        after = newest_batch(store)
        if after == before:
            assert state_hash(store) == states[-1], f"{deed} changed something without a batch"
            continue
        states.append(state_hash(store))
        before = after
    return states


def take_steps(store: Store, step: Callable[[Store], Undone], count: int) -> list[str]:
    """The states that so many undos or redos lead through."""
    met = []
    for _ in range(count):
        assert step(store).refused == ()
        met.append(state_hash(store))
    return met


def reopened(store: Store, path: Path) -> Store:
    """The same file in a new life: what is undone and redone must be read from it, not remembered."""
    before = state_hash(store)
    store.close()
    store = open_store(path, "bo")
    assert state_hash(store) == before
    return store


def undo_if_any(store: Store, _: Random) -> None:
    """One step back, when there is one."""
    if next_steps(store)[0]:
        undo(store)


def newest_batch(store: Store) -> int:
    """The number of the newest batch."""
    with store.reading() as connection:
        number: int = connection.raw.execute("SELECT max(id) FROM batch").fetchone()[0]
    return number
