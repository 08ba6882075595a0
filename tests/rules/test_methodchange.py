"""Two versions are compared part by part and field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from pmo_desktop.rules.methodchange import ChangeKind, PartChange, compare_methods
from tests.twosteps import BRIEF, DO, FIRST, RISKS, SECOND, STUDY, THINK

WORDS = st.text(max_size=4)
LINES = st.builds(Criterion, WORDS, WORDS, evidence=WORDS, mandatory=st.sampled_from(Mandatory))
GATES = st.builds(Gate, WORDS, WORDS, criteria=st.lists(LINES, max_size=3).map(tuple))
PHASES = st.builds(
    MethodPhase,
    WORDS,
    WORDS,
    weeks=st.none() | st.floats(0, 99),
    deliverables=st.lists(st.builds(Output, WORDS, WORDS), max_size=3).map(tuple),
    gates=st.lists(GATES, max_size=2).map(tuple),
)
METHODS = st.builds(
    Method,
    WORDS,
    WORDS,
    WORDS,
    phases=st.lists(PHASES, max_size=3).map(tuple),
    duties=st.lists(st.builds(DutyOf, WORDS, WORDS, st.sampled_from(Duty)), max_size=3).map(tuple),
    guidance=st.lists(st.builds(Guide, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    terms=st.lists(st.builds(Term, WORDS, WORDS), max_size=2).map(tuple),
)


@given(METHODS)
def test_a_methodology_does_not_differ_from_itself(method: Method) -> None:
    assert compare_methods(method, method) == ()


def lines(old: Method, new: Method) -> list[tuple[str, str, ChangeKind, str, str, str]]:
    return [(each.part, each.code, each.kind, each.field, each.old, each.new) for each in compare_methods(old, new)]


def test_what_the_next_version_changes_is_told_by_part_and_field() -> None:
    assert lines(FIRST, SECOND) == [
        ("methodology", "two-steps", ChangeKind.CHANGED, "Version", "1.0", "2.0"),
        ("phase", "think", ChangeKind.RENAMED, "Name", "Think", "Think hard"),
        ("deliverable", "brief", ChangeKind.RENAMED, "Name", "Brief", "One-page brief"),
        ("gate", "G1", ChangeKind.RENAMED, "Name", "Go?", "Worth it?"),
        ("criterion", "g1-brief", ChangeKind.RENAMED, "Text", "The brief is agreed.", "All agree on the brief."),
        ("phase", "check", ChangeKind.ADDED, "", "", "Check"),
        ("deliverable", "report", ChangeKind.ADDED, "", "", "Report"),
        ("deliverable", "manual", ChangeKind.CHANGED, "Mandatory for", "Tier 1", "All projects"),
        ("deliverable", "manual", ChangeKind.MOVED, "", "Do", "Check"),
        ("gate", "G3", ChangeKind.ADDED, "", "", "Keep it?"),
        ("criterion", "g3-kept", ChangeKind.ADDED, "", "", "Somebody keeps it."),
        ("deliverable", "study", ChangeKind.REMOVED, "", "Study", ""),
        ("criterion", "g1-money", ChangeKind.REMOVED, "", "The money is there.", ""),
    ]


def test_what_was_added_one_way_was_removed_the_other() -> None:
    there, back = compare_methods(FIRST, SECOND), compare_methods(SECOND, FIRST)
    for kind, other in ((ChangeKind.ADDED, ChangeKind.REMOVED), (ChangeKind.REMOVED, ChangeKind.ADDED)):
        assert {(each.part, each.code) for each in there if each.kind is kind} == {
            (each.part, each.code) for each in back if each.kind is other
        }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            FIRST,
            replace(FIRST, phases=(replace(THINK, deliverables=(STUDY, RISKS, BRIEF)), DO)),
            [("deliverable", "brief", ChangeKind.MOVED, "", "first", "after Risk list")],
        ),
        (
            FIRST,
            replace(FIRST, phases=(replace(THINK, weeks=None), DO)),
            [("phase", "think", ChangeKind.CHANGED, "Usual length in weeks", "4", "")],
        ),
        (
            FIRST,
            replace(FIRST, duties=(*FIRST.duties, DutyOf("brief", "Sponsor", Duty.INFORMED))),
            [("duty", "brief Sponsor", ChangeKind.CHANGED, "Duty", "A", "A, I")],
        ),
        (
            FIRST,
            replace(FIRST, guidance=(Guide("Start here", "# Go"), FIRST.guidance[1]), terms=(Term("Brief", "Two."),)),
            [
                ("guidance", "Start here", ChangeKind.CHANGED, "Text", "# Start", "# Go"),
                ("term", "Brief", ChangeKind.CHANGED, "Meaning", "One page.", "Two."),
            ],
        ),
    ],
)
def test_a_single_difference_is_one_line(old: Method, new: Method, told: list[tuple[str, ...]]) -> None:
    assert lines(old, new) == told


def test_a_template_with_other_bytes_is_told_by_its_size_and_sum() -> None:
    new = replace(FIRST, templates=(Template("note", "Note", "note.docx", b"other"),))
    (change,) = compare_methods(FIRST, new)
    assert isinstance(change, PartChange)
    assert (change.field, change.old[:7], change.new[:7]) == ("Content", "7 bytes", "5 bytes")
