"""Ratings, choices and yes or no as people write them."""

from __future__ import annotations

import pytest

from pmo_desktop.exchange.outcome import Outcome
from pmo_desktop.exchange.words import fill_rag, parse_choice, parse_rag, parse_yes_no
from pmo_desktop.rules.words import MilestoneStatus, MilestoneType, ProjectStatus


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Red", "R"),
        ("r", "R"),
        ("🔴", "R"),
        ("Off track", "R"),
        ("Amber/Red", "AR"),
        ("A/R", "AR"),
        ("Red/Amber", "AR"),
        ("Amber-Red", "AR"),
        ("AR", "AR"),
        (" amber ", "A"),
        ("Yellow", "A"),
        ("at risk", "A"),
        ("A/G", "AG"),
        ("Amber/Green", "AG"),
        ("G", "G"),
        ("ON TRACK", "G"),
        ("🟢", "G"),
        ("Complete", "C"),
        ("Blue", "C"),
        ("R", "R"),
        ("🟥", "R"),
        ("Delayed", "R"),
        ("Critical", "R"),
        ("Y", "A"),
        ("🟡", "A"),
        ("Minor", "A"),
        ("Orange", "A"),
        ("AG", "AG"),
        ("green/amber", "AG"),
        ("On schedule", "G"),
        ("on-track", "G"),
        ("B", "C"),
        ("Done", "C"),
    ],
)
def test_a_rating_is_read_from_word_letter_or_mark(text: str, code: str) -> None:
    parsed = parse_rag(text)
    assert (parsed.value, parsed.text) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Red - supplier late", "R"),
        ("Amber: see note", "A"),
        ("G (for now)", "G"),
        ("Amber ↑", "A"),
        ("Red▲", "R"),
        ("Green.", "G"),
        ("A*", "A"),
        ("Amber\nsupplier late", "A"),
        ("Green → Amber", "A"),
        ("Amber to Red", "R"),
        ("Status: Red", "R"),
        ("RAG Amber/Red", "AR"),
        ("Amber status", "A"),
        ("1 - Red", "R"),
        ("Red (was Amber)", "R"),
    ],
)
def test_words_after_a_rating_are_kept(text: str, code: str) -> None:
    parsed = parse_rag(text)
    assert (parsed.value, parsed.text) == (code, text)


@pytest.mark.parametrize("text", ["N/A", "-", "TBC", "Not started", "grey", "On hold", "Black", "no report"])
def test_no_rating_is_no_rating_and_never_green(text: str) -> None:
    parsed = parse_rag(text)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.EMPTIED, None, text)


@pytest.mark.parametrize("text", ["1", "2", "3"])
def test_a_number_is_no_rating_until_somebody_says_which(text: str) -> None:
    parsed = parse_rag(text)
    assert (parsed.outcome, parsed.suggestions) == (Outcome.UNREAD, ("Red", "Amber", "Green"))


@pytest.mark.parametrize("text", ["Exempt under Section 26 of Freedom of Information Act 2000", "Greenish", "7"])
def test_what_is_no_rating_is_kept_as_text(text: str) -> None:
    parsed = parse_rag(text)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.UNREAD, None, text)


def test_a_misspelt_rating_gets_a_suggestion() -> None:
    assert parse_rag("Gren").suggestions[0] == "Green"


@pytest.mark.parametrize(
    ("colour", "code"),
    [
        ("FF0000", "R"),
        ("FFC7CE", "R"),
        ("C00000", "R"),
        ("FFC000", "A"),
        ("FFFF00", "A"),
        ("FFEB9C", "A"),
        ("00B050", "G"),
        ("92D050", "G"),
        ("C6EFCE", "G"),
        ("0070C0", "C"),
        ("7030A0", None),
        ("D9D9D9", None),
        ("FFFFFF", None),
        ("000000", None),
    ],
)
def test_a_fill_colour_shows_a_rating_or_none(colour: str, code: str | None) -> None:
    assert fill_rag(colour) == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Y", True),
        ("Yes", True),
        ("✓", True),
        ("x", True),
        ("TRUE", True),
        ("1", True),
        (True, True),
        (1.0, True),
        ("no", False),
        ("N", False),
        ("FALSE", False),
        (0, False),
        (False, False),
    ],
)
def test_yes_and_no_have_many_forms(cell: object, value: bool) -> None:
    assert parse_yes_no(cell).value is value


