"""What a project's size would be by what is known of it, and which methodologies suit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pmo_desktop.figures.methods import MethodLine, list_methods
from pmo_desktop.rules.assurance import MethodStatus, Tier
from pmo_desktop.rules.methodcodes import version_key
from pmo_desktop.rules.sizing import SCALES, Size, judge_size
from pmo_desktop.rules.wording import count_text, money_text
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, read_linked, read_row


@dataclass(frozen=True, slots=True)
class ScaleProposal:
    """One scale: the point proposed, 1 to 5 or None, and in a sentence where it comes from or why there is none."""

    name: str
    point: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class SizingProposal:
    """All five scales of a project in their order, the size they give, and the tier it has now (empty: none)."""

    project: str
    scales: tuple[ScaleProposal, ...]
    size: Size
    tier: str

    @property
    def points(self) -> Mapping[str, int | None]:
        """The points by the names of their scales."""
        return {each.name: each.point for each in self.scales}


@dataclass(frozen=True, slots=True)
class MethodProposal:
    """An approved methodology for a project: whether it is made for its tier, and why it stands where it does."""

    method: MethodLine
    fits: bool
    reason: str


def propose_sizing(store: Store, project: str) -> SizingProposal:
    """Points for cost and duration from the project's money and dates, the others as it was sized last.

    Raises Known when the project is gone.
    """
    row = _project(store, project)
    sizings = sorted(
        read_linked(store, "sizing", "project", [project]), key=lambda each: (each["sized_on"], each["id"])
    )
    last = sizings[-1] if sizings else None
    measured = {"cost": _cost(row), "duration": _duration(row)}
    scales = []
    for scale in SCALES:
        measure, reason = measured.get(scale.name, (None, ""))
        point = scale.point(measure) if measure is not None else None
        if point is None and last and last[scale.name] is not None:
            point, reason = round(last[scale.name]), "As it was sized last."
        scales.append(ScaleProposal(scale.name, point, reason or "Only people can judge it."))
    return SizingProposal(
        project, tuple(scales), judge_size({each.name: each.point for each in scales}), row["tier"] or ""
    )


def propose_method(store: Store, project: str, tier: str | None = None) -> tuple[MethodProposal, ...]:
    """The newest approved version of each methodology, the best for the project's tier first.

    `tier` is one it is about to get. A project nobody has sized takes the tier its proposed size has, else the
    middle one. Those made for its tier stand before those for any tier, and these before those for another. Raises
    Known when the project is gone.
    """
    tier = tier or _project(store, project)["tier"] or propose_sizing(store, project).size.tier or Tier.TWO
    newest: dict[str, MethodLine] = {}
    for line in list_methods(store):
        there = newest.get(line.code)
        is_newer = there is None or version_key(line.version) > version_key(there.version)
        if line.status == MethodStatus.APPROVED and is_newer:
            newest[line.code] = line
    found = [_proposal(line, str(tier)) for line in newest.values()]
    return tuple(sorted(found, key=lambda each: (not each.fits, bool(each.method.tier), each.method.name.casefold())))


def project_dates(row: Record) -> tuple[date | None, date | None]:
    """When a project starts and finishes: actually, else by forecast, else by baseline."""
    start, finish = (
        next((row[f"{end}_{kind}"] for kind in ("actual", "forecast", "baseline") if row[f"{end}_{kind}"]), None)
        for end in ("start", "finish")
    )
    return start, finish


def _proposal(line: MethodLine, tier: str) -> MethodProposal:
    if not line.tier:
        return MethodProposal(line, fits=False, reason="It is made for projects of any tier.")
    if line.tier == tier:
        return MethodProposal(line, fits=True, reason=f"It is made for {tier}.")
    return MethodProposal(line, fits=False, reason=f"It is made for {line.tier}; the project is {tier}.")


def _project(store: Store, project: str) -> Record:
    row = read_row(store, "project", project)
    if row is None:
        raise Known("This project has been deleted. Undo the deletion first.")
    return row


def _cost(row: Record) -> tuple[int | None, str]:
    """The whole-life cost in minor units, else the approved budget, and where it comes from."""
    for name, words in (("whole_life_cost", "whole-life cost"), ("budget_approved", "budget")):
        if row[name] is not None:
            return abs(row[name]), f"Its {words} is {money_text(row[name], row['currency'] or '')}."
    return None, "It has neither a whole-life cost nor a budget."


def _duration(row: Record) -> tuple[int | None, str]:
    """Days from the start to the finish, both included, by the actual dates, else the forecast, else the baseline."""
    start, finish = project_dates(row)
    if start is None or finish is None:
        return None, f"It has no {'start' if start is None else 'finish'} date."
    if finish < start:
        return None, "It finishes before it starts."
    days = (finish - start).days + 1
    return days, f"It takes {count_text(days, 'day')} from its start to its finish."
