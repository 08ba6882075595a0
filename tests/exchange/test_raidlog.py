"""A log of risks, issues and the rest in one table is split by its column of kinds, and no row is lost."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.grid import Cell
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.exchange.conftest import Planner

HEADER: list[Cell] = ["ID", "Type", "Title", "Description", "Likelihood", "Impact", "Owner", "Due date", "Status"]
LOG: list[list[Cell]] = [
    HEADER,
    ["1", "Risk", "Rain", "It may rain", "H", "M", "Ann Lee", "01/02/2027", "Open"],
    ["2", "Issue", "Leak", "The roof leaks", None, "H", "Bo Ek", "13/02/2027", "In progress"],
    ["3", "Assumption", "Dry June", "June is dry", None, None, "Ann Lee", "14/02/2027", "Open"],
    ["4", "Dependency", "Crane", "The crane comes", None, "H", "Bo Ek", "15/02/2027", "Agreed"],
    ["5", "Decision", "Which roof", "Slate or tin", None, None, "Ann Lee", "16/02/2027", "Pending"],
    ["6", "Action", "Buy buckets", "Ten of them", None, None, "Bo Ek", "17/02/2027", "Done"],
    ["7", "Risk", "Wind", "It may blow", "L", "VH", "Bo Ek", "18/02/2027", "Closed"],
]


def test_each_kind_goes_into_its_register(store: Store, plan_rows: Planner) -> None:
    plan = plan_rows(LOG, "RAID log")
    assert {table.into: table.counts()["new"] for table in plan.tables} == {
        "risks": 2,
        "issues": 1,
        "assumptions": 1,
        "dependencies": 1,
        "decisions": 1,
        "actions": 1,
    }
    apply_plan(store, plan)
    called = {"assumption": "assumption", "dependency": "deliverable", "action": "description"}
    titles = {
        entity: [row[called.get(entity, "title")] for row in read_rows(store, entity)]
        for entity in ("risk", "issue", "assumption", "dependency", "decision", "action")
    }
    assert titles == {
        "risk": ["Rain", "Wind"],
        "issue": ["Leak"],
        "assumption": ["Dry June"],
        "dependency": ["Crane"],
        "decision": ["Which roof"],
        "action": ["Buy buckets"],
    }
    (action,) = read_rows(store, "action")
    assert action["status"] == "Complete"
    rain = next(row for row in read_rows(store, "risk") if row["title"] == "Rain")
    assert (rain["prob_inherent"], rain["impact_inherent"], rain["event"]) == (4, 3, "It may rain")


def test_the_log_again_changes_nothing(store: Store, plan_rows: Planner) -> None:
    apply_plan(store, plan_rows(LOG, "RAID log"))
    again = plan_rows(LOG, "RAID log")
    assert (again.counts()["unchanged"], again.writes) == (7, False)


def test_letters_and_plurals_are_kinds_too(plan_rows: Planner) -> None:
    rows = [HEADER, *([row[0], kind, *row[2:]] for row, kind in zip(LOG[1:5], "RIAD", strict=True))]
    assert [table.into for table in plan_rows(rows, "RAID").tables] == [
        "risks",
        "issues",
        "assumptions",
        "dependencies",
    ]


def test_an_opportunity_is_a_risk_of_its_own_type(plan_rows: Planner) -> None:
    rows = [HEADER, ["1", "Threat", *LOG[1][2:]], ["2", "Opportunity", *LOG[7][2:]], LOG[2]]
    plan = plan_rows(rows, "RAID")
    assert [row.values["type"] for row in plan.tables[0].rows] == ["Threat", "Opportunity"]


def test_a_row_of_an_unknown_kind_is_named_and_not_lost(plan_rows: Planner) -> None:
    many = [[str(number), "Risk", f"Risk {number}", *LOG[1][3:]] for number in range(10, 30)]
    plan = plan_rows([*LOG, *many, ["99", "Lesson", "Ask early", *LOG[1][3:]]], "RAID")
    skipped = [row for table in plan.tables for row in table.skipped]
    assert [(row.row, row.text) for row in skipped] == [(29, "Lesson")]
    assert skipped[0].reason.startswith("its kind is none of those the log is split into: risks, issues")


@pytest.mark.parametrize("answers", [{"tables": {"RAID!1": "risks"}}, {"into": "risks"}])
def test_what_a_person_says_of_the_table_goes_first(plan_rows: Planner, answers: dict[str, object]) -> None:
    plan = plan_rows(LOG, "RAID", **answers)
    assert {table.into for table in plan.tables} == {"risks"}


def test_what_rows_are_called_by_leaves_its_other_field_to_the_next_column(plan_rows: Planner) -> None:
    rows: list[list[Cell]] = [
        ["Decision ID", "Decision", "Decision maker", "Outcome"],
        ["D1", "Buy or build", "Ann Lee", "Buy"],
        ["D2", "Which roof", "Bo Ek", "Tin"],
    ]
    plan = plan_rows(rows, "Decisions")
    assert [column.field for column in plan.tables[0].columns] == ["ref", "title", "maker", "decision"]
    assert plan.questions == []


def test_a_log_of_one_kind_stays_one_table(plan_rows: Planner) -> None:
    assert [table.into for table in plan_rows([HEADER, LOG[1], LOG[7]], "Risks").tables] == ["risks"]
