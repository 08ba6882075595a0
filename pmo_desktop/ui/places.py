"""The panes there are: their names, icons, reserved numbers, and where their code lies (read when first shown)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pmo_desktop.model.registers import BY_NAME as REGISTERS
from pmo_desktop.ui.context import Context
from pmo_desktop.ui.pane import Pane


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    name: str
    title: str
    icon: str
    section: int  # entries of one section stand together
    module: str  # under pmo_desktop.ui.panes
    number: str = ""  # the digit of Ctrl+digit; numbers of panes to come stay reserved
    register: str = ""  # the register it lists, whose rows the badge counts
    factory: str = "build_pane"
    within: str = ""  # the place whose family it belongs to: reached from there, not from the navigation

    def build(self, context: Context) -> Pane:
        """Make the pane. Its module brings the store, hence not imported before."""
        module: Any = import_module(f"pmo_desktop.ui.panes.{self.module}")
        make: Callable[..., Pane] = getattr(module, self.factory)
        return make(context, self.register) if self.register and self.factory == "build_register" else make(context)


def _family(within: str, *registers: str) -> tuple[Place, ...]:
    """Registers that are reached from another place."""
    return tuple(
        Place(name, REGISTERS[name].sheet, "table-properties", 1, "registers", "", name, "build_register", within)
        for name in registers
    )


PLACES: tuple[Place, ...] = (
    Place("home", "Home", "house", 0, "home", "1"),
    Place("projects", "Projects", "table-properties", 0, "projects", "2", "projects"),
    Place("capacity", "Capacity", "users", 0, "capacity", "4"),
    Place("milestones", "Milestones", "diamond", 0, "registers", "", "milestones", "build_register"),
    Place("status_reports", "Status reports", "file-text", 0, "registers", "", "status_reports", "build_register"),
    Place("programmes", "Programmes", "layers", 1, "registers", "", "programmes", "build_register"),
    Place("portfolios", "Portfolios", "briefcase", 1, "registers", "", "portfolios", "build_register"),
    Place("people", "People", "user", 1, "registers", "", "people", "build_register"),
    *_family("capacity", "resources", "allocations", "absences", "teams", "roles", "skills", "resource_skills"),
    *_family("capacity", "calendars", "holidays"),
    Place("risks", "Risks & RAID", "shield-alert", 0, "risks", "5", "risks"),
    *_family("risks", "issues", "assumptions", "dependencies", "decisions", "actions", "risk_actions"),
    Place("governance", "Governance", "landmark", 1, "governance", "6"),
    *_family("governance", "gate_reviews", "deliverables", "phases", "waivers", "quality_reviews", "audits"),
    *_family("governance", "findings", "lessons", "benefits", "methodologies"),
    Place("methods", "Methodology", "library", 1, "methods", "8"),
    Place("reports", "Reports", "file-chart-column", 2, "reports", "0"),
)
BY_NAME = {place.name: place for place in PLACES}
