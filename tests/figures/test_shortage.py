"""A project is told what it lacks in people: one finding for each over-booked person, where most of their week goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pmo_desktop.figures.attention import Finding, Rule
from pmo_desktop.figures.outlook import read_outlook
from pmo_desktop.figures.portfolio import portfolio_figures
from pmo_desktop.figures.shortage import find_shortages
from pmo_desktop.operations.records import create_record
from pmo_desktop.operations.sample import load_sample
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.store.rows import read_rows

FRIDAY, MONDAY = date(2026, 11, 13), date(2026, 11, 16)


@pytest.fixture
def store() -> Iterator[Store]:
    made = create_memory_store(data_date=FRIDAY)
    yield made
    made.close()


def found_in(store: Store) -> dict[str, list[Finding]]:
    refs = {row["id"]: row["ref"] for row in read_rows(store, "project")}
    return {refs[key]: list(each) for key, each in find_shortages(read_outlook(store, FRIDAY), FRIDAY).items()}


def test_the_sample_says_where_people_are_short() -> None:
    store = create_memory_store()
    load_sample(store)
    found = found_in(store)
    ticketing = {each.reason for each in found["MT-401"]}
    assert "Rafael Dias is over-booked in nine of 13 weeks, 130% booked in the week of 4 January" in ticketing
    assert "Nobody is named yet as test analyst, who is asked for from 7 December" in ticketing
    chris = [ref for ref, each in found.items() if any("Chris Obi" in one.reason for one in each)]
    assert len(chris) == 1
    listed = {each.project: [one.rule for one in each.findings] for each in portfolio_figures(store).attention}
    refs = {row["ref"]: row["id"] for row in read_rows(store, "project")}
    assert Rule.UNNAMED in listed[refs["MT-401"]]
    assert listed[refs["MT-401"]][0] is not Rule.UNNAMED


@pytest.mark.parametrize(
    ("first", "said"), [(MONDAY, True), (date(2026, 12, 7), True), (date(2026, 12, 14), False), (None, False)]
)
def test_it_concerns_the_next_four_weeks(store: Store, first: date | None, *, said: bool) -> None:
    project = create_record(store, "project", {"ref": "A-1", "name": "Alpha"})
    ada = create_record(store, "resource", {"name": "Ada"})
    if first:
        cells = {"resource": ada, "project": project, "period_start": first, "period_end": date(2027, 1, 29)}
        create_record(store, "allocation", {**cells, "quantity": 150, "unit": "%", "status": "Confirmed"})
    assert bool(found_in(store)) is said


def test_bookings_without_a_project_concern_none(store: Store) -> None:
    for kind, status in (("Person", "Confirmed"), ("Role", "Requested")):
        who = create_record(store, "resource", {"name": kind, "type": kind})
        cells = {"resource": who, "period_start": MONDAY, "period_end": date(2026, 11, 20), "status": status}
        create_record(store, "allocation", {**cells, "quantity": 2, "unit": "FTE"})
    assert found_in(store) == {}


def test_a_single_week_is_said_shortly(store: Store) -> None:
    project = create_record(store, "project", {"ref": "A-1", "name": "Alpha"})
    ada = create_record(store, "resource", {"name": "Ada"})
    create_record(store, "absence", {"resource": ada, "start": MONDAY, "finish": date(2026, 11, 20)})
    cells = {"resource": ada, "project": project, "period_start": MONDAY, "period_end": date(2026, 11, 20)}
    create_record(store, "allocation", {**cells, "quantity": 1, "unit": "days", "status": "Confirmed"})
    (finding,) = found_in(store)["A-1"]
    assert finding.reason == "Ada is booked without any time in the week of 16 November"
    assert finding.date == MONDAY
