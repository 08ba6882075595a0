"""No screen ends in a dead end: what a rule of the PMO asks for is asked in a dialog, and then the deed is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.dialogs.grant import GrantDialog
from pmo_desktop.ui.panes.projects import build_pane
from tests.builders import a_row, change_row
from tests.ui.stage import Stage, small_portfolio

LATER = date(2027, 3, 31)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    store = small_portfolio()
    set_authority(store, Mode.CONTROLLING, date(2026, 1, 1))
    made = Stage(tmp_path, build_pane, store)
    yield made
    made.close()


def asked() -> GrantDialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, GrantDialog) and each.isVisible()]
    assert len(found) == 1
    return found[0]


def person(stage: Stage, name: str) -> str:
    return str(next(row["id"] for row in read_rows(stage.store, "person") if row["name"] == name))


def type_budget(stage: Stage, text: str = "7m") -> None:
    stage.go("Billing", "budget_approved")
    stage.type(text)
    stage.press(Qt.Key.Key_Return)


def shown(stage: Stage) -> None:
    stage.pane.arranger.change(columns=(("name", 0), ("budget_approved", 0), ("rag_overall", 0), ("pm", 0)))
    QApplication.processEvents()


def test_a_baseline_typed_into_the_grid_asks_for_reason_and_approver(stage: Stage) -> None:
    shown(stage)
    type_budget(stage)
    dialog = asked()
    assert stage.value("Billing", "budget_approved") == 640_000_000
    dialog.try_accept()
    assert dialog.isVisible()
    dialog.fields.reason.setPlainText("Change request 12")
    dialog.fields.approver.choose(person(stage, "Priya Nair"))
    dialog.try_accept()
    assert dialog.isVisible()  # nobody approves their own
    dialog.fields.approver.choose(person(stage, "Tom Okafor"))
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isHidden()
    assert stage.value("Billing", "budget_approved") == 700_000_000
    (override,) = read_rows(stage.store, "override")
    assert (override["outcome"], override["reason"]) == ("Approved", "Change request 12")


def test_esc_leaves_everything_as_it_was(stage: Stage) -> None:
    shown(stage)
    type_budget(stage)
    QTest.keyClick(asked(), Qt.Key.Key_Escape)
    assert stage.value("Billing", "budget_approved") == 640_000_000
    assert read_rows(stage.store, "override") == []


def test_a_block_offers_a_waiver(stage: Stage) -> None:
    shown(stage)
    set_authority(stage.store, Mode.DIRECTIVE, date(2026, 6, 1))
    row = next(each for each in read_rows(stage.store, "project") if each["name"] == "Billing")
    a_row(stage.store, "action", project=row["id"], description="Tidy up", ref="A-1", status="Not started")
    stage.go("Billing", "name")
    stage.pane.verbs.ask_close(stage.pane.bar.view_button)
    stage.pane.verbs.box.accept()
    dialog = asked()
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Ask for a waiver"
    dialog.fields.reason.setPlainText("The supplier keeps it.")
    dialog.fields.expires.set_day(date(2020, 1, 1))
    dialog.try_accept()
    assert dialog.isVisible()
    dialog.fields.expires.set_day(LATER)
    dialog.try_accept()
    (waiver,) = read_rows(stage.store, "waiver")
    assert (waiver["event"], waiver["status"]) == ("Closed with open actions", "Requested")
    assert stage.value("Billing", "lifecycle_status") == "Active"
    stage.offers[-1]()


def test_an_overridden_rating_needs_an_expiry_that_is_a_day(stage: Stage) -> None:
    shown(stage)
    row = next(each for each in read_rows(stage.store, "project") if each["name"] == "Billing")
    change_row(stage.store, "project", row["id"], rag_time="R", rag_cost="R")
    stage.pane.refresh()
    stage.go("Billing", "rag_overall")
    stage.type("G")
    stage.press(Qt.Key.Key_Return)
    dialog = asked()
    dialog.fields.reason.setPlainText("Agreed with the sponsor")
    dialog.fields.expires.setText("soon")
    dialog.try_accept()
    assert dialog.isVisible()
    dialog.fields.expires.set_day(LATER)
    dialog.try_accept()
    assert stage.value("Billing", "rag_overall") == "G"


def test_reporting_late_warns_in_the_overrides_without_a_dialog(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.perform("record.report")
    stage.pane.verbs.box.accept()
    assert len(read_rows(stage.store, "status_report")) == 1
    assert [row["outcome"] for row in read_rows(stage.store, "override")] == ["Went ahead after a warning"]
