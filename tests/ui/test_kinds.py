"""How each kind is said in a table, in an editor, on the clipboard, and how it sorts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.wording import thousands_text
from pmo_desktop.ui.kinds import (
    KINDS,
    Reading,
    cell_text,
    copied_text,
    exact_text,
    natural_key,
    share_text,
)

READING = Reading({"p": "Priya Nair"}, "GBP", "GBP", date(2026, 11, 13))


def test_every_kind_has_a_look() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "value", "cell", "exact", "copied"),
    [
        (Kind.TEXT, "Pump", "Pump", "Pump", "Pump"),
        (Kind.NOTE, "One\ntwo", "One two", "One\ntwo", "One\ntwo"),
        (Kind.CODE, "007", "007", "007", "007"),
        (Kind.NUMBER, 1234.5, "1,234.5", "1234.5", "1234.5"),
        (Kind.NUMBER, -3.0, "−3", "-3", "-3"),
        (Kind.PERCENT, 42.25, "42%", "42.25%", "42.25%"),
        (Kind.MONEY, 731_000_050, "7,310", "7,310,000.50", "7310000.50"),
        (Kind.MONEY, -500_00, "−0.50", "-500", "-500"),
        (Kind.DATE, date(2027, 6, 8), "08 Jun 27", "8 Jun 2027", "2027-06-08"),
        (Kind.MONTH, date(2027, 6, 1), "Jun 2027", "Jun 2027", "2027-06-01"),
        (Kind.YESNO, True, "Yes", "Yes", "Yes"),
        (Kind.YESNO, False, "No", "No", "No"),
        (Kind.CHOICE, "Build", "Build", "Build", "Build"),
        (Kind.PERSON, "p", "Priya Nair", "Priya Nair", "Priya Nair"),
        (Kind.POINT, 4, "4", "4", "4"),
        (Kind.RAG, "AR", "Amber/Red", "Amber/Red", "Amber/Red"),
    ],
)
def test_a_value_is_said_as_its_place_needs_it(kind: Kind, value: Any, cell: str, exact: str, copied: str) -> None:
    meaning = Field("f", "F", kind)
    row = {"f": value, "currency": "GBP"}
    assert cell_text(meaning, row, READING) == cell
    assert exact_text(meaning, row, READING) == exact
    assert copied_text(meaning, row, READING) == copied


@pytest.mark.parametrize("kind", list(Kind))
def test_no_value_is_no_words(kind: Kind) -> None:
    meaning = Field("f", "F", kind)
    assert (
        cell_text(meaning, {"f": None}, READING)
        == exact_text(meaning, {}, READING)
        == copied_text(meaning, {}, READING)
        == ""
    )


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "GBP", "0"),
        (450_00, "GBP", "0.45"),
        (1_500_00, "GBP", "1.5"),
        (2_000_00, "GBP", "2"),
        (7_310, "JPY", "7.3"),
        (7_310_500_00, "GBP", "7,311"),
        (-50, "GBP", "0.00"),
    ],
)
def test_thousands_keep_small_amounts_visible(minor: int, currency: str, text: str) -> None:
    assert thousands_text(minor, currency) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0%"), (3.25, "3.3%"), (9.96, "10%"), (9.94, "9.9%"), (-4.5, "−4.5%"), (100.0, "100%")]
)
def test_percent_has_a_decimal_under_ten(value: float, text: str) -> None:
    assert share_text(value) == text


def test_natural_order() -> None:
    assert sorted(["HW-10", "hw-9", "HW-9a"], key=natural_key) == ["hw-9", "HW-9a", "HW-10"]


def test_other_currencies_show_their_sign_when_they_differ() -> None:
    meaning = Field("f", "F", Kind.MONEY)
    mixed = Reading({}, "GBP", None, date(2026, 11, 13))
    assert cell_text(meaning, {"f": 100_000_00, "currency": "EUR"}, mixed) == "€100"
    assert cell_text(meaning, {"f": 100_000_00, "currency": None}, mixed) == "£100"
