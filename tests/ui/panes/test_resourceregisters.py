"""The registers behind the capacity grid in their panes: made in a few fields, told in words, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.inspectortabs import ResourceTab
from pmo_desktop.ui.panes.registers import build_register
from pmo_desktop.ui.panes.resourceregisters import RESOURCE_OUTLINES
from pmo_desktop.ui.records import list_records
from tests.builders import a_person, a_project, a_resource, a_row, an_allocation, remove_row
from tests.ui.stage import Stage

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
Open = Callable[[str], Stage]


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()


@pytest.fixture
def open_pane(store: Store, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Shows the pane of a register of the store."""
    made: list[Stage] = []

    def build(register: str) -> Stage:
        made.append(Stage(tmp_path, lambda context: build_register(context, register), store))
        return made[-1]

    yield build
    for each in made:
        each.unsubscribe()
        each.window.close()
        each.window.deleteLater()


def ask(stage: Stage, **typed: str) -> Any:
    """Open New, type into its fields and press its button; the box."""
    stage.perform("record.new")
    box = stage.pane.verbs.box
    for name, text in typed.items():
        editor = box.editors[name]
        (editor.setEditText if hasattr(editor, "setEditText") else editor.setText)(text)
    box.accept()
    return box


def texts(stage: Stage, name: str) -> list[str]:
    """The words of a column, top down."""
    column = next(each for each in stage.table.columns if each.name == name)
    shown = [stage.table.record(row) for row in range(stage.table.rowCount())]
    return [column.words(record.row, stage.table.reading) for record in shown if record]


@pytest.mark.parametrize("register", list(RESOURCE_OUTLINES))
def test_every_pane_opens_empty_and_says_what_to_do(open_pane: Open, register: str) -> None:
    stage = open_pane(register)
    assert stage.table.rowCount() == 0
    assert stage.pane.outline.hint
    assert stage.pane.subtitle().startswith("0 ")


def test_a_new_allocation_asks_who_for_what_when_and_how_much(open_pane: Open, store: Store) -> None:
    a_resource(store, "Chris Obi")
    a_project(store, "Alpha", ref="P1")
    stage = open_pane("allocations")
    box = ask(stage, resource="Chris Obi", project="Alpha", period_start="16 Nov 2026", period_end="20 Nov 2026")
    assert list(box.editors) == [
        "resource",
        "project",
        "period_start",
        "period_end",
        "quantity",
        "unit",
        "role",
        "status",
    ]
    assert "Quantity" in box.wrong.text()
    box.editors["quantity"].setText("50")
    box.accept()
    (row,) = read_rows(store, "allocation")
    assert (row["quantity"], row["unit"], row["status"]) == (50.0, "%", "Requested")
    assert latest_batches(store, 1)[0].what == "New allocation P1 of Chris Obi"
    assert texts(stage, "days") == ["2.5"]


def test_a_new_absence_and_a_new_skill_level_ask_for_what_they_need(open_pane: Open, store: Store) -> None:
    a_resource(store, "Chris Obi")
    ask(open_pane("absences"), resource="Chris Obi", start="16 Nov 2026", finish="20 Nov 2026", type="Leave")
    assert [(row["type"], row["finish"]) for row in read_rows(store, "absence")] == [("Leave", FRIDAY)]
    ask(open_pane("resource_skills"), resource="Chris Obi", skill="Rail signalling", level="4")
    assert [row["name"] for row in read_rows(store, "skill")] == ["Rail signalling"]
    assert [row["level"] for row in read_rows(store, "resource_skill")] == [4.0]


def test_a_new_resource_is_a_person_unless_it_is_said_otherwise(open_pane: Open, store: Store) -> None:
    ask(open_pane("resources"), name="Chris Obi", role="Architect")
    (row,) = read_rows(store, "resource")
    assert (row["type"], row["status"]) == ("Person", "Active")
    assert [each["name"] for each in read_rows(store, "role")] == ["Architect"]


def test_what_is_odd_is_counted_and_found_by_a_view(open_pane: Open, store: Store) -> None:
    chris = a_resource(store, "Chris Obi")
    an_allocation(store, chris, quantity=-5.0)
    an_allocation(store, chris)
    stage = open_pane("allocations")
    assert stage.pane.subtitle() == "2 allocations, 1 to be looked at"
    view = next(each for each in stage.pane.outline.views if each.name == "To look at")
    stage.pane.arranger.change(conditions=view.conditions)
    assert texts(stage, "flags") == ["A negative allocation is not counted."]


def test_a_row_called_by_a_link_is_named_in_the_inspector(open_pane: Open, store: Store) -> None:
    chris, alpha = a_resource(store, "Chris Obi"), a_project(store, "Alpha")
    an_allocation(store, chris, alpha)
    bare = an_allocation(store, chris, period_start=MONDAY, period_end=MONDAY)
    stage = open_pane("allocations")
    inspector = stage.pane.inspector
    inspector.refresh()
    assert (inspector.where.text(), inspector.title.text()) == ("Chris Obi", "Alpha")
    stage.grid.go_to(bare)
    inspector.refresh()
    assert inspector.title.text() == "No project"


def test_the_inspector_of_a_resource_has_its_skills_and_leave(open_pane: Open, store: Store) -> None:
    chris, sql = a_resource(store, "Chris Obi"), a_row(store, "skill", name="SQL")
    a_row(store, "resource_skill", resource=chris, skill=sql, level=4.0)
    stage = open_pane("resources")
    inspector = stage.pane.inspector
    place = next(place for place, tab in enumerate(inspector.tabs) if isinstance(tab, ResourceTab))
    inspector.bar.setCurrentIndex(place)
    inspector.refresh()
    tab = inspector.tabs[place]
    assert tab.lists["Skills"].text() == "SQL: level 4"
    assert texts(stage, "skills") == ["SQL 4"]


def test_an_overlap_is_told_on_both_absences_and_goes_with_its_cause(open_pane: Open, store: Store) -> None:
    chris = a_resource(store, "Chris Obi")
    one = a_row(store, "absence", resource=chris, start=MONDAY, finish=FRIDAY)
    two = a_row(store, "absence", resource=chris, start=date(2026, 12, 1), finish=date(2026, 12, 2))
    stage = open_pane("absences")
    assert texts(stage, "flags") == ["", ""]
    edit_cells(store, "absence", [Edit(two, "start", FRIDAY)])
    assert all(text.startswith("Overlaps another") for text in texts(stage, "flags"))
    remove_row(store, "absence", two)
    assert texts(stage, "flags") == [""]
    assert one in stage.table.arrangement.by_id


def test_the_palette_finds_resources_and_roles(store: Store) -> None:
    role, team = a_row(store, "role", name="Architect", category="IT"), a_row(store, "team", name="Data")
    a_person(store, "Priya Nair")
    a_resource(store, "Chris Obi", ref="S-01", role=role, team=team, end=date(2027, 1, 4), email="c@x.org")
    found = {each.group: each for each in list_records(store)}
    assert (found["Resources"].text, found["Resources"].code) == ("Chris Obi", "S-01")
    assert found["Resources"].note == "Architect, Data, leaves 4 Jan 2027"
    assert (found["Roles"].text, found["Roles"].note) == ("Architect", "IT")
