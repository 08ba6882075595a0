"""Where one is in the capacity grid, kept over a change of its lines or periods: cell, selection and scroll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from pmo_desktop.rules.calendar import Reals
from pmo_desktop.ui.capacity.axis import Axis
from pmo_desktop.ui.capacity.lines import Amounts, Key, Level
from pmo_desktop.ui.capacity.view import GridView


@dataclass(frozen=True, slots=True)
class Kept:
    """The current line and day, the corners of the selection as lines and periods, and the scroll bars."""

    key: Key | None
    day: date | None
    blocks: tuple[tuple[Key, int, Key, int], ...]
    left_day: date | None
    across: int
    down: int


def keep(view: GridView, axis: Axis) -> Kept:
    """Where one is now."""
    lines = view.grid.lines
    left = view.columnAt(0)
    return Kept(
        view.line.key if view.line else None,
        axis.firsts[view.column] if 0 <= view.column < axis.count else None,
        tuple(
            (lines[top].key, left_, lines[bottom].key, right)
            for top, left_, bottom, right in view.blocks()
            if bottom < len(lines)
        ),
        axis.firsts[left] if 0 <= left < axis.count else None,
        view.horizontalScrollBar().value(),
        view.verticalScrollBar().value(),
    )


def return_to(view: GridView, kept: Kept, *, same_periods: bool) -> None:
    """Go back to where one was, or as near to it as there is a line and a period."""
    axis = view.grid.axis
    row = _row_of(view, kept.key)
    if row >= 0 and axis.count:
        view.go(row, _column_of(axis, kept.day))
        if same_periods:
            rows = {line.key: place for place, line in enumerate(view.grid.lines)}
            found = [each for each in kept.blocks if each[0] in rows and each[2] in rows and each[3] < axis.count]
            if found:
                view.select(*((rows[top], left, rows[bottom], right) for top, left, bottom, right in found))
    if same_periods:
        view.horizontalScrollBar().setValue(kept.across)
    elif kept.left_day is not None:
        scroll_to(view, _column_of(axis, kept.left_day))
    view.verticalScrollBar().setValue(kept.down)


def go_first(view: GridView) -> None:
    """The worst cell of the coming 13 weeks, else the first line that is no team; the data date stands at the left."""
    axis = view.grid.axis
    heads = [row for row, line in enumerate(view.grid.lines) if line.level is Level.HEAD]
    if not heads:
        return
    severities = [_severity(view.grid.lines[row].amounts, axis.ahead) for row in heads]
    worst = max(range(len(heads)), key=lambda at: severities[at].max(initial=0.0))
    over = severities[worst].max(initial=0.0) > 0
    scroll_to(view, axis.now)
    view.go(heads[worst if over else 0], axis.now + int(severities[worst].argmax()) if over else axis.now)


def _severity(amounts: Amounts, ahead: slice) -> Reals:
    """How much of the available time is booked where it is too much, 0 where it fits: float64[periods ahead]."""
    share = amounts.booked[ahead] / np.maximum(amounts.available[ahead], 1)
    return np.where(amounts.over[ahead], share, 0.0)


def scroll_to(view: GridView, column: int) -> None:
    """Bring a period to the left edge."""
    view.horizontalScrollBar().setValue(column * view.periods.defaultSectionSize())


def _row_of(view: GridView, key: Key | None) -> int:
    """The row of a line; when it has gone or was folded, that of the line it was part of."""
    if key is None:
        return -1
    row = view.grid.row_of(key)
    return row if row >= 0 else view.grid.row_of(key[:2])


def _column_of(axis: Axis, day: date | None) -> int:
    if day is None:
        return axis.now
    index = axis.periods.horizon.index(day)
    return axis.periods.of_day(max(0, min(index, axis.periods.horizon.length - 1)))
