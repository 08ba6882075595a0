"""A book after a change is the book read anew, though only what was touched has been read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.figures.capacity import Grid, Lens, Side, make_grid, open_line, refresh_grid
from pmo_desktop.rules.calendar import Grain, Horizon
from pmo_desktop.store.file import Store
from pmo_desktop.store.watch import Changed
from tests.builders import a_person, a_project, a_resource, a_row, an_allocation, change_row, remove_row

QUARTER = {"period_start": date(2026, 11, 2), "period_end": date(2027, 1, 29)}
Deed = Callable[[Store, dict[str, str]], Any]


@pytest.fixture
def named(store: Store) -> dict[str, str]:
    """The ids of three resources with bookings for two projects, and of what else deeds change."""
    made = {name: a_resource(store, name) for name in ("Ann", "Bob", "Cy")}
    made |= {name: a_project(store, name) for name in ("Alpha", "Beta")}
    made |= {"team": a_row(store, "team", name="Data"), "calendar": a_row(store, "calendar", name="C", standard=True)}
    made["leave"] = a_row(store, "absence", resource=made["Ann"], start=date(2026, 12, 1), finish=date(2026, 12, 3))
    for who in ("Ann", "Bob", "Cy"):
        made[f"{who} Alpha"] = an_allocation(store, made[who], made["Alpha"], **QUARTER, quantity=7.0, unit="days")
        made[f"{who} Beta"] = an_allocation(store, made[who], made["Beta"], status="Requested")
    return made


DEEDS: dict[str, Deed] = {
    "a quantity": lambda store, made: change_row(store, "allocation", made["Bob Alpha"], quantity=80.0),
    "another resource": lambda store, made: change_row(store, "allocation", made["Bob Alpha"], resource=made["Ann"]),
    "a rejection": lambda store, made: change_row(store, "allocation", made["Cy Beta"], status="Rejected"),
    "a new booking": lambda store, made: an_allocation(store, made["Ann"], made["Beta"], quantity=10.0),
    "a booking gone": lambda store, made: remove_row(store, "allocation", made["Ann Alpha"]),
    "a booking far ahead": lambda store, made: an_allocation(
        store, made["Ann"], period_start=date(2028, 1, 3), period_end=date(2028, 1, 7)
    ),
    "a booking long ago": lambda store, made: change_row(
        store, "allocation", made["Cy Beta"], period_start=date(2020, 1, 1)
    ),
    "a leave": lambda store, made: a_row(
        store, "absence", resource=made["Bob"], start=date(2026, 11, 16), finish=date(2026, 11, 17)
    ),
    "a leave gone": lambda store, made: remove_row(store, "absence", made["leave"]),
    "half time": lambda store, made: change_row(store, "resource", made["Bob"], fte=0.5),
    "a team": lambda store, made: change_row(store, "resource", made["Bob"], team=made["team"]),
    "a team's name": lambda store, made: change_row(store, "team", made["team"], name="Data and integration"),
    "a new resource": lambda store, made: a_resource(store, "Abe"),
    "another name": lambda store, made: change_row(store, "resource", made["Ann"], name="Zoe"),
    "a project's priority": lambda store, made: change_row(store, "project", made["Beta"], priority="Must"),
    "a new project": lambda store, made: a_project(store, "Another"),
    "a holiday": lambda store, made: a_row(store, "holiday", calendar=made["calendar"], day=date(2026, 11, 18)),
    "a shorter week": lambda store, made: change_row(store, "calendar", made["calendar"], monday=7.0, tuesday=7.0),
    "a person": lambda store, made: a_person(store),
}


def facts(book: Book) -> dict[str, Any]:
    """All that a book says, in a form to compare."""
    grids = [make_grid(book, side=side) for side in Side]
    return {
        "horizon": book.horizon,
        "resources": book.resources,
        "projects": book.projects,
        "names": book.names,
        "skills": book.skills,
        "beside": (list(book.ids), list(book.roles), list(book.statuses)),
        "grids": [(grid.lines, *(each.tolist() for each in (grid.hard, grid.soft, grid.available))) for grid in grids],
        "flags": {flag: rows.tolist() for flag, rows in book.bookings.flags.items() if len(rows)},
        "columns": [getattr(book.allocations, name).tolist() for name in ("resource", "project", "first", "last")],
    }


@pytest.mark.parametrize("window", [None, Horizon(date(2026, 11, 30), date(2026, 12, 13))])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_book_after_a_change_is_the_book_read_anew(
    store: Store, named: dict[str, str], deed: str, window: Horizon | None
) -> None:
    book = read_book(store, window)
    heard = list[Changed]()
    store.subscribe(heard.append)
    DEEDS[deed](store, named)
    for changed in heard:
        book = book.with_changed(store, changed.rows)
    assert facts(book) == facts(read_book(store, window))


def test_a_change_of_something_else_leaves_the_very_same_book(store: Store, named: dict[str, str]) -> None:
    book = read_book(store)
    assert book.with_changed(store, {"person": ["whoever"]}) is book
    assert book.with_changed(store, {"allocation": ["nobody's"]}) is book


def test_an_edit_shares_the_capacity_of_everybody(store: Store, named: dict[str, str]) -> None:
    book = read_book(store)
    change_row(store, "allocation", named["Bob Alpha"], quantity=80.0)
    after = book.with_changed(store, {"allocation": [named["Bob Alpha"]]})
    assert after.capacity is book.capacity
    assert after.resources is book.resources


def test_a_window_has_the_figures_of_the_whole(store: Store, named: dict[str, str]) -> None:
    """Seven days over three months with leave in between: a fortnight of it holds what it holds in the whole."""
    whole, part = read_book(store), read_book(store, Horizon(date(2026, 11, 30), date(2026, 12, 13)))
    weeks = whole.periods(Grain.WEEK)
    at = weeks.firsts.index(date(2026, 11, 30))
    big, small = make_grid(whole), make_grid(part)
    for name in ("hard", "soft", "available", "gross"):
        assert np.array_equal(getattr(small, name), getattr(big, name)[:, at : at + 2])
    assert part.windowed
    assert not part.bookings.flags


LENSES = {
    "weeks": Lens(),
    "months, confirmed": Lens(grain=Grain.MONTH, confirmed_only=True),
    "over-booked": Lens(over_only=True),
    "of no team": Lens(team=frozenset({None})),
    "of a team nobody is in": Lens(team=frozenset({"empty"})),
    "without a project": Lens(project=frozenset({None})),
}


def arrays(grid: Grid) -> list[Any]:
    """All that a grid shows."""
    names = ("gross", "off", "available", "hard", "soft", "over", "overs", "cause")
    return [grid.lines, *(getattr(grid, name).tolist() for name in names), grid.load.booked.tolist()]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize(
    "deed", ["a quantity", "another resource", "a booking gone", "a new booking", "half time", "a team"]
)
def test_a_refreshed_grid_is_the_grid_made_anew(
    store: Store, named: dict[str, str], deed: str, lens: str, side: Side
) -> None:
    book = read_book(store)
    grid = make_grid(book, LENSES[lens], side)
    heard = list[Changed]()
    store.subscribe(heard.append)
    for changes in (deed, "a rejection"):
        DEEDS[changes](store, named)
        book = book.with_changed(store, heard[-1].rows)
        grid = refresh_grid(grid, book)
        assert arrays(grid) == arrays(make_grid(book, LENSES[lens], side))


def test_a_grid_of_another_book_is_made_anew(store: Store, named: dict[str, str]) -> None:
    """The grid has missed a change: what it shows must not depend on what it has heard."""
    book = read_book(store)
    grid = make_grid(book)
    for deed in ("a quantity", "a rejection"):
        heard = list[Changed]()
        unsubscribe = store.subscribe(heard.append)
        DEEDS[deed](store, named)
        unsubscribe()
        book = book.with_changed(store, heard[-1].rows)
    assert arrays(refresh_grid(grid, book)) == arrays(make_grid(book))


@pytest.mark.parametrize("side", list(Side))
def test_a_line_opens_to_the_same_of_some_resources_as_of_all(store: Store, named: dict[str, str], side: Side) -> None:
    book = read_book(store)
    grid = make_grid(book, Lens(), side)
    line = grid.lines[1]
    whole, part = open_line(book, grid, line), open_line(book, grid, line, [0, 2])
    people = (0, 2) if side is Side.PROJECTS else range(len(book.projects))
    kept = [place for place, each in enumerate(whole.lines) if each.row in people]
    assert part.lines == tuple(whole.lines[place] for place in kept)
    assert part.hard.tolist() == whole.hard[kept].tolist()
    assert part.over.tolist() == whole.over[kept].tolist()


def test_an_edit_with_new_names_makes_the_grid_anew(store: Store, named: dict[str, str]) -> None:
    book = read_book(store)
    grid = make_grid(book)
    change_row(store, "allocation", named["Bob Alpha"], quantity=80.0)
    change_row(store, "resource", named["Bob"], name="Bobby")
    changed = {"allocation": [named["Bob Alpha"]], "resource": [named["Bob"]]}
    grid = refresh_grid(grid, book.with_changed(store, changed))
    assert "Bobby" in [line.title for line in grid.lines]
