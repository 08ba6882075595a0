"""The gate track: which gates a project has passed, which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class GateState(StrEnum):
    """Where one gate of a track stands."""

    PASSED = "passed"
    NEXT = "next"
    OPEN = "open"


class GateStop(NamedTuple):
    """One gate of a project's track; its date is the actual, else the forecast, else the baseline."""

    name: str
    state: GateState
    date: date | None


def track_gates(gates: Sequence[tuple[str, date | None, bool]]) -> tuple[GateStop, ...]:
    """The track of gates given in their planned order as (name, date, passed): the first not passed is next."""
    upcoming = next((place for place, (_, _, passed) in enumerate(gates) if not passed), None)
    return tuple(
        GateStop(name, GateState.PASSED if passed else GateState.NEXT if place == upcoming else GateState.OPEN, day)
        for place, (name, day, passed) in enumerate(gates)
    )
