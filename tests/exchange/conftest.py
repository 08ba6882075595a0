"""An empty portfolio, and planning from rows written in the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

Planner = Callable[..., Plan]


@pytest.fixture
def store() -> Iterator[Store]:
    """A portfolio with nothing in it."""
    made = create_memory_store("ann")
    yield made
    made.close()


@pytest.fixture
def plan_rows(store: Store) -> Planner:
    """Plan a sheet given as rows: `plan_rows(rows, "Register", **options)`."""

    def plan(rows: list[list[Cell]], on: str = "Register", **options: object) -> Plan:
        book = Workbook("register.xlsx", "f00d", [Sheet(on, [list(row) for row in rows])])
        return plan_import(store, book, ImportOptions(**options))  # type: ignore[arg-type]  # the test's own options

    return plan
