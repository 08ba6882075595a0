"""Weeks are written as people write them, and a methodology that does not hold together says where."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Criterion, DutyOf, Gate, Guide, Method, MethodPhase, Output, Template
from pmo_desktop.rules.methodtext import find_faults, read_weeks, weeks_text


@pytest.mark.parametrize(("weeks", "text"), [(None, ""), (4.5, "4.5"), (6, "6"), (0.0, "0"), (1e21, "1e+21")])
def test_weeks_are_read_as_they_were_written(weeks: float | None, text: str) -> None:
    assert weeks_text(weeks) == text
    assert read_weeks(text) == weeks


@pytest.mark.parametrize("text", ["a month", "-1", "nan", "inf"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_weeks(text)


def test_codes_given_twice_and_codes_that_lead_nowhere_are_faults() -> None:
    gate = Gate("G1", "Go", criteria=(Criterion("c", "x", evidence="nil"), Criterion("c", "y"), Criterion(" ", "z")))
    phase = MethodPhase(
        "p", "P", deliverables=(Output("o", "O", template="t"), Output("u", "U", template="v")), gates=(gate,)
    )
    method = Method(
        "m",
        "M",
        "1",
        phases=(phase,),
        duties=(DutyOf("o", "Sponsor", Duty.ACCOUNTABLE), DutyOf("q", "Sponsor", Duty.INFORMED)),
        guidance=(Guide("All"), Guide("Lost", concerns="q"), Guide("Phase", concerns="p")),
        templates=(Template("t", "T", "t.docx", b""),),
    )
    assert find_faults(method) == [
        "2 criteria have the code c; every one needs its own.",
        "1 of the criteria have no code.",
        "Criterion c asks for the deliverable nil, which there is not.",
        "Deliverable u is made from the template v, which there is not.",
        "A duty of Sponsor concerns q, which is no deliverable and no gate.",
        "The page “Lost” concerns q, which there is not.",
    ]


def test_a_whole_methodology_has_none() -> None:
    assert find_faults(Method("m", "M", "1", phases=(MethodPhase("p", "P", gates=(Gate("G1", "Go"),)),))) == []
