"""Every kind of field has its words and its side on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.reports.kinds import KINDS, field_text, fit_thousands
from pmo_desktop.reports.style import TABLE
from pmo_desktop.rules.wording import money_full


def test_every_kind_is_printed() -> None:
    assert set(KINDS) == set(Kind)
    right = {kind for kind, printed in KINDS.items() if printed.align == "right"}
    assert right == {Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.MONTH}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.TEXT, " two\nlines ", "two lines"),
        (Kind.NOTE, "a\x00b", "ab"),
        (Kind.CODE, "007", "007"),
        (Kind.NUMBER, 1.5, "1.5 t"),
        (Kind.PERCENT, 45.0, "45%"),
        (Kind.MONEY, 731_000_050, "£7,310,000.50"),
        (Kind.DATE, date(2027, 6, 18), "18 Jun 27"),
        (Kind.MONTH, date(2027, 6, 1), "Jun 2027"),
        (Kind.YESNO, True, "Yes"),
        (Kind.YESNO, False, "No"),
        (Kind.CHOICE, "Build", "Build"),
        (Kind.LINK, "id-1", "Customer"),
        (Kind.PERSON, "id-gone", ""),
        (Kind.POINT, 4, "4"),
        (Kind.RAG, "AR", "Amber/Red"),
        (Kind.TEXT, None, ""),
        (Kind.TEXT, "", ""),
    ],
)
def test_a_value_in_words(kind: Kind, value: Any, text: str) -> None:
    field = Field("x", "X", kind, unit="t")
    assert field_text(field, {"x": value}, {"id-1": "Customer"}, "GBP") == text


def test_money_is_in_the_currency_of_its_row() -> None:
    field = Field("x", "X", Kind.MONEY)
    assert field_text(field, {"x": 5000, "currency": "JPY"}, {}, "GBP") == "¥5,000"
    assert money_full(-5_000, "GBP") == "−£50"


def test_an_amount_too_wide_for_its_column_names_its_own_unit() -> None:
    assert fit_thousands(731_000_000, "GBP", "", TABLE, 60) == "7,310"
    assert fit_thousands(731_000_000, "EUR", "€", TABLE, 60) == "€7,310"
    assert fit_thousands(10**18, "GBP", "", TABLE, 60) == "£10,000tn"
    assert fit_thousands(None, "GBP", "£", TABLE, 60) == "–"
