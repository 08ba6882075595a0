"""Which gate comes next among the projects that follow one version of a methodology."""

from __future__ import annotations

from pmo_desktop.rules.words import ENDED
from pmo_desktop.store.file import Store
from pmo_desktop.store.rows import read_columns


def soonest_gate(store: Store, methodology: str) -> tuple[str, str] | None:
    """The project and the gate's code, of the open gates with a day the one with the earliest; None without any.

    A gate is open when it has not been achieved and nobody has decided it.
    """
    followed = read_columns(store, "project", "id", "methodology", "lifecycle_status")
    projects = {identity for identity, version, status in followed if version == methodology and status not in ENDED}
    decided = {
        (project, code)
        for project, code, day in read_columns(store, "gate_review", "project", "code", "decided_on")
        if day
    }
    days = [
        (forecast or baseline, project, gate)
        for project, gate, forecast, baseline, actual in read_columns(
            store, "milestone", "project", "gate", "forecast", "baseline", "actual"
        )
        if gate and project in projects and not actual and (forecast or baseline) and (project, gate) not in decided
    ]
    return min(days)[1:] if days else None
