"""Findings: raised, agreed, acted on and verified by somebody else; what comes back is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pmo_desktop.operations.findings import (
    agree_action,
    finish_finding,
    raise_finding,
    reject_finding,
    return_finding,
    verify_finding,
)
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.rules.assurance import Grade
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_person, a_project, a_row, change_row, state_hash

TODAY, DUE = date(2026, 11, 13), date(2026, 12, 4)


@dataclass(frozen=True)
class Checked:
    """A project with a check of it, its manager and somebody else."""

    store: Store
    project: str
    audit: str
    ann: str
    bea: str

    def raised(self, **values: Any) -> str:
        return raise_finding(
            self.store, self.audit, "HC-13", "Nobody owns the worst risk", Grade.CRITICAL, self.ann, DUE, **values
        ).id

    def agreed(self) -> str:
        finding = self.raised()
        agree_action(self.store, finding, "Name an owner")
        return finding

    def finding(self, identity: str) -> dict[str, Any]:
        row = read_row(self.store, "finding", identity)
        assert row is not None
        return row


@pytest.fixture
def checked(store: Store) -> Checked:
    ann, bea = a_person(store, "Ann"), a_person(store, "Bea")
    project = a_project(store, ref="A-1", pm=ann)
    return Checked(store, project, a_row(store, "audit", ref="AUD-001", title="Check", project=project), ann, bea)


def test_a_finding_is_raised_in_the_name_of_its_check(checked: Checked) -> None:
    before = state_hash(checked.store)
    row = checked.finding(checked.raised(cause="Haste", recommendation="Ask"))
    assert latest_batches(checked.store)[0].what == "Raise finding F-001 in AUD-001"
    told = [row[name] for name in ("ref", "project", "audit", "code", "grade", "raised", "due", "status", "repeat_of")]
    assert told == ["F-001", checked.project, "AUD-001", "HC-13", "Critical", TODAY, DUE, "Open", None]
    undo(checked.store)
    assert state_hash(checked.store) == before


def test_a_finding_that_comes_back_says_which(checked: Checked) -> None:
    checked.raised()
    again = raise_finding(checked.store, checked.audit, "HC-13", "The worst risk has no owner", Grade.ESSENTIAL)
    assert again.repeats == ""
    later = a_row(checked.store, "audit", title="Check again", project=checked.project)
    repeated = raise_finding(checked.store, later, "HC-13", "No owner of risks", Grade.CRITICAL)
    assert (repeated.ref, repeated.repeats) == ("F-003", "It repeats F-002, The worst risk has no owner.")
    assert checked.finding(repeated.id)["repeat_of"] == "F-002"
    assert latest_batches(checked.store)[0].what == "Raise finding F-003 in Check again, which repeats F-002"


def test_a_finding_of_the_same_managers_other_project_repeats_unless_it_was_not_accepted(checked: Checked) -> None:
    other = a_project(checked.store, "Beta", pm=checked.ann)
    audit = a_row(checked.store, "audit", ref="AUD-002", title="Check", project=other)
    reject_finding(checked.store, checked.raised(), "A risk of another project")
    assert not raise_finding(checked.store, audit, "HC-13", "Nobody owns the worst risk", Grade.CRITICAL).repeats
    undo(checked.store)
    undo(checked.store)
    assert raise_finding(checked.store, audit, "", "Nobody owns the worst risk", Grade.CRITICAL).repeats


def test_a_finding_needs_a_title_and_a_check(checked: Checked) -> None:
    with pytest.raises(Known, match="has no title"):
        raise_finding(checked.store, checked.audit, "HC-1", " ", Grade.CRITICAL)
    with pytest.raises(Known, match="has been deleted"):
        raise_finding(checked.store, "gone", "HC-1", "Late", Grade.CRITICAL)


def test_an_action_is_agreed_in_the_register_of_actions(checked: Checked) -> None:
    finding = checked.raised()
    before = state_hash(checked.store)
    identity = agree_action(checked.store, finding, " Name an owner ")
    action = read_row(checked.store, "action", identity)
    assert action is not None
    told = [action[name] for name in ("ref", "project", "description", "source", "source_ref", "owner", "due")]
    assert told == ["ACT-001", checked.project, "Name an owner", "Audit", "F-001", checked.ann, DUE]
    (link,) = read_rows(checked.store, "entry_link")
    assert (link["from_row"], link["to_row"], link["kind"]) == (identity, finding, "Belongs under")
    assert checked.finding(finding)["status"] == "Action agreed"
    assert latest_batches(checked.store)[0].what == "Agree action ACT-001 for F-001"
    undo(checked.store)
    assert state_hash(checked.store) == before


def test_another_owner_and_day_may_be_agreed(checked: Checked) -> None:
    finding = checked.raised()
    agree_action(checked.store, finding, "Name an owner", checked.bea, TODAY)
    row = checked.finding(finding)
    assert (row["owner"], row["due"]) == (checked.bea, TODAY)


def test_an_action_needs_words_and_an_owner(checked: Checked) -> None:
    finding = raise_finding(checked.store, checked.audit, "", "Late", Grade.RECOMMENDED).id
    for words, given in {"say what will be done": (" ", checked.ann), "nobody owns F-001": ("Hurry", None)}.items():
        with pytest.raises(Known, match=words):
            agree_action(checked.store, finding, *given)
    assert not read_rows(checked.store, "action")


def test_what_is_done_completes_its_open_actions(checked: Checked) -> None:
    finding = checked.agreed()
    early = agree_action(checked.store, finding, "Tell the board")
    change_row(checked.store, "action", early, status="Complete", done=DUE)
    finish_finding(checked.store, finding, TODAY)
    assert checked.finding(finding)["status"] == "Action done"
    assert [(row["status"], row["done"]) for row in read_rows(checked.store, "action")] == [
        ("Complete", TODAY),
        ("Complete", DUE),
    ]


def test_somebody_else_verifies(checked: Checked) -> None:
    finding = checked.agreed()
    finish_finding(checked.store, finding, TODAY)
    before = state_hash(checked.store)
    with pytest.raises(Known, match="Ann acted on it"):
        verify_finding(checked.store, finding, checked.ann, TODAY)
    assert state_hash(checked.store) == before
    verify_finding(checked.store, finding, checked.bea, TODAY)
    row = checked.finding(finding)
    assert (row["status"], row["verified_on"], row["verified_by"]) == ("Verified", TODAY, checked.bea)


def test_who_owned_an_action_does_not_verify_either(checked: Checked) -> None:
    finding = checked.agreed()
    agree_action(checked.store, finding, "Tell the board", checked.bea)
    change_row(checked.store, "finding", finding, owner=None)
    finish_finding(checked.store, finding, TODAY)
    for person, name in ((checked.ann, "Ann"), (checked.bea, "Bea")):
        with pytest.raises(Known, match=f"{name} acted on it"):
            verify_finding(checked.store, finding, person, TODAY)


def test_what_was_not_mended_goes_back_with_a_reason(checked: Checked) -> None:
    finding = checked.agreed()
    finish_finding(checked.store, finding, TODAY)
    return_finding(checked.store, finding, " The owner has left ")
    row = checked.finding(finding)
    assert (row["status"], row["done"], row["comment"]) == ("Action agreed", None, "The owner has left")
    finish_finding(checked.store, finding, TODAY)
    return_finding(checked.store, finding, "Again")
    assert checked.finding(finding)["comment"] == "The owner has left\nAgain"


def test_a_finding_that_is_not_accepted_stays_with_its_reason(checked: Checked) -> None:
    finding = checked.raised()
    with pytest.raises(Known, match="Nothing was rejected: say why"):
        reject_finding(checked.store, finding, " ")
    reject_finding(checked.store, finding, "Seen already")
    row = checked.finding(finding)
    assert (row["status"], row["comment"]) == ("Not accepted", "Seen already")


DEEDS: dict[str, Callable[[Checked, str], object]] = {
    "agree": lambda it, row: agree_action(it.store, row, "Hurry"),
    "finish": lambda it, row: finish_finding(it.store, row, TODAY),
    "verify": lambda it, row: verify_finding(it.store, row, it.bea, TODAY),
    "return": lambda it, row: return_finding(it.store, row, "Why"),
    "reject": lambda it, row: reject_finding(it.store, row, "Why"),
}


@pytest.mark.parametrize(
    ("deed", "status"),
    [
        ("agree", "Action done"),
        ("finish", None),
        ("finish", "Verified"),
        ("verify", "Action agreed"),
        ("return", "Open"),
        ("reject", "Verified"),
    ],
)
def test_a_deed_out_of_order_changes_nothing_and_says_where_it_belongs(
    checked: Checked, deed: str, status: str | None
) -> None:
    finding = checked.raised()
    change_row(checked.store, "finding", finding, status=status)
    before = state_hash(checked.store)
    with pytest.raises(Known, match=r"F-001 stands at .*this can be done at"):
        DEEDS[deed](checked, finding)
    assert state_hash(checked.store) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_finding_that_is_gone_is_said(checked: Checked, deed: str) -> None:
    with pytest.raises(Known, match="has been deleted"):
        DEEDS[deed](checked, "gone")
