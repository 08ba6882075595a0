"""Codes are made of names and stay one part's own; version numbers sort as people read them."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.methodcodes import part_codes, propose_code, propose_gate_code, slug_words, version_key
from tests.twosteps import FIRST


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Business case (outline)", "business-case-outline"),
        ("  Étude d'impact ", "etude-d-impact"),
        ("計画", "計画"),
        ("!?", ""),
        ("a_b", "a-b"),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_name_becomes_a_code(words: str, code: str) -> None:
    assert slug_words(words) == code


def test_a_code_that_is_taken_gets_the_next_free_number() -> None:
    assert propose_code("Brief", []) == "brief"
    assert propose_code("Brief", ["BRIEF", "brief-2"]) == "brief-3"
    assert propose_code("!", ["part"]) == "part-2"
    assert propose_code("!", [], "gate") == "gate"


@pytest.mark.parametrize(("taken", "code"), [([], "G1"), (["G1", "g4", "brief", "G2a"], "G5")])
def test_gates_are_counted(taken: list[str], code: str) -> None:
    assert propose_gate_code(taken) == code


def test_versions_sort_as_people_read_them() -> None:
    versions = ["2.0", "1.10", "1.9", "1.0", "1.0 draft", ""]
    assert sorted(versions, key=version_key) == ["", "1.0", "1.0 draft", "1.9", "1.10", "2.0"]


def test_every_code_of_a_version_is_listed_with_its_part() -> None:
    found = part_codes(FIRST)
    assert found[:3] == [
        ("think", "phase", "Think"),
        ("brief", "deliverable", "Brief"),
        ("study", "deliverable", "Study"),
    ]
    assert ("g1-money", "criterion", "The money is there.") in found
    assert len(found) == 2 + 5 + 2 + 3
