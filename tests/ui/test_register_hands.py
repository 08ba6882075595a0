"""The register by mouse, menus and popovers: clicks, drags, wheels, the calendar, views and chips without room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.views import read_views
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.grid.editors import Calendar, DateEditor, NoteEditor
from pmo_desktop.ui.panes.projects import build_pane
from tests.ui.stage import Stage, small_portfolio

Key = Qt.Key
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def spot(stage: Stage, name: str, field: str) -> tuple[Any, QPoint]:
    """The half and the place of a cell in it."""
    row = next(
        place
        for place, line in enumerate(stage.table.arrangement.lines)
        if (line.row["name"] if hasattr(line, "row") else line.label) == name
    )
    place = stage.table.column_of(field)
    view = stage.grid.half(place)
    return view, view.visualRect(stage.table.index(row, place)).center()


def click(stage: Stage, name: str, field: str, held: Qt.KeyboardModifier = NONE) -> None:
    view, at = spot(stage, name, field)
    QTest.mouseClick(view.viewport(), LEFT, held, at)
    QApplication.processEvents()


def test_a_click_goes_to_the_cell_and_shift_extends_across_the_seam(stage: Stage) -> None:
    click(stage, "Billing", "name")
    assert stage.grid.current.row["name"] == "Billing"
    assert stage.grid.left.hasFocus()
    click(stage, "Metering", "finish_forecast", SHIFT)
    assert len(stage.grid.marked.records()) == 2
    assert {stage.table.columns[place].name for _, place in stage.grid.marked.cells()} >= {"name", "finish_forecast"}


def test_control_click_adds_a_second_block(stage: Stage) -> None:
    click(stage, "Billing", "eac")
    click(stage, "Leaks", "eac", CTRL)
    assert [each.row["name"] for each in stage.grid.marked.records()] == ["Billing", "Leaks"]
    assert stage.pane.status_text().endswith("Sum £8,400k | Mean £4,200k | Count 2")


def test_a_click_on_a_chevron_folds_and_a_double_click_edits(stage: Stage) -> None:
    view, at = spot(stage, "Customer", "ref")
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(14, at.y()))
    assert stage.table.line(1).label == "Network"
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(14, at.y()))
    click(stage, "Billing", "pm")
    view, at = spot(stage, "Billing", "pm")
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
    assert stage.grid.right.open_editor_widget() is not None


def test_the_pointer_tints_its_row_and_leaves_no_trace(stage: Stage) -> None:
    view, at = spot(stage, "Leaks", "eac")
    QTest.mouseMove(view.viewport(), at)
    QApplication.processEvents()
    assert stage.table.record(stage.grid.hovered_row).row["name"] == "Leaks"
    stage.grid.hover(-1)
    assert stage.grid.hovered_row == -1


def test_a_right_click_takes_the_cell_before_its_menu(stage: Stage) -> None:
    view, at = spot(stage, "Leaks", "eac")
    QTest.mousePress(view.viewport(), RIGHT, NONE, at)
    assert stage.grid.current.row["name"] == "Leaks"
    asked: list[QPoint] = []
    stage.grid.menu_asked.disconnect()
    stage.grid.menu_asked.connect(asked.append)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        view.contextMenuEvent(QContextMenuEvent(reason, at, view.viewport().mapToGlobal(at)))
    assert len(asked) == 2


def wheel(view: Any, across: int, down: int, held: Qt.KeyboardModifier = NONE) -> None:
    at = QPointF(20, 20)
    turn = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(across, down), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turn)


def test_the_wheel_scrolls_both_halves_and_sideways_with_shift(stage: Stage) -> None:
    stage.window.resize(900, 260)
    QApplication.processEvents()
    wheel(stage.grid.left, 0, -60)
    down = stage.grid.right.verticalScrollBar().value()
    assert down > 0
    assert stage.grid.left.verticalScrollBar().value() == down
    wheel(stage.grid.right, 0, -120, SHIFT)
    assert stage.grid.right.horizontalScrollBar().value() > 0
    assert stage.grid.across.value() == stage.grid.right.horizontalScrollBar().value()


def test_a_click_on_a_heading_sorts_and_shift_adds(stage: Stage) -> None:
    heading = stage.grid.right.heading
    for name, held in (("eac", NONE), ("pm", SHIFT)):
        section = stage.table.column_of(name)
        at = QPoint(heading.sectionViewportPosition(section) + heading.sectionSize(section) // 2, 12)
        QTest.mouseClick(heading.viewport(), LEFT, held, at)
    assert stage.pane.arranger.view.sort == (("eac", False), ("pm", False))
    stage.grid.grab()


def test_a_day_is_picked_from_the_calendar(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    stage.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Calendar))
    assert calendar.pages.selectedDate() == QDate(2027, 6, 18)
    calendar._take(QDate(2027, 7, 2))
    QApplication.processEvents()
    editor = stage.grid.right.open_editor_widget()
    assert isinstance(editor, DateEditor)
    assert editor.text() == "2 Jul 2027"
    editor.setFocus()
    stage.press(Key.Key_Return)
    assert stage.value("Billing", "finish_forecast") == date(2027, 7, 2)


def test_a_note_has_lines(stage: Stage) -> None:
    shown = [column.name for column in stage.table.columns]
    stage.pane.arranger.show_columns([*shown, "rag_comment"], 2)
    stage.go("Billing", "rag_comment")
    stage.type("One")
    assert isinstance(stage.focus(), NoteEditor)
    stage.press(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    stage.type("two")
    stage.press(Key.Key_Return)
    assert stage.value("Billing", "rag_comment") == "One\ntwo"
    assert stage.text("Billing", "rag_comment") == "One two"


def test_the_view_menu_chooses_saves_and_deletes(stage: Stage) -> None:
    controls = stage.pane.controls
    controls.show_views()
    words = [action.text() for action in controls.open.actions() if action.text()]
    assert words == ["All active", "Reds and ambers", "Closing soon", "Closed", "All projects", "Save as a view…"]
    controls.open.actions()[1].trigger()
    assert stage.pane.bar.view_button.text() == "Reds and ambers"
    stage.pane.arranger.sort_by("eac", True, False)
    controls.ask_name()
    controls.open.name.setText("Worst")
    QTest.keyClick(controls.open.name, Key.Key_Return)
    assert [row["name"] for row in read_views(stage.store, "projects")] == ["Worst"]
    stage.pane.arranger.group_by("pm")
    controls.show_views()
    words = [action.text() for action in controls.open.actions() if action.text()]
    assert words[-4:] == [
        "Back to the view as saved",
        "Save changes to “Worst”",
        "Save as a view…",
        "Delete view “Worst”",
    ]


def test_the_group_menu_offers_fields_that_divide(stage: Stage) -> None:
    stage.perform("view.group")
    menu = stage.pane.controls.open
    words = [action.text() for action in menu.actions()]
    assert words[0] == "No grouping"
    assert {"Manager", "Programme", "RAG", "Status"} <= set(words)
    assert "Supplier" not in words
    next(action for action in menu.actions() if action.text() == "Manager").trigger()
    assert stage.pane.bar.group_button.text() == "Manager"


def test_chips_without_room_are_counted(stage: Stage) -> None:
    for field in ("pm", "sro", "stage", "department", "supplier", "location"):
        stage.pane.arranger.put_condition(None, Condition(field, "empty"))
    stage.window.resize(1200, 700)
    QApplication.processEvents()
    chips = stage.pane.bar.chips
    hidden = [chip for chip in chips.chips if not chip.isVisible()]
    assert hidden
    assert chips.more.text() == f"+{len(hidden)}"
    assert all(not chip.geometry().intersects(chips.add.geometry()) for chip in chips.chips if chip.isVisible())
    chips.grab()


def test_a_chip_is_edited_by_return_and_removed_by_its_cross(stage: Stage) -> None:
    chip = stage.pane.bar.chips.chips[0]
    QTest.keyClick(chip, Key.Key_Return)
    box = stage.pane.controls.open
    assert box.which.currentText() == "Status"
    assert box.how.currentText() == "is none of"
    box.close()
    QTest.mouseClick(chip, LEFT, NONE, QPoint(chip.width() - 8, chip.height() // 2))
    assert stage.pane.arranger.view.conditions == ()


def test_filters_hide_and_come_back(stage: Stage) -> None:
    stage.perform("view.filter")
    assert stage.pane.bar.chips.isHidden()
    stage.perform("view.filter")
    assert not stage.pane.bar.chips.isHidden()


def test_folding_a_group_and_changing_the_columns_keep_the_place(stage: Stage) -> None:
    stage.go("Leaks", "eac")
    stage.press(Key.Key_Left, SHIFT)
    stage.pane.arranger.show_columns(["name", "slip_days", "eac"], 1)
    assert stage.grid.current.row["name"] == "Leaks"
    assert stage.table.columns[stage.grid.current_column].name == "eac"
    assert len(list(stage.grid.marked.cells())) == 2
    stage.grid.go(0, 0)
    stage.pane.arranger.change(sort=(("name", True),))
    assert stage.table.line(stage.grid.current_row).label == "Customer"


@pytest.mark.parametrize("density, height", [("compact", 24), ("default", 30), ("comfortable", 38)])
def test_rows_are_as_high_as_the_density_says(stage: Stage, density: str, height: int) -> None:
    stage.theme.set_density(density)
    assert stage.grid.right.rowHeight(1) == stage.grid.left.rowHeight(1) == height


def test_a_read_only_portfolio_is_read_only(qtbot: QtBot, tmp_path: Path) -> None:
    store = small_portfolio()
    copy = store.copy_to_memory()
    made = Stage(tmp_path, build_pane, copy)
    made.table.can_write = False
    made.go("Billing", "name")
    made.press(Key.Key_F2)
    assert made.said[-1] == "This portfolio is open read-only. Save a copy to work in it."
    assert "edit.paste" not in made.pane.commands()
    made.close()
    store.close()
