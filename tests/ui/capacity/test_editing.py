"""Editing in the grid: what is written, what is refused in words, and one step of the journal for each deed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.scenarios import create_scenario
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.operations.waivers import decide_waiver
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.capacity.lines import Level
from pmo_desktop.ui.dialogs.grant import GrantDialog
from tests.builders import a_milestone, a_person
from tests.ui.capacitystage import MONDAY, CapacityStage

Key, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NEXT = date(2026, 11, 23)


def steps(stage: CapacityStage) -> int:
    return len(latest_batches(stage.store, 500))


@pytest.mark.parametrize(
    ("typed", "shown"), [("2", "2"), ("50%", "2.5"), ("4h", "0.53"), ("0.5 FTE", "2.5"), ("0,5", "0.5"), ("", "")]
)
def test_what_is_typed_is_what_the_cell_holds(stage: CapacityStage, typed: str, shown: str) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    before = steps(stage)
    if typed:
        stage.enter(typed)
    else:
        stage.press(Key.Key_Delete)
    assert stage.text("Chris Obi", "Alpha") == shown
    assert stage.text("Chris Obi", "Alpha", day=NEXT) == "3"
    assert steps(stage) == before + 1


def test_enter_goes_down_and_escape_forgets(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.enter("1")
    assert stage.pane.view.line is stage.line("Chris Obi", "Beta")
    before = steps(stage)
    stage.type("4")
    stage.press(Key.Key_Escape)
    assert stage.pane.view.editor is None
    assert steps(stage) == before


def test_f2_shows_what_is_there_and_leaves_it_alone(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    before = steps(stage)
    stage.press(Key.Key_F2)
    assert stage.pane.view.editor is not None
    assert stage.pane.view.editor.text() == "3"
    stage.press(Key.Key_Tab)
    assert steps(stage) == before
    assert stage.pane.view.column == stage.column() + 1


def test_ctrl_enter_writes_into_the_whole_selection_in_one_step(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.press(Key.Key_Down, SHIFT)
    stage.press(Key.Key_Right, SHIFT)
    before = steps(stage)
    stage.type("1d")
    stage.press(Key.Key_Return, CTRL)
    assert [stage.texts("Chris Obi", name, count=3) for name in ("Alpha", "Beta")] == [["1", "1", "3"]] * 2
    assert steps(stage) == before + 1
    assert stage.said[-1] == "4 cells changed."


@pytest.mark.parametrize(
    ("typed", "words"), [("abc", "is no amount"), ("-1", "cannot be less"), ("2000%", "more than 1,000 %")]
)
def test_what_cannot_be_booked_is_refused_in_words(stage: CapacityStage, typed: str, words: str) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    before = steps(stage)
    stage.enter(typed)
    assert any(words in each for each in (*stage.said, *stage.toasts))
    assert stage.text("Chris Obi", "Alpha") == "3"
    assert steps(stage) == before


def test_an_amount_typed_on_a_person_asks_which_project(stage: CapacityStage) -> None:
    stage.go("Dev Patel")
    stage.enter("2d")
    picker = stage.pane.verbs.picker
    assert picker is not None
    assert picker.isVisible()
    stage.type("bet")
    stage.press(Key.Key_Return)
    assert stage.text("Dev Patel", "Beta") == "2"
    assert stage.line("Dev Patel").open
    assert stage.text("Dev Patel") == "40"


def test_a_new_line_waits_for_its_first_amount_and_escape_asks_nothing(stage: CapacityStage) -> None:
    stage.go("Dev Patel")
    before = steps(stage)
    stage.perform("record.new")
    stage.type("alp")
    stage.press(Key.Key_Return)
    stage.settle(lambda: stage.pane.view.editor is not None)
    assert stage.pane.view.line is stage.line("Dev Patel", "Alpha")
    assert steps(stage) == before
    stage.enter("1d")
    assert stage.text("Dev Patel", "Alpha") == "1"


def test_a_line_that_was_emptied_stays_to_be_filled_again(stage: CapacityStage) -> None:
    stage.open("Ivo Marin")
    stage.go("Ivo Marin", "Beta")
    for _ in range(3):
        stage.press(Key.Key_Right, SHIFT)
    stage.press(Key.Key_Delete)
    assert stage.texts("Ivo Marin", "Beta", count=4) == [""] * 4


def test_nothing_is_cleared_from_a_person_as_a_whole(stage: CapacityStage) -> None:
    stage.go("Chris Obi")
    before = steps(stage)
    stage.press(Key.Key_Delete)
    assert steps(stage) == before
    assert "Open the line first" in stage.said[-1]


def test_a_block_from_a_spreadsheet_lands_on_parts_only_and_says_what_it_could_not_read(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi")
    QGuiApplication.clipboard().setText("1\tx\n2\t2\n")
    stage.perform("edit.paste")
    assert stage.texts("Chris Obi", "Alpha", count=2) == ["1", "3"]
    assert stage.texts("Chris Obi", "Beta", count=2) == ["2", "2"]
    assert stage.toasts[-1].startswith("3 of 4 cells pasted.")


def test_a_copy_pastes_back_unchanged(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.press(Key.Key_Right, SHIFT)
    stage.perform("edit.copy")
    assert QGuiApplication.clipboard().text() == "3\t3"
    stage.perform("edit.copy_headers")
    assert QGuiApplication.clipboard().text() == "\t2026-11-16\t2026-11-23\nAlpha\t3\t3"
    before = steps(stage)
    stage.perform("edit.copy")
    stage.perform("edit.paste")
    assert steps(stage) == before


def test_cut_takes_away_and_fill_down_copies(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.enter("1.5d")
    stage.go("Chris Obi", "Alpha")
    stage.press(Key.Key_Down, SHIFT)
    stage.perform("edit.fill_down")
    assert stage.text("Chris Obi", "Beta") == "1.5"
    stage.perform("edit.cut")
    assert stage.text("Chris Obi", "Alpha") == stage.text("Chris Obi", "Beta") == ""


def test_a_shift_moves_the_allocation_and_the_cell_goes_with_it(stage: CapacityStage) -> None:
    stage.go("Ivo Marin")
    stage.press(Key.Key_Right, ALT)
    assert stage.texts("Ivo Marin", count=6) == ["", "40", "40", "40", "40", ""]
    assert stage.pane.view.column == stage.column() + 1
    stage.press(Key.Key_Left, ALT)
    assert stage.texts("Ivo Marin", count=5) == ["40", "40", "40", "40", ""]


def test_nothing_is_shifted_where_nothing_is_booked(stage: CapacityStage) -> None:
    stage.go("Dev Patel")
    stage.press(Key.Key_Right, ALT)
    assert stage.said[-1] == "There is no allocation here to shift."


def test_months_are_written_as_exactly_as_weeks(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.pane.bar.grains.buttons["month"].click()
    stage.go("Chris Obi", "Alpha", day=MONDAY)
    stage.enter("10d")
    assert stage.text("Chris Obi", "Alpha", day=MONDAY) == "10"
    assert stage.text("Chris Obi", "Alpha", day=date(2026, 12, 1)) == "5.4"


def test_a_file_that_is_only_read_is_not_edited(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    stage.pane.model.can_write = False
    before = steps(stage)
    stage.type("5")
    assert stage.pane.view.editor is None
    stage.press(Key.Key_Delete)
    stage.press(Key.Key_Right, ALT)
    assert steps(stage) == before
    assert "read-only" in stage.said[-1]
    assert not {"edit.paste", "record.new", "capacity.later"} & stage.pane.commands().keys()


def faces(stage: CapacityStage) -> list[tuple[Any, ...]]:
    """All that the grid shows, line by line."""
    model = stage.pane.model
    return [(line.key, line.mean, line.total, *model.faces(line)) for line in model.lines]


@pytest.mark.parametrize("scenario", [False, True])
@pytest.mark.parametrize(("way", "head", "part"), [("people", "Chris Obi", "Beta"), ("projects", "Beta", "Chris Obi")])
def test_what_an_edit_renews_is_what_all_of_it_made_anew_shows(
    stage: CapacityStage, way: str, head: str, part: str, monkeypatch: pytest.MonkeyPatch, *, scenario: bool
) -> None:
    stage.pane.change(replace(stage.pane.source.wanted, way=way))
    for name in [line.name for line in stage.pane.model.lines if line.level is Level.HEAD]:
        stage.open(name)
    if scenario:
        stage.pane.choose_scenario(create_scenario(stage.store, "Later"))
    monkeypatch.setattr(stage.pane, "show_again", lambda: pytest.fail("all of it was made anew"))
    stage.go(head, part)
    stage.enter("4d")
    stage.undo()
    stage.redo()
    assert stage.text(head, part) == "4"
    monkeypatch.undo()
    renewed = faces(stage)
    stage.pane.show_book()
    assert faces(stage) == renewed


def test_a_booking_that_comes_or_goes_makes_the_lines_anew(stage: CapacityStage) -> None:
    stage.pane.change(replace(stage.pane.source.wanted, way="projects"))
    stage.open("Beta")
    stage.go("Beta", "Ivo Marin")
    stage.perform("record.delete")
    assert "Ivo Marin" not in stage.names
    stage.undo()
    assert stage.text("Beta", "Ivo Marin") == "2"


def test_what_changes_nothing_in_sight_makes_nothing_anew(
    stage: CapacityStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = stage.pane.source
    monkeypatch.setattr(source, "renew", lambda _book: pytest.fail("nothing has changed"))
    create_scenario(stage.store, "Later")
    assert stage.pane.source is source


def test_what_a_rule_of_the_pmo_blocks_asks_for_a_waiver_and_is_done_once_it_is_given(stage: CapacityStage) -> None:
    store = stage.store
    alpha = next(row["id"] for row in read_rows(store, "project") if row["name"] == "Alpha")
    change_settings(store, {"data_date": MONDAY})
    a_milestone(store, alpha, "Go?", type="Gate", gate="G1", custom={})
    head = a_person(store, "Helen Roth", role="Head of PMO")
    set_authority(store, Mode.DIRECTIVE, MONDAY)
    QApplication.processEvents()
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    before = steps(stage)
    stage.enter("5")
    (asked,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, GrantDialog) and each.isVisible())
    assert asked.windowTitle() == "A rule of the PMO blocks this"
    assert (stage.text("Chris Obi", "Alpha"), steps(stage)) == ("3", before)
    asked.fields.reason.setPlainText("The client pays.")
    asked.fields.expires.set_day(date(2026, 12, 31))
    asked.try_accept()
    (waiver,) = read_rows(store, "waiver")
    assert (waiver["project"], waiver["reason"]) == (alpha, "The client pays.")
    assert stage.toasts[-1] == "1 waiver requested [Show]"
    decide_waiver(store, waiver["id"], approve=True, on=MONDAY, by=head, expires=date(2026, 12, 31))
    stage.pane.window().activateWindow()
    QApplication.processEvents()
    stage.go("Chris Obi", "Alpha")
    stage.enter("5")
    assert stage.text("Chris Obi", "Alpha") == "5"
    assert [row["outcome"] for row in read_rows(store, "override")] == ["Waived"]
