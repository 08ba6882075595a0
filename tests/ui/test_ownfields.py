"""Fields of one's own in the window: added from the columns, renamed and deleted from their heading, each one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.store.rows import read_custom_fields
from pmo_desktop.ui.grid.editors import read_editor, write_editor
from pmo_desktop.ui.panes.projects import build_pane
from tests.ui.stage import Stage, small_portfolio


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def labels(stage: Stage) -> list[str]:
    return [each.label for each in read_custom_fields(stage.store, "project")]


def add(stage: Stage, label: str, kind: str, choices: str = "") -> Any:
    stage.perform("view.new_field")
    box = stage.pane.own_fields.box
    for name, text in (("label", label), ("kind", kind), ("choices", choices)):
        write_editor(box.editors[name], text, replaced=True)
    box.accept()
    stage.window.activateWindow()  # a window manager does so when a popover closes; there is none offscreen
    QTest.qWaitForWindowActive(stage.window)
    return box


def heading_menu(stage: Stage, field: str) -> dict[str, Any]:
    menu = stage.pane.controls.column_menu(stage.table.column_of(field), QPoint(5, 5))
    return {action.text(): action for action in menu.actions()}


def test_a_new_field_is_a_column_that_can_be_typed_into_at_once(stage: Stage) -> None:
    add(stage, "Risk owner", "Text")
    (field,) = read_custom_fields(stage.store, "project")
    assert (field.label, field.kind) == ("Risk owner", Kind.TEXT)
    assert stage.table.columns[-1].name == field.name
    stage.go("Billing", field.name)
    stage.type("Ann")
    stage.press(Qt.Key.Key_Return)
    assert stage.text("Billing", field.name) == "Ann"
    assert [deed.what for deed in latest_batches(stage.store, 2)] == [
        "Change risk owner of HW-101",
        "Add field Risk owner",
    ]


def test_a_list_keeps_its_choices(stage: Stage) -> None:
    add(stage, "Region", "List", "North, South")
    (field,) = read_custom_fields(stage.store, "project")
    assert (field.kind, field.choices) == (Kind.CHOICE, ("North", "South"))


@pytest.mark.parametrize(
    ("label", "said"), [("", "needs a label"), ("Budget", "there is a field called Budget already")]
)
def test_a_label_that_cannot_be_is_said_in_the_box(stage: Stage, label: str, said: str) -> None:
    box = add(stage, label, "Text")
    assert said in box.wrong.text()
    assert labels(stage) == []
    box.close()


def test_its_heading_renames_it(stage: Stage) -> None:
    add(stage, "Region", "Text")
    name = stage.table.columns[-1].name
    heading_menu(stage, name)["Rename field…"].trigger()
    box = stage.pane.own_fields.box
    assert read_editor(box.editors["label"]) == "Region"
    write_editor(box.editors["label"], "Area", replaced=True)
    box.accept()
    assert labels(stage) == ["Area"]
    assert stage.table.columns[-1].label == "Area"


def test_its_heading_deletes_it_and_says_what_went(stage: Stage) -> None:
    add(stage, "Region", "Text")
    name = stage.table.columns[-1].name
    stage.go("Billing", name)
    stage.type("North")
    stage.press(Qt.Key.Key_Return)
    heading_menu(stage, name)["Delete field"].trigger()
    assert labels(stage) == []
    assert stage.table.column_of(name) is None
    assert stage.toasts[-1] == "Deleted the field Region with its values in 1 project [Undo]"
    stage.offers[-1]()
    assert stage.text("Billing", name) == "North"
    undo(stage.store)  # the typing
    undo(stage.store)  # the field itself
    assert labels(stage) == []


def test_a_field_of_the_model_is_not_offered_for_deletion(stage: Stage) -> None:
    assert not {"Rename field…", "Delete field"} & set(heading_menu(stage, "eac"))


def test_the_column_chooser_leads_to_a_new_field(stage: Stage) -> None:
    stage.perform("view.columns")
    stage.pane.controls.open.new_field.click()
    QApplication.processEvents()
    box = stage.pane.own_fields.box
    assert isinstance(QApplication.focusWidget(), QLineEdit | QComboBox)
    box.close()
