"""Sentences that a screen reader says, and a pointer is told, about the cells and lines of the capacity grid."""

from __future__ import annotations

from pmo_desktop.ui.capacity.axis import Axis
from pmo_desktop.ui.capacity.lines import (
    FTE,
    LEAVE_WHOLE,
    PERCENT,
    Level,
    Line,
    Measure,
    amount_text,
    cell_texts,
    unit_of,
)

_UNITS = {PERCENT: "percent", FTE: "FTE"}


def spoken_cell(line: Line, column: int, measure: Measure, axis: Axis) -> str:
    """A cell as a sentence: `Chris Obi, week of 30 November, 150 percent, over-booked, some leave`."""
    parts = [line.name, axis.spoken(column), _amount(line, column, measure)]
    if line.level is not Level.PART:
        if line.amounts.over[column]:
            parts.append("over-booked")
        leave = int(line.amounts.leave[column])
        parts += [("all leave" if leave == LEAVE_WHOLE else "some leave")] if leave else []
    if line.amounts.soft[column]:
        parts.append("tentative" if line.amounts.soft[column] == line.amounts.booked[column] else "partly tentative")
    return ", ".join(parts)


def spoken_line(line: Line) -> str:
    """The head of a line: `Chris Obi, Data architect, 1 FTE, mean of 13 weeks 105 percent, collapsed`."""
    parts = [line.name]
    parts += [line.note] if line.note else []
    parts += [f"{line.fte:g} FTE"] if line.fte is not None else []
    parts += [f"mean of 13 weeks {round(100 * line.mean)} percent"] if line.mean is not None else []
    parts += [("expanded" if line.open else "collapsed")] if line.foldable else []
    return ", ".join(parts)


def balance_words(booked: int, available: int, day: float) -> str:
    """`6 d booked, 4 d available`."""
    return f"{days_text(booked, day)} booked, {days_text(available, day)} available"


def days_text(ticks: int, day: float) -> str:
    """An amount of time in days: `2.5 d`; nothing is `0 d`."""
    return f"{amount_text(ticks / (day or 1.0))} d" if ticks else "0 d"


def _amount(line: Line, column: int, measure: Measure) -> str:
    text = cell_texts(line, measure)[column]
    if not text:
        return "nothing booked"
    unit = unit_of(line, measure)
    return text if text.endswith("d") else f"{text} {_UNITS.get(unit, 'days')}"
