"""Conditions: what they let through, how they are said, how they are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.ui.filter import (
    Condition,
    compile_conditions,
    condition_from_json,
    condition_to_json,
    condition_words,
    operators_for,
)
from pmo_desktop.ui.kinds import Reading

FIELDS = {
    "status": Field("status", "Status", Kind.CHOICE),
    "rag": Field("rag", "RAG", Kind.RAG),
    "finish": Field("finish", "Finish", Kind.DATE),
    "eac": Field("eac", "EAC", Kind.MONEY),
    "pm": Field("pm", "Manager", Kind.PERSON, to="person"),
    "name": Field("name", "Project", Kind.TEXT),
}
READING = Reading({"p1": "Priya Nair"}, "GBP", "GBP", date(2026, 11, 13))
ROWS: list[dict[str, Any]] = [
    {
        "id": "1",
        "status": "Active",
        "rag": "R",
        "finish": date(2026, 11, 1),
        "eac": 500_00,
        "pm": "p1",
        "name": "Pump A",
    },
    {
        "id": "2",
        "status": "Closed",
        "rag": None,
        "finish": date(2027, 1, 5),
        "eac": 900_00,
        "pm": None,
        "name": "Valve",
    },
    {"id": "3", "status": "", "rag": "AR", "finish": None, "eac": None, "pm": "p1", "name": "pump b"},
]


@pytest.mark.parametrize(
    ("condition", "ids", "words"),
    [
        (Condition("status", "is", ("Active",)), "1", "Active"),
        (Condition("status", "is", ("Active", None)), "13", "Active or Empty"),
        (Condition("status", "is not", ("Closed", "Cancelled")), "13", "not Closed or Cancelled"),
        (Condition("rag", "is", ("R", "AR", "A")), "13", "Red, Amber/Red or Amber"),
        (Condition("rag", "empty"), "2", "empty"),
        (Condition("rag", "filled"), "13", "not empty"),
        (Condition("finish", "before", (date(2027, 1, 5),)), "1", "before 5 Jan 2027"),
        (Condition("finish", "after", (date(2026, 11, 1),)), "2", "after 1 Nov 2026"),
        (Condition("finish", "on", (date(2027, 1, 5),)), "2", "on 5 Jan 2027"),
        (Condition("finish", "within", (60,)), "2", "within 60 days"),
        (Condition("finish", "past"), "1", "past"),
        (Condition("eac", "over", (500_00,)), "2", "over £500"),
        (Condition("eac", "under", (900_00,)), "1", "under £900"),
        (Condition("eac", "equals", (900_00,)), "2", "= £900"),
        (Condition("pm", "is", ("p1",)), "13", "Priya Nair"),
        (Condition("pm", "contains", ("nair",)), "13", "contains “nair”"),
        (Condition("name", "contains", ("PUMP",)), "13", "contains “PUMP”"),
        (Condition("name", "lacks", ("pump",)), "2", "without “pump”"),
        (Condition("name", "starts", ("va",)), "2", "starts with “va”"),
    ],
)
def test_a_condition_lets_through_what_it_says(condition: Condition, ids: str, words: str) -> None:
    (test,) = compile_conditions([condition], FIELDS, READING)
    assert "".join(row["id"] for row in ROWS if test(row)) == ids
    assert condition_words(condition, FIELDS[condition.field], READING) == words
    assert condition_from_json(condition_to_json(condition)) == condition


def test_conditions_on_fields_that_are_gone_are_left_out() -> None:
    assert compile_conditions([Condition("custom.1", "filled")], FIELDS, READING) == []


def test_an_operator_of_a_newer_program_is_left_out() -> None:
    assert condition_from_json({"field": "name", "operator": "sounds like", "values": ["x"]}) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_operators_that_exist(kind: Kind) -> None:
    from pmo_desktop.ui.filter import OPERATORS  # noqa: PLC0415  beside its only use

    assert set(operators_for(kind)) <= OPERATORS.keys()
    assert {"empty", "filled"} <= set(operators_for(kind))
