"""Somebody restless: deeds, undo, redo, undo of old deeds, reopening and looking back, in any order."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pmo_desktop.operations.history import latest_batches, next_steps, redo, undo, undo_batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.opening import create_store, open_store
from pmo_desktop.store.rewind import as_of_batch
from tests.builders import state_hash
from tests.fidget.deeds import Deed, do_something, first_deeds

SEEDS = st.integers(0, 2**32 - 1)


class Fidget(RuleBasedStateMachine):
    """The model: the states one can go back to, the states one can go forward to, and what each batch left."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="fidget-"))
        self.store = create_store(self.folder / "fidget.pmo", "ann")
        self.back: list[str] = []
        self.forward: list[str] = []
        self.past: dict[int, str] = {}

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        """A few rows in one life, so that the first deeds have something to work on."""
        random = Random(seed)
        for deed in first_deeds():
            self._do(deed, random)

    @rule(seed=SEEDS)
    def act(self, seed: int) -> None:
        """A deed that changes something is one step, and ends what could be redone."""
        self._do(do_something, Random(seed))

    @precondition(lambda self: self.back)
    @rule()
    def undo(self) -> None:
        """One step back is the state before the newest deed."""
        self.forward.append(state_hash(self.store))
        assert undo(self.store).refused == ()
        assert state_hash(self.store) == self.back.pop()

    @precondition(lambda self: self.forward)
    @rule()
    def redo(self) -> None:
        """One step forward is the state that was undone."""
        self.back.append(state_hash(self.store))
        assert redo(self.store).refused == ()
        assert state_hash(self.store) == self.forward.pop()

    @rule(seed=SEEDS)
    def undo_an_old_deed_and_think_better_of_it(self, seed: int) -> None:
        """Whatever of an old deed can be undone is undone, and comes back with redo."""
        before = state_hash(self.store)
        deed = Random(seed).choice([each for each in latest_batches(self.store) if each.undoes is None])
        try:
            undone = undo_batch(self.store, deed.batch, rest=True)
        except Known:
            assert state_hash(self.store) == before
            return
        if undone.batch is not None:
            redo(self.store)
        assert state_hash(self.store) == before

    @rule()
    def reopen(self) -> None:
        """Nothing lives in memory only."""
        before = state_hash(self.store)
        self.store.close()
        self.store = open_store(self.folder / "fidget.pmo", "bo")
        assert state_hash(self.store) == before

    @rule(seed=SEEDS)
    def look_back(self, seed: int) -> None:
        """The file as of any batch is the file as it was."""
        number = Random(seed).choice(sorted(self.past))
        then = as_of_batch(self.store, number)
        assert state_hash(then) == self.past[number]
        then.close()

    @invariant()
    def the_menu_knows_what_can_be_done(self) -> None:
        """Undo and redo are offered exactly when there is a step to take; each batch's state is kept in mind."""
        can_undo, can_redo = next_steps(self.store)
        assert bool(can_undo) == bool(self.back)
        assert bool(can_redo) == bool(self.forward)
        self.past[self._newest()] = state_hash(self.store)

    @invariant()
    def the_file_is_sound(self) -> None:
        """No link points nowhere, and no transaction is left open."""
        assert not self.store.raw.in_transaction
        with self.store.reading() as connection:
            assert connection.raw.execute("PRAGMA foreign_key_check").fetchall() == []

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.store.close()
        shutil.rmtree(self.folder)

    def _do(self, deed: Deed, random: Random) -> None:
        before, newest = state_hash(self.store), self._newest()
        try:
            deed(self.store, random)
        except Known:
            assert state_hash(self.store) == before
        if self._newest() == newest:
            assert state_hash(self.store) == before
        else:
            self.back.append(before)
            self.forward.clear()

    def _newest(self) -> int:
        return latest_batches(self.store, 1)[0].batch


TestFidget = Fidget.TestCase
TestFidget.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
