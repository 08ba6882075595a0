"""Rows whose keys mislead: moved references, nearly known names, records renamed or deleted in the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import Answer, ImportOptions, Plan, RowKind, RowPlan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows

HEADER: list[Cell] = ["Ref", "Project name", "RAG", "Finish"]
ROWS: list[list[Cell]] = [
    HEADER,
    ["A-1", "Boiler replacement", "Green", date(2027, 1, 31)],
    ["A-2", "Ward refurbishment", "Red", date(2027, 6, 30)],
    ["A-3", "Network upgrade", "Amber", date(2028, 1, 31)],
    ["A-4", "Theatre booking system", "Amber", date(2029, 1, 31)],
]


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(create_memory_store("ann")) as made:
        apply_plan(made, planned(made, ROWS))
        yield made


def planned(store: Store, rows: list[list[Cell]], **options: Any) -> Plan:
    return plan_import(store, Workbook("r.xlsx", "f", [Sheet("Register", rows)]), ImportOptions(**options))


def with_cells(**cells: Cell) -> list[list[Cell]]:
    copy = [list(row) for row in ROWS]
    for address, value in cells.items():
        copy[int(address[1:]) - 1]["ABCD".index(address[0])] = value
    return copy


def ids(store: Store) -> dict[str, str]:
    return {row["name"]: row["id"] for row in read_rows(store, "project")}


def row_called(plan: Plan, name: str) -> RowPlan:
    return next(row for row in plan.tables[0].rows if row.values.get("name") == name)


def test_a_file_whose_references_all_moved_is_told_by_names(store: Store) -> None:
    plan = planned(store, with_cells(A2="A-2", A3="A-3", A4="A-4", A5="A-5"))
    known = ids(store)
    assert {row.values["name"]: row.id for row in plan.tables[0].rows} == known
    assert row_called(plan, "Boiler replacement").reason == (
        "It was found by its name; its ID changes from A-1 to A-2."
    )
    assert all(row.old.keys() == {"ref"} for row in plan.tables[0].rows)
    assert apply_plan(store, plan).batch


def test_names_that_were_swapped_leave_their_rows_to_the_references(store: Store) -> None:
    known = {row["ref"]: row["id"] for row in read_rows(store, "project")}
    plan = planned(store, with_cells(B2="Network upgrade", B4="Boiler replacement"))
    assert {row.values["ref"]: row.id for row in plan.tables[0].rows} == known
    assert [row.old.keys() for row in plan.tables[0].rows] == [{"name"}, set(), {"name"}, set()]
    assert len(plan.questions) == 2


def test_a_renumbered_row_is_found_though_its_record_was_renamed_here(store: Store) -> None:
    boiler = ids(store)["Boiler replacement"]
    edit_cells(store, "project", [Edit(boiler, "name", "Heating replacement")])
    (row, *_) = planned(store, with_cells(A2="B-77")).tables[0].rows
    assert (row.id, row.old) == (boiler, {"ref": "A-1"})
    assert row.kept == {"name"}


def test_one_reference_that_moved_is_believed_where_the_dates_agree(store: Store) -> None:
    plan = planned(store, [ROWS[0], ["A-1", "Ward refurbishment", "Red", date(2027, 6, 30)]])
    assert plan.tables[0].rows[0].id == ids(store)["Ward refurbishment"]
    assert not plan.questions


def test_one_that_nothing_speaks_for_is_taken_by_its_reference_and_asked(store: Store) -> None:
    rows: list[list[Cell]] = [ROWS[0], ["A-1", "Ward refurbishment", "Red", None]]
    plan = planned(store, rows)
    known = ids(store)
    assert plan.tables[0].rows[0].id == known["Boiler replacement"]
    (question,) = (each for each in plan.questions if each.option == "same")
    assert question.choices == (known["Boiler replacement"], known["Ward refurbishment"], "new")
    answered = planned(store, rows, same={"Register!2": known["Ward refurbishment"]})
    assert answered.tables[0].rows[0].id == known["Ward refurbishment"]
    assert not [each for each in answered.questions if each.option == "same"]


def test_a_corrected_reference_is_told_by_the_name_and_the_dates(store: Store) -> None:
    assert (
        row_called(planned(store, with_cells(A2="B-77")), "Boiler replacement").id == ids(store)["Boiler replacement"]
    )


def test_another_project_of_the_same_name_is_new(store: Store) -> None:
    plan = planned(store, [*ROWS, ["A-9", "Boiler replacement", "Green", date(2031, 1, 31)]])
    assert plan.counts()["new"] == 1


@pytest.mark.parametrize(
    "name, finish, found",
    [
        ("Theatre bookings system", date(2029, 2, 10), True),
        ("Theatre booking system", date(2029, 2, 10), True),
        ("Theatre booking system phase 2", date(2029, 2, 10), False),
        ("Theatre bookings system", date(2025, 2, 10), False),
        ("Car park", date(2029, 1, 31), False),
    ],
)
def test_a_name_that_is_nearly_known(store: Store, name: str, finish: date, found: bool) -> None:
    rows = with_cells(A5=None, B5=name, D5=finish)
    row = planned(store, rows).tables[0].rows[3]
    assert (row.id == ids(store)["Theatre booking system"]) is found
    assert (row.kind is RowKind.NEW) is not found


def test_a_likely_name_is_asked_and_not_taken(store: Store) -> None:
    rows = with_cells(A5=None, B5="Theatre bookings system", D5=None)
    plan = planned(store, rows)
    assert plan.tables[0].rows[3].kind is RowKind.NEW
    (question,) = (each for each in plan.questions if each.option == "same")
    assert (question.sheet, question.header) == ("Register", "5")
    known = ids(store)["Theatre booking system"]
    assert planned(store, rows, same={"Register!5": known}).tables[0].rows[3].id == known
    assert not [each for each in planned(store, rows, same={"Register!5": "new"}).questions if each.option == "same"]


def test_a_project_renamed_here_is_still_found_by_what_the_file_calls_it(store: Store) -> None:
    known = ids(store)["Boiler replacement"]
    edit_cells(store, "project", [Edit(known, "ref", "Z-1"), Edit(known, "name", "Heating")])
    plan = planned(store, with_cells(C2="Red"))
    row = plan.tables[0].rows[0]
    assert (row.id, row.old) == (known, {"rag_overall": "G"})
    assert row.kept == {"ref", "name"}


def test_a_project_deleted_here_does_not_come_back_by_itself(store: Store) -> None:
    delete_records(store, "project", [ids(store)["Boiler replacement"]])
    plan = planned(store, ROWS)
    assert plan.counts()["new"] == 0
    assert [(each.row, "deleted here" in each.reason) for each in plan.tables[0].skipped] == [(2, True)]
    assert planned(store, ROWS, resolve=Answer.THEIRS).counts()["new"] == 1
    assert planned(store, ROWS, same={"Register!2": "new"}).counts()["new"] == 1
    undo(store)
    assert planned(store, ROWS).counts()["unchanged"] == 4


def test_rows_can_be_told_by_the_field_a_person_names(store: Store) -> None:
    rows = with_cells(A2="A-2", A3="A-1")
    plan = planned(store, rows, match_on={"projects": "name"})
    assert [row.id for row in plan.tables[0].rows] == [ids(store)[str(row[1])] for row in rows[1:]]
    by_ref = planned(store, rows, match_on={"projects": "ref"})
    assert by_ref.tables[0].rows[0].id == ids(store)["Ward refurbishment"]
    without = planned(store, with_cells(A2=None), match_on={"projects": "ref"})
    assert without.tables[0].rows[0].reason == "The row has no ID, by which you said that rows are told."
    twice = planned(store, with_cells(A2="A-2"), match_on={"projects": "ref"})
    assert twice.tables[0].rows[1].reason == "Row 2 of this sheet has the same ID; keep one of the two."


def test_no_record_is_two_rows(store: Store) -> None:
    plan = planned(store, [*ROWS, [None, "Boiler replacement", "Red", None]])
    assert plan.tables[0].rows[4].reason == "Row 2 of this sheet is the same project; keep one of the two."
