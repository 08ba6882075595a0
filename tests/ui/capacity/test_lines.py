"""The faces of cells: their words, heat, marks, leave and tentative share, for ordinary and for odd amounts."""

from __future__ import annotations

import numpy as np
import pytest

from pmo_desktop.ui.capacity.lines import DAY, FTE, PERCENT, PLAIN, Amounts, Face, Level, Line, Measure, faces_of

HOUR = 600_000_000_000
TICKS_PER_DAY = 450 * HOUR // 60


def line(booked: float, available: float = 5.0, *, soft: float = 0.0, leave: int = 0, **more: object) -> Line:
    """A line of one period, in days; over where more than a minute too much is booked."""
    all_of_it, tentative, there, full = (
        np.array([round(each * TICKS_PER_DAY)], np.int64) for each in (booked, soft, available, 5.0)
    )
    over = all_of_it - there > HOUR // 60
    level = more.pop("level", Level.HEAD)
    amounts = Amounts(
        all_of_it, tentative, there, full, over & bool(more.pop("named", True)), np.array([leave], np.int8)
    )
    return Line(("r", "1"), level, "Chris", "", amounts, **more)  # type: ignore[arg-type]


def face(of: Line, unit: str = PERCENT) -> Face:
    return Face(*faces_of(of, Measure(unit, float(TICKS_PER_DAY)))[0])


@pytest.mark.parametrize(
    ("days", "text", "step", "over"),
    [
        (0, "", 0, 0),
        (0.05, "1", 1, 0),
        (1.95, "39", 1, 0),
        (2, "40", 2, 0),
        (3.5, "70", 3, 0),
        (4.5, "90", 4, 0),
        (5, "100", 4, 0),
        (5.02, "101", 5, 1),
        (5.75, "115", 5, 1),
        (5.8, "116", 6, 2),
        (7, "140", 6, 2),
        (7.05, "141", 7, 2),
        (500, "10000", 7, 2),
    ],
)
def test_heat_follows_the_share_and_over_is_marked(days: float, text: str, step: int, over: int) -> None:
    assert face(line(days)) == Face(text, step, over, 0, 0)


@pytest.mark.parametrize(("unit", "text"), [(PERCENT, "50"), (DAY, "2.5"), (FTE, "0.5")])
def test_a_cell_speaks_its_unit(unit: str, text: str) -> None:
    assert face(line(2.5), unit).text == text


def test_a_part_is_said_in_days_where_people_are_in_percent() -> None:
    assert face(line(2.5, level=Level.PART, heated=False)) == Face("2.5", PLAIN, 0, 0, 0)


def test_less_than_a_minute_too_much_is_not_over() -> None:
    assert face(line(5 + 0.5 / 450)) == Face("100", 4, 0, 0, 0)


def test_what_is_booked_without_any_time_is_said_in_days_and_over() -> None:
    assert face(line(2, 0, leave=2)) == Face("2d", 7, 2, 2, 0)


def test_a_role_to_be_named_has_no_share_and_is_never_over() -> None:
    assert face(line(5, 0, named=False)) == Face("5d", PLAIN, 0, 0, 0)


@pytest.mark.parametrize(("soft", "parts"), [(0, 0), (0.01, 1), (1.25, 2), (2.5, 4)])
def test_tentative_time_shows_its_share(soft: float, parts: int) -> None:
    assert face(line(2.5, soft=soft)).soft == parts


def test_a_booking_too_small_for_two_places_is_not_shown_as_nothing() -> None:
    assert face(line(0.001), DAY).text == "<.01"
