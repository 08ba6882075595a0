"""Undo, redo, and the journal read as history."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.fields import add_custom_field, delete_custom_field
from pmo_desktop.operations.history import cell_history, latest_batches, next_steps, redo, row_history, undo, undo_batch
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_row, read_rows
from tests.operations.conftest import Small


def name_of(small: Small) -> str:
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    return str(row["name"])


def rename(small: Small, name: str) -> int:
    number = edit_cells(small.store, "project", [Edit(small.alpha, "name", name)])
    assert number is not None
    return number


def test_undo_and_redo_walk_back_and_forth_in_order(small: Small) -> None:
    for name in ("One", "Two", "Three"):
        rename(small, name)
    walked = []
    for step in (undo, undo, redo, undo, undo, redo, redo, redo):
        step(small.store)
        walked.append(name_of(small))
    assert walked == ["Two", "One", "Two", "One", "Alpha", "One", "Two", "Three"]


def test_a_new_deed_ends_redo(small: Small) -> None:
    rename(small, "One")
    undo(small.store)
    assert next_steps(small.store) == ("New milestone Go-live", "Change project of A-1")
    rename(small, "Two")
    assert next_steps(small.store)[1] is None
    with pytest.raises(Known, match="nothing to redo"):
        redo(small.store)


def test_everything_can_be_undone_but_the_beginning(small: Small) -> None:
    for _ in range(3):
        undo(small.store)
    with pytest.raises(Known, match="nothing to undo"):
        undo(small.store)
    assert not read_rows(small.store, "project")
    with pytest.raises(Known, match="beginning of a portfolio"):
        undo_batch(small.store, 1)
    for _ in range(3):
        redo(small.store)
    assert name_of(small) == "Alpha"


def test_an_old_deed_is_undone_except_where_somebody_wrote_since(small: Small) -> None:
    old = edit_cells(small.store, "project", [Edit(small.alpha, "name", "One"), Edit(small.alpha, "score", 3.0)])
    assert old is not None
    later = rename(small, "Two")
    plan = undo_batch(small.store, old)
    assert plan.batch is None
    assert [(each.field, each.batch) for each in plan.refused] == [("name", later)]
    done = undo_batch(small.store, old, rest=True)
    assert done.batch is not None
    row = read_row(small.store, "project", small.alpha)
    assert row is not None
    assert (row["name"], row["score"]) == ("Two", None)


def test_a_deed_that_was_written_over_whole_is_refused_naming_what_is_in_the_way(small: Small) -> None:
    old = rename(small, "One")
    rename(small, "Two")
    with pytest.raises(Known, match="“Change project of A-1” changed it since"):
        undo_batch(small.store, old)


def test_undoing_twice_says_that_it_is_undone(small: Small) -> None:
    number = rename(small, "One")
    undo(small.store)
    with pytest.raises(Known, match="Nothing was undone"):
        undo_batch(small.store, number)


def test_an_unknown_batch_is_said(small: Small) -> None:
    with pytest.raises(Known, match="There is no batch 999"):
        undo_batch(small.store, 999)


def test_the_list_says_what_is_undone(small: Small) -> None:
    number = rename(small, "One")
    undo(small.store)
    states = {deed.batch: (deed.undoes, deed.undone) for deed in latest_batches(small.store)}
    assert states[number] == (None, True)
    assert states[number + 1] == (number, False)
    redo(small.store)
    states = {deed.batch: (deed.undoes, deed.undone) for deed in latest_batches(small.store)}
    assert states[number] == (None, False)
    assert states[number + 1] == (number, True)


def test_a_rows_history_has_typed_values_before_and_after(small: Small) -> None:
    carbon = add_custom_field(small.store, "project", "Carbon", Kind.NUMBER)
    edit_cells(small.store, "project", [Edit(small.alpha, "finish_forecast", date(2027, 6, 18))])
    edit_cells(small.store, "project", [Edit(small.alpha, carbon.name, 2.5)])
    newest, before, birth = row_history(small.store, "project", small.alpha)
    assert (newest.field, newest.old, newest.new, newest.who) == (carbon, None, 2.5, "ann")
    assert before.field is not None
    assert (before.field.name, before.old, before.new) == ("finish_forecast", None, date(2027, 6, 18))
    assert (birth.verb, birth.new["ref"], birth.new["finish_baseline"]) == ("made", "A-1", date(2027, 3, 26))
    assert cell_history(small.store, "project", small.alpha, "finish_forecast")[0].new == date(2027, 6, 18)
    delete_custom_field(small.store, "project", carbon.name)
    assert row_history(small.store, "project", small.alpha)[0].field is None
