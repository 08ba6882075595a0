"""A leaver: what is booked of somebody after a day, what they own, and who could take each of it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmo_desktop.figures.book import NO_PROJECT, Book, read_book
from pmo_desktop.figures.cells import read_cell
from pmo_desktop.figures.projects import is_achieved, is_cancelled
from pmo_desktop.figures.requests import Prospect, Wanted, candidates
from pmo_desktop.model.catalog import all_fields
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.model.register import RegisterInfo
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.rules.calendar import Horizon
from pmo_desktop.rules.words import ENDED, AllocationStatus, MilestoneStatus, RecordStatus
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import Record, linked_rows, read_names, read_row, read_rows

MOST = 8  # candidates offered for one allocation
_OVER = {*ENDED, RecordStatus.CLOSED, MilestoneStatus.COMPLETE, MilestoneStatus.CANCELLED, "Resolved", "Occurred"}
_DONE_BY = ("assessor",)  # with all fields that end in _by: who did something, which leaving does not change


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who could take something over: the id of a resource or a person, what they are called, and why they."""

    to: str
    name: str
    why: str
    fits: bool = True  # whether they have the time for all of it, beside what is proposed to them already


@dataclass(frozen=True, slots=True)
class BookedItem:
    """An allocation, or what is left of it after the last day: its days from `first` to `last`.

    `idle`: no work falls on them, for they are all leave; there is nothing to hand over.
    """

    allocation: str
    resource: str
    project: str
    first: date
    last: date
    quantity: float
    unit: str
    proposals: tuple[Proposal, ...]
    idle: bool = False


