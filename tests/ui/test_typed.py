"""Beginnings of words completed from a list, and points of the scale in force."""

from __future__ import annotations

from typing import Any

import pytest

from pmo_desktop.model.catalog import find_field
from pmo_desktop.rules.scales import SCALES
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.registerdata import offered_choices
from pmo_desktop.ui.typed import Names, complete_word, read_typed

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


SEVEN = {"likelihood": ("",) * 7, "impact": ("Nil", "Slight", "Some", "Much", "More", "Most", "Ruin")}


@pytest.mark.parametrize(
    ("name", "axes", "text", "value"),
    [
        ("prob_residual", SCALES, "4", 4),
        ("prob_residual", SCALES, "4 Likely", 4),
        ("prob_residual", SCALES, "likely", 4),
        ("prob_residual", SCALES, "h", 4),
        ("prob_residual", SCALES, "6", "The scale has no point 6. Type 1 to 5."),
        ("prob_residual", SEVEN, "7", 7),
        ("prob_residual", SEVEN, "8", "The scale has no point 8. Type 1 to 7."),
        ("prob_residual", SEVEN, "high", "“high” is no point of this scale. Type 1 to 7."),
        ("impact_residual", SEVEN, "ruin", 7),
        ("impact_residual", SEVEN, "7 Ruin", 7),
        ("impact_residual", SEVEN, "ru", 7),
        ("impact_residual", SEVEN, "0", "The scale has no point 0. Type 1 to 7."),
    ],
)
def test_points_are_typed_by_number_or_word_of_the_scale_in_force(
    name: str, axes: dict[str, tuple[str, ...]], text: str, value: Any
) -> None:
    meaning = find_field("risk", name)
    offered = offered_choices(meaning, [], {}, axes)
    found = read_typed(meaning, text, {}, Reading(axes=axes), Names(), offered)
    assert (found.reason or found.value) == value


def test_the_points_offered_are_those_of_the_scale_in_force() -> None:
    assert offered_choices(find_field("risk", "impact_residual"), [], {}, SEVEN)[-1] == "7 Ruin"
    assert offered_choices(find_field("risk", "prob_residual"), [], {}, SEVEN) == list("1234567")
