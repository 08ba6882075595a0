"""The governance pane: the calendar of gates, the heat map, and the evidence one click away from its entries."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.attachments import attach_link
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.compliance import Met
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.compliance import calendar, exhibit
from pmo_desktop.ui.compliance.strip import say_gate, span_of
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.authority import AuthorityDialog
from pmo_desktop.ui.panes.governance import GovernancePane
from tests.builders import a_milestone, a_person, a_project
from tests.figures.methodproject import a_method
from tests.ui.compliance.conftest import TODAY, Followers, make_followers

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def sample(empty: Store) -> Store:
    """The portfolio on screen begins empty here."""
    change_settings(empty, {"data_date": TODAY})
    return empty


@pytest.fixture
def made(sample: Store) -> Followers:
    return make_followers(sample)


def the_pane(desk: Desk) -> GovernancePane:
    desk.navigate("governance")
    pane = desk.window.pane
    assert isinstance(pane, GovernancePane)
    return pane


def find_cell(pane: GovernancePane, project: str, code: str) -> tuple[int, int]:
    sheet = pane.map.model.sheet
    row = next(at for at, line in enumerate(sheet.lines) if line.name == project)
    return row, next(at for at in range(len(sheet.columns)) if sheet.control(at).code == code)


def click(pane: GovernancePane, cell: tuple[int, int]) -> None:
    index = pane.map.model.index(*cell)
    pane.map.view.scrollTo(index)
    QTest.mouseClick(pane.map.view.viewport(), LEFT, NONE, pane.map.view.visualRect(index).center())
    QApplication.processEvents()


def test_the_headline_is_the_share(made: Followers, desk: Desk) -> None:
    pane = the_pane(desk)
    assert desk.window.header.fact.text() == pane.subtitle()
    assert pane.subtitle().endswith("% of what is due is met; 1 waived")
    assert "Waived: 1" in pane.status_text()


def test_a_click_shows_the_evidence_and_one_more_goes_to_the_entry(made: Followers, desk: Desk) -> None:
    pane = the_pane(desk)
    click(pane, find_cell(pane, "Beta", "brief"))
    assert not pane.panel.isHidden()
    assert pane.panel.title.text() == "Brief"
    assert pane.panel.state.text() == "Not met"
    assert "Brief is in progress." in pane.panel.words.text()
    row = next(each for each in pane.panel.rows if each.kind == "Deliverable")
    QTest.mouseClick(row, LEFT)
    assert desk.window.pane is not None
    assert desk.window.pane.name == "deliverables"
    assert desk.window.pane.grid.current.row["project"] == made.beta  # type: ignore[attr-defined]


def test_the_evidence_follows_the_arrows_and_closes_with_f4(made: Followers, desk: Desk, qtbot: QtBot) -> None:
    pane = the_pane(desk)
    row, column = find_cell(pane, "Beta", "brief")
    pane.map.view.go(row, column - 1)
    QTest.keyClick(pane.map.view, Qt.Key.Key_Return)
    QTest.keyClick(pane.map.view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: pane.panel.title.text() == "Brief")
    desk.window.dispatch.perform("view.inspector")
    assert pane.panel.isHidden()
    desk.window.dispatch.perform("view.inspector")
    assert not pane.panel.isHidden()


def test_a_waiver_is_asked_for_where_something_is_not_met(made: Followers, desk: Desk) -> None:
    pane = the_pane(desk)
    click(pane, find_cell(pane, "Beta", "brief"))
    pane.panel.waiver_button.click()
    dialog = pane.exhibit.dialog
    assert dialog is not None
    dialog.try_accept()
    assert dialog.isVisible()
    dialog.fields.reason.setPlainText("The programme has one.")
    dialog.fields.expires.set_day(date(2027, 1, 31))
    dialog.try_accept()
    assert dialog.isHidden()
    waiver = next(row for row in read_rows(made.store, "waiver") if row["project"] == made.beta)
    assert (waiver["concerns"], waiver["status"]) == ("brief", "Requested")
    click(pane, find_cell(pane, "Alpha", "brief"))
    assert pane.panel.foot.isHidden()


def test_not_met_only_grouping_and_methodology_change_what_is_shown(made: Followers, desk: Desk) -> None:
    a_project(made.store, "Delta", ref="P-4")
    pane = the_pane(desk)
    assert next(line.name for line in pane.map.model.sheet.lines if line.is_heading) == "Network"
    pane.bar.groups.setCurrentIndex(0)
    assert not any(line.is_heading for line in pane.map.model.sheet.lines)
    pane.bar.missing.click()
    few = len(pane.map.model.sheet.columns)
    pane.bar.missing.click()
    assert len(pane.map.model.sheet.columns) > few
    pane.bar.choose_method(made.method)
    assert [line.name for line in pane.map.model.sheet.lines].count("Delta") == 0


def test_it_follows_what_is_changed_elsewhere(made: Followers, desk: Desk, qtbot: QtBot) -> None:
    pane = the_pane(desk)
    brief = next(row["id"] for row in read_rows(made.store, "deliverable") if row["project"] == made.beta)
    edit_cells(made.store, "deliverable", [Edit(brief, "status", "Accepted")])
    qtbot.waitUntil(lambda: pane.map.model.sheet.state(*find_cell(pane, "Beta", "brief")) is Met.MET)


def test_the_strip_has_the_overdue_gates_first_and_goes_to_them(made: Followers, desk: Desk) -> None:
    a_milestone(made.store, made.alpha, "Done?", type="Gate", gate="G9", forecast=date(2026, 12, 1))
    pane = the_pane(desk)
    gates = pane.strip.days.gates
    assert [span_of(each) for each in gates] == ["Overdue", "Overdue", "Next 30 days"]
    assert pane.strip.days.heading(0) == "Overdue, 2"
    assert pane.strip.days.heading(1) == ""
    told = pane.strip.days.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == say_gate(gates[0])
    assert "overdue, 0 % ready, 1 blocker:\nBrief: " in told
    pane.strip.setFocus()
    QTest.keyClick(pane.strip, Qt.Key.Key_Return)
    assert desk.window.pane is not None
    assert desk.window.pane.name == "milestones"  # no review was opened yet


def test_the_table_is_copied_in_words(made: Followers, desk: Desk) -> None:
    the_pane(desk)
    desk.window.dispatch.perform("edit.copy")
    assert "Not met" in QGuiApplication.clipboard().text()


def test_many_projects_have_their_gates_read_beside_the_window(
    made: Followers, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "AT_ONCE", 1)
    pane = the_pane(desk)
    assert not pane.is_ready()
    qtbot.waitUntil(pane.is_ready, timeout=5_000)
    assert len(pane.calendar.gates) == 2


def test_the_authority_opens_from_the_header_and_the_palette(made: Followers, desk: Desk) -> None:
    the_pane(desk)
    desk.window.dispatch.perform("governance.authority")
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, AuthorityDialog))
    assert dialog.isVisible()
    dialog.close()
    dialog.deleteLater()


def test_an_empty_portfolio_says_what_to_do(desk: Desk) -> None:
    pane = the_pane(desk)
    assert pane.pages.currentWidget() is pane.nothing
    assert pane.subtitle() == "Nothing is due yet"
    assert pane.ahead.isHidden()
    pane.nothing.buttons[0].click()
    assert desk.window.pane is not None
    assert desk.window.pane.name == "projects"


def test_everything_met_is_all_clear(desk: Desk, sample: Store) -> None:
    people = {"pm": a_person(sample), "sro": a_person(sample, "Sue Okafor")}
    a_project(sample, "Alpha", tier="Tier 3", start_forecast=date(2027, 6, 1), methodology=a_method(sample), **people)
    pane = the_pane(desk)
    assert pane.map.model.sheet.count(Met.NOT_MET) == 0
    pane.bar.missing.click()
    assert pane.pages.currentWidget() is pane.clear_page


def test_an_attachment_is_opened_and_a_failure_said(
    made: Followers, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = next(row["id"] for row in read_rows(made.store, "deliverable") if row["project"] == made.beta)
    attach_link(made.store, "deliverable", brief, "https://example.org/brief", "The brief")
    pane = the_pane(desk)
    opened: list[object] = []
    monkeypatch.setattr(exhibit, "open_with_system", opened.append)
    click(pane, find_cell(pane, "Beta", "brief"))
    pane.panel.rows[-1].click()
    assert opened == ["https://example.org/brief"]

    def refuse(_what: object) -> None:
        raise Known("No program.")

    monkeypatch.setattr(exhibit, "open_with_system", refuse)
    pane.panel.rows[-1].click()
    assert "No program." in desk.window.toast_bar.words.text()
