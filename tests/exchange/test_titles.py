"""What stands above a table: its day, and labels with a value beside them."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet
from pmo_desktop.exchange.titles import find_report_date, read_titles


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Data as at 30 November 2026", date(2026, 11, 30)),
        ("Position at 30/11/2026.", date(2026, 11, 30)),
        ("Report date: 2026-11-30", date(2026, 11, 30)),
        ("Status at end Nov 2026", date(2026, 11, 30)),
        ("Reporting period: November 2026", date(2026, 11, 30)),
        ("Date: 30/11/2026", date(2026, 11, 30)),
        ("Start date: 30/11/2026", None),
        ("PMO register", None),
        ("as at the end", None),
    ],
)
def test_the_report_date_is_read_from_a_title(line: str, day: date | None) -> None:
    assert find_report_date([line]) == day


@pytest.mark.parametrize(
    ("row", "facts", "lines"),
    [
        (["Programme:", "Digital"], [("Programme", "Digital", "B1")], ["Programme: Digital"]),
        (["Programme: Digital"], [("Programme", "Digital", "A1")], ["Programme: Digital"]),
        (["Currency", None, None, "EUR"], [("Currency", "EUR", "D1")], ["Currency: EUR"]),
        (
            ["Programme", "Digital", None, "Currency", "GBP"],
            [("Programme", "Digital", "B1"), ("Currency", "GBP", "E1")],
            ["Programme: Digital", "Currency: GBP"],
        ),
        (["Prepared by", "Ann Lee"], [("Prepared by", "Ann Lee", "B1")], ["Prepared by: Ann Lee"]),
        (["Report date", date(2026, 11, 30)], [("Report date", date(2026, 11, 30), "B1")], ["Report date: 2026-11-30"]),
        (["Portfolio of the North"], [], ["Portfolio of the North"]),
        (["One", "two", "three"], [], ["One", "two", "three"]),
        (["See https://example.org"], [], ["See https://example.org"]),
    ],
)
def test_a_label_and_the_value_beside_it_are_a_fact(
    row: list[Cell], facts: list[tuple[str, Cell, str]], lines: list[str]
) -> None:
    told, found = read_titles(Sheet("Register", [row]), 0, 1)
    assert [(fact.label, fact.value, fact.at) for fact in found] == facts
    assert told == lines
