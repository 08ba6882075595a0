"""A portfolio file with as many people and bookings as capacity is to be fast with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert

from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit
from pmo_desktop.store.batch import Work, batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store

MONDAY = date(2026, 1, 5)
TEAMS, ROLES = 40, 20
UNITS = (AllocationUnit.PERCENT, AllocationUnit.DAYS, AllocationUnit.HOURS)


def make_file(path: Path, people: int, allocations: int, weeks: int, projects: int) -> Store:
    """People with holidays, a summer's leave and, for a third, business as usual; spans of 1 to 60 days."""
    store = create_store(path, "bench")
    draw, days = np.random.default_rng(1), 7 * weeks
    years = range(MONDAY.year, MONDAY.year + -(-weeks // 52))
    with batch(store, "Fill", long=True) as work:
        work.connection.raw.execute("UPDATE settings SET data_date = ?", (MONDAY.isoformat(),))
        teams = put(work, "team", [{"name": f"Team {number}"} for number in range(TEAMS)])
        roles = put(work, "role", [{"name": f"Role {number}"} for number in range(ROLES)])
        (calendar,) = put(work, "calendar", [{"name": "England", "standard": True}])
        put(work, "holiday", [{"calendar": calendar, "day": date(year, 12, 25)} for year in years])
        named = [
            {
                "name": f"Person {row:04}",
                "team": teams[row % TEAMS],
                "role": roles[row % ROLES],
                "bau_pct": 20.0 * (row % 3 == 0),
            }
            for row in range(people)
        ]
        resources = put(work, "resource", named)
        leave = [
            {"resource": each, "start": date(year, 8, 3), "finish": date(year, 8, 14)}
            for each in resources
            for year in years
        ]
        put(work, "absence", leave)
        booked = put(work, "project", [{"name": f"Project {row}", "ref": f"P{row}"} for row in range(projects)])
        first = draw.integers(0, days - 60, allocations).tolist()
        traits = zip(
            draw.integers(0, people, allocations).tolist(),
            draw.integers(0, projects, allocations).tolist(),
            first,
            draw.integers(0, 60, allocations).tolist(),
            draw.integers(1, 80, allocations).tolist(),
            draw.integers(0, len(UNITS), allocations).tolist(),
            draw.integers(0, 2, allocations).tolist(),
            strict=True,
        )
        rows = [
            {
                "resource": resources[who],
                "project": booked[what],
                "period_start": MONDAY + timedelta(start),
                "period_end": MONDAY + timedelta(start + length),
                "quantity": float(quantity),
                "unit": UNITS[unit],
                "status": AllocationStatus.CONFIRMED if hard else AllocationStatus.REQUESTED,
            }
            for who, what, start, length, quantity, unit, hard in traits
        ]
        put(work, "allocation", rows)
    return store


def put(work: Work, entity: str, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Rows of an entity; their ids."""
    kept = [{"id": new_id(), **row} for row in rows]
    if kept:
        work.connection.execute(insert(entities()[entity].__table__), kept)
    return [row["id"] for row in kept]
