"""Compliance: projects x controls, each cell met or not, and the share of what is due that is met, however grouped.

Source: domain.md h.1: met required items due / required items due; waived ones count as not met and are shown apart.
An item counts from the day it is due, so that what was done early does not make up for what is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pmo_desktop.figures.duties import (
    ControlKind,
    Done,
    Follower,
    PhaseOf,
    Progress,
    Version,
    read_followers,
    read_progress,
    read_versions,
)
from pmo_desktop.rules.assurance import DeliverableStatus, Mandatory, Tier
from pmo_desktop.rules.compliance import Met, Share
from pmo_desktop.rules.standing import STANDING, Day, Standing
from pmo_desktop.store.collector import without_collector
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import data_date, read_names, read_settings

STATES: tuple[Met, ...] = tuple(Met)  # a cell holds the place of its state here
_MET, _NOT_MET, _WAIVED, _NOT_DUE, _NOT_REQUIRED = range(len(STATES))
_ACCEPTED = str(DeliverableStatus.ACCEPTED)


class Grouping(StrEnum):
    """By what compliance is summed."""

    MANAGER = "manager"
    PROGRAMME = "programme"
    PORTFOLIO = "portfolio"
    METHODOLOGY = "methodology"


_NOBODY = {
    Grouping.MANAGER: "No manager",
    Grouping.PROGRAMME: "No programme",
    Grouping.PORTFOLIO: "No portfolio",
    Grouping.METHODOLOGY: "No methodology",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One column. `code` is that of the part, the same in every version; `methodology` is empty for standing ones."""

    kind: ControlKind
    code: str
    name: str
    phase: str
    methodology: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class ComplianceTable:
    """Projects x controls on a day. `states`: places in STATES, one byte a cell, shape (projects, controls)."""

    on: date
    projects: tuple[Follower, ...]
    controls: tuple[Control, ...]
    states: NDArray[np.uint8]
    names: Mapping[str, str]  # of managers, programmes, portfolios and versions, by id

    def state(self, project: int, control: int) -> Met:
        """The state of one cell by its row and column."""
        return STATES[int(self.states[project, control])]

    def share(self) -> Share:
        """How much of all that is due is met."""
        return _share(self.states)

    def project_shares(self) -> tuple[Share, ...]:
        """The share of every project, in the order of the rows."""
        return _shares(self.states, 1)

    def control_shares(self) -> tuple[Share, ...]:
        """The share of every control, in the order of the columns."""
        return _shares(self.states, 0)


@dataclass(frozen=True, slots=True)
class GroupShare:
    """The projects of one manager, programme, portfolio or version together; `id` is None for those without one."""

    id: str | None
    name: str
    projects: int
    share: Share


def read_compliance(store: Store, on: date | None = None, methodology: str | None = None) -> ComplianceTable:
    """The table on a day, else on the data date; of all projects, or of those that follow one version.

    Columns: the standing controls, then the mandatory deliverables and the gates of the versions that are followed, by
    phase; one that is asked of no project is left out.
    """
    settings = read_settings(store)
    day = on or data_date(settings)
    with without_collector():
        projects = read_followers(store, day, methodology)
        versions = read_versions(store, {each.methodology for each in projects if each.methodology})
        places = _place_controls(versions.values())
        states = _judge_all(
            projects, versions, places, read_progress(store, day), Day(day, round(settings["report_days"]))
        )
    always = len(STANDING)
    asked = [place for place in range(states.shape[1]) if place < always or (states[:, place] != _NOT_REQUIRED).any()]
    controls = (*map(_standing_control, STANDING), *(control for _, control in places.values()))
    names = read_names(store) | {identity: version.label for identity, version in versions.items()}
    return ComplianceTable(day, tuple(projects), tuple(controls[place] for place in asked), states[:, asked], names)


_PLACES = {state: place for place, state in enumerate(STATES)}
_Key = tuple[str, ControlKind, str]
_Places = dict[_Key, tuple[int, Control]]


def share_by(table: ComplianceTable, how: Grouping) -> tuple[GroupShare, ...]:
    """The table summed by what projects have in common, by name; those without one come last."""
    rows: dict[str | None, list[int]] = {}
    for place, project in enumerate(table.projects):
        rows.setdefault(getattr(project, how), []).append(place)
    found = [
        GroupShare(key, table.names.get(key, key) if key else _NOBODY[how], len(places), _share(table.states[places]))
        for key, places in rows.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.id is None, each.name.casefold(), each.id or "")))


