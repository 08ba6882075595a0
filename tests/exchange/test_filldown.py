"""A group named only on its first row, unmerged, is the group of the rows below; told once, and only with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.plan import Blank, ImportOptions, Plan
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_names, read_rows

HEADER: list[Cell] = ["Programme", "Ref", "Project name", "Stage"]
GROUPS: list[Cell] = ["Roads", None, None, "Bridges", None, "Tunnels", None]


def sheet(groups: Sequence[Cell], header: Sequence[Cell] | None = None) -> list[list[Cell]]:
    """A register whose first column is given."""
    rows: list[list[Cell]] = [[group, f"A-{n}", f"Project {n}", "Delivery"] for n, group in enumerate(groups)]
    return [list(header or HEADER), *rows]


def planned(store: Store, rows: list[list[Cell]], name: str = "Register", **options: Any) -> Plan:
    return plan_import(
        store, Workbook("r.xlsx", "f00d", [Sheet(name, [list(row) for row in rows])]), ImportOptions(**options)
    )


def asked(plan: Plan) -> list[str]:
    return [question.text for question in plan.questions if question.option == "fill_down"]


def programmes(store: Store, plan: Plan) -> list[Cell]:
    """The programme of each project once the plan is applied."""
    apply_plan(store, plan)
    names = read_names(store)
    rows = sorted(read_rows(store, "project"), key=lambda row: str(row["ref"]))
    return [names.get(str(row["programme"])) for row in rows]


def test_a_group_holds_for_the_rows_below_and_is_asked_about(store: Store) -> None:
    plan = planned(store, sheet(GROUPS))
    assert asked(plan) == [
        "“Programme” stands only on the first row of each of 3 groups; so far it holds for the rows below too."
    ]
    assert plan.tables[0].columns[0].why.endswith("; it stands on the first row of each group")
    assert programmes(store, plan) == ["Roads", "Roads", "Roads", "Bridges", "Bridges", "Tunnels", "Tunnels"]


def test_told_to_leave_it_a_group_holds_for_its_own_row(store: Store) -> None:
    plan = planned(store, sheet(GROUPS), fill_down=False)
    assert asked(plan) == []
    assert programmes(store, plan) == GROUPS


def test_told_that_it_holds_nothing_is_asked(store: Store) -> None:
    plan = planned(store, sheet(GROUPS), fill_down=True)
    assert asked(plan) == []
    assert programmes(store, plan)[1] == "Roads"


def test_the_answer_is_remembered_for_the_file_of_next_month(store: Store) -> None:
    apply_plan(store, planned(store, sheet(GROUPS), fill_down=False))
    later = planned(store, sheet([*GROUPS, None]))
    assert asked(later) == []
    assert later.counts()["changed"] == 0


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    apply_plan(store, planned(store, sheet(GROUPS)))
    again = planned(store, sheet(GROUPS))
    assert (again.counts()["changed"], again.counts()["unchanged"]) == (0, 7)


@pytest.mark.parametrize(
    ("groups", "why"),
    [
        (["Roads", "Roads", "Bridges", "Bridges"], "every row says it"),
        ([None, "Roads", None, "Bridges", None], "the first row says nothing"),
        (["Roads", None, None, None], "one group is no grouping"),
        (["Roads", None, "Bridges", "Tunnels", "Rail"], "less than two rows a group"),
        (["Roads", None, None, "Roads", None, None], "a group comes twice, so blanks are blanks"),
        (["Roads", None, None, "roads ", None, None], "the same in other letters"),
        (["R" * 61, None, None, "Bridges", None], "too long for a name"),
        ([1, None, None, 2, None, None], "numbers number rows"),
    ],
)
def test_without_evidence_a_blank_is_a_blank(store: Store, groups: list[Cell], why: str) -> None:
    plan = planned(store, sheet(groups))
    assert asked(plan) == [], why
    assert all(
        "programme" not in row.values for row, group in zip(plan.tables[0].rows, groups, strict=True) if not group
    )


def test_a_column_that_does_not_lead_is_left_alone(store: Store) -> None:
    rows = [[row[1], row[0], *row[2:]] for row in sheet(GROUPS)]
    assert asked(planned(store, rows)) == []


def test_what_rows_are_told_by_is_no_group(store: Store) -> None:
    rows: list[list[Cell]] = [["Project name", "Ref", "Stage"]]
    rows += [[name, f"A-{n}", "Delivery"] for n, name in enumerate(["Alpha", None, None, "Beta", None])]
    assert asked(planned(store, rows)) == []


def test_a_person_is_no_group(store: Store) -> None:
    people: list[Cell] = ["Priya Nair", None, None, "Tom Okafor", None]
    assert asked(planned(store, sheet(people, ["PM", *HEADER[1:]]))) == []


def test_where_no_column_is_filled_throughout_rows_may_be_notes(store: Store) -> None:
    rows = sheet(GROUPS)
    rows[2][1:] = [None, "Project 1", "Delivery"]
    rows[3][1:] = ["A-2", None, "Delivery"]
    rows[5][1:] = ["A-4", "Project 4", None]
    assert asked(planned(store, rows)) == []


def test_a_column_whose_blanks_clear_is_no_group(store: Store) -> None:
    assert asked(planned(store, sheet(GROUPS), blank={"Programme": Blank.CLEAR})) == []


def test_a_group_within_a_group_ends_with_it(store: Store) -> None:
    rows: list[list[Cell]] = [["Department", "Programme", "Ref", "Project name"]]
    groups = [("Ways", "Roads"), (None, None), (None, "Bridges"), (None, None), ("Water", None), (None, None)]
    groups += [(None, "Pipes"), (None, None)]
    rows += [[*group, f"A-{n}", f"Project {n}"] for n, group in enumerate(groups)]
    plan = planned(store, rows)
    (text,) = asked(plan)
    assert text == (
        "“Department” and “Programme” stand only on the first row of each of 3 groups; so far they hold for the rows"
        " below too."
    )
    told = [(row.values.get("department"), row.values.get("programme")) for row in plan.tables[0].rows]
    names = {record.id: record.values["name"] for record in plan.new_records}
    assert [(where, names.get(str(what))) for where, what in told] == [
        *[("Ways", "Roads")] * 2,
        *[("Ways", "Bridges")] * 2,
        *[("Water", None)] * 2,
        *[("Water", "Pipes")] * 2,
    ]


def test_milestones_under_the_name_of_their_project_are_read(store: Store) -> None:
    apply_plan(store, planned(store, [["Ref", "Project name"], ["A-1", "Alpha"], ["A-2", "Beta"]]))
    rows: list[list[Cell]] = [["Project", "Milestone", "Forecast", "Status"]]
    rows += [["Alpha", "Start", "1 Mar 2027", "Complete"], [None, "Go-live", "1 Apr 2027", "At risk"]]
    rows += [["Beta", "Start", "2 Mar 2027", "Complete"], [None, "Go-live", "2 Apr 2027", "At risk"]]
    plan = planned(store, rows, "Milestones")
    assert plan.tables[0].into == "milestones"
    assert plan.counts()["rejected"] == 0
    owners = [row.values["project"] for row in plan.tables[0].rows]
    assert (owners[0], owners[2]) == (owners[1], owners[3])


def test_words_of_ones_own_are_filled_down_too(store: Store) -> None:
    plan = planned(store, sheet(GROUPS, ["Key management area", *HEADER[1:]]))
    (made,) = plan.new_custom
    assert made.label == "Key management area"
    assert [row.values[f"custom.{made.id}"] for row in plan.tables[0].rows][:4] == [
        "Roads",
        "Roads",
        "Roads",
        "Bridges",
    ]


def test_where_rows_of_their_own_name_the_groups_a_column_does_not(store: Store) -> None:
    rows: list[list[Cell]] = [["Department", "Ref", "Project name", "Stage"], ["Northern region"]]
    rows += [[group, f"A-{n}", f"Project {n}", "Delivery"] for n, group in enumerate(["Ways", None, "Water", None])]
    plan = planned(store, rows)
    assert plan.tables[0].columns[-1].header == "(section rows)"
    assert asked(plan) == []


def test_where_every_column_is_left_out_nothing_is_asked(store: Store) -> None:
    plan = planned(store, sheet(GROUPS), into="projects", columns=dict.fromkeys(map(str, HEADER), "ignore"))
    assert asked(plan) == []
    assert plan.counts()["rejected"] == len(GROUPS)  # rows that say nothing wait, each with its reason
    assert [problem.cell for problem in plan.tables[0].problems][:2] == ["Register!A2", "Register!A3"]
