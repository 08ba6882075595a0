"""Figures of the registers behind the capacity grid: what is odd, in words, and what belongs to a row, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from pmo_desktop.figures.book import (
    NO_PROJECT,
    WEEKDAYS,
    Calendars,
    ProjectLine,
    make_allocations,
    read_calendars,
    read_resources,
)
from pmo_desktop.rules.booking import TICKS_PER_HOUR, place
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.rules.capacity import WHOLE, measure_capacity
from pmo_desktop.rules.wording import count_text, short_day
from pmo_desktop.rules.words import AllocationStatus, RecordStatus
from pmo_desktop.store.bookings import columns_of
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, data_date, linked_rows, read_names, read_rows, read_settings

_AROUND = timedelta(weeks=260)  # how far from the data date bookings are looked at day by day
_MOST_LINES = 12
_NO_DAYS = "A calendar without working days gives nobody any time."
_NO_PROJECT = ProjectLine(None, "", "", "", None)
_FAR = "The allocation lies further than five years from the data date; it is not counted."


def figure_resources(store: Store, rows: list[Record]) -> list[Record]:
    """`skills`: each with its level, the best first; `flags`: what is odd about somebody's working time, in words."""
    lines = {line.id: line for line in read_resources(store, read_calendars(store))}
    names, skills = read_names(store), defaultdict[str, list[Record]](list)
    for each in read_rows(store, "resource_skill"):
        skills[each["resource"]].append(each)
    return [
        row
        | {
            "skills": ", ".join(_say_skill(each, names) for each in sorted(skills[row["id"]], key=_best_first(names))),
            "flags": " ".join(flag.words for flag in lines[row["id"]].flags) if row["id"] in lines else "",
        }
        for row in rows
    ]


def figure_allocations(store: Store, rows: list[Record]) -> list[Record]:
    """`days`: what is booked, in standard days; `flags`: what is odd about a booking, in words.

    Bookings further from the data date than five years have no days: nothing is reckoned there.
    """
    today = data_date(read_settings(store))
    horizon = Horizon(max(date.min, today - _AROUND), today + _AROUND)
    near = [row for row in rows if row["status"] != AllocationStatus.REJECTED and _is_near(row, horizon)]
    figures = _figure_near(store, near, horizon) if near else {}
    return [row | {"days": days, "flags": flags} for row in rows for days, flags in [figures.get(row["id"], _far(row))]]


def figure_absences(store: Store, rows: list[Record]) -> list[Record]:
    """`days`: working days of one's own calendar that are lost; `flags`: what is odd about an absence, in words."""
    calendars = read_calendars(store)
    calendar_of = {row["id"]: row["calendar"] for row in read_rows(store, "resource")}
    others = defaultdict[str, list[Record]](list)
    for each in read_rows(store, "absence"):
        others[each["resource"]].append(each)
    return [
        row | {"days": _days_lost(row, calendars, calendar_of), "flags": _odd_absence(row, others[row["resource"]])}
        for row in rows
    ]


def count_resources(link: str) -> Callable[[Store, list[Record]], list[Record]]:
    """A figure that counts the resources in use which point to a row by a link, as `resource_count`."""

    def figure(store: Store, rows: list[Record]) -> list[Record]:
        counts = Counter(each[link] for each in read_rows(store, "resource") if each["status"] != RecordStatus.CLOSED)
        return [row | {"resource_count": counts[row["id"]]} for row in rows]

    return figure


def count_skilled(store: Store, rows: list[Record]) -> list[Record]:
    """`resource_count`: who has a skill at any level."""
    counts = Counter(each["skill"] for each in read_rows(store, "resource_skill") if each["level"] != 0)
    return [row | {"resource_count": counts[row["id"]]} for row in rows]


def figure_calendars(store: Store, rows: list[Record]) -> list[Record]:
    """`week`: hours and days of a week; `holiday_count`; `resource_count`: who works by it, by name; `flags`."""
    calendars = read_calendars(store)
    holidays = Counter(each["calendar"] for each in read_rows(store, "holiday"))
    resources = Counter(
        each["calendar"] or calendars.default
        for each in read_rows(store, "resource")
        if each["status"] != RecordStatus.CLOSED
    )
    return [
        row
        | {
            "week": _say_week(calendars, row["id"]),
            "holiday_count": holidays[row["id"]],
            "resource_count": resources[row["id"]],
            "flags": "" if calendars.pattern(row["id"]).weekly_hours else _NO_DAYS,
        }
        for row in rows
    ]


def figure_holidays(_store: Store, rows: list[Record]) -> list[Record]:
    """`weekday` of a holiday."""
    return [row | {"weekday": WEEKDAYS[row["day"].weekday()].capitalize()} for row in rows]


