"""Headers of plans with one column a period, as spans of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.periods import Grain, PeriodRules, is_period_header, months_from, read_series

RULES = PeriodRules(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("headers", "grain", "firsts", "last"),
    [
        (["Name", "Jan-26", "Feb-26", "Total"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["January 2026", "Feb '26"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["2026-01", "2026-02"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["01/2026", "02/2026"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["Jan-26 (days)", "Feb-26 FTE"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["2026-01-01", "2026-02-01", "2026-03-01"], Grain.MONTH, "2026-01-01 2026-02-01 2026-03-01", "2026-03-31"),
        (["31/01/2026", "28/02/2026", "31/03/2026"], Grain.MONTH, "2026-01-01 2026-02-01 2026-03-01", "2026-03-31"),
        (["2026 / Jan", "2026 / Feb"], Grain.MONTH, "2026-01-01 2026-02-01", "2026-02-28"),
        (["FY25/26 / Mar", "FY26/27 / Apr"], Grain.MONTH, "2026-03-01 2026-04-01", "2026-04-30"),
        (["Dec-25", "Jan", "Feb"], Grain.MONTH, "2025-12-01 2026-01-01 2026-02-01", "2026-02-28"),
        (["Apr", "Dec", "Jan"], Grain.MONTH, "2026-04-01 2026-12-01 2027-01-01", "2027-01-31"),
        (["W/C 05/01", "W/C 12/01"], Grain.WEEK, "2026-01-05 2026-01-12", "2026-01-18"),
        (["w/e 09/01/26", "w/e 16/01/26"], Grain.WEEK, "2026-01-03 2026-01-10", "2026-01-16"),
        (["Week commencing 5 Jan 2026", "Week beginning 12 Jan 26"], Grain.WEEK, "2026-01-05 2026-01-12", "2026-01-18"),
        (["05/01/2026", "12/01/2026", "19/01/2026"], Grain.WEEK, "2026-01-05 2026-01-12 2026-01-19", "2026-01-25"),
        (["05/01/2026", "19/01/2026", "02/02/2026"], Grain.WEEK, "2026-01-05 2026-01-19 2026-02-02", "2026-02-15"),
        (["Wk 52", "Wk 1"], Grain.WEEK, "2026-12-21 2027-01-04", "2027-01-10"),
        (["2026-W05", "2026-W06"], Grain.WEEK, "2026-01-26 2026-02-02", "2026-02-08"),
        (["P01", "P02", "P12"], Grain.MONTH, "2026-04-01 2026-05-01 2027-03-01", "2027-03-31"),
        (["P1 2025/26", "P13 2025/26"], Grain.MONTH, "2025-04-01 2026-03-03", "2026-03-31"),
        (["Q1 25/26", "Q4 25/26"], Grain.QUARTER, "2025-04-01 2026-01-01", "2026-03-31"),
        (["Q1 2026", "Q2 2026"], Grain.QUARTER, "2026-01-01 2026-04-01", "2026-06-30"),
        (["FY26 Q1", "FY26 Q2"], Grain.QUARTER, "2025-04-01 2025-07-01", "2025-09-30"),
        (["2026-01-01", "2026-04-01", "2026-07-01"], Grain.QUARTER, "2026-01-01 2026-04-01 2026-07-01", "2026-09-30"),
        (["2026-03-31", "2026-06-30", "2026-09-30"], Grain.QUARTER, "2026-01-01 2026-04-01 2026-07-01", "2026-09-30"),
        (["H1 26/27", "H2 26/27"], Grain.HALF, "2026-04-01 2026-10-01", "2027-03-31"),
        (["FY26", "FY27"], Grain.YEAR, "2025-04-01 2026-04-01", "2027-03-31"),
        (["25/26", "26/27"], Grain.YEAR, "2025-04-01 2026-04-01", "2027-03-31"),
        (["2026", "2027"], Grain.YEAR, "2026-01-01 2027-01-01", "2027-12-31"),
        (["2026-01-05", "2026-01-06", "2026-01-09"], Grain.DAY, "2026-01-05 2026-01-06 2026-01-09", "2026-01-09"),
    ],
    ids=str,
)  # fmt: skip
def test_headers_are_spans_of_days(headers: list[str], grain: Grain, firsts: str, last: str) -> None:
    found = read_series(headers, RULES)
    assert found is not None
    assert found.grain is grain
    spans = list(found.spans.values())
    assert (" ".join(str(first) for first, _ in spans), str(spans[-1][1])) == (firsts, last)


@pytest.mark.parametrize(
    "headers",
    [
        ["Name", "Role", "Status"],
        ["Start date", "Finish", "2026-01-01"],
        ["Jan-26"],
        ["Jan-26", "Jan-26"],
        ["Plan A", "Plan B"],
        ["2026-01-01", "2026-01-01", "2026-01-01"],
        ["2026-01-01", "2026-01-20", "2026-03-01", "2026-07-11"],
        ["Q5", "Q6"],
        ["P14", "P15"],
        ["Wk 60", "Wk 61"],
        ["25/27", "26/28"],
        ["", "  "],
    ],
    ids=str,
)
def test_other_headers_are_none(headers: list[str]) -> None:
    assert read_series(headers, RULES) is None


@pytest.mark.parametrize(
    ("headers", "yearless", "financial"),
    [
        (["Apr", "May"], True, False),
        (["Apr-26", "May"], False, False),
        (["P01", "P02"], True, True),
        (["Q1", "Q2"], True, True),
        (["Wk 1", "Wk 2"], True, False),
        (["W/C 05/01", "W/C 12/01"], True, False),
        (["5 Jan", "12 Jan", "19 Jan"], True, False),
        (["FY26", "FY27"], False, False),
    ],
    ids=str,
)
def test_a_year_that_no_header_names_is_told(headers: list[str], yearless: bool, financial: bool) -> None:
    found = read_series(headers, RULES)
    assert found is not None
    assert (found.yearless, found.financial) == (yearless, financial)


def test_the_year_that_is_said_is_that_of_the_first_period() -> None:
    found = read_series(["Nov", "Dec", "Jan"], PeriodRules(date(2026, 11, 28), year=2023))
    assert found is not None
    assert [first for first, _ in found.spans.values()] == [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1)]


def test_month_first_weeks_are_read_so_when_it_is_said() -> None:
    found = read_series(["W/C 01/05", "W/C 01/12"], PeriodRules(date(2026, 1, 1), day_first=False))
    assert found is not None
    assert [first for first, _ in found.spans.values()] == [date(2026, 1, 5), date(2026, 1, 12)]


def test_a_leap_day_without_a_year_belongs_to_no_other_year() -> None:
    found = read_series(["22 Feb", "29 Feb", "7 Mar"], PeriodRules(date(2028, 2, 20)))
    assert found is not None
    assert [first for first, _ in found.spans.values()] == [date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7)]


def test_coarser_periods_are_subtotals_and_a_period_said_twice_is_read_once() -> None:
    found = read_series(["Jan 26", "Feb 26", "Mar 26", "Q1 2026", "Jan 26", "2026"], RULES)
    assert found is not None
    assert (list(found.spans), found.subtotals, found.repeated) == ([0, 1, 2], (3, 5), (4,))


def test_a_financial_year_that_begins_in_january_is_a_calendar_year() -> None:
    found = read_series(["FY26", "FY27"], PeriodRules(date(2026, 11, 28), fy_start=1))
    assert found is not None
    assert found.spans[0] == (date(2026, 1, 1), date(2026, 12, 31))


@given(st.dates(date(1990, 1, 1), date(2060, 12, 1)), st.integers(2, 30))
def test_months_that_follow_each_other_leave_no_day_out(first: date, count: int) -> None:
    months = [first.replace(day=1)]
    while len(months) < count:
        months.append(months_from(months[-1], 1)[1] + timedelta(days=1))
    found = read_series([f"{month:%b-%Y}" for month in months], RULES)
    assert found is not None
    spans = list(found.spans.values())
    assert [span[0] for span in spans] == months
    assert all(one[1] + timedelta(days=1) == other[0] for one, other in pairwise(spans))


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_headers_are_read_or_none(headers: list[str]) -> None:
    found = read_series(headers, RULES)
    assert found is None or all(first <= last for first, last in found.spans.values())


@pytest.mark.parametrize(("text", "is_one"), [("Jan-26", True), ("Wk 3", True), ("Python", False), ("", False)])
def test_a_header_alone_is_a_period_or_not(text: str, is_one: bool) -> None:
    assert is_period_header(text) is is_one
