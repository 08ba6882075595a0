"""The data dictionary says what each column means, and reads back as it was written."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.dictionary import HEADERS, KIND_WORDS, Entry, dictionary_rows, read_dictionary
from pmo_desktop.exchange.sheets import name_columns, register_columns
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.registers import BY_NAME, REGISTERS


def test_every_kind_has_words_of_its_own() -> None:
    assert set(KIND_WORDS) == set(Kind)
    assert len(set(KIND_WORDS.values())) == len(Kind)


def test_what_is_written_is_read_back() -> None:
    sheets = [(info.sheet, register_columns(info, ())) for info in REGISTERS]
    read = read_dictionary([HEADERS, *dictionary_rows(sheets)])
    expected = {
        (title, column.header): Entry(column.field.name, column.field.kind)
        for title, columns in sheets
        for column in columns
    }
    assert read == expected


def test_a_computed_figure_is_not_read_back() -> None:
    slip = Field("slip_days", "Slip", Kind.NUMBER, unit="days", computed=True)
    rows = dictionary_rows([("Projects", name_columns(BY_NAME["projects"], [slip]))])
    assert rows[0][5] == "computed; not read back"
    assert read_dictionary([HEADERS, *rows])["Projects", "Slip"] == Entry("", Kind.NUMBER)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("budget_approved", ("Approved, whole life", "Money", "the currency of the row", "")),
        ("lifecycle_status", ("Status", "Choice", "", "Proposed, Active, On hold, Closed, Cancelled")),
        ("pct_complete", ("Done", "Percent", "percent of one hundred", "")),
        ("payback_months", ("Payback", "Number", "months", "")),
    ],
)
def test_a_line_says_meaning_kind_unit_and_allowed_values(name: str, said: tuple[str, ...]) -> None:
    rows = dictionary_rows([("Projects", register_columns(BY_NAME["projects"], ()))])
    line = next(row for row in rows if row[6] == name)
    assert line[2:6] == said


def test_ratings_and_answers_say_their_letters() -> None:
    rows = dictionary_rows([("Milestones", register_columns(BY_NAME["milestones"], ()))])
    allowed = {row[6]: row[5] for row in rows}
    assert "AR amber/red" in allowed["rag"]
    assert allowed["critical"] == "Yes, No"


@pytest.mark.parametrize("grid", [[], [["Sheet", "Column"]], [[*HEADERS[:-1], "Else"], ["Projects"] * 7]])
def test_somebody_elses_dictionary_says_nothing(grid: list[list[str]]) -> None:
    assert read_dictionary(grid) == {}


def test_short_and_empty_lines_are_passed_over() -> None:
    grid = [
        HEADERS,
        ["Projects"],
        [None] * 7,
        ["Projects", "ID", None, "Odd", None, None, "ref", "more"],
        ["Projects", "Slip"],
    ]
    assert read_dictionary(grid) == {("Projects", "ID"): Entry("ref", None), ("Projects", "Slip"): Entry("", None)}
