"""A methodology comes out of the library as it went in."""

from __future__ import annotations

import pytest

from pmo_desktop.figures.methods import read_method
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
