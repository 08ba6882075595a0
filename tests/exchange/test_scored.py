"""Columns of risk scores: which rating a header means, which scale it is on, and scores that are only checked."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Level, Treatment
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.exchange.scored import said_scale, scored_name
from pmo_desktop.exchange.values import value_lines
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_project
from tests.exchange.conftest import Planner

TITLES = ("Rain", "Wind", "Snow", "Fog", "Hail", "Ice")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("L", "prob_inherent"),
        ("Likelihood", "prob_inherent"),
        ("Gross likelihood", "prob_inherent"),
        ("Inherent risk rating / L", "prob_inherent"),
        ("Current risk rating / L", "prob_residual"),
        ("Current risk rating / I", "impact_residual"),
        ("Net impact", "impact_residual"),
        ("Residual risk / Probability", "prob_residual"),
        ("Likelihood after mitigation", "prob_residual"),
        ("Target risk rating / Severity", "impact_target"),
        ("Impact Level Rate 1 (LOW) to 5 (HIGH)", "impact_inherent"),
        ("Risk score", "score_inherent"),
        ("Net score", "score_residual"),
        ("Target rating", "score_target"),
        ("Priority Level Impact x Probability Address the highest first.", "score_inherent"),
        ("LxI", "score_inherent"),
        ("L x I", "score_inherent"),
        ("Impact description", ""),
        ("Owner", ""),
        ("Current or target risk", ""),
        ("Priority of the sponsor", ""),
    ],
)
def test_a_header_says_which_rating_it_is(header: str, name: str) -> None:
    assert scored_name(header) == name


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("Impact Level Rate 1 (LOW) to 5 (HIGH)", "1-5"),
        ("Impact (1-3)", "1-3"),
        ("Likelihood 1 - 5", "1-5"),
        ("Likelihood (1 = high, 3 = low)", "3-1"),
        ("Likelihood (5 low to 1 high)", "5-1"),
        ("Likelihood 1 to 10", "0-10"),
        ("Likelihood (1 = worst to 4 = best)", "4-1"),
        ("Impact 2 to 7", ""),
        ("Impact", ""),
    ],
)
def test_a_header_may_say_its_scale(header: str, scale: str) -> None:
    assert said_scale(header) == scale


def rows_of(header: list[Cell], *ratings: list[Cell]) -> list[list[Cell]]:
    """A register of risks with these columns after ID and Risk."""
    named = zip(TITLES, ratings, strict=False)
    return [
        ["Risk ID", "Risk", *header],
        *([f"R{at}", title, *each] for at, (title, each) in enumerate(named, start=1)),
    ]


def test_gross_net_and_target_below_one_another_are_three_ratings(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [
        ["", "", "Inherent risk rating", None, None, "Current risk rating", None, None, "Target", None],
        ["Risk ID", "Risk", "L", "I", "Score", "L", "I", "Score", "L", "I"],
        ["R1", "Rain", 5, 4, 20, 3, 4, 12, 2, 3],
        ["R2", "Wind", 4, 4, 16, 2, 2, 4, 1, 1],
        ["R3", "Snow", 1, 5, 5, 1, 5, 5, 1, 2],
    ]
    plan = plan_rows(rows, "Risks")
    (table,) = plan.tables
    first = table.rows[0].values
    assert [
        first[f"{size}_{layer}"] for layer in ("inherent", "residual", "target") for size in ("prob", "impact")
    ] == [
        *(5, 4),
        *(3, 4),
        *(2, 3),
    ]
    assert [column.checks for column in table.columns if column.treatment is Treatment.CHECKED] == [
        "inherent",
        "residual",
    ]
    assert (table.problems, plan.questions) == ([], [])


def test_words_are_counted_with_what_they_become(plan_rows: Planner) -> None:
    ratings: list[list[Cell]] = [["H", "M"], ["h", "L"], ["Purple", "VH"]]
    (table,) = plan_rows(rows_of(["Likelihood", "Impact"], *ratings), "Risks").tables
    assert list(value_lines(table)) == [
        "Inherent likelihood: “Purple” 1 time -> not known; “H” 2 times -> 4.",
        "Inherent impact: “L” 1 time -> 2; “M” 1 time -> 3; “VH” 1 time -> 5.",
    ]
    (problem,) = table.problems
    assert (problem.cell, problem.level) == ("Risks!C4", Level.LOOK)
    assert table.rows[2].kind == "new"


def test_an_unknown_word_waits_for_its_meaning_and_that_is_a_kept_point(plan_rows: Planner) -> None:
    rows = rows_of(["Likelihood (1 = high, 3 = low)", "Impact"], ["Purple", "H"], [1, "L"])
    plan = plan_rows(rows, "Risks", values={"prob_inherent": {"purple": "2"}})
    assert [row.values["prob_inherent"] for row in plan.tables[0].rows] == [2, 4]


def test_numbers_up_to_three_are_asked_about_once_for_both_columns(plan_rows: Planner) -> None:
    rows = rows_of(["Likelihood", "Impact"], [1, 2], [3, 3], [2, 1])
    plan = plan_rows(rows, "Risks")
    (question,) = plan.questions
    assert (question.option, question.header, question.choices) == (
        "scales",
        "Likelihood",
        ("1-5", "1-3", "5-1", "3-1"),
    )
    assert "“Likelihood” and “Impact”" in question.text
    assert plan.tables[0].rows[1].values["impact_inherent"] == 3
    settled = plan_rows(rows, "Risks", scales={"Likelihood": "3-1"})
    assert settled.questions == []
    assert [row.values["impact_inherent"] for row in settled.tables[0].rows] == [3, 2, 4]


def test_a_scale_of_ratings_is_no_answer_for_points(plan_rows: Planner) -> None:
    with pytest.raises(Known, match="cannot be red-first-3"):
        plan_rows(rows_of(["Likelihood", "Impact"], [1, 2]), "Risks", scales={"Likelihood": "red-first-3"})


def test_an_answer_about_no_header_is_told(plan_rows: Planner) -> None:
    plan = plan_rows(rows_of(["L", "I", "Score"], [4, 3, 12]), "Risks", scales={"Likelyhood": "1-3"})
    assert "The mapping names “Likelyhood”, which is no header of this workbook." in plan.notes


def test_a_score_beside_them_says_that_more_is_worse(plan_rows: Planner) -> None:
    plan = plan_rows(rows_of(["L", "I", "Score"], [1, 2, 2], [5, 3, 15], [2, 4, 8]), "Risks")
    assert plan.questions == []
    assert {column.scale for column in plan.tables[0].columns if column.scale} == {"1-5"}


def test_the_answer_is_remembered_for_the_next_file_of_its_form(store: Store, plan_rows: Planner) -> None:
    rows = rows_of(["Likelihood", "Impact"], [1, 2], [3, 3])
    apply_plan(store, plan_rows(rows, "Risks", scales={"Likelihood": "1-3"}))
    again = plan_rows(rows, "Risks")
    assert (again.questions, again.writes) == ([], False)
    assert again.reused


def test_a_score_that_contradicts_is_flagged_and_not_written(store: Store, plan_rows: Planner) -> None:
    plan = plan_rows(rows_of(["L", "I", "Score"], [4, 3, 12], [5, 3, 14], [2, 4, 8]), "Risks")
    (problem,) = plan.tables[0].problems
    assert (problem.cell, problem.level) == ("Risks!E3", Level.LOOK)
    assert problem.reason == "The score 14 is not 5 x 3 = 15. Scores are computed, so it is not written."
    apply_plan(store, plan)
    (row,) = (row for row in read_rows(store, "risk") if row["ref"] == "R2")
    assert (row["prob_inherent"], row["impact_inherent"]) == (5, 3)
    assert 14 not in row.values()


def test_a_score_by_another_formula_becomes_a_field_of_ones_own(plan_rows: Planner) -> None:
    plan = plan_rows(rows_of(["L", "I", "Score"], [4, 3, 7], [5, 3, 8], [2, 4, 6]), "Risks")
    assert [made.label for made in plan.new_custom] == ["Score"]


def test_a_score_that_somebody_wants_as_it_is_becomes_a_field(plan_rows: Planner) -> None:
    rows = rows_of(["L", "I", "Score"], [4, 3, 12], [5, 3, 15])
    assert [made.label for made in plan_rows(rows, "Risks", columns={"Score": "new"}).new_custom] == ["Score"]


@pytest.mark.parametrize(
    ("header", "cells", "points"),
    [
        ("Rating", ["4x3=12", "5x2=10", "1x5=5"], [(4, 3), (5, 2), (1, 5)]),
        ("Risk score", ["12 (4,3)", "10 (5,2)", "5 (1,5)"], [(4, 3), (5, 2), (1, 5)]),
        ("L x I", ["H/M", "VH/L", "L/H"], [(4, 3), (5, 2), (2, 4)]),
        ("Impact x Likelihood", ["3x4", "2x5", "5x1"], [(4, 3), (5, 2), (1, 5)]),
    ],
)
def test_one_column_of_both_is_split(
    plan_rows: Planner, header: str, cells: list[str], points: list[tuple[int, int]]
) -> None:
    ratings: list[list[Cell]] = [[cell] for cell in cells]
    plan = plan_rows(rows_of([header], *ratings), "Risks")
    (table,) = plan.tables
    assert [(row.values["prob_inherent"], row.values["impact_inherent"]) for row in table.rows] == points
    assert plan.new_custom == []
    assert [table.cell(table.rows[0], column).address for column in table.columns[2:]] == ["C2", "C2"]


def test_a_combined_column_beside_both_ratings_is_a_field_of_ones_own(plan_rows: Planner) -> None:
    plan = plan_rows(rows_of(["L", "I", "Rating"], [4, 3, "4x3=12"], [5, 2, "5x2=10"]), "Risks")
    assert [made.label for made in plan.new_custom] == ["Rating"]


def test_a_combined_cell_that_contradicts_itself_waits(plan_rows: Planner) -> None:
    rows = rows_of(["Rating"], ["4x3=12"], ["4x4=12"], ["2x2=4"], ["1x1=1"], ["3x3=9"])
    (table,) = plan_rows(rows, "Risks").tables
    assert {problem.cell for problem in table.problems} == {"Risks!C3"}
    assert "prob_inherent" not in table.rows[1].values


def test_bare_numbers_of_a_rating_are_asked_about_and_wait(store: Store, plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project", "RAG"], ["A-1", "Alpha", 1], ["A-2", "Beta", "3"], ["A-3", "Gamma", 2]]
    plan = plan_rows(rows)
    (question,) = plan.questions
    assert (question.option, question.header) == ("scales", "RAG")
    assert "1 is red, of 3" in question.words
    assert not [row for row in plan.tables[0].rows if row.values.get("rag_overall")]
    settled = plan_rows(rows, scales={"RAG": "green-first-3"})
    assert settled.questions == []
    assert [row.values["rag_overall"] for row in settled.tables[0].rows] == ["G", "R", "A"]


def test_a_row_that_belongs_to_one_of_two_projects_waits(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([["Ref", "Project"], ["A-1", "Twin"], ["A-2", "Twin"]]))
    rows: list[list[Cell]] = [["Risk ID", "Risk", "Project"], ["R1", "Rain", "Twin"], ["R2", "Wind", ""]]
    (table,) = plan_rows(rows, "Risks").tables
    assert [row.kind for row in table.rows] == ["rejected", "new"]


def test_headings_between_risks_are_categories_unless_they_are_projects(store: Store, plan_rows: Planner) -> None:
    header: list[Cell] = ["Risk ID", "Risk", "L", "I", "Score"]
    first: list[Cell] = ["R1", "Rain", 4, 3, 12]
    second: list[Cell] = ["R2", "Wind", 5, 3, 15]
    rows: list[list[Cell]] = [header, ["Financial control"], first, ["People"], second]
    assert [row.values.get("category") for row in plan_rows(rows, "Risks").tables[0].rows] == [
        "Financial control",
        "People",
    ]
    project = a_project(store, "Financial control")
    (table,) = plan_rows(rows, "Risks").tables
    assert [row.values.get("project") for row in table.rows] == [project, None]


@pytest.mark.parametrize(
    ("header", "cells", "points"),
    [
        ("Probability %", ["30%", "90%"], [2, 5]),
        ("Probability", [0.3, 0.9], [2, 5]),
        ("Probability", [30, 90], [2, 5]),
        ("Likelihood (0-10)", [4, 9], [2, 5]),
        ("Likelihood", ["2 - Unlikely", "5 - Almost certain"], [2, 5]),
    ],
)
def test_a_column_is_read_on_its_own_scale(
    plan_rows: Planner, header: str, cells: list[Cell], points: list[int]
) -> None:
    ratings: list[list[Cell]] = [[cell, "H"] for cell in cells]
    plan = plan_rows(rows_of([header, "Impact"], *ratings), "Risks")
    assert [row.values["prob_inherent"] for row in plan.tables[0].rows] == points
    assert plan.questions == []


@pytest.mark.parametrize("rows", [[], [["R1", "Rain", 4, 3, 12]]])
def test_a_register_of_none_or_one_is_read(plan_rows: Planner, rows: list[list[Cell]]) -> None:
    plan = plan_rows([["Risk ID", "Risk", "L", "I", "Score"], *rows], "Risks")
    assert plan.counts()["new"] == len(rows)


def test_risks_that_have_occurred_ask_for_an_issue(plan_rows: Planner) -> None:
    rows = rows_of(["Status"], ["Materialised"], ["Live"], ["Now an issue"], ["No longer relevant"])
    plan = plan_rows(rows, "Risks")
    assert [row.values["status"] for row in plan.tables[0].rows] == ["Occurred", "Open", "Occurred", "Closed"]
    assert "2 risks have occurred: log an issue for each." in plan.notes


def test_only_risks_have_scores_to_check(store: Store, plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Issue ID", "Issue", "Severity", "Score"], ["I1", "Leak", "H", 12]]
    plan = plan_rows(rows, "Issues")
    assert [made.label for made in plan.new_custom] == ["Score"]


def test_two_tables_of_a_file_that_contradict_each_other_are_shown(store: Store) -> None:
    one = rows_of(["L", "I", "Score"], [4, 3, 12], [5, 3, 15])
    other: list[list[Cell]] = [one[0], ["R1", "Flood", 4, 3, 12], ["R2", "Wind", 5, 3, 15]]
    book = Workbook("risks.xlsx", "f00d", [Sheet("Risks", one), Sheet("Risk log", other)])
    plan = plan_import(store, book, ImportOptions())
    assert [table.counts()["rejected"] for table in plan.tables] == [0, 1]
    assert plan.tables[1].rows[0].reason.startswith("Row 2 of the sheet Risks has the same ID")
