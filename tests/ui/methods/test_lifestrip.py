"""The life cycle strip: what it says, how it is walked, and what it does when there is more than fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.rules.method import MethodPhase
from pmo_desktop.ui.methods.strip import LifeStrip, Stop, make_stops
from tests.twosteps import FIRST
from tests.ui.methodstage import press
from tests.ui.stage import dressed


@pytest.fixture
def strip(qtbot: QtBot) -> LifeStrip:
    made = LifeStrip(dressed())
    qtbot.addWidget(made)
    made.resize(500, 48)
    made.show_stops(make_stops(FIRST, frozenset({"G1"})), "do", "G2")
    made.show()
    made.setFocus()
    return made


def many(count: int) -> list[Stop]:
    phases = tuple(MethodPhase(f"p{at}", f"A phase with a rather long name {at}") for at in range(count))
    return make_stops(replace(FIRST, phases=phases))


def test_stops_say_what_they_are() -> None:
    stops = make_stops(FIRST, frozenset({"G1"}))
    assert [stop.spoken for stop in stops] == [
        "Phase Think, 3 outputs",
        "Gate G1 Go?, passed",
        "Phase Do, 2 outputs",
        "Gate G2 Done?",
    ]


@pytest.mark.parametrize(("code", "mark"), [("G4", "4"), ("G10", "10"), ("close", "CL"), ("2026", "20"), ("x", "X")])
def test_a_diamond_holds_a_short_mark(code: str, mark: str) -> None:
    assert Stop(code, code, is_gate=True).mark == mark


def test_arrows_go_from_stop_to_stop_and_stay_at_the_ends(strip: LifeStrip) -> None:
    gone: list[str] = []
    strip.chosen.connect(lambda stop: gone.append(stop.code))
    press(strip, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_A)
    assert gone == ["do", "think", "G2"]
    assert strip.accessibleName() == "Life cycle: Gate G2 Done?, 4 of 4"


def test_a_click_chooses_what_is_under_it(strip: LifeStrip) -> None:
    gone: list[str] = []
    strip.chosen.connect(lambda stop: gone.append(stop.code))
    for place in (1, 2):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.places()[place].center().toPoint())
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(495, 24))
    assert gone == ["G1", "do"]


def test_thirty_phases_scroll_to_the_one_that_is_chosen(strip: LifeStrip) -> None:
    strip.show_stops(many(30), "p0", "")
    assert strip.offset == 0
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(496, 24))
    assert strip.offset > 0
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(4, 24))
    assert strip.offset == 0
    press(strip, Qt.Key.Key_End)
    last = strip.places()[-1].translated(-strip.offset, 0)
    assert last.left() >= 0
    assert last.right() <= strip.width()
    assert not strip.grab().isNull()


def test_the_wheel_scrolls_only_where_there_is_more(strip: LifeStrip) -> None:
    def turn(by: int) -> bool:
        point = QPointF(100, 20)
        none = Qt.MouseButton.NoButton
        held = Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(point, point, QPoint(), QPoint(0, by), none, held, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(strip, event)
        return event.isAccepted()

    assert not turn(-120)
    strip.show_stops(many(30), "p0", "")
    assert turn(-120)
    assert strip.offset == 120


def test_the_pointer_is_told_the_whole_name(strip: LifeStrip) -> None:
    place = strip.places()[0].center().toPoint()
    assert QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, place, strip.mapToGlobal(place)))


def test_an_empty_life_cycle_is_nothing_to_walk(strip: LifeStrip) -> None:
    strip.show_stops([], "", "")
    press(strip, Qt.Key.Key_Right)
    assert strip.accessibleName() == "Life cycle: nothing, 1 of 0"
