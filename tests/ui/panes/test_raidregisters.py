"""Risks and what is logged beside them: scores, what is late, and tabs from one register to the next."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.file import Store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.family import FamilyBar, family_of
from pmo_desktop.ui.panes.registers import OUTLINES
from pmo_desktop.ui.shell import Shell

FAMILY = ["risks", "issues", "assumptions", "dependencies", "decisions", "actions", "risk_actions"]


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


@pytest.fixture
def filled(desk: Desk) -> Store:
    """Two risks, and an action that is late."""
    store = desk.store
    change_settings(store, {"data_date": date(2026, 11, 13)})
    create_record(store, "risk", {"title": "Rain", "prob_inherent": 4, "impact_inherent": 5})
    create_record(store, "risk", {"title": "Wind", "status": "Closed"})
    create_record(store, "action", {"description": "Buy buckets", "due": date(2026, 11, 3)})
    create_record(store, "action", {"description": "Buy mops", "due": date(2026, 11, 3), "status": "Complete"})
    return store


def bar_of(shell: Shell) -> FamilyBar:
    """The tabs of the pane on screen."""
    (bar,) = shell.window.pane.findChildren(FamilyBar)  # type: ignore[union-attr]  # there is a pane
    return bar


def test_risks_stand_in_the_order_of_their_scores_with_their_bands(shell: Shell, filled: Store) -> None:
    shell.window.dispatch.perform("go.risks")
    pane = shell.window.pane
    assert pane is not None
    assert pane.subtitle() == "1 of 1 open risk is above appetite"
    (record,) = pane.table.arrangement.shown  # type: ignore[attr-defined]
    row = record.row
    assert (row["title"], row["score"], row["band"]) == ("Rain", 20, "Severe")
    pane.clear_filters()  # type: ignore[attr-defined]
    assert len(pane.table.arrangement.shown) == 2  # type: ignore[attr-defined]


def test_a_risk_that_nobody_rated_is_counted(shell: Shell, filled: Store) -> None:
    create_record(filled, "risk", {"title": "Fog"})
    shell.window.dispatch.perform("go.risks")
    assert shell.window.pane is not None
    assert shell.window.pane.subtitle() == "1 of 2 open risks is above appetite, 1 not rated"


def test_what_is_late_is_counted_in_days_until_it_is_done(shell: Shell, filled: Store) -> None:
    shell.window.dispatch.perform("go.actions")
    pane = shell.window.pane
    rows = {row["description"]: row["late_days"] for row in pane.sheet.rows}  # type: ignore[union-attr]
    assert rows == {"Buy buckets": 10, "Buy mops": None}


def test_tabs_lead_from_register_to_register(shell: Shell, filled: Store) -> None:
    shell.window.dispatch.perform("go.risks")
    bar = bar_of(shell)
    assert [place.name for place in bar.family] == FAMILY
    assert [bar.tabs.tabText(at) for at in (0, 1, 5)] == ["Risks  2", "Issues", "Actions  2"]
    bar.tabs.setCurrentIndex(5)
    assert shell.window.pane is not None
    assert shell.window.pane.name == "actions"
    assert bar.tabs.currentIndex() == 0
    assert bar_of(shell).tabs.currentIndex() == 5
    assert shell.window.nav.items["risks"].isChecked()


def test_the_arrows_move_along_the_tabs(shell: Shell, filled: Store) -> None:
    shell.window.dispatch.perform("go.risks")
    QTest.keyClick(bar_of(shell).tabs, Qt.Key.Key_Right)
    assert shell.window.pane is not None
    assert shell.window.pane.name == "issues"


def test_a_register_that_stands_alone_has_no_tabs() -> None:
    assert family_of("milestones") == family_of("nowhere") == []
    assert {place.name for place in family_of("issues")} == set(FAMILY)


@pytest.mark.parametrize("name", FAMILY)
def test_each_register_opens_on_what_is_not_over(name: str) -> None:
    view = OUTLINES[name].first_view()
    assert (view.name, view.conditions[0].field, view.conditions[0].operator) == ("Open", "status", "is not")


def test_dependencies_promised_too_late_have_a_view_of_their_own(shell: Shell, desk: Desk) -> None:
    days = {"need_by": date(2026, 12, 1), "promise_by": date(2026, 12, 15)}
    create_record(desk.store, "dependency", {"deliverable": "Steel"} | days)
    create_record(desk.store, "dependency", {"deliverable": "Glass"} | days | {"promise_by": date(2026, 11, 15)})
    shell.window.dispatch.perform("go.dependencies")
    pane = shell.window.pane
    assert pane is not None
    view = next(each for each in OUTLINES["dependencies"].views if each.name == "Promised too late")
    pane.arranger.change(conditions=view.conditions)  # type: ignore[attr-defined]
    (record,) = pane.table.arrangement.shown  # type: ignore[attr-defined]
    assert (record.row["deliverable"], record.row["promise_gap"], record.row["promise_rating"]) == ("Steel", 14, "R")
