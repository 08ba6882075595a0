"""Amounts a thousand times out of family."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_desktop.exchange.grid import Cell, read_workbook
from pmo_desktop.exchange.plan import Level, Plan, Problem
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store

Planner = Callable[..., Plan]
ORDINARY: list[Cell] = ["£1.2m", "£845k", "£3m", "£2.4m", "£950k", "£1.9m"]


def rows(amounts: list[Cell]) -> list[list[Cell]]:
    """One project an amount."""
    return [["Ref", "Project name", "EAC"], *([f"A-{at}", f"P {at}", each] for at, each in enumerate(amounts))]


def suspicious(plan: Plan) -> list[Problem]:
    """The amounts that are written and look wrong."""
    return [each for each in plan.tables[0].problems if each.written]


@pytest.mark.parametrize(
    ("cell", "mend"), [("£1,200m", "£1.2m"), ("£1.2bn", "£0.0012bn"), (1_200_000_000.0, "1200000"), ("£1.2k", "£1200k")]
)
def test_an_amount_out_of_its_column_is_said_and_written(plan_rows: Planner, cell: Cell, mend: str) -> None:
    plan = plan_rows(rows([*ORDINARY, cell]))
    (found,) = suspicious(plan)
    assert (found.cell, found.level, found.suggestions) == ("Register!C8", Level.LOOK, (mend,))
    assert plan.tables[0].rows[-1].values["eac"] != 120_000_000
    mended = plan_rows(rows([*ORDINARY, cell]), fixes={"Register!C8": mend})
    assert (suspicious(mended), mended.tables[0].rows[-1].values["eac"]) == ([], 120_000_000)


@pytest.mark.parametrize(
    "amounts",
    [ORDINARY, ["£1m", "£1bn"], [*ORDINARY, "£60m"], [*ORDINARY, "£0"], [*ORDINARY, "£1.2bn", "£900m"], ["TBC"] * 9],
)
def test_a_family_with_big_and_small_members_is_left_alone(plan_rows: Planner, amounts: list[Cell]) -> None:
    assert suspicious(plan_rows(rows(amounts))) == []


@pytest.mark.parametrize(("cell", "size"), [("£1,300m", "1,000 times"), ("£1.3k", "a thousandth of")])
def test_a_known_record_is_judged_by_what_it_held(store: Store, plan_rows: Planner, cell: Cell, size: str) -> None:
    apply_plan(store, plan_rows(rows(["£1.2m"])))
    (found,) = suspicious(plan_rows(rows([cell])))
    assert found.reason == f"This amount is about {size} what it was. It is written as it stands."
    assert suspicious(plan_rows(rows(["£12m"]))) == suspicious(plan_rows(rows(["£1.2m"]))) == []


def test_the_hasty_file_of_february_has_one(store: Store, shared_data: Path) -> None:
    folder = shared_data / "monthly"
    for name in ("Copy of PMO register - 311225.xlsx", "Portfolio register Jan 2026.xlsx"):
        apply_plan(store, plan_import(store, read_workbook(folder / name)))
    plan = plan_import(store, read_workbook(folder / "Portfolio register Feb 2026.xlsx"))
    (found,) = suspicious(plan)
    row = next(row for row in plan.tables[0].rows if row.row == found.row)
    assert (row.values["ref"], found.field) == ("PRJ-102", "eac")
    assert not suspicious(plan_import(store, read_workbook(folder / "Portfolio register Feb 2026 v2 corrected.xlsx")))
