"""The capacity pane: toolbar, grid, demand strip, inspector and empty states, and what the window asks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.figures.book import Book, read_book
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.capacity.bar import GridBar
from pmo_desktop.ui.capacity.commands import grid_commands
from pmo_desktop.ui.capacity.editing import GridEditing, Wish
from pmo_desktop.ui.capacity.emptiness import empty_state
from pmo_desktop.ui.capacity.facts import selection_words, subtitle_words
from pmo_desktop.ui.capacity.ink import GridInk
from pmo_desktop.ui.capacity.inspector import CellInspector
from pmo_desktop.ui.capacity.kept import go_first
from pmo_desktop.ui.capacity.menu import grid_menu
from pmo_desktop.ui.capacity.model import GridModel
from pmo_desktop.ui.capacity.reading import Reading
from pmo_desktop.ui.capacity.resolving import offers_for
from pmo_desktop.ui.capacity.scenariobox import ScenarioBox
from pmo_desktop.ui.capacity.shown import ShownGrid
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.spoken import days_text, spoken_cell
from pmo_desktop.ui.capacity.strip import DemandStrip
from pmo_desktop.ui.capacity.verbs import GridVerbs
from pmo_desktop.ui.capacity.view import GridView
from pmo_desktop.ui.capacity.wanted import read_wanted
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.family import family_bar
from pmo_desktop.ui.sidebyside import SideBySide, stack
from pmo_desktop.ui.state import read_bool

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_TOLD_BY = {
    *("allocation", "resource", "absence", "team", "role", "skill", "resource_skill", "calendar", "holiday"),
    *("project", "settings", "scenario", "scenario_change"),
}


_REST_AFTER_MS = 200
_LEAST_HEIGHT = 340


class CapacityPane(ShownGrid):
    """The grid of an open file."""

    name = "capacity"
    title = "Capacity"
    icon_name = "users"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.ink = GridInk(context.theme)
        self.reading = Reading(context.store)
        self.plan = self.reading.first()
        self.chooser = ScenarioBox(context)
        self.source = Source(self.plan, read_wanted(context.settings))
        self.model = GridModel(self.source.axis, self.source.measure, self)
        self.model.can_write = not context.store.readonly
        self.view = GridView(self.model, self.ink)
        self.strip = DemandStrip(self.view, self.ink)
        self.bar = GridBar(self.ink, self.source.names)
        self.inspector = CellInspector(self.ink)
        self.verbs = GridVerbs(self)
        self.editing = GridEditing(context, self.view, lambda: self.source, self.verbs.ask_other)
        self.pages, self.family = QStackedWidget(), family_bar(context, self.name)
        self.start_timers()
        self._lay_out()
        self._connect()
        self.show_again()
        go_first(self.view)
        if self.reading.rest:
            QTimer.singleShot(_REST_AFTER_MS, lambda: self.reading.read_rest(context, self._take_whole))

    # ------------------------------------------------------------------ what the window asks

    def subtitle(self) -> str:
        return subtitle_words(self.source)

    def header_actions(self) -> list[QWidget]:
        actions = self.context.actions
        offered = (
            ("export.view", "secondary", "download", "Export"),
            ("file.import", "secondary", "file-spreadsheet", "Import allocations"),
            ("record.new", "primary", "plus", "New allocation"),
        )
        buttons = [action_button(actions[id_], *look) for id_, *look in offered if id_ in actions]
        return [self.chooser, *buttons]

    def commands(self) -> dict[str, Callable[[], object]]:
        return grid_commands(self, self.verbs)

    def status_text(self) -> str:
        return selection_words(self.source, self.view)

    def show_row(self, row_id: str) -> None:
        """Go to a resource or a project."""
        for key in (("r", row_id), ("p", row_id)):
            if (row := self.model.row_of(key)) >= 0:
                self.view.go(row, max(0, self.view.column))
                self.view.setFocus()

    def on_changed(self, changed: Changed) -> None:
        if not _TOLD_BY & changed.rows.keys():
            return
        if self.reading.rest:
            self.reading.note(changed)
        self.plan = self.plan.with_changed(self.context.store, changed.rows)
        self.chooser.refresh()  # a scenario that is gone gives way to the plan
        self.renew_book()

    def refresh(self) -> None:
        """Read the book again; selection and scroll stay."""
        self.plan = read_book(self.context.store)
        self.chooser.refresh()
        self.show_book()

    def regions(self) -> list[QWidget]:
        content = self.pages.currentWidget()
        inside = [
            *([self.family.tabs] if self.family else []),
            self.bar.units.buttons[self.source.wanted.unit],
            self.view if content is self.main else content,
        ]
        return [*(each for each in inside if each), *([self.inspector.add] if self.inspector.isVisible() else [])]

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.sides.over:
            self.sides.set_over(narrow)

    # ------------------------------------------------------------------ below the counter

    def find_offers(self) -> None:
        """Look for ways out of the cell in the inspector, once the grid is at rest."""
        self._resolve.stop()
        stack = self.inspector.stack
        if stack is not None and not self.inspector.isHidden() and not self.context.store.closed:
            excess = days_text(stack.excess, self.source.measure.day)
            self.inspector.show_offers(offers_for(self, stack), excess)

    def is_ready(self) -> bool:
        return not self.reading.rest

    def _count_family(self) -> None:
        if self.family and not self.context.store.closed:
            self.family.show_counts(self.context.store)

    def _take_whole(self, book: Book) -> None:
        """Show the whole book of a large file."""
        self.plan = book
        self.show_book()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.view.setFocus)

    def show_emptiness(self) -> None:
        old = self.pages.widget(1)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        if not self.model.lines:
            self.pages.addWidget(empty_state(self))
            self.pages.setCurrentIndex(1)

    def _lay_out(self) -> None:
        settings = self.context.settings
        self.main = QWidget()
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view.setMinimumHeight(_LEAST_HEIGHT)  # in a low window the strip gives way first
        column.addWidget(self.view, 1)
        column.addWidget(self.strip)
        self.pages.addWidget(self.main)
        self.sides = SideBySide(self.pages, self.inspector, settings)
        self.inspector.setVisible(read_bool(settings, "inspector/shown", default=True))
        self.bar.inspector_button.setChecked(not self.inspector.isHidden())
        stack(self, self.family, self.bar, self.sides)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.model.tip = lambda line, column: spoken_cell(line, column, self.model.measure, self.model.axis)
        self.view.fold_asked.connect(self.fold)
        self.view.menu_asked.connect(self._show_menu)
        self.bar.changed.connect(self.change)
        self.chooser.chosen.connect(self.choose_scenario)
        self.bar.inspector_button.clicked.connect(lambda _checked=False: self.toggle_inspector())
        self.inspector.closed.connect(self.toggle_inspector)
        self.inspector.amount.connect(
            lambda line, text: self.editing.apply([Wish(line, self.view.column, text)], days=True)
        )
        self.inspector.adding.connect(self.verbs.ask_new)
        self.inspector.more_asked.connect(self.verbs.show_more)
        self.context.theme.changed.connect(self._dress)
        self.facts_changed.connect(self._count_family)

    def _dress(self) -> None:
        self.sides.arrange()
        self.view.relayout()
        self.strip.relayout()
        self.bar.relayout()

    def _show_menu(self, at: QPoint) -> None:
        grid_menu(self, self.verbs).popup(at)
