"""Somebody leaves: their last day, their bookings after it and all they own handed over, as one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pmo_desktop.figures.leaver import BookedItem, Leaving, OwnedItem
from pmo_desktop.figures.scenarios import read_some
from pmo_desktop.figures.slate import Booked, Changes
from pmo_desktop.operations.allocations import hand_over, slate_of, write_changes
from pmo_desktop.operations.guard import guard
from pmo_desktop.operations.records import write_rows
from pmo_desktop.rules.wording import day_text
from pmo_desktop.store.batch import batch
from pmo_desktop.store.errors import Known
from pmo_desktop.store.file import Store

REMOVE, STAY = "remove", "stay"  # what can be done with a booking besides giving it to somebody


@dataclass(frozen=True, slots=True)
class Handover:
    """What becomes of everything: by allocation, a resource or REMOVE or STAY; by row and field, a person or None.

    What is not named stays as it is.
    """

    booked: Mapping[str, str] = field(default_factory=dict)
    owned: Mapping[tuple[str, str, str], str | None] = field(default_factory=dict)  # entity, row, field


def propose(leaving: Leaving) -> Handover:
    """The first proposal for each; what nobody has the time for stays as it is, to be seen to."""
    booked = {
        item.allocation: item.proposals[0].to for item in leaving.booked if item.proposals and item.proposals[0].fits
    }
    owned = {key_of(item): item.proposals[0].to for item in leaving.owned if item.proposals}
    return Handover(booked, owned)


def key_of(item: OwnedItem) -> tuple[str, str, str]:
    """How a handover names what is owned."""
    return item.entity, item.row, item.field.name


def leave(store: Store, leaving: Leaving, handover: Handover) -> int | None:
    """Set the last day and hand everything over, as one step; the days up to the last one keep their exact bookings.

    Raises Known when a booking has gone since, somebody is not there for what they are given, or a required owner
    would be nobody.
    """
    with batch(store, f"{leaving.name} leaves on {day_text(leaving.on)}") as work:
        given = [item for item in leaving.booked if handover.booked.get(item.allocation, STAY) != STAY]
        if given:
            changes = _hand_over_bookings(store, given, handover.booked)
            write_changes(work.connection, changes)
        for entity, rows in _by_entity(leaving, handover).items():
            write_rows(work.connection, entity, rows)
        write_rows(work.connection, "resource", {each: {"end": leaving.on} for each in leaving.resources})
        guard(work.connection)
    return work.id if work.changed else None


def _hand_over_bookings(store: Store, given: Sequence[BookedItem], to: Mapping[str, str]) -> Changes:
    found = {row["id"]: Booked.of(row) for row in read_some(store, None, {item.allocation for item in given})}
    if len(found) < len(given):
        message = "Nothing was changed: a booking has been deleted since. Open the wizard again."
        raise Known(message)
    others = {to[item.allocation] for item in given} - {REMOVE}
    slate = slate_of(store, list(found.values()), *others)
    for item in given:
        row, span = found[item.allocation], (item.first, item.last)
        if to[item.allocation] == REMOVE:
            slate.put(slate.rows[row.id], *span, None)
        else:
            hand_over(slate, slate.rows[row.id], to[item.allocation], span)
    return slate.changes()


def _by_entity(leaving: Leaving, handover: Handover) -> dict[str, dict[str, dict[str, str | None]]]:
    found: defaultdict[str, dict[str, dict[str, str | None]]] = defaultdict(dict)
    for item in leaving.owned:
        key = key_of(item)
        if key in handover.owned:
            found[item.entity].setdefault(item.row, {})[item.field.name] = handover.owned[key]
    return found
