"""What hands do to the headings of a grid: clicks sort, drags move columns and their edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from pmo_desktop.model.kind import Kind
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.view import View


class Arranging(Protocol):
    """Whoever holds the view and changes it."""

    grid: Grid
    view: View

    def change(self, **changes: Any) -> None: ...
    def sort_by(self, name: str, descending: bool, added: bool) -> None: ...
    def show_columns(self, names: Sequence[str], frozen: int) -> None: ...
    def take_widths(self, widths: Mapping[str, int]) -> None: ...


class HeadingHands(QObject):
    """Turns what the headings report into changes of the view."""

    def __init__(self, arranger: Arranging) -> None:
        super().__init__(arranger.grid)
        self.arranger, self.grid = arranger, arranger.grid
        self.grid.widths_changed.connect(self._take_widths)
        for heading in (self.grid.left.heading, self.grid.right.heading):
            heading.sort_asked.connect(self._sort)
            heading.sectionMoved.connect(lambda *_moved: self._take_order())

    def _sort(self, place: int, added: bool) -> None:
        """A first click sorts ascending, a rating worst first; the second turns it over; the third ends it."""
        arranger, column = self.arranger, self.grid.table.columns[place]
        first = column.field.kind is Kind.RAG
        sort = arranger.view.sort
        present = dict(sort).get(column.name)
        if present is None:
            arranger.sort_by(column.name, first, added)
        elif present == first:
            keys = tuple((name, not old if name == column.name else old) for name, old in sort)
            arranger.change(sort=keys if added else ((column.name, not first),))
        else:
            arranger.change(sort=tuple(key for key in sort if key[0] != column.name) if added else ())

    def _take_widths(self) -> None:
        columns = self.grid.table.columns
        widths = {column.name: self.grid.tracks.width_of(place) for place, column in enumerate(columns)}
        self.grid.table.arrangement.columns = tuple(replace(each, width=widths[each.name]) for each in columns)
        self.arranger.take_widths(widths)

    def _take_order(self) -> None:
        """A column was dragged: the model takes the order on screen, once Qt has let go of the drag."""
        names = [column.name for column in self.grid.table.columns]
        order = []
        for view in (self.grid.left, self.grid.right):
            mine = range(view.first_column, view.last_column)
            order += sorted(mine, key=view.heading.visualIndex)
        if order != list(range(len(names))):
            frozen, moved = self.arranger.view.frozen, [names[place] for place in order]
            QTimer.singleShot(0, lambda: self.arranger.show_columns(moved, frozen))
