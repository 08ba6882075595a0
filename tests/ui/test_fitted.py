"""A pane opens on the columns its register fills, until somebody chooses others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.operations.fields import add_custom_field
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_custom_fields
from pmo_desktop.ui.fitted import fit_view
from pmo_desktop.ui.panes.projects import build_pane
from pmo_desktop.ui.view import View
from tests.builders import a_project
from tests.ui.stage import Stage

KINDS = {"a": Kind.TEXT, "b": Kind.TEXT, "c": Kind.TEXT, "d": Kind.NOTE, "e": Kind.TEXT}
FIGURE = Field("figure", "figure", Kind.NUMBER, computed=True)
FIELDS = (*(Field(name, name, kind) for name, kind in KINDS.items()), FIGURE)
VIEW = View("All", (("a", 0), ("b", 0), ("c", 0)), frozen=2)


def rows(count: int = 12, **fillings: Any) -> list[dict[str, Any]]:
    """Rows whose fields are filled with a word each (True), the same word ("="), in every third row (3), or not."""
    found = []
    for number in range(count):
        row: dict[str, Any] = dict.fromkeys("abcde")
        for name, filling in fillings.items():
            if filling == "=" or filling is True or number % 3 == 0:
                row[name] = "same" if filling == "=" else f"{name}{number}"
        found.append(row)
    return found


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (rows(a=True, b=True, c=True, e=True), "abc"),  # nothing is empty
        (rows(a=True, c=3, e=True), "ace"),  # one filled field comes in for the empty column
        (rows(a=True, c=True, d=True, e=True), "ace"),  # a long text comes last
        (rows(a=True, c=True, d=True), "acd"),
        (rows(a=True, c=True, e="="), "ac"),  # the same word in every row tells nothing
        (rows(a=True, c=True, e=3), "ac"),  # filled in too few rows
        (rows(a=True, c=True, figure=True), "ac"),  # a calculated figure is no fact of the file
        (rows(a=True), "abc"),  # too little is left
        (rows(9, a=True, c=True, e=True), "abc"),  # still being typed
        ([], "abc"),
    ],
)
def test_an_empty_column_gives_way_to_a_filled_field(given: list[dict[str, Any]], shown: str) -> None:
    assert "".join(name for name, _ in fit_view(VIEW, FIELDS, given, None).columns) == shown


def test_the_field_that_groups_the_rows_is_not_repeated_and_fewer_columns_freeze() -> None:
    view = fit_view(VIEW, FIELDS, rows(a=True, c=True, e=True), "e")
    assert (view.columns, view.frozen) == ((("a", 0), ("c", 0)), 1)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """Twelve projects as a foreign file fills them: names, ratings, dates, amounts, texts and a field of its own."""
    store = create_memory_store(currency="GBP")
    add_custom_field(store, "project", "Branch", Kind.TEXT)
    branch = read_custom_fields(store, "project")[0].name
    made = [
        a_project(store, f"P{each}", rag_overall="RAG"[each % 3], eac=each, description=f"D{each}")
        for each in range(12)
    ]
    edit_cells(store, "project", [Edit(each, branch, f"B{place}") for place, each in enumerate(made)])
    edit_cells(store, "project", [Edit(each, "department", f"O{place}") for place, each in enumerate(made)])
    edit_cells(store, "project", [Edit(each, "lifecycle_status", "Active") for each in made])
    edit_cells(store, "project", [Edit(each, "whole_life_cost", place) for place, each in enumerate(made)])
    staged = Stage(tmp_path, build_pane, store)
    yield staged
    staged.close()


def labels(stage: Stage) -> list[str]:
    return [column.label for column in stage.table.columns]


def test_the_pane_opens_on_what_the_file_fills(stage: Stage) -> None:
    assert labels(stage)[:4] == ["Project", "RAG", "EAC", "Status"]
    assert {"Branch", "Department"} <= set(labels(stage))
    assert "Gate" not in labels(stage)
    assert not stage.pane.arranger.is_changed


def test_columns_somebody_chose_stay_whatever_the_file_fills(stage: Stage) -> None:
    stage.pane.arranger.show_columns(["ref", "name", "stage"], 2)
    stage.pane.refresh()
    assert labels(stage) == ["ID", "Project", "Stage"]


def test_columns_nobody_chose_are_fitted_anew_at_the_next_opening(stage: Stage) -> None:
    stage.pane.arranger.sort_by("eac", True, False)
    stage.pane.arranger.remember()
    again = build_pane(stage.context)
    QApplication.processEvents()
    assert [column.label for column in again.table.columns] == labels(stage)
    assert again.arranger.view.sort == (("eac", True),)
    again.deleteLater()


def test_chosen_columns_are_remembered(stage: Stage) -> None:
    stage.pane.arranger.show_columns(["ref", "name", "stage"], 2)
    stage.pane.arranger.remember()
    again = build_pane(stage.context)
    assert [column.label for column in again.table.columns] == ["ID", "Project", "Stage"]
    again.deleteLater()
