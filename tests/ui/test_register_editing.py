"""Editing the projects pane by keyboard, as somebody who knows a spreadsheet does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches, undo
from pmo_desktop.ui.panes.projects import build_pane
from tests.ui.stage import TODAY, Stage, small_portfolio

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, build_pane, small_portfolio())
    yield made
    made.close()


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def deeds(stage: Stage) -> list[str]:
    return [deed.what for deed in latest_batches(stage.store)]


def test_typing_replaces_and_enter_goes_down(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.type("Billing 2")
    stage.press(Key.Key_Return)
    assert stage.value("Billing 2", "ref") == "HW-101"
    assert stage.grid.current.row["name"] == "Metering"
    assert deeds(stage)[0] == "Change project of HW-101"


def test_f2_edits_with_the_caret_at_the_end_and_tab_goes_right_across_the_seam(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.press(Key.Key_F2)
    stage.type("s")
    stage.press(Key.Key_Tab)
    assert stage.value("Billings", "ref") == "HW-101"
    assert stage.table.columns[stage.grid.current_column].name == "rag_overall"
    assert stage.grid.right.hasFocus()


def test_escape_leaves_the_cell_as_it_was(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.type("Nonsense")
    stage.press(Key.Key_Escape)
    assert stage.value("Billing", "ref") == "HW-101"
    assert deeds(stage)[0] != "Change project of HW-101"


@pytest.mark.parametrize(
    ("field", "typed", "kept", "shown"),
    [
        ("finish_forecast", "30 Jul 27", date(2027, 7, 30), "30 Jul 27"),
        ("finish_forecast", "2027-07-30", date(2027, 7, 30), "30 Jul 27"),
        ("eac", "7.5m", 750_000_000, "7,500"),
        ("eac", "812,500", 81_250_000, "813"),
        ("pct_complete", "42.5%", 42.5, "43%"),
        ("rag_overall", "amber", "A", "Amber"),
        ("lifecycle_status", "on hold", "On hold", "On hold"),
        ("stage", "Build", "Build", "Build"),
    ],
)
def test_typed_texts_become_values(stage: Stage, field: str, typed: str, kept: object, shown: str) -> None:
    stage.go("Billing", field)
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, typed, False)
    assert stage.value("Billing", field) == kept
    assert stage.text("Billing", field) == shown


def test_a_new_name_becomes_a_person_in_the_same_step(stage: Stage) -> None:
    stage.go("Leaks", "pm")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "Dev Patel", False)
    assert stage.text("Leaks", "pm") == "Dev Patel"
    undo(stage.store)
    assert stage.value("Leaks", "pm") is None


def test_a_text_that_is_no_date_stays_marked_with_its_reason(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "soonish", False)
    assert stage.value("Billing", "finish_forecast") == date(2027, 6, 18)
    (problem,) = stage.table.problems.values()
    assert problem[0] == "soonish"
    assert stage.said[-1] == problem[1]
    index = stage.table.index(stage.grid.current_row, stage.grid.current_column)
    assert "soonish" in stage.table.data(index, Qt.ItemDataRole.ToolTipRole)


def test_replace_counts_first_and_is_one_step(stage: Stage) -> None:
    stage.go("Billing", "name")
    stage.perform("edit.replace")
    box = stage.pane.controls.open
    box.sought.setText("ing")
    assert box.button.text() == "Replace in 2 cells"
    box.put.setText("ings")
    before = len(deeds(stage))
    stage.press(Key.Key_Return)
    assert stage.value("Billings", "ref") == "HW-101"
    assert stage.value("Meterings", "ref") == "HW-104"
    assert len(deeds(stage)) == before + 1


def test_replace_stays_inside_the_selection_and_may_want_whole_cells(stage: Stage) -> None:
    stage.go("Billing", "lifecycle_status")
    stage.press(Key.Key_Down, SHIFT)
    stage.perform("edit.replace")
    box = stage.pane.controls.open
    box.whole.setChecked(True)
    box.sought.setText("act")
    assert not box.button.isEnabled()
    box.sought.setText("active")
    assert box.button.text() == "Replace in 2 cells"
    box.put.setText("On hold")
    box.replace_all()
    assert stage.value("Billing", "lifecycle_status") == "On hold"
    assert stage.value("Leaks", "lifecycle_status") == "Active"


def test_an_amount_is_said_in_full_after_typing(stage: Stage) -> None:
    stage.go("Billing", "eac")
    stage.type("7.5m")
    stage.press(Key.Key_Return)
    assert "£7,500,000" in stage.said[-1]


def test_escape_forgets_a_refused_text(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "soonish", False)
    stage.press(Key.Key_Escape)
    assert stage.table.problems == {}


def test_a_calculated_cell_answers_f2_with_a_sentence(stage: Stage) -> None:
    stage.go("Billing", "slip_days")
    stage.press(Key.Key_F2)
    assert stage.said[-1] == "Slip is calculated from Finish and Baseline finish."
    stage.type("4")
    assert stage.value("Billing", "finish_forecast") == date(2027, 6, 18)


def test_a_figure_follows_the_cell_it_is_made_of(stage: Stage) -> None:
    assert stage.text("Billing", "slip_days") == "+12 wk"
    stage.go("Billing", "finish_forecast")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "26 Mar 2027", False)
    assert stage.text("Billing", "slip_days") == "0"


def test_delete_empties_the_selection_in_one_step(stage: Stage) -> None:
    stage.go("Billing", "eac")
    stage.press(Key.Key_Down, SHIFT)
    stage.press(Key.Key_Delete)
    assert stage.value("Billing", "eac") is None
    assert stage.value("Metering", "eac") is None
    assert deeds(stage)[0] == "Change EAC of 2 projects"
    undo(stage.store)
    assert stage.value("Billing", "eac") == 731_000_000


def test_a_block_is_pasted_by_position_as_one_step_and_bad_cells_are_left_marked(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    before = len(deeds(stage))
    clip("1 Jul 2027\t\t\n?? later\t\t")
    stage.perform("edit.paste")
    assert stage.value("Billing", "finish_forecast") == date(2027, 7, 1)
    assert stage.value("Metering", "finish_forecast") == date(2027, 10, 21)
    assert len(deeds(stage)) == before + 1
    assert stage.toasts == ["3 of 6 cells pasted [Show 1 problem]"] or "problem" in stage.toasts[-1]
    stage.offers[-1]()
    assert stage.grid.current.row["name"] == "Metering"


def test_one_copied_cell_is_pasted_over_the_whole_selection(stage: Stage) -> None:
    stage.go("Billing", "stage")
    stage.press(Key.Key_Down, SHIFT)
    clip("Build")
    stage.perform("edit.paste")
    assert (stage.value("Billing", "stage"), stage.value("Metering", "stage")) == ("Build", "Build")


def test_a_copy_carries_full_money_and_iso_dates_as_text_and_html(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    stage.press(Key.Key_Right, SHIFT)
    stage.press(Key.Key_Right, SHIFT)
    stage.perform("edit.copy_headers")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Finish\tSlip\tEAC\n2027-06-18\t+12 wk\t7310000"
    assert '<td align="right">7310000</td>' in data.html()


def test_what_was_copied_is_pasted_without_loss(stage: Stage) -> None:
    stage.go("Billing", "eac")
    stage.perform("edit.copy")
    stage.go("Leaks", "eac")
    stage.perform("edit.paste")
    assert stage.value("Leaks", "eac") == 731_000_000


def test_fill_down_takes_the_top_cell_and_never_a_heading(stage: Stage) -> None:
    stage.go("Billing", "pm")
    while stage.grid.end[0] < stage.table.rowCount() - 1:
        stage.press(Key.Key_Down, SHIFT)
    stage.perform("edit.fill_down")
    assert {stage.text(name, "pm") for name in ("Billing", "Metering", "Leaks", "Sludge")} == {"Priya Nair"}


def test_fill_right_and_the_value_from_above(stage: Stage) -> None:
    stage.go("Metering", "stage")
    stage.pane.editing.type_cell(stage.grid.current_row, stage.grid.current_column, "Active", False)
    stage.press(Key.Key_Right, SHIFT)
    stage.perform("edit.fill_right")
    assert stage.value("Metering", "lifecycle_status") == "Active"
    stage.go("Metering", "finish_forecast")
    stage.press(Key.Key_Apostrophe, CTRL)
    assert stage.value("Metering", "finish_forecast") == date(2027, 6, 18)


def test_control_semicolon_puts_in_the_data_date(stage: Stage) -> None:
    stage.go("Metering", "report_date")
    stage.press(Key.Key_Semicolon, CTRL)
    assert stage.value("Metering", "report_date") == TODAY


def test_control_enter_fills_the_selection_with_what_was_typed(stage: Stage) -> None:
    stage.go("Billing", "stage")
    stage.press(Key.Key_Down, SHIFT)
    stage.type("Close-out")
    stage.press(Key.Key_Return, CTRL)
    assert (stage.value("Billing", "stage"), stage.value("Metering", "stage")) == ("Close-out", "Close-out")


def test_alt_down_offers_the_choices(stage: Stage) -> None:
    stage.go("Billing", "lifecycle_status")
    stage.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editor = stage.grid.right.open_editor_widget()
    assert editor is not None
    popup = editor.completer().popup()
    assert popup.isVisible()
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())][:2] == ["Proposed", "Active"]
    popup.hide()


def test_a_required_cell_is_not_emptied_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    from pmo_desktop.ui.panes.registers import build_register  # noqa: PLC0415  only this test shows milestones

    made = Stage(tmp_path, lambda context: build_register(context, "milestones"), small_portfolio())
    made.go("Build gate", "name")
    made.press(Key.Key_Delete)
    assert made.value("Build gate", "baseline") == date(2027, 1, 1)
    assert "may not be empty" in made.said[-1]
    made.close()


def test_a_cell_that_was_mended_says_nothing_of_its_mistake(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    stage.type("31/02/2027")
    stage.press(Key.Key_Return)
    assert stage.said[-1].startswith("31/02/2027 is no date")
    stage.go("Billing", "finish_forecast")
    stage.type("1 Mar 2027")
    stage.press(Key.Key_Return)
    assert stage.said[-1] == ""


def test_refused_texts_of_a_paste_go_when_it_is_undone(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    clip("soonish\n1 Dec 2027")
    stage.perform("edit.paste")
    assert [text for text, _ in stage.table.problems.values()] == ["soonish"]
    undo(stage.store)
    assert stage.table.problems == {}


def test_refused_texts_of_a_paste_that_wrote_nothing_go_with_the_next_undo(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    clip("soonish\nlater")
    stage.perform("edit.paste")
    assert len(stage.table.problems) == 2
    undo(stage.store)
    assert stage.table.problems == {}


def test_refused_texts_stay_while_another_step_is_undone(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    clip("soonish\n1 Dec 2027")
    stage.perform("edit.paste")
    stage.go("Leaks", "name")
    stage.type("Leaks 2")
    stage.press(Key.Key_Return)
    undo(stage.store)
    assert [text for text, _ in stage.table.problems.values()] == ["soonish"]


def test_refused_texts_go_too_when_the_undo_happened_behind_another_pane(stage: Stage) -> None:
    stage.go("Billing", "finish_forecast")
    clip("soonish\n1 Dec 2027")
    stage.perform("edit.paste")
    stage.unsubscribe()  # as a pane that is not on screen: it only becomes stale
    stage.unsubscribe = lambda: None
    undo(stage.store)
    stage.pane.refresh()
    assert stage.table.problems == {}


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("rag_overall", "am", "Amber"),
        ("rag_overall", "comp", "Complete"),
        ("lifecycle_status", "on", "On hold"),
        ("pm", "to", "Tom Okafor"),
        ("pm", "nair", "Priya Nair"),
        ("programme", "cus", "Customer"),
    ],
)
def test_a_beginning_typed_into_a_list_cell_is_completed(stage: Stage, field: str, typed: str, shown: str) -> None:
    if field == "programme":
        stage.pane.arranger.show_columns(["ref", "name", "programme"], 2)
    stage.go("Leaks", field)
    stage.type(typed)
    stage.press(Key.Key_Return)
    assert stage.text("Leaks", field) == shown
    assert stage.table.problems == {}
    assert stage.said[-1].endswith(f" is now {shown}.")


def test_a_beginning_of_several_words_says_which_it_could_be(stage: Stage) -> None:
    stage.go("Billing", "lifecycle_status")
    stage.type("c")
    stage.press(Key.Key_Return)
    assert stage.text("Billing", "lifecycle_status") == "Active"
    assert stage.said[-1] == "“c” could be Closed or Cancelled. Type more of it."


def test_a_pasted_beginning_is_not_completed(stage: Stage) -> None:
    stage.go("Billing", "rag_overall")
    clip("am")
    stage.perform("edit.paste")
    assert stage.value("Billing", "rag_overall") == "R"
    assert [text for text, _ in stage.table.problems.values()] == ["am"]


def test_a_word_of_the_list_typed_in_full_is_not_said_again(stage: Stage) -> None:
    stage.go("Billing", "rag_overall")
    stage.type("amber")
    stage.press(Key.Key_Return)
    assert stage.text("Billing", "rag_overall") == "Amber"
    assert stage.said[-1] == ""


def test_filling_right_of_nothing_says_what_to_select(stage: Stage) -> None:
    stage.go("Billing", "ref")
    stage.perform("edit.fill_right")
    assert stage.said[-1] == "Nothing was filled: select a cell with those that are to get its value."
