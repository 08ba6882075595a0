"""Real registers of other people, and a simulated year: the row counts, sums and sample cells their READMEs give."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pmo_desktop.exchange.grid import Workbook, read_workbook
from pmo_desktop.exchange.plan import ImportOptions, Level, Plan, TablePlan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.figures.provenance import provenance_of
from pmo_desktop.operations.history import redo, undo_batch
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_custom_fields, read_names, read_rows, read_texts
from tests.builders import state_hash

RATINGS = {"R": "Red", "A": "Amber", "G": "Green", None: None}
EDITS: list[tuple[str, Any]] = [
    ("rag_overall", "R"),
    ("rag_overall", None),
    ("stage", "Closure"),
    ("rag_comment", "Typed here"),
    ("budget_approved", 123_456),
    ("eac", None),
    ("pct_complete", 77.0),
    ("start_forecast", date(2026, 2, 3)),
    ("finish_forecast", date(2028, 4, 5)),
    ("finish_baseline", None),
]
ENDS = {"oleloop.xls", "poc-xmlbomb.xlsx", "protected_passtika.xlsx"}


def bring_in(store: Store, path: Path, **options: Any) -> Plan:
    """Read, plan and apply a file."""
    plan = plan_import(store, read_workbook(path), ImportOptions(**options))
    apply_plan(store, plan)
    return plan


def filled(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """The values of one field that are there."""
    return [row[name] for row in rows if row[name] is not None]


def test_the_government_portfolio_needs_one_answer(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "gmpp" / "uk_2019.csv"
    asked = plan_import(store, read_workbook(path))
    assert {question.option for question in asked.questions} == {"money_unit"}
    plan = bring_in(store, path, money_unit="m")
    table = plan.tables[0]
    assert (table.header_row, table.counts()["new"], table.skipped) == (1, 133, [])
    rows = read_rows(store, "project")
    assert len(rows) == len({row["name"] for row in rows}) == 133
    assert (len(filled(rows, "whole_life_cost")), sum(filled(rows, "whole_life_cost"))) == (118, 44_179_876_000_000)
    assert (len(filled(rows, "budget_fy")), sum(filled(rows, "budget_fy"))) == (121, 2_972_330_000_000)
    assert (len(filled(rows, "forecast_fy")), sum(filled(rows, "forecast_fy"))) == (121, 2_896_586_000_000)
    assert Counter(row["rag_overall"] for row in rows) == {"A": 66, "AR": 38, "AG": 18, "G": 4, "R": 4, None: 3}
    starts, ends = filled(rows, "start_forecast"), filled(rows, "finish_forecast")
    assert (len(starts), min(starts), max(starts)) == (131, date(1997, 3, 17), date(2017, 12, 21))
    assert (len(ends), min(ends), max(ends)) == (127, date(2017, 3, 31), date(2041, 12, 31))
    assert Counter(row["department"] for row in rows).most_common(2) == [("MOD", 35), ("DFT", 18)]
    categories = Counter(row["category"] for row in rows)
    assert sorted(categories.values()) == [27, 31, 32, 43]
    assert {row["currency"] for row in rows} == {"GBP"}
    assert {row["rag_scale"] for row in rows} == {"5"}


def test_what_the_government_portfolio_withholds_is_kept_as_text(store: Store, shared_data: Path) -> None:
    plan = bring_in(store, shared_data / "projects" / "gmpp" / "uk_2019.csv", money_unit="m")
    texts = read_texts(store, "project")
    assert (len(texts), len({row for row, _ in texts})) == (50, 19)
    assert Counter(name for _, name in texts) == {
        "whole_life_cost": 15,
        "budget_fy": 12,
        "forecast_fy": 12,
        "finish_forecast": 6,
        "rag_overall": 3,
        "start_forecast": 2,
    }
    assert len(plan.tables[0].problems) == 50
    by_row = {row.row: row for row in plan.tables[0].rows}
    assert by_row[2].values["whole_life_cost"] == 1_234_396_000_000
    assert by_row[2].values["finish_forecast"] == date(2040, 12, 31)
    assert by_row[92].values["start_forecast"] == date(1997, 3, 17)
    assert by_row[33].texts["finish_forecast"].text == "Not provided"
    assert by_row[42].values["whole_life_cost"] == 0
    assert all("rag_overall" not in by_row[number].values for number in (104, 114, 119))


def test_the_government_portfolio_again_changes_nothing(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "gmpp" / "uk_2019.csv"
    bring_in(store, path, money_unit="m")
    again = plan_import(store, read_workbook(path), ImportOptions(money_unit="m"))
    assert (again.counts()["unchanged"], again.writes, again.new_custom) == (133, False, [])


def test_the_water_company_needs_a_currency(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "melbourne_water_capital_delivery.csv"
    plan = bring_in(store, path, currency="AUD")
    assert (plan.tables[0].into, plan.tables[0].header_row, plan.counts()["new"]) == ("projects", 1, 445)
    rows = {row["ref"]: row for row in read_rows(store, "project")}
    assert len(rows) == 445
    costs = filled(list(rows.values()), "eac")
    assert (len(costs), sum(costs)) == (445, 511_365_915_250)
    assert (rows["Q03389"]["eac"], rows["Q05626"]["eac"]) == (min(costs), max(costs)) == (86_456, 37_085_797_507)
    assert {row["currency"] for row in rows.values()} == {"AUD"}
    assert sorted(Counter(row["category"] for row in rows.values()).values()) == [42, 54, 174, 175]
    names = {field.label: field.name for field in read_custom_fields(store, "project")}
    days = {label: filled(list(rows.values()), name) for label, name in names.items()}
    expected = {
        "BNI": (443, date(2008, 7, 2), date(2025, 7, 1)),
        "PBC": (213, date(2011, 9, 9), date(2029, 7, 6)),
        "BCA": (445, date(2016, 2, 15), date(2030, 12, 23)),
        "Tender Closed": (413, date(2015, 8, 20), date(2030, 8, 30)),
    }
    assert {label: (len(days[label]), min(days[label]), max(days[label])) for label in expected} == expected
    assert [len(days[f"Stage{number}"]) for number in (1, 2, 3)] == [445, 442, 444]
    assert (min(days["Stage3"]), max(days["Stage3"])) == (date(2017, 12, 23), date(2035, 11, 29))
    assert rows["Q05388"][names["BNI"]] == date(2016, 2, 5)
    assert (rows["Q05640"][names["BNI"]], rows["Q05640"]["eac"]) == (date(2016, 7, 11), 206_607_559)
    assert not plan.questions
    again = plan_import(store, read_workbook(path), ImportOptions(currency="AUD"))
    assert again.counts()["unchanged"] == 445


def test_the_water_company_follows_a_mapping(store: Store, shared_data: Path) -> None:
    columns = {
        "FFC": "eac",
        "BNI": "start_actual",
        "EPT": "ignore",
        "Owner Group": "department",
        "Stage3": "finish_actual",
    }
    bring_in(store, shared_data / "projects" / "melbourne_water_capital_delivery.csv", currency="AUD", columns=columns)
    rows = {row["ref"]: row for row in read_rows(store, "project")}
    assert rows["Q05388"]["start_actual"] == date(2016, 2, 5)
    assert rows["Q05388"]["department"] == "Corporate Services"
    assert "EPT" not in {field.label for field in read_custom_fields(store, "project")}


def months(folder: Path) -> list[dict[str, Any]]:
    """What is true in each month of a simulated year."""
    truth: list[dict[str, Any]] = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))["months"]
    return truth


def year_of(folder: Path) -> tuple[dict[str, list[str]], int]:
    """A year's workbooks imported in order without any mapping: what is wrong in each month, and the cells compared.

    A manager whose short form fits two people, as the truth itself says, is open until a full name comes, and is left
    out; that such a cell waits is asserted.
    """
    store, wrong, cells = create_memory_store("ann"), {}, 0
    waiting: set[str] = set()
    for month in filter(itemgetter("files"), months(folder)):
        for name in month["files"]:
            plan = bring_in(store, folder / name)
        register = next(table for table in plan.kept if table.into == "projects")
        refs = {row.row: row.values["ref"] for row in register.rows}
        open_now = {
            refs[each.row] for each in register.problems if each.field == "pm" and "fits 2 people" in each.reason
        }
        said = month["correct_reading"]["manager_cells_that_fit_two_people"].split()
        waiting = (waiting | {refs[int(cell.lstrip("ABCDEFGHIJKLMNOPQRS"))] for cell in said}) & open_now
        assert open_now <= waiting
        found = differences(store, month)
        wrong[month["month"]] = [each for each in found if each.split(" manager:")[0] not in waiting]
        cells += sum(len(true) - ("tier" in true and not month["look"]["tier_inserted"]) for true in month["projects"])
    store.close()
    return wrong, cells


@pytest.fixture(scope="session")
def monthly_tool(shared_data: Path) -> Path:
    """The program that simulates a year of workbooks; without it the test is skipped and says so."""
    tool = shared_data.parent / "tools" / "make_monthly.py"
    if not tool.is_file():
        pytest.skip(f"the program ../shared/tools/make_monthly.py is missing (looked in {tool.parent})")
    return tool


def differences(store: Store, month: dict[str, Any]) -> list[str]:
    """The cells in which the portfolio is not what is true in a month."""
    names, found = read_names(store), []
    rows = {row["ref"]: row for row in read_rows(store, "project")}
    for true in month["projects"]:
        row = rows[true["ref"]]
        got = {
            "name": row["name"],
            "manager": names.get(row["pm"]),
            "sponsor": names.get(row["sro"]),
            "stage": row["stage"],
            "rag": RATINGS[row["rag_overall"]],
            "budget_pence": row["budget_approved"],
            "actual_pence": row["actual_to_date"],
            "eac_pence": row["eac"],
            "start": iso(row["start_forecast"]),
            "baseline_finish": iso(row["finish_baseline"]),
            "forecast_finish": iso(row["finish_forecast"]),
            "percent": row["pct_complete"],
            "comment": row["rag_comment"],
        }
        if month["look"]["tier_inserted"]:
            got["tier"] = int(row["tier"])
        found += [
            f"{true['ref']} {key}: {value!r}, not {true[key]!r}" for key, value in got.items() if value != true[key]
        ]
        if names[row["programme"]].casefold() != true["programme"].casefold():
            found.append(f"{true['ref']} programme")
    return found


def iso(day: date | None) -> str | None:
    """A day as the truth writes it."""
    return day.isoformat() if day else None


@pytest.mark.parametrize("place", [0, -1])
def test_the_first_and_the_last_month_are_read_exactly(store: Store, shared_data: Path, place: int) -> None:
    month = months(shared_data / "monthly")[place]
    path = shared_data / "monthly" / month["files"][-1]
    plan = bring_in(store, path)
    reading = month["correct_reading"]
    tables = {table.sheet: table for table in plan.tables}
    register = tables[month["look"]["sheet"]]
    assert (register.into, register.header_row, register.read) == (
        "projects",
        reading["header_row"],
        reading["records"],
    )
    assert register.rows[-1].row == reading["last_record_row"]
    assert len({row.reason for row in register.skipped}) == 2
    assert len(register.skipped) == reading["band_rows"] + 1
    assert register.skipped[-1].row == reading["totals_row"]
    notes = {problem.cell.split("!")[1] for problem in register.problems if problem.level is Level.NOTE}
    assert notes == set(reading["tbc_cells"].split())
    assert [problem for problem in register.problems if problem.level is not Level.NOTE] == []
    fits_two = reading["milestones"]["project_name_fits_two"]
    milestones = tables["Milestones"].counts()
    assert (milestones["read"], milestones["rejected"]) == (reading["milestones"]["records"], fits_two)
    assert (
        sum(row["status"] == "Complete" for row in read_rows(store, "milestone")) == reading["milestones"]["complete"]
    )
    assert (tables["Risks"].into, tables["Risks"].read) == ("risks", reading["risks"]["records"])
    assert booked_days(tables["Resources"]) == (reading["resources"]["records"], reading["resources"]["days"])
    if place == 0:
        assert differences(store, month) == []
    rows = read_rows(store, "project")
    for name, total in (("actual_to_date", "actual_pence"), ("eac", "eac_pence"), ("budget_approved", "budget_pence")):
        if place == 0:
            assert sum(filled(rows, name)) == month["totals"][total]
    again = plan_import(store, read_workbook(path))
    assert (again.writes, again.new_records, again.new_custom) == (False, [], [])


def booked_days(table: TablePlan) -> tuple[int, float]:
    """How many rows of its sheet a plan by month books, and the days of all of them."""
    assert (table.into, {row.values["unit"] for row in table.rows}) == ("allocations", {"days"})
    long = table.layout.long
    assert long is not None
    lines = {long.place(row.row - 1, -1)[0] for row in table.rows}
    return len(lines), sum(row.values["quantity"] for row in table.rows)


@pytest.mark.slow
def test_the_bookings_of_a_year_of_workbooks_follow_each_other(store: Store, shared_data: Path) -> None:
    seen = []
    for month in (each for each in months(shared_data / "monthly") if each["files"]):
        for name in month["files"]:
            book = read_workbook(shared_data / "monthly" / name)
            before = state_hash(store)
            plan = plan_import(store, book)
            batch = apply_plan(store, plan).batch
            table = next(each for each in plan.tables if each.sheet == "Resources")
            by_month: Counter[date] = Counter()
            for row in table.rows:
                by_month[row.values["period_start"]] += row.values["quantity"]
            assert list(by_month.values()) == totals_of(book)
            assert (table.counts()["rejected"], table.counts()["changed"]) == (0, 0)
            assert {row.values["quantity"] for row in table.rows} <= {
                row["quantity"] for row in read_rows(store, "allocation")
            }
            assert batch is not None
            undo_batch(store, batch)
            assert state_hash(store) == before
            redo(store)
            again = next(each for each in plan_import(store, book).tables if each.sheet == "Resources")
            assert again.counts()["unchanged"] == again.read
        assert booked_days(table) == tuple(month["correct_reading"]["resources"].values())
        seen.append((table.read, table.counts()["new"], len(table.missing)))
    assert seen[:2] == [(811, 811, 0), (819, 80, 0)]
    kinds = Counter(row["type"] for row in read_rows(store, "resource"))
    assert set(kinds) == {"Person"}
    assert all(row["person"] and row["role"] for row in read_rows(store, "resource"))


def totals_of(book: Workbook) -> list[float]:
    """The total row of a Resources sheet: one sum a month."""
    rows = next(sheet.rows for sheet in book.sheets if sheet.name == "Resources")
    last = next(row for row in reversed(rows) if row and row[0] == "Total")
    return [float(cell) for cell in last[3:15] if isinstance(cell, (int, float))]


@pytest.mark.slow
def test_a_year_of_workbooks_in_order_gives_the_truth_of_each_month(shared_data: Path) -> None:
    wrong, cells = year_of(shared_data / "monthly")
    assert not any(wrong.values()), wrong
    assert (len(wrong), cells) == (11, 7_945)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 7])
def test_another_simulated_year_gives_its_truth_too(monthly_tool: Path, tmp_path: Path, seed: int) -> None:
    subprocess.run([sys.executable, str(monthly_tool), str(tmp_path / "year"), "--seed", str(seed)], check=True)
    wrong, cells = year_of(tmp_path / "year")
    assert not any(wrong.values()), wrong
    assert cells > 7_000


def test_in_february_the_ratings_are_only_colours(store: Store, shared_data: Path) -> None:
    plan = bring_in(store, shared_data / "monthly" / "Portfolio register Feb 2026 v2 corrected.xlsx")
    assert plan.tables[0].sheet == "Register"
    assert Counter(row["rag_overall"] for row in read_rows(store, "project")) == {"G": 26, "A": 7, "R": 10}


def test_hostile_files_write_nothing(store: Store, shared_data: Path) -> None:
    said = {}
    for path in sorted((shared_data / "hostile").iterdir()):
        try:
            plan = plan_import(store, read_workbook(path))
        except Known as error:
            said[path.name] = str(error)
        else:
            assert (plan.kept, plan.writes, apply_plan(store, plan).batch) == ([], False, None)
    assert set(said) == ENDS
    assert read_rows(store, "project") == []


def test_broken_cells_of_a_sheet_without_a_table_are_named(store: Store, shared_data: Path) -> None:
    plan = plan_import(store, read_workbook(shared_data / "hostile" / "errors.xlsx"))
    broken = [note for note in plan.notes if "broken" in note]
    assert broken[0] == "Feuil1!A1: the formula in this cell is broken (#DIV/0!)."
    assert len(broken) == 7


def test_the_tables_of_a_handbook_are_each_named(store: Store, shared_data: Path) -> None:
    plan = plan_import(store, read_workbook(shared_data / "projects" / "packt_tpm_tables.xlsx"))
    seen = [(table.sheet, table.header_row, table.read, table.looks_like) for table in plan.tables]
    assert {("Stakeholders", 1, 8, "stakeholders"), ("Project Plan", 3, 33, "tasks")} <= set(seen)
    assert {("Mercury Windows", 1, 16, "tasks"), ("Resourcing", 1, 24, "allocations")} <= set(seen)
    assert "Mercury Simple: 15 of 25 rows are hidden." in plan.notes
    assert {("Features", 1, 9, "requirements"), ("Comm Plan", 1, 4, "communications"), ("RACI", 1, 8, "raci")} <= set(
        seen
    )
    assert {("Tasks", 1, 33, "tasks"), ("Use Cases", 1, 9, "requirements"), ("Tech RACI", 1, 11, "raci")} <= set(seen)
    assert {("Project Plan w Relays", 1, 39, "tasks"), ("Requirements", 1, 29, "requirements")} <= set(seen)
    known = {"Specializations", "Scorecard", "PM Tools", "Buffer Scorecard"}
    assert {sheet for sheet, _, _, looks in seen if not looks} == known
    assert "Sheet Burndown Chart holds no table: no row reads like a header over records." in plan.notes
    assert len({sheet for sheet, *_ in seen}) == 19
    assert {(table.sheet, table.header_row, table.into) for table in plan.kept} == {
        ("Risk Register", 1, "risks"),
        ("Risk Log", 1, "risks"),
        ("Risk Log", 13, "risks"),
        ("Resourcing", 1, "allocations"),
    }


def test_the_resourcing_of_a_handbook_asks_its_year_and_what_its_rows_are(store: Store, shared_data: Path) -> None:
    path = shared_data / "projects" / "packt_tpm_tables.xlsx"
    asked = plan_import(store, read_workbook(path), ImportOptions(sheet="Resourcing"))
    assert [(each.option, each.header) for each in asked.questions] == [
        ("given", "year"),
        ("given", "unit"),
        ("rows", "Actual"),
        ("rows", "Planned"),
    ]
    left_out = {column.letter: column.why for column in asked.tables[0].columns if column.field is None}
    assert left_out == {
        "L": "the sum from April to December: not added",
        "M": "the sum from April to September: not added",
    }
    assert asked.tables[0].counts()["rejected"] == 15  # what nobody has said waits, and is not taken for bookings
    rows = {"Planned": "Confirmed", "Actual": "Offered"}
    bring_in(store, path, sheet="Resourcing", given={"year": "2023", "unit": "FTE"}, rows=rows)
    booked = read_rows(store, "allocation")
    sums: Counter[str] = Counter()
    for row in booked:
        sums[row["status"]] += row["quantity"]
    assert sums == {"Confirmed": 44, "Requested": 64, "Offered": 56}
    assert {row["unit"] for row in booked} == {"FTE"}
    assert (min(row["period_start"] for row in booked), max(row["period_end"] for row in booked)) == (
        date(2023, 4, 1),
        date(2023, 12, 31),
    )
    august = next(row for row in booked if row["status"] == "Requested" and row["period_start"] == date(2023, 8, 1))
    origin = provenance_of(store, "allocation", august["id"], "quantity")
    assert origin is not None
    assert (august["quantity"], origin.cell) == (11, "F3")
    again = plan_import(store, read_workbook(path), ImportOptions(sheet="Resourcing", given={"year": "2023"}))
    assert (again.writes, [each.header for each in again.questions]) == (False, [])


def test_a_return_whose_projects_run_across_is_read(store: Store, shared_data: Path) -> None:
    plan = bring_in(store, shared_data / "projects" / "dft_forms" / "master_transposed.xlsx")
    (table,) = plan.tables
    assert (table.into, table.counts()["new"], len(table.columns), table.skipped) == ("projects", 2, 19, [])
    assert all(column.field for column in table.columns)
    mapped = {column.header: column.field for column in table.columns}
    assert (mapped["Project/Programme Name"], mapped["Department"]) == ("name", "department")
    assert mapped["Senior Responsible Owner (SRO)"] == "sro"
    first, second = table.rows
    at = {column.header: column for column in table.columns}
    cells = {name: table.cell(second, column) for name, column in at.items()}
    assert (table.cell(first, at["Project/Programme Name"]).address, first.values["name"]) == (
        "B2",
        "Chutney Bridge Ltd",
    )
    assert cells["Senior Responsible Owner (SRO)"].address == "C12"
    assert (cells["Controls Project ID number"].address, cells["Controls Project ID number"].new) == ("C6", 13)
    signed = table.cell(first, at["SRO Sign-Off"])
    assert (signed.address, signed.new) == ("B15", date(2016, 10, 10))
    assert {row.values[at["Snapshot Date"].field or ""] for row in table.rows} == {date(2017, 3, 4)}
    assert {row.values[at["Big Float"].field or ""] for row in table.rows} == {20.303}
    assert {row.values[at["GMPP - IPA ID Number"].field or ""] for row in table.rows} == {"20A", "22A"}
    names = read_names(store)
    leaders = [names[row["sro"]] for row in read_rows(store, "project")]
    assert sorted(leaders) == ["Aiden P Tresseridge", "Malcolm Tresseridge"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sample.xml", "a plan of Microsoft Project"),
        ("openharvest_GanttChart.gan", "a plan of GanttProject"),
        ("9_mp_j30_a2_nr4.mpp", "a plan of Microsoft Project"),
    ],
)
def test_a_plan_of_another_program_says_what_to_do(shared_data: Path, name: str, says: str) -> None:
    with pytest.raises(Known, match=rf"{says}, which is not imported yet\. Save its tasks .*\.$"):
        read_workbook(shared_data / "msproject" / name)


def test_a_protected_workbook_opens_and_holds_no_table(store: Store, shared_data: Path) -> None:
    plan = plan_import(store, read_workbook(shared_data / "hostile" / "protected_passtika.xlsx", "tika"))
    assert (plan.tables, plan.notes) == (
        [],
        [
            "Sheet Sheet1 holds no table: no row has more than one cell.",
            "Sheet Sheet2 is empty.",
            "Sheet Sheet3 is empty.",
        ],
    )


def test_earned_value_by_period_is_no_register_of_projects(store: Store, shared_data: Path) -> None:
    plan = plan_import(store, read_workbook(shared_data / "evm" / "federal_office_evm_monthly.csv"))
    assert [(table.into, table.read, table.looks_like) for table in plan.tables] == [(None, 192, "earned_value")]


def test_actors_become_people_only_when_somebody_says_so(store: Store, shared_data: Path) -> None:
    book = read_workbook(shared_data / "hostile" / "deaths.xlsx")
    assert [(table.into, table.read) for table in plan_import(store, book).tables] == [(None, 10), (None, 10)]
    plan = plan_import(store, book, ImportOptions(into="people"))
    assert [(table.into, table.counts()["new"]) for table in plan.tables] == [("people", 10), ("people", 10)]


@pytest.mark.parametrize("seed", range(4))
def test_what_was_edited_between_two_months_is_kept_or_asked(store: Store, shared_data: Path, seed: int) -> None:
    """Beside a portfolio in which nobody edited: other cells take the file's value, edited ones stay as they are."""
    chance = Random(seed)
    folder = shared_data / "monthly"
    files = [name for month in months(folder) for name in month["files"]][seed : seed + 2]
    alone = create_memory_store("ann")
    for each in (store, alone):
        bring_in(each, folder / files[0])
    before = {row["ref"]: row for row in read_rows(store, "project")}
    edits = {(chance.choice(list(before)), name): value for name, value in chance.choices(EDITS, k=30)}
    edit_cells(store, "project", [Edit(before[ref]["id"], name, value) for (ref, name), value in edits.items()])
    plan = bring_in(store, folder / files[1])
    bring_in(alone, folder / files[1])
    asked = {(row.values["ref"], name) for table in plan.kept for row in table.rows for name in row.conflicts}
    after, untouched = ({row["ref"]: row for row in read_rows(each, "project")} for each in (store, alone))
    for ref in before:
        for name, _ in EDITS:
            was, theirs, ours = before[ref][name], untouched[ref][name], edits.get((ref, name), before[ref][name])
            assert after[ref][name] == (theirs if ours == was else ours), (ref, name)
            assert ((ref, name) in asked) == (ours != was and theirs not in (was, ours)), (ref, name)
    alone.close()


def test_a_group_on_its_first_row_is_the_group_of_the_rows_below(store: Store, shared_data: Path) -> None:
    book = read_workbook(shared_data / "projects" / "packt_tpm_tables.xlsx")
    plan = plan_import(store, book, ImportOptions(sheet="Tech RACI", into="projects", columns={"Step": "name"}))
    (area,) = [field for field in plan.new_custom if field.label == "Key Management Area"]
    told = [row.values.get(f"custom.{area.id}") for row in plan.tables[0].rows]
    assert told == ["Planning"] * 4 + ["Stakeholder Management"] * 4 + ["Risk Management"] * 3
    assert [question.option for question in plan.questions] == ["fill_down"]
