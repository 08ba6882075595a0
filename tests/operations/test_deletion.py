"""Deleting: what goes along, what loses a link, and all of it back by one undo."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.operations.deletion import delete_records, deletion_sentence
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.projects import report_status
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.store.rows import read_row, read_rows
from tests.operations.conftest import Small


def test_the_sentence_says_what_goes_with_a_project(small: Small) -> None:
    report_status(small.store, [small.alpha], date(2026, 11, 13))
    assert (
        deletion_sentence(small.store, "project", [small.alpha]) == "Delete A-1 with 1 milestone and 1 status report."
    )
    assert deletion_sentence(small.store, "project", [small.beta]) == "Delete A-2."


def test_the_sentence_says_who_loses_a_link(small: Small) -> None:
    person = read_rows(small.store, "person")[0]["id"]
    edit_cells(small.store, "milestone", [Edit(small.go_live, "owner", person)])
    assert deletion_sentence(small.store, "person", [person]) == (
        "Delete Priya Nair. 1 milestone will have no owner and 2 projects will have no manager."
    )


def test_a_link_of_a_row_that_goes_itself_is_not_counted(small: Small) -> None:
    programme = read_rows(small.store, "programme")[0]["id"]
    portfolio = create_record(small.store, "portfolio", {"name": "All"})
    edit_cells(small.store, "programme", [Edit(programme, "portfolio", portfolio)])
    sentence = deletion_sentence(small.store, "portfolio", [portfolio])
    assert sentence == "Delete All. 1 programme will have no portfolio."


@pytest.mark.parametrize("entity", ["project", "person", "programme"])
def test_a_deletion_and_its_undo_leave_everything_as_it_was(small: Small, entity: str) -> None:
    report_status(small.store, [small.alpha], date(2026, 11, 13))
    tables = ("project", "milestone", "status_report", "person", "programme")
    before = {name: read_rows(small.store, name) for name in tables}
    ids = [row["id"] for row in before[entity]]
    delete_records(small.store, entity, ids)
    assert not read_rows(small.store, entity)
    undo(small.store)
    assert {name: read_rows(small.store, name) for name in tables} == before


def test_deleting_a_person_empties_the_links_to_them(small: Small) -> None:
    person = read_rows(small.store, "person")[0]["id"]
    delete_records(small.store, "person", [person])
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    assert row["pm"] is None


def test_deleting_nothing_leaves_no_step(small: Small) -> None:
    assert delete_records(small.store, "project", ["gone"]) is None
