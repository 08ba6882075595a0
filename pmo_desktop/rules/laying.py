"""Laying a methodology over a project: the dates of its phases, the gates it has already, who has which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from pmo_desktop.rules.method import Method, MethodPhase, Output

USUAL_WEEKS = 4.0  # of a phase, where no phase of the methodology says its length; our decision
_NUMBERED = re.compile(r"(?:stage[ -]?gate|toll[ -]?gate|gate|g)[ .:-]*0*(\d+)(?!\w)")
# The words of roles whose person a project names in a field of its own.
ROLES: dict[str, str] = {
    "project manager": "pm",
    "manager": "pm",
    "delivery manager": "pm",
    "project lead": "pm",
    "sponsor": "sro",
    "project sponsor": "sro",
    "executive sponsor": "sro",
    "executive": "sro",
    "project executive": "sro",
    "senior responsible owner": "sro",
    "pmo": "pmo_contact",
    "pmo contact": "pmo_contact",
    "project support": "pmo_contact",
}


def lay_phases(
    weeks: Sequence[float | None], start: date | None, finish: date | None
) -> list[tuple[date, date] | tuple[None, None]]:
    """The first and the last day of each phase, one after the other without gaps.

    With both dates the usual lengths in weeks are scaled to fill them; with one of them they are taken as they are,
    forwards or backwards; with neither there are no dates. A phase without a usual length is as long as the mean of
    the others; a finish before the start counts as none.
    """
    said = [each for each in weeks if each is not None and each > 0]
    mean = sum(said) / len(said) if said else USUAL_WEEKS
    lengths = [each if each is not None and each > 0 else mean for each in weeks]
    total = sum(lengths)
    if not lengths or (start is None and finish is None):
        return [(None, None)] * len(lengths)
    if start and finish and finish >= start:
        first, days = start, (finish - start).days + 1
    else:
        days = max(len(lengths), round(total * 7))
        first = start or _moved(finish or date.max, 1 - days)
    edges = [round(days * sum(lengths[:place]) / total) for place in range(len(lengths) + 1)]
    days_of = ((min(begin, days - 1), end - 1) for begin, end in pairwise(edges))
    return [(_moved(first, begin), _moved(first, max(begin, end))) for begin, end in days_of]


def gate_title(code: str, name: str) -> str:
    """What the milestone of a gate is called: `G4 Ready to deploy`."""
    return name if name.casefold().startswith(code.casefold()) else f"{code} {name}"


def is_named_so(title: str, code: str, name: str) -> bool:
    """Whether a milestone is the gate of that code by what it is called: "G4", "Gate 4", "G4: Ready", or its name."""
    said, key = " ".join(title.casefold().split()), code.casefold()
    if said in (key, name.casefold()) or re.match(rf"{re.escape(key)}(?!\w)", said):
        return True
    number, written = re.search(r"(?<!\d)0*(\d+)$", key), _NUMBERED.match(said)
    return bool(number and written and int(number[1]) == int(written[1]))


def role_field(role: str) -> str | None:
    """The field of a project that names the person in a role; None when none does."""
    return ROLES.get(" ".join(role.casefold().split()))


def gate_of(method: Method, phase: MethodPhase, output: Output) -> str | None:
    """The code of the gate that asks for a deliverable; None when none does.

    That of its phase which has it as evidence, else the last of its phase, else the first of a later phase.
    """
    asking = [gate.code for gate in phase.gates if any(line.evidence == output.code for line in gate.criteria)]
    if asking or phase.gates:
        return asking[0] if asking else phase.gates[-1].code
    later = method.phases[method.phases.index(phase) + 1 :]
    return next((gate.code for each in later for gate in each.gates), None)


def _moved(day: date, days: int) -> date:
    """A day some days on, no further than the calendar goes."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
