"""The dialog of the risk scheme: cells by keyboard, bands and limits, another size, one step to undo."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.riskschemes import read_schemes, scheme_of
from pmo_desktop.operations.history import undo
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_settings
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.riskscheme import RiskSchemeDialog
from pmo_desktop.ui.panes.risks import RiskPane
from tests.builders import a_row, state_hash

Key = Qt.Key


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


@pytest.fixture
def dialog(sample: Store, desk: Desk, qtbot: QtBot) -> RiskSchemeDialog:
    a_row(sample, "risk", ref="R-1", title="Steel", prob_residual=4, impact_residual=2)
    desk.show("risks")
    desk.context.actions["risk.scheme"].trigger()
    pane = desk.window.pane
    assert isinstance(pane, RiskPane)
    assert isinstance(pane.dialog, RiskSchemeDialog)
    qtbot.waitExposed(pane.dialog)
    return pane.dialog


def write(dialog: RiskSchemeDialog, row: int, column: int, text: str) -> None:
    item = dialog.bands.item(row, column)
    assert item is not None
    item.setText(text)


def test_a_cell_gets_its_band_by_keyboard_and_all_is_one_step(dialog: RiskSchemeDialog, sample: Store) -> None:
    before = state_hash(sample)
    dialog.way.buttons["cells"].click()
    grid = dialog.grid
    grid.setFocus()
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Right, Key.Key_4):
        QTest.keyClick(grid, key)
    assert grid.spot == (4, 2)
    assert grid.accessibleName() == "Matrix of the scheme. Likelihood 4, impact 2, score 8: Severe"
    dialog.name.setText("Ours")
    dialog.appetite.setValue(8)
    dialog.try_accept()
    assert scheme_of(sample).judge(4, 2).band == "Severe"
    assert (scheme_of(sample).name, read_settings(sample)["risk_appetite"]) == ("Ours", 8)
    undo(sample)
    assert state_hash(sample) == before


def test_plus_and_minus_give_the_next_band_and_digits_beyond_the_bands_nothing(dialog: RiskSchemeDialog) -> None:
    dialog.way.buttons["cells"].click()
    for key, band in (
        (Key.Key_Plus, "Moderate"),
        (Key.Key_Minus, "Low"),
        (Key.Key_Minus, "Severe"),
        (Key.Key_9, "Severe"),
    ):
        QTest.keyClick(dialog.grid, key)
        assert dialog.scheme.judge(1, 1).band == band
    QTest.keyClick(dialog.grid, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert dialog.scheme.judge(1, 1).band == "Severe"


def test_a_click_goes_to_a_cell_and_another_gives_it_the_next_band(dialog: RiskSchemeDialog) -> None:
    dialog.way.buttons["cells"].click()
    at = dialog.grid.grid.cell((2, 2)).center().toPoint()
    for place in (at, at, QPoint(1, 1)):
        QTest.mouseClick(dialog.grid, Qt.MouseButton.LeftButton, pos=place)
    assert dialog.grid.spot == (2, 2)
    assert dialog.scheme.judge(2, 2).band == "Moderate"
    assert not dialog.grab().isNull()


def test_by_score_no_single_cell_is_changed_and_limits_move_all(dialog: RiskSchemeDialog) -> None:
    QTest.keyClick(dialog.grid, Key.Key_4)
    assert dialog.scheme.judge(1, 1).band == "Low"
    write(dialog, 1, 1, "3")
    assert dialog.scheme.judge(1, 3).band == "Moderate"
    write(dialog, 1, 1, "many")
    assert dialog.commit() == "“many” is no number. Type digits such as 10 or 50,000."
    write(dialog, 1, 1, "30")
    assert "needs 3 limits that rise" in dialog.commit()
    write(dialog, 1, 1, "5")
    write(dialog, 0, 0, "Severe")
    assert "same name" in dialog.commit()
    write(dialog, 0, 0, "Green")
    assert dialog.commit() == ""


def test_the_way_back_from_cells_shares_the_scores_evenly(dialog: RiskSchemeDialog) -> None:
    dialog.way.buttons["cells"].click()
    dialog.way.buttons["limits"].click()
    assert dialog.scheme.starts == (6, 12, 19)


def test_another_size_takes_the_limits_along_and_the_words_away(dialog: RiskSchemeDialog, sample: Store) -> None:
    dialog.ways.setValue(7)
    dialog.sizes.setValue(9)
    assert (dialog.scheme.likelihoods, dialog.scheme.impacts) == (7, 9)
    assert dialog.scheme.starts[-1] > 16
    last = dialog.points.item(1, 8)
    assert last is not None
    last.setText("Ruin")
    for column in range(1, 9):
        cost, days = dialog.points.item(2, column), dialog.points.item(3, column)
        assert cost is not None
        assert days is not None
        dialog.points.blockSignals(column < 8)
        cost.setText(f"{column}0,000")
        days.setText(str(column))
        dialog.points.blockSignals(False)
    cost = dialog.points.item(2, 8)
    assert cost is not None
    cost.setText("90,000")
    dialog.day.set_day(date(2020, 1, 1))
    assert dialog.commit() == ""
    (found,) = read_schemes(sample)
    assert found.axes["impact"][8] == "Ruin"
    assert (found.cost_limits[0], found.time_limits) == (10_000, (1, 2, 3, 4, 5, 6, 7, 8))


def test_bands_are_added_and_taken_away(dialog: RiskSchemeDialog) -> None:
    dialog.more.click()
    assert (dialog.scheme.bands[-1], dialog.scheme.starts[-1]) == ("Band 5", 17)
    dialog.fewer.click()
    dialog.way.buttons["cells"].click()
    dialog.fewer.click()
    assert dialog.scheme.judge(5, 5).band == "High"
    dialog.fewer.click()
    assert not dialog.fewer.isEnabled()
    dialog.more.click()
    assert dialog.scheme.matrix


def test_a_shipped_scheme_is_a_start_and_a_name_is_needed(dialog: RiskSchemeDialog, sample: Store) -> None:
    place = next(place for place, each in enumerate(dialog.offered) if each.name == "3 x 3")
    dialog.start.setCurrentIndex(place)
    dialog.start.activated.emit(place)
    assert dialog.scheme.likelihoods == 3
    dialog.name.setText(" ")
    assert "no name" in dialog.commit()
    dialog.name.setText("Three")
    dialog.day.setText("some day")
    assert dialog.commit()
    assert read_schemes(sample) == []
