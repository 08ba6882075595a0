"""Problems are gathered by what mends them."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.plan import Level, Problem, TablePlan
from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.importer.repairs import gather_repairs, headline, shorten, waiting_rows
from tests.ui.importstage import column, small_plan


def table_with(*problems: Problem) -> TablePlan:
    table = small_plan().tables[0]
    table.problems = list(problems)
    return table


def rating(row: int, text: str = "Gren", suggestions: tuple[str, ...] = ("Green",)) -> Problem:
    return Problem(
        f"Register!C{row}", text, f"“{text}” is no rating.", Level.LOOK, row, "rag_overall", suggestions
    )  # fmt: skip


def test_the_same_word_is_mended_once_wherever_it_stands() -> None:
    (repair,) = gather_repairs([table_with(rating(3), rating(4), rating(9))])
    assert (repair.title, repair.line) == ("RAG: 3 ratings not read", "Gren, 3 times")
    assert repair.offer("Green") == "Map Gren to Green"
    assert repair.by_value


def test_other_words_are_other_repairs() -> None:
    assert len(gather_repairs([table_with(rating(3), rating(4, "Ambr", ("Amber",)))])) == 2


def test_cells_without_a_suggestion_stand_together_by_column() -> None:
    sentences = [
        Problem(f"Register!D{row}", f"Exempt {row}", f"“Exempt {row}” is no date.", Level.LOOK, row, "finish_forecast")
        for row in (4, 8)
    ]
    (repair,) = gather_repairs([table_with(*sentences)])
    assert (repair.title, repair.line) == ("Finish: 2 dates not read", "D4: Exempt 4 and 1 more")


def test_what_keeps_rows_waiting_comes_first_and_says_why() -> None:
    waits = Problem("Register!B5", "", "The row has neither an ID nor a name.", Level.FIX, 5, "ref")
    first, second = gather_repairs([table_with(rating(3), waits)])
    assert (first.title, first.speaks) == ("ID missing", True)
    assert second.level is Level.LOOK
    assert first.offer("HW-407") == "Assign HW-407"


def test_words_that_say_there_is_no_value_are_no_repairs() -> None:
    note = Problem("Register!E3", "TBC", "“TBC” says that there is no value yet.", Level.NOTE, 3, "eac")
    assert gather_repairs([table_with(note)]) == []


def test_one_cell_is_mended_alone() -> None:
    one = Problem("Register!D4", "31/11/2027", "31/11/2027 is no date.", Level.LOOK, 4, "finish_forecast")
    (repair,) = gather_repairs([table_with(one)])
    assert (repair.title, repair.line, repair.by_value) == ("Finish: date not read", "D4: 31/11/2027", False)


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([Level.FIX] * 4 + [Level.LOOK], "4 cells must be fixed, 1 needs a look"),
        ([Level.LOOK] * 2, "2 cells need a look"),
        ([Level.FIX], "1 cell must be fixed"),
        ([], "Every cell was read"),
    ],
)
def test_the_headline_counts(levels: list[Level], words: str) -> None:
    problems = [
        Problem(f"Register!C{row}", f"x{row}", "It is no rating.", level, row, "rag_overall")
        for row, level in enumerate(levels, start=2)
    ]
    assert headline(gather_repairs([table_with(*problems)])) == words


def test_the_rows_that_wait_are_named() -> None:
    table = small_plan().tables[0]
    assert waiting_rows([table]) == [(table, 5)]


def test_a_person_is_offered_by_name() -> None:
    table = table_with(Problem("Register!F3", "L Hadad", "Nobody is called so.", Level.FIX, 3, "pm", ("Leila Haddad",)))
    table.columns.append(column("F", "pm", "Manager", Kind.PERSON))
    (repair,) = gather_repairs([table])
    assert repair.offer("Leila Haddad") == "Use Leila Haddad"


def test_a_long_text_is_cut_on_one_line() -> None:
    assert shorten("a\nb" * 50, 10) == "a ba ba b…"
