"""What an undo says: taken back, kept with who and when, and what could not be."""

from __future__ import annotations

import json

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.history import latest_batches, undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.operations.undoreport import Reversed, refusal_words, report_undo, undo_answer, undo_words
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.refusal import Refusal
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.undo import Undone
from tests.operations.conftest import Small

ROWS: list[list[Cell]] = [
    ["Ref", "Project name", "RAG", "Programme"],
    ["A-1", "Alpha", "Green", "Estates"],
    ["A-2", "Beta", "Red", "Estates"],
    ["A-3", "Gamma", "Red", "Estates"],
]


def import_rows(store: Store) -> int:
    plan = plan_import(store, Workbook("Jan.xlsx", "f00d", [Sheet("Register", ROWS)]))
    number = apply_plan(store, plan).batch
    assert number is not None
    return number


def ids(store: Store) -> dict[str, str]:
    return {row["ref"]: row["id"] for row in read_rows(store, "project")}


def test_an_import_that_nobody_touched_is_taken_back_whole(small: Small) -> None:
    report = report_undo(small.store, undo_batch(small.store, import_rows(small.store), rest=True))
    assert not report.kept
    assert not report.impossible
    by_entity = {each.entity: each for each in report.reversed}
    assert by_entity["project"] == Reversed("project", 2, 1, 0)
    assert by_entity["programme"] == Reversed("programme", 0, 1, 0)
    assert undo_words(report).splitlines()[1].startswith("Taken back: ")


def test_what_was_edited_since_is_kept_and_says_by_whom(small: Small) -> None:
    store = small.store
    number = import_rows(store)
    beta, gamma = ids(store)["A-2"], ids(store)["A-3"]
    store.who = "bo"
    edit_cells(store, "project", [Edit(beta, "rag_overall", "A")])
    edit_cells(store, "project", [Edit(gamma, "stage", "Closure")])
    report = report_undo(store, undo_batch(store, number, rest=True))
    kept = {(each.label, each.field, each.field_label, each.who) for each in report.kept}
    assert ("A-2", "rag_overall", "RAG", "bo") in kept
    assert ("A-3", "", "", "bo") in kept
    assert "of A-2: “Change" in undo_words(report)
    json.dumps(undo_answer(report))


def test_what_others_point_to_could_not_be_taken_back(small: Small) -> None:
    store = small.store
    number = import_rows(store)
    create_record(store, "milestone", {"project": ids(store)["A-3"], "name": "Board"})
    report = report_undo(store, undo_batch(store, number, rest=True))
    assert [(each.label, each.reason) for each in report.impossible if each.entity == "project"] == [
        ("A-3", "Board of A-3 still refers to it.")
    ]
    assert "Could not be taken back" in undo_words(report)


def test_a_later_import_of_the_same_file_holds_nobody_up(small: Small) -> None:
    store = small.store
    first = import_rows(store)
    plan = plan_import(store, Workbook("Feb.xlsx", "beef", [Sheet("Register", [*ROWS, ["A-4", "Delta", "Red", None]])]))
    apply_plan(store, plan)
    assert undo_batch(store, first).refused == ()


def test_a_field_of_ones_own_goes_with_the_import_that_brought_it(small: Small) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "Zyx"], ["A-1", "Alpha", "plum"], ["A-5", "Eta", "pear"]]
    plan = plan_import(small.store, Workbook("Own.xlsx", "f00d", [Sheet("Register", rows)]))
    number = apply_plan(small.store, plan).batch
    assert number is not None
    report = report_undo(small.store, undo_batch(small.store, number, rest=True))
    assert {each.entity: each.removed for each in report.reversed} == {"project": 1, "custom_field": 1}
    assert "1 project removed" in undo_words(report)
    assert undo_answer(report)["reversed"]["custom_field"]["removed"] == 1


@pytest.mark.parametrize(
    ("entity", "called"), [("project", "A-1"), ("custom_field", "a field of your own"), ("blob", "a blob")]
)
def test_a_refusal_is_told_on_one_line_whatever_it_is_about(entity: str, called: str) -> None:
    store = create_memory_store(currency="GBP")
    row = create_record(store, "project", {"ref": "A-1", "name": "Alpha"})
    number = latest_batches(store)[0].batch
    refused = (Refusal(entity, row, "", number),) * 7
    words = refusal_words(report_undo(store, Undone(None, refused, "x")))
    assert words.startswith(f"Kept, since somebody edited it afterwards: {called}: “")
    assert words.endswith("And 2 more.")


def test_an_undo_that_left_nothing_has_no_words() -> None:
    assert refusal_words(report_undo(create_memory_store(currency="GBP"), Undone(None, (), "x"))) == ""
