"""Proposed moves: for each of the heaviest over-bookings the first way that settles its worst week."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from pmo_desktop.figures.cells import period_span
from pmo_desktop.figures.outlook import Outlook, Overload
from pmo_desktop.figures.ways import Verb, find_ways
from pmo_desktop.store.file import Store

MOST_MOVES = 3
_LOOKED_AT = 8  # over-bookings looked at until so many have a way


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be done for whom: the way in words, and its effect."""

    resource: str
    title: str
    effect: str


def propose_moves(store: Store, outlook: Outlook) -> tuple[Proposal, ...]:
    """At most three, the heaviest over-booking first; asking somebody is no proposal to a board."""
    proposals = (_propose(store, outlook, overload) for overload in outlook.overloads[:_LOOKED_AT])
    return tuple(islice((each for each in proposals if each), MOST_MOVES))


def _propose(store: Store, outlook: Outlook, overload: Overload) -> Proposal | None:
    line = outlook.line_of(overload)
    ways = find_ways(store, outlook.book, line.row, period_span(outlook.grid.periods, overload.worst))
    way = next((each for each in ways if each.settles and each.verb is not Verb.ASK), None)
    return Proposal(line.title, way.title, way.effect) if way else None
