"""Hints on wording: what is missing, what reads like an issue, what says the same."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.rules.hints import Wording, find_alike, hint_words, likeness, telling_words

WHOLE: dict[str, Any] = {"owned": True, "dated": True, "mitigated": True}


@pytest.mark.parametrize(
    ("title", "hinted"),
    [
        ("The supplier has failed its audit", True),
        ("Testing is late", True),
        ("Cutover slipped to May", True),
        ("The contract was missed", True),
        ("The supplier may fail its audit", False),
        ("If testing is late, go-live could slip", False),
        ("Valve lead times beyond 26 weeks", False),
        ("Regulator changes submission format", False),
    ],
)
def test_what_reads_as_if_it_had_happened_is_an_issue(title: str, hinted: bool) -> None:
    assert any("issue rather than a risk" in hint for hint in hint_words(Wording(title, **WHOLE))) is hinted


@pytest.mark.parametrize(
    ("missing", "hint"),
    [("owned", "Nobody owns it."), ("dated", "No day says"), ("mitigated", "Nothing says what is done")],
)
def test_what_a_reader_will_ask_for_is_said(missing: str, hint: str) -> None:
    found = hint_words(Wording("Valve lead times beyond 26 weeks", **(WHOLE | {missing: False})))
    assert [each.startswith(hint) for each in found] == [True]


def test_a_whole_entry_has_no_hints_and_two_words_say_too_little() -> None:
    assert hint_words(Wording("Valve lead times beyond 26 weeks", **WHOLE)) == []
    assert hint_words(Wording("Resources", **WHOLE)) == ["It says too little to act on: cause, event and effect help."]
    assert hint_words(Wording("Resources", "A tester may leave before the end", **WHOLE)) == []


def test_titles_that_nearly_say_the_same_lead_to_the_earlier_one() -> None:
    titles = {
        "a": "Data architect over-booked to January",
        "b": "The data architect is over-booked until January",
        "c": "Meter firmware defect recurs",
        "d": "Late",
        "e": "late",
    }
    assert find_alike(titles) == {"b": "a"}


def test_words_that_everybody_uses_tell_nothing() -> None:
    titles = {str(number): f"Supplier delivery delay of part {number}" for number in range(200)}
    assert find_alike(titles) == {}
    assert likeness(telling_words("Rain on site today"), telling_words("Rain on site today")) == 1
    assert likeness(frozenset(), frozenset()) == 0
