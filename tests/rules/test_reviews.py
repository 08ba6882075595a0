"""Reviews: how often, when the next is due, and what late actions do to a score."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_desktop.rules.reviews import push_back, review_days, review_due

DAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("level", "levels", "days"),
    [(0, 4, 90), (1, 4, 60), (2, 4, 30), (3, 4, 14), (0, 3, 90), (2, 3, 14), (0, 1, 90), (None, 4, 14)],
)
def test_the_worse_the_band_the_more_often(level: int | None, levels: int, days: int) -> None:
    assert review_days(level, levels) == days


@pytest.mark.parametrize(
    ("last", "planned", "raised", "due"),
    [
        (None, None, None, None),
        (None, None, DAY, DAY),
        (None, date(2026, 12, 1), None, date(2026, 12, 1)),
        (DAY, None, None, date(2026, 11, 27)),
        (DAY, date(2026, 11, 20), None, date(2026, 11, 20)),
        (DAY, date(2027, 6, 1), None, date(2026, 11, 27)),
    ],
)
def test_a_band_asks_for_a_look_however_far_away_it_is_planned(
    last: date | None, planned: date | None, raised: date | None, due: date | None
) -> None:
    assert review_due(last, planned, raised, 3, 4) == due


@pytest.mark.parametrize(
    ("late", "spot"),
    [
        ([], (2, 3)),
        ([(None, None)], (3, 3)),
        ([(1, None), (None, 1)], (3, 4)),
        ([(9, 9)], (5, 4)),
        ([(0, 0)], (2, 3)),
    ],
)
def test_late_actions_push_a_risk_back_towards_where_it_was_without_controls(
    late: list[tuple[float | None, float | None]], spot: tuple[int, int]
) -> None:
    assert push_back((2, 3), (5, 4), late) == spot
    assert push_back((2, 3), None, late) == (2, 3)


@given(
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.lists(st.tuples(st.none() | st.floats(0, 5), st.none() | st.floats(0, 5)), max_size=5),
)
def test_a_risk_is_never_pushed_below_where_it_stands_nor_above_its_ceiling(
    spot: tuple[int, int], ceiling: tuple[int, int], late: list[tuple[float | None, float | None]]
) -> None:
    pushed = push_back(spot, ceiling, late)
    assert all(now <= then <= max(now, top) for now, then, top in zip(spot, pushed, ceiling, strict=True))
