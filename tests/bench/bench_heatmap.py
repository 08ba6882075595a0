"""The heat map of 500 projects by 60 controls: opening it, arranging it, and scrolling it frame by frame."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from pmo_desktop.figures.compliance import Grouping, read_compliance
from pmo_desktop.ui.compliance.sheet import arrange_sheet
from pmo_desktop.ui.compliance.view import HeatMap
from pmo_desktop.ui.theme import Theme
from tests.bench.bench_compliance import make_file
from tests.bench.ratio import Board, time_once

PROJECTS = 500
FRAME, OPENING = 16.0, 200.0  # milliseconds
STEPS = 120


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    board = Board("Heat map: 500 projects by 60 controls, 1,240 x 560")
    app = QApplication.instance() or QApplication(sys.argv)
    theme = Theme("light")
    theme.apply(app)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        store = make_file(Path(folder, "500.pmo"), PROJECTS)
        table = read_compliance(store)
        sheet = arrange_sheet(table, Grouping.PROGRAMME)
        shown = HeatMap(sheet, theme)
        shown.resize(1240, 560)

        def open_map() -> None:
            other = HeatMap(arrange_sheet(read_compliance(store), Grouping.MANAGER), theme)
            other.resize(1240, 560)
            other.grab()
            other.deleteLater()

        board.hold("read, arrange, build and paint it", 1000 * min(time_once(open_map) for _ in range(5)), OPENING)
        shown.show()
        app.processEvents()
        for words, move in _moves(shown):
            board.hold(words, 1000 * statistics.median(_frames(app.processEvents, move)), FRAME)
        shown.hide()
        store.close()
    return board.exit_code()


def _moves(shown: HeatMap) -> list[tuple[str, Callable[[int], object]]]:
    down, across = shown.view.verticalScrollBar(), shown.view.horizontalScrollBar()

    def both(step: int) -> None:
        down.setValue(step * 17)
        across.setValue(step * 3)

    return [
        ("a frame, scrolling down", lambda step: down.setValue(step * 37)),
        ("a frame, scrolling across", lambda step: across.setValue(step * 5)),
        ("a frame, scrolling both ways", both),
        ("a full repaint", lambda _step: [part.update() for part in (shown.view.viewport(), shown.rail, shown.foot)]),
    ]


def _frames(work: Callable[[], object], move: Callable[[int], object]) -> list[float]:
    taken = []
    for step in range(STEPS):
        started = time.perf_counter()
        move(step)
        work()
        taken.append(time.perf_counter() - started)
    return taken


if __name__ == "__main__":
    sys.exit(main())
