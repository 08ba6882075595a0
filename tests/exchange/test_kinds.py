"""Every kind of field can be read, said and compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.exchange.exceltext import shown_text
from pmo_desktop.exchange.grid import Broken
from pmo_desktop.exchange.kinds import KINDS, Context, parse_cell
from pmo_desktop.exchange.outcome import Outcome
from pmo_desktop.model.kind import Field, Kind


def context(kind: Kind, **more: Any) -> Context:
    """What reading a column of this kind needs."""
    return Context(Field("x", "X", kind, **more))


def test_every_kind_is_in_the_table() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "cell", "value", "said"),
    [
        (Kind.TEXT, " two\nlines ", "two lines", "two lines"),
        (Kind.NOTE, " two\nlines ", "two\nlines", "two\nlines"),
        (Kind.CODE, 20.0, "20", "20"),
        (Kind.CODE, 1.1, "1.1", "1.1"),
        (Kind.CODE, "00123", "00123", "00123"),
        (Kind.NUMBER, "7", 7.0, "7"),
        (Kind.PERCENT, "45%", 45.0, "45%"),
        (Kind.MONEY, "£5", 500, "500"),
        (Kind.DATE, "30/11/2026", date(2026, 11, 30), "2026-11-30"),
        (Kind.MONTH, "Nov 2026", date(2026, 11, 1), "2026-11"),
        (Kind.YESNO, "y", True, "Yes"),
        (Kind.CHOICE, "Build", "Build", "Build"),
        (Kind.POINT, "H", 4, "4"),
        (Kind.RAG, "A/R", "AR", "Amber/Red"),
    ],
)
def test_a_cell_becomes_a_value_and_the_value_words(kind: Kind, cell: object, value: object, said: str) -> None:
    parsed = parse_cell(cell, context(kind))
    assert parsed.value == value
    assert KINDS[kind].say(value) == said
    assert KINDS[kind].same(value, value)
    assert not KINDS[kind].same(value, None)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_broken_formula_is_broken_whatever_its_column(kind: Kind) -> None:
    parsed = parse_cell(Broken("#DIV/0!"), context(kind))
    assert (parsed.outcome, parsed.text) == (Outcome.UNREAD, "#DIV/0!")


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.DATE, Kind.NUMBER, Kind.PERCENT, Kind.RAG, Kind.YESNO])
@pytest.mark.parametrize(("text", "says"), [("#REF!", "broken (#REF!)"), ("#n/a", "(#N/A)"), ("#####", "only # signs")])
def test_an_error_that_was_saved_as_text_is_called_one(kind: Kind, text: str, says: str) -> None:
    parsed = parse_cell(text, context(kind))
    assert parsed.outcome is Outcome.UNREAD
    assert says in (parsed.reason or "")


def test_number_signs_in_a_text_are_text() -> None:
    assert parse_cell("###", context(Kind.TEXT)).value == "###"
    assert parse_cell("#1", context(Kind.NUMBER)).reason == "“#1” could not be read as a number."


@pytest.mark.parametrize("text", ["TBC", "n/a"])
def test_a_note_that_says_there_is_nothing_empties_the_field(text: str) -> None:
    assert parse_cell(text, context(Kind.CODE)).outcome is Outcome.EMPTIED


def test_measures_are_the_same_at_the_four_decimals_that_are_kept() -> None:
    assert KINDS[Kind.NUMBER].same(0.33333, 0.3333)
    assert not KINDS[Kind.NUMBER].same(0.3334, 0.3333)


def test_a_text_that_our_export_cut_is_the_same() -> None:
    long = "word " * 9000
    assert KINDS[Kind.NOTE].same(shown_text(long), long)
    assert not KINDS[Kind.NOTE].same("word", long)


def test_a_link_to_what_cannot_be_named_is_kept_as_text() -> None:
    parsed = parse_cell("Alpha", context(Kind.LINK, to="scale"))
    assert (parsed.outcome, parsed.text) == (Outcome.UNREAD, "Alpha")


def test_a_month_that_cannot_be_read_is_kept_as_text() -> None:
    assert parse_cell("soon", context(Kind.MONTH)).outcome is Outcome.UNREAD
