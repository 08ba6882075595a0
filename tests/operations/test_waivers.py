"""Asking for waivers, allowing, refusing and withdrawing them."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.waivers import decide_waiver, request_waiver, withdraw_waiver
from pmo_desktop.rules.compliance import Event, Mode
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import state_hash
from tests.operations.gatestage import DAY, LATER, Stage, make_stage


def ask(stage: Stage, event: Event | None = Event.MISSING, expires: date | None = LATER) -> str:
    ben = stage.people["ben"]
    return request_waiver(stage.store, stage.project, " No brief ", " Too small. ", DAY, event, "brief", ben, expires)


def test_a_waiver_is_asked_for_and_allowed_until_a_day(store: Store) -> None:
    stage = make_stage(store, Mode.CONTROLLING)
    waiver = ask(stage)
    row = stage.row("waiver", waiver)
    assert (row["ref"], row["subject"], row["reason"], row["status"]) == (
        "W-001",
        "No brief",
        "Too small.",
        "Requested",
    )
    assert latest_batches(store, 1)[0].what == "Request waiver W-001 for HW-101"
    decide_waiver(store, waiver, approve=True, on=DAY, by=stage.people["sue"], comment=" Once. ")
    row = stage.row("waiver", waiver)
    assert (row["status"], row["approver"], row["decided_on"]) == ("Approved", stage.people["sue"], DAY)
    assert (row["expires"], row["comment"]) == (LATER, "Once.")
    assert stage.row("waiver", ask(stage, None))["ref"] == "W-002"


def test_a_waiver_is_refused_or_withdrawn_and_then_it_is_over(store: Store) -> None:
    stage = make_stage(store)
    first, second = ask(stage), ask(stage)
    decide_waiver(store, first, approve=False, on=DAY, by=None)
    withdraw_waiver(store, second, " Not needed. ")
    assert [stage.row("waiver", each)["status"] for each in (first, second)] == ["Rejected", "Withdrawn"]
    with pytest.raises(Known, match="rejected already"):
        withdraw_waiver(store, first)
    with pytest.raises(Known, match="withdrawn already"):
        decide_waiver(store, second, approve=True, on=DAY, by=stage.people["sue"])
    with pytest.raises(Known, match="has been deleted"):
        withdraw_waiver(store, "gone")


def test_a_waiver_says_what_why_and_what_for(store: Store) -> None:
    stage = make_stage(store)
    with pytest.raises(Known, match="what is waived, and why"):
        request_waiver(store, stage.project, "No brief", " ", DAY, Event.MISSING)
    with pytest.raises(Known, match="is for a rule, or for a gate"):
        request_waiver(store, stage.project, "No brief", "So.", DAY)


@pytest.mark.parametrize(
    ("mode", "by", "words"),
    [
        (Mode.SUPPORTIVE, None, "say who approves"),
        (Mode.CONTROLLING, "ben", "nobody approves their own"),
        (Mode.CONTROLLING, "priya", "nobody approves their own"),
        (Mode.DIRECTIVE, "sue", "only the head of the PMO may waive, and the role of Sue Okafor"),
    ],
)
def test_who_may_not_approve_a_waiver_is_said(store: Store, mode: Mode, by: str | None, words: str) -> None:
    stage = make_stage(store, mode)
    waiver = ask(stage, None if mode is Mode.DIRECTIVE else Event.CLOSURE)
    before = state_hash(store)
    with pytest.raises(Known, match=words):
        decide_waiver(store, waiver, approve=True, on=DAY, by=stage.people[by] if by else None)
    assert state_hash(store) == before


def test_the_head_of_the_pmo_waives_under_directive_authority_and_anybody_under_supportive(store: Store) -> None:
    stage = make_stage(store)
    decide_waiver(store, ask(stage), approve=True, on=DAY, by=stage.people["ben"])
    set_authority(store, Mode.DIRECTIVE, DAY)
    decide_waiver(store, ask(stage), approve=True, on=DAY, by=stage.people["helen"])


@pytest.mark.parametrize("until", [None, date(2026, 11, 12)])
def test_a_waiver_holds_until_a_day_that_lies_ahead(store: Store, until: date | None) -> None:
    stage = make_stage(store)
    with pytest.raises(Known, match="needs a day that lies ahead"):
        decide_waiver(store, ask(stage, expires=until), approve=True, on=DAY, by=stage.people["sue"])
