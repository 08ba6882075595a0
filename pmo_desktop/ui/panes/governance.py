"""The governance pane: which gates lie ahead, and whether projects do what the methodology asks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pmo_desktop.figures.compliance import ComplianceTable, read_compliance
from pmo_desktop.rules.compliance import Met
from pmo_desktop.rules.wording import count_text
from pmo_desktop.ui.buttons import action_button
from pmo_desktop.ui.compliance.bar import ALL_METHODS, ComplianceBar
from pmo_desktop.ui.compliance.calendar import GateCalendar
from pmo_desktop.ui.compliance.evidence import EvidencePanel
from pmo_desktop.ui.compliance.exhibit import Exhibit
from pmo_desktop.ui.compliance.sheet import HeatSheet, arrange_sheet, share_words
from pmo_desktop.ui.compliance.strip import GateStrip
from pmo_desktop.ui.compliance.view import HeatMap
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.emptystate import EmptyState
from pmo_desktop.ui.family import family_bar
from pmo_desktop.ui.label import Rows
from pmo_desktop.ui.pane import Pane
from pmo_desktop.ui.sidebyside import SideBySide, stack

if TYPE_CHECKING:
    from pmo_desktop.store.watch import Changed

_TOUCHING = frozenset(
    {
        *("project", "programme", "portfolio", "person", "methodology", "phase", "deliverable", "milestone"),
        *("gate_review", "gate_answer", "waiver", "risk", "action", "entry_link", "finding", "lesson", "benefit"),
        *("status_report", "settings", "attachment", "authority"),
    }
)


def build_pane(context: Context) -> GovernancePane:
    """The pane of governance."""
    return GovernancePane(context)


class GovernancePane(Pane):
    """The calendar of gates over the heat map of compliance; what stands behind a cell is shown beside it."""

    name = "governance"
    title = "Governance"
    icon_name = "landmark"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.family = family_bar(context, self.name)
        self.strip, self.bar, self.panel = GateStrip(context.theme), ComplianceBar(context.theme), EvidencePanel()
        self.calendar = GateCalendar(context, self.strip)
        self.table: ComplianceTable = read_compliance(context.store)
        self.map = HeatMap(self._sheet(), context.theme)
        self.exhibit = Exhibit(context, self.map, self.panel)
        self._lay_out()
        self._connect()
        self._take_table()

    # ------------------------------------------------------------------ what the window asks

    def subtitle(self) -> str:
        return share_words(self.table.share())

    def status_text(self) -> str:
        sheet = self.map.model.sheet
        projects = sum(not line.is_heading for line in sheet.lines)
        late = sum(gate.days < 0 for gate in self.calendar.gates)
        parts = [count_text(projects, "project"), count_text(len(sheet.columns), "control")]
        parts += [f"Not met: {sheet.count(Met.NOT_MET):,}", f"Waived: {sheet.count(Met.WAIVED):,}"]
        return " | ".join([*parts, f"Gates overdue: {late:,}"] if late else parts)

    def header_actions(self) -> list[QWidget]:
        actions = self.context.actions
        return [
            action_button(actions[id_], "secondary", icon, words)
            for id_, icon, words in (("governance.authority", "landmark", "PMO authority…"),)
            if id_ in actions
        ]

    def is_ready(self) -> bool:
        return self.calendar.is_ready

    def commands(self) -> dict[str, Callable[[], object]]:
        return {"edit.copy": self.copy, "view.inspector": self.toggle_panel}

    def on_changed(self, changed: Changed) -> None:
        if changed.rows.keys() & _TOUCHING:
            self.refresh()

    def refresh(self) -> None:
        self.table = read_compliance(self.context.store, methodology=self.bar.methodology)
        self._take_table()

    def regions(self) -> list[QWidget]:
        tabs = [self.family.tabs] if self.family else []
        inside = [*tabs, self.strip, self.bar, self.map.view]
        return [*inside, self.panel.close_button] if not self.panel.isHidden() else inside

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.sides.over:
            self.sides.set_over(narrow)

    def copy(self) -> None:
        """Put the heat map on the clipboard as a table of words."""
        QGuiApplication.clipboard().setText(self.map.model.as_text())
        self.context.say("The table was copied with its states in words.")

    def toggle_panel(self) -> None:
        """Show or hide the evidence."""
        self.panel.setVisible(self.panel.isHidden())
        if not self.panel.isHidden():
            self.exhibit.explain()
        elif self.pages.currentWidget() is self.map:
            self.map.view.setFocus()

    # ------------------------------------------------------------------ below the counter

    def _sheet(self) -> HeatSheet:
        return arrange_sheet(self.table, self.bar.grouping, only_missing=self.bar.only_missing)

    def _take_table(self) -> None:
        """The facts are others: everything on the pane follows."""
        self.bar.show_methods(self.context.store)
        self.calendar.read(len(self.table.projects))
        if self.family:
            self.family.show_counts(self.context.store)
        self._arrange()

    def _show_calendar(self) -> None:
        self.ahead.setVisible(bool(self.calendar.gates))
        self.facts_changed.emit()

    def _arrange(self) -> None:
        sheet = self._sheet()
        self.map.show_sheet(sheet)
        self.bar.show_counts(sheet)
        self._show_page(sheet)
        self.exhibit.update()
        self.facts_changed.emit()

    def _show_page(self, sheet: HeatSheet) -> None:
        page: QWidget = self.map
        if not self.table.projects:
            page = self.nothing if self.bar.methodology is None else self.filtered
        elif not sheet.lines:
            page = self.clear_page
        self.pages.setCurrentWidget(page)
        self.bar.setVisible(page is not self.nothing)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.nothing = EmptyState(
            "landmark",
            "No project to hold against anything",
            "Create or import projects; give them a methodology, and what it asks of them is shown here.",
            [("Go to projects", lambda: self.context.navigate("projects"))],
            self,
        )
        self.filtered = EmptyState(
            "list-filter",
            "No project follows this version",
            "Choose another methodology, or show all.",
            [("Show all methodologies", lambda: self.bar.choose_method(ALL_METHODS))],
            self,
        )
        self.clear_page = EmptyState(
            "circle-check", "Everything that is due is met", "Nothing is left that is not met.", [], self
        )
        for page in (self.map, self.nothing, self.filtered, self.clear_page):
            self.pages.addWidget(page)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.ahead = Rows("plain")
        inside = QVBoxLayout(self.ahead)
        inside.setContentsMargins(16, 8, 0, 0)
        inside.addWidget(self.strip)
        column.addWidget(self.ahead)
        column.addWidget(self.bar)
        column.addWidget(self.pages, 1)
        self.panel.hide()
        self.sides = SideBySide(main, self.panel, self.context.settings)
        stack(self, self.family, self.sides)
        self.setFocusProxy(self.map.view)

    def _connect(self) -> None:
        self.calendar.filled.connect(self._show_calendar)
        self.bar.arranged.connect(self._arrange)
        self.bar.read_asked.connect(self.refresh)
        self.panel.closed.connect(self.toggle_panel)
        self.context.theme.changed.connect(self.sides.arrange)
