"""Finding tables: titles, headers of one and two rows, bands, totals, notes, several tables on a sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, read_workbook
from pmo_desktop.exchange.tables import Table, find_tables

HEADER: list[Cell] = ["Ref", "Project name", "PM", "RAG", "Budget"]


def record(number: int) -> list[Cell]:
    """An ordinary row."""
    return [f"PRJ-{number}", f"Project {number}", "Ann Lee", "Green", 100.0 + number]


def only(rows: list[list[Cell]], **more: object) -> Table:
    """The one table of a sheet."""
    (table,) = find_tables(Sheet("Register", rows, **more))  # type: ignore[arg-type]  # marks of the sheet
    return table


def test_a_plain_table_begins_with_its_header() -> None:
    table = only([HEADER, record(1), record(2)])
    assert (table.header, table.records) == (0, [1, 2])
    assert [column.header for column in table.columns] == HEADER


def test_title_rows_are_no_header_and_may_name_the_day() -> None:
    rows: list[list[Cell]] = [["PMO register"], ["Data as at 30 November 2026"], [], HEADER, record(1), record(2)]
    table = only(rows)
    assert (table.header, table.records, table.report_date) == (3, [4, 5], date(2026, 11, 30))
    assert table.titles == ["PMO register", "Data as at 30 November 2026"]


def test_rows_that_stand_alone_are_bands_of_the_rows_below() -> None:
    table = only([HEADER, ["CORPORATE"], record(1), record(2), ["DIGITAL & DATA"], record(3)])
    assert table.records == [2, 3, 5]
    assert table.bands == {2: "CORPORATE", 3: "CORPORATE", 5: "DIGITAL & DATA"}


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL", "Grand total", "Sub-total", "Subtotal", "Corporate total", "Total:"]
)
def test_totals_are_no_records(word: str) -> None:
    table = only([HEADER, record(1), record(2), [], [word, None, None, None, "£203m"]])
    assert table.records == [1, 2]
    assert table.skipped == [(4, f"{word} · £203m", "a total")]


def test_a_project_called_total_something_is_a_record() -> None:
    total: list[Cell] = ["Total", "Total rewards", "Ann Lee", "Green", 5.0]
    assert only([HEADER, record(1), total]).records == [1, 2]


def test_rows_after_a_gap_are_read() -> None:
    assert only([HEADER, record(1), [], [], [], record(2)]).records == [1, 5]


def test_the_header_again_and_numbers_in_advance_are_no_records() -> None:
    table = only([HEADER, record(1), record(2), HEADER, record(3), ["PRJ-4"], ["PRJ-5"]])
    assert table.records == [1, 2, 4]
    assert [reason for _, _, reason in table.skipped] == [
        "the header again",
        "numbered in advance and otherwise empty",
        "numbered in advance and otherwise empty",
    ]


def test_notes_below_the_table_are_no_records() -> None:
    table = only([HEADER, record(1), record(2), ["RAG is the manager's own view."], [None, "See the guide"]])
    assert table.records == [1, 2]
    assert [reason for _, _, reason in table.skipped] == ["a note", "a note"]


def test_a_merged_group_is_joined_with_the_words_below_it() -> None:
    upper: list[Cell] = ["Ref", "Project name", "Dates", None, "Budget"]
    lower: list[Cell] = [None, None, "Start", "Finish", None]
    rows: list[list[Cell]] = [upper, lower, ["A-1", "Alpha", date(2026, 1, 1), date(2026, 2, 1), 5.0]]
    merged = only(rows, merges=[(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1), (0, 4, 1, 4)])
    expected = ["Ref", "Project name", "Dates / Start", "Dates / Finish", "Budget"]
    assert [column.header for column in merged.columns] == expected
    assert (merged.top, merged.header, merged.records) == (0, 1, [2])


def test_a_header_of_two_rows_need_not_be_merged() -> None:
    upper: list[Cell] = ["Ref", "Project name", "Dates", None, "Budget"]
    lower: list[Cell] = [None, None, "Start", "Finish", None]
    rows: list[list[Cell]] = [upper, lower, ["A-1", "Alpha", date(2026, 1, 1), date(2026, 2, 1), 5.0]]
    table = only(rows)
    assert [column.header for column in table.columns][2:4] == ["Dates / Start", "Dates / Finish"]
    assert table.records == [2]


def test_two_tables_on_a_sheet_do_not_mix() -> None:
    second: list[Cell] = ["ID", "Project name", "Status", "Manager"]
    rows: list[list[Cell]] = [
        HEADER,
        record(1),
        record(2),
        [],
        second,
        ["B-1", "Beta", "Active", "Ann"],
        ["B-2", "Gamma", "Active", "Bob"],
    ]
    first, other = find_tables(Sheet("Register", rows))
    assert (first.header, first.records) == (0, [1, 2])
    assert (other.header, other.records) == (4, [5, 6])


def test_data_without_a_header_is_a_column_and_no_data_is_none() -> None:
    rows = [[*HEADER, None, "Empty"], [*record(1), "extra"], record(2)]
    table = only(rows)
    assert [(column.index, column.header) for column in table.columns][-2:] == [(5, ""), (6, "Empty")]


def test_headers_that_are_dates_count_as_headers() -> None:
    months: list[Cell] = [date(2026, month, 1) for month in range(1, 7)]
    table = only([["Name", "Role", *months], ["Ann Lee", "Analyst", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])
    assert (table.header, table.records) == (0, [1])


@pytest.mark.parametrize("rows", [[], [[]], [["a note"]], [[1.0, 2.0], [3.0, 4.0]], [["Ref", "Project name"]]])
def test_no_table_is_found_where_there_is_none(rows: list[list[Cell]]) -> None:
    assert find_tables(Sheet("Notes", rows)) == []


@pytest.mark.parametrize("name", ["arts", "other"])
def test_notes_above_and_below_do_not_spoil_a_table(shared_data: Path, name: str) -> None:
    book = read_workbook(shared_data / "hostile" / "deaths.xlsx")
    sheet = next(each for each in book.sheets if each.name == name)
    (table,) = find_tables(sheet)
    assert (table.header, table.records) == (4, list(range(5, 15)))
    assert sum(float(str(value)) for value in table.values(2)) == {"arts": 729, "other": 754}[name]
    assert len(table.skipped) == 4