@dataclass(frozen=True, slots=True)
class OwnedItem:
    """A field that names the leaver in a row that is still open."""

    entity: str
    row: str
    field: Field
    called: str
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody's leaving: who, their last day, and everything that is to be handed over.

    `resources`: the ids of what books them; `person` is None for a resource that is nobody of the other registers.
    """

    name: str
    person: str | None
    resources: tuple[str, ...]
    on: date
    booked: tuple[BookedItem, ...]
    owned: tuple[OwnedItem, ...]


def read_leaving(store: Store, entity: str, identity: str, on: date, book: Book | None = None) -> Leaving:
    """The leaving of a resource or a person (`entity`). Raises KeyError when the row is gone.

    `book`: the whole book where somebody has read it already, for that takes most of the time.
    """
    row = read_row(store, entity, identity)
    if row is None:
        raise KeyError(identity)
    resources = [row] if entity == "resource" else []
    person: str | None = row["person"] if entity == "resource" else identity
    if person is not None:
        resources = [each for each in read_rows(store, "resource") if each["person"] == person] or resources
    book = book or read_book(store)
    chosen = tuple(each["id"] for each in resources)
    booked = _booked(store, book, chosen, on)
    owned = _owned(store, person, _manager(resources, person)) if person else ()
    return Leaving(row["name"], person, chosen, on, booked, owned)


def duties() -> list[tuple[RegisterInfo, Field]]:
    """Every field of a register by which a person answers for something now, with its register."""
    return [
        (info, field)
        for info in BY_ENTITY.values()
        for field in all_fields(info.entity.__tablename__)
        if field.kind is Kind.PERSON and _is_duty(info.entity.__tablename__, field.name)
    ]


def _is_duty(entity: str, name: str) -> bool:
    return not (name.endswith("_by") or name in _DONE_BY or (entity, name) == ("resource", "person"))


# ------------------------------------------------------------------ what is owned


def _owned(store: Store, person: str, manager: str | None) -> tuple[OwnedItem, ...]:
    names = read_names(store)
    leads = {row["id"]: row["pm"] for row in read_rows(store, "project")}
    found = []
    tables: dict[str, list[Record]] = {}
    for info, field in duties():
        entity = info.entity.__tablename__
        rows = tables.setdefault(entity, read_rows(store, entity))
        for row in rows:
            if row[field.name] == person and _is_open(entity, row):
                near = (manager, leads.get(row.get("project") or ""))
                proposals = _heirs(near, person, names)
                found.append(OwnedItem(entity, row["id"], field, _call(info, row, names), proposals))
    return tuple(found)


def _is_open(entity: str, row: Record) -> bool:
    if entity == "milestone" and (is_achieved(row) or is_cancelled(row)):
        return False
    return row.get("status") not in _OVER and row.get("lifecycle_status") not in _OVER


def _heirs(near: Sequence[str | None], person: str, names: Mapping[str, str]) -> tuple[Proposal, ...]:
    """The leaver's manager, then the project's, each once; nobody when both are the leaver or not known."""
    reasons = ("their manager", "manages the project")
    found = {who: why for who, why in zip(near, reasons, strict=True) if who and who != person and who in names}
    return tuple(Proposal(who, names[who], why) for who, why in found.items())


def _call(info: RegisterInfo, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    title = row[info.title]
    said = (row[info.ref] if info.ref else None) or names.get(str(title)) or str(title or f"an unnamed {info.one}")
    if info.ref and row[info.ref] and title:
        said = f"{said} {title}"
    return f"{said} of {names[row[info.within]]}" if info.within and row[info.within] in names else said


def _manager(resources: Sequence[Record], person: str | None) -> str | None:
    return next((each["manager"] for each in resources if each["manager"] not in (None, person)), None)


# ------------------------------------------------------------------ what is booked


def _booked(store: Store, book: Book, resources: Sequence[str], on: date) -> tuple[BookedItem, ...]:
    names = read_names(store)
    with store.reading() as connection:
        rows = linked_rows(connection, "allocation", "resource", resources)
    found, given = [], list[_Given]()
    for row in sorted(rows, key=lambda row: (row["period_start"], row["id"])):
        if row["period_end"] > on and row["status"] != AllocationStatus.REJECTED:
            first, last = max(row["period_start"], on + timedelta(1)), row["period_end"]
            project = names.get(row["project"] or "", NO_PROJECT)
            span, ticks = _work(book, row, first)
            proposals = _candidates(book, row, span, ticks, resources, given) if span and ticks else ()
            amount, idle = (row["quantity"], row["unit"]), span is not None and not ticks
            found.append(BookedItem(row["id"], row["resource"], project, first, last, *amount, proposals, idle))
    return tuple(sorted(found, key=lambda item: (item.project.casefold(), item.first, item.allocation)))


@dataclass(frozen=True, slots=True)
class _Given:
    """Time proposed to somebody already, in ticks."""

    resource: str
    span: Horizon
    ticks: int


def _work(book: Book, row: Mapping[str, Any], first: date) -> tuple[Horizon | None, int]:
    """The days of an allocation from one on, and the work on them in ticks; no days where they lie years ahead."""
    first, last = max(first, book.horizon.first), min(row["period_end"], book.horizon.last)
    if first > last:
        return None, 0  # nobody's time is reckoned there
    span = Horizon(first, last)
    cell = read_cell(book, book.row_of(row["resource"]), span)
    return span, sum(entry.ticks for entry in cell.entries if entry.id == row["id"])


def _candidates(
    book: Book, row: Mapping[str, Any], span: Horizon, ticks: int, leavers: Sequence[str], given: list[_Given]
) -> tuple[Proposal, ...]:
    """Who is there all the time and could take so much of an allocation over, ranked by skill fit x free time.

    Those with time for all of it come first; what the first one would take is added to `given`.
    """
    mine = book.row_of(row["resource"])
    role = row["role"] or book.resources[mine].role
    wanted = Wanted(span, ticks, role, book.skills.get(row["resource"], {}))
    fit = [each for each in candidates(book, wanted) if each.resource.id not in leavers and _is_there(each, span)]
    found = [_proposal(each, _left(each, span, given) >= ticks) for each in fit]
    found.sort(key=lambda proposal: not proposal.fits)
    if found and found[0].fits:
        given.append(_Given(found[0].to, span, ticks))
    return tuple(found[:MOST])


def _proposal(prospect: Prospect, fits: bool) -> Proposal:
    why = prospect.words if fits else f"{prospect.words}; not for all of it"
    return Proposal(prospect.resource.id, prospect.resource.name, why, fits)


def _left(prospect: Prospect, span: Horizon, given: Sequence[_Given]) -> int:
    """The time left of somebody in a span, less what is proposed to them on any of its days."""
    mine = [each for each in given if each.resource == prospect.resource.id]
    return prospect.free - sum(each.ticks for each in mine if _meet(each.span, span))


def _meet(one: Horizon, other: Horizon) -> bool:
    return one.first <= other.last and one.last >= other.first


def _is_there(prospect: Prospect, span: Horizon) -> bool:
    worker = prospect.resource.worker
    comes, goes = worker.starts, worker.leaves
    return (comes is None or comes <= span.first) and (goes is None or goes >= span.last)
