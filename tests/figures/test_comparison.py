"""Two sides held against each other: only what differs is shown, and its sums are those of the grids."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from pmo_desktop.figures.comparison import compare, read_sides
from pmo_desktop.operations.scenarios import create_scenario, shift_project, write_allocations
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

MONDAY = date(2026, 11, 16)


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris of team Data is over-booked by Alpha and Beta in one week; Dev of no team is booked for neither."""
    data = a_row(store, "team", name="Data")
    alpha, beta = a_project(store, "Alpha", ref="P1"), a_project(store, "Beta", ref="P2")
    chris, dev = a_resource(store, "Chris Obi", team=data), a_resource(store, "Dev Patel")
    one = an_allocation(store, chris, alpha, quantity=80.0)
    two = an_allocation(store, chris, beta, quantity=60.0)
    scenario = create_scenario(store, "Later")
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


def test_a_scenario_like_the_plan_differs_in_nothing(store: Store, world: SimpleNamespace) -> None:
    found = compare(*read_sides(store, None, world.scenario))
    assert (found.lines, found.columns, found.last_days) == ((), [], ())
    assert (found.over.difference, found.days.difference) == (0, 0)


def test_a_shifted_project_leaves_one_week_and_enters_another(store: Store, world: SimpleNamespace) -> None:
    shift_project(store, world.scenario, world.beta, 1)
    found = compare(*read_sides(store, None, world.scenario), Grain.WEEK)
    (line,) = found.lines
    assert line.name == "Chris Obi"
    firsts = [found.periods.firsts[period] for period in found.columns]
    assert firsts == [MONDAY, MONDAY + timedelta(7)]
    cells = [line.cells[period] for period in found.columns]
    assert [(round(cell.days.one or 0, 6), round(cell.days.other or 0, 6)) for cell in cells] == [(7, 4), (0, 3)]
    assert [cell.over for cell in cells] == [(True, False), (False, False)]
    assert (found.over.one, found.over.other) == (1, 0)
    assert round(found.days.difference or 0, 6) == 0
    assert [(each.project, each.one, each.other) for each in found.last_days] == [
        ("P2", date(2026, 11, 20), date(2026, 11, 27))
    ]


def test_teams_are_compared_by_their_utilisation(store: Store, world: SimpleNamespace) -> None:
    with batch(store, "Give") as work:
        write_allocations(work.connection, world.scenario, changed={world.two: {"resource": world.dev}})
    teams = dict(compare(*read_sides(store, None, world.scenario)).teams)
    assert list(teams) == ["Data", "No team"]
    assert (teams["Data"].difference or 0) < 0 < (teams["No team"].difference or 0)


def test_what_a_scenario_books_far_ahead_is_looked_at_too(store: Store, world: SimpleNamespace) -> None:
    shift_project(store, world.scenario, world.alpha, 100)
    one, other = read_sides(store, world.scenario, None)
    assert one.horizon == other.horizon
    assert one.horizon.last > MONDAY + timedelta(weeks=100)


def test_a_file_without_bookings_can_be_compared(store: Store) -> None:
    found = compare(*read_sides(store, None, create_scenario(store, "Empty")))
    assert (found.lines, found.teams) == ((), ())
