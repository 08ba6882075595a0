"""Applying a plan: one batch, one undo step, nothing half-written."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations import imports
from pmo_desktop.operations.deletion import delete_records
from pmo_desktop.operations.files import new_portfolio
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_custom_fields, read_rows, read_texts

HEADER: list[Cell] = ["Ref", "Project name", "PM", "RAG", "Zyx", "Finish"]
ROWS: list[list[Cell]] = [
    HEADER,
    ["ESTATES"],
    ["A-1", "Alpha", "Ann Lee", "Green", 7.5, "end Mar 27"],
    ["A-2", "Beta", "Bob Ray", "Red", 8.5, date(2027, 1, 1)],
]
TABLES = ("project", "person", "programme", "custom_field", "cell_source")


def plan_of(store: Store, rows: list[list[Cell]]) -> Plan:
    """The plan of one sheet."""
    return plan_import(store, Workbook("register.xlsx", "f00d", [Sheet("Register", rows)]))


def with_cell(rows: list[list[Cell]], row: int, column: int, cell: Cell) -> list[list[Cell]]:
    """The rows with one other cell."""
    copy = [list(each) for each in rows]
    copy[row][column] = cell
    return copy


def test_an_import_is_one_batch_that_says_what_it_was() -> None:
    with closing(create_memory_store("ann")) as store:
        applied = apply_plan(store, plan_of(store, ROWS))
        newest = latest_batches(store)[0]
        assert (newest.batch, newest.what) == (applied.batch, "Import register.xlsx")
        assert newest.source is not None
        assert (newest.source["file"], newest.source["fingerprint"]) == ("register.xlsx", "f00d")
        assert applied.counts == {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0}


def test_undo_takes_everything_back() -> None:
    with closing(create_memory_store("ann")) as store:
        apply_plan(store, plan_of(store, ROWS))
        assert [len(read_rows(store, table)) for table in TABLES] == [2, 2, 1, 1, 1]
        undo(store)
        assert [len(read_rows(store, table)) for table in TABLES] == [0, 0, 0, 0, 0]


def test_undo_of_a_second_import_leaves_the_first() -> None:
    with closing(create_memory_store("ann")) as store:
        apply_plan(store, plan_of(store, ROWS))
        before = {table: read_rows(store, table) for table in TABLES}
        changed = with_cell(with_cell(ROWS, 2, 5, date(2027, 4, 1)), 3, 4, None)
        apply_plan(store, plan_of(store, with_cell(changed, 3, 4, 9.5)))
        assert read_texts(store, "project") == {}
        undo(store)
        assert {table: read_rows(store, table) for table in TABLES} == before


def test_a_custom_value_is_emptied_by_tbc() -> None:
    with closing(create_memory_store("ann")) as store:
        apply_plan(store, plan_of(store, ROWS))
        apply_plan(store, plan_of(store, with_cell(ROWS, 2, 4, "TBC")))
        (zyx,) = read_custom_fields(store, "project")
        assert [row[zyx.name] for row in read_rows(store, "project")] == [None, 8.5]


def test_a_row_that_was_deleted_since_the_preview_stops_the_import() -> None:
    with closing(create_memory_store("ann")) as store:
        apply_plan(store, plan_of(store, ROWS))
        plan = plan_of(store, with_cell(ROWS, 2, 3, "Amber"))
        delete_records(store, "project", [read_rows(store, "project")[0]["id"]])
        with pytest.raises(Known, match="Alpha was deleted since this preview was made"):
            apply_plan(store, plan)


def test_a_text_that_was_edited_away_stays_away_while_the_file_says_what_it_said() -> None:
    with closing(create_memory_store("ann")) as store:
        apply_plan(store, plan_of(store, ROWS))
        alpha = read_rows(store, "project")[0]["id"]
        edit_cells(store, "project", [Edit(alpha, "finish_forecast", date(2027, 3, 31))])
        assert read_texts(store, "project") == {}
        plan = plan_of(store, ROWS)
        assert plan.counts()["changed"] == 0
        assert [row.kept for row in plan.tables[0].rows] == [{"finish_forecast"}, frozenset()]
        apply_plan(store, plan_of(store, with_cell(ROWS, 2, 5, "mid Apr 27")))
        assert [row["text"] for row in read_texts(store, "project").values()] == ["mid Apr 27"]


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    with closing(create_memory_store("ann")) as store:
        plan = plan_of(store, ROWS)
        monkeypatch.setattr(imports._Writer, "_write_texts", fail)
        with pytest.raises(RuntimeError, match="power"):
            apply_plan(store, plan)
        assert [len(read_rows(store, table)) for table in TABLES] == [0, 0, 0, 0, 0]
        assert len(latest_batches(store)) == 1


def test_a_backup_is_made_before_a_file_is_imported_into(tmp_path: Path) -> None:
    from pmo_desktop.operations.files import list_backups  # noqa: PLC0415  only this test writes files

    with closing(new_portfolio(tmp_path / "portfolio.pmo")) as store:
        apply_plan(store, plan_of(store, ROWS))
        apply_plan(store, plan_of(store, with_cell(ROWS, 2, 3, "Amber")))
        assert list_backups(tmp_path / "portfolio.pmo")
