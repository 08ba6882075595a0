"""The view of one register on screen: chosen, changed, remembered per person, saved for the team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pmo_desktop.model.kind import Field
from pmo_desktop.operations.views import delete_view, read_views, save_view
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.filter import Condition
from pmo_desktop.ui.fitted import find_base, refit_view
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.headinghands import HeadingHands
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.view import View, columns_chosen, same_look, view_from_json
from pmo_desktop.ui.viewmemory import ViewMemory

_SAVE_AFTER_MS = 500


class Arranger(QObject):
    """Holds the present view and applies each change to the grid at once."""

    changed = Signal()  # the view is another: the toolbar shows it

    def __init__(self, context: Context, outline: Outline, grid: Grid) -> None:
        super().__init__(grid)
        self.context, self.outline, self.grid = context, outline, grid
        self.built: tuple[View, ...] = outline.views or (outline.first_view(),)
        self.views: list[View] = list(self.built)
        self.base = self.views[0]  # the view as it is saved
        self.view = self.base
        self.fields: dict[str, Field] = {}
        self.memory = ViewMemory(context.settings, outline.name)
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._later.timeout.connect(self.remember)
        self.hands = HeadingHands(self)
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

    def take_built(self, built: tuple[View, ...]) -> None:
        """Take these for the built-in views; one whose columns somebody has chosen is left alone."""
        self.view, self.base = refit_view(self.view, self.base, built), find_base(self.base, built)
        self.built = built
        self.views = [*built, *(each for each in self.views if not each.built_in)]

    def read_saved(self) -> None:
        """Read the team's views again."""
        stored = read_views(self.context.store, self.outline.name)
        saved = [view_from_json(str(row["name"]), row["definition"]) for row in stored]
        self.views = [*self.built, *(view for view in saved if view)]
        base = _find(self.views, self.base.name, built_in=self.base.built_in)
        self.base = base or self.base

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

    def take_widths(self, widths: Mapping[str, int]) -> None:
        """Columns were drawn wider or narrower by hand."""
        self.view = replace(self.view, columns=tuple((name, widths.get(name, old)) for name, old in self.view.columns))
        self._later.start()

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
        """Keep the present view, changed or not, in this person's settings; columns nobody chose are not kept."""
        named = ("=" if self.base.built_in else "") + self.base.name
        closed = self.grid.table.arrangement.closed
        view = self.view if columns_chosen(self.view, self.base) else replace(self.view, columns=())
        self.memory.keep(view, named, closed, self.grid.current.id if self.grid.current else "")

    def _recall(self) -> None:
        self.grid.table.arrangement.closed = self.memory.closed()
        named, stored = self.memory.view()
        if stored is not None:
            self.read_saved()
            self.base = _find(self.views, named.removeprefix("="), built_in=named.startswith("=")) or self.views[0]
            self.view = replace(stored, name=self.base.name, built_in=self.base.built_in)
            if not stored.columns:
                self.view = replace(self.view, columns=self.base.columns, frozen=self.base.frozen)

    # ------------------------------------------------------------------ from and to the grid

    def apply(self) -> None:
        """Arrange the grid as the view says."""
        table = self.grid.table
        self.grid.tracks.frozen = self.view.frozen
        columns = self.outline.columns(self.view.columns, self.fields)
        if tuple(columns) != table.columns:
            table.set_columns(columns)
        wanted = {"conditions": self.view.conditions, "sort": self.view.sort, "group": self.view.group}
        if any(getattr(table.wanted, name) != value for name, value in wanted.items()):
            table.arrange(**wanted)
        else:
            self.grid.tracks.lay()

    def _show(self, view: View) -> None:
        self.view = view
        self.apply()
        self._later.start()
        self.changed.emit()


def _find(views: Sequence[View], name: str, *, built_in: bool) -> View | None:
    return next((view for view in views if view.name == name and view.built_in == built_in), None)
