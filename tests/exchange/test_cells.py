"""Each kind of value stands in its cell typed, exact and with its own format."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.cells import FORMS, cell_writer, money_format, write_text
from pmo_desktop.exchange.exceltext import CUT_NOTE
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.money import to_minor

NAMES = {"a1": "Ann Lee", "b2": "Bad\x07name"}


def written(kind: Kind, value: Any, currency: str | None = "GBP") -> Any:
    return cell_writer(Field("x", "X", kind), NAMES)(value, currency)


def test_every_kind_has_a_form() -> None:
    assert set(FORMS) == set(Kind)
    assert all(form.narrow <= form.wide for form in FORMS.values())


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.NOTE, "a\nb", "a\nb"),
        (Kind.CODE, "007", "007"),
        (Kind.CHOICE, "Build", "Build"),
        (Kind.RAG, "AR", "AR"),
        (Kind.LINK, "a1", "Ann Lee"),
        (Kind.PERSON, "b2", "Bad_x0007_name"),
        (Kind.PERSON, "gone", "gone"),
        (Kind.YESNO, True, "Yes"),
        (Kind.YESNO, False, "No"),
        (Kind.POINT, 4, 4),
        (Kind.NUMBER, 12.3456, 12.3456),
        (Kind.NUMBER, 900_000_000_000.5, "900000000000.5"),
        (Kind.PERCENT, 45.0, 0.45),
        (Kind.PERCENT, 33.3333, 0.333333),
        (Kind.PERCENT, 1e12, "1000000000000.0"),
        (Kind.DATE, date(2026, 11, 22), 46348),
        (Kind.DATE, date(1900, 3, 1), 61),
        (Kind.DATE, date(1900, 2, 28), "1900-02-28"),
        (Kind.MONTH, date(2027, 4, 1), 46478),
    ],
)
def test_a_value_is_written_as_what_it_is(kind: Kind, value: Any, expected: Any) -> None:
    found = written(kind, value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [
        (123_456, "GBP", Decimal("1234.56")),
        (123_456, "JPY", Decimal(123_456)),
        (-5, "KWD", Decimal("-0.005")),
        (123_456, None, Decimal("1234.56")),
        (999_999_999_999_999, "EUR", Decimal("9999999999999.99")),
        (9_007_199_254_740_991, "EUR", "90071992547409.91"),
    ],
)
def test_money_is_the_exact_amount_and_text_beyond_fifteen_digits(
    minor: int, currency: str | None, amount: Any
) -> None:
    found = written(Kind.MONEY, minor, currency)
    assert found == amount
    assert type(found) is type(amount)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_an_amount_read_as_excel_reads_it_is_the_same_money(minor: int, currency: str) -> None:
    assert to_minor(float(str(written(Kind.MONEY, minor, currency))), currency) == minor


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_numbers_and_percents_keep_their_four_decimals(scaled: int) -> None:
    value = scaled / 10_000
    assert round(float(str(written(Kind.NUMBER, value))) * 10_000) == scaled
    assert round(float(str(written(Kind.PERCENT, value))) * 1_000_000) == scaled


@pytest.mark.parametrize(
    ("currency", "code"),
    [
        ("GBP", '"£"#,##0.00'),
        ("JPY", '"¥"#,##0'),
        ("CHF", '"CHF" #,##0.00'),
        ("KWD", '"KWD" #,##0.000'),
        (None, "#,##0.00"),
    ],
)
def test_the_format_of_money_is_its_currencys(currency: str | None, code: str) -> None:
    assert money_format(currency) == code


def test_a_text_too_long_for_a_cell_says_so_in_the_cell() -> None:
    assert str(write_text("x" * 40_000)).endswith(CUT_NOTE)
