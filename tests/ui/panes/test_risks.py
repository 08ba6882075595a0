"""The pane of risks: matrix and list show the same, follow each other, and re-score with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.askbox import AskBox
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.matrix.layout import Layer
from pmo_desktop.ui.panes.risks import RiskPane, cell_word
from tests.builders import a_row

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


def a_risk(store: Store, ref: str, likelihood: int, impact: int, **values: Any) -> str:
    return a_row(
        store, "risk", ref=ref, title=f"Risk {ref}", prob_residual=likelihood, impact_residual=impact, **values
    )


@pytest.fixture
def risks(sample: Store) -> dict[str, str]:
    spots = {"R-1": (5, 4), "R-2": (4, 3), "R-3": (2, 2), "R-4": (2, 2)}
    made = {ref: a_risk(sample, ref, *spot) for ref, spot in spots.items()}
    made["R-5"] = a_risk(sample, "R-5", 5, 5, status="Closed")
    made["R-6"] = a_row(sample, "risk", ref="R-6", title="Vague")
    return made


@pytest.fixture
def pane(risks: dict[str, str], desk: Desk) -> RiskPane:
    desk.show("risks")
    shown = desk.window.pane
    assert isinstance(shown, RiskPane)
    return shown


def refs(pane: RiskPane) -> list[str]:
    return [str(record.row["ref"]) for record in pane.table.arrangement.shown]


def test_matrix_list_and_words_count_the_same(pane: RiskPane) -> None:
    assert pane.subtitle() == "2 of 5 open risks are above appetite, 1 not rated"
    assert pane.matrix.plotted.text() == "4 risks plotted, 1 not rated"
    assert sorted(refs(pane)) == ["R-1", "R-2", "R-3", "R-4", "R-6"]
    assert "Above appetite: 2 | Mean score 10.0" in pane.status_text()


def test_choosing_a_chip_takes_the_list_there_and_back(pane: RiskPane, risks: dict[str, str], qtbot: QtBot) -> None:
    placed = pane.matrix.board.placed_of(risks["R-2"])
    assert placed is not None
    QTest.mouseClick(pane.matrix.board, Qt.MouseButton.LeftButton, pos=placed.rect.center().toPoint())
    assert pane.grid.current is not None
    assert pane.grid.current.id == risks["R-2"]
    qtbot.wait(20)
    assert pane.matrix.told.text().startswith("R-2: 12 residual.")
    pane.show_row(risks["R-3"])
    qtbot.waitUntil(lambda: pane.matrix.board.current == risks["R-3"])


def test_a_click_on_a_cell_lists_its_risks(pane: RiskPane) -> None:
    pane.matrix.cell_chosen.emit(2, 2)
    assert sorted(refs(pane)) == ["R-3", "R-4"]
    pane.matrix.cell_chosen.emit(5, 4)
    assert refs(pane) == ["R-1"]
    assert [each.values for each in pane.arranger.view.conditions if each.field == "cell"] == [(cell_word(5, 4),)]
    pane.matrix.board.cluster_opened.emit([pane.book.risks[-2].id])
    assert sorted(refs(pane)) == ["R-3", "R-4"]


def test_alt_and_up_asks_for_a_reason_and_rescores_as_one_step(
    pane: RiskPane, risks: dict[str, str], sample: Store, qtbot: QtBot
) -> None:
    pane.matrix.choose(risks["R-2"])
    QTest.keyClick(pane.matrix.board, Qt.Key.Key_Up, ALT)
    assert isinstance(pane.box, AskBox)
    write_editor(pane.box.editors["reason"], "Supplier is late again", replaced=False)
    pane.box.accept()
    row = read_row(sample, "risk", risks["R-2"])
    assert row is not None
    assert (row["prob_residual"], row["impact_residual"]) == (5, 3)
    deed = latest_batches(sample)[0]
    assert (deed.what, deed.why) == ("Re-score residual of R-2 to 15", "Supplier is late again")
    placed = pane.matrix.board.placed_of(risks["R-2"])
    assert placed is not None
    assert placed.spot == (5, 3)
    undo_last(pane.context)  # what the toast's button does
    placed = pane.matrix.board.placed_of(risks["R-2"])
    assert placed is not None
    assert placed.spot == (4, 3)


def test_escape_leaves_a_risk_as_it_was(pane: RiskPane, risks: dict[str, str], sample: Store) -> None:
    before = len(latest_batches(sample))
    pane.matrix.choose(risks["R-2"])
    QTest.keyClick(pane.matrix.board, Qt.Key.Key_Up, ALT)
    assert pane.box is not None
    pane.box.close()
    assert len(latest_batches(sample)) == before


def test_what_was_changed_elsewhere_is_plotted_at_once(pane: RiskPane, sample: Store) -> None:
    a_risk(sample, "R-7", 1, 1)
    assert pane.matrix.plotted.text() == "5 risks plotted, 1 not rated"
    undo(sample)


def test_a_layer_chosen_by_a_digit_places_the_chips_anew(pane: RiskPane) -> None:
    QTest.keyClick(pane.matrix.board, Qt.Key.Key_3)
    assert pane.matrix.board.layer is Layer.TARGET
    assert pane.matrix.layers.buttons["Target"].isChecked()
    assert pane.matrix.plotted.text() == "0 risks plotted, 5 not rated"


def test_the_table_says_the_same_and_lists_a_cell_too(pane: RiskPane, qtbot: QtBot) -> None:
    pane.matrix.table_button.click()
    table = pane.matrix.table
    assert pane.matrix.pages.currentWidget() is table
    cell = table.item(3, 1)  # likelihood 2, impact 2
    assert cell is not None
    assert cell.text() == "2: R-3, R-4"
    assert cell.toolTip() == "Likelihood 2, impact 2, score 4, Low: 2 risks"
    with qtbot.waitSignal(pane.matrix.cell_chosen) as told:
        table.activated.emit(table.model().index(3, 1))
    assert told.args == [2, 2]


def test_a_double_click_opens_the_inspector(pane: RiskPane, risks: dict[str, str]) -> None:
    assert pane.inspector.isHidden()
    pane.matrix.board.opened.emit(risks["R-1"])
    assert not pane.inspector.isHidden()
    assert pane.matrix.board in pane.regions()


def test_a_risk_that_is_gone_is_not_rescored(pane: RiskPane) -> None:
    pane.matrix.board.rescored.emit("gone", "residual", 1, 1)
    assert pane.box is None


def test_an_empty_register_says_so(desk: Desk) -> None:
    desk.show("risks")
    shown = desk.window.pane
    assert isinstance(shown, RiskPane)
    assert shown.subtitle() == "No open risks"
    assert shown.matrix.plotted.text() == "0 risks plotted"
    assert shown.matrix.told.text().startswith("Choose a risk")
