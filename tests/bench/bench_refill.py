"""The window while a register of 10,000 rows is read again, after an import and its undo: how long a frame waits."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pmo_desktop.exchange.grid import read_workbook
from pmo_desktop.exchange.plan import ImportOptions
from pmo_desktop.exchange.planning import plan_import
from pmo_desktop.operations.history import undo
from pmo_desktop.operations.imports import apply_plan
from pmo_desktop.store.opening import create_store
from pmo_desktop.ui.desk import Desk
from pmo_desktop.ui.shell import build_shell
from pmo_desktop.ui.theme import Theme
from tests.bench.bench_exchange import bring_in, make_cells, write_bare
from tests.bench.ratio import Board, time_once

ROWS = 10_000
FRAME = 100.0  # milliseconds that no frame may wait
PATIENCE = 60.0  # seconds


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    board = Board(f"The window while {ROWS:,} projects are read again")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        window = build_shell(app, QSettings(str(place / "w.ini"), QSettings.Format.IniFormat), Theme("light")).window
        window.resize(1440, 900)
        window.show()
        store = create_store(place / "bench.pmo", "bench")
        cells = make_cells(ROWS)
        write_bare(place / "in.xlsx", cells)
        bring_in(store, place / "in.xlsx")
        desk = Desk(window, store, lambda *_: None)
        desk.show("projects")
        app.processEvents()
        pane: Any = window.pane
        later = [cells[0], *([*row[:1], f"{row[1]} later", *row[2:]] for row in cells[1:])]
        write_bare(place / "later.xlsx", later)
        options = ImportOptions(currency="GBP", money_unit="1")
        plan = plan_import(store, read_workbook(place / "later.xlsx"), options)
        board.tell("reading it in the window's thread would hold it", f"{1000 * time_once(pane.data.read):.0f} ms")
        pane.grid.go(5_000, 2)
        del cells, later  # what only this benchmark holds
        for deed, what in ((partial(apply_plan, store, plan), "import"), (partial(undo, store), "undo")):
            measure(board, pane, deed, what)
        desk.close()
    return board.exit_code()


def measure(board: Board, pane: Any, deed: Callable[[], object], what: str) -> None:
    """Let a deed be done in a thread, scroll all the while, and tell the longest that the window did not answer."""
    here, gaps, seen = pane.grid.current.id, list[float](), [time.perf_counter()]
    done = threading.Event()

    def work() -> None:
        deed()
        done.set()

    beat = QTimer(interval=16)

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(1000 * (now - seen[0]))
        seen[0] = now
        bar = pane.grid.right.verticalScrollBar()
        bar.setValue(bar.value() + (3 if len(gaps) % 2 else -3))

    beat.timeout.connect(tick)
    beat.start()
    threading.Thread(target=work, daemon=True).start()
    while not done.is_set():
        QTest.qWait(5)
    board.hold(f"during the {what}: the longest that a frame waited", max(gaps), FRAME)
    gaps.clear()
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE and not (pane.is_ready() and len(gaps) > 20):
        QTest.qWait(5)
    took = time.perf_counter() - started
    QTest.qWait(300)
    beat.stop()
    assert pane.grid.current.id == here
    assert len(pane.table.arrangement.records) == ROWS
    board.tell(f"after the {what}: until the new rows are shown", f"{1000 * took:.0f} ms")
    board.hold("  the longest that a frame waited", max(gaps), FRAME)


if __name__ == "__main__":
    sys.exit(main())
