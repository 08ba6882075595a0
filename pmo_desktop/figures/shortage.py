"""What projects lack in people: the over-booked whose load they lead, and demand that nobody is named for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from pmo_desktop.figures.attention import Finding, Rule
from pmo_desktop.figures.outlook import SOON, WEEKS, Outlook, Overload, Unnamed
from pmo_desktop.rules.wording import MONTHS, count_word, label_inside

Shortages = Mapping[str, tuple[Finding, ...]]  # by the id of the project
_WHOLE = 100


def find_shortages(outlook: Outlook, day: date) -> Shortages:
    """Findings by project: whoever is over-booked within four weeks counts where most of the worst week goes."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    firsts, projects = outlook.grid.periods.firsts, outlook.book.projects
    for overload in outlook.overloads:
        project = projects[overload.projects[0]].id
        if project and firsts[overload.weeks[0]] <= day + SOON:
            found[project].append(_over_booked(outlook, overload))
    for unnamed in outlook.unnamed:
        if project := projects[unnamed.project].id:
            found[project].append(_unnamed(unnamed))
    return {project: tuple(findings) for project, findings in found.items()}


def _over_booked(outlook: Outlook, overload: Overload) -> Finding:
    name, monday = outlook.line_of(overload).title, outlook.grid.periods.firsts[overload.worst]
    share = overload.share.value
    often = "" if len(overload.weeks) == 1 else f"over-booked in {count_word(len(overload.weeks))} of {WEEKS} weeks, "
    much = "booked without any time" if share is None else f"{round(share * _WHOLE)}% booked"
    reason = f"{name} is {often}{much} in the week of {monday.day} {MONTHS[monday.month - 1]}"
    return Finding(Rule.OVER_BOOKED, reason, "Move, share out or reduce the work", monday)


def _unnamed(unnamed: Unnamed) -> Finding:
    role = label_inside(unnamed.role) or unnamed.resource
    first = f"{unnamed.first.day} {MONTHS[unnamed.first.month - 1]}"
    reason = f"Nobody is named yet as {role}, who is asked for from {first}"
    return Finding(Rule.UNNAMED, reason, "Name somebody or move the start", unnamed.first)
