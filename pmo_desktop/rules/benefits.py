"""What benefits have brought so far. Source: domain.md j."""

from __future__ import annotations


def realised_percent(baseline: float | None, target: float | None, actual: float | None) -> float | None:
    """How much of the way from its baseline to its target a benefit has come, in percent; may pass 0 and 100.

    The same whether higher or lower is better. None where one of the three is unknown, or nothing was to change.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return 100.0 * (actual - baseline) / (target - baseline)
