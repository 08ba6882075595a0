"""The grid under the hands: moving, extending, folding, by keys and by clicks; the model as Qt wants it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest

from pmo_desktop.ui.capacity.keys import claims
from tests.ui.capacitystage import MONDAY, CapacityStage

Key, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_the_model_keeps_what_qt_expects(stage: CapacityStage) -> None:
    tester = QAbstractItemModelTester(stage.pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.enter("1d")
    stage.press(Key.Key_Up)
    stage.undo()
    stage.perform("capacity.unfold")
    stage.perform("capacity.fold")
    assert tester.model() is stage.pane.model


def test_a_cell_and_its_line_are_sentences_for_a_screen_reader(stage: CapacityStage) -> None:
    model, row = stage.pane.model, stage.pane.model.row_of(stage.line("Chris Obi").key)
    told = model.data(model.index(row, stage.column()), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Chris Obi, week of 16 November, 120 percent, over-booked, partly tentative"
    head = model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert head.startswith("Chris Obi, Architect, 1 FTE, mean of 13 weeks ")
    assert head.endswith("collapsed")


def test_the_arrows_move_and_a_month_is_one_step(stage: CapacityStage) -> None:
    view, at = stage.pane.view, stage.column()
    stage.go("Chris Obi")
    stage.press(Key.Key_Right)
    assert view.column == at + 1
    stage.press(Key.Key_Left)
    stage.press(Key.Key_Right, CTRL)
    assert view.grid.axis.firsts[view.column] == date(2026, 12, 14)
    stage.press(Key.Key_Left, CTRL)
    assert view.column == at
    stage.press(Key.Key_Down, CTRL)
    assert view.line is stage.line("Dev Patel")
    stage.press(Key.Key_End, CTRL)
    assert (view.row, view.column) == (len(view.grid.lines) - 1, view.grid.axis.count - 1)
    stage.press(Key.Key_Home, CTRL)
    assert (view.row, view.column) == (0, 0)


def test_shift_extends_and_escape_lets_go(stage: CapacityStage) -> None:
    view, at = stage.pane.view, stage.column()
    stage.go("Chris Obi")
    stage.press(Key.Key_Right, SHIFT)
    stage.press(Key.Key_Down, SHIFT)
    assert view.blocks() == [(1, at, 2, at + 1)]
    stage.press(Key.Key_Left, SHIFT)
    assert view.blocks() == [(1, at, 2, at)]
    stage.press(Key.Key_Escape)
    assert len(view.blocks()) == 1
    assert view.blocks()[0][0] == view.blocks()[0][2]


def test_right_opens_and_left_closes_a_line_that_is_selected_as_a_whole(stage: CapacityStage) -> None:
    stage.go("Chris Obi")
    stage.press(Key.Key_Space, SHIFT)
    stage.press(Key.Key_Right)
    assert stage.line("Chris Obi").open
    assert stage.pane.view.takes_line
    stage.press(Key.Key_Left)
    assert stage.names == ["Data", "Chris Obi", "Dev Patel", "No team", "Ivo Marin"]


def test_a_team_is_folded_with_enter_and_with_the_arrows(stage: CapacityStage) -> None:
    stage.go("Data")
    stage.press(Key.Key_Return)
    assert stage.names == ["Data", "No team", "Ivo Marin"]
    stage.press(Key.Key_Right)
    assert stage.names == ["Data", "Chris Obi", "Dev Patel", "No team", "Ivo Marin"]
    stage.press(Key.Key_Left)
    assert stage.names == ["Data", "No team", "Ivo Marin"]


def test_a_click_on_the_chevron_opens(stage: CapacityStage) -> None:
    side = stage.pane.view.side
    y = side.sectionViewportPosition(1) + 10
    QTest.mouseClick(side.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, y))
    assert stage.line("Chris Obi").open


def test_columns_and_everything_can_be_selected(stage: CapacityStage) -> None:
    view, at = stage.pane.view, stage.column()
    stage.go("Chris Obi")
    stage.press(Key.Key_Space, CTRL)
    assert view.blocks() == [(0, at, 4, at)]
    stage.perform("edit.select_all")
    assert len(list(view.cells())) == 5 * view.grid.axis.count


@pytest.mark.parametrize(("key", "held", "own"), [(Key.Key_Left, ALT, True), (Key.Key_Left, CTRL | ALT, False)])
def test_back_and_forward_belong_to_the_grid_while_it_has_the_keys(
    key: Qt.Key, held: Qt.KeyboardModifier, own: bool
) -> None:
    assert claims(QKeyEvent(QEvent.Type.ShortcutOverride, key, held)) is own


def test_tab_goes_right_and_ctrl_tab_leaves(stage: CapacityStage) -> None:
    stage.go("Chris Obi")
    stage.press(Key.Key_Tab)
    assert stage.pane.view.column == stage.column() + 1
    stage.press(Key.Key_Backtab, SHIFT)
    stage.press(Key.Key_Tab, CTRL)
    assert not stage.pane.view.hasFocus()


def test_the_current_line_and_the_scroll_stay_over_undo(stage: CapacityStage) -> None:
    stage.window.resize(700, 420)
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Beta", day=date(2026, 11, 30))
    stage.enter("1d")
    stage.go("Chris Obi", "Beta", day=date(2026, 11, 30))
    view = stage.pane.view
    view.select((2, view.column - 1, 3, view.column))
    before = view.line.key if view.line else None, view.column, view.blocks(), view.horizontalScrollBar().value()
    stage.undo()
    assert (view.line.key if view.line else None, view.column, view.blocks()) == before[:3]
    assert view.horizontalScrollBar().value() == before[3]


def test_a_hover_tells_the_cell_and_everything_is_painted_in_both_themes(stage: CapacityStage) -> None:
    model = stage.pane.model
    assert "120 percent" in model.data(model.index(1, stage.column(MONDAY)), Qt.ItemDataRole.ToolTipRole)
    stage.theme.set_name("dark")
    dark = stage.still()  # the inspector has followed
    stage.theme.set_name("light")
    assert stage.still() != dark
    stage.theme.set_name("dark")
    assert stage.still() == dark
    stage.theme.set_name("light")
