"""The product register in figures: planned, reviewed, accepted, overdue, and errors that are open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pmo_desktop.figures.quality import read_quality
from pmo_desktop.store.file import Store
from tests.builders import a_project, a_row
from tests.figures.conftest import DATA_DATE

DAY = timedelta(1)


def test_what_a_project_brings_forth_is_counted(store: Store) -> None:
    project = a_project(store, "Alpha", ref="A-1")
    products: list[dict[str, Any]] = [
        {"name": "Signals", "status": "Accepted", "due": DATA_DATE - DAY},
        {"name": "Track", "status": "Returned", "due": DATA_DATE - DAY},
        {"name": "Wires", "status": "Submitted", "due": DATA_DATE},
        {"name": "Paint", "status": None},
        {"name": "Statue", "status": "Not needed", "due": DATA_DATE - DAY},
    ]
    for row in products:
        a_row(store, "deliverable", project=project, **row)
    reviews: list[dict[str, Any]] = [
        {"deliverable": "Signals", "held_on": DATA_DATE - 2 * DAY, "result": "Pass", "errors_open": 0},
        {"deliverable": "track ", "held_on": DATA_DATE - 9 * DAY, "result": "Fail", "errors_open": 5},
        {"deliverable": "Track", "held_on": DATA_DATE - 2 * DAY, "result": "Fail", "errors_open": 2},
        {"deliverable": "Wires", "planned": DATA_DATE - DAY},
        {"deliverable": "Paint", "planned": DATA_DATE},
        {"deliverable": "Paint"},
        {"held_on": DATA_DATE, "result": "Pass with actions"},
    ]
    for row in reviews:
        a_row(store, "quality_review", project=project, title="Review", **row)
    (found,) = read_quality(store)
    assert (found.project, found.called, found.name) == (project, "A-1", "Alpha")
    assert (found.planned, found.reviewed, found.accepted, found.returned) == (4, 2, 1, 1)
    assert (found.overdue, found.reviews_late, found.errors_open) == (1, 1, 2)
    assert found.first_time == 100 * 2 / 3


def test_projects_come_in_order_and_those_without_products_not_at_all(store: Store) -> None:
    for name in ("Beta", "Alpha"):
        a_row(store, "deliverable", project=a_project(store, name), name="Thing", due=DATA_DATE)
    a_project(store, "Gamma")
    found = read_quality(store, DATA_DATE + DAY)
    assert [(each.called, each.overdue, each.first_time) for each in found] == [("Alpha", 1, None), ("Beta", 1, None)]
