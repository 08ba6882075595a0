"""What people have to give: holidays and leave once, overhead after them, nothing before they come or after they go."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.calendar import HOUR, Grain, Horizon, WorkingPattern, cut_periods
from pmo_desktop.rules.capacity import (
    Absence,
    CapacityFlag,
    Worker,
    check_worker,
    hours,
    iteration_points,
    measure_capacity,
)

FULL = WorkingPattern((8, 8, 8, 8, 8, 0, 0))
NOTHING = WorkingPattern((0,) * 7)
MONDAY = date(2026, 1, 5)
WEEK = Horizon(MONDAY, MONDAY + timedelta(6))
NAN, INF = float("nan"), float("inf")


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def available(worker: Worker, horizon: Horizon = WEEK) -> float:
    return float(hours(measure_capacity([worker], horizon).available)[0, -1])


@pytest.mark.parametrize(
    ("worker", "expected"),
    [
        (Worker(FULL), 40),
        (Worker(FULL, share=0.5), 20),
        (Worker(FULL, share=6), 240),
        (Worker(WorkingPattern((7.4, 7.4, 0, 7.4, 3.7, 0, 0))), 25.9),
        (Worker(FULL, {day(2)}), 32),
        (Worker(FULL, {day(2)}, (Absence(day(2), day(3)),)), 24),  # oracle CAPAC-010
        (Worker(FULL, absences=(Absence(day(0), day(1), 0.5),)), 32),
        (Worker(FULL, absences=(Absence(day(0), day(0), 0.5), Absence(day(0), day(0), 0.5))), 32),
        (Worker(FULL, absences=(Absence(day(0), day(2)), Absence(day(1), day(3)))), 8),
        (Worker(FULL, absences=(Absence(day(-30), day(60)),)), 0),
        (Worker(FULL, overhead=15), 34),
        (Worker(FULL, {day(0)}, (Absence(day(1), day(1)),), overhead=25), 18),
        (Worker(FULL, overhead=100), 0),
        (Worker(FULL, starts=day(1), leaves=day(3)), 24),
        (Worker(FULL, starts=day(90)), 0),
        (Worker(FULL, leaves=day(-90)), 0),
        (Worker(FULL, starts=day(3), leaves=day(1)), 0),
        (Worker(NOTHING), 0),
        (Worker(FULL, share=0), 0),
    ],
)
def test_available_hours_of_a_week(worker: Worker, expected: float) -> None:
    assert available(worker) == expected


@pytest.mark.parametrize(
    ("worker", "flags", "expected"),
    [
        (Worker(FULL), [], 40),
        (Worker(NOTHING), [CapacityFlag.NO_WORKING_DAYS], 0),
        (Worker(FULL, share=0), [CapacityFlag.NO_SHARE], 0),
        (Worker(FULL, share=-1), [CapacityFlag.BAD_SHARE], 0),
        (Worker(FULL, share=NAN), [CapacityFlag.BAD_SHARE], 0),
        (Worker(FULL, share=INF), [CapacityFlag.BAD_SHARE], 0),
        (Worker(FULL, overhead=-5), [CapacityFlag.BAD_OVERHEAD], 40),
        (Worker(FULL, overhead=150), [CapacityFlag.BAD_OVERHEAD], 0),
        (Worker(FULL, overhead=NAN), [CapacityFlag.BAD_OVERHEAD], 40),
        (Worker(FULL, absences=(Absence(day(3), day(1)),)), [CapacityFlag.BAD_ABSENCE], 40),
        (Worker(FULL, absences=(Absence(day(0), day(1), NAN),)), [CapacityFlag.BAD_ABSENCE], 40),
        (Worker(FULL, absences=(Absence(day(0), day(1), 2),)), [CapacityFlag.BAD_ABSENCE], 40),
        (
            Worker(FULL, absences=(Absence(day(1), day(4)), Absence(day(0), day(1)))),
            [CapacityFlag.OVERLAPPING_ABSENCES],
            0,
        ),
        (Worker(FULL, absences=(Absence(day(0), day(0)), Absence(day(1), day(1)))), [], 24),
        (Worker(FULL, absences=(Absence(day(0), date.max),)), [], 0),
        (Worker(FULL, starts=day(3), leaves=day(1)), [CapacityFlag.LEAVES_BEFORE_START], 0),
    ],
)
def test_odd_working_time_is_told_and_counted_by_a_rule(
    worker: Worker, flags: list[CapacityFlag], expected: float
) -> None:
    assert check_worker(worker) == flags
    assert available(worker) == expected


@pytest.mark.parametrize("flag", list(CapacityFlag))
def test_every_flag_has_a_sentence(flag: CapacityFlag) -> None:
    assert flag.words.endswith(".")


def test_gross_present_and_available_are_told_apart_by_period() -> None:
    fortnight = Horizon(MONDAY, day(13))
    worker = Worker(FULL, {day(0)}, (Absence(day(7), day(8)),), overhead=50)
    capacity = measure_capacity([worker, Worker(FULL)], fortnight)
    weeks = cut_periods(fortnight, Grain.WEEK)
    assert hours(capacity.gross_in(weeks)).tolist() == [[40, 40], [40, 40]]
    assert hours(capacity.present_in(weeks)).tolist() == [[32, 24], [40, 40]]
    assert hours(capacity.available_in(weeks)).tolist() == [[16, 12], [40, 40]]
    assert capacity.weekly.tolist() == [40, 40]


def test_one_resource_is_measured_anew_without_the_others() -> None:
    before = measure_capacity([Worker(FULL), Worker(FULL)], WEEK)
    after = before.with_rows([1], measure_capacity([Worker(FULL, share=0.5, leaves=day(2))], WEEK))
    again = measure_capacity([Worker(FULL), Worker(FULL, share=0.5, leaves=day(2))], WEEK)
    for name in ("gross", "present", "available", "spans", "weekly"):
        assert np.array_equal(getattr(after, name), getattr(again, name))
    assert before.weekly.tolist() == [40, 40]


def test_periods_of_other_days_are_refused() -> None:
    with pytest.raises(ValueError, match="different days"):
        measure_capacity([Worker(FULL)], WEEK).available_in(cut_periods(Horizon(MONDAY, day(7)), Grain.WEEK))


def test_nobody_has_no_time() -> None:
    capacity = measure_capacity([], WEEK)
    assert capacity.count == 0
    assert capacity.available_in(cut_periods(WEEK, Grain.DAY)).shape == (0, 7)


def test_points_of_an_iteration() -> None:
    """Oracle CAPAC-005; somebody away for longer than the iteration takes nothing from the others."""
    assert iteration_points([0, 2, 0, 0, 1]) == 37
    assert iteration_points([30, 0]) == 8
    assert iteration_points([]) == 0


absences = st.lists(
    st.builds(
        lambda first, more, part: Absence(day(first), day(first + more), part),
        st.integers(-20, 120),
        st.integers(-2, 40),
        st.sampled_from([0.0, 0.25, 0.5, 1.0, NAN]),
    ),
    max_size=5,
).map(tuple)
workers = st.builds(
    Worker,
    st.sampled_from([FULL, NOTHING, WorkingPattern((7.4, 0, 7.4, 0, 3.7, 12, 0))]),
    st.sets(st.integers(0, 100).map(day), max_size=8),
    absences,
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 100),
    st.none() | st.integers(-50, 150).map(day),
    st.none() | st.integers(-50, 150).map(day),
)


@given(workers)
def test_no_day_gives_more_than_the_pattern_or_less_than_nothing(worker: Worker) -> None:
    horizon = Horizon(MONDAY, day(99))
    capacity = measure_capacity([worker], horizon)
    by_day = [np.diff(each) for each in (capacity.available, capacity.present, capacity.gross)]
    assert (by_day[0] >= 0).all()
    assert (by_day[0] <= by_day[1]).all()
    assert (by_day[1] <= by_day[2]).all()
    assert (by_day[2] <= 24 * HOUR * 1_000).all()
    assert math.isfinite(capacity.weekly[0])
