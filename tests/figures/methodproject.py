"""A methodology of two phases, and a project that follows it: what tests of compliance begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.assurance import Mandatory
from pmo_desktop.rules.method import Gate, Method, MethodPhase, Output
from pmo_desktop.store.file import Store
from tests.builders import a_milestone, a_project, a_row

PAST, SOON = date(2026, 9, 1), date(2027, 3, 1)


def a_method(store: Store, version: str = "1.0", code: str = "two-steps") -> str:
    """Think (a brief, a plan for tier 1, an optional poster; gate G1), then Do (a thing, no gate)."""
    method = Method(
        code,
        code.replace("-", " ").capitalize(),
        version,
        phases=(
            MethodPhase(
                "think",
                "Think",
                deliverables=(
                    Output("brief", "Brief", "Says what is wanted."),
                    Output("plan", "Plan", mandatory=Mandatory.LARGEST),
                    Output("poster", "Poster", mandatory=Mandatory.NONE),
                ),
                gates=(Gate("G1", "Go?", "Is it worth it?"),),
            ),
            MethodPhase("do", "Do", deliverables=(Output("thing", "The thing"),)),
        ),
    )
    return install_method(store, method, date(2026, 11, 13))


def a_follower(store: Store, method: str, name: str = "Alpha", gate: date | None = PAST, **values: Any) -> str:
    """A project of tier 2 that follows a methodology; its gate has a milestone, its last phase a finish in spring."""
    project = a_project(store, name, **({"methodology": method, "tier": "Tier 2"} | values))
    if gate:
        a_milestone(store, project, "Go?", type="Gate", gate="G1", forecast=gate)
    a_row(store, "phase", project=project, name="Do", code="do", finish=SOON)
    return project
