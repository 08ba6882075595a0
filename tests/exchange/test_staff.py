"""Who or what a cell books: people in all their forms, roles, teams, and lists of resources."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.exchange.staff import full_names, is_role, names_nobody, role_of
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

LIST: list[list[Cell]] = [
    ["Name", "Role", "Team", "FTE", "Day rate (£)", "Start date", "Leaver date"],
    ["Nair, Priya", "Developer", "Web", 1, 450, "01/04/2024", None],
    ["Daniel Okafor", "Tester", "Web", 0.6, 380.5, "15/01/2025", "31/12/2026"],
    ["Business analyst", "Business analyst", "Web", 2, 400, None, None],
]


def bring(store: Store, *sheets: tuple[str, list[list[Cell]]], **options: Any) -> Plan:
    """Plan and apply sheets."""
    book = Workbook("staff.xlsx", "f00d", [Sheet(name, [list(row) for row in rows]) for name, rows in sheets])
    plan = plan_import(store, book, ImportOptions(**options))
    apply_plan(store, plan)
    return plan


def test_a_list_of_resources_makes_resources_people_roles_and_teams(store: Store) -> None:
    plan = bring(store, ("Resources", LIST))
    assert [table.into for table in plan.tables] == ["resources"]
    names = read_names(store)
    found = {
        row["name"]: (
            row["type"],
            names.get(row["person"]),
            names[row["role"]],
            names[row["team"]],
            row["fte"],
            row["cost_rate"],
        )
        for row in read_rows(store, "resource")
    }
    assert found == {
        "Priya Nair": ("Person", "Priya Nair", "Developer", "Web", 1.0, 45_000),
        "Daniel Okafor": ("Person", "Daniel Okafor", "Tester", "Web", 0.6, 38_050),
        "Business analyst": ("Role", None, "Business analyst", "Web", 2.0, 40_000),
    }
    left = {row["name"]: str(row["end"]) for row in read_rows(store, "resource") if row["end"]}
    assert left == {"Daniel Okafor": "2026-12-31"}


def test_the_list_again_in_another_form_of_names_changes_nothing(store: Store) -> None:
    bring(store, ("Resources", LIST))
    again = [list(row) for row in LIST]
    again[1][0], again[2][0] = "P Nair", "OKAFOR Daniel"
    assert bring(store, ("Resources", again)).counts()["unchanged"] == 3


def test_bookings_find_the_resources_of_a_list_by_short_names(store: Store) -> None:
    projects: list[list[Cell]] = [["Ref", "Project name"], ["P-1", "Alpha"], ["P-2", "Beta"]]
    booked: list[list[Cell]] = [
        ["Name", "Project", "Jan-26", "Feb-26"],
        ["P Nair", "P-1", 0.5, 0.5],
        ["D. Okafor", "P-1", 0.2, None],
        ["Business analyst", "P-2", 1, 0.5],
    ]
    bring(store, ("Register", projects), ("Resources", LIST), ("Capacity", booked))
    names = read_names(store)
    assert sorted(names[row["resource"]] for row in read_rows(store, "allocation")) == [
        "Business analyst",
        "Business analyst",
        "Daniel Okafor",
        "Priya Nair",
        "Priya Nair",
    ]
    assert len(read_rows(store, "resource")) == 3


def test_a_short_name_that_fits_two_people_waits(store: Store) -> None:
    rows: list[list[Cell]] = [["Name", "Team", "FTE"], ["Daniel Okafor", "Web", 1], ["Deborah Okafor", "Web", 1]]
    absences: list[list[Cell]] = [
        ["Name", "Leave type", "From", "To"],
        ["D Okafor", "Annual leave", "01/02/2026", "05/02/2026"],
    ]
    plan = bring(store, ("Resources", rows), ("Absences", absences))
    table = next(table for table in plan.tables if table.into == "absences")
    assert table.counts()["rejected"] == 1
    assert "fits 2 people: Daniel Okafor, Deborah Okafor" in table.problems[0].reason


def test_a_stub_that_somebody_says_is_a_person_keeps_its_resource(store: Store) -> None:
    header: list[Cell] = ["Name", "Leave type", "From", "To"]
    bring(store, ("Absences", [header, ["O Okafor", "Sick", "01/02/2026", "05/02/2026"]]))
    bring(
        store,
        ("Absences", [header, ["Oscar Okafor", "Leave", "01/03/2026", "05/03/2026"]]),
        people={"O Okafor": "Oscar Okafor"},
    )
    assert len(read_rows(store, "resource")) == 1
    assert {row["resource"] for row in read_rows(store, "absence")} == {read_rows(store, "resource")[0]["id"]}


def test_absences_from_a_list_are_read_with_their_kinds(store: Store) -> None:
    rows: list[list[Cell]] = [
        ["Employee", "Absence type", "From", "To", "Part of day"],
        ["Priya Nair", "Annual leave", "01/02/2026", "05/02/2026", None],
        ["Priya Nair", "Sick", "13/02/2026", "13/02/2026", "50%"],
        ["Wen Lowe", "Course", "09/02/2026", "10/02/2026", None],
    ]
    plan = bring(store, ("Leave", rows))
    assert plan.counts()["new"] == 3
    found = [(row["type"], str(row["start"]), row["part"]) for row in read_rows(store, "absence")]
    assert sorted(found, key=str) == [
        ("Leave", "2026-02-01", None),
        ("Sickness", "2026-02-13", 50.0),
        ("Training", "2026-02-09", None),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Tester x2", True),
        ("PM", True),
        ("Senior developer", True),
        ("Delivery team", True),
        ("Developer 2", True),
        ("Priya Nair", False),
        ("Baker, Lead", False),
        ("Crane 2", False),
        ("", False),
    ],
)
def test_a_role_is_told_from_a_person(text: str, role: bool) -> None:
    assert is_role(text) is role


def test_how_many_of_a_role() -> None:
    assert [role_of(text) for text in ("Tester x2", "Tester × 3", "Tester (4)", "Tester 2", "Tester")] == [
        ("Tester", 2.0),
        ("Tester", 3.0),
        ("Tester", 4.0),
        ("Tester", None),
        ("Tester", None),
    ]


@pytest.mark.parametrize(
    ("text", "nobody"), [("TBC", True), ("[Vacant]", True), ("New hire", True), ("Wen Lowe", False)]
)
def test_a_place_that_is_open(text: str, nobody: bool) -> None:
    assert names_nobody(text) is nobody


def test_only_full_names_of_people_are_taken_for_such() -> None:
    assert full_names(["Priya Nair", "P Nair", "Tester x2", "Business analyst", None, 3, "TBC"]) == ["Priya Nair"]
