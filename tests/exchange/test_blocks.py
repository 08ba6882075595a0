"""Tables that lie oddly on their sheet: side by side, turned, with tall cells, with facts above them."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.exchange.blocks import cut, spread_merges, turn
from pmo_desktop.exchange.grid import Cell, Sheet
from pmo_desktop.exchange.tables import find_tables
from tests.exchange.conftest import Planner

PROJECTS: list[list[Cell]] = [
    ["Ref", "Project name", "PM", "Start"],
    ["A-1", "Alpha", "Ann Lee", date(2026, 1, 1)],
    ["A-2", "Beta", "Ann Lee", date(2026, 2, 1)],
    ["A-3", "Gamma", "Bob Ray", date(2026, 3, 1)],
]
PEOPLE: list[list[Cell]] = [["Name", "Email", "Role"], ["Ann Lee", "ann@x.org", "PM"], ["Bob Ray", "bob@x.org", "PM"]]
FORM: list[list[Cell]] = [
    ["Project name", "Alpha", "Beta"],
    ["Ref ", "A-1", "A-2"],
    ["Department", "Estates", "Roads"],
    ["Start", date(2026, 1, 1), date(2026, 2, 1)],
    ["Budget (£k)", 100.0, 250.0],
    ["Colour of the month", "blue", "red"],
]

MORE: list[list[Cell]] = [
    ["Gamma", "Delta", "Epsilon"],
    ["A-3", "A-4", "A-5"],
    ["Roads", "Roads", "Roads"],
    [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)],
    [1.0, 2.0, 3.0],
    ["red", "red", "red"],
]


def beside(left: list[list[Cell]], right: list[list[Cell]], gap: int = 1) -> list[list[Cell]]:
    """Two tables next to each other with blank columns between them."""
    height, width = max(len(left), len(right)), max(map(len, left)) + gap
    rows: list[list[Cell]] = [[None] * width for _ in range(height)]
    for number, cells in enumerate(left):
        rows[number][: len(cells)] = cells
    for number, cells in enumerate(right):
        rows[number] += cells
    return rows


def where(rows: list[list[Cell]]) -> list[tuple[str, list[int]]]:
    """Each table by the name of its header's row, with its records."""
    tables = find_tables(Sheet("Register", rows))
    return [(table.sheet.layout.row_name(table.header), table.records) for table in tables]


def test_tables_side_by_side_are_two() -> None:
    assert where(beside(PROJECTS, PEOPLE)) == [("1", [1, 2, 3]), ("F1", [1, 2])]
    assert where(beside(PROJECTS, PROJECTS, gap=2)) == [("1", [1, 2, 3]), ("G1", [1, 2, 3])]


def test_a_title_over_both_does_not_bridge_the_gap() -> None:
    title: list[list[Cell]] = [["Register as at 30 November 2026"], []]
    tables = find_tables(Sheet("Register", [*title, *beside(PROJECTS, PEOPLE)]))
    assert [table.report_date for table in tables] == [date(2026, 11, 30)] * 2


def test_side_by_side_and_one_below_the_other_at_once() -> None:
    rows = [*beside(PROJECTS, PEOPLE), [], *PROJECTS]
    assert where(rows) == [("1", [1, 2, 3]), ("F1", [1, 2]), ("6", [6, 7, 8])]


def test_a_neighbour_that_begins_further_down_is_found() -> None:
    rows = beside(PROJECTS, [[], [], *PEOPLE])
    rows[:2] = [[*cells, None, None, None] for cells in rows[:2]]
    assert where(rows) == [("1", [1, 2, 3]), ("F3", [3, 4])]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_blank_column_does_not_cut_one_table_in_two(place: int) -> None:
    rows = [[*cells[:place], None, *cells[place:]] for cells in PROJECTS]
    assert where(rows) == [("1", [1, 2, 3])]


def test_tables_side_by_side_go_into_their_registers(plan_rows: Planner) -> None:
    plan = plan_rows(beside(PROJECTS, PEOPLE))
    assert [(table.into, table.place, table.counts()["new"]) for table in plan.tables] == [
        ("projects", "1", 3),
        ("people", "F1", 2),
    ]
    people = plan.tables[1]
    assert people.cell(people.rows[0], people.columns[1]).address == "G2"
    without = plan_rows(beside(PROJECTS, PEOPLE), tables={"Register!F1": ""}, skip=frozenset({"Register!3"}))
    assert [(table.into, table.counts()["read"]) for table in without.tables] == [("projects", 2), (None, 2)]
    assert plan_rows(beside(PROJECTS, PEOPLE), skip=frozenset({"Register!F3"})).tables[0].counts()["read"] == 3


def test_a_register_whose_records_run_across_is_read(plan_rows: Planner) -> None:
    (table,) = plan_rows(FORM).tables
    assert (table.into, table.counts()["new"], table.place) == ("projects", 2, "A")
    assert table.why.startswith("column A has 6 headers, 5 of them known")
    first = table.rows[0]
    assert (first.values["name"], first.values["ref"], first.values["budget_approved"]) == ("Alpha", "A-1", 10_000_000)
    assert first.values["start_forecast"] == date(2026, 1, 1)
    assert [(column.letter, column.header) for column in table.columns][-1] == ("6", "Colour of the month")
    assert [table.cell(row, table.columns[3]).address for row in table.rows] == ["B4", "C4"]


