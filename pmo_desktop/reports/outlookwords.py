"""Capacity in sentences: the page's message, and where it hurts, each computed from the outlook that stands below."""

from __future__ import annotations

from datetime import date, timedelta

from pmo_desktop.figures.outlook import WEEKS, Outlook, Overload, Unnamed
from pmo_desktop.reports.frame import fit_text
from pmo_desktop.reports.style import MESSAGE
from pmo_desktop.reports.text import one_line
from pmo_desktop.rules.wording import MONTHS, count_word, day_month, join_words, label_inside, number_text

_EARLY, _MIDDLE = 10, 20  # days of a month
_FRIDAY = timedelta(days=4)
_NAMED = 3
_WHOLE = 100
_LONGEST = 260.0  # points of a name in a message, so that the rest of it is read


def outlook_message(outlook: Outlook) -> str:
    """Who is over-booked until when, and when there is room again."""
    return f"{_over_words(outlook)}; {_room_words(outlook)}"


def overload_words(outlook: Outlook, overload: Overload) -> str:
    """How much somebody is over-booked, when, and by which projects."""
    monday = outlook.grid.periods.firsts[overload.worst]
    percent = "booked without any time" if overload.share.value is None else f"{round(overload.share.value * _WHOLE)}%"
    worst = f"{percent} in the week of {monday.day} {MONTHS[monday.month - 1]}"
    often = "" if len(overload.weeks) == 1 else f", over in {count_word(len(overload.weeks))} of {WEEKS} weeks"
    called = [one_line(outlook.book.projects[row].called) for row in overload.projects]
    shown = called if len(called) <= _NAMED else [*called[: _NAMED - 1], f"{len(called) - _NAMED + 1} others"]
    shared = f" {'Shared by' if len(called) > 1 else 'Booked by'} {join_words(shown)}."
    return f"{worst}{often}.{shared}"


def room_sentence(outlook: Outlook) -> str:
    """From when on how much is free, and in which teams; or that there is none."""
    room = outlook.room
    if room is None:
        return f"No week leaves enough free: in the last of these {WEEKS} weeks the time is booked or off."
    monday = outlook.grid.periods.firsts[room.week]
    mostly = f", mostly in {join_words([one_line(team) for team in room.teams])}" if room.teams else ""
    days = number_text(round(room.days))
    return f"From {monday.day} {MONTHS[monday.month - 1]}, {days} person-days a week are free{mostly}."


def part_of_month(day: date) -> str:
    """A day roughly: early March, mid-December, late January."""
    month = MONTHS[day.month - 1]
    return f"early {month}" if day.day <= _EARLY else f"mid-{month}" if day.day <= _MIDDLE else f"late {month}"


def _over_words(outlook: Outlook) -> str:
    if not outlook.overloads:
        return f"Nobody is over-booked in the next {WEEKS} weeks"
    worst = outlook.overloads[0]
    line = outlook.line_of(worst)
    who = f"The only {label_inside(line.note)}" if outlook.is_only_one(line) and line.note else line.title
    who = fit_text(one_line(who), MESSAGE, _LONGEST) or "A resource"
    last = outlook.grid.periods.firsts[worst.stop - 1] + _FRIDAY
    run = [week for week in worst.weeks if week < worst.stop]
    from_the_start = outlook.first in run and len(run) == worst.stop - outlook.first
    when = f"to {part_of_month(last)}" if from_the_start else f"in the week of {day_month(last - _FRIDAY)}"
    return f"{who} is over-booked {when}"


def _room_words(outlook: Outlook) -> str:
    room = outlook.room
    if room is None:
        return "no spare capacity is in sight"
    if room.week == outlook.first:
        return "there is room to start in every week"
    monday = outlook.grid.periods.firsts[room.week]
    return f"spare capacity returns in {part_of_month(monday)}"


def unnamed_words(outlook: Outlook) -> list[tuple[str, str]]:
    """What is asked of whom nobody is named for: the role, and how much, since when, by which project."""
    return [(one_line(each.role or each.resource), _asked_words(outlook, each)) for each in outlook.unnamed]


def _asked_words(outlook: Outlook, unnamed: Unnamed) -> str:
    days, first = number_text(round(unnamed.days)), unnamed.first
    project = one_line(outlook.book.projects[unnamed.project].called)
    return f"{days} days asked for from {first.day} {MONTHS[first.month - 1]} by {project}; nobody is named."
