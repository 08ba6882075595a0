"""A scenario laid over the plan stays what it would be laid anew, whatever is changed in either of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pmo_desktop.figures.book import read_book
from pmo_desktop.figures.capacity import Side, make_grid, refresh_grid
from pmo_desktop.figures.scenarios import lay_scenario, read_allocations, renew_overlay
from pmo_desktop.operations.allocations import CellEdit, delete_allocations, set_cells
from pmo_desktop.operations.scenarios import create_scenario, drop_changes, rename_scenario
from pmo_desktop.rules.booking import Unit
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from pmo_desktop.store.watch import Changed
from tests.builders import a_project, a_resource, an_allocation, change_row, remove_row

MONDAY = date(2026, 11, 16)
Deed = Callable[[Store, dict[str, str]], Any]


@pytest.fixture
def named(store: Store) -> dict[str, str]:
    """Two people booked for two projects, and a scenario in which Ann has more of Alpha."""
    made = {name: a_resource(store, name) for name in ("Ann", "Bob")}
    made |= {name: a_project(store, name) for name in ("Alpha", "Beta")}
    made |= {f"{who} Alpha": an_allocation(store, made[who], made["Alpha"]) for who in ("Ann", "Bob")}
    made["scenario"] = create_scenario(store, "Later")
    type_cell(store, made, "Ann", 80.0)
    return made


def type_cell(store: Store, named: dict[str, str], who: str, amount: float, project: str = "Alpha") -> None:
    """Type into a week of the scenario."""
    cell = CellEdit(named[who], named[project], MONDAY, amount, Unit.PERCENT)
    set_cells(store, [cell], Grain.WEEK, scenario=named["scenario"])


def drop_all(store: Store, named: dict[str, str]) -> None:
    drop_changes(store, named["scenario"], [row["id"] for row in read_rows(store, "scenario_change")])


DEEDS: dict[str, Deed] = {
    "another amount": lambda store, named: type_cell(store, named, "Ann", 20.0),
    "somebody else": lambda store, named: type_cell(store, named, "Bob", 20.0),
    "a new booking": lambda store, named: type_cell(store, named, "Bob", 20.0, "Beta"),
    "a booking removed": lambda store, named: delete_allocations(store, [named["Bob Alpha"]], named["scenario"]),
    "nothing of it any more": drop_all,
    "the scenario's name": lambda store, named: rename_scenario(store, named["scenario"], "Sooner"),
    "the plan under it": lambda store, named: change_row(store, "allocation", named["Ann Alpha"], quantity=10.0),
    "the plan beside it": lambda store, named: change_row(store, "allocation", named["Bob Alpha"], quantity=10.0),
    "the plan's booking gone": lambda store, named: remove_row(store, "allocation", named["Ann Alpha"]),
    "somebody's time": lambda store, named: change_row(store, "resource", named["Bob"], fte=0.5),
    "somebody's name": lambda store, named: change_row(store, "resource", named["Bob"], name="Zoe"),
}


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_renewed_overlay_is_the_one_laid_anew(store: Store, named: dict[str, str], deed: str, side: Side) -> None:
    plan = read_book(store)
    overlay = lay_scenario(store, plan, named["scenario"])
    grid = make_grid(overlay.book, side=side)
    heard = list[Changed]()
    store.subscribe(heard.append)
    for each in (deed, "another amount"):
        DEEDS[each](store, named)
        for changed in heard:
            plan = plan.with_changed(store, changed.rows)
            overlay = renew_overlay(store, overlay, plan)
            grid = refresh_grid(grid, overlay.book)
        heard.clear()
    anew = lay_scenario(store, read_book(store), named["scenario"]).book
    expected = make_grid(anew, side=side)
    assert list(overlay.book.ids) == list(anew.ids)
    assert overlay.book.resources == anew.resources
    assert grid.lines == expected.lines
    assert (grid.hard.tolist(), grid.soft.tolist()) == (expected.hard.tolist(), expected.soft.tolist())
    assert grid.overs.tolist() == expected.overs.tolist()


def test_an_edit_of_a_scenario_shares_the_time_of_everybody(store: Store, named: dict[str, str]) -> None:
    plan = read_book(store)
    overlay = lay_scenario(store, plan, named["scenario"])
    type_cell(store, named, "Bob", 20.0)
    renewed = renew_overlay(store, overlay, plan)
    assert renewed.book.capacity is plan.capacity
    assert renewed.book.edit is not None
    assert renewed.book.edit.rows == {plan.row_of(named["Bob"])}


def test_what_a_scenario_leaves_alone_gives_the_very_same_book(store: Store, named: dict[str, str]) -> None:
    plan = read_book(store)
    overlay = lay_scenario(store, plan, named["scenario"])
    assert renew_overlay(store, overlay, plan).book is overlay.book


@pytest.mark.parametrize("scenario", [False, True])
def test_bookings_are_read_of_some_projects_alone(store: Store, named: dict[str, str], *, scenario: bool) -> None:
    beta, none = an_allocation(store, named["Ann"], named["Beta"]), an_allocation(store, named["Ann"])
    of = named["scenario"] if scenario else None

    def found(*projects: str | None) -> set[str]:
        return {row["id"] for row in read_allocations(store, of, [named["Ann"]], projects)}

    assert found(named["Beta"]) == {beta}
    assert found(named["Beta"], None) == {beta, none}
    assert found(named["Alpha"]) == {named["Ann Alpha"]}
