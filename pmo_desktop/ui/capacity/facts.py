"""What the header and the status bar say about the capacity grid and its selection."""

from __future__ import annotations

from pmo_desktop.ui.capacity.lines import Level
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.spoken import days_text
from pmo_desktop.ui.capacity.surface import Surface
from pmo_desktop.ui.capacity.wanted import PEOPLE


def subtitle_words(source: Source) -> str:
    """`14 people in 4 teams, 16 Nov 2026 to 15 May 2027`."""
    words = counted(source)
    if source.teams:
        words += f" in {source.teams:,} team{'' if source.teams == 1 else 's'}"
    return f"{words}, {source.axis.span_words()}" if source.axis.count else words


def selection_words(source: Source, view: Surface) -> str:
    """`14 people | 1 cell selected | 6 d booked of 4 d | Over-booked cells: 41`."""
    cells = list(view.cells())
    parts = [counted(source)]
    if cells:
        parts.append(f"{len(cells):,} cell{'' if len(cells) == 1 else 's'} selected")
        parts.append(_booked_words(source, view, cells))
    parts.append(f"Over-booked cells: {source.grid.over_cells:,}")
    return " | ".join(parts)


def counted(source: Source) -> str:
    """How many people or projects are in sight."""
    one, many = ("person", "people") if source.wanted.way == PEOPLE else ("project", "projects")
    return f"{source.count:,} {one if source.count == 1 else many}"


def _booked_words(source: Source, view: Surface, cells: list[tuple[int, int]]) -> str:
    """Whole people against their time; where only parts of them are selected, what is booked of those."""
    lines, day = view.grid.lines, source.measure.day
    levels = {lines[row].level for row, _ in cells}
    shown = next(level for level in (Level.HEAD, Level.GROUP, Level.PART) if level in levels)
    chosen = [(lines[row].amounts, column) for row, column in cells if lines[row].level is shown]
    booked = sum(int(amounts.booked[column]) for amounts, column in chosen)
    words = f"{days_text(booked, day)} booked"
    if shown is Level.PART or source.wanted.way != PEOPLE:
        return words
    return f"{words} of {days_text(sum(int(amounts.available[column]) for amounts, column in chosen), day)}"
