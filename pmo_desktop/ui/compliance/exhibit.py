"""What stands behind the current cell of the heat map: shown beside it, gone to, and waived where it is missing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pmo_desktop.figures.duties import Follower
from pmo_desktop.figures.evidence import Shown, explain_cell
from pmo_desktop.model.registers import BY_ENTITY
from pmo_desktop.operations.attachments import copy_to_open
from pmo_desktop.store.errors import Known
from pmo_desktop.store.rows import read_row
from pmo_desktop.ui.compliance.evidence import EvidencePanel
from pmo_desktop.ui.compliance.sheet import ALWAYS
from pmo_desktop.ui.compliance.view import HeatMap
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.dialogs.grant import WaiverDialog
from pmo_desktop.ui.openfile import open_with_system

_FOLLOW_MS = 90  # the evidence waits until the arrows rest


class Exhibit(QObject):
    """Keeps a panel with the current cell of a map while the panel is shown."""

    def __init__(self, context: Context, heat: HeatMap, panel: EvidencePanel) -> None:
        super().__init__(heat)
        self.context, self.heat, self.panel = context, heat, panel
        self.dialog: WaiverDialog | None = None
        self._soon = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._soon.timeout.connect(self.explain)
        heat.view.moved.connect(self._follow)
        heat.view.opened.connect(lambda _row, _column: self.show())
        panel.going.connect(self.go_to)
        panel.waiver_asked.connect(self.ask_waiver)

    def show(self) -> None:
        """Show the panel with the current cell, which stays in sight though the map has become narrower."""
        self.panel.show()
        self.explain()
        QTimer.singleShot(0, self.heat.view.keep_in_sight)

    def update(self) -> None:
        """The map shows other facts."""
        if self.heat.view.cell is None:
            self.panel.clear()
        elif not self.panel.isHidden():
            self.explain()

    def explain(self) -> None:
        """Say what stands behind the current cell."""
        cell, project = self.heat.view.cell, self._project()
        if cell is None or project is None or self.context.store.closed:
            return
        sheet = self.heat.model.sheet
        control = sheet.control(cell[1])
        place = sheet.lines[cell[0]].place
        evidence = explain_cell(self.context.store, sheet.table, place, sheet.columns[cell[1]])
        where = f"{project.called} · {control.phase or ALWAYS}"
        self.panel.show_evidence(where, control.name, evidence, can_waive=not self.context.store.readonly)

    def go_to(self, shown: Shown) -> None:
        """Go to an entry; open what is attached."""
        store = self.context.store
        if shown.entity in BY_ENTITY:
            self.context.navigate(BY_ENTITY[shown.entity].name, shown.id)
            return
        attached = read_row(store, "attachment", shown.id) or {}
        try:
            open_with_system(attached.get("link") or copy_to_open(store, shown.id))
        except Known as known:
            self.context.toast(str(known))

    def ask_waiver(self) -> None:
        """Ask to do without what the current cell asks for."""
        cell, project = self.heat.view.cell, self._project()
        if cell is not None and project is not None:
            control, window = self.heat.model.sheet.control(cell[1]), self.heat.window()
            self.dialog = WaiverDialog(self.context, project.id, project.called, control.code, control.name, window)
            self.dialog.open()

    def _project(self) -> Follower | None:
        cell = self.heat.view.cell
        return self.heat.model.sheet.project(cell[0]) if cell else None

    def _follow(self, _row: int, _column: int) -> None:
        if not self.panel.isHidden():
            self._soon.start()
