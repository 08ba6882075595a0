"""The capacity pane at 1,000 people, 260 weeks and 200,000 allocations: opening, a frame of scrolling, an edit."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

import numpy as np
from PySide6.QtWidgets import QApplication

from pmo_desktop.model.catalog import entities
from pmo_desktop.operations.scenarios import create_scenario
from pmo_desktop.operations.settings import change_settings
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.capacity import wanted
from tests.bench.ratio import Board, time_once
from tests.ui.capacitystage import CapacityStage

PEOPLE, WEEKS, ALLOCATIONS, PROJECTS, TEAMS = 1_000, 260, 200_000, 60, 40
MONDAY = date(2026, 11, 16)
OPEN, FRAME = 300.0, 16.0  # milliseconds
ROUNDS = 30


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    gc.set_threshold(100_000, 20, 20)  # as the program does
    board = Board(f"The capacity pane: {PEOPLE:,} people, {WEEKS} weeks, {ALLOCATIONS:,} allocations")
    store = make_store()
    with tempfile.TemporaryDirectory() as folder:
        first = CapacityStage(Path(folder), store)  # fonts, style and modules are loaded by now
        seconds = time_once(partial(first.pane.__class__, first.context))
        board.hold("making the pane", 1_000 * seconds, OPEN)
        reading = first.pane.reading
        first.pane._take_whole(reading.finish(reading.all_of_it()))  # as a worker does
        measure_scroll(board, first, app)
        measure_edits(board, first, app)
        first.close()
    return board.exit_code()


def make_store() -> Store:
    """People in teams, projects, and spans of 1 to 60 days in all four units."""
    store = create_memory_store("Ann")
    change_settings(store, {"data_date": MONDAY})
    draw = np.random.default_rng(1)
    starts, lengths = draw.integers(0, 7 * WEEKS - 60, ALLOCATIONS).tolist(), draw.integers(0, 60, ALLOCATIONS).tolist()
    who, what = draw.integers(0, PEOPLE, ALLOCATIONS).tolist(), draw.integers(0, PROJECTS, ALLOCATIONS).tolist()
    amounts, hard = draw.integers(1, 20, ALLOCATIONS).tolist(), (draw.random(ALLOCATIONS) < 0.7).tolist()
    rows: list[dict[str, Any]] = [
        {
            "id": f"a{row}",
            "resource": f"r{who[row]}",
            "project": f"p{what[row]}",
            "period_start": MONDAY + timedelta(starts[row]),
            "period_end": MONDAY + timedelta(starts[row] + lengths[row]),
            "quantity": float(amounts[row]),
            "unit": "%",
            "status": "Confirmed" if hard[row] else "Requested",
        }
        for row in range(ALLOCATIONS)
    ]
    tables: dict[str, list[dict[str, Any]]] = {
        "team": [{"id": f"t{row}", "name": f"Team {row:02}"} for row in range(TEAMS)],
        "project": [{"id": f"p{row}", "ref": f"P-{row:03}", "name": f"Project {row}"} for row in range(PROJECTS)],
        "resource": [{"id": f"r{row}", "name": f"Person {row:04}", "team": f"t{row % TEAMS}"} for row in range(PEOPLE)],
        "allocation": rows,
    }
    with batch(store, "All of it") as work:
        for entity, values in tables.items():
            work.connection.execute(sql.insert(entities()[entity]), values)
    return store


def measure_scroll(board: Board, stage: CapacityStage, app: QApplication) -> None:
    """Scroll down by lines and by pages, then sideways."""
    down, right = stage.pane.view.verticalScrollBar(), stage.pane.view.horizontalScrollBar()
    steps = [settled(app, partial(down.setValue, 37 * step)) for step in range(1, 120)]
    pages = [settled(app, partial(down.setValue, down.maximum() * step // 40)) for step in range(1, 40)]
    sideways = [settled(app, partial(right.setValue, right.maximum() * step // 40)) for step in range(1, 40)]
    board.hold("scroll by lines, median frame", statistics.median(steps), FRAME)
    board.hold("scroll by pages, median frame", statistics.median(pages), FRAME)
    board.hold("scroll sideways, median frame", statistics.median(sideways), FRAME)
    down.setValue(0)
    right.setValue(0)


def measure_edits(board: Board, stage: CapacityStage, app: QApplication) -> None:
    """Type amounts under a person, under a project and in a scenario; from the commit until all is painted."""
    pane = stage.pane
    measure_edit(board, stage, app, "Person 0000", "7%", "an edit")
    pane.change(replace(pane.source.wanted, way=wanted.PROJECTS))
    measure_edit(board, stage, app, "Project 0", "8%", "an edit under a project")
    pane.change(replace(pane.source.wanted, way=wanted.PEOPLE))
    pane.choose_scenario(create_scenario(stage.store, "What if"))
    measure_edit(board, stage, app, "Person 0500", "9%", "an edit in a scenario")


def measure_edit(board: Board, stage: CapacityStage, app: QApplication, head: str, amount: str, what: str) -> None:
    """One cell typed over and over, and then one after another: those make new allocations."""
    pane = stage.pane
    stage.open(head)
    row, column, type_cell = stage.names.index(head) + 1, pane.view.column, pane.editing.type_cell
    pane.view.go(row, column)
    same = [settled(app, partial(type_cell, row, column, f"{n}%", False)) for n in range(1, ROUNDS)]
    along = [settled(app, partial(type_cell, row, column + n, amount, False)) for n in range(1, ROUNDS)]
    board.hold(f"{what}, written, reckoned, painted, median", statistics.median(same), FRAME)
    board.hold(f"{what} of the next cell, median", statistics.median(along), FRAME)


def settled(app: QApplication, deed: Callable[[], object]) -> float:
    """Milliseconds from the deed until everything it made dirty is painted."""

    def whole() -> None:
        deed()
        app.processEvents()

    return 1000 * time_once(whole)


if __name__ == "__main__":
    sys.exit(main())
