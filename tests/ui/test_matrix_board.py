"""The risk matrix driven as a person does: by mouse, by keys, and heard instead of seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pmo_desktop.rules.risk import FIVE_BY_FIVE
from pmo_desktop.ui.matrix.board import MatrixBoard
from pmo_desktop.ui.matrix.layout import Chip, Layer, Spot, placed_at
from pmo_desktop.ui.theme import Theme

ABOVE = {(likelihood, impact): cell.score >= 12 for likelihood, impact, cell in FIVE_BY_FIVE.cells()}
LEFT = Qt.MouseButton.LeftButton


def risk(name: str, spot: Spot, **more: Spot) -> Chip:
    return Chip(name.lower(), name, f"Risk {name}", {"residual": spot, **more})


@pytest.fixture
def board(qtbot: QtBot) -> MatrixBoard:
    made = MatrixBoard(Theme())
    qtbot.addWidget(made)
    made.resize(560, 640)
    chips = [
        risk("R-1", (4, 5), inherent=(5, 5), target=(2, 4), before=(5, 5)),
        risk("R-2", (4, 3), before=(3, 3)),
        risk("R-3", (2, 2)),
        *(risk(f"X-{number}", (1, 1)) for number in range(9)),
    ]
    made.show_risks(chips, FIVE_BY_FIVE, ABOVE)
    made.show()
    return made


def middle(board: MatrixBoard, name: str) -> QPoint:
    placed = board.placed_of(name)
    assert placed is not None
    return placed.rect.center().toPoint()


def test_a_click_on_a_chip_chooses_it_and_says_it_aloud(board: MatrixBoard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.chosen) as told:
        QTest.mouseClick(board, LEFT, pos=middle(board, "r-1"))
    assert told.args == ["r-1"]
    assert board.accessibleName() == (
        "Risk matrix, residual: 12 risks, 2 above appetite. "
        "R-1 Risk R-1, likelihood 4, impact 5, score 20 severe, above appetite."
    )


def test_a_click_beside_the_chips_asks_for_the_cell(board: MatrixBoard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.cell_chosen) as told:
        QTest.mouseClick(board, LEFT, pos=board.grid.cell((5, 1)).center().toPoint())
    assert told.args == [5, 1]


def test_the_counting_chip_opens_those_it_stands_for(board: MatrixBoard, qtbot: QtBot) -> None:
    cluster = next(each for each in board.placed if each.chip is None)
    with qtbot.waitSignal(board.cluster_opened) as told:
        QTest.mouseClick(board, LEFT, pos=cluster.rect.center().toPoint())
    assert told.args == [[chip.id for chip in cluster.hidden]]


def test_dragging_a_chip_to_another_cell_asks_to_rescore_it(board: MatrixBoard, qtbot: QtBot) -> None:
    QTest.mousePress(board, LEFT, pos=middle(board, "r-2"))
    QTest.mouseMove(board, board.grid.cell((3, 4)).center().toPoint())
    board.grab()
    with qtbot.waitSignal(board.rescored) as told:
        QTest.mouseRelease(board, LEFT, pos=board.grid.cell((2, 4)).center().toPoint() - QPoint(0, 150))
    assert told.args[:2] == ["r-2", "residual"]


def test_a_drag_is_given_up_by_escape_and_comes_to_nothing_beside_the_matrix(board: MatrixBoard) -> None:
    asked: list[object] = []
    board.rescored.connect(lambda *said: asked.append(said))
    for end in ("escape", "outside", "home"):
        QTest.mousePress(board, LEFT, pos=middle(board, "r-2"))
        QTest.mouseMove(board, board.grid.cell((3, 4)).center().toPoint())
        if end == "escape":
            QTest.keyClick(board, Qt.Key.Key_Escape)
            QTest.mouseRelease(board, LEFT, pos=board.grid.cell((3, 4)).center().toPoint())
        elif end == "outside":
            QTest.mouseMove(board, QPoint(3, 630))
            QTest.mouseRelease(board, LEFT, pos=QPoint(3, 630))
        else:
            QTest.mouseMove(board, middle(board, "r-2"))
            QTest.mouseRelease(board, LEFT, pos=middle(board, "r-2"))
    assert asked == []


def test_a_read_only_file_lets_nothing_be_dragged_or_moved_by_keys(board: MatrixBoard) -> None:
    asked: list[object] = []
    board.rescored.connect(lambda *said: asked.append(said))
    board.can_write = False
    QTest.mousePress(board, LEFT, pos=middle(board, "r-2"))
    QTest.mouseMove(board, board.grid.cell((3, 4)).center().toPoint())
    QTest.mouseRelease(board, LEFT, pos=board.grid.cell((3, 4)).center().toPoint())
    QTest.keyClick(board, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert asked == []


def test_arrows_go_from_chip_to_chip_and_enter_opens_one(board: MatrixBoard, qtbot: QtBot) -> None:
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert board.current == board.placed[0].chip.id if board.placed[0].chip else False
    board.choose("r-2")
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert board.current == "r-1"
    QTest.keyClick(board, Qt.Key.Key_Right)
    assert board.current == "r-1"
    with qtbot.waitSignal(board.opened) as told:
        QTest.keyClick(board, Qt.Key.Key_Return)
    assert told.args == ["r-1"]


@pytest.mark.parametrize(
    ("key", "held", "asked"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, ["r-2", "residual", 5, 3]),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, ["r-2", "residual", 4, 2]),
        (
            Qt.Key.Key_Down,
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
            ["r-2", "target", 3, 3],  # without a target it starts from the residual rating
        ),
    ],
)
def test_alt_and_arrows_rescore_by_one_cell(
    board: MatrixBoard, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier, asked: list[object]
) -> None:
    board.choose("r-2")
    with qtbot.waitSignal(board.rescored) as told:
        QTest.keyClick(board, key, held)
    assert told.args == asked


def test_at_the_edge_alt_and_arrows_ask_for_nothing(board: MatrixBoard) -> None:
    asked: list[object] = []
    board.rescored.connect(lambda *said: asked.append(said))
    board.choose("r-1")
    QTest.keyClick(board, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    board.choose("")
    board.current = ""
    QTest.keyClick(board, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert asked == []


def test_digits_ask_for_a_layer_and_other_keys_are_left_to_others(board: MatrixBoard, qtbot: QtBot) -> None:
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    for key, layer in zip(keys, Layer, strict=True):
        with qtbot.waitSignal(board.layer_asked) as told:
            QTest.keyClick(board, key)
        assert told.args == [layer.value]
    QTest.keyClick(board, Qt.Key.Key_Q)


@pytest.mark.parametrize("layer", list(Layer))
def test_every_layer_can_be_painted_and_counts_what_it_places(board: MatrixBoard, layer: Layer) -> None:
    board.choose("r-1")
    board.set_layer(layer)
    assert not board.grab().isNull()
    counts = {Layer.RESIDUAL: 12, Layer.MOVEMENT: 12, Layer.INHERENT: 1, Layer.TARGET: 1}
    assert f"{layer.value.lower()}: {counts[layer]} risk" in board.accessibleName()


def test_a_tooltip_names_the_risk_or_those_counted(board: MatrixBoard) -> None:
    board.show_risks([risk(f"X-{number}", (1, 1)) for number in range(40)], FIVE_BY_FIVE, ABOVE)
    chip, cluster = board.placed[0], board.placed[-1]
    for placed, words in ((chip, "X-0 Risk X-0, likelihood 1, impact 1, score 1 low"), (cluster, "and 2")):
        at = placed.rect.center().toPoint()
        QApplication.sendEvent(board, QHelpEvent(QEvent.Type.ToolTip, at, board.mapToGlobal(at)))
        assert words in QToolTip.text()
    QApplication.sendEvent(board, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))


def test_a_risk_that_went_is_no_longer_chosen_and_the_look_follows_the_theme(board: MatrixBoard) -> None:
    board.choose("r-1")
    board.theme.set_name("dark")
    board.show_risks([risk("R-9", (1, 1))], FIVE_BY_FIVE, ABOVE)
    assert board.current == ""
    assert placed_at(board.placed, QPointF(1, 1)) is None
    assert board.minimumSizeHint().width() < board.sizeHint().width()
    board.theme.set_name("light")


def test_a_double_click_opens_a_risk(board: MatrixBoard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.opened):
        QTest.mouseDClick(board, LEFT, pos=middle(board, "r-2"))
