"""Compliance of 500 projects by 60 controls, read from a file and judged; twice the projects take twice the time."""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from pmo_desktop.figures.compliance import Grouping, read_compliance, share_by
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.methods import install_method
from pmo_desktop.rules.assurance import DeliverableStatus, GateDecision, Tier, WaiverStatus
from pmo_desktop.rules.method import Gate, Method, MethodPhase, Output
from pmo_desktop.store.batch import Work, batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from tests.bench.ratio import Board, growth_exponent, time_once

SIZES = (125, 250, 500, 1_000)
PHASES, OUTPUTS = 9, 5  # with a gate each and the standing controls: 65 controls
MOST = 100.0  # milliseconds for 500 projects
TODAY = date(2026, 11, 13)
ROUNDS = 9


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board("Compliance: projects x controls, read from a file and judged")
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            store = make_file(Path(folder, f"{size}.pmo"), size)
            seconds.append(min(processor_time(partial(read_compliance, store)) for _ in range(ROUNDS)))
            table = read_compliance(store)
            share = table.share()
            cells = f"{len(table.projects)} projects x {len(table.controls)} controls"
            board.tell(cells, f"{1000 * seconds[-1]:.0f} ms, {share.percent:.0f} % met of {share.due:,}")
            if size == SIZES[2]:
                grouped = [partial(share_by, table, how) for how in Grouping]
                board.hold("shares by all four groupings", 1000 * sum(map(time_once, grouped)), MOST)
            store.close()
    board.hold(f"{SIZES[2]} projects, all of it (processor time)", 1000 * seconds[2], MOST)
    board.hold(f"growth, {SIZES[0]} to {SIZES[-1]:,} projects", growth_exponent(SIZES, seconds), 1.2, "exp")
    return board.exit_code()


def processor_time(deed: Callable[[], object]) -> float:
    """Seconds one call keeps a processor busy: what it takes on a machine that has nothing else to do."""
    gc.collect()
    started = time.process_time()
    deed()
    return time.process_time() - started


def make_file(path: Path, projects: int) -> Store:
    """Projects in every state: a fifth of what is asked not met, some of it waived, a third of it not due."""
    store = create_store(path, "bench", data_date=TODAY, report_days=31)
    method = install_method(store, make_method())
    with batch(store, "Fill", long=True) as work:
        people = put(work, "person", [{"name": f"Person {number}", "verified": True} for number in range(40)])
        rows = [
            {
                "ref": f"P-{number}",
                "name": f"Project {number}",
                "pm": people[number % 40],
                "sro": people[number % 7],
                "methodology": method,
                "tier": tuple(Tier)[number % 3],
                "start_forecast": TODAY - timedelta(300),
                "finish_forecast": TODAY + timedelta(number % 400),
                "finish_baseline": TODAY,
                "report_date": TODAY - timedelta(number % 40),
            }
            for number in range(projects)
        ]
        for number, project in enumerate(put(work, "project", rows)):
            fill_project(work, project, number)
    return store


def fill_project(work: Work, project: str, number: int) -> None:
    """The phases, gates, deliverables, risks, actions and waivers of one project."""
    days = [TODAY + timedelta(60 * (phase - 6) + number % 30) for phase in range(PHASES)]
    own, phases, outputs = {"project": project}, range(PHASES), range(OUTPUTS)
    put(work, "phase", [own | {"name": f"Phase {n}", "code": f"p{n}", "finish": days[n]} for n in phases])
    put(
        work,
        "milestone",
        [own | {"name": f"G{n}", "type": "Gate", "gate": f"G{n}", "forecast": days[n]} for n in phases],
    )
    decided = {"decision": GateDecision.APPROVE}
    put(work, "gate_review", [own | decided | {"code": f"G{n}", "decided_on": days[n]} for n in phases[:5]])
    words = tuple(DeliverableStatus)
    made = [
        own
        | {"name": f"D{n}-{m}", "code": f"d{n}-{m}", "status": words[3 if (number + m) % 5 else n % 3], "due": days[n]}
        for n in phases
        for m in outputs
    ]
    put(work, "deliverable", made)
    rated = {"prob_residual": 3, "impact_residual": 4, "last_review": TODAY - timedelta(number % 40)}
    put(work, "risk", [own | rated | {"title": f"Risk {n}", "ref": f"R-{n}"} for n in range(10)])
    put(work, "action", [own | {"description": f"Action {n}", "due": days[n]} for n in range(5)])
    put(work, "waiver", [own | {"subject": "Not now", "concerns": "d1-0", "status": WaiverStatus.APPROVED}])


def make_method() -> Method:
    """A methodology of phases with deliverables and a gate each."""
    phases = tuple(
        MethodPhase(
            f"p{n}",
            f"Phase {n}",
            deliverables=tuple(Output(f"d{n}-{m}", f"Deliverable {n}-{m}") for m in range(OUTPUTS)),
            gates=(Gate(f"G{n}", f"Gate {n}"),),
        )
        for n in range(PHASES)
    )
    return Method("bench", "Bench", "1", phases=phases)


def put(work: Work, entity: str, rows: list[dict[str, Any]]) -> list[str]:
    """Insert rows and say their ids."""
    made = [{"id": new_id()} | row for row in rows]
    work.connection.execute(insert(entities()[entity]), made)
    return [row["id"] for row in made]


if __name__ == "__main__":
    sys.exit(main())
