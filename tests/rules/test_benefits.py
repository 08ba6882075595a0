"""How far benefits have come."""

from __future__ import annotations

import pytest

from pmo_desktop.rules.benefits import realised_percent


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "percent"),
    [
        (0.0, 200.0, 50.0, 25.0),
        (38.5, 35.5, 36.1, 80.0),  # lower is better
        (10.0, 20.0, 5.0, -50.0),
        (10.0, 20.0, 25.0, 150.0),
        (10.0, 10.0, 10.0, None),
        (None, 10.0, 10.0, None),
        (10.0, None, 10.0, None),
        (10.0, 20.0, None, None),
    ],
)
def test_the_way_gone_is_a_share_of_the_way_to_go(
    baseline: float | None, target: float | None, actual: float | None, percent: float | None
) -> None:
    assert realised_percent(baseline, target, actual) == (None if percent is None else pytest.approx(percent))
