"""Weeks and duties are read as people write them."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.methodtext import read_duty, read_weeks, weeks_text


@pytest.mark.parametrize(("weeks", "text"), [(None, ""), (4.5, "4.5"), (6, "6"), (0.0, "0"), (1e21, "1e+21")])
def test_weeks_are_read_as_they_were_written(weeks: float | None, text: str) -> None:
    assert weeks_text(weeks) == text
    assert read_weeks(text) == weeks


@pytest.mark.parametrize("text", ["a month", "-1", "nan", "inf"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_weeks(text)


@pytest.mark.parametrize(
    ("text", "duty"), [("R", Duty.RESPONSIBLE), (" a ", Duty.ACCOUNTABLE), ("informed", Duty.INFORMED)]
)
def test_a_duty_is_a_letter_or_its_word(text: str, duty: Duty) -> None:
    assert read_duty(text) is duty


def test_what_is_no_duty_is_refused() -> None:
    with pytest.raises(ValueError, match="“Liable” is not one of Responsible, Accountable, Consulted, Informed"):
        read_duty("Liable")
