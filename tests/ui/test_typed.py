"""Beginnings of words completed from a list."""

from __future__ import annotations

import pytest

from pmo_desktop.ui.typed import complete_word

RATINGS = ("Red", "Amber/Red", "Amber", "Amber/Green", "Green", "Complete")
PEOPLE = ("Ana Brown", "Anna Brook", "Chris Obi", "Priya Nair")


@pytest.mark.parametrize(
    ("text", "offered", "words"),
    [
        ("am", RATINGS, ["Amber"]),
        ("amber/", RATINGS, ["Amber/Red", "Amber/Green"]),
        ("AMBER/G", RATINGS, ["Amber/Green"]),
        ("g", RATINGS, ["Green"]),
        ("x", RATINGS, []),
        ("", RATINGS, []),
        ("an", PEOPLE, ["Ana Brown", "Anna Brook"]),
        ("nai", PEOPLE, ["Priya Nair"]),
        ("bro", PEOPLE, ["Ana Brown", "Anna Brook"]),
        ("c", (), []),
    ],
)
def test_a_beginning_stands_for_the_words_that_begin_so(text: str, offered: tuple[str, ...], words: list[str]) -> None:
    assert complete_word(text, offered) == words
