"""Closing a project on screen: the checklist, who keeps what, the archive, and opening it again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.closure import ClosureDialog, ask_closure
from pmo_desktop.ui.dialogs.grant import GrantDialog
from tests.builders import a_person, a_project, a_row
from tests.ui.test_names import nameless

TODAY = date(2026, 11, 13)
Open = Callable[[], ClosureDialog]


@pytest.fixture
def sample(empty: Store) -> Store:
    change_settings(empty, {"data_date": TODAY})
    return empty


@pytest.fixture
def project(sample: Store) -> str:
    """One project with an open action and an open risk of its manager."""
    pm = a_person(sample, "Priya Nair")
    a_person(sample, "Sue Okafor")
    made = a_project(sample, "Billing", ref="HW-101", pm=pm, lifecycle_status="Active")
    own = {"project": made, "owner": pm, "custom": {}}
    a_row(sample, "action", ref="A-1", description="Tidy up", status="Not started", **own)
    a_row(sample, "risk", ref="R-1", title="It rains", status="Open", **own)
    return made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, project: str) -> Open:
    def open_it() -> ClosureDialog:
        made = ask_closure(desk.context, project, desk.window)
        assert made is not None
        qtbot.addWidget(made)
        return made

    return open_it


def line(dialog: ClosureDialog, code: str) -> None:
    dialog.lines.setCurrentCell([each.code for each in dialog.closure.lines].index(code), 1)


def choose(field: QComboBox, name: str) -> None:
    field.setCurrentText(name)
    field.activated.emit(field.currentIndex())


def test_it_begins_at_the_first_line_that_is_not_ok(opened: Open) -> None:
    dialog = opened()
    assert dialog.shown is not None
    assert dialog.shown.code == "actions"
    item = dialog.rows.item(0, 0)
    assert item is not None
    assert item.text() == "A-1  Tidy up"
    assert nameless(dialog) == []


def test_an_entry_is_given_to_somebody_and_the_project_closed_in_one_step(
    opened: Open, sample: Store, project: str
) -> None:
    dialog = opened()
    choose(dialog.keepers[0], "Sue Okafor")
    line(dialog, "risks")
    choose(dialog.keepers[0], "Sue Okafor")
    assert dialog.told.text().endswith("2 of 2 entries given to somebody who stays.")
    choose(dialog.keepers[0], "Nobody yet")
    assert "1 of 2" in dialog.told.text()
    dialog.try_accept()
    row = read_row(sample, "project", project)
    assert row is not None
    assert (row["lifecycle_status"], row["finish_actual"]) == ("Closed", TODAY)
    sue = next(each["id"] for each in read_rows(sample, "person") if each["name"] == "Sue Okafor")
    assert [each["owner"] for each in read_rows(sample, "action")] == [sue]
    undo(sample)
    assert read_row(sample, "project", project)["lifecycle_status"] == "Active"  # type: ignore[index]


def test_one_person_may_keep_everything(opened: Open) -> None:
    dialog = opened()
    choose(dialog.everything, "Sue Okafor")
    assert len(dialog.handover) == 2
    assert dialog.keepers[0].currentText() == "Sue Okafor"
    assert dialog.everything.findText("Priya Nair") == -1  # her part ends with the project


def test_a_day_that_is_none_is_said_and_nothing_closed(opened: Open, sample: Store, project: str) -> None:
    dialog = opened()
    dialog.day.setText("")
    dialog.try_accept()
    dialog.day.setText("soon")
    dialog.read()
    dialog.try_accept()
    assert dialog.isVisible()
    assert read_row(sample, "project", project)["lifecycle_status"] == "Active"  # type: ignore[index]


def test_under_directive_authority_it_goes_through_the_rule(opened: Open, sample: Store, project: str) -> None:
    set_authority(sample, Mode.DIRECTIVE, date(2026, 1, 1))
    dialog = opened()
    dialog.try_accept()
    asked = [each for each in QApplication.topLevelWidgets() if isinstance(each, GrantDialog) and each.isVisible()]
    assert len(asked) == 1
    asked[0].reject()
    asked[0].deleteLater()
    assert read_row(sample, "project", project)["lifecycle_status"] == "Active"  # type: ignore[index]


def test_a_closed_project_is_reopened_with_a_reason(opened: Open, sample: Store, project: str) -> None:
    opened().try_accept()
    again = opened()
    assert again.windowTitle() == "HW-101 is closed"
    again.try_accept()
    assert again.isVisible()
    again.reason.setText("The second phase was approved")
    again.try_accept()
    assert read_row(sample, "project", project)["lifecycle_status"] == "Active"  # type: ignore[index]


def test_the_archive_is_written_or_the_reason_said(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, path = opened(), tmp_path / "HW-101.zip"
    for answer in ("", str(path), str(tmp_path / "nowhere" / "a.zip")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest, answer=answer: (answer, ""))
        dialog.archive_button.click()
    assert "project.xlsx" in zipfile.ZipFile(path).namelist()


def test_a_row_behind_a_line_is_gone_to(opened: Open, desk: Desk) -> None:
    dialog = opened()
    dialog.rows.cellActivated.emit(0, 0)
    assert dialog.isHidden()
    assert desk.window.pane is not None
    assert desk.window.pane.name == "actions"


def test_the_projects_pane_opens_it(desk: Desk, project: str) -> None:
    desk.navigate("projects", project)
    for command in ("project.closure", "record.close"):
        desk.window.dispatch.perform(command)
        dialog = desk.window.pane.dialog  # type: ignore[union-attr]
        assert isinstance(dialog, ClosureDialog)
        dialog.reject()


def test_without_a_project_it_says_so(desk: Desk) -> None:
    said: list[str] = []
    desk.context.say = said.append
    assert ask_closure(desk.context, None, desk.window) is None
    assert said
