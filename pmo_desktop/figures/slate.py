"""The slate: the allocations of a few resources as they would be after some changes, before anything is written.

Every deed on allocations, and every preview of one, is worked out here: what a cell holds is replaced, and what lies
beside it keeps its amounts (see rules/cutting).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from pmo_desktop.figures.book import UNITS, ResourceLine, read_calendars, read_resources
from pmo_desktop.figures.scenarios import read_allocations, read_some
from pmo_desktop.model.types import new_id
from pmo_desktop.rules.booking import RATE, Unit
from pmo_desktop.rules.calendar import Horizon, Numbers
from pmo_desktop.rules.capacity import WHOLE
from pmo_desktop.rules.cutting import DECIMALS, RATES, Diary, Part, cut_out, join, keep, tell
from pmo_desktop.rules.words import AllocationStatus, AllocationUnit
from pmo_desktop.store.file import Store

WORDS = {unit: word for word, unit in UNITS.items()}
_TELLING = 10**DECIMALS  # a part of one FTE that a cell tells apart
_FAR = timedelta(weeks=52 * 20)  # how far from the changed days a span is looked at day by day


@dataclass(frozen=True, slots=True)
class Booked:
    """One allocation as it is stored; a status that is empty counts as confirmed."""

    id: str
    resource: str
    project: str | None
    role: str | None
    part: Part
    status: str | None = None
    comment: str | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Booked:
        """A row of the store."""
        unit = UNITS[AllocationUnit(row["unit"])]
        part = Part(row["period_start"], row["period_end"], row["quantity"], unit)
        mine = row["id"], row["resource"], row["project"], row["role"]
        return cls(*mine, part, row["status"] or None, row["comment"] or None, row["custom"])

    @property
    def cells(self) -> dict[str, Any]:
        """The cells as they are stored, the id left out."""
        return {
            "resource": self.resource,
            "project": self.project,
            "role": self.role,
            "period_start": self.part.first,
            "period_end": self.part.last,
            "quantity": self.part.quantity,
            "unit": WORDS[self.part.unit],
            "status": self.status,
            "comment": self.comment,
            "custom": dict(self.custom),
        }

    @property
    def is_hard(self) -> bool:
        """Whether it is confirmed."""
        return self.status in (None, AllocationStatus.CONFIRMED)

    @property
    def kin(self) -> tuple[Any, ...]:
        """What rows have in common that may be joined."""
        return self.resource, self.project, self.role, self.status, self.comment, dict(self.custom)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from what is stored: new rows, changed rows, and the ids of those that go."""

    made: tuple[Booked, ...]
    changed: tuple[Booked, ...]
    gone: tuple[str, ...]


