"""The heat map driven as a person does: by keys, by mouse, and heard instead of seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.compliance import ComplianceTable, Grouping
from pmo_desktop.rules.compliance import Met
from pmo_desktop.ui.compliance.sheet import arrange_sheet
from pmo_desktop.ui.compliance.view import HeatMap
from tests.ui.stage import dressed

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(qtbot: QtBot, table: ComplianceTable) -> HeatMap:
    made = HeatMap(arrange_sheet(table, Grouping.PROGRAMME), dressed())
    qtbot.addWidget(made)
    made.resize(720, 420)
    made.show()
    made.view.setFocus()
    QApplication.processEvents()
    return made


def press(shown: HeatMap, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> tuple[int, int] | None:
    QTest.keyClick(shown.view, key, held)
    return shown.view.cell


def test_the_model_keeps_its_promises(qtbot: QtBot, table: ComplianceTable) -> None:
    shown = HeatMap(arrange_sheet(table), dressed())
    qtbot.addWidget(shown)
    tester = QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown.show_sheet(arrange_sheet(table, Grouping.MANAGER, only_missing=True))
    assert tester is not None


def test_it_begins_below_the_first_heading(shown: HeatMap) -> None:
    shown.view.clearFocus()
    shown.view.setFocus()
    assert shown.view.cell == (1, 0)


def test_arrows_walk_the_cells_and_go_over_headings(shown: HeatMap) -> None:
    shown.view.go(1, 0)
    assert press(shown, Qt.Key.Key_Right) == (1, 1)
    assert press(shown, Qt.Key.Key_Down) == (3, 1)
    assert press(shown, Qt.Key.Key_Up) == (1, 1)
    assert press(shown, Qt.Key.Key_Left) == (1, 0)


def test_home_end_and_page_keys_go_to_the_edges(shown: HeatMap) -> None:
    last = len(shown.model.sheet.columns) - 1
    shown.view.go(3, 2)
    assert press(shown, Qt.Key.Key_End) == (3, last)
    assert press(shown, Qt.Key.Key_Home) == (3, 0)
    assert press(shown, Qt.Key.Key_End, CONTROL) == (4, last)
    assert press(shown, Qt.Key.Key_PageUp) == (1, last)


def test_enter_and_a_click_open_the_evidence(shown: HeatMap, qtbot: QtBot) -> None:
    shown.view.go(1, 2)
    with qtbot.waitSignal(shown.view.opened) as asked:
        press(shown, Qt.Key.Key_Return)
    assert asked.args == [1, 2]
    at = shown.view.visualRect(shown.model.index(3, 1)).center()
    with qtbot.waitSignal(shown.view.opened) as clicked:
        QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert clicked.args == [3, 1]


def test_a_project_and_a_control_are_chosen_by_their_headers(shown: HeatMap) -> None:
    shown.view.go(1, 0)
    at = QPoint(40, shown.view.rowViewportPosition(4) + 8)
    QTest.mouseClick(shown.view.side.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert shown.view.cell == (4, 0)
    place = QPoint(shown.view.columnViewportPosition(3) + 8, 100)
    QTest.mouseClick(shown.view.top.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert shown.view.cell == (4, 3)


def test_a_cell_is_a_sentence_to_a_screen_reader(shown: HeatMap) -> None:
    column = next(at for at in range(len(shown.model.sheet.columns)) if shown.model.sheet.control(at).code == "brief")
    row = next(row for row, line in enumerate(shown.model.sheet.lines) if line.name == "Gamma")
    index = shown.model.index(row, column)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "P-3 Gamma, Brief: waived"
    assert index.data() == "W"
    face = QAccessible.queryAccessibleInterface(shown.view)
    assert face.role() == QAccessible.Role.Table
    told = shown.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Brief, deliverable of Think. 33 % of what is due is met; 1 waived."
    said = shown.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("P-3 Gamma. ")


def test_another_arrangement_keeps_the_chosen_cell(shown: HeatMap, table: ComplianceTable) -> None:
    shown.view.go(3, 4)
    project, control = shown.model.sheet.project(3), shown.model.sheet.control(4)
    shown.show_sheet(arrange_sheet(table))
    row, column = shown.view.cell or (0, 0)
    assert shown.model.sheet.project(row) == project
    assert shown.model.sheet.control(column) == control


def test_all_of_it_as_text_has_a_line_a_project_and_the_shares(shown: HeatMap) -> None:
    lines = [line.split("\t") for line in shown.model.as_text().split("\n")]
    assert lines[0][:2] == ["Project", "Name"]
    assert {len(line) for line in lines} == {len(shown.model.sheet.columns) + 3}
    assert str(Met.WAIVED) in next(line for line in lines if line[0] == "P-3")
    assert lines[-1][0] == "Share met"


def test_the_share_beside_a_project_is_said_in_full(shown: HeatMap, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_rest: told.append(text))
    at = QPoint(10, shown.view.top.height() + shown.view.rowViewportPosition(1) + 5)
    QApplication.sendEvent(shown.rail, QHelpEvent(QEvent.Type.ToolTip, at, at))
    assert told[0].endswith(" % of what is due is met; 1 waived.")


def test_it_follows_the_theme_and_the_text_size(shown: HeatMap) -> None:
    theme = shown.ink.theme
    before = shown.grab().toImage()
    theme.set_name("dark")
    assert shown.grab().toImage() != before
    theme.set_scale(130)
    assert shown.view.top.defaultSectionSize() == theme.px(30)


def test_the_bars_scroll_cells_and_shares_together(shown: HeatMap) -> None:
    shown.resize(520, 300)
    QApplication.processEvents()
    inner = shown.view.horizontalScrollBar()
    assert inner.maximum() > 0
    inner.setValue(inner.maximum())
    shown.grab()
    assert shown.view.columnAt(shown.view.viewport().width() - 2) == len(shown.model.sheet.columns) - 1
