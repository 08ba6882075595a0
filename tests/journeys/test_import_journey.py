"""Bringing registers in through the wizard as a person does: by keys and clicks, with real files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches
from pmo_desktop.store.rows import read_names, read_rows
from pmo_desktop.ui.buttons import Button
from pmo_desktop.ui.importer.window import CHOOSE, MAP, PREVIEW, RESULT
from tests.ui.importstage import ALT, CTRL, ImportStage, write_book

Key = Qt.Key
HEADER = ("Ref", "Project Title", "RAG", "PM", "Fcst End", "EAC £k", "Stage")
OCTOBER = (
    ("HW-101", "Customer billing", "A", "Priya Nair", date(2027, 5, 7), 6980, "Build"),
    ("HW-104", "Smart metering", "A", "Tom Okafor", date(2027, 9, 3), 9950, "Build"),
    ("HW-109", "Knowledge base", "G", "Ana Lindqvist", date(2026, 12, 18), 412, "Build"),
    ("HW-117", "Vulnerable customers", "G", "Ana Lindqvist", date(2027, 5, 7), 610, "Design"),
)
NOVEMBER = (
    ("HW-101", "Customer billing", "R", "Priya Nair", date(2027, 6, 18), 7310, "Build"),
    ("HW-104", "Smart metering", "A", "Tom Okafor", "31/11/2027", 9950, "Build"),
    ("HW-109", "Knowledge base", "Gren", "Ana Lindqvist", date(2026, 12, 18), 405, "Deploy"),
    ("HW-117", "Vulnerable customers", "G", "Ana Lindqvist", date(2027, 5, 7), 610, "Design"),
    (None, None, "G", "Ruth Ellery", date(2027, 9, 17), 185, "Define"),
    ("HW-510", "Mill Lane solar", "G", "Grace Mbeki", date(2027, 10, 29), 940, "Define"),
)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportStage]:
    made = ImportStage(qtbot, tmp_path)
    yield made
    made.close()


def bring_in(stage: ImportStage, path: Path) -> None:
    """A whole import without a question, by Ctrl+Enter alone."""
    stage.open(path)
    for _ in range(3):
        stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == RESULT


def project(stage: ImportStage, ref: str) -> dict[str, Any]:
    return next(row for row in read_rows(stage.store, "project") if row["ref"] == ref)


def test_a_messy_month_is_mended_by_keyboard_alone(
    stage: ImportStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(stage, write_book(tmp_path / "October.xlsx", HEADER, OCTOBER))
    path = write_book(tmp_path / "November.xlsx", HEADER, NOVEMBER)
    before = path.read_bytes()
    stage.wizard.show_step(CHOOSE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    stage.wizard.choose.drop.button.setFocus()
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == MAP
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW
    page = stage.wizard.preview
    assert {name: tab.count for name, tab in page.tabs.tabs.items()} == {
        "all": 6, "fix": 1, "look": 2, "conflict": 0, "new": 1, "changed": 3, "unchanged": 1, "missing": 0,
    }  # fmt: skip

    stage.press(Key.Key_F7)  # the row without a key is left out
    stage.press(Key.Key_Delete)
    stage.press(Key.Key_F7)  # the date that does not exist is typed anew
    stage.press(Key.Key_F2)
    editor = stage.focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "31/11/2027"
    editor.selectAll()
    stage.type("30 Nov 2027")
    stage.press(Key.Key_Return)
    (card,) = page.panel.cards  # the rating that is misspelt is mapped by its button
    assert card.buttons[0].text() == "Map Gren to Green"
    card.buttons[0].setFocus()
    stage.press(Key.Key_Space)
    assert page.panel.title.text() == "Every cell was read"
    assert stage.wizard.foot.next.text() == "Apply 4 rows"

    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == RESULT
    assert project(stage, "HW-104")["finish_forecast"] == date(2027, 11, 30)
    assert project(stage, "HW-109")["rag_overall"] == "G"
    assert project(stage, "HW-101")["eac"] == 731_000_000
    assert project(stage, "HW-510")["name"] == "Mill Lane solar"
    assert [deed.what for deed in latest_batches(stage.store, 2)] == ["Import November.xlsx", "Import October.xlsx"]
    assert path.read_bytes() == before

    stage.click(stage.wizard.result.undo_button)
    assert stage.wizard.result.title.text() == "Import undone"
    assert project(stage, "HW-101")["eac"] == 698_000_000
    assert len(read_rows(stage.store, "project")) == 4


def test_an_amount_is_mended_in_the_unit_of_its_column(stage: ImportStage, tmp_path: Path) -> None:
    stage.open(write_book(tmp_path / "October.xlsx", HEADER, OCTOBER))
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    grid = stage.wizard.preview.grid
    place = next(
        at for at in range(grid.model.columnCount()) if (found := grid.model.column(at)) and found.field == "eac"
    )
    grid.go(0, place)
    grid.setFocus()
    stage.press(Key.Key_F2)
    editor = stage.focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "6980"
    editor.selectAll()
    stage.type("7000")
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Return, CTRL)
    assert project(stage, "HW-101")["eac"] == 700_000_000


def test_what_stays_unread_is_kept_as_text_and_listed(
    stage: ImportStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.open(write_book(tmp_path / "November.xlsx", HEADER, NOVEMBER))
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    target = tmp_path / "problems.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    stage.click(stage.wizard.foot.save)
    assert stage.wizard.foot.sentence.text() == "3 problems written to problems.xlsx."
    found = [(row[1].value, row[5].value) for row in load_workbook(target).worksheets[0].iter_rows(min_row=2)]
    assert sorted(found, key=str) == [("A6", None), ("C4", "Gren"), ("E3", "31/11/2027")]
    stage.press(Key.Key_Return, CTRL)
    assert project(stage, "HW-104")["finish_forecast"] is None
    assert len(read_rows(stage.store, "project")) == 5


def test_a_file_imported_again_changes_nothing(stage: ImportStage, tmp_path: Path) -> None:
    path = write_book(tmp_path / "October.xlsx", HEADER, OCTOBER)
    bring_in(stage, path)
    stage.open(path)
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.foot.next.text() == "Nothing to apply"
    assert not stage.wizard.foot.next.isEnabled()


def test_an_import_edited_since_is_undone_but_for_the_edits(stage: ImportStage, tmp_path: Path) -> None:
    from pmo_desktop.operations.records import Edit, edit_cells  # noqa: PLC0415  only this journey edits

    bring_in(stage, write_book(tmp_path / "October.xlsx", HEADER, OCTOBER))
    bring_in(stage, write_book(tmp_path / "Later.xlsx", HEADER, NOVEMBER[:1]))
    edit_cells(stage.store, "project", [Edit(project(stage, "HW-101")["id"], "eac", 1)])
    stage.click(stage.wizard.result.undo_button)
    page = stage.wizard.result
    assert page.title.text() == "Import not undone yet"
    assert "1 cell or record would stay as it is" in page.words.text()
    stage.click(page.rest_button)
    found = project(stage, "HW-101")
    assert (found["eac"], found["rag_overall"]) == (1, "A")


def test_a_blank_template_comes_back_as_nothing_to_import(
    stage: ImportStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Project register.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    stage.wizard.choose._save_template()
    headers = [cell.value for cell in load_workbook(target)["Projects"][1]]
    assert headers[:3] == ["ID", "Project", "Programme"]
    stage.open(target)
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.foot.next.text() == "Nothing to apply"


def test_the_majors_need_one_answer(stage: ImportStage, shared_data: Path) -> None:
    stage.open(shared_data / "projects" / "gmpp" / "uk_2019.csv")
    stage.press(Key.Key_Return, CTRL)
    (question,) = stage.wizard.mapping.questions
    assert stage.focus() is question.choice
    for _ in range(3):  # Choose…, As written, Thousands, Millions
        stage.press(Key.Key_Down)
        question = stage.wizard.mapping.questions[0]
    while question.choice.currentText() != "Millions":
        stage.press(Key.Key_Down)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.preview.tabs.tabs["new"].count == 133
    stage.press(Key.Key_Return, CTRL)
    rows = read_rows(stage.store, "project")
    assert len(rows) == 133
    assert sum(row["whole_life_cost"] or 0 for row in rows) == 44_179_876_000_000
    ratings = Counter(row["rag_overall"] for row in rows)
    assert ratings == {"A": 66, "AR": 38, "AG": 18, "G": 4, "R": 4, None: 3}
    stage.click(stage.wizard.result.undo_button)
    assert read_rows(stage.store, "project") == []


def test_melbourne_takes_a_currency(stage: ImportStage, shared_data: Path) -> None:
    stage.open(shared_data / "projects" / "melbourne_water_capital_delivery.csv")
    stage.press(Key.Key_Return, CTRL)
    page = stage.wizard.mapping
    stage.choose(page.questions[0].choice if page.questions else page.currency, "AUD")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    rows = read_rows(stage.store, "project")
    assert len(rows) == 445
    assert sum(row["eac"] for row in rows) == 511_365_915_250
    assert {row["currency"] for row in rows} == {"AUD"}


def test_the_first_and_the_last_month_come_in_without_mapping(stage: ImportStage, shared_data: Path) -> None:
    bring_in(stage, shared_data / "monthly" / "Copy of PMO register - 311225.xlsx")
    assert len(read_rows(stage.store, "project")) == 40
    assert len(read_rows(stage.store, "milestone")) == 152  # eight name a project that two are called
    stage.open(shared_data / "monthly" / "PMO_Register_2026-11.xlsx")
    lines = {line.table.sheet: line.facts.text() for line in stage.wizard.choose.lines}
    assert lines["Risks"].startswith("84 rows, header in row 1; 8 of 9 columns are fields of risks")
    assert stage.wizard.choose.dated.isVisible()
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.preview.which, "Milestones: 200 rows into Milestones")
    assert stage.wizard.preview.tabs.tabs["all"].count == 200
    stage.press(Key.Key_Return, CTRL)
    found = project(stage, "PRJ-139")
    assert found["name"] == "Booking Engine Migration"
    assert found["report_date"] == date(2026, 11, 30)
    names = read_names(stage.store)
    assert len({row["programme"] for row in read_rows(stage.store, "project")}) == 5
    assert "Corporate Systems".casefold() in {name.casefold() for name in names.values()}


@pytest.mark.parametrize("name", ["oleloop.xls", "poc-xmlbomb.xlsx"])
def test_a_hostile_file_ends_in_a_sentence(stage: ImportStage, shared_data: Path, name: str) -> None:
    stage.open(shared_data / "hostile" / name)
    (banner,) = stage.wizard.banners._banners.values()
    assert banner.words.text().startswith(f"“{name}” was not read: ")
    assert stage.is_open()
    assert latest_batches(stage.store, 1)[0].what.startswith("Import") is False


def test_an_empty_file_ends_in_a_sentence(stage: ImportStage, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    stage.open(tmp_path / "empty.csv")
    (banner,) = stage.wizard.banners._banners.values()
    assert "it is empty" in banner.words.text()


def test_a_protected_workbook_asks_for_its_password_in_place(stage: ImportStage, shared_data: Path) -> None:
    stage.open(shared_data / "hostile" / "protected_passtika.xlsx")
    page = stage.wizard.choose
    assert page.locked.isVisible()
    assert stage.focus() is page.locked.password
    stage.type("wrong")
    stage.press(Key.Key_Return)
    assert "password" in page.locked.words.text()
    stage.type("tika")
    stage.press(Key.Key_Return)
    assert not page.locked.isVisible()
    assert stage.wizard.session.plan is not None


def test_going_back_keeps_every_answer(stage: ImportStage, tmp_path: Path) -> None:
    stage.open(write_book(tmp_path / "November.xlsx", HEADER, NOVEMBER))
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.rows[6].target, "Leave out")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_B, ALT)
    assert stage.wizard.mapping.rows[6].target.currentText() == "Leave out"
    QTest.keyClick(stage.focus(), Key.Key_Z, CTRL)
    stage.settle()
    assert stage.wizard.mapping.rows[6].target.currentText() == "Stage"


def test_next_months_file_of_the_same_form_asks_nothing_again(stage: ImportStage, tmp_path: Path) -> None:
    header = ("Ref", "Project Title", "EAC", "Cluster")
    first = write_book(
        tmp_path / "October.xlsx", header, [("HW-1", "Billing", 12.5, "North"), ("HW-2", "Solar", 7.25, "")]
    )
    stage.open(first)
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.questions[0].choice, "Millions")
    stage.choose(stage.wizard.mapping.rows[3].target, "Department")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert project(stage, "HW-1")["eac"] == 1_250_000_000
    second = write_book(tmp_path / "November.xlsx", header, [("HW-1", "Billing", 13.5, "South")])
    stage.open(second)
    stage.press(Key.Key_Return, CTRL)
    page = stage.wizard.mapping
    assert page.reused.words.text().startswith("Answers of “October.xlsx”, ")
    assert not page.questions
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    found = project(stage, "HW-1")
    assert (found["eac"], found["department"]) == (1_350_000_000, "South")


def test_remembered_answers_can_be_dropped(stage: ImportStage, tmp_path: Path) -> None:
    header = ("Ref", "Project Title", "EAC")
    rows = [("HW-1", "Billing", 12.5), ("HW-2", "Solar", 7.25)]
    stage.open(write_book(tmp_path / "October.xlsx", header, rows))
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.questions[0].choice, "Millions")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    stage.open(write_book(tmp_path / "November.xlsx", header, rows))
    stage.press(Key.Key_Return, CTRL)
    stage.click(stage.wizard.mapping.reused.findChildren(Button)[0])
    assert not stage.wizard.mapping.reused.isVisible()
    assert stage.wizard.mapping.questions[0].choice.currentText() == "Choose…"
