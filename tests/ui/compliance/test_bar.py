"""The toolbar of the heat map: its key says as much as there is room for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from pmo_desktop.figures.compliance import STATES, ComplianceTable
from pmo_desktop.ui.compliance.bar import ALL_METHODS, ComplianceBar, StateKey
from pmo_desktop.ui.compliance.sheet import arrange_sheet
from tests.ui.compliance.conftest import Followers
from tests.ui.stage import dressed


def test_the_key_counts_what_is_shown_and_shrinks(qtbot: QtBot, table: ComplianceTable) -> None:
    dressed()
    key, sheet = StateKey(), arrange_sheet(table)
    qtbot.addWidget(key)
    key.show_counts({state: sheet.count(state) for state in STATES})
    assert ", 1 waived, " in key.accessibleName()
    least, most = key.minimumSizeHint().width(), key.sizeHint().width()
    drawn = []
    for width in (most, most - 10, least):  # the marks stand further right the less is said
        key.resize(width, key.sizeHint().height())
        drawn.append(key.grab().toImage())
    assert drawn[0].copy(0, 0, least, 20) != drawn[1].copy(0, 0, least, 20)
    assert least < most - 10


def test_the_chosen_methodology_stays_and_a_lost_one_is_all(qtbot: QtBot, followers: Followers) -> None:
    bar = ComplianceBar(dressed())
    qtbot.addWidget(bar)
    bar.show_methods(followers.store)
    bar.choose_method(followers.method)
    bar.show_methods(followers.store)
    assert bar.methodology == followers.method
    bar.choose_method(ALL_METHODS)
    assert bar.methodology is None
