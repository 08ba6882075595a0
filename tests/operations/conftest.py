"""Portfolios in memory: an empty one, and one with one programme, one person and two projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.values import NewName
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store


@dataclass(frozen=True)
class Small:
    """What the tests work on."""

    store: Store
    alpha: str
    beta: str
    go_live: str


@pytest.fixture
def small() -> Iterator[Small]:
    store = create_memory_store("ann")
    alpha = create_record(
        store,
        "project",
        {
            "ref": "A-1",
            "name": "Alpha",
            "pm": NewName("Priya Nair"),
            "programme": NewName("Customer"),
            "rag_overall": "A",
            "finish_baseline": date(2027, 3, 26),
            "budget_approved": 640_000_000,
        },
    )
    beta = create_record(store, "project", {"ref": "A-2", "name": "Beta", "pm": NewName("priya NAIR ")})
    go_live = create_record(store, "milestone", {"project": alpha, "name": "Go-live", "forecast": date(2027, 6, 18)})
    yield Small(store, alpha, beta, go_live)
    store.close()


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()