class Slate:
    """Allocations by id, their resources and the diaries of those; changes are made to it, and asked for at the end."""

    def __init__(
        self,
        lines: Mapping[str, ResourceLine],
        diaries: Mapping[str, Diary],
        rows: Iterable[Booked],
        days_off: frozenset[date],
    ) -> None:
        self.lines = lines
        self.diaries = diaries
        self.days_off = days_off  # holidays of the standard calendar
        self.stored = {row.id: row for row in rows}
        self.rows: dict[str, Booked] = {}
        self.by_pair: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
        for row in self.stored.values():
            self.add(row)

    def copy(self) -> Slate:
        """The same to try something on; nothing of it shows here."""
        made = Slate(self.lines, self.diaries, self.stored.values(), self.days_off)
        for row in [row for key, row in made.rows.items() if self.rows.get(key) != row]:
            made.remove(row)
        for row in self.rows.values():
            if row.id not in made.rows:
                made.add(row)
        return made

    def changes(self) -> Changes:
        """The difference between what is stored and what would be."""
        made = tuple(row for key, row in self.rows.items() if key not in self.stored)
        changed = tuple(row for key, row in self.rows.items() if key in self.stored and row != self.stored[key])
        return Changes(made, changed, tuple(key for key in self.stored if key not in self.rows))

    def touched(self) -> set[str]:
        """The resources of which something differs."""
        changes = self.changes()
        ids = {*changes.gone, *(row.id for row in changes.changed)}
        rows = [*changes.made, *changes.changed, *(self.stored[each] for each in ids)]
        return {row.resource for row in rows}

    def of_cell(self, like: Booked, first: date, last: date, *, any_role: bool) -> list[Booked]:
        """The rows that a cell is made of, confirmed ones first, then as they were made."""
        found = [
            row
            for row in self.of_pair(like)
            if (any_role or row.role == like.role) and row.part.first <= last and row.part.last >= first
        ]
        return sorted(found, key=lambda row: (not row.is_hard, row.id))

    def total(self, row: Booked, first: date, last: date) -> int:
        """What a row books on some days, in ticks."""
        diary = self.diaries[row.resource]
        inside = diary.horizon.clip(first, last)
        return int(diary.amounts(row.part)[inside].sum())

    def booked(self, resource: str, first: date, last: date) -> int:
        """What all rows of a resource book on some days, in ticks."""
        mine = [row for row in self.rows.values() if row.resource == resource]
        return sum(self.total(row, first, last) for row in mine if row.part.first <= last and row.part.last >= first)

    def excess_by_day(self, resource: str) -> Numbers:
        """Booked less available time of every day of the diary, int64[days] in ticks; below zero is free."""
        diary = self.diaries[resource]
        excess = -diary.available_by_day()
        for row in self.rows.values():
            if row.resource == resource:
                excess += diary.amounts(row.part)
        return excess

    def put(self, row: Booked, first: date, last: date, instead: Booked | None) -> None:
        """Take a row off some days, where `instead` comes in its place; what is left of it keeps its amounts.

        `instead` keeps the row's identity when nothing is left of the row beside it.
        """
        left = cut_out(self.diaries[row.resource], row.part, first, last)
        self.remove(row)
        identity = row.id
        for part in left:
            self.add(replace(row, id=identity, part=part))
            identity = new_id()
        if instead is not None:
            self.add(replace(instead, id=identity))
            self.settle(identity)

    def add(self, row: Booked) -> None:
        """One more row, or one in the place of that with its identity."""
        if row.id in self.rows:
            self.remove(self.rows[row.id])
        self.rows[row.id] = row
        self.by_pair[row.resource, row.project].add(row.id)

    def remove(self, row: Booked) -> None:
        """One row less."""
        del self.rows[row.id]
        self.by_pair[row.resource, row.project].discard(row.id)

    def of_pair(self, like: Booked) -> list[Booked]:
        """The rows of the same resource and project, as they were made."""
        return [self.rows[identity] for identity in sorted(self.by_pair[like.resource, like.project])]

    def settle(self, identity: str) -> None:
        """Join a row with its neighbours of the same rate, so that edits forth and back leave no splinters.

        The earlier identity stays, of a stored row before that of a new one.
        """
        while (row := self.rows[identity]).part.unit in RATES:
            for other in self.of_pair(row):
                joined = self._joined(row, other)
                if joined is not None:
                    self.remove(row)
                    self.remove(other)
                    self.add(joined)
                    identity = joined.id
                    break
            else:
                return

    def _joined(self, row: Booked, other: Booked) -> Booked | None:
        if row.id == other.id or row.part.unit is not other.part.unit or row.kin != other.kin:
            return None
        one, two = sorted((row, other), key=lambda each: each.part.first)
        part = join(self.diaries[row.resource], one.part, two.part)
        if part is None:
            return None
        kept = min((row, other), key=lambda each: (each.id not in self.stored, each.id))
        return replace(kept, part=part)

    def set_cell(self, new: Booked, *, any_role: bool = False) -> None:
        """Make a cell hold exactly what `new` says, which is what is typed for the cell's days; 0 empties it.

        Where several rows make up the cell, confirmed ones stay before those that are requested or offered: the first
        that no longer fits is reduced, those after it go; what is more is added to the first.
        """
        first, last = new.part.first, new.part.last
        new = replace(new, part=_as_shown(new.part, self.diaries[new.resource], self.days_off))
        rows = self.of_cell(new, first, last, any_role=any_role)
        if len(rows) <= 1 or not new.part.quantity:
            self._replace(rows, new, first, last)
            return
        diary = self.diaries[new.resource]
        there = diary.employed(first, last) or (first, last)
        room = diary.total(replace(new.part, first=there[0], last=there[1]))
        shares = [self.total(row, first, last) for row in rows]
        if sum(shares) < room:
            self.lower(rows[0], there, shares[0] + room - sum(shares), (new.part.unit, rows[0].part.unit, Unit.HOURS))
            return
        for row, share in zip(rows, shares, strict=True):
            if share > room:
                self.lower(row, there, room, (new.part.unit, row.part.unit, Unit.HOURS))
            room = max(0, room - share)

    def hand_over(self, row: Booked, to: str, span: tuple[date, date], share: float = WHOLE) -> None:
        """Give a share, in percent, of what a row books on some of its days to another resource.

        FTE stay as they are; of percent, days and hours the amount of work does. Days on which no work falls, for they
        are all leave, stay with their owner: there is nothing that somebody could take over.
        """
        ticks, unit = self.total(row, *span), row.part.unit
        if not ticks:
            return
        if unit is Unit.FTE:
            given: Part | None = Part(*span, round(row.part.quantity * share / WHOLE, DECIMALS), unit)
        else:
            given = tell(self.diaries[to], *span, round(ticks * share / WHOLE), (unit, Unit.DAYS, Unit.HOURS))
        if share == WHOLE:
            self.put(row, *span, None)
        else:
            self.lower(row, span, ticks - round(ticks * share / WHOLE), (unit, Unit.HOURS))
        if given is not None:
            whole = row.id not in self.rows
            new = replace(row, id=row.id if whole else new_id(), resource=to, part=given)
            self.add(new)
            self.settle(new.id)

    def lower(self, row: Booked, span: tuple[date, date], ticks: int, units: Sequence[Unit]) -> None:
        """Let a row book so much on some days, in the first of some units that says it exactly; 0 takes it off them."""
        part = tell(self.diaries[row.resource], *span, ticks, units) if ticks else None
        self.put(row, *span, replace(row, part=part) if part else None)

    def ask(self, row: Booked, span: tuple[date, date], note: str) -> None:
        """Make some days of a row Requested, with a note below its comment."""
        kept = keep(self.diaries[row.resource], row.part, *span)
        comment = f"{row.comment}\n{note}" if row.comment else note
        asked = [
            replace(row, id=new_id(), part=part, status=AllocationStatus.REQUESTED, comment=comment) for part in kept
        ]
        self.put(row, *span, asked[0] if asked else None)
        for each in asked[1:]:
            self.add(each)

    def _replace(self, rows: Collection[Booked], new: Booked, first: date, last: date) -> None:
        """A cell of one row, of none, or one that is emptied."""
        there = self.diaries[new.resource].employed(first, last)
        for row in rows:
            instead = None
            if new.part.quantity and there:
                part = replace(new.part, first=there[0], last=there[1])
                instead = replace(row, part=part, role=new.role or row.role)
            self.put(row, first, last, instead)
        if not rows and new.part.quantity and there:
            fresh = replace(self._like_neighbours(new), part=replace(new.part, first=there[0], last=there[1]))
            self.add(fresh)
            self.settle(fresh.id)

    def _like_neighbours(self, new: Booked) -> Booked:
        """A new row that goes on a booking: with its role and status where it says none itself."""
        near = [row for row in self.of_pair(new) if new.role in (None, row.role)]
        if not near or new.status is not None:
            return replace(new, status=new.status or AllocationStatus.REQUESTED)
        closest = min(near, key=lambda row: (abs((row.part.first - new.part.first).days), row.id))
        return replace(new, role=new.role or closest.role, status=closest.status)


