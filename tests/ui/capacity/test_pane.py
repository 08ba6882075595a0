"""The pane as a whole: units, grains, either way round, filters, inspector, ways to resolve, and empty files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.scenarios import create_scenario
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.capacity import reading
from pmo_desktop.ui.capacity.gridexport import write_shown
from pmo_desktop.ui.capacity.kept import scroll_to
from pmo_desktop.ui.capacity.menu import grid_menu
from pmo_desktop.ui.capacity.wanted import Wanted, read_wanted
from pmo_desktop.ui.checklist import Checklist
from pmo_desktop.ui.chips import Chip, DashedChip
from tests.builders import a_resource, an_allocation
from tests.ui.capacitystage import MONDAY, CapacityStage, fill

Key = Qt.Key


def words(stage: CapacityStage) -> list[str]:
    return [each.text() for each in stage.pane.inspector.findChildren(QLabel) if not each.isHidden()]


def press_first(stage: CapacityStage) -> None:
    """Press the button of the empty state."""
    shown = stage.pane.pages.currentWidget()
    assert shown is not None
    button = shown.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()


def inspect(stage: CapacityStage, *names: str) -> list[str]:
    stage.go(*names)
    stage.pane.inspect()
    stage.pane.find_offers()
    return words(stage)


@pytest.mark.parametrize(("unit", "chris", "alpha"), [("%", "120", "3"), ("days", "6", "3"), ("FTE", "1.2", "0.6")])
def test_the_same_cells_in_every_unit(stage: CapacityStage, unit: str, chris: str, alpha: str) -> None:
    stage.open("Chris Obi")
    stage.pane.bar.units.buttons[unit].click()
    assert (stage.text("Chris Obi"), stage.text("Chris Obi", "Alpha")) == (chris, alpha)


def test_projects_open_to_their_people(stage: CapacityStage) -> None:
    stage.pane.bar.ways.buttons["projects"].click()
    assert stage.names == ["Alpha", "Beta"]
    stage.open("Beta")
    assert stage.names == ["Alpha", "Beta", "Chris Obi", "Ivo Marin"]
    stage.go("Beta", "Ivo Marin")
    stage.enter("1d")
    assert stage.text("Beta", "Ivo Marin") == "1"
    assert stage.pane.status_text().startswith("2 projects | ")


def test_confirmed_only_leaves_out_what_is_tentative(stage: CapacityStage) -> None:
    stage.pane.change(Wanted(confirmed_only=True))
    assert stage.text("Chris Obi") == "60"


def test_over_booked_only_and_a_team_filter_and_back(stage: CapacityStage) -> None:
    stage.pane.change(Wanted(over_only=True))
    assert stage.names == ["Data", "Chris Obi"]
    stage.pane.change(Wanted(teams=("nobody's",)))
    assert stage.pane.pages.currentIndex() == 1
    press_first(stage)
    assert len(stage.names) == 5
    assert stage.pane.pages.currentIndex() == 0


def test_filters_offer_what_there_is(stage: CapacityStage) -> None:
    offered = stage.pane.source.names()
    assert [name for _, name in offered["teams"]] == ["Data"]
    assert [name for _, name in offered["projects"]] == ["P1 Alpha", "P2 Beta"]


def test_what_is_wanted_is_remembered_but_not_the_filters_of_one_file(stage: CapacityStage) -> None:
    stage.pane.change(Wanted(unit="FTE", grain="month", over_only=True, teams=("x",)))
    assert read_wanted(stage.context.settings) == Wanted(unit="FTE", grain="month")
    stage.context.settings.setValue("capacity/wanted", '{"unit": "miles"}')
    assert read_wanted(stage.context.settings) == Wanted()


def test_the_status_bar_counts_and_adds_up(stage: CapacityStage) -> None:
    stage.go("Chris Obi")
    assert stage.pane.status_text() == ("3 people | 1 cell selected | 6 d booked of 5 d | Over-booked cells: 4")
    assert stage.pane.subtitle().startswith("3 people in 2 teams, ")


def test_the_inspector_says_what_a_cell_is_made_of(stage: CapacityStage) -> None:
    said = inspect(stage, "Chris Obi")
    assert {"Chris Obi", "Architect, Data", "6 d booked, 5 d available", "Total", "6 d"} <= set(said)
    assert [row.field.text() for row in stage.pane.inspector.rows] == ["3 d", "3 d"]
    assert "P1 · confirmed" in said
    assert "P2 · requested" in said


def test_an_amount_can_be_typed_in_the_inspector(stage: CapacityStage) -> None:
    inspect(stage, "Chris Obi")
    field = stage.pane.inspector.rows[0].field
    field.setText("1")
    field.given.emit("1")
    stage.settle(lambda: stage.text("Chris Obi") == "80")
    assert stage.text("Chris Obi") == "80"


def test_ways_to_resolve_are_one_key_one_click_and_one_step(stage: CapacityStage) -> None:
    stage.go("Chris Obi")
    before = len(latest_batches(stage.store, 500))
    stage.perform("capacity.resolve")
    cards = stage.pane.inspector.cards
    assert cards
    assert cards[0].button.hasFocus()
    cards[0].button.click()
    assert len(latest_batches(stage.store, 500)) == before + 1
    stage.settle(lambda: stage.text("Chris Obi") == "100")
    assert stage.text("Chris Obi") == "100"
    stage.undo()
    assert stage.text("Chris Obi") == "120"


def test_a_cell_that_fits_has_nothing_to_resolve(stage: CapacityStage) -> None:
    stage.go("Dev Patel")
    stage.perform("capacity.resolve")
    assert stage.said[-1] == "This cell is not over-booked."
    assert "Nothing is booked here." in words(stage)


def test_status_other_people_and_deletion_are_in_the_menu(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Beta")
    menu = stage.pane.verbs.more_menu()
    assert all(action.isEnabled() for action in menu.actions() if not action.isSeparator())
    stage.pane.verbs.set_status(AllocationStatus.CONFIRMED)
    assert {row["status"] for row in stage.rows()} == {"Confirmed"}
    stage.perform("capacity.reassign")
    stage.type("dev")
    stage.press(Key.Key_Return)
    assert stage.text("Dev Patel") == "60"
    assert stage.texts("Chris Obi", count=2) == ["60", "120"]
    stage.go("Ivo Marin")
    stage.perform("record.delete")
    assert stage.text("Ivo Marin") == ""
    assert stage.toasts[-1] == "1 allocation deleted [Undo]"


def test_the_inspector_is_shown_and_hidden_and_its_switch_says_so(stage: CapacityStage) -> None:
    stage.perform("view.inspector")
    assert stage.pane.inspector.isHidden()
    assert not stage.pane.bar.inspector_button.isChecked()


def test_a_file_without_people_says_what_to_do(bare: CapacityStage) -> None:
    assert bare.pane.pages.currentIndex() == 1
    press_first(bare)
    assert bare.went == ["resources"]
    assert bare.pane.status_text() == "0 people | Over-booked cells: 0"
    a_resource(bare.store, "First One")
    assert bare.names == ["No team", "First One"]
    assert bare.pane.pages.currentIndex() == 0
    bare.pane.bar.ways.buttons["projects"].click()
    assert bare.pane.pages.currentIndex() == 1


@pytest.mark.parametrize("way", ["people", "projects"])
def test_the_grid_is_exported_as_it_is_filtered(stage: CapacityStage, tmp_path: Path, way: str) -> None:
    stage.pane.bar.ways.buttons[way].click()
    stage.context.run = lambda _label, work, done=None, _failed=None: done and done(work(None))
    write_shown(stage.pane, tmp_path / "grid.xlsx")
    assert (tmp_path / "grid.xlsx").stat().st_size > 1_000
    assert stage.toasts[-1].endswith("exported to grid.xlsx")


@pytest.fixture
def large(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CapacityStage]:
    """A file that counts as large, with a booking in two years: its coming months are read first."""
    monkeypatch.setattr(reading, "_MANY", 1)
    store = create_memory_store("Ann")
    change_settings(store, {"data_date": MONDAY})
    fill(store)
    an_allocation(store, a_resource(store, "Later"), period_start=date(2028, 11, 6), period_end=date(2028, 11, 10))
    made = CapacityStage(tmp_path, store)
    yield made
    made.close()


def test_of_a_large_file_the_coming_months_come_first_and_edits_meanwhile_are_not_lost(large: CapacityStage) -> None:
    assert not large.pane.is_ready()
    assert large.pane.model.axis.count == 26
    whole = large.pane.reading.all_of_it()
    large.open("Chris Obi")
    large.go("Chris Obi", "Alpha")
    large.enter("1d")
    large.pane._take_whole(large.pane.reading.finish(whole))
    assert large.pane.is_ready()
    assert large.pane.model.axis.count > 100
    assert large.text("Chris Obi", "Alpha") == "1"
    assert large.pane.view.line is large.line("Chris Obi", "Beta")


def test_the_menu_of_a_cell_offers_what_can_be_done_there(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    menu = grid_menu(stage.pane, stage.pane.verbs)
    offered = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert offered[0] == "Edit cell"
    assert offered[-1] == "Allocations"
    stage.go("Chris Obi")
    first = grid_menu(stage.pane, stage.pane.verbs).actions()[0]
    assert first.text() == "Close"
    first.trigger()
    assert not stage.line("Chris Obi").open


def test_a_filter_is_ticked_in_a_list_and_taken_off_by_its_chip(stage: CapacityStage) -> None:
    chips = stage.pane.bar.filters
    chips.ask_values("projects", chips)
    ticks = stage.window.findChild(Checklist)
    assert ticks is not None
    ticks.values.item(0).setCheckState(Qt.CheckState.Checked)
    assert stage.names == ["Data", "Chris Obi"]
    chip = next(each for each in chips.shown if isinstance(each, Chip) and each.label == "Project")
    assert chip.words == "P1 Alpha"
    chip.removed.emit()
    assert len(stage.names) == 5


def test_the_chips_switch_on_and_off(stage: CapacityStage) -> None:
    dashed = stage.pane.bar.filters.shown[0]
    assert isinstance(dashed, DashedChip)
    dashed.click()
    assert stage.pane.source.wanted.confirmed_only
    chip = stage.pane.bar.filters.shown[0]
    assert isinstance(chip, Chip)
    chip.click()
    assert not stage.pane.source.wanted.confirmed_only


def test_cells_are_chosen_and_edited_with_the_mouse(stage: CapacityStage) -> None:
    stage.open("Chris Obi")
    stage.go("Chris Obi", "Alpha")
    view = stage.pane.view
    at = view.visualRect(view.currentIndex()).center()
    beside = view.visualRect(stage.pane.model.index(view.row, view.column + 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert view.column == stage.column() + 1
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    assert view.column == stage.column()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.editor is not None
    stage.enter(".5")  # behind what is there, as with F2
    assert stage.text("Chris Obi", "Alpha") == "3.5"


def test_printing_shows_the_capacity_pages_from_the_first_week_in_sight_on(
    stage: CapacityStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.context, "run", lambda _what, work, done: done(work(None)))
    scroll_to(stage.pane.view, stage.column())
    stage.pane.choose_scenario(create_scenario(stage.store, "Later"))
    stage.perform("print.view")
    window: Any = stage.pane.print_window
    assert window.preview.document.pageCount() == 1
    assert stage.said[-1] == "The pages are of the plan, not of the scenario."
    window.close()
