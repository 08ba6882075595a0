"""Checklists and lists of deliverables of other people are understood, and what is not is said cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.exchange.grid import Cell, Sheet, Workbook
from pmo_desktop.exchange.methodlists import ReadLists, add_lists
from pmo_desktop.rules.assurance import Mandatory
from pmo_desktop.rules.method import Criterion, Gate, Method, MethodPhase, Output, Template

METHOD = Method(
    "m",
    "M",
    "1",
    phases=(
        MethodPhase(
            "plan",
            "Planning",
            deliverables=(Output("business-case", "Business case"),),
            gates=(Gate("G1", "Plan approved", criteria=(Criterion("g1-money", "The money is there."),)),),
        ),
        MethodPhase("do", "Doing", gates=(Gate("G2", "Ready"), Gate("G3", "Done"))),
    ),
    templates=(Template("note", "Note", "note.docx", b""),),
)
NO_GATE = "the row was left out: there is no gate called so; its code, name or number is expected"
HEAD = ["Gate", "Criterion", "Owner", "Evidence", "Mandatory"]


def read(*rows: Sequence[Cell], on: str = "Checklist", method: Method = METHOD) -> ReadLists:
    return add_lists(method, Workbook("x.xlsx", "f00d", [Sheet(on, [list(row) for row in rows])]))


def added(found: ReadLists) -> list[tuple[str, Criterion]]:
    return [(code, each) for code, parts in found.new_criteria.items() for each in parts]


def test_a_checklist_goes_to_its_gates() -> None:
    found = read(
        ["Our gate checklists"],
        [],
        HEAD,
        ["G1", "Scope is agreed", "Sponsor", "Business Case", "Yes"],
        ["Gate 2", "Users are trained", "Ops", None, "No"],
        ["Done", "Lessons are kept", None, None, None],
    )
    assert added(found) == [
        ("G1", Criterion("scope-is-agreed", "Scope is agreed", role="Sponsor", evidence="business-case")),
        ("G2", Criterion("users-are-trained", "Users are trained", role="Ops", mandatory=Mandatory.NONE)),
        ("G3", Criterion("lessons-are-kept", "Lessons are kept")),
    ]
    assert found.problems == ()
    gates = [gate for _, gate in found.method.gates()]
    assert [len(gate.criteria) for gate in gates] == [2, 1, 1]
    assert gates[0].criteria[0] == METHOD.phases[0].gates[0].criteria[0]


@pytest.mark.parametrize(
    ("word", "mandatory"),
    [
        ("Y", "All projects"),
        ("optional", "Optional"),
        ("Tier 1", "Tier 1"),
        ("tier 1 and 2", "Tier 1 and 2"),
        (True, "All projects"),
        (0.0, "Optional"),
    ],
)
def test_mandatory_is_said_in_many_words(word: Cell, mandatory: str) -> None:
    found = read(HEAD, ["G1", "Scope is agreed", "A", None, word], ["G1", "Plan is agreed", "A", None, "yes"])
    assert added(found)[0][1].mandatory == mandatory


def test_where_only_ticks_are_set_a_blank_says_no() -> None:
    found = read(HEAD, ["G1", "Scope is agreed", "A", None, "x"], ["G1", "Plan is agreed", "A", None, None])
    assert [each.mandatory for _, each in added(found)] == [Mandatory.ALL, Mandatory.NONE]


@pytest.mark.parametrize("on", ["Gate 2", "G2 checklist", "Ready"])
def test_the_sheet_says_the_gate_where_no_column_does(on: str) -> None:
    found = read(["No", "Question", "Who"], [1.0, "Are users trained?", "Ops"], [2.0, "Is it safe?", "Ops"], on=on)
    assert [code for code, _ in added(found)] == ["G2", "G2"]


def test_a_band_says_the_gate_of_the_rows_below_it() -> None:
    found = read(
        ["Question", "Who", "Notes"],
        ["Gate 1: Plan approved", None, None],
        ["Is the scope agreed?", "Sponsor", "Ask"],
        ["Gate 2", None, None],
        ["Are users trained?", "Ops", "Two"],
    )
    assert [(code, each.guidance) for code, each in added(found)] == [("G1", "Ask"), ("G2", "Two")]


def test_a_list_of_deliverables_goes_to_its_phases_and_is_evidence_at_once() -> None:
    sheets = [
        Sheet(
            "Checks", [list(HEAD), ["G2", "The manual is tried", "Ops", "User manual", "Yes"], ["G2", "b", "c", "", ""]]
        ),
        Sheet(
            "Products",
            [
                [
                    "Stage",
                    "Product",
                    "Purpose",
                    "Acceptance criteria",
                    "Owner role",
                    "Accepted by",
                    "Template",
                    "Example",
                ],
                ["Doing", "User manual", "Helps", "Ten pages", "Author", "Ops", "note.docx", "Ours"],
                [2.0, "Réglement", "Rules", "Short", "Author", "Ops", None, None],
                ["G1", "business case", "Why", "Good", "PM", "Sponsor", None, None],
            ],
        ),
    ]
    found = add_lists(METHOD, Workbook("x.xlsx", "f00d", sheets))
    manual = Output(
        "user-manual", "User manual", "Helps", "Ten pages", "Author", "Ops", template="note", example="Ours"
    )
    assert found.new_outputs["do"][0] == manual
    assert found.new_outputs["do"][1].code == "reglement"
    assert found.known == 1
    assert found.new_criteria["G2"][0].evidence == "user-manual"
    assert [each.code for each in found.method.phases[1].deliverables] == ["user-manual", "reglement"]


def test_what_is_there_already_is_kept_once() -> None:
    found = read(
        HEAD,
        ["G1", "the money is there", "A", None, None],
        ["G1", "Scope is agreed", "A", None, None],
        ["G1", "Scope is agreed.", "A", None, None],
        ["G2", "Scope is agreed", "A", None, None],
    )
    assert [(code, each.code) for code, each in added(found)] == [
        ("G1", "scope-is-agreed"),
        ("G2", "scope-is-agreed-2"),
    ]
    assert found.known == 2


def test_what_is_not_understood_is_said_with_its_cell() -> None:
    found = read(
        HEAD,
        ["Gate 9", "Scope is agreed", "A", None, "yes"],
        ["G1", None, "A", None, "yes"],
        ["G1", "Plan is agreed", "A", "Minutes", "perhaps"],
        [None, "Nobody knows", "A", None, None],
    )
    assert [f"{each.cell}: {f'“{each.text}”: ' if each.text else ''}{each.why}." for each in found.problems] == [
        f"Checklist!A2: “Gate 9”: {NO_GATE}.",
        "Checklist!B3: the row was left out: this cell is empty.",
        "Checklist!D4: “Minutes”: no deliverable is called so; the words were kept in the guidance.",
        "Checklist!E4: “perhaps”: this was not understood; it was taken as mandatory for all projects.",
        "Checklist!B5: “Nobody knows”: the row was left out: it names no gate.",
    ]
    ((_, plan),) = added(found)
    assert (plan.guidance, plan.mandatory) == ("Evidence: Minutes", Mandatory.ALL)


def test_a_deliverable_of_no_phase_is_left_out_and_a_gate_needs_no_number() -> None:
    method = Method("m", "M", "1", phases=(MethodPhase("plan", "Planning", gates=(Gate("go", "Go ahead"),)),))
    lost = read(["Phase", "Deliverable", "Owner"], ["Flying", "Plan", "A"], ["Planning", "Map", "B"], method=method)
    assert [each.cell for each in lost.problems] == ["Checklist!A2"]
    found = read(HEAD, ["go ahead", "Scope is agreed", "A", None, "yes"], ["Go", "b", "c", "", ""], method=method)
    assert [code for code, _ in added(found)] == ["go", "go"]


def test_a_template_that_is_missing_is_said() -> None:
    found = read(["Phase", "Deliverable", "Template"], ["Planning", "Plan", "plan.docx"], ["Doing", "Thing", None])
    assert [(each.cell, each.text) for each in found.problems] == [("Checklist!C2", "plan.docx")]


def test_tables_and_sheets_of_something_else_are_said() -> None:
    sheets = [
        Sheet("Staff", [["Name", "Grade", "Site"], ["Ann", "B", "Leith"], ["Bo", "C", "Leith"]]),
        Sheet("Note", [["Hello"]]),
        Sheet("Empty", []),
    ]
    found = add_lists(METHOD, Workbook("x.xlsx", "f00d", sheets))
    assert [each.cell for each in found.problems] == ["Note!A1", "Staff!A1"]
    assert found.method == METHOD


_CELLS = (
    st.none() | st.text(max_size=12) | st.floats(allow_nan=False) | st.booleans() | st.sampled_from(["G1", "x", "=1+1"])
)


@given(st.lists(st.lists(_CELLS, min_size=5, max_size=5), max_size=6))
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_the_cells_nothing_of_the_methodology_is_lost(rows: list[list[Cell]]) -> None:
    found = read(list(HEAD), *rows)
    for (_, gate), (_, was) in zip(found.method.gates(), METHOD.gates(), strict=True):
        assert gate.criteria[: len(was.criteria)] == was.criteria
    codes = [each.code for _, each in added(found)]
    assert len(set(codes)) == len(codes)
