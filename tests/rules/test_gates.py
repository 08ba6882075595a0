"""A gate track shows what is passed and next; a gate says how ready it is, when it comes and what is lacking."""

from __future__ import annotations

from datetime import date

import pytest

from pmo_desktop.rules.assurance import Answer
from pmo_desktop.rules.compliance import Mode
from pmo_desktop.rules.gates import (
    GateState,
    GateStop,
    Lack,
    Outlook,
    Tally,
    colour_gate,
    expect_gate,
    measure_readiness,
    say_verdict,
    tally_answers,
    track_gates,
)
from pmo_desktop.rules.words import Rag

DAY = date(2026, 11, 13)
SOON, LATER = date(2026, 11, 20), date(2026, 12, 18)


def test_the_first_gate_not_passed_is_next() -> None:
    track = track_gates([("G1", DAY, True), ("G2", None, False), ("G3", DAY, True), ("G4", DAY, False)])
    assert [stop.state for stop in track] == [GateState.PASSED, GateState.NEXT, GateState.PASSED, GateState.OPEN]
    assert track[1] == GateStop("G2", GateState.NEXT, None)


def test_no_gates_and_all_passed_have_no_next() -> None:
    assert track_gates([]) == ()
    assert [stop.state for stop in track_gates([("G1", DAY, True)])] == [GateState.PASSED]


def test_answers_are_counted_and_none_is_not_answered() -> None:
    answers = [Answer.YES, Answer.YES, Answer.PARTLY, Answer.NO, None, Answer.NOT_APPLICABLE]
    assert tally_answers(answers) == Tally(2, 1, 1, 1, 1)


def test_readiness_is_a_share_of_what_is_mandatory_and_undefined_of_nothing() -> None:
    assert measure_readiness(3, 4) == 75.0
    assert measure_readiness(0, 0) is None


@pytest.mark.parametrize(
    ("planned", "unfinished", "day", "reason"),
    [
        (LATER, [("Brief", SOON)], LATER, "Its forecast stands."),
        (LATER, [("Brief", None), ("Plan", SOON)], LATER, "Its forecast stands. One of them has no due date."),
        (SOON, [("Brief", LATER), ("Plan", DAY)], LATER, "Brief is expected on 18 December 2026."),
        (None, [("Brief", date(2026, 10, 1))], DAY, "Brief is expected on 13 November 2026."),
        (None, [], None, "Neither the gate nor what it asks for has a date."),
        (
            None,
            [("Brief", None), ("Plan", None)],
            None,
            "Neither the gate nor what it asks for has a date. Two of them have no due date.",
        ),
        (date(2026, 11, 1), [], DAY, "Its forecast, 1 November 2026, is past."),
    ],
)
def test_a_gate_is_expected_when_what_it_asks_for_can_be_there(
    planned: date | None, unfinished: list[tuple[str, date | None]], day: date | None, reason: str
) -> None:
    assert expect_gate(planned, unfinished, DAY) == Outlook(day, reason)


@pytest.mark.parametrize(
    ("decision", "lapsed", "readiness", "expected", "colour"),
    [
        ("Approve", 0, 50.0, None, Rag.GREEN),
        ("Approve with conditions", 1, 100.0, None, Rag.AMBER),
        ("Rework", 0, 100.0, None, Rag.AMBER),
        ("Hold", 0, 100.0, None, Rag.AMBER),
        ("Stop", 0, 100.0, None, Rag.RED),
        (None, 0, None, SOON, None),
        (None, 0, 100.0, date(2026, 11, 1), Rag.GREEN),
        (None, 0, 75.0, date(2026, 11, 1), Rag.RED),
        (None, 0, 75.0, SOON, Rag.AMBER),
        (None, 0, 75.0, None, Rag.AMBER),
    ],
)
def test_the_colour_of_a_gate(
    decision: str | None, lapsed: int, readiness: float | None, expected: date | None, colour: Rag | None
) -> None:
    assert colour_gate(decision, lapsed, readiness, expected, DAY) == colour


@pytest.mark.parametrize(
    ("lack", "mandatory", "mode", "verdict"),
    [
        (Lack(), 0, Mode.DIRECTIVE, "Nothing is mandatory at this gate."),
        (Lack(), 3, Mode.CONTROLLING, "Ready. Everything mandatory is met."),
        (Lack(waived=1), 3, Mode.CONTROLLING, "Ready with waivers. One thing is waived and not met."),
        (
            Lack(not_met=2),
            9,
            Mode.CONTROLLING,
            "Not ready. Two mandatory criteria are not met, so the gate cannot pass without a board waiver.",
        ),
        (
            Lack(not_met=1, partly=1, not_answered=2, missing=1, not_accepted=1),
            9,
            Mode.DIRECTIVE,
            (
                "Not ready. One mandatory criterion is not met, one is only partly met, two are not answered, one "
                "mandatory deliverable is missing and one is not accepted yet, so the gate cannot pass unless the head "
                "of the PMO waives it."
            ),
        ),
        (
            Lack(missing=2),
            2,
            Mode.SUPPORTIVE,
            "Not ready. Two mandatory deliverables are missing; the gate may pass all the same.",
        ),
        (
            Lack(not_accepted=1, waived=1),
            2,
            Mode.CONTROLLING,
            (
                "Not ready. One mandatory deliverable is not accepted yet; the gate may pass, with acceptance before "
                "the next one."
            ),
        ),
    ],
)
def test_the_verdict_says_what_is_lacking_and_what_follows(
    lack: Lack, mandatory: int, mode: Mode, verdict: str
) -> None:
    assert say_verdict(lack, mandatory, mode) == verdict
