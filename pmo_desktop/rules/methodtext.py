"""The usual length of a phase and the duties of a RACI table as people write them."""

from __future__ import annotations

import math

from pmo_desktop.rules.assurance import Duty


def weeks_text(weeks: float | None) -> str:
    """The usual length of a phase: "4.5", "6"; empty for None."""
    return "" if weeks is None else repr(float(weeks)).removesuffix(".0")


def read_weeks(text: str) -> float | None:
    """The number that `weeks_text` wrote, in weeks; None for an empty text. Raises ValueError for anything else."""
    if not text.strip():
        return None
    weeks = float(text)
    if not math.isfinite(weeks) or weeks < 0:
        raise ValueError(text)
    return weeks


def read_duty(text: str) -> Duty:
    """The duty behind a letter or its word, in capitals or not. Raises ValueError for anything else."""
    called = {name.casefold(): duty for duty in Duty for name in (duty.label, duty.value)}
    if text.strip().casefold() not in called:
        raise ValueError(f"“{text}” is not one of {', '.join(each.label for each in Duty)}")
    return called[text.strip().casefold()]
