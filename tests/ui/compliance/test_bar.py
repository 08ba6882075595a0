"""The toolbar of the heat map: its key says as much as there is room for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from pmo_desktop.figures.compliance import ComplianceTable
from pmo_desktop.ui.compliance.bar import ALL_METHODS, ComplianceBar, StateKey
from pmo_desktop.ui.compliance.sheet import arrange_sheet
from tests.ui.compliance.conftest import Followers
from tests.ui.stage import dressed


def test_the_key_counts_what_is_shown_and_shrinks(qtbot: QtBot, table: ComplianceTable) -> None:
    bar = ComplianceBar(dressed())
    qtbot.addWidget(bar)
    bar.show_counts(arrange_sheet(table))
    key = bar.key
    assert isinstance(key, StateKey)
    assert ", 1 waived, " in key.accessibleName()
    least, most = key.minimumSizeHint().width(), key.sizeHint().width()
    assert least < most
    pictures = []
    for width in (most, (least + most) // 2 + 40, least):
        key.resize(width, key.sizeHint().height())
        pictures.append(key.grab().toImage())
    assert len({picture.width() for picture in pictures}) == 3


def test_the_chosen_methodology_stays_and_a_lost_one_is_all(qtbot: QtBot, followers: Followers) -> None:
    bar = ComplianceBar(dressed())
    qtbot.addWidget(bar)
    bar.show_methods(followers.store)
    bar.choose_method(followers.method)
    bar.show_methods(followers.store)
    assert bar.methodology == followers.method
    bar.choose_method(ALL_METHODS)
    assert bar.methodology is None
