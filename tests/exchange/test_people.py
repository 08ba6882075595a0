"""Who a cell means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("Ann Marie de la Cruz", "4"),
        ("NAIR, Priya", "1"),
        ("NAIR Priya", "1"),
        ("P.Nair", "1"),
        ("P.N.", "1"),
        ("PNair@example.com", "1"),
        ("priya.nair@another.org", "1"),
        ("P.Nair@", "1"),
        ("Priya Nair <priya@example.org>", "1"),
        ("Prìya Nair", "1"),
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


@pytest.mark.parametrize(
    "text",
    [
        "Vacant",
        "TBC",
        "PMO",
        "n/a",
        "-",
        "Various",
        "PMO (tbc)",
        "vacant (was Priya Nair)",
        "IT",
        "Finance Team",
        "Programme Manager",
        "IT Department",
        "info@example.org",
        "TBC / Vacant",
    ],
)
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
        "P. Nair (IT)",
        "Nair, Priya; Lowe, Wen",
        "Priya Nair + Wen Lowe",
        "TBC / Priya Nair",
        "Interim: Priya Nair",
        "Priya Nair - IT",
        "Priya Nair, IT Director",
        "Dr Priya Nair",
        "PN/WL",
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


def test_a_short_form_that_fits_two_leaves_a_record_with_the_one_it_has(directory: Directory) -> None:
    directory.parse("R Larsen")
    ruth = directory.parse("Ruth Larsen").value
    again = directory.parse("R Larsen")
    assert (again.value, again.candidates) == (ruth, ())


def test_a_remembered_short_form_decides_where_the_record_names_neither() -> None:
    rows = [*KNOWN[:1], {**KNOWN[1], "aliases": "D Okafor"}, *KNOWN[2:]]
    parsed = read_directory(rows).parse("D Okafor")
    assert (parsed.outcome, parsed.value, parsed.candidates) == (Outcome.READ, "2", ("2", "3"))


def test_an_answer_is_taken_and_remembered_once() -> None:
    directory = read_directory(KNOWN, {"Prya Nair": "Priya Nair", "PN": "Priya Nair"})
    assert [directory.parse(text).value for text in ("Prya Nair", "prya  nair (IT)", "PN")] == ["1", "1", "1"]
    assert directory.aliases == {"1": ["Prya Nair"]}


def test_an_answer_creates_the_person_it_names() -> None:
    directory = read_directory(KNOWN, {"R Larsen": "Ruth Larsen"})
    found = directory.parse("R Larsen").value
    assert directory.names[found] == "Ruth Larsen"
    assert directory.aliases == {found: ["R Larsen"]}


def test_somebody_kept_under_a_short_name_becomes_the_one_an_answer_names() -> None:
    directory = read_directory([*KNOWN, {"id": "5", "name": "P Nair"}], {"P Nair": "Priya Nair"})
    assert directory.parse("P Nair").value == "1"
    assert directory.merged == {"5": "1"}


def test_an_answer_that_fits_two_people_waits() -> None:
    directory = read_directory([{"id": "1", "name": "Ann Lee"}, {"id": "2", "name": "Ann Lee"}], {"AL": "Ann Lee"})
    assert directory.parse("AL").candidates == ("1", "2")


def test_two_who_share_an_address_are_two_and_the_address_waits() -> None:
    rows = [{"id": "1", "name": "Ann Lee", "email": "x@y.org"}, {"id": "2", "name": "Bo Ek", "email": "x@y.org"}]
    directory = read_directory(rows)
    assert (directory.parse("Ann Lee").value, directory.parse("Bo Ek").value) == ("1", "2")
    assert directory.parse("x@y.org").candidates == ("1", "2")


def test_an_address_that_says_a_name_is_remembered_and_a_new_one_is_named_by_it(directory: Directory) -> None:
    assert directory.parse("priya.nair@new.org").value == "1"
    assert directory.aliases == {"1": ["priya.nair@new.org"]}
    directory.parse("wen.lowe@new.org")
    assert directory.new[0].values == {"name": "Wen Lowe", "email": "wen.lowe@new.org", "verified": False}


def test_of_a_sheet_that_is_not_kept_only_full_names_are_taken(directory: Directory) -> None:
    directory.add_full_names(["R Larsen", "Ruth Larsen", "Larsen", "Server 12", "PMO", "Priya Nair", 7], kept=False)
    assert [record.values["name"] for record in directory.new] == ["Ruth Larsen"]
    assert directory.named == {"1", directory.new[0].id}


@given(st.text(max_size=30))
def test_any_text_names_somebody_nobody_or_waits_and_is_never_two_people(text: str) -> None:
    directory = read_directory(KNOWN)
    parsed = directory.parse(text)
    assert (parsed.value in directory.names) == (parsed.outcome is Outcome.READ)
    assert len(directory.new) <= 1
