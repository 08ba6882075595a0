"""What one cell of the capacity grid is made of, for the inspector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pmo_desktop.rules.load import Cause
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.ui.capacity.lines import Face, Level, Line, faces_of
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.spoken import days_text


class Entry(NamedTuple):
    """One part of a cell."""

    line: Line
    colour: int  # the place among the colours of projects
    booked: int  # ticks
    status: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """A cell with all it is made of; `excess` is what is booked beyond what is available, in ticks."""

    head: Line
    column: int
    face: Face
    booked: int
    available: int
    excess: int
    entries: tuple[Entry, ...]
    cause: str


def stack_of(source: Source, head: Line, column: int) -> Stack:
    """The stack of a cell of somebody, of a project or of a team (which has no entries)."""
    amounts = head.amounts
    booked, available = int(amounts.booked[column]), int(amounts.available[column])
    parts = source.parts(head) if head.level is Level.HEAD else []
    entries = tuple(
        Entry(part, place, int(part.amounts.booked[column]), *_status(source, part, column))
        for place, part in enumerate(parts)
        if part.amounts.booked[column] or (part.resource, part.project) in source.added
    )
    over = bool(amounts.over[column]) and head.heated
    excess = booked - available if over else 0
    cause = _cause_words(source, head, column) if over and head.level is Level.HEAD else ""
    face = faces_of(head, source.measure)[column]
    return Stack(head, column, face, booked, available, excess, entries, cause)


def _status(source: Source, part: Line, column: int) -> tuple[str, tuple[str, ...]]:
    """The status in words, `mixed` where allocations differ, and the ids of the allocations."""
    ids = source.allocations(part, column)
    places = {id_: place for place, id_ in enumerate(source.book.ids)} if len(ids) > 8 else None
    status = {
        str(source.book.statuses[places[id_] if places else source.book.ids.index(id_)] or AllocationStatus.CONFIRMED)
        for id_ in ids
    }
    words = next(iter(status)).lower() if len(status) == 1 else "mixed" if status else "nothing booked yet"
    return words, tuple(ids)


def _cause_words(source: Source, head: Line, column: int) -> str:
    """Who makes it too much, as a sentence."""
    causes = source.causes(head, column)
    alone = [name for name, cause in causes if cause is Cause.THIS]
    if len(alone) == 1:
        return f"{alone[0]} alone asks for more than there is."
    if len(alone) > 1:
        return f"{' and '.join(alone)} each ask for more than there is."
    blameless = [name for name, cause in causes if cause is Cause.OTHERS]
    if blameless and len(blameless) < len(causes):
        return f"It would be too much without {' or '.join(blameless)} as well."
    return f"Each of the {len(causes)} projects fits, together they are too much." if len(causes) > 1 else ""


def balance_line(stack: Stack, day: float) -> str:
    """`6 d booked, 4 d available`; a project has nothing available of its own."""
    booked = f"{days_text(stack.booked, day)} booked"
    return f"{booked}, {days_text(stack.available, day)} available" if stack.head.heated else booked
