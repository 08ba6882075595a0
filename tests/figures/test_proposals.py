"""Each of the heaviest over-bookings is given the first way that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.figures.outlook import read_outlook
from pmo_desktop.figures.proposals import MOST_MOVES, Proposal, propose_moves
from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store

FRIDAY, MONDAY = date(2026, 11, 13), date(2026, 11, 16)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=FRIDAY)
    yield made
    made.close()


def proposed(store: Store) -> tuple[Proposal, ...]:
    return propose_moves(store, read_outlook(store, FRIDAY))


def test_the_heaviest_come_first_and_no_more_than_three() -> None:
    sample = create_memory_store()
    load_sample(sample)
    found = proposed(sample)
    assert [each.resource for each in found] == ["Chris Obi", "Rafael Dias", "Marta Kowalski"]
    assert len(found) == MOST_MOVES
    assert "MT-402" in found[0].title


def test_nobody_over_booked_nothing_proposed(store: Store) -> None:
    assert proposed(store) == ()


def test_a_colleague_of_the_role_is_proposed(store: Store) -> None:
    project = create_record(store, "project", {"ref": "A-1", "name": "Alpha", "finish_forecast": date(2026, 11, 20)})
    role = create_record(store, "role", {"name": "Tester"})
    ada, _ = (create_record(store, "resource", {"name": name, "role": role}) for name in ("Ada", "Ben"))
    cells = {"resource": ada, "project": project, "period_start": MONDAY, "period_end": date(2026, 11, 20)}
    create_record(store, "allocation", {**cells, "quantity": 150, "unit": "%", "status": "Confirmed"})
    (found,) = proposed(store)
    assert found.resource == "Ada"
    assert "Ben" in found.title
