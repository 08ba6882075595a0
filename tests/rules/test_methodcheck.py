"""What stands against approving a version is named, all of it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmo_desktop.rules.assurance import Duty
from pmo_desktop.rules.method import Criterion, DutyOf, Gate, Guide, Method, MethodPhase, Output, Template
from pmo_desktop.rules.methodcheck import find_faults
from tests.twosteps import FIRST, SECOND, THINK


@pytest.mark.parametrize("method", [FIRST, SECOND])
def test_a_whole_methodology_has_no_faults(method: Method) -> None:
    assert find_faults(method) == ()


def test_all_faults_are_said_together() -> None:
    phase = MethodPhase("a", "A", deliverables=(Output("a", "Same", template="none"),), gates=(Gate("G1", "Bare"),))
    late = MethodPhase("b", "B", gates=(Gate("G2", "Two", criteria=(Criterion("c", "Seen?", evidence="gone"),)),))
    broken = Method(
        "m",
        "M",
        "",
        phases=(phase, late),
        duties=(DutyOf("nobody", "Sponsor", Duty.ACCOUNTABLE), DutyOf("a", "PM", Duty.RESPONSIBLE)),
        guidance=(Guide("Page", "", "nothing"), Guide("Whole"), Guide("Of a phase", "", "b")),
        templates=(Template("t", "T", "t.docx", b"1"), Template("t", "U", "u.docx", b"2")),
    )
    assert find_faults(broken) == (
        "It has no version number.",
        "Gate G1 has no criterion.",
        "The code a is that of the phase “A” and the deliverable “Same”.",
        "Two templates have the code t.",
        "The evidence of criterion c is gone, which no deliverable has as its code.",
        "The template of deliverable a is none, which no template document has as its code.",
        "The duty of Sponsor concerns nobody, which no deliverable or gate has as its code.",
        "The page “Page” concerns nothing, which no phase, gate or deliverable has as its code.",
    )


def test_an_empty_one_has_no_phases() -> None:
    assert find_faults(Method("m", "M", "1.0")) == ("It has no phases.",)


def test_codes_that_differ_in_capitals_only_are_the_same() -> None:
    twice = replace(FIRST, phases=(THINK, MethodPhase("BRIEF", "Shout")))
    assert find_faults(twice) == ("The code brief is that of the deliverable “Brief” and the phase “Shout”.",)
