"""Roles: supply and demand in full-time people, and the one that holds everybody up."""

from __future__ import annotations

import numpy as np
import pytest

from pmo_desktop.rules.booking import RATE
from pmo_desktop.rules.calendar import HOUR
from pmo_desktop.rules.load import Share, Undefined
from pmo_desktop.rules.roles import balance_roles, find_bottleneck, sum_groups, to_full_time


def test_gap_ratio_and_bottleneck() -> None:
    """Oracle CAPAC-006: the highest ratio, not the largest gap."""
    balances = balance_roles([2, 5, 1], [1.5, 6, 1.5])
    assert [each.gap for each in balances] == [0.5, -1, -0.5]
    assert [each.ratio for each in balances] == [Share(0.75), Share(1.2), Share(1.5)]
    assert [each.is_short for each in balances] == [False, True, True]
    bottleneck = find_bottleneck(balances)
    assert bottleneck is not None
    assert bottleneck.role == 2


@pytest.mark.parametrize(
    ("supply", "demand", "expected"),
    [
        ([1, 0], [5, 0.1], 1),  # nobody at all is worse than too few
        ([0, 0], [1, 2], 1),
        ([2, 4], [3, 6], 1),  # as scarce, and more of it
        ([1, 0], [0, 0], None),
        ([], [], None),
    ],
)
def test_the_bottleneck_is_the_scarcest_role(supply: list[float], demand: list[float], expected: int | None) -> None:
    bottleneck = find_bottleneck(balance_roles(supply, demand))
    assert (None if bottleneck is None else bottleneck.role) == expected


def test_a_role_that_nobody_has_gives_no_ratio_but_a_reason() -> None:
    assert balance_roles([0], [1])[0].ratio == Share(None, Undefined.NO_SUPPLY)


def test_people_are_added_up_by_role_and_those_without_one_left_out() -> None:
    values = np.array([[1, 2], [10, 20], [100, 200], [5, 5]])
    assert sum_groups(values, np.array([0, 2, 0, -1]), 3).tolist() == [[101, 202], [0, 0], [10, 20]]


def test_time_is_shown_as_full_time_people_and_never_divided_by_nothing() -> None:
    ticks = np.array([[40, 20, 8]]) * HOUR * RATE
    assert to_full_time(ticks, np.array([40, 40, 0]) * HOUR * RATE).tolist() == [[1, 0.5, 0]]
