"""A methodology comes out of the library as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmo_desktop.figures.methods import MethodLine, list_methods, read_method, read_parts
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.assurance import Duty, Mandatory
from pmo_desktop.rules.method import (
    Criterion,
    DutyOf,
    Gate,
    Guide,
    Method,
    MethodPhase,
    Output,
    Template,
    Term,
)
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_row

METHOD = Method(
    code="two-steps",
    name="Two steps",
    version="1.0",
    tier="Tier 2",
    summary="Think, then do.",
    speaks="Nobody's words.",
    phases=(
        MethodPhase(
            "think",
            "Think",
            "Know what is wanted.",
            4.5,
            (Output("brief", "Brief", "Says what is wanted.", "Agreed by the sponsor.", "Project manager", "Sponsor"),),
            (
                Gate(
                    "G1",
                    "Go?",
                    "Is it worth it?",
                    "Sponsor",
                    (
                        Criterion("g1-brief", "The brief is agreed.", "Scope", "Ask.", "Sponsor", evidence="brief"),
                        Criterion("g1-money", "The money is there.", mandatory=Mandatory.LARGER),
                    ),
                ),
            ),
        ),
        MethodPhase("do", "Do", deliverables=(Output("thing", "The thing", template="note"),)),
    ),
    duties=(DutyOf("brief", "Sponsor", Duty.ACCOUNTABLE), DutyOf("G1", "Sponsor", Duty.RESPONSIBLE)),
    guidance=(Guide("Start here", "# Start\n\nThink *first*."), Guide("How to think", "", "think")),
    terms=(Term("Brief", "One page."), Term("Thing")),
    templates=(Template("note", "Note", "note.docx", b"\x00bytes\xff"),),
)


def test_a_version_comes_out_as_it_went_in(store: Store) -> None:
    identity = install_method(store, METHOD)
    assert read_method(store, identity) == METHOD


def test_gates_and_deliverables_know_their_phase_and_are_found_by_code() -> None:
    assert [(phase.code, gate.code) for phase, gate in METHOD.gates()] == [("think", "G1")]
    assert [(phase.code, output.code) for phase, output in METHOD.outputs()] == [("think", "brief"), ("do", "thing")]
    gate = METHOD.find_gate("G1")
    assert gate
    assert gate.name == "Go?"
    assert METHOD.find_gate("G9") is None


def test_a_version_is_taken_in_once(store: Store) -> None:
    install_method(store, METHOD)
    with pytest.raises(Known, match=r"Two steps 1[.]0 is in the library already"):
        install_method(store, METHOD)


def test_a_version_that_is_gone_is_said(store: Store) -> None:
    with pytest.raises(Known, match="has been deleted"):
        read_method(store, "gone")


def test_versions_are_listed_by_name_the_newest_first_with_their_parts_and_followers(store: Store) -> None:
    first, other = install_method(store, METHOD, date(2026, 11, 13)), install_method(store, Method("a", "A", "1"))
    tenth = install_method(store, replace(METHOD, version="10.0", phases=()))
    a_project(store, methodology=first)
    lines = list_methods(store)
    assert [each.id for each in lines] == [other, tenth, first]
    assert lines[2] == MethodLine(
        first, "two-steps 1.0", "Two steps", "1.0", "two-steps", "Approved", "Tier 2", date(2026, 11, 13), 2, 1, 2, 2, 1
    )
    assert (lines[1].phases, lines[1].projects, lines[1].status) == (0, 0, "Draft")


def test_a_methodology_typed_in_by_hand_is_listed_too(store: Store) -> None:
    a_row(store, "methodology", name="By hand", custom={})
    (line,) = list_methods(store)
    assert (line.ref, line.code, line.version, line.status) == ("", "By hand", "", "")


def test_parts_are_read_in_the_order_of_what_they_belong_to(store: Store) -> None:
    parts = read_parts(store, install_method(store, METHOD))
    assert [row["code"] for row in parts["method_deliverable"]] == ["brief", "thing"]
    assert [row["code"] for row in parts["method_criterion"]] == ["g1-brief", "g1-money"]
