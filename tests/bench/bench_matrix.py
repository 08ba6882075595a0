"""The risk matrix with 2,000 risks: from the file to the painted matrix, and a frame of dragging a chip."""

from __future__ import annotations

import os
import statistics
import sys
from random import Random
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from pmo_desktop.figures.riskbook import read_risk_book
from pmo_desktop.model.catalog import entities
from pmo_desktop.model.types import new_id
from pmo_desktop.store import sql
from pmo_desktop.store.batch import batch
from pmo_desktop.store.file import Store
from pmo_desktop.store.opening import create_memory_store
from pmo_desktop.ui.matrix.panel import MatrixPanel
from pmo_desktop.ui.panes.risks import chip_of
from pmo_desktop.ui.theme import Theme
from tests.bench.ratio import Board, time_once

RISKS = 2_000
OPEN, FRAME = 200.0, 16.0  # milliseconds
FRAMES = 60


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    board = Board(f"The risk matrix: {RISKS:,} risks")
    theme = Theme("light")
    theme.apply(app)
    store = make_store()
    panel = MatrixPanel(theme)
    panel.resize(620, 800)
    panel.show()
    app.processEvents()

    def open_matrix() -> None:
        """Read the book, lay the chips, paint."""
        book = read_risk_book(store)
        panel.show_risks([chip_of(each) for each in book.risks], book.scheme, book.above_cells(), book.appetite)
        panel.repaint()
        app.processEvents()

    opened = [1_000 * time_once(open_matrix) for _ in range(5)]
    board.hold("from the file to the painted matrix, median", statistics.median(opened), OPEN)
    dragged = drag(panel, app)
    board.hold("a frame of dragging, median", statistics.median(dragged), FRAME)
    board.hold("  the slowest but two", sorted(dragged)[-3], FRAME)
    return board.exit_code()


def drag(panel: MatrixPanel, app: QApplication) -> list[float]:
    """Milliseconds of each frame while a chip goes across the matrix."""
    board = panel.board
    first = next(each for each in board.placed if each.chip)
    start = first.rect.center()
    board.mousePressEvent(mouse(QMouseEvent.Type.MouseButtonPress, start))
    frames = []
    for step in range(FRAMES):

        def move(step: int = step) -> None:
            board.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, start + QPointF(4 + 6 * step, 5 * step)))
            board.repaint()
            app.processEvents()

        frames.append(1_000 * time_once(move))
    return frames


def mouse(sort: QMouseEvent.Type, at: QPointF) -> QMouseEvent:
    """The left button at a place of the board."""
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(sort, at, at, left, left, Qt.KeyboardModifier.NoModifier)


def make_store() -> Store:
    """A portfolio of nothing but risks, spread over the whole matrix."""
    store, draw = create_memory_store(), Random(1)
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "ref": f"R-{number:04}",
            "title": f"Risk number {number}",
            "type": "Opportunity" if number % 9 == 0 else "Threat",
            "prob_residual": draw.randint(1, 5),
            "impact_residual": draw.randint(1, 5),
            "custom": {},
        }
        for number in range(RISKS)
    ]
    with batch(store, "Risks") as work:
        work.connection.execute(sql.insert(entities()["risk"]), rows)
    return store


if __name__ == "__main__":
    sys.exit(main())
