"""Handing deliverables in, accepting and returning them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pmo_desktop.operations.deliverables import accept_deliverable, return_deliverable, submit_deliverable
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.records import Edit, close_records, edit_cells
from pmo_desktop.rules.compliance import Event, Mode, Outcome
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import state_hash
from tests.operations.gatestage import DAY, Stage, make_stage


@pytest.fixture
def stage(store: Store) -> Stage:
    return make_stage(store)


def test_a_deliverable_is_handed_in_accepted_and_may_be_returned(stage: Stage) -> None:
    submit_deliverable(stage.store, stage.brief, DAY, template_used=True)
    row = stage.row("deliverable", stage.brief)
    assert (row["status"], row["submitted_on"], row["template_used"]) == ("Submitted", DAY, True)
    accept_deliverable(stage.store, stage.brief, DAY, stage.people["sue"])
    row = stage.row("deliverable", stage.brief)
    assert (row["status"], row["accepted_on"], row["acceptor"]) == ("Accepted", DAY, stage.people["sue"])
    return_deliverable(stage.store, stage.brief, DAY, " Too short. ")
    row = stage.row("deliverable", stage.brief)
    assert (row["status"], row["accepted_on"], row["comment"]) == ("Returned", None, "Returned 13 Nov 26: Too short.")
    assert latest_batches(stage.store, 1)[0].why == "Too short."
    return_deliverable(stage.store, stage.brief, date(2026, 11, 14), "Still.")
    assert stage.row("deliverable", stage.brief)["comment"].endswith("Too short.\nReturned 14 Nov 26: Still.")
    submit_deliverable(stage.store, stage.brief, DAY)
    assert stage.row("deliverable", stage.brief)["template_used"] is True


def test_what_cannot_be_done_is_said(stage: Stage) -> None:
    with pytest.raises(Known, match="Thing of HW-101 is accepted already"):
        submit_deliverable(stage.store, stage.thing, DAY)
    with pytest.raises(Known, match="Brief of HW-101 was not handed in"):
        accept_deliverable(stage.store, stage.brief, DAY, stage.people["sue"])
    with pytest.raises(Known, match="say what has to be mended"):
        return_deliverable(stage.store, stage.brief, DAY, " ")
    with pytest.raises(Known, match="has been deleted"):
        submit_deliverable(stage.store, "gone", DAY)


@pytest.mark.parametrize("mode", [Mode.CONTROLLING, Mode.DIRECTIVE])
def test_nobody_accepts_their_own_however_they_do_it(store: Store, mode: Mode) -> None:
    stage = make_stage(store, mode)
    submit_deliverable(store, stage.brief, DAY, template_used=True)
    before, ben = state_hash(store), stage.people["ben"]
    deeds: tuple[Callable[[], object], ...] = (
        lambda: accept_deliverable(store, stage.brief, DAY, ben),
        lambda: edit_cells(
            store, "deliverable", [Edit(stage.brief, "status", "Accepted"), Edit(stage.brief, "acceptor", ben)]
        ),
        lambda: edit_cells(
            store, "deliverable", [Edit(stage.thing, "acceptor", None), Edit(stage.thing, "owner", ben)]
        ),
        lambda: close_records(store, "deliverable", [stage.brief], DAY),
    )
    for deed in deeds[:2]:
        with pytest.raises(Known, match="Nobody accepts their own: “Brief”"):
            deed()
    for nobody in deeds[2:]:
        with pytest.raises(Known, match="needs somebody who accepted it"):
            nobody()
    assert state_hash(store) == before
    accept_deliverable(store, stage.brief, DAY, stage.people["sue"])
    assert not stage.overrides()


def test_a_template_that_was_not_used_is_told_once(store: Store) -> None:
    stage = make_stage(store, Mode.CONTROLLING)
    submit_deliverable(store, stage.brief, DAY)
    accept_deliverable(store, stage.brief, DAY, stage.people["sue"])
    assert stage.overrides() == [(Event.TEMPLATE, Mode.CONTROLLING, Outcome.WARNED)]


def test_what_has_no_template_needs_none(store: Store) -> None:
    stage = make_stage(store, Mode.DIRECTIVE)
    return_deliverable(store, stage.thing, DAY, "Again.")
    submit_deliverable(store, stage.thing, DAY)
    assert not stage.overrides()
