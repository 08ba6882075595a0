"""What is typed into a cell: numbers in every unit, in either notation, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.words import AllocationUnit as Unit
from pmo_desktop.ui.capacity.typed import read_amount


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("0.5", 0.5, Unit.DAYS),
        (".5", 0.5, Unit.DAYS),
        ("0,5", 0.5, Unit.DAYS),
        ("1,000h", 1000, Unit.HOURS),
        ("=2", 2, Unit.DAYS),
        ("50%", 50, Unit.PERCENT),
        ("50 %", 50, Unit.PERCENT),
        ("3d", 3, Unit.DAYS),
        ("3 days", 3, Unit.DAYS),
        ("4h", 4, Unit.HOURS),
        ("0.5 FTE", 0.5, Unit.FTE),
        ("", 0, Unit.DAYS),
        ("–", 0, Unit.DAYS),
    ],
)
def test_an_amount_is_read(text: str, quantity: float, unit: Unit) -> None:
    read = read_amount(text, Unit.DAYS)
    assert (read.quantity, read.unit, read.reason) == (quantity, unit, "")


@pytest.mark.parametrize("text", ["x", "3 weeks", "1.2.3", "--", "1e5", "nan", "inf", "-1", "-1d", "9999999", "1,2,3"])
def test_what_is_no_amount_says_why(text: str) -> None:
    assert read_amount(text, Unit.DAYS).reason


@given(st.text(max_size=12))
def test_any_text_gives_a_sound_number_or_a_reason(text: str) -> None:
    read = read_amount(text, Unit.FTE)
    assert read.reason or 0 <= read.quantity <= 100_000
