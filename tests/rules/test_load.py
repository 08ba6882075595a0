"""Who is over, by how much, and which project caused it; a share of nothing is empty, with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from pmo_desktop.rules.booking import TICKS_PER_HOUR, Allocation, Allocations, Unit, place
from pmo_desktop.rules.calendar import Grain, Horizon, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import Absence, Capacity, Worker, measure_capacity
from pmo_desktop.rules.load import (
    Cause,
    Load,
    Share,
    Undefined,
    judge_cause,
    measure_load,
    measure_some,
    share_of,
)

FULL = WorkingPattern((8, 8, 8, 8, 8, 0, 0))
MONDAY = date(2026, 1, 5)
HORIZON = Horizon(MONDAY, MONDAY + timedelta(27))


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def team() -> Capacity:
    """Three people: one free, one on leave in the second week, one who has left already."""
    away = Worker(FULL, absences=(Absence(day(7), day(13)),))
    return measure_capacity([Worker(FULL), away, Worker(FULL, share=0)], HORIZON)


ROWS = [
    Allocation(0, 0, day(0), day(27), 80),
    Allocation(0, 1, day(0), day(6), 100, hard=False),
    Allocation(1, 0, day(7), day(13), 10, Unit.HOURS),
    Allocation(2, 1, day(0), day(6), 5, Unit.HOURS),
]


def load(grain: Grain = Grain.WEEK) -> Load:
    capacity = team()
    return measure_load(place(Allocations.of(ROWS), capacity, FULL), capacity, cut_periods(HORIZON, grain))


def test_utilisation_excess_and_free_time_by_week() -> None:
    found = load()
    assert found.utilisation.tolist() == [[1.8, 0.8, 0.8, 0.8], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert (found.excess / TICKS_PER_HOUR).tolist() == [[32, 0, 0, 0], [0, 10, 0, 0], [5, 0, 0, 0]]
    assert (found.free / TICKS_PER_HOUR).tolist() == [[0, 8, 8, 8], [40, 0, 40, 40], [0, 0, 0, 0]]
    assert found.over.tolist() == [[True, False, False, False], [False, True, False, False], [True] + [False] * 3]


def test_soft_bookings_can_be_left_out() -> None:
    assert load().hardened().utilisation[0].tolist() == [0.8, 0.8, 0.8, 0.8]
    assert (load().soft[0] / TICKS_PER_HOUR).tolist() == [40, 0, 0, 0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ((0, 0), Share(1.8)),
        ((1, 1), Share(None, Undefined.NO_AVAILABILITY)),
        ((2, 3), Share(None, Undefined.NO_AVAILABILITY)),
    ],
)
def test_a_share_of_no_time_is_empty_with_its_reason(cell: tuple[int, int], expected: Share) -> None:
    """Oracle CAPAC-008."""
    assert load().share(*cell) == expected


@pytest.mark.parametrize("reason", list(Undefined))
def test_every_reason_has_a_sentence(reason: Undefined) -> None:
    assert reason.words.endswith(".")


def test_a_share_is_a_plain_ratio() -> None:
    assert share_of(156.75, 142.5).value == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("this", "others", "available", "expected"),
    [
        (30, 10, 40, Cause.NONE),
        (0, 0, 0, Cause.NONE),
        (50, 10, 40, Cause.THIS),
        (10, 50, 40, Cause.OTHERS),
        (50, 50, 40, Cause.OTHERS),
        (30, 20, 40, Cause.TOGETHER),
        (1, 0, 0, Cause.THIS),
    ],
)
def test_the_cause_of_too_much_is_this_project_the_others_or_both(
    this: float, others: float, available: float, expected: Cause
) -> None:
    assert judge_cause(this, others, available) is expected


def test_thirds_that_fill_a_month_are_not_too_much_by_a_rounded_tick() -> None:
    capacity, weeks = measure_capacity([Worker(FULL)], HORIZON), cut_periods(HORIZON, Grain.WEEK)
    rows = [Allocation(0, project, day(0), day(27), 160 / 3, Unit.HOURS) for project in range(3)]
    bookings = place(Allocations.of(rows), capacity, FULL)
    assert not measure_load(bookings, capacity, weeks).over.any()


@pytest.mark.parametrize("people", [[0], [1], [0, 2], [0, 1, 2]])
def test_an_edit_measures_those_it_touches_and_comes_to_the_same(people: list[int]) -> None:
    edited = [*ROWS, *(Allocation(person, 1, day(3), day(20), 11, Unit.HOURS) for person in people)]
    capacity, weeks = team(), cut_periods(HORIZON, Grain.WEEK)
    bookings = place(Allocations.of(edited), capacity, FULL)
    whole = measure_load(bookings, capacity, weeks)
    patched = load().with_rows(people, measure_some(bookings, capacity, weeks, people))
    for name in ("available", "hard", "soft"):
        assert np.array_equal(getattr(whole, name), getattr(patched, name))


def test_no_figure_is_ever_infinite_or_no_number() -> None:
    assert np.isfinite(load().utilisation).all()
