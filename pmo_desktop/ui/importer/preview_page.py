"""Step 3: every row and what happens to it, the problems with their repairs, and what will be written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmo_desktop.exchange.plan import Answer, Level, Problem, TablePlan
from pmo_desktop.model.kind import Field, Kind
from pmo_desktop.rules.words import Rag
from pmo_desktop.store.rows import read_rows, read_settings
from pmo_desktop.ui.importer.cell_texts import sheet_texts
from pmo_desktop.ui.importer.clashes import count_open
from pmo_desktop.ui.importer.faces import ALL, Shown
from pmo_desktop.ui.importer.match_choice import match_words
from pmo_desktop.ui.importer.repair_panel import RepairPanel
from pmo_desktop.ui.importer.repairs import Repair, gather_repairs, waiting_rows
from pmo_desktop.ui.importer.session import Session
from pmo_desktop.ui.importer.settling import Settling, Stop
from pmo_desktop.ui.importer.sheet_grid import SheetGrid, current_cell
from pmo_desktop.ui.importer.sheet_model import LEADING
from pmo_desktop.ui.importer.tabs import TabRow
from pmo_desktop.ui.importer.wording import note_words, table_line, written_words
from pmo_desktop.ui.kinds import Reading
from pmo_desktop.ui.label import ElidedLabel

MARGIN = 24


class PreviewPage(QWidget):
    """Shows the session's plan table by table; every repair is an answer that plans anew."""

    said = Signal(str)  # a sentence for the foot

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        theme = session.context.theme
        self.tabs = TabRow(theme)
        self.grid = SheetGrid(theme)
        self.panel = RepairPanel(theme)
        self.settling = Settling(session, self.grid, self.panel, self.said.emit)
        self.which = QComboBox()
        self.which.setAccessibleName("Table shown")
        self.matching = ElidedLabel("", "caption")
        self.tables: list[TablePlan] = []
        self.repairs: list[Repair] = []
        self._repair_of: dict[int, Repair] = {}  # by id() of the problem
        self._reading = Reading()
        self.grid.choices = self._choices
        self._lay_out()
        self._connect()

    def show_plan(self) -> None:
        """Show the plan there is now; the table, tab and cell on screen stay where they are."""
        plan = self.session.plan
        if plan is None:
            return
        self._reading = Reading(self.session.names, read_settings(self.session.context.store)["currency"])
        here = self.which.currentIndex()
        self.tables = plan.kept
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([table_line(table) for table in self.tables])
        self.which.setCurrentIndex(max(0, min(here, len(self.tables) - 1)))
        self.which.blockSignals(False)
        self.which.setVisible(len(self.tables) > 1)
        self.repairs = gather_repairs(self.tables)
        self._repair_of = {id(problem): repair for repair in self.repairs for problem in repair.problems}
        self.settling.take_tables(self.tables)
        waiting, left = len(waiting_rows(self.tables)), count_open(self.tables)
        self.panel.show_repairs(self.repairs, waiting, note_words(self.tables), left)
        self.panel.show_written(written_words(plan))
        self._show_table(self.grid.model.tab)

    def step_problem(self, by: int) -> None:
        """Go to the next problem in the order of the cards, then of the open conflicts; or to the one before."""
        stops = [_stop(repair, problem) for repair in self.repairs for problem in repair.problems]
        self._step(stops + self.settling.open_stops(), by, "There is no problem to go to.")

    def step_conflict(self) -> None:
        """Go to the next open conflict."""
        self._step(self.settling.open_stops(), 1, "No conflict is open.")

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        panel = self.panel
        cards = [card.buttons[0] for card in panel.cards if card.buttons]
        settle = panel.clash.cell_buttons[Answer.THEIRS]
        wanted = [settle, panel.first, *cards[:1], panel.skip]
        first = next((part for part in wanted if part.isVisible()), panel.skip)
        return [self.tabs.tabs[self.grid.model.tab], self.grid, first]

    # ------------------------------------------------------------------ from the parts

    def _show_table(self, tab: str) -> None:
        plan, place = self.session.plan, self.which.currentIndex()
        if plan is None or not 0 <= place < len(self.tables):
            self.grid.show_table(None)
            self.tabs.show_counts({})
            return
        table = self.tables[place]
        self.matching.setText(match_words(table, self.session.options.match_on) if len(self.tables) == 1 else "")
        present = self.session.present.get(table.entity or "", {})
        found = sheet_texts(self.session.workbook, self.session.options.fixes, table)
        shown = Shown(plan, table, self._reading, present, found)
        self.grid.show_table(shown, tab)
        self.tabs.show_counts({name: len(places) for name, places in shown.tabs.items()})
        self.tabs.select(self.grid.model.tab)

    def _problem_here(self) -> Problem | None:
        shown, (_, row, field) = self.grid.model.shown, current_cell(self.grid)
        return shown.problems.get((row, field)) if shown else None

    def _step(self, stops: Sequence[Stop], by: int, none: str) -> None:
        if not stops:
            self.said.emit(none)
            return
        table, row, field = current_cell(self.grid)
        is_here = (each.table is table and (each.row, each.field) == (row, field) for each in stops)
        place = next((at for at, here in enumerate(is_here) if here), -1 if by > 0 else 0)
        self._go_to(stops[(place + by) % len(stops)])

    def _go_to(self, stop: Stop) -> None:
        place = next((at for at, each in enumerate(self.tables) if each is stop.table), -1)
        if place not in (-1, self.which.currentIndex()):
            self.which.setCurrentIndex(place)
        shown = self.grid.model.shown
        found = shown.place_of(stop.row, stop.field) if shown else None
        if found is None:
            return
        line = self.grid.model.line_of(found[0])
        if line is None:
            self.grid.show_tab(ALL)
            self.tabs.select(ALL)
            line = self.grid.model.line_of(found[0])
        self.grid.go(line or 0, len(LEADING) + found[1] if found[1] >= 0 else 0)
        self.grid.setFocus()
        self.said.emit(stop.words)

    def _show_repair(self, repair: Repair) -> None:
        """Go to the first cell of a repair; from one of its cells to the next."""
        here = self._problem_here()
        place = next((at for at, problem in enumerate(repair.problems) if problem is here), -1)
        self._go_to(_stop(repair, repair.problems[(place + 1) % len(repair.problems)]))

    def _edit_repair(self, repair: Repair) -> None:
        self._go_to(_stop(repair, repair.first))
        self.grid.edit_current()

    def _take_suggestion(self, repair: Repair, text: str) -> None:
        if repair.by_value:
            self.session.set_value(repair.field, repair.first.text, text)
        else:
            cells = {problem.cell.rpartition("!")[2]: text for problem in repair.problems}
            self.session.fix(repair.table.sheet, cells)

    def _take_edit(self, line: int, place: int, text: str) -> None:
        model = self.grid.model
        column = model.column(place)
        if model.shown is not None and column is not None:
            table = model.shown.table
            self.session.fix(table.sheet, {table.address(model.row(line), column): text})

    def _skip_waiting(self) -> None:
        self.session.skip(waiting_rows(self.tables))

    def skip_current(self) -> None:
        """Leave out the row of the current cell."""
        model = self.grid.model
        if model.shown is not None and model.rowCount() and model.row(self.grid.current_line).row:
            row = model.row(self.grid.current_line)
            self.session.skip([(model.shown.table, row.row)])
            self.said.emit(f"Row {model.shown.table.row_name(row.row)} is left out. Ctrl+Z takes that back.")

    def _follow_current(self) -> None:
        self.settling.show_here()
        problem = self._problem_here()
        self.panel.mark(self._repair_of.get(id(problem)))
        if problem is not None and problem.level is not Level.NOTE:
            self.said.emit(problem.reason)
        else:  # how a row was matched when not by its key
            self.said.emit(self.grid.model.row(self.grid.current_line).reason if self.grid.model.rowCount() else "")

    def _choices(self, meaning: Field) -> Sequence[str]:
        if meaning.kind is Kind.RAG:
            return [rag.label for rag in Rag]
        if meaning.to:
            names = {row["id"] for row in read_rows(self.session.context.store, meaning.to)}
            return sorted(name for key, name in self._reading.names.items() if key in names)
        return meaning.choices

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addSpacing(16)
        head.addWidget(self.matching, 1)
        head.addWidget(self.which)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.grid, 1)
        body.addWidget(self.panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(MARGIN, 10, MARGIN, 16)
        box.setSpacing(10)
        box.addLayout(head)
        box.addLayout(body, 1)
        self.which.setMinimumWidth(280)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.matching.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.grid.show_tab)
        self.which.currentIndexChanged.connect(lambda _place: self._show_table(ALL))
        self.grid.edited.connect(self._take_edit)
        self.grid.current_changed.connect(self._follow_current)
        self.panel.shown.connect(self._show_repair)
        self.panel.edited.connect(self._edit_repair)
        self.panel.taken.connect(self._take_suggestion)
        self.panel.skipped.connect(self._skip_waiting)
        self.panel.clash.wanted.connect(self.step_conflict)
        self.grid.skipped.connect(self.skip_current)


def _stop(repair: Repair, problem: Problem) -> Stop:
    return Stop(repair.table, problem.row, problem.field, problem.reason)
