"""Money goes between minor units and amounts without losing a penny."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.money import OFFERED, READ_SIGNS, WRITTEN, decimals, sign, to_amount, to_minor


@pytest.mark.parametrize(
    ("currency", "places", "mark"),
    [
        ("GBP", 2, "£"),
        ("JPY", 0, "¥"),
        ("KWD", 3, "KWD"),
        ("CHF", 2, "CHF"),
        ("gbp", 2, "£"),
        (None, 2, ""),
        ("CLF", 4, "CLF"),
    ],
)
def test_each_currency_has_its_decimals_and_its_sign(currency: str | None, places: int, mark: str) -> None:
    assert decimals(currency) == places
    assert sign(currency) == mark


@pytest.mark.parametrize("mark", ["£", "€", "¥", "₹"])
def test_a_sign_is_read_as_the_currency_it_is_printed_for(mark: str) -> None:
    assert sign(READ_SIGNS[mark]) == mark


def test_a_bare_dollar_stands_for_no_currency_and_a_named_one_for_its_own() -> None:
    assert READ_SIGNS["$"] == ""
    assert {READ_SIGNS[mark] for mark in ("US$", "A$", "AU$", "NZ$", "C$")} == {"USD", "AUD", "NZD", "CAD"}


def test_a_currency_that_is_offered_or_has_a_sign_is_read_in_a_text() -> None:
    assert {*OFFERED, *READ_SIGNS.values()} - {""} <= WRITTEN


@pytest.mark.parametrize("word", ["ALL", "TOP", "CUP"])
def test_a_code_that_is_a_word_is_not_read_as_a_currency(word: str) -> None:
    assert word not in WRITTEN


@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [(12345, "GBP", "123.45"), (-5, "EUR", "-0.05"), (12345, "JPY", "12345"), (1, "BHD", "0.001")],
)
def test_minor_units_are_an_exact_amount(minor: int, currency: str, amount: str) -> None:
    assert to_amount(minor, currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "minor"), [(0.29, 29), (1.005, 100), (1.015, 102), (Decimal("2.5"), 250), (-0.01, -1)]
)
def test_an_amount_is_read_as_it_prints(amount: float | Decimal, minor: int) -> None:
    assert to_minor(amount, "GBP") == minor


@given(st.integers(-(10**15), 10**15), st.sampled_from(["GBP", "JPY", "KWD", "CLF", None]))
def test_there_and_back_is_the_same_money(minor: int, currency: str | None) -> None:
    assert to_minor(to_amount(minor, currency), currency) == minor
    assert to_minor(float(to_amount(minor, currency)), currency) == minor
