"""Conflicts are found, counted, and settled by cell or by column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmo_desktop.exchange.plan import Answer, ImportOptions, RowKind
from pmo_desktop.ui.importer.clashes import (
    count_open,
    gather_clashes,
    open_words,
    settle_cell,
    settle_column,
)
from pmo_desktop.ui.importer.wording import apply_words, written_words
from tests.ui.importstage import merge_plan, small_plan


def test_conflicts_are_listed_the_answered_ones_too() -> None:
    found = gather_clashes(merge_plan({"rag_overall": Answer.OURS}).tables)
    assert [(each.title, each.is_open) for each in found] == [
        ("Finish of HW-101 Billing", True),
        ("RAG of HW-101 Billing", False),
    ]


@pytest.mark.parametrize(
    ("answers", "count", "words"),
    [
        ({}, 2, "2 conflicts stay open"),
        ({"rag_overall": Answer.OURS}, 1, "1 conflict stays open"),
        ({"rag_overall": Answer.OURS, "finish_forecast": Answer.THEIRS}, 0, ""),
    ],
)
def test_open_ones_are_counted(answers: dict[str, Answer], count: int, words: str) -> None:
    plan = merge_plan(answers)
    assert (count_open(plan.tables), open_words(plan.tables)) == (count, words)


def test_one_cell_is_settled_by_its_address() -> None:
    finish = gather_clashes(merge_plan().tables)[0]
    options = replace(ImportOptions(), **settle_cell(ImportOptions(), finish, Answer.THEIRS))
    assert options.cells_resolved == {"Register!D3": Answer.THEIRS}
    assert options.columns_resolved == {}


def test_a_column_takes_the_place_of_answers_for_its_cells_only() -> None:
    finish = gather_clashes(merge_plan().tables)[0]
    before = ImportOptions(cells_resolved={"Register!D3": Answer.OURS, "Register!C3": Answer.OURS})
    options = replace(before, **settle_column(before, finish, Answer.THEIRS))
    assert options.cells_resolved == {"Register!C3": Answer.OURS}
    assert options.columns_resolved == {"finish_forecast": Answer.THEIRS}


def test_the_button_says_what_stays_open() -> None:
    assert apply_words(merge_plan()) == "Apply 2 rows; 2 conflicts stay open"
    assert apply_words(small_plan()) == "Apply 2 rows"


def test_answers_that_write_no_row_are_applied_all_the_same() -> None:
    plan = merge_plan({"rag_overall": Answer.OURS, "finish_forecast": Answer.OURS})
    plan.tables[0].rows = [plan.tables[0].rows[1]]
    plan.tables[0].rows[0].kind = RowKind.UNCHANGED
    assert apply_words(plan) == "Apply the answers"


def test_what_stays_as_the_portfolio_has_it_is_said() -> None:
    assert written_words(merge_plan()).endswith(
        "2 conflicts stay open and keep the portfolio’s value. 1 cell edited here since stays. "
        "1 record of the last file is not in this one; nothing is deleted."
    )
    assert "1 cell keeps ours, as you said." in written_words(merge_plan({"rag_overall": Answer.OURS}))


def test_a_cell_with_only_a_new_wording_is_counted_as_written() -> None:
    plan = small_plan()
    row = plan.tables[0].rows[1]
    row.new_texts, row.dropped_texts = frozenset({"finish_forecast", "start_forecast"}), frozenset({"name"})
    assert written_words(plan).startswith("1 new project and 1 changed project (5 cells).")
