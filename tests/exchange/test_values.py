"""What each distinct text of a column became, and how often."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pmo_desktop.exchange.answer import import_answer, import_words
from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.plan import Plan, ValueMap

Planner = Callable[..., Plan]
HEADER: list[Cell] = ["Ref", "Project name", "RAG", "Status", "Department"]


def rows(ratings: list[Cell], status: Cell = "Live") -> list[list[Cell]]:
    """One project a rating."""
    return [HEADER, *([f"A-{at}", f"Project {at}", each, status, "IT"] for at, each in enumerate(ratings))]


def values(plan: Plan, header: str) -> tuple[ValueMap, ...]:
    """The value maps of one column of the only table."""
    return next(column.values for column in plan.tables[0].columns if column.header == header)


def test_unknown_texts_come_first_and_then_the_commonest(plan_rows: Planner) -> None:
    plan = plan_rows(rows([*["A/R"] * 14, *["amber-red"] * 3, "Green", "TBC", "Purple", "Teal", "Teal"]))
    assert values(plan, "RAG") == (
        ValueMap("Teal", None, "", 2, known=False),
        ValueMap("Purple", None, "", 1, known=False),
        ValueMap("A/R", "AR", "Amber/Red", 14, known=True),
        ValueMap("amber-red", "AR", "Amber/Red", 3, known=True),
        ValueMap("Green", "G", "Green", 1, known=True),
        ValueMap("TBC", None, "", 1, known=True),
    )


def test_spellings_that_differ_in_case_or_spaces_are_one_text(plan_rows: Planner) -> None:
    assert values(plan_rows(rows(["green", "Green ", "Green", "GREEN"])), "RAG") == (
        ValueMap("Green", "G", "Green", 4, known=True),
    )


@pytest.mark.parametrize("answer", ["Red", "r", "🔴"])
def test_an_answered_text_keeps_its_own_words_and_gets_the_answers_value(plan_rows: Planner, answer: str) -> None:
    plan = plan_rows(rows(["Purple", "purple", "Green", "Green"]), values={"rag_overall": {"Purple": answer}})
    found = next(each for each in values(plan, "RAG") if each.text != "Green")
    assert (found.value, found.label, found.count, found.known) == ("R", "Red", 2, True)
    assert found.text.casefold() == "purple"


def test_one_mended_cell_does_not_settle_the_others(plan_rows: Planner) -> None:
    plan = plan_rows(rows(["Purple", "Purple", "Green", "Green", "Green"]), fixes={"Register!C3": "Red"})
    assert values(plan, "RAG")[0] == ValueMap("Purple", None, "", 2, known=False)


def test_choices_are_counted_and_other_columns_are_not(plan_rows: Planner) -> None:
    plan = plan_rows(rows(["Green", "Red"], status="WIP"))
    assert values(plan, "Status") == (ValueMap("WIP", "Active", "Active", 2, known=True),)
    assert values(plan, "Department") == (ValueMap("IT", "IT", "IT", 2, known=True),)
    assert values(plan, "Project name") == ()


def test_yes_and_true_are_told_apart_and_both_said(plan_rows: Planner) -> None:
    people: list[list[Cell]] = [["Name", "Email", "Verified"], ["Ann Lee", "a@x.org", True], ["Bo Ek", "b@x.org", 1.0]]
    assert {(each.text, each.label) for each in values(plan_rows(people, "People"), "Verified")} == {
        ("Yes", "Yes"),
        ("1", "Yes"),
    }


def test_the_answer_holds_them_and_the_words_say_what_differs(plan_rows: Planner) -> None:
    plan = plan_rows(rows([*["A/R"] * 14, "Green", "Purple"], status="Live"))
    words = import_words(plan, None)
    assert "  RAG: “Purple” 1 time -> not known; “A/R” 14 times -> Amber/Red." in words.splitlines()
    assert "  Status: “Live” 16 times -> Active." in words.splitlines()
    assert "Department:" not in words
    columns = json.loads(json.dumps(import_answer(plan, None)))["tables"][0]["columns"]
    told = {column["header"]: column["values"] for column in columns}
    assert told["RAG"][1] == {"text": "A/R", "value": "AR", "label": "Amber/Red", "count": 14, "known": True}
    assert told["Project name"] == []


def test_a_long_list_of_words_is_cut_and_counted(plan_rows: Planner) -> None:
    plan = plan_rows(rows([*(f"Green {at}" for at in range(9)), *["Green"] * 20]))
    assert "and 3 more words." in import_words(plan, None)
