"""What an import learnt about people is written, undone and written again."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.history import redo, undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.people import merge_people, remember_spellings
from pmo_desktop.operations.records import create_record
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.operations.conftest import Small

ROWS: list[list[Cell]] = [["Ref", "Project name", "PM"], ["A-1", "Alpha", "P Nayr"], ["A-2", "Beta", "Priya Nair"]]


def people(store: Store) -> dict[str, str]:
    return {row["name"]: row["aliases"] or "" for row in read_rows(store, "person")}


def managers(store: Store) -> set[str]:
    return {row["pm"] for row in read_rows(store, "project") if row["pm"]}


def test_a_spelling_is_added_once_and_nobody_is_made_for_one_who_is_gone(small: Small) -> None:
    priya = next(row["id"] for row in read_rows(small.store, "person"))
    with batch(small.store, "Learn names") as work:
        remember_spellings(work.connection, {priya: ["P Nair"], "gone": ["Nobody"]})
        remember_spellings(work.connection, {priya: ["P Nair", "Nair, P"]})
    assert people(small.store) == {"Priya Nair": "P Nair\nNair, P"}


def test_a_person_who_is_another_is_merged_into_them_in_one_step(small: Small) -> None:
    store = small.store
    priya = next(row["id"] for row in read_rows(store, "person"))
    other = create_record(store, "person", {"name": "P Nayr"})
    project = create_record(store, "project", {"ref": "A-9", "name": "Zeta", "pm": other, "sro": other})
    with batch(store, "Merge people") as work:
        merge_people(work.connection, {other: priya})
    zeta = next(row for row in read_rows(store, "project") if row["id"] == project)
    assert (zeta["pm"], zeta["sro"]) == (priya, priya)
    assert set(people(store)) == {"Priya Nair"}
    undo(store)
    assert set(people(store)) == {"Priya Nair", "P Nayr"}
    redo(store)
    assert set(people(store)) == {"Priya Nair"}


@pytest.mark.parametrize("again", [False, True])
def test_an_answer_about_a_name_is_kept_for_next_month(small: Small, again: bool) -> None:
    store = small.store
    options = ImportOptions(people={"P Nayr": "Priya Nair"})
    book = Workbook("Jan.xlsx", "f00d", [Sheet("Register", ROWS)])
    apply_plan(store, plan_import(store, book, options))
    assert people(store) == {"Priya Nair": "P Nayr"}
    if again:
        rows: list[list[Cell]] = [*ROWS, ["A-3", "Gamma", "P Nayr"]]
        apply_plan(store, plan_import(store, Workbook("Feb.xlsx", "beef", [Sheet("Register", rows)])))
        assert set(people(store)) == {"Priya Nair"}
    assert len(managers(store)) == 1
