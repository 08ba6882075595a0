"""Plans: which rows are new, changed, unchanged or wait, cell by cell, and that planning again finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pmo_desktop.exchange.grid import Broken, Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Level, Plan, RowKind, Treatment
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.operations.records import Edit, create_record, edit_cells
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_custom_fields, read_names, read_rows, read_texts

Planner = Callable[..., Plan]
HEADER: list[Cell] = ["Ref", "Project name", "PM", "RAG", "Budget (£k)", "Forecast finish"]
ALPHA: list[Cell] = ["A-1", "Alpha", "Ann Lee", "Green", 1500.0, "30/11/2026"]
BETA: list[Cell] = ["A-2", "Beta", "Bob Ray", "Amber/Red", 20.5, "end Mar 27"]


def counts(plan: Plan) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    found = plan.counts()
    return found["new"], found["changed"], found["unchanged"], found["rejected"]


def changed(base: list[Cell], **cells: Cell) -> list[Cell]:
    """A row with some cells other than in `base`."""
    names = ("ref", "name", "pm", "rag", "budget", "finish")
    return [cells.get(name, cell) for name, cell in zip(names, base, strict=True)]


def test_new_rows_are_written_as_typed_values(store: Store, plan_rows: Planner) -> None:
    plan = plan_rows([HEADER, ALPHA, BETA])
    assert counts(plan) == (2, 0, 0, 0)
    applied = apply_plan(store, plan)
    assert applied.batch is not None
    alpha, beta = read_rows(store, "project")
    names = read_names(store)
    assert (alpha["ref"], alpha["name"], names[alpha["pm"]]) == ("A-1", "Alpha", "Ann Lee")
    assert (alpha["rag_overall"], alpha["budget_approved"], alpha["currency"]) == ("G", 150_000_000, "GBP")
    assert (alpha["finish_forecast"], beta["finish_forecast"]) == (date(2026, 11, 30), date(2027, 3, 31))
    assert (beta["rag_overall"], beta["rag_scale"], beta["budget_approved"]) == ("AR", "5", 2_050_000)
    assert alpha["lifecycle_status"] is None
    assert [person["verified"] for person in read_rows(store, "person")] == [False, False]
    kept = read_texts(store, "project")
    assert {(name, row["text"], row["precision"]) for (_, name), row in kept.items()} == {
        ("finish_forecast", "end Mar 27", "month")
    }


def test_the_same_file_again_changes_nothing(store: Store, plan_rows: Planner) -> None:
    rows = [HEADER, ALPHA, BETA, changed(ALPHA, ref="A-3", name="Gamma", pm="TBC", finish="TBC", budget="soon")]
    apply_plan(store, plan_rows(rows))
    again = plan_rows(rows)
    assert counts(again) == (0, 0, 3, 0)
    assert not again.writes
    assert apply_plan(store, again).batch is None


def test_only_what_differs_is_changed(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    plan = plan_rows([HEADER, changed(ALPHA, rag="Red", budget=1600.0), BETA])
    assert counts(plan) == (0, 1, 1, 0)
    (row,) = (row for row in plan.tables[0].rows if row.kind is RowKind.CHANGED)
    assert row.old == {"rag_overall": "G", "budget_approved": 150_000_000}
    assert row.change() == {"rag_overall": "R", "budget_approved": 160_000_000}
    column = next(column for column in plan.tables[0].columns if column.field == "rag_overall")
    cell = plan.tables[0].cell(row, column)
    assert (cell.address, cell.changes, cell.old, cell.new) == ("D2", True, "G", "R")


def test_a_blank_keeps_and_tbc_empties(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    apply_plan(store, plan_rows([HEADER, changed(ALPHA, rag=None, budget="TBC"), changed(BETA, finish=None)]))
    alpha, beta = read_rows(store, "project")
    assert (alpha["rag_overall"], alpha["budget_approved"], beta["finish_forecast"]) == ("G", None, date(2027, 3, 31))
    assert read_texts(store, "project")[alpha["id"], "budget_approved"]["text"] == "TBC"


def test_tbc_takes_neither_the_id_nor_the_currency(store: Store, plan_rows: Planner) -> None:
    header: list[Cell] = ["Ref", "Project name", "Currency", "Status"]
    apply_plan(store, plan_rows([header, ["A-1", "Alpha", "EUR", "Active"], ["TBC", "Beta", "TBC", "TBC"]]))
    apply_plan(store, plan_rows([header, ["TBC", "Alpha", "TBC", "TBC"], ["TBC", "Beta", "TBC", "TBC"]]))
    kept = [(row["ref"], row["currency"], row["lifecycle_status"]) for row in read_rows(store, "project")]
    assert kept == [("A-1", "EUR", None), (None, "GBP", None)]


def test_an_unreadable_cell_keeps_the_value_and_its_text_and_blocks_nothing(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    plan = plan_rows([HEADER, changed(ALPHA, rag="Red", finish="31/11/2027"), BETA])
    (problem,) = plan.tables[0].problems
    assert (problem.cell, problem.text, problem.level, problem.field) == (
        "Register!F2",
        "31/11/2027",
        Level.LOOK,
        "finish_forecast",
    )
    apply_plan(store, plan)
    alpha, _ = read_rows(store, "project")
    assert (alpha["rag_overall"], alpha["finish_forecast"]) == ("R", date(2026, 11, 30))
    kept = read_texts(store, "project")[alpha["id"], "finish_forecast"]
    assert (kept["text"], kept["file"], kept["sheet"], kept["cell"]) == (
        "31/11/2027",
        "register.xlsx",
        "Register",
        "F2",
    )


def test_a_plain_value_takes_the_kept_text_away(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    apply_plan(store, plan_rows([HEADER, ALPHA, changed(BETA, finish=date(2027, 3, 31))]))
    assert read_texts(store, "project") == {}


def test_a_broken_formula_is_kept_with_its_address(store: Store, plan_rows: Planner) -> None:
    plan = plan_rows([HEADER, changed(ALPHA, budget=Broken("#REF!")), BETA])
    (problem,) = plan.tables[0].problems
    assert (problem.cell, problem.text) == ("Register!E2", "#REF!")
    apply_plan(store, plan)
    assert read_rows(store, "project")[0]["budget_approved"] is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([None, None, "Ann Lee", "Green", 1.0, None], "neither an ID nor a name"),
        (["A-1", "Other", "Ann Lee", "Green", 1.0, None], "same ID"),
    ],
)
def test_rows_that_cannot_be_told_apart_wait(plan_rows: Planner, row: list[Cell], reason: str) -> None:
    plan = plan_rows([HEADER, ALPHA, row])
    assert counts(plan) == (1, 0, 0, 1)
    (problem,) = plan.tables[0].problems
    assert problem.level is Level.FIX
    assert reason in problem.reason


def test_a_name_that_two_projects_have_waits(store: Store, plan_rows: Planner) -> None:
    for ref in ("A-1", "A-2"):
        create_record(store, "project", {"ref": ref, "name": "Grants Upgrade"})
    plan = plan_rows(
        [HEADER[1:], ["grants  upgrade", "Ann Lee", "Green", 1.0, None], ["Beta", "Bob", "Red", 2.0, None]]
    )
    assert counts(plan) == (1, 0, 0, 1)
    assert "fits 2 projects" in plan.tables[0].problems[0].reason


def test_a_project_is_found_by_name_when_it_has_no_id_yet(store: Store, plan_rows: Planner) -> None:
    create_record(store, "project", {"name": "Alpha"})
    plan = plan_rows([HEADER, ALPHA, BETA])
    assert counts(plan) == (1, 1, 0, 0)
    assert plan.tables[0].rows[0].old["ref"] is None


def test_a_misspelt_id_is_corrected_and_another_project_of_the_name_is_new(store: Store, plan_rows: Planner) -> None:
    create_record(store, "project", {"ref": "PRJ-1O5", "name": "Alpha"})
    create_record(store, "project", {"ref": "PRJ-200", "name": "Beta"})
    plan = plan_rows([HEADER, changed(ALPHA, ref="PRJ-105"), changed(BETA, ref="PRJ-300")])
    assert counts(plan) == (1, 1, 0, 0)
    assert plan.tables[0].rows[0].reason == "It was found by its name; its ID changes from PRJ-1O5."


def test_bands_are_programmes_compared_without_case(store: Store, plan_rows: Planner) -> None:
    known = create_record(store, "programme", {"name": "Digital & Data"})
    plan = plan_rows([HEADER, ["DIGITAL & DATA"], ALPHA, ["ESTATES"], BETA])
    apply_plan(store, plan)
    alpha, beta = read_rows(store, "project")
    assert alpha["programme"] == known
    assert read_names(store)[beta["programme"]] == "ESTATES"
    assert plan.tables[0].columns[-1].field == "programme"


def test_a_title_gives_the_report_date_where_no_column_does(store: Store, plan_rows: Planner) -> None:
    rows = [["PMO register"], ["Data as at 30 November 2026"], HEADER, ALPHA, BETA]
    plan = plan_rows(rows)
    assert plan.tables[0].report_date == date(2026, 11, 30)
    apply_plan(store, plan)
    assert {row["report_date"] for row in read_rows(store, "project")} == {date(2026, 11, 30)}
    assert counts(plan_rows(rows)) == (0, 0, 2, 0)


def test_an_unknown_column_becomes_a_field_of_its_own_and_is_known_next_time(store: Store, plan_rows: Planner) -> None:
    rows = [[*HEADER, "Cost centre", None, "Nothing"], [*ALPHA, "CC1", 7.0], [*BETA, "CC2", 8.0]]
    plan = plan_rows(rows)
    kinds = {column.label: column.treatment for column in plan.tables[0].columns[-3:]}
    assert kinds == {"Cost centre": Treatment.NEW, "Column H": Treatment.NEW, "Nothing": Treatment.IGNORED}
    apply_plan(store, plan)
    made = {field.label: field for field in read_custom_fields(store, "project")}
    assert {label: field.kind for label, field in made.items()} == {"Cost centre": Kind.TEXT, "Column H": Kind.NUMBER}
    assert [row[made["Cost centre"].name] for row in read_rows(store, "project")] == ["CC1", "CC2"]
    again = plan_rows(rows)
    assert counts(again) == (0, 0, 2, 0)
    assert not again.new_custom
    changed_cell = [rows[0], [*ALPHA, "CC9", 7.0], rows[2]]
    apply_plan(store, plan_rows(changed_cell))
    assert [row[made["Cost centre"].name] for row in read_rows(store, "project")] == ["CC9", "CC2"]
    assert [row[made["Column H"].name] for row in read_rows(store, "project")] == [7.0, 8.0]


def test_custom_fields_can_be_declined(plan_rows: Planner) -> None:
    plan = plan_rows([[*HEADER, "Cost centre"], [*ALPHA, "CC1"]], create_custom=False)
    assert plan.tables[0].columns[-1].treatment is Treatment.IGNORED
    assert not plan.new_custom


def test_people_of_short_forms_are_those_already_there(store: Store, plan_rows: Planner) -> None:
    first = [HEADER, changed(ALPHA, pm="Daniel Okafor"), changed(BETA, pm="Deborah Okafor")]
    apply_plan(store, plan_rows(first))
    short = [HEADER, changed(ALPHA, pm="D Okafor"), changed(BETA, pm="Okafor, Deborah")]
    plan = plan_rows([*short, changed(ALPHA, ref="A-3", name="Gamma", pm="D Okafor")])
    assert counts(plan) == (1, 0, 2, 0)
    (problem,) = plan.tables[0].problems
    assert (problem.cell, problem.suggestions) == ("Register!C4", ("Daniel Okafor", "Deborah Okafor"))
    assert not plan.new_records


def test_milestones_belong_to_projects_of_the_same_workbook(store: Store) -> None:
    milestones: list[list[Cell]] = [
        ["Project", "Milestone", "Baseline", "Forecast", "Status"],
        ["Alpha", "Go-live", date(2026, 1, 1), date(2026, 2, 1), "Planned"],
        ["A-2", "Go-live", date(2026, 1, 1), date(2026, 2, 1), "Complete"],
        ["Nowhere", "Go-live", date(2026, 1, 1), date(2026, 2, 1), "Complete"],
    ]
    sheets = [Sheet("Milestones", milestones), Sheet("Register", [HEADER, ALPHA, BETA])]
    book = Workbook("register.xlsx", "f00d", sheets)
    plan = plan_import(store, book)
    assert [(table.sheet, table.counts()["new"], table.counts()["rejected"]) for table in plan.tables] == [
        ("Milestones", 2, 1),
        ("Register", 2, 0),
    ]
    assert plan.tables[0].problems[0].reason == "No project is called “Nowhere”."
    apply_plan(store, plan)
    assert {row["status"] for row in read_rows(store, "milestone")} == {"Not started", "Complete"}
    assert counts(plan_import(store, book)) == (0, 0, 4, 1)


def test_what_is_not_kept_is_counted_and_named(plan_rows: Planner) -> None:
    plan = plan_rows(
        [["Stakeholder", "Organisation", "Influence", "Interest"], ["The mayor", "Town hall", "High", "Low"]],
        "Stakeholders",
    )
    (table,) = plan.tables
    assert (table.into, table.looks_like, table.read, table.counts()["new"]) == (None, "stakeholders", 1, 0)
    assert not plan.writes


def test_answers_change_the_plan(store: Store, plan_rows: Planner) -> None:
    header: list[Cell] = ["ID", "Title", "BNI", "Budget", "Health"]
    rows = [header, ["A-1", "Alpha", "05/02/2016", "7.5", "OK"], ["A-2", "Beta", "06/02/2016", "8", "Bad"]]
    plan = plan_rows(
        rows,
        columns={"BNI": "start_actual", "health": "rag_overall"},
        values={"rag_overall": {"ok": "G", "Bad": "Red"}},
        money_unit="m",
        currency="AUD",
        day_first=False,
        fixes={"Register!D3": "9"},
        skip=frozenset({"Register!2"}),
    )
    (row,) = plan.tables[0].rows
    assert row.values["start_actual"] == date(2016, 6, 2)
    assert (row.values["budget_approved"], row.values["currency"], row.values["rag_overall"]) == (
        900_000_000,
        "AUD",
        "R",
    )
    assert not plan.questions


def test_what_a_file_leaves_open_is_asked(plan_rows: Planner) -> None:
    header: list[Cell] = ["ID", "Title", "Finish", "Budget"]
    plan = plan_rows([header, ["A-1", "Alpha", "05/02/2016", "7.5"], ["A-2", "Beta", "06/02/2016", "8"]])
    assert {(question.option, question.header) for question in plan.questions} == {
        ("money_unit", "Budget"),
        ("day_first", "Finish"),
    }


def test_the_order_of_dates_is_asked_once_for_all_columns_that_leave_it_open(plan_rows: Planner) -> None:
    header: list[Cell] = ["ID", "Title", "Start", "Finish"]
    rows: list[list[Cell]] = [["A-1", "Alpha", "01/02/2016", "05/02/2016"], ["A-2", "Beta", "02/02/2016", "06/02/2016"]]
    (question,) = plan_rows([header, *rows]).questions
    assert (
        question.text == "The dates of “Start” and “Finish” can be read day first or month first; day first is taken."
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"sheet": "Nope"}, "has no sheet “Nope”"),
        ({"into": "nope"}, "no register “nope”"),
        ({"columns": {"Ref": "nope"}}, "which is no field"),
        (
            {"values": {"rag_overall": {"Fine": "Purple"}}},
            "“Fine” in RAG names “Purple”, which is no value of that field",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_a_sentence(plan_rows: Planner, options: dict[str, object], says: str) -> None:
    with pytest.raises(Known, match=says):
        plan_rows([HEADER, ALPHA], **options)


def test_a_sheet_and_a_register_narrow_the_import(store: Store) -> None:
    sheets = [
        Sheet("Register", [HEADER, ALPHA, BETA]),
        Sheet("Old", [HEADER, changed(ALPHA, ref="Z-1", name="Zed"), BETA]),
    ]
    book = Workbook("register.xlsx", "f00d", sheets)
    assert [table.sheet for table in plan_import(store, book, ImportOptions(sheet="old")).tables] == ["Old"]
    assert [table.into for table in plan_import(store, book, ImportOptions(into="projects")).tables] == ["projects"] * 2


def test_a_person_says_what_an_unknown_table_is(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Name", "Born"], ["Ann Lee", date(1970, 1, 1)], ["Bob Ray", date(1980, 1, 1)]]
    assert plan_rows(rows, "Sheet1").tables[0].into is None
    plan = plan_rows(rows, "Sheet1", into="people")
    assert (plan.tables[0].into, counts(plan)) == ("people", (2, 0, 0, 0))


def test_colours_hidden_rows_and_comments_are_read(store: Store) -> None:
    rows = [HEADER, changed(ALPHA, rag=None), changed(BETA, rag=None)]
    sheet = Sheet("Register", rows, fills={"D2": "FF0000", "D3": "D9D9D9"}, comments={"E2": "Ask Ann"}, hidden_rows=[1])
    plan = plan_import(store, Workbook("register.xlsx", "f00d", [sheet]))
    assert [row.values.get("rag_overall") for row in plan.tables[0].rows] == ["R", None]
    assert [question.option for question in plan.questions if question.option != "money_unit"] == ["hidden"]
    apply_plan(store, plan)
    kept = {name: (row["text"], row["comment"]) for (_, name), row in read_texts(store, "project").items()}
    assert kept == {"budget_approved": ("1500", "Ask Ann"), "finish_forecast": ("end Mar 27", None)}
    assert counts(plan_import(store, Workbook("register.xlsx", "f00d", [sheet]))) == (0, 0, 2, 0)


def test_a_currency_column_or_a_symbol_goes_before_the_portfolios_own(plan_rows: Planner) -> None:
    header: list[Cell] = ["Ref", "Project name", "Budget", "Currency"]
    plan = plan_rows([header, ["A-1", "Alpha", 5e6, "EUR"], ["A-2", "Beta", 6e6, None]])
    assert [row.values["currency"] for row in plan.tables[0].rows] == ["EUR", "GBP"]
    plan = plan_rows([header[:3], ["A-1", "Alpha", "€5m"], ["A-2", "Beta", "€6m"]], currency="AUD")
    assert [row.values["currency"] for row in plan.tables[0].rows] == ["EUR", "EUR"]


def test_an_edit_made_since_the_preview_is_not_overwritten(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    plan = plan_rows([HEADER, changed(ALPHA, rag="Red"), BETA])
    alpha = read_rows(store, "project")[0]["id"]
    edit_cells(store, "project", [Edit(alpha, "rag_comment", "Something else")])
    edit_cells(store, "project", [Edit(alpha, "rag_overall", "A")])
    with pytest.raises(Known, match="RAG of A-1 Alpha was changed since this preview"):
        apply_plan(store, plan)
    assert read_rows(store, "project")[0]["rag_overall"] == "A"


def test_an_edit_elsewhere_does_not_spoil_the_preview(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows([HEADER, ALPHA, BETA]))
    plan = plan_rows([HEADER, changed(ALPHA, rag="Red"), BETA])
    edit_cells(store, "project", [Edit(read_rows(store, "project")[1]["id"], "rag_comment", "Something else")])
    apply_plan(store, plan)
    assert read_rows(store, "project")[0]["rag_overall"] == "R"


def test_unprintable_and_odd_text_is_cleaned_and_kept(store: Store, plan_rows: Planner) -> None:
    header: list[Cell] = ["Ref", "Project name", "Commentary"]
    apply_plan(store, plan_rows([header, ["A-1", "  Al\u00a0pha\u200b ", "one\r\ntwo\x07"], ["A-2", "Beta", "=1+1"]]))
    alpha, beta = read_rows(store, "project")
    assert (alpha["name"], alpha["rag_comment"], beta["rag_comment"]) == ("Al\u00a0pha", "one\ntwo", "=1+1")
