"""The capacity grid: teams, resources and projects by period, what they open to, and what the lens leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Level, Line, Measure, Side, make_grid, open_line
from pmo_desktop.figures.gridcells import CAUSES
from pmo_desktop.rules.calendar import Grain
from pmo_desktop.rules.load import Cause, Share, Undefined
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_resource, a_row, an_allocation

MONDAY = date(2026, 11, 16)


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris (60 % Alpha, 60 % Beta requested), Dev and an unnamed tester in Data; Ivo (40 % Beta) without a team."""
    data = a_row(store, "team", name="Data")
    architect, sql = a_row(store, "role", name="Architect"), a_row(store, "skill", name="SQL")
    alpha, beta = a_project(store, "Alpha", ref="P1"), a_project(store, "Beta", ref="P2")
    chris = a_resource(store, "Chris Obi", team=data, role=architect)
    dev = a_resource(store, "Dev Patel", team=data)
    ivo = a_resource(store, "Ivo Marin")
    tester = a_resource(store, "Tester", type="Role", team=data)
    a_row(store, "resource_skill", resource=dev, skill=sql, level=3.0)
    an_allocation(store, chris, alpha, quantity=60.0)
    an_allocation(store, chris, beta, quantity=60.0, status="Requested")
    an_allocation(store, ivo, beta, quantity=40.0)
    an_allocation(store, tester, beta, quantity=1.0, unit="FTE")
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


@pytest.fixture
def book(store: Store, world: SimpleNamespace) -> Book:
    return read_book(store)


def titles(grid: Grid) -> list[str]:
    return [line.title for line in grid.lines]


def line_of(grid: Grid, title: str) -> Line:
    return grid.lines[titles(grid).index(title)]


def cell(grid: Grid, title: str, unit: Measure | None = None) -> float:
    """The value of the week of 16 November."""
    column = [first <= MONDAY <= last for first, last in zip(grid.periods.firsts, grid.periods.lasts, strict=True)]
    return round(float(grid.values(unit)[titles(grid).index(title), column.index(True)]), 9)


def test_teams_stand_above_their_resources_and_those_without_a_team_come_last(book: Book) -> None:
    grid = make_grid(book)
    assert titles(grid) == ["Data", "Chris Obi", "Dev Patel", "Tester", "No team", "Ivo Marin"]
    assert [line.level for line in grid.lines][:2] == [Level.GROUP, Level.TOP]
    assert (line_of(grid, "Data").fte, line_of(grid, "Chris Obi").note) == (2.0, "Architect")


@pytest.mark.parametrize(
    ("unit", "chris", "data", "tester"),
    [(Measure.PERCENT, 120, 110, 0), (Measure.DAYS, 6, 11, 5), (Measure.FTE, 1.2, 2.2, 1)],
)
def test_cells_speak_percent_days_or_fte(book: Book, unit: Measure, chris: float, data: float, tester: float) -> None:
    grid = make_grid(book, Lens(unit=unit))
    assert [cell(grid, title) for title in ("Chris Obi", "Data", "Tester")] == [chris, data, tester]
    assert grid.defined()[titles(grid).index("Tester")].any() == (unit is not Measure.PERCENT)


def test_confirmed_only_leaves_requests_out(book: Book) -> None:
    grid = make_grid(book, Lens(confirmed_only=True))
    assert cell(grid, "Chris Obi") == 60
    assert not grid.soft.any()
    assert not grid.over[titles(grid).index("Chris Obi")].any()


def test_a_role_to_be_named_is_demand_and_never_over_booked(book: Book) -> None:
    grid = make_grid(book)
    assert line_of(grid, "Tester").unnamed
    assert grid.over_cells == 1


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (lambda world: {"team": frozenset({world.data})}, ["Data", "Chris Obi", "Dev Patel", "Tester"]),
        (lambda world: {"team": frozenset({None})}, ["No team", "Ivo Marin"]),
        (lambda world: {"role": frozenset({world.architect})}, ["Data", "Chris Obi"]),
        (lambda world: {"skill": frozenset({world.sql})}, ["Data", "Dev Patel"]),
        (lambda world: {"project": frozenset({world.alpha})}, ["Data", "Chris Obi"]),
        (lambda world: {"over_only": True}, ["Data", "Chris Obi"]),
        (lambda world: {"team": frozenset({"gone"})}, []),
    ],
)
def test_the_lens_lets_through_what_it_names(
    book: Book, world: SimpleNamespace, chosen: Callable[[SimpleNamespace], dict[str, Any]], expected: list[str]
) -> None:
    assert titles(make_grid(book, Lens(**chosen(world)))) == expected


def test_a_team_is_summed_over_all_that_pass_even_when_only_the_over_booked_are_shown(book: Book) -> None:
    assert cell(make_grid(book, Lens(over_only=True)), "Data") == cell(make_grid(book), "Data") == 110


def test_projects_are_summed_over_their_resources_and_have_no_time_of_their_own(book: Book) -> None:
    grid = make_grid(book, Lens(unit=Measure.DAYS), Side.PROJECTS)
    assert [(line.title, line.note) for line in grid.lines] == [("Alpha", "P1"), ("Beta", "P2")]
    assert [cell(grid, title) for title in ("Alpha", "Beta")] == [3, 10]
    assert grid.share(0) == Share(None, Undefined.NO_TIME_OF_ITS_OWN)
    assert grid.over.any(axis=1).tolist() == [True, True]
    assert titles(make_grid(book, Lens(team=frozenset({None})), Side.PROJECTS)) == ["Beta"]


def test_a_resource_opens_to_its_projects_with_who_makes_it_over_booked(book: Book) -> None:
    grid = make_grid(book)
    opened = open_line(book, grid, line_of(grid, "Chris Obi"))
    assert titles(opened) == ["Alpha", "Beta"]
    assert [cell(opened, title) for title in ("Alpha", "Beta")] == [60, 60]
    week = grid.periods.firsts.index(MONDAY)
    assert [CAUSES[code] for code in opened.cause[:, week]] == [Cause.TOGETHER, Cause.TOGETHER]
    assert opened.cause.astype(bool).sum() == opened.over.sum() == 2


def test_a_project_opens_to_its_resources_and_a_team_to_nothing(book: Book) -> None:
    grid = make_grid(book, side=Side.PROJECTS)
    opened = open_line(book, grid, line_of(grid, "Beta"))
    assert titles(opened) == ["Chris Obi", "Ivo Marin", "Tester"]
    assert cell(opened, "Ivo Marin") == 40
    assert open_line(book, grid, replace(grid.lines[0], level=Level.GROUP)).lines == ()


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
@pytest.mark.parametrize("side", list(Side))
def test_every_way_of_looking_has_the_same_sum(book: Book, grain: Grain, side: Side) -> None:
    grid = make_grid(book, Lens(grain=grain), side)
    top = [number for number, line in enumerate(grid.lines) if line.level is Level.TOP]
    assert grid.booked[top].sum() == book.bookings.booked.sum()


def test_the_grid_of_an_empty_portfolio_has_no_lines(store: Store) -> None:
    for side in Side:
        grid = make_grid(read_book(store), side=side)
        assert (grid.lines, grid.over_cells, grid.values().shape[0]) == ((), 0, 0)
