"""What an import says: the stable form of `import --json`, and the words for a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pmo_desktop.exchange.answer import import_answer, import_words
from pmo_desktop.exchange.conflicts import said_value
from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.plan import Plan
from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows

Planner = Callable[..., Plan]
HEADER: list[Cell] = ["Ref", "Project name", "RAG", "Budget"]
ROWS: list[list[Cell]] = [HEADER, ["A-1", "Alpha", "Green", "£5m"], ["A-2", "Beta", "Purple", "TBC"]]


def test_the_answer_has_its_stable_form(plan_rows: Planner) -> None:
    answer = import_answer(plan_rows(ROWS), 7)
    assert answer["batch"] == 7
    (table,) = answer["tables"]
    assert (table["sheet"], table["into"], table["header_row"]) == ("Register", "projects", 1)
    assert table["rows"] == {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0, "conflicts": 0}
    assert [(column["header"], column["field"], column["confidence"]) for column in table["columns"]][:2] == [
        ("Ref", "ref", 1.0),
        ("Project name", "name", 1.0),
    ]
    assert [(problem["cell"], problem["text"], problem["level"]) for problem in table["problems"]] == [
        ("Register!C3", "Purple", "look"),
        ("Register!D3", "TBC", "note"),
    ]


def test_what_is_not_kept_goes_into_nothing(plan_rows: Planner) -> None:
    plan = plan_rows([["Stakeholder", "Influence", "Interest"], ["The mayor", "High", "Low"]], "Stakeholders")
    (table,) = import_answer(plan, None)["tables"]
    assert (table["into"], table["looks_like"], table["rows"]["read"]) == (None, "stakeholders", 1)
    words = import_words(plan, None)
    assert words.startswith(
        "No register was found in “register.xlsx”, so nothing was imported. It looks like stakeholders"
    )


def test_one_row_is_one_project(plan_rows: Planner) -> None:
    assert import_words(plan_rows(ROWS[:2]), 7).startswith("Register: 1 project, 1 new.")


def test_the_words_say_what_happened_and_what_needs_a_look(plan_rows: Planner) -> None:
    plan = plan_rows(ROWS)
    written = import_words(plan, 7)
    assert "Register: 2 projects, 2 new." in written
    assert "Register!C3: “Purple” is no rating." in written
    assert "Register!D3" not in written
    assert written.endswith("Written as batch 7; undo 7 takes it back.")
    assert import_words(plan, None, dry_run=True).endswith("Nothing was written: this was a trial.")
    assert import_words(plan, None).endswith("Nothing was written: nothing differs.")


def test_a_long_list_of_problems_is_cut_and_counted(plan_rows: Planner) -> None:
    rows = [
        HEADER,
        *([f"A-{number}", f"Project {number}", "Red", "soon" if number % 2 else 5.0] for number in range(60)),
    ]
    assert "... and 10 more; --json lists all of them." in import_words(plan_rows(rows), 7)


def test_a_file_without_a_table_says_so_and_asks_nothing(plan_rows: Planner) -> None:
    words = import_words(plan_rows([["only a note"]]), None)
    assert words == (
        "No register was found in “register.xlsx”, so nothing was imported.\n"
        "Sheet Register holds no table: no row has more than one cell."
    )


def test_conflicts_and_missing_records_are_said_in_sentences_and_in_json(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([*ROWS, ["A-3", "Gamma", "Green", "£5m"]]))
    alpha = read_rows(store, "project")[0]["id"]
    edit_cells(store, "project", [Edit(alpha, "rag_overall", "R")])
    plan = plan_rows([HEADER, ["A-1", "Alpha", "Amber", "£6m"], ROWS[2]])
    words = import_words(plan, None)
    assert "Register: 2 projects, 1 changed, 1 unchanged, 1 in conflict, 1 missing." in words
    assert "Register!C2: RAG of A-1 Alpha is Amber in the file and Red here, set by ann on " in words
    assert "Register: A-3 Gamma is missing; “register.xlsx” named it last. It stays as it is." in words
    (table,) = import_answer(plan, None)["tables"]
    assert table["rows"]["conflicts"] == 1
    (conflict,) = table["conflicts"]
    assert (conflict["cell"], conflict["field"], conflict["base"], conflict["theirs"], conflict["ours"]) == (
        "Register!C2",
        "rag_overall",
        "G",
        "A",
        "R",
    )
    assert (conflict["who"], conflict["answer"]) == ("ann", "ask")
    assert [(each["label"], each["last"]) for each in table["missing"]] == [("A-3 Gamma", "register.xlsx")]
    json.dumps(table)


@pytest.mark.parametrize(
    "kind, value, words",
    [
        (Kind.TEXT, None, "empty"),
        (Kind.PERSON, "p1", "Ann Lee"),
        (Kind.DATE, date(2027, 1, 31), "31 January 2027"),
        (Kind.MONEY, 123_456_700, "1,234,567.00"),
        (Kind.RAG, "AR", "Amber/Red"),
        (None, "x", "x"),
    ],
)
def test_a_value_in_words(kind: Kind | None, value: Any, words: str) -> None:
    assert said_value(kind, value, {"p1": "Ann Lee"}) == words
