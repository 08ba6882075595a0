"""The strip of a family: there for every member and its head, and one step away from each of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.family import FamilyStrip
from pmo_desktop.ui.places import PLACES, Place, family_of

MEMBER = next(place for place in PLACES if place.within)


def strip_of(desk: Desk) -> FamilyStrip:
    QApplication.processEvents()
    return desk.window.family


def words(strip: FamilyStrip) -> list[str]:
    return [strip.tabText(index) for index in range(strip.count())]


@pytest.mark.parametrize("name", ["home", "reports"])
def test_a_place_without_a_family_has_no_strip(desk: Desk, name: str) -> None:
    desk.navigate(name)
    assert strip_of(desk).isHidden()


@pytest.mark.parametrize("place", [place for place in PLACES if family_of(place.name)], ids=lambda place: place.name)
def test_the_head_and_each_member_show_the_same_strip_with_themselves_chosen(desk: Desk, place: Place) -> None:
    name, title = place.name, place.title
    desk.navigate(name)
    strip = strip_of(desk)
    assert strip.isVisible()
    assert words(strip) == [each.title for each in family_of(name)]
    assert strip.tabText(strip.currentIndex()) == title


def test_choosing_in_the_strip_goes_there_and_the_navigation_keeps_the_head(desk: Desk) -> None:
    desk.navigate(MEMBER.within)
    strip = strip_of(desk)
    strip.setCurrentIndex([place.name for place in strip.places].index(MEMBER.name))
    QApplication.processEvents()
    assert desk.window.pane is not None
    assert desk.window.pane.name == MEMBER.name
    assert desk.window.nav.items[MEMBER.within].isChecked()


def test_the_arrows_go_on_along_the_strip(desk: Desk) -> None:
    desk.navigate(MEMBER.within)
    strip = strip_of(desk)
    strip.setFocus()
    for place in strip.places[1:3]:
        QTest.keyClick(strip, Qt.Key.Key_Right)
        QTest.qWait(30)
        assert desk.window.pane is not None
        assert desk.window.pane.name == place.name
        assert strip.hasFocus()


def test_the_strip_goes_with_the_panes(desk: Desk) -> None:
    desk.navigate(MEMBER.within)
    desk.window.show_first_run()
    assert strip_of(desk).isHidden()
