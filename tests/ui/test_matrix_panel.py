"""The matrix with its key: opportunities have a shape of their own, own appetites count, narrow windows wrap words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from pmo_desktop.rules.risk import FIVE_BY_FIVE, resize_scheme
from pmo_desktop.ui.matrix.brush import chip_outline, say_chip, say_matrix
from pmo_desktop.ui.matrix.layout import Chip, Layer
from pmo_desktop.ui.matrix.panel import MatrixPanel
from pmo_desktop.ui.theme import Theme

ABOVE = {(likelihood, impact): cell.score >= 12 for likelihood, impact, cell in FIVE_BY_FIVE.cells()}
CHIPS = [
    Chip("t", "R-1", "Steel is late", {"residual": (4, 5), "target": (1, 1)}),
    Chip("o", "R-2", "Prices fall", {"residual": (4, 5), "inherent": (5, 5)}, helps=True),
    Chip("a", "R-3", "Bold", {"residual": (4, 4)}, appetite=20.0),
    Chip("b", "R-4", "Shy", {"residual": (1, 2)}, appetite=2.0),
]


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    made = MatrixPanel(Theme("light"))
    qtbot.addWidget(made)
    made.resize(620, 700)
    made.show_risks(CHIPS, FIVE_BY_FIVE, ABOVE, 12.0)
    made.show()
    return made


def test_an_opportunity_has_its_own_words_and_is_never_above_appetite() -> None:
    said = say_chip(CHIPS[1], FIVE_BY_FIVE, "residual", ABOVE)
    assert said == "R-2 Prices fall, opportunity, likelihood 4, impact 5, score 20 great"
    assert say_chip(CHIPS[0], FIVE_BY_FIVE, "residual", ABOVE).endswith("score 20 severe, above appetite")


def test_a_risk_with_an_appetite_of_its_own_is_judged_by_it(panel: MatrixPanel) -> None:
    said = say_matrix(CHIPS, panel.board.placed, "", FIVE_BY_FIVE, Layer.RESIDUAL, ABOVE)
    assert said == "Risk matrix, residual: 4 risks, 2 above appetite."


def test_an_opportunity_is_drawn_with_pointed_ends_chosen_or_not(panel: MatrixPanel) -> None:
    box = QRectF(0, 0, 52, 21)
    just_inside = QPointF(3, 3)
    assert chip_outline(box, helps=False).contains(just_inside + QPointF(3, 1))
    assert not chip_outline(box, helps=True).contains(just_inside + QPointF(3, 1))
    assert chip_outline(box, helps=True).contains(box.center())
    panel.board.setFocus()
    for risk in ("t", "o"):
        panel.choose(risk)
        panel.set_layer(Layer.MOVEMENT.value)
        assert not panel.board.grab().isNull()


def test_the_key_explains_opportunities_only_where_there_are_some_and_wraps(panel: MatrixPanel) -> None:
    key = panel.key
    assert key.accessibleName().endswith("Of opportunities: Small, Fair, Good, Great; pointed ends.")
    assert key.heightForWidth(700) < key.heightForWidth(200)
    assert not key.grab().isNull()
    panel.show_risks(CHIPS[:1], FIVE_BY_FIVE, ABOVE, 12.0)
    assert "opportunities" not in key.accessibleName()


@pytest.mark.parametrize(("width", "height"), [(330, 400), (620, 700), (420, 900)])
@pytest.mark.parametrize("side", [3, 5, 9])
def test_every_size_of_matrix_is_drawn_in_every_room(panel: MatrixPanel, side: int, width: int, height: int) -> None:
    scheme = resize_scheme(FIVE_BY_FIVE, side, side)
    above = {(way, size): cell.score >= 12 for way, size, cell in scheme.cells()}
    panel.resize(width, height)
    panel.show_risks(CHIPS[:3], scheme, above, 12.0)
    assert not panel.grab().isNull()
