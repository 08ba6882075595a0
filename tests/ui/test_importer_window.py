"""The wizard's steps, keys and answers, on plans made by hand: what it asks for and what it shows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from pmo_desktop.exchange.grid import Sheet, Workbook
from pmo_desktop.exchange.plan import (
    Answer,
    Blank,
    ImportOptions,
    LineagePlan,
    PersonCluster,
    Plan,
    Question,
    Reused,
    RowKind,
    SkippedRow,
    Struck,
    ValueMap,
)
from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.imports import Applied
from pmo_desktop.store.errors import Known
from pmo_desktop.store.pace import begin, step, tick
from pmo_desktop.ui.importer import planned as planned_module
from pmo_desktop.ui.importer import session as session_module
from pmo_desktop.ui.importer.window import CHOOSE, MAP, PREVIEW, RESULT, open_importer
from tests.ui.importstage import ALT, CTRL, SHIFT, ImportStage, column, merge_plan, small_plan

Key = Qt.Key
ROWS: list[list[Any]] = [
    ["Project Title", "Ref", "RAG", "Fcst End", "EAC £k"],
    ["Register", "HW-117", None, None, 610],
    ["Billing", "HW-101", "R", "18/06/2027", 7310],
    ["Solar", "HW-510", None, "31/11/2027", None],
    [None, None, "G", None, None],
]


class Answers:
    """A planner by hand: remembers the options it was given and answers with a plan."""

    def __init__(self) -> None:
        self.given: list[ImportOptions] = []
        self.make: Callable[[ImportOptions], Plan] = lambda _options: small_plan()
        self.failure: Exception | None = None

    def plan(self, _store: object, _workbook: object, options: ImportOptions) -> Plan:
        self.given.append(options)
        if self.failure is not None:
            raise self.failure
        return self.make(options)

    @property
    def last(self) -> ImportOptions:
        return self.given[-1]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    made = Answers()
    book = Workbook("Register.xlsx", "0" * 64, [Sheet("Register", ROWS)])
    monkeypatch.setattr(session_module, "read_workbook", lambda *_a, **_k: book)
    monkeypatch.setattr(planned_module, "plan_import", made.plan)
    return made


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, answers: Answers) -> Iterator[ImportStage]:
    made = ImportStage(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def preview(stage: ImportStage, tmp_path: Path) -> ImportStage:
    """The wizard at step 3 of the small plan."""
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW
    return stage


def cell(stage: ImportStage) -> tuple[int, str]:
    """The current cell: row of the sheet and field."""
    grid = stage.wizard.preview.grid
    column_ = grid.model.column(grid.current_place)
    return grid.model.row(grid.current_line).row, (column_.field or "") if column_ else ""


# ---------------------------------------------------------------------- steps


def test_nothing_can_be_gone_on_with_before_a_file_is_read(stage: ImportStage) -> None:
    assert stage.wizard.step == CHOOSE
    assert not stage.wizard.foot.next.isEnabled()
    assert stage.focus() is stage.wizard.choose.drop.button


def test_ctrl_enter_goes_on_and_alt_b_goes_back(stage: ImportStage, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    seen = [stage.wizard.step]
    for key, held in ((Key.Key_Return, CTRL), (Key.Key_Return, CTRL), (Key.Key_B, ALT), (Key.Key_B, ALT)):
        stage.press(key, held)
        seen.append(stage.wizard.step)
    assert seen == [CHOOSE, MAP, PREVIEW, MAP, CHOOSE]
    assert stage.wizard.stepper.accessibleName() == "Step 1 of 4: Choose file"


def test_escape_closes_and_writes_nothing(preview: ImportStage) -> None:
    preview.wizard.preview.grid.setFocus()
    QTest.keyClick(preview.focus(), Key.Key_Escape)
    QApplication.processEvents()
    assert not preview.is_open()


def test_a_second_call_shows_the_window_that_is_open(stage: ImportStage) -> None:
    assert open_importer(stage.context, None, stage.host) is stage.wizard


def test_a_file_dropped_on_the_window_is_read(stage: ImportStage, tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    stage.wizard.dropEvent(event)
    stage.settle()
    assert stage.wizard.session.plan is not None
    assert stage.wizard.line.text() == "Register.xlsx, sheet “Register”, 4 rows, into Projects"


def drop(stage: ImportStage, *paths: Path) -> None:
    """Files dropped on the wizard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    stage.wizard.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    stage.settle()


