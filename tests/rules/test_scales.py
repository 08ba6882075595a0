"""Other people's scales become points 1 to 5, exactly, and go back where they can; no doubt is decided silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.scales import (
    DEFAULT,
    IMPACT,
    LIKELIHOOD,
    NUMBERS,
    OWN,
    POINTS,
    RATINGS,
    find_scale,
    point_word,
    rating_scales,
    scale_words,
    stretch,
    word_point,
)


@pytest.mark.parametrize(
    "words",
    [
        ("VL", "L", "M", "H", "VH"),
        LIKELIHOOD,
        IMPACT,
        ("Insignificant", "Low", "Moderate", "Serious", "Very serious"),
        ("Very low", "Low", "Medium", "High", "Very high"),
        ("Very unlikely", "Unlikely", "Possible", "Likely", "Very likely"),
        ("Insignificant", "Minor", "Moderate", "Major", "Catastrophic"),
        (None, "Low", "Moderate", "High", "Absolute"),
        (None, "L", "Med", "H", None),
        ("almost-impossible", "un", None, "PROBABLE", "  Almost   Certain "),
    ],
)
def test_words_of_known_scales_stand_in_their_order(words: tuple[str | None, ...]) -> None:
    found = [word_point(word) for word in words if word and word != "un"]
    assert found == [point for point, word in enumerate(words, start=1) if word and word != "un"]


@pytest.mark.parametrize("text", ["", "un", "Purple", "5", "H/M"])
def test_a_word_of_no_scale_is_no_point(text: str) -> None:
    assert word_point(text) is None


@pytest.mark.parametrize(
    ("scale", "numbers", "points"),
    [
        ("1-5", (1, 2, 3, 4, 5), (1, 2, 3, 4, 5)),
        ("5-1", (1, 2, 3, 4, 5), (5, 4, 3, 2, 1)),
        ("1-3", (1, 2, 3), (2, 3, 4)),
        ("3-1", (1, 2, 3), (4, 3, 2)),
        ("1-4", (1, 2, 3, 4), (2, 3, 4, 5)),
        ("4-1", (1, 2, 3, 4), (5, 4, 3, 2)),
        ("0-10", (0, 2, 3, 4, 5, 7, 8, 9, 10), (1, 1, 2, 2, 3, 4, 4, 5, 5)),
        ("percent", (0, 10, 20, 20.5, 30, 50, 70, 90, 100), (1, 1, 1, 2, 2, 3, 4, 5, 5)),
        ("fraction", (0.1, 0.3, 0.5, 0.7, 0.9), (1, 2, 3, 4, 5)),
    ],
)
def test_numbers_become_points(scale: str, numbers: tuple[float, ...], points: tuple[int, ...]) -> None:
    assert tuple(NUMBERS[scale].point(number) for number in numbers) == points


@pytest.mark.parametrize(
    ("scale", "number"),
    [("1-5", 0), ("1-5", 6), ("1-5", 2.5), ("1-3", 4), ("0-10", 11), ("0-10", 0.5), ("percent", 101)],
)
def test_a_number_off_its_scale_is_no_point(scale: str, number: float) -> None:
    assert NUMBERS[scale].point(number) is None


@given(st.sampled_from(sorted(NUMBERS)), st.sampled_from(POINTS))
def test_a_point_that_has_a_number_comes_back_from_it(name: str, point: int) -> None:
    scale = NUMBERS[name]
    number = scale.number(point)
    assert number is None or scale.point(number) == point


@given(st.sampled_from(sorted(NUMBERS)), st.floats(0, 100), st.floats(0, 100))
def test_a_worse_number_is_never_a_milder_point(name: str, one: float, other: float) -> None:
    scale = NUMBERS[name]
    found = [scale.point(round(number) if scale.whole else number) for number in sorted((one, other))]
    if None not in found:
        assert found == sorted(found, reverse=scale.worst_first)  # type: ignore[type-var]  # no None among them


@pytest.mark.parametrize(
    ("numbers", "given", "names"),
    [
        ([1, 3, 5], {"one_way": True}, ("1-5",)),
        ([1, 3, 5], {}, ("1-5", "5-1")),
        ([1, 2, 3], {"one_way": True}, ("1-5", "1-3")),
        ([1, 2, 3], {}, ("1-5", "1-3", "5-1", "3-1")),
        ([1, 2, 3], {"said": "1-3"}, ("1-3",)),
        ([0, 3, 5], {}, ("0-10",)),
        ([2, 8], {}, ("0-10",)),
        ([10, 30, 90], {}, ("percent",)),
        ([0.1, 0.9, 1], {}, ("fraction",)),
        ([2.5, 4], {}, ("percent",)),
        ([], {"one_way": True}, ("1-5",)),
    ],
)
def test_the_whole_column_says_which_scale_it_is_on(
    numbers: list[float], given: dict[str, object], names: tuple[str, ...]
) -> None:
    found = find_scale(numbers, **given)  # type: ignore[arg-type]  # the table's own words
    assert (found.names, found.settled) == (names, len(names) == 1)


@given(st.lists(st.integers(1, 5), min_size=1))
def test_whatever_is_asked_among_holds_every_number(numbers: list[int]) -> None:
    for name in find_scale(numbers).names:
        assert all(NUMBERS[name].point(number) for number in numbers)


def test_bare_numbers_of_a_rating_are_asked_about() -> None:
    assert rating_scales([1, 2, 3]) == tuple(RATINGS)
    assert rating_scales([1, 4]) == ("red-first-5", "green-first-5")
    assert rating_scales([1, 7]) == rating_scales([]) == ()


def test_scales_are_said_in_words() -> None:
    assert scale_words(DEFAULT) == "1 to 5, 5 is the worst"
    assert scale_words("green-first-3") == "1 is green, of 3"
    assert [point_word(point, LIKELIHOOD) for point in (1, 5, 7)] == ["1 Rare", "5 Almost certain", "7"]


def test_an_axis_that_has_not_five_points_takes_its_own_numbers_as_they_are() -> None:
    assert find_scale([1, 7], points=7).names == (OWN,)
    assert find_scale([1, 3], points=3).names == (OWN,)
    assert find_scale([1, 8], points=7).names == ("0-10",)
    assert find_scale([], points=7).names == find_scale([]).names
    assert [stretch(point, 9) for point in POINTS] == [1, 3, 5, 7, 9]
    assert [stretch(point, 5) for point in POINTS] == list(POINTS)
