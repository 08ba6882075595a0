"""The methodology pane with seven starters and 500 projects: opening it, walking through it, answering, reviewing."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from pmo_desktop.model.project import Project
from pmo_desktop.model.types import new_id
from pmo_desktop.operations.methodfiles import list_starters, take_starter
from pmo_desktop.operations.tailoring import apply_method
from pmo_desktop.rules.assurance import Answer
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_store
from pmo_desktop.store.rows import data_date, read_settings
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.methods.pane import MethodsPane
from pmo_desktop.ui.shell import build_shell
from pmo_desktop.ui.theme import Theme
from tests.bench.ratio import Board, time_once

PROJECTS = 500
OPENING, STEP = 200.0, 100.0  # milliseconds


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    board = Board(f"The methodology pane: seven starters, {PROJECTS:,} projects")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        window = build_shell(app, QSettings(str(place / "w.ini"), QSettings.Format.IniFormat), Theme("light")).window
        window.resize(1440, 900)
        window.show()
        store = create_store(place / "bench.pmo", "bench")
        first = fill(store)
        desk = Desk(window, store, lambda *_: None)
        desk.show("home")
        app.processEvents()
        board.hold("opening the pane until it is painted", settled(app, partial(desk.show, "methods")), OPENING)
        pane = window.pane
        assert isinstance(pane, MethodsPane)
        board.hold("checking a gate for a project", settled(app, partial(pane.go_to_project, first)), STEP)
        gates = [stop.code for stop in pane.strip.stops if stop.is_gate]
        walked = [settled(app, partial(pane.go_to_gate, "", code)) for code in gates * 3]
        board.hold("going to another gate, median", statistics.median(walked), STEP)
        taken = [
            settled(app, partial(pane.deeds.answer, Answer.PARTLY)),
            settled(app, partial(pane.deeds.answer, Answer.YES)),
        ]
        board.hold("answering a criterion", statistics.median(taken), STEP)
        board.hold("opening the review", settled(app, pane.start_review), OPENING)
        desk.close()
    return board.exit_code()


def fill(store: Store) -> str:
    """All starters, approved, and projects that follow the first; five of them with phases, gates and deliverables."""
    today = data_date(read_settings(store))
    made = [take_starter(store, each.code, today) for each in list_starters()]
    ids = [new_id() for _ in range(PROJECTS)]
    with batch(store, "Add the projects") as work:
        rows = [{"id": id_, "ref": f"P-{at:03}", "name": f"Project {at}", "custom": {}} for at, id_ in enumerate(ids)]
        work.connection.execute(sql.insert(Project), rows)
        # those without phases follow it too: they stand in the list to choose from
        work.connection.execute(sql.update(Project.__table__).values({"methodology": made[0]}))
    for project in ids[:5]:
        apply_method(store, project, made[0])
    return ids[0]


def settled(app: QApplication, deed: Any) -> float:
    """Milliseconds until a deed is done and painted."""

    def whole() -> None:
        deed()
        app.processEvents()

    return 1000 * time_once(whole)


if __name__ == "__main__":
    sys.exit(main())