def test_a_turned_cell_is_named_and_mended_where_it_stands(plan_rows: Planner) -> None:
    rows = [[*cells, *more] for cells, more in zip(FORM, MORE, strict=True)]
    rows[3][2] = "after the move"
    (table,) = plan_rows(rows).tables
    assert [problem.cell for problem in table.problems] == ["Register!C4"]
    (table,) = plan_rows(rows, fixes={"Register!C4": "1 May 2026"}, skip=frozenset({"Register!B"})).tables
    assert [row.values["start_forecast"].month for row in table.rows] == [5, 3, 4, 5]


def test_one_odd_cell_does_not_hide_that_records_run_across(plan_rows: Planner) -> None:
    rows = [list(cells) for cells in FORM]
    rows[4][2] = "n/k 250"
    assert [table.into for table in plan_rows(rows).tables] == ["projects"]


def test_a_form_of_one_project_is_read(plan_rows: Planner) -> None:
    form: list[list[Cell]] = [["Project summary"], [], *([label, value] for label, value, _ in FORM)]
    (table,) = plan_rows(form).tables
    assert (table.into, [row.label for row in table.rows]) == ("projects", ["A-1 Alpha"])


@pytest.mark.parametrize(
    "rows",
    [
        PROJECTS,
        [["Field", "Meaning"], ["Project name", "What it is called"], ["PM", "Who leads it"], ["Budget", "Approved"]],
        [["Project name", "Alpha"], ["PM", "Ann Lee"]],
        [["Name", "Ann Lee"], ["Role", "PM"], ["Email", "ann@x.org"], ["Status", "Active"]],
    ],
)
def test_what_runs_down_is_not_turned(rows: list[list[Cell]]) -> None:
    assert not any(table.sheet.layout.turned for table in find_tables(Sheet("Sheet1", rows)))


def test_a_big_sheet_is_never_turned() -> None:
    assert turn(Sheet("Register", [["Ref", "Name"]] * 401)) is None
    assert turn(Sheet("Register", [[None] * 151])) is None


def test_facts_above_a_table_count_for_all_its_rows(plan_rows: Planner) -> None:
    above: list[list[Cell]] = [
        ["Programme:", "Digital", None, "Report date", date(2026, 11, 30)],
        ["Currency", "EUR"],
        ["Status", "Draft"],
        ["Prepared by", "Cy Dee"],
        [],
    ]
    plan = plan_rows([*above, *PROJECTS])
    (table,) = plan.tables
    assert (table.into, table.header_row, table.report_date) == ("projects", 6, date(2026, 11, 30))
    assert {row.values["currency"] for row in table.rows} == {"EUR"}
    assert [record.values["name"] for record in plan.new_records if record.entity == "programme"] == ["Digital"]
    said = {column.header: (column.field, column.at) for column in table.columns if column.at}
    assert said == {"Programme": ("programme", "B1"), "Currency": ("currency", "B2"), "Status": (None, "B3")}
    assert table.cell(table.rows[1], table.columns[4]).address == "B1"
    assert not plan.new_custom


def test_a_column_goes_before_what_stands_above(plan_rows: Planner) -> None:
    rows = [[*cells, "Digital" if number else "Programme"] for number, cells in enumerate(PROJECTS)]
    plan = plan_rows([["Programme: Health"], [], *rows])
    assert [record.values["name"] for record in plan.new_records if record.entity == "programme"] == ["Digital"]


def test_a_section_below_a_programme_named_above_is_a_category(plan_rows: Planner) -> None:
    (table,) = plan_rows([["Programme: Health"], [], PROJECTS[0], ["BRIDGES"], *PROJECTS[1:]]).tables
    assert {row.values["category"] for row in table.rows} == {"BRIDGES"}
    assert all(row.values["programme"] for row in table.rows)


def test_milestones_belong_to_the_project_named_above_them(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [
        ["Project", "Alpha"],
        [],
        ["Milestone", "Forecast", "Owner"],
        ["Go live", date(2026, 1, 1), "Ann Lee"],
        ["Closed", date(2026, 2, 1), "Ann Lee"],
    ]
    (table,) = plan_rows(rows, "Milestones").tables
    assert (table.into, table.read) == ("milestones", 2)
    assert {row.reason for row in table.rows} != {""}  # nobody keeps a project Alpha yet


def test_a_tall_cell_counts_for_each_of_its_rows() -> None:
    rows: list[list[Cell]] = [
        ["Programme", "Ref", "Project name"],
        ["Digital", "A-1", "Alpha"],
        [None, "A-2", "Beta"],
        [],
        ["Health", "A-3", "Gamma"],
    ]
    (table,) = find_tables(Sheet("Register", rows, merges=[(1, 0, 3, 0)]))
    assert (table.values(0), table.records) == (("Digital", "Digital", "Health"), [1, 2, 4])
    assert rows[2][0] is None


def test_a_tall_cell_of_the_header_or_without_a_value_adds_nothing() -> None:
    sheet = Sheet("Register", [["Ref"], [None, "x"], [None, "y"]], merges=[(0, 0, 1, 0), (1, 0, 9, 0)])
    assert spread_merges(sheet, 0).rows == sheet.rows


def test_one_block_is_not_cut() -> None:
    assert cut(Sheet("Register", PROJECTS), 0, 0, 4) == []
    assert cut(Sheet("Register", []), 0, 0, 0) == []
