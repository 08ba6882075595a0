"""The calendar of gates, read at once or beside the window, and the way from a gate to where it is kept."""

from __future__ import annotations

from contextlib import closing

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pmo_desktop.figures.gatecheck import GateDay
from pmo_desktop.figures.gates import gate_calendar
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_linked
from pmo_desktop.ui.compliance.strip import GateStrip
from pmo_desktop.ui.context import Context

AT_ONCE = 100  # projects up to which the gates are read without a worker


class GateCalendar(QObject):
    """Fills a strip with the gates of the file; `filled` says that they are there."""

    filled = Signal()

    def __init__(self, context: Context, strip: GateStrip) -> None:
        super().__init__(strip)
        self.context, self.strip = context, strip
        self.gates: tuple[GateDay, ...] = ()
        self._reading, self.is_ready = 0, True
        strip.opened.connect(self.go_to)

    def read(self, projects: int) -> None:
        """Read the gates of so many projects: few at once, many beside the window, on a copy of the file."""
        store = self.context.store
        self._reading += 1
        if projects <= AT_ONCE:
            self._take(gate_calendar(store), self._reading)
            return
        self.is_ready, mine = False, self._reading
        self.context.read(lambda: _read_apart(store), lambda gates: self._take(gates, mine))

    def go_to(self, gate: GateDay) -> None:
        """The review of a gate, else its milestone."""
        for register, entity, name in (("gate_reviews", "gate_review", "code"), ("milestones", "milestone", "gate")):
            rows = read_linked(self.context.store, entity, "project", [gate.project])
            if found := next((row["id"] for row in rows if row[name] == gate.gate), None):
                self.context.navigate(register, found)
                return

    def _take(self, gates: tuple[GateDay, ...] | None, reading: int) -> None:
        if gates is not None and isValid(self) and reading == self._reading:
            self.gates, self.is_ready = gates, True
            self.strip.show_gates(gates)
            self.filled.emit()


def _read_apart(store: Store) -> tuple[GateDay, ...] | None:
    """In a thread, so that the file stays free for the window; None when it was closed meanwhile."""
    try:
        copy = store.copy_to_memory()
    except Exception:
        if store.closed:
            return None
        raise
    with closing(copy):
        return gate_calendar(copy)
