"""A plan knows its earliest and latest dates, what it uses, and what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.plan import Activity, Fault, Plan, PlanError
from tests.rules.plans import make_plan

DIAMOND = Plan(
    (
        Activity(2, (1,)),
        Activity(3, (2,), (0,)),
        Activity(1, (2,), (0, 0)),
        Activity(0, (9,), (1, 2)),
        Activity(1, (1,), earliest=4),
    ),
    ((2,),),
)


def test_earliest_and_latest_dates_by_links_alone() -> None:
    assert DIAMOND.earliest == (0, 2, 2, 5, 4)
    assert DIAMOND.length == 5
    assert DIAMOND.latest(5) == (0, 2, 4, 5, 4)
    assert DIAMOND.latest(4)[0] == -1
    assert DIAMOND.followers == ((1, 2), (3,), (3,), (), ())


def test_what_is_used_in_each_unit_of_time() -> None:
    assert DIAMOND.usage(DIAMOND.earliest).tolist() == [[1, 1, 4, 2, 3]]
    assert DIAMOND.usage(DIAMOND.earliest, 6).tolist() == [[1, 1, 4, 2, 3, 0]]


def test_a_plan_of_nothing_takes_no_time() -> None:
    empty = Plan((), ((1,),))
    assert (empty.earliest, empty.length, empty.least_finish()) == ((), 0, 0)
    assert Plan(()).capacity_until(3).shape == (0, 3)


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [
        ((2,), 6),  # 11 units of work by two at a time
        ((100,), 5),  # the critical path
        ((0, 0, 0, 11), 5),
        ((0, 0, 0, 0, 0, 0, 11), 7),
        ((1, 1, 3), 5),
        ((1, 1, 1), 11),
        ((11, 0), 5),
        ((5, 0), 5),  # never enough: the schedule says so, the bound only does not lie
    ],
)
def test_no_schedule_can_beat_the_critical_path_or_the_work(capacity: tuple[int, ...], expected: int) -> None:
    activities = (Activity(2, (1,)), Activity(3, (2,), (0,)), Activity(1, (2,), (0,)), Activity(1, (1,)))
    assert Plan(activities, (capacity,)).least_finish() == expected


def test_a_resource_that_nobody_needs_bounds_nothing() -> None:
    assert Plan((Activity(2, (0,)),), ((0,),)).least_finish() == 2


def test_the_last_capacity_goes_on_for_ever() -> None:
    assert Plan((), ((3, 1), (2,))).capacity_until(4).tolist() == [[3, 1, 1, 1], [2, 2, 2, 2]]


@pytest.mark.parametrize(
    ("activities", "capacity", "fault", "rows"),
    [
        ([Activity(1, (), (1,)), Activity(1, (), (0,)), Activity(1)], (), Fault.CYCLE, (0, 1)),
        ([Activity(1, (), (0,))], (), Fault.CYCLE, (0,)),
        ([Activity(1), Activity(1, (), (7,))], (), Fault.UNKNOWN_LINK, (1,)),
        ([Activity(1, (), (-1,))], (), Fault.UNKNOWN_LINK, (0,)),
        ([Activity(-1)], (), Fault.NEGATIVE, (0,)),
        ([Activity(1, (-1,))], ((1,),), Fault.NEGATIVE, (0,)),
        ([Activity(1, earliest=-1)], (), Fault.NEGATIVE, (0,)),
        ([Activity(1, (1, 1)), Activity(1, (1,))], ((1,),), Fault.WRONG_DEMAND, (0,)),
        ([], ((1,), ()), Fault.NO_CAPACITY, (1,)),
        ([], ((1, -1),), Fault.NO_CAPACITY, (0,)),
    ],
)
def test_a_plan_that_cannot_be_scheduled_is_refused_with_words(
    activities: list[Activity], capacity: tuple[tuple[int, ...], ...], fault: Fault, rows: tuple[int, ...]
) -> None:
    with pytest.raises(PlanError) as refused:
        Plan(tuple(activities), capacity)
    assert (refused.value.fault, refused.value.rows) == (fault, rows)
    assert str(refused.value) == fault.words


@given(st.integers(0, 40), st.integers(0, 10_000))
def test_float_is_never_negative_without_an_imposed_date(count: int, seed: int) -> None:
    plan = make_plan(max(1, count), seed)
    latest = plan.latest(plan.length)
    assert all(early <= late for early, late in zip(plan.earliest, latest, strict=True))
    assert plan.finish(latest) == plan.length
