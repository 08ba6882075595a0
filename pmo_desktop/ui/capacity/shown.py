"""The capacity pane as its helpers see it, so that none of them waits for the whole."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from pmo_desktop.figures.book import Book
from pmo_desktop.figures.demand import demand_strip
from pmo_desktop.figures.scenarios import Overlay, lay_scenario, renew_overlay
from pmo_desktop.ui.capacity.bar import GridBar
from pmo_desktop.ui.capacity.editing import GridEditing
from pmo_desktop.ui.capacity.inspector import CellInspector
from pmo_desktop.ui.capacity.kept import keep, return_to
from pmo_desktop.ui.capacity.lines import Level, Line
from pmo_desktop.ui.capacity.model import GridModel
from pmo_desktop.ui.capacity.source import Source
from pmo_desktop.ui.capacity.stack import stack_of
from pmo_desktop.ui.capacity.strip import DemandStrip
from pmo_desktop.ui.capacity.view import GridView
from pmo_desktop.ui.capacity.wanted import PEOPLE, Wanted, keep_wanted
from pmo_desktop.ui.pane import Pane

_INSPECT_AFTER_MS = 25
_FACTS_AFTER_MS = 60  # sums and counts are said after the grid has been painted
_RESOLVE_AFTER_MS = 120


class ShownGrid(Pane):
    """What the pane is made of, and what its commands ask of it."""

    source: Source
    model: GridModel
    view: GridView
    strip: DemandStrip
    bar: GridBar
    inspector: CellInspector
    editing: GridEditing
    plan: Book
    overlay: Overlay | None = None  # what is edited: a scenario laid over the plan, or the plan itself
    pages: QStackedWidget  # the grid, or what stands in its place when it is empty

    def start_timers(self) -> None:
        """Make what waits until the grid has been painted: words, inspector, and ways out of a cell."""
        self._inspect = QTimer(self, singleShot=True, interval=_INSPECT_AFTER_MS)
        self._facts = QTimer(self, singleShot=True, interval=_FACTS_AFTER_MS)
        self._resolve = QTimer(self, singleShot=True, interval=_RESOLVE_AFTER_MS)
        self._inspect.timeout.connect(self.inspect)
        self._facts.timeout.connect(self.facts_changed)
        self._resolve.timeout.connect(self.find_offers)
        self.view.moved.connect(self._inspect.start)
        self.view.moved.connect(self._facts.start)

    def find_offers(self) -> None:
        """Look for ways out of the cell in the inspector."""

    def show_emptiness(self) -> None:
        """Show the grid when it has lines, else say why it has none."""

    def change(self, wanted: Wanted) -> None:
        """Look at the book differently."""
        if wanted.way != self.source.wanted.way:
            wanted = replace(wanted, over_only=False)
        keep_wanted(self.context.settings, wanted)
        self.source.take(self.source.book, wanted)
        self.show_again()

    def choose_scenario(self, scenario: str | None) -> None:
        """Look at the plan, or at a scenario laid over it; edits go there."""
        self.editing.scenario = scenario
        self.show_book()

    @property
    def scenario(self) -> str | None:
        """The scenario that is edited; None is the plan."""
        return self.editing.scenario

    def show_book(self) -> None:
        """Make the lines anew from the plan, or from the scenario that is chosen."""
        store, scenario = self.context.store, self.scenario
        self.overlay = None if scenario is None else lay_scenario(store, self.plan, scenario)
        self.source.take(self.overlay.book if self.overlay else self.plan, self.source.wanted)
        self.show_again()

    def renew_book(self) -> None:
        """Show what a batch has changed in the plan, or in the scenario that is chosen."""
        if self.overlay is not None:
            self.overlay = renew_overlay(self.context.store, self.overlay, self.plan)
        book = self.overlay.book if self.overlay else self.plan
        if book is self.source.book:
            return
        renewal = self.source.renew(book)
        if renewal is None or not self.model.renew(renewal):
            self.show_again()
        else:
            self.tell_totals()

    def fold(self, row: int) -> None:
        """Open a closed line or close an open one."""
        line = self.model.lines[row]
        team = line.level is Level.GROUP
        known = self.source.closed if team else self.source.opened
        (known.discard if line.key in known else known.add)(line.key)
        line.open = not line.open
        inside = (self.source.members if team else self.source.parts)(line) if line.open else []
        if line.open:
            self.model.insert(row + 1, inside)
        else:
            self.model.remove(row + 1, self._inside(row))
        self.view.side.viewport().update()
        self.view.go(row, self.view.column)

    def fold_all(self, *, is_open: bool) -> None:
        """Open or close every line that can be opened."""
        heads = {line.key for line in self.source.lines() if line.level is Level.HEAD}
        self.source.opened = heads if is_open else set()
        self.show_again()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.inspector.setVisible(self.inspector.isHidden())
        shown = not self.inspector.isHidden()
        self.bar.inspector_button.setChecked(shown)
        self.context.settings.setValue("inspector/shown", shown)
        self.inspect()

    def inspect(self) -> None:
        """Show the current cell in the inspector."""
        self._inspect.stop()
        if self.inspector.isHidden() or self.context.store.closed:
            return
        head = self.head_of(self.view.line)
        if head is None:
            self.inspector.show_nothing()
            return
        stack = stack_of(self.source, head, self.view.column)
        self.inspector.show_stack(stack, self.source, editable=self.model.can_write)
        if stack.excess:
            self._resolve.start()

    def head_of(self, line: Line | None) -> Line | None:
        """The line itself, or the one that it is part of."""
        if line is None or line.level is not Level.PART:
            return line
        row = self.model.row_of(line.key[:2])
        return self.model.lines[row] if row >= 0 else None

    def show_again(self) -> None:
        """Show the lines of the source; selection and scroll stay."""
        source, was = self.source, self.model.axis
        kept = keep(self.view, was)
        self.view.close_editor()
        self.model.show(source.lines(), source.axis, source.measure)
        self.view.corner.who = "Person" if source.wanted.way == PEOPLE else "Project"
        self.view.fit()
        if kept.key is not None:
            return_to(self.view, kept, same_periods=was.grain is source.axis.grain and was.firsts == source.axis.firsts)
        self.bar.show_wanted(source.wanted)
        self.show_emptiness()
        self.tell_totals()

    def tell_totals(self) -> None:
        """What follows from all lines together: the strip now, words and inspector once the grid is painted."""
        source = self.source
        scope = "filtered" if source.wanted.filtered else "all teams"
        self.strip.show_demand(demand_strip(source.book, source.grid), scope)
        self._inspect.start()
        self._facts.start()

    def _inside(self, row: int) -> int:
        level, lines = self.model.lines[row].level, self.model.lines
        end = next((at for at in range(row + 1, len(lines)) if lines[at].level <= level), len(lines))
        return end - row - 1
