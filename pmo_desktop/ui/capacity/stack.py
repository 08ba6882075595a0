"""What one cell of the capacity grid is made of, for the inspector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pmo_desktop.figures.cells import Cell, period_span, read_cell
from pmo_desktop.rules.words import AllocationStatus
from pmo_desktop.ui.capacity.lines import Face, Level, Line, faces_of
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.spoken import days_text


class Part(NamedTuple):
    """One part of a cell: its line, the place of its colour, ticks booked, and the status of its allocations."""

    line: Line
    colour: int
    booked: int
    status: str


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """A cell with all it is made of; `excess`: ticks booked beyond what is available; `cell`: of somebody."""

    head: Line
    column: int
    face: Face
    booked: int
    available: int
    parts: tuple[Part, ...]
    cell: Cell | None

    @property
    def excess(self) -> int:
        """Ticks booked beyond what is available; 0 where it fits, and for a project or a team."""
        return self.cell.excess if self.cell else 0

    def balance_words(self, day: float) -> str:
        """`6 d booked, 4 d available`; a project has nothing available of its own."""
        booked = f"{days_text(self.booked, day)} booked"
        return f"{booked}, {days_text(self.available, day)} available" if self.head.heated else booked

    def notes(self) -> list[str]:
        """Leave, the worst week, who makes it too much and who gives way, each in a sentence."""
        if self.cell is None:
            return []
        said = (self.cell.leave_words(), self.cell.worst_words(), self.cell.cause_words())
        return [each for each in said if each]


def stack_of(source: Source, head: Line, column: int) -> Stack:
    """The stack of a cell of somebody, of a project or of a team (which has no parts)."""
    amounts = head.amounts
    cell = None
    if head.level is Level.HEAD and head.heated:
        span = period_span(source.axis.periods, column)
        cell = read_cell(source.book, head.row, span, confirmed_only=source.wanted.confirmed_only)
    lines = source.parts(head) if head.level is Level.HEAD else []
    return Stack(
        head,
        column,
        Face(*faces_of(head, source.measure)[column]),
        int(amounts.booked[column]),
        int(amounts.available[column]),
        tuple(
            Part(line, place, int(line.amounts.booked[column]), _status(source, line, column))
            for place, line in enumerate(lines)
            if line.amounts.booked[column] or (line.resource, line.project) in source.added
        ),
        cell,
    )


def _status(source: Source, line: Line, column: int) -> str:
    """The status of its allocations in words, `mixed` where they differ."""
    statuses = {str(source.book.statuses[row] or AllocationStatus.CONFIRMED) for row in source.bookings(line, column)}
    return next(iter(statuses)).lower() if len(statuses) == 1 else "mixed" if statuses else "nothing booked yet"
