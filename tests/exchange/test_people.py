"""Who a cell means."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.exchange.outcome import Outcome
from pmo_desktop.exchange.people import Directory, read_directory

KNOWN: list[dict[str, Any]] = [
    {"id": "1", "name": "Priya Nair", "email": "priya@example.org", "aliases": "PN\nPriya N."},
    {"id": "2", "name": "Daniel Okafor", "email": None, "aliases": None},
    {"id": "3", "name": "Deborah Okafor", "email": None, "aliases": None},
    {"id": "4", "name": "Ann-Marie de la Cruz", "email": None, "aliases": None},
]


@pytest.fixture
def directory() -> Directory:
    return read_directory(KNOWN)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Priya Nair", "1"),
        (" priya  NAIR ", "1"),
        ("Nair, Priya", "1"),
        ("P Nair", "1"),
        ("P. Nair", "1"),
        ("PN", "1"),
        ("priya@example.org", "1"),
        ("A de la Cruz", "4"),
        ("de la Cruz, Ann-Marie", "4"),
    ],
)
def test_somebody_known_is_found_by_any_of_their_forms(directory: Directory, text: str, identity: str) -> None:
    assert directory.parse(text).value == identity
    assert not directory.new


def test_initials_of_two_people_wait_with_both_named(directory: Directory) -> None:
    parsed = directory.parse("D Okafor")
    assert (parsed.outcome, parsed.value, parsed.candidates) == (Outcome.UNREAD, None, ("2", "3"))
    assert parsed.suggestions == ("Daniel Okafor", "Deborah Okafor")
    assert not directory.new


@pytest.mark.parametrize("text", ["Vacant", "TBC", "PMO", "n/a", "-", "Various"])
def test_a_role_or_nobody_creates_nobody(directory: Directory, text: str) -> None:
    assert directory.parse(text).outcome is Outcome.EMPTIED
    assert not directory.new


@pytest.mark.parametrize(
    "text",
    [
        "Priya Nair / Wen Lowe",
        "Priya Nair & Wen Lowe",
        "Priya Nair\nWen Lowe",
        "Priya Nair, Wen Lowe",
        "Priya Nair (IT)",
    ],
)
def test_the_first_of_several_is_linked_and_the_words_are_kept(directory: Directory, text: str) -> None:
    parsed = directory.parse(text)
    assert (parsed.value, parsed.text) == ("1", text)
    assert not directory.new


def test_somebody_unknown_is_created_once_and_unverified(directory: Directory) -> None:
    first, second = directory.parse("Lowe, Wen"), directory.parse("W Lowe")
    assert first.value == second.value
    assert [record.values for record in directory.new] == [{"name": "Wen Lowe", "email": None, "verified": False}]


def test_full_names_are_known_before_initials_wherever_they_stand() -> None:
    directory = Directory()
    directory.add_full_names(["W Lowe", None, 7.0, "Wen Lowe"])
    assert [record.values["name"] for record in directory.new] == ["Wen Lowe"]
    assert directory.parse("W Lowe").value == directory.new[0].id


def test_two_people_of_one_name_are_not_told_apart_by_it() -> None:
    directory = read_directory([{"id": "1", "name": "Ann Lee"}, {"id": "2", "name": "Ann Lee"}])
    assert directory.parse("Ann Lee").candidates == ("1", "2")


@pytest.mark.parametrize("text", ["12345", "x" * 100])
def test_what_is_no_name_is_kept_as_text(directory: Directory, text: str) -> None:
    assert directory.parse(text).outcome is Outcome.UNREAD


def test_an_address_of_somebody_unknown_becomes_theirs(directory: Directory) -> None:
    directory.parse("wen@example.org")
    assert directory.new[0].values == {"name": "wen@example.org", "email": "wen@example.org", "verified": False}
