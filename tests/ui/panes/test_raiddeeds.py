"""Entries of the RAID log: another kind from the menu, escalated to the board, gathered, and linked both ways."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.raid import gather_risks
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.buttons import IconButton
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.inspectortabs import EntryTab
from pmo_desktop.ui.lastundo import undo_last
from pmo_desktop.ui.panes.raiddeeds import ask_escalation, ask_gathering, offer_kinds
from pmo_desktop.ui.panes.register import RegisterPane
from pmo_desktop.ui.traillist import TrailList
from tests.builders import a_project, a_row, remove_row


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


def test_an_escalated_risk_is_shown_to_the_board_and_stays_with_its_project(pane: RegisterPane, sample: Store) -> None:
    box = ask_escalation(pane)
    assert box is not None
    write_editor(box.editors["escalated_to"], "Steering board", replaced=False)
    box.accept()
    (risk,) = read_rows(sample, "risk")
    assert (risk["escalated_to"], risk["show_on_report"], risk["ref"]) == ("Steering board", True, "R-7")
    empty = ask_escalation(pane)
    assert empty is not None
    empty.accept()
    assert empty.wrong.text().startswith("Nothing was escalated")


def gathered(sample: Store) -> tuple[str, list[str]]:
    """A risk of the portfolio and two of projects under it, with amounts."""
    alpha = a_project(sample, "Alpha", ref="ZZ-1")
    amounts: dict[str, Any] = {"project": alpha, "prob_residual": 5, "cost_min": 100, "cost_likely": 400}
    head = a_row(sample, "risk", ref="P-1", title="Steel everywhere")
    members = [a_row(sample, "risk", ref=f"R-{n}", title=f"Steel {n}", cost_max=900, **amounts) for n in range(2)]
    gather_risks(sample, head, members)
    return head, members


def links_of(pane: RegisterPane, qtbot: QtBot) -> TrailList:
    """The links in the inspector, once they are shown."""
    if pane.inspector.isHidden():
        pane.toggle_inspector()
    qtbot.wait(60)
    pane.inspector.refresh()
    qtbot.wait(20)  # what was added is shown in the next turn
    tab = pane.inspector.tabs[0]
    assert isinstance(tab, EntryTab)
    return tab.trail


def words_of(trail: TrailList) -> str:
    return " | ".join(each.text() for each in trail.findChildren(QLabel) if not each.isHidden())


def test_risks_are_gathered_under_one_there_is_or_a_new_one(pane: RegisterPane, sample: Store) -> None:
    head = a_row(sample, "risk", ref="P-1", title="Steel everywhere")
    pane.show_row(read_rows(sample, "risk")[0]["id"])
    box = ask_gathering(pane)
    assert box is not None
    assert list(box.choices(box.fields[0])) == ["P-1 Steel everywhere"]
    write_editor(box.editors["head"], "P-1 Steel everywhere", replaced=False)
    box.accept()
    assert [link["to_row"] for link in read_rows(sample, "entry_link")] == [head]
    undo_last(pane.context)
    again = ask_gathering(pane)
    assert again is not None
    write_editor(again.editors["head"], "Mills", replaced=False)
    again.accept()
    (made,) = [row for row in read_rows(sample, "risk") if row["title"] == "Mills"]
    assert [link["to_row"] for link in read_rows(sample, "entry_link")] == [made["id"]]


def test_a_risk_of_the_portfolio_shows_what_is_under_it_and_what_that_may_cost(
    pane: RegisterPane, sample: Store, qtbot: QtBot
) -> None:
    head, members = gathered(sample)
    pane.show_row(head)
    trail = links_of(pane, qtbot)
    assert "2 open risks, seed 1. 80 of 100 simulated outcomes cost at most £" in words_of(trail)
    assert [link.text() for link in trail.links] == ["R-0", "R-1"]
    trail.links[1].click()
    assert pane.grid.current is not None
    assert pane.grid.current.id == members[1]


def test_a_risk_is_taken_out_in_the_inspector(pane: RegisterPane, sample: Store, qtbot: QtBot) -> None:
    head, members = gathered(sample)
    pane.show_row(head)
    trail = links_of(pane, qtbot)
    out = next(each for each in trail.findChildren(IconButton) if each.toolTip() == "Take R-0 out")
    out.click()
    assert [link["from_row"] for link in read_rows(sample, "entry_link")] == [members[1]]


def test_links_are_told_from_both_ends_and_outlive_what_they_lead_to(
    pane: RegisterPane, sample: Store, qtbot: QtBot
) -> None:
    offer_kinds(pane).actions()[0].trigger()
    (risk,), (issue,) = read_rows(sample, "risk"), read_rows(sample, "issue")
    pane.show_row(risk["id"])
    pane.arranger.change(conditions=())
    pane.show_row(risk["id"])
    assert "Became" in words_of(links_of(pane, qtbot))
    remove_row(sample, "issue", issue["id"])
    assert f"issue {issue['ref']} (deleted)" in words_of(links_of(pane, qtbot))


def test_many_gathered_risks_are_counted_beyond_a_dozen(pane: RegisterPane, sample: Store, qtbot: QtBot) -> None:
    head = a_row(sample, "risk", ref="P-1", title="Steel everywhere")
    gather_risks(sample, head, [a_row(sample, "risk", ref=f"R-{n}", title="Steel") for n in range(14)])
    pane.show_row(head)
    said = words_of(links_of(pane, qtbot))
    assert "and 2 more" in said
    assert "none has both a likelihood" in said


def test_without_a_choice_nothing_is_asked(sample: Store, desk: Desk) -> None:
    desk.show("risks")
    shown = desk.window.pane
    assert isinstance(shown, RegisterPane)
    assert ask_escalation(shown) is None
    assert ask_gathering(shown) is None