def due_day(done: Done | None, phase: PhaseOf, progress: Progress, usual: str | None) -> str | None:
    """The day from which a deliverable counts: the usual one of its phase, unless its own row names another gate.

    Where neither a gate nor the phase has a day, it is due when its row says; None when nothing says.
    """
    if done is None:
        return usual
    _, gate, due = done
    elsewhere = gate and gate not in phase.gates[:1] and progress.gate_day(gate)
    return elsewhere or usual or due


def _judge_all(
    projects: Iterable[Follower],
    versions: Mapping[str, Version],
    places: _Places,
    progress: Mapping[str, Progress],
    day: Day,
) -> NDArray[np.uint8]:
    plans: dict[tuple[str, Tier | None], _Plan] = {}
    width, on = len(STANDING) + len(places), day.on.isoformat()
    rows = []
    for each in projects:
        row, own = bytearray([_NOT_REQUIRED]) * width, progress[each.id]
        for place, control in enumerate(STANDING):
            state = _PLACES[control.judge(each.facts, day)]
            row[place] = _WAIVED if state == _NOT_MET and control.code in own.waivers else state
        if each.methodology:
            key = (each.methodology, each.tier)
            if key not in plans:
                plans[key] = _plan(versions[each.methodology], each.tier, places)
            _judge_parts(row, plans[key], own, on)
        rows.append(row)
    return np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), width)


class _Asked(NamedTuple):
    """What a phase asks of a tier: the columns and codes of its deliverables, and of its gates."""

    phase: PhaseOf
    outputs: tuple[tuple[int, str], ...]
    gates: tuple[tuple[int, str], ...]


_Plan = tuple[_Asked, ...]


def _plan(version: Version, tier: Tier | None, places: _Places) -> _Plan:
    def asked(phase: PhaseOf, kind: ControlKind) -> Iterator[tuple[int, str]]:
        for part in phase.parts:
            if part.kind is kind and part.mandatory.binds(tier):
                yield places[version.code, kind, part.code][0], part.code

    return tuple(
        _Asked(each, tuple(asked(each, ControlKind.DELIVERABLE)), tuple(asked(each, ControlKind.GATE)))
        for each in version.phases
    )


def _judge_parts(row: bytearray, plan: _Plan, progress: Progress, on: str) -> None:
    deliverables, waivers = progress.deliverables, progress.waivers
    for phase, outputs, gates in plan:
        usual = progress.phase_day(phase.code, phase.gates)
        for place, code in outputs:
            done = deliverables.get(code)
            met = done is not None and done[0] == _ACCEPTED
            row[place] = _judge(due_day(done, phase, progress, usual), on, met, code in waivers)
        for place, code in gates:
            due = progress.gate_day(code) or progress.phases.get(phase.code)
            row[place] = _judge(due, on, progress.passed(code), code in waivers)


def _judge(due: str | None, on: str, met: bool, waived: bool) -> int:
    if due is None or due > on:
        return _NOT_DUE
    return _MET if met else _WAIVED if waived else _NOT_MET


def _place_controls(versions: Iterable[Version]) -> _Places:
    """A column for every part that is mandatory for somebody; versions of one methodology share those of one code."""
    ordered = sorted(versions, key=lambda each: (each.code, each.label))
    parts = {key: control for version in ordered for key, control in _controls_of(version)}
    return {key: (len(STANDING) + place, control) for place, (key, control) in enumerate(parts.items())}


def _controls_of(version: Version) -> Iterator[tuple[_Key, Control]]:
    for phase in version.phases:
        for part in phase.parts:
            if part.mandatory is not Mandatory.NONE:
                key = (version.code, part.kind, part.code)
                yield key, Control(part.kind, part.code, part.name, phase.name, version.code, part.why)


def _standing_control(each: Standing) -> Control:
    return Control(ControlKind.STANDING, each.code, each.name, "", "", each.why)


def _share(states: NDArray[np.uint8]) -> Share:
    met, waived = int((states == _MET).sum()), int((states == _WAIVED).sum())
    return Share(met + waived + int((states == _NOT_MET).sum()), met, waived)


def _shares(states: NDArray[np.uint8], axis: int) -> tuple[Share, ...]:
    met, waived = (states == _MET).sum(axis), (states == _WAIVED).sum(axis)
    due = met + waived + (states == _NOT_MET).sum(axis)
    return tuple(Share(*map(int, each)) for each in zip(due, met, waived, strict=True))