def test_a_file_dropped_twice_keeps_the_answers(preview: ImportStage, answers: Answers, tmp_path: Path) -> None:
    preview.wizard.session.answer(currency="EUR")
    preview.settle()
    drop(preview, tmp_path / "Register.xlsx")
    assert (preview.wizard.step, preview.wizard.session.options.currency) == (PREVIEW, "EUR")
    words = "Register.xlsx is open here already, with your answers. Go back to step 1 to read it anew."
    assert preview.wizard.foot.sentence.text() == words


def test_another_file_waits_for_the_import_on_screen(preview: ImportStage, tmp_path: Path) -> None:
    drop(preview, tmp_path / "Other.xlsx")
    assert preview.wizard.step == PREVIEW
    words = "Apply or close the import of Register.xlsx first, then bring in Other.xlsx."
    assert preview.wizard.foot.sentence.text() == words


def test_a_folder_is_no_workbook_and_two_files_are_one_too_many(stage: ImportStage, tmp_path: Path) -> None:
    drop(stage, tmp_path)
    assert stage.wizard.foot.sentence.text() == f"“{tmp_path.name}” is a folder. Drop a workbook out of it."
    assert stage.wizard.session.plan is None
    drop(stage, tmp_path / "Register.xlsx", tmp_path / "Other.xlsx")
    assert stage.wizard.session.path == tmp_path / "Register.xlsx"


# ---------------------------------------------------------------------- step 1


