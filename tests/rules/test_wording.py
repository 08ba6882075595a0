"""Figures are said the same way everywhere: real minus, en dash for nothing, British dates, money as spoken."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.rules import wording

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (731_000_000, "GBP", "£7.3m"),
        (91_000_000, "GBP", "£910k"),
        (100_000_000, "GBP", "£1.0m"),
        (99_999_999, "GBP", "£1.0m"),
        (99_940_000, "GBP", "£999k"),
        (45_000, "GBP", "£450"),
        (100_000, "GBP", "£1k"),
        (0, "GBP", "£0"),
        (-91_000_000, "EUR", "−€910k"),
        (6_486_000_000, "JPY", "¥6.5bn"),
        (120_000_000_000_00, "GBP", "£120.0bn"),
        (10**18, "GBP", "£10,000tn"),
        (5_000_000, "CHF", f"CHF{NBSP}50k"),
        (7_310_000_000, "KWD", f"KWD{NBSP}7.3m"),
    ],
)
def test_money_in_prose(minor: int, currency: str, text: str) -> None:
    assert wording.money_text(minor, currency) == text


def test_signed_money_says_plus_but_not_for_nothing() -> None:
    assert [wording.money_text(each, "GBP", signed=True) for each in (90_000_000, -90_000_000, 0)] == [
        "+£900k",
        "−£900k",
        "£0",
    ]


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (731_000_000, "7,310"),
        (1_000_000, "10"),
        (420_000, "4.2"),
        (400_000, "4"),
        (45_000, "0.45"),
        (0, "0"),
        (-91_000_000, "−910"),
        (None, "–"),
    ],
)
def test_money_in_a_table_of_thousands(minor: int | None, text: str) -> None:
    assert wording.thousands_text(minor, "GBP") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (14.2, "14%"),
        (9.96, "10%"),
        (9.94, "9.9%"),
        (0.0, "0.0%"),
        (-0.04, "0.0%"),
        (-3.6, "−3.6%"),
        (None, "–"),
        (900.0, "900%"),
    ],
)
def test_percent_has_one_decimal_below_ten(value: float | None, text: str) -> None:
    assert wording.percent_text(value) == text


def test_signed_percent() -> None:
    assert [wording.percent_text(each, signed=True) for each in (5.7, -5.7, 0.0)] == ["+5.7%", "−5.7%", "0.0%"]


@pytest.mark.parametrize(
    ("days", "text", "words"),
    [
        (84, "+12 wk", "12 weeks late"),
        (-14, "−2 wk", "2 weeks early"),
        (7, "+1 wk", "1 week late"),
        (3, "+3 d", "3 days late"),
        (-1, "−1 d", "1 day early"),
        (0, "0", "on its baseline date"),
        (366_000, "+1002 yr", "1,002 years late"),
    ],
)
def test_slip_in_a_table_and_in_a_sentence(days: int, text: str, words: str) -> None:
    assert wording.slip_text(days) == text
    assert wording.slip_words(days) == words


def test_an_unknown_slip_is_a_dash() -> None:
    assert wording.slip_text(None) == wording.DASH


def test_dates() -> None:
    day = date(2027, 6, 8)
    assert wording.day_text(day) == "8 June 2027"
    assert wording.short_day(day) == "08 Jun 27"
    assert wording.day_month(day) == "8 Jun"
    assert wording.short_day(None) == wording.DASH
    assert wording.near_day(day, date(2027, 1, 1)) == "8 Jun"
    assert wording.near_day(day, date(2026, 6, 8)) == "08 Jun 27"
    assert wording.short_day(date(2141, 1, 2)) == "02 Jan 2141"
    assert wording.short_day(date(97, 1, 2)) == "02 Jan 0097"


def test_counts() -> None:
    assert wording.count_text(1, "project") == "1 project"
    assert wording.count_text(2200, "person", "people") == "2,200 people"
    assert wording.count_words(2, "project") == "Two projects"
    assert wording.count_words(0, "project") == "No projects"
    assert wording.count_words(1, "gap") == "One gap"
    assert wording.count_words(13, "project") == "13 projects"
    assert [wording.count_word(each) for each in (4, 1300)] == ["four", "1,300"]


def test_joined_words_and_sentences() -> None:
    assert [wording.join_words(list(each)) for each in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert wording.sentence(" the end") == "The end."
    assert wording.sentence("Why?") == "Why?"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.5, "1.5"), (1234.0, "1,234"), (-0.00001, "0"), (-2.25, "−2.25"), (None, "–"), (1 / 3, "0.3333")],
)
def test_plain_numbers(value: float | None, text: str) -> None:
    assert wording.number_text(value) == text


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("ID", "ID"),
        ("Finish", "finish"),
        ("PMO contact", "PMO contact"),
        ("Forecast this year", "forecast this year"),
        ("EAC", "EAC"),
    ],
)
def test_a_label_within_a_sentence_keeps_its_short_forms(label: str, said: str) -> None:
    assert wording.label_inside(label) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (13.2, "+13%"), (-3.4, "−3.4%"), (999, "+999%"), (1e15, ">999%"), (-1e15, "<−999%")],
)
def test_a_change_beyond_measure_says_no_more_than_that(value: float | None, said: str) -> None:
    assert wording.growth_text(value) == said


def test_a_change_without_its_sign() -> None:
    assert [wording.growth_text(each, signed=False) for each in (13.2, 5_000.0)] == ["13%", ">999%"]
