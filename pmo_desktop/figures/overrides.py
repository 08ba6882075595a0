"""How often the PMO's rules were got past: by event, by how, and under which authority."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pmo_desktop.rules.compliance import Event, Mode, Outcome
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_rows


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """How often one event got past its rule in one way under one authority."""

    event: Event
    outcome: Outcome
    mode: Mode
    count: int


def count_overrides(store: Store, since: date | None = None) -> tuple[OverrideCount, ...]:
    """Overrides counted by event, outcome and authority, in the order of the rules; those that never were are left out.

    `since`: from that day on, counted.
    """
    counted = Counter((row["event"], row["outcome"], row["mode"]) for row in list_overrides(store, since))
    return tuple(
        OverrideCount(event, outcome, mode, counted[event, outcome, mode])
        for event in Event
        for outcome in Outcome
        for mode in Mode
        if counted[event, outcome, mode]
    )


def list_overrides(store: Store, since: date | None = None) -> tuple[Record, ...]:
    """The overrides of a day and later, or all, the newest first."""
    rows = [row for row in read_rows(store, "override") if since is None or row["done_on"] >= since]
    return tuple(sorted(rows, key=lambda row: (row["done_on"], row["id"]), reverse=True))
