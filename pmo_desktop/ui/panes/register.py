"""The pane of a register: toolbar, grid, empty state and inspector; the same for projects, milestones and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pmo_desktop.store.rows import row_count
from pmo_desktop.ui.arrange import Arrangement
from pmo_desktop.ui.arranger import Arranger
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.cellmenu import PLAIN_DEEDS, cell_menu
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.editing import Editing
from pmo_desktop.ui.family import family_bar
from pmo_desktop.ui.fitted import fit_views
from pmo_desktop.ui.grid.grid import Grid
from pmo_desktop.ui.inspector import Inspector
from pmo_desktop.ui.outline import Outline
from pmo_desktop.ui.ownfields import OwnFields
from pmo_desktop.ui.panes.commands import register_commands
from pmo_desktop.ui.panes.emptiness import Emptiness
from pmo_desktop.ui.panes.refill import OPENED_AT_ONCE, Refill
from pmo_desktop.ui.panes.shown import ShownRegister
from pmo_desktop.ui.registerdata import Figure, RegisterData, offered_choices
from pmo_desktop.ui.selectionsums import selection_text
from pmo_desktop.ui.sidebyside import SideBySide, stack
from pmo_desktop.ui.state import read_bool
from pmo_desktop.ui.table import Table
from pmo_desktop.ui.verbs import Verbs
from pmo_desktop.ui.viewbar import ViewBar
from pmo_desktop.ui.viewcontrols import ViewControls

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_FACTS_AFTER_MS = 60  # sums and counts are said after the table has been painted


class RegisterPane(ShownRegister):
    """Shows one register; what differs between registers stands in its outline."""

    def __init__(self, context: Context, outline: Outline, figure: Figure | None = None) -> None:
        super().__init__(context)
        self.outline = outline
        self.name, self.title, self.icon_name = outline.name, outline.title, outline.icon  # type: ignore[misc]
        self.data = RegisterData(context.store, outline, figure)
        waits = row_count(context.store, outline.entity) > OPENED_AT_ONCE
        self.sheet = self.data.begin() if waits else self.data.read()
        self.refill = Refill(self, self.data, self._show_filled)
        self.table = Table(self)
        self.table.rating = outline.rating
        self.table.can_write = not context.store.readonly
        self.grid = Grid(self.table, context.theme)
        self.grid.choices = lambda field: offered_choices(
            field, self.sheet.rows, self.sheet.choices, self.sheet.reading.axes
        )
        self.editing = Editing(context, outline.entity, self.grid, lambda: self.sheet.names)
        self.arranger = Arranger(context, outline, self.grid)
        self.bar = ViewBar()
        self.own_fields = OwnFields(context, outline.entity, self.arranger)
        self.controls = ViewControls(self.bar, self.arranger, self.own_fields if self.table.can_write else None)
        self.verbs = Verbs(context, outline, self.grid, lambda: self.sheet.names, self.show_row)
        self.inspector = Inspector(context, outline, self.grid, self.editing)
        self.new_button = self.bar.view_button
        self._facts = QTimer(self, singleShot=True, interval=_FACTS_AFTER_MS)
        self._facts.timeout.connect(self.facts_changed)
        self.family = family_bar(context, outline.name)
        self._lay_out()
        self.emptiness = Emptiness(self)
        self._connect()
        self.arranger.take_built(fit_views(self.outline, self.sheet.fields, self.sheet.rows))
        if waits:
            self.refill.start()
        self._show_sheet()
        self._go_first()

    # ------------------------------------------------------------------ what the window asks

    def subtitle(self) -> str:
        shown = self.table.arrangement.shown
        if self.refill.opening:
            return f"{row_count(self.context.store, self.outline.entity):,} {self.outline.many} are being read"
        if self.outline.subtitle:
            return self.outline.subtitle([record.row for record in shown], self.table.reading)
        return f"{len(shown):,} {self.outline.one if len(shown) == 1 else self.outline.many}"

    def header_actions(self) -> list[QWidget]:
        actions = self.context.actions
        offered = (
            *((id_, "secondary", icon, words) for id_, icon, words in self.outline.head),
            ("export.view", "secondary", "download", "Export"),
            ("file.import", "secondary", "file-spreadsheet", "Import from Excel"),
            ("record.new", "primary", "plus", f"New {self.outline.one}"),
        )
        buttons = [
            action_button(actions[id_], kind, icon, words) for id_, kind, icon, words in offered if id_ in actions
        ]
        if buttons:
            self.new_button = buttons[-1]
        return list(buttons)

    def commands(self) -> dict[str, Callable[[], object]]:
        return register_commands(self)

    def show_row(self, row_id: str) -> None:
        if row_id not in self.table.arrangement.by_id:
            self.refresh()
            self.refill.then_go(row_id)
        if self.table.place_of(row_id) is None and row_id in self.table.arrangement.by_id:
            self._reveal(row_id)
        if self.grid.go_to(row_id):
            self.grid.setFocus()

    def on_changed(self, changed: Changed) -> None:
        before = self.table.reading
        self.editing.refused.forget_undone()
        anew = self.refill.opening or self.refill.is_much(changed)
        rows = None if anew else self.data.read_changed(changed, self.sheet)
        if rows is None:
            self.refresh()
        elif len(self.sheet.rows) != len(self.table.arrangement.records) or rows.keys() - self.table.arrangement.by_id:
            self._show_sheet()
        else:
            self.table.arrangement.reading = self.sheet.reading
            self.table.set_texts(self.sheet.texts)
            self.table.replace_rows(rows)
            if before.only_currency != self.sheet.reading.only_currency:
                self._show_sheet()  # every amount is said in another way
            self.inspector.refresh()
            self._facts.start()
        if rows is not None and self.refill.running:
            self.refill.start()  # what is being read does not have this change yet

    def refresh(self) -> None:
        self.editing.refused.forget_undone()
        if self.refill.is_needed():
            self.refill.start()
            return
        self.sheet = self.data.read()
        self.arranger.take_built(fit_views(self.outline, self.sheet.fields, self.sheet.rows))
        self._show_sheet()

    def is_ready(self) -> bool:
        return not self.refill.running

    def status_text(self) -> str:
        return selection_text(self.grid, self.outline)

    def regions(self) -> list[QWidget]:
        content = self.pages.currentWidget() or self.grid
        inside = [*([self.family.tabs] if self.family else []), self.bar.view_button, content]
        return [*inside, self.inspector.bar] if not self.inspector.isHidden() else inside

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.sides.over:
            self.sides.set_over(narrow)

    def content(self) -> QWidget:
        """What stands beside the inspector: the grid, or what is in its place."""
        return self.pages

    # ------------------------------------------------------------------ below the counter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.inspector.give_way()
        QTimer.singleShot(0, self.grid.setFocus)  # opening a pane gives its table the keyboard

    def _show_filled(self, made: Arrangement) -> None:
        """Show what was read beside the window."""
        self._show_sheet(made)
        if self.grid.current is None:
            self._go_first()

    def _show_sheet(self, made: Arrangement | None = None) -> None:
        """Show what was read; `made` has it in lines and in order already."""
        sheet, view, table = self.sheet, self.arranger.view, self.table
        self.arranger.take_fields(sheet.fields)
        self.grid.tracks.frozen = view.frozen
        if made is not None:
            table.swap(made)
        else:
            table.wanted.conditions, table.wanted.sort, table.wanted.group = view.conditions, view.sort, view.group
            columns = self.outline.columns(view.columns, self.arranger.fields)
            table.show(sheet.rows, columns, sheet.fields, sheet.reading, sheet.texts)
        self.bar.row_count = len(sheet.rows)
        if self.family:
            self.family.show_counts(self.context.store)
        self.controls.show_state()
        self.inspector.refresh_soon()
        self.facts_changed.emit()

    def _lay_out(self) -> None:
        settings = self.context.settings
        self.pages = QStackedWidget()
        self.pages.addWidget(self.grid)
        self.sides = SideBySide(self.content(), self.inspector, settings)
        self.inspector.setVisible(read_bool(settings, self.inspector_key, default=self.inspector_first))
        self.bar.inspector_button.setChecked(not self.inspector.isHidden())
        stack(self, self.family, self.bar, self.sides)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        actions = self.context.actions
        self.table.rearranged.connect(self._facts.start)
        self.grid.selected.connect(self._facts.start)
        own = (*(id_ for id_, _, _ in self.outline.foot if id_ not in PLAIN_DEEDS), *self.outline.deeds)
        self.grid.menu_asked.connect(lambda at: cell_menu(self, actions, self.grid, self.controls, own).popup(at))
        self.bar.inspector_button.clicked.connect(self.toggle_inspector)
        self.context.theme.changed.connect(self.bar.relayout)
        self.context.theme.changed.connect(self.sides.arrange)

    def _go_first(self) -> None:
        """Go to the record of last time, else to the first one."""
        if self.grid.go_to(self.arranger.memory.record()):
            return
        first = next((row for row in range(self.table.rowCount()) if self.table.record(row)), None)
        if first is not None:
            self.grid.go(first, min(1, self.table.columnCount() - 1))
            self.grid.right.verticalScrollBar().setValue(0)

    def _reveal(self, row_id: str) -> None:
        """Bring a record into sight that is folded away, not found or filtered out, undoing no more than needed."""
        self.table.arrangement.closed.clear()
        self.table.arrange()
        if self.table.place_of(row_id) is None:
            self.bar.finder.clear()
        if self.table.place_of(row_id) is None:
            self.arranger.change(conditions=())
            self.context.say("The filters were cleared to show this row.")
