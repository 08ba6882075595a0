"""Which register a table holds, and which field each of its columns is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.exchange.headers import normalise
from pmo_desktop.exchange.plan import ColumnMap, Plan, Treatment
from pmo_desktop.model.kind import Kind
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store

Planner = Callable[..., Plan]


def columns(plan: Plan) -> dict[str, ColumnMap]:
    """The columns of the first table by header."""
    return {column.header: column for column in plan.tables[0].columns}


@pytest.mark.parametrize(
    ("header", "normal"),
    [
        ("Forecast\nfinish", "forecast finish"),
        ("Budget (£k)", "budget"),
        ("WLC £m", "wlc"),
        ("Proj. Mgr", "project manager"),
        ("% Complete", "percent complete"),
        ("%", "percent"),
        ("Ref No.", "reference number"),
        ("wlc_baseline_incl_NCG", "wlc baseline incl ncg"),
        ("Comments", "comment"),
        ("Project status", "project status"),
        ("Description / Aims", "description aim"),
        ("(£k)", "k"),
        ("Program", "programme"),
        ("EAC AUD", "eac"),
    ],
)
def test_headers_have_one_spelling(header: str, normal: str) -> None:
    assert normalise(header) == normal


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Status", ["Red", "Green"], "rag_overall"),
        ("Status", ["Active", "Closed"], "lifecycle_status"),
        ("Status", ["Feasibility", "Design"], "stage"),
        ("Benefits", [2e6, 3e6], "benefits_total"),
        ("Benefits", ["R", "G"], "rag_benefits"),
        ("Scope", ["It builds a bridge over the river, with two lanes and a path.", "Another."], "description"),
        ("End date", ["30/11/2026", "31/12/2026"], "finish_forecast"),
        ("Projct manager", ["Ann Lee", "Bob Ray"], "pm"),
        ("Dates / Start", [date(2026, 1, 1), date(2026, 2, 1)], "start_forecast"),
    ],
)
def test_content_decides_what_a_header_leaves_open(
    plan_rows: Planner, header: str, cells: list[Cell], field: str
) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "Department", header]]
    rows += [[f"A-{number}", f"Project {number}", "Estates", cell] for number, cell in enumerate(cells)]
    assert columns(plan_rows(rows))[header].field == field


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([date(2026, 1, 1), "end Mar 27"], Kind.DATE),
        ([True, False], Kind.YESNO),
        (["Yes", "no"], Kind.YESNO),
        (["£5", "£6m"], Kind.MONEY),
        (["45%", "50%"], Kind.PERCENT),
        ([1.5, "2,000"], Kind.NUMBER),
        (["2019", "2020"], Kind.CODE),
        (["007", "008"], Kind.CODE),
        (["Red", "Green"], Kind.RAG),
        (["one\ntwo", "three"], Kind.NOTE),
        (["Big"] * 9 + ["Small"] * 9, Kind.CHOICE),
        (["First", "Second"], Kind.TEXT),
        (["TBC", "n/a"], Kind.TEXT),
    ],
)
def test_an_unknown_column_is_of_the_kind_of_its_content(plan_rows: Planner, cells: list[Cell], kind: Kind) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "RAG", "Zyx"]]
    rows += [[f"A-{number}", f"Project {number}", "Green", cell] for number, cell in enumerate(cells)]
    column = columns(plan_rows(rows))["Zyx"]
    assert (column.treatment, column.kind) == (Treatment.NEW, kind)


def test_a_field_is_used_once_and_repeated_headers_are_told_apart(store: Store, plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [
        ["Ref", "Project name", "Commentary", "Commentary"],
        ["A-1", "Alpha", "one", "two"],
        ["A-2", "Beta", "three", "four"],
    ]
    plan = plan_rows(rows)
    assert columns(plan)["Commentary"].field == "rag_comment"
    assert columns(plan)["Commentary #2"].treatment is Treatment.NEW
    apply_plan(store, plan)
    again = plan_rows(rows)
    assert (again.counts()["unchanged"], columns(again)["Commentary #2"].treatment) == (2, Treatment.FIELD)


def test_a_label_that_is_taken_gets_a_number_and_is_found_again(store: Store, plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "Stage"]]
    rows += [[f"A-{number}", f"Project {number}", date(2026, 1, 1 + number)] for number in range(3)]
    plan = plan_rows(rows)
    assert (columns(plan)["Stage"].label, plan.new_custom[0].also) == ("Stage (2)", ("Stage",))
    apply_plan(store, plan)
    assert plan_rows(rows).counts()["unchanged"] == 3


def test_new_again_means_the_field_that_was_made_before(store: Store, plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "RAG", "Priority"], ["A-1", "Alpha", "Green", "High"]]
    answer = {"columns": {"Priority": "new"}}
    apply_plan(store, plan_rows(rows, **answer))
    again = plan_rows(rows, **answer)
    assert (again.counts()["unchanged"], again.new_custom) == (1, [])


def test_two_columns_cannot_be_told_to_be_one_field(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "One", "Two"], ["A-1", "Alpha", "x", "y"]]
    with pytest.raises(Known, match="“One” and “Two” are both mapped to Stage"):
        plan_rows(rows, columns={"One": "stage", "Two": "stage"})


def test_an_ignored_column_is_left_out_and_has_no_preview(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "RAG", "Zyx"], ["A-1", "Alpha", "Green", "y"]]
    plan = plan_rows(rows, columns={"Zyx": "ignore"})
    column = columns(plan)["Zyx"]
    assert (column.treatment, column.field) == (Treatment.IGNORED, None)
    with pytest.raises(KeyError):
        plan.tables[0].cell(plan.tables[0].rows[0], column)


@pytest.mark.parametrize(
    ("sheet", "header", "into"),
    [
        ("People", ["Name", "Email", "Job title"], "people"),
        ("Programmes", ["Programme", "Sponsor", "Description"], "programmes"),
        ("Portfolios", ["Portfolio", "Owner", "Description"], "portfolios"),
        ("Status reports", ["Project", "Period end", "Overall", "Narrative"], "status_reports"),
        ("Sheet1", ["Ref", "Project name", "PM", "RAG"], "projects"),
    ],
)
def test_each_register_is_known_by_its_sheet_and_headers(
    plan_rows: Planner, sheet: str, header: list[Cell], into: str
) -> None:
    days: list[Cell] = [date(2026, 1, 1), date(2026, 2, 1)]
    rows = [header, *([f"Name {number}", day, "Green", "Text"][: len(header)] for number, day in enumerate(days))]
    assert plan_rows(rows, sheet).tables[0].into == into


@pytest.mark.parametrize(
    ("sheet", "header", "looks_like"),
    [
        ("Stakeholders", ["Stakeholder", "Organisation", "Influence", "Interest"], "stakeholders"),
        ("Changes", ["Change ID", "Change request", "Requester", "Impact on cost"], "change_requests"),
        ("Plan", ["Task name", "Duration", "Start", "Finish", "Predecessors"], "tasks"),
    ],
)
def test_registers_that_are_not_kept_are_named(
    plan_rows: Planner, sheet: str, header: list[Cell], looks_like: str
) -> None:
    rows: list[list[Cell]] = [header, [f"a{place}" for place in range(len(header))], ["b"] * len(header)]
    assert [(table.into, table.looks_like) for table in plan_rows(rows, sheet).tables] == [(None, looks_like)]


def test_a_sheet_of_lookups_is_no_register(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Stage", "Status", "Department", "Project"], ["Build", "Active", "IT", "x"]]
    assert plan_rows(rows * 2, "Lists").kept == []


def test_a_column_that_two_fields_fit_nearly_as_well_is_asked_and_an_answer_settles_it(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "Status"], ["A-1", "Alpha", "Red"]]
    rows += [["A-2", "Beta", "Complete"], ["A-3", "Gamma", "Complete"]]
    (question,) = [each for each in plan_rows(rows).questions if each.option == "columns"]
    assert question.header == "Status"
    assert {"RAG", "Status", "new", "ignore"} <= set(question.choices)
    settled = plan_rows(rows, columns={"Status": "RAG"})
    assert not [each for each in settled.questions if each.option == "columns"]


def test_a_column_that_lost_its_field_says_to_which(plan_rows: Planner) -> None:
    plan = plan_rows([["Ref", "Project name", "PM", "Project Manager"], ["A-1", "Alpha", "Ann Lee", "Bo Ek"]])
    losing = next(each for each in plan.tables[0].columns if each.treatment is Treatment.NEW)
    assert losing.why.startswith("Manager is read from “P")


def test_an_answer_about_a_header_the_workbook_lacks_is_told(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [["Ref", "Project name", "Health"], ["A-1", "Alpha", "Green"]]
    plan = plan_rows(rows, columns={"health ": "rag_overall", "Helth": "rag_overall"})
    assert plan.notes == ["The mapping names “Helth”, which is no header of this workbook."]
