"""Phases are laid over the dates of a project, gates are found by what people call them, roles by who has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.laying import gate_of, gate_title, is_named_so, lay_phases, role_field
from pmo_desktop.rules.method import Gate, Method, MethodPhase, Output
from tests.twosteps import BRIEF, DO, FIRST, G1, G2, THINK

START = date(2026, 1, 5)


def test_usual_lengths_follow_one_another_from_the_start() -> None:
    assert lay_phases([4, 12], START, None) == [
        (START, date(2026, 2, 1)),
        (date(2026, 2, 2), date(2026, 4, 26)),
    ]


def test_with_a_finish_only_they_are_counted_backwards() -> None:
    assert lay_phases([1, 2], None, date(2026, 4, 26)) == [
        (date(2026, 4, 6), date(2026, 4, 12)),
        (date(2026, 4, 13), date(2026, 4, 26)),
    ]


def test_between_a_start_and_a_finish_they_are_scaled() -> None:
    spans = lay_phases([1, 3], START, START + timedelta(days=79))
    assert spans == [
        (START, START + timedelta(days=19)),
        (START + timedelta(days=20), START + timedelta(days=79)),
    ]


@pytest.mark.parametrize("weeks", [[None, None], [4, None], [0, 4]])
def test_a_phase_of_unknown_length_is_as_long_as_the_others_are(weeks: list[float | None]) -> None:
    assert lay_phases(weeks, START, None)[1] == (START + timedelta(days=28), START + timedelta(days=55))


def test_without_dates_there_are_none_and_without_phases_nothing() -> None:
    assert lay_phases([1, 2], None, None) == [(None, None)] * 2
    assert lay_phases([], START, None) == []


def test_a_finish_before_the_start_counts_as_none() -> None:
    assert lay_phases([1], START, START - timedelta(days=1)) == lay_phases([1], START, None)


def test_days_go_no_further_than_the_calendar() -> None:
    assert lay_phases([1e9], START, None) == [(START, date.max)]
    assert lay_phases([1e9], None, START) == [(date.min, date.max)]


@given(
    st.lists(st.none() | st.floats(0.1, 60), min_size=1, max_size=8),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(60, 4000),
)
def test_scaled_phases_fill_the_project_without_gaps(weeks: list[float | None], start: date, days: int) -> None:
    finish = start + timedelta(days=days)
    spans = [(first, last) for first, last in lay_phases(weeks, start, finish) if first and last]
    assert (spans[0][0], spans[-1][1]) == (start, finish)
    for (_, last), (first, _) in pairwise(spans):
        assert first - last in (timedelta(days=1), timedelta(0))


@pytest.mark.parametrize(
    ("title", "is_it"),
    [
        ("G4", True),
        ("g4", True),
        ("Gate 4", True),
        ("GATE 04 - deploy", True),
        ("Stage gate 4: ready", True),
        ("G4 Ready to deploy", True),
        ("G4: Ready", True),
        ("Ready to  deploy", True),
        ("G-4 review", True),
        ("G40", False),
        ("G4a", False),
        ("Gate 5", False),
        ("Gateway 4", False),
        ("Deploy G4", False),
        ("", False),
    ],
)
def test_a_gate_is_known_by_what_people_call_it(title: str, is_it: bool) -> None:
    assert is_named_so(title, "G4", "Ready to deploy") is is_it


def test_a_gate_without_a_number_is_known_by_its_code_and_name_only() -> None:
    assert is_named_so("Go", "go", "Go ahead")
    assert not is_named_so("Gate 1", "go", "Go ahead")


def test_a_gates_milestone_begins_with_its_code() -> None:
    assert gate_title("G4", "Ready") == "G4 Ready"
    assert gate_title("G4", "G4 Ready") == "G4 Ready"


@pytest.mark.parametrize(
    ("role", "field"),
    [("Project manager", "pm"), ("  senior responsible  OWNER ", "sro"), ("PMO", "pmo_contact"), ("Tester", None)],
)
def test_a_role_is_a_field_of_the_project(role: str, field: str | None) -> None:
    assert role_field(role) == field


def test_a_deliverable_belongs_to_the_gate_that_asks_for_it() -> None:
    assert gate_of(FIRST, THINK, BRIEF) == "G1"
    early = replace(THINK, gates=(Gate("G0", "Early?"), G1, Gate("G9", "Late?")))
    method = replace(FIRST, phases=(early, DO))
    assert gate_of(method, early, BRIEF) == "G1"
    assert gate_of(method, early, Output("x", "X")) == "G9"


def test_a_deliverable_of_a_phase_without_a_gate_belongs_to_the_next_one() -> None:
    bare, last = MethodPhase("a", "A"), MethodPhase("z", "Z")
    method = Method("m", "M", "1", phases=(bare, DO, last))
    assert gate_of(method, bare, BRIEF) == G2.code
    assert gate_of(method, last, BRIEF) is None
