"""An entry of the RAID log becomes another kind from the menu, and the window goes there."""

from __future__ import annotations

import pytest

from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.panes.convertmenu import offer_kinds
from pmo_desktop.ui.panes.register import RegisterPane
from tests.builders import a_row, remove_row


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    return empty


@pytest.fixture
def pane(sample: Store, desk: Desk) -> RegisterPane:
    a_row(sample, "risk", ref="R-7", title="The mill may stop")
    desk.show("risks")
    shown = desk.window.pane
    assert isinstance(shown, RegisterPane)
    return shown


def test_a_risk_becomes_an_issue_and_the_window_shows_it(pane: RegisterPane, desk: Desk, sample: Store) -> None:
    menu = offer_kinds(pane)
    words = [action.text() for action in menu.actions()]
    assert words == [f"Make {kind} from it" for kind in ("issue", "assumption", "dependency", "decision", "action")]
    menu.actions()[0].trigger()
    (issue,) = read_rows(sample, "issue")
    assert issue["title"] == "The mill may stop"
    assert desk.window.pane is not None
    assert desk.window.pane.name == "issues"


def test_what_is_gone_is_said_and_nothing_selected_asks_for_a_choice(pane: RegisterPane, sample: Store) -> None:
    menu = offer_kinds(pane)
    (risk,) = read_rows(sample, "risk")
    assert pane.grid.current is not None
    remove_row(sample, "risk", risk["id"])
    menu.actions()[0].trigger()
    assert read_rows(sample, "issue") == []
