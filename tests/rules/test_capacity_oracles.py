"""Every visible oracle of capacity and levelling, one table; see the modules' own tests for the cases behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pmo_desktop.rules.booking import (
    TICKS_PER_HOUR,
    Allocation,
    Allocations,
    BookingFlag,
    Unit,
    add_up,
    place,
    rows_by_resource,
)
from pmo_desktop.rules.calendar import Grain, Horizon, WorkingPattern, count_working_days, cut_periods
from pmo_desktop.rules.calendar import full_time_equivalent as fte
from pmo_desktop.rules.capacity import Absence, Worker, hours, iteration_points, measure_capacity
from pmo_desktop.rules.load import measure_load, share_of
from pmo_desktop.rules.roles import balance_roles, find_bottleneck
from pmo_desktop.rules.staffing import Need, Person, staff
from tests.rules.oracles import oracles

Case = dict[str, Any]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def week_of(hours_a_day: float) -> WorkingPattern:
    return WorkingPattern((hours_a_day,) * 5 + (0, 0))


def answer_full_time(given: Case) -> Case:
    standard = week_of(given["standard_week"] / 5)
    return {"fte": [fte(week, standard) for week in given["weeks"]]}


def answer_year(given: Case) -> Case:
    horizon = Horizon(date(given["year"], 1, 1), date(given["year"], 12, 31))
    holidays = [date.fromisoformat(each) for each in given["holidays"]]
    months = cut_periods(horizon, Grain.MONTH)
    worked = count_working_days(months, week_of(7.5), holidays)
    capacity = measure_capacity([Worker(week_of(7.5), holidays)], horizon)
    return {
        "weekdays": int(count_working_days(months, week_of(7.5)).sum()),
        "working_days": int(worked.sum()),
        "by_month": {str(number): int(days) for number, days in enumerate(worked, start=1)},
        "hours_at_7_5": float(hours(capacity.available)[0, -1]),
    }


def answer_month(given: Case) -> Case:
    first = date(2026, 6, 1)  # June 2026 begins on a Monday and has 22 working days, as the oracle's month
    horizon = Horizon(first, date(2026, 6, 30))
    leave = Absence(first, first + timedelta(given["leave_days"] - 1))
    worker = Worker(week_of(given["hours_per_day"]), absences=(leave,), overhead=given["overhead_pct"])
    capacity, month = measure_capacity([worker], horizon), cut_periods(horizon, Grain.MONTH)
    rows = [
        Allocation(0, number, first, date(2026, 6, 30), each["pct"]) for number, each in enumerate(given["allocations"])
    ]
    load = measure_load(place(Allocations.of(rows), capacity, worker.pattern), capacity, month)
    utilisation = load.share(0, 0).value
    assert utilisation is not None
    return {
        "gross_hours": float(hours(capacity.gross_in(month))[0, 0]),
        "available_hours": float(hours(capacity.available_in(month))[0, 0]),
        "demand_pct": utilisation * 100,
        "demand_hours_of_available": load.booked[0, 0] / TICKS_PER_HOUR,
        "over_allocated": bool(load.over[0, 0]),
        "excess_pct": load.excess[0, 0] / load.available[0, 0] * 100,
        "utilisation": utilisation,
    }


def answer_iteration(given: Case) -> Case:
    return {"capacity": iteration_points(given["days_off"], given["points"])}


def answer_roles(given: Case) -> Case:
    names = list(given["supply"])
    demand = [sum(project[name] for project in given["demand"].values()) for name in names]
    balances = balance_roles(list(given["supply"].values()), demand)
    bottleneck = find_bottleneck(balances)
    assert bottleneck is not None
    return {
        "gap": {names[each.role]: each.gap for each in balances},
        "ratio": {names[each.role]: each.ratio.value for each in balances},
        "bottleneck": names[bottleneck.role],
    }


def answer_skills(given: Case) -> Case:
    people = [Person(name, dict.fromkeys(skills, 1)) for name, skills in given["people"].items()]
    needs = [Need(skill, amount) for skill, amount in given["demand_fte"].items()]
    found = staff(people, needs)
    (short,) = found.binding_needs
    return {"max_assignable": found.assigned, "shortfall": found.shortfall, "short_skill": needs[short].skill}


def answer_no_time(given: Case) -> Case:
    horizon = Horizon(date(2026, 6, 1), date(2026, 6, 7))
    capacity = measure_capacity([Worker(week_of(given["available"]))], horizon)
    rows = [Allocation(0, 0, horizon.first, horizon.last, given["demand"], Unit.HOURS)]
    load = measure_load(place(Allocations.of(rows), capacity, week_of(8)), capacity, cut_periods(horizon, Grain.WEEK))
    share = load.share(0, 0)
    assert share == share_of(given["demand"], given["available"])
    return {"utilisation": share.value, "reason": share.reason, "over_allocated": bool(load.over[0, 0])}


def answer_leave(given: Case) -> Case:
    monday = date(2026, 6, 1)
    days = {name: monday + timedelta(number) for number, name in enumerate(WEEKDAYS)}
    leave = tuple(Absence(days[name], days[name]) for name in given["leave"])
    worker = Worker(week_of(given["hours"]), [days[name] for name in given["holidays"]], leave)
    capacity = measure_capacity([worker], Horizon(monday, monday + timedelta(given["working_days"] - 1)))
    return {"available_hours": float(hours(capacity.available)[0, -1])}


def answer_leaver(given: Case) -> Case:
    leaves, last = date.fromisoformat(given["leaves"]), date.fromisoformat(given["allocation_to"])
    horizon = Horizon(leaves - timedelta(30), last)
    capacity = measure_capacity([Worker(week_of(8), leaves=leaves)], horizon)
    bookings = place(Allocations.of([Allocation(0, 0, horizon.first, last, 50)]), capacity, week_of(8))
    days = cut_periods(horizon, Grain.DAY)
    by_day = add_up(bookings, capacity, days, rows_by_resource(bookings, capacity))[0]
    assert bookings.flags_of(0) == [BookingFlag.AFTER_LEAVING]
    return {
        "warn": BookingFlag.AFTER_LEAVING.words.split(";")[0].lower(),
        "counted_after": int(by_day[horizon.index(leaves) + 1 :].sum()),
    }


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "CAPAC-001": answer_full_time,
    "CAPAC-002": answer_year,
    "CAPAC-003": answer_month,
    "CAPAC-005": answer_iteration,
    "CAPAC-006": answer_roles,
    "CAPAC-007": answer_skills,
    "CAPAC-008": answer_no_time,
    "CAPAC-010": answer_leave,
    "CAPAC-011": answer_leaver,
}


@pytest.mark.parametrize("oracle", oracles("capacity."))
def test_capacity(oracle: Case) -> None:
    answer = ANSWERS[oracle["id"]](oracle["inputs"])
    expected = oracle["expected"]
    assert set(answer) == set(expected)
    for name, value in expected.items():
        assert answer[name] == pytest.approx(value, abs=oracle["tolerance"]["abs"]), name