def read_slate(
    store: Store,
    resources: Collection[str],
    first: date,
    last: date,
    scenario: str | None = None,
    projects: Collection[str | None] | None = None,
) -> Slate:
    """The slate of some resources for changes on some days, of the plan or of a scenario laid over it.

    Rejected allocations are not on it, nor are those for other projects than `projects`, where these are given.
    """
    found = read_allocations(store, scenario, resources, projects)
    rows = [Booked.of(row) for row in found if row["status"] != AllocationStatus.REJECTED]
    calendars = read_calendars(store)
    starts, ends = [first], [last]
    for row in rows:
        starts.append(max(row.part.first, first - _FAR))
        ends.append(min(row.part.last, last + _FAR))
    horizon = Horizon(min(starts), max(ends))
    lines = read_resources(store, calendars, resources)
    diaries = {line.id: Diary.of(line.worker, calendars.standard, horizon) for line in lines}
    return Slate({line.id: line for line in lines}, diaries, rows, calendars.days_off(None))


def _as_shown(part: Part, diary: Diary, days_off: frozenset[date]) -> Part:
    """What is typed for a cell, so that the cell shows it: FTE are of the standard time of all of its days.

    Where leave, a holiday of one's own or a start in the middle takes some of that time, it is told in days.
    """
    there = diary.employed(part.first, part.last)
    if part.unit is not Unit.FTE or there is None:
        return part
    full = int(Horizon(part.first, part.last).working_time(diary.standard, days_off).sum()) * RATE
    wanted = round(part.quantity * full)
    same = abs(diary.total(replace(part, first=there[0], last=there[1])) - wanted) * _TELLING <= full
    told = None if same else tell(diary, *there, wanted, (Unit.DAYS, Unit.HOURS))
    return replace(told, first=part.first, last=part.last) if told else part


def read_booked(store: Store, ids: Collection[str], scenario: str | None = None) -> list[Booked]:
    """Allocations by id, of the plan or a scenario, rejected ones too; those that are gone are not in the answer."""
    return [Booked.of(row) for row in read_some(store, scenario, ids)]


def say_part(part: Part) -> str:
    """A quantity in words: 50 %, 0.5 FTE, 3 days."""
    return say_amount(part.quantity, "%" if part.unit is Unit.PERCENT else str(WORDS[part.unit]))


def say_amount(quantity: float, unit: str) -> str:
    """`say_part` of a quantity and its unit as they are stored."""
    number = f"{round(quantity, DECIMALS):,.4f}".rstrip("0").rstrip(".")
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
