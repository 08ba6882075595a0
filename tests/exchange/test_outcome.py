"""What every reading of a cell needs: its words, and how words are compared."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.links import fold
from pmo_desktop.exchange.outcome import straighten
from tests.exchange.conftest import Planner


@pytest.mark.parametrize(
    ("text", "plain"),
    [("O’Brien", "O'Brien"), ("“Bridge”", '"Bridge"'), ("Phase – 2", "Phase - 2"), ("Zoë", "Zoë"), ("plain", "plain")],
)
def test_curly_quotes_and_long_dashes_are_compared_straight(text: str, plain: str) -> None:
    assert straighten(text) == plain
    assert fold(f" {text}\xa0") == fold(plain.upper())


def test_one_person_and_one_project_however_they_are_quoted(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [
        ["Project\xa0name", "PM", "Department"],
        ["Ann’s bridge", "Siobhan O’Brien", "Roads"],
        ["Ann's bridge", "Siobhan O'Brien", "Roads"],
    ]
    plan = plan_rows(rows)
    assert [record.values["name"] for record in plan.new_records] == ["Siobhan O’Brien"]
    assert plan.counts()["rejected"] == 1  # the same name twice
