"""A scenario in the capacity pane: what is typed goes into it, the plan stays, and choosing the plan shows it again."""

from __future__ import annotations

import pytest

from pmo_desktop.operations.history import undo
from pmo_desktop.operations.scenarios import create_scenario, delete_scenario
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.ui.capacity import commands
from pmo_desktop.ui.capacity.editing import Wish
from pmo_desktop.ui.capacity.pane import CapacityPane
from pmo_desktop.ui.desk import Desk


@pytest.fixture
def pane(sample: Store, desk: Desk) -> CapacityPane:
    desk.show("capacity")
    shown = desk.window.pane
    assert isinstance(shown, CapacityPane)
    return shown


def part(pane: CapacityPane) -> tuple[int, int]:
    """The row of the first booking line of the first resource, and the column of its first amount."""
    head = next(at for at, line in enumerate(pane.model.lines) if line.foldable and line.resource)
    if not pane.model.lines[head].open:
        pane.fold(head)
    line = pane.model.lines[head + 1]
    column = next(at for at, ticks in enumerate(line.amounts.booked) if ticks)
    return head + 1, column


def amount(pane: CapacityPane, row: int, column: int) -> int:
    return int(pane.model.lines[row].amounts.booked[column])


def test_an_edit_in_a_scenario_shows_there_and_leaves_the_plan_as_it_is(pane: CapacityPane, sample: Store) -> None:
    row, column = part(pane)
    before, kept = amount(pane, row, column), read_rows(sample, "allocation")
    scenario = create_scenario(sample, "Later")
    pane.chooser.choose(scenario)
    pane.editing.apply([Wish(pane.model.lines[row], column, "0.25d")])
    assert 0 < amount(pane, row, column) != before
    assert read_rows(sample, "allocation") == kept
    assert pane.chooser.text().startswith("Later (")
    pane.chooser.choose(None)
    assert amount(pane, row, column) == before


def test_shifting_status_and_deleting_go_into_the_scenario_too(pane: CapacityPane, sample: Store) -> None:
    row, column = part(pane)
    kept = read_rows(sample, "allocation")
    pane.chooser.choose(create_scenario(sample, "Later"))
    pane.view.go(row, column)
    pane.editing.shift(1)
    pane.verbs.delete()
    assert read_rows(sample, "allocation") == kept
    assert read_rows(sample, "scenario_change")


def test_a_scenario_that_is_deleted_gives_way_to_the_plan(pane: CapacityPane, sample: Store) -> None:
    scenario = create_scenario(sample, "Later")
    pane.chooser.choose(scenario)
    delete_scenario(sample, scenario)
    assert pane.scenario is None
    assert pane.editing.scenario is None
    undo(sample)
    pane.refresh()
    assert pane.chooser.text() == "Plan"


def test_the_leaver_wizard_is_asked_for_the_person_at_hand(
    pane: CapacityPane, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(commands, "ask_leaving", lambda _context, identity, book: asked.append(identity))
    row, column = part(pane)
    pane.view.go(row, column)
    desk.context.actions["resource.leave"].trigger()
    team = next(at for at, line in enumerate(pane.model.lines) if line.resource is None)
    pane.view.go(team, column)
    desk.context.actions["resource.leave"].trigger()
    assert asked == [pane.model.lines[row].resource, None]
