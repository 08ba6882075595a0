"""Checks on screen: planned, drawn by risk, answered by keys, reported with a score, with findings that come back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.audits import plan_audit, shipped_questions, take_questions
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_linked, read_row, read_rows
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.auditplan import PlanDialog, SampleDialog
from pmo_desktop.ui.dialogs.questionnaire import Questionnaire
from pmo_desktop.ui.grid.editors import write_editor
from pmo_desktop.ui.panes.register import RegisterPane
from tests.builders import a_person, a_project
from tests.ui.test_names import nameless

TODAY = date(2026, 11, 13)


@pytest.fixture
def sample(empty: Store) -> Store:
    change_settings(empty, {"data_date": TODAY})
    return empty


@pytest.fixture
def audit(sample: Store) -> str:
    a_person(sample, "Mia Lund")
    project = a_project(sample, "Billing", ref="HW-101")
    return plan_audit(sample, "Autumn check", take_questions(sample, shipped_questions()[0]), project)


def the_pane(desk: Desk, row: str | None = None) -> RegisterPane:
    desk.navigate("audits", row)
    pane = desk.window.pane
    assert isinstance(pane, RegisterPane)
    return pane


@pytest.fixture
def asked(desk: Desk, audit: str) -> Questionnaire:
    pane = the_pane(desk, audit)
    desk.window.dispatch.perform("audit.answer")
    dialog = pane.dialog
    assert isinstance(dialog, Questionnaire)
    return dialog


def answers(store: Store, audit: str) -> dict[str, tuple[str | None, str | None]]:
    rows = read_linked(store, "audit_answer", "audit", [audit])
    return {row["code"]: (row["answer"], row["comment"]) for row in rows if row["answer"]}


def fill(box: Any, **texts: str) -> None:
    for name, text in texts.items():
        write_editor(box.editors[name], text, replaced=False)
    box.accept()


def test_keys_answer_and_walk(asked: Questionnaire, sample: Store, audit: str) -> None:
    first, second, third, *_ = asked.rows
    asked.rows[first].setFocus()
    QTest.keyClick(asked.rows[first], Qt.Key.Key_Y)
    QTest.keyClick(asked.rows[first], Qt.Key.Key_Down)
    assert asked.rows[second].hasFocus()
    QTest.keyClick(asked.rows[second], Qt.Key.Key_P)
    QTest.keyClick(asked.rows[second], Qt.Key.Key_Up)
    assert asked.rows[first].hasFocus()
    assert answers(sample, audit) == {first: ("Yes", None), second: ("Partly", None)}
    assert asked.progress.text().startswith("Under way   2 of ")
    asked.rows[third].answers.buttons["Yes"].click()
    assert answers(sample, audit)[third] == ("Yes", None)


def test_no_waits_for_its_comment(asked: Questionnaire, sample: Store, audit: str) -> None:
    code = next(iter(asked.rows))
    row = asked.rows[code]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_N)
    assert not row.wrong.isHidden()
    assert row.comment.hasFocus()
    assert answers(sample, audit) == {}
    QTest.keyClicks(row.comment, "Nobody looked.")
    QTest.keyClick(row.comment, Qt.Key.Key_Return)
    assert answers(sample, audit) == {code: ("No", "Nobody looked.")}
    assert row.wrong.isHidden()


def test_a_finding_is_raised_from_a_question_and_shown_there(asked: Questionnaire, sample: Store) -> None:
    code = next(iter(asked.rows))
    asked.rows[code].setFocus()
    QTest.keyClick(asked.rows[code], Qt.Key.Key_F)
    assert asked.box is not None
    fill(asked.box, title="")
    assert asked.box.wrong.text()
    fill(asked.box, title="The log is empty", owner="Mia Lund")
    (finding,) = read_rows(sample, "finding")
    assert (finding["code"], finding["grade"], finding["status"]) == (code, "Essential", "Open")
    assert asked.rows[code].found.text() == f"{finding['ref']} The log is empty (Essential, Open)"


def test_reporting_closes_the_questions_with_a_score(asked: Questionnaire, sample: Store, audit: str) -> None:
    for row in asked.rows.values():
        row.answers.buttons["Yes"].click()
    asked.report_button.click()
    assert asked.box is not None
    fill(asked.box, opinion="Sound")
    row_ = read_row(sample, "audit", audit)
    assert row_ is not None
    assert (row_["status"], row_["score"], row_["opinion"], row_["held_on"]) == ("Reported", 100.0, "Sound", TODAY)
    assert asked.report_button.isHidden()
    first = next(iter(asked.rows.values()))
    assert not first.answers.isEnabled()


def test_everything_in_it_has_a_name(asked: Questionnaire) -> None:
    assert nameless(asked) == []


def test_report_from_the_register_asks_at_once(desk: Desk, audit: str) -> None:
    pane = the_pane(desk, audit)
    desk.window.dispatch.perform("audit.report")
    dialog = pane.dialog
    assert isinstance(dialog, Questionnaire)
    assert dialog.box is not None
    dialog.close()


def test_a_check_is_planned_with_shipped_questions(desk: Desk, sample: Store, qtbot: QtBot) -> None:
    project = a_project(sample, "Billing", ref="HW-101")
    pane = the_pane(desk)
    desk.window.dispatch.perform("audit.plan")
    dialog = pane.dialog
    assert isinstance(dialog, PlanDialog)
    assert nameless(dialog) == []
    dialog.project.setCurrentIndex(dialog.project.findData(project))
    dialog.fields.day.setText("never")
    dialog.try_accept()
    assert dialog.isVisible()
    dialog.fields.day.set_day(date(2026, 12, 1))
    dialog.try_accept()
    (row,) = read_rows(sample, "audit")
    assert (row["project"], row["planned"], row["questions"]) == (project, date(2026, 12, 1), "Project health check")
    assert pane.grid.current is not None
    assert pane.grid.current.id == row["id"]


def test_a_sample_says_why_and_plans_what_is_ticked(desk: Desk, sample: Store, qtbot: QtBot) -> None:
    for number in range(4):
        a_project(sample, f"Project {number}", ref=f"P-{number}", rag_overall="R" if number else "G")
    dialog = SampleDialog(desk.context, desk.window, seed=1)
    qtbot.addWidget(dialog)
    dialog.count.setValue(3)
    assert dialog.table.rowCount() == 3
    why = dialog.table.item(0, 3)
    assert why is not None
    assert "never audited" in why.text()
    dialog.draw_again()
    for row in range(3):
        dialog.table.tick(row, on=False)
    dialog.try_accept()
    assert read_rows(sample, "audit") == []
    dialog.table.tick(1, on=True)
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Plan 1 check"
    dialog.try_accept()
    (row_,) = read_rows(sample, "audit")
    assert row_["project"] == dialog.picks[1].project
    assert nameless(dialog) == []


def test_without_a_check_it_says_so(desk: Desk) -> None:
    the_pane(desk)
    said: list[str] = []
    desk.context.say = said.append
    desk.window.dispatch.perform("audit.answer")
    assert said == ["Choose a check first."]
