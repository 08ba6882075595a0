"""What the registers behind the grid say of their rows: flags in words, days, counts, and what a resource has."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pmo_desktop.figures.resourcetables import (
    count_resources,
    count_skilled,
    figure_absences,
    figure_allocations,
    figure_calendars,
    figure_holidays,
    figure_resources,
    tell_resource,
)
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_rows
from tests.builders import a_project, a_resource, a_row, an_allocation

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
TODAY = date(2026, 11, 13)


@pytest.fixture
def world(store: Store) -> SimpleNamespace:
    """Chris of team Data knows SQL well and Python a little; Dev is closed; a calendar without days is kept."""
    data, architect = a_row(store, "team", name="Data"), a_row(store, "role", name="Architect")
    sql, python = a_row(store, "skill", name="SQL"), a_row(store, "skill", name="Python")
    standard = a_row(store, "calendar", name="Standard", standard=True)
    empty = a_row(store, "calendar", name="Empty", **dict.fromkeys(("monday", "friday"), 0.0))
    chris = a_resource(store, "Chris Obi", team=data, role=architect)
    dev = a_resource(store, "Dev Patel", team=data, status="Closed")
    a_row(store, "resource_skill", resource=chris, skill=python, level=2.0, target=4.0)
    a_row(store, "resource_skill", resource=chris, skill=sql, level=5.0)
    return SimpleNamespace(**{name: value for name, value in locals().items() if isinstance(value, str)})


def booked(store: Store, **values: Any) -> dict[str, Any]:
    """A booking as its pane shows it."""
    identity = an_allocation(store, values.pop("resource"), **values)
    (row,) = figure_allocations(store, [row for row in read_rows(store, "allocation") if row["id"] == identity])
    return row


@pytest.mark.parametrize(
    ("values", "days", "flag"),
    [
        ({"quantity": 50.0}, 2.5, ""),
        ({"quantity": 3.0, "unit": "days"}, 3.0, ""),
        ({"quantity": 15.0, "unit": "hours"}, 2.0, ""),
        ({"quantity": -5.0}, 0.0, "A negative allocation is not counted."),
        ({"quantity": 5_000.0}, 0.0, "More than 1,000 %"),
        ({"period_start": FRIDAY, "period_end": MONDAY}, 0.0, "ends before it begins"),
        ({"period_start": date(2226, 1, 1), "period_end": date(2226, 2, 1)}, None, "further than five years"),
        ({"status": "Rejected"}, None, ""),
    ],
)
def test_a_booking_has_days_and_says_what_is_odd(
    store: Store, world: SimpleNamespace, values: dict[str, Any], days: float | None, flag: str
) -> None:
    row = booked(store, resource=world.chris, **values)
    assert row["days"] == (None if days is None else pytest.approx(days))
    assert flag in row["flags"]
    assert bool(row["flags"]) == bool(flag)


def test_bookings_of_several_resources_keep_their_own_figures(store: Store, world: SimpleNamespace) -> None:
    an_allocation(store, world.chris, quantity=20.0)
    an_allocation(store, world.dev, quantity=-1.0)
    an_allocation(store, world.chris, quantity=40.0)
    rows = figure_allocations(store, read_rows(store, "allocation"))
    assert [(row["quantity"], row["days"], bool(row["flags"])) for row in rows] == [
        (20.0, 1.0, False),
        (-1.0, 0.0, True),
        (40.0, 2.0, False),
    ]


def test_no_bookings_have_no_figures(store: Store) -> None:
    assert figure_allocations(store, []) == []


def test_resources_show_their_skills_and_what_is_odd(store: Store, world: SimpleNamespace) -> None:
    a_resource(store, "Half Gone", fte=0.0)
    rows = {row["name"]: row for row in figure_resources(store, read_rows(store, "resource"))}
    assert rows["Chris Obi"]["skills"] == "SQL 5, Python 2"
    assert rows["Chris Obi"]["flags"] == ""
    assert rows["Half Gone"]["flags"]


@pytest.mark.parametrize(
    ("start", "finish", "part", "days", "flag"),
    [
        (MONDAY, date(2026, 11, 22), None, 5.0, ""),
        (MONDAY, FRIDAY, 50.0, 2.5, ""),
        (date(2026, 12, 25), date(2026, 12, 28), None, 1.0, ""),
        (FRIDAY, MONDAY, None, None, "ends before it begins"),
        (date(1026, 1, 1), FRIDAY, None, None, ""),
        (date(2026, 6, 5), date(2026, 6, 5), None, 1.0, "Overlaps another absence"),
    ],
)
def test_an_absence_costs_working_days_of_ones_own_calendar(
    store: Store, world: SimpleNamespace, start: date, finish: date, part: float | None, days: float | None, flag: str
) -> None:
    a_row(store, "holiday", calendar=world.standard, day=date(2026, 12, 25))
    a_row(store, "absence", resource=world.dev, start=MONDAY, finish=FRIDAY)
    a_row(store, "absence", resource=world.chris, start=date(2026, 6, 1), finish=date(2026, 6, 30))
    identity = a_row(store, "absence", resource=world.chris, start=start, finish=finish, part=part)
    (row,) = figure_absences(store, [row for row in read_rows(store, "absence") if row["id"] == identity])
    assert row["days"] == days
    if start.year != 1026:
        assert flag in row["flags"]
        assert bool(row["flags"]) == bool(flag)


def test_resources_in_use_are_counted(store: Store, world: SimpleNamespace) -> None:
    def counts(rows: list[dict[str, Any]]) -> dict[str, int]:
        return {row["name"]: row["resource_count"] for row in rows}

    assert counts(count_resources("team")(store, read_rows(store, "team"))) == {"Data": 1}
    assert counts(count_resources("role")(store, read_rows(store, "role"))) == {"Architect": 1}
    assert counts(count_skilled(store, read_rows(store, "skill"))) == {"SQL": 1, "Python": 1}


def test_calendars_say_their_week_and_a_day_its_weekday(store: Store, world: SimpleNamespace) -> None:
    a_row(store, "holiday", calendar=world.standard, day=date(2026, 12, 25))
    rows = {row["name"]: row for row in figure_calendars(store, read_rows(store, "calendar"))}
    told = {name: (row["week"], row["holiday_count"], row["resource_count"]) for name, row in rows.items()}
    assert told == {"Standard": ("37.5 h on 5 days", 1, 1), "Empty": ("0 h on 0 days", 0, 0)}
    assert rows["Empty"]["flags"] == "A calendar without working days gives nobody any time."
    assert [row["weekday"] for row in figure_holidays(store, read_rows(store, "holiday"))] == ["Friday"]


def test_what_belongs_to_a_resource_is_told_in_lines(store: Store, world: SimpleNamespace) -> None:
    alpha = a_project(store, "Alpha", ref="P1")
    a_row(store, "absence", resource=world.chris, start=FRIDAY, finish=FRIDAY, type="Leave", part=50.0)
    a_row(store, "absence", resource=world.chris, start=date(2026, 1, 5), finish=date(2026, 1, 9))
    an_allocation(store, world.chris, alpha, status="Requested")
    told = tell_resource(store, world.chris, TODAY)
    assert told == {
        "Skills": ["SQL: level 5", "Python: level 2, to become 4"],
        "Leave": ["20 Nov 26: Leave, 50 % of each day"],
        "Booked for": ["16 Nov 26 to 20 Nov 26: Alpha, 50 %, requested"],
    }
    assert tell_resource(store, world.dev, TODAY) == {
        "Skills": ["None are kept."],
        "Leave": ["None from 13 Nov 26 on."],
        "Booked for": ["Nothing from 13 Nov 26 on."],
    }


def test_of_many_lines_the_first_are_told(store: Store, world: SimpleNamespace) -> None:
    for _ in range(20):
        an_allocation(store, world.chris)
    lines = tell_resource(store, world.chris, TODAY)["Booked for"]
    assert (len(lines), lines[-1]) == (13, "and 8 more")
