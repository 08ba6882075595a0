"""Status marks: each is letter, shape and colour, drawn once and then copied."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pmo_desktop.ui.marks import gate_mark, rag_mark, trend_mark, variance_mark
from pmo_desktop.ui.theme import Theme

CODES = ("R", "AR", "A", "AG", "G", "C", None)


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return Theme("light")


def grey(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def test_every_rating_has_a_mark_of_its_own_even_without_colour(theme: Theme) -> None:
    pictures = {code: grey(rag_mark(theme, code).toImage()) for code in CODES}
    assert all(pictures[one] != pictures[other] for one, other in combinations(CODES, 2))


def test_a_mark_is_drawn_once_for_each_size_screen_and_theme(theme: Theme) -> None:
    assert rag_mark(theme, "R", 18, 1.0).cacheKey() == rag_mark(theme, "R", 18, 1.0).cacheKey()
    assert rag_mark(theme, "R", 18, 2.0).width() == 2 * rag_mark(theme, "R", 18, 1.0).width()
    assert rag_mark(Theme("dark"), "R").toImage() != rag_mark(theme, "R").toImage()


def test_trends(theme: Theme) -> None:
    better, same, worse = (trend_mark(theme, each) for each in ("better", "same", "worse"))
    assert better is not None
    assert same is not None
    assert worse is not None
    assert len({bytes(mark.toImage().constBits()) for mark in (better, same, worse)}) == 3
    assert trend_mark(theme, None) is None


def test_gates_are_as_wide_as_they_are_many(theme: Theme) -> None:
    assert gate_mark(theme, ("passed", "next", "open")).width() > gate_mark(theme, ("passed",)).width()


@pytest.mark.parametrize("percent", [-400.0, -3.0, 0.0, 3.0, 400.0])
def test_a_variance_bar_never_leaves_its_room(theme: Theme, percent: float) -> None:
    assert variance_mark(theme, percent, "R").width() == 24