@pytest.mark.parametrize(
    ("text", "value"), [("Yes – see note", True), ("Yes, mostly", True), ("Y - ok", True), ("N (2 open)", False)]
)
def test_a_note_after_yes_or_no_is_kept(text: str, value: bool) -> None:
    parsed = parse_yes_no(text)
    assert (parsed.value, parsed.text) == (value, text)


@pytest.mark.parametrize(("text", "outcome"), [("perhaps", Outcome.UNREAD), ("TBC", Outcome.EMPTIED)])
def test_what_is_neither_yes_nor_no_is_kept(text: str, outcome: Outcome) -> None:
    assert parse_yes_no(text).outcome is outcome


@pytest.mark.parametrize(
    ("text", "choices", "value"),
    [
        ("Planned", tuple(MilestoneStatus), "Not started"),
        ("complete", tuple(MilestoneStatus), "Complete"),
        ("Achieved", tuple(MilestoneStatus), "Complete"),
        ("Slipped", tuple(MilestoneStatus), "Delayed"),
        ("WIP", tuple(MilestoneStatus), "In progress"),
        ("Live", tuple(ProjectStatus), "Active"),
        ("completed", tuple(ProjectStatus), "Closed"),
        ("On-hold", tuple(ProjectStatus), "On hold"),
        *((word, tuple(ProjectStatus), "Active") for word in ("Open", "Active", "Ongoing", "WIP", "In progress")),
        *((word, tuple(ProjectStatus), "Closed") for word in ("Done", "Resolved", "Accepted", "Expired")),
        ("No longer relevant", tuple(ProjectStatus), "Closed"),
        *((word, tuple(ProjectStatus), "Cancelled") for word in ("Terminated", "Killed", "Withdrawn")),
        ("Not yet started", tuple(ProjectStatus), "Proposed"),
        ("Terminated", tuple(MilestoneStatus), "Cancelled"),
        ("Go live", tuple(MilestoneType), "Go-live"),
        ("Stage gate", tuple(MilestoneType), "Gate"),
    ],
)
def test_a_choice_is_found_by_its_synonyms(text: str, choices: tuple[str, ...], value: str) -> None:
    assert parse_choice(text, choices).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Complete (late)", "Closed"),
        ("Closed-no impact", "Closed"),
        ("Open - mitigated", "Active"),
        ("Completed 3/4/26", "Closed"),
        ("On hold: no funds", "On hold"),
    ],
)
def test_words_after_a_choice_are_kept(text: str, value: str) -> None:
    parsed = parse_choice(text, tuple(ProjectStatus))
    assert (parsed.value, parsed.text) == (value, text)


@pytest.mark.parametrize("text", ["Cancelled/Closed", "Non-active", "Reopened", "7"])
def test_words_that_only_hold_a_choice_are_none(text: str) -> None:
    assert parse_choice(text, tuple(ProjectStatus)).outcome is Outcome.UNREAD


def test_a_word_that_is_no_choice_waits_with_suggestions() -> None:
    parsed = parse_choice("Cmplete", tuple(MilestoneStatus))
    assert parsed.outcome is Outcome.UNREAD
    assert "Complete" in parsed.suggestions


def test_an_open_choice_takes_any_word() -> None:
    assert parse_choice("Band  B", ()).value == "Band B"
    assert parse_choice(2.0, ()).value == "2"
    assert parse_choice("-", ()).outcome is Outcome.EMPTIED
