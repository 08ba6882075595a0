"""Drop-downs offer the app's own choices, once each."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.exchange.lists import Choices, Lists, column_choices, column_letter
from pmo_desktop.exchange.sheets import Column
from pmo_desktop.model.kind import Field, Kind

CALLED = {"person": ["bob", "Ann", "Ann", "x" * 300, "Bad\x07name"]}


def offered(rows: list[dict[str, Any]] | None = None, **declared: Any) -> Choices | None:
    field = Field("x", "Status", **declared)
    return column_choices(Column(field, "Status"), rows or [], CALLED)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_have_excels_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters


@pytest.mark.parametrize(
    ("declared", "entries", "closed"),
    [
        ({"kind": Kind.RAG}, ("R", "AR", "A", "AG", "G", "C"), True),
        ({"kind": Kind.YESNO}, ("Yes", "No"), True),
        ({"kind": Kind.PERSON, "to": "person"}, ("Ann", "Bad_x0007_name", "bob"), False),
        ({"kind": Kind.CHOICE, "choices": ("Open", "Shut")}, ("Open", "Shut", "Ajar"), True),
        ({"kind": Kind.CHOICE}, ("Ajar", "Open"), False),
    ],
)
def test_a_column_offers_what_the_app_knows(
    declared: dict[str, Any], entries: tuple[str, ...], *, closed: bool
) -> None:
    rows: list[dict[str, Any]] = [{"x": "Open"}, {"x": "Ajar"}, {"x": None}, {}]
    choices = offered(rows, **declared)
    assert choices is not None
    assert (choices.entries, choices.closed) == (entries, closed)


@pytest.mark.parametrize(
    "declared",
    [
        {"kind": Kind.TEXT},
        {"kind": Kind.CHOICE},
        {"kind": Kind.LINK, "to": "programme"},
        {"kind": Kind.YESNO, "computed": True},
    ],
)
def test_a_column_of_anything_offers_nothing(declared: dict[str, Any]) -> None:
    assert offered(**declared) is None


def test_equal_lists_are_kept_once_and_each_is_a_column() -> None:
    lists = Lists()
    assert lists.place(Choices("Answers", ("Yes", "No"), closed=True)) == "Lists!$A$2:$A$3"
    assert lists.place(Choices("Stages", ("One", "Two", "Three"), closed=False)) == "Lists!$B$2:$B$4"
    assert lists.place(Choices("More answers", ("Yes", "No"), closed=False)) == "Lists!$A$2:$A$3"
    assert list(lists.rows()) == [["Answers", "Stages"], ["Yes", "One"], ["No", "Two"], [None, "Three"]]


def test_no_lists_are_no_rows_below_the_header() -> None:
    assert list(Lists().rows()) == [[]]
