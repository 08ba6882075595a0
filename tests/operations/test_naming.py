"""Sentences call rows of every register by words a person knows, also those that are called by a link or a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from pmo_desktop.operations.deletion import delete_records, deletion_sentence
from pmo_desktop.operations.history import latest_batches
from pmo_desktop.operations.naming import call_row
from pmo_desktop.operations.records import Edit, create_record, duplicate_records, edit_cells
from pmo_desktop.operations.values import NewName
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from tests.builders import a_project, a_resource, a_row, an_allocation

DAY = date(2026, 11, 16)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store("ann", data_date=date(2026, 11, 13))
    yield made
    made.close()


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    alpha, chris = a_project(store, "Alpha", ref="P1"), a_resource(store, "Chris Obi")
    calendar, skill = a_row(store, "calendar", name="London"), a_row(store, "skill", name="SQL")
    booking, bare = an_allocation(store, chris, alpha), an_allocation(store, chris)
    absence = a_row(store, "absence", resource=chris, start=DAY, finish=DAY)
    holiday = a_row(store, "holiday", calendar=calendar, day=DAY)
    level = a_row(store, "resource_skill", resource=chris, skill=skill)
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


@pytest.mark.parametrize(
    ("entity", "name", "called"),
    [
        ("allocation", "booking", "P1 of Chris Obi"),
        ("allocation", "bare", "an unnamed allocation of Chris Obi"),
        ("absence", "absence", "16 November 2026 of Chris Obi"),
        ("holiday", "holiday", "16 November 2026 of London"),
        ("resource_skill", "level", "SQL of Chris Obi"),
    ],
)
def test_a_row_is_called_by_what_it_is_about(
    store: Store, world: SimpleNamespace, entity: str, name: str, called: str
) -> None:
    assert call_row(store, entity, getattr(world, name)) == called
    assert deletion_sentence(store, entity, [getattr(world, name)]) == f"Delete {called}."


@pytest.mark.parametrize(
    ("entity", "values", "said"),
    [
        (
            "allocation",
            {"project": "alpha", "period_start": DAY, "period_end": DAY, "quantity": 50.0},
            "New allocation P1 of Chris Obi",
        ),
        ("allocation", {"period_start": DAY, "period_end": DAY, "quantity": 50.0}, "New allocation"),
        ("absence", {"start": DAY, "finish": DAY}, "New absence 16 November 2026 of Chris Obi"),
        ("resource_skill", {"skill": NewName("Python")}, "New skill level Python of Chris Obi"),
    ],
)
def test_a_step_that_makes_a_row_is_named_in_words(
    store: Store, world: SimpleNamespace, entity: str, values: dict[str, object], said: str
) -> None:
    known = {name: getattr(world, str(value), value) for name, value in values.items()}
    create_record(store, entity, {"resource": world.chris} | known)
    assert latest_batches(store, 1)[0].what == said


def test_steps_on_rows_without_a_name_are_named_in_words(store: Store, world: SimpleNamespace) -> None:
    edit_cells(store, "allocation", [Edit(world.booking, "quantity", 40.0)])
    duplicate_records(store, "allocation", [world.booking])
    duplicate_records(store, "holiday", [world.holiday])
    delete_records(store, "absence", [world.absence])
    assert [deed.what for deed in latest_batches(store, 4)] == [
        "Delete 16 November 2026 of Chris Obi",
        "Duplicate 16 November 2026 of London",
        "Duplicate P1 of Chris Obi",
        "Change quantity of P1 of Chris Obi",
    ]


def test_deleting_a_resource_says_what_goes_with_it(store: Store, world: SimpleNamespace) -> None:
    assert deletion_sentence(store, "resource", [world.chris]) == (
        "Delete Chris Obi with 1 absence, 2 allocations and 1 skill level."
    )
