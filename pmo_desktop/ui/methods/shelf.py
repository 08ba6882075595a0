"""The library as it was last read: its versions, and the one that is shown as plain data."""

from __future__ import annotations

from pmo_desktop.figures.methods import MethodLine, list_methods, read_method
from pmo_desktop.rules.assurance import MethodStatus
from pmo_desktop.rules.method import Gate, Method, MethodPhase
from pmo_desktop.store.file import Store
from pmo_desktop.store.watch import Changed

_PARTS = (
    *("methodology", "method_phase", "method_gate", "method_criterion", "method_deliverable", "method_duty"),
    *("method_guidance", "method_term", "method_template"),
)
_COUNTED = {*_PARTS, "project"}


class Shelf:
    """Reads versions when they are asked for, each once until it changes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lines: list[MethodLine] = []
        self._methods: dict[str, Method] = {}

    def read(self) -> None:
        """Everything anew."""
        self._methods.clear()
        self.lines = list_methods(self.store)

    def take_change(self, changed: Changed) -> bool:
        """Read again what a batch touched; whether that was anything here."""
        if any(part in changed.rows for part in _PARTS):
            self.read()
        elif "project" in changed.rows:
            self.lines = list_methods(self.store)
        return bool(_COUNTED & changed.rows.keys())

    def line(self, methodology: str) -> MethodLine | None:
        """One version of the list."""
        return next((each for each in self.lines if each.id == methodology), None)

    def first(self) -> str:
        """The version to begin with: an approved one that most projects follow; empty when there is none."""
        ranked = sorted(self.lines, key=lambda each: (each.status != MethodStatus.APPROVED, -each.projects))
        return ranked[0].id if ranked else ""

    def method(self, methodology: str) -> Method | None:
        """One version with its parts; None when it is gone."""
        if self.line(methodology) is None:
            return None
        if methodology not in self._methods:
            self._methods[methodology] = read_method(self.store, methodology)
        return self._methods[methodology]


def place_of(method: Method, phase: str, gate: str) -> tuple[MethodPhase | None, Gate | None]:
    """The phase and gate of some codes; where they are gone, the phase's last gate, else the first."""
    for each, inside in method.gates():
        if inside.code == gate:
            return each, inside
    found = next((each for each in method.phases if each.code == phase), None)
    if found is not None:
        return found, found.gates[-1] if found.gates else None
    first = next(method.gates(), None)
    if first is not None:
        return first
    return (method.phases[0], None) if method.phases else (None, None)
