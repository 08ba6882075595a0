"""Smoothing keeps the finish and the links, and never asks for more at once than before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_desktop.rules.plan import Activity, Plan
from pmo_desktop.rules.smoothing import smooth
from tests.rules.plans import broken_rules, make_plan

# A long activity, and two short ones that both begin at once by links alone.
SHORT = (Activity(4, (0,)), Activity(2, (1,)), Activity(2, (1,)))


def test_what_has_float_moves_out_of_the_way() -> None:
    found = smooth(Plan(SHORT, ((1,),)))
    assert (found.excess_before, found.excess, found.finish) == (2, 0, 4)
    assert sorted(found.starts) == [0, 0, 2]


def test_use_is_evened_out_where_nothing_is_over() -> None:
    plan = Plan(SHORT, ((9,),))
    assert plan.usage(smooth(plan).starts).tolist() == [[1, 1, 1, 1]]


def test_what_the_float_does_not_cure_stays_over_and_is_told() -> None:
    plan = Plan((Activity(3, (1,)), Activity(3, (1,))), ((1,),))
    found = smooth(plan)
    assert (found.starts, found.excess_before, found.excess) == ((0, 0), 3, 3)


@pytest.mark.parametrize(("deadline", "excess", "finish"), [(None, 3, 3), (1, 3, 3), (4, 2, 4), (6, 0, 6), (9, 0, 6)])
def test_a_later_deadline_gives_more_room_and_an_earlier_one_none_less(
    deadline: int | None, excess: int, finish: int
) -> None:
    found = smooth(Plan((Activity(3, (1,)), Activity(3, (1,))), ((1,),)), deadline)
    assert (found.excess, found.finish) == (excess, finish)


def test_leave_is_walked_around() -> None:
    found = smooth(Plan((Activity(4, (0,)), Activity(2, (1,))), ((0, 0, 1),)))
    assert (found.starts, found.excess) == ((0, 2), 0)


def test_a_plan_without_anything_is_smooth() -> None:
    assert smooth(Plan((), ((1,),))).starts == ()
    assert smooth(Plan((Activity(0, (5,)), Activity(3, (0,))), ((1,),))).excess == 0


@settings(max_examples=60)
@given(st.integers(1, 25), st.integers(0, 10_000), st.integers(1, 3), st.integers(0, 20))
def test_the_deadline_and_the_links_are_kept_and_less_is_over(count: int, seed: int, resources: int, more: int) -> None:
    plan = make_plan(count, seed, resources)
    found = smooth(plan, plan.length + more)
    assert broken_rules(plan, found.starts, within_capacity=False) == []
    assert found.finish <= plan.length + more
    assert found.excess <= found.excess_before