def tell_resource(store: Store, resource: str, today: date) -> dict[str, list[str]]:
    """What belongs to a resource, in lines: `Skills`, the best first; `Leave` and `Booked for` from a day on."""
    names = read_names(store)
    with store.reading() as connection:
        skills, absences, bookings = (
            linked_rows(connection, each, "resource", [resource])
            for each in ("resource_skill", "absence", "allocation")
        )
    leave = sorted((row for row in absences if row["finish"] >= today), key=lambda row: row["start"])
    booked = sorted((row for row in bookings if row["period_end"] >= today), key=lambda row: row["period_start"])
    return {
        "Skills": _listed([_say_level(row, names) for row in sorted(skills, key=_best_first(names))], "None are kept."),
        "Leave": _listed([_say_absence(row) for row in leave], f"None from {short_day(today)} on."),
        "Booked for": _listed([_say_booking(row, names) for row in booked], f"Nothing from {short_day(today)} on."),
    }


# ------------------------------------------------------------------ below the counter


def _say_skill(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    level = "" if row["level"] is None else f" {row['level']:g}"
    return f"{names.get(row['skill'], '')}{level}"


def _say_level(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = "no level" if row["level"] is None else f"level {row['level']:g}"
    wanted = f", to become {row['target']:g}" if row["target"] is not None and row["target"] != row["level"] else ""
    return f"{names.get(row['skill'], '')}: {said}{wanted}"


def _say_absence(row: Mapping[str, Any]) -> str:
    part = "" if row["part"] is None else f", {row['part']:g} % of each day"
    return f"{_say_span(row['start'], row['finish'])}: {row['type'] or 'Absent'}{part}"


def _say_booking(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    project = names.get(row["project"] or "", NO_PROJECT)
    status = f", {row['status'].lower()}" if row["status"] else ""
    return f"{_say_span(row['period_start'], row['period_end'])}: {project}, {row['quantity']:g} {row['unit']}{status}"


def _say_span(first: date, last: date) -> str:
    return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"


def _listed(lines: list[str], nothing: str) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], f"and {more:,} more"] if more > 0 else lines or [nothing]


def _best_first(names: Mapping[str, str]) -> Callable[[Mapping[str, Any]], tuple[float, str]]:
    return lambda row: (-(row["level"] or 0.0), names.get(row["skill"], "").casefold())


def _is_near(row: Mapping[str, Any], horizon: Horizon) -> bool:
    return bool(row["period_start"] <= horizon.last and row["period_end"] >= horizon.first)


def _figure_near(store: Store, rows: Sequence[Record], horizon: Horizon) -> dict[str, tuple[float | None, str]]:
    """Days and flags by id, reckoned for the days of the rows only."""
    first = max(horizon.first, min(row["period_start"] for row in rows))
    last = min(horizon.last, max(row["period_end"] for row in rows))
    calendars, wanted = read_calendars(store), {row["resource"] for row in rows}
    lines = [line for line in read_resources(store, calendars) if line.id in wanted]
    capacity = measure_capacity([line.worker for line in lines], Horizon(first, max(first, last)))
    columns = columns_of([row | {"project": None} for row in rows])
    bookings = place(make_allocations(columns, lines, [_NO_PROJECT]), capacity, calendars.standard)
    flags = defaultdict[int, list[str]](list)
    for flag, marked in bookings.flags.items():
        for number in marked.tolist():
            flags[number].append(flag.words)
    day = (calendars.standard.daily_hours or 0.0) * TICKS_PER_HOUR
    days = np.divide(bookings.booked, day).tolist() if day else [None] * len(rows)
    return {row["id"]: (days[number], " ".join(flags[number])) for number, row in enumerate(rows)}


def _far(row: Mapping[str, Any]) -> tuple[float | None, str]:
    return None, "" if row["status"] == AllocationStatus.REJECTED else _FAR


def _days_lost(row: Mapping[str, Any], calendars: Calendars, calendar_of: Mapping[str, str | None]) -> float | None:
    """Working days of an absence; None when it ends before it begins or is longer than years."""
    length = row["finish"] - row["start"]
    if not timedelta() <= length <= _AROUND:
        return None
    calendar = calendar_of.get(row["resource"])
    horizon = Horizon(row["start"], row["finish"])
    worked = horizon.working_time(calendars.pattern(calendar), calendars.days_off(calendar)) > 0
    part = 1.0 if row["part"] is None else min(WHOLE, max(0.0, row["part"])) / WHOLE
    return float(np.count_nonzero(worked)) * part


def _odd_absence(row: Mapping[str, Any], others: Sequence[Record]) -> str:
    if row["finish"] < row["start"]:
        return "The absence ends before it begins; it is not counted."
    overlaps = [
        each
        for each in others
        if each["id"] != row["id"] and each["start"] <= row["finish"] and each["finish"] >= row["start"]
    ]
    return "Overlaps another absence; each day counts once." if overlaps else ""


def _say_week(calendars: Calendars, calendar: str) -> str:
    hours = calendars.pattern(calendar).hours
    return f"{sum(hours):g} h on {count_text(sum(each > 0 for each in hours), 'day')}"
