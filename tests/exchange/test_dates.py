"""Dates as registers write them, with how exact they are, and one day/month order a column."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.dates import DateRules, find_order, full_year, has_open_order, looks_like_date, parse_date
from pmo_desktop.exchange.outcome import Outcome

RULES = DateRules(reference=date(2026, 11, 13))
DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("2016-05-25 17:00:00", date(2016, 5, 25)),
        ("2026-11-30T08:15:00Z", date(2026, 11, 30)),
        ("5/02/2016 5:00:00 PM", date(2016, 2, 5)),
        ("11/07/2016 5:00:00 PM", date(2016, 7, 11)),
        ("24/10/2016", date(2016, 10, 24)),
        ("31.12.40", date(2040, 12, 31)),
        ("31.12.41", date(2041, 12, 31)),
        ("17.03.97", date(1997, 3, 17)),
        ("30.06.08", date(2008, 6, 30)),
        ("30 November 2026", date(2026, 11, 30)),
        ("30th Nov 26", date(2026, 11, 30)),
        ("1-Sept-26", date(2026, 9, 1)),
        ("Nov 30, 2026", date(2026, 11, 30)),
        ("Monday 30 November 2026", date(2026, 11, 30)),
        ("\u00a030/11/2026 ", date(2026, 11, 30)),
        (datetime(2026, 11, 30, 17, 5), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 11, 30)),
        (45809.0, date(2025, 6, 1)),
        (45809, date(2025, 6, 1)),
        ("45809", date(2025, 6, 1)),
        ("45809.5", date(2025, 6, 1)),
        ("20260601", date(2026, 6, 1)),
        (20260601, date(2026, 6, 1)),
    ],
)
def test_a_date_in_full_needs_no_text_beside_it(cell: object, expected: date) -> None:
    parsed = parse_date(cell, RULES)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.READ, expected, None)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("end Mar 27", date(2027, 3, 31), "month"),
        ("end of Sept 26", date(2026, 9, 30), "month"),
        ("by end March 2027", date(2027, 3, 31), "month"),
        ("mid Mar 2027", date(2027, 3, 15), "month"),
        ("early Mar 2027", date(2027, 3, 1), "month"),
        ("Mar-27", date(2027, 3, 31), "month"),
        ("March 2027", date(2027, 3, 31), "month"),
        ("03/2027", date(2027, 3, 31), "month"),
        ("2027-03", date(2027, 3, 31), "month"),
        ("Oct 26 (was Aug 26)", date(2026, 10, 31), "month"),
        ("Q3 25/26", date(2025, 12, 31), "quarter"),
        ("Q1 26/27", date(2026, 6, 30), "quarter"),
        ("Q4 FY26", date(2026, 3, 31), "quarter"),
        ("Q3 2026", date(2026, 9, 30), "quarter"),
        ("H1 26/27", date(2026, 9, 30), "year"),
        ("FY26", date(2026, 3, 31), "year"),
        ("25/26", date(2026, 3, 31), "year"),
        ("2025/26", date(2026, 3, 31), "year"),
        ("2027", date(2027, 12, 31), "year"),
        (2027, date(2027, 12, 31), "year"),
        ("w/c 3 Nov 2026", date(2026, 11, 3), "week"),
        ("w/c 3 Nov", date(2026, 11, 3), "week"),
        ("3 Jan", date(2027, 1, 3), "day"),
        ("c. 30 Nov 2026", date(2026, 11, 30), "about"),
        ("June-26", date(2026, 6, 30), "month"),
        ("Jul '26", date(2026, 7, 31), "month"),
        ("Oct-26 (prev. Aug-26)", date(2026, 10, 31), "month"),
        ("Aug 26 → Oct 26", date(2026, 10, 31), "month"),
        ("Aug 26 -> Oct 26", date(2026, 10, 31), "month"),
        ("Nov 2026 TBC", date(2026, 11, 30), "month"),
        ("end Sept", date(2026, 9, 30), "month"),
        ("end of September", date(2026, 9, 30), "month"),
        ("late March", date(2027, 3, 31), "month"),
        ("mid Oct", date(2026, 10, 15), "month"),
        ("June", date(2026, 6, 30), "month"),
        ("before June 2027", date(2027, 6, 30), "month"),
        ("Q4", date(2027, 3, 31), "quarter"),
        ("H1", date(2026, 9, 30), "year"),
        ("H1 26", date(2026, 6, 30), "year"),
        ("Half 1 26/27", date(2026, 9, 30), "year"),
        ("Q1-26", date(2026, 3, 31), "quarter"),
        ("1Q26", date(2026, 3, 31), "quarter"),
        ("2026 Q1", date(2026, 3, 31), "quarter"),
        ("FY26 Q1", date(2025, 6, 30), "quarter"),
        ("W/C 05/01", date(2027, 1, 5), "week"),
        ("week commencing 3 November 2026", date(2026, 11, 3), "week"),
        ("w/e 7/11/26", date(2026, 11, 7), "week"),
        ("Nov 3rd", date(2026, 11, 3), "day"),
        ("3/11", date(2026, 11, 3), "day"),
        ("30 June 2026 (TBC)", date(2026, 6, 30), "day"),
        ("31/12/2026 - subject to board", date(2026, 12, 31), "day"),
        ("31/12/2026, if funded", date(2026, 12, 31), "day"),
        ("Completed 3/4/26", date(2026, 4, 3), "day"),
        ("slipped to 3 Apr 2026", date(2026, 4, 3), "day"),
    ],
)
def test_a_date_that_is_less_exact_keeps_its_words(text: object, expected: date, precision: str) -> None:
    parsed = parse_date(text, RULES)
    assert (parsed.value, parsed.text, parsed.precision, parsed.reason) == (expected, str(text), precision, None)


def test_a_month_begins_a_start_and_ends_a_finish() -> None:
    assert parse_date("Mar-27", DateRules(period_end=False)).value == date(2027, 3, 1)
    assert parse_date("Q1 26/27", DateRules(period_end=False)).value == date(2026, 4, 1)
    assert parse_date("end Mar 27", DateRules(period_end=False)).value == date(2027, 3, 31)


def test_a_financial_year_begins_where_the_portfolio_says() -> None:
    assert parse_date("Q1 26/27", DateRules(fy_start=7)).value == date(2026, 9, 30)
    assert parse_date("FY26", DateRules(fy_start=1)).value == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["TBC", "tbc", "TBD", "to be confirmed", "n/a", "-", "Not provided", "?"])
def test_a_cell_that_says_there_is_no_date_empties_the_field(text: str) -> None:
    parsed = parse_date(text, RULES)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.EMPTIED, None, text)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("31/11/2027", "no date when read day first"),
        ("03/25/2026", "no date when read day first"),
        ("31/12/2026 - 30/06/2027", "could not be read"),
        ("Feb/Mar 26", "could not be read"),
        ("Spring 2026", "could not be read"),
        ("31/11/2027 - subject to board", "could not be read"),
        ("30/02", "has no year"),
        (20261301, "is no date"),
        (float("inf"), "is no date"),
        ("Exempt under Section 22", "could not be read"),
        (12.5, "is no date"),
        (True, "is no date"),
        ("29 Feb 2027", "could not be read"),
    ],
)
def test_what_is_no_date_keeps_its_text_and_says_why(cell: object, says: str) -> None:
    parsed = parse_date(cell, RULES)
    assert parsed.outcome is Outcome.UNREAD
    assert parsed.value is None
    assert parsed.text
    assert says in (parsed.reason or "")


@pytest.mark.parametrize("text", ["ongoing", "ASAP", "Rolling", "open-ended"])
def test_what_has_no_end_has_no_date_and_keeps_its_word(text: str) -> None:
    parsed = parse_date(text, RULES)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.EMPTIED, None, text)
    assert parsed.reason == f"“{text}” names no day."


@pytest.mark.parametrize("text", ["3 Nov", "3/11", "Sept", "Q4", "w/c 3 Nov", "end Sept"])
def test_a_date_without_a_year_and_without_a_reference_is_not_guessed(text: str) -> None:
    assert parse_date(text, DateRules()).outcome is Outcome.UNREAD


def test_a_quarter_without_a_year_is_one_of_the_portfolios_financial_year() -> None:
    near = date(2026, 12, 1)
    assert parse_date("Q4", DateRules(fy_start=1, reference=near)).value == date(2026, 12, 31)
    assert parse_date("Q4", DateRules(fy_start=1, period_end=False, reference=near)).value == date(2026, 10, 1)


def test_the_other_order_is_suggested_where_it_would_fit() -> None:
    assert parse_date("03/25/2026", RULES).suggestions == ("2026-03-25",)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/03/2026", "01/02/2026"], True),
        (["03/25/2026", "01/02/2026"], False),
        (["01/02/2026", "03/04/2026"], None),
        ([None, 7.0, "TBC"], None),
        (["25/03/2026", "26/03/2026", "03/25/2026"], True),
    ],
)
def test_a_column_settles_its_own_order(cells: list[object], order: bool | None) -> None:
    assert find_order(cells) is order


def test_only_days_up_to_twelve_leave_the_order_open() -> None:
    assert has_open_order(["01/02/2026"])
    assert not has_open_order(["25/02/2026", "02/02/2026", None, "TBC"])


@pytest.mark.parametrize(("digits", "year"), [("79", 2079), ("80", 1980), ("97", 1997), ("00", 2000), ("2150", 2150)])
def test_two_digits_mean_the_century_that_projects_live_in(digits: str, year: int) -> None:
    assert full_year(digits) == year


@pytest.mark.parametrize(
    ("cell", "looks"),
    [("30/11/2026", True), ("end Mar 27", True), ("2027", False), (45809.0, False), ("Alpha", False), ("", False)],
)
def test_a_number_alone_does_not_look_like_a_date(cell: object, looks: bool) -> None:
    assert looks_like_date(cell) is looks


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%y", "%A %d %B %Y"]))
def test_any_day_comes_back_from_any_form(day: date, form: str) -> None:
    assert parse_date(day.strftime(form), DateRules(day_first=True)).value == day


@given(DAYS)
def test_any_day_comes_back_month_first(day: date) -> None:
    assert parse_date(day.strftime("%m/%d/%Y"), DateRules(day_first=False)).value == day


@given(DAYS)
def test_any_excel_serial_is_its_day(day: date) -> None:
    assert parse_date(float((day - date(1899, 12, 30)).days), RULES).value == day


@given(DAYS)
def test_a_month_lies_between_its_two_readings(day: date) -> None:
    text = day.strftime("%b %Y")
    first, last = (parse_date(text, DateRules(period_end=end)).value for end in (False, True))
    assert first == day.replace(day=1)
    assert first <= day <= last
    assert (last + timedelta(days=1)).day == 1


@given(st.text(max_size=60))
def test_no_text_is_ever_lost_or_raises(text: str) -> None:
    parsed = parse_date(text, RULES)
    assert isinstance(parsed.value, date) or parsed.text is not None
