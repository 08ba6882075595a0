"""The windows of scenarios: what is edited is chosen, compared, merged and shifted, each deed undoable at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from pmo_desktop.figures.scenarios import list_scenarios, read_deltas
from pmo_desktop.operations.authority import set_authority
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.operations.scenarios import create_scenario, delete_scenario, shift_project
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.capacity.scenariobox import ScenarioBox
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.dialogs.dialog import Dialog
from pmo_desktop.ui.dialogs.grant import GrantDialog
from pmo_desktop.ui.dialogs.onefield import OneField
from pmo_desktop.ui.dialogs.scenarios import CompareDialog, MergeDialog, ShiftDialog
from tests.builders import a_milestone, a_project, a_resource, an_allocation, change_row, state_hash


@pytest.fixture
def world(sample: Store) -> SimpleNamespace:
    """The sample, with a scenario in which one project is four weeks later and a conflict with the plan."""
    store = sample
    project = read_rows(store, "allocation")[0]["project"]
    mine = [row["id"] for row in read_rows(store, "allocation") if row["project"] == project]
    scenario = create_scenario(store, "Later")
    shift_project(store, scenario, project, 4)
    edit_cells(store, "allocation", [Edit(mine[0], "comment", "Agreed")])
    return SimpleNamespace(store=store, project=project, mine=mine, scenario=scenario)


@pytest.fixture
def box(desk: Desk, qtbot: QtBot) -> ScenarioBox:
    made = ScenarioBox(desk.context)
    qtbot.addWidget(made)
    return made


def accept(monkeypatch: pytest.MonkeyPatch, kind: type[Dialog], fill: Callable[[Dialog], object]) -> None:
    """Whoever opens this dialog fills it and presses its primary button."""

    def answer(dialog: Dialog) -> int:
        fill(dialog)
        dialog.try_accept()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", answer)


def entries(box: ScenarioBox) -> list[str]:
    return [action.text() for action in box.make_menu().actions() if action.text()]


# ------------------------------------------------------------------ the chooser


def test_without_a_scenario_only_a_new_one_is_offered(box: ScenarioBox) -> None:
    assert entries(box) == ["Plan", "New scenario…"]
    assert box.text() == "Plan"


def test_a_new_scenario_is_chosen_at_once(box: ScenarioBox, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str | None] = []
    box.chosen.connect(told.append)
    accept(monkeypatch, OneField, lambda dialog: dialog.field.setText("Later"))  # type: ignore[attr-defined]
    box.ask_new()
    (row,) = list_scenarios(desk.store)
    assert (row["name"], box.scenario, told) == ("Later", row["id"], [row["id"]])
    assert box.text() == "Later (0 changes)"
    assert "Merge into the plan…" in entries(box)
    accept(monkeypatch, OneField, lambda dialog: dialog.field.setText("Much later"))  # type: ignore[attr-defined]
    box.ask_name()
    assert box.text() == "Much later (0 changes)"
    accept(monkeypatch, OneField, lambda dialog: dialog.field.setText("If they slip"))  # type: ignore[attr-defined]
    box.ask_note()
    assert list_scenarios(desk.store)[0]["note"] == "If they slip"


def test_a_scenario_that_is_deleted_gives_way_to_the_plan(box: ScenarioBox, desk: Desk) -> None:
    scenario = create_scenario(desk.store, "Later")
    box.choose(scenario)
    told: list[str | None] = []
    box.chosen.connect(told.append)
    delete_scenario(desk.store, scenario)
    box.refresh()
    assert (box.text(), told) == ("Plan", [None])


def test_deleting_from_the_menu_goes_back_to_the_plan(box: ScenarioBox, desk: Desk) -> None:
    box.choose(create_scenario(desk.store, "Later"))
    box.delete()
    assert (box.scenario, list_scenarios(desk.store)) == (None, [])


def test_a_copy_takes_the_changes_along(box: ScenarioBox, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project = read_rows(desk.store, "allocation")[0]["project"]
    scenario = create_scenario(desk.store, "Later")
    shift_project(desk.store, scenario, project, 2)
    box.choose(scenario)
    accept(monkeypatch, OneField, lambda dialog: dialog.field.setText("Copy"))  # type: ignore[attr-defined]
    box.ask_new(copy=True)
    assert box.scenario != scenario
    assert len(read_deltas(desk.store, str(box.scenario))) == len(read_deltas(desk.store, scenario)) > 0


def test_shifting_comparing_and_merging_go_through_their_dialogs(
    box: ScenarioBox, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = read_rows(desk.store, "allocation")[0]["project"]
    box.choose(create_scenario(desk.store, "Later"))

    def fill(dialog: Dialog) -> None:
        assert isinstance(dialog, ShiftDialog)
        dialog.project.setCurrentIndex(dialog.project.findData(project))
        dialog.weeks.setValue(-2)

    accept(monkeypatch, ShiftDialog, fill)
    box.ask_shift()
    changes = len(read_deltas(desk.store, str(box.scenario)))
    assert box.text() == f"Later ({changes} changes)"
    seen: list[str] = []
    monkeypatch.setattr(CompareDialog, "exec", lambda dialog: seen.append(dialog.other.currentText()))
    box.compare()
    assert seen == ["Later"]
    accept(monkeypatch, MergeDialog, lambda _dialog: None)
    box.merge()
    assert box.text() == "Later (0 changes)"
    box._undo()
    assert box.text() == f"Later ({changes} changes)"


# ------------------------------------------------------------------ the dialogs


def test_the_comparison_shows_what_differs_and_says_when_nothing_does(world: SimpleNamespace, qtbot: QtBot) -> None:
    dialog = CompareDialog(world.store, world.scenario)
    qtbot.addWidget(dialog)
    assert dialog.one.currentText() == "The plan"
    assert dialog.cells.rowCount() > 0
    assert "differ, in days booked" in dialog.told.text()
    assert dialog.sums.text().startswith("Over-booked cells ")
    assert dialog.moved.text().startswith("Last booked day: ")
    months = dialog.cells.columnCount()
    dialog.grain.setCurrentIndex(0)
    assert dialog.cells.columnCount() > months
    dialog.one.setCurrentIndex(dialog.other.currentIndex())
    assert dialog.told.text() == "Both book the same."
    assert dialog.cells.rowCount() == 0


def test_conflicts_are_not_ticked_and_what_is_ticked_is_merged(world: SimpleNamespace, qtbot: QtBot) -> None:
    dialog = MergeDialog(world.store, world.scenario)
    qtbot.addWidget(dialog)
    conflict = next(delta for delta in dialog.deltas if delta.conflict)
    assert conflict.id not in dialog.ticked()
    assert len(dialog.ticked()) == len(world.mine) - 1
    dialog.table.setCurrentCell(dialog.deltas.index(conflict), 0)
    assert dialog.why.text() == "The plan's comment changed since."
    dialog.try_accept()
    assert [delta.id for delta in read_deltas(world.store, world.scenario)] == [conflict.id]
    assert dialog.said == f"{len(world.mine) - 1} changes merged into the plan"


def test_nothing_ticked_is_told_and_ticked_ones_can_be_dropped(world: SimpleNamespace, qtbot: QtBot) -> None:
    dialog = MergeDialog(world.store, world.scenario)
    qtbot.addWidget(dialog)
    for row in range(len(dialog.deltas)):
        dialog.table.tick(row, on=False)
    before = state_hash(world.store)
    assert dialog.commit() == "Tick the changes that are to go into the plan."
    dialog.drop()
    assert state_hash(world.store) == before
    dialog.table.tick(0, on=True)
    dialog.drop()
    assert len(read_deltas(world.store, world.scenario)) == len(world.mine) - 1


def test_a_scenario_without_changes_has_nothing_to_merge(sample: Store, qtbot: QtBot) -> None:
    dialog = MergeDialog(sample, create_scenario(sample, "Empty"))
    qtbot.addWidget(dialog)
    assert dialog.commit() == "Tick the changes that are to go into the plan."


def test_a_shift_by_nothing_is_refused_in_the_dialog(world: SimpleNamespace, qtbot: QtBot) -> None:
    dialog = ShiftDialog(world.store, world.scenario)
    qtbot.addWidget(dialog)
    dialog.weeks.setValue(0)
    assert "type how many weeks" in dialog.commit()
    dialog.weeks.setValue(-3)
    assert dialog.weeks.text() == "-3 weeks, which is earlier"


def test_a_merge_that_a_rule_of_the_pmo_blocks_asks_for_a_waiver(
    empty: Store, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = date(2026, 11, 16)
    change_row(empty, "settings", read_rows(empty, "settings")[0]["id"], data_date=monday)
    alpha, chris = a_project(empty, "Alpha", ref="P1"), a_resource(empty, "Chris Obi")
    an_allocation(empty, chris, alpha, period_start=monday, period_end=monday + timedelta(4), status="Confirmed")
    scenario = create_scenario(empty, "Later")
    shift_project(empty, scenario, alpha, 4)
    a_milestone(empty, alpha, "Go?", type="Gate", gate="G1", custom={})
    set_authority(empty, Mode.DIRECTIVE, monday)
    dialog = MergeDialog(empty, scenario, desk.window, replace(desk.context, store=empty))
    qtbot.addWidget(dialog)

    def fill(asked: GrantDialog) -> int:
        asked.fields.reason.setPlainText("The client waits")
        asked.fields.expires.set_day(date(2026, 12, 31))
        return int(not asked.commit())

    before = read_rows(empty, "allocation")
    monkeypatch.setattr(GrantDialog, "exec", lambda _self: 0)
    assert "No bookings and no spending before the gate" in dialog.commit()
    assert read_rows(empty, "waiver") == []
    monkeypatch.setattr(GrantDialog, "exec", fill)
    assert dialog.commit().startswith("Nothing was changed.")
    assert [row["reason"] for row in read_rows(empty, "waiver")] == ["The client waits"]
    assert read_rows(empty, "allocation") == before
    assert MergeDialog(empty, scenario).commit().startswith("Nothing was changed.")
