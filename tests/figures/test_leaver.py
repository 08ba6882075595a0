"""What a leaver leaves behind: bookings after the last day and open things owned, each with who could take it over."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from pmo_desktop.figures.leaver import Leaving, duties, read_leaving
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_person, a_programme, a_project, a_report, a_resource, a_row, an_allocation

ON = date(2026, 11, 18)


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris, an architect with SQL, is booked for Alpha over the last day; Dev has the role, Eva nothing of it."""
    architect, sql = a_row(store, "role", name="Architect"), a_row(store, "skill", name="SQL")
    boss, person = a_person(store, "Bea Moss"), a_person(store, "Chris Obi")
    lead = a_person(store, "Lea Down")
    chris = a_resource(store, "Chris Obi", role=architect, person=person, manager=boss)
    dev = a_resource(store, "Dev Patel", role=architect)
    eva = a_resource(store, "Eva Stone")
    a_row(store, "resource_skill", resource=chris, skill=sql, level=4.0)
    alpha = a_project(store, "Alpha", ref="P1", pm=lead)
    booking = an_allocation(store, chris, alpha)
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


def leave(store: Store, world: SimpleNamespace) -> Leaving:
    return read_leaving(store, "resource", world.chris, ON)


def owned(leaving: Leaving) -> list[tuple[str, str]]:
    return [(item.field.label, item.called) for item in leaving.owned]


def test_only_the_days_after_the_last_one_are_to_be_handed_over(store: Store, world: SimpleNamespace) -> None:
    an_allocation(store, world.chris, world.alpha, period_start=date(2026, 11, 2), period_end=ON)
    an_allocation(store, world.chris, world.alpha, status="Rejected")
    an_allocation(store, world.dev, world.alpha)
    (item,) = leave(store, world).booked
    assert (item.allocation, item.project) == (world.booking, "Alpha")
    assert (item.first, item.last) == (date(2026, 11, 19), date(2026, 11, 20))
    assert (item.quantity, item.unit) == (50.0, "%")


def test_days_on_which_no_work_falls_are_proposed_to_nobody(store: Store, world: SimpleNamespace) -> None:
    a_row(store, "absence", resource=world.chris, start=date(2026, 11, 19), finish=date(2026, 11, 20))
    (item,) = leave(store, world).booked
    assert (item.idle, item.proposals) == (True, ())


def test_who_has_time_for_a_part_of_it_is_offered_with_that_said(store: Store, world: SimpleNamespace) -> None:
    an_allocation(store, world.dev, quantity=60.0)
    (item,) = leave(store, world).booked
    assert [(each.name, each.fits) for each in item.proposals] == [("Dev Patel", False)]
    assert item.proposals[0].why.endswith("; not for all of it")


def test_candidates_have_something_of_the_role_or_skills_and_time_all_through(
    store: Store, world: SimpleNamespace
) -> None:
    a_resource(store, "Gone Soon", role=world.architect, end=date(2026, 11, 19))
    a_resource(store, "Comes Late", role=world.architect, start=date(2026, 11, 20))
    full = a_resource(store, "Full Up", role=world.architect)
    an_allocation(store, full, quantity=100.0)
    (item,) = leave(store, world).booked
    assert [each.name for each in item.proposals] == ["Dev Patel"]
    assert item.proposals[0].why == "Architect, 2 d free; without SQL"


def test_a_booking_beyond_the_days_looked_at_has_no_candidates(store: Store, world: SimpleNamespace) -> None:
    an_allocation(store, world.chris, period_start=date(2226, 1, 5), period_end=date(2226, 1, 9))
    far = [item for item in leave(store, world).booked if item.first.year == 2226]
    assert [(item.project, item.proposals) for item in far] == [("No project", ())]


def test_what_is_owned_and_open_goes_to_the_manager_or_who_leads_the_project(
    store: Store, world: SimpleNamespace
) -> None:
    a_milestone(store, world.alpha, "Go live", owner=world.person)
    a_milestone(store, world.alpha, "Done", owner=world.person, actual=date(2026, 1, 1))
    a_milestone(store, world.alpha, "Given up", owner=world.person, status="Cancelled")
    a_project(store, "Beta", ref="P2", pm=world.person, sro=world.person)
    a_project(store, "Old", ref="P3", pm=world.person, lifecycle_status="Closed")
    a_programme(store, "Gamma", manager=world.person)
    a_row(store, "team", name="Data", lead=world.person)
    a_report(store, world.alpha, reported_by=world.person)
    a_row(store, "resource_skill", resource=world.dev, skill=world.sql, assessor=world.person)
    found = leave(store, world)
    assert sorted(owned(found)) == [
        ("Manager", "Gamma"),
        ("Manager", "P2 Beta"),
        ("Owner", "Go live of Alpha"),
        ("Sponsor", "P2 Beta"),
        ("Team lead", "Data"),
    ]
    heirs = {item.called: [(each.name, each.why) for each in item.proposals] for item in found.owned}
    assert heirs["Go live of Alpha"] == [("Bea Moss", "their manager"), ("Lea Down", "manages the project")]
    assert heirs["Data"] == [("Bea Moss", "their manager")]


def test_a_leaver_is_not_their_own_heir(store: Store, world: SimpleNamespace) -> None:
    a_milestone(store, a_project(store, "Own", ref="P2", pm=world.person), owner=world.person)
    found = [item for item in leave(store, world).owned if item.entity == "milestone"]
    assert [[each.name for each in item.proposals] for item in found] == [["Bea Moss"]]


def test_a_person_leaves_with_all_that_books_them(store: Store, world: SimpleNamespace) -> None:
    twin = a_resource(store, "Chris Obi (nights)", person=world.person)
    found = read_leaving(store, "person", world.person, ON)
    assert set(found.resources) == {world.chris, twin}
    assert set(leave(store, world).resources) == {world.chris, twin}
    nobody = read_leaving(store, "person", world.lead, ON)
    assert (nobody.resources, nobody.booked) == ((), ())
    assert owned(nobody) == [("Manager", "P1 Alpha")]
    assert [item.proposals for item in nobody.owned] == [()]


def test_a_machine_owns_nothing(store: Store, world: SimpleNamespace) -> None:
    found = read_leaving(store, "resource", world.dev, ON)
    assert (found.person, found.owned, found.booked) == (None, (), ())


def test_one_who_has_gone_is_told(store: Store) -> None:
    with pytest.raises(KeyError):
        read_leaving(store, "resource", "nobody", ON)


def test_every_field_that_names_a_person_is_a_duty_unless_it_tells_the_past() -> None:
    found = {(info.entity.__tablename__, field.name) for info, field in duties()}
    assert {("milestone", "owner"), ("project", "pm"), ("team", "lead"), ("resource", "manager")} <= found
    assert found.isdisjoint({("status_report", "reported_by"), ("resource_skill", "assessor"), ("resource", "person")})
