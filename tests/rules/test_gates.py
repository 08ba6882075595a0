"""A gate track shows what is passed, and the first that is not as next."""

from __future__ import annotations

from datetime import date

from pmo_desktop.rules.gates import GateState, GateStop, track_gates

DAY = date(2027, 5, 7)


def test_the_first_gate_not_passed_is_next() -> None:
    track = track_gates([("G1", DAY, True), ("G2", None, False), ("G3", DAY, True), ("G4", DAY, False)])
    assert [stop.state for stop in track] == [GateState.PASSED, GateState.NEXT, GateState.PASSED, GateState.OPEN]
    assert track[1] == GateStop("G2", GateState.NEXT, None)


def test_no_gates_and_all_passed_have_no_next() -> None:
    assert track_gates([]) == ()
    assert [stop.state for stop in track_gates([("G1", DAY, True)])] == [GateState.PASSED]
