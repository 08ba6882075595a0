"""Any cell tells where its value came from, after edits, undo and redo too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.provenance import provenance_of
from pmo_desktop.operations.history import cell_history, redo, undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_custom_fields, read_rows

HEADER: list[Cell] = ["Ref", "Project name", "RAG", "Zyx", "Finish"]
JANUARY: list[list[Cell]] = [HEADER, ["A-1", "Alpha", "Green", 7.5, "TBC"], ["A-2", "Beta", "Red", 8.5, "end Mar 27"]]
FEBRUARY: list[list[Cell]] = [
    ["The register in February"],
    [],
    ["Project name", "Ref", "RAG", "Zyx", "Finish"],
    ["Beta", "A-2", "Red", 9.5, "end Mar 27"],
    ["Alpha", "A-1", "Amber", 7.5, "TBC"],
]


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(create_memory_store("ann")) as made:
        bring_in(made, JANUARY, "Jan.xlsx", "Register")
        yield made


def bring_in(store: Store, rows: list[list[Cell]], file: str, sheet: str) -> None:
    assert apply_plan(store, plan_import(store, Workbook(file, file, [Sheet(sheet, rows)]))).batch


def row_of(store: Store, ref: str) -> str:
    return str(next(row["id"] for row in read_rows(store, "project") if row["ref"] == ref))


def where(store: Store, ref: str, field: str) -> str:
    found = provenance_of(store, "project", row_of(store, ref), field)
    assert found is not None
    return found.place


def test_an_imported_cell_names_its_file_sheet_and_cell(store: Store) -> None:
    found = provenance_of(store, "project", row_of(store, "A-2"), "rag_overall")
    assert found is not None
    assert (found.file, found.sheet, found.cell, found.who, found.what) == (
        "Jan.xlsx",
        "Register",
        "C3",
        "ann",
        "Import Jan.xlsx",
    )


def test_next_months_file_is_named_only_for_what_it_changed(store: Store) -> None:
    bring_in(store, FEBRUARY, "Feb.xlsx", "Master")
    (zyx,) = read_custom_fields(store, "project")
    assert where(store, "A-1", "rag_overall") == "Feb.xlsx, Master!C5"
    assert where(store, "A-1", "name") == "Jan.xlsx, Register!B2"
    assert where(store, "A-2", zyx.name) == "Feb.xlsx, Master!D4"
    assert where(store, "A-1", zyx.name) == "Jan.xlsx, Register!D2"


def test_words_that_say_more_than_the_value_come_along(store: Store) -> None:
    found = provenance_of(store, "project", row_of(store, "A-1"), "finish_forecast")
    assert found is not None
    assert (found.text, found.place) == ("TBC", "Jan.xlsx, Register!E2")


def test_a_typed_value_names_the_deed(store: Store) -> None:
    edit_cells(store, "project", [Edit(row_of(store, "A-1"), "rag_overall", "R")])
    found = provenance_of(store, "project", row_of(store, "A-1"), "rag_overall")
    assert found is not None
    assert (found.file, found.cell, found.what) == ("", "", "Change RAG of A-1")


def test_undo_gives_the_former_origin_back_and_redo_the_later(store: Store) -> None:
    edit_cells(store, "project", [Edit(row_of(store, "A-1"), "rag_overall", "R")])
    undo(store)
    assert where(store, "A-1", "rag_overall") == "Jan.xlsx, Register!C2"
    redo(store)
    assert where(store, "A-1", "rag_overall") == ""
    undo(store)
    bring_in(store, FEBRUARY, "Feb.xlsx", "Master")
    undo(store)
    assert where(store, "A-1", "rag_overall") == "Jan.xlsx, Register!C2"


def test_an_empty_cell_has_no_origin(store: Store) -> None:
    assert provenance_of(store, "project", row_of(store, "A-1"), "sponsor") is None
    made = create_record(store, "project", {"name": "Gamma"})
    assert provenance_of(store, "project", made, "rag_overall") is None
    assert provenance_of(store, "project", "nobody", "name") is None


def test_the_history_of_a_cell_says_where_each_value_came_from(store: Store) -> None:
    bring_in(store, FEBRUARY, "Feb.xlsx", "Master")
    edit_cells(store, "project", [Edit(row_of(store, "A-1"), "rag_overall", "R")])
    moments = cell_history(store, "project", row_of(store, "A-1"), "rag_overall")
    assert [each.where for each in moments] == ["", "Feb.xlsx, Master!C5", "Jan.xlsx, Register!C2"]


def test_words_that_came_later_than_the_value_are_its_origin(store: Store) -> None:
    words = "when the drain is found"
    rows: list[list[Cell]] = [["Ref", "Project name", "Finish"], ["A-1", "Alpha", "1/4/2027"], ["A-2", "Beta", words]]
    bring_in(store, rows, "Mar.xlsx", "Register")
    found = provenance_of(store, "project", row_of(store, "A-2"), "finish_forecast")
    assert found is not None
    assert (found.text, found.place) == (words, "Mar.xlsx, Register!C3")


def test_what_a_title_line_says_has_a_sheet_but_no_cell(store: Store) -> None:
    rows: list[list[Cell]] = [
        ["Data as at 30 November 2026"],
        [],
        ["Ref", "Project name"],
        ["A-7", "Eta"],
        ["A-8", "Io"],
    ]
    bring_in(store, rows, "Nov.xlsx", "Dated")
    assert where(store, "A-7", "report_date") == "Nov.xlsx, Dated"


def test_two_departments_that_name_one_record_are_told_apart(store: Store) -> None:
    rows: list[list[Cell]] = [
        ["Ref", "Risk budget", "Cost centre", "Stage"],
        ["A-1", 5, "C1", "Delivery"],
        ["X", 6, "C2", "Plan"],
    ]
    plan = plan_import(store, Workbook("Finance.xlsx", "f1", [Sheet("Finance", rows)]), ImportOptions(into="projects"))
    assert apply_plan(store, plan).batch
    assert where(store, "A-1", "stage") == "Finance.xlsx, Finance!D2"
    assert where(store, "A-1", "rag_overall") == "Jan.xlsx, Register!C2"


def test_an_import_that_was_undone_and_redone_still_names_its_cells(store: Store) -> None:
    undo(store)
    redo(store)
    assert where(store, "A-2", "rag_overall") == "Jan.xlsx, Register!C3"


def test_a_person_named_in_a_cell_came_with_the_file(store: Store) -> None:
    bring_in(store, [["Ref", "Project name", "PM"], ["A-1", "Alpha", "Priya Nair"]], "Mar.xlsx", "Register")
    (priya,) = read_rows(store, "person")
    found = provenance_of(store, "person", priya["id"], "name")
    assert found is not None
    assert (found.place, found.what) == ("Mar.xlsx", "Import Mar.xlsx")
