"""A changed risk scheme is a new version, in force from its day, and one step to undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.figures.riskschemes import read_schemes, scheme_of
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.riskschemes import save_scheme
from pmo_desktop.rules.risk import FIVE_BY_FIVE
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_settings
from tests.builders import state_hash
from tests.operations.conftest import Small

FIRST, SECOND = date(2026, 1, 1), date(2026, 11, 1)


def test_a_scheme_is_saved_with_the_appetite_as_one_step_and_earlier_days_keep_theirs(small: Small) -> None:
    store = small.store
    save_scheme(store, replace(FIVE_BY_FIVE, name="Old", effective_from=FIRST), None)
    before = state_hash(store)
    new = replace(FIVE_BY_FIVE, name=" Tighter ", starts=(4, 8, 12), effective_from=SECOND)
    save_scheme(store, new, 8.0)
    assert latest_batches(store)[0].what == "Risk scheme Tighter from 1 November 2026"
    assert (scheme_of(store, SECOND).starts, scheme_of(store, FIRST).name) == ((4, 8, 12), "Old")
    assert read_settings(store)["risk_appetite"] == 8
    undo(store)
    assert state_hash(store) == before
    assert [each.name for each in read_schemes(store)] == ["Old"]


def test_a_scheme_needs_a_name(small: Small) -> None:
    with pytest.raises(Known, match="no name"):
        save_scheme(small.store, replace(FIVE_BY_FIVE, name=" "), None)
