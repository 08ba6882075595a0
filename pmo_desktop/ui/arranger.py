"""The view of one register on screen: chosen, changed, remembered per person, saved for the team."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pmo_desktop.model.kind import Field
from pmo_desktop.operations.views import delete_view, read_views, save_view
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.view import View, same_look, view_from_json

_SAVE_AFTER_MS = 500


class Arranger(QObject):
    """Holds the present view and applies each change to the grid at once."""

    changed = Signal()  # the view is another: the toolbar shows it

    def __init__(self, context: Context, outline: Outline, grid: Grid) -> None:
        super().__init__(grid)
        self.context, self.outline, self.grid = context, outline, grid
        self.views: list[View] = list(outline.views) or [outline.first_view()]
        self.base = self.views[0]  # the view as it is saved
        self.view = self.base
        self.fields: dict[str, Field] = {}
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._later.timeout.connect(self.remember)
        grid.widths_changed.connect(self._take_widths)
        grid.left.heading.sort_asked.connect(self._header_sort)
        grid.right.heading.sort_asked.connect(self._header_sort)
        for heading in (grid.left.heading, grid.right.heading):
            heading.sectionMoved.connect(lambda *_moved: self._take_order())
        grid.table.rearranged.connect(self._later.start)
        grid.current_changed.connect(self._later.start)
        self._recall()

    @property
    def is_changed(self) -> bool:
        """Whether the view differs from what is saved under its name."""
        return not same_look(self.view, self.base)

    def take_fields(self, fields: Sequence[Field]) -> None:
        """The fields there are now; custom ones may have come or gone."""
        self.fields = {each.name: each for each in fields}

    def read_saved(self) -> None:
        """Read the team's views again."""
        stored = read_views(self.context.store, self.outline.name)
        saved = [view_from_json(str(row["name"]), row["definition"]) for row in stored]
        self.views = [*(self.outline.views or (self.outline.first_view(),)), *(view for view in saved if view)]
        base = self._find(self.base.name, built_in=self.base.built_in)
        self.base = base or self.base

    def columns(self) -> list[Any]:
        """The columns of the view, with their widths."""
        found = []
        for name, width in self.view.columns:
            if name in self.fields:
                column = self.outline.column(self.fields[name])
                found.append(replace(column, width=width) if width else column)
        return found

    # ------------------------------------------------------------------ changes

    def choose(self, view: View) -> None:
        """Show a view as it is saved."""
        self.base = view
        if view.density:
            self.context.theme.set_density(view.density)
        self._show(view)

    def change(self, **changes: Any) -> None:
        """Show the present view with some changes."""
        self._show(replace(self.view, **changes))

    def sort_by(self, name: str, descending: bool, added: bool) -> None:
        """Sort by a column, alone or after the present keys."""
        keys = [key for key in self.view.sort if key[0] != name] if added else []
        self.change(sort=(*keys, (name, descending)))

    def group_by(self, name: str | None) -> None:
        """Group by a field, or not at all."""
        self.grid.table.arrangement.closed.clear()
        self.change(group=name)

    def put_condition(self, place: int | None, condition: Condition) -> None:
        """Add a filter, or put it in the place of another."""
        conditions = list(self.view.conditions)
        if place is None:
            conditions = [
                each for each in conditions if (each.field, each.operator) != (condition.field, condition.operator)
            ]
            conditions.append(condition)
        else:
            conditions[place] = condition
        self.change(conditions=tuple(conditions))

    def drop_condition(self, place: int) -> None:
        """Remove a filter."""
        self.change(conditions=(*self.view.conditions[:place], *self.view.conditions[place + 1 :]))

    def show_columns(self, names: Sequence[str], frozen: int) -> None:
        """Show these columns in this order."""
        widths = dict(self.view.columns)
        self.change(columns=tuple((name, widths.get(name, 0)) for name in names), frozen=frozen)

    def set_width(self, name: str, width: int) -> None:
        """Make a column so wide."""
        self.change(columns=tuple((each, width if each == name else old) for each, old in self.view.columns))

    # ------------------------------------------------------------------ keeping

    def save_as(self, name: str) -> None:
        """Keep the present view under a name for everyone who opens the file."""
        view = replace(self.view, name=name, density=self.context.theme.density, built_in=False)
        self.base = self.view = view
        save_view(self.context.store, self.outline.name, name, view.to_json())
        self.read_saved()
        self.remember()
        self.changed.emit()

    def delete(self) -> None:
        """Delete the present saved view; its rows stay."""
        delete_view(self.context.store, self.outline.name, self.base.name)
        self.read_saved()
        self.choose(self.views[0])

    def remember(self) -> None:
        """Keep the present view, changed or not, in this person's settings."""
        key = f"tables/{self.outline.name}"
        self.context.settings.setValue(f"{key}/view", self.view.to_json())
        self.context.settings.setValue(f"{key}/base", ("=" if self.base.built_in else "") + self.base.name)
        closed = [each for each in self.grid.table.arrangement.closed if each is None or isinstance(each, str)]
        self.context.settings.setValue(f"{key}/closed", json.dumps(closed))
        now = self.grid.current
        if now is not None:
            self.context.settings.setValue(f"{key}/record", now.id)

    @property
    def last_record(self) -> str:
        """The record this person was on last time."""
        return str(self.context.settings.value(f"tables/{self.outline.name}/record", ""))

    def _recall(self) -> None:
        key = f"tables/{self.outline.name}"
        named = str(self.context.settings.value(f"{key}/base", ""))
        closed = str(self.context.settings.value(f"{key}/closed", "") or "[]")
        self.grid.table.arrangement.closed = set(json.loads(closed))
        stored = view_from_json(named.removeprefix("="), str(self.context.settings.value(f"{key}/view", "")))
        if stored is not None and stored.columns:
            self.read_saved()
            self.base = self._find(named.removeprefix("="), built_in=named.startswith("=")) or self.views[0]
            self.view = replace(stored, name=self.base.name, built_in=self.base.built_in)

    def _find(self, name: str, *, built_in: bool) -> View | None:
        return next((view for view in self.views if view.name == name and view.built_in == built_in), None)

    # ------------------------------------------------------------------ from and to the grid

    def apply(self) -> None:
        """Arrange the grid as the view says."""
        table = self.grid.table
        self.grid.frozen = self.view.frozen
        columns = self.columns()
        if tuple(columns) != table.columns:
            table.set_columns(columns)
        wanted = {"conditions": self.view.conditions, "sort": self.view.sort, "group": self.view.group}
        if any(getattr(table.wanted, name) != value for name, value in wanted.items()):
            table.arrange(**wanted)
        else:
            self.grid.lay_columns()

    def _show(self, view: View) -> None:
        self.view = view
        self.apply()
        self._later.start()
        self.changed.emit()

    def _header_sort(self, place: int, added: bool) -> None:
        """A first click sorts ascending, a rating worst first; the second turns it over; the third ends it."""
        column = self.grid.table.columns[place]
        first = column.field.kind == "rag"
        present = dict(self.view.sort).get(column.name)
        if present is None:
            self.sort_by(column.name, first, added)
        elif present == first:
            keys = tuple((name, not old if name == column.name else old) for name, old in self.view.sort)
            self.change(sort=keys if added else ((column.name, not first),))
        else:
            self.change(sort=tuple(key for key in self.view.sort if key[0] != column.name) if added else ())

    def _take_widths(self) -> None:
        columns = self.grid.table.columns
        widths = {column.name: self.grid.width_of(place) for place, column in enumerate(columns)}
        self.view = replace(self.view, columns=tuple((name, widths.get(name, old)) for name, old in self.view.columns))
        laid = [replace(column, width=widths[column.name]) for column in columns]
        self.grid.table.arrangement.columns = tuple(laid)
        self._later.start()

    def _take_order(self) -> None:
        """A column was dragged: the model takes the order on screen."""
        names = [column.name for column in self.grid.table.columns]
        order = []
        for view in (self.grid.left, self.grid.right):
            mine = range(view.first_column, view.last_column)
            order += sorted(mine, key=view.heading.visualIndex)
        if order != list(range(len(names))):
            QTimer.singleShot(0, lambda: self.show_columns([names[place] for place in order], self.view.frozen))
