"""A cell of likelihood or impact: words, numbers on their scale, both at once, and nothing that is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.exchange.outcome import Outcome
from pmo_desktop.exchange.points import Pair, Part, Settled, number_in, parse_point, split_pair
from pmo_desktop.rules.scales import POINTS


@pytest.mark.parametrize(
    ("cell", "scale", "point"),
    [
        (3, "1-5", 3),
        (3.0, "1-5", 3),
        ("3", "5-1", 3),
        ("1", "5-1", 5),
        ("3", "1-3", 4),
        (0.7, "fraction", 4),
        ("70%", "1-5", 4),
        (70, "percent", 4),
        ("7", "0-10", 4),
        ("H", "1-5", 4),
        (" very HIGH ", "1-5", 5),
        ("Almost certain", "1-3", 5),
        (Settled(2), "5-1", 2),
    ],
)
def test_a_cell_becomes_a_point(cell: object, scale: str, point: int) -> None:
    parsed = parse_point(cell, scale)
    assert (parsed.outcome, parsed.value, parsed.text) == (Outcome.READ, point, None)


@pytest.mark.parametrize("text", ["4 - Likely", "4: Likely", "4 Likely", "Likely (4)", "Likely - 4", "4) Likely"])
def test_a_number_with_its_word_keeps_the_words(text: str) -> None:
    parsed = parse_point(text)
    assert (parsed.value, parsed.text) == (4, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Purple", "is no point of a scale"),
        ("6", "is no point of a scale"),
        ("2 - Likely", "says 2 by its number and 4 by its word"),
        ("4x3", "is no point of a scale"),
    ],
)
def test_what_is_no_point_waits(text: str, says: str) -> None:
    parsed = parse_point(text)
    assert (parsed.outcome, parsed.value) == (Outcome.UNREAD, None)
    assert says in (parsed.reason or "")


def test_tbc_says_that_there_is_no_point() -> None:
    assert parse_point("TBC").outcome is Outcome.EMPTIED


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("4x3=12", Pair("4", "3", 12)),
        ("4 x 3", Pair("4", "3", None)),
        ("4 × 3 = 12", Pair("4", "3", 12)),
        ("12 (4,3)", Pair("4", "3", 12)),
        ("12 (4 x 3)", Pair("4", "3", 12)),
        ("12[4*3]", Pair("4", "3", 12)),
        ("H/M", Pair("H", "M", None)),
        ("Likely / Very serious", Pair("Likely", "Very serious", None)),
        ("12", None),
        ("", None),
        ("H", None),
        ("1/2/2026", None),
    ],
)
def test_likelihood_and_impact_in_one_cell(text: str, pair: Pair | None) -> None:
    assert split_pair(text) == pair


@pytest.mark.parametrize(
    ("text", "points"), [("4x3=12", (4, 3)), ("12 (4,3)", (4, 3)), ("H/M", (4, 3)), ("VH x L", (5, 2))]
)
def test_each_half_is_a_point(text: str, points: tuple[int, int]) -> None:
    assert tuple(parse_point(text, part=part).value for part in (Part.FIRST, Part.LAST)) == points


@pytest.mark.parametrize(
    ("text", "says"),
    [("4x3=13", "contradicts itself"), ("12", "does not say likelihood and impact"), ("H/Purple", "is no point")],
)
def test_a_half_that_cannot_be_told_waits(text: str, says: str) -> None:
    parsed = parse_point(text, part=Part.LAST)
    assert parsed.outcome is Outcome.UNREAD
    assert says in (parsed.reason or "")


def test_tbc_has_no_halves() -> None:
    assert parse_point("tbc", part=Part.FIRST).outcome is Outcome.EMPTIED


@given(st.sampled_from(POINTS), st.sampled_from(POINTS), st.sampled_from(["{0}x{1}={2}", "{2} ({0},{1})", "{0} / {1}"]))
def test_any_pair_comes_back(one: int, other: int, form: str) -> None:
    text = form.format(one, other, one * other)
    assert [parse_point(text, part=part).value for part in (Part.FIRST, Part.LAST)] == [one, other]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for part in Part:
        parsed = parse_point(text, part=part)
        assert parsed.value is None or parsed.value in POINTS


@pytest.mark.parametrize(("cell", "number"), [(3, 3), ("3,5", 3.5), ("40%", 40), ("x", None), (None, None)])
def test_the_bare_number_of_a_cell(cell: object, number: float | None) -> None:
    assert number_in(cell) == number


@pytest.mark.parametrize(
    ("cell", "scale", "points", "point"),
    [
        ("7", "own", 7, 7),
        ("8", "own", 7, None),
        ("2.5", "own", 7, None),
        ("3", "own", 3, 3),
        ("VH", "own", 3, 3),
        ("Low", "own", 7, 3),
        ("5", "1-5", 9, 9),
        ("1", "1-5", 9, 1),
        ("100%", "own", 9, 9),
        ("4 - Likely", "1-5", 7, 5),
        ("7 - Likely", "own", 7, 5),
    ],
)
def test_points_of_other_scales_are_stretched_to_the_axis_there_is(
    cell: str, scale: str, points: int, point: int | None
) -> None:
    assert parse_point(cell, scale, points=points).value == point


def test_both_halves_of_a_cell_are_on_the_axis_there_is() -> None:
    assert [parse_point("7x2=14", "own", part, 7).value for part in (Part.FIRST, Part.LAST)] == [7, 2]