def test_a_table_that_is_unticked_is_left_out(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.click(stage.wizard.choose.lines[0].tick)
    assert answers.last.tables == {"Register!1": ""}


def test_another_register_can_be_chosen_for_a_table(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.choose(stage.wizard.choose.lines[0].into, "Milestones")
    assert answers.last.tables == {"Register!1": "milestones"}


def test_a_sheet_that_is_not_kept_is_named_and_counted(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        others = small_plan().tables[0]
        others.sheet, others.into, others.entity, others.looks_like, others.read, others.rows = (
            "Stakeholders",
            None,
            None,
            "stakeholders",
            84,
            [],
        )
        made.tables.append(others)
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    line = stage.wizard.choose.lines[1]
    assert not line.tick.isChecked()
    assert line.facts.text() == "84 rows, header in row 1; looks like stakeholders, which are not kept yet"


def test_a_failure_is_a_banner_and_the_wizard_stays(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    answers.failure = Known("“Register.xlsx” was not read: it is damaged.")
    stage.open(tmp_path / "Register.xlsx")
    (banner,) = stage.wizard.banners._banners.values()
    assert banner.words.text() == "“Register.xlsx” was not read: it is damaged."
    assert stage.is_open()
    assert not stage.wizard.foot.next.isEnabled()


def test_the_date_of_a_title_line_can_be_left(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    def plan(_options: ImportOptions) -> Plan:
        from datetime import date  # noqa: PLC0415

        made = small_plan()
        made.tables[0].report_date = date(2026, 11, 30)
        made.tables[0].rows[0].values["report_date"] = date(2026, 11, 30)
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    box = stage.wizard.choose.dated
    assert (box.isVisible(), box.isChecked()) == (True, True)
    assert "30 November 2026" in box.text()
    stage.click(box)
    assert answers.last.report_date is False


# ---------------------------------------------------------------------- step 2


def with_question(option: str, *choices: str) -> Callable[[ImportOptions], Plan]:
    def plan(options: ImportOptions) -> Plan:
        made = small_plan()
        if getattr(options, option) is None:
            made.questions = [
                Question(option, "Register", header, f"Nothing says what “{header}” means.", choices)
                for header in ("Budget", "EAC")
            ]
        return made

    return plan


@pytest.mark.parametrize(
    ("option", "choices", "words", "value"),
    [
        ("money_unit", ("1", "k", "m", "bn"), "Millions", "m"),
        ("currency", (), "AUD", "AUD"),
        ("day_first", ("day first", "month first"), "Month first: 5/2 is 2 May", False),
        ("hidden", ("read", "leave"), "Leave them out", False),
        ("fill_down", ("fill", "leave"), "For its own row only", False),
        ("fill_down", ("fill", "leave"), "For the rows below too", True),
        ("struck", ("close", "read", "leave"), "Read them as they are", Struck.READ),
    ],
)
def test_a_question_is_asked_once_and_holds_the_next_step(
    stage: ImportStage, answers: Answers, tmp_path: Path, option: str, choices: tuple[str, ...], words: str, value: Any
) -> None:
    answers.make = with_question(option, *choices)
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    (row,) = stage.wizard.mapping.questions
    assert stage.focus() is row.choice
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == MAP
    assert stage.wizard.foot.sentence.text() == "Answer the question first."
    stage.choose(row.choice, words)
    assert getattr(answers.last, option) == value
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW
    stage.press(Key.Key_B, ALT)
    assert stage.wizard.mapping.questions[0].choice.currentText() == words  # the answer can still be changed


def test_each_row_that_may_be_a_known_record_is_asked_about(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    def plan(options: ImportOptions) -> Plan:
        made = small_plan()
        made.questions = [
            Question(
                "same", "Register", row, f"Row {row}: is it “{name}”?", (f"p-{row}", "new"), (name, "A new project")
            )
            for row, name in (("3", "Billing"), ("4", "Solar"))
            if f"Register!{row}" not in options.same
        ]
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    first, second = stage.wizard.mapping.questions
    stage.choose(first.choice, "Billing")
    stage.choose(second.choice, "A new project")
    assert answers.last.same == {"Register!3": "p-3", "Register!4": "new"}
    assert [row.choice.currentText() for row in stage.wizard.mapping.questions] == ["Billing", "A new project"]


def test_a_question_about_one_row_keeps_only_that_row_waiting(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        made.questions = [Question("same", "Register", "3", "Is it “Billing”?", ("p-3", "new"), ("Billing", "New"))]
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == PREVIEW


def test_a_column_can_become_another_field(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    finish = stage.wizard.mapping.rows[3]
    stage.choose(finish.target, "Baseline finish")
    assert answers.last.columns == {"Fcst End": "finish_baseline"}


def test_a_field_takes_one_column_and_the_other_keeps_its_content(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.rows[0].target, "ID")
    assert answers.last.columns == {"Project Title": "ref", "Ref": "new"}


def test_a_column_can_be_left_out(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    stage.choose(stage.wizard.mapping.rows[4].target, "Leave out")
    assert answers.last.columns == {"EAC £k": "ignore"}


def test_a_table_without_a_key_cannot_go_on(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        made.tables[0].columns = [column("E", "eac", "EAC", Kind.MONEY)]
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    words = "Projects need an ID or a name: choose the column that holds it."
    assert (stage.wizard.mapping.missing.isVisible(), stage.wizard.mapping.missing.words.text()) == (True, words)
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.step == MAP


def test_a_word_that_is_not_known_is_mapped_in_step_two(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        made.tables[0].columns[2].values = (
            ValueMap("Gren", None, "", 2, known=False),
            ValueMap("R", "R", "Red", 14, known=True),
            ValueMap("tbc", None, "", 1, known=True),
        )
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    values = stage.wizard.mapping.rows[2].values
    assert [row.value.text for row in values.rows] == ["Gren"]
    assert values.toggle.text() == "Show 2 known values"
    stage.choose(values.rows[0].choice, "Green")
    assert answers.last.values == {"rag_overall": {"Gren": "Green"}}
    stage.click(values.toggle)
    assert [(row.value.text, row.choice.currentText()) for row in values.rows] == [
        ("Gren", "Keep as text"),
        ("R", "Red"),
        ("tbc", "No value"),
    ]
    stage.choose(values.rows[1].choice, "Amber")
    assert answers.last.values == {"rag_overall": {"Gren": "Green", "R": "Amber"}}


def test_a_column_says_what_its_blank_cells_mean(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    finish = stage.wizard.mapping.rows[3]
    assert (finish.blank.currentText(), finish.blank.accessibleName()) == ("Keep the value", "Blank cells of Fcst End")
    stage.choose(finish.blank, "Clear the value")
    assert answers.last.blank == {"Fcst End": Blank.CLEAR}
    assert finish.blank.currentText() == "Clear the value"


def test_rows_can_be_told_by_another_field(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    match = stage.wizard.mapping.match
    assert [match.itemText(at) for at in range(match.count())] == ["ID, else name", "Project", "ID"]
    stage.choose(match, "Project")
    assert answers.last.match_on == {"projects": "name"}
    stage.press(Key.Key_Return, CTRL)
    assert stage.wizard.preview.matching.text() == "Rows match on Project."


def test_names_that_are_likely_one_person_are_merged_or_kept_apart(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    pairs = [{"Priya Nair": 3, "P. Nair": 1}, {"Ana Lind": 2, "Anna Lind": 0}]

    def plan(options: ImportOptions) -> Plan:
        made = small_plan()
        open_ = [names for names in pairs if not set(names) & set(options.people)]
        made.clusters = [PersonCluster(names, next(iter(names)), 0.9, "one letter differs") for names in open_]
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    card = stage.wizard.mapping.people
    assert card.title.text() == "2 groups of names that are likely one person, 2 not answered: they stay apart"
    assert card.rows[1].words.text() == "Ana Lind (2 cells) and Anna Lind (kept here)"
    stage.click(card.rows[0].merge)
    stage.click(card.rows[1].apart)
    assert answers.last.people == {
        "Priya Nair": "Priya Nair",
        "P. Nair": "Priya Nair",
        "Ana Lind": "Ana Lind",
        "Anna Lind": "Anna Lind",
    }
    assert card.title.text() == "2 groups of names that are likely one person"
    assert [(row.merge.icon_name, row.apart.icon_name) for row in card.rows] == [("check", ""), ("", "check")]
    stage.choose(card.rows[1].name, "Anna Lind")  # an answer can be changed
    assert answers.last.people["Ana Lind"] == "Anna Lind"


def test_the_answers_of_the_file_before_are_told_and_can_be_done_without(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    def plan(options: ImportOptions) -> Plan:
        made = small_plan()
        told = {} if options.fresh else {"blank": {"Fcst End": "clear"}}
        made.lineages = [LineagePlan("f", not told, "project", "Register", (), {}, told)]
        made.reused = () if options.fresh else (Reused("October.xlsx", date(2026, 10, 30)),)
        return made

    answers.make = plan
    stage.open(tmp_path / "Register.xlsx")
    stage.press(Key.Key_Return, CTRL)
    page = stage.wizard.mapping
    assert page.reused.isVisible()
    assert page.reused.words.text() == "Answers of “October.xlsx”, 30 October 2026, were used."
    assert page.rows[3].blank.currentText() == "Clear the value"
    stage.click(next(each for each in page.reused.findChildren(QAbstractButton) if each.text() == "Do without them"))
    assert answers.last.fresh
    assert (page.reused.isVisible(), page.rows[3].blank.currentText()) == (False, "Keep the value")


def test_planning_that_is_cancelled_takes_its_answer_back(
    stage: ImportStage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    go = threading.Event()

    def slow(_options: ImportOptions) -> Plan:
        go.wait(10)
        return small_plan()

    stage.open(tmp_path / "Register.xlsx")
    answers.make = slow
    stage.wizard.session.answer(currency="EUR")
    qtbot.waitUntil(stage.wizard.foot.cancel.isVisible, timeout=5000)
    assert stage.wizard.foot.what.text() == "Working out what would change"
    stage.wizard.foot.cancel.click()
    go.set()
    stage.settle()
    assert (stage.wizard.session.options, stage.wizard.session.take_back()) == (ImportOptions(), False)
    assert stage.wizard.session.plan is not None


def test_the_rows_done_are_shown_and_a_cancel_acts_at_the_next_of_them(
    stage: ImportStage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    """The planner never ends by itself: only the cancel, heard where it tells how far it is, lets it."""

    def endless(_options: ImportOptions) -> Plan:
        begin("Comparing rows", 50_000)
        step(20_000)
        while True:
            time.sleep(0.01)
            tick()

    stage.open(tmp_path / "Register.xlsx")
    shown, answers.make = stage.wizard.session.plan, endless
    stage.wizard.session.answer(currency="EUR")
    foot = stage.wizard.foot
    qtbot.waitUntil(foot.cancel.isVisible, timeout=5000)
    assert foot.what.text() == "Comparing rows: 20,000 of 50,000"
    assert (foot.bar.value(), foot.bar.maximum()) == (20_000, 50_000)
    foot.cancel.click()
    qtbot.waitUntil(lambda: not stage.wizard.session.busy, timeout=300)
    assert stage.wizard.session.plan is shown
    assert stage.wizard.session.options == ImportOptions()


# ---------------------------------------------------------------------- step 3


def test_the_tabs_filter_the_rows(preview: ImportStage) -> None:
    page = preview.wizard.preview
    for name, rows in (("changed", [3]), ("new", [4]), ("fix", [5]), ("look", [4]), ("all", [5, 3, 4, 2])):
        preview.click(page.tabs.tabs[name])
        assert [page.grid.model.row(line).row for line in range(page.grid.model.rowCount())] == rows


def test_arrows_move_between_tabs(preview: ImportStage) -> None:
    page = preview.wizard.preview
    page.tabs.tabs["all"].setFocus()
    preview.press(Key.Key_Right)
    assert page.grid.model.tab == "fix"
    preview.press(Key.Key_Left)
    assert page.grid.model.tab == "all"


def test_arrows_cross_the_frozen_columns(preview: ImportStage) -> None:
    grid = preview.wizard.preview.grid
    grid.setFocus()
    preview.press(Key.Key_Home)
    seen = []
    for _ in range(5):
        preview.press(Key.Key_Right)
        seen.append(grid.current_place)
    assert seen == [1, 2, 3, 4, 5]
    assert grid.right.hasFocus()
    for _ in range(3):
        preview.press(Key.Key_Left)
    assert grid.left.hasFocus()


def test_f7_walks_the_problems_and_says_each(preview: ImportStage) -> None:
    preview.press(Key.Key_F7)
    assert cell(preview) == (5, "ref")
    assert preview.wizard.foot.sentence.text() == "The row has neither an ID nor a name."
    preview.press(Key.Key_F7)
    assert cell(preview) == (4, "finish_forecast")
    preview.press(Key.Key_F7, SHIFT)
    assert cell(preview) == (5, "ref")


def test_f2_mends_a_cell_and_the_workbook_is_not_touched(preview: ImportStage, answers: Answers) -> None:
    preview.press(Key.Key_F7)
    preview.press(Key.Key_F7)
    preview.press(Key.Key_F2)
    editor = preview.focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "31/11/2027"
    editor.selectAll()
    preview.type("30 Nov 2027")
    preview.press(Key.Key_Return)
    assert answers.last.fixes == {"Register!D4": "30 Nov 2027"}


def test_typing_replaces_what_the_cell_says(preview: ImportStage, answers: Answers) -> None:
    preview.press(Key.Key_F7)
    preview.type("HW-407")
    preview.press(Key.Key_Return)
    assert answers.last.fixes == {"Register!B5": "HW-407"}


def test_escape_in_an_editor_only_ends_the_edit(preview: ImportStage, answers: Answers) -> None:
    preview.press(Key.Key_F7)
    preview.type("X")
    preview.press(Key.Key_Escape)
    assert preview.is_open()
    assert answers.last.fixes == {}


def test_ctrl_enter_in_an_editor_takes_the_text_before_anything_is_applied(
    preview: ImportStage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[Plan] = []
    monkeypatch.setattr(session_module, "apply_plan", lambda _store, plan, _what: applied.append(plan))
    preview.press(Key.Key_F7)
    preview.type("HW-407")
    preview.press(Key.Key_Return, CTRL)
    assert answers.last.fixes == {"Register!B5": "HW-407"}
    assert (applied, preview.wizard.step) == ([], PREVIEW)


def test_delete_leaves_a_row_out_and_ctrl_z_takes_it_back(preview: ImportStage, answers: Answers) -> None:
    preview.wizard.preview.grid.go(2, 3)
    preview.wizard.preview.grid.setFocus()
    preview.press(Key.Key_Delete)
    assert answers.last.skip == {"Register!4"}
    preview.press(Key.Key_Z, CTRL)
    assert answers.last.skip == frozenset()


def test_the_rows_that_wait_are_skipped_by_one_button(preview: ImportStage, answers: Answers) -> None:
    button = preview.wizard.preview.panel.skip
    assert button.text() == "Skip the row with a problem"
    preview.click(button)
    assert answers.last.skip == {"Register!5"}


def test_a_suggestion_is_taken_for_every_cell_that_says_so(preview: ImportStage, answers: Answers) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        problem = made.tables[0].problems[0]
        made.tables[0].problems = [
            type(problem)(f"Register!C{row}", "A?", "“A?” is no rating.", problem.level, row, "rag_overall", ("Amber",))
            for row in (2, 3)
        ]
        return made

    answers.make = plan
    preview.wizard.session.answer(currency="GBP")
    preview.settle()
    (card,) = preview.wizard.preview.panel.cards
    (button,) = card.buttons
    assert button.text() == "Map A? to Amber"
    preview.click(button)
    assert answers.last.values == {"rag_overall": {"A?": "Amber"}}


def test_the_cell_of_a_card_is_edited_by_its_button(preview: ImportStage) -> None:
    card = preview.wizard.preview.panel.cards[1]
    assert [button.text() for button in card.buttons] == ["Pick a date"]
    preview.click(card.buttons[0])
    assert cell(preview) == (4, "finish_forecast")
    assert isinstance(preview.focus(), QLineEdit)


def test_the_button_counts_what_it_writes(preview: ImportStage) -> None:
    assert preview.wizard.foot.next.text() == "Apply 2 rows"
    words = "1 new project and 1 changed project (3 cells). 1 row matches exactly. 1 row waits for a fix."
    assert preview.wizard.preview.panel.written.text() == words


def test_a_plan_that_writes_nothing_cannot_be_applied(preview: ImportStage, answers: Answers) -> None:
    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        made.tables[0].rows = [row for row in made.tables[0].rows if row.kind is RowKind.UNCHANGED]
        made.tables[0].skipped = [SkippedRow(9, "Total", "a total")]
        return made

    answers.make = plan
    preview.wizard.session.answer(currency="GBP")
    preview.settle()
    assert (preview.wizard.foot.next.text(), preview.wizard.foot.next.isEnabled()) == ("Nothing to apply", False)


def test_an_empty_tab_gives_way_to_all_rows(preview: ImportStage, answers: Answers) -> None:
    preview.click(preview.wizard.preview.tabs.tabs["fix"])

    def plan(_options: ImportOptions) -> Plan:
        made = small_plan()
        made.tables[0].rows = [row for row in made.tables[0].rows if row.kind is not RowKind.REJECTED]
        return made

    answers.make = plan
    preview.wizard.session.answer(currency="GBP")
    preview.settle()
    assert preview.wizard.preview.grid.model.tab == "all"


# ---------------------------------------------------------------------- both sides of a merge


@pytest.fixture
def merging(preview: ImportStage, answers: Answers) -> ImportStage:
    """Step 3 of a month later: answers for cells and columns settle the two conflicts of row 3."""

    def plan(options: ImportOptions) -> Plan:
        names = {"finish_forecast": "Register!D3", "rag_overall": "Register!C3"}
        columns = options.columns_resolved
        given = {name: options.cells_resolved.get(key, columns.get(name)) for name, key in names.items()}
        return merge_plan({name: answer for name, answer in given.items() if answer})

    answers.make = plan
    preview.wizard.session.answer(currency="GBP")
    preview.settle()
    return preview


def test_f7_goes_on_to_the_conflicts_and_the_card_shows_their_sides(merging: ImportStage) -> None:
    panel = merging.wizard.preview.panel
    assert panel.title.text() == "1 cell must be fixed, 2 conflicts to settle, 1 cell needs a look"
    for _ in range(3):
        merging.press(Key.Key_F7)
    assert cell(merging) == (3, "finish_forecast")
    assert (panel.clash.isVisible(), panel.first.isVisible()) == (True, False)
    assert panel.clash.title.text() == "Finish of HW-101 Billing"
    assert [words.text() for _, words, _ in panel.clash.words] == ["7 May 2027", "18 Jun 2027", "14 May 2027"]


@pytest.mark.parametrize(
    ("key", "held", "given"),
    [
        (Key.Key_T, None, {"cells_resolved": {"Register!D3": Answer.THEIRS}}),
        (Key.Key_O, None, {"cells_resolved": {"Register!D3": Answer.OURS}}),
        (Key.Key_T, SHIFT, {"columns_resolved": {"finish_forecast": Answer.THEIRS}}),
        (Key.Key_O, SHIFT, {"columns_resolved": {"finish_forecast": Answer.OURS}}),
    ],
)
def test_letters_settle_the_conflict_of_the_current_cell(
    merging: ImportStage, answers: Answers, key: Qt.Key, held: Any, given: dict[str, Any]
) -> None:
    merging.click(merging.wizard.preview.panel.first)
    merging.press(key, held or Qt.KeyboardModifier.NoModifier)
    assert {name: getattr(answers.last, name) for name in given} == given
    assert merging.wizard.foot.next.text().endswith("1 conflict stays open")


def test_the_buttons_settle_and_ctrl_z_opens_again(merging: ImportStage, answers: Answers) -> None:
    page = merging.wizard.preview
    merging.click(page.panel.first)
    merging.click(page.panel.clash.cell_buttons[Answer.OURS])
    assert answers.last.cells_resolved == {"Register!D3": Answer.OURS}
    assert page.panel.clash.cell_buttons[Answer.OURS].icon_name == "check"
    merging.click(page.panel.clash.reopen)
    assert answers.last.cells_resolved == {"Register!D3": Answer.ASK}
    merging.press(Key.Key_Z, CTRL)
    assert answers.last.cells_resolved == {"Register!D3": Answer.OURS}


def test_a_letter_on_any_other_cell_begins_to_type(merging: ImportStage, answers: Answers) -> None:
    grid = merging.wizard.preview.grid
    grid.go(1, 3)
    grid.setFocus()
    merging.type("T")
    assert isinstance(merging.focus(), QLineEdit)
    merging.press(Key.Key_Escape)
    assert answers.last.cells_resolved == {}


def test_conflicts_and_missing_records_have_tabs_and_do_not_hold_the_button(merging: ImportStage) -> None:
    page = merging.wizard.preview
    for name, rows in (("conflict", [3]), ("missing", [0])):
        merging.click(page.tabs.tabs[name])
        assert [page.grid.model.row(line).row for line in range(page.grid.model.rowCount())] == rows
    assert (merging.wizard.foot.next.text(), merging.wizard.foot.next.isEnabled()) == (
        "Apply 2 rows; 2 conflicts stay open",
        True,
    )


def test_a_missing_record_can_be_neither_edited_nor_skipped(merging: ImportStage, answers: Answers) -> None:
    page = merging.wizard.preview
    merging.click(page.tabs.tabs["missing"])
    page.grid.go(0, 3)
    page.grid.setFocus()
    merging.press(Key.Key_Delete)
    merging.press(Key.Key_F2)
    assert not isinstance(merging.focus(), QLineEdit)
    assert answers.last.skip == frozenset()


# ---------------------------------------------------------------------- step 4, work, and the rest


def test_a_failed_write_stays_in_the_preview_and_says_why(
    preview: ImportStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> Applied:
        raise Known("Nothing was imported: HW-101 was deleted since this preview was made.")

    monkeypatch.setattr(session_module, "apply_plan", refuse)
    preview.press(Key.Key_Return, CTRL)
    (banner,) = preview.wizard.banners._banners.values()
    assert banner.words.text().startswith("Nothing was imported")
    assert preview.wizard.step == PREVIEW


def test_applied_counts_are_shown_and_the_register_opens(preview: ImportStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "apply_plan", lambda _store, plan, _what: Applied(47, plan.counts()))
    preview.press(Key.Key_Return, CTRL)
    page = preview.wizard.result
    assert preview.wizard.step == RESULT
    assert page.words.text().startswith("1 new project and 1 changed project (3 cells) written from Register.xlsx.")
    preview.click(page.open_button)
    assert preview.went == [("projects", "p-3")]
    assert not preview.is_open()


def test_work_under_way_is_shown_and_can_be_cancelled(
    stage: ImportStage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    go = threading.Event()

    def slow(_options: ImportOptions) -> Plan:
        go.wait(10)
        tick()
        raise AssertionError("it was cancelled")

    answers.make = slow
    stage.wizard.open(tmp_path / "Register.xlsx")
    qtbot.waitUntil(stage.wizard.foot.cancel.isVisible, timeout=5000)
    assert stage.wizard.foot.what.text() == "Reading Register.xlsx"
    stage.wizard.foot.cancel.click()
    go.set()
    stage.settle()
    assert stage.wizard.session.plan is None
    assert stage.wizard.banners._banners == {}
    assert stage.wizard.choose.drop.button.isEnabled()


def test_another_file_waits_for_the_one_under_way(stage: ImportStage, answers: Answers, tmp_path: Path) -> None:
    go = threading.Event()

    def slow(_options: ImportOptions) -> Plan:
        go.wait(10)
        return small_plan()

    answers.make = slow
    stage.wizard.open(tmp_path / "Register.xlsx")
    stage.wizard.open(tmp_path / "Other.xlsx")
    assert stage.wizard.foot.sentence.text() == "Reading Register.xlsx is not over yet. Wait for it or cancel it."
    go.set()
    stage.settle()
    assert stage.wizard.session.path == tmp_path / "Register.xlsx"


def test_a_cancel_in_the_main_window_ends_the_work_here_too(
    stage: ImportStage, answers: Answers, tmp_path: Path
) -> None:
    go = threading.Event()

    def slow(_options: ImportOptions) -> Plan:
        go.wait(10)
        stage.runner._progress(1, 2)
        return small_plan()

    answers.make = slow
    stage.wizard.open(tmp_path / "Register.xlsx")
    QTest.qWait(100)
    stage.runner.cancel()
    go.set()
    stage.settle()
    assert stage.wizard.session.plan is None


def test_the_wizard_goes_with_its_portfolio(preview: ImportStage) -> None:
    preview.store.close()
    QApplication.processEvents()
    assert not preview.is_open()


def test_an_edit_elsewhere_makes_the_preview_anew(preview: ImportStage, answers: Answers) -> None:
    from tests.builders import a_project  # noqa: PLC0415  only here something is written

    before = len(answers.given)
    a_project(preview.store, "Elsewhere")
    preview.qtbot.waitUntil(lambda: len(answers.given) > before, timeout=5000)
    preview.settle()
    assert preview.wizard.step == PREVIEW


def test_f6_walks_the_regions(preview: ImportStage) -> None:
    preview.wizard.preview.grid.setFocus()
    seen = set()
    for _ in range(4):
        preview.press(Key.Key_F6)
        seen.add(type(preview.focus()).__name__)
    assert {"Tab", "RepairButton", "Button", "_Half"} == seen


@pytest.mark.parametrize("step", [CHOOSE, MAP, PREVIEW])
def test_everything_that_takes_the_keyboard_has_a_name(stage: ImportStage, tmp_path: Path, step: int) -> None:
    stage.open(tmp_path / "Register.xlsx")
    for _ in range(step):
        stage.press(Key.Key_Return, CTRL)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in stage.wizard.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _name(widget)
    ]
    assert nameless == []


def _name(widget: QWidget) -> str:
    host = widget.parentWidget()
    if isinstance(host, (QTableView, QComboBox)):
        return widget.accessibleName() or host.accessibleName()
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def test_a_live_change_of_theme_leaves_nothing_stale(preview: ImportStage, qtbot: QtBot) -> None:
    preview.theme.set_name("dark")
    QApplication.processEvents()
    switched = preview.wizard.grab().toImage()
    preview.theme.set_name("light")
    preview.theme.set_name("dark")
    QApplication.processEvents()
    assert preview.wizard.grab().toImage() == switched
    assert switched.pixelColor(4, 400).lightness() < 60
    preview.theme.set_name("light")


def endless(*_given: object, **_more: object) -> None:
    """Work that only a cancel ends."""
    begin("Writing rows", 100)
    while True:
        time.sleep(0.01)
        tick()


def test_an_import_under_way_is_shown_and_a_cancel_leaves_the_preview(
    preview: ImportStage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(session_module, "apply_plan", endless)
    foot = preview.wizard.foot
    QTest.keyClick(preview.focus(), Key.Key_Return, CTRL)
    qtbot.waitUntil(foot.cancel.isVisible, timeout=5000)
    assert foot.what.text() == "Writing rows: 0 of 100"
    foot.cancel.click()
    qtbot.waitUntil(lambda: not preview.wizard.session.busy, timeout=5000)
    assert preview.wizard.step == PREVIEW
    assert preview.wizard.session.imported is None
    assert foot.next.isEnabled()  # and it can be applied after all
