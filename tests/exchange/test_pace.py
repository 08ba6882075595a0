"""A plan tells how many of its rows are done, and ends when whoever listens says so."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.pace import Pace
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.store.opening import create_memory_store

ROWS = 2_500


class Stop(Exception):  # noqa: N818  a person's wish, no error
    """The listener wants no more."""


def a_workbook() -> Workbook:
    """Some thousands of projects."""
    rows: list[list[Cell]] = [
        ["Ref", "Project name", "Department"],
    ]
    rows += [[f"A-{n}", f"Project {n}", "Estates"] for n in range(ROWS)]
    return Workbook("big.xlsx", "0", [Sheet("Register", rows)])


def test_rows_are_told_in_order_up_to_all_of_them() -> None:
    told: list[tuple[int, int]] = []
    plan = plan_import(create_memory_store(currency="GBP"), a_workbook(), None, lambda *each: told.append(each))
    assert plan.counts()["new"] == ROWS
    counted = [each for each in told if each[1]]
    assert counted == sorted(counted)
    assert counted[0] == (0, ROWS)
    assert counted[-1] == (ROWS, ROWS)
    assert len({done for done, _ in counted}) >= 8


@pytest.mark.parametrize("after", [0, 1, 3, 6])
def test_a_listener_ends_the_plan_by_raising(after: int) -> None:
    told: list[int] = []

    def listen(done: int, _of: int) -> None:
        told.append(done)
        if len(told) > after:
            raise Stop

    store = create_memory_store(currency="GBP")
    with pytest.raises(Stop):
        plan_import(store, a_workbook(), None, listen)
    assert len(told) == after + 1
    assert plan_import(store, a_workbook()).counts()["new"] == ROWS  # and nothing stays open


def test_a_pace_without_rows_is_done_at_once() -> None:
    told: list[tuple[int, int]] = []
    pace = Pace(lambda *each: told.append(each))
    pace.expect([])
    assert list(pace.through([])) == []
    assert told == [(0, 0)]
