"""A version of a methodology is drafted, changed, approved, retired and deleted, each one step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.figures.methods import list_methods, read_method
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.methods import (
    approve_method,
    change_method,
    delete_draft,
    draft_version,
    install_method,
    new_method,
    retire_method,
)
from pmo_desktop.rules.method import Method
from pmo_desktop.rules.methodchange import compare_methods
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from tests.builders import a_person, a_project, a_row, state_hash
from tests.twosteps import DAY, FIRST, SECOND, approved


def test_the_next_version_is_drafted_with_the_codes_of_all_parts(store: Store) -> None:
    first = approved(store)
    before = state_hash(store)
    second = draft_version(store, first, " 1.1 ")
    made = read_method(store, second)
    assert made == replace(FIRST, version="1.1")
    assert [each.field for each in compare_methods(FIRST, made)] == ["Version"]
    assert latest_batches(store)[0].what == "Draft Two steps 1.1 from Two steps 1.0"
    undo(store)
    assert state_hash(store) == before


@pytest.mark.parametrize(
    ("version", "told"), [("", "give the new version a number"), ("1.0", "in the library already")]
)
def test_a_draft_needs_a_number_of_its_own(store: Store, version: str, told: str) -> None:
    first = approved(store)
    with pytest.raises(Known, match=told):
        draft_version(store, first, version)


def test_a_draft_is_not_drafted_again(store: Store) -> None:
    with pytest.raises(Known, match=r"Two steps 1[.]0 is still a draft"):
        draft_version(store, install_method(store, FIRST), "2.0")


def test_a_new_methodology_begins_as_an_empty_draft_with_a_code_of_its_own(store: Store) -> None:
    first, second = new_method(store, " Our way "), new_method(store, "Our way")
    assert read_method(store, first) == Method("our-way", "Our way", "1.0")
    assert read_method(store, second).code == "our-way-2"
    with pytest.raises(Known, match="needs a name"):
        new_method(store, " ")


def test_the_head_of_a_draft_is_changed_and_its_id_follows_its_number(store: Store) -> None:
    draft = install_method(store, FIRST)
    assert change_method(store, draft, {"version": "0.9", "tier": "Tier 1"})
    line = list_methods(store)[0]
    assert (line.ref, line.version, line.tier) == ("two-steps 0.9", "0.9", "Tier 1")
    assert change_method(store, draft, {"tier": "Tier 1"}) is None
    other = install_method(store, FIRST)
    with pytest.raises(Known, match=r"two-steps 0[.]9 is in the library already"):
        change_method(store, other, {"version": "0.9"})
    with pytest.raises(ValueError, match="status"):
        change_method(store, draft, {"status": "Approved"})


def test_a_draft_is_approved_by_a_person_on_a_day(store: Store) -> None:
    draft, iris = install_method(store, FIRST), a_person(store, "Iris Falk")
    before = state_hash(store)
    approve_method(store, draft, DAY, iris)
    row = read_row(store, "methodology", draft)
    assert row
    assert (row["status"], row["approved_on"], row["approved_by"]) == ("Approved", DAY, iris)
    with pytest.raises(Known, match=r"is approved already[.] Draft the next version"):
        approve_method(store, draft, DAY)
    undo(store)
    assert state_hash(store) == before


def test_a_methodology_typed_in_by_hand_gets_its_code_when_it_is_approved(store: Store) -> None:
    draft = install_method(store, FIRST)
    bare = a_row(store, "methodology", name="By hand", version="1.0", custom={})
    with pytest.raises(Known, match="It has no phases"):
        approve_method(store, bare, DAY)
    a_row(store, "method_phase", methodology=bare, code="all", name="All", position=1.0)
    approve_method(store, bare, DAY)
    row = read_row(store, "methodology", bare)
    assert row
    assert (row["code"], row["ref"]) == ("By hand", "By hand 1.0")
    assert read_row(store, "methodology", draft)


def test_all_that_stands_against_approval_is_said_and_nothing_is_changed(store: Store) -> None:
    broken = install_method(store, Method("m", "Broken", ""))
    before = state_hash(store)
    with pytest.raises(Known, match=r"It has no version number[.] It has no phases[.] Mend this"):
        approve_method(store, broken, DAY)
    assert state_hash(store) == before


def test_an_approved_version_is_retired_and_its_projects_go_on(store: Store) -> None:
    first = approved(store)
    project = a_project(store, methodology=first)
    retire_method(store, first, DAY, "Replaced by 2.0")
    row = read_row(store, "methodology", first)
    assert row
    assert (row["status"], row["retired_on"]) == ("Retired", DAY)
    assert (read_row(store, "project", project) or {})["methodology"] == first
    with pytest.raises(Known, match="is retired already"):
        retire_method(store, first, DAY)
    with pytest.raises(Known, match="is still a draft: delete it instead"):
        retire_method(store, install_method(store, SECOND), DAY)


def test_a_draft_is_deleted_with_all_its_parts(store: Store) -> None:
    empty = state_hash(store)
    draft = install_method(store, FIRST)
    before = state_hash(store)
    delete_draft(store, draft)
    assert state_hash(store) == empty
    undo(store)
    assert state_hash(store) == before


def test_what_was_approved_or_is_followed_is_not_deleted(store: Store) -> None:
    first = approved(store)
    with pytest.raises(Known, match=r"Two steps 1[.]0 is approved and stays as it is: draft the next version first"):
        delete_draft(store, first)
    draft = install_method(store, SECOND)
    a_project(store, methodology=draft)
    with pytest.raises(Known, match="1 project follows it"):
        delete_draft(store, draft)
    assert len(read_rows(store, "methodology")) == 2


def test_a_version_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        retire_method(store, "gone", date(2026, 1, 1))
