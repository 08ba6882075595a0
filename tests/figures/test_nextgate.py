"""The gate that a pane of methodologies begins with."""

from __future__ import annotations

from datetime import date

from pmo_desktop.figures.nextgate import soonest_gate
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_project, a_row


def test_the_earliest_open_gate_of_those_who_follow_a_version_comes_next(store: Store) -> None:
    version = a_row(store, "methodology", name="Two steps", custom={})
    alpha, beta = (a_project(store, name, ref=name, methodology=version) for name in ("Alpha", "Beta"))
    other, closed = a_project(store, "Gamma", ref="G"), a_project(store, "Delta", ref="D", methodology=version)
    a_row(store, "gate_review", project=beta, code="G2", decided_on=date(2026, 9, 1), decision="Rework", custom={})
    for project, gate, day, actual in (
        (alpha, "G1", date(2026, 8, 1), date(2026, 8, 3)),  # achieved
        (alpha, "G2", date(2026, 12, 1), None),
        (beta, "G2", date(2026, 9, 1), None),  # decided
        (beta, "G3", date(2026, 11, 20), None),
        (beta, None, date(2026, 10, 1), None),  # no gate
        (other, "G1", date(2026, 10, 1), None),  # follows nothing
        (alpha, "G4", None, None),  # has no day
    ):
        a_milestone(store, project, f"{gate} {day}", gate=gate, forecast=day, baseline=None, actual=actual)
    assert soonest_gate(store, version) == (beta, "G3")
    assert soonest_gate(store, closed) is None
